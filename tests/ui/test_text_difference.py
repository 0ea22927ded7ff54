"""Two texts side by side are whole, and exactly what differs is marked."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadesk.ui import text_difference
from itadesk.ui.thai_text import BREAK

_MARK = re.compile(r"<span[^>]*>(.*?)</span>")
TEXTS = st.text(st.sampled_from("กา่ น\n<&a "), max_size=60)


def text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html.replace("<br>", "\n"))).replace(BREAK, "")


def marked(html: str) -> list[str]:
    return [text(mark) for mark in _MARK.findall(html)]


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("จัดทำคู่มือ", "จัดทำคู่มือ", [], []),
        ("", "ใหม่", [], ["ใหม่"]),
        ("ผู้ดูแลระบบ", "ผู้ดูแลระบบ\nติดตามผล", [], ["\nติดตามผล"]),
        ("คู่มือ เล่มที่ 1", "คู่มือ เล่มที่ 2", ["1"], ["2"]),
        ("จัดทำแผน และ ประกาศ ทุกปี", "ทบทวนแผน และ เผยแพร่ ทุกปี", ["จัดทำ", "ประกาศ"], ["ทบทวน", "เผยแพร่"]),
    ],
)
def test_what_differs_is_marked(qapp, old: str, new: str, gone: list[str], come: list[str]) -> None:
    left, right = text_difference.sides(old, new)
    assert (marked(left), marked(right)) == (gone, come)


@given(TEXTS, TEXTS)
def test_both_texts_are_whole(qapp, old: str, new: str) -> None:
    left, right = text_difference.sides(old, new)
    assert (text(left), text(right)) == (old, new)
    assert (not marked(left) and not marked(right)) == (old == new)


def test_very_long_texts_are_compared_line_by_line(qapp) -> None:
    lines = [f"บรรทัดที่ {number} จัดทำประกาศ" for number in range(2000)]
    old = "\n".join(lines)
    lines[1000] += " เผยแพร่"
    left, right = text_difference.sides(old, "\n".join(lines))
    assert len(marked(left)) == len(marked(right)) == 1
    assert marked(right) == [lines[1000]]
