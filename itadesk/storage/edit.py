"""One edit in the making: the statements from which the verbs are built, each row checked before it is stored."""

import hashlib
import itertools
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from itadesk.domain import rules
from itadesk.domain.model import Row
from itadesk.domain.snapshot import ChangeSet, Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import changes, connection, faults
from itadesk.storage.connection import driver
from itadesk.storage.snapshot import find

if TYPE_CHECKING:
    from sqlalchemy import Connection

ATTACHMENT_LIMIT = 20 << 20
"""Bytes of one attached file: more can hardly be mailed."""

R = TypeVar("R", bound=Row)


class Edit:
    """One edit in the making, given to an operation; `snapshot` is the file as before the edit."""

    def __init__(self, connection: "Connection", snapshot: Snapshot) -> None:
        self._connection = connection
        self.snapshot = snapshot

    def current(self, row_class: type[R], row_id: str) -> R | None:
        """A row as it is now, with what this edit has done to it."""
        return find(self.database, row_class, row_id)

    def insert(self, *rows: Row) -> None:
        """Store new rows, parents first; UserError when one may not be stored."""
        for row in rows:
            rules.check(row)
        for _row_class, alike in itertools.groupby(rows, type):
            changes.insert(self._connection, *alike)

    def update(self, *rows: Row) -> None:
        """Store other versions of rows; UserError when one may not be stored, LookupError when one is not there."""
        for row in rows:
            rules.check(row)
        for _row_class, alike in itertools.groupby(rows, type):
            changes.update(self._connection, *alike)

    def place(self, row_class: type[Row], ordinals: Mapping[str, int]) -> None:
        """Give rows, by id, other places in the order of their parent."""
        changes.place(self._connection, row_class, ordinals)

    def delete(self, row_class: type[Row], row_id: str) -> None:
        """Delete a row with all that belongs to it; LookupError when it is not there."""
        changes.delete(self._connection, row_class, row_id)

    def apply(self, change_set: ChangeSet) -> None:
        """Make changes one by one, in an order that fits."""
        changes.apply(self._connection, change_set)

    @property
    def database(self) -> sqlite3.Connection:
        """For reading what is not in a snapshot: the history, the rows in the bin."""
        return driver(self._connection)

    def attach(self, data: bytes, media_type: str) -> str:
        """Keep a file's bytes and say by which SHA-256 rows refer to them; the same bytes are kept once."""
        if len(data) > ATTACHMENT_LIMIT:
            raise UserError(
                _("The file is too large: {size} MB.").format(size=-(-len(data) >> 20)),
                _("At most {limit} MB can be attached.").format(limit=ATTACHMENT_LIMIT >> 20),
            )
        sha256 = hashlib.sha256(data).hexdigest()
        from itadesk.storage import schema

        table = schema.table("attachment")
        if self._connection.execute(table.select().where(table.c.sha256 == sha256)).first() is None:
            row = {"sha256": sha256, "size": len(data), "media_type": media_type, "data": data}
            self._connection.execute(table.insert(), row)
        return sha256


def fill(work: Path, content: Snapshot) -> None:
    """Store the first rows of a new document; they are not history."""
    filling = connection.edit(work)
    try:
        with faults.of_edit(), filling.begin():
            Edit(filling, Snapshot.of(())).insert(*content.rows())
    finally:
        connection.close(filling)
