"""A cover that is spread over its page: in a Word file its spaces are as high as the paper engine makes them."""

from dataclasses import replace

from itadesk.documents.paper.blocks import SetSpace, place_section
from itadesk.documents.paper.page import CM, Sheet
from itadesk.documents.paper.setting import set_blocks
from itadesk.documents.tree import Section, Space

_RESERVE = 0.15
"""What is left empty, as a share of the rest's height: another font, another word, and all is still on one page."""


def spread(section: Section, sheet: Sheet) -> Section:
    """The section, those of its spaces higher that stretch. `sheet` has begun the section."""
    if not any(block.stretch for block in section.blocks if isinstance(block, Space)):
        return section
    placed = set_blocks(section.blocks, sheet)
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
