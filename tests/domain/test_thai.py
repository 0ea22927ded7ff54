"""Thai text: normal form, digits by text rule, dictionary order, folding, dates as clerks type them."""

import datetime as dt
import unicodedata

import pytest
from domain.rows import THAI_TEXT
from hypothesis import given
from hypothesis import strategies as st

from itadesk.domain import thai


class TestNormalise:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("ท\u0e4d\u0e32", "ทำ"),
            ("น\u0e4d\u0e49\u0e32", "น้ำ"),
            ("น\u0e49\u0e4d\u0e32", "น้ำ"),
            ("cafe\u0301", "caf\u00e9"),
            ("ที\u0e48", "ที่"),
            ("ก\u0e48\u0e38", "ก\u0e38\u0e48"),
            ("สำนัก\u200bปลัด\ufeff\u00ad", "สำนักปลัด"),
            ("ก\r\nข\rค\x0bง\u2028จ", "ก\nข\nค\nง\nจ"),
            ("ก\tข", "ก ข"),
            ("ก\x00\x07\ud83d\ufffeข", "กข"),
            ("  คง ไว้  \n", "  คง ไว้  \n"),
        ],
    )
    def test_one_form(self, typed: str, stored: str) -> None:
        assert thai.normalise(typed) == stored

    @given(THAI_TEXT)
    def test_twice_is_once_and_it_can_be_written_as_utf_8(self, text: str) -> None:
        once = thai.normalise(text)
        assert thai.normalise(once) == once
        assert once.encode("utf-8").decode("utf-8") == once

    @given(st.text(st.sampled_from("eก\u0301\u0316\u0344\u0f73\u0e38\u0e48\uac00\u11a8\u212b\u0323")))
    def test_marks_stand_in_the_order_of_unicode(self, text: str) -> None:
        assert thai.normalise(text) == unicodedata.normalize("NFC", text)

    @pytest.mark.parametrize("marks", ["\u0301\u0316", "\u0f73", "\u0e48\u0e38"])
    def test_very_many_marks_take_no_minutes(self, marks: str) -> None:
        """They took hours where a salvaged file held some millions."""
        once = thai.normalise("ก" + marks * 500_000)
        assert thai.normalise(once[:1000]) == once[:1000]


class TestDigits:
    @pytest.mark.parametrize(
        ("text", "printed"),
        [
            ("ข้อ 9.4", "ข้อ ๙.๔"),
            ("ปีงบประมาณ พ.ศ.2566 รอบ 6 เดือน", "ปีงบประมาณ พ.ศ.๒๕๖๖ รอบ ๖ เดือน"),
            ("saraban_05550802@dla.go.th", "saraban_05550802@dla.go.th"),
            ("ดูที่ www.example.go.th/news-180.html ข้อ 2", "ดูที่ www.example.go.th/news-180.html ข้อ ๒"),
            ("(https://x.go.th/ข่าว/2566?p=9.4)", "(https://x.go.th/ข่าว/2566?p=9.4)"),
            ("ปี2566:https://x.go.th/1", "ปี๒๕๖๖:https://x.go.th/1"),
            ("แฟ้ม รายงาน2566.pdf และ 2566.docx,", "แฟ้ม รายงาน2566.pdf และ 2566.docx,"),
            ("O42 และ ITA2566 และ ITA 2566", "O42 และ ITA2566 และ ITA ๒๕๖๖"),
            ("O42ข้อ1", "O42ข้อ๑"),
            ("1.E-Service\n2. ITA\n(3)", "๑.E-Service\n๒. ITA\n(๓)"),
            ("1) Big", "๑) Big"),
            ("โทร. 0-5469-3061 ต่อ 12", "โทร. ๐-๕๔๖๙-๓๐๖๑ ต่อ ๑๒"),
            ("๙.๔", "๙.๔"),
            ("", ""),
        ],
    )
    def test_by_text_rule(self, text: str, printed: str) -> None:
        assert thai.thai_digits(text) == printed

    @given(THAI_TEXT)
    def test_arabic_digits_come_back(self, text: str) -> None:
        plain = thai.arabic_digits(text)
        assert thai.arabic_digits(thai.thai_digits(plain)) == plain


class TestOrder:
    def test_dictionary_order(self) -> None:
        words = [
            "กก",
            "กา",
            "ก่า",
            "ก้า",
            "เก",
            "เก่า",
            "เกาะ",
            "แก",
            "โก",
            "ไก่",
            "ขา",
            "เขา",
            "ฤดู",
            "เลย",
            "ศาล",
        ]
        assert sorted(sorted(words), key=thai.sort_key) == words

    @pytest.mark.parametrize(
        "words",
        [
            ["กรุงเทพฯ", "กรุงเทพมหานคร"],
            ["กองการศึกษาฯ", "กองการศึกษาศาสนา"],
            ["เก่าๆ", "เก่าแก่"],
            ["เก", "เกง", "เก็ง", "เก่ง", "เก้ง", "เก๊ง", "เก๋ง"],
            ["ก", "ก์", "ก็", "ก่", "ก๊ก", "กข"],
            ["กองคลัง", "กอง ช่าง", "กองช่าง", "กองช่าง (สำรอง)", "กองสวัสดิการ"],
            ["การ", "(ร่าง) แผน", "เลย"],
            ["กฎ", "กฏ", "กํ", "กะ", "กัน", "กา", "กำ", "กิน"],
            ["นา", "นาน", "น้ำ", "เนิน", "แน่", "โน้ต", "ใน", "ไนท์"],
            ["ร", "ฤดู", "ฤๅษี", "ล", "ฦๅ", "ว"],
            ["จันทน์", "จันทร์", "จันทรา", "เจตนา", "แจ้ง"],
            ["1", "๒", "10", "๑๑", "ITA", "กอง"],
        ],
    )
    def test_hard_pairs_as_the_dictionary_has_them(self, words: list[str]) -> None:
        assert sorted(sorted(words), key=thai.sort_key) == words

    def test_units_with_thai_digits_stand_with_arabic_ones(self) -> None:
        assert sorted(["กอง ๒", "กอง 1", "กอง 10", "กอง 3"], key=thai.sort_key) == [
            "กอง 1",
            "กอง ๒",
            "กอง 3",
            "กอง 10",
        ]


class TestFold:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("ข้อ ๙.๔", "ข้อ9.4"),
            ("ITA", "ita"),
            ("สำนัก\u200bปลัด", "สํานักปลัด"),
            ("เเผน", "แผน"),
            ("ก\nข\u00a0ค", "ก ข ค"),
        ],
    )
    def test_alike(self, one: str, other: str) -> None:
        assert thai.fold(one) == thai.fold(other)


class TestDates:
    TODAY = dt.date(2025, 11, 21)

    @pytest.mark.parametrize(
        "typed",
        [
            "21/11/68", "๒๑/๑๑/๒๕๖๘", "21/11/2025", "21-11-2568", "21.11.68", "21 11 68", "211168", "21112568",
            "21/11", "21 พ.ย. 68", "21พย68", "๒๑ พ.ย.๒๕๖๘", "21 พฤศจิกายน 2568", "21 พฤศจิกายน พ.ศ. 2568",
            "21 พฤศจิกา 68", "21 พ.ย.", "วันที่ 21 พ.ย. 68", "วันศุกร์ที่ 21 พฤศจิกายน 2568", "ณ วันที่ ๒๑ พ.ย. ๖๘",
            "2025-11-21", "2568-11-21", "21 พฤศจิกายน ค.ศ. 2025", "วันนี้", " 21/11/68 ", "21 พ. ย. 68",
            "21-พ.ย.-68", "21/พ.ย./68", "21 เดือนพฤศจิกายน 2568", "21 เดือน พฤศจิกายน พ.ศ. ๒๕๖๘", "๒๑ พ.ย. ๖๘.",
        ],
    )  # fmt: skip
    def test_read(self, typed: str) -> None:
        assert thai.parse_date(typed, self.TODAY) == self.TODAY

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "29/2/2568",
            "31/4/68",
            "0/1/68",
            "21",
            "2111",
            "21/13/68",
            "สิ้นเดือน",
            "21/11/3500",
            "21/11/068",
            "๒๑",
            "-",
        ],
    )
    def test_refused(self, typed: str) -> None:
        assert thai.parse_date(typed, self.TODAY) is None

    def test_leap_day_and_neighbours(self) -> None:
        assert thai.parse_date("29/2/2567", self.TODAY) == dt.date(2024, 2, 29)
        assert thai.parse_date("พรุ่งนี้", self.TODAY) == dt.date(2025, 11, 22)
        assert thai.parse_date("เมื่อวาน", self.TODAY) == dt.date(2025, 11, 20)

    @pytest.mark.parametrize(
        ("today", "typed", "date"),
        [
            (dt.date(2025, 11, 21), "31/3", dt.date(2026, 3, 31)),
            (dt.date(2025, 11, 21), "1 ต.ค.", dt.date(2025, 10, 1)),
            (dt.date(2026, 3, 31), "21/11", dt.date(2025, 11, 21)),
            (dt.date(2026, 3, 31), "30 ก.ย.", dt.date(2026, 9, 30)),
            (dt.date(2026, 9, 30), "๑/๑๐", dt.date(2025, 10, 1)),
            (dt.date(2026, 10, 1), "1/10", dt.date(2026, 10, 1)),
            (dt.date(2025, 11, 21), "29/2", None),
        ],
    )
    def test_without_a_year_it_lies_in_the_fiscal_year(
        self, today: dt.date, typed: str, date: dt.date | None
    ) -> None:
        assert thai.parse_date(typed, today) == date

    @pytest.mark.parametrize(
        ("typed", "year"),
        [
            ("31/3/2022", 2022), ("๓๑ มี.ค. ๒๐๒๒", 2022), ("2022-03-31", 2022), ("31 มีนาคม ค.ศ. 2022", 2022),
            ("31/3/2565", None), ("31/3/65", None), ("31/3", None), ("วันนี้", None), ("2022", None), ("", None),
        ],
    )  # fmt: skip
    def test_a_year_of_the_common_era_is_noticed(self, typed: str, year: int | None) -> None:
        assert thai.christian_year(typed) == year

    def test_printed(self) -> None:
        date = dt.date(2022, 3, 31)
        assert thai.long_date(date) == "31 มีนาคม 2565"
        assert thai.short_date(date) == "31 มี.ค. 65"
        assert thai.thai_digits(thai.long_date(date)) == "๓๑ มีนาคม ๒๕๖๕"

    @given(st.dates(dt.date(1958, 1, 1), dt.date(2056, 12, 31)), st.booleans())
    def test_what_is_printed_is_read(self, date: dt.date, in_thai: bool) -> None:
        for text in (thai.long_date(date), thai.short_date(date)):
            assert thai.parse_date(thai.thai_digits(text) if in_thai else text, self.TODAY) == date

    @given(THAI_TEXT)
    def test_any_text_is_read_or_not_but_never_fails(self, text: str) -> None:
        thai.parse_date(text, self.TODAY)
