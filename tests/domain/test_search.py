"""Looking for measures: words in any text whatever their digits, status, unit, indicator, month, deadline."""

import datetime as dt

import pytest

from itadesk.domain.deadlines import Deadline
from itadesk.domain.model import Measure, Progress, Status, Unit
from itadesk.domain.search import Search, folded

TODAY = dt.date(2025, 1, 15)
UNIT = Unit(id="u" * 32, office_id="o" * 32, ordinal=0, name="กองคลัง", aliases="งานคลัง")
MEASURE = Measure(
    id="m" * 32,
    fiscal_year_id="y" * 32,
    ordinal=0,
    title="จัดทำคู่มือ ๑๐ เล่ม",
    steps="สำรวจ E-Service",
    responsible="สำนักปลัด\nงานคลัง",
    period="ม.ค. ๖๘ - มี.ค. ๖๘",
    indicator="9.4",
)
DONE = Progress(id="p" * 32, measure_id=MEASURE.id, round=12, status=Status.DONE, result="เผยแพร่แล้ว")


@pytest.mark.parametrize(
    "text", ["", "คู่มือ", "10 เล่ม", "๑๐", "e-service", "เผยแพร่ คู่มือ", "สำ รวจ", "9.4", "งานคลัง", "คู่มือ10"]
)
def test_found(text: str) -> None:
    assert all(word in folded(MEASURE, DONE) for word in Search(text).words)


@pytest.mark.parametrize("text", ["คู่มือ ๑๑", "เล่มสำรวจ", "zzz"])
def test_not_found(text: str) -> None:
    assert not all(word in folded(MEASURE, DONE) for word in Search(text).words)


@pytest.mark.parametrize(
    ("search", "fits"),
    [
        (Search(), True),
        (Search(status=Status.DONE), True),
        (Search(status=Status.NOT_STARTED), False),
        (Search(unit=UNIT), True),
        (Search(unit=Unit(id="v" * 32, office_id="o" * 32, ordinal=1, name="กองช่าง")), False),
        (Search(indicator="9"), True),
        (Search(indicator="9.4"), True),
        (Search(indicator="9.5"), False),
        (Search(indicator="1"), False),
        (Search(month=4), True),  # มกราคม
        (Search(month=6), True),
        (Search(month=7), False),
        (Search(status=Status.DONE, unit=UNIT, month=5), True),
        (Search(status=Status.DONE, unit=UNIT, month=1), False),
    ],
)
def test_what_else_is_asked_for(search: Search, fits: bool) -> None:
    assert search.fits(MEASURE, DONE, 2568, TODAY) is fits


def test_all_units_are_every_unit() -> None:
    everyone = Measure(id="m" * 32, fiscal_year_id="y" * 32, ordinal=0, responsible="ทุกส่วนงาน")
    assert Search(unit=UNIT).fits(everyone, None, 2568, TODAY)
    assert Search(status=Status.NOT_STARTED).fits(everyone, None, 2568, TODAY)


def test_those_that_are_late() -> None:
    late, today = Search(deadline=Deadline.OVERDUE), dt.date(2025, 4, 1)
    assert late.fits(MEASURE, None, 2568, today)
    assert not late.fits(MEASURE, None, 2568, dt.date(2025, 3, 31))
    assert not late.fits(MEASURE, DONE, 2568, today)
