"""Makes the PDF of a report in the background: of many requests only the newest counts."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from itadesk.errors import UserError
from itadesk.ui.tasks import Tasks

Job = Callable[[], bytes]


class ReportMaker(QObject):
    """Runs one job at a time on a worker; while it runs, only the newest further request waits.

    `made(bytes)` brings the PDF of a request, `refused(UserError)` why there is none, `busy_changed(bool)` whether a
    newer one is on its way.
    """

    made = Signal(object)
    refused = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._running = False
        self._next: Job | None = None
        self._takers: list[Callable[[bytes], None]] = []
        self._pdf: bytes | None = None

    @property
    def busy(self) -> bool:
        return self._running

    def ask(self, job: Job) -> None:
        """Have `job` run as soon as the one that runs now has ended; it takes the place of one that still waits."""
        self._pdf = None
        if self._running:
            self._next = job
        else:
            self._start(job)

    def when_made(self, take: Callable[[bytes], None]) -> None:
        """Hand the PDF of the newest request to `take`, now or when it is made; never, when it is refused."""
        if self._pdf is not None:
            take(self._pdf)
        elif self._running:
            self._takers.append(take)

    def _start(self, job: Job) -> None:
        self._running = True
        self.busy_changed.emit(True)
        self._tasks.run(job, self._done, self._failed)

    def _go_on(self) -> bool:
        """Start the request that waits, if any; the result just in is then out of date."""
        self._running = False
        job, self._next = self._next, None
        if job is not None:
            self._start(job)
            return True
        self.busy_changed.emit(False)
        return False

    def _done(self, pdf: bytes) -> None:
        if self._go_on():
            return
        self._pdf = pdf
        self.made.emit(pdf)
        takers, self._takers = self._takers, []
        for take in takers:
            take(pdf)

    def _failed(self, error: Exception) -> None:
        if self._go_on():
            return
        self._takers.clear()
        if not isinstance(error, UserError):
            raise error
        self.refused.emit(error)
