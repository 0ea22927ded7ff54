"""By when a measure is to be done, and whether it is late."""

import datetime as dt

from itadesk.domain import periods
from itadesk.domain.model import Measure, Status


def deadline(measure: Measure, year: int) -> dt.date | None:
    """The last day of its period in fiscal year `year` B.E.; None where the period cannot be read.

    A measure that goes on all year has the whole year.
    """
    if measure.continuous:
        return periods.span(year).end
    intervals = periods.parse(measure.period, year)
    return max((interval.end for interval in intervals), default=None)


def is_overdue(status: Status, last_day: dt.date | None, today: dt.date) -> bool:
    """Whether the last day has passed and the measure is not done."""
    return last_day is not None and last_day < today and status is not Status.DONE
