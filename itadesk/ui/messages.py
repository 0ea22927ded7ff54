"""What the program tells the user: expected errors, questions, short notices, and one dialog for a bug."""

import logging
from collections.abc import Sequence

from PySide6.QtCore import (
    Qt,
    QTimer,
)
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMessageBox,
    QWidget,
)

from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui.thai_text import display

TOAST_SECONDS = 4
_NARROWEST = 340
"""Pixels of a message; a clerk's screen has 1366."""

_log = logging.getLogger(__name__)


def show_error(parent: QWidget | None, error: UserError) -> None:
    """Say what went wrong and what to do. Returns at once; the same text is not shown twice at a time."""
    parent = parent or QApplication.activeWindow()
    shown = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox)]
    if any(box.isVisible() and box.text() == display(error.message) for box in shown):
        return
    box = _box(parent, QMessageBox.Icon.Warning, error.message, error.advice)
    box.addButton(QMessageBox.StandardButton.Ok)
    box.finished.connect(lambda _result: box.deleteLater())  # without a parent, only this keeps it until then
    box.open()


def ask(
    parent: QWidget | None, question: str, advice: str, choices: Sequence[str], *, careful: bool = False
) -> int | None:
    """Let the user choose; the index of the choice, None when they cancel. Enter takes the first one, or when it has to
    be `careful` cancels."""
    box = _box(parent, QMessageBox.Icon.Question, question, advice)
    buttons = [box.addButton(choice, QMessageBox.ButtonRole.AcceptRole) for choice in choices]
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel if careful else buttons[0])
    box.exec()
    clicked = box.clickedButton()
    box.deleteLater()
    return next((index for index, button in enumerate(buttons) if button is clicked), None)


def tell(parent: QWidget | None, text: str, advice: str) -> None:
    """Say something that must be read before the program goes on (it is about to end, say)."""
    box = _box(parent, QMessageBox.Icon.Warning, text, advice)
    box.addButton(QMessageBox.StandardButton.Ok)
    box.exec()
    box.deleteLater()


def _box(parent: QWidget | None, icon: QMessageBox.Icon, text: str, advice: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle(_("ITADesk"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(icon)
    box.setText(display(text))
    box.setInformativeText(display(advice))
    if (said := box.findChild(QLabel, "qt_msgbox_informativelabel")) is not None:
        said.setMinimumWidth(_NARROWEST)  # else a long advice stands in a column as narrow as a short message
    return box


def toast(parent: QWidget, text: str) -> None:
    """A short notice at the foot of the window that goes away by itself and takes no focus."""
    hush(parent)
    _Toast(parent.window(), text).show()


def hush(parent: QWidget) -> None:
    """Take the short notice away: what it says is no longer so."""
    for old in parent.window().findChildren(_Toast, options=Qt.FindChildOption.FindDirectChildrenOnly):
        old.hide()
        old.deleteLater()


class _Toast(QLabel):
    """White on dark, so that it is seen over any page."""

    def __init__(self, window: QWidget, text: str) -> None:
        super().__init__(text, window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setStyleSheet("background: #263238; color: white; border-radius: 4px; padding: 8px 20px;")
        self.adjustSize()
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - 56)
        QTimer.singleShot(1000 * TOAST_SECONDS, self, self.deleteLater)
