"""The file seal: one number over all that a file says.

It proves that a file was not damaged nor changed by another program since it was saved; it is not a signature. History
and bookkeeping (revision, branch, who saved when, what was printed, what lies in the bin) are outside, so that they may
differ where the content is the same. A checksum covers what the seal leaves out, so that a fault there is seen as well.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from operator import itemgetter

from itadesk.storage import attachments, generation

_PARTS: Mapping[str, tuple[str, ...]] = {
    "doc": ("id", "uuid", "role"),
    # The data is not read: its hash is the key.
    "attachment": ("sha256", "size", "media_type"),
    "setting": ("key", "value"),
}
"""What comes first; then all columns of every other table that is not _OUTSIDE."""

_OUTSIDE = frozenset({"lineage", "history", *attachments.BOOKKEEPING})


def sealed(number: int) -> Mapping[str, tuple[str, ...]]:
    """The tables and columns that the seal of a generation covers, in its order."""
    columns = generation.columns(number)
    rest = {name: columns[name] for name in columns if name not in _PARTS and name not in _OUTSIDE}
    return {**_PARTS, **rest}


def _besides(number: int) -> Mapping[str, tuple[str, ...]]:
    """What the seal of a generation leaves out; attached files once more, for it covers those of the content only."""
    columns = generation.columns(number)
    doc = tuple(name for name in columns["doc"] if name not in ("seal", "checksum"))
    outside = {name: columns[name] for name in columns if name in _OUTSIDE}
    return {**outside, "doc": doc, "attachment": _PARTS["attachment"]}


def seal(connection: sqlite3.Connection) -> str:
    """SHA-256, in hexadecimal, over the content rows in the order of their keys, whatever the layout of the pages."""
    parts = sealed(generation.of(connection))
    # Of attachments count those that content refers to: printouts and the bin bring theirs without changing the seal.
    only = {"attachment": f"WHERE sha256 IN ({attachments.referenced(_referring(parts))})"}
    return _digest(b"ITADesk seal 1\n", connection, parts, only)


def checksum(connection: sqlite3.Connection, sealed: str) -> str:
    """SHA-256, in hexadecimal, over the `sealed` content and all that the seal leaves out."""
    start = f"ITADesk checksum 1 {sealed}\n".encode()
    return _digest(start, connection, _besides(generation.of(connection)), {})


def _digest(
    start: bytes,
    connection: sqlite3.Connection,
    parts: Mapping[str, tuple[str, ...]],
    only: Mapping[str, str],
) -> str:
    digest = hashlib.sha256(start)
    for part in _parts(connection, parts, only):
        digest.update(part)
    return digest.hexdigest()


def _parts(
    connection: sqlite3.Connection, parts: Mapping[str, tuple[str, ...]], only: Mapping[str, str]
) -> Iterator[bytes]:
    text_factory = connection.text_factory
    # Bytes, not text: what is not UTF-8 counts as well, and nothing stops at a NUL as SQLite's quote() does.
    connection.text_factory = bytes
    try:
        for table, columns in parts.items():
            yield f"\0{table}\0{', '.join(columns)}".encode()
            # NOT INDEXED: the key would be read from its index, and a key damaged in the table itself go unseen.
            chosen = f"{table} NOT INDEXED {only.get(table, '')}"
            rows = connection.execute(f'SELECT "{columns[0]}", {_row(columns)} FROM {chosen}').fetchall()
            # By their keys, here: SQLite would sort whole rows, and take twice as long.
            yield b"".join([row for _key, row in sorted(rows, key=itemgetter(0))])
    finally:
        connection.text_factory = text_factory


def _row(columns: tuple[str, ...]) -> str:
    """A row as one text, put together by SQLite: so many values one by one would take Python long.

    Between the values, and for one that is missing, stand controls that no text of a file may hold (rules, contents).
    """
    return "||char(31)||".join(f"""coalesce("{name}", char(30))""" for name in columns) + "||char(29)"


def _referring(parts: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The columns of the generation at hand that refer to attachments; earlier ones have fewer."""
    return {
        table: tuple(name for name in names if name in parts.get(table, ()))
        for table, names in attachments.BY_CONTENT.items()
    }
