"""The report page on a real file: the preview is the real PDF, and the file and the printer get the same."""

import io
import os
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox
from ui.example_office import USER
from ui.report_steps import answer, form, paper, shown, take_new_report, words, write

from itadesk.domain.model import Document, Measure, Office, new_id
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.document_form import DocumentForm, TextsForm
from itadesk.ui.preview import page_sizes
from itadesk.ui.report_page import ReportPage
from itadesk.ui.session import FileSession
from itadesk.ui.signatories_form import SignatoriesForm


@pytest.fixture
def session(example):
    return example


@pytest.fixture
def page(qtbot, session):
    return shown(qtbot, session)


@pytest.fixture
def fresh(qtbot, session):
    """The page with a report in hand that is not stored yet."""
    take_new_report(session)
    return shown(qtbot, session)


# The preview


def test_the_preview_is_the_real_report(qtbot, page, session):
    pdf = paper(qtbot, page)
    assert "".join(session.snapshot.office.full_name.split()) in words(pdf)
    assert page.pane.preview.page_count >= 3
    assert "1" in page.pane.page_label.text()


def test_an_edit_elsewhere_is_seen_at_the_place_looked_at(qtbot, page, session):
    page.pane.preview.go_to(3)
    place = page.pane.preview.verticalScrollBar().value()
    measure = session.snapshot.children(Measure, session.fiscal_year.id)[0]
    with qtbot.waitSignal(page.maker.made):
        session.edit("title", operations.set_field, Measure, measure.id, "title", "มาตรการใหม่เอี่ยม")
    assert "มาตรการใหม่เอี่ยม" in words(paper(qtbot, page))
    assert page.pane.preview.verticalScrollBar().value() == place


def test_a_hidden_page_is_made_anew_when_it_is_shown(qtbot, page, session):
    page.hide()
    session.edit("name", operations.set_field, Office, session.snapshot.office.id, "name", "ฟ้าใส")
    assert not page.maker.busy
    with qtbot.waitSignal(page.maker.made):
        page.show()
    assert "ฟ้าใส" in words(paper(qtbot, page))


def test_another_round_is_another_report(qtbot, page, session):
    before = page.current.document
    other = 12 if session.round == 6 else 6
    with qtbot.waitSignal(page.maker.made):
        session.set_place(session.fiscal_year.id, other)
    assert page.current.document.id != before.id
    assert page.current.document.round == other


def test_pages_are_turned_and_zoomed_by_their_actions(qtbot, page):
    preview = page.pane.preview
    page.pane.forth.trigger()
    assert preview.page == 2
    page.pane.back.trigger()
    assert preview.page == 1
    before = preview.zoom
    page.pane.zoom_in.trigger()
    assert preview.zoom > before
    page.pane.fit.trigger()
    assert preview.fits_width


def test_the_menu_gets_what_the_page_can_do(page):
    assert page.saving.pdf in page.page_actions
    assert page.pane.zoom_in in page.page_actions


def test_without_a_fiscal_year_the_page_says_so(qtbot, tmp_path):
    office = Office(id=new_id(), kind="เทศบาลตำบล", name="งามดี")
    session = FileSession(OfficeFile.create(tmp_path / "empty.itadesk", [office], user=USER))
    page = ReportPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.pane.trouble.isVisible())
    assert page.pane.preview.page_count == 0
    with qtbot.waitSignal(page.maker.made):
        session.edit("year", operations.add_fiscal_year, 2568)
        session.set_place(session.snapshot.fiscal_years[0].id, 12)
    assert not page.pane.trouble.isVisible()
    session.close()


def test_a_report_that_cannot_be_made_says_why_over_the_last_one(qtbot, page, session):
    pages = page.pane.preview.page_count
    document = session.snapshot.get(Document, page.current.document.id)
    text = ("memo_closing", "จึงเรียนมา {nobody}")
    with qtbot.waitSignal(page.maker.refused):
        session.edit("text", operations.set_document_text, document.id, *text)
    assert "{nobody}" in page.pane.trouble.text()
    assert page.pane.preview.page_count == pages
    with qtbot.waitSignal(page.maker.made):
        session.undo()
    assert not page.pane.trouble.isVisible()


def test_the_emblem_of_the_office_stands_on_the_memo(qtbot, page, session):
    def pictures() -> int:
        with pypdfium2.PdfDocument(paper(qtbot, page)) as document:
            return len(list(document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])))

    assert pictures() == 0
    file = io.BytesIO()
    Image.new("RGB", (60, 60), (200, 30, 30)).save(file, "PNG")
    session.edit("emblem", operations.set_picture, "emblem", file.getvalue())
    assert pictures() == 1


# Saving and printing


def test_the_file_holds_the_bytes_of_the_preview(qtbot, page, tmp_path):
    target = tmp_path / "รายงาน.pdf"

    def choose(dialog: QFileDialog) -> None:
        assert dialog.selectedFiles() == [str(tmp_path / f"{page.saving.suggested_name()}.pdf")]
        dialog.selectFile(str(target))
        dialog.accept()

    answer(QFileDialog, choose)
    page.saving.pdf.trigger()
    qtbot.waitUntil(target.exists)
    assert target.read_bytes() == paper(qtbot, page)
    assert sorted(file.suffix for file in tmp_path.iterdir() if file.name.startswith(".itadesk-")) == []


def test_a_name_with_dots_gets_the_ending_of_a_pdf_and_writes_over_nothing(qtbot, page, tmp_path):
    told = []

    def choose(dialog: QFileDialog) -> None:
        line: Any = dialog.findChild(QLineEdit, "fileNameEdit")
        line.setText("รายงาน พ.ศ. 2565")
        dialog.accept()

    def read(box: QMessageBox) -> None:
        told.append(box.text())
        box.accept()

    target = tmp_path / "รายงาน พ.ศ. 2565.pdf"
    answer(QFileDialog, choose)
    page.save_pdf()
    qtbot.waitUntil(target.exists)
    target.write_bytes(b"mine")
    answer(QFileDialog, choose)
    page.save_pdf()
    answer(QMessageBox, read)
    qtbot.waitUntil(lambda: bool(told))
    assert target.name in told[0]
    assert target.read_bytes() == b"mine"


def test_what_is_being_typed_is_in_the_file(qtbot, fresh, tmp_path):
    target = tmp_path / "รายงาน.pdf"
    write(fresh, "subject", "เรื่องที่เพิ่งพิมพ์")

    def choose(dialog: QFileDialog) -> None:
        dialog.selectFile(str(target))
        dialog.accept()

    answer(QFileDialog, choose)
    fresh.save_pdf()
    qtbot.waitUntil(target.exists)
    assert "เรื่องที่เพิ่งพิมพ์" in words(target.read_bytes())


def test_a_report_that_cannot_be_made_is_not_saved_but_told(qtbot, page, session, tmp_path):
    session.edit("text", operations.set_document_text, page.current.document.id, "memo_closing", "{nobody}")
    told = []

    def read(box: QMessageBox) -> None:
        told.append(box.text())
        box.accept()

    page.when_made(told.append)
    answer(QMessageBox, read)
    qtbot.waitUntil(lambda: bool(told))
    assert "{nobody}" in told[0]


def test_the_suggested_name_says_what_the_file_is(page, session):
    year, office = session.fiscal_year.year, session.snapshot.office.full_name
    name = f"บันทึกข้อความ_{office}_{year}_{session.round}-month round"
    assert page.saving.suggested_name() == name
    assert page.saving.suggested_name("website") == f"{name}_website"


def test_the_next_report_is_offered_in_the_folder_of_the_last(qtbot, page, tmp_path):
    folder = tmp_path / "รายงาน"
    folder.mkdir()

    def choose(dialog: QFileDialog) -> None:
        dialog.selectFile(str(folder / "a.pdf"))
        dialog.accept()

    def look(dialog: QFileDialog) -> None:
        told.append(dialog.directory().absolutePath())
        dialog.reject()

    told: list[str] = []
    answer(QFileDialog, choose)
    page.save_pdf()
    qtbot.waitUntil((folder / "a.pdf").exists)
    answer(QFileDialog, look)
    page.saving.word.trigger()
    assert told == [str(folder)]


@pytest.mark.skipif(bool(QPrinterInfo.availablePrinterNames()), reason="this computer has a printer")
def test_without_a_printer_the_clerk_is_told_what_to_do(qtbot, page):
    told = []

    def read(box: QMessageBox) -> None:
        told.append((box.text(), box.informativeText()))
        box.accept()

    answer(QMessageBox, read)
    page.print_report()
    qtbot.waitUntil(lambda: bool(told))
    assert all(told[0])


def file_printer(path: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


@pytest.mark.skipif(sys.platform == "win32", reason="Windows prints without lp")
def test_the_print_system_gets_the_bytes_of_the_preview(qtbot, page, tmp_path, monkeypatch):
    program, printed = tmp_path / "lp", tmp_path / "printed.pdf"
    program.write_text(
        f'#!/bin/sh\nfor last; do :; done\ncp "$last" "{tmp_path}/part"\nmv "{tmp_path}/part" "{printed}"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    page.send(paper(qtbot, page), file_printer(tmp_path / "unused.pdf"), "บันทึกข้อความ")
    qtbot.waitUntil(printed.exists)
    assert printed.read_bytes() == paper(qtbot, page)


def test_without_a_print_system_the_pages_are_painted(qtbot, page, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    page.send(paper(qtbot, page), file_printer(tmp_path / "painted.pdf"), "บันทึกข้อความ")
    assert len(page_sizes((tmp_path / "painted.pdf").read_bytes())) == page.pane.preview.page_count


# Looking only


def test_a_file_for_looking_only_shows_its_report(qtbot, session):
    session.publish_now()
    session.tasks.wait()
    before = Path(session.path).read_bytes()
    looking = FileSession(OfficeFile.view(session.path, user=USER))
    page = shown(qtbot, looking)
    assert page.pane.preview.page_count >= 3
    line: Any = form(page, DocumentForm).form.editors["subject"].findChild(QLineEdit)
    assert line.isReadOnly()
    chain = form(page, SignatoriesForm)
    chain.chain.setCurrentRow(1)
    assert not any(button.isEnabled() for button in (chain.add, chain.remove, chain.up, chain.down))
    assert form(page, TextsForm).editors["score"].editor.input.isReadOnly()
    looking.close()
    assert session.path.read_bytes() == before


def test_the_page_says_which_columns_the_form_prints(page):
    printed = page.printed.text()
    assert "Follow-up" in printed
    assert "Period" not in printed


def test_until_the_first_page_is_there_the_preview_says_that_it_comes(qtbot, session):
    page = ReportPage(session)
    page.resize(1300, 680)
    qtbot.addWidget(page)
    seen: list[tuple[bool, str]] = []
    page.maker.busy_changed.connect(
        lambda _busy: seen.append((page.pane.waiting.isVisible(), page.pane.page_label.text()))
    )
    with qtbot.waitSignal(page.maker.made):
        page.show()
    assert seen[0] == (True, "")
    assert not page.pane.waiting.isVisible()
    assert page.pane.page_label.text()
