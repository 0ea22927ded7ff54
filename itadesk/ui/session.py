"""The open office file as the window sees it: snapshot, place in hand, undo, and publishing by itself."""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QUndoCommand, QUndoStack

from itadesk.domain import progress
from itadesk.domain.earlier import Earlier
from itadesk.domain.model import FiscalYear, Measure, Round
from itadesk.domain.search import Search
from itadesk.domain.snapshot import ChangeSet, Snapshot
from itadesk.domain.ways import same_content, way_back
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import messages
from itadesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from sqlite3 import Connection

    from itadesk.storage.office_file import Edit, OfficeFile, Recovered
    from itadesk.storage.package import Contents
    from itadesk.storage.publish import Written

PAUSE = 3.0
"""Seconds without an edit after which the file is published."""
RETRY = 30.0
"""Seconds after which a failed publication is tried again by itself."""
SETTLED = 300
"""Milliseconds after opening when the window has been painted with the file in it."""
REST = 10
"""Publishing takes at most one part in this many of the time, however slow the place of the file is."""

P = ParamSpec("P")
T = TypeVar("T")


class Saving(Enum):
    """How the user's file stands to the work done."""

    SAVED = auto()
    WAITING = auto()
    RUNNING = auto()
    FAILED = auto()


@dataclass(frozen=True)
class SaveState:
    """`at`: when this session last published; `trouble`: why the last try failed, with FAILED only."""

    saving: Saving
    at: dt.datetime | None = None
    trouble: UserError | None = None

    @property
    def running(self) -> bool:
        return self.saving is Saving.RUNNING


class FileSession(QObject):
    """One open file. All edits of the window go through `edit`; all views listen to `changed`.

    `changed(Snapshot, ChangeSet)` comes after each committed edit, undo and redo; `place_changed()` when another
    fiscal year or round is in hand; `search_changed()` when other measures are looked for; `saved(SaveState)`
    whenever the state of the user's file changes.
    """

    changed = Signal(object, object)
    place_changed = Signal()
    search_changed = Signal()
    saved = Signal(object)

    def __init__(self, office_file: "OfficeFile", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = office_file
        self._opening = office_file.snapshot
        self._place = _first_place(office_file.snapshot)
        self._search = Search()
        self.today: Callable[[], dt.date] = dt.date.today
        """The day by which measures are late."""
        self.earlier = Earlier(office_file.snapshot)
        """What the office wrote before."""
        self.measure_id: str | None = None
        """The measure in hand: what was current in the page shown last, and is first in the next."""
        self._state = SaveState(Saving.WAITING if office_file.unpublished else Saving.SAVED)
        self._walked: ChangeSet | Exception | None = None
        self._mute = False
        self._duration = 0.0
        self.tasks = Tasks(self)
        self.undo_stack = QUndoStack(self)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.publish_now)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._application_state_changed)
        if office_file.unpublished:
            self._schedule(PAUSE)
        if not office_file.read_only:
            QTimer.singleShot(SETTLED, self, self._prepare)

    @property
    def path(self) -> Path:
        return self._file.path

    @property
    def read_only(self) -> bool:
        return self._file.read_only

    @property
    def altered(self) -> bool:
        """Another program or a fault of the disk had changed the file when it was opened."""
        return self._file.altered

    @property
    def of_earlier_program(self) -> bool:
        """An earlier version of the program made the file; publishing brings it up."""
        return self._file.of_earlier_program

    @property
    def of_newer_program(self) -> bool:
        """A newer version of the program made the file: it is not shown whole, and only looked at."""
        return self._file.of_newer_program

    @property
    def uuid(self) -> str:
        """By which the backups of the file are found."""
        return self._file.uuid

    @property
    def recovered(self) -> "Recovered | None":
        """The unpublished work that came back when the file was opened."""
        return self._file.recovered

    @property
    def snapshot(self) -> Snapshot:
        return self._file.snapshot

    @property
    def save_state(self) -> SaveState:
        return self._state

    @property
    def fiscal_year(self) -> FiscalYear | None:
        """The fiscal year in hand; None only while the file has none at all."""
        return self.snapshot.get(FiscalYear, self._place[0])

    @property
    def round(self) -> Round:
        return self._place[1]

    def set_place(self, fiscal_year_id: str, round_: Round) -> None:
        """Take a fiscal year and a round in hand; every page follows."""
        if (fiscal_year_id, round_) != self._place:
            self._place = (fiscal_year_id, round_)
            self.place_changed.emit()

    @property
    def search(self) -> Search:
        """The measures that are looked for: table and board show no others."""
        return self._search

    def look_for(self, search: Search) -> None:
        if search != self._search:
            self._search = search
            self.search_changed.emit()

    def look_back(self, name: str) -> None:
        """Have what was written before in a field at hand when something is typed there."""
        if (job := self.earlier.job(name)) is not None:
            self.tasks.run(job, self.earlier.take, _raise)

    def attachment(self, sha: str) -> bytes | None:
        """The bytes of an attached file or picture; None when the file does not hold it."""
        return self._file.attachment(sha)

    def read(self, question: "Callable[[Connection], T]") -> T:
        """The answer to a question about the history or the rows in the bin; a worker may ask it."""
        return self._file.read(question)

    @property
    def changed_since_opening(self) -> bool:
        """Whether the file says something else than when it was opened; the bin does not count."""
        return not same_content(self.snapshot, self._opening)

    def go_back(self) -> None:
        """Bring the file back to how it was when it was opened, as one step; what came since goes into the bin."""
        label = _("Back to how it was when opened")
        self.edit(label, lambda edit: edit.apply(way_back(edit.snapshot, self._opening)))

    def attachment_sizes(self) -> dict[str, int]:
        """How many bytes each attached file has that the work refers to, by its SHA-256."""
        return self._file.attachment_sizes()

    def edit(
        self, label: str, operation: "Callable[Concatenate[Edit, P], T]", *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Run `operation(edit, *args, **kwargs)` as one transaction and one undo step named `label`.

        Returns what the operation returns; None after a UserError, which has been shown, with nothing changed.
        """
        results: list[T] = []
        try:
            changes = self._file.edit(lambda edit: results.append(operation(edit, *args, **kwargs)))
        except UserError as error:
            messages.show_error(None, error)
            return None
        if changes:
            self.undo_stack.push(_Step(self, label, changes))
            self._announce(changes)
        return results[0]

    def undo(self) -> None:
        self._walk(self.undo_stack.undo, self.undo_stack.redo)

    def redo(self) -> None:
        self._walk(self.undo_stack.redo, self.undo_stack.undo)

    def publish_now(self) -> None:
        """Write the work into the user's file, in the background; `saved` tells how it went."""
        if self._file.unpublished:
            self._publish(self._file.publish)

    def overwrite(self) -> None:
        """Publish over a file that somebody else changed, or in place of one that was moved away."""
        self._publish(lambda: self._file.publish(force=True))

    def save(self) -> None:
        """Publish and keep a dated copy on this PC."""
        self._publish(self._file.back_up)

    def saved_now(self) -> UserError | None:
        """As `save`, and wait for it; what was in the way, if it could not be."""
        self.tasks.wait()
        self.save()
        self.tasks.wait()
        return self._state.trouble

    def save_copy(self, path: Path) -> None:
        """An independent copy of the work as it is now. Raises UserError."""
        self._file.save_copy(path)

    def pack(self, path: Path, contents: "Contents") -> "Written":
        """Write the copy that is sent; a worker may do it. Raises UserError."""
        return self._file.pack(path, contents)

    def save_as(self, path: Path) -> None:
        """Go on in a new file at `path`. Raises UserError; the work then stays with the old one."""
        self.tasks.wait()
        self._timer.stop()
        self._file.save_as(path)
        self._set_state(Saving.SAVED, dt.datetime.now())

    def close(self, *, publish: bool = True) -> None:
        """Let the file go, its work published. UserError when that fails; the file then stays open.

        Without `publish` unpublished work stays on this PC and comes back at the next opening.
        """
        self.tasks.wait()
        self._timer.stop()
        self._file.close(publish=publish)
        self.tasks.close()

    def _prepare(self) -> None:
        """Load what the first edit needs while the clerk looks at the file."""
        from itadesk.storage.office_file import prepare_edits

        self.tasks.run(prepare_edits, lambda _result: None, _raise)

    def replay(self, changes: ChangeSet) -> None:
        """Commit `changes` of an undo step for `_walk`; it gets the error, which Qt's stack cannot pass on."""
        if self._mute:
            return
        try:
            self._walked = self._file.replay(changes)
        except Exception as error:
            self._walked = error

    def _walk(self, step: Callable[[], None], back: Callable[[], None]) -> None:
        """Move the undo stack one step; when the file does not follow, move it back without touching the file."""
        self._walked = None
        step()
        walked, self._walked = self._walked, None
        if isinstance(walked, Exception):
            self._mute = True
            try:
                back()
            finally:
                self._mute = False
            if not isinstance(walked, UserError):
                raise walked
            messages.show_error(None, walked)
        elif walked is not None:
            self._announce(walked)

    def _announce(self, changes: ChangeSet) -> None:
        # A fiscal year that was just deleted cannot stay in hand; the first one of a file is taken in hand.
        lost = self.fiscal_year is None
        if lost:
            self._place = _first_place(self.snapshot)
        self.earlier.follow(self.snapshot, changes)
        self.changed.emit(self.snapshot, changes)
        if lost:
            self.place_changed.emit()
        if self._state.saving in (Saving.SAVED, Saving.WAITING):
            self._set_state(Saving.WAITING, self._state.at)
        self._schedule(PAUSE)

    def _schedule(self, pause: float) -> None:
        self._timer.start(round(1000 * max(pause, REST * self._duration)))

    def _publish(self, write: Callable[[], object]) -> None:
        """Have a worker write the file, unless one is at it: what that one misses is published next."""
        self._timer.stop()
        if self.read_only or self._state.running:
            return
        self._set_state(Saving.RUNNING, self._state.at)
        started = time.monotonic()

        def seconds() -> float:
            write()
            return time.monotonic() - started

        self.tasks.run(seconds, self._published, self._publishing_failed)

    def _published(self, seconds: float) -> None:
        self._duration = seconds
        if self._file.unpublished:
            self._set_state(Saving.WAITING, self._state.at)
            self._schedule(PAUSE)
        else:
            self._set_state(Saving.SAVED, dt.datetime.now())

    def _publishing_failed(self, error: Exception) -> None:
        known = error if isinstance(error, UserError) else UserError(_("The file could not be written."))
        self._set_state(Saving.FAILED, self._state.at, known)
        self._schedule(RETRY)
        if known is not error:
            raise error

    def _set_state(
        self, saving: Saving, at: dt.datetime | None = None, trouble: UserError | None = None
    ) -> None:
        self._state = SaveState(saving, at, trouble)
        self.saved.emit(self._state)

    def _application_state_changed(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive:
            self.publish_now()


class _Step(QUndoCommand):
    """The one undo command: what an edit changed, not what was asked."""

    def __init__(self, session: FileSession, label: str, changes: ChangeSet) -> None:
        super().__init__(label)
        self._session = session
        self._changes = changes
        self._committed = True

    def redo(self) -> None:
        # The stack calls this once when the step is pushed, which is after its edit was committed.
        if not self._committed:
            self._session.replay(self._changes)
        self._committed = True

    def undo(self) -> None:
        self._session.replay(self._changes.inverted())
        self._committed = False


def _first_place(snapshot: Snapshot) -> tuple[str, Round]:
    """The newest fiscal year that has measures, else the newest, and its round in hand."""
    years = snapshot.fiscal_years
    if not years:
        return "", 6
    year = next((year for year in reversed(years) if snapshot.children(Measure, year.id)), years[-1])
    return year.id, progress.round_to_begin(snapshot, year.id)


def _raise(error: Exception) -> None:
    raise error
