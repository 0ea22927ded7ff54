"""An open collection: its questions are asked beside the window, and every view of it follows one answer."""

import datetime as dt
import getpass
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from itadesk.domain.consolidated import IndicatorCounts, OfficeCounts, Sender
from itadesk.domain.model import Round
from itadesk.errors import UserError
from itadesk.storage.collection import counts, expected, reviews
from itadesk.storage.collection.store import is_url
from itadesk.ui.tasks import Tasks

if TYPE_CHECKING:
    from itadesk.storage.collection.store import Collection, Connection

T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """What is seen of a fiscal year: None where nothing was received yet. `notes`: by office."""

    years: tuple[int, ...] = ()
    year: int | None = None
    offices: tuple[OfficeCounts, ...] = ()
    indicators: tuple[IndicatorCounts, ...] = ()
    missing: tuple[Sender, ...] = ()
    expected: tuple[Sender, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Look:
    """An office's file that is to be looked into: the one in use for a fiscal year, or a certain received one.

    `measure_id`: where to begin, as the collection knows it.
    """

    office_id: str
    year: int
    received_id: str = ""
    measure_id: str = ""


class CollectionSession(QObject):
    """`loaded(View)` comes when the answer is there; `failed(UserError)` when the collection cannot be asked."""

    loaded = Signal(object)
    failed = Signal(object)

    def __init__(self, collection: "Collection", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.collection = collection
        self.tasks = Tasks(self)
        self.user = getpass.getuser()
        self.today: Callable[[], dt.date] = dt.date.today
        """The day by which measures are late."""
        self.year: int | None = None
        """The fiscal year looked at; None = the newest there is."""
        self.round: Round | None = None
        """The round looked at; None = the latest of each office."""
        self.view = View()
        self._asked: dict[str, int] = {}

    @property
    def path(self) -> Path | None:
        """Where the collection is, if it is a file."""
        return None if is_url(self.collection.where) else Path(self.collection.where)

    def load(self) -> None:
        """Ask anew for all that is seen."""
        today, year, round_ = self.today(), self.year, self.round
        self.ask("view", lambda connection: view(connection, today, year, round_), self._show)

    def look_at(self, year: int | None, round_: Round | None) -> None:
        """See another fiscal year, or another round of it."""
        self.year, self.round = year, round_
        self.load()

    def ask(self, kind: str, question: "Callable[[Connection], T]", done: Callable[[T], object]) -> None:
        """Answer a question beside the window; only the last one of its kind is still of interest."""
        number = self._asked[kind] = self._asked.get(kind, 0) + 1

        def asked() -> T:
            with self.collection.reading() as connection:
                return question(connection)

        def answered(answer: T) -> None:
            if self._asked[kind] == number:
                done(answer)

        self.tasks.run(asked, answered, self.refuse)

    def write(
        self,
        work: "Callable[[Connection], T]",
        done: Callable[[T], object],
        failed: Callable[[UserError], object] | None = None,
    ) -> None:
        """Change the collection beside the window, in one transaction."""

        def written() -> T:
            with self.collection.writing() as connection:
                answer = work(connection)
            self.collection.settle()
            return answer

        def refuse(error: Exception) -> None:
            if failed is not None and isinstance(error, UserError):
                failed(error)
            else:
                self.refuse(error)

        self.tasks.run(written, done, refuse)

    def refuse(self, error: Exception) -> None:
        """Say an expected error; anything else is a bug."""
        if not isinstance(error, UserError):
            raise error
        self.failed.emit(error)

    def close(self) -> None:
        """Let the collection go, when what has begun has ended."""
        self.tasks.close()
        self.collection.close()

    def _show(self, view: View) -> None:
        self.view = view
        self.loaded.emit(view)


def view(connection: "Connection", today: dt.date, year: int | None, round_: Round | None) -> View:
    """All that is seen of a fiscal year, or of the newest."""
    years = tuple(counts.years(connection))
    senders = tuple(expected.senders(connection))
    shown = year if year in years else next(iter(years), None)
    if shown is None:
        return View(missing=senders, expected=senders)
    return View(
        years,
        shown,
        tuple(counts.by_office(connection, today, shown, round_)),
        tuple(counts.by_indicator(connection, today, shown, round_)),
        tuple(counts.missing(connection, shown)),
        senders,
        reviews.texts(connection, shown),
    )
