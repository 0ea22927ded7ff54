"""Cells through the clipboard and back: copied, cut, pasted, filled and cleared, each as one undo step."""

import json

import pytest
from exchange.office_files import HEAD, ROWS
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from ui.desk import TITLES, cell, in_window, measure_id, measures, open_session, press, status_of, titles
from ui.window import message

from itadesk.domain.model import Measure, Status
from itadesk.exchange import clipboard
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.cell_block import CellBlock
from itadesk.ui.cell_table import CellTable
from itadesk.ui.copied_cells import FORMAT
from itadesk.ui.import_dialog import ImportDialog
from itadesk.ui.measure_rows import MeasureRows, number_column
from itadesk.ui.measure_rows import column as column_of
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.session import FileSession

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(page):
    page.table.setCurrentIndex(cell(page, 0, "title"))
    return page


def block(page: MeasuresPage, first: tuple[int, str], last: tuple[int, str]) -> None:
    page.table.setCurrentIndex(cell(page, *first))
    page.table.extend(cell(page, *last), rows=False)


def copy(html: str = "", text: str = "") -> None:
    copied = QMimeData()
    if html:
        copied.setHtml(html)
    copied.setText(text)
    QGuiApplication.clipboard().setMimeData(copied)


def column(session, name: str) -> list[str]:
    return [getattr(row, name) for row in measures(session)]


def dialogs(page: MeasuresPage) -> list[ImportDialog]:
    return [dialog for dialog in page.findChildren(ImportDialog) if dialog.isVisible()]


# Out


def test_a_block_goes_out_as_lines_with_tabs_and_as_a_table(qtbot, page, session):
    session.edit("ช่วง", operations.set_field, Measure, measure_id(1), "responsible", 'กอง ก\nกอง "ข"')
    block(page, (0, "title"), (1, "responsible"))
    press(qtbot, page, Key.Key_C, CONTROL)
    data = QApplication.clipboard().mimeData()
    assert data.text() == f'{TITLES[0]}\tสำนักปลัด\n{TITLES[1]}\t"กอง ก\nกอง ""ข"""\n'
    (grid,) = clipboard.grids(data.html(), "")
    assert [[cell.text for cell in row.cells if cell] for row in grid.rows] == [
        [TITLES[0], "สำนักปลัด"],
        [TITLES[1], 'กอง ก\nกอง "ข"'],
    ]


def test_a_single_cell_goes_out_as_its_text(qtbot, page):
    press(qtbot, page, Key.Key_C, CONTROL)
    data = QApplication.clipboard().mimeData()
    assert data.text() == TITLES[0]
    assert not data.hasHtml()


def test_hidden_columns_are_not_copied_and_moved_ones_go_out_as_they_are_shown(qtbot, page):
    head = page.table.horizontalHeader()
    page.table.choice.show_column("responsible", False)
    head.moveSection(head.visualIndex(page.model.column("status")), 1)
    block(page, (0, "status"), (0, "period"))
    press(qtbot, page, Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == f"Not started\t{TITLES[0]}\t\n"


# Back in


def test_a_block_comes_in_where_the_selection_begins_as_one_step(qtbot, page, session):
    block(page, (0, "title"), (1, "responsible"))
    press(qtbot, page, Key.Key_C, CONTROL)
    page.table.setCurrentIndex(cell(page, 2, "title"))
    press(qtbot, page, Key.Key_V, CONTROL)
    assert titles(session) == [*TITLES[:2], *TITLES[:2]]
    assert session.undo_stack.count() == 1
    assert len(page.table.selected_cells()) == 4
    session.undo()
    assert titles(session) == list(TITLES)
    session.redo()
    assert titles(session) == [*TITLES[:2], *TITLES[:2]]


def test_one_value_goes_into_every_selected_cell(qtbot, page, session):
    copy(text="ต.ค. ๖๗\nก.ย. ๖๘")
    block(page, (1, "period"), (3, "period"))
    press(qtbot, page, Key.Key_V, CONTROL)
    assert column(session, "period") == ["", *["ต.ค. ๖๗\nก.ย. ๖๘"] * 3]
    assert session.undo_stack.count() == 1


def test_a_block_is_repeated_over_a_selection_of_its_shape(qtbot, page, session):
    copy(text="ก\t1\nข\t2")
    block(page, (0, "period"), (3, "indicator"))
    press(qtbot, page, Key.Key_V, CONTROL)
    assert column(session, "period") == ["ก", "ข", "ก", "ข"]
    assert column(session, "indicator") == ["1", "2", "1", "2"]


def test_a_cell_of_excel_with_line_ends_is_one_value(qtbot, page, session):
    copy("<table><tr><td>ก<br>ข</td></tr></table>", '"ก\nข"')
    page.table.setCurrentIndex(cell(page, 0, "period"))
    press(qtbot, page, Key.Key_V, CONTROL)
    assert column(session, "period")[0] == "ก\nข"


def test_paragraphs_with_tabs_are_a_text_not_a_table(qtbot, page, session):
    copy("<p>๑.&#9;ก</p><p>๒.&#9;ข</p>", "๑.\tก\n๒.\tข")
    page.table.setCurrentIndex(cell(page, 0, "period"))
    press(qtbot, page, Key.Key_V, CONTROL)
    assert column(session, "period")[0] == "๑. ก\n๒. ข"


def test_what_is_refused_is_named_and_the_rest_is_stored(qtbot, page, session):
    copy(text="3\tดำเนินงานเสร็จแล้ว\nabc\tไม่ทราบ\n9.4\t")
    page.table.setCurrentIndex(cell(page, 0, "indicator"))
    press(qtbot, page, Key.Key_V, CONTROL)
    assert message() == "2 cells could not be pasted and stay as they were."
    assert column(session, "indicator") == ["3", "", "9.4", ""]
    assert session.undo_stack.count() == 1
    session.undo()
    assert column(session, "indicator") == [""] * 4


def test_rows_beyond_the_last_become_measures_when_they_have_a_title(qtbot, page, session):
    copy(text="ก\tกองคลัง\nข\tกองช่าง\n\tไม่มีชื่อ")
    page.table.setCurrentIndex(cell(page, 3, "title"))
    press(qtbot, page, Key.Key_V, CONTROL)
    assert titles(session) == [*TITLES[:3], "ก", "ข"]
    assert column(session, "responsible")[3:] == ["กองคลัง", "กองช่าง"]
    assert session.undo_stack.count() == 1
    session.undo()
    assert titles(session) == list(TITLES)


def test_columns_beyond_the_last_are_left_out(qtbot, page, session):
    copy(text="3\tเสร็จแล้ว\tเกิน")
    page.table.setCurrentIndex(cell(page, 0, "indicator"))
    page.actions_of_table.into_cells.trigger()
    assert column(session, "indicator")[0] == "3"
    assert status_of(session, 0) is Status.DONE
    copy(text="3\t3")
    page.table.setCurrentIndex(cell(page, 1, "indicator"))
    press(qtbot, page, Key.Key_V, CONTROL)
    assert "status" in message().lower(), "a column that slipped sets no status"


def test_a_pasted_empty_status_has_not_started(qtbot, page, session):
    copy(text="1\t\n2\t")
    page.table.setCurrentIndex(cell(page, 2, "indicator"))
    press(qtbot, page, Key.Key_V, CONTROL)
    assert status_of(session, 2) is Status.NOT_STARTED


@pytest.mark.parametrize(
    ("text", "first", "last", "page_opens"),
    [
        ("\n".join("\t".join(row) for row in (HEAD[:2], ROWS[0][:2])), (0, "title"), (0, "title"), True),
        ("ก\tข\tค", (0, "title"), (0, "title"), True),
        ("ก\tข\tค", (0, "title"), (0, "period"), False),
        ("ก\tข", (0, "title"), (0, "title"), False),
        ("ก\tข\nมาตรการ ก\tสำนักปลัด", (0, "title"), (0, "title"), False),
        ("มาตรการ ก\tสำนักปลัด\nมาตรการ ข\tสำนักปลัด", (0, "responsible"), (0, "title"), False),
    ],
    ids=["headings", "wide", "wide on a block", "narrow", "units", "only units"],
)
def test_which_way_a_table_of_another_program_goes(qtbot, page, session, text, first, last, page_opens):
    copy(text=text)
    block(page, first, last)
    press(qtbot, page, Key.Key_V, CONTROL)
    assert bool(dialogs(page)) is page_opens
    assert (titles(session)[0] == text.partition("\t")[0]) is not page_opens
    session.tasks.wait()


def test_a_table_with_cells_that_reach_over_others_is_one_of_measures(qtbot, page, session):
    copy('<table><tr><td colspan="2">ตัวชี้วัดที่ 1</td></tr><tr><td>ก</td><td>ข</td></tr></table>')
    press(qtbot, page, Key.Key_V, CONTROL)
    assert dialogs(page)
    session.tasks.wait()


def test_each_way_is_offered_beside_the_usual_one(qtbot, page, session):
    copy(text="ก\tข")
    page.actions_of_table.as_measures.trigger()
    assert dialogs(page)
    session.tasks.wait()
    dialogs(page)[0].reject()
    copy(text="ก\tข\tค")
    page.actions_of_table.into_cells.trigger()
    assert (titles(session)[0], column(session, "period")[0]) == ("ก", "ค")


def test_nonsense_in_our_own_format_is_passed_over(qtbot, page, session):
    for spoilt in (b"\xff", b"[]", b'{"rows": [["a"]]}', b'{"rows": [[]], "names": [], "ids": [], "cut": 0}'):
        data = QMimeData()
        data.setData(FORMAT, spoilt)
        data.setText("ดี")
        QGuiApplication.clipboard().setMimeData(data)
        page.table.setCurrentIndex(cell(page, 0, "title"))
        press(qtbot, page, Key.Key_V, CONTROL)
        assert titles(session)[0] == "ดี"
    data = QMimeData()
    data.setData(
        FORMAT, json.dumps({"rows": [["x"]], "names": ["nobody"], "ids": ["1"], "cut": True}).encode()
    )
    data.setText("ดีมาก")
    QGuiApplication.clipboard().setMimeData(data)
    press(qtbot, page, Key.Key_V, CONTROL)
    assert titles(session)[0] == "ดีมาก"


def test_a_column_that_only_shows_something_is_copied_and_passed_over(qtbot, session):
    columns = [
        number_column(),
        column_of("title"),
        column_of("responsible", editable=False),
        column_of("period"),
    ]
    model = MeasureRows(session, columns)
    table = CellTable(model)
    qtbot.addWidget(table)
    cells = CellBlock(session, table, model)
    table.setCurrentIndex(model.index(0, 1))
    table.extend(model.index(0, 3), rows=False)
    cells.copy()
    assert QApplication.clipboard().text() == f"{TITLES[0]}\tสำนักปลัด\t\n"
    copy(text="ก\tข\tค")
    cells.paste()
    assert [column(session, name)[0] for name in ("title", "responsible", "period")] == ["ก", "สำนักปลัด", "ค"]
    cells.clear()
    assert [column(session, name)[0] for name in ("title", "responsible", "period")] == ["", "สำนักปลัด", ""]


# Cut, fill, clear


def test_cut_cells_are_cleared_and_come_in_elsewhere(qtbot, page, session):
    block(page, (0, "title"), (1, "title"))
    press(qtbot, page, Key.Key_X, CONTROL)
    assert titles(session) == ["", "", *TITLES[2:]]
    assert session.undo_stack.count() == 1
    page.table.setCurrentIndex(cell(page, 2, "title"))
    press(qtbot, page, Key.Key_V, CONTROL)
    assert titles(session) == ["", "", *TITLES[:2]]


def test_ctrl_d_fills_down_from_the_first_row_and_into_one_cell_from_above(qtbot, page, session):
    session.edit("ช่วง", operations.set_field, Measure, measure_id(0), "period", "ทั้งปี")
    block(page, (0, "period"), (2, "status"))
    press(qtbot, page, Key.Key_D, CONTROL)
    assert column(session, "period") == ["ทั้งปี", "ทั้งปี", "ทั้งปี", ""]
    assert status_of(session, 2) is Status.NOT_STARTED
    page.table.setCurrentIndex(cell(page, 3, "period"))
    press(qtbot, page, Key.Key_D, CONTROL)
    assert column(session, "period")[3] == "ทั้งปี"
    assert session.undo_stack.count() == 3
    page.table.setCurrentIndex(cell(page, 0, "period"))
    press(qtbot, page, Key.Key_D, CONTROL)
    assert session.undo_stack.count() == 3, "above the first row stands nothing"


def test_delete_empties_cells_of_all_kinds(qtbot, page, session):
    page.table.choice.show_column("continuous", True)
    session.edit("ชี้วัด", operations.set_field, Measure, measure_id(1), "indicator", "3")
    block(page, (1, "responsible"), (2, "status"))
    press(qtbot, page, Key.Key_Delete)
    changed = measures(session)[1]
    assert (changed.responsible, changed.indicator, changed.continuous) == ("", "", False)
    assert [status_of(session, number) for number in (1, 2)] == [Status.NOT_STARTED] * 2
    assert len(measures(session)) == 4
    assert session.undo_stack.count() == 2
    press(qtbot, page, Key.Key_Delete)
    assert session.undo_stack.count() == 2, "what is empty needs no step"


def test_keys_in_an_open_editor_are_its_own(qtbot, page, session):
    copy(text="ข")
    press(qtbot, page, Key.Key_F2)
    press(qtbot, page, Key.Key_A, CONTROL)
    press(qtbot, page, Key.Key_V, CONTROL)
    press(qtbot, page, Key.Key_Home)
    press(qtbot, page, Key.Key_Delete)
    press(qtbot, page, Key.Key_Return)
    assert titles(session) == ["", *TITLES[1:]]


def test_looking_only_lets_copy_and_nothing_else(qtbot, tmp_path, data):
    open_session(tmp_path).close()
    session = FileSession(OfficeFile.view(tmp_path / "office.itadesk"))
    page = in_window(qtbot, MeasuresPage(session))
    page.table.setFocus()
    before = session.snapshot
    for key in (Key.Key_C, Key.Key_X, Key.Key_V, Key.Key_D, Key.Key_Minus):
        press(qtbot, page, key, CONTROL)
    press(qtbot, page, Key.Key_Delete)
    page.actions_of_table.cells.paste_into_cells()
    page.actions_of_table.cells.cut()
    page.actions_of_table.cells.clear()
    assert QApplication.clipboard().text() == TITLES[0]
    assert session.snapshot == before
    session.close()


def test_all_cells_of_four_thousand_measures_are_filled_and_undone(qtbot, tmp_path, data):
    session = open_session(tmp_path, 4_000)
    page = in_window(qtbot, MeasuresPage(session))
    page.table.setFocus()
    page.table.setCurrentIndex(cell(page, 0, "responsible"))
    press(qtbot, page, Key.Key_Space, CONTROL)
    copy(text="กองคลัง")
    press(qtbot, page, Key.Key_V, CONTROL)
    assert set(column(session, "responsible")) == {"กองคลัง"}
    assert session.undo_stack.count() == 1
    session.undo()
    assert set(column(session, "responsible")) == {"สำนักปลัด"}
    session.tasks.wait()
    session.close(publish=False)
