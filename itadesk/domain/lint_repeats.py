"""Lint of words that stand twice in a row. Thai is written without blanks, so they are letters that repeat at once."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from itadesk.domain.lint_problem import Cell, Problem
from itadesk.i18n import _


def problems(cells: Sequence[Cell]) -> Iterator[Problem]:
    for at in sorted(set(_suspects([cell.text for cell in cells]))):
        cell = cells[at]
        for words in _doubled(cell.text):
            yield cell.problem("repeated_word", _twice(words))
        if _STUTTER in cell.text:  # good grammar, but one การ too many
            yield cell.problem("repeated_word", _twice(_STUTTER), "มาตรการ", "info")


def _twice(words: str) -> str:
    return _("“{words}” says the same word twice.").format(words=words)


_CUT = "(?![ะ-ฺ็-๎])"
"""No mark or vowel follows that would belong to what came before."""
_NO_OTHER_WORD = "(?!(?<=เพื่อ)น|(?<=โดย)สาร)"
"""Not เพื่อเพื่อน, not โดยโดยสาร."""
_SHORTEST, _LONGEST = 5, 14
"""Letters of a word: a shorter one can be torn out of two others."""
_TWICE = re.compile(
    rf"(?<![เ-ไ])([ก-ฮเ-ไ][ก-ฺเ-์]{{{_SHORTEST - 1},{_LONGEST - 1}}})\1{_CUT}{_NO_OTHER_WORD}(?!ละ)"
)
# What may stand twice: "ปลัดเทศบาลเทศบาลตำบล...", "การจัดการจัดซื้อ".
_MEANT = re.compile("เทศบาล|อำเภอ|จังหวัด|ตำบล|การ(?:จัด|บริ|ดำเนิน|ปฏิบัติ|พัฒนา|ประกอบ|อำนวย|วิชา|ราช)การ")
_SHORT_WORDS = ("ออก", "ให้", "และ", "หรือ", "โดย")
_SHORT = re.compile(rf"({'|'.join(_SHORT_WORDS)})\1{_CUT}{_NO_OTHER_WORD}")
# After a blank, only words that want something after them: a noun may end one sentence and begin the next.
_OPEN_WORDS = (
    "และ", "หรือ", "เพื่อ", "เพื่อให้", "โดย", "จัดให้มี", "กำหนดให้", "ได้แก่", "เกี่ยวกับ", "รวมทั้ง", "ตลอดจน",
    "พร้อมทั้ง", "สำหรับ", "ส่งเสริม",
)  # fmt: skip
_AGAIN_TEXTS = (*(f"{word} {word}" for word in _OPEN_WORDS), "เพื่อให้ ให้", "กำหนดให้ ให้")
_AGAIN = re.compile(f"(?:{'|'.join(_AGAIN_TEXTS)}){_CUT}{_NO_OTHER_WORD}")
_STUTTER = "มาตรการการ"


def _doubled(text: str) -> Iterator[str]:
    yield from (found[0] for found in _TWICE.finditer(text) if not _MEANT.search(found[0]))
    yield from (found[0] for found in _SHORT.finditer(text))
    yield from (found[0] for found in _AGAIN.finditer(text))


def _suspects(texts: Sequence[str]) -> Iterator[int]:
    """Indexes of the texts worth a closer look. To look through them all at once takes a third of the time."""
    joined = "\n".join(texts)
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    for words in (*(word * 2 for word in _SHORT_WORDS), *_AGAIN_TEXTS, _STUTTER):
        at = joined.find(words)
        while at >= 0:
            index = bisect_right(starts, at) - 1
            yield index
            at = joined.find(words, starts[index + 1])
    yield from _repeating(joined, starts)


def _repeating(joined: str, starts: Sequence[int]) -> Iterator[int]:
    """Where letters are equal to those just behind them: the text laid over itself, moved by the length of a word."""
    letters = joined.encode("cp874", "replace")  # one byte a letter
    number = int.from_bytes(letters, "little")
    for length in range(_SHORTEST, _LONGEST + 1):
        differences = (number ^ number >> 8 * length).to_bytes(len(letters), "little")
        at = differences.find(bytes(length))
        while at >= 0:
            index = bisect_right(starts, at) - 1
            yield index
            at = differences.find(bytes(length), starts[index + 1])
