"""The edit menu acts where the keyboard is: in a text that is being typed, else in the table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui.desk import TITLES, cell, measures, titles

from itadesk.ui.measures_page import MeasuresPage


@pytest.fixture
def page(area) -> MeasuresPage:
    assert isinstance(area.page, MeasuresPage)
    area.page.table.setCurrentIndex(cell(area.page, 0, "title"))
    return area.page


def offered(content) -> set[str]:
    menu = content.menus.edit
    menu.parent().aboutToShow.emit()
    return {name for name, entry in menu.entries.items() if entry.isEnabled()}


def test_in_the_table_it_acts_on_cells(content, page, area):
    assert page.table.hasFocus()
    assert offered(content) == {"cut", "copy", "paste", "fill_down", "clear", "select_all"}
    entries = content.menus.edit.entries
    entries["copy"].trigger()
    page.table.setCurrentIndex(cell(page, 1, "title"))
    entries["paste"].trigger()
    assert titles(area.session)[:2] == [TITLES[0]] * 2
    entries["select_all"].trigger()
    entries["clear"].trigger()
    assert titles(area.session) == [""] * 4
    area.undo()
    page.table.setCurrentIndex(cell(page, 0, "title"))
    entries["cut"].trigger()
    assert titles(area.session)[0] == ""


def test_in_a_text_it_acts_on_its_letters(qtbot, content, page, area):
    text = page.form.fields.editors["title"].input
    text.setFocus()
    entries = content.menus.edit.entries
    entries["select_all"].trigger()
    assert offered(content) == {"cut", "copy", "paste", "clear", "select_all"}
    entries["cut"].trigger()
    assert QApplication.clipboard().text() == TITLES[0]
    assert text.toPlainText() == ""
    entries["paste"].trigger()
    entries["paste"].trigger()
    assert text.toPlainText() == TITLES[0] * 2
    page.search.text.setFocus()
    page.search.text.setText("ช่อง")
    entries["select_all"].trigger()
    entries["clear"].trigger()
    assert page.search.text.text() == ""
    assert "fill_down" not in offered(content)
    assert len(measures(area.session)) == 4


def test_the_menu_bar_with_the_keyboard_in_it_still_means_the_text(content, page):
    text = page.form.fields.editors["title"].input
    text.setFocus()
    text.selectAll()
    content.window.menuBar().setFocus(Qt.FocusReason.MenuBarFocusReason)
    assert "copy" in offered(content)
    content.menus.edit.entries["copy"].trigger()
    assert QApplication.clipboard().text() == TITLES[0]


def test_pages_without_cells_and_no_file_offer_nothing(content, area):
    area.show_page("report")
    area.tabs.setFocus()
    assert offered(content) == set()
    assert not content.menus.columns.menuAction().isEnabled()
    content.close_file()
    assert "fill_down" not in offered(content)


def test_the_view_menu_chooses_the_columns(content, page):
    content.menus.columns.aboutToShow.emit()
    (steps,) = [entry for entry in content.menus.columns.actions() if entry.text() == "Steps"]
    steps.trigger()
    assert "steps" in page.table.choice.shown()


KEYS_OF_THE_TABLE = (
    "Ctrl+V", "Shift+Ins", "Ctrl+X", "Ctrl+C", "Ctrl+D", "Del", "Ctrl+Del", "Ins", "Alt+Up", "Alt+Down",
)  # fmt: skip


@pytest.mark.parametrize(
    ("place", "keys"),
    [
        (place, keys)
        for place in ("search", "filter", "form")
        for keys in KEYS_OF_THE_TABLE
        if (place, keys) != ("form", "Ins")  # adds the next measure there, too
    ],
)
def test_the_keys_of_the_table_leave_it_alone_elsewhere(page, area, place, keys):
    page.table.setCurrentIndex(cell(page, 1, "title"))
    QApplication.clipboard().setText("คำค้น")
    widget = {
        "search": page.search.text,
        "filter": page.search.status,
        "form": page.form.indicator,
    }[place]
    widget.setFocus()
    QTest.keySequence(widget, QKeySequence(keys))
    assert titles(area.session) == list(TITLES)
    assert not area.session.undo_stack.count()
    assert QApplication.clipboard().text() == "คำค้น"
    assert (page.search.text.text() == "คำค้น") == (place == "search" and keys in ("Ctrl+V", "Shift+Ins"))
    if (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
