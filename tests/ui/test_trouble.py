"""Trouble with the file while the clerk works, in the real window: what is said, the ways on, what is kept."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

import mounts
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from ui.desk import TITLES, USER, YEAR, cell, editor, measure_id, rows, titles
from ui.window import answers, banner_buttons, left_behind, message, open_area, published, retitle, saves_to

from itadesk.domain.model import Measure
from itadesk.storage import operations, publish
from itadesk.storage.office_file import OfficeFile
from itadesk.ui import session as session_module
from itadesk.ui.differences_dialog import DifferencesDialog
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.salvage_dialog import SalvageDialog
from itadesk.ui.session import Saving
from itadesk.ui.thai_text import BREAK
from itadesk.ui.window_content import WindowContent
from itadesk.ui.work_area import WorkArea

pytestmark = pytest.mark.usefixtures("data")


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "WAITS", tuple(0 for _ in publish.WAITS))


def made(folder: Path) -> Path:
    path = folder / "งามดี.itadesk"
    OfficeFile.create(path, rows(), user=USER).close()
    return path


@pytest.fixture
def on_stick(tmp_path: Path, data: Path) -> Iterator[Path]:
    with mounts.small_disk(tmp_path / "ไดรฟ์", 2048) as folder:
        yield made(folder)


def try_to_publish(area: WorkArea) -> None:
    area.session.publish_now()
    area.session.tasks.wait()


def said(area: WorkArea, name: str = "trouble") -> str:
    return " ".join(label.text() for label in area.banners.shown[name].findChildren(QLabel)).replace(
        BREAK, ""
    )


def ways(area: WorkArea, name: str = "trouble") -> list[str]:
    return [button.text() for button in banner_buttons(area, name)]


def press(area: WorkArea, way: str) -> None:
    next(button for button in banner_buttons(area, "trouble") if button.text() == way).click()
    area.session.tasks.wait()


def test_a_full_stick(
    content: WindowContent, on_stick: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    content.open_path(on_stick)
    area = open_area(content)
    retitle(area.session, "ใหม่")
    with mounts.full(on_stick.parent):
        try_to_publish(area)
        assert "no room" in said(area)
        assert "safe" in said(area)
        assert ways(area) == ["Try again", "Save elsewhere…"]
        press(area, "Try again")
        assert "no room" in said(area)
    press(area, "Try again")
    assert "trouble" not in area.banners.shown
    assert published(on_stick) == "ใหม่"

    retitle(area.session, "ใหม่กว่า")
    with mounts.full(on_stick.parent):
        try_to_publish(area)
        saves_to(monkeypatch, tmp_path / "ที่อื่น.itadesk")
        press(area, "Save elsewhere…")
        assert "trouble" not in area.banners.shown
    assert published(tmp_path / "ที่อื่น.itadesk") == "ใหม่กว่า"
    assert published(on_stick) == "ใหม่"
    content.close_file()


@pytest.fixture
def small_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: Path) -> Iterator[Path]:
    with mounts.small_disk(tmp_path / "C", 4096) as folder:
        monkeypatch.setenv("ITADESK_DATA", str(folder / "data"))
        yield folder


LONG = "ยาว" * 30_000


def test_a_full_disk_of_the_computer_leaves_the_text_in_its_cell(
    qtbot, small_computer: Path, content: WindowContent, tmp_path: Path
) -> None:
    content.open_path(made(tmp_path))
    area = open_area(content)
    page = area.page
    assert isinstance(page, MeasuresPage)
    page.table.setCurrentIndex(cell(page, 0, "title"))
    with mounts.full(small_computer):
        qtbot.keyClick(page.table, Qt.Key.Key_F2)
        editor(page).setPlainText(LONG)
        editor(page).document().setModified(True)
        qtbot.keyClick(editor(page), Qt.Key.Key_Return)
        assert "cannot take the change" in message()
        assert editor(page).toPlainText() == LONG
        assert editor(page).isVisible()
        assert titles(area.session)[0] == TITLES[0]
    qtbot.keyClick(editor(page), Qt.Key.Key_Return)
    assert titles(area.session)[0] == LONG
    assert page.table.indexWidget(cell(page, 0, "title")) is None


def test_a_full_disk_of_the_computer_leaves_the_text_in_its_field(
    qtbot, small_computer: Path, content: WindowContent, tmp_path: Path
) -> None:
    content.open_path(made(tmp_path))
    area = open_area(content)
    page = area.page
    assert isinstance(page, MeasuresPage)
    steps = page.form.fields.editors["steps"]
    with mounts.full(small_computer):
        steps.show_text(LONG)
        steps.touch()
        steps.commit()
        assert "cannot take the change" in message()
        assert steps.text() == LONG
        assert "not stored" in steps.fault()
    steps.commit()
    assert steps.fault() == ""
    assert area.session.snapshot.all(Measure)[measure_id(0)].steps == LONG


def test_closing_asks_before_a_text_goes_that_could_not_be_stored(
    qtbot, small_computer: Path, content: WindowContent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content.open_path(made(tmp_path))
    area = open_area(content)
    page = area.page
    assert isinstance(page, MeasuresPage)
    page.table.setCurrentIndex(cell(page, 0, "title"))
    asked = answers(monkeypatch, None, 0)
    with mounts.full(small_computer):
        qtbot.keyClick(page.table, Qt.Key.Key_F2)
        editor(page).setPlainText(LONG)
        editor(page).document().setModified(True)
        assert not content.window.close()
        assert message()
        assert content.area is area
        assert editor(page).toPlainText() == LONG
        assert content.window.close()
    assert len(asked) == 2


def test_a_file_made_read_only(content: WindowContent, area: WorkArea, path: Path) -> None:
    retitle(area.session, "ใหม่")
    path.chmod(0o444)
    try_to_publish(area)
    assert "read-only" in said(area)
    assert ways(area) == ["Try again", "Save elsewhere…"]
    path.chmod(0o644)
    press(area, "Try again")
    assert published(path) == "ใหม่"


def test_a_folder_that_cannot_be_written(content: WindowContent, path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "อ่านอย่างเดียว"
    folder.mkdir()
    path.rename(folder / path.name)
    with mounts.read_only(folder):
        content.open_path(folder / path.name)
        area = open_area(content)
        assert area.session.read_only
        assert "looking only" in said(area, "read_only")
        assert ways(area, "read_only") == ["Save a copy and work on it…"]
        content.close_file()


def test_a_file_that_was_moved_or_deleted(content: WindowContent, area: WorkArea, path: Path) -> None:
    retitle(area.session, "ใหม่")
    moved = path.rename(path.with_name("ย้ายแล้ว.itadesk"))
    try_to_publish(area)
    assert "moved or deleted" in said(area)
    assert ways(area) == ["Write it here again", "Save elsewhere…"]
    assert not path.exists()
    press(area, "Write it here again")
    assert (published(path), published(moved)) == ("ใหม่", TITLES[0])


def test_a_file_that_somebody_else_changed(
    content: WindowContent, area: WorkArea, path: Path, data: Path
) -> None:
    other = path.with_name("ของเขา.itadesk")
    with contextlib.closing(OfficeFile.view(path)) as file:
        file.save_copy(other)
    with contextlib.closing(OfficeFile.open(other, user="สมชาย")) as file:
        file.edit(lambda edit: operations.set_field(edit, Measure, measure_id(0), "title", "ชื่อของเขา"))
    retitle(area.session, "ชื่อของเรา")
    other.replace(path)
    theirs = path.read_bytes()
    try_to_publish(area)
    assert "somebody else" in said(area)
    assert ways(area) == ["See the differences…", "Write over it", "Save elsewhere…"]
    press(area, "See the differences…")
    (dialog,) = content.window.findChildren(DifferencesDialog)
    area.session.tasks.wait()
    told = dialog.told.toPlainText().replace(BREAK, "")
    assert "ชื่อของ" in told
    assert "เขา" in told
    assert "เรา" in told
    dialog.close()
    assert path.read_bytes() == theirs
    press(area, "Write over it")
    assert published(path) == "ชื่อของเรา"
    assert theirs in [kept.read_bytes() for kept in data.glob("backups/*/*.itadesk")]


def test_a_file_that_somebody_else_has_open(
    content: WindowContent, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.closing(OfficeFile.open(path, user="สมศรี")):
        asked = answers(monkeypatch, 1, 1, 0)
        saves_to(monkeypatch, None)
        content.open_path(path)
        assert content.area is None
        saves_to(monkeypatch, tmp_path / "สำเนา.itadesk")
        content.open_path(path)
        assert "สมศรี" in asked[0]
        assert open_area(content).session.path == tmp_path / "สำเนา.itadesk"
        assert not open_area(content).session.read_only
        content.open_path(path)
        assert open_area(content).session.read_only


def test_a_file_that_another_program_holds_is_tried_again_by_itself(
    qtbot, content: WindowContent, area: WorkArea, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, held = os.replace, True

    def refuse(source: Path, target: Path) -> None:
        if held and Path(target) == path:
            raise PermissionError(errno.EACCES, "held")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(session_module, "RETRY", 0)
    retitle(area.session, "ใหม่")
    try_to_publish(area)
    assert "another program" in said(area)
    assert published(path) == TITLES[0]
    held = False
    qtbot.waitUntil(lambda: area.session.save_state.saving is Saving.SAVED)
    assert "trouble" not in area.banners.shown
    assert published(path) == "ใหม่"


def test_a_share_that_does_not_answer_takes_the_work_when_it_is_back(
    qtbot, content: WindowContent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "เครือข่าย"
    folder.mkdir()
    path = made(folder)
    content.open_path(path)
    area = open_area(content)
    retitle(area.session, "ใหม่")
    away = folder.rename(tmp_path / "ขาดการเชื่อมต่อ")
    try_to_publish(area)
    assert "cannot be reached" in said(area)
    retitle(area.session, "พิมพ์ต่อได้")
    monkeypatch.setattr(session_module, "RETRY", 0)
    monkeypatch.setattr(session_module, "PAUSE", 0)
    away.rename(folder)
    press(area, "Try again")
    qtbot.waitUntil(lambda: area.session.save_state.saving is Saving.SAVED)
    assert published(path) == "พิมพ์ต่อได้"


def test_a_file_of_a_newer_program_is_for_looking_only(
    content: WindowContent, path: Path, tmp_path: Path
) -> None:
    import sqlite3

    with contextlib.closing(sqlite3.connect(path)) as file:
        file.execute("ALTER TABLE measure ADD COLUMN budget INTEGER")
        file.execute("PRAGMA user_version = 9")
        file.commit()
    content.open_path(path)
    area = open_area(content)
    assert area.session.read_only
    assert "newer version" in said(area, "newer")
    assert "update ITADesk" in said(area, "newer")
    assert ways(area, "newer") == []
    assert "read_only" not in area.banners.shown
    assert [row.title for row in area.session.snapshot.children(Measure, YEAR)] == list(TITLES)


def test_a_file_of_an_earlier_program_is_told_once(content: WindowContent, path: Path) -> None:
    from storage import made_up_past

    with made_up_past.lived():
        made_up_past.made_then(path, 1)
        content.open_path(path)
        area = open_area(content)
        assert "earlier version" in said(area, "earlier")
        (button,) = banner_buttons(area, "earlier")
        button.click()
        assert "earlier" not in area.banners.shown
        retitle(area.session, "ใหม่")
        content.close_file()
        content.open_path(path)
        assert "earlier" not in open_area(content).banners.shown
        content.close_file()
        assert published(path) == "ใหม่"
    assert QApplication.activeModalWidget() is None


def test_damaged_work_of_an_ended_session_is_told_until_it_was_seen(
    content: WindowContent, path: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_behind(path)
    (work,) = data.glob("work/*/work.sqlite")
    page = 4096
    work.write_bytes(work.read_bytes()[:-page] + bytes(page))
    content.open_path(path)
    area = open_area(content)
    assert "as it was last saved" in said(area, "damaged")
    assert ways(area, "damaged") == ["Save what can be read…", "Understood"]
    saves_to(monkeypatch, tmp_path / "กู้.itadesk")
    banner_buttons(area, "damaged")[0].click()
    assert published(tmp_path / "กู้.itadesk") == "ค้างอยู่"
    assert content.window.findChildren(SalvageDialog)[0].windowTitle() == "What could be read"
    banner_buttons(area, "damaged")[1].click()
    assert "damaged" not in area.banners.shown
    content.close_file()
    content.open_path(path)
    assert "damaged" not in open_area(content).banners.shown


def test_work_that_did_not_come_back_with_its_document_is_told(
    content: WindowContent, path: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who opens the document by its name sees no start page."""
    left_behind(path)
    (note,) = data.glob("work/*/meta.json")
    note.write_bytes(bytes(200))
    content.open_path(path)
    area = open_area(content)
    assert titles(area.session)[0] == TITLES[0]
    assert "1 changes to this file" in said(area, "left")
    saves_to(monkeypatch, None)
    banner_buttons(area, "left")[0].click()
    assert content.area is area
    saves_to(monkeypatch, tmp_path / "กู้.itadesk")
    banner_buttons(area, "left")[0].click()
    assert open_area(content).session.path == tmp_path / "กู้.itadesk"
    assert titles(open_area(content).session)[0] == "ค้างอยู่"
    content.open_path(path)
    assert "left" not in open_area(content).banners.shown


def test_work_that_came_back_in_part_is_told(content: WindowContent, path: Path, data: Path) -> None:
    left_behind(path)
    (work,) = data.glob("work/*/work.sqlite")
    work.with_name("broken").touch()  # as noted when its log was looked at
    content.open_path(path)
    assert "1 changes" in said(open_area(content), "recovered")
    assert "look through what you entered last" in said(open_area(content), "recovered")
