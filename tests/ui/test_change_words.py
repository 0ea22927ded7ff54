"""Changes in words: the difference is marked, what stayed is shown in part, nothing is taken for markup."""

import re
from html import unescape

import pytest

from itadesk.documents.record import Change
from itadesk.ui.change_words import html
from itadesk.ui.thai_text import BREAK

pytestmark = pytest.mark.usefixtures("qapp")


def plain(changes: list[Change]) -> str:
    """The words as they are read, marked ones in brackets, without the first line, which says what is marked how."""
    told = re.sub(r"<(?:s|u) [^>]*>(.*?)</[su]>", r"[\1]", html(changes))
    head, told = told.split("</p>", 1)
    assert head.endswith(">[On the paper] · [now]")
    return unescape(re.sub("<[^>]*>", "", told.replace("<br>", "\n"))).replace(BREAK, "")


def test_only_what_differs_is_marked() -> None:
    told = plain([Change("changed", "ตาราง", "ดำเนินการเมื่อวันที่ ๕ มกราคม", "ดำเนินการเมื่อวันที่ ๖ มกราคม")])
    assert told == "Changed · ตาราง\nดำเนินการเมื่อวันที่ [๕][๖] มกราคม"


def test_whole_words_are_marked_and_no_letter_is_torn_from_its_marks() -> None:
    assert plain([Change("changed", "ตาราง", "อยู่ที่นี่", "อยู่ที่นี้")]).endswith("\nอยู่[ที่นี่][ที่นี้]")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("จัดทำประกาศ", "จัดทำประกาศ และเผยแพร่", "จัดทำประกาศ [และเผยแพร่]"),
        ("จัดทำประกาศ และเผยแพร่", "จัดทำประกาศ", "จัดทำประกาศ [และเผยแพร่]"),
        ("", "ใหม่ ", "[ใหม่] "),
        ("จัดทำ  ประกาศ", "จัดทำ ประกาศ", "[จัดทำ]  [จัดทำ] ประกาศ"),
        ("ก\nข", "ก\nค", "ก ¶ [ข][ค]"),
    ],
)
def test_blanks_around_a_difference_are_not_marked(before: str, after: str, told: str) -> None:
    assert plain([Change("changed", "ตาราง", before, after)]) == f"Changed · ตาราง\n{told}"


def test_a_tick_that_moved_is_told_as_one_status_after_the_other() -> None:
    told = plain([Change("ticked", "ตาราง", "ยังไม่ดำเนินงาน", "อยู่ระหว่างดำเนินงาน")])
    assert told == "Changed · ตาราง\nStatus: [ยังไม่ดำเนินงาน] → [อยู่ระหว่างดำเนินงาน]"


def test_of_a_long_text_the_neighbourhood_is_shown() -> None:
    before, after = (f"{'มาตรการ ' * 5000}{word}{' ขั้นตอน' * 5000}" for word in ("ก่อน", "หลัง"))
    told = plain([Change("changed", "ตาราง", before, after)])
    assert "มาตรการ [ก่อน][หลัง] ขั้นตอน" in told
    assert len(told) < 250
    assert told.count("…") == 2


def test_of_much_that_came_the_beginning_is_shown() -> None:
    told = plain([Change("added", "ตาราง", "", "มาตรการ" * 1000)])
    assert len(told) < 400
    assert told.endswith("…]")


def test_text_is_no_markup() -> None:
    assert "<b>x" not in html([Change("added", "<b>x</b>", "", "<i>")])


def test_a_very_long_list_is_cut_and_says_so() -> None:
    told = html([Change("added", str(at), "", "ก") for at in range(250)])
    assert told.count("</p>") == 202
    assert "50" in told
