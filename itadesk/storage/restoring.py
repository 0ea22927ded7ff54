"""The content of an earlier state of a file in the place of the present one, as one edit that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from itadesk.domain.snapshot import TABLE_OF, TABLES, Snapshot
from itadesk.storage.attachments import ALL

if TYPE_CHECKING:
    from itadesk.storage.edit import Edit

Attached = Callable[[str], tuple[bytes, str] | None]
"""Bytes and media type of an attached file, by its SHA-256."""


def take_over(edit: Edit, content: Snapshot, attached: Attached) -> None:
    """Let the file hold `content` and nothing else; the files that it refers to come from `attached`.

    What is gone goes first, then what differs, then what came: of two rows that may not be alike in one file, such as
    two of the same fiscal year, one may have taken the other's place.
    """
    present = edit.snapshot
    _attach(edit, present, content, attached)
    for row_class in TABLES.values():
        for row_id in present.all(row_class):
            if content.get(row_class, row_id) is None and edit.current(row_class, row_id) is not None:
                edit.delete(row_class, row_id)
    rows = list(content.rows())
    gone = {row.id for row in rows if edit.current(type(row), row.id) is None}
    for row in rows:
        if row.id not in gone and edit.current(type(row), row.id) != row:
            edit.update(row)
    edit.insert(*(row for row in rows if row.id in gone))


def _attach(edit: Edit, present: Snapshot, content: Snapshot, attached: Attached) -> None:
    for sha256 in _referred(content) - _referred(present):
        file = attached(sha256)
        assert file is not None, "a sound file holds what it refers to"
        edit.attach(*file)


def _referred(content: Snapshot) -> set[str]:
    rows = ((row, ALL.get(TABLE_OF[type(row)], ())) for row in content.rows())
    return {value for row, names in rows for name in names if (value := getattr(row, name)) is not None}
