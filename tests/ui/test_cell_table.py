"""Cells are selected as in a spreadsheet, rows by their numbers; what is done concerns what is selected."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QApplication
from ui.desk import (
    TITLES,
    cell,
    in_window,
    measure_id,
    measures,
    open_session,
    press,
    status_of,
    titles,
    where,
)
from ui.desk import editor as open_editor
from ui.keyboard import type_text

from itadesk.domain.model import Measure, Status
from itadesk.storage import operations
from itadesk.ui.measures_page import MeasuresPage

Key = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(page):
    page.table.setCurrentIndex(cell(page, 0, "title"))
    return page


def selected(page: MeasuresPage) -> list[tuple[int, str]]:
    return [(row, page.model.columns[at].name) for row, at in sorted(page.table.selected_cells())]


def spot(page: MeasuresPage, row: int, name: str) -> QPoint:
    return page.table.visualRect(cell(page, row, name)).center()


def click(qtbot, page: MeasuresPage, row: int, name: str, *modifiers) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    qtbot.mouseClick(page.table.viewport(), LEFT, held, spot(page, row, name))


def pull(qtbot, page: MeasuresPage, start: tuple[int, str], *to: tuple[int, str]) -> None:
    view = page.table.viewport()
    qtbot.mousePress(view, LEFT, pos=spot(page, *start))
    for place in to:
        qtbot.mouseMove(view, spot(page, *place))
    qtbot.mouseRelease(view, LEFT, pos=spot(page, *(to or (start,))[-1]))


def test_a_pull_over_cells_selects_them_and_the_form_stays_with_the_first(qtbot, page):
    pull(qtbot, page, (2, "period"), (1, "responsible"))
    assert selected(page) == [(1, "responsible"), (1, "period"), (2, "responsible"), (2, "period")]
    assert where(page) == (2, "period")
    assert page.form.fields.editors["title"].text() == TITLES[2]
    assert page.table.selected_ids() == [measure_id(1), measure_id(2)]
    assert not page.table.whole_rows


def test_shift_and_the_arrows_extend_the_block_and_take_it_back(qtbot, page):
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Right, Key.Key_Up):
        press(qtbot, page, key, SHIFT)
    assert selected(page) == [(0, "title"), (0, "responsible"), (1, "title"), (1, "responsible")]
    assert where(page) == (0, "title")
    press(qtbot, page, Key.Key_End, SHIFT | CONTROL)
    assert len(selected(page)) == 4 * 5
    press(qtbot, page, Key.Key_Down)
    assert selected(page) == [(1, "title")]


def test_shift_and_ctrl_clicks_extend_and_add(qtbot, page):
    click(qtbot, page, 0, "period")
    click(qtbot, page, 1, "indicator", SHIFT)
    assert selected(page) == [(0, "period"), (0, "indicator"), (1, "period"), (1, "indicator")]
    click(qtbot, page, 3, "title", CONTROL)
    assert (3, "title") in selected(page)
    assert where(page) == (3, "title")
    click(qtbot, page, 3, "title", CONTROL)
    assert len(selected(page)) == 4
    assert where(page)[0] < 2, "the current cell is one of those selected"


def test_numbers_select_whole_rows(qtbot, page, session):
    pull(qtbot, page, (1, "number"), (2, "number"))
    assert page.table.whole_rows
    assert page.table.selected_ids() == [measure_id(1), measure_id(2)]
    press(qtbot, page, Key.Key_Down, SHIFT)
    assert page.table.selected_ids() == [measure_id(1), measure_id(2), measure_id(3)]
    assert page.table.whole_rows
    press(qtbot, page, Key.Key_Delete)
    assert titles(session) == [TITLES[0]]
    session.undo()
    assert titles(session) == list(TITLES)


def test_shift_space_and_ctrl_space_select_rows_and_columns(qtbot, page):
    page.table.setCurrentIndex(cell(page, 1, "period"))
    press(qtbot, page, Key.Key_Space, CONTROL)
    assert selected(page) == [(row, "period") for row in range(4)]
    page.table.setCurrentIndex(cell(page, 1, "period"))
    press(qtbot, page, Key.Key_Space, SHIFT)
    assert page.table.whole_rows
    assert page.table.selected_ids() == [measure_id(1)]


def test_ctrl_a_means_the_cells_not_the_measures(qtbot, page, session):
    press(qtbot, page, Key.Key_A, CONTROL)
    assert len(selected(page)) == 4 * 5
    press(qtbot, page, Key.Key_Delete)
    assert titles(session) == [""] * 4
    assert session.undo_stack.count() == 1
    session.undo()
    assert titles(session) == list(TITLES)


def test_rows_selected_whole_are_dragged_by_their_numbers(qtbot, page, monkeypatch):
    dragged: list[list[str]] = []
    monkeypatch.setattr(page.table, "startDrag", lambda _actions: dragged.append(page.table.selected_ids()))
    pull(qtbot, page, (0, "number"), (1, "number"))
    assert dragged == [], "the first pull selects"
    pull(qtbot, page, (1, "number"), (3, "number"))
    assert dragged == [[measure_id(0), measure_id(1)]]
    pull(qtbot, page, (1, "title"), (3, "title"))
    assert len(dragged) == 1, "cells are not dragged"


def test_a_click_on_one_of_several_selected_rows_selects_it_alone(qtbot, page):
    pull(qtbot, page, (0, "number"), (2, "number"))
    click(qtbot, page, 1, "number")
    assert page.table.selected_ids() == [measure_id(1)]
    assert page.table.whole_rows


def test_the_rows_that_a_block_touches_get_the_status_and_move(qtbot, page, session):
    pull(qtbot, page, (0, "period"), (1, "indicator"))
    press(qtbot, page, Key.Key_3, CONTROL)
    assert [status_of(session, number) for number in range(4)].count(Status.DONE) == 3
    press(qtbot, page, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [row.id for row in measures(session)] == [measure_id(number) for number in (2, 0, 1, 3)]
    assert page.table.selected_ids() == [measure_id(0), measure_id(1)]
    assert not page.table.whole_rows


@pytest.mark.parametrize(
    ("key", "modifiers", "goal"),
    [
        (Key.Key_Home, (), (1, "title")),
        (Key.Key_End, (), (1, "status")),
        (Key.Key_Home, (CONTROL,), (0, "title")),
        (Key.Key_End, (CONTROL,), (3, "status")),
        (Key.Key_PageDown, (), (3, "period")),
        (Key.Key_PageUp, (), (0, "period")),
        (Key.Key_Down, (CONTROL,), (3, "period")),
        (Key.Key_Left, (CONTROL,), (1, "responsible")),
        (Key.Key_Left, (), (1, "responsible")),
        (Key.Key_Tab, (), (1, "indicator")),
    ],
)
def test_keys_go_where_a_spreadsheet_goes(qtbot, page, key, modifiers, goal):
    page.table.setCurrentIndex(cell(page, 1, "period"))
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    press(qtbot, page, key, held)
    assert where(page) == goal
    assert selected(page) == [goal]


def test_ctrl_and_an_arrow_stop_where_the_filled_cells_end(qtbot, page, session):
    for number in (0, 1, 3):
        session.edit("ช่วง", operations.set_field, Measure, measure_id(number), "period", "ทั้งปี")
    page.table.setCurrentIndex(cell(page, 0, "period"))
    for row in (1, 3, 3):
        press(qtbot, page, Key.Key_Down, CONTROL)
        assert where(page) == (row, "period")


def test_enter_and_tab_walk_through_a_block_that_stays(qtbot, page, session):
    pull(qtbot, page, (1, "responsible"), (2, "period"))
    for text in ("ก", "ข", "ค", "ง"):
        type_text(page.table, text)
        press(qtbot, page, Key.Key_Return)
    assert [(row.responsible, row.period) for row in measures(session)[1:3]] == [("ก", "ค"), ("ข", "ง")]
    assert where(page) == (1, "responsible"), "behind the last cell comes the first"
    press(qtbot, page, Key.Key_Tab)
    press(qtbot, page, Key.Key_Tab)
    assert where(page) == (2, "responsible")
    assert len(selected(page)) == 4


def test_a_letter_goes_into_the_cell_where_the_block_began(qtbot, page, session):
    pull(qtbot, page, (1, "title"), (3, "title"))
    type_text(page.table, "ก")
    type_text(open_editor(page), "ข")
    page.commit()
    assert titles(session) == [TITLES[0], "กข", *TITLES[2:]]


def test_the_space_bar_and_a_click_tick_a_measure_that_goes_on(qtbot, page, session):
    page.table.choice.show_column("continuous", True)
    page.table.setCurrentIndex(cell(page, 0, "continuous"))
    press(qtbot, page, Key.Key_Space)
    assert [row.continuous for row in measures(session)] == [True, True, False, False]
    view, box = page.table.viewport(), page.table.visualRect(cell(page, 1, "continuous"))
    qtbot.mouseClick(view, LEFT, pos=QPoint(box.center().x(), box.top() + 10))
    assert [row.continuous for row in measures(session)] == [True, False, False, False]
    pull(qtbot, page, (3, "continuous"), (2, "continuous"))
    press(qtbot, page, Key.Key_F2)
    assert [row.continuous for row in measures(session)] == [True, False, False, False]


def test_a_right_click_keeps_the_block_it_is_in_and_selects_another_cell(qtbot, page):
    pull(qtbot, page, (0, "title"), (1, "period"))
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.RightButton, pos=spot(page, 1, "responsible"))
    assert len(selected(page)) == 6
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.RightButton, pos=spot(page, 3, "responsible"))
    assert selected(page) == [(3, "responsible")]


def test_the_context_menu_offers_what_the_keys_do(page):
    page.table.setCurrentIndex(cell(page, 2, "title"))
    menu = page.actions_of_table.menu()
    texts = [entry.text() for entry in menu.actions() if entry.text()]
    assert {"Cu&t", "&Paste", "Fill do&wn", "Add a&bove", "Chan&ge many measures…"} <= set(texts)
    page.actions_of_table.above.trigger()
    assert where(page) == (2, "title")
    assert page.model.rowCount() == 5
    page.commit()
    menu.deleteLater()


def test_a_new_first_measure(page, session):
    page.add_above()
    page.commit()
    assert titles(session) == ["", *TITLES]


def test_the_selection_lives_through_edits_of_other_rows_and_a_reset_keeps_the_current_cell(
    qtbot, tmp_path, data
):
    session = open_session(tmp_path, 400)
    page = in_window(qtbot, MeasuresPage(session))
    page.table.setCurrentIndex(cell(page, 7, "period"))
    press(qtbot, page, Key.Key_Down, SHIFT)
    session.edit("ลบ", operations.delete_measures, [measure_id(number) for number in range(20, 400, 2)])
    assert where(page) == (7, "period")
    assert QApplication.focusWidget() is not None
    assert page.table.selectionModel().isSelected(page.table.currentIndex())
    assert not page.table.whole_rows
    page.table.selectionModel().select(
        cell(page, 3, "title"), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    assert where(page) == (3, "title")
    session.tasks.wait()
    session.close(publish=False)
