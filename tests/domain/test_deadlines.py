"""Until when measures are to be done: late the day after, soon thirty days before."""

import datetime as dt

import pytest

from itadesk.domain.deadlines import Deadline, deadline, last_day
from itadesk.domain.model import Measure, Progress, Status

YEAR = 2568
DONE = Progress(id="p" * 32, measure_id="m" * 32, round=12, status=Status.DONE)
STARTED = Progress(id="p" * 32, measure_id="m" * 32, round=12, status=Status.IN_PROGRESS)


def measure(period: str, *, continuous: bool = False) -> Measure:
    return Measure(id="m" * 32, fiscal_year_id="y" * 32, ordinal=0, period=period, continuous=continuous)


@pytest.mark.parametrize(
    ("period", "continuous", "last"),
    [
        ("ม.ค. ๖๘ - มี.ค. ๖๘", False, dt.date(2025, 3, 31)),
        ("ธ.ค. 67, ก.พ. 68", False, dt.date(2025, 2, 28)),
        ("ภายใน 15 ม.ค. 68", False, dt.date(2025, 1, 15)),
        ("ม.ค. 68", True, dt.date(2025, 9, 30)),
        ("", True, dt.date(2025, 9, 30)),
        ("", False, None),
        ("เมื่อพร้อม", False, None),
    ],
)
def test_last_day(period: str, continuous: bool, last: dt.date | None) -> None:
    assert last_day(measure(period, continuous=continuous), YEAR) == last


@pytest.mark.parametrize(
    ("today", "stands"),
    [
        (dt.date(2025, 2, 28), None),
        (dt.date(2025, 3, 1), Deadline.SOON),
        (dt.date(2025, 3, 31), Deadline.SOON),
        (dt.date(2025, 4, 1), Deadline.OVERDUE),
    ],
)
def test_as_the_days_go_by(today: dt.date, stands: Deadline | None) -> None:
    assert deadline(measure("มี.ค. 68"), STARTED, YEAR, today) is stands
    assert deadline(measure("มี.ค. 68"), None, YEAR, today) is stands
    assert deadline(measure("มี.ค. 68"), DONE, YEAR, today) is None


def test_without_a_date_that_can_be_read() -> None:
    today = dt.date(2030, 1, 1)
    assert deadline(measure("เมื่อพร้อม"), None, YEAR, today) is Deadline.NO_DATE
    assert deadline(measure("เมื่อพร้อม"), DONE, YEAR, today) is None
    assert deadline(measure("", continuous=True), STARTED, YEAR, today) is Deadline.OVERDUE
