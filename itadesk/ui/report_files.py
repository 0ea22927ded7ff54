"""Saving reports and forms as files: asks where, makes the file in the background, says how it went."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from itadesk import whole_file
from itadesk.errors import UserError
from itadesk.i18n import N_, _
from itadesk.ui import messages
from itadesk.ui.tasks import Tasks

KINDS = {
    ".pdf": N_("PDF files (*.pdf)"),
    ".docx": N_("Word files (*.docx)"),
    ".xlsx": N_("Excel files (*.xlsx)"),
    ".toml": N_("Forms of report (*.toml)"),
}
_REFUSED_LETTERS = '<>:"/\\|?*'


def file_name(*parts: str) -> str:
    """Parts joined for a file name, without what file systems refuse."""
    name = "_".join(part for part in parts if part)
    return "".join("-" if letter in _REFUSED_LETTERS else letter for letter in name)


def ask_path(parent: QWidget, folder: Path, name: str, ending: str, title: str = "") -> Path | None:
    """Where the report, or what `title` says, is to be written; None when the clerk gives up."""
    dialog = QFileDialog(parent, title or _("Save the report"), str(folder), _(KINDS[ending]))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.selectFile(name + ending)
    chosen = dialog.selectedFiles()[0] if dialog.exec() else ""
    dialog.deleteLater()
    if not chosen or chosen.lower().endswith(ending):
        return Path(chosen) if chosen else None
    return _named_anew(parent, Path(chosen + ending))


def _named_anew(parent: QWidget, path: Path) -> Path | None:
    """Qt takes any dot for an ending ("รายงาน พ.ศ. 2565"), and so has not asked about the file of this name."""
    if not path.exists():
        return path
    error = UserError(_("{name} exists already.").format(name=path.name), _("Please choose another name."))
    messages.show_error(parent, error)
    return None


def write(parent: QWidget, path: Path, data: bytes, note: str = "") -> bool:
    """Put the file there and say so, and `note`; or say why it cannot be."""
    try:
        whole_file.write(path, data)
    except UserError as error:
        messages.show_error(parent, error)
        return False
    messages.toast(parent, f"{_('Saved as {name}').format(name=path.name)}  {note}".strip())
    return True


def make(parent: QWidget, tasks: Tasks, path: Path, job: Callable[[], bytes], note: str = "") -> None:
    """Make the file in the background and write it; then say so, and `note`."""

    def refuse(error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        messages.show_error(parent, error)

    messages.toast(parent, _("Making {name}…").format(name=path.name))
    tasks.run(job, lambda data: write(parent, path, data, note), refuse)


class ReportsDialog(QDialog):
    """Which reports go into one PDF, and in which order they stand there."""

    def __init__(self, parent: QWidget, titles: dict[str, str], ticked: set[str]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("All reports in one PDF"))
        self.list = QListWidget()
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        for name, title in titles.items():
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        note = QLabel(_("Tick the reports of this round. Drag them into the order you want."))
        note.setWordWrap(True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.list.itemChanged.connect(lambda _item: self._follow())
        layout = QVBoxLayout(self)
        layout.addWidget(note)
        layout.addWidget(self.list)
        layout.addWidget(self.buttons)
        self.resize(460, 360)
        self._follow()

    def names(self) -> list[str]:
        """The layouts ticked, in their order."""
        items = [self.list.item(row) for row in range(self.list.count())]
        ticked = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        return [item.data(Qt.ItemDataRole.UserRole) for item in ticked]

    def _follow(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(self.names()))
