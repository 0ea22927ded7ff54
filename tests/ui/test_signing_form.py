"""The paper followed: printed, signed, scanned; later changes are flagged, and what was signed can be had again."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from ui.report_steps import answer, paper, shown, take_new_report, words
from ui.window import message

from itadesk.documents.tree_json import LIMIT
from itadesk.domain.model import Document, Measure, Printout
from itadesk.domain.short_code import short_code
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.report_job import ReportJob
from itadesk.ui.sign_dialog import SignDialog
from itadesk.ui.thai_text import BREAK


@pytest.fixture
def session(example):
    take_new_report(example)
    return example


class Clock:
    """What the computer's clock shows."""

    def __init__(self) -> None:
        self.now = dt.datetime(2025, 3, 30, 9, 30)

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def page(qtbot, session, clock):
    page = shown(qtbot, session, clock)
    page.tabs.setCurrentIndex(page.forms.index(page.signing))
    return page


def save(qtbot, page, target) -> None:
    def choose(dialog: QFileDialog) -> None:
        dialog.selectFile(str(target))
        dialog.accept()

    count = len(page.current._session.snapshot.all(Printout))
    answer(QFileDialog, choose)
    page.saving.pdf.trigger()
    qtbot.waitUntil(lambda: len(page.current._session.snapshot.all(Printout)) > count)


def fill(page, act) -> None:
    """Open the dialog and act in it."""
    answer(SignDialog, act)
    page.signing.sign.click()


def ok(dialog: SignDialog) -> None:
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()


def sign(qtbot, page, clock, scan=None, which=0) -> None:
    """The next day the paper comes back signed."""
    clock.now = dt.datetime(2025, 4, 1, 16, 0)

    def act(dialog: SignDialog) -> None:
        dialog.date.setText("31/3/2568")
        dialog.printouts.setCurrentIndex(which)
        if scan:
            dialog.take_scan(scan)
        ok(dialog)

    fill(page, act)
    page.signing._session.tasks.wait()


def document(page) -> Document:
    assert page.current.document is not None
    return page.current.document


def change(session, text: str) -> None:
    measure = session.snapshot.children(Measure, session.fiscal_year.id)[0]
    session.edit("title", operations.set_field, Measure, measure.id, "title", text)


def test_before_it_is_printed_nothing_can_be_signed(page):
    assert "Not printed yet" in page.signing.state.text()
    assert not page.signing.sign.isEnabled()


def test_a_saved_pdf_counts_as_paper(qtbot, page, session, clock, tmp_path):
    steps = session.undo_stack.count()
    save(qtbot, page, tmp_path / "a.pdf")
    (printout,) = session.snapshot.children(Printout, document(page).id)
    assert session.undo_stack.count() == steps + 1
    assert printout.printed_at == clock.now
    assert page.signing.sign.isEnabled()


def test_a_report_too_large_to_be_kept_is_told_and_not_noted(page, session):
    job = ReportJob.of(session, page.current.layout, document(page), page.fonts.currentData())
    page.current.note_paper(replace(job, emblem=bytes(LIMIT)))
    assert "too large" in message()
    assert session.snapshot.all(Printout) == {}


def test_signed_changed_flagged_and_printed_again_as_it_was_signed(qtbot, page, session, clock, tmp_path):
    save(qtbot, page, tmp_path / "a.pdf")
    sign(qtbot, page, clock)
    assert document(page).signed_on == dt.date(2025, 3, 31)
    assert "31 มีนาคม 2568" in page.signing.state.text()
    assert not page.signing.changes.isVisible()

    change(session, "มาตรการที่แก้ภายหลัง")
    qtbot.waitUntil(lambda: "Changed after signing" in page.signing.state.text().replace(BREAK, ""))
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


def test_signing_can_be_taken_back_and_undone(qtbot, page, session, clock, tmp_path):
    save(qtbot, page, tmp_path / "a.pdf")
    sign(qtbot, page, clock)
    page.signing.unsign.click()
    assert document(page).signed_on is None
    session.undo()
    assert document(page).signed_on == dt.date(2025, 3, 31)
    session.undo()
    assert document(page).signed_on is None
    assert page.signing.sign.isEnabled()


def test_the_scan_is_kept_with_the_file(qtbot, page, session, clock, tmp_path):
    scan = tmp_path / "สแกน.png"
    Image.new("L", (80, 120), 230).save(scan)
    save(qtbot, page, tmp_path / "a.pdf")
    sign(qtbot, page, clock, scan)
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


def test_what_is_no_scan_is_refused_when_it_is_picked(qtbot, page, session, clock, tmp_path):
    wrong = tmp_path / "สแกน.pdf"
    wrong.write_bytes(b"MZ")
    save(qtbot, page, tmp_path / "a.pdf")
    told = []

    def act(dialog: SignDialog) -> None:
        dialog.take_scan(wrong)
        told.append((message(), dialog.scan))
        dialog.reject()

    fill(page, act)
    assert told == [("The scan is neither a PDF file nor a PNG or JPEG picture.", None)]
    assert document(page).signed_on is None


def faults(qtbot, page, clock, *dates: str) -> list[str]:
    """What the dialog says to each date when it is to be left, after the one before."""
    told = []

    def act(dialog: SignDialog) -> None:
        for date in dates:
            dialog.date.setText(date)
            ok(dialog)
            assert dialog.fault.isVisible()
            assert dialog.fault.height() >= dialog.fault.heightForWidth(dialog.fault.width())
            told.append(dialog.fault.text().replace(BREAK, ""))
        dialog.date.setText("31/3/2568")
        assert not dialog.fault.isVisible()
        dialog.reject()

    clock.now = dt.datetime(2025, 4, 1, 16, 0)
    fill(page, act)
    return told


def test_a_date_on_which_it_cannot_have_been_signed_is_refused(qtbot, page, clock, tmp_path):
    save(qtbot, page, tmp_path / "a.pdf")
    assert faults(qtbot, page, clock, "31/2/2568", "29/3/2568", "2/4/2568") == [
        "Type day, month and year, such as 31/3/2568 or 31 มี.ค. 68.",
        "It was printed on 30 มีนาคม 2568 and cannot have been signed before.",
        "This day is still to come.",
    ]


def test_of_several_printouts_the_clerk_says_which_was_signed(qtbot, page, session, clock, tmp_path):
    save(qtbot, page, tmp_path / "a.pdf")
    change(session, "มาตรการที่แก้ภายหลัง")
    clock.now = dt.datetime(2025, 3, 30, 14, 5)
    save(qtbot, page, tmp_path / "b.pdf")
    offered = []

    def look(dialog: SignDialog) -> None:
        box = dialog.printouts
        offered.extend(box.itemText(at) for at in range(box.count()))
        assert box.isVisible()
        assert box.currentIndex() == 0
        dialog.reject()

    fill(page, look)
    first, second = session.snapshot.children(Printout, document(page).id)
    assert offered == [
        f"30 มีนาคม 2568 at 14:05 · code {short_code(second.code)}",
        f"30 มีนาคม 2568 at 09:30 · code {short_code(first.code)}",
    ]
    sign(qtbot, page, clock, which=1)
    first, second = session.snapshot.children(Printout, document(page).id)
    assert (first.signed, second.signed) == (True, False)
    kept = session.attachment(first.pdf)
    assert words(kept) == words((tmp_path / "a.pdf").read_bytes())
    qtbot.waitUntil(lambda: "Changed after signing" in page.signing.state.text().replace(BREAK, ""))
    # The later one may be signed as well.
    sign(qtbot, page, clock)
    assert session.snapshot.children(Printout, document(page).id)[1].signed
    assert not page.signing.sign.isEnabled()


def test_a_printing_undone_while_the_copy_is_made_is_told(qtbot, page, session, clock, tmp_path):
    save(qtbot, page, tmp_path / "a.pdf")

    def act(dialog: SignDialog) -> None:
        ok(dialog)
        session.undo()

    fill(page, act)
    session.tasks.wait()
    assert "not in the file any more" in message()
    assert session.snapshot.all(Printout) == {}


def test_one_printout_is_just_told(qtbot, page, clock, tmp_path):
    save(qtbot, page, tmp_path / "a.pdf")
    visible = []

    def look(dialog: SignDialog) -> None:
        visible.append(dialog.printouts.isVisible())
        dialog.reject()

    fill(page, look)
    assert visible == [False]


def test_a_font_that_is_gone_is_told(qtbot, page, session, clock, tmp_path):
    save(qtbot, page, tmp_path / "a.pdf")
    (printout,) = session.snapshot.all(Printout)
    session.edit("font", lambda edit: edit.update(replace(the_paper(session, printout), family="TH Niramit")))
    sign(qtbot, page, clock)
    assert "TH Niramit" in message()
    assert session.attachment(the_paper(session, printout).pdf).startswith(b"%PDF-")


def the_paper(session, printout_id: str) -> Printout:
    return session.snapshot.all(Printout)[printout_id]


def test_what_does_not_fit_its_code_is_told_as_damaged_and_not_signed(qtbot, page, session, clock, tmp_path):
    save(qtbot, page, tmp_path / "a.pdf")
    (printout,) = session.snapshot.all(Printout)
    session.edit("code", lambda edit: edit.update(replace(the_paper(session, printout), code="0" * 64)))
    qtbot.waitUntil(lambda: "is damaged in the file" in page.signing.state.text().replace(BREAK, ""))
    sign(qtbot, page, clock)
    assert "is damaged in the file" in message()
    assert document(page).signed_on is None
    assert page.signing.sign.isEnabled()


def test_the_tab_is_marked_while_the_report_says_otherwise(qtbot, page, session, clock, tmp_path):
    def marked() -> bool:
        return not page.tabs.tabIcon(page.forms.index(page.signing)).isNull()

    save(qtbot, page, tmp_path / "a.pdf")
    change(session, "ก่อนลงนาม")
    qtbot.waitUntil(lambda: "Changed since" in page.signing.state.text().replace(BREAK, ""))
    assert not marked()
    session.undo()
    qtbot.waitUntil(lambda: "Changed since" not in page.signing.state.text().replace(BREAK, ""))
    sign(qtbot, page, clock)
    assert not marked()
    change(session, "หลังลงนาม")
    qtbot.waitUntil(marked)
    session.undo()
    qtbot.waitUntil(lambda: not marked())


def test_the_scan_is_opened_from_a_copy_of_a_harmless_name(
    qtbot, page, session, clock, tmp_path, monkeypatch
):
    opened = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True
    )
    scan = tmp_path / "สแกน.png"
    Image.new("L", (80, 120), 230).save(scan)
    save(qtbot, page, tmp_path / "a.pdf")
    sign(qtbot, page, clock, scan)
    session.edit("name", operations.set_field, Document, document(page).id, "scan_name", "../../evil.desktop")
    page.signing.open_scan.click()
    assert [path.name for path in opened] == ["evil.desktop.png"]
    assert opened[0].read_bytes() == scan.read_bytes()


def test_on_a_small_screen_the_buttons_stand_in_sight_above_the_list(qtbot, page, session, clock, tmp_path):
    save(qtbot, page, tmp_path / "a.pdf")
    sign(qtbot, page, clock)
    for measure in session.snapshot.children(Measure, session.fiscal_year.id):
        session.edit("title", operations.set_field, Measure, measure.id, "title", "มาตรการที่แก้")
    form = page.signing
    qtbot.waitUntil(form.changes.isVisible)
    form.changes.verticalScrollBar().setValue(10_000)
    page.resize(1366, 560)
    for button in (form.sign, form.unsign, form.scan, form.open_scan, form.save_signed, form.print_signed):
        assert button.visibleRegion().boundingRect() == button.rect()
        assert button.geometry().bottom() < form.changes.geometry().top()
    page.resize(900, 560)
    assert form.state.height() >= form.state.heightForWidth(form.state.width())


def test_a_scan_that_nothing_opens_is_told_and_can_be_changed(qtbot, page, clock, tmp_path, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    first, second = (tmp_path / f"{name}.png" for name in ("หนึ่ง", "สอง"))
    for path, grey in ((first, 230), (second, 10)):
        Image.new("L", (80, 120), grey).save(path)
    save(qtbot, page, tmp_path / "a.pdf")
    sign(qtbot, page, clock, first)
    page.signing.open_scan.click()
    assert "หนึ่ง.png" in message()
    assert page.signing.scan.text() == "Change the scan…"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(second), ""))
    page.signing.scan.click()
    assert document(page).scan_name == "สอง.png"


def test_what_was_signed_is_offered_under_the_name_of_the_report(qtbot, page, session, clock, tmp_path):
    save(qtbot, page, tmp_path / "a.pdf")
    sign(qtbot, page, clock)
    offered = []

    def look(dialog: QFileDialog) -> None:
        offered.extend(Path(name).name for name in dialog.selectedFiles())
        dialog.reject()

    answer(QFileDialog, look)
    page.signing.save_signed.click()
    assert offered == [f"{page.saving.suggested_name('signed')}.pdf"]
    assert str(session.fiscal_year.year) in offered[0]
