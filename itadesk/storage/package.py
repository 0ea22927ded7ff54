"""The copy of an office file that is sent: the chosen years, with or without attached files, without its history.

It is the document, not a copy with a life of its own: it carries the document's branch and revision, so that the
district sees which version it has.
"""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from itadesk.storage import attachments, faults, publish
from itadesk.storage.publish import Written

_LEFT_OUT = ("history", "deleted_file", "deletion", "printout", "sending", "template_measure")
"""What concerns the office alone: who changed what, what was deleted, what was printed and sent when."""

_FILES = [
    (table, column)
    for table, columns in attachments.BY_CONTENT.items()
    for column in columns
    if table != "office"
]
"""Columns of files that may be large; the office's emblem and logo are small, and its papers need them."""


@dataclass(frozen=True)
class Contents:
    """What goes into the copy: fiscal years, all when None; evidence files and scans or only their names."""

    years: Collection[int] | None = None
    attached: bool = True


def pack(database: Path, path: Path, user: str, contents: Contents) -> Written:
    """Write the copy of `database` to `path`, over what is there; faults.NotWritten when a disk refuses."""
    with faults.of_this_computer():
        return publish.write_to(database, path, user, lambda file: _leave_out(file, contents))


def _leave_out(file: sqlite3.Connection, contents: Contents) -> None:
    for table in _LEFT_OUT:
        file.execute(f"DELETE FROM {table}")
    if contents.years is not None:
        listed = ", ".join(str(int(year)) for year in contents.years)
        file.execute("PRAGMA foreign_keys = ON")
        file.execute(f"DELETE FROM fiscal_year WHERE year NOT IN ({listed})")
    if not contents.attached:
        for table, column in _FILES:
            file.execute(f"UPDATE {table} SET {column} = NULL")
