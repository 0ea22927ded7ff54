"""The paper followed: printed, signed, scanned; later changes are flagged, and what was signed can be had again."""

import datetime as dt
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from ui.example_office import example_file
from ui.report_steps import answer, paper, shown, take_new_report, words
from ui.window import message

from itadesk.documents.tree_json import LIMIT
from itadesk.domain.model import Document, Measure, Printout
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.report_job import ReportJob
from itadesk.ui.session import FileSession
from itadesk.ui.sign_dialog import SignDialog


@pytest.fixture
def session(qtbot, tmp_path, data):
    session = FileSession(example_file(tmp_path))
    take_new_report(session)
    yield session
    session.close()


@pytest.fixture
def page(qtbot, session):
    page = shown(qtbot, session)
    page.tabs.setCurrentIndex(page.forms.index(page.signing))
    return page


def save(qtbot, page, target) -> None:
    def choose(dialog: QFileDialog) -> None:
        dialog.selectFile(str(target))
        dialog.accept()

    answer(QFileDialog, choose)
    page.saving.pdf.trigger()
    qtbot.waitUntil(lambda: page.signing.paper is not None)


def sign(qtbot, page, scan=None) -> None:
    def fill(dialog: SignDialog) -> None:
        dialog.date.setText("31/3/2568")
        dialog.scan = scan
        dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()

    answer(SignDialog, fill)
    page.signing.sign.click()


def document(page) -> Document:
    assert page.current.document is not None
    return page.current.document


def change(session, text: str) -> None:
    measure = session.snapshot.children(Measure, session.fiscal_year.id)[0]
    session.edit("title", operations.set_field, Measure, measure.id, "title", text)


def test_before_it_is_printed_nothing_can_be_signed(page):
    assert "Not printed yet" in page.signing.state.text()
    assert not page.signing.sign.isEnabled()


def test_a_saved_pdf_counts_as_paper(qtbot, page, session, tmp_path):
    steps = session.undo_stack.count()
    save(qtbot, page, tmp_path / "a.pdf")
    (printout,) = session.snapshot.children(Printout, document(page).id)
    assert session.undo_stack.count() == steps + 1
    assert printout.printed_at.date() == dt.date.today()
    assert page.signing.sign.isEnabled()


def test_a_report_too_large_to_be_kept_is_told_and_not_noted(page, session):
    job = ReportJob.of(session, page.current.layout, document(page), page.fonts.currentData())
    page.current.note_paper(replace(job, emblem=bytes(LIMIT)))
    assert "too large" in message()
    assert session.snapshot.all(Printout) == {}


def test_signed_changed_flagged_and_printed_again_as_it_was_signed(qtbot, page, session, tmp_path):
    save(qtbot, page, tmp_path / "a.pdf")
    sign(qtbot, page)
    assert document(page).signed_on == dt.date(2025, 3, 31)
    assert "31 มีนาคม 2568" in page.signing.state.text()
    assert not page.signing.changes.isVisible()

    change(session, "มาตรการที่แก้ภายหลัง")
    qtbot.waitUntil(lambda: "Changed after signing" in page.signing.state.text())
    assert "มาตรการที่แก้ภายหลัง" in page.signing.changes.toPlainText()

    target = tmp_path / "signed.pdf"

    def choose(dialog: QFileDialog) -> None:
        dialog.selectFile(str(target))
        dialog.accept()

    answer(QFileDialog, choose)
    page.signing.save_signed.click()
    qtbot.waitUntil(target.exists)
    assert words(target.read_bytes()) == words((tmp_path / "a.pdf").read_bytes())
    assert "มาตรการที่แก้ภายหลัง" in words(paper(qtbot, page))

    session.undo()
    qtbot.waitUntil(lambda: "Changed after signing" not in page.signing.state.text())


def test_signing_can_be_taken_back_and_undone(qtbot, page, session, tmp_path):
    save(qtbot, page, tmp_path / "a.pdf")
    sign(qtbot, page)
    page.signing.unsign.click()
    assert document(page).signed_on is None
    session.undo()
    assert document(page).signed_on == dt.date(2025, 3, 31)
    session.undo()
    assert document(page).signed_on is None
    assert page.signing.sign.isEnabled()


def test_the_scan_is_kept_with_the_file(qtbot, page, session, tmp_path):
    scan = tmp_path / "สแกน.png"
    Image.new("L", (80, 120), 230).save(scan)
    save(qtbot, page, tmp_path / "a.pdf")
    sign(qtbot, page, scan)
    assert "สแกน.png" in page.signing.state.text()
    assert page.signing.open_scan.isEnabled()
    session.publish_now()
    session.tasks.wait()
    looking = OfficeFile.view(session.path, user="ก")
    kept = looking.snapshot.get(Document, document(page).id)
    assert kept is not None
    assert kept.scan is not None
    assert looking.attachment(kept.scan) == scan.read_bytes()
    looking.close()


def test_what_is_no_scan_is_refused_and_nothing_is_signed(qtbot, page, session, tmp_path):
    wrong = tmp_path / "สแกน.pdf"
    wrong.write_bytes(BytesIO(b"MZ").getvalue())
    save(qtbot, page, tmp_path / "a.pdf")
    steps = session.undo_stack.count()
    sign(qtbot, page, wrong)
    assert document(page).signed_on is None
    assert session.undo_stack.count() == steps


def test_the_scan_is_opened_from_a_copy_of_a_harmless_name(qtbot, page, session, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    scan = tmp_path / "สแกน.png"
    Image.new("L", (80, 120), 230).save(scan)
    save(qtbot, page, tmp_path / "a.pdf")
    sign(qtbot, page, scan)
    session.edit("name", operations.set_field, Document, document(page).id, "scan_name", "../../evil.desktop")
    page.signing.open_scan.click()
    assert [path.name for path in opened] == ["scan.pdf"]
    assert opened[0].read_bytes() == scan.read_bytes()
