"""The bin in the window: looked at, brought back, emptied, and all of that undone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from ui.desk import TITLES, USER, YEAR, measure_id, titles
from ui.keyboard import type_text

from itadesk import i18n
from itadesk.domain.model import Deletion, FiscalYear, Measure, Unit
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.bin_dialog import BinDialog
from itadesk.ui.session import FileSession
from itadesk.ui.thai_text import BREAK


def opened(qtbot, session) -> BinDialog:
    dialog = BinDialog(session, None)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    settle(dialog)
    return dialog


def settle(dialog: BinDialog) -> None:
    """Let everything that was asked be answered: an answer may bring the next question."""
    while dialog._looking.busy:
        dialog._session.tasks.wait()


def delete(session, *numbers: int) -> None:
    session.edit("delete", operations.delete_measures, [measure_id(number) for number in numbers])


def shown(dialog: BinDialog) -> list[list[str]]:
    model = dialog.model
    columns = range(1, model.columnCount())
    return [
        [model.index(row, column).data().replace(BREAK, "") for column in columns]
        for row in range(model.rowCount())
    ]


def test_the_bin_says_what_where_and_by_whom_newest_first(qtbot, session):
    session.edit("delete", operations.delete_row, Unit, "d" * 32)
    delete(session, 1)
    assert shown(opened(qtbot, session)) == [
        [USER, "Measure", TITLES[1], "Fiscal year 2568", "1"],
        [USER, "Unit", "กองคลัง", "", ""],
    ]


def test_an_entry_is_looked_at_with_what_hung_below_it(qtbot, session):
    delete(session, 1)
    dialog = opened(qtbot, session)
    text = dialog.content.toPlainText().replace(BREAK, "")
    assert TITLES[1] in text
    assert "Status: In progress" in text
    assert "KB" in dialog.summary.text()


def test_what_is_selected_comes_back_as_one_step(qtbot, session):
    delete(session, 0, 2)
    dialog = opened(qtbot, session)
    dialog.table.selectAll()
    dialog.restore.click()
    assert titles(session) == list(TITLES)
    assert dialog.nothing.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert titles(session) == [TITLES[1], TITLES[3]]
    assert len(shown(dialog)) == 2
    assert dialog.restore.isEnabled()


def test_what_it_belongs_to_comes_back_as_well(qtbot, session):
    delete(session, 1)
    session.edit("delete", operations.delete_row, FiscalYear, YEAR)
    dialog = opened(qtbot, session)
    dialog.table.select([row.id for row in dialog.model.rows if row.table_name == "measure"])
    dialog.restore.click()
    assert titles(session) == list(TITLES)
    assert not session.snapshot.children(Deletion)


def test_without_a_place_it_says_why(qtbot, session):
    session.edit("delete", operations.delete_row, FiscalYear, YEAR)
    session.edit("add", operations.add_fiscal_year, 2568)
    dialog = opened(qtbot, session)
    dialog.restore.click()
    (box,) = [
        box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()
    ]
    assert "2568" in box.text()
    box.close()
    assert len(shown(dialog)) == 1


def test_deleting_for_good_and_emptying_ask_nothing_and_can_be_undone(qtbot, session):
    delete(session, 0, 1, 2)
    dialog = opened(qtbot, session)
    dialog.forget.click()
    assert len(shown(dialog)) == 2
    dialog.empty.click()
    assert shown(dialog) == []
    assert not dialog.empty.isEnabled()
    session.undo()
    session.undo()
    assert len(shown(dialog)) == 3
    dialog.table.selectAll()
    dialog.restore.click()
    assert titles(session) == list(TITLES)


def test_the_bin_is_searched(qtbot, session):
    delete(session, 0, 1)
    dialog = opened(qtbot, session)
    type_text(dialog.text, "จัดซื้อ")
    assert [row[2] for row in shown(dialog)] == [TITLES[1]]


def test_an_entry_that_cannot_be_read_says_so(qtbot, session):
    delete(session, 0)
    raw = session._file._editing.connection
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("DELETE FROM attachment")
    dialog = opened(qtbot, session)
    assert TITLES[0] in dialog.content.toPlainText().replace(BREAK, "")
    assert "cannot be read" in dialog.content.toPlainText()


def test_of_a_file_that_is_only_looked_at_nothing_comes_back(qtbot, session):
    delete(session, 0)
    session._file.publish()
    viewed = FileSession(OfficeFile.view(session.path))
    dialog = opened(qtbot, viewed)
    assert len(shown(dialog)) == 1
    assert not any(button.isEnabled() for button in (dialog.restore, dialog.forget, dialog.empty))
    assert dialog.content.toPlainText()
    dialog.close()
    viewed.close()


def test_deleting_from_the_table_puts_it_there(qtbot, area):
    session = area.session
    area.page.table.select([measure_id(0)])
    qtbot.keyClick(area.page.table, Qt.Key.Key_Delete)
    assert [row.title for row in session.snapshot.children(Deletion)] == [TITLES[0]]
    area.undo()
    assert session.snapshot.all(Measure)[measure_id(0)]
    assert not session.snapshot.children(Deletion)


def test_the_heads_of_the_columns_are_read_whole(qtbot, session):
    i18n.install("th")
    table = opened(qtbot, session).table
    head = table.horizontalHeader()
    wanted = [head.sectionSizeHint(section) for section in range(head.count())]
    assert all(head.sectionSize(section) >= width for section, width in enumerate(wanted))
