"""Work on many files one after another, beside the window: each outcome is handed over when it is there."""

import threading
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer

from itadesk.storage.opener import Watch
from itadesk.ui.tasks import Tasks

T = TypeVar("T")
_EACH = 50
"""Milliseconds between two looks at what came."""


class Stopped(Exception):
    """Nobody wants the rest."""


class Stream(QObject, Generic[T]):
    """Runs one iterator at a time. It is stopped between two outcomes, or while a file is examined."""

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._stop = threading.Event()
        self._came: SimpleQueue[T] = SimpleQueue()
        self._take: Callable[[T], object] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._hand_over)

    @property
    def running(self) -> bool:
        return self._take is not None

    def start(
        self,
        make: Callable[[Watch], Iterator[T]],
        take: Callable[[T], object],
        ended: Callable[[Exception | None], object],
    ) -> None:
        """`take` each outcome; then `ended(None)`, also when it was stopped, or `ended(error)`."""
        self._stop, self._take = threading.Event(), take
        stop, came = self._stop, self._came

        def watch(_far: int, _of: int) -> None:
            if stop.is_set():
                raise Stopped

        def run() -> None:
            for outcome in make(watch):
                came.put(outcome)
                watch(0, 0)

        def end(error: Exception | None) -> None:
            self._timer.stop()
            self._hand_over()
            self._take = None
            ended(None if isinstance(error, Stopped) else error)

        self._timer.start(_EACH)
        self._tasks.run(run, lambda _done: end(None), end)

    def stop(self) -> None:
        """End it soon; `ended` still comes."""
        self._stop.set()

    def _hand_over(self) -> None:
        while self._take is not None:
            try:
                outcome = self._came.get_nowait()
            except Empty:
                return
            self._take(outcome)
