"""Lines that were only wrapped, in a PDF or by hand, joined again on request; lists and paragraphs stay what they are.

Whether a line went on is seen by three things: a word runs over its end, the first word of the next line had no room
on it, and what the next line begins with.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from itadesk.domain import thai
from itadesk.exchange.columns import Column
from itadesk.exchange.grid import Grid
from itadesk.exchange.row_words import begins_with_mark

Words = Callable[[str], Sequence[str]]
"""Cuts a Thai text into words; the pieces joined are the text again."""


def joined(grid: Grid, columns: Sequence[Column], words: Words) -> Grid:
    """The table with the lines of its cells joined where they were only wrapped."""
    widths = [_width_of_column(grid, at) for at in range(grid.width)]
    lists = [column.target in _LISTS for column in columns]
    rows = [
        replace(
            row,
            cells=tuple(
                cell and cell._replace(text=_joined_text(cell.text, widths[at], lists[at], words))
                for at, cell in enumerate(row.cells)
            ),
        )
        for row in grid.rows
    ]
    return replace(grid, rows=tuple(rows))


_LISTS = frozenset({"responsible", "period", "follow_up", "evidence"})
"""Columns in which a line is mostly an entry of its own, a unit or a time."""


def _width_of_column(grid: Grid, at: int) -> int:
    """The widest line beside others: as far as lines of this column reach. What is one line was not wrapped."""
    cells = [row.text(at).split("\n") for row in grid.rows]
    return max((_width(line) for lines in cells if len(lines) > 1 for line in lines), default=0)


_NO_WIDTH = re.compile("[ัิ-ฺ็-๎]")


def _width(text: str) -> int:
    """Letters beside each other; vowels and tone marks stand above and below."""
    return len(_NO_WIDTH.sub("", text.strip()))


def _joined_text(text: str, width: int, lists: bool, words: Words) -> str:
    if "\n" not in text:
        return _mended(text, words)
    lines = [_mended(line, words) for line in text.split("\n")]
    found = [lines[0]]
    last = lines[0]
    for line in lines[1:]:
        joint = _joint(found[-1], last, line, width, lists, words)
        if joint is None:
            found.append(line)
        else:
            found[-1] = found[-1].rstrip() + joint + line.lstrip()
        last = line
    return "\n".join(found)


_RANGE = re.compile(rf"\s*[-–—]\s*(?:\d|{thai.MONTH})")
_TO_TIME = re.compile(rf"(?:\d|{thai.MONTH})\s*(?:[-–—]|(?:จน)?ถึง)\s*$")
_ENDS_IN_TIME = re.compile(rf"(?:\d|{thai.MONTH})\s*$")
_GOES_ON = re.compile(r"\s*(?:[)\]}”’»,.;:%ะ-ฺๅ็-๎]|ๆ|ฯ)")
_OPEN = re.compile(r"(?:[(\[{“‘«เ-ไ]|[-–—/]|และ|หรือ)\s*$")
_ENDED = re.compile(r"(?::|ดังนี้|ต่อไปนี้|ได้แก่|คือ)\s*$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
_NEXT_OF_ADDRESS = re.compile(r"[!-~]+(?:\s|$)")


def _joint(whole: str, last: str, line: str, width: int, lists: bool, words: Words) -> str | None:
    """What stands between a paragraph so far, whose last line is `last`, and the next line; None: a new paragraph."""
    if not last.strip() or not line.strip():
        return None
    plain, ending = thai.arabic_digits(line), thai.arabic_digits(last)
    if _TO_TIME.search(ending) or (_RANGE.match(plain) and _ENDS_IN_TIME.search(ending)):
        return " "
    in_brackets = whole.count("(") > whole.count(")") and ")" in line
    if (
        not in_brackets
        and begins_with_mark(line)
        and (thai.has_number(line) or not plain.lstrip()[0].isdigit())
    ):
        return None
    if _ADDRESS.search(last) and _NEXT_OF_ADDRESS.match(line):
        return ""
    if _GOES_ON.match(line):
        return " " if line.lstrip()[0] == "ๆ" else ""
    if _OPEN.search(last) or _runs_over(last, line, words):
        return ""
    if in_brackets:
        return _between(last, line)
    if lists or _ENDED.search(last) or not _was_full(last, line, width, words):
        return None
    return _between(last, line)


_ROOM = 0.9
"""How full of the column's width a line with the next word has to be: lines wrapped by hand are not equally long."""


def _was_full(last: str, line: str, width: int, words: Words) -> bool:
    """Whether the first word of `line` had no room behind `last`."""
    first = next(iter(words(line.split()[0][:_LOOKED_AT])), "")
    return _width(last) + _width(first) > _ROOM * width


_LOOKED_AT = 40
"""Letters on either side by which it is told whether a word runs over a place."""
_THAI_END = re.compile(rf"[ก-ฮะ-ฺเ-ๅ็-๎]{{1,{_LOOKED_AT}}}$")
_THAI_BEGIN = re.compile(rf"[ก-ฮะ-ฺเ-ๅ็-๎]{{1,{_LOOKED_AT}}}")


def _runs_over(last: str, line: str, words: Words) -> bool:
    """Whether a word begins at the end of a line and ends in the next."""
    end, begin = _THAI_END.search(last.rstrip()), _THAI_BEGIN.match(line.lstrip())
    return end is not None and begin is not None and _torn(end[0], begin[0], words) > 0


def _torn(end: str, begin: str, words: Words) -> int:
    """How many words fewer there are when both are one; 0 when no word runs over the place where they meet."""
    together = words(end + begin)
    ends = accumulate(map(len, together))
    if len(end) in ends:
        return 0
    return max(len(words(end)) + len(words(begin)) - len(together), 0)


def _between(last: str, line: str) -> str:
    """Thai goes on without a blank; one that is there stays, and numbers, Latin words, brackets have one."""
    before, after = last.rstrip(), line.lstrip()
    kept = last != before or line != after
    return "" if not kept and _THAI_END.search(before) and _THAI_BEGIN.match(after) else " "


_BEFORE_OTHERS = frozenset({"การ", "ความ", "ผู้", "ของ", "ไม่", "เป็น", "ใน", "จะ"})
"""Words that nobody writes a blank behind."""
_BLANK = re.compile(r"(?<=[ก-ฮะ-ฺเ-ๅ็-๎]) (?=[ก-ฮะ-ฺเ-ๅ็-๎])")


def _mended(line: str, words: Words) -> str:
    """A line without the blanks that tear words, which are where old lines ended."""
    pieces: list[str] = []
    start = 0
    for blank in _BLANK.finditer(line):
        at = blank.start()
        end, begin = _THAI_END.search(line[:at]), _THAI_BEGIN.match(line, at + 1)
        if end and begin and _is_torn_by_blank(end[0], begin[0], words):
            pieces.append(line[start:at])
            start = at + 1
    return "".join((*pieces, line[start:]))


def _is_torn_by_blank(end: str, begin: str, words: Words) -> bool:
    if _GOES_ON.match(begin):
        return True
    if words(end)[-1] in _BEFORE_OTHERS:
        return True
    fewer = _torn(end, begin, words)
    return fewer > 1 or (fewer == 1 and len(words(begin)[0]) == 1)
