"""Background work: functions run on worker threads, their results come back on the thread that asked."""

from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal

WORKERS = 2


@dataclass(frozen=True)
class _Job:
    done: Callable[[Any], object]
    failed: Callable[[Exception], None]


class Tasks(QObject):
    """Runs functions beside the event loop. Functions may touch no widget; `done` and `failed` may."""

    _ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(WORKERS)
        # Callbacks stay here: a worker that dropped the last reference to one would delete widgets in its thread.
        self._jobs: dict[int, _Job] = {}
        self._outcomes: SimpleQueue[tuple[int, Any, Exception | None]] = SimpleQueue()
        self._count = 0
        self._closed = False
        self._ready.connect(self._deliver)

    def run(
        self, function: Callable[[], Any], done: Callable[[Any], object], failed: Callable[[Exception], None]
    ) -> None:
        """Run `function` on a worker; then `done(result)` or `failed(error)`, whatever the error is.

        Nothing runs any more after `close`.
        """
        if self._closed:
            return
        self._count += 1
        number = self._count
        self._jobs[number] = _Job(done, failed)
        self._pool.start(lambda: self._work(number, function))

    def wait(self) -> None:
        """Return when all work has ended and its results have been handed over."""
        self._pool.waitForDone()
        self._deliver()

    def close(self) -> None:
        """Drop what has not begun, and return when what has begun has ended; nobody is answered.

        Qt waits for the workers when it deletes their pool, and a worker waits for Python meanwhile: this comes first.
        """
        self._closed = True
        self._pool.clear()
        self._pool.waitForDone()
        self._jobs.clear()

    def _work(self, number: int, function: Callable[[], Any]) -> None:
        try:
            self._outcomes.put((number, function(), None))
        except Exception as error:  # the asker decides what it means
            self._outcomes.put((number, None, error))
        self._ready.emit()

    def _deliver(self) -> None:
        while True:
            try:
                number, result, error = self._outcomes.get_nowait()
            except Empty:
                return
            job = self._jobs.pop(number, None)
            if job is None:
                continue
            if error is None:
                job.done(result)
            else:
                job.failed(error)
