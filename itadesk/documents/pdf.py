"""Write a DocumentTree as a PDF file with the Thai paper engine."""

from datetime import datetime

from itadesk.documents.paper import families
from itadesk.documents.paper.blocks import Placed, SetParagraph, SetPicture, SetSpace, place_all
from itadesk.documents.paper.families import Family
from itadesk.documents.paper.memo import SetChain, SetMemoHead
from itadesk.documents.paper.page import Sheet
from itadesk.documents.paper.pdfa import ArchiveCanvas
from itadesk.documents.paper.table import SetTable
from itadesk.documents.paper.text import Typesetter, one_line
from itadesk.documents.tree import (
    Block,
    DocumentTree,
    MemoHead,
    Paragraph,
    Picture,
    SignatureChain,
    Space,
    Table,
)


def write(tree: DocumentTree, family: Family | None = None, *, created: datetime | None = None) -> bytes:
    """The report as a PDF file, set in `family` or else in the shipped one.

    `created` (now when None) is the file's date; with a fixed one equal trees give equal bytes. UserError for a font
    or a picture that cannot be used.
    """
    moment = created or datetime.now().astimezone()
    typesetter = Typesetter(family or families.family())
    canvas = ArchiveCanvas(one_line(tree.title), one_line(tree.author), moment)
    sheet = Sheet(typesetter, canvas, thai=tree.thai_digits)
    for section in tree.sections:
        sheet.begin(section)
        place_all([_set(block, sheet) for block in section.blocks], sheet)
        sheet.close_page()
    sheet.number_pages()
    return canvas.finish(typesetter.fonts)


def _set(block: Block, sheet: Sheet) -> Placed:
    """The block, laid out for the width of the sheet."""
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
