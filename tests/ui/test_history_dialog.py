"""The history in the window: found, read in full, and taken back."""

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from ui.desk import TITLES, USER, YEAR, end, in_window, measure_id, open_session, titles
from ui.keyboard import type_text

from itadesk.domain.model import Deletion, Evidence, Measure, Phrase, Round, Status, Unit
from itadesk.storage import office_file, operations
from itadesk.storage.edit import Edit
from itadesk.storage.office_file import OfficeFile
from itadesk.ui import history_dialog
from itadesk.ui.history_dialog import HistoryDialog
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.session import FileSession
from itadesk.ui.thai_text import BREAK

OTHER = "สมชาย"


class Calendar(dt.datetime):
    today_is = dt.datetime(2020, 7, 1, 9, 0)

    @classmethod
    def now(cls, tz=None):
        return cls.today_is


@pytest.fixture
def session(qapp, tmp_path, data, monkeypatch):
    monkeypatch.setattr(office_file.dt, "datetime", Calendar)
    Calendar.today_is = dt.datetime(2020, 7, 1, 9, 0)
    session = open_session(tmp_path)
    yield session
    end(session)


def on_day(session: FileSession, day: int, operation: Callable[[Edit], object], who: str = USER) -> None:
    Calendar.today_is = dt.datetime(2020, 7, day, 9, 0)
    session._file._user = who
    session.edit("step", operation)


def set_title(title: str, number: int = 0) -> Callable[[Edit], object]:
    return lambda edit: operations.set_field(edit, Measure, measure_id(number), "title", title)


@pytest.fixture
def dialog(qtbot, session) -> Callable[..., HistoryDialog]:
    def make(measure: str | None = None) -> HistoryDialog:
        dialog = HistoryDialog(session, None, measure)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        with qtbot.waitActive(dialog):
            dialog.show()
            dialog.activateWindow()
        settle(dialog)
        return dialog

    return make


def settle(dialog: HistoryDialog) -> None:
    """Let everything that was asked be answered: an answer may bring the next question."""
    while dialog._reading.busy or dialog._asking.busy:
        dialog._session.tasks.wait()


def lines(dialog: HistoryDialog) -> list[tuple[str, ...]]:
    settle(dialog)
    names = ("who", "what", "field", "old", "new")
    return [tuple(getattr(line, name) for name in names) for line in dialog.model.rows]


def choose(dialog: HistoryDialog, at: int) -> None:
    dialog.table.select([dialog.model.rows[at].id], 0)
    settle(dialog)


def test_each_changed_field_is_a_line_newest_first(session, dialog):
    on_day(session, 1, set_title("คู่มือ"))
    on_day(session, 2, lambda edit: operations.set_status(edit, [measure_id(1)], 12, Status.DONE), OTHER)
    on_day(session, 3, lambda edit: operations.add_unit(edit, name="กองช่าง"))
    on_day(session, 4, lambda edit: operations.delete_measures(edit, [measure_id(2)]))
    assert lines(dialog()) == [
        (USER, f"Measure “{TITLES[2]}”", "(deleted)", TITLES[2], ""),
        (USER, "Unit “กองช่าง”", "(added)", "", "กองช่าง"),
        (OTHER, f"Measure 2 “{TITLES[1]}” › Progress “12-month round”", "Status", "In progress", "Done"),
        (USER, "Measure 1 “คู่มือ”", "Measure", TITLES[0], "คู่มือ"),
    ]


def test_words_person_and_day_narrow_the_list(qtbot, session, dialog):
    on_day(session, 1, set_title("แผน ๒๕๖๙"))
    on_day(session, 2, set_title("คู่มือ", 1), OTHER)
    found = dialog()
    type_text(found.text, "2569")
    assert [new for *_rest, new in lines(found)] == ["แผน ๒๕๖๙"]
    found.text.clear()
    lines(found)
    found.who.setCurrentIndex(found.who.findData(OTHER))
    found.who.activated.emit(found.who.currentIndex())
    assert [new for *_rest, new in lines(found)] == ["คู่มือ"]
    found.since.setCurrentIndex(found.since.findData(0))
    found.since.activated.emit(found.since.currentIndex())
    assert lines(found) == []
    assert found.nothing.isVisible()
    assert not found.restore.isEnabled()
    assert not found.undo.isEnabled()
    assert not found.copy.isEnabled()


def test_of_one_measure_with_its_progress_and_evidence(session, dialog):
    on_day(
        session, 1, lambda edit: operations.set_status(edit, [measure_id(0), measure_id(1)], 6, Status.DONE)
    )
    on_day(session, 2, lambda edit: operations.add_row(edit, Evidence, measure_id(0), title="ภาพ"))
    on_day(session, 3, set_title("อื่น", 1))
    found = dialog(measure_id(0))
    assert [what.split(" › ")[1] for _who, what, *_rest in lines(found)] == [
        "Evidence “ภาพ”", "Progress “6-month round”"
    ]  # fmt: skip
    found.scope.setCurrentIndex(1)
    found.scope.activated.emit(1)
    assert len(lines(found)) == 4


def test_old_and_new_are_shown_whole_with_the_difference_marked(session, dialog):
    long = "จัดทำประกาศ\n" + "ขั้นตอนต่อไป " * 300
    on_day(session, 1, lambda edit: operations.set_field(edit, Measure, measure_id(0), "steps", long))
    on_day(
        session,
        2,
        lambda edit: operations.set_field(edit, Measure, measure_id(0), "steps", long + "\nเผยแพร่ <b>"),
    )
    found = dialog()
    assert found.old.toPlainText().replace(BREAK, "") == long
    assert found.new.toPlainText().replace(BREAK, "") == long + "\nเผยแพร่ <b>"
    assert "background-color" not in found.old.toHtml().split("</head>")[1]
    marked = found.new.toHtml().split("background-color")
    assert len(marked) > 1
    assert "ขั้นตอน" not in marked[-1]


def test_a_value_is_set_back_and_that_can_be_undone_in_the_dialog(qtbot, session, dialog):
    on_day(session, 1, set_title("ใหม่"))
    found = dialog()
    found.restore.click()
    assert titles(session)[0] == TITLES[0]
    assert session.undo_stack.undoText() == "Set Measure back"
    lines(found)
    qtbot.keyClick(found, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert titles(session)[0] == "ใหม่"
    lines(found)
    qtbot.keyClick(found, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert titles(session)[0] == TITLES[0]


def test_later_changes_of_the_same_field_are_told_before(session, dialog):
    on_day(session, 1, set_title("หนึ่ง"))
    on_day(session, 2, lambda edit: operations.set_field(edit, Measure, measure_id(0), "heading", "ก"))
    on_day(session, 3, set_title("สอง"), OTHER)
    found = dialog()
    choose(found, 2)
    assert OTHER in found.hint.text()
    assert "2 ก.ค." not in found.hint.text().replace(BREAK, "")
    found.restore.click()
    assert titles(session)[0] == TITLES[0]
    lines(found)
    choose(found, next(at for at, line in enumerate(found.model.rows) if line.name == "heading"))
    assert not found.hint.isVisible()


def test_a_change_of_several_fields_is_undone_whole(session, dialog):
    def change(edit: Edit) -> None:
        set_title("ใหม่")(edit)
        operations.set_field(edit, Measure, measure_id(0), "heading", "หัวข้อ")

    on_day(session, 1, change)
    found = dialog()
    assert "2" in found.undo.text()
    found.undo.click()
    row = session.snapshot.all(Measure)[measure_id(0)]
    assert (row.title, row.heading) == (TITLES[0], "")
    assert lines(found) == []  # what is undone the same day is no history


def test_what_was_added_is_deleted_and_what_was_deleted_comes_back(session, dialog):
    on_day(session, 1, lambda edit: operations.add_unit(edit, name="กองช่าง"))
    on_day(session, 2, lambda edit: operations.delete_measures(edit, [measure_id(1)]))
    Calendar.today_is = dt.datetime(2020, 7, 3, 9, 0)
    found = dialog()
    assert not found.restore.isVisible()
    found.undo.click()
    assert titles(session) == list(TITLES)
    lines(found)
    choose(found, next(at for at, line in enumerate(found.model.rows) if line.what.startswith("Unit")))
    found.undo.click()
    assert "กองช่าง" not in {row.name for row in session.snapshot.all(Unit).values()}
    assert [row.title for row in session.snapshot.children(Deletion)] == ["กองช่าง"]


def test_of_what_is_gone_it_says_what_to_do(session, dialog):
    on_day(session, 1, set_title("ใหม่"))
    on_day(session, 2, lambda edit: operations.delete_measures(edit, [measure_id(0)]))
    found = dialog()
    choose(found, 1)
    assert found.model.rows[1].what == "Measure “ใหม่”"
    assert not found.restore.isEnabled()
    assert not found.undo.isEnabled()
    assert "deleted" in found.hint.text()
    choose(found, 0)
    assert found.undo.isEnabled()


def test_what_has_no_place_any_more_is_refused_with_a_reason(session, dialog):
    on_day(session, 1, lambda edit: operations.delete_measures(edit, [measure_id(0)]))
    on_day(session, 2, lambda edit: operations.delete_row(edit, type(session.fiscal_year), YEAR))
    on_day(session, 3, lambda edit: [edit.delete(Deletion, row) for row in edit.snapshot.all(Deletion)])
    found = dialog()
    choose(found, 1)
    found.undo.click()
    (box,) = [
        box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()
    ]
    assert "2568" in box.informativeText()
    box.close()


def test_more_lines_come_at_the_end_of_the_list(session, dialog, monkeypatch):
    monkeypatch.setattr(history_dialog, "FIRST", 20)
    rounds: tuple[Round, ...] = (6, 12)
    for day in range(1, 13):
        on_day(session, day, set_title(f"วันที่ {day}", day % 4))
        for round_ in rounds:
            on_day(
                session,
                day,
                lambda edit, day=day, round_=round_: operations.set_progress(
                    edit, measure_id(day % 4), round_, result=f"ผล {day}"
                ),
            )
    found = dialog()
    assert len(lines(found)) == 20
    bar = found.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert len(lines(found)) > 30


def test_selected_lines_are_copied_as_a_spreadsheet_pastes_them(session, dialog):
    on_day(session, 1, set_title("หนึ่ง\nสอง"))
    on_day(session, 2, set_title("สาม", 1))
    found = dialog()
    found.table.selectAll()
    found.copy.click()
    first, *rest = QApplication.clipboard().text().split("\n", 1)
    assert first.split("\t") == ["When", "Who", "What", "Field", "Old", "New"]
    assert rest[0].count(USER) == 2
    assert '"หนึ่ง\nสอง"' in rest[0]


def test_of_a_file_that_is_only_looked_at_nothing_can_be_taken_back(qtbot, session, dialog):
    on_day(session, 1, set_title("ใหม่"))
    session._file.publish()
    viewed = FileSession(OfficeFile.view(session.path))
    found = HistoryDialog(viewed, None)
    qtbot.addWidget(found)
    assert len(lines(found)) == 1
    assert not found.restore.isEnabled()
    assert not found.undo.isEnabled()
    viewed.close()


def test_the_measures_page_shows_the_history_of_the_current_measure(qtbot, session):
    on_day(session, 1, set_title("ใหม่", 1))
    page = in_window(qtbot, MeasuresPage(session))
    page.table.select([measure_id(1)])
    (history,) = [action for action in page.page_actions if action.text().startswith("&History")]
    history.trigger()
    (found,) = page.findChildren(HistoryDialog)
    assert [new for *_rest, new in lines(found)] == ["ใหม่"]
    found.close()


def test_a_phrase_that_was_kept_and_deleted_is_told(session, dialog):
    on_day(session, 1, lambda edit: operations.add_phrase(edit, "แต่งตั้งคณะทำงาน"))
    kept = session.snapshot.children(Phrase, session.snapshot.office.id)
    on_day(session, 2, lambda edit: operations.delete_row(edit, Phrase, kept[0].id))
    assert lines(dialog()) == [
        (USER, "Phrase “แต่งตั้งคณะทำงาน”", "(deleted)", "แต่งตั้งคณะทำงาน", ""),
        (USER, "Phrase “แต่งตั้งคณะทำงาน”", "(added)", "", "แต่งตั้งคณะทำงาน"),
    ]
    assert any(row.table_name == "phrase" for row in session.snapshot.all(Deletion).values())
