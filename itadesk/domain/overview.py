"""What a file holds in a few numbers: enough to tell one state of it from another."""

from dataclasses import dataclass

from itadesk.domain import progress
from itadesk.domain.model import FiscalYear, Measure, Round
from itadesk.domain.progress import Counts
from itadesk.domain.snapshot import Snapshot


@dataclass(frozen=True)
class Overview:
    """`counts`: of the newest fiscal year that has measures, in its round in hand; None while there is no year."""

    office: str
    fiscal_years: tuple[int, ...]
    measures: int
    year: int | None = None
    round: Round = 12
    counts: Counts | None = None


def newest_in_use(snapshot: Snapshot) -> FiscalYear | None:
    """The newest fiscal year that has measures, else the newest."""
    years = snapshot.fiscal_years
    return next(
        (year for year in reversed(years) if snapshot.children(Measure, year.id)),
        years[-1] if years else None,
    )


def of(snapshot: Snapshot) -> Overview:
    office, years = snapshot.office.full_name, tuple(year.year for year in snapshot.fiscal_years)
    measures, year = len(snapshot.all(Measure)), newest_in_use(snapshot)
    if year is None:
        return Overview(office, years, measures)
    round_ = progress.round_in_hand(snapshot, year.id)
    return Overview(office, years, measures, year.year, round_, progress.counts(snapshot, year.id, round_))
