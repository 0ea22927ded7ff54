"""Makes the PDF of a report in the background: of many requests only the newest counts."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from itadesk.errors import UserError
from itadesk.ui.tasks import Tasks

Job = Callable[[], bytes]
Take = Callable[[bytes], None]
Refuse = Callable[[UserError], None]


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
        self._outcome: bytes | UserError | None = None
        self._waiting: list[tuple[Take, Refuse]] = []

    @property
    def busy(self) -> bool:
        return self._running

    def ask(self, job: Job) -> None:
        """Have `job` run as soon as the one that runs now has ended; it takes the place of one that still waits."""
        self._outcome = None
        if self._running:
            self._next = job
        else:
            self._start(job)

    def when_made(self, take: Take, refuse: Refuse) -> None:
        """Hand the newest request's PDF to `take`, or to `refuse` why there is none, now or when it is known."""
        self._waiting.append((take, refuse))
        self._serve()

    def _start(self, job: Job) -> None:
        self._running = True
        self.busy_changed.emit(True)
        self._tasks.run(job, self._done, self._failed)

    def _done(self, pdf: bytes) -> None:
        if not self._go_on():
            self._outcome = pdf
            self.made.emit(pdf)
            self._serve()

    def _failed(self, error: Exception) -> None:
        if self._go_on():
            return
        if not isinstance(error, UserError):
            self._waiting.clear()
            raise error
        self._outcome = error
        self.refused.emit(error)
        self._serve()

    def _go_on(self) -> bool:
        """Start the request that waits, if any; the outcome just in is then out of date."""
        self._running = False
        job, self._next = self._next, None
        if job is not None:
            self._start(job)
            return True
        self.busy_changed.emit(False)
        return False

    def _serve(self) -> None:
        if self._outcome is None:
            return
        waiting, self._waiting = self._waiting, []
        for take, refuse in waiting:
            if isinstance(self._outcome, UserError):
                refuse(self._outcome)
            else:
                take(self._outcome)
