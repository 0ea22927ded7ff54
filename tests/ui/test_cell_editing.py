"""Editing in the cells of the measures table: keys as in a spreadsheet, pick-lists, nothing typed is lost."""

import contextlib

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QComboBox
from ui.desk import (
    TITLES,
    cell,
    editor,
    in_window,
    measure_id,
    measures,
    open_session,
    press,
    status_of,
    titles,
    where,
)
from ui.keyboard import type_text

from itadesk.domain.model import Measure, Status
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.measures_page import MeasuresPage


def test_typing_on_a_cell_replaces_it_and_enter_goes_down(qtbot, page, session):
    page.table.setCurrentIndex(cell(page, 1, "title"))
    type_text(page.table, "ใ")
    type_text(editor(page), "ห้ความรู้ปู่ย่า")
    press(qtbot, page, Qt.Key.Key_Return)
    assert titles(session)[1] == "ให้ความรู้ปู่ย่า"
    assert where(page) == (2, "title")
    assert QApplication.focusWidget() is page.table
    assert session.undo_stack.count() == 1
    session.undo()
    assert titles(session) == list(TITLES)
    assert where(page) == (2, "title"), "undo does not take the clerk elsewhere"


def test_what_was_typed_is_in_the_file(qtbot, tmp_path):
    session = open_session(tmp_path)
    page = in_window(qtbot, MeasuresPage(session))
    page.table.setFocus()
    page.table.setCurrentIndex(cell(page, 3, "period"))
    type_text(page.table, "ต")
    type_text(editor(page), ".ค. ๖๗ - ก.ย. ๖๘")
    page.commit()
    session.close()
    with contextlib.closing(OfficeFile.view(session.path)) as stored:
        assert stored.snapshot.all(Measure)[measure_id(3)].period == "ต.ค. ๖๗ - ก.ย. ๖๘"


def test_f2_edits_what_is_there_and_escape_gives_up(qtbot, page, session):
    page.table.setCurrentIndex(cell(page, 0, "title"))
    press(qtbot, page, Qt.Key.Key_F2)
    assert editor(page).toPlainText() == TITLES[0]
    type_text(editor(page), "และอื่น ๆ")
    assert editor(page).toPlainText() == TITLES[0] + "และอื่น ๆ"
    press(qtbot, page, Qt.Key.Key_Escape)
    assert titles(session) == list(TITLES)
    assert session.undo_stack.count() == 0
    assert QApplication.focusWidget() is page.table


def test_tab_goes_right_over_what_cannot_be_typed(qtbot, page, session):
    page.table.setCurrentIndex(cell(page, 0, "title"))
    press(qtbot, page, Qt.Key.Key_F2)
    type_text(editor(page), "!")
    press(qtbot, page, Qt.Key.Key_Tab)
    assert where(page) == (0, "responsible")
    press(qtbot, page, Qt.Key.Key_F2)
    press(qtbot, page, Qt.Key.Key_Backtab)
    assert where(page) == (0, "title")
    assert titles(session)[0] == TITLES[0] + "!"
    page.table.setCurrentIndex(cell(page, 0, "status"))
    press(qtbot, page, Qt.Key.Key_F2)
    press(qtbot, page, Qt.Key.Key_Tab)
    assert where(page) == (1, "title"), "the number is passed over"


def test_alt_enter_begins_a_new_line_in_the_cell(qtbot, page, session):
    page.table.setCurrentIndex(cell(page, 0, "responsible"))
    press(qtbot, page, Qt.Key.Key_F2)
    press(qtbot, page, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    type_text(editor(page), "กองคลัง")
    press(qtbot, page, Qt.Key.Key_Return)
    assert measures(session)[0].responsible == "สำนักปลัด\nกองคลัง"


def test_an_unchanged_cell_is_no_step(qtbot, page, session):
    page.table.setCurrentIndex(cell(page, 0, "title"))
    press(qtbot, page, Qt.Key.Key_F2)
    press(qtbot, page, Qt.Key.Key_Return)
    assert session.undo_stack.count() == 0


def test_ctrl_c_takes_the_text_as_stored(qtbot, page, session):
    long = "ความโปร่งใส\nในหน่วยงาน" * 200
    session.edit("long", operations.set_field, Measure, measure_id(0), "title", long)
    page.table.setCurrentIndex(cell(page, 0, "title"))
    press(qtbot, page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == long
    page.table.select([measure_id(2), measure_id(3)])
    press(qtbot, page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = [line.split("\t") for line in QApplication.clipboard().text().splitlines()]
    assert [line[:3] for line in copied] == [["3", TITLES[2], "สำนักปลัด"], ["4", TITLES[3], "สำนักปลัด"]]


def test_a_refused_text_stays_in_its_editor(qtbot, page, session):
    page.table.setCurrentIndex(cell(page, 0, "title"))
    press(qtbot, page, Qt.Key.Key_F2)
    editor(page).setPlainText("ก" * 100_001)
    press(qtbot, page, Qt.Key.Key_Return)
    assert len(editor(page).toPlainText()) == 100_001
    assert titles(session) == list(TITLES)
    press(qtbot, page, Qt.Key.Key_Escape)


def test_a_cell_being_typed_into_is_not_overwritten(qtbot, page, session):
    page.table.setCurrentIndex(cell(page, 0, "title"))
    press(qtbot, page, Qt.Key.Key_F2)
    type_text(editor(page), " กำลังพิมพ์")
    session.edit("other", operations.set_field, Measure, measure_id(0), "title", "จากที่อื่น")
    assert editor(page).toPlainText() == TITLES[0] + " กำลังพิมพ์"
    page.commit()
    assert titles(session)[0] == TITLES[0] + " กำลังพิมพ์"


def test_going_to_the_form_stores_what_is_being_typed(qtbot, page, session):
    page.table.setCurrentIndex(cell(page, 0, "title"))
    press(qtbot, page, Qt.Key.Key_F2)
    type_text(editor(page), "!")
    press(qtbot, page, Qt.Key.Key_F6)
    assert titles(session)[0] == TITLES[0] + "!"
    assert page.table.indexWidget(page.table.currentIndex()) is None
    assert page.form.isAncestorOf(QApplication.focusWidget())


def test_another_program_in_front_stores_what_is_being_typed_and_lets_it_go_on(qtbot, page, session):
    page.table.setCurrentIndex(cell(page, 0, "title"))
    press(qtbot, page, Qt.Key.Key_F2)
    type_text(editor(page), "!")
    left = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(editor(page), left)
    assert titles(session)[0] == TITLES[0] + "!"
    type_text(editor(page), "?")
    press(qtbot, page, Qt.Key.Key_Return)
    assert titles(session)[0] == TITLES[0] + "!?"


def test_leaving_the_page_stores_what_is_being_typed(qtbot, page, session):
    page.table.setCurrentIndex(cell(page, 3, "title"))
    press(qtbot, page, Qt.Key.Key_F2)
    type_text(editor(page), "เพิ่มเติม")
    page.commit()
    assert titles(session)[3] == TITLES[3] + "เพิ่มเติม"
    assert page.table.indexWidget(page.table.currentIndex()) is None


def test_a_pick_list_sets_the_status_and_the_indicator(qtbot, page, session):
    for name, choice in (("status", 2), ("indicator", 4)):
        page.table.setCurrentIndex(cell(page, 0, name))
        press(qtbot, page, Qt.Key.Key_F2)
        box = page.table.indexWidget(page.table.currentIndex())
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(choice)
        box.activated.emit(choice)
    assert status_of(session, 0) is Status.DONE
    assert measures(session)[0].indicator == "4"
    assert page.form.indicator.currentData() == "4"


def test_a_pick_list_that_is_given_up_leaves_no_trace(qtbot, page, session):
    page.table.setCurrentIndex(cell(page, 0, "status"))
    press(qtbot, page, Qt.Key.Key_F2)
    box = page.table.indexWidget(page.table.currentIndex())
    assert isinstance(box, QComboBox)
    qtbot.waitUntil(box.view().isVisible)
    qtbot.keyClick(box.view(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.table.indexWidget(page.table.currentIndex()) is None)
    assert QApplication.focusWidget() is page.table
    press(qtbot, page, Qt.Key.Key_Down)
    assert where(page) == (1, "status")
    assert session.undo_stack.count() == 0
