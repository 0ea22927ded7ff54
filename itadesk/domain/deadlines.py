"""Until when measures are to be done, and how that stands on a day."""

import datetime as dt
from enum import StrEnum

from itadesk.domain import periods, progress
from itadesk.domain.model import Measure, Progress, Status

SOON = dt.timedelta(days=30)


class Deadline(StrEnum):
    """What a clerk has to look after. A measure that is done, or has longer than `SOON`, is none of these."""

    OVERDUE = "overdue"
    SOON = "soon"
    NO_DATE = "no_date"


def last_day(measure: Measure, fiscal_year: int) -> dt.date | None:
    """The last day of its period, that of the fiscal year when it goes on all year; None when no day is read."""
    if measure.continuous:
        return periods.span(fiscal_year).end
    return max((days.end for days in periods.parse(measure.period, fiscal_year)), default=None)


def deadline(measure: Measure, done: Progress | None, fiscal_year: int, today: dt.date) -> Deadline | None:
    """How a measure with its progress in the round in hand stands; the last day itself is not too late."""
    if progress.status(measure, done) is Status.DONE:
        return None
    last = last_day(measure, fiscal_year)
    if last is None:
        return Deadline.NO_DATE
    if last < today:
        return Deadline.OVERDUE
    return Deadline.SOON if last <= today + SOON else None
