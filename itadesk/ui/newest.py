"""Background work of which only the newest request counts: what was asked before it is dropped unseen."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject
from shiboken6 import isValid

from itadesk.ui.tasks import Tasks


class _Request(NamedTuple):
    job: Callable[[], Any]
    done: Callable[[Any], object]
    failed: Callable[[Exception], object]


class Newest:
    """Runs one job at a time on a worker; while it runs, only the newest further request waits.

    Nothing is answered any more once `owner`, whom the answers are for, is gone.
    """

    def __init__(self, tasks: Tasks, owner: QObject) -> None:
        self._tasks = tasks
        self._owner = owner
        self._running: _Request | None = None
        self._next: _Request | None = None

    @property
    def busy(self) -> bool:
        return self._running is not None

    def ask(
        self, job: Callable[[], Any], done: Callable[[Any], object], failed: Callable[[Exception], object]
    ) -> None:
        """Have `job` run as soon as the one that runs now has ended; then `done(result)` or `failed(error)`."""
        request = _Request(job, done, failed)
        if self._running:
            self._next = request
        else:
            self._start(request)

    def _start(self, request: _Request) -> None:
        self._running = request
        self._tasks.run(request.job, self._done, self._failed)

    def _done(self, result: Any) -> None:
        if request := self._ended():
            request.done(result)

    def _failed(self, error: Exception) -> None:
        if request := self._ended():
            request.failed(error)

    def _ended(self) -> _Request | None:
        """The request that is answered; None when a newer one takes its place."""
        ended, self._running = self._running, None
        waiting, self._next = self._next, None
        if not isValid(self._owner):
            return None
        if waiting is None:
            return ended
        self._start(waiting)
        return None
