"""Files of earlier generations brought up to the present one: rows through pure functions, into a fresh file.

The old file is only read, in a private copy that was examined by the frozen text of its own generation; no table is
ever altered. The document itself becomes a file of the present generation when it is next published.

A new generation needs: its frozen text gen_NNN.sql, a step here, and a golden file of the last generation in
tests/files. A step may add tables, columns and rows; none is removed, renamed or put to another use, so that newer
files can be looked at. Identities that a step makes are hashes of the rows they come from: the office's and the
district's copy of one file must get the same.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from itadesk.storage import connection, generation, seal

Rows = list[dict[str, Any]]
Tables = dict[str, Rows]
"""Every table of a generation, its rows as {column: value}; attachments without their data, which goes by itself."""

Step = Callable[[Tables], Tables]


class Right(NamedTuple):
    """Which of the numbers that a file carries over itself agree with what it says."""

    seal: bool
    checksum: bool


STEPS: Mapping[int, Step] = {}
"""By generation, what makes of its rows those of the next."""

_ATTACHMENT, _DATA = "attachment", "data"


def bring_up(private: Path) -> None:
    """Replace a file of an earlier generation, a private copy found sound, by what it says in the present one.

    ValueError when that cannot be: then it holds what a sound file of its generation does not. A seal or checksum
    that was right stays right, one that was wrong stays wrong.
    """
    fresh = private.with_name(f"{private.stem}.fresh{private.suffix}")
    for half_made in private.parent.glob(f"{fresh.name}*"):  # by a session that ended meanwhile
        half_made.unlink()
    try:
        with connection.private(private) as old:
            tables, right = _stepped(old), _right(old)
        write(fresh, tables, private, right)
        fresh.replace(private)
    finally:
        fresh.unlink(missing_ok=True)


def _right(old: sqlite3.Connection) -> Right:
    carried, checksum = old.execute("SELECT seal, checksum FROM doc").fetchone()
    sealed = seal.seal(old)
    return Right(carried == sealed, checksum == seal.checksum(old, sealed))


def _stepped(old: sqlite3.Connection) -> Tables:
    number = generation.of(old)
    tables = {name: read_rows(old, name, names) for name, names in generation.columns(number).items()}
    with _explained(number):
        while number < generation.GENERATION:
            tables = STEPS[number](tables)
            number += 1
    return tables


def read_rows(old: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> Rows:
    """The rows of a table in the order they were stored."""
    names = [name for name in columns if (table, name) != (_ATTACHMENT, _DATA)]
    listed = ", ".join(f'"{name}"' for name in names)
    # NOT INDEXED: the table itself counts.
    found = old.execute(f'SELECT {listed} FROM "{table}" NOT INDEXED ORDER BY rowid')
    return [dict(zip(names, row, strict=True)) for row in found]


def write(fresh: Path, tables: Tables, old: Path, right: Right) -> None:
    """A new file `fresh` of the present generation with these rows and the data of the attachments of `old`.

    ValueError when the present tables do not take a row.
    """
    generation.create(fresh)
    with connection.private(fresh, scratch=True) as file, _explained(generation.GENERATION):
        # By SQLite itself: the data need not go through Python.
        file.execute("ATTACH ? AS old", (f"{old.as_uri()}?mode=ro",))
        file.execute("BEGIN")
        for table, columns in generation.columns().items():
            for row in tables.get(table, ()):
                _insert(file, table, columns, row)
        file.execute("UPDATE doc SET min_reader = ?", (generation.MIN_READER,))
        sealed = seal.seal(file)
        checksum = seal.checksum(file, sealed) if right.checksum else None
        file.execute("UPDATE doc SET seal = ?, checksum = ?", (sealed if right.seal else None, checksum))
        file.execute("COMMIT")
        file.execute("DETACH old")


def _insert(file: sqlite3.Connection, table: str, columns: tuple[str, ...], row: Mapping[str, Any]) -> None:
    listed = ", ".join(f'"{name}"' for name in columns)
    if table == _ATTACHMENT:
        values = ", ".join("data" if name == _DATA else f":{name}" for name in columns)
        said = f"SELECT {values} FROM old.attachment WHERE sha256 = :sha256"
    else:
        said = "VALUES ({})".format(", ".join(f":{name}" for name in columns))
    file.execute(f'INSERT INTO "{table}" ({listed}) {said}', {name: row.get(name) for name in columns})


@contextlib.contextmanager
def _explained(number: int) -> Generator[None]:
    """What a step or the present tables do not take is a fault of the file; what the disk refuses is none."""
    try:
        yield
    except (LookupError, TypeError, ValueError, ArithmeticError, sqlite3.IntegrityError) as error:
        raise ValueError(f"generation {number}: {type(error).__name__}: {error}") from error
