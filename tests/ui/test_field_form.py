"""A form of field editors: what is asked to be stored, what is kept while it is typed, what is refused."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from ui.keyboard import type_text

from itadesk.domain.model import Assessment, Digits, Document, Measure, Office, Row
from itadesk.ui.field_form import FieldForm, fields_of

OFFICE = Office(id="a", kind="เทศบาลตำบล", name="งามดี", address="1 หมู่ 2")
MEASURE = Measure(id="m", fiscal_year_id="y", ordinal=0, title="ก")


class Page(QWidget):
    """A page that stores what its form asks for, with a second place for the focus."""

    def __init__(self, row: Row, names: Sequence[str]) -> None:
        super().__init__()
        self.row: Any = row
        self.asked: list[tuple[str, object]] = []
        self.form = FieldForm(fields_of(type(row), names))
        self.form.edited.connect(self.store)
        self.elsewhere = QLineEdit()
        layout = QVBoxLayout(self)
        layout.addWidget(self.form)
        layout.addWidget(self.elsewhere)
        self.form.show_row(row)

    def store(self, name, value):
        self.asked.append((name, value))
        self.row = replace(self.row, **{name: value})
        self.form.show_row(self.row)


@pytest.fixture
def open_page(qtbot):
    def show(row, *names):
        page = Page(row, names)
        qtbot.addWidget(page)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    return show


def typing(page: Page, name: str, kind: type[QWidget] = QLineEdit) -> Any:
    widget: Any = page.form.editors[name].findChild(kind)
    widget.setFocus()
    widget.selectAll()
    return widget


def test_leaving_a_field_stores_it_once(open_page):
    page = open_page(OFFICE, "name", "district")
    type_text(typing(page, "name"), "งามตา")
    page.elsewhere.setFocus()
    typing(page, "name")
    page.elsewhere.setFocus()
    assert page.asked == [("name", "งามตา")]


def test_enter_stores_and_the_stored_form_is_shown(qtbot, open_page):
    page = open_page(Assessment(id="a", office_id="b", year=2564), "total")
    line = typing(page, "total")
    type_text(line, "๗๔.๘")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.asked == [("total", Decimal("74.80"))]
    assert line.text() == "74.80"


def test_the_same_value_typed_again_is_not_stored(open_page):
    page = open_page(OFFICE, "name")
    type_text(typing(page, "name"), " งามดี ")
    page.elsewhere.setFocus()
    assert page.asked == []
    assert page.form.editors["name"].text() == "งามดี"


def test_a_refused_text_stays_and_says_why(open_page):
    page = open_page(Assessment(id="a", office_id="b", year=2564), "total")
    type_text(typing(page, "total"), "101")
    page.elsewhere.setFocus()
    editor = page.form.editors["total"]
    assert (page.asked, editor.text()) == ([], "101")
    assert "101" in editor.fault()
    assert editor.input.accessibleDescription() == editor.fault()
    page.form.show_row(replace(page.row, iit=Decimal(50)))
    assert editor.text() == "101"


def test_a_mended_text_loses_its_mark(open_page):
    page = open_page(Assessment(id="a", office_id="b", year=2564), "total")
    type_text(typing(page, "total"), "1000")
    page.elsewhere.setFocus()
    type_text(typing(page, "total"), "100")
    page.elsewhere.setFocus()
    assert page.form.editors["total"].fault() == ""
    assert page.asked == [("total", Decimal("100.00"))]


def test_escape_takes_a_typed_text_back(qtbot, open_page):
    page = open_page(OFFICE, "name")
    line = typing(page, "name")
    type_text(line, "ผิด")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    page.elsewhere.setFocus()
    assert (line.text(), page.asked) == ("งามดี", [])


def test_a_change_from_elsewhere_does_not_disturb_typing(open_page):
    page = open_page(OFFICE, "name", "district")
    line = typing(page, "name")
    type_text(line, "งาม")
    page.form.show_row(replace(OFFICE, name="อื่น", district="เมือง"))
    assert line.text() == "งาม"
    assert page.form.editors["district"].text() == "เมือง"


def test_another_row_takes_the_place_of_what_was_typed(open_page):
    page = open_page(OFFICE, "name")
    line = typing(page, "name")
    type_text(line, "งาม")
    page.form.show_row(Office(id="b", name="อื่น"))
    assert line.text() == "อื่น"


def test_a_value_that_could_not_be_stored_is_marked_and_kept(open_page):
    page = open_page(OFFICE, "name")
    page.form.edited.disconnect(page.store)
    type_text(typing(page, "name"), "ใหม่")
    page.elsewhere.setFocus()
    editor = page.form.editors["name"]
    assert editor.text() == "ใหม่"
    assert editor.fault()


def test_a_choice_is_stored_when_it_is_made(qtbot, open_page):
    page = open_page(Document(id="a", fiscal_year_id="b", ordinal=0, layout="memo"), "digits")
    box = page.form.editors["digits"].findChild(QComboBox)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert page.asked == [("digits", Digits.ARABIC)]


def test_a_list_of_suggestions_takes_other_texts(open_page):
    page = open_page(OFFICE, "kind")
    box = page.form.editors["kind"].findChild(QComboBox)
    assert box.findText("เทศบาลเมือง") >= 0
    box.setFocus()
    box.lineEdit().selectAll()
    type_text(box, "สหการ")
    page.elsewhere.setFocus()
    assert page.asked == [("kind", "สหการ")]


def test_a_flag_is_stored_when_it_is_ticked(qtbot, open_page):
    page = open_page(Measure(id="a", fiscal_year_id="b", ordinal=0), "continuous")
    tick = page.form.editors["continuous"].input
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    assert page.asked == [("continuous", True)]


def test_a_cell_grows_with_its_text_and_tab_leaves_it(qtbot, open_page):
    page = open_page(OFFICE, "address")
    cell = typing(page, "address", QPlainTextEdit)
    before = cell.height()
    type_text(cell, "1")
    for _line in range(5):
        qtbot.keyClick(cell, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert cell.height() > before
    qtbot.keyClick(cell, Qt.Key.Key_Tab)
    assert page.asked == [("address", "1\n\n\n\n\n")]


def test_the_wheel_over_a_choice_scrolls_the_page_only(open_page):
    page = open_page(Document(id="a", fiscal_year_id="b", ordinal=0, layout="memo"), "digits")
    box = page.form.editors["digits"].findChild(QComboBox)
    page.elsewhere.setFocus()
    at = QPointF(box.rect().center())
    wheel = QWheelEvent(
        at, box.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    assert page.asked == []
    assert not wheel.isAccepted()


@pytest.mark.parametrize("name", ["name", "kind", "address"])
def test_undo_in_a_field_where_nothing_is_typed_is_undo_of_the_file(qtbot, open_page, name):
    page = open_page(OFFICE, "name", "kind", "address")
    undone = []
    QShortcut(QKeySequence.StandardKey.Undo, page, lambda: undone.append(1))
    widget = page.form.editors[name].input
    widget.setFocus()
    qtbot.keyClick(widget, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]
    type_text(widget, "ก")
    qtbot.keyClick(widget, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]


def test_the_frame_around_a_text_stays_whole_when_the_window_grows(qtbot, open_page):
    page = open_page(replace(MEASURE, title="ขยายงานบริการที่ยื่นคำร้องออนไลน์ " * 8), "title")
    text = page.form.editors["title"].findChild(QPlainTextEdit)
    page.resize(420, 500)
    qtbot.waitUntil(lambda: page.width() == 420)
    high = text.height()
    page.resize(1200, 500)
    qtbot.waitUntil(lambda: text.height() < high)
    assert text.viewport().geometry().bottom() <= text.height() - 1 - text.frameWidth()
