"""Says that the program made a mistake and the work is safe, with the details for whoever looks after the program."""

import platform

from PySide6.QtCore import Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

import itadesk
from itadesk.i18n import _
from itadesk.ui import messages
from itadesk.ui.thai_text import display


class BugDialog(QDialog):
    """`trace`: what happened, without anything out of a file. `restart_wanted()`: the program is to begin anew."""

    restart_wanted = Signal()

    def __init__(self, parent: QWidget | None, trace: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("ITADesk met an unexpected error"))
        comfort = _(
            "Something in the program went wrong. Your work up to the last finished step is safe: every step is "
            "stored the moment it is made.\n\nYou can go on working. If something looks wrong, start the program anew: "
            "it opens the file again with all your work. Please send the details below to the person who looks after "
            "the program; nothing of your office is in them."
        )
        said = QLabel(display(comfort))
        said.setWordWrap(True)
        self.details = QPlainTextEdit(_machine() + trace)
        self.details.setReadOnly(True)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        buttons = QDialogButtonBox()
        self.go_on = buttons.addButton(_("&Go on working"), QDialogButtonBox.ButtonRole.RejectRole)
        self.restart_button = buttons.addButton(
            _("&Start ITADesk anew"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.restart_button.clicked.connect(self._restart)
        self.go_on.setDefault(True)
        self.go_on.setFocus()
        self.copy_button = buttons.addButton(_("&Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (said, self.details, buttons):
            layout.addWidget(widget)
        self.resize(640, 420)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        messages.toast(self, _("The details were copied."))

    def _restart(self) -> None:
        self.accept()
        self.restart_wanted.emit()

    def add(self, trace: str) -> None:
        """One more error while this one is being read."""
        self.details.appendPlainText(f"\n{trace}")


def _machine() -> str:
    return (
        f"ITADesk {itadesk.__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.platform()}\n\n"
    )
