"""How far the measures of a fiscal year are: status per round and the counts that every view shows."""

from collections import Counter
from dataclasses import dataclass

from itadesk.domain.model import ROUNDS, Measure, Progress, Round, Status
from itadesk.domain.snapshot import Snapshot


@dataclass(frozen=True)
class Counts:
    """Measures of a fiscal year by status in one round."""

    not_started: int
    in_progress: int
    done: int

    @property
    def total(self) -> int:
        return self.not_started + self.in_progress + self.done


def status(measure: Measure, progress: Progress | None) -> Status:
    """What counts and prints for a measure with this progress in a round; without any it has not started.

    A measure that goes on all year is in progress unless done: it never stands as not started.
    """
    stored = Status.NOT_STARTED if progress is None else progress.status
    return Status.IN_PROGRESS if measure.continuous and stored is not Status.DONE else stored


def counts(snapshot: Snapshot, fiscal_year_id: str, round_: Round) -> Counts:
    measures = snapshot.children(Measure, fiscal_year_id)
    by_status = Counter(status(measure, snapshot.progress(measure.id, round_)) for measure in measures)
    return Counts(by_status[Status.NOT_STARTED], by_status[Status.IN_PROGRESS], by_status[Status.DONE])


def round_in_hand(snapshot: Snapshot, fiscal_year_id: str) -> Round:
    """The latest round in which any measure of the year has progress; 12 when there is none."""
    return _latest_round(snapshot, fiscal_year_id) or ROUNDS[-1]


def round_to_begin(snapshot: Snapshot, fiscal_year_id: str) -> Round:
    """The round in which work on a year goes on; a year without any progress begins with its first."""
    return _latest_round(snapshot, fiscal_year_id) or ROUNDS[0]


def _latest_round(snapshot: Snapshot, fiscal_year_id: str) -> Round | None:
    measures = snapshot.children(Measure, fiscal_year_id)
    for round_ in reversed(ROUNDS):
        if any(snapshot.progress(measure.id, round_) is not None for measure in measures):
            return round_
    return None
