"""Months chosen from a fiscal year: written as the office writes, and read back as the same months."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadesk.domain.period_words import WHOLE_YEAR, Wording, months_of, usual, wording_of

HABITS = [
    "ต.ค. ๖๕ – ก.ย. ๖๖",
    "ตุลาคม ๖๕ - มีนาคม ๖๖",
    "เดือน ตุลาคม ๒๕๖๗ ถึง เดือน กันยายน ๒๕๖๘",
    "ต.ค.67-ก.ย.68",
    "ธ.ค. 2564",
]


@pytest.mark.parametrize(
    ("habit", "written"),
    [
        ("ต.ค. ๖๕ – ก.ย. ๖๖", "ต.ค. ๖๗ – ธ.ค. ๖๗, มี.ค. ๖๘"),
        ("ตุลาคม ๖๕ - มีนาคม ๖๖", "ตุลาคม ๖๗ - ธันวาคม ๖๗, มีนาคม ๖๘"),
        ("เดือน ตุลาคม ๒๕๖๗ ถึง เดือน กันยายน ๒๕๖๘", "เดือน ตุลาคม ๒๕๖๗ ถึง เดือน ธันวาคม ๒๕๖๗, เดือน มีนาคม ๒๕๖๘"),
        ("เม.ย.- พ.ค. 2565", "ต.ค. 2567 - ธ.ค. 2567, มี.ค. 2568"),
        ("ธ.ค. 64", "ต.ค. 67 - ธ.ค. 67, มี.ค. 68"),
    ],
)
def test_months_are_written_as_the_office_writes(habit: str, written: str) -> None:
    wording = wording_of(habit)
    assert wording is not None
    assert wording.text({1, 2, 3, 6}, 2568) == written


@given(st.sets(st.integers(1, 12), min_size=1), st.sampled_from(HABITS), st.integers(2541, 2699))
def test_what_is_written_is_read_as_the_same_months(months: set[int], habit: str, year: int) -> None:
    wording = wording_of(habit)
    assert wording is not None
    assert months_of(wording.text(months, year), year) == months


def test_the_usual_wording_is_that_of_most_texts() -> None:
    assert usual(["", "ตลอดปี", "ต.ค. 67", "มกราคม ๒๕๖๘", "มี.ค. 68"]) == wording_of("ต.ค. 67")
    assert usual(["", "ตลอดปีงบประมาณ", "ไตรมาส ๑"]) is None
    assert Wording().text(range(1, 13), 2568) == "ต.ค. ๖๗ - ก.ย. ๖๘"


def test_the_months_of_a_text() -> None:
    assert months_of(WHOLE_YEAR, 2568) == set(range(1, 13))
    assert months_of("17-21 ก.พ. 68", 2568) == {5}
    assert months_of("ไตรมาส 1 และ 3", 2568) == {1, 2, 3, 7, 8, 9}
    assert months_of("เมื่อพร้อม", 2568) == set()
    assert months_of("ต.ค. 65", 2568) == set()
    assert Wording().text(set(), 2568) == ""
