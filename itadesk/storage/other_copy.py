"""Another copy of a document, open to be compared with ours.

Its content, its past, its attached files, and what its history tells that ours does not, and ours that its does not.
"""

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from itadesk.domain.copy_join import Own
from itadesk.domain.lineage import Past
from itadesk.domain.snapshot import Snapshot
from itadesk.storage import opener, past
from itadesk.storage.office_file import OfficeFile

T = TypeVar("T")


class Readable(Protocol):
    """An open file: what is not in its content can be asked for."""

    def read(self, question: Callable[[sqlite3.Connection], T]) -> T: ...


@dataclass(frozen=True)
class OtherCopy:
    """`document`: of which document it is a copy."""

    file: OfficeFile
    document: str
    past: Past
    our_own: Own
    their_own: Own

    @property
    def content(self) -> Snapshot:
        return self.file.snapshot

    def attached(self, sha256: str) -> tuple[bytes, str] | None:
        """The bytes and media type of a file attached there."""
        query = "SELECT data, media_type FROM attachment WHERE sha256 = ?"
        return self.file.read(lambda database: database.execute(query, (sha256,)).fetchone())

    def close(self) -> None:
        self.file.close()


def document_of(database: sqlite3.Connection) -> str:
    (uuid,) = database.execute("SELECT uuid FROM doc").fetchone()
    return uuid


def saved(database: sqlite3.Connection) -> tuple[dt.datetime | None, str]:
    """When a file was last written, by its own account, and by whom."""
    at, who = database.execute("SELECT saved_at, saved_by FROM doc").fetchone()
    try:
        return dt.datetime.fromisoformat(at or ""), who or ""
    except ValueError:
        return None, who or ""


def entries_of(database: sqlite3.Connection) -> Set[str]:
    """Ids of the entries of a history."""
    return frozenset(entry for (entry,) in database.execute("SELECT id FROM history"))


def opened(path: Path, ours: Readable, watch: opener.Watch | None = None) -> OtherCopy:
    """The copy at `path`, examined, beside ours. Raises as OfficeFile.view."""
    with contextlib.ExitStack() as undo:
        theirs = OfficeFile.view(path, watch=watch)
        undo.callback(theirs.close)
        our_entries, their_entries = ours.read(entries_of), theirs.read(entries_of)
        copy = OtherCopy(
            theirs,
            theirs.read(document_of),
            theirs.read(past.read),
            ours.read(lambda database: own(database, their_entries)),
            theirs.read(lambda database: own(database, our_entries)),
        )
        undo.pop_all()
    return copy


def own(database: sqlite3.Connection, others: Set[str]) -> Own:
    """What a history tells in entries that the other copy's, whose entries are `others`, does not have."""
    changed: dict[tuple[str, str], dt.datetime] = {}
    deleted: set[str] = set()
    query = "SELECT id, at, row_id, op, after FROM history ORDER BY at, id"
    for entry, at, row_id, op, after in database.execute(query):
        if entry in others:
            continue
        deleted.discard(row_id)
        if op == "delete":
            deleted.add(row_id)
            continue
        with contextlib.suppress(ValueError):  # a file may come from anywhere
            moment = dt.datetime.fromisoformat(at).replace(tzinfo=None)
            changed |= {(row_id, name): moment for name in _names(op, after)}
    return Own(changed, deleted)


def _names(op: str, after: str | None) -> Iterator[str]:
    """The columns that an entry tells of; "" for a row that came."""
    if op == "insert":
        yield ""
        return
    image: Any = json.loads(after or "{}")
    if isinstance(image, dict):
        yield from cast("dict[str, Any]", image)
