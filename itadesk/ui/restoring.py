"""Ways back to a backup: to look into it, as a file of its own, in place of what the open file says."""

import contextlib
import getpass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import restoring
from itadesk.storage.backup import Backup
from itadesk.storage.office_file import OfficeFile
from itadesk.ui import files, messages
from itadesk.ui.session import FileSession
from itadesk.ui.work_area import WorkArea


def look_into(parent: QWidget, copy: Backup, when: str) -> None:
    """Show a backup with all its pages, to be looked at only."""
    try:
        with files.busy():
            session = FileSession(OfficeFile.view(copy.path))
    except UserError as error:
        messages.show_error(parent, error)
        return
    _Inside(parent, session, when).open()


class _Inside(QDialog):
    """The pages of a backup. Closing it lets the backup go."""

    def __init__(self, parent: QWidget, session: FileSession, when: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Backup of {when} – for looking only").format(when=when))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        session.setParent(self)
        self.area = WorkArea(session)
        for known in ("read_only", "left", "damaged"):  # the title says it, or the open file
            self.area.banners.take(known)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        self.resize(1240, 660)
        self.area.focus_page()

    def done(self, result: int) -> None:
        self._session.close(publish=False)
        super().done(result)


def as_file(parent: QWidget, copy: Backup, document: Path | None) -> Path | None:
    """Write a backup as a document of its own where the user says; the present one stays as it is."""
    name = _("Backup") if document is None else document.stem
    suggested = f"{name} {copy.at.year + 543}-{copy.at:%m-%d %H.%M}"
    path = files.ask_save_path(parent, _("Restore the backup as a file"), suggested, _folder_of(document))
    if path is None:
        return None
    try:
        with files.busy(), contextlib.closing(OfficeFile.view(copy.path, user=getpass.getuser())) as file:
            file.save_copy(path)
    except UserError as error:
        messages.show_error(parent, error)
        return None
    return path


def _folder_of(document: Path | None) -> str:
    """Beside the document, if its place can be reached."""
    return files.folder() if document is None or not document.parent.is_dir() else str(document.parent)


def wants_to_open(parent: QWidget, path: Path) -> bool:
    text = _("The backup is now the file {file}.").format(file=path.name)
    advice = _("The file that it was a copy of has not been changed.")
    return messages.ask(parent, text, advice, [_("&Open it")]) == 0


def in_place(parent: QWidget, session: FileSession, copy: Backup, when: str) -> bool:
    """Let the open file say what a backup says, as one undo step, what it says now being backed up first."""
    with files.busy():
        trouble = session.saved_now()
    if trouble is not None:
        messages.show_error(parent, trouble)
        return False
    try:
        with files.busy(), contextlib.closing(OfficeFile.view(copy.path)) as file:
            label = _("Restore the backup of {when}").format(when=when)
            before = session.undo_stack.count()
            session.edit(label, restoring.take_over, file.snapshot, file.attached)
            return session.undo_stack.count() > before
    except UserError as error:
        messages.show_error(parent, error)
        return False
