"""The measures page on a real file: editing in the table, adding, deleting, moving, the form beside it."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from ui.desk import (
    TITLES,
    YEAR,
    cell,
    editor,
    in_window,
    measure_id,
    measures,
    open_session,
    press,
    shown,
    status_of,
    titles,
    where,
)
from ui.keyboard import type_text

from itadesk.domain import progress
from itadesk.domain.model import FiscalYear, Measure, Status
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.board_page import BoardPage
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.rows_model import ROWS_FORMAT
from itadesk.ui.session import FileSession


def test_the_table_shows_the_year_with_the_status_of_the_round(page):
    assert shown(page, "number") == ["1", "2", "3", "4"]
    assert shown(page) == list(TITLES)
    assert len(set(shown(page, "status"))) == 3
    assert page.form.fields.editors["title"].text() == TITLES[0]


def test_a_new_measure_stands_behind_the_current_one_with_its_title_in_edit(qtbot, page, session):
    page.table.setCurrentIndex(cell(page, 1, "title"))
    press(qtbot, page, Qt.Key.Key_Insert)
    assert page.model.rowCount() == 5
    assert where(page) == (2, "title")
    type_text(editor(page), "มาตรการใหม่")
    press(qtbot, page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert titles(session)[2:4] == ["มาตรการใหม่", ""]
    assert where(page) == (3, "title")
    type_text(editor(page), "อีกข้อ")
    press(qtbot, page, Qt.Key.Key_Return)
    assert titles(session)[2:4] == ["มาตรการใหม่", "อีกข้อ"]
    assert shown(page, "number") == list("123456")


def test_delete_asks_nothing_and_undo_brings_all_back(qtbot, page, session):
    page.table.select([measure_id(1), measure_id(2)])
    press(qtbot, page, Qt.Key.Key_Delete)
    assert shown(page) == [TITLES[0], TITLES[3]]
    assert page.table.current_id() == measure_id(3)
    assert page.form.fields.editors["title"].text() == TITLES[3]
    session.undo()
    assert shown(page) == list(TITLES)
    assert status_of(session, 2) is Status.DONE
    assert page.table.selected_ids() == [measure_id(1), measure_id(2)]


def test_delete_in_a_text_deletes_letters_only(qtbot, page, session):
    text = page.form.fields.editors["title"].input
    text.setFocus()
    press(qtbot, page, Qt.Key.Key_Delete)
    assert len(measures(session)) == 4
    page.table.setCurrentIndex(cell(page, 0, "title"))
    page.table.setFocus()
    press(qtbot, page, Qt.Key.Key_F2)
    press(qtbot, page, Qt.Key.Key_Delete)
    press(qtbot, page, Qt.Key.Key_Escape)
    assert len(measures(session)) == 4


@pytest.mark.parametrize(
    ("selected", "step", "order"),
    [([1], -1, [1, 0, 2, 3]), ([1, 2], 1, [0, 3, 1, 2]), ([0], -1, [0, 1, 2, 3]), ([3], 1, [0, 1, 2, 3])],
)
def test_alt_up_and_down_move_the_selected_rows(qtbot, page, session, selected, step, order):
    page.table.select([measure_id(number) for number in selected])
    key = Qt.Key.Key_Up if step < 0 else Qt.Key.Key_Down
    press(qtbot, page, key, Qt.KeyboardModifier.AltModifier)
    assert [measure.id for measure in measures(session)] == [measure_id(number) for number in order]
    assert page.table.selected_ids() == [measure_id(number) for number in selected]


@pytest.mark.parametrize(
    ("dragged", "before", "order"),
    [([0], 3, [1, 2, 0, 3]), ([0, 2], 4, [1, 3, 0, 2]), ([3], 0, [3, 0, 1, 2])],
)
def test_dragged_rows_land_where_they_are_dropped(qtbot, page, session, dragged, before, order):
    data = QMimeData()
    data.setData(ROWS_FORMAT, "\n".join(measure_id(number) for number in dragged).encode())
    point = QPointF(60, 600)
    if before < 4:
        point = QPointF(60, page.table.rowViewportPosition(before) + 2)
    drop = QDropEvent(
        point,
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.table.dropEvent(drop)
    assert drop.isAccepted()
    assert [measure.id for measure in measures(session)] == [measure_id(number) for number in order]


def test_ctrl_digit_sets_the_status_of_all_selected_rows_as_one_step(qtbot, page, session):
    page.table.select([measure_id(number) for number in range(4)])
    press(qtbot, page, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert progress.counts(session.snapshot, YEAR, 12) == progress.Counts(0, 0, 4)
    assert session.undo_stack.count() == 1
    press(qtbot, page, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert session.undo_stack.count() == 1, "nothing changed, so there is nothing to undo"
    session.undo()
    assert progress.counts(session.snapshot, YEAR, 12) == progress.Counts(2, 1, 1)


def test_the_other_round_has_a_status_of_its_own(page, session):
    session.set_place(YEAR, 6)
    assert len(set(shown(page, "status"))) == 2, (
        "all begin anew; the one that goes on all year is in progress"
    )
    session.set_place(YEAR, 12)
    assert len(set(shown(page, "status"))) == 3


def test_another_fiscal_year_shows_its_own_measures(page, session):
    year = session.edit("year", operations.add_fiscal_year, 2569)
    session.set_place(year, 12)
    assert shown(page) == []
    session.set_place(YEAR, 12)
    assert shown(page) == list(TITLES)


def test_f6_goes_to_the_form_and_back(qtbot, page):
    press(qtbot, page, Qt.Key.Key_F6)
    assert page.form.isAncestorOf(QApplication.focusWidget())
    press(qtbot, page, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is page.table


def test_both_sides_fit_a_small_office_screen(page):
    assert page.minimumSizeHint().width() <= 1366
    assert page.table.columnWidth(page.model.column("title")) >= 300
    assert page.form.width() >= 400
    assert not page.form.horizontalScrollBar().isVisible()


def test_a_key_begins_the_first_measure_of_an_empty_year(qtbot, tmp_path):
    session = open_session(tmp_path, 0)
    page = in_window(qtbot, MeasuresPage(session))
    press(qtbot, page, Qt.Key.Key_Insert)
    type_text(editor(page), "ข้อแรก")
    press(qtbot, page, Qt.Key.Key_Return)
    assert titles(session) == ["ข้อแรก"]
    session.close()


def test_an_empty_year_offers_its_first_measure(qtbot, tmp_path):
    session = open_session(tmp_path, 0)
    page = in_window(qtbot, MeasuresPage(session))
    assert page.first.isVisible()
    qtbot.mouseClick(page.first, Qt.MouseButton.LeftButton)
    assert not page.first.isVisible()
    type_text(editor(page), "ข้อแรก")
    press(qtbot, page, Qt.Key.Key_Return)
    assert titles(session) == ["ข้อแรก"]
    session.undo()
    session.undo()
    assert page.first.isVisible()
    session.close()


def test_without_a_fiscal_year_the_page_says_what_comes_first(qtbot, page, session):
    session.edit("delete", operations.delete_row, FiscalYear, YEAR)
    assert page.nothing.isVisible()
    assert not page.first.isEnabled()
    press(qtbot, page, Qt.Key.Key_Insert)
    assert session.undo_stack.count() == 1
    session.undo()
    assert shown(page) == list(TITLES)
    assert page.table.isVisible()


def test_looking_only_changes_nothing(qtbot, tmp_path):
    open_session(tmp_path).close()
    session = FileSession(OfficeFile.view(tmp_path / "office.itadesk"))
    page = in_window(qtbot, MeasuresPage(session))
    page.table.setFocus()
    type_text(page.table, "ก")
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Insert):
        press(qtbot, page, key)
    press(qtbot, page, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert page.table.indexWidget(page.table.currentIndex()) is None
    assert shown(page) == list(TITLES)
    session.close()


def test_a_row_is_as_high_as_its_text(page, session):
    heights: list[int] = []
    for lines in (1, 2, 3):
        text = "\n".join(["ก"] * lines)
        session.edit("lines", operations.set_field, Measure, measure_id(0), "title", text)
        page.table.viewport().repaint()
        heights.append(page.table.rowHeight(0))
    assert heights[0] < heights[1] < heights[2]
    session.edit("long", operations.set_field, Measure, measure_id(0), "title", "ความโปร่งใสในการทำงาน" * 6)
    page.table.viewport().repaint()
    narrow = page.table.rowHeight(0)
    page.resize(2_400, 680)
    page.table.viewport().repaint()
    assert page.table.rowHeight(0) < narrow


def test_five_thousand_measures_and_a_very_long_cell_stay_usable(qtbot, tmp_path):
    session = open_session(tmp_path, 5_000)
    page = in_window(qtbot, MeasuresPage(session))
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    session.edit("long", operations.set_field, Measure, measure_id(4_998), "title", "ความโปร่งใส " * 1_700)
    page.table.setFocus()
    press(qtbot, page, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert page.table.currentIndex().row() == 4_999
    page.table.repaint()
    heights = {row: page.table.rowHeight(row) for row in (0, 2_500, 4_998)}
    assert heights[2_500] < heights[4_998] < page.table.viewport().height(), (
        "a row is at most a part of the view"
    )
    assert page.table.visualRect(page.table.currentIndex()).bottom() <= page.table.viewport().height()
    assert tester.model() is page.model
    session.close()


@pytest.mark.parametrize(
    ("key", "modifiers", "row"),
    [
        (Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier, 3),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier, 3),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier, 0),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier, 0),
    ],
)
def test_what_is_done_concerns_the_row_that_keys_went_to(qtbot, page, session, key, modifiers, row):
    page.table.setCurrentIndex(cell(page, 1, "title"))
    press(qtbot, page, key, modifiers)
    assert page.table.selected_ids() == [page.table.current_id()] == [measure_id(row)]
    press(qtbot, page, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert session.snapshot.get(Measure, measure_id(row)) is None


def test_with_ctrl_the_mouse_selects_several_rows_and_the_form_shows_one_of_them(qtbot, page):
    def click(row: int) -> None:
        spot = page.table.visualRect(cell(page, row, "number")).center()
        control = Qt.KeyboardModifier.ControlModifier
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, control, spot)

    page.table.select([measure_id(0)])
    click(3)
    assert page.table.selected_ids() == [measure_id(0), measure_id(3)]
    click(3)
    assert page.table.selected_ids() == [page.table.current_id()] == [measure_id(0)]
    assert page.form.fields.editors["title"].text() == TITLES[0]
    click(0)
    assert page.table.selected_ids() == [measure_id(0)]


def test_the_measure_in_hand_goes_along_to_the_board_and_back(qtbot, page, session):
    board = in_window(qtbot, BoardPage(session))
    board.hide()
    page.table.select([measure_id(2)])
    page.hide()
    board.show()
    assert board.grid.selected_ids() == [board.grid.current_id()] == [measure_id(2)]
    board.show_cards(True)
    board.cards.select([measure_id(1)])
    board.hide()
    page.show()
    assert page.table.selected_ids() == [page.table.current_id()] == [measure_id(1)]
