"""Find and replace in the window: every place is seen before it changes, ticked or not, and one step takes it back."""

import contextlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from ui.desk import TITLES, YEAR, measure_id, rows, titles
from ui.keyboard import type_text
from ui.window import answers, entries, message

from itadesk.domain import replace
from itadesk.domain.model import (
    Document,
    DocumentText,
    Finding,
    FiscalYear,
    Measure,
    Person,
    Progress,
    Signatory,
    Unit,
)
from itadesk.domain.search import Search
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.assessment_page import AssessmentPage
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.office_page import OfficePage
from itadesk.ui.replace_dialog import ReplaceDialog
from itadesk.ui.report_page import ReportPage

OTHER = "9" * 32


@pytest.fixture
def dialog(qtbot, content, area) -> ReplaceDialog:
    QApplication.processEvents()
    qtbot.keyClick(content.window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = area.findChildren(ReplaceDialog)
    assert dialog.isVisible()
    qtbot.waitUntil(dialog.text.hasFocus)
    return dialog


def entry(content) -> QAction:
    (found,) = (entry for entry in entries(content) if entry.shortcut().toString() == "Ctrl+H")
    return found


def find(dialog: ReplaceDialog, text: str, by: str = "") -> list[str]:
    """Type what is to be found and put in its place; the lines as they read now."""
    dialog.text.clear()
    type_text(dialog.text, text)
    dialog.by.clear()
    type_text(dialog.by, by)
    dialog.look()
    return now(dialog)


def now(dialog: ReplaceDialog) -> list[str]:
    return [row.now.text for row in dialog.rows.rows]


def snapshot(area):
    return area.session.snapshot


def test_the_list_follows_what_is_typed(qtbot, dialog):
    type_text(dialog.text, "สำนักปลัด")
    qtbot.waitUntil(lambda: len(dialog.rows.rows) == 6)
    assert dialog.summary.text() == "6 places in 5 records found"
    assert [row.field for row in dialog.rows.rows] == ["Responsible"] * 4 + ["Unit", "Other spellings"]
    assert [row.place for row in dialog.rows.rows] == [*TITLES, "Units", "Units"]
    type_text(dialog.text, "ฯ")
    qtbot.waitUntil(lambda: now(dialog) == ["สำนักปลัดฯ สำนักงานปลัด"])


def test_both_ways_of_reading_are_seen(dialog):
    find(dialog, "จัดซื้อ", "จ้าง")
    (row,) = dialog.rows.rows
    assert (row.now.text, row.then.text) == ("เผยแพร่แผนการจัดซื้อจัดจ้าง", "เผยแพร่แผนการจ้างจัดจ้าง")
    assert row.now.text[row.now.start : row.now.start + row.now.length] == "จัดซื้อ"
    assert row.then.text[row.then.start : row.then.start + row.then.length] == "จ้าง"


def test_ticked_places_are_replaced_as_one_step(qtbot, dialog, area):
    before = snapshot(area)
    find(dialog, "สำนักปลัด", "สำนักงานเลขานุการ")
    dialog.table.setFocus()
    dialog.table.select([dialog.rows.rows[0].id])
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.go.text() == "&Replace 5 places"
    dialog.go.click()
    responsible = [row.responsible for row in snapshot(area).children(Measure, YEAR)]
    assert responsible == ["สำนักปลัด", *["สำนักงานเลขานุการ"] * 3]
    assert snapshot(area).children(Unit, snapshot(area).office.id)[0].name == "สำนักงานเลขานุการ"
    assert dialog.summary.text() == "5 places replaced. Ctrl+Z brings them back."
    assert now(dialog) == ["สำนักปลัด"]
    assert area.session.undo_stack.count() == 1
    qtbot.keyClick(dialog.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert snapshot(area) == before
    assert len(now(dialog)) == 6


def test_ticks_stay_when_another_text_is_to_come(dialog):
    find(dialog, "สำนักปลัด")
    dialog.table.select([dialog.rows.rows[1].id])
    dialog.switch()
    type_text(dialog.by, "กอง")
    assert [row.chosen for row in dialog.rows.rows] == [True, False, *[True] * 4]
    dialog.all.click()
    assert all(row.chosen for row in dialog.rows.rows)
    dialog.all.click()
    assert not dialog.go.isEnabled()


def test_it_follows_the_file(dialog, area):
    find(dialog, "ช่องทาง")
    area.session.edit("ชื่อ", operations.set_field, Measure, measure_id(0), "title", "ช่องทางใหม่")
    assert now(dialog) == ["ช่องทางใหม่", TITLES[3]]
    area.session.undo()
    assert now(dialog) == [TITLES[3]]


def test_what_is_found_nowhere_is_said(dialog):
    assert find(dialog, "ไม่มีคำนี้") == []
    assert dialog.summary.text() == "“ไม่มีคำนี้” was not found."
    assert not dialog.go.isEnabled()
    find(dialog, "")
    assert dialog.summary.text() == "Type what is to be found."
    assert find(dialog, "ช่องทาง", "ช่องทาง") == []
    assert dialog.summary.text() == "It reads so already in all 1 places."


def test_too_many_places_are_not_replaced_unseen(dialog, area):
    text = "ก" * (replace.MOST + 1)
    area.session.edit("ขั้นตอน", operations.set_field, Measure, measure_id(0), "steps", text)
    find(dialog, "ก", "ข")
    assert dialog.summary.text() == "More than 10,000 places. Please type more of the text."
    dialog.replace()
    assert snapshot(area).all(Measure)[measure_id(0)].steps == text


def test_a_text_that_grows_too_long_is_refused(dialog, area):
    before = snapshot(area)
    find(dialog, "กองคลัง", "ก" * 501)
    dialog.go.click()
    assert "501" in message()
    assert snapshot(area) == before
    assert area.session.undo_stack.count() == 0


def test_digits_and_capitals(dialog, area):
    area.session.edit("ขั้นตอน", operations.set_field, Measure, measure_id(0), "steps", "ITA ๒๕๖๘ ita 2568")
    assert len(find(dialog, "2568")) == 2
    dialog.digits.click()
    dialog.look()
    assert len(now(dialog)) == 1
    assert len(find(dialog, "ita")) == 2
    dialog.case.click()
    dialog.look()
    assert len(now(dialog)) == 1


def test_what_is_typed_in_the_window_is_stored_first(dialog, area):
    page = area.page
    assert isinstance(page, MeasuresPage)
    page.table.edit_cell(measure_id(0), page.model.column("title"))
    editor = page.table.indexWidget(page.table.currentIndex())
    assert isinstance(editor, QPlainTextEdit)
    editor.setPlainText("ช่องทางที่หนึ่ง")
    editor.document().setModified(True)
    find(dialog, "ช่องทาง", "ทาง")
    dialog.replace()
    assert titles(area.session)[0] == "ทางที่หนึ่ง"
    assert titles(area.session)[3] == "เปิดทางร้องเรียน"


class TestYears:
    @pytest.fixture
    def path(self, tmp_path, data):
        path = tmp_path / "งามดี.itadesk"
        older = FiscalYear(id=OTHER, office_id="a" * 32, year=2567)
        measure = Measure(id="8" * 32, fiscal_year_id=OTHER, ordinal=0, title="ช่องทางเดิม")
        done = Progress(id="7" * 32, measure_id=measure.id, round=6, result="ช่องทางเปิดแล้ว")
        document = Document(id="6" * 32, fiscal_year_id=OTHER, ordinal=0, layout="memo", subject="ช่องทาง")
        wording = DocumentText(id="5" * 32, document_id=document.id, name="memo_body", text="ช่องทาง")
        signatory = Signatory(id="4" * 32, document_id=document.id, ordinal=0, role="drafter", name="ช่องทาง")
        person = Person(id="3" * 32, office_id="a" * 32, ordinal=0, name="ช่องทาง")
        more = [older, measure, done, document, wording, signatory, person]
        OfficeFile.create(path, [*rows(), *more], user="ผู้ทดสอบ").close()
        return path

    def test_the_year_in_hand_or_all(self, dialog):
        assert [row.place for row in self.found(dialog)] == [TITLES[3], "People who sign"]
        dialog.years.setCurrentIndex(1)
        dialog.years.activated.emit(1)
        dialog.look()
        places = [row.place for row in dialog.rows.rows]
        assert places[:2] == ["2567 · ช่องทางเดิม", "2567 · ช่องทางเดิม"]
        assert [row.field for row in dialog.rows.rows][:2] == ["Measure", "Result (6-month round)"]
        assert len(places) == 7

    def found(self, dialog: ReplaceDialog):
        find(dialog, "ช่องทาง")
        return dialog.rows.rows

    def test_each_place_is_led_to(self, qtbot, dialog, area):
        dialog.years.setCurrentIndex(1)
        by_field = {(type(row.hit.row), row.hit.name): row for row in self.found(dialog)}

        def lead(row_class, name):
            row = by_field[row_class, name]
            dialog._lead(dialog.rows.index(dialog.rows.rows.index(row), 1))
            return area.page

        page = lead(Progress, "result")
        assert isinstance(page, MeasuresPage)
        assert (area.session.fiscal_year.year, area.session.round) == (2567, 6)
        result = page.form.fields.editors["result"].input
        assert isinstance(result, QPlainTextEdit)
        qtbot.waitUntil(result.hasFocus)
        assert result.textCursor().selectedText() == "ช่องทาง"
        page = lead(Person, "name")
        assert isinstance(page, OfficePage)
        assert page.people.table.selected_ids() == ["3" * 32]
        page = lead(Document, "subject")
        assert isinstance(page, ReportPage)
        assert page.current.layout.name == "memo"
        qtbot.waitUntil(page.forms[0].form.editors["subject"].input.hasFocus)
        lead(DocumentText, "text")
        qtbot.waitUntil(page.forms[2].editors["memo_body"].editor.input.hasFocus)
        lead(Signatory, "name")
        assert page.forms[1].chain.currentRow() == 0
        assert page.tabs.currentIndex() == 1

    def test_a_measure_that_is_not_looked_for_is_shown_too(self, dialog, area):
        area.session.look_for(Search("อบรม"))
        (row, _person) = self.found(dialog)
        dialog.hit_wanted.emit(row.hit)
        assert area.page.table.current_id() == measure_id(3)

    def test_findings(self, dialog, area):
        finding = area.session.edit("ประเด็น", operations.add_row, Finding, YEAR, text="ช่องทาง")
        row = next(row for row in self.found(dialog) if row.hit.row.id == finding)
        dialog.hit_wanted.emit(row.hit)
        assert isinstance(area.page, AssessmentPage)
        assert area.page.findings.table.selected_ids() == [finding]


def test_what_is_selected_or_looked_for_is_to_be_found(qtbot, content, area):
    page = area.page
    assert isinstance(page, MeasuresPage)
    area.session.look_for(Search("อบรม"))
    area.find_and_replace()
    (dialog,) = area.findChildren(ReplaceDialog)
    assert dialog.text.text() == "อบรม"
    dialog.close()
    page.search.text.setFocus()
    page.search.text.setSelection(0, 2)
    content.window.activateWindow()
    page.search.text.setFocus()
    area.find_and_replace()
    assert dialog.text.text() == "อบ"


def test_not_in_a_file_that_is_only_looked_at(content, monkeypatch, path):
    assert not entry(content).isEnabled()
    with contextlib.closing(OfficeFile.open(path, user="สมศรี")):
        answers(monkeypatch, 0)
        content.open_path(path)
        assert not entry(content).isEnabled()
    content.open_path(path)
    assert entry(content).isEnabled()


def test_the_text_around_a_place_tears_no_syllable(dialog, area):
    hanging, leading = tuple("ะัาำิีึืุูๆฯ็่้๊๋์"), tuple("เแโใไ")
    behind = " และที่เกี่ยวข้องกับเรื่องนี้" * 5
    for begin in range(12):
        whole = "ก" * begin + "งานนิติการ สำนักปลัดเทศบาล กองพัสดุ" + behind
        area.session.edit("ชื่อ", operations.set_field, Measure, measure_id(0), "title", whole)
        (line,) = find(dialog, "กองพัสดุ")
        shown = line.removeprefix("…").removesuffix("…")
        assert not shown.startswith(hanging)
        assert not shown.endswith(leading)
        assert not whole.partition(shown)[2].startswith(hanging)
