"""What came back of a damaged file, what is missing, and the way into the new file."""

import getpass
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import files, messages, patience, theme
from itadesk.ui.thai_text import display

if TYPE_CHECKING:
    from itadesk.storage.salvage import Salvaged


def salvage(
    parent: QWidget, path: Path, go_on: Callable[[Path], object], document: Path
) -> "SalvageDialog | None":
    """Save what can be read of `path` where the user says, and show what came of it; None when nothing did.

    `document`: the file that it is, or that it was to become.
    """
    from itadesk.storage import salvage as salvaging

    name = _("{file} saved").format(file=document.stem)
    out = files.ask_save_path(parent, _("Where to keep what can be read"), name, str(document.parent))
    if out is None:
        return None
    try:
        text = _("Reading what is left of {file}…").format(file=document.name)
        salvaged = patience.wait(
            parent, text, lambda _watch: salvaging.salvage(path, out, user=getpass.getuser())
        )
    except patience.GivenUp:
        return None
    except UserError as error:
        messages.show_error(parent, error)
        return None
    dialog = SalvageDialog(parent.window().parentWidget() or parent, salvaged, go_on)
    dialog.open()
    return dialog


class SalvageDialog(QDialog):
    """`go_on` opens the new file."""

    def __init__(self, parent: QWidget | None, salvaged: "Salvaged", go_on: Callable[[Path], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What could be read"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        whole = _("Everything the file held could be read.")
        missing = _(
            "Some of what the file held is missing. Please compare the new file with a printed report."
        )
        said = QLabel(display(missing if salvaged.missing else whole))
        said.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(_("What came back and what is missing"))
        self.list.setWordWrap(True)
        for icon, lines in (("warning", salvaged.missing), ("status_done", salvaged.complete)):
            for line in lines:
                self.list.addItem(QListWidgetItem(theme.icon(icon), display(line)))
        where = QLabel(_("New file: {file}").format(file=salvaged.path))
        where.setTextFormat(Qt.TextFormat.PlainText)
        where.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.open_button = buttons.addButton(_("&Open the new file"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.copy_button = buttons.addButton(_("&Copy the list"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(lambda: self._copy((*salvaged.missing, *salvaged.complete)))
        buttons.rejected.connect(self.reject)
        buttons.accepted.connect(self.accept)
        self.accepted.connect(lambda: go_on(salvaged.path))
        layout = QVBoxLayout(self)
        layout.addWidget(said)
        layout.addWidget(self.list, 1)
        layout.addWidget(where)
        layout.addWidget(buttons)
        self.open_button.setDefault(True)
        self.resize(600, 440)

    def _copy(self, lines: Iterable[str]) -> None:
        QGuiApplication.clipboard().setText("\n".join(lines))
        messages.toast(self, _("The list was copied."))
