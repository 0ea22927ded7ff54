"""Unexpected errors: noted, and shown once in one dialog, whatever thread they come from."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from itadesk import error_log

if TYPE_CHECKING:
    from itadesk.ui.bug_dialog import BugDialog

_log = logging.getLogger(__name__)


def watch(parent: QObject, restart: Callable[[], object]) -> None:
    """From now on every unexpected error, in any thread, is logged and shown once; Qt's own messages are logged.

    `restart`: what the dialog offers besides going on.
    """
    bugs = _Bugs(parent, restart)
    sys.excepthook = bugs.caught
    threading.excepthook = lambda args: bugs.caught(args.exc_type, args.exc_value, args.exc_traceback)
    qInstallMessageHandler(_log_qt_message)


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    level = logging.DEBUG if kind is QtMsgType.QtDebugMsg else logging.WARNING
    _log.log(level, f"Qt: {error_log.harmless(text)}")


class _Bugs(QObject):
    """Shows an unexpected error on the main thread, at most one dialog at a time and each bug once."""

    _reported = Signal(str)

    def __init__(self, parent: QObject, restart: Callable[[], object]) -> None:
        super().__init__(parent)
        self._restart = restart
        self._seen: set[tuple[type[BaseException], str]] = set()
        self._dialog: BugDialog | None = None
        self._reported.connect(self._show)

    def caught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        error = error or kind()
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("Unexpected error", exc_info=(kind, error, trace))
        frames = traceback.extract_tb(trace)
        place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        if (kind, place) not in self._seen:
            self._seen.add((kind, place))
            self._reported.emit(error_log.trace(error))

    def _show(self, trace: str) -> None:
        from itadesk.ui.bug_dialog import BugDialog

        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.add(trace)
            return
        self._dialog = BugDialog(QApplication.activeWindow(), trace)
        self._dialog.restart_wanted.connect(self._restart)
        self._dialog.open()
