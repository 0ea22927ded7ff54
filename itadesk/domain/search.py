"""Which measures a clerk looks for: by words in any of their texts, status, unit, indicator, time."""

import datetime as dt
from dataclasses import dataclass

from itadesk.domain import deadlines, periods, progress, thai
from itadesk.domain.deadlines import Deadline
from itadesk.domain.model import Measure, Progress, Status, Unit
from itadesk.domain.units import is_responsible

_PLAN = ("title", "steps", "responsible", "period", "follow_up", "heading", "indicator")
_DONE = ("result", "outcome", "suggestion")
_BETWEEN = "¦"
"""Stands between two fields, where no word reaches over; nobody types it."""


@dataclass(frozen=True)
class Search:
    """What is wanted; None and "" = whatever. `month` counts from October, 1 to 12."""

    text: str = ""
    status: Status | None = None
    unit: Unit | None = None
    indicator: str = ""
    month: int | None = None
    deadline: Deadline | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the text, folded: Thai and Arabic digits, case and blanks make no difference."""
        return tuple(map(thai.fold, self.text.split()))

    def fits(self, measure: Measure, done: Progress | None, fiscal_year: int, today: dt.date) -> bool:
        """Whether a measure with its progress in the round in hand is wanted, its texts left aside."""
        return (
            (self.status is None or progress.status(measure, done) is self.status)
            and (self.unit is None or is_responsible(measure.responsible, self.unit))
            and (not self.indicator or _is_of(measure.indicator, self.indicator))
            and (self.month is None or _in_month(measure.period, fiscal_year, self.month))
            and (
                self.deadline is None
                or deadlines.deadline(measure, done, fiscal_year, today) is self.deadline
            )
        )


def folded(measure: Measure, done: Progress | None) -> str:
    """All that is said of a measure in one text to be searched; a word does not reach over two of its fields."""
    texts = [getattr(measure, name) for name in _PLAN]
    texts += [getattr(done, name) for name in _DONE] if done else []
    return thai.fold(_BETWEEN.join(texts))


def _is_of(indicator: str, wanted: str) -> bool:
    """An indicator has its parts with it."""
    return indicator == wanted or indicator.startswith(wanted + ".")


def _in_month(period: str, fiscal_year: int, month: int) -> bool:
    wanted = periods.month_span(fiscal_year, month)
    spans = periods.parse(period, fiscal_year)
    return any(days.start <= wanted.end and wanted.start <= days.end for days in spans)
