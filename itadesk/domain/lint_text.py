"""Lint of the numbers in a text: Thai ones in addresses, dates in the wrong order, gaps in a numbering."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from itadesk.domain import thai
from itadesk.domain.lint_problem import Cell, Problem
from itadesk.domain.thai import MONTH, buddhist_year, month_number
from itadesk.i18n import _


def problems(cells: Iterable[Cell]) -> Iterator[Problem]:
    for cell in cells:
        text = cell.text
        if not _DIGIT.search(text):
            continue
        if has_address(text):
            yield from _digits_in_address(cell)
        for words in backward_ranges(text):
            yield cell.problem("date_reversed", _("“{text}” ends before it begins.").format(text=words))
        yield from _numbering(cell)


_DIGIT = re.compile("[0-9๐-๙]")
_URL = re.compile(r"(?:https?://|www\.)[A-Za-z0-9๐-๙_.@:/?#&=%+~-]+", re.IGNORECASE)
_MAIL = re.compile(r"(?<![A-Za-z0-9๐-๙._%+-])[A-Za-z0-9๐-๙._%+-]+@[A-Za-z0-9๐-๙.-]+[A-Za-z]")
_THAI_DIGIT, _ARABIC_DIGIT = re.compile("[๐-๙]"), re.compile("[0-9]")
_LATIN_END = re.compile("[A-Za-z]$")


def has_address(text: str) -> bool:
    """A quick look before `addresses` is asked."""
    return "@" in text or "www" in text or "://" in text or "WWW" in text


def addresses(text: str) -> list[str]:
    """The web and e-mail addresses in `text`, up to the first Thai letter, as they are written."""
    websites = [found[0].rstrip(".:-") for found in _URL.finditer(text)]
    return websites + [found[0] for found in _MAIL.finditer(text)]


def _digits_in_address(cell: Cell) -> Iterator[Problem]:
    for address in dict.fromkeys(addresses(cell.text)):
        if _THAI_DIGIT.search(address):
            message = _("“{address}” has Thai digits; addresses are written with Arabic ones.")
            message = message.format(address=address)
            yield cell.problem("digits_in_address", message, thai.arabic_digits(address))


_TO_MARKS = ("-", "–", "—", "ถึง")
_YEAR = r"(?:[^\S\n]*(?:พ\.?\s?ศ\.?)?[^\S\n]*(?P<year>\d{4}|\d{2})(?!\d))?"
_FROM_DAY = re.compile(r"(?<![\d/.,])(?P<day>\d{1,2})[^\S\n]*\Z")
_FROM = re.compile(
    rf"(?:(?<![\d/.,])(?P<day>\d{{1,2}})[^\S\n]*)?(?:เดือน\s*)?(?P<month>{MONTH}){_YEAR}[^\S\n]*\Z"
)
_TO = re.compile(rf"[^\S\n]*(?:วันที่\s*)?(?:(?P<day>\d{{1,2}})[^\S\n]*)?(?:เดือน\s*)?(?P<month>{MONTH}){_YEAR}")
_REACH = 40
"""Letters that a date takes at most."""


class _Date(NamedTuple):
    """What a text says of a date; 0 = nothing."""

    year: int
    month: int
    day: int


def backward_ranges(text: str) -> Iterator[str]:
    """The ranges of dates in `text` of which the end comes first, as they are written."""
    for mark in _TO_MARKS:
        at = text.find(mark)
        while at >= 0:
            yield from _backward_range(text, at, mark)
            at = text.find(mark, at + len(mark))


def _backward_range(text: str, at: int, mark: str) -> Iterator[str]:
    if end := _TO.match(text, at + len(mark), at + len(mark) + _REACH):
        before = text[max(0, at - _REACH) : at]
        start = _FROM.search(before) or _FROM_DAY.search(before)
        if start and _ends_first(_date(start), _date(end)):
            yield before[start.start() :] + mark + end[0]


def _date(found: re.Match[str]) -> _Date:
    words = found.groupdict()
    year, month, day = words.get("year"), words.get("month"), words.get("day")
    return _Date(
        (buddhist_year(year) or 0) if year else 0, month_number(month) if month else 0, int(day or 0)
    )


def _ends_first(start: _Date, end: _Date) -> bool:
    """Whether the range surely runs backwards: what one end leaves out, the other end has said."""
    if start.month == 0:
        return start.day > end.day > 0
    if start.year and end.year and start[:2] != end[:2]:
        return start[:2] > end[:2]
    same_month = start.month == end.month and (not start.year or start.year == end.year)
    return same_month and start.day > end.day > 0


_ITEM = re.compile(r"\s*(\(?)(\d{1,2})\s?([.)])[.)]?(?!\d)")
_INSIDE = re.compile(r"\s(\d{1,2})\.(?=\s*[^\d\s])")
_Item = tuple[str, int]
"""How a paragraph's number is written ("." or ")" or "()"), and the number."""


def _numbering(cell: Cell) -> Iterator[Problem]:
    if "." not in cell.text and ")" not in cell.text:
        return
    items = [item for line in cell.text.split("\n") if (item := _item(line))]
    if len(items) > 1:
        gap = _gap(items)
    elif items == [(".", 1)]:
        gap = _gap_inside(cell.text)
    else:
        return
    if gap:
        yield cell.problem("numbering_gap", gap_text(*gap))


def gap_text(before: int, number: int) -> str:
    return _("Number {number} follows number {before}.").format(number=number, before=before)


def _item(line: str) -> _Item | None:
    found = _ITEM.match(line)
    return ((found[1] + found[3]), int(found[2])) if found else None


def _gap(items: Iterable[_Item]) -> tuple[int, int] | None:
    """The first number that neither goes on with an open list nor begins one, and the number before it."""
    open_lists: list[_Item] = []
    for style, number in items:
        going_on = [at for at, item in enumerate(open_lists) if item == (style, number - 1)]
        before = [last for other, last in open_lists if other == style]
        if going_on:
            del open_lists[going_on[-1] :]
        elif number != 1 and before:
            return before[-1], number
        open_lists = [*open_lists[1 - _DEEPEST :], (style, number)]
    return None


_DEEPEST = 8
"""Lists inside each other; from so many on, the outermost is forgotten."""


def _gap_inside(text: str) -> tuple[int, int] | None:
    """The same where all items stand in one line; a number far away is some other number."""
    numbers = [1, *(int(found[1]) for found in _INSIDE.finditer(text))]
    return next(((a, b) for a, b in pairwise(numbers) if b - a in (2, 3)), None)


def mixed_digits(cells: Iterable[Cell]) -> Iterator[Problem]:
    """Arabic numbers beside Thai ones in a text, or in a text of their own where nearly all others are Thai."""
    thai_texts, arabic = 0, list[tuple[Cell, str]]()
    for cell in cells:
        has_thai = _THAI_DIGIT.search(cell.text) is not None
        thai_texts += has_thai
        if _ARABIC_DIGIT.search(cell.text) and (odd := _arabic_number(cell.text)):
            if has_thai:
                yield _odd_digits(cell, odd)
            else:
                arabic.append((cell, odd))
    if len(arabic) * _FEW <= thai_texts:
        yield from (_odd_digits(cell, odd) for cell, odd in arabic)


_FEW = 10
"""Texts in Thai digits for each in Arabic ones, from which on those are slips and no habit."""


def _arabic_number(text: str) -> str:
    """The first word with Arabic digits that paper prints in Thai ones; not "ISO 9001", which is a name."""
    words = (word for before, word in pairwise(["", *text.split()]) if not _LATIN_END.search(before))
    return next((word for word in words if thai.thai_digits(word) != word), "")


def _odd_digits(cell: Cell, odd: str) -> Problem:
    message = _("“{text}” is in Arabic digits, the others are Thai.").format(text=odd)
    return cell.problem("mixed_digits", message, thai.thai_digits(odd))
