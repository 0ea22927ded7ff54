"""Makes the PDF of a report in the background: of many requests only the newest counts."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from itadesk.errors import UserError
from itadesk.ui.newest import Newest
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
        self._newest = Newest(tasks, self)
        self._outcome: bytes | UserError | None = None
        self._waiting: list[tuple[Take, Refuse]] = []

    @property
    def busy(self) -> bool:
        return self._newest.busy

    def ask(self, job: Job) -> None:
        """Have `job` run as soon as the one that runs now has ended; it takes the place of one that still waits."""
        self._outcome = None
        self._newest.ask(job, self._done, self._failed)
        self.busy_changed.emit(True)

    def when_made(self, take: Take, refuse: Refuse) -> None:
        """Hand the newest request's PDF to `take`, or to `refuse` why there is none, now or when it is known."""
        self._waiting.append((take, refuse))
        self._serve()

    def _done(self, pdf: bytes) -> None:
        self.busy_changed.emit(False)
        self._outcome = pdf
        self.made.emit(pdf)
        self._serve()

    def _failed(self, error: Exception) -> None:
        self.busy_changed.emit(False)
        if not isinstance(error, UserError):
            self._waiting.clear()
            raise error
        self._outcome = error
        self.refused.emit(error)
        self._serve()

    def _serve(self) -> None:
        if self._outcome is None:
            return
        waiting, self._waiting = self._waiting, []
        for take, refuse in waiting:
            if isinstance(self._outcome, UserError):
                refuse(self._outcome)
            else:
                take(self._outcome)
