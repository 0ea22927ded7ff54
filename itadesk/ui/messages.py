"""What the program tells the user: expected errors, questions, short notices, and one dialog for a bug."""

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Sequence
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

import itadesk
from itadesk.errors import UserError
from itadesk.i18n import _

TOAST_SECONDS = 4

_log = logging.getLogger(__name__)


def show_error(parent: QWidget | None, error: UserError) -> None:
    """Say what went wrong and what to do. Returns at once; the same text is not shown twice at a time."""
    parent = parent or QApplication.activeWindow()
    shown = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox)]
    if any(box.isVisible() and box.text() == error.message for box in shown):
        return
    box = _box(parent, QMessageBox.Icon.Warning, error.message, error.advice)
    box.addButton(QMessageBox.StandardButton.Ok)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def ask(parent: QWidget | None, question: str, advice: str, choices: Sequence[str]) -> int | None:
    """Let the user choose; the index of the choice, None when they cancel."""
    box = _box(parent, QMessageBox.Icon.Question, question, advice)
    buttons = [box.addButton(choice, QMessageBox.ButtonRole.AcceptRole) for choice in choices]
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(buttons[0])
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
    box.setText(text)
    box.setInformativeText(advice)
    return box


def toast(parent: QWidget, text: str) -> None:
    """A short notice at the foot of the window that goes away by itself and takes no focus."""
    window = parent.window()
    for old in window.findChildren(_Toast, options=Qt.FindChildOption.FindDirectChildrenOnly):
        old.deleteLater()
    _Toast(window, text).show()


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


def watch_for_bugs(parent: QObject) -> None:
    """From now on every unexpected error, in any thread, is logged and shown once; Qt's own messages are logged."""
    bugs = _Bugs(parent)
    sys.excepthook = bugs.caught
    threading.excepthook = lambda args: bugs.caught(args.exc_type, args.exc_value, args.exc_traceback)
    qInstallMessageHandler(_log_qt_message)


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    _log.log(logging.DEBUG if kind is QtMsgType.QtDebugMsg else logging.WARNING, "Qt: %s", text)


class _Bugs(QObject):
    """Shows an unexpected error on the main thread, at most one dialog at a time and each bug once."""

    _reported = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._seen: set[tuple[type[BaseException], str]] = set()
        self._dialog: BugDialog | None = None
        self._reported.connect(self._show)

    def caught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        _log.error("Unexpected error", exc_info=(kind, error or kind(), trace))
        frames = traceback.extract_tb(trace)
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        if (kind, place) not in self._seen:
            self._seen.add((kind, place))
            self._reported.emit("".join(traceback.format_exception(kind, error, trace)))

    def _show(self, trace: str) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.add(trace)
            return
        self._dialog = BugDialog(QApplication.activeWindow(), trace)
        self._dialog.open()


class BugDialog(QDialog):
    """The program made a mistake: the work is safe, here are the details for whoever looks after the program."""

    def __init__(self, parent: QWidget | None, trace: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("ITADesk met an unexpected error"))
        said = QLabel(
            _(
                "Something in the program went wrong. Your work up to the last finished step is safe: every step is "
                "stored the moment it is made.\n\nYou can go on working. If it happens again, close the program and "
                "open it anew, and send the details below to the person who looks after the program."
            )
        )
        said.setWordWrap(True)
        self._details = QPlainTextEdit(_machine() + trace)
        self._details.setReadOnly(True)
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(_("&Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details.toPlainText()))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (said, self._details, buttons):
            layout.addWidget(widget)
        self.resize(640, 420)

    def add(self, trace: str) -> None:
        """One more error while this one is being read."""
        self._details.appendPlainText(trace)


def _machine() -> str:
    return (
        f"ITADesk {itadesk.__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.platform()}\n\n"
    )
