"""Months of the fiscal year chosen by mouse and keyboard: written as the office writes, one step, undone."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from ui.desk import cell, editor, measure_id, measures, press
from ui.keyboard import type_text

from itadesk.domain.model import Measure
from itadesk.domain.period_words import WHOLE_YEAR
from itadesk.storage import operations
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.month_picker import MonthPicker, MonthStrip
from itadesk.ui.unit_picker import UnitPicker

NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def strip(qtbot, page):
    """The months of the period of the first measure, which has none."""
    picker = page.form.periods["period"].picker
    qtbot.mouseClick(picker, LEFT)
    yield picker.strip
    picker.panel.close()


def place(strip: MonthStrip, month: int) -> QPoint:
    return strip.months.visualRect(strip.months.model().index(0, month - 1)).center()


def click(qtbot, strip: MonthStrip, month: int, modifiers=NONE) -> None:
    qtbot.mouseClick(strip.months.viewport(), LEFT, modifiers, place(strip, month))


def text(page: MeasuresPage, name: str = "period") -> str:
    return page.form.fields.editors[name].text()


def test_the_months_are_those_of_the_fiscal_year(strip):
    shown = [strip.months.item(0, at).text() for at in range(12)]
    assert shown[0] == "ต.ค.\n๖๗"
    assert shown[3] == "ม.ค.\n๖๘"
    assert shown[11] == "ก.ย.\n๖๘"
    assert strip.selected() == set()


def test_one_month_a_range_and_single_months(qtbot, page, strip):
    click(qtbot, strip, 3)
    assert text(page) == "ธ.ค. ๖๗"
    click(qtbot, strip, 6, SHIFT)
    assert text(page) == "ธ.ค. ๖๗ - มี.ค. ๖๘"
    click(qtbot, strip, 9, CTRL)
    assert text(page) == "ธ.ค. ๖๗ - มี.ค. ๖๘, มิ.ย. ๖๘"
    click(qtbot, strip, 1)
    assert text(page) == "ต.ค. ๖๗"


def test_dragging_is_a_range(qtbot, page, strip):
    viewport = strip.months.viewport()
    qtbot.mousePress(viewport, LEFT, pos=place(strip, 4))
    for month in (5, 6):
        qtbot.mouseMove(viewport, place(strip, month))
    qtbot.mouseRelease(viewport, LEFT, pos=place(strip, 6))
    assert text(page) == "ม.ค. ๖๘ - มี.ค. ๖๘"


def test_by_keyboard_alone(qtbot, page, session):
    page.form.fields.editors["period"].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F4)
    months = page.form.periods["period"].picker.strip.months
    assert QApplication.focusWidget() is months
    qtbot.keyClick(months, Qt.Key.Key_Right)
    qtbot.keyClick(months, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(months, Qt.Key.Key_Return)
    assert not months.isVisible()
    assert measures(session)[0].period == "พ.ย. ๖๗ - ธ.ค. ๖๗"


def test_quarters_and_the_whole_year(page, strip):
    strip.quarters[1].click()
    assert text(page) == "ม.ค. ๖๘ - มี.ค. ๖๘"
    strip.year.click()
    assert text(page) == WHOLE_YEAR
    assert strip.selected() == set(range(1, 13))


def test_all_choices_of_one_visit_are_one_step(qtbot, page, session, strip):
    click(qtbot, strip, 3)
    click(qtbot, strip, 6, SHIFT)
    assert session.undo_stack.count() == 0
    qtbot.keyClick(strip.months, Qt.Key.Key_Escape)
    assert measures(session)[0].period == "ธ.ค. ๖๗ - มี.ค. ๖๘"
    assert session.undo_stack.count() == 1
    session.undo()
    assert measures(session)[0].period == ""
    assert text(page) == ""


def test_the_months_of_the_text_are_marked_and_looking_changes_nothing(qtbot, page, session):
    box: Any = page.form.fields.editors["period"].input
    box.setFocus()
    type_text(box, "ภายใน 31 ธ.ค. 67")
    picker = page.form.periods["period"].picker
    qtbot.mouseClick(picker, LEFT)
    assert picker.strip.selected() == {1, 2, 3}
    qtbot.keyClick(picker.strip.months, Qt.Key.Key_Escape)
    assert text(page) == "ภายใน 31 ธ.ค. 67"


def test_a_choice_is_written_as_the_office_writes(qtbot, page, session):
    for number in (1, 2):
        session.edit(
            "", operations.set_field, Measure, measure_id(number), "period", "ตุลาคม 2567 ถึง มีนาคม 2568"
        )
    picker = page.form.periods["follow_up"].picker
    qtbot.mouseClick(picker, LEFT)
    click(qtbot, picker.strip, 6)
    picker.panel.close()
    assert text(page, "follow_up") == "มีนาคม 2568"


def test_how_it_is_followed_up_need_not_be_a_date(page):
    hint = page.form.periods["follow_up"].hint
    box: Any = page.form.fields.editors["follow_up"].input
    box.setFocus()
    type_text(box, "ประชุมประจำเดือน")
    assert not hint.isVisible()
    box.selectAll()
    type_text(box, "31 มี.ค. 68")
    assert "31 มีนาคม 2568" in hint.text()


def test_cells_of_the_table_have_the_same_lists(qtbot, page, session):
    page.table.setFocus()
    page.table.setCurrentIndex(cell(page, 0, "period"))
    page.table.edit(page.table.currentIndex())
    qtbot.keyClick(editor(page), Qt.Key.Key_F4)
    picker: Any = editor(page).findChild(MonthPicker)
    picker.strip.quarters[0].click()
    picker.panel.close()
    assert editor(page).toPlainText() == "ต.ค. ๖๗ - ธ.ค. ๖๗"
    press(qtbot, page, Qt.Key.Key_Return)
    assert measures(session)[0].period == "ต.ค. ๖๗ - ธ.ค. ๖๗"
    page.table.setCurrentIndex(cell(page, 0, "responsible"))
    page.table.edit(page.table.currentIndex())
    qtbot.keyClick(editor(page), Qt.Key.Key_F4)
    units: Any = editor(page).findChild(UnitPicker)
    units.list.items.item(1).setCheckState(Qt.CheckState.Checked)
    units.list.close()
    press(qtbot, page, Qt.Key.Key_Return)
    assert measures(session)[0].responsible == "สำนักปลัด\nกองคลัง"
