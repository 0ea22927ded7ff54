"""The main window on real files: opening, pages, menus, saving, trouble, leaving."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QTableView,
)
from ui.desk import USER, YEAR, measure_id, rows

from itadesk import i18n
from itadesk.domain.model import FiscalYear, Measure, Office, Status
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui import files, messages, preferences
from itadesk.ui.main_window import MainWindow
from itadesk.ui.new_office import NewOfficeDialog
from itadesk.ui.pages import PAGES
from itadesk.ui.session import FileSession
from itadesk.ui.window_content import WindowContent
from itadesk.ui.work_area import WorkArea


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ITADESK_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def path(tmp_path) -> Path:
    """An office file, closed."""
    path = tmp_path / "งามดี.itadesk"
    OfficeFile.create(path, rows(), user=USER).close()
    return path


@pytest.fixture
def content(qtbot) -> Iterator[WindowContent]:
    """A window on the start page."""
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    content = window.start(None)
    yield content
    if content.area is not None:
        content.area.session.tasks.wait()
        content.area.session.close(publish=False)
        content.area = None
    content.tasks.wait()


@pytest.fixture
def area(content, path) -> WorkArea:
    content.open_path(path)
    return open_area(content)


def open_area(content: WindowContent) -> WorkArea:
    assert content.area is not None, "no file is open"
    return content.area


def in_hand(area: WorkArea) -> FiscalYear:
    year = area.session.fiscal_year
    assert year is not None, "no fiscal year is in hand"
    return year


def retitle(session: FileSession, title: str) -> None:
    session.edit("แก้ชื่อ", operations.set_field, Measure, measure_id(0), "title", title)


def published(path: Path) -> str:
    """The first title as another program finds it in the file."""
    with contextlib.closing(OfficeFile.view(path)) as file:
        return file.snapshot.children(Measure, YEAR)[0].title


def message() -> str:
    """The text of the dialog that is shown; closes it."""
    boxes = [
        box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()
    ]
    assert len(boxes) == 1
    boxes[0].close()
    return boxes[0].text()


def answers(monkeypatch: pytest.MonkeyPatch, *choices: int | None) -> list[str]:
    """Give these answers to the questions to come; the list gets the questions."""
    left, asked = list(choices), list[str]()

    def ask(parent: object, question: str, advice: str, offered: object) -> int | None:
        asked.append(question)
        return left.pop(0)

    monkeypatch.setattr(messages, "ask", ask)
    return asked


def saves_to(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    monkeypatch.setattr(files, "ask_save_path", lambda parent, title, suggested: path)


def banner_buttons(area: WorkArea, name: str) -> list[QPushButton]:
    return area.banners.shown[name].findChildren(QPushButton)


def toasts(content: WindowContent) -> list[str]:
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return [label.text() for label in content.window.findChildren(QLabel, options=direct)]


def entries(content: WindowContent) -> Iterator[QAction]:
    """Every entry of every menu, the hidden ones left out."""
    menus = [action.menu() for action in content.window.menuBar().actions() if action.isVisible()]
    while menus:
        menu = menus.pop()
        assert isinstance(menu, QMenu)
        for action in menu.actions():
            if action.menu() is not None:
                menus.append(action.menu())
            elif not action.isSeparator():
                yield action


# Opening


def test_a_file_given_at_the_start_is_opened(qtbot, path):
    window = MainWindow()
    qtbot.addWidget(window)
    content = window.start(path)
    assert window.windowTitle().startswith("เทศบาลตำบลงามดี – งามดี.itadesk")
    assert preferences.load().recent == (str(path),)
    assert window.close()
    assert content.area is None


def test_the_window_is_painted_before_it_is_filled(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show()
    assert window.content is None


def test_a_file_that_cannot_be_opened_leaves_everything_as_it_was(content, area, tmp_path):
    (tmp_path / "ไม่ใช่.itadesk").write_bytes(b"no office file")
    content.open_path(tmp_path / "ไม่ใช่.itadesk")
    assert message()
    assert content.area is area
    content.open_path(tmp_path / "ไม่มี.itadesk")
    assert message()
    assert content.area is area


def test_opening_another_file_publishes_the_first(content, area, path, tmp_path):
    OfficeFile.create(tmp_path / "อื่น.itadesk", rows(1), user=USER).close()
    retitle(area.session, "ก่อนเปลี่ยนแฟ้ม")
    content.open_path(tmp_path / "อื่น.itadesk")
    assert open_area(content).session.path.name == "อื่น.itadesk"
    assert published(path) == "ก่อนเปลี่ยนแฟ้ม"


def test_the_open_file_is_not_opened_twice(content, area, path):
    content.open_path(path)
    assert content.area is area
    assert len(toasts(content)) == 1


def test_a_new_office_is_made_where_the_user_says(content, monkeypatch, tmp_path):
    office, year, *_others = rows(0)[0], *rows(0)[3:]
    monkeypatch.setattr(NewOfficeDialog, "ask", classmethod(lambda cls, parent: [office, year]))
    saves_to(monkeypatch, tmp_path / "ใหม่.itadesk")
    content.new_file()
    assert open_area(content).session.snapshot.office.full_name == "เทศบาลตำบลงามดี"
    assert (tmp_path / "ใหม่.itadesk").exists()


def test_a_new_office_never_replaces_a_file(content, monkeypatch, path):
    monkeypatch.setattr(NewOfficeDialog, "ask", classmethod(lambda cls, parent: rows(0)))
    saves_to(monkeypatch, path)
    before = path.read_bytes()
    content.new_file()
    assert message()
    assert path.read_bytes() == before


def test_a_file_open_elsewhere_can_be_looked_at(content, monkeypatch, path):
    with contextlib.closing(OfficeFile.open(path, user="สมศรี")):
        asked = answers(monkeypatch, None, 0)
        content.open_path(path)
        assert content.area is None
        content.open_path(path)
        assert "สมศรี" in asked[0]
        area = open_area(content)
        assert area.session.read_only
        assert "read_only" in area.banners.shown
        assert not content.menus.undo.isEnabled()


def test_work_goes_on_in_a_copy_of_a_file_that_is_only_looked_at(content, monkeypatch, path, tmp_path):
    with contextlib.closing(OfficeFile.open(path, user="สมศรี")):
        answers(monkeypatch, 0)
        content.open_path(path)
        saves_to(monkeypatch, tmp_path / "สำเนา.itadesk")
        (button,) = banner_buttons(open_area(content), "read_only")
        button.click()
        session = open_area(content).session
        assert session.path == tmp_path / "สำเนา.itadesk"
        assert not session.read_only


def test_the_example_is_a_copy_that_can_be_made_afresh(content, monkeypatch):
    content.open_example()
    session = open_area(content).session
    (first, *_others) = session.snapshot.children(Measure, session.snapshot.fiscal_years[-1].id)
    session.edit("ลบ", operations.delete_measures, [first.id])
    content.close_file()
    answers(monkeypatch, 0)
    content.open_example()
    assert first.id not in open_area(content).session.snapshot.all(Measure)
    content.close_file()
    answers(monkeypatch, 1)
    content.open_example()
    titles = [row.title for row in open_area(content).session.snapshot.all(Measure).values()]
    assert first.title in titles


def test_a_dropped_office_file_is_opened(qtbot, content, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), action, data, button, key)
    content.window.dropEvent(event)
    assert event.isAccepted()
    qtbot.waitUntil(lambda: content.area is not None)
    assert open_area(content).session.path == path


def test_work_left_behind_comes_back_and_says_so(content, path):
    file = OfficeFile.open(path, user=USER)
    file.edit(lambda edit: operations.set_status(edit, [measure_id(0)], 12, Status.DONE))
    file.close(publish=False)
    content.open_path(path)
    area = open_area(content)
    (button,) = banner_buttons(area, "recovered")
    assert any("1" in label.text() for label in area.banners.shown["recovered"].findChildren(QLabel))
    button.click()
    assert "recovered" not in area.banners.shown


def left_behind(path: Path) -> None:
    file = OfficeFile.open(path, user=USER)
    file.edit(lambda edit: operations.set_field(edit, Measure, measure_id(0), "title", "ค้างอยู่"))
    file.close(publish=False)


def test_work_whose_file_is_gone_can_be_saved_as_another(content, monkeypatch, path, tmp_path):
    from itadesk.storage import workspace

    left_behind(path)
    path.unlink()
    (work,) = workspace.unpublished_work()
    saves_to(monkeypatch, tmp_path / "กู้.itadesk")
    content.rescue(work)
    assert open_area(content).session.path == tmp_path / "กู้.itadesk"
    assert published(tmp_path / "กู้.itadesk") == "ค้างอยู่"
    assert workspace.unpublished_work() == []


def test_work_whose_file_was_replaced_is_not_put_into_it(content, path):
    from itadesk.storage import workspace

    left_behind(path)
    path.unlink()
    OfficeFile.create(path, rows(2), user=USER).close()
    (work,) = workspace.unpublished_work()
    content.open_unpublished(work)
    assert message()
    assert open_area(content).session.recovered is None
    assert workspace.unpublished_work() == [work]


def test_discarding_work_asks_first(content, monkeypatch, path):
    from itadesk.storage import workspace

    left_behind(path)
    (work,) = workspace.unpublished_work()
    answers(monkeypatch, None, 0)
    content.discard(work)
    assert workspace.unpublished_work() == [work]
    content.discard(work)
    assert workspace.unpublished_work() == []


# The open file


@pytest.mark.parametrize("number", range(1, len(PAGES) + 1))
def test_every_page_has_a_key(qtbot, content, area, number):
    key = Qt.Key(Qt.Key.Key_0 + number)
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(content.window, key, modifiers)
    assert area.tabs.currentIndex() == number - 1
    assert area.page.isVisible()
    assert area.page_actions == content.menus.items.actions()
    assert content.menus.pages.checkedAction() is content.menus.pages.actions()[number - 1]


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.name)
def test_the_keyboard_is_in_the_page_that_was_opened(content, area, entry):
    area.show_page(entry.name)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert area.page.isAncestorOf(focus)
    assert isinstance(focus, QTableView | QComboBox | QLineEdit)


def test_undo_and_redo_have_keys_and_names(qtbot, content, area):
    assert not content.menus.undo.isEnabled()
    before = area.session.snapshot.all(Measure)[measure_id(0)].title
    retitle(area.session, "ใหม่")
    assert "แก้ชื่อ" in content.menus.undo.text()
    qtbot.keyClick(content.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert area.session.snapshot.all(Measure)[measure_id(0)].title == before
    assert "แก้ชื่อ" in content.menus.redo.text()
    qtbot.keyClick(content.window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert area.session.snapshot.all(Measure)[measure_id(0)].title == "ใหม่"


def test_without_a_file_only_what_works_is_offered(content, path):
    names = {action.text() for action in entries(content) if action.isEnabled()}
    content.open_path(path)
    assert names < {action.text() for action in entries(content) if action.isEnabled()}
    content.close_file()
    assert names == {action.text() for action in entries(content) if action.isEnabled()}


def test_access_keys_are_unique_in_each_menu(content, area):
    bar = content.window.menuBar()
    menus = [bar, *(action.menu() for action in bar.actions())]
    for menu in menus:
        texts = [action.text() for action in menu.actions() if "&" in action.text()]
        letters = [text[text.index("&") + 1].lower() for text in texts]
        assert len(letters) == len(set(letters)), texts


def test_saving_at_once_says_so(qtbot, content, area, path):
    retitle(area.session, "เดี๋ยวนี้")
    qtbot.keyClick(content.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    area.session.tasks.wait()
    assert len(toasts(content)) == 1
    assert published(path) == "เดี๋ยวนี้"
    area.session.publish_now()
    area.session.tasks.wait()
    assert len(toasts(content)) == 1


def test_a_copy_is_independent(content, area, monkeypatch, tmp_path, path):
    saves_to(monkeypatch, tmp_path / "สำเนา.itadesk")
    retitle(area.session, "ในสำเนาด้วย")
    content.save_copy()
    retitle(area.session, "ไม่อยู่ในสำเนา")
    assert published(tmp_path / "สำเนา.itadesk") == "ในสำเนาด้วย"
    assert area.session.path == path


def test_years_are_added_and_deleted(content, area, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_arguments: (2569, True))
    area.place_bar.add_fiscal_year()
    year = in_hand(area)
    assert (year.year, year.analysed_year) == (2569, 2568)
    assert area.place_bar.years.currentText() == "2569"
    area.place_bar.delete_fiscal_year()
    assert in_hand(area).year == 2568
    area.place_bar.delete_fiscal_year()
    assert area.session.fiscal_year is None
    area.undo()
    assert area.place_bar.years.currentText() == "2568"


def test_year_and_round_are_chosen_with_the_mouse(qtbot, area):
    with qtbot.waitSignal(area.session.place_changed):
        qtbot.mouseClick(area.place_bar.rounds.button(6), Qt.MouseButton.LeftButton)
    assert area.session.round == 6


def test_a_file_without_years_is_no_trouble(content, monkeypatch, tmp_path):
    path = tmp_path / "ไม่มีปี.itadesk"
    OfficeFile.create(path, [Office(id="a" * 32, name="ว่าง")], user=USER).close()
    content.open_path(path)
    area = open_area(content)
    for entry in PAGES:
        area.show_page(entry.name)
    area.session.tasks.wait()
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_arguments: (2569, True))
    area.place_bar.add_fiscal_year()
    assert in_hand(area).year == 2569


def test_the_foot_of_the_window_counts_and_tells_of_saving(content, area):
    line = area.status_line
    assert [label.text().split()[-1] for label in line.counts.values()] == ["2", "1", "1"]
    area.session.edit("ทำแล้ว", operations.set_status, [measure_id(0)], 12, Status.DONE)
    assert [label.text().split()[-1] for label in line.counts.values()] == ["1", "1", "2"]
    waiting = line.saving.text()
    line.saving.click()
    area.session.tasks.wait()
    assert line.saving.text() != waiting


def test_the_title_follows_the_office(content, area):
    area.session.edit("ชื่อ", operations.set_field, Office, "a" * 32, "name", "งามยิ่ง")
    assert "งามยิ่ง" in content.window.windowTitle()


# Trouble, and leaving


def test_a_file_that_was_moved_can_be_written_again(content, area, path):
    retitle(area.session, "ยังอยู่")
    path.unlink()
    area.session.publish_now()
    area.session.tasks.wait()
    again, _elsewhere = banner_buttons(area, "trouble")
    again.click()
    area.session.tasks.wait()
    assert "trouble" not in area.banners.shown
    assert published(path) == "ยังอยู่"


def test_a_file_that_cannot_be_written_is_saved_elsewhere(content, area, monkeypatch, path, tmp_path):
    retitle(area.session, "ที่อื่น")
    path.write_bytes(b"somebody else's")
    area.session.publish_now()
    area.session.tasks.wait()
    saves_to(monkeypatch, tmp_path / "ที่อื่น.itadesk")
    banner_buttons(area, "trouble")[-1].click()
    assert "trouble" not in area.banners.shown
    assert area.session.path == tmp_path / "ที่อื่น.itadesk"
    assert "ที่อื่น.itadesk" in content.window.windowTitle()
    assert path.read_bytes() == b"somebody else's"


def test_closing_never_asks_when_all_is_well(content, area, monkeypatch, path):
    asked = answers(monkeypatch)
    retitle(area.session, "ก่อนปิด")
    assert content.window.close()
    assert asked == []
    assert published(path) == "ก่อนปิด"


def test_closing_when_the_file_cannot_be_written_keeps_the_work(content, area, monkeypatch, path, tmp_path):
    retitle(area.session, "รอดแน่")
    path.unlink()
    asked = answers(monkeypatch, None, 2)
    assert not content.window.close()
    assert content.area is area
    assert content.window.close()
    assert len(asked) == 2
    from itadesk.storage import workspace

    (work,) = workspace.unpublished_work()
    assert work.changes == 1


def test_closing_can_write_a_file_that_was_moved_away(content, area, monkeypatch, path):
    retitle(area.session, "เขียนใหม่")
    path.unlink()
    answers(monkeypatch, 0)
    assert content.window.close()
    assert published(path) == "เขียนใหม่"


def test_a_size_that_was_chosen_comes_back(qtbot):
    window = MainWindow()
    window.resize(700, 500)
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (700, 500)


def test_another_language_comes_with_a_restart(content, area, path):
    content.window.change_language("en")
    assert content.window.restart
    assert content.window.last_path == path
    assert preferences.load().language == "en"


@pytest.fixture
def thai() -> Iterator[None]:
    i18n.install("th")
    yield
    i18n.install("en")


def shown_texts(content: WindowContent) -> Iterator[str]:
    for action in entries(content):
        yield action.text()
    for widget in content.window.findChildren(QLabel) + content.window.findChildren(QPushButton):
        yield widget.text()


def test_everything_is_thai(thai, qtbot, path):
    window = MainWindow()
    qtbot.addWidget(window)
    content = window.start(None)
    texts = list(shown_texts(content))
    content.open_path(path)
    texts += shown_texts(content)
    window.close()
    known = {"", "ITADesk", "English (อังกฤษ)", "ภาษา (Language)(&L)"}
    english = [text for text in texts if text not in known and text.isascii() and any(map(str.isalpha, text))]
    assert english == []
