"""Those who sign, in a Word file: one below the other from the middle of the paper on, or side by side in a table."""

from dataclasses import replace
from typing import NamedTuple

from itadesk.documents.docx_table import Grid, row
from itadesk.documents.docx_text import SIZE, Form, Tab, lines, paragraph, run, tab
from itadesk.documents.paper.page import Sheet
from itadesk.documents.paper.text import Typesetter
from itadesk.documents.tree import SignatureBlock, SignatureChain

_GAP = 6.0
"""Points above each block."""
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
    blocks = [_block(block, span, sheet.type) for block in chain.blocks]
    blocks += [[("", Form())]] * (-len(blocks) % chain.columns)
    rows = [blocks[at : at + chain.columns] for at in range(0, len(blocks), chain.columns)]
    return grid.table(
        row((grid.cell(_xml(block, keep_with_next=keep), at) for at, block in enumerate(blocks)), whole=True)
        for blocks, keep in zip(rows, [True] * (len(rows) - 1) + [keep_with_next], strict=True)
    )


def _xml(found: list[_Line], *, keep_with_next: bool) -> str:
    return "".join(
        paragraph(content, replace(form, keep_with_next=keep_with_next)) for content, form in found
    )


def _block(block: SignatureBlock, span: _Span, typesetter: Typesetter) -> list[_Line]:
    """A signatory: opinion over the whole width, label, room to sign by hand, name and position."""
    centred = Form("center", left=span.left)
    found = [*_opinion(block, span)]
    found += [(run(line), centred) for line in lines(block.label) if block.label]
    found += _room_to_sign(block, span, typesetter)
    found += [(run(line), centred) for text in block.lines for line in lines(text)]
    (content, form), *others = found or [("", centred)]
    return [(content, replace(form, before=_GAP)), *others]


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
