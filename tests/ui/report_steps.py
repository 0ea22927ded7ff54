"""Steps of the tests of the report page: open it, read its paper, write into its forms."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pypdfium2
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit
from ui.keyboard import type_text

from itadesk.domain.model import Document
from itadesk.storage import operations
from itadesk.ui.document_form import DocumentForm
from itadesk.ui.report_page import ReportPage
from itadesk.ui.session import FileSession


def shown(
    qtbot: Any, session: FileSession, now: Callable[[], dt.datetime] = lambda: dt.datetime(2026, 4, 1, 9, 30)
) -> ReportPage:
    """The report page on screen, its first report made."""
    page = ReportPage(session, now)
    page.resize(1300, 680)
    qtbot.addWidget(page)
    with qtbot.waitActive(page), qtbot.waitSignal(page.maker.made):
        page.show()
        page.activateWindow()
    return page


def take_new_report(session: FileSession) -> None:
    """Take a fiscal year and round in hand whose report is not stored yet."""
    year = session.snapshot.fiscal_years[0]
    for document in session.snapshot.children(Document, year.id):
        session.edit("delete", operations.delete_row, Document, document.id)
    session.set_place(year.id, 6)


def form(page: ReportPage, kind: type) -> Any:
    """One of the page's forms."""
    return next(form for form in page.forms if isinstance(form, kind))


def paper(qtbot: Any, page: ReportPage) -> bytes:
    """The bytes of the report as it now stands."""
    taken: list[bytes] = []
    page.when_made(taken.append)
    qtbot.waitUntil(lambda: bool(taken))
    return taken[0]


def words(pdf: bytes) -> str:
    """The text of all pages, without blanks."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = "".join(document[index].get_textpage().get_text_bounded() for index in range(len(document)))
    return "".join(text.split())


def stored(session: FileSession) -> list[Document]:
    """The documents of the fiscal year in hand."""
    year = session.fiscal_year
    return [] if year is None else session.snapshot.children(Document, year.id)


def write(page: ReportPage, name: str, text: str) -> None:
    """Type into a field of the paper's own facts; it is not stored yet."""
    line: Any = form(page, DocumentForm).form.editors[name].findChild(QLineEdit)
    line.setFocus()
    line.selectAll()
    type_text(line, text)


def answer(dialog: type, act) -> None:
    """When a dialog of this class opens, `act` on it."""

    def look() -> None:
        widget = QApplication.activeModalWidget()
        if isinstance(widget, dialog):
            act(widget)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)
