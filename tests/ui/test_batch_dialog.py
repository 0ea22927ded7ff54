"""One field of many measures gets one value: said before how many change, stored as one undo step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from ui.desk import cell, in_window, measures, status_of
from ui.keyboard import type_text

from itadesk.domain.model import Status
from itadesk.ui.batch_dialog import NAMES, BatchDialog
from itadesk.ui.field_editors import FieldEditor
from itadesk.ui.measures_page import MeasuresPage


@pytest.fixture
def dialog(qtbot, session) -> BatchDialog:
    page = in_window(qtbot, MeasuresPage(session))
    page.table.setCurrentIndex(cell(page, 0, "responsible"))
    page.table.extend(cell(page, 2, "responsible"), rows=False)
    page.actions_of_table.batch.trigger()
    (dialog,) = page.findChildren(BatchDialog)
    return dialog


def choose(dialog: BatchDialog, name: str) -> FieldEditor:
    dialog.field.setCurrentIndex(NAMES.index(name))
    dialog.field.activated.emit(NAMES.index(name))
    editor = dialog.inputs[name]
    assert isinstance(editor, FieldEditor)
    return editor


def test_a_text_for_all_selected_measures(qtbot, dialog, session):
    editor = choose(dialog, "responsible")
    assert not dialog.change.isEnabled(), "nothing typed is nothing wanted"
    assert dialog.change.isDefault(), "Enter changes, and does not cancel"
    type_text(editor.input, "กองคลัง")
    assert "3 of 3" in dialog.told.text()
    qtbot.mouseClick(dialog.change, Qt.MouseButton.LeftButton)
    assert [row.responsible for row in measures(session)] == ["กองคลัง"] * 3 + ["สำนักปลัด"]
    assert session.undo_stack.count() == 1
    session.undo()
    assert {row.responsible for row in measures(session)} == {"สำนักปลัด"}


@pytest.mark.parametrize("name", ["responsible", "status", "indicator", "heading", "continuous"])
def test_the_keyboard_goes_from_the_field_to_its_input(qtbot, dialog, name):
    dialog.field.setCurrentIndex(NAMES.index(name))
    dialog.field.activated.emit(NAMES.index(name))
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.field.setFocus()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Tab)
    shown = dialog.inputs[name]
    assert isinstance(shown, QWidget)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus is shown or shown.isAncestorOf(focus)


def test_only_those_that_become_others_count(dialog, session):
    status = choose(dialog, "status")
    status.show_text("Done")
    status.touch()
    assert "2 of 3" in dialog.told.text()
    dialog.change.click()
    assert [status_of(session, number) for number in range(4)] == [*[Status.DONE] * 3, Status.NOT_STARTED]


def test_a_text_that_is_there_is_kept_when_only_empty_ones_are_filled(dialog, session):
    type_text(choose(dialog, "responsible").input, "กองคลัง")
    dialog.only_empty.setChecked(True)
    assert not dialog.change.isEnabled()
    type_text(choose(dialog, "period").input, "ทั้งปี")
    dialog.change.click()
    assert [row.period for row in measures(session)] == ["ทั้งปี"] * 3 + [""]


def test_a_tick_and_an_indicator(dialog, session):
    tick = choose(dialog, "continuous")
    tick.show_text("✓")
    tick.touch()
    assert "2 of 3" in dialog.told.text()
    dialog.field.setCurrentIndex(NAMES.index("indicator"))
    dialog.field.activated.emit(0)
    assert not dialog.change.isEnabled()
    box = dialog.inputs["indicator"]
    box.setCurrentIndex(3)
    box.activated.emit(3)
    dialog.change.click()
    assert [row.indicator for row in measures(session)] == ["3"] * 3 + [""]


def test_a_text_that_is_refused_says_why(dialog):
    heading = choose(dialog, "heading")
    heading.show_text("ก" * 501)
    heading.touch()
    assert "too long" in dialog.told.text()
    assert not dialog.change.isEnabled()


def test_giving_up_changes_nothing(dialog, session):
    type_text(choose(dialog, "responsible").input, "กองคลัง")
    dialog.reject()
    assert session.undo_stack.count() == 0
