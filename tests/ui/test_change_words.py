"""Changes in words: the difference is marked, what stayed is shown in part, nothing is taken for markup."""

import pytest

from itadesk.documents.record import Change
from itadesk.ui.change_words import html

pytestmark = pytest.mark.usefixtures("qapp")


def test_only_what_differs_is_marked() -> None:
    told = html([Change("changed", "ตาราง", "ดำเนินการเมื่อวันที่ ๕ มกราคม", "ดำเนินการเมื่อวันที่ ๖ มกราคม")])
    assert ">๕ </s>" in told
    assert ">๖ </u>" in told


def test_a_letter_is_never_torn_from_its_marks() -> None:
    told = html([Change("changed", "ตาราง", "ที่นี่", "ที่นี้")])
    assert ">นี่</s>" in told
    assert ">นี้</u>" in told


def test_of_a_long_text_the_neighbourhood_is_shown() -> None:
    told = html([Change("changed", "ตาราง", "ก" * 500 + "ข" + "ค" * 500, "ก" * 500 + "ง" + "ค" * 500)])
    assert len(told) < 400
    assert told.count("…") == 2


def test_text_is_no_markup() -> None:
    assert "<b>x" not in html([Change("added", "<b>x</b>", "", "<i>")])


def test_a_very_long_list_is_cut_and_says_so() -> None:
    told = html([Change("added", str(at), "", "ก") for at in range(250)])
    assert told.count("<p>") == 201
    assert "50" in told
