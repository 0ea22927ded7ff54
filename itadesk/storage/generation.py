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


@cache
def ddl() -> str:
    """The frozen text of this generation."""
    return (paths.resources() / "schema" / f"gen_{GENERATION:03}.sql").read_text(encoding="utf-8")


def create(path: Path | str) -> None:
    """A new, empty file of this generation at `path`; ":memory:" makes nothing that lasts."""
    connection = sqlite3.connect(path)
    try:
        fill(connection)
    finally:
        connection.close()


def fill(connection: sqlite3.Connection) -> None:
    """Make the tables of this generation in an empty database."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {GENERATION}")
    connection.executescript(f"BEGIN;\n{ddl()}\nCOMMIT;")


def objects(connection: sqlite3.Connection) -> dict[tuple[str, str], str | None]:
    """What the schema of a file holds: {(type, name): text}; statistics that SQLite keeps for itself left out."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema LIMIT 500")
    return {(kind, name): sql for kind, name, sql in rows if sql not in _STATISTICS}


@cache
def columns() -> Mapping[str, tuple[str, ...]]:
    """The tables of this generation, in the order of its text, and their columns."""
    connection = sqlite3.connect(":memory:")
    try:
        fill(connection)
        tables = [name for kind, name in objects(connection) if kind == "table"]
        listed = "SELECT name FROM pragma_table_info(?)"
        return {table: tuple(name for (name,) in connection.execute(listed, (table,))) for table in tables}
    finally:
        connection.close()


@cache
def expected() -> dict[tuple[str, str], str | None]:
    """The objects of a file of this generation, from our own text and never from a file."""
    connection = sqlite3.connect(":memory:")
    try:
        fill(connection)
        return objects(connection)
    finally:
        connection.close()
