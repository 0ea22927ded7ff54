"""Write a DocumentTree, or several of them one after the other, as a PDF file with the Thai paper engine."""

from collections.abc import Sequence
from datetime import datetime

from itadesk.documents.paper import families
from itadesk.documents.paper.blocks import place_section
from itadesk.documents.paper.families import Family
from itadesk.documents.paper.page import Sheet
from itadesk.documents.paper.pdfa import ArchiveCanvas
from itadesk.documents.paper.setting import set_blocks
from itadesk.documents.paper.text import Typesetter, one_line
from itadesk.documents.tree import DocumentTree


def write(tree: DocumentTree, family: Family | None = None, *, created: datetime | None = None) -> bytes:
    """The report as a PDF file, set in `family` or else in the shipped one; its outline has the titled sections.

    `created` (now when None) is the file's date; with a fixed one equal trees give equal bytes. UserError for a font
    or a picture that cannot be used.
    """
    file = _File(tree.title, tree.author, family, created)
    file.add(tree)
    return file.finish()


def write_all(
    trees: Sequence[DocumentTree],
    title: str,
    family: Family | None = None,
    *,
    created: datetime | None = None,
) -> bytes:
    """Several reports in one PDF file, each with page numbers of its own, and an outline entry above its sections'."""
    authors = dict.fromkeys(tree.author for tree in trees if tree.author)
    file = _File(title, ", ".join(authors), family, created)
    for tree in trees:
        if tree.sections:
            file.bookmark(tree.title)
            file.add(tree, level=1)
    return file.finish()


class _File:
    """A PDF file that reports are added to; they share its fonts."""

    def __init__(self, title: str, author: str, family: Family | None, created: datetime | None) -> None:
        self._typesetter = Typesetter(family or families.family())
        moment = created or datetime.now().astimezone()
        self._canvas = ArchiveCanvas(one_line(title), one_line(author), moment)

    def bookmark(self, title: str, level: int = 0) -> None:
        """An entry of the outline for the page that comes next."""
        self._canvas.bookmark(one_line(title), level)

    def add(self, tree: DocumentTree, level: int = 0) -> None:
        """The report's pages; its titled sections stand in the outline at this level."""
        sheet = Sheet(self._typesetter, self._canvas, thai=tree.thai_digits, footer=tree.footer)
        for section in tree.sections:
            if section.title:
                self.bookmark(section.title, level)
            sheet.begin(section)
            place_section(set_blocks(section.blocks, sheet), sheet)
            sheet.close_page()
        sheet.number_pages()

    def finish(self) -> bytes:
        return self._canvas.finish(self._typesetter.fonts)
