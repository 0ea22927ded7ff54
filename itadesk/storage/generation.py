"""Which files are ours: the marks in their header, and the frozen text of the schema from which new ones are made."""

import sqlite3
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from itadesk import paths

APPLICATION_ID = 0x49544144
"""`PRAGMA application_id` of our files: "ITAD"."""

GENERATION = 1
"""`PRAGMA user_version` of the files this program makes."""

MIN_READER = 1
"""The oldest generation of programs that may read a file of this generation."""

HIGHEST = 2**31 - 1
"""Of revisions, and of places in an order: as far as an INTEGER of PostgreSQL goes, and no office in a lifetime."""

_STATISTICS = (
    "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
)
"""Known by their whole text: a trigger may have the same name."""


def ddl(number: int) -> str:
    """The frozen text of a generation."""
    return (paths.resources() / "schema" / f"gen_{number:03}.sql").read_text(encoding="utf-8")


def create(path: Path | str) -> None:
    """A new, empty file of the present generation at `path`; ":memory:" makes nothing that lasts."""
    connection = sqlite3.connect(path)
    try:
        fill(connection)
    finally:
        connection.close()


def fill(connection: sqlite3.Connection) -> None:
    """Make the tables of the present generation in an empty database."""
    _fill(connection, GENERATION)


def _fill(connection: sqlite3.Connection, number: int) -> None:
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {number}")
    connection.executescript(f"BEGIN;\n{ddl(number)}\nCOMMIT;")


Objects = Mapping[tuple[str, str], str | None]


def objects(connection: sqlite3.Connection) -> dict[tuple[str, str], str | None]:
    """What the schema of a file holds: {(type, name): text}; statistics that SQLite keeps for itself left out."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema LIMIT 500")
    return {(kind, name): sql for kind, name, sql in rows if sql not in _STATISTICS}


def expected(number: int | None = None) -> Objects:
    """The objects of a file of a generation, the present one unless told; from our own text and never from a file."""
    return _shape(GENERATION if number is None else number)[0]


def columns(number: int | None = None) -> Mapping[str, tuple[str, ...]]:
    """The tables of a generation, the present one unless told, in the order of its text, and their columns."""
    return _shape(GENERATION if number is None else number)[1]


@cache
def _shape(number: int) -> tuple[Objects, Mapping[str, tuple[str, ...]]]:
    connection = sqlite3.connect(":memory:")
    try:
        _fill(connection, number)
        tables = [name for kind, name in objects(connection) if kind == "table"]
        return objects(connection), {name: columns_in(connection, name) for name in tables}
    finally:
        connection.close()


def columns_in(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns that a table has in a file; none when there is no such table."""
    return tuple(name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,)))


def of_file(path: Path) -> int:
    """The generation that the header of a file tells, which need not be one of ours; 0 when it tells none."""
    with path.open("rb") as file:
        return int.from_bytes(
            file.read(64)[60:64], "big", signed=True
        )  # user_version: SQLite file format 1.3


def of(connection: sqlite3.Connection) -> int:
    """The generation of a file."""
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    return number
