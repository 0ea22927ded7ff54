"""Work that may take its time, done beside the window: it stays alive, says how far the work is, and may give it up."""

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QVBoxLayout, QWidget

from itadesk.i18n import _
from itadesk.ui.thai_text import display

AT_ONCE = 0.2
"""Seconds in which nobody notices that the window stands still: a clerk's own file is open by then."""
SHORT = 0.4
"""Seconds that pass without a word."""
_EACH = 100

T = TypeVar("T")
Watch = Callable[[int, int], None]
"""Told how far the work is, of how much; raises when it was given up."""


class GivenUp(Exception):
    """The user would not wait any longer."""


def wait(
    parent: QWidget | None,
    text: str,
    work: Callable[[Watch], T],
    too_late: Callable[[T], object] = lambda _result: None,
) -> T:
    """What `work` returns or raises; it runs on a thread of its own. GivenUp when the user does not wait for it.

    `too_late` gets rid of what comes after that: a drive that does not answer keeps the thread, but not the user.
    """
    thread = _Work(work, too_late)
    thread.begin()
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        thread.let_pass()
    finally:
        QGuiApplication.restoreOverrideCursor()
    if not thread.ended:
        _Waiting(parent, text, thread).exec()
    return thread.outcome()


class _Work(QObject, Generic[T]):
    """One piece of work on its thread. Never waited for without end, so the thread is a daemon."""

    done = Signal()

    def __init__(self, work: Callable[[Watch], T], too_late: Callable[[T], object]) -> None:
        super().__init__()
        self.far: tuple[int, int] = (0, 0)
        self._work = work
        self._too_late = too_late
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._given_up = False
        self._results: list[T] = []
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def ended(self) -> bool:
        return bool(self._results) or self._error is not None

    def begin(self) -> None:
        self._thread.start()

    def let_pass(self) -> None:
        """Return when the work has ended, or when it is time to say something. What the user types or clicks waits."""
        if self._over.wait(AT_ONCE):
            return
        loop = QEventLoop()
        self.done.connect(loop.quit)
        QTimer.singleShot(int(1000 * SHORT), loop.quit)
        if not self.ended:
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def give_up(self) -> None:
        with self._lock:
            self._given_up = not self.ended

    def outcome(self) -> T:
        if self._given_up:
            _given_up.append(self)
            raise GivenUp
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._results[0]

    def _watch(self, far: int, of: int) -> None:
        self.far = (far, of)
        if self._given_up:
            raise GivenUp

    def _run(self) -> None:
        try:
            result = self._work(self._watch)
        except BaseException as error:  # told to who waits
            self._error = error
        else:
            with self._lock:
                late = self._given_up
                self._results += [] if late else [result]
            if late:
                self._too_late(result)
                return
        self._over.set()
        self.done.emit()


_given_up: "list[_Work[Any]]" = []
"""Kept: the last to let go of a QObject deletes it, and must not be another thread than this."""


class _Waiting(QDialog):
    def __init__(self, parent: QWidget | None, text: str, work: "_Work[Any]") -> None:
        super().__init__(parent)
        self.setWindowTitle(_("ITADesk"))
        self._work = work
        said = QLabel(display(text))
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (said, self._bar, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(420)
        work.done.connect(self.accept)
        timer = QTimer(self)
        timer.timeout.connect(self._show_how_far)
        timer.start(_EACH)

    def _show_how_far(self) -> None:
        if self._work.ended:  # before `done` was listened to
            self.accept()
            return
        far, of = self._work.far
        if far < of:
            self._bar.setRange(0, 1000)
            self._bar.setValue(1000 * far // of)
        else:
            self._bar.setRange(0, 0)

    def reject(self) -> None:
        self._work.give_up()
        super().reject()
