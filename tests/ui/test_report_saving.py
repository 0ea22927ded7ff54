"""Ways out of the report page: Word, Excel, the version for the website, all reports of the round in one PDF."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from PySide6.QtWidgets import QFileDialog
from ui.report_steps import answer, shown, words

from itadesk.domain.model import Measure, Signatory
from itadesk.ui.report_files import ReportsDialog
from itadesk.ui.session import FileSession


@pytest.fixture
def session(example):
    return example


@pytest.fixture
def page(qtbot, session):
    return shown(qtbot, session)


def choosing(path: Path) -> Callable[[QFileDialog], None]:
    def choose(dialog: QFileDialog) -> None:
        dialog.selectFile(str(path))
        dialog.accept()

    return choose


def titles(session: FileSession) -> list[str]:
    year = session.fiscal_year
    assert year is not None
    return [" ".join(row.title.split()) for row in session.snapshot.children(Measure, year.id)]


def test_the_word_file_holds_every_measure(qtbot, page, session, tmp_path):
    target = tmp_path / "รายงาน.docx"
    answer(QFileDialog, choosing(target))
    page.saving.word.trigger()
    qtbot.waitUntil(target.exists)
    tables = docx.Document(BytesIO(target.read_bytes())).tables
    text = "".join(cell.text for table in tables for row in table.rows for cell in row.cells)
    for title in titles(session):
        assert "".join(title.split())[4:] in "".join(text.split())


def test_the_excel_file_holds_every_measure(qtbot, page, session, tmp_path):
    target = tmp_path / "รายงาน.xlsx"
    answer(QFileDialog, choosing(target))
    page.saving.excel.trigger()
    qtbot.waitUntil(target.exists)
    book = openpyxl.load_workbook(target)
    text = "".join(str(value) for sheet in book for row in sheet.values for value in row if value)
    for title in titles(session):
        assert "".join(title.split())[4:] in "".join(text.split())


def test_the_pdf_for_the_website_names_nobody(qtbot, page, session, tmp_path):
    target = tmp_path / "เว็บไซต์.pdf"
    answer(QFileDialog, choosing(target))
    page.saving.website.trigger()
    qtbot.waitUntil(target.exists)
    names = {row.name for row in session.snapshot.all(Signatory).values() if row.name}
    assert names
    text = words(target.read_bytes())
    assert not [name for name in names if "".join(name.split()) in text]


def test_all_reports_of_the_round_stand_in_one_pdf_each_under_its_bookmark(qtbot, page, session, tmp_path):
    target = tmp_path / "ทั้งหมด.pdf"

    def tick(dialog: ReportsDialog) -> None:
        assert dialog.names() == ["memo"]
        for row in (0, 1):
            dialog.list.item(row).setCheckState(dialog.list.item(2).checkState())
        answer(QFileDialog, choosing(target))
        dialog.accept()

    answer(ReportsDialog, tick)
    page.saving.all.trigger()
    qtbot.waitUntil(target.exists)
    with pypdfium2.PdfDocument(target.read_bytes()) as document:
        outline = [(item.level, item.get_title()) for item in document.get_toc()]
    assert [level for level, _title in outline].count(0) == 3
    assert len(outline) > 3
