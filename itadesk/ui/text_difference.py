"""Two states of a text side by side, with what differs marked."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

from itadesk.documents.paper import segment
from itadesk.ui import theme
from itadesk.ui.thai_text import display

_GONE_FILL, _COME_FILL = "#fbe3e1", "#dcf0e2"
_LONG = 20_000
"""Letters from which on a text is compared line by line, not word by word."""
_MOST = 400
"""Pieces on each side between the first and the last difference that are compared one by one."""


def sides(old: str, new: str) -> tuple[str, str]:
    """Both texts as rich text, whole: what went is marked in the one, what came in the other."""
    before, after = _pieces(old), _pieces(new)
    start = common(before, after)
    end = common(before[start:][::-1], after[start:][::-1])
    middle = before[start : len(before) - end], after[start : len(after) - end]
    left, right = [_plain(before[:start])], [_plain(after[:start])]
    for gone, come in _differences(*middle):
        left.append(_marked(gone, _GONE_FILL, theme.FAULT) if gone != come else _plain(gone))
        right.append(
            _marked(come, _COME_FILL, theme.STATUS_COLOURS["done"]) if gone != come else _plain(come)
        )
    left.append(_plain(before[len(before) - end :]))
    right.append(_plain(after[len(after) - end :]))
    return "".join(left), "".join(right)


def plain(text: str) -> str:
    """A text as rich text, nothing marked."""
    return escape(display(text)).replace("\n", "<br>")


def _pieces(text: str) -> list[str]:
    if len(text) > _LONG:
        return re.findall(r"[^\n]+|\n", text)
    # Blanks and ends of lines are pieces of their own: the word before them is the same without them.
    return [
        piece
        for line in re.findall(r"[^\n]+|\n", text)
        for word in segment.words(line)
        for piece in re.findall(r"\s+|\S+", word)
    ]


def common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pieces both begin with."""
    different = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(different, min(len(one), len(other)))


def _differences(before: list[str], after: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Pairs of stretches, alike or not; long texts as one pair."""
    if max(len(before), len(after)) > _MOST:
        yield before, after
        return
    for _kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield before[a:b], after[c:d]


def _plain(pieces: Sequence[str]) -> str:
    return plain("".join(pieces))


def _marked(pieces: Sequence[str], ground: str, colour: str) -> str:
    text = _plain(pieces)
    return f'<span style="background-color: {ground}; color: {colour}">{text}</span>' if text else ""
