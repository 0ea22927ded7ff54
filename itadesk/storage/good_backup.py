"""The newest whole copy on this computer of a document that cannot be read any more."""

from pathlib import Path

from itadesk.errors import UserError
from itadesk.storage import backup, examiner, known_files, salvage
from itadesk.storage.backup import Backup
from itadesk.storage.opener import Verdict, Watch

MOST = 10
"""Copies looked at: those before are of long ago."""


def newest(document: Path, watch: Watch | None = None) -> Backup | None:
    """By the document's uuid, where it can still be read, else by where it was or how it was called.

    `watch` as in examiner.verify.
    """
    uuid = _uuid(document)
    copies = backup.backups(uuid)[::-1][:MOST] if uuid else []
    return next((copy for copy in copies if _is_whole(copy.path, watch)), None)


def _uuid(document: Path) -> str | None:
    try:
        return salvage.uuid_of(document) or known_files.uuid_of(document)
    except UserError:
        return known_files.uuid_of(document)


def _is_whole(path: Path, watch: Watch | None) -> bool:
    try:
        return examiner.verify(path, watch).verdict == Verdict.CLEAN
    except UserError:
        return False
