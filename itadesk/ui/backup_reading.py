"""What a worker reads of the backups on this computer: documents, the numbers of each copy, and how it differs."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

from itadesk.domain import overview
from itadesk.domain.overview import Overview
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import backup
from itadesk.storage.backup import Backup
from itadesk.storage.office_file import OfficeFile
from itadesk.ui import change_words, difference_words


@dataclass(frozen=True)
class Copied:
    """A document of which there are copies, the newest first; `path`: where it was last, if that is known."""

    uuid: str
    path: Path | None
    backups: tuple[Backup, ...]


@dataclass(frozen=True)
class Looked:
    """One copy, looked at: what it holds in numbers, or why it cannot be read."""

    overview: Overview | None
    trouble: str = ""


def documents(first: str | None) -> list[Copied]:
    """All documents with copies, that with the uuid `first` before the others, then by their newest copy."""
    by_uuid: dict[str, list[Backup]] = {}
    for copy in reversed(backup.backups()):
        by_uuid.setdefault(copy.uuid, []).append(copy)
    found = [Copied(uuid, backup.last_path(uuid), tuple(copies)) for uuid, copies in by_uuid.items()]
    return sorted(found, key=lambda document: document.uuid != first)


def look(copy: Backup) -> Looked:
    """A copy in numbers."""
    try:
        with contextlib.closing(OfficeFile.view(copy.path)) as file:
            return Looked(overview.of(file.snapshot), _("altered") if file.altered else "")
    except UserError as error:
        return Looked(None, error.message)


def told(copy: Backup, document: Path | None, present: Snapshot | None) -> str:
    """What the document says otherwise now than a copy of it, as rich text. UserError when the copy cannot be read.

    `present`: what the open document says; else it is read at `document`, if it is there.
    """
    if present is None:
        present = _present(document)
    if present is None:
        return change_words.paragraph(
            _("The file of this copy is no longer in its place, or cannot be read now.")
        )
    return differences(copy.path, present, _("In the copy"))


def differences(path: Path, present: Snapshot, where: str) -> str:
    """What `present` says otherwise than the file at `path`, called `where`. UserError when that cannot be read."""
    with contextlib.closing(OfficeFile.view(path)) as file:
        before = file.snapshot
    found = difference_words.changes(before, present)
    return change_words.html(found, where) if found else change_words.paragraph(_("Both say the same."))


def _present(document: Path | None) -> Snapshot | None:
    if document is None:
        return None
    try:
        with contextlib.closing(OfficeFile.view(document)) as file:
            return file.snapshot
    except UserError:
        return None
