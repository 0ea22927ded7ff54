"""ITA facts: ten indicators, three instruments, grades by the year's scale."""

from decimal import Decimal

import pytest

from itadesk.domain import ita
from itadesk.domain.fields import INDICATOR

YEARS = range(2562, 2570)


class TestIndicators:
    @pytest.mark.parametrize("year", YEARS)
    def test_ten_indicators_and_seven_parts_in_their_order(self, year: int) -> None:
        codes = list(ita.indicators(year))
        assert codes[:9] == [str(number) for number in range(1, 10)]
        assert codes[9:] == ["9.1", "9.2", "9.3", "9.4", "9.5", "10", "10.1", "10.2"]
        assert all(INDICATOR.fullmatch(code) for code in codes)

    def test_instruments(self) -> None:
        assert list(ita.instruments()) == ["iit", "eit", "oit"]
        assert [ita.instrument_of(str(number)) for number in range(1, 11)] == ["iit"] * 5 + ["eit"] * 3 + [
            "oit"
        ] * 2
        assert ita.instrument_of("9.4") == "oit"
        assert ita.instrument_of("") == ""
        assert ita.instruments()["iit"].name == "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน"

    def test_names_change_with_the_year(self) -> None:
        assert ita.indicators(2566)["9.3"].name == "การบริหารเงินงบประมาณ"
        assert ita.indicators(2567)["9.3"].name == "การจัดซื้อจัดจ้าง"

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("การใช้อำนาจ", "3"),
            ("การใช้อำนาจหน้าที่", "3"),
            ("การใช้ทรัพย์สินของทางราชการ", "4"),
            (" การปรับปรุงระบบ การทำงาน", "8"),
            ("การบริหารงาน", "9.2"),
            ("การบริหารงานทั่วไป", ""),
        ],
    )
    def test_names_and_their_variants_are_found(self, name: str, code: str) -> None:
        assert ita.indicator_named(name, 2565) == code


def _grade(year: int, total: str, *instruments: str) -> str:
    return ita.grade(year, Decimal(total), *map(Decimal, instruments))


class TestGrade:
    @pytest.mark.parametrize(
        ("total", "letter"),
        [
            ("100", "AA"), ("95.00", "AA"), ("94.99", "A"), ("85.00", "A"), ("84.99", "B"), ("75.00", "B"),
            ("74.99", "C"), ("74.83", "C"), ("65.00", "C"), ("64.99", "D"), ("55.00", "D"), ("54.99", "E"),
            ("50.00", "E"), ("49.99", "F"), ("0.00", "F"),
        ],
    )  # fmt: skip
    def test_letters_from_2562_to_2565(self, total: str, letter: str) -> None:
        assert _grade(2562, total) == _grade(2565, total) == letter

    @pytest.mark.parametrize(
        ("total", "instruments", "words"),
        [
            ("95.00", ("95.00", "95.00", "95.00"), "ผ่านดีเยี่ยม"),
            ("95.81", ("94.99", "97.00", "96.00"), "ผ่านดี"),
            ("94.99", ("96.00", "96.00", "96.00"), "ผ่านดี"),
            ("85.00", ("85.00", "85.00", "85.00"), "ผ่านดี"),
            ("94.64", ("96.00", "84.99", "99.00"), "ผ่าน"),
            ("97.00", ("96.00", "84.99", "99.00"), "ผ่าน"),
            ("84.99", ("84.00", "85.00", "86.00"), "ต้องปรับปรุง"),
            ("84.99", (), "ต้องปรับปรุง"),
            ("70.00", (), "ต้องปรับปรุง"),
            ("69.99", (), "ต้องปรับปรุงโดยด่วน"),
            ("0.00", (), "ต้องปรับปรุงโดยด่วน"),
        ],
    )
    def test_words_from_2566_on(self, total: str, instruments: tuple[str, ...], words: str) -> None:
        assert _grade(2566, total, *instruments) == _grade(2569, total, *instruments) == words

    def test_it_cannot_be_decided_without_the_instruments(self) -> None:
        for instruments in ((), ("99.00",), ("99.00", "99.00")):
            assert _grade(2567, "90.00", *instruments) == ""

    def test_no_scale_before_2562(self) -> None:
        assert _grade(2561, "90.00") == ""


class TestYears:
    @pytest.mark.parametrize("year", YEARS)
    def test_weights_make_a_hundred(self, year: int) -> None:
        weights = ita.weights(year)
        assert weights
        assert weights.iit + weights.eit + weights.oit == 100

    def test_items_by_year(self) -> None:
        pairs = {year: (row.measures, row.results) for year in YEARS if (row := ita.items(year))}
        assert pairs[2565] == ("O42", "O43")
        assert pairs[2567] == ("O34", "O35")
        assert pairs[2568] == ("O27", "O28")
        assert pairs[2569] == ("O25", "O26")
        assert 2562 not in pairs

    def test_from_2567_on_the_year_before_is_reported(self) -> None:
        assert [row.years_before for year in YEARS if (row := ita.reported(year))] == [0] * 5 + [1] * 3

    def test_nothing_is_claimed_of_a_year_nothing_is_known_of(self) -> None:
        assert ita.weights(2599) is ita.items(2599) is ita.reported(2599) is None

    def test_every_fact_says_how_well_it_is_known_and_from_where(self) -> None:
        found = [fact(year) for year in YEARS for fact in (ita.weights, ita.items, ita.reported)]
        facts = [*ita.instruments().values(), *ita.scales(), *(row for row in found if row)]
        for year in YEARS:
            facts += ita.indicators(year).values()
        for fact in facts:
            assert fact.confidence in "HMLK"
            assert fact.source
