"""One edit in the making: the statements from which the verbs are built, each row checked before it is stored."""

import contextlib
import hashlib
import itertools
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from itadesk.domain import rules
from itadesk.domain.model import Row
from itadesk.domain.snapshot import ChangeSet, RowChange, Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import changes, connection, faults
from itadesk.storage.snapshot import find

ATTACHMENT_LIMIT = 20 << 20
"""Bytes of one attached file: more can hardly be mailed."""

R = TypeVar("R", bound=Row)


class Edit:
    """One edit in the making, given to an operation; `snapshot` is the file as before the edit.

    `database`: for reading what is not in a snapshot: the history, the rows in the bin.
    """

    def __init__(self, database: sqlite3.Connection, snapshot: Snapshot) -> None:
        self.database = database
        self.snapshot = snapshot
        self._written_before = database.total_changes

    def current(self, row_class: type[R], row_id: str) -> R | None:
        """A row as it is now, with what this edit has done to it."""
        if self.database.total_changes == self._written_before:
            return self.snapshot.get(row_class, row_id)
        return find(self.database, row_class, row_id)

    def insert(self, *rows: Row) -> None:
        """Store new rows, parents first; UserError when one may not be stored."""
        for row in rows:
            rules.check(row)
        for _row_class, alike in itertools.groupby(rows, type):
            changes.insert(self.database, *alike)

    def update(self, *rows: Row) -> None:
        """Store other versions of rows; UserError when one may not be stored, LookupError when one is not there."""
        for row in rows:
            rules.check(row)
        for _row_class, alike in itertools.groupby(rows, type):
            made = [RowChange(self.current(type(row), row.id), row) for row in alike]
            changes.update(self.database, *made)

    def place(self, row_class: type[Row], ordinals: Mapping[str, int]) -> None:
        """Give rows, by id, other places in the order of their parent; UserError when one is too high."""
        for ordinal in ordinals.values():
            rules.check_place(ordinal)
        changes.place(self.database, row_class, ordinals)

    def delete(self, row_class: type[Row], row_id: str) -> None:
        """Delete a row with all that belongs to it; LookupError when it is not there."""
        changes.delete(self.database, row_class, row_id)

    def apply(self, change_set: ChangeSet) -> None:
        """Make changes one by one, in an order that fits."""
        changes.apply(self.database, change_set)

    def attach(self, data: bytes, media_type: str) -> str:
        """Keep a file's bytes and say by which SHA-256 rows refer to them; the same bytes are kept once."""
        if len(data) > ATTACHMENT_LIMIT:
            raise UserError(
                _("The file is too large: {size} MB.").format(size=-(-len(data) >> 20)),
                _("At most {limit} MB can be attached.").format(limit=ATTACHMENT_LIMIT >> 20),
            )
        sha256 = hashlib.sha256(data).hexdigest()
        self.database.execute(
            "INSERT INTO attachment (sha256, size, media_type, data) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (sha256, len(data), media_type, data),
        )
        return sha256


def fill(work: Path, content: Snapshot) -> None:
    """Store the first rows of a new document; they are not history."""
    with (
        contextlib.closing(connection.editing(work)) as filling,
        faults.of_edit(),
        connection.transaction(filling),
    ):
        Edit(filling, Snapshot.of(())).insert(*content.rows())
