"""The columns of the table are chosen, ordered and sized per file, and the rows shown sorted without being moved."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from ui.desk import YEAR, cell, in_window, measure_id, measures, open_session, press, shown, titles, where

from itadesk.domain import thai
from itadesk.domain.model import Measure
from itadesk.domain.search import Search
from itadesk.storage import cell_operations, operations
from itadesk.ui import preferences
from itadesk.ui.measure_order import Order
from itadesk.ui.measures_page import MeasuresPage

USUAL = ["title", "responsible", "period", "indicator", "status"]


@pytest.fixture
def session(qtbot, tmp_path, data):
    session = open_session(tmp_path)
    preferences.add_recent(session.path)
    yield session
    session.tasks.wait()
    session.close(publish=False)


@pytest.fixture
def page(qtbot, session):
    return in_window(qtbot, MeasuresPage(session))


def entry(page: MeasuresPage, name: str):
    menu = QMenu(page)
    page.fill_columns(menu)
    label = page.model.columns[page.model.column(name)].label
    return next(action for action in menu.actions() if action.text() == label)


def again(qtbot, page: MeasuresPage, session) -> MeasuresPage:
    """The page as it is when the file is opened another time."""
    page.hide()
    return in_window(qtbot, MeasuresPage(session))


def test_columns_are_shown_ordered_and_sized_and_remembered_for_the_file(qtbot, page, session):
    assert page.table.choice.shown() == USUAL
    entry(page, "steps").trigger()
    entry(page, "period").trigger()
    head = page.table.horizontalHeader()
    head.moveSection(head.visualIndex(page.model.column("status")), 1)
    head.resizeSection(page.model.column("responsible"), 210)
    wanted = ["status", "title", "steps", "responsible", "indicator"]
    assert page.table.choice.shown() == wanted
    other = again(qtbot, page, session)
    assert other.table.choice.shown() == wanted
    assert other.table.columnWidth(other.model.column("responsible")) == 210
    other.table.choice.go_back()
    assert other.table.choice.shown() == USUAL
    assert again(qtbot, other, session).table.choice.shown() == USUAL
    assert preferences.look_of(session.path) is None


def test_another_file_keeps_its_own_columns(page, session, tmp_path):
    entry(page, "steps").trigger()
    page.table.choice.save_pending()
    assert preferences.look_of(session.path) is not None
    assert preferences.look_of(tmp_path / "other.itadesk") is None


def test_the_title_takes_what_is_left_until_its_border_is_pulled(page):
    table, title = page.table, page.model.column("title")
    assert table.horizontalHeader().length() == table.viewport().width()
    table.setColumnWidth(page.model.column("period"), 60)
    assert table.horizontalHeader().length() == table.viewport().width()
    table.setColumnWidth(title, 240)
    page.resize(1800, 680)
    assert table.columnWidth(title) == 240
    table.choice.go_back()
    assert table.horizontalHeader().length() == table.viewport().width()


def test_many_columns_scroll_and_the_title_stays_readable(page):
    for column in page.model.columns[1:]:
        page.table.choice.show_column(column.name, True)
    letter = page.fontMetrics().horizontalAdvance("ม")
    assert page.table.columnWidth(page.model.column("title")) >= 15 * letter
    assert page.table.horizontalHeader().length() > page.table.viewport().width()


def test_the_keyboard_leaves_a_column_that_is_hidden(qtbot, page):
    page.table.setFocus()
    page.table.setCurrentIndex(cell(page, 1, "period"))
    entry(page, "period").trigger()
    assert where(page) == (1, "title")
    press(qtbot, page, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.table.selected_ids() == [measure_id(1), measure_id(2)]


def test_the_last_column_stays(page):
    for name in USUAL:
        page.table.choice.show_column(name, False)
    assert page.table.choice.shown() == ["status"]
    assert not entry(page, "status").isEnabled()


@pytest.mark.parametrize(
    "look",
    ['{"shown": 5}', '{"shown": ["nobody"], "widths": {"title": "x"}}', "[]", '{"shown": [], "widths": {}}'],
)
def test_a_spoilt_memory_is_none(qtbot, session, data, look):
    data.mkdir(exist_ok=True)
    (data / "preferences.json").write_text(f'{{"looks": {{"{session.path}": {look}}}}}', "utf-8")
    page = in_window(qtbot, MeasuresPage(session))
    assert page.table.choice.shown() == USUAL


def test_every_column_is_edited_in_place(qtbot, page, session):
    for column in page.model.columns[1:]:
        page.table.choice.show_column(column.name, True)
        if column.name == "evidence":
            continue  # counted, and edited in its list below the form
        assert cell(page, 0, column.name).flags() & Qt.ItemFlag.ItemIsEditable, column.name
    for name in ("steps", "follow_up", "heading", "result", "outcome", "suggestion"):
        assert page.model.setData(cell(page, 0, name), "ข้อความ")
        assert cell(page, 0, name).data() == "ข้อความ"
    assert page.model.setData(cell(page, 0, "continuous"), "✓")
    assert measures(session)[0].continuous


# Sorting


def click_head(qtbot, page: MeasuresPage, name: str) -> None:
    head = page.table.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(page.model.column(name)) + 30, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)


def write(session, name: str, values: list[str]) -> None:
    cells = {measure_id(number): {name: value} for number, value in enumerate(values)}
    session.edit("ช่อง", cell_operations.set_cells, session.round, cells)


def numbers(page: MeasuresPage) -> list[str]:
    return shown(page, "number")


def test_a_click_on_a_head_sorts_what_is_shown_and_a_third_one_goes_back(qtbot, page, session):
    write(session, "responsible", ["แผน", "กอง", "เก็บ", ""])
    page.table.setCurrentIndex(cell(page, 0, "title"))
    before = session.undo_stack.count()
    for order in (["2", "3", "1", "4"], ["1", "3", "2", "4"], ["1", "2", "3", "4"]):
        click_head(qtbot, page, "responsible")
        assert numbers(page) == order
    assert session.undo_stack.count() == before
    assert page.table.current_id() == measure_id(0)
    assert page.table.selected_cells() == {(0, page.model.column("title"))}


@pytest.mark.parametrize(
    ("name", "values", "order"),
    [
        ("title", ["ไก่", "ข้อ 10", "ข้อ ๙", "กา"], "4132"),
        ("indicator", ["10", "", "9.4", "9"], "4312"),
        ("period", ["ไม่รู้", "ม.ค. ๖๘", "ต.ค. ๖๗ - ก.ย. ๖๘", ""], "3214"),
    ],
)
def test_each_kind_is_sorted_by_what_it_means(page, session, name, values, order):
    write(session, name, values)
    page.table.sort_by(Order(name))
    assert "".join(numbers(page)) == order


def test_status_and_ticks_are_sorted_in_their_own_order(page):
    page.table.sort_by(Order("status"))
    assert numbers(page) == ["1", "4", "2", "3"]
    page.table.sort_by(Order("status", descending=True))
    assert numbers(page) == ["3", "2", "1", "4"]
    page.table.sort_by(Order("continuous"))
    assert numbers(page) == ["2", "1", "3", "4"]


def test_sorted_rows_are_not_moved(qtbot, page, session):
    page.table.sort_by(Order("title"))
    before = titles(session)
    page.table.setCurrentIndex(cell(page, 0, "title"))
    page.table.setFocus()
    press(qtbot, page, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert titles(session) == before
    assert not page.table.dragEnabled()
    page.table.sort_by(None)
    assert page.table.dragEnabled()


def test_what_is_edited_stays_where_it_is_shown(page, session):
    write(session, "responsible", ["ก", "ข", "ค", "ง"])
    page.table.sort_by(Order("responsible"))
    page.model.setData(cell(page, 0, "responsible"), "ฮ")
    assert numbers(page) == ["1", "2", "3", "4"]
    session.look_for(Search("ฮ"))
    assert numbers(page) == ["1"]


def test_a_new_measure_brings_the_order_of_the_report_back(page, session):
    page.table.sort_by(Order("title"))
    page.table.setCurrentIndex(cell(page, 1, "title"))
    page.add()
    page.commit()
    assert page.model.order is None
    assert [int(number) for number in numbers(page)] == [1, 2, 3, 4, 5]


def test_the_order_shown_becomes_the_reports_as_one_step(page, session):
    write(session, "responsible", ["ง", "ค", "ข", "ก"])
    page.table.sort_by(Order("responsible"))
    bar = page.sorted
    assert bar.isVisible()
    assert "Responsible" in bar.words.text()
    bar.keep.click()
    assert [row.responsible for row in measures(session)] == ["ก", "ข", "ค", "ง"]
    assert numbers(page) == ["1", "2", "3", "4"]
    assert not bar.isVisible()
    assert session.undo_stack.count() == 2
    session.undo()
    assert [row.responsible for row in measures(session)] == ["ง", "ค", "ข", "ก"]


def test_four_thousand_rows_are_sorted_at_once(qtbot, tmp_path, data):
    session = open_session(tmp_path, 4_000)
    page = in_window(qtbot, MeasuresPage(session))
    resets: list[None] = []
    page.model.modelReset.connect(lambda: resets.append(None))
    page.table.setCurrentIndex(cell(page, 0, "title"))
    page.table.sort_by(Order("title", descending=True))
    assert len(resets) == 1, "telling each move would take seconds"
    assert shown(page) == sorted(shown(page), key=thai.sort_key, reverse=True)
    assert page.table.current_id() == measure_id(0)
    assert where(page)[1] == "title"
    assert not page.table.whole_rows
    assert session.snapshot.children(Measure, YEAR)[0].id == measure_id(0)
    session.edit("ลบ", operations.delete_measures, [measure_id(1)])
    assert len(numbers(page)) == 3_999
    session.tasks.wait()
    session.close(publish=False)
