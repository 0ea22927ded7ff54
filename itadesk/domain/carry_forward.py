"""A year's measures for the year to come: what is planned stays, what was done is left behind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from itadesk.domain import ita, periods, thai
from itadesk.domain.model import FiscalYear, Measure, Row, new_id
from itadesk.domain.snapshot import Snapshot


@dataclass(frozen=True)
class Taken:
    """What of a measure goes along beside its title, indicator and group. `years`: those named in its texts, too."""

    steps: bool = True
    responsible: bool = True
    periods: bool = True
    years: bool = False


def source(snapshot: Snapshot) -> FiscalYear | None:
    """The latest fiscal year with measures, which those of another one come from."""
    years = reversed(snapshot.fiscal_years)
    return next((year for year in years if snapshot.children(Measure, year.id)), None)


def wants_measures(snapshot: Snapshot, year: int) -> bool:
    """Whether fiscal year `year` B.E. has none: it is not there yet, or as empty as that of a new file."""
    there = snapshot.fiscal_year(year)
    return there is None or not snapshot.children(Measure, there.id)


def carried(snapshot: Snapshot, source: FiscalYear, year: int, taken: Taken) -> Iterator[Row]:
    """Fiscal year `year` B.E., unless it is there, and the measures of `source` in it, in order, under new ids.

    Periods and the year analysed move by as many years. Progress and evidence stay where they are.
    """
    by = year - source.year
    new = snapshot.fiscal_year(year)
    if new is None:
        new = FiscalYear(
            id=new_id(), office_id=source.office_id, year=year, analysed_year=ita.analysed_year(source) + by
        )
        yield new
    for ordinal, measure in enumerate(snapshot.children(Measure, source.id)):
        yield replace(
            _later(measure, source.year, by, taken), id=new_id(), fiscal_year_id=new.id, ordinal=ordinal
        )


def _later(measure: Measure, year: int, by: int, taken: Taken) -> Measure:
    kept = replace(
        measure,
        steps=measure.steps if taken.steps else "",
        responsible=measure.responsible if taken.responsible else "",
        period=periods.moved(measure.period, year, by) if taken.periods else "",
        follow_up=periods.moved(measure.follow_up, year, by) if taken.periods else "",
    )
    if not taken.years:
        return kept
    return replace(
        kept,
        title=with_later_years(kept.title, year, by),
        steps=with_later_years(kept.steps, year, by),
        heading=with_later_years(kept.heading, year, by),
    )


_YEAR = re.compile(r"(?:พ\.?\s?ศ\.?|ปี(?:งบประมาณ)?)\s*([0-9๐-๙]{4})(?![0-9๐-๙])")


def with_later_years(text: str, year: int, by: int) -> str:
    """`text` with the fiscal year `year` and the one before it, where it names them as years, so many years later."""

    def later(found: re.Match[str]) -> str:
        number = int(thai.arabic_digits(found[1]))
        if number not in (year - 1, year):
            return found[0]
        digits = str(number + by)
        return found[0][: -len(digits)] + (digits if found[1].isascii() else thai.thai_digits(digits))

    return _YEAR.sub(later, text)
