"""Two clerks, two copies: merged from the real window, on real files, as one undo step."""

import contextlib
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ui.desk import YEAR, measure_id, rows, titles
from ui.window import dialog_of, message, retitle, toasts

from itadesk.domain.model import Measure
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui import copy_joining
from itadesk.ui.choices_dialog import ChoicesDialog


@pytest.fixture
def other(path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(path, tmp_path / "ที่บ้าน.itadesk"))


def at_home(other: Path, *operations_of) -> None:
    with contextlib.closing(OfficeFile.open(other, user="สมชาย")) as file:
        for operation in operations_of:
            file.edit(operation)


def retitled(number: int, title: str):
    return lambda edit: operations.set_field(edit, Measure, measure_id(number), "title", title)


def shown(dialog: ChoicesDialog) -> list[tuple[str, str, bool]]:
    return [(row.what, row.theirs, row.chosen) for row in dialog.rows.rows]


def test_what_the_other_clerk_typed_is_seen_taken_and_undone_as_one_step(qtbot, content, area, other):
    at_home(other, retitled(0, "แก้ที่บ้าน"), lambda edit: operations.add_measure(edit, YEAR, title="มาตรการใหม่"))
    retitle(area.session, "แก้ที่ทำงาน")
    before = titles(area.session)
    copy_joining.look_at(area.session, area, other)
    dialog = dialog_of(area)
    assert shown(dialog)[0][:2] == ("Measure", "แก้ที่บ้าน")
    assert dialog.ours.toPlainText() == "แก้ที่ทำงาน"
    assert "สมชาย" in dialog.said.text()
    dialog.switch_all()
    dialog.go.click()
    assert titles(area.session)[0] == "แก้ที่บ้าน"
    assert titles(area.session)[-1] == "มาตรการใหม่"
    assert any("2 taken over" in text for text in toasts(content))
    area.undo()
    assert titles(area.session) == before
    assert area.session.undo_stack.redoText() == "Merge with another copy"


def test_the_keyboard_ticks_and_what_is_not_ticked_stays(qtbot, area, other):
    at_home(other, retitled(0, "แก้ที่บ้าน"), retitled(1, "แก้อีก"))
    first, second, *_rest = titles(area.session)
    copy_joining.look_at(area.session, area, other)
    dialog = dialog_of(area)
    assert [row.chosen for row in dialog.rows.rows] == [True, True]
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    assert [row.chosen for row in dialog.rows.rows] == [False, True]
    assert dialog.go.text() == "&Merge: take 1"
    dialog.go.click()
    assert titles(area.session)[:2] == [first, "แก้อีก"]
    assert second not in titles(area.session)


def test_a_copy_without_differences_is_told_and_leaves_no_step(qtbot, content, area, other):
    copy_joining.look_at(area.session, area, other)
    assert not area.session.undo_stack.undoText()
    assert any("Both copies say the same." in text for text in toasts(content))


def test_another_office_s_file_is_refused(qtbot, area, tmp_path):
    path = tmp_path / "อื่น.itadesk"
    OfficeFile.create(path, rows(), user="อื่น").close()
    copy_joining.look_at(area.session, area, path)
    assert "อื่น.itadesk" in message()
    assert not area.findChildren(ChoicesDialog)


def test_a_file_that_is_none_is_told(qtbot, area, tmp_path):
    path = tmp_path / "เสีย.itadesk"
    path.write_bytes(b"no file of ours")
    copy_joining.look_at(area.session, area, path)
    assert "เสีย.itadesk" in message()


def test_the_other_copy_is_only_read(qtbot, area, other):
    at_home(other, retitled(0, "แก้ที่บ้าน"))
    before = other.read_bytes()
    copy_joining.look_at(area.session, area, other)
    dialog_of(area).go.click()
    assert other.read_bytes() == before
    assert [one.name for one in other.parent.iterdir() if one.name.startswith(".~lock.ที่บ้าน")] == []
