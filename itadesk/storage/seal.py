"""The file seal: one number over all that a file says.

It proves that a file was not damaged nor changed by another program since it was saved; it is not a signature. History
and bookkeeping (revision, branch, who saved when, what was printed, what lies in the bin) are outside, so that they may
differ where the content is the same. A checksum covers what the seal leaves out, so that a fault there is seen as well.

The rows of a table are hashed in leaves, those whose keys end alike in one: a publication hashes only the leaves again
in which a row was touched since the last one.
"""

import hashlib
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import itemgetter

from itadesk.domain.snapshot import TABLES, ChangeSet
from itadesk.storage import attachments, generation

_PARTS: Mapping[str, tuple[str, ...]] = {
    "doc": ("id", "uuid", "role"),
    # The data is not read: its hash is the key.
    "attachment": ("sha256", "size", "media_type"),
    "setting": ("key", "value"),
}
"""What comes first; then all columns of every other table that is not _OUTSIDE."""

_VALUE, _ROW, _MISSING = "\x1f", "\x1d", "\x1e"
"""What stands behind a value but the last, behind a row, and for NULL. Texts with one of them, or with a NUL, at which
printf stops, are refused before the seal is asked (contents)."""

_OUTSIDE = frozenset({"lineage", "history", *attachments.BOOKKEEPING})

_HISTORY = "history"
_KEYS = {_HISTORY: "row_id"}
"""By what a row is put into its leaf, when not by its first column: an entry goes with the row that it tells of."""

_Hashes = dict[bytes, bytes]
"""Of the leaves of one table, by the character that their keys end with."""


class Leaves:
    """The hashes of the leaves of a working copy, kept from one publication to the next.

    `touch` belongs to the thread that edits, all else to the one that publishes.
    """

    def __init__(self) -> None:
        self.hashes: dict[str, _Hashes] = {}
        self._touched: list[tuple[int, set[tuple[str, str]]]] = []
        self._lock = threading.Lock()

    def touch(self, changes: ChangeSet, revision: int) -> None:
        """Note what an edit changes, before it is committed as `revision`: whoever reads it then knows of it."""
        ends = {(change.table, change.id[-1]) for change in changes.changes}
        leaves = ends | {(_HISTORY, end) for _table, end in ends}
        with self._lock:
            self._touched.append((revision, leaves))

    def renew(self, file: sqlite3.Connection) -> None:
        """Bring the hashes to what `file` holds, a copy of the working copy as of its revision."""
        (revision,) = file.execute("SELECT revision FROM doc").fetchone()
        with self._lock:
            noted = list(self._touched)
        if self.hashes:
            self._hash_again(file, {leaf for _revision, leaves in noted for leaf in leaves})
        else:
            columns = generation.columns()
            self.hashes = {table: _leaves(file, table, columns[table]) for table in (*TABLES, _HISTORY)}
        with self._lock:
            self._touched = [(at, leaves) for at, leaves in self._touched if at > revision]

    def _hash_again(self, file: sqlite3.Connection, touched: Iterable[tuple[str, str]]) -> None:
        ends: dict[str, list[str]] = defaultdict(list)
        for table, end in touched:
            ends[table].append(end)
            self.hashes[table].pop(end.encode(), None)
        for table, some in ends.items():
            columns = generation.columns()[table]
            where = f"WHERE substr({_key(table, columns)}, -1) IN ({', '.join('?' * len(some))})"
            self.hashes[table].update(_leaves(file, table, columns, where, some))


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


def seal(connection: sqlite3.Connection, leaves: Leaves | None = None) -> str:
    """SHA-256, in hexadecimal, over the content rows by their keys, whatever the layout of the pages.

    `leaves`: as of this very file; without them all of it is read.
    """
    parts = sealed(generation.of(connection))
    # Of attachments count those that content refers to: printouts and the bin bring theirs without changing the seal.
    only = {"attachment": f"WHERE sha256 IN ({attachments.referenced(_referring(parts))})"}
    return _digest(b"ITADesk seal 1\n", connection, parts, only, leaves)


def checksum(connection: sqlite3.Connection, sealed: str, leaves: Leaves | None = None) -> str:
    """SHA-256, in hexadecimal, over the `sealed` content and all that the seal leaves out."""
    start = f"ITADesk checksum 1 {sealed}\n".encode()
    return _digest(start, connection, _besides(generation.of(connection)), {}, leaves)


def _digest(
    start: bytes,
    connection: sqlite3.Connection,
    parts: Mapping[str, tuple[str, ...]],
    only: Mapping[str, str],
    leaves: Leaves | None,
) -> str:
    known = leaves.hashes if leaves is not None else {}
    digest = hashlib.sha256(start)
    for table, columns in parts.items():
        digest.update(f"\0{table}\0{', '.join(columns)}".encode())
        hashes = known[table] if table in known else _leaves(connection, table, columns, only.get(table, ""))
        for end in sorted(hashes):
            digest.update(end + _VALUE.encode() + hashes[end])
    return digest.hexdigest()


def _leaves(
    connection: sqlite3.Connection,
    table: str,
    columns: tuple[str, ...],
    where: str = "",
    values: Iterable[str] = (),
) -> _Hashes:
    rows: dict[bytes, list[bytes]] = defaultdict(list)
    text_factory = connection.text_factory
    # Bytes, not text: what is not UTF-8 counts as well.
    connection.text_factory = bytes
    try:
        # NOT INDEXED: the key would be read from its index, and a key damaged in the table itself go unseen.
        query = f"SELECT substr({_key(table, columns)}, -1), {_row(columns)} FROM {table} NOT INDEXED {where}"
        found = connection.execute(query, tuple(values)).fetchall()
    finally:
        connection.text_factory = text_factory
    # Each begins with its primary key. Here, for SQLite would sort whole rows, and take twice as long.
    found.sort(key=itemgetter(1))
    for end, row in found:
        rows[end].append(row)
    return {end: hashlib.sha256(b"".join(some)).digest() for end, some in rows.items()}


def _key(table: str, columns: tuple[str, ...]) -> str:
    return f'"{_KEYS.get(table, columns[0])}"'


def _row(columns: tuple[str, ...]) -> str:
    """A row as one text, put together by SQLite: so many values one by one would take Python long.

    By printf: each || would copy all that stands before it.
    """
    values = ", ".join(f"""coalesce("{name}", '{_MISSING}')""" for name in columns)
    return f"printf('{_VALUE.join(['%s'] * len(columns))}{_ROW}', {values})"


def _referring(parts: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The columns of the generation at hand that refer to attachments; earlier ones have fewer."""
    return {
        table: tuple(name for name in names if name in parts.get(table, ()))
        for table, names in attachments.BY_CONTENT.items()
    }
