"""The page of backups: what each holds and how it differs, to look into, to restore beside the file or in its place."""

import contextlib

import pytest
from PySide6.QtWidgets import QApplication
from ui.desk import TITLES, USER, YEAR, measure_id, rows
from ui.window import answers, message, open_area, published, retitle, saves_to, toasts

from itadesk.domain.model import Measure, Status
from itadesk.storage import backup, opener, operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.backups_dialog import BackupsDialog
from itadesk.ui.thai_text import BREAK
from itadesk.ui.window_content import WindowContent
from itadesk.ui.work_area import WorkArea

pytestmark = pytest.mark.usefixtures("data")


def shown(content: WindowContent) -> BackupsDialog:
    """The page, with all copies read and the one in hand compared."""
    content.show_backups()
    (dialog,) = content.window.findChildren(BackupsDialog)
    settle(content, dialog)
    return dialog


def settle(content: WindowContent, dialog: BackupsDialog) -> None:
    content.tasks.wait()
    while dialog._comparing.busy or any(line.looked is None for line in dialog.lines.rows):
        content.tasks.wait()


def column(dialog: BackupsDialog, name: str) -> list[str]:
    at = dialog.lines.column(name)
    return [dialog.lines.index(row, at).data() for row in range(dialog.lines.rowCount())]


def told(dialog: BackupsDialog) -> str:
    return dialog.told.toPlainText().replace(BREAK, "")


def take(content: WindowContent, dialog: BackupsDialog, row: int) -> None:
    dialog.table.select([dialog.lines.rows[row].id])
    settle(content, dialog)


@pytest.fixture
def edited(area: WorkArea) -> WorkArea:
    """The office, of which a copy was kept, then other things in the file."""
    area.session.save()
    area.session.tasks.wait()
    retitle(area.session, "ชื่อใหม่")
    area.session.edit("ลบ", operations.delete_measures, [measure_id(3)])
    return area


def test_copies_are_listed_with_what_they_hold_and_how_the_file_differs(content, edited):
    dialog = shown(content)
    assert column(dialog, "measures") == ["4"]
    assert column(dialog, "years") == ["2568"]
    assert [column(dialog, status.value) for status in Status] == [["2"], ["1"], ["1"]]
    assert "งามดี.itadesk" in dialog.document.currentText()
    words = told(dialog)
    assert "ชื่อใหม่" in words
    assert f"Removed · Fiscal year 2568 · Measure “{TITLES[3]}”" in words
    dialog.close()


def test_a_copy_is_restored_as_a_file_of_its_own_and_opened(content, edited, monkeypatch, path, tmp_path):
    dialog = shown(content)
    saves_to(monkeypatch, tmp_path / "กู้.itadesk")
    answers(monkeypatch, 0)
    dialog.restore.click()
    session = open_area(content).session
    assert session.path == tmp_path / "กู้.itadesk"
    assert [row.title for row in session.snapshot.children(Measure, YEAR)] == list(TITLES)
    assert published(path) == "ชื่อใหม่"
    assert opener.verify(tmp_path / "กู้.itadesk").verdict == opener.Verdict.CLEAN


def test_a_restored_file_goes_its_own_way(content, edited, monkeypatch, path, tmp_path):
    dialog = shown(content)
    saves_to(monkeypatch, tmp_path / "กู้.itadesk")
    answers(monkeypatch, None)
    dialog.restore.click()
    dialog.close()
    branches = []
    for name in (path, tmp_path / "กู้.itadesk", backup.backups()[0].path):
        with contextlib.closing(OfficeFile.view(name)) as file:
            from itadesk.storage import connection

            with connection.private(file._database) as copy:
                branches.append(
                    [row for (row,) in copy.execute("SELECT branch FROM lineage ORDER BY ordinal")]
                )
    document, restored, copied = branches
    assert restored[: len(copied)] == copied
    assert len(restored) == len(copied) + 1
    assert restored[-1] not in document


def test_a_copy_is_never_restored_over_the_open_file(content, edited, monkeypatch, path):
    dialog = shown(content)
    saves_to(monkeypatch, path)
    dialog.restore.click()
    assert message()
    dialog.close()
    assert edited.session.snapshot.all(Measure)[measure_id(0)].title == "ชื่อใหม่"


def test_a_copy_takes_the_place_of_the_present_content_as_one_step(content, edited, path):
    session = edited.session
    steps, now = session.undo_stack.count(), session.snapshot
    dialog = shown(content)
    dialog.replace.click()
    assert [row.title for row in session.snapshot.children(Measure, YEAR)] == list(TITLES)
    assert session.undo_stack.count() == steps + 1
    assert len(toasts(content)) == 1
    session.undo()
    assert session.snapshot == now
    session.tasks.wait()
    with contextlib.closing(OfficeFile.view(backup.backups()[-1].path)) as kept:
        assert kept.snapshot == now


def test_nothing_is_replaced_when_the_present_content_cannot_be_backed_up(content, edited, path):
    dialog = shown(content)
    now = edited.session.snapshot
    path.unlink()
    dialog.replace.click()
    assert message()
    assert edited.session.snapshot == now
    dialog.close()
    edited.session.overwrite()
    edited.session.tasks.wait()


def test_a_copy_can_be_looked_into(content, edited):
    dialog = shown(content)
    before = dialog.lines.rows[0].copy.path.read_bytes()
    dialog.view.click()
    (inside,) = dialog.findChildren(WorkArea)
    assert inside.session.read_only
    assert inside.session.snapshot.all(Measure)[measure_id(0)].title == TITLES[0]
    inside.window().close()
    dialog.close()
    assert backup.backups()[0].path.read_bytes() == before


def test_from_the_start_page_all_documents_are_offered_those_that_are_gone_too(content, path, tmp_path):
    other = tmp_path / "อื่น.itadesk"
    OfficeFile.create(other, rows(1), user=USER).close()
    for file in (path, other):
        OfficeFile.open(file, user=USER).close()
    other.unlink()
    dialog = shown(content)
    names = [dialog.document.itemText(at) for at in range(dialog.document.count())]
    assert len(names) == 2
    assert "อื่น.itadesk" in names[0]
    assert "no longer in its place" in told(dialog)
    assert not dialog.replace.isVisible()
    dialog.document.setCurrentIndex(1)
    dialog.document.activated.emit(1)
    settle(content, dialog)
    assert "say the same" in told(dialog)
    dialog.close()


def test_a_damaged_copy_says_so_and_offers_nothing(content, area):
    area.session.save()
    area.session.tasks.wait()
    (kept,) = backup.backups()
    kept.path.write_bytes(kept.path.read_bytes()[:5000])
    dialog = shown(content)
    assert "damaged" in column(dialog, "remark")[0]
    assert not any(button.isEnabled() for button in (dialog.view, dialog.restore, dialog.replace))
    dialog.close()


def test_without_copies_the_page_says_so(content):
    dialog = shown(content)
    assert "no backups" in told(dialog)
    dialog.close()


def test_a_page_that_is_closed_while_it_reads_is_no_trouble(qtbot, content, edited):
    content.show_backups()
    (dialog,) = content.window.findChildren(BackupsDialog)
    dialog.close()
    QApplication.sendPostedEvents(dialog, 52)
    content.tasks.wait()
    content.tasks.wait()
    assert content.window.findChildren(BackupsDialog) == []


def test_someone_elses_file_is_compared_but_not_replaced(content, area, tmp_path):
    """Of another document than the open one, a copy cannot take the place."""
    other = tmp_path / "อื่น.itadesk"
    OfficeFile.create(other, rows(1), user=USER).close()
    OfficeFile.open(other, user=USER).close()
    dialog = shown(content)
    assert "งามดี" in dialog.document.currentText()
    at = next(at for at in range(dialog.document.count()) if "อื่น" in dialog.document.itemText(at))
    dialog.document.setCurrentIndex(at)
    dialog.document.activated.emit(at)
    settle(content, dialog)
    assert dialog.restore.isEnabled()
    assert not dialog.replace.isEnabled()
    assert dialog.where.text() == str(other)
    dialog.close()
