"""Those who sign: one below the other from the centre of the page on, or side by side; no block torn over two pages."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from itadesk.documents.paper.page import DOTS_BELOW, Sheet
from itadesk.documents.paper.text import LEADING, Line, Typesetter
from itadesk.documents.tree import Run, SignatureBlock, SignatureChain

_SIZE = 16
_LINE = _SIZE * LEADING
_GAP = 6.0
"""Points above each block."""
_GUTTER = 18.0
"""Points between blocks side by side."""
_SIGNING_LINES = 2
"""Lines high: the room to sign by hand, its dots on the last."""
_BLANK = re.compile(r"\(?(\.{9,})\)?")
"""A name that is to be written in by hand."""


class _SignatureLine(NamedTuple):
    """A line of a block: a text from `x`, dots, both, or nothing: room to write."""

    text: Line | None = None
    x: float = 0
    dots: tuple[float, float] | None = None


_Block = list[_SignatureLine]


class _Span(NamedTuple):
    """Where a block stands from left to right."""

    left: float
    width: float

    @property
    def right(self) -> float:
        return self.left + self.width


class SetChain:
    """Signatories in rows, as many blocks in each as stand side by side."""

    keep_with_next = False
    clings = True

    def __init__(self, chain: SignatureChain, sheet: Sheet) -> None:
        columns = max(chain.columns, 1)
        spans = _beside(columns, sheet)
        places = [_right_half(sheet)] if columns == 1 else spans
        self._rows = [
            _set_row(chain.blocks[at : at + columns], spans, places, sheet.type)
            for at in range(0, len(chain.blocks), columns)
        ]
        self.whole = len(self._rows) == 1

    def start(self, behind: float, room: float) -> float:
        """All of it where that fits beside what comes before it, else the first row."""
        every = sum(_GAP + _height(row) for row in self._rows)
        first = _GAP + _height(self._rows[0]) + (behind if self.whole else 0)
        return next((height for height in (every + behind, every) if height <= room), first)

    def end(self) -> float:
        return _height(self._rows[-1])

    def place(self, sheet: Sheet, behind: float) -> None:
        for row in self._rows:
            sheet.space(_GAP)
            sheet.need(_height(row) + (behind if row is self._rows[-1] else 0))
            _place_row(row, sheet)


def _set_row(
    blocks: Sequence[SignatureBlock], spans: list[_Span], places: list[_Span], typesetter: Typesetter
) -> list[_Block]:
    """Blocks side by side; below opinions and labels of unlike length all names stand at one height."""
    beside = list(zip(blocks, spans, places, strict=False))
    heads = [
        [*_opinion(block, span, typesetter), *_label(block, place, typesetter)]
        for block, span, place in beside
    ]
    rooms = [_room_to_sign(block, place, typesetter) for block, _, place in beside]
    most = max(len(head) + len(room) for head, room in zip(heads, rooms, strict=True))
    return [
        [
            *head,
            *[_SignatureLine()] * (most - len(head) - len(room)),
            *room,
            *_centred(block.lines, place, typesetter),
        ]
        for head, room, (block, _, place) in zip(heads, rooms, beside, strict=True)
    ]


def _height(row: list[_Block]) -> float:
    return max(map(len, row)) * _LINE


def _place_row(row: list[_Block], sheet: Sheet) -> None:
    """Blocks side by side, each drawn whole before the next: that is the order in which the page is read."""
    done, count = 0, max(map(len, row))
    while done < count:
        sheet.need(_LINE)
        here = min(max(int(sheet.room / _LINE), 1), count - done)
        first = sheet.take(here * _LINE) - sheet.type.baseline(_SIZE, _LINE)
        for block in row:
            for at, line in enumerate(block[done : done + here]):
                _place_line(line, first - at * _LINE, sheet)
        done += here


def _place_line(line: _SignatureLine, baseline: float, sheet: Sheet) -> None:
    if line.text:
        sheet.text(line.text, _SIZE, line.x, baseline)
    if line.dots:
        sheet.dots(*line.dots, baseline - DOTS_BELOW)


def _beside(columns: int, sheet: Sheet) -> list[_Span]:
    """Equal widths over the whole text."""
    gutter = min(_GUTTER, sheet.width / columns / 4)
    width = (sheet.width - (columns - 1) * gutter) / columns
    return [_Span(sheet.left + at * (width + gutter), width) for at in range(columns)]


def _right_half(sheet: Sheet) -> _Span:
    """From the centre of the paper to the right margin, whatever the margins are."""
    right = sheet.left + sheet.width
    left = min(max(sheet.paper[0] / 2, sheet.left), right - sheet.width / 4)
    return _Span(left, right - left)


def _opinion(block: SignatureBlock, span: _Span, typesetter: Typesetter) -> _Block:
    """The label of the opinion, and dotted lines from its end on."""
    blank = _SignatureLine(dots=(span.left, span.right))
    if not block.opinion:
        return [blank] * block.opinion_lines
    return [
        *_labelled(block.opinion, span, span.right, typesetter),
        *[blank] * (block.opinion_lines - 1),
    ]


def _label(block: SignatureBlock, span: _Span, typesetter: Typesetter) -> _Block:
    """What the block is called."""
    return _centred((block.label,) if block.label else (), span, typesetter)


def _room_to_sign(block: SignatureBlock, span: _Span, typesetter: Typesetter) -> _Block:
    """On its last line the sign label and dots with their middle over the name, or as many as the label leaves."""
    if not block.sign_label:
        return [_SignatureLine()] * (_SIGNING_LINES if block.label else 0)
    label = typesetter.line(block.sign_label, _SIZE).width + 1
    end = span.right - (label if span.width >= 4 * label else 0)
    return [
        *[_SignatureLine()] * (_SIGNING_LINES - 1),
        *_labelled(block.sign_label, span, end, typesetter),
    ]


def _labelled(text: str, span: _Span, end: float, typesetter: Typesetter) -> _Block:
    """A label, wrapped where it is too wide, and dots from its end to `end`."""
    *wrapped, last = typesetter.lines((Run(text),), _SIZE, span.width)
    dots = (span.left + last.width + (1 if last.pieces else 0), end)
    return [
        *(_SignatureLine(line, span.left) for line in wrapped),
        _SignatureLine(last, span.left, dots),
    ]


def fitting_blank(text: str, width: float, typesetter: Typesetter) -> str:
    """A blank for a name with no more dots than one line holds; any other text as it is."""
    if not (blank := _BLANK.fullmatch(text)):
        return text
    dots = len(blank[1])
    dot = typesetter.line(blank[1], _SIZE).width / dots
    room = width - (typesetter.line(text, _SIZE).width - dots * dot)
    return text.replace(blank[1], "." * max(min(dots, int(room / dot)), 1))


def _centred(texts: tuple[str, ...], span: _Span, typesetter: Typesetter) -> _Block:
    fitting = [fitting_blank(text, span.width, typesetter) for text in texts]
    lines = [line for text in fitting for line in typesetter.lines((Run(text),), _SIZE, span.width)]
    return [_SignatureLine(line, span.left + (span.width - line.width) / 2) for line in lines]
