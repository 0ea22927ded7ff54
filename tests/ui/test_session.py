"""The open file behind the window: edits, undo, place in hand, and publishing by itself, on a real file."""

import contextlib
import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox
from ui.desk import USER, YEAR, measure_id, open_session, titles

from itadesk.domain.model import FiscalYear, Measure
from itadesk.errors import UserError
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.storage.publish import Moved, Replaced
from itadesk.ui import session as session_module
from itadesk.ui.session import FileSession, Saving
from itadesk.ui.thai_text import BREAK


def retitle(session: FileSession, title: str, number: int = 0) -> None:
    session.edit("แก้ชื่อ", operations.set_field, Measure, measure_id(number), "title", title)


def in_hand(session: FileSession) -> int | None:
    """The fiscal year in hand."""
    return None if session.fiscal_year is None else session.fiscal_year.year


def message() -> str:
    """The text of the dialog that is shown; closes it."""
    boxes = [
        box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()
    ]
    assert len(boxes) == 1, "one message at a time"
    boxes[0].close()
    return boxes[0].text().replace(BREAK, "")


def published(path: Path) -> list[str]:
    """The titles as another program finds them in the file."""
    with contextlib.closing(OfficeFile.view(path)) as file:
        return [measure.title for measure in file.snapshot.children(Measure, YEAR)]


def test_an_edit_is_committed_announced_and_named(qtbot, session):
    with qtbot.waitSignal(session.changed) as changed:
        new = session.edit("เพิ่มมาตรการ", operations.add_measure, YEAR, title="ใหม่")
    snapshot, changes = changed.args
    assert changes.ids("measure") == {new}
    assert snapshot is session.snapshot
    assert titles(session)[-1] == "ใหม่"
    assert session.undo_stack.undoText() == "เพิ่มมาตรการ"


def test_an_edit_that_changes_nothing_is_no_step(qtbot, session):
    with qtbot.assertNotEmitted(session.changed):
        retitle(session, titles(session)[0])
    assert not session.undo_stack.canUndo()


def test_a_refused_edit_is_explained_and_leaves_everything_as_it_was(qtbot, session):
    before = session.snapshot
    assert session.edit("เพิ่มปี", operations.add_fiscal_year, 2568) is None
    assert "2568" in message()
    assert session.snapshot is before
    assert not session.undo_stack.canUndo()


def test_undo_and_redo_walk_through_the_steps(qtbot, session):
    first = titles(session)
    retitle(session, "ก")
    session.edit("ลบ", operations.delete_measures, [measure_id(1)])
    last = titles(session)
    session.undo()
    session.undo()
    assert titles(session) == first
    assert not session.undo_stack.canUndo()
    session.redo()
    session.redo()
    assert titles(session) == last
    session.publish_now()
    session.tasks.wait()
    assert published(session.path) == last


def test_an_undo_that_the_disk_refuses_can_be_tried_again(qtbot, session):
    retitle(session, "ยาว" * 30_000)
    session.edit("ลบ", operations.delete_measures, [measure_id(0)])
    without = titles(session)
    disk = session._file._editing_now().connection
    (pages,) = disk.execute("PRAGMA page_count").fetchone()
    (free,) = disk.execute("PRAGMA freelist_count").fetchone()
    disk.execute("VACUUM")
    disk.execute(f"PRAGMA max_page_count = {pages - free}")
    session.undo()
    assert message()
    assert titles(session) == without
    assert session.undo_stack.undoText() == "ลบ"
    disk.execute("PRAGMA max_page_count = 1000000")
    session.undo()
    assert titles(session)[0] == "ยาว" * 30_000


def test_an_undo_that_fails_for_whatever_reason_can_be_tried_again(qtbot, session):
    first = titles(session)
    retitle(session, "ก")
    disk = session._file._editing_now().connection
    disk.execute("ALTER TABLE measure RENAME TO elsewhere")
    with qtbot.assertNotEmitted(session.changed), pytest.raises(Exception, match="measure"):
        session.undo()
    assert session.undo_stack.canUndo()
    assert titles(session)[0] == "ก"
    disk.execute("ALTER TABLE elsewhere RENAME TO measure")
    session.undo()
    assert titles(session) == first
    session.redo()
    assert titles(session)[0] == "ก"


def test_work_reaches_the_file_by_itself(qtbot, session, monkeypatch):
    monkeypatch.setattr(session_module, "PAUSE", 0)
    retitle(session, "ถึงแฟ้มแล้ว")
    assert session.save_state.saving is Saving.WAITING
    qtbot.waitUntil(lambda: session.save_state.saving is Saving.SAVED)
    assert published(session.path)[0] == "ถึงแฟ้มแล้ว"
    assert isinstance(session.save_state.at, dt.datetime)


def test_leaving_the_window_publishes(qtbot, session):
    retitle(session, "ก่อนไป")
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    session.tasks.wait()
    assert published(session.path)[0] == "ก่อนไป"


def test_saving_keeps_a_dated_copy_even_when_nothing_is_new(qtbot, session, tmp_path):
    session.save()
    session.tasks.wait()
    assert session.save_state.saving is Saving.SAVED
    assert list((tmp_path / "data" / "backups").rglob("*.itadesk"))


def test_a_file_that_was_moved_away_is_told_and_can_be_written_again(qtbot, session):
    retitle(session, "ยังอยู่")
    session.path.unlink()
    session.publish_now()
    session.tasks.wait()
    assert session.save_state.saving is Saving.FAILED
    assert isinstance(session.save_state.trouble, Moved)
    session.overwrite()
    session.tasks.wait()
    assert session.save_state.saving is Saving.SAVED
    assert published(session.path)[0] == "ยังอยู่"


def test_a_file_that_was_replaced_is_not_overwritten_unasked(qtbot, session, tmp_path):
    foreign = b"somebody else's"
    retitle(session, "ของเรา")
    session.path.write_bytes(foreign)
    session.publish_now()
    session.tasks.wait()
    assert isinstance(session.save_state.trouble, Replaced)
    assert session.path.read_bytes() == foreign


def test_an_edit_after_trouble_does_not_hide_it(qtbot, session):
    retitle(session, "หนึ่ง")
    session.path.unlink()
    session.publish_now()
    session.tasks.wait()
    retitle(session, "สอง")
    assert session.save_state.saving is Saving.FAILED


def test_an_unexpected_error_while_publishing_is_shown_as_a_bug_and_as_trouble(qtbot, session, monkeypatch):
    def broken(**_options: object) -> None:
        raise ZeroDivisionError

    retitle(session, "ก")
    monkeypatch.setattr(session._file, "publish", broken)
    session.publish_now()
    with pytest.raises(ZeroDivisionError):
        session.tasks.wait()
    assert session.save_state.saving is Saving.FAILED


def test_the_work_can_go_on_in_another_file(qtbot, session, tmp_path):
    session.save_as(tmp_path / "ที่ใหม่.itadesk")
    retitle(session, "ที่ใหม่")
    session.publish_now()
    session.tasks.wait()
    assert session.path.name == "ที่ใหม่.itadesk"
    assert published(session.path)[0] == "ที่ใหม่"
    assert published(tmp_path / "office.itadesk")[0] != "ที่ใหม่"


def test_the_newest_year_is_in_hand_and_any_can_be_taken(qtbot, session):
    assert in_hand(session) == 2568
    assert session.round == 12
    new = session.edit("เพิ่มปี", operations.add_fiscal_year, 2569)
    with qtbot.waitSignal(session.place_changed):
        session.set_place(new, 6)
    assert (in_hand(session), session.round) == (2569, 6)
    with qtbot.assertNotEmitted(session.place_changed):
        session.set_place(new, 6)


def test_a_year_that_goes_away_does_not_stay_in_hand(qtbot, session):
    new = session.edit("เพิ่มปี", operations.add_fiscal_year, 2569)
    session.set_place(new, 12)
    with qtbot.waitSignal(session.place_changed):
        session.undo()
    assert in_hand(session) == 2568
    with qtbot.waitSignal(session.place_changed):
        session.edit("ลบปี", operations.delete_row, FiscalYear, YEAR)
    assert in_hand(session) is None
    with qtbot.waitSignal(session.place_changed):
        session.undo()
    assert in_hand(session) == 2568


def test_looking_only_changes_nothing(qtbot, session):
    looking = FileSession(OfficeFile.view(session.path))
    before = session.path.read_bytes()
    assert looking.read_only
    retitle(looking, "ไม่ได้")
    assert message()
    looking.publish_now()
    looking.close()
    assert session.path.read_bytes() == before


def test_closing_publishes(qapp, tmp_path):
    session = open_session(tmp_path)
    retitle(session, "ก่อนปิด")
    session.close()
    assert published(session.path)[0] == "ก่อนปิด"


def test_work_that_could_not_be_published_comes_back(qapp, tmp_path):
    session = open_session(tmp_path)
    kept = session.path.read_bytes()
    retitle(session, "กลับมา")
    session.path.unlink()
    with pytest.raises(UserError):
        session.close()
    session.close(publish=False)
    session.path.write_bytes(kept)
    again = FileSession(OfficeFile.open(session.path, user=USER))
    assert again.recovered is not None
    assert again.recovered.changes == 1
    assert titles(again)[0] == "กลับมา"
    again.close()


def test_a_file_without_any_progress_begins_with_the_first_round(qapp, tmp_path):
    session = open_session(tmp_path, 1)
    assert session.round == 6
    session.close(publish=False)
