"""Numbers before lines: put in order, and the next one, with everything behind them untouched."""

import pytest
from domain.rows import THAI_TEXT
from hypothesis import given
from hypothesis import strategies as st

from itadesk.domain.numbering import lead_of, next_lead, renumbered

LISTS = st.lists(
    st.sampled_from(
        ["๑", "2", "10", "๓", "1", ".", ")", "(", " ", "  ", "ก", "-", "\n", "\n", "1. ", "2) ", "1.1 ", "5.1 ",
         "2.3. ", "๑. ", "(๒) ", "13.30 - ", "\n5. ก"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "ordered"),
    [
        ("๑. ก\n๓. ข\n๖. ค", "๑. ก\n๒. ข\n๓. ค"),
        ("๓. ก\n๑. ข", "๑. ก\n๒. ข"),
        ("1) a\n1) b\n1) c", "1) a\n2) b\n3) c"),
        ("(๑) ก\n(๓) ข", "(๑) ก\n(๒) ข"),
        ("๑ . ก\n๓ . ข", "๑ . ก\n๒ . ข"),
        ("๑.ก\n3.ข", "๑.ก\n2.ข"),
        # Lists inside each other begin again below each line of the outer one.
        ("๑. ก\n๑) ข\n๓) ค\n๓. ง\n๔) จ", "๑. ก\n๑) ข\n๒) ค\n๒. ง\n๑) จ"),
        ("1. a\n  1. b\n  3. c\n3. d", "1. a\n  1. b\n  2. c\n2. d"),
        ("1. a\n1.2 b\n1.3 c\n5. d\n5.1 e", "1. a\n1.1 b\n1.2 c\n2. d\n2.1 e"),
        # A list below a line of its own begins again where 1 was typed.
        ("ขั้นเตรียม\n๑. ก\n๓. ข\nขั้นทำ\n๑. ค\n๓. ง", "ขั้นเตรียม\n๑. ก\n๒. ข\nขั้นทำ\n๑. ค\n๒. ง"),
        ("๑. ก\n- ข\n๓. ค", "๑. ก\n- ข\n๒. ค"),
        ("9. a\n10. b\n12. c", "1. a\n2. b\n3. c"),
    ],
)
def test_numbers_come_in_order(typed: str, ordered: str) -> None:
    assert renumbered(typed) == ordered


@pytest.mark.parametrize(
    "text",
    [
        "", "๓. มาตรการเดียว", "ไม่มีเลข\nไม่มีเลย", "13.30 - 14.00 น. ประชุม\n15.00 - 16.00 น. สรุป",
        "31.3.66 ประชุม\n30.4.66 สรุป",
        "2567. ก\n2568. ข", "0 5469 3061\n0 5469 3062", "1.5 ล้านบาท\n2.5 ล้านบาท", "๑. ก\n๒. ข",
    ],
)  # fmt: skip
def test_what_is_no_list_out_of_order_stays(text: str) -> None:
    assert renumbered(text) == text


@given(LISTS | THAI_TEXT)
def test_nothing_but_numbers_changes_and_only_once(text: str) -> None:
    ordered = renumbered(text)
    assert renumbered(ordered) == ordered
    before, after = text.split("\n"), ordered.split("\n")
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        assert old == new or old[len(lead_of(old)) :] == new[len(lead_of(new)) :]
        assert any("๐" <= letter <= "๙" for letter in lead_of(old)) or lead_of(new).isascii() or old == new


@pytest.mark.parametrize(
    ("line", "lead"),
    [
        ("๑. ก", "๒. "), ("๙) ก", "๑๐) "), ("(3) a", "(4) "), ("1.1 a", "1.2 "), ("  ๒ . ก", "  ๓ . "), ("๑.ก", "๒."),
        ("- ก", "- "), ("• ก", "• "), ("ก", ""), ("", ""), ("13.30 - 14.00 น.", ""), ("พ.ศ. 2567", ""), ("2567. ก", ""),
    ],
)  # fmt: skip
def test_the_next_line_of_a_list(line: str, lead: str) -> None:
    assert next_lead(line) == lead
