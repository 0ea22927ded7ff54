"""The 12-month round begun with what the 6-month round says: for measures of which it says nothing yet."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from itadesk.domain.model import Measure, Progress, Status, new_id
from itadesk.domain.snapshot import Snapshot


@dataclass(frozen=True)
class Kept:
    """What of a measure's progress the next round begins with."""

    status: bool = True
    result: bool = True
    outcome: bool = True
    suggestion: bool = True


def opened(snapshot: Snapshot, fiscal_year_id: str, kept: Kept) -> Iterator[Progress]:
    """Progress of the 12-month round to begin with, in the order of the measures.

    A measure that has any in that round stays as it is; one of which nothing is kept has none.
    """
    for measure in snapshot.children(Measure, fiscal_year_id):
        before = snapshot.progress(measure.id, 6)
        if before is None or snapshot.progress(measure.id, 12) is not None:
            continue
        begun = _begun(before, kept)
        if begun.status is not Status.NOT_STARTED or begun.result or begun.outcome or begun.suggestion:
            yield replace(begun, id=new_id(), round=12)


def _begun(before: Progress, kept: Kept) -> Progress:
    return replace(
        before,
        status=before.status if kept.status else Status.NOT_STARTED,
        result=before.result if kept.result else "",
        outcome=before.outcome if kept.outcome else "",
        suggestion=before.suggestion if kept.suggestion else "",
    )


def is_untouched(snapshot: Snapshot, fiscal_year_id: str) -> bool:
    """Whether the 12-month round says nothing of any measure yet, but the 6-month round does."""
    measures = snapshot.children(Measure, fiscal_year_id)
    return any(True for _row in opened(snapshot, fiscal_year_id, Kept())) and not any(
        snapshot.progress(measure.id, 12) for measure in measures
    )
