"""A file that cannot be opened: what is said, the ways on in their order, and that each of them leads on."""

import os
import signal
import sys
import threading
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QProgressBar, QPushButton
from storage.mutations import PAGE
from storage.office import change
from ui.desk import rows
from ui.window import message, open_area, published, retitle, saves_to

from itadesk.domain.model import Measure
from itadesk.storage import examiner, opener
from itadesk.ui import files, patience
from itadesk.ui.refused_file import RefusedFileDialog
from itadesk.ui.salvage_dialog import SalvageDialog
from itadesk.ui.thai_text import BREAK

D = TypeVar("D", bound=QDialog)


@pytest.fixture
def damaged(path: Path) -> Path:
    """The file without the page on which its first measure stands."""
    content = bytearray(path.read_bytes())
    title = next(row.title for row in rows() if isinstance(row, Measure))
    start = content.index(title.encode()) // PAGE * PAGE
    content[start : start + PAGE] = bytes(PAGE)
    path.write_bytes(content)
    return path


def shown(kind: type[D]) -> D:
    """The one dialog of this kind that is seen."""
    dialogs = [
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()
    ]
    assert len(dialogs) == 1
    return dialogs[0]


def waiting() -> QDialog:
    """The dialog that has come up because something takes its time."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    return dialog


def said(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel)).replace(BREAK, "")


def looked(qtbot, dialog: RefusedFileDialog) -> RefusedFileDialog:
    """The dialog once it knows whether there is a backup."""
    qtbot.waitUntil(lambda: dialog.backup.isHidden() or dialog.backup.button.isEnabled())
    return dialog


def test_a_damaged_file_is_told_with_its_ways_on(qtbot, content, damaged):
    content.open_path(damaged)
    dialog = looked(qtbot, shown(RefusedFileDialog))
    assert damaged.name in said(dialog)
    assert content.area is None
    assert dialog.backup.isHidden(), "there is none yet"
    assert dialog.resend.button.isEnabled()
    assert dialog.salvage.button.isEnabled()
    layout = dialog.layout()
    assert layout is not None
    assert dialog.height() == layout.totalHeightForWidth(dialog.width()), "no gap where the backup would be"
    dialog.close()


def refused_with_backup(qtbot, content, path) -> RefusedFileDialog:
    """The dialog of a file that was cut short after a session on it, and that has a backup."""
    content.open_path(path)
    retitle(open_area(content).session, "ก่อนเสียหาย")
    content.close_file()
    content.open_path(path)
    content.close_file()
    path.write_bytes(path.read_bytes()[:9000])
    content.open_path(path)
    return looked(qtbot, shown(RefusedFileDialog))


def test_the_newest_whole_backup_comes_first_and_is_kept_as_a_file_of_its_own(
    qtbot, content, path, tmp_path, monkeypatch
):
    dialog = refused_with_backup(qtbot, content, path)
    assert not dialog.backup.isHidden()
    assert dialog.backup.button.isDefault()
    assert dialog.backup.y() < dialog.resend.y() < dialog.salvage.y()
    before = path.read_bytes()
    saves_to(monkeypatch, tmp_path / "สำรอง.itadesk")
    dialog.backup.button.click()
    assert open_area(content).session.path == tmp_path / "สำรอง.itadesk"
    assert published(tmp_path / "สำรอง.itadesk") == "ก่อนเสียหาย"
    assert path.read_bytes() == before


def test_the_backup_may_take_the_place_of_the_damaged_file(qtbot, content, path, monkeypatch):
    dialog = refused_with_backup(qtbot, content, path)
    saves_to(monkeypatch, path)
    dialog.backup.button.click()
    assert open_area(content).session.path == path
    assert published(path) == "ก่อนเสียหาย"


@pytest.mark.parametrize("content_now", [b"", bytes(8192), b"PK\3\4 a Word file saved over it"])
def test_a_file_that_became_empty_or_another_comes_back_from_its_backup(
    qtbot, content, path, tmp_path, monkeypatch, content_now
):
    content.open_path(path)
    content.close_file()
    path.write_bytes(content_now)
    content.open_path(path)
    dialog = looked(qtbot, shown(RefusedFileDialog))
    assert dialog.salvage.isHidden(), "there is nothing of ours in it"
    saves_to(monkeypatch, tmp_path / "สำรอง.itadesk")
    dialog.backup.button.click()
    assert open_area(content).session.path == tmp_path / "สำรอง.itadesk"


def test_a_file_that_was_never_ours_is_only_told(content, tmp_path):
    other = tmp_path / "อื่น.itadesk"
    other.write_bytes(b"")
    content.open_path(other)
    assert "empty" in message()


def test_what_takes_its_place_is_kept_beside_it_unless_told(qtbot, content, damaged, monkeypatch):
    places: list[str | None] = []
    monkeypatch.setattr(
        files, "ask_save_path", lambda parent, title, suggested, where=None: places.append(where)
    )
    content.open_path(damaged)
    dialog = looked(qtbot, shown(RefusedFileDialog))
    dialog.salvage.button.click()
    assert places == [str(damaged.parent)]
    dialog.close()


def test_the_sender_can_be_asked_with_a_ready_text(qtbot, content, damaged):
    content.open_path(damaged)
    dialog = looked(qtbot, shown(RefusedFileDialog))
    dialog.resend.button.click()
    text = QGuiApplication.clipboard().text()
    assert damaged.name in text
    assert "malformed" in text or "DatabaseError" in text
    dialog.close()


def test_what_can_be_read_is_saved_listed_and_opened(qtbot, content, damaged, tmp_path, monkeypatch):
    before = damaged.read_bytes()
    saves_to(monkeypatch, tmp_path / "กู้.itadesk")
    content.open_path(damaged)
    looked(qtbot, shown(RefusedFileDialog)).salvage.button.click()
    dialog = shown(SalvageDialog)
    lines = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert any("Measures" in line for line in lines)
    assert "missing" in said(dialog)
    assert dialog.open_button.isDefault(), "Enter goes on"
    assert [one.text() for one in dialog.findChildren(QPushButton) if one.isDefault()] == [
        dialog.open_button.text()
    ]
    dialog.copy_button.click()
    assert "copied" in said(dialog)
    assert QGuiApplication.clipboard().text().splitlines() == [line.replace(BREAK, "") for line in lines]
    dialog.open_button.click()
    assert open_area(content).session.path == tmp_path / "กู้.itadesk"
    assert opener.verify(tmp_path / "กู้.itadesk").verdict == "clean"
    assert damaged.read_bytes() == before


def test_whoever_says_no_where_to_keep_it_is_asked_no_more(qtbot, content, damaged, monkeypatch):
    saves_to(monkeypatch, None)
    content.open_path(damaged)
    dialog = looked(qtbot, shown(RefusedFileDialog))
    dialog.salvage.button.click()
    assert shown(RefusedFileDialog) is dialog
    dialog.close()


def test_the_damaged_file_itself_is_never_written_over(qtbot, content, damaged, monkeypatch):
    before = damaged.read_bytes()
    saves_to(monkeypatch, damaged)
    content.open_path(damaged)
    dialog = looked(qtbot, shown(RefusedFileDialog))
    dialog.salvage.button.click()
    assert message()
    assert damaged.read_bytes() == before
    dialog.close()


def test_a_file_with_something_to_run_in_it_is_refused_in_the_window(qtbot, content, path):
    change(path, "CREATE TRIGGER t AFTER UPDATE ON measure BEGIN DELETE FROM unit; END")
    content.open_path(path)
    dialog = looked(qtbot, shown(RefusedFileDialog))
    assert "schema differs" in said(dialog)
    dialog.close()


def test_a_newer_file_that_may_not_be_read_says_only_what_to_do(content, path):
    change(path, "UPDATE doc SET min_reader = 99", "PRAGMA user_version = 99")
    content.open_path(path)
    assert "newer" in message()


# Waiting


def test_work_that_takes_its_time_shows_how_far_it_is_and_the_window_lives(qtbot, content):
    seen, looked = list[int](), threading.Event()

    def work(watch: patience.Watch) -> str:
        watch(40, 100)
        assert looked.wait(30)
        return "done"

    def look() -> None:
        if QApplication.activeModalWidget() is not None:
            seen.extend(bar.value() for bar in waiting().findChildren(QProgressBar))
            if any(value > 0 for value in seen):
                looked.set()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(50)
    assert patience.wait(content.window, "รอ", work) == "done"
    assert seen[-1] == 400


def test_what_fails_is_told_to_who_waits():
    def work(_watch: patience.Watch) -> None:
        raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        patience.wait(None, "รอ", work)


@pytest.mark.skipif(sys.platform != "linux", reason="finds the other process in /proc")
def test_a_file_that_does_not_get_done_can_be_given_up(qtbot, content, area, path, tmp_path):
    other = tmp_path / "ค้าง.itadesk"
    other.write_bytes(path.read_bytes() + b"x")
    examiner.verify(path)
    for task in Path("/proc/self/task").glob("*/children"):
        for child in task.read_text().split():
            os.kill(int(child), signal.SIGSTOP)

    def give_up() -> None:
        if QApplication.activeModalWidget() is not None:
            timer.stop()
            assert not content.window.close(), "not while a file is being opened"
            waiting().reject()

    timer = QTimer()
    timer.timeout.connect(give_up)
    timer.start(50)
    content.open_path(other)
    assert content.area is area
    qtbot.waitUntil(lambda: not list(tmp_path.glob(f".~lock.{other.name}#")))
    content.open_path(other)
    assert open_area(content).session.path == other
