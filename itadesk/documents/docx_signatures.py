"""Those who sign, in a Word file: one below the other from the middle of the paper on, or side by side in a table."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from itadesk.documents.docx_table import Grid, row
from itadesk.documents.docx_text import SIZE, Form, Tab, lines, paragraph, run, tab
from itadesk.documents.paper.page import Sheet
from itadesk.documents.paper.signatures import fitting_blank
from itadesk.documents.paper.text import Typesetter
from itadesk.documents.tree import Run, SignatureBlock, SignatureChain

_GAP = 6.0
"""Points above each block."""
_SURE = 0.9
"""Of a line that is filled with dots: another font has other ones."""
_SIDE = 9.0
"""Points between blocks side by side and the edges of their cells."""

_Line = tuple[str, Form]
"""A paragraph in the making: its runs and how it looks."""


class _Span(NamedTuple):
    """Where a block stands: from `left` to `right` of the text area or of its cell."""

    left: float
    right: float


def signatures(chain: SignatureChain, sheet: Sheet, *, keep_with_next: bool) -> str:
    """They stay together on a page as long as they fit on one. `keep_with_next`: also with what follows."""
    if not chain.blocks:
        return ""
    if chain.columns > 1:
        return _side_by_side(chain, sheet, keep_with_next=keep_with_next)
    left = min(max(sheet.paper[0] / 2 - sheet.left, 0), sheet.width * 3 / 4)
    span = _Span(left, sheet.width)
    found = [line for block in chain.blocks for line in _block(block, span, sheet.type)]
    return _xml(found[:-1], keep_with_next=True) + _xml(found[-1:], keep_with_next=keep_with_next)


def _side_by_side(chain: SignatureChain, sheet: Sheet, *, keep_with_next: bool) -> str:
    width = sheet.width / chain.columns
    grid = Grid([width] * chain.columns, side=_SIDE)
    span = _Span(0, width - 2 * _SIDE)
    blocks = [*chain.blocks, *[SignatureBlock(())] * (-len(chain.blocks) % chain.columns)]
    rows = [
        cells
        for at in range(0, len(blocks), chain.columns)
        for cells in _beside(blocks[at : at + chain.columns], span, sheet.type)
    ]
    return grid.table(
        row((grid.cell(_xml(cell, keep_with_next=keep), at) for at, cell in enumerate(cells)), whole=True)
        for cells, keep in zip(rows, [True] * (len(rows) - 1) + [keep_with_next], strict=True)
    )


def _beside(blocks: Sequence[SignatureBlock], span: _Span, typesetter: Typesetter) -> list[list[list[_Line]]]:
    """The cells of blocks side by side: one for each; where labels are not equally high, those in a row of their own,
    so that the places to sign stand at one height in any font."""
    heads = [[*_opinion(block, span), *_label(block, span)] for block in blocks]
    rooms = [_room_to_sign(block, span, typesetter) for block in blocks]
    most = max(map(len, rooms))
    feet = [
        [*[("", Form())] * (most - len(room)), *room, *_names(block, span, typesetter)]
        for block, room in zip(blocks, rooms, strict=True)
    ]
    if len({_lines_above(block, span, typesetter) for block in blocks if block.lines}) <= 1:
        return [[_below(_GAP, [*head, *foot]) for head, foot in zip(heads, feet, strict=True)]]
    return [[_below(_GAP, head) for head in heads], [_below(0, foot) for foot in feet]]


def _lines_above(block: SignatureBlock, span: _Span, typesetter: Typesetter) -> int:
    """About how many lines stand above the room to sign."""
    width = (span.right - span.left) * _SURE
    texts = [text for text in (block.opinion, block.label) if text]
    wrapped = sum(len(typesetter.lines((Run(text),), SIZE, width)) for text in texts)
    return wrapped + max(block.opinion_lines - bool(block.opinion), 0)


def _xml(found: list[_Line], *, keep_with_next: bool) -> str:
    return "".join(
        paragraph(content, replace(form, keep_with_next=keep_with_next)) for content, form in found
    )


def _block(block: SignatureBlock, span: _Span, typesetter: Typesetter) -> list[_Line]:
    """A signatory: opinion over the whole width, label, room to sign by hand, name and position."""
    room = _room_to_sign(block, span, typesetter)
    found = [*_opinion(block, span), *_label(block, span), *room, *_names(block, span, typesetter)]
    return _below(_GAP, found)


def _below(gap: float, found: list[_Line]) -> list[_Line]:
    """The lines, at least one, below a gap."""
    (content, form), *others = found or [("", Form())]
    return [(content, replace(form, before=gap)), *others]


def _label(block: SignatureBlock, span: _Span) -> list[_Line]:
    form = Form("center", left=span.left)
    return [(run(line), form) for line in lines(block.label) if block.label]


def _names(block: SignatureBlock, span: _Span, typesetter: Typesetter) -> list[_Line]:
    """Name and position; a blank for the name with dots for one line."""
    form = Form("center", left=span.left)
    width = (span.right - span.left) * _SURE
    texts = [fitting_blank(text, width, typesetter) for text in block.lines]
    return [(run(line), form) for text in texts for line in lines(text)]


def _opinion(block: SignatureBlock, span: _Span) -> list[_Line]:
    """The label of the opinion, and dotted lines from its end on."""
    form = Form(tabs=(Tab(span.right, "right", dotted=True),))
    count = max(block.opinion_lines, 1 if block.opinion else 0)
    *above, last = lines(block.opinion)
    labels = [*above, last, *[""] * (count - 1)] if count else []
    return [((run(label) if label else "") + tab(), form) for label in labels]


def _room_to_sign(block: SignatureBlock, span: _Span, typesetter: Typesetter) -> list[_Line]:
    """A blank line, then the sign label and dots with their middle over the name, or another blank line."""
    if not block.sign_label:
        return [("", Form())] * 2 if block.label else []
    label = typesetter.line(block.sign_label, SIZE).width
    end = span.right - (label if span.right - span.left >= 4 * label else 0)
    signing = Form(left=span.left, tabs=(Tab(end, "right", dotted=True),))
    return [("", Form()), (run(block.sign_label) + tab(), signing)]
