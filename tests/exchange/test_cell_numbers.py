"""Numbers of Excel cells are what the sheet shows of them, dates of the Buddhist era among them."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from itadesk.exchange.cell_numbers import BUILT_IN, shown

FIRST_DAY = dt.date(1899, 12, 30)
END_OF_MARCH = "45747"


@pytest.mark.parametrize(
    ("number", "form", "wanted"),
    [
        ("3", "General", "3"),
        ("0.30000000000000004", "General", "0.3"),
        ("1234567", "General", "1234567"),
        ("0.855", "0%", "86%"),
        ("0.845", "0%", "85%"),
        ("1234.5", '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-', "1,234.50"),
        ("3", "t0", "๓"),
        ("5", '"ข้อ "00', "ข้อ 05"),
        ("12", '0 "คน"', "12 คน"),
        ("12", "@", "12"),
        (END_OF_MARCH, "d/m/yyyy", "31/3/2568"),
        (END_OF_MARCH, "[$-107041E]d mmm yy;@", "31 มี.ค. 68"),
        (END_OF_MARCH, "[$-D07041E]d mmmm yyyy", "๓๑ มีนาคม ๒๕๖๘"),
        (END_OF_MARCH, "ว ดดด ปป", "31 มี.ค. 68"),
        (END_OF_MARCH, "dddd d mmmm bbbb", "จันทร์ 31 มีนาคม 2568"),
        (END_OF_MARCH, "yyyy-mm-dd h:mm:ss", "31 มีนาคม 2568"),
        (END_OF_MARCH, "mmm-yy", "มี.ค.-68"),
        ("45747.395833333", "d/m/yyyy h:mm", "31/3/2568 9:30"),
        (END_OF_MARCH, "d/m/yyyy h:mm", "31/3/2568"),
        ("243976", "d/m/yyyy", "24/12/2567"),
        ("nan", "0", "nan"),
        ("1E+400", "0.0", "1E+400"),
        ("-5", "d/m/yyyy", "-5"),
    ],
)
def test_what_excel_shows(number: str, form: str, wanted: str) -> None:
    assert shown(number, form, FIRST_DAY) == wanted


def test_files_of_old_macs_count_from_another_day() -> None:
    assert shown("44285", "d/m/yyyy", dt.date(1904, 1, 1)) == "31/3/2568"


@example(0.0, "]b")
@given(
    st.floats(allow_nan=False),
    st.sampled_from(sorted(BUILT_IN.values())) | st.text('0#.,%"ymdhb[$-]; กว', max_size=12),
)
def test_any_number_under_any_format_is_shown(number: float, form: str) -> None:
    assert isinstance(shown(repr(number), form, FIRST_DAY), str)
