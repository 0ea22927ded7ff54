"""A year's measures in the next one: periods and years moved on, what was done left behind."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadesk.domain import periods
from itadesk.domain.carry_forward import Taken, carried, with_later_years
from itadesk.domain.model import Evidence, FiscalYear, Measure, Office, Progress, Status
from itadesk.domain.snapshot import Snapshot

OFFICE = Office(id="a" * 32)
YEAR = FiscalYear(id="b" * 32, office_id=OFFICE.id, year=2568, analysed_year=2567)
MEASURE = Measure(
    id="c" * 32,
    fiscal_year_id=YEAR.id,
    ordinal=3,
    title="แผนประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
    steps="ทบทวนแผนปี 2567",
    responsible="กองคลัง",
    period="ต.ค. ๖๗ - ก.ย. ๖๘",
    follow_up="31 มีนาคม 2568",
    indicator="3",
    heading="กลุ่ม",
    continuous=True,
)
FILE = Snapshot.of(
    [
        OFFICE,
        YEAR,
        MEASURE,
        Progress(id="d" * 32, measure_id=MEASURE.id, round=12, status=Status.DONE, result="เสร็จ"),
        Evidence(id="e" * 32, measure_id=MEASURE.id, ordinal=0, title="ภาพ"),
    ]
)


def later(taken: Taken) -> Measure:
    year, measure = carried(FILE, YEAR, 2569, taken)
    assert isinstance(year, FiscalYear)
    assert isinstance(measure, Measure)
    assert (year.year, year.analysed_year) == (2569, 2568)
    assert measure.fiscal_year_id == year.id
    assert len({year.id, measure.id, YEAR.id, MEASURE.id}) == 4
    return replace(measure, id=MEASURE.id, fiscal_year_id=YEAR.id, ordinal=3)


def test_the_plan_stays_and_its_dates_move() -> None:
    assert later(Taken()) == replace(MEASURE, period="ต.ค. ๖๘ - ก.ย. ๖๙", follow_up="31 มีนาคม 2569")


def test_what_is_not_wanted_is_empty() -> None:
    bare = later(Taken(steps=False, responsible=False, periods=False))
    assert bare == replace(MEASURE, steps="", responsible="", period="", follow_up="")


def test_years_in_texts_move_on_request() -> None:
    moved = later(Taken(years=True))
    assert (moved.title, moved.steps) == ("แผนประจำปีงบประมาณ พ.ศ. ๒๕๖๙", "ทบทวนแผนปี 2568")


@pytest.mark.parametrize("text", ["พ.ร.บ. พ.ศ. 2540", "หนังสือที่ 2568/1", "ปี 25689", "1 ใน 2568 คน"])
def test_other_numbers_are_no_years(text: str) -> None:
    assert with_later_years(text, 2568, 1) == text


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("ตลอดปีงบประมาณ", "ตลอดปีงบประมาณ"),
        ("ธ.ค. ๒๕๖๗", "ธ.ค. ๒๕๖๘"),
        ("๓ ม.ค. ๒๕๖๘ ๒๙ มี.ค.๒๕๖๘", "๓ ม.ค. ๒๕๖๙ ๒๙ มี.ค.๒๕๖๙"),
        ("เดือน ตุลาคม 2567 ถึง เดือน กันยายน 2568", "เดือน ตุลาคม 2568 ถึง เดือน กันยายน 2569"),
        ("31/3/2568 (ปี 2568)", "31/3/2569 (ปี 2568)"),
        ("ภายใน ก.ย. 99", "ภายใน ก.ย. 00"),
        ("ต.ค. - มี.ค.", "ต.ค. - มี.ค."),
        ("เมื่อพร้อม ปี 2568", "เมื่อพร้อม ปี 2568"),
    ],
)
def test_a_period_moves_as_it_is_written(text: str, moved: str) -> None:
    assert periods.moved(text, 2568, 1) == moved


@given(
    st.integers(0, 11),
    st.integers(0, 11),
    st.sampled_from(["ถึง", "-", "–"]),
    st.booleans(),
    st.integers(-3, 5),
)
def test_a_moved_period_means_the_same_months_of_its_year(
    first: int, last: int, between: str, short: bool, by: int
) -> None:
    months = periods.span(2568)
    spans = [
        months.start.replace(year=2024 + (9 + at) // 12, month=(9 + at) % 12 + 1)
        for at in sorted((first, last))
    ]
    text = f" {between} ".join(periods.month_text(day, short=short) for day in spans)
    before, after = periods.parse(text, 2568), periods.parse(periods.moved(text, 2568, by), 2568 + by)
    assert [(day.start.year + by, day.start.month, day.end.month) for day in before] == [
        (day.start.year, day.start.month, day.end.month) for day in after
    ]
