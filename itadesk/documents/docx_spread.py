"""A cover that is spread over its page: in a Word file its spaces are as high as the paper engine makes them."""

from dataclasses import replace

from itadesk.documents.paper.blocks import Placed, SetParagraph, SetPicture, SetSpace, place_section
from itadesk.documents.paper.memo import SetMemoHead
from itadesk.documents.paper.page import CM, Sheet
from itadesk.documents.paper.signatures import SetChain
from itadesk.documents.paper.table import SetTable
from itadesk.documents.tree import Block, MemoHead, Paragraph, Picture, Section, SignatureChain, Space, Table

_RESERVE = 0.15
"""What is left empty, as a share of the rest's height: another font, another word, and all is still on one page."""


def spread(section: Section, sheet: Sheet) -> Section:
    """The section, those of its spaces higher that stretch. `sheet` has begun the section."""
    if not any(block.stretch for block in section.blocks if isinstance(block, Space)):
        return section
    placed = [_set(block, sheet) for block in section.blocks]
    room = sheet.page_room
    place_section(placed, sheet)
    gains = [
        space.height - block.height * CM if isinstance(space, SetSpace) and isinstance(block, Space) else 0
        for space, block in zip(placed, section.blocks, strict=True)
    ]
    gained = sum(gains)
    share = max(1 - _RESERVE * (room - gained) / gained, 0) if gained else 0
    blocks = (
        replace(block, height=block.height + gain * share / CM) if isinstance(block, Space) else block
        for block, gain in zip(section.blocks, gains, strict=True)
    )
    return replace(section, blocks=tuple(blocks))


def _set(block: Block, sheet: Sheet) -> Placed:
    match block:
        case Paragraph():
            return SetParagraph(block, sheet)
        case Table():
            return SetTable(block, sheet)
        case MemoHead():
            return SetMemoHead(block, sheet)
        case SignatureChain():
            return SetChain(block, sheet)
        case Picture():
            return SetPicture(block, sheet)
        case Space():
            return SetSpace(block)
