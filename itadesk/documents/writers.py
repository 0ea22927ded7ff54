"""The writers of a DocumentTree by the ending of the file: each is loaded when it is first asked for."""

from collections.abc import Callable, Mapping

from itadesk.documents.paper.families import Family
from itadesk.documents.tree import DocumentTree


def _pdf(tree: DocumentTree, family: Family | None) -> bytes:
    from itadesk.documents import pdf

    return pdf.write(tree, family)


def _docx(tree: DocumentTree, family: Family | None) -> bytes:
    from itadesk.documents import docx

    del family  # Word shows the official font, which it names
    return docx.write(tree)


def _xlsx(tree: DocumentTree, family: Family | None) -> bytes:
    from itadesk.documents import xlsx

    del family
    return xlsx.write(tree)


WRITERS: Mapping[str, Callable[[DocumentTree, Family | None], bytes]] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".xlsx": _xlsx,
}
"""File ending -> what writes a report so. UserError for what cannot be written."""
