"""Looking for measures in the window: as it is typed, in table and board alike; nothing is lost from sight for good."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
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
    titles,
    where,
)
from ui.keyboard import type_text
from ui.window import open_area

from itadesk.domain.deadlines import Deadline
from itadesk.domain.model import Measure, Status
from itadesk.domain.search import Search
from itadesk.storage import operations
from itadesk.ui.board_page import BoardPage
from itadesk.ui.measures_page import MeasuresPage


def test_the_table_follows_each_letter_and_esc_brings_all_back(qtbot, page, session):
    press(qtbot, page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.text.hasFocus()
    type_text(page.search.text, "ช่อง")
    assert shown(page) == [TITLES[3]]
    assert page.search.found.text() == "1 of 4"
    press(qtbot, page, Qt.Key.Key_Escape)
    assert shown(page) == list(TITLES)
    assert page.table.hasFocus()
    assert page.search.found.isHidden()


def test_a_measure_keeps_its_number(page, session):
    session.look_for(Search("ช่อง"))
    assert cell(page, 0, "number").data() == "4"
    session.look_for(Search())
    assert [cell(page, row, "number").data() for row in range(4)] == ["1", "2", "3", "4"]


def test_status_unit_and_month_narrow_it_down(page, session):
    session.edit("ระยะ", operations.set_field, Measure, measure_id(0), "period", "ม.ค. ๖๘")
    choose(page.search.status, Status.DONE)
    assert shown(page) == [TITLES[2]]
    choose(page.search.status, None)
    choose(page.search.time, 4)
    assert shown(page) == [TITLES[0]]
    page.search.end.click()
    assert shown(page) == list(TITLES)
    assert page.search.time.currentIndex() == 0


def test_those_that_are_late_or_soon_due(page, session):
    session.today = lambda: dt.date(2025, 2, 10)
    for number, period in enumerate(("ม.ค. ๖๘", "เมื่อพร้อม", "ม.ค. ๖๘", "ก.พ. ๖๘")):
        session.edit("ระยะ", operations.set_field, Measure, measure_id(number), "period", period)
    choose(page.search.time, Deadline.OVERDUE.value)
    assert shown(page) == [TITLES[0]]  # the second goes on all year, the third is done
    assert page.search.time.font().bold()
    choose(page.search.time, Deadline.SOON.value)
    assert shown(page) == [TITLES[3]]
    session.edit("ต่อเนื่อง", operations.set_field, Measure, measure_id(1), "continuous", False)
    choose(page.search.time, Deadline.NO_DATE.value)
    assert shown(page) == [TITLES[1]]
    choose(page.search.time, None)
    assert shown(page) == list(TITLES)
    assert not page.search.time.font().bold()


def test_what_was_edited_meanwhile_is_found_by_the_next_letter(page, session):
    for text, found in (("ช่", [3]), ("ช่อ", [3]), ("ช่อง ร้อง", [3]), ("ร้อง", [3]), ("ร", [0, 1, 2, 3])):
        session.look_for(Search(text))
        assert [row.id for row in page.model.rows] == [measure_id(number) for number in found]
    session.look_for(Search("ช่"))
    session.edit("ชื่อ", operations.set_field, Measure, measure_id(1), "title", "ช่องใหม่")
    session.edit("ชื่อ", operations.set_field, Measure, measure_id(3), "title", "อื่น")
    session.look_for(Search("ช่อง"))
    assert shown(page) == ["ช่องใหม่"]


def test_esc_in_the_table_shows_all_again(qtbot, page, session):
    choose(page.search.status, Status.DONE)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert shown(page) == list(TITLES)
    assert page.table.hasFocus()


def test_esc_in_a_cell_only_gives_up_what_is_typed_there(qtbot, page, session):
    session.look_for(Search("ช่อง"))
    page.table.edit_cell(measure_id(3), page.model.column("title"))
    qtbot.keyClick(editor(page), Qt.Key.Key_Escape)
    assert shown(page) == [TITLES[3]]


def test_f3_goes_round_those_that_were_found(qtbot, page, session):
    session.edit("ชื่อ", operations.set_field, Measure, measure_id(1), "title", "ช่องหนึ่ง")
    session.look_for(Search("ช่อง"))
    page.table.select([measure_id(1)])
    press(qtbot, page, Qt.Key.Key_F3)
    assert page.table.selected_ids() == [measure_id(3)]
    assert page.table.hasFocus()
    press(qtbot, page, Qt.Key.Key_F3)
    assert page.table.selected_ids() == [measure_id(1)]
    press(qtbot, page, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert page.table.selected_ids() == [measure_id(3)]
    session.look_for(Search())
    press(qtbot, page, Qt.Key.Key_F3)
    assert page.search.text.hasFocus()


def test_f3_on_the_board(qtbot, session):
    board = in_window(qtbot, BoardPage(session))
    session.look_for(Search("ร"))
    found = [row.id for row in board.model.rows]
    assert len(found) > 1
    for cards in (False, True):
        board.show_cards(cards)
        board.select([found[0]])
        board.search.step(1)
        assert board.selected_ids() == [found[1]]


def choose(box, value) -> None:
    box.setCurrentIndex(next(at for at in range(box.count()) if box.itemData(at) == value))
    box.activated.emit(box.currentIndex())


def test_the_board_shows_the_same_and_its_counts_stay_whole(qtbot, page, session):
    board = in_window(qtbot, BoardPage(session))
    session.look_for(Search("ช่อง"))
    assert len(board.model.rows) == 1
    assert board.search.text.text() == "ช่อง"
    assert "4" in board.total.text()
    board.search.stop()
    assert len(board.model.rows) == 4
    assert page.search.text.text() == ""


def test_a_hidden_page_looks_when_it_is_shown(qtbot, page, session):
    board = in_window(qtbot, BoardPage(session))
    board.hide()
    told: list[None] = []
    board.model.rows_changed.connect(lambda: told.append(None))
    for text in ("ช", "ช่", "ช่อง"):
        session.look_for(Search(text))
    assert shown(page) == [TITLES[3]]
    assert told == [], "no key of the search waits for what nobody sees"
    board.show()
    assert [row.id for row in board.model.rows] == [measure_id(3)]
    assert board.search.found.text() == "1 of 4"
    board.hide()
    page.search.stop()
    board.show()
    assert len(board.model.rows) == 4
    assert len(told) == 2


def test_what_comes_back_while_the_page_is_hidden_is_there(page, session):
    session.look_for(Search("ช่อง"))
    session.edit("ลบ", operations.delete_measures, [measure_id(1)])
    page.hide()
    session.undo()
    assert page.table.selected_ids() == [measure_id(1)]
    page.show()
    assert shown(page) == list(TITLES)


def test_what_was_edited_is_still_in_sight_when_its_page_is_shown_again(page, session):
    session.look_for(Search("ช่อง"))
    session.edit("ชื่อ", operations.set_field, Measure, measure_id(3), "title", "อื่น")
    page.hide()
    page.show()
    assert shown(page) == ["อื่น"]


@pytest.mark.parametrize("count", [40, 400], ids=["rows told one by one", "all rows at once"])
def test_the_current_cell_stays_while_letters_come_and_go(qtbot, tmp_path, data, count):
    session = open_session(tmp_path, count)
    page = in_window(qtbot, MeasuresPage(session))
    page.table.setCurrentIndex(cell(page, 23, "period"))
    width = page.table.columnWidth(page.model.column("number"))
    for text, found in (("เปิด", count // 4), ("เปิดช่อง", count // 4), ("เ", 3 * count // 4), ("", count)):
        session.look_for(Search(text))
        assert page.model.rowCount() == found
        assert page.table.current_id() == measure_id(23)
        assert where(page)[1] == "period"
        assert page.table.selectedIndexes() == [page.table.currentIndex()]
        assert page.table.visualRect(page.table.currentIndex()).intersects(page.table.viewport().rect())
        assert cell(page, where(page)[0], "number").data() == "24"
        assert page.table.columnWidth(page.model.column("number")) == width, "no cell is laid out anew"
    session.tasks.wait()
    session.close(publish=False)


def test_an_edit_that_no_longer_fits_does_not_take_the_row_away(page, session):
    session.look_for(Search("ช่อง"))
    session.edit("ชื่อ", operations.set_field, Measure, measure_id(3), "title", "อื่น")
    assert shown(page) == ["อื่น"]


def test_a_new_measure_is_seen(qtbot, page, session):
    session.look_for(Search("ช่อง"))
    page.add()
    assert len(shown(page)) == 5
    page.commit()
    session.look_for(Search("ช่อง"))
    session.edit("อื่น", operations.add_measure, YEAR, title="มาใหม่")
    assert "มาใหม่" in shown(page)


def test_moving_among_those_found_passes_the_others(page, session):
    session.edit("ชื่อ", operations.set_field, Measure, measure_id(1), "title", "ช่องหนึ่ง")
    session.look_for(Search("ช่อง"))
    assert shown(page) == ["ช่องหนึ่ง", TITLES[3]]
    page.table.select([measure_id(3)])
    page.move_selected(-1)
    assert titles(session) == [TITLES[0], TITLES[3], "ช่องหนึ่ง", TITLES[2]]
    assert shown(page) == [TITLES[3], "ช่องหนึ่ง"]


def test_nothing_found_is_no_empty_year(page, session):
    session.look_for(Search("ไม่มีคำนี้"))
    assert shown(page) == []
    assert page.search.isVisible()
    assert page.search.found.text() == "0 of 4"
    assert not page.bring.isVisible()


def test_a_deleted_one_comes_back_into_sight(page, session):
    session.look_for(Search("ช่อง"))
    page.table.select([measure_id(3)])
    page.delete()
    assert shown(page) == []
    session.undo()
    assert TITLES[3] in shown(page)
    assert len(measures(session)) == 4


def test_work_begins_in_the_table_not_in_the_search(content, path):
    content.open_path(path)
    area = open_area(content)
    page = area.page
    assert isinstance(page, MeasuresPage)
    assert QApplication.focusWidget() is page.table
    board = area.show_page("board")
    assert isinstance(board, BoardPage)
    area.focus_page()
    assert not board.search.text.hasFocus()


def test_the_measure_in_hand_stays_in_sight_when_all_are_shown_again(qtbot, page, session):
    units = "สำนักปลัด\nกองคลัง\nกองช่าง\nกองการศึกษา"
    session.edit("หน่วยงาน", lambda edit: [_change_unit(edit, row, units) for row in measures(session)])
    for height in range(400, 560, 40):
        page.resize(1366, height)
        qtbot.waitUntil(lambda height=height: page.height() == height)
        session.look_for(Search(TITLES[3]))
        page.table.go_to(measure_id(3))
        page.search.stop()
        page.grab()
        seen = page.table.viewport().rect()
        assert seen.contains(page.table.visualRect(page.table.currentIndex()))


def _change_unit(edit, row: Measure, units: str) -> None:
    operations.set_field(edit, Measure, row.id, "responsible", units)
