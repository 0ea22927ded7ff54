"""The file seal: one number over all that a file says.

It proves that a file was not damaged nor changed by another program since it was saved; it is not a signature. History
and bookkeeping (revision, branch, who saved when, what was printed, what lies in the bin) are outside, so that they may
differ where the content is the same. A checksum covers what the seal leaves out, so that a fault there is seen as well.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache

from itadesk.domain.snapshot import TABLES
from itadesk.storage import attachments, generation
from itadesk.storage.snapshot import COLUMNS

_SEALED: Mapping[str, tuple[str, ...]] = {
    "doc": ("id", "uuid", "role"),
    # The data is not read: its hash is the key.
    "attachment": ("sha256", "size", "media_type"),
    "setting": ("key", "value"),
    **{name: COLUMNS[row_class] for name, row_class in TABLES.items() if name not in attachments.BOOKKEEPING},
}
_ONLY = {"attachment": f"WHERE sha256 IN ({attachments.referenced(attachments.BY_CONTENT)})"}
"""Of attachments count those that content refers to: printouts and the bin bring theirs without changing the seal."""


def seal(connection: sqlite3.Connection) -> str:
    """SHA-256, in hexadecimal, over the content rows in the order of their keys, whatever the layout of the pages."""
    return _digest(b"ITADesk seal 1\n", connection, _SEALED, _ONLY)


def checksum(connection: sqlite3.Connection, sealed: str) -> str:
    """SHA-256, in hexadecimal, over the `sealed` content and all that the seal leaves out."""
    return _digest(f"ITADesk checksum 1 {sealed}\n".encode(), connection, _besides(), {})


@cache
def _besides() -> Mapping[str, tuple[str, ...]]:
    """What the seal does not cover; the attached files once more, for it covers those of the content only."""
    besides = {name: names for name, names in generation.columns().items() if name not in _SEALED}
    doc = tuple(name for name in generation.columns()["doc"] if name not in ("seal", "checksum"))
    return {**besides, "doc": doc, "attachment": _SEALED["attachment"]}


def _digest(
    start: bytes,
    connection: sqlite3.Connection,
    tables: Mapping[str, tuple[str, ...]],
    only: Mapping[str, str],
) -> str:
    digest = hashlib.sha256(start)
    text_factory = connection.text_factory
    # Bytes, not text: what is not UTF-8 counts as well, and nothing stops at a NUL as SQLite's quote() does.
    connection.text_factory = bytes
    try:
        for part in _parts(connection, tables, only):
            digest.update(part)
    finally:
        connection.text_factory = text_factory
    return digest.hexdigest()


def _parts(
    connection: sqlite3.Connection, tables: Mapping[str, tuple[str, ...]], only: Mapping[str, str]
) -> Iterator[bytes]:
    for table, columns in tables.items():
        listed = ", ".join(f'"{name}"' for name in columns)
        yield f"\0{table}\0{listed}".encode()
        # NOT INDEXED: the key would be read from its index, and a key damaged in the table itself go unseen.
        chosen = f"{table} NOT INDEXED {only.get(table, '')}"
        for row in connection.execute(f'SELECT {listed} FROM {chosen} ORDER BY "{columns[0]}"'):
            yield b"".join(map(_encoded, row))


def _encoded(value: bytes | int | None) -> bytes:
    """Kind, length and content, so that no two rows give the same bytes."""
    if value is None:
        return b"N"
    kind, content = (b"T", value) if isinstance(value, bytes) else (b"I", str(value).encode())
    return kind + len(content).to_bytes(4, "big") + content
