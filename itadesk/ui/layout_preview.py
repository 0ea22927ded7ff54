"""The office's own report in the layout being edited, made anew in the background after each change."""

from contextlib import closing
from dataclasses import replace

from pypdfium2 import PdfDocument
from PySide6.QtCore import QTimer

from itadesk.documents.layout import Layout
from itadesk.documents.paper.families import families
from itadesk.domain.model import Document
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import preferences
from itadesk.ui.preview_pane import PreviewPane
from itadesk.ui.report_job import ReportJob
from itadesk.ui.report_maker import ReportMaker
from itadesk.ui.session import FileSession

_PAUSE = 120
"""Milliseconds after a change before the report is made anew: several changes at once make it once."""


class LayoutPreview(PreviewPane):
    """Every section of the layout is shown, also those that a report may be printed without."""

    def __init__(self, session: FileSession, document: Document | None) -> None:
        self.maker = ReportMaker(session.tasks, session)
        super().__init__(self.maker)
        self.maker.setParent(self)
        self._session = session
        self._document = document
        self._layout: Layout | None = None
        self._wanted: int | None = None
        self._pages: list[int] = []
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._make)
        self.maker.made.connect(self._find_pages)

    def show_layout(self, layout: Layout) -> None:
        """Make the report with this layout and the data as they stand now."""
        self._layout = layout
        self._timer.start()

    def go_to_section(self, section: int) -> None:
        """Bring the first page of a section into view, now or when the report is there."""
        self._wanted = section
        if self._pages and not self.waiting_to_make and not self.maker.busy:
            self._go()

    @property
    def waiting_to_make(self) -> bool:
        """A change has not been given to the maker yet."""
        return self._timer.isActive()

    def finish(self) -> None:
        """Make nothing more."""
        self._timer.stop()

    def _make(self) -> None:
        layout, document = self._layout, self._document
        if layout is None or document is None:
            self.clear(
                UserError(_("There is no fiscal year yet."), _("Add one, then there is a report to show."))
            )
            return
        stored = self._session.snapshot.get(Document, document.id) or document
        sections = " ".join(section.name for section in layout.sections)
        shown = replace(stored, layout=layout.name, sections=sections)
        name = preferences.load().report_font
        offered = families()
        family = next((item for item in offered if item.name == name), offered[0])
        self.maker.ask(ReportJob.of(self._session, layout, shown, family))

    def _find_pages(self, pdf: bytes) -> None:
        assert self._layout is not None
        self._pages = section_pages(pdf, self._layout)
        self._go()

    def _go(self) -> None:
        section, self._wanted = self._wanted, None
        if section is not None and section < len(self._pages):
            self.preview.go_to(self._pages[section])


def section_pages(pdf: bytes, layout: Layout) -> list[int]:
    """The first page of each section, from 1: the outline has those with a name, another goes by the one before."""
    with closing(PdfDocument(pdf)) as document:
        marks = [mark.get_dest() for mark in document.get_toc() if mark.level == 0]
        starts = iter([(mark.get_index() or 0) + 1 for mark in marks if mark is not None])
    pages: list[int] = []
    for section in layout.sections:
        before = pages[-1] if pages else 1
        pages.append(next(starts, before) if section.title else before)
    return pages
