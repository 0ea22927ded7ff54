"""Write a DocumentTree as a Word file that a clerk goes on editing, looking like the PDF."""

from dataclasses import replace
from datetime import datetime

from itadesk.documents.docx_memo import memo_head
from itadesk.documents.docx_package import DocxPackage, inline
from itadesk.documents.docx_pages import PageSetup
from itadesk.documents.docx_signatures import signatures
from itadesk.documents.docx_spread import spread
from itadesk.documents.docx_table import report_table
from itadesk.documents.docx_text import Form, blank, flow, paragraph, tiny
from itadesk.documents.paper import families
from itadesk.documents.paper.columns import equal_columns
from itadesk.documents.paper.page import CM, Sheet
from itadesk.documents.paper.pdfa import ArchiveCanvas
from itadesk.documents.paper.text import Typesetter
from itadesk.documents.tree import (
    DocumentTree,
    MemoHead,
    Paragraph,
    Picture,
    Section,
    SignatureChain,
    Space,
    Table,
)

_INDENTED = 0.8
"""The most of the width that an indent may take."""


def write(tree: DocumentTree, *, created: datetime | None = None) -> bytes:
    """The report as a Word file. `created` (now when None) is its date; with a fixed one equal trees give equal bytes.

    UserError for a picture that is none.
    """
    tree = tree if tree.sections else replace(tree, sections=(Section(()),))
    package = DocxPackage(tree.title, tree.author, created)
    sheet = _measuring_sheet(tree)
    pages = PageSetup(tree, sheet, package)
    body: list[str] = []
    for at, section in enumerate(tree.sections):
        sheet.begin(section)
        body.append(_Blocks(spread(section, sheet), sheet, package).xml())
        properties, bookmark = pages.section(at), pages.bookmark(at)
        # The last section's properties stand behind its text, those of others in their last paragraph.
        last = at + 1 == len(tree.sections)
        body.append(tiny(content=bookmark) + properties if last else tiny(properties, bookmark))
    return package.finish("".join(body))


def _measuring_sheet(tree: DocumentTree) -> Sheet:
    """A sheet of the paper engine: it knows the widths that the PDF has. What is drawn on it is thrown away."""
    canvas = ArchiveCanvas("", "", datetime.now())
    return Sheet(Typesetter(families.family()), canvas, thai=tree.thai_digits, footer=tree.footer)


class _Blocks:
    """The blocks of one section."""

    def __init__(self, section: Section, sheet: Sheet, package: DocxPackage) -> None:
        self._blocks = equal_columns(section.blocks, sheet)
        self._title = section.title
        self._sheet = sheet
        self._package = package

    def xml(self) -> str:
        return "".join(self._xml(at) for at in range(len(self._blocks)))

    def _xml(self, at: int) -> str:
        kept = self._kept(at)
        match self._blocks[at]:
            case Paragraph() as block:
                return self._paragraph(block, at, keep_with_next=kept)
            case Table() as block:
                table = report_table(block, self._sheet, keep_with_next=kept)
                return table + tiny(keep_with_next=kept) if table else ""
            case Space() as block:
                return blank(block.height * CM, keep_with_next=kept)
            case Picture() as block:
                return self._picture(block, keep_with_next=kept)
            case MemoHead() as block:
                return memo_head(block, self._sheet, self._package, keep_with_next=kept)
            case SignatureChain() as block:
                chain = signatures(block, self._sheet, keep_with_next=kept)
                return chain + tiny(keep_with_next=kept) if block.columns > 1 else chain

    def _kept(self, at: int) -> bool:
        """Must the block end on the page where the next one begins? Signatories stand on no page alone."""
        block, after = self._blocks[at], self._blocks[at + 1 : at + 2]
        if isinstance(block, Paragraph) and block.keep_with_next:
            return True
        match after:
            case (SignatureChain(),):
                return True
            case (Space(),):
                return self._kept(at + 1)
            case _:
                return False

    def _paragraph(self, block: Paragraph, at: int, *, keep_with_next: bool) -> str:
        width = self._sheet.width
        left = min(block.left * CM, width * _INDENTED)
        form = Form(
            block.align,
            block.size,
            left=left,
            first=min(block.indent * CM, (width - left) * _INDENTED),
            before=block.space_before * CM if at else 0,
            keep_with_next=keep_with_next,
            whole=block.keep_with_next,
            heading=not at and bool(self._title) and all(run.bold for run in block.runs),
        )
        return flow(block.runs, form)

    def _picture(self, block: Picture, *, keep_with_next: bool) -> str:
        """In the middle of the line, made smaller when it is larger than the page."""
        picture = self._package.add_picture(block)
        height = min(block.height * CM, self._sheet.page_room, self._sheet.width / picture.shape)
        return paragraph(inline(picture, height), Form("center", keep_with_next=keep_with_next))
