"""A past that never was: two made-up generations before the present one, to prove the machinery of migrations.

Generation 1 has no units of its own, generation 2 no evidence and no outcome of a round, generation 3 is the text of
the present. The machinery is the product's; only its number, texts and steps are these while the past is `lived`.
"""

import contextlib
import hashlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from itadesk.storage import examiner, generation, migration, opener, seal
from itadesk.storage.migration import Tables

PRESENT = 3


@contextlib.contextmanager
def lived() -> Iterator[None]:
    """The program has had three generations. This process examines: another would not know of them."""
    real = generation.GENERATION, generation.ddl, migration.STEPS
    real_examine, examiner.examine = examiner.examine, _examined_here
    present = generation.ddl(generation.GENERATION)
    second = _without_column(_without_table(present, "evidence"), "progress", "outcome")
    texts = {1: _without_table(second, "unit"), 2: second, PRESENT: present}
    generation.GENERATION, generation.ddl = PRESENT, texts.__getitem__
    migration.STEPS = {1: units_of_their_own, 2: evidence_of_its_own}
    generation._shape.cache_clear()
    try:
        yield
    finally:
        generation.GENERATION, generation.ddl, migration.STEPS = real
        examiner.examine = real_examine
        generation._shape.cache_clear()


def _examined_here(
    path: Path, private: Path, watch: opener.Watch | None = None, *, newer_too: bool = False
) -> opener.Examined:
    return opener.examine(path, private, watch or opener.unwatched, newer_too=newer_too)


def _without_table(text: str, table: str) -> str:
    shorter = re.sub(rf"CREATE TABLE {table} \(.*?\) STRICT;\n\n", "", text, flags=re.DOTALL)
    return re.sub(rf"CREATE INDEX \w+ ON {table} [^;]*;\n\n", "", shorter)


def _without_column(text: str, table: str, column: str) -> str:
    (whole,) = re.findall(rf"CREATE TABLE {table} \(.*?\) STRICT;", text, flags=re.DOTALL)
    return text.replace(whole, re.sub(rf"    {column} [^\n]*\n", "", whole))


def derived(*parents: str) -> str:
    """The same identity from the same rows, wherever and whenever they are brought up."""
    return hashlib.sha256("\n".join(parents).encode()).hexdigest()[:32]


def units_of_their_own(tables: Tables) -> Tables:
    """1 to 2: who is named as responsible becomes a unit of the office."""
    (office,) = tables["office"]
    named = (name for row in tables["measure"] for name in row["responsible"].split("\n") if name)
    names = list(dict.fromkeys(named))
    units = [
        {
            "id": derived(office["id"], name),
            "office_id": office["id"],
            "ordinal": n,
            "name": name,
            "aliases": "",
        }
        for n, name in enumerate(names)
    ]
    return {**tables, "unit": units}


def evidence_of_its_own(tables: Tables) -> Tables:
    """2 to 3: a link in a result becomes evidence; there is no outcome yet."""
    links = [
        {
            "id": derived(row["id"], link), "measure_id": row["measure_id"], "ordinal": n, "round": row["round"],
            "title": "", "url": link, "attachment": None, "file_name": "",
        }
        for row in tables["progress"]
        for n, link in enumerate(re.findall(r"https?://\S+", row["result"]))
    ]  # fmt: skip
    progress = [{**row, "outcome": ""} for row in tables["progress"]]
    return {**tables, "progress": progress, "evidence": links}


def made_then(path: Path, number: int) -> None:
    """Turn the document at `path`, of the present, into what a program of an earlier generation wrote."""
    old = path.with_name(f"{path.name}.old")
    with contextlib.closing(sqlite3.connect(old, isolation_level=None)) as file:
        generation._fill(file, number)
        file.execute("ATTACH ? AS present", (str(path),))
        for table, columns in generation.columns(number).items():
            listed = ", ".join(f'"{name}"' for name in columns)
            file.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM present.{table}")
        file.execute("DETACH present")
        sealed = seal.seal(file)
        file.execute("UPDATE doc SET min_reader = 1, seal = ?", (sealed,))
        file.execute("UPDATE doc SET checksum = ?", (seal.checksum(file, sealed),))
        file.execute("VACUUM")
    old.replace(path)
