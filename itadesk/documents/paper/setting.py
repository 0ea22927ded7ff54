"""Which block of the tree is set by what."""

from collections.abc import Sequence

from itadesk.documents.paper.blocks import Placed, SetParagraph, SetPicture, SetSpace
from itadesk.documents.paper.columns import equal_columns
from itadesk.documents.paper.memo import SetMemoHead
from itadesk.documents.paper.page import Sheet
from itadesk.documents.paper.signatures import SetChain
from itadesk.documents.paper.table import SetTable
from itadesk.documents.tree import Block, MemoHead, Paragraph, Picture, SignatureChain, Space, Table


def set_blocks(blocks: Sequence[Block], sheet: Sheet) -> list[Placed]:
    """The blocks of a section that the sheet has begun."""
    return [_set_block(block, sheet) for block in equal_columns(blocks, sheet)]


def _set_block(block: Block, sheet: Sheet) -> Placed:
    """The block, laid out for the width of the sheet."""
    match block:
        case Paragraph():
            return SetParagraph(block, sheet)
        case Table() if block.columns:
            return SetTable(block, sheet)
        case MemoHead():
            return SetMemoHead(block, sheet)
        case SignatureChain() if block.blocks:
            return SetChain(block, sheet)
        case Picture():
            return SetPicture(block, sheet)
        case Space():
            return SetSpace(block)
        case Table() | SignatureChain():
            return SetSpace(Space())  # nothing to print
