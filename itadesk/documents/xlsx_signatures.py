"""Those who sign, on a worksheet: side by side as on paper, or in its right half; dotted rules to write and sign on."""

from collections.abc import Sequence
from itertools import zip_longest

from itadesk.documents.paper.signatures import fitting_blank
from itadesk.documents.tree import SignatureBlock, SignatureChain
from itadesk.documents.xlsx_sheet import SheetRows, TextLine

_SURE = 0.9
"""Of a line that is filled with dots: another font has other ones."""

_Line = tuple[range, TextLine]
"""A text and the columns it lies over."""


def signatures(chain: SignatureChain, rows: SheetRows) -> None:
    """Below what the sheet holds already. An opinion is as wide as the sheet where nobody stands beside."""
    places = rows.parts(chain.columns) if chain.columns > 1 else [rows.right_half]
    wide = places if len(places) > 1 else [range(rows.columns)]
    for at in range(0, len(chain.blocks), len(places)):
        stacks = _stacks(chain.blocks[at : at + len(places)], places, wide, rows)
        rows.beside([(range(rows.columns), TextLine(""))])
        for line in zip_longest(*stacks):
            rows.beside([cell for cell in line if cell])


def _stacks(
    blocks: Sequence[SignatureBlock], places: Sequence[range], wide: Sequence[range], rows: SheetRows
) -> list[list[_Line]]:
    """The lines of blocks side by side; their names begin in one row."""
    beside = list(zip(blocks, places, wide, strict=False))
    heads = [[*_opinion(block, span), *_label(block, place)] for block, place, span in beside]
    rooms = [_room(block, place) for block, place, _ in beside]
    most = max(len(head) + len(room) for head, room in zip(heads, rooms, strict=True))
    return [
        [
            *head,
            *[(place, TextLine(""))] * (most - len(head) - len(room)),
            *room,
            *[(place, _name(text, place, rows)) for text in block.lines],
        ]
        for head, room, (block, place, _) in zip(heads, rooms, beside, strict=True)
    ]


def _opinion(block: SignatureBlock, span: range) -> list[_Line]:
    """Its label on the first of its dotted lines."""
    count = max(block.opinion_lines, 1 if block.opinion else 0)
    return [(span, TextLine(block.opinion if not at else "", dotted=True)) for at in range(count)]


def _label(block: SignatureBlock, place: range) -> list[_Line]:
    return [(place, TextLine(block.label, align="center"))] if block.label else []


def _room(block: SignatureBlock, span: range) -> list[_Line]:
    """Room to sign by hand, on a dotted line behind the sign label."""
    if not block.sign_label:
        return [(span, TextLine(""))] * (2 if block.label else 0)
    return [(span, TextLine("")), (span, TextLine(block.sign_label, dotted=True))]


def _name(text: str, span: range, rows: SheetRows) -> TextLine:
    return TextLine(fitting_blank(text, rows.width(span) * _SURE, rows.type), align="center")
