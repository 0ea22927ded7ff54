"""One report to be made: everything it is made of as it stood when it was asked for, so that a worker can make it."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from itadesk.documents import pdf
from itadesk.documents.compose import compose
from itadesk.documents.layout import Layout, TablePart
from itadesk.documents.paper.families import Family
from itadesk.documents.tree import DocumentTree, Section, Table
from itadesk.documents.writers import WRITERS
from itadesk.domain.model import Document
from itadesk.domain.snapshot import Snapshot
from itadesk.ui.session import FileSession


class Made(NamedTuple):
    """A report that was made."""

    tree: DocumentTree
    family: Family
    pdf: bytes


_SAMPLE = 15
"""Rows of a table that a small preview shows."""


@dataclass(frozen=True)
class ReportJob:
    """Nothing of it changes while a worker reads it. Calling it gives the PDF; it may raise UserError.

    `before`: a report made earlier. Where it says the very same, its bytes are given again.
    """

    snapshot: Snapshot
    layout: Layout
    document: Document
    family: Family
    emblem: bytes | None
    logo: bytes | None
    before: "Made | None" = None

    @classmethod
    def of(
        cls,
        session: FileSession,
        layout: Layout,
        document: Document,
        family: Family,
        before: Made | None = None,
    ) -> "ReportJob":
        office = session.snapshot.office
        emblem, logo = (session.attachment(sha) if sha else None for sha in (office.emblem, office.logo))
        return cls(session.snapshot, layout, document, family, emblem, logo, before)

    @cached_property
    def tree(self) -> DocumentTree:
        """What the report says; composed once, by whoever asks first."""
        return self._composed(names=True)

    def _composed(self, *, names: bool) -> DocumentTree:
        return compose(
            self.snapshot,
            self.layout,
            self.document,
            emblem=self.emblem,
            logo=self.logo,
            names=names,
        )

    def __call__(self) -> bytes:
        if self.before and (self.before.tree, self.before.family) == (self.tree, self.family):
            return self.before.pdf
        return pdf.write(self.tree, self.family)

    def written(self, ending: str, *, names: bool = True) -> bytes:
        """The report as a file of that ending; without `names` nobody is named."""
        return WRITERS[ending](self.tree if names else self._composed(names=False), self.family)

    @property
    def is_table_only(self) -> bool:
        """Whether every printed section has a table: Excel then leaves none out."""
        printed = self.layout.printed(self.document.sections)
        return all(any(isinstance(part, TablePart) for part in section.parts) for section in printed)

    def sample(self) -> bytes:
        """A short PDF whose first page shows what the report looks like: that of its first table, or its first."""
        tree = self.tree
        section = next((item for item in tree.sections if _tables(item)), tree.sections[0])
        blocks = [
            replace(block, rows=block.rows[:_SAMPLE]) if isinstance(block, Table) else block
            for block in section.blocks
        ]
        return pdf.write(replace(tree, sections=(replace(section, blocks=tuple(blocks)),)), self.family)


def _tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]
