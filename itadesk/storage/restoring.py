"""The content of an earlier state of a file in the place of the present one, as one edit that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from itadesk.domain.snapshot import TABLE_OF, Snapshot
from itadesk.domain.ways import way_back
from itadesk.storage.attachments import ALL

if TYPE_CHECKING:
    from itadesk.storage.edit import Edit

Attached = Callable[[str], tuple[bytes, str] | None]
"""Bytes and media type of an attached file, by its SHA-256."""


def take_over(edit: Edit, content: Snapshot, attached: Attached) -> None:
    """Let the file hold `content` and nothing else, its bin apart; the files that it refers to come from `attached`."""
    _attach(edit, edit.snapshot, content, attached)
    edit.apply(way_back(edit.snapshot, content))


def _attach(edit: Edit, present: Snapshot, content: Snapshot, attached: Attached) -> None:
    for sha256 in _referred(content) - _referred(present):
        file = attached(sha256)
        assert file is not None, "a sound file holds what it refers to"
        edit.attach(*file)


def _referred(content: Snapshot) -> set[str]:
    rows = ((row, ALL.get(TABLE_OF[type(row)], ())) for row in content.rows())
    return {value for row, names in rows for name in names if (value := getattr(row, name)) is not None}
