"""The status board on a real file: ticks by mouse and keyboard, cards, counts, one selection for both."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from ui.desk import TITLES, YEAR, in_window, measure_id, open_session

from itadesk.domain import progress
from itadesk.domain.model import Measure, Status
from itadesk.domain.progress import Counts
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.board_cards import CardColumn
from itadesk.ui.board_grid import TICK
from itadesk.ui.board_page import BoardPage
from itadesk.ui.session import FileSession

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot, session):
    return in_window(qtbot, BoardPage(session))


def ticks(page: BoardPage) -> list[str]:
    """The status whose column bears the tick, row by row; each row has exactly one."""
    found: list[str] = []
    for row in range(page.model.rowCount()):
        ticked = [
            status for status in Status if page.model.index(row, page.model.column(status)).data() == TICK
        ]
        assert len(ticked) == 1
        found += ticked
    return found


def cards(page: BoardPage) -> list[list[int]]:
    """The numbers of the measures in each column of cards."""
    return [[row.measure.ordinal for row in page.cards.columns[status].rows.rows] for status in Status]


def click(qtbot, page: BoardPage, row: int, status: Status, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    rect = page.grid.visualRect(page.model.index(row, page.model.column(status)))
    qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, modifiers, rect.center())


def press(qtbot, page: BoardPage, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or page, key, modifiers)


def assert_counts_agree(page: BoardPage, session: FileSession) -> None:
    counts = progress.counts(session.snapshot, YEAR, session.round)
    cards = page.shows_cards
    page.show_cards(True)
    assert page.grid.head.counts == counts
    for status in Status:
        number = getattr(counts, status)
        assert f"({number})" in page.grid.head.words(status)
        assert page.cards.columns[status].rows.rowCount() == number
        assert ticks(page).count(status) == number
    assert str(counts.total) in page.total.text()
    page.show_cards(cards)


def test_every_row_has_one_tick(page, session):
    assert ticks(page) == ["not_started", "in_progress", "done", "not_started"]
    assert_counts_agree(page, session)


def test_one_click_sets_the_status_and_undo_takes_it_back(qtbot, page, session):
    click(qtbot, page, 0, Status.DONE)
    assert ticks(page)[0] == "done"
    assert session.undo_stack.count() == 1
    assert_counts_agree(page, session)
    click(qtbot, page, 0, Status.DONE)
    assert session.undo_stack.count() == 1
    session.undo()
    assert ticks(page)[0] == "not_started"
    assert_counts_agree(page, session)


def test_a_click_elsewhere_sets_nothing(qtbot, page, session):
    rect = page.grid.visualRect(page.model.index(1, page.model.column("title")))
    qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    click(qtbot, page, 0, Status.DONE, CTRL)
    qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(1_300, 600))
    assert session.undo_stack.count() == 0


def test_a_click_on_one_of_several_selected_rows_ticks_them_all_as_one_step(qtbot, page, session):
    page.grid.select([measure_id(0), measure_id(1), measure_id(3)])
    click(qtbot, page, 1, Status.DONE)
    assert ticks(page) == ["done"] * 4
    assert page.grid.selected_ids() == [measure_id(0), measure_id(1), measure_id(3)]
    assert session.undo_stack.count() == 1
    session.undo()
    assert ticks(page) == ["not_started", "in_progress", "done", "not_started"]


def test_ctrl_digits_and_the_space_bar(qtbot, page, session):
    page.grid.setFocus()
    page.grid.select([measure_id(0)], page.model.column("title"))
    press(qtbot, page, Qt.Key.Key_2, CTRL)
    assert ticks(page)[0] == "in_progress"
    press(qtbot, page, Qt.Key.Key_Down)
    for _ in range(4):
        press(qtbot, page, Qt.Key.Key_Right)
    press(qtbot, page, Qt.Key.Key_Space)
    assert ticks(page)[1] == "done"
    assert page.grid.currentIndex() == page.model.index(1, page.model.column(Status.DONE))
    assert_counts_agree(page, session)


def test_grid_and_cards_share_the_selection(qtbot, page):
    page.grid.select([measure_id(0), measure_id(2)])
    press(qtbot, page, Qt.Key.Key_F6)
    assert page.shows_cards
    assert page.selected_ids() == [measure_id(0), measure_id(2)]
    press(qtbot, page, Qt.Key.Key_3, CTRL)
    assert cards(page) == [[3], [1], [0, 2]]
    assert page.selected_ids() == [measure_id(0), measure_id(2)]
    assert isinstance(QApplication.focusWidget(), CardColumn)
    press(qtbot, page, Qt.Key.Key_F6)
    assert page.grid.selected_ids() == [measure_id(0), measure_id(2)]


def test_cards_go_with_ctrl_arrows_and_take_the_focus_along(qtbot, page, session):
    page.show_cards(True)
    page.cards.select([measure_id(0)])
    page.cards.columns[Status.NOT_STARTED].setFocus()
    press(qtbot, page, Qt.Key.Key_Left, CTRL)
    press(qtbot, page, Qt.Key.Key_Right, CTRL)
    assert cards(page) == [[3], [0, 1], [2]]
    press(qtbot, page, Qt.Key.Key_Right, CTRL)
    assert cards(page) == [[3], [1], [0, 2]]
    assert page.selected_ids() == [measure_id(0)]
    session.undo()
    assert cards(page) == [[3], [0, 1], [2]]
    assert page.selected_ids() == [measure_id(0)]
    assert_counts_agree(page, session)


def test_arrows_walk_from_column_to_column(qtbot, page):
    page.show_cards(True)
    page.cards.columns[Status.NOT_STARTED].setFocus()
    assert page.selected_ids() == [measure_id(0)]
    press(qtbot, page, Qt.Key.Key_Down)
    press(qtbot, page, Qt.Key.Key_Right)
    assert page.selected_ids() == [measure_id(1)]
    press(qtbot, page, Qt.Key.Key_Right)
    press(qtbot, page, Qt.Key.Key_Right)
    assert page.selected_ids() == [measure_id(2)]


def test_dropped_cards_get_the_status_of_their_new_column(page, session):
    page.show_cards(True)
    dragged = page.cards.columns[Status.NOT_STARTED]
    dragged.selectAll()
    data: QMimeData = dragged.rows.mimeData(dragged.selectionModel().selectedIndexes())
    drop = QDropEvent(
        QPointF(30, 300),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.cards.columns[Status.DONE].dropEvent(drop)
    assert drop.isAccepted()
    assert cards(page) == [[], [1], [0, 2, 3]]
    assert session.undo_stack.count() == 1
    assert page.selected_ids() == [measure_id(0), measure_id(3)]
    session.undo()
    assert cards(page) == [[0, 3], [1], [2]]


def test_the_column_where_dragged_cards_would_land_stands_out(page):
    page.show_cards(True)
    target = page.cards.columns[Status.DONE]
    data: QMimeData = target.rows.mimeData([target.rows.index(0, 0)])
    keys = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    calm = target.viewport().palette().base().color()
    target.dragEnterEvent(QDragEnterEvent(QPoint(30, 30), Qt.DropAction.MoveAction, data, *keys))
    assert target.viewport().palette().base().color() != calm
    target.dragLeaveEvent(QDragLeaveEvent())
    assert target.viewport().palette().base().color() == calm


def test_a_click_on_a_card_leaves_only_it_selected(qtbot, page):
    page.show_cards(True)
    page.cards.select([measure_id(0), measure_id(2)])
    column = page.cards.columns[Status.IN_PROGRESS]
    qtbot.mouseClick(column.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 20))
    assert page.selected_ids() == [measure_id(1)]
    done = page.cards.columns[Status.DONE]
    qtbot.mouseClick(done.viewport(), Qt.MouseButton.LeftButton, CTRL, QPoint(60, 20))
    assert page.selected_ids() == [measure_id(1), measure_id(2)]


def test_edits_made_elsewhere_arrive(page, session):
    page.grid.select([measure_id(2)])
    session.edit("title", operations.set_field, Measure, measure_id(3), "title", "ชื่อใหม่")
    session.edit("delete", operations.delete_measures, [measure_id(0)])
    assert page.model.index(2, page.model.column("title")).data() == "ชื่อใหม่"
    assert page.grid.selected_ids() == [measure_id(2)]
    assert_counts_agree(page, session)
    session.set_place(YEAR, 6)
    assert_counts_agree(page, session)
    assert page.grid.head.counts == Counts(2, 1, 0)


def test_rows_are_as_high_as_their_texts_whatever_the_width(qtbot, page, session):
    session.edit("ขั้นตอน", operations.set_field, Measure, measure_id(0), "steps", "ตรวจรับพัสดุทุกครั้ง " * 12)
    heights: list[int] = []
    for width in (1366, 700, 1366):
        page.resize(width, 680)
        qtbot.waitUntil(lambda: page.grid.rowHeight(0) == page.grid.sizeHintForRow(0))
        heights.append(page.grid.rowHeight(0))
    assert heights[0] == heights[2] < heights[1]


def test_a_card_bears_the_number_of_its_row_in_the_grid(page, session):
    page.show_cards(True)
    session.edit("ลบ", operations.delete_measures, [measure_id(0)])
    waiting = page.cards.columns[Status.NOT_STARTED].rows
    assert waiting.index(0, 0).data().startswith("3. ")


def test_a_measure_that_goes_on_all_year_is_flagged(page):
    title = page.model.index(1, page.model.column("title")).data()
    assert title.startswith(TITLES[1])
    assert "\n" in title


def test_its_tick_never_stands_in_the_first_column(page, session):
    page.grid.select([measure_id(1)])
    page.set_status(Status.NOT_STARTED)
    assert page.model.rows[1].status is Status.IN_PROGRESS
    assert_counts_agree(page, session)


def test_a_card_has_room_for_all_its_lines_under_a_long_title(page, session):
    session.edit("long", operations.set_field, Measure, measure_id(1), "title", "ความโปร่งใส\n" * 100)
    page.show_cards(True)
    column = page.cards.columns[Status.IN_PROGRESS]
    column.viewport().repaint()
    assert column.rowHeight(0) == column.sizeHintForRow(0)


def test_a_board_without_measures_says_so(qtbot, tmp_path):
    session = open_session(tmp_path, 0)
    page = in_window(qtbot, BoardPage(session))
    assert not page.grid.isVisible()
    session.edit("add", operations.add_measure, YEAR, title="ข้อแรก")
    assert page.grid.isVisible()
    session.close()


def test_looking_only_ticks_nothing(qtbot, tmp_path):
    open_session(tmp_path).close()
    session = FileSession(OfficeFile.view(tmp_path / "office.itadesk"))
    page = in_window(qtbot, BoardPage(session))
    click(qtbot, page, 0, Status.DONE)
    press(qtbot, page, Qt.Key.Key_3, CTRL)
    page.show_cards(True)
    page.cards.columns[Status.NOT_STARTED].setFocus()
    press(qtbot, page, Qt.Key.Key_Right, CTRL)
    assert ticks(page) == ["not_started", "in_progress", "done", "not_started"]
    session.close()
