"""Fiscal years and rounds, and the periods clerks type: every form read, nothing ever failing."""

import datetime as dt
import json
from pathlib import Path

import pytest
from domain.rows import THAI_TEXT
from hypothesis import example, given
from hypothesis import strategies as st

from itadesk.domain.periods import Interval, fiscal_year_of, parse, round_span, span, text_of
from itadesk.domain.thai import MONTHS_SHORT, thai_digits

WHOLE = "2022-10-01..2023-09-30"
FIRST_HALF = "2022-10-01..2023-03-31"


def _read(text: str, fiscal_year: int = 2566) -> str:
    return " ".join(_shown(interval) for interval in parse(text, fiscal_year))


def _shown(interval: Interval) -> str:
    start, end = interval.start.isoformat(), interval.end.isoformat()
    return start if start == end else f"{start}..{end}"


class TestFiscalYear:
    def test_it_begins_in_october_of_the_year_before(self) -> None:
        assert fiscal_year_of(dt.date(2022, 9, 30)) == 2565
        assert fiscal_year_of(dt.date(2022, 10, 1)) == 2566
        assert span(2566) == Interval(dt.date(2022, 10, 1), dt.date(2023, 9, 30))

    def test_rounds(self) -> None:
        assert round_span(2566, 6) == Interval(dt.date(2022, 10, 1), dt.date(2023, 3, 31))
        assert round_span(2566, 12) == span(2566)

    @given(st.dates(dt.date(1998, 1, 1), dt.date(2150, 1, 1)))
    def test_every_day_lies_in_its_year(self, day: dt.date) -> None:
        year = span(fiscal_year_of(day))
        assert year.start <= day <= year.end


class TestForms:
    @pytest.mark.parametrize(
        ("typed", "days"),
        [
            # The forms of the published reports.
            ("ต.ค. ๖๕ - ก.ย. ๖๖", WHOLE),
            ("ต.ค. ๖๕ – ก.ย. ๖๖", WHOLE),
            ("ตุลาคม ๖๕ - มีนาคม ๖๖", FIRST_HALF),
            ("เดือน ตุลาคม ๒๕๖๕ ถึง เดือน กันยายน ๒๕๖๖", WHOLE),
            ("ต.ค. ๒๕๖๕ ถึง ก.ย. ๒๕๖๖", WHOLE),
            ("เม.ย.- พ.ค. ๒๕๖๖", "2023-04-01..2023-05-31"),
            ("ตลอดปีงบประมาณ", WHOLE),
            ("ธ.ค. ๒๕๖๕", "2022-12-01..2022-12-31"),
            ("๔ ม.ค. ๒๕๖๖", "2023-01-04"),
            ("๓๑ มี.ค. ๖๖", "2023-03-31"),
            ("๓ ม.ค. ๒๕๖๖ ๒๙ มี.ค.๒๕๖๖", "2023-01-03 2023-03-29"),
            ("ม.ค. ๒๕๖๖ มี.ค. ๒๕๖๖", "2023-01-01..2023-01-31 2023-03-01..2023-03-31"),
            # Months and their ranges, as people vary them.
            ("ต.ค.65-ก.ย.66", WHOLE),
            ("ตค65-กย66", WHOLE),
            ("ต.ค. 65 — ก.ย. 66", WHOLE),
            ("ต.ค. 65 ~ ก.ย. 66", WHOLE),
            ("ต.ค. 65 จนถึง ก.ย. 66", WHOLE),
            ("ตั้งแต่เดือนตุลาคม พ.ศ. ๒๕๖๕ ถึงเดือนกันยายน พ.ศ. ๒๕๖๖", WHOLE),
            ("ระหว่างเดือนตุลาคม 2565 - เดือนกันยายน 2566", WHOLE),
            ("ช่วงตุลา 65 ถึง มีนา 66", FIRST_HALF),
            ("ต.ค. 2022 - ก.ย. 2023", WHOLE),
            ("ต.ค. ค.ศ. 2022 ถึง ก.ย. ค.ศ. 2023", WHOLE),
            ("ต.ค. - มี.ค. 2566", FIRST_HALF),
            ("ต.ค. 2565 - มี.ค.", FIRST_HALF),
            ("ต.ค. - มี.ค.", FIRST_HALF),
            ("ตุลาคม-มีนาคม", FIRST_HALF),
            ("ก.ย. - ต.ค.", "2023-09-01..2023-10-31"),
            ("ธันวาคม", "2022-12-01..2022-12-31"),
            ("ม.ค.", "2023-01-01..2023-01-31"),
            ("ประจำเดือน ก.พ. ๖๖", "2023-02-01..2023-02-28"),
            ("ก.พ. ๒๕๖๗", "2024-02-01..2024-02-29"),
            ("กรกฏาคม 2566", "2023-07-01..2023-07-31"),
            ("10/2565 - 9/2566", WHOLE),
            # Lists.
            ("พ.ย., ม.ค. และ มี.ค. 66", "2022-11-01..2022-11-30 2023-01-01..2023-01-31 2023-03-01..2023-03-31"),
            ("ม.ค./ก.พ. 66", "2023-01-01..2023-01-31 2023-02-01..2023-02-28"),
            ("ธ.ค. ๖๕\nก.พ. ๖๖", "2022-12-01..2022-12-31 2023-02-01..2023-02-28"),
            ("ต.ค. – ธ.ค. 2565 และ เม.ย. – มิ.ย. 2566", "2022-10-01..2022-12-31 2023-04-01..2023-06-30"),
            ("ม.ค. 66, ม.ค. 66", "2023-01-01..2023-01-31"),
            # Days.
            ("1 ต.ค. 65 - 30 ก.ย. 66", WHOLE),
            ("๑ ต.ค. - ๓๑ มี.ค.", FIRST_HALF),
            ("วันที่ 1 ตุลาคม 2565 ถึงวันที่ 30 กันยายน 2566", WHOLE),
            ("31/3/2566", "2023-03-31"),
            ("๓๑/๐๓/๖๖", "2023-03-31"),
            ("31-3-2566", "2023-03-31"),
            ("31.3.66", "2023-03-31"),
            ("31/3/2023", "2023-03-31"),
            ("1/10/2565 - 30/9/2566", WHOLE),
            ("ระหว่างวันที่ ๑๗ – ๒๑ กุมภาพันธ์ ๒๕๖๖", "2023-02-17..2023-02-21"),
            ("17-21/2/2566", "2023-02-17..2023-02-21"),
            ("3 และ 17 ม.ค. 66", "2023-01-03 2023-01-17"),
            ("3 ม.ค. 29 มี.ค. 2566", "2023-01-03 2023-03-29"),
            ("28 ธ.ค. - 3 ม.ค. 66", "2022-12-28..2023-01-03"),
            # Limits and openings.
            ("ภายในวันที่ ๓๐ เมษายน ๒๕๖๖", "2022-10-01..2023-04-30"),
            ("ภายในสิ้นเดือนมีนาคม 2566", FIRST_HALF),
            ("ไม่เกิน 30 เม.ย.", "2022-10-01..2023-04-30"),
            ("ถึง 30 ก.ย. 66", WHOLE),
            ("ตั้งแต่บัดนี้ถึงวันที่ 31 มีนาคม 2566", FIRST_HALF),
            ("ภายใน ก.ย. 65", "2022-09-01..2022-09-30"),
            ("ตั้งแต่ 1 ก.พ. 66 เป็นต้นไป", "2023-02-01..2023-09-30"),
            # Years and parts of years.
            ("ตลอดปี", WHOLE),
            ("ตลอดทั้งปี", WHOLE),
            ("ต่อเนื่องตลอดปีงบประมาณ พ.ศ. ๒๕๖๖", WHOLE),
            ("ดำเนินการอย่างต่อเนื่องตลอดปี", WHOLE),
            ("ปีงบประมาณ พ.ศ. ๒๕๖๕", "2021-10-01..2022-09-30"),
            ("ประจำปีงบประมาณ 2566", WHOLE),
            ("พ.ศ. ๒๕๖๖", WHOLE),
            ("ทุกเดือน", WHOLE),
            ("เป็นประจำทุกไตรมาส", WHOLE),
            ("รอบ ๖ เดือน", FIRST_HALF),
            ("รอบ 6 เดือนแรก", FIRST_HALF),
            ("รอบ ๖ เดือน (ตุลาคม ๒๕๖๕ - มีนาคม ๒๕๖๖)", FIRST_HALF),
            ("๖ เดือนหลัง", "2023-04-01..2023-09-30"),
            ("ครึ่งปีหลัง", "2023-04-01..2023-09-30"),
            ("รอบการประเมินที่ 2", "2023-04-01..2023-09-30"),
            ("รอบ ๑๒ เดือน", WHOLE),
            ("ไตรมาส ๑", "2022-10-01..2022-12-31"),
            ("ไตรมาสที่ ๒ (ม.ค. - มี.ค. ๒๕๖๖)", "2023-01-01..2023-03-31"),
            ("ไตรมาส 2/2566", "2023-01-01..2023-03-31"),
            ("ไตรมาส ๔ ปีงบประมาณ พ.ศ. ๒๕๖๕", "2022-07-01..2022-09-30"),
            ("ไตรมาส ๑ - ๒", FIRST_HALF),
            ("ไตรมาส ๑ ถึง ไตรมาส ๔", WHOLE),
            ("ไตรมาส ๑ และ ๓", "2022-10-01..2022-12-31 2023-04-01..2023-06-30"),
            ("ไตรมาส 1-2", FIRST_HALF),
            ("Q1-Q2", FIRST_HALF),
            ("Q2/2566", "2023-01-01..2023-03-31"),
            # More of what clerks type.
            ("31 มี.ค. 65", "2022-03-31"),
            ("๓๑ มี.ค. ๖๕", "2022-03-31"),
            ("31/3/2565", "2022-03-31"),
            ("2023-03-31", "2023-03-31"),
            ("๒๕๖๖-๐๓-๓๑", "2023-03-31"),
            ("10/65 - 9/66", WHOLE),
            ("1 ต.ค. 65\n31 มี.ค. 66", "2022-10-01 2023-03-31"),
            ("ม.ค.-มี.ค.66", "2023-01-01..2023-03-31"),
            ("ม.ค 66", "2023-01-01..2023-01-31"),
            ("ทุก ๆ เดือน", WHOLE),
            ("ทุกๆ ไตรมาส", WHOLE),
            ("ทุก 3 เดือน", WHOLE),
            ("ทุกสิ้นเดือน", WHOLE),
            ("12 เดือน", WHOLE),
            ("ปีงบ 2566", WHOLE),
            ("ตลอดปีงบฯ 2566", WHOLE),
            ("2022-2023", "2021-10-01..2023-09-30"),
            ("ปีงบประมาณ ๖๖", WHOLE),
            ("(ต.ค. 65 - มี.ค. 66)", FIRST_HALF),
            ("ตั้งแต่ ม.ค. 66", "2023-01-01..2023-09-30"),
            ("เริ่มตั้งแต่เดือน ต.ค. 65 จนถึง มี.ค. 66", FIRST_HALF),
            ("ภายใน 31 มีนาคม ของทุกปี", FIRST_HALF),
            ("ครั้งที่ 1 มีนาคม 2566 ครั้งที่ 2 กันยายน 2566", "2023-03-01..2023-03-31 2023-09-01..2023-09-30"),
            ("29 ก.พ. 67", "2024-02-29"),
        ],
    )  # fmt: skip
    def test_read_and_printed_to_the_same_meaning(self, typed: str, days: str) -> None:
        assert _read(typed) == days
        found = parse(typed, 2566)
        for short in (False, True):
            printed = text_of(found, short=short)
            assert parse(printed, 2566) == found
            assert parse(thai_digits(printed), 2566) == found

    @pytest.mark.parametrize(
        "typed",
        [
            "", "-", " ", "ปีละ ๒ ครั้ง", "เดือนละครั้ง", "ภายใน 30 วัน", "๓ เดือน", "สำนักปลัด", "October 2022",
            "30 ก.พ. 66", "0/1/66", "0/2566", "13/2566", "ม.ค. 22", "ม.ค. 3000", "ต.ค. 65 -", "๑๗ – ๑๑ กุมภาพันธ์ ๒๕๖๖",
            "ก.ย. ๒๕๖๖ - ต.ค. ๒๕๖๕", "ไตรมาส ๕", "ไตรมาส ๑ และ ๕", "ไตรมาส ๑ - ๐", "12", "ภายใน", "และ", "เป็นต้นไป",
            "รอบ 9 เดือน", "29 ก.พ. 66", "31 มี.ค. 66 - 1 มี.ค. 66", "ทุกวันที่ 5 ของเดือน", "ทุกวันจันทร์",
            "เดือนละ 1 ครั้ง", "ต.ค. 65 ก.ย. 66 โดยประมาณ",
        ],
    )  # fmt: skip
    def test_not_read(self, typed: str) -> None:
        assert parse(typed, 2566) == ()

    @pytest.mark.parametrize("year", [2540, 2599, 2600, 2601, 2700])
    def test_two_digits_of_a_year_are_of_the_century_nearest_to_the_fiscal_year(self, year: int) -> None:
        text = f"ต.ค. {(year - 1) % 100:02} - ก.ย. {year % 100:02}"
        assert parse(text, year) == (span(year),)

    @pytest.mark.parametrize("month", range(1, 13))
    def test_a_month_without_a_year_lies_in_the_fiscal_year(self, month: int) -> None:
        (interval,) = parse(MONTHS_SHORT[month - 1], 2568)
        assert fiscal_year_of(interval.start) == fiscal_year_of(interval.end) == 2568


@st.composite
def _periods(draw: st.DrawFn) -> list[Interval]:
    """Whole months or single days and their ranges, near fiscal year 2568, in order."""
    days = sorted(
        draw(
            st.lists(st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 1)), min_size=2, max_size=6, unique=True)
        )
    )
    intervals = [Interval(start, end) for start, end in zip(days[::2], days[1::2], strict=False)]
    if draw(st.booleans()):
        return intervals
    months = [Interval(one.start.replace(day=1), _month_end(one.end)) for one in intervals]
    return [one for index, one in enumerate(months) if index == 0 or one.start > months[index - 1].end][:1]


def _month_end(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


class TestPrint:
    @pytest.mark.parametrize(
        ("typed", "long", "short"),
        [
            ("ตลอดปี", "ตุลาคม 2565 ถึง กันยายน 2566", "ต.ค. 65 - ก.ย. 66"),
            ("ธ.ค. 65", "ธันวาคม 2565", "ธ.ค. 65"),
            ("31/3/66", "31 มีนาคม 2566", "31 มี.ค. 66"),
            ("17-21/2/66", "17 กุมภาพันธ์ 2566 ถึง 21 กุมภาพันธ์ 2566", "17 ก.พ. 66 - 21 ก.พ. 66"),
            ("3 และ 17 ม.ค. 66", "3 มกราคม 2566, 17 มกราคม 2566", "3 ม.ค. 66, 17 ม.ค. 66"),
        ],
    )
    def test_words(self, typed: str, long: str, short: str) -> None:
        assert text_of(parse(typed, 2566)) == long
        assert text_of(parse(typed, 2566), short=True) == short

    @given(_periods(), st.booleans(), st.booleans())
    def test_what_is_printed_is_read(self, period: list[Interval], short: bool, in_thai: bool) -> None:
        text = text_of(period, short=short)
        assert parse(thai_digits(text) if in_thai else text, 2568) == tuple(period)


class TestNeverFails:
    WORDS = st.sampled_from(
        ["ต.ค.", "มีนาคม", " ", "-", "ถึง", "65", "๒๕๖๖", "31", "/", "ไตรมาส", "ภายใน", "ตลอดปี", "และ", "รอบ", "6",
         "เดือน", "(", ")", "พ.ศ.", "ปี", "ปีงบประมาณ", "เป็นต้นไป", "ทุก", "0", "x"]
    )  # fmt: skip

    @given(st.lists(WORDS, max_size=12).map("".join), st.integers(2540, 2700))
    def test_any_words(self, text: str, year: int) -> None:
        for interval in parse(text, year):
            assert interval.start <= interval.end

    @given(THAI_TEXT)
    @example("ต.ค. 65 " * 20_000)
    @example("(" * 50_000)
    @example("9" * 50_000)
    def test_any_text(self, text: str) -> None:
        for interval in parse(text, 2566):
            assert interval.start <= interval.end


def test_every_period_of_the_real_reports_is_read(corpus: Path) -> None:
    for path in corpus.glob("*.json"):
        report = json.loads(path.read_text(encoding="utf-8"))
        for measure in report["measures"]:
            for text in filter(None, (measure["period"], measure["follow_up"])):
                found = parse(text, report["fiscal_year"])
                year = span(report["fiscal_year"])
                assert found, text
                assert all(year.start <= one.start <= one.end <= year.end for one in found), text
