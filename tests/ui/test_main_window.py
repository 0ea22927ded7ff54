"""The main window on real files: opening, trouble, leaving, language."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from exchange.office_files import HEAD, ROWS, word
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMessageBox,
    QPushButton,
)
from storage.office import change
from ui.desk import USER, YEAR, measure_id, rows
from ui.window import (
    answers,
    banner_buttons,
    entries,
    left_behind,
    message,
    open_area,
    published,
    retitle,
    saves_to,
    toasts,
)

from itadesk import i18n
from itadesk.domain.model import Measure, Office, Status, Unit
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui import preferences
from itadesk.ui.import_dialog import ImportDialog
from itadesk.ui.main_window import MainWindow
from itadesk.ui.new_office import NewOfficeDialog
from itadesk.ui.window_content import WindowContent

pytestmark = pytest.mark.usefixtures("data")


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
    monkeypatch.setattr(NewOfficeDialog, "ask", classmethod(lambda cls, parent, template: [office, year]))
    saves_to(monkeypatch, tmp_path / "ใหม่.itadesk")
    content.new_file()
    assert open_area(content).session.snapshot.office.full_name == "เทศบาลตำบลงามดี"
    assert (tmp_path / "ใหม่.itadesk").exists()


def test_a_new_office_never_replaces_a_file(content, monkeypatch, path):
    monkeypatch.setattr(NewOfficeDialog, "ask", classmethod(lambda cls, parent, template: rows(0)))
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


def test_work_whose_file_is_gone_can_be_saved_as_another(content, monkeypatch, path, tmp_path):
    from itadesk.storage import left_work

    left_behind(path)
    path.unlink()
    (work,) = left_work.unpublished_work()
    saves_to(monkeypatch, tmp_path / "กู้.itadesk")
    content.rescue(work)
    assert open_area(content).session.path == tmp_path / "กู้.itadesk"
    assert published(tmp_path / "กู้.itadesk") == "ค้างอยู่"
    assert left_work.unpublished_work() == []


def test_who_opens_work_whose_file_was_renamed_is_told_how_it_comes_back(content, path):
    from itadesk.storage import left_work

    left_behind(path)
    renamed = path.rename(path.with_name("ชื่อใหม่.itadesk"))
    (work,) = left_work.unpublished_work()
    content.open_unpublished(work)
    (box,) = [one for one in content.window.findChildren(QMessageBox) if one.isVisible()]
    assert "open it where it is now" in box.informativeText()
    box.close()
    content.open_path(renamed)
    assert open_area(content).session.recovered is not None


def test_work_whose_file_was_replaced_is_not_put_into_it(content, path):
    from itadesk.storage import left_work

    left_behind(path)
    path.unlink()
    OfficeFile.create(path, rows(2), user=USER).close()
    (work,) = left_work.unpublished_work()
    content.open_unpublished(work)
    assert message()
    assert open_area(content).session.recovered is None
    assert left_work.unpublished_work() == [work]


def test_work_that_another_window_brought_in_meanwhile_is_no_trouble(content, monkeypatch, path):
    from itadesk.storage import left_work

    left_behind(path)
    (work,) = left_work.unpublished_work()
    OfficeFile.open(path, user=USER).close()
    content.rescue(work)
    assert message()
    content.open_unpublished(work)
    assert not any(box.isVisible() for box in content.window.findChildren(QMessageBox))
    assert published(path) == "ค้างอยู่"


def test_discarding_work_asks_first(qtbot, content, monkeypatch, path):
    from itadesk.storage import left_work

    left_behind(path)
    (work,) = left_work.unpublished_work()

    def press_enter() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        qtbot.keyClick(box, Qt.Key.Key_Return)

    QTimer.singleShot(0, press_enter)
    content.discard(work)
    assert left_work.unpublished_work() == [work], "Enter alone loses nothing"
    answers(monkeypatch, 0)
    content.discard(work)
    assert left_work.unpublished_work() == []


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
    from itadesk.storage import left_work

    (work,) = left_work.unpublished_work()
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


def drop_on(content: WindowContent, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    content.window.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


@pytest.mark.parametrize(
    ("reason", "way"),
    [("open elsewhere", "on the copy"), ("newer", "update ITADesk"), ("no year", "with the +")],
)
def test_a_dropped_table_that_cannot_come_in_is_told_why_and_what_to_do(
    qtbot, content, path, tmp_path, monkeypatch, reason, way
):
    source = tmp_path / "ตาราง.docx"
    source.write_bytes(word((HEAD, *ROWS)))
    with contextlib.ExitStack() as others:
        if reason == "open elsewhere":
            others.enter_context(contextlib.closing(OfficeFile.open(path, user=USER)))
            answers(monkeypatch, 0)
        elif reason == "newer":
            change(path, "PRAGMA user_version = 9")
        else:
            path.unlink()
            office = [row for row in rows() if isinstance(row, (Office, Unit))]
            OfficeFile.create(path, office, user=USER).close()
        content.open_path(path)
    drop_on(content, source)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in content.window.findChildren(QMessageBox)))
    (box,) = [box for box in content.window.findChildren(QMessageBox) if box.isVisible()]
    assert "no measures were taken in" in box.text()
    assert way in box.informativeText()
    box.close()
    assert not open_area(content).findChildren(ImportDialog)


def test_a_dropped_word_file_is_taken_in_where_an_office_file_is_open(qtbot, content, path, tmp_path):
    source = tmp_path / "ตาราง.docx"
    source.write_bytes(word((HEAD, *ROWS)))
    drop_on(content, source)
    qtbot.waitUntil(lambda: len(toasts(content)) == 1)
    content.open_path(path)
    drop_on(content, source)
    qtbot.waitUntil(lambda: len(open_area(content).findChildren(ImportDialog)) == 1)
    (dialog,) = open_area(content).findChildren(ImportDialog)
    open_area(content).session.tasks.wait()
    dialog.take.click()
    assert open_area(content).session.snapshot.children(Measure, YEAR)[-1].title == ROWS[-1][0]
