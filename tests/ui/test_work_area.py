"""The open file in the window: pages, keys, menus, saving, the place in hand, the foot of the window."""

import datetime as dt
import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from ui.desk import USER, YEAR, measure_id
from ui.keyboard import type_text
from ui.window import (
    entries,
    in_hand,
    message,
    open_area,
    published,
    retitle,
    saves_to,
    toasts,
)

from itadesk.domain.model import Measure, Office, Status
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.pages import PAGES
from itadesk.ui.report_kinds import NOTED
from itadesk.ui.report_saving import ReportSaving
from itadesk.ui.session import FileSession
from itadesk.ui.work_area import WorkArea
from itadesk.ui.year_dialog import NewYear, YearDialog

pytestmark = pytest.mark.usefixtures("data")


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
    assert isinstance(focus, QAbstractItemView | QComboBox | QLineEdit)


def test_the_page_takes_the_keyboard_that_nothing_has_when_the_file_comes_to_be_seen(qtbot, path):
    """So it goes when the program starts with a file: the window becomes active before the file is seen in it."""
    window = QWidget()
    session = FileSession(OfficeFile.open(path, user=USER))
    area = WorkArea(session)
    area.setParent(window)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    if (hidden := QApplication.focusWidget()) is not None:
        hidden.clearFocus()  # other platforms give it to nothing that is hidden
    area.show()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert area.page.isAncestorOf(focus)
    session.close()


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


def test_measures_of_another_year_of_work_are_brought_in(content, area, monkeypatch, tmp_path):
    form = tmp_path / "มาตรการ.json"
    known = area.session.snapshot.all(Measure)[measure_id(0)].title
    empty = {"steps": "", "responsible": "", "follow_up": "", "progress": {}, "evidence": []}
    measures = [{**empty, "title": title, "period": "ตลอดปี"} for title in (known, "มาใหม่")]
    office = {"kind": "เทศบาลตำบล", "name": "งามดี"}
    text = json.dumps(
        {"itadesk": 1, "office": office, "fiscal_year": 2568, "measures": measures, "documents": []}
    )
    form.write_text(text, "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(form), ""))
    area.import_measures()
    rows = area.session.snapshot.children(Measure, YEAR)
    assert (rows[0].period, rows[-1].title, len(rows)) == ("ตลอดปี", "มาใหม่", 5)
    assert len(toasts(content)) == 1
    area.undo()
    assert len(area.session.snapshot.children(Measure, YEAR)) == 4
    assert toasts(content) == []


def test_a_file_that_is_no_interchange_data_brings_nothing(area, monkeypatch, tmp_path):
    (tmp_path / "เปล่า.json").write_text("{")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(tmp_path / "เปล่า.json"), ""))
    area.import_measures()
    assert message()
    assert not area.session.undo_stack.canUndo()


def test_the_last_files_are_in_the_menu(content, area, path, tmp_path):
    other = tmp_path / "อีกแฟ้ม.itadesk"
    area.session.save_copy(other)
    content.open_path(other)
    content.menus.recent.aboutToShow.emit()
    newest, former = content.menus.recent.actions()
    assert (newest.text(), former.text()) == (other.stem, path.stem)
    former.trigger()
    assert open_area(content).session.path == path


def test_the_report_is_saved_from_the_menu_of_any_page(qtbot, content, area, monkeypatch, tmp_path):
    monkeypatch.setattr(ReportSaving, "ask", lambda *_arguments: tmp_path / "รายงาน.pdf")
    (action,) = (one for one in entries(content) if one.text() == "Save as P&DF…")
    action.trigger()
    qtbot.waitUntil((tmp_path / "รายงาน.pdf").exists)
    area.session.tasks.wait()


def test_years_are_added_and_deleted(content, area, monkeypatch):
    monkeypatch.setattr(YearDialog, "ask", lambda *_arguments: NewYear(2569))
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


def test_the_place_in_hand_comes_back_with_the_file(qtbot, content, area, path):
    session = area.session
    newest = session.edit("ปี", operations.add_fiscal_year, 2569)
    session.set_place(newest, 6)
    content.close_file()
    content.open_path(path)
    place = open_area(content).session
    assert (in_hand(open_area(content)).year, place.round) == (2569, 6)


def test_a_file_never_opened_here_begins_in_the_newest_year_with_measures(content, area, tmp_path):
    area.session.edit("ปี", operations.add_fiscal_year, 2569)
    area.session.save_copy(tmp_path / "อีกเครื่อง.itadesk")
    content.open_path(tmp_path / "อีกเครื่อง.itadesk")
    assert in_hand(open_area(content)).year == 2568


def test_another_year_keeps_the_round_that_was_chosen(area):
    session, years = area.session, area.place_bar.years
    session.edit("ปี", operations.add_fiscal_year, 2569)
    session.set_place(in_hand(area).id, 6)
    years.setCurrentIndex(years.findText("2569"))
    years.activated.emit(years.currentIndex())
    assert (in_hand(area).year, session.round) == (2569, 6)


def test_a_file_without_years_is_no_trouble(content, monkeypatch, tmp_path):
    path = tmp_path / "ไม่มีปี.itadesk"
    OfficeFile.create(path, [Office(id="a" * 32, name="ว่าง")], user=USER).close()
    content.open_path(path)
    area = open_area(content)
    for entry in PAGES:
        area.show_page(entry.name)
    area.session.tasks.wait()
    monkeypatch.setattr(YearDialog, "ask", lambda *_arguments: NewYear(2569))
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


def test_ctrl_y_does_what_was_typed_again_before_it_touches_the_file(qtbot, content, area):
    retitle(area.session, "แก้แล้ว")
    area.undo()
    text = area.page.form.findChildren(QPlainTextEdit)[1]
    text.setFocus()
    type_text(text, "พิมพ์")
    text.undo()
    area.redo()
    assert text.toPlainText().endswith("พิมพ์")
    assert area.session.undo_stack.canRedo()


def test_undoing_the_note_of_a_printout_is_told(content, area):
    area.session.edit(_(NOTED), operations.set_field, Measure, measure_id(0), "title", "ก")
    area.undo()
    area.redo()
    assert len(toasts(content)) >= 1


def test_a_summary_is_copied_for_chat(content, area):
    area.session.today = lambda: dt.date(2025, 2, 10)
    (entry,) = (entry for entry in entries(content) if entry.text() == "Copy a summary for &LINE")
    entry.trigger()
    text = QApplication.clipboard().text()
    assert text.startswith("เทศบาลตำบลงามดี\n")
    assert "4 measures in all" in text
    assert len(toasts(content)) == 1
