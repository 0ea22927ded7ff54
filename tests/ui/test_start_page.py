"""The start page: ways in, recent files and those that are gone, work not yet in its file."""

import datetime as dt
import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from ui.desk import USER, YEAR, rows

from itadesk.domain.model import FiscalYear, Office
from itadesk.domain.snapshot import Snapshot
from itadesk.storage.office_file import OfficeFile
from itadesk.ui import preferences, theme
from itadesk.ui.new_office import NewOfficeDialog
from itadesk.ui.start_page import StartPage
from itadesk.ui.tasks import Tasks


@pytest.fixture
def tasks(qapp):
    tasks = Tasks()
    yield tasks
    tasks.wait()


@pytest.fixture
def page(qtbot, tasks):
    page = StartPage(tasks)
    page.resize(1280, 660)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def shown(page: StartPage) -> list[str]:
    return [page.recent.item(row).text() for row in range(page.recent.count())]


def refresh(page: StartPage, tasks: Tasks) -> None:
    page.refresh()
    tasks.wait()


def test_enter_and_mouse_ask_for_a_new_file(qtbot, page):
    with qtbot.waitSignal(page.new_wanted):
        qtbot.keyClick(page.new_button, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.new_wanted):
        qtbot.mouseClick(page.new_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.open_wanted):
        page.open_button.click()
    with qtbot.waitSignal(page.example_wanted):
        page.example_button.click()


def test_recent_files_open_with_enter(qtbot, page, tasks, tmp_path):
    for name in ("ก.itadesk", "ข.itadesk"):
        (tmp_path / name).touch()
        preferences.add_recent(tmp_path / name)
    refresh(page, tasks)
    assert [text.split("\n")[0] for text in shown(page)] == ["ข", "ก"]
    with qtbot.waitSignal(page.recent_wanted) as wanted:
        qtbot.keyClick(page.recent, Qt.Key.Key_Return)
    assert wanted.args == [tmp_path / "ข.itadesk"]


def test_a_recent_file_that_is_gone_is_grey_and_can_be_taken_off(qtbot, page, tasks, tmp_path):
    (tmp_path / "มี.itadesk").touch()
    preferences.add_recent(tmp_path / "มี.itadesk")
    preferences.add_recent(tmp_path / "หาย.itadesk")
    refresh(page, tasks)
    assert page.recent.item(0).foreground().color() == QColor(theme.QUIET)
    assert page.recent.item(1).foreground().color() != QColor(theme.QUIET)
    assert shown(page)[0] != shown(page)[1]
    page.recent.setFocus()
    qtbot.keyClick(page.recent, Qt.Key.Key_Delete)
    assert len(shown(page)) == 1
    assert preferences.load().recent == (str(tmp_path / "มี.itadesk"),)


def test_without_recent_files_the_page_says_so(page, tasks):
    refresh(page, tasks)
    assert page.recent.isHidden()


def test_ten_recent_files_are_kept_the_last_first(tmp_path):
    for number in range(12):
        preferences.add_recent(tmp_path / f"{number}.itadesk")
    preferences.add_recent(tmp_path / "5.itadesk")
    assert [Path(name).stem for name in preferences.load().recent] == [
        "5",
        *map(str, (11, 10, 9, 8, 7, 6, 4, 3, 2)),
    ]


@pytest.mark.parametrize("spoilt", ["", "[]", '{"recent": 3, "language": "xx", "geometry": 1}', "\0"])
def test_spoilt_preferences_count_as_none(data, spoilt):
    data.mkdir()
    (data / "preferences.json").write_text(spoilt)
    assert preferences.load().recent == ()
    assert preferences.load().language == "th"
    preferences.remember(language="en")
    assert preferences.load().language == "en"


def test_a_file_whose_name_is_no_text_is_remembered_like_others(tmp_path):
    path = tmp_path / os.fsdecode(b"\xff\xfe.itadesk")
    preferences.add_recent(path)
    assert preferences.load().recent == (str(path),)


def test_a_folder_that_cannot_be_used_costs_only_the_memory(data):
    data.write_text("a file where the folder should be")
    preferences.remember(language="en")
    assert preferences.load().language == "th"


def left_behind(folder: Path) -> Path:
    """A file of a session that ended with one edit not yet published."""
    path = folder / "ค้าง.itadesk"
    file = OfficeFile.create(path, rows(), user=USER)
    file.edit(lambda edit: edit.delete(FiscalYear, YEAR))
    file.close(publish=False)
    return path


def test_work_not_in_its_file_is_offered(qtbot, page, tasks, tmp_path):
    path = left_behind(tmp_path)
    refresh(page, tasks)
    assert page.unpublished.isVisible()
    signals = (page.unpublished_wanted, page.rescue_wanted, page.discard_wanted)
    for button, signal in zip(page.unpublished.findChildren(QPushButton), signals, strict=True):
        with qtbot.waitSignal(signal) as wanted:
            button.click()
        (work,) = wanted.args
        assert (work.path, work.changes) == (path, 1)


def test_a_new_office_needs_no_more_than_its_name(qtbot):
    dialog = NewOfficeDialog(None)
    qtbot.addWidget(dialog)
    assert not dialog.choose_button.isEnabled()
    dialog.name.setText(" งามดี ")
    assert dialog.choose_button.isEnabled()
    dialog.kind.setCurrentText("เทศบาลตำบล")
    dialog.year.setValue(2569)
    office, year = dialog.rows()
    assert isinstance(office, Office)
    assert isinstance(year, FiscalYear)
    assert office.full_name == "เทศบาลตำบลงามดี"
    assert (year.year, year.analysed_year, year.office_id) == (2569, 2568, office.id)


def test_the_fiscal_year_of_today_is_offered(qtbot):
    from itadesk.domain import periods

    dialog = NewOfficeDialog(None)
    qtbot.addWidget(dialog)
    assert dialog.year.value() == periods.fiscal_year_of(dt.date.today())


def test_a_button_with_the_focus_is_painted_whole(qtbot, page):
    page.new_button.setFocus()
    image = page.new_button.grab().toImage()
    middle = image.height() // 4
    assert image.pixelColor(8, middle) == image.pixelColor(image.width() - 40, middle)


def test_work_left_behind_stands_under_a_heading_like_its_neighbour(page):
    headings = [
        label
        for label in page.findChildren(QLabel)
        if label.text() in ("Work not yet in its file", "Recent files")
    ]
    assert len(headings) == 2
    assert headings[0].font() == headings[1].font()


def test_the_file_gone_to_with_the_keys_is_opened(qtbot, page, tasks, tmp_path):
    for name in ("แรก.itadesk", "หลัง.itadesk"):
        preferences.add_recent(tmp_path / name)
    refresh(page, tasks)
    qtbot.keyClick(page.recent, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.recent_wanted) as wanted:
        qtbot.keyClick(page.recent, Qt.Key.Key_Return)
    assert wanted.args == [tmp_path / "แรก.itadesk"]


def test_discarding_a_new_file_that_was_never_written_asks_about_the_file(content, path):
    from itadesk.storage import left_work, workspace
    from itadesk.storage.edit import fill

    space = workspace.create(path.with_name("ใหม่.itadesk"))
    fill(space.work, Snapshot.of(rows()))
    space.leave()  # as when the program ended before it wrote the document
    (work,) = left_work.unpublished_work()
    asked: list[str] = []

    def refuse() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.text())
        box.reject()

    QTimer.singleShot(0, refuse)
    content.discard(work)
    assert "new file" in asked[0]
    assert "0" not in asked[0]
    assert left_work.unpublished_work() == [work]
