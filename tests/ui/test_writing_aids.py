"""Comfortable typing in form and table: earlier texts offered, lists that go on; nothing comes by itself."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from ui.desk import TITLES, cell, editor, measure_id, measures, press, titles, where
from ui.keyboard import type_text
from ui.typing_steps import aids, box, key

from itadesk.domain.model import Measure
from itadesk.storage import operations
from itadesk.ui.completion import Completion

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def offered(completion: Completion) -> list[str]:
    if not completion.is_open:
        return []
    items = completion.list.items
    return [items.item(at).text() for at in range(items.count())]


# What was written before


def test_earlier_texts_are_offered_while_typing_and_taken_with_the_arrow_key(qtbot, page, session):
    text, completion = box(page, "title"), aids(page, "title").completion
    type_text(text, "เ")
    assert offered(completion) == []
    type_text(text, "ผ")
    assert offered(completion) == [TITLES[1]]
    assert QApplication.focusWidget() is text
    key(qtbot, Qt.Key.Key_Down)
    key(qtbot, Qt.Key.Key_Return)
    assert text.toPlainText() == TITLES[1]
    assert offered(completion) == []
    assert titles(session)[0] == TITLES[0]
    page.commit()
    assert titles(session)[0] == TITLES[1]
    assert session.undo_stack.count() == 1


def test_enter_without_a_choice_is_a_new_line(qtbot, page):
    text, completion = box(page, "title"), aids(page, "title").completion
    type_text(text, "เผ")
    assert completion.is_open
    key(qtbot, Qt.Key.Key_Return)
    assert text.toPlainText() == "เผ\n"
    assert not completion.is_open


def test_tab_without_a_choice_leaves_with_what_was_typed(qtbot, page, session):
    text = box(page, "title")
    type_text(text, "เผ")
    key(qtbot, Qt.Key.Key_Tab)
    assert titles(session)[0] == "เผ"
    assert QApplication.focusWidget() is page.form.fields.editors["steps"].input
    assert not aids(page, "title").completion.is_open


def test_escape_closes_the_list_and_then_gives_up_the_edit(qtbot, page):
    text, completion = box(page, "title"), aids(page, "title").completion
    type_text(text, "เผ")
    key(qtbot, Qt.Key.Key_Escape)
    assert (completion.is_open, text.toPlainText()) == (False, "เผ")
    key(qtbot, Qt.Key.Key_Escape)
    assert text.toPlainText() == TITLES[0]


def test_up_goes_back_to_no_choice(qtbot, page):
    text, completion = box(page, "title"), aids(page, "title").completion
    type_text(text, "เผ")
    key(qtbot, Qt.Key.Key_Down)
    key(qtbot, Qt.Key.Key_Up)
    assert completion.list.items.currentRow() == -1
    key(qtbot, Qt.Key.Key_Return)
    assert text.toPlainText() == "เผ\n"


def test_the_mouse_takes_an_offer(qtbot, page):
    text, completion = box(page, "title"), aids(page, "title").completion
    type_text(text, "เผ")
    items = completion.list.items
    place = items.visualItemRect(items.item(0)).center()
    qtbot.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert text.toPlainText() == TITLES[1]
    assert QApplication.focusWidget() is text


def test_an_offer_replaces_the_line_and_keeps_its_number(qtbot, page, session):
    session.edit("", operations.set_field, Measure, measure_id(2), "steps", "๕. แต่งตั้งคณะทำงาน")
    text = box(page, "steps", "๑. ประชุม\n๒. ")
    type_text(text, "แต่")
    key(qtbot, Qt.Key.Key_Down)
    key(qtbot, Qt.Key.Key_Return)
    assert text.toPlainText() == "๑. ประชุม\n๒. แต่งตั้งคณะทำงาน"
    text.undo()
    assert text.toPlainText() == "๑. ประชุม\n๒. แต่"


def test_nothing_is_offered_in_the_middle_of_a_line_or_for_pasted_text(qtbot, page):
    text, completion = box(page, "title", "เผ แผน"), aids(page, "title").completion
    assert not completion.is_open
    text.moveCursor(QTextCursor.MoveOperation.StartOfLine)
    type_text(text, "เผ")
    assert not completion.is_open


def test_the_list_goes_when_the_caret_or_the_focus_does(qtbot, page):
    text, completion = box(page, "title"), aids(page, "title").completion
    type_text(text, "เผ")
    key(qtbot, Qt.Key.Key_Left)
    assert not completion.is_open
    key(qtbot, Qt.Key.Key_End)
    type_text(text, "ย")
    assert completion.is_open
    page.table.setFocus()
    assert not completion.is_open


def test_a_single_line_offers_earlier_texts_too(qtbot, page, session):
    session.edit("", operations.set_field, Measure, measure_id(2), "heading", "ด้านการจัดซื้อจัดจ้าง")
    line: Any = page.form.fields.editors["heading"].input
    line.setFocus()
    type_text(line, "ด้าน")
    key(qtbot, Qt.Key.Key_Down)
    key(qtbot, Qt.Key.Key_Return)
    assert line.text() == "ด้านการจัดซื้อจัดจ้าง"
    assert session.undo_stack.count() == 1
    page.commit()
    assert measures(session)[0].heading == "ด้านการจัดซื้อจัดจ้าง"


def test_the_table_offers_them_and_its_keys_keep_their_meaning(qtbot, page, session):
    page.table.setFocus()
    page.table.setCurrentIndex(cell(page, 0, "title"))
    type_text(page.table, "เ")
    type_text(editor(page), "ผ")
    found = editor(page).aids
    assert found is not None
    assert offered(found.completion) == [TITLES[1]]
    press(qtbot, page, Qt.Key.Key_Return)
    assert titles(session)[0] == "เผ"
    assert where(page) == (1, "title")


def test_in_the_table_tab_takes_a_choice_and_goes_right(qtbot, page, session):
    page.table.setFocus()
    page.table.setCurrentIndex(cell(page, 0, "responsible"))
    type_text(page.table, "ก")
    type_text(editor(page), "อ")
    press(qtbot, page, Qt.Key.Key_Down)
    press(qtbot, page, Qt.Key.Key_Tab)
    assert measures(session)[0].responsible == "กองคลัง"
    assert where(page) == (0, "period")


def test_in_the_table_escape_closes_the_list_first(qtbot, page, session):
    page.table.setFocus()
    page.table.setCurrentIndex(cell(page, 0, "title"))
    type_text(page.table, "เ")
    type_text(editor(page), "ผ")
    press(qtbot, page, Qt.Key.Key_Escape)
    assert editor(page).toPlainText() == "เผ"
    press(qtbot, page, Qt.Key.Key_Escape)
    assert page.table.indexWidget(page.table.currentIndex()) is None
    assert titles(session)[0] == TITLES[0]


# Lists


def test_enter_behind_a_line_of_a_list_brings_the_next_number(qtbot, page):
    text = box(page, text="๙) ก")
    key(qtbot, Qt.Key.Key_Return)
    type_text(text, "ข")
    assert text.toPlainText() == "๙) ก\n๑๐) ข"


@pytest.mark.parametrize("taking", [Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_number_not_wanted_goes_with_one_key(qtbot, page, taking):
    text = box(page, text="๑. ก")
    key(qtbot, Qt.Key.Key_Return)
    assert text.toPlainText() == "๑. ก\n๒. "
    key(qtbot, taking)
    assert text.toPlainText() == "๑. ก\n"
    key(qtbot, Qt.Key.Key_Return)
    assert text.toPlainText() == "๑. ก\n\n"


def test_a_number_is_a_step_of_its_own_for_undo(qtbot, page):
    text = box(page, text="๑. ก")
    key(qtbot, Qt.Key.Key_Return)
    text.undo()
    assert text.toPlainText() == "๑. ก\n"


def test_a_number_with_nothing_behind_it_is_not_stored(qtbot, page, session):
    box(page, text="๑. ก")
    key(qtbot, Qt.Key.Key_Return)
    page.table.setFocus()
    assert measures(session)[0].steps == "๑. ก\n"


def test_a_number_that_was_typed_stays(qtbot, page):
    text = box(page, text="ก\n")
    type_text(text, "๑.")
    key(qtbot, Qt.Key.Key_Return)
    assert text.toPlainText() == "ก\n๑.\n"


def test_enter_inside_a_line_only_breaks_it(qtbot, page):
    text = box(page, text="๑. กข")
    text.moveCursor(QTextCursor.MoveOperation.Left)
    key(qtbot, Qt.Key.Key_Return)
    assert text.toPlainText() == "๑. ก\nข"


def test_in_the_table_alt_enter_goes_on_with_the_list(qtbot, page, session):
    page.table.setFocus()
    page.table.setCurrentIndex(cell(page, 0, "title"))
    page.table.edit(page.table.currentIndex())
    editor(page).setPlainText("๑. ก")
    editor(page).moveCursor(QTextCursor.MoveOperation.End)
    press(qtbot, page, Qt.Key.Key_Return, ALT)
    type_text(editor(page), "ข")
    press(qtbot, page, Qt.Key.Key_Return, ALT)
    press(qtbot, page, Qt.Key.Key_Return)
    assert titles(session)[0] == "๑. ก\n๒. ข\n"
    assert where(page) == (1, "title")


def test_numbers_are_put_in_order_as_one_step(qtbot, page, session):
    text = box(page, text="๑. ก\n๓. ข\n๖. ค")
    key(qtbot, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert text.toPlainText() == "๑. ก\n๒. ข\n๓. ค"
    text.undo()
    assert text.toPlainText() == "๑. ก\n๓. ข\n๖. ค"
    text.redo()
    page.commit()
    assert measures(session)[0].steps == "๑. ก\n๒. ข\n๓. ค"


def test_undo_takes_back_word_by_word(qtbot, page):
    text = box(page)
    type_text(text, "หนึ่ง สอง สาม")
    text.undo()
    assert text.toPlainText() == "หนึ่ง สอง"
    text.undo()
    assert text.toPlainText() == "หนึ่ง"
