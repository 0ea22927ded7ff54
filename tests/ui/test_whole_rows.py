"""Measures copied and cut whole: they come again with all their fields, or move with all they have."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from ui.desk import TITLES, cell, measure_id, measures, press, titles
from ui.test_cell_block import column, copy

from itadesk.domain.model import Measure, Status
from itadesk.storage import operations

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def test_rows_copied_whole_come_again_behind_the_current_one_with_all_their_fields(qtbot, page, session):
    session.edit("ขั้น", operations.set_field, Measure, measure_id(2), "steps", "๑. ก\n๒. ข")
    page.table.select([measure_id(2)])
    press(qtbot, page, Key.Key_C, CONTROL)
    assert QApplication.clipboard().text().startswith(f"3\t{TITLES[2]}\t")
    page.table.setCurrentIndex(cell(page, 0, "period"))
    press(qtbot, page, Key.Key_V, CONTROL)
    assert titles(session) == [TITLES[0], TITLES[2], *TITLES[1:]]
    copied = measures(session)[1]
    assert copied.steps == "๑. ก\n๒. ข"
    told = session.snapshot.progress(copied.id, 12)
    assert told is not None
    assert told.status is Status.DONE
    session.undo()
    assert titles(session) == list(TITLES)


def test_rows_copied_whole_can_go_into_cells_field_by_field(qtbot, page, session):
    for column_ in page.model.columns[1:]:
        page.table.choice.show_column(column_.name, True)
    session.edit("ขั้น", operations.set_field, Measure, measure_id(2), "steps", "๑. ก")
    page.table.select([measure_id(2)])
    press(qtbot, page, Key.Key_C, CONTROL)
    page.table.choice.go_back()
    page.table.select([measure_id(0), measure_id(1)])
    page.actions_of_table.into_cells.trigger()
    assert titles(session) == [TITLES[2]] * 3 + [TITLES[3]]
    assert column(session, "steps") == ["๑. ก"] * 3 + [""]


def test_a_text_on_a_row_that_is_selected_whole_goes_into_its_current_cell(qtbot, page, session):
    copy(text="ก")
    page.table.select([measure_id(1)])
    press(qtbot, page, Key.Key_V, CONTROL)
    assert titles(session) == [TITLES[0], "ก", *TITLES[2:]]
    assert column(session, "responsible")[1] == "สำนักปลัด"


def test_rows_cut_whole_stay_until_they_are_pasted_and_then_move(qtbot, page, session):
    page.table.select([measure_id(1), measure_id(2)])
    press(qtbot, page, Key.Key_X, CONTROL)
    assert titles(session) == list(TITLES)
    before = session.snapshot.progress(measure_id(2), 12)
    page.table.setCurrentIndex(cell(page, 3, "title"))
    press(qtbot, page, Key.Key_V, CONTROL)
    assert [row.id for row in measures(session)] == [measure_id(number) for number in (0, 3, 1, 2)]
    assert session.snapshot.progress(measure_id(2), 12) == before
    assert session.undo_stack.count() == 1
