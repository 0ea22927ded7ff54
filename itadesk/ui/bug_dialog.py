"""Says that the program made a mistake and the work is safe, with the details for whoever looks after the program."""

import platform

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

import itadesk
from itadesk.i18n import _
from itadesk.ui.thai_text import display


class BugDialog(QDialog):
    """`trace`: the error as Python tells it."""

    def __init__(self, parent: QWidget | None, trace: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("ITADesk met an unexpected error"))
        comfort = _(
            "Something in the program went wrong. Your work up to the last finished step is safe: every step is "
            "stored the moment it is made.\n\nYou can go on working. If it happens again, close the program and "
            "open it anew, and send the details below to the person who looks after the program."
        )
        said = QLabel(display(comfort))
        said.setWordWrap(True)
        self.details = QPlainTextEdit(_machine() + trace)
        self.details.setReadOnly(True)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(_("&Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.details.toPlainText())
        )
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (said, self.details, buttons):
            layout.addWidget(widget)
        self.resize(640, 420)

    def add(self, trace: str) -> None:
        """One more error while this one is being read."""
        self.details.appendPlainText(trace)


def _machine() -> str:
    return (
        f"ITADesk {itadesk.__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.platform()}\n\n"
    )
