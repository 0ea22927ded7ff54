"""Whether a private copy of a file holds what one of ours may hold: how much, how long it takes to see, and every row.

Nothing in it is trusted: how much there is, is counted before anything is read, and rows are looked at one by one, so
that neither time nor memory grows with what somebody put in.
"""

import hashlib
import re
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from itadesk.domain import rules
from itadesk.domain.model import Row
from itadesk.domain.snapshot import TABLES
from itadesk.errors import UserError
from itadesk.storage import generation
from itadesk.storage.snapshot import COLUMNS, loaded

_SECONDS = 5.0
_BYTES_A_SECOND = 20 << 20

ROWS = 500_000
"""Of all tables together."""

MOST_ROWS: Mapping[str, int] = {
    "doc": 1, "office": 1, "unit": 5_000, "person": 20_000, "attachment": 20_000, "layout": 1_000, "setting": 10_000,
}  # fmt: skip
ANY_TABLE = 200_000
"""Rows of a table that is not named: what no office fills in a lifetime, and a window still shows."""

TEXT = 128 << 20
"""Characters of all content together, for the window holds it in memory."""

_LARGEST_VALUE = 64 << 20
_BLOCK = 1 << 20

_ID = re.compile("[0-9a-f]{32}")
_SHA256 = re.compile("[0-9a-f]{64}")
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Control characters, halves of characters, and what turns the direction of writing to make names look harmless."""


class NotOurs(Exception):
    """What no accident makes of one of our files; the text says what, in technical English."""


def seconds(size: int) -> float:
    """CPU time that a file of so many bytes may take: a hundred times what an office's takes on a good computer."""
    return _SECONDS + size / _BYTES_A_SECOND


class Budget:
    """The CPU time that one examination may take, whatever else the computer does meanwhile."""

    def __init__(self, size: int) -> None:
        self._end = time.process_time() + seconds(size)

    def spent(self) -> bool:
        return time.process_time() > self._end

    def check(self) -> None:
        if self.spent():
            raise NotOurs("takes too long to examine")


def limit(copy: sqlite3.Connection, budget: Budget) -> None:
    """Nothing a hostile file holds may run, grow or last. (Not hard_heap_limit: that is for the whole process.)"""
    for name, most in (
        (sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE),
        (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (sqlite3.SQLITE_LIMIT_COLUMN, 100),
        (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 100),
        (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 20),
        (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100),
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
        (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0),
    ):
        copy.setlimit(name, most)
    if sys.version_info >= (3, 12):
        copy.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        copy.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
        copy.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)
    copy.set_progress_handler(budget.spent, 20_000)


def count(copy: sqlite3.Connection, number: int) -> None:
    """NotOurs when the tables of a generation have more rows than an office could; counts no further than that."""
    total = 0
    for table in generation.columns(number):
        most = MOST_ROWS.get(table, ANY_TABLE)
        counting = f'SELECT count(*) FROM (SELECT 1 FROM "{table}" LIMIT {most + 1})'
        (rows,) = copy.execute(counting).fetchone()
        total += rows
        if rows > most or total > ROWS:
            raise NotOurs(f"more than {most} rows in {table}, or {ROWS} in all")


def check_attachments(copy: sqlite3.Connection, budget: Budget) -> None:
    """ValueError when an attachment is not the bytes that its SHA-256 and size name."""
    rows = copy.execute("SELECT rowid, sha256, size, media_type FROM attachment").fetchall()
    for number, sha256, size, media_type in rows:
        if not is_attachment(sha256, media_type):
            raise ValueError(f"attachment {sha256[:8]!r} of kind {media_type!r}")
        with copy.blobopen("attachment", "data", number, readonly=True) as data:
            if len(data) > _LARGEST_VALUE:
                raise NotOurs(f"an attachment of {len(data)} bytes")
            if len(data) != size or _hash(data, budget) != sha256:
                raise ValueError(f"attachment {sha256[:8]} is not what it was")


def is_attachment(sha256: str, media_type: str = "a/b") -> bool:
    """Whether an attached file can be called so."""
    return _SHA256.fullmatch(sha256) is not None and _MEDIA_TYPE.fullmatch(media_type) is not None


def is_id(value: object) -> bool:
    """Whether it is an identity as the program makes them."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _hash(data: sqlite3.Blob, budget: Budget) -> str:
    digest = hashlib.sha256()
    while block := data.read(_BLOCK):
        digest.update(block)
        budget.check()
    return digest.hexdigest()


def check_rows(copy: sqlite3.Connection, budget: Budget) -> None:
    """ValueError when a row is not as we would have stored it, NotOurs when they say more than a window can show."""
    said = 0
    for table, names in generation.columns().items():
        row_class = TABLES.get(table)
        for row in _rows(copy, table, COLUMNS[row_class] if row_class else names):
            budget.check()
            if row_class is None:
                check_texts(table, row)
                continue
            check_row(loaded(row_class, row))
            said += sum(len(value) for value in row if isinstance(value, str))
            if said > TEXT:
                raise NotOurs(f"more than {TEXT} characters")


def _rows(copy: sqlite3.Connection, table: str, names: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    listed = ", ".join(f'"{name}"' for name in names if (table, name) != ("attachment", "data"))
    yield from copy.execute(f'SELECT {listed} FROM "{table}" NOT INDEXED')


def check_texts(table: str, row: Iterable[Any]) -> None:
    """ValueError when a text of `row` holds what no program of ours writes."""
    for value in row:
        if isinstance(value, str) and not value.isprintable() and _HARMFUL.search(value):
            raise ValueError(f"harmful characters in {table}")


def check_row(row: Row) -> None:
    """ValueError when the program would not have stored `row`."""
    try:
        rules.check(row)
    except UserError as error:
        raise ValueError(f"{type(row).__name__}: {error.message}") from error
    for name in _references(type(row)):
        value = getattr(row, name)
        if value is not None and not is_id(value):
            raise ValueError(f"{type(row).__name__}.{name}: {str(value)[:40]!r}")


@cache
def _references(row_class: type[Row]) -> tuple[str, ...]:
    """Its identity and those of other rows; a reference to an attachment is held by the attachment's key."""
    return tuple(
        field.name for field in fields(row_class) if field.name == "id" or field.name.endswith("_id")
    )
