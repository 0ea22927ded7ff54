"""The district's page on real collections: offices, notes, measures, versions, charts, report, looking into a file."""

import contextlib
import sqlite3
from pathlib import Path

import openpyxl
import pymupdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog
from storage.collection.offices import change, finish, make
from ui.collection.desk import column, opened, settled, took_in
from ui.keyboard import type_text
from ui.window import answers, entries, message, open_area, toasts

from itadesk import paths
from itadesk.domain.model import Measure, Status
from itadesk.storage.collection import reviews
from itadesk.ui import preferences, report_files
from itadesk.ui.collection.chart import said
from itadesk.ui.collection.connect_dialog import ConnectDialog
from itadesk.ui.collection.expected_dialog import ExpectedDialog
from itadesk.ui.collection.versions_dialog import VersionsDialog
from itadesk.ui.main_window import MainWindow
from itadesk.ui.measures_page import MeasuresPage


def dialog(content, kind: type[QDialog]):
    (found,) = [one for one in content.window.findChildren(kind) if one.isVisible()]
    return found


def note_of(page, office_id: str) -> str:
    with page.session.collection.reading() as connection:
        return reviews.texts(connection, 2569).get(office_id, "")


# Opening


def test_a_collection_given_at_the_start_is_opened(qtbot, data, where, full, content):
    content.close_file()
    window = MainWindow()
    qtbot.addWidget(window)
    other = window.start(where)
    assert other.collection.page is not None
    settled(other.collection.page)
    assert column(other.collection.page.offices.table, "name") == ["อบต.กาหลง", "อบต.โคกสะอาด", "อบต.ไผ่ล้อม"]
    assert window.windowTitle().startswith("เมือง")
    assert preferences.load().recent[0] == str(where)
    assert window.close()
    assert other.collection.page is None


def test_another_file_is_no_collection_and_nothing_changes(content, full, tmp_path):
    (tmp_path / "ไม่ใช่.itacollection").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    content.open_path(tmp_path / "ไม่ใช่.itacollection")
    assert message()
    content.open_path(tmp_path / "ไม่มี.itacollection")
    assert message()
    assert not (tmp_path / "ไม่มี.itacollection").exists()
    assert content.collection.page is full


def test_the_open_collection_is_not_opened_twice(content, full, where):
    content.open_path(where)
    assert content.collection.page is full
    assert len(toasts(content)) == 1


def test_an_office_file_takes_the_place_of_the_collection_and_the_other_way(content, full, where, tmp_path):
    path = make(tmp_path, "ของเรา")
    content.open_path(path)
    assert content.collection.page is None
    assert open_area(content).session.path == path
    content.open_path(where)
    assert content.area is None
    assert content.collection.page is not None


def test_menus_offer_what_the_page_can_do(content, full):
    texts = {entry.text() for entry in entries(content) if entry.isEnabled()}
    assert {action.text() for action in full.page_actions} <= texts
    assert content.menus.close_file.isEnabled()
    content.close_file()
    assert not content.menus.close_file.isEnabled()
    assert not content.menus.items.menuAction().isVisible()


def test_a_collection_that_breaks_is_said_and_asked_again(full, where):
    with contextlib.closing(sqlite3.connect(where)) as other:
        other.execute("ALTER TABLE received RENAME TO elsewhere")
        full.load()
        settled(full)
        assert "trouble" in full.banners.shown
        other.execute("ALTER TABLE elsewhere RENAME TO received")
    full.load()
    settled(full)
    assert "trouble" not in full.banners.shown


# Offices


def test_offices_are_counted_in_thai_order_with_their_sums(full):
    table = full.offices.table
    assert column(table, "name") == ["อบต.กาหลง", "อบต.โคกสะอาด", "อบต.ไผ่ล้อม"]
    assert column(table, "done") == ["2"] * 3
    assert column(full.offices.offices.sums, "total") == ["18"]
    assert column(full.offices.offices.sums, "share") == ["33"]


def test_a_click_on_a_head_sorts_both_ways_and_back(qtbot, full, sent):
    finish(sent[1])
    took_in(full, [sent[1]])
    table = full.offices.table
    head, at = table.horizontalHeader(), table.model_rows.column("done")
    orders = []
    for _click in range(3):
        spot = QPoint(head.sectionViewportPosition(at) + 10, head.height() // 2)
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        orders.append(column(table, "name"))
    assert orders[0][-1] == orders[1][0] == "อบต.ไผ่ล้อม"
    assert orders[2] == ["อบต.กาหลง", "อบต.โคกสะอาด", "อบต.ไผ่ล้อม"]


def test_an_office_taken_in_by_mistake_is_taken_out_after_asking(monkeypatch, full):
    table = full.offices.table
    table.go_to(table.shown[1].id)
    answers(monkeypatch, None, 0)
    full.remove_action.trigger()
    settled(full)
    assert len(table.shown) == 3
    full.remove_action.trigger()
    settled(full)
    assert column(table, "name") == ["อบต.กาหลง", "อบต.ไผ่ล้อม"]


def test_the_keyboard_sorts_by_the_column_in_hand(content, full):
    table = full.offices.table
    table.setCurrentIndex(table.model_rows.index(0, table.model_rows.column("name")))
    full.sort_action.trigger()
    full.sort_action.trigger()
    assert column(table, "name") == ["อบต.ไผ่ล้อม", "อบต.โคกสะอาด", "อบต.กาหลง"]


def test_who_has_not_sent_stands_below_in_grey(content, full):
    full.expected_action.trigger()
    box = dialog(content, ExpectedDialog)
    box.text.setPlainText("1. อบต.แม่ทา\tเมือง\n2. อบต.โคกสะอาด")
    assert box.read.text().startswith("2")
    box.add_button.click()
    assert box.read.text().startswith("4")
    box._accept()
    settled(full)
    table = full.offices.table
    assert column(table, "name")[-1] == "องค์การบริหารส่วนตำบลแม่ทา"
    assert column(table, "received")[-1] == "Not sent yet"
    table.go_to(table.shown[-1].id)
    assert full.offices.office is None
    assert not full.offices.look_button.isEnabled()
    assert not full.offices.note.text.isEnabled()


def test_another_year_and_round_are_looked_at(qtbot, page, tmp_path):
    path = make(tmp_path, "โคกสะอาด", measures=3, years=(2568, 2569))
    finish(path)
    took_in(page, [path])
    assert (page.years.currentText(), column(page.offices.table, "done")) == ("2569", ["3"])
    page.rounds.button(12).click()
    settled(page)
    assert column(page.offices.table, "done") == ["0"]
    page.years.setCurrentIndex(page.years.findData(2568))
    page.years.activated.emit(page.years.currentIndex())
    page.rounds.button(6).click()
    settled(page)
    assert page.session.view.year == 2568


# Notes


def test_a_note_is_kept_at_once_and_survives_a_new_file(qtbot, full, sent):
    table, note = full.offices.table, full.offices.note
    table.go_to(table.shown[1].id)
    office = table.shown[1].id
    note.text.setFocus()
    type_text(note.text, "โทรแล้ว")
    qtbot.waitUntil(lambda: note_of(full, office) == "โทรแล้ว")
    change(sent[0], "ชื่อใหม่")
    took_in(full, [sent[0]])
    assert note.text.toPlainText() == "โทรแล้ว"
    assert column(table, "name")[1] == "อบต.โคกสะอาด ✎"
    table.go_to(table.shown[0].id)
    assert note.text.toPlainText() == ""
    table.go_to(office)
    assert note.text.toPlainText() == "โทรแล้ว"


def test_a_note_still_being_typed_is_kept_when_the_window_closes(content, full, where):
    office = full.offices.table.shown[0].id
    full.offices.table.go_to(office)
    full.offices.note.text.setPlainText("พิมพ์ค้าง")
    assert content.window.close()
    page = opened(content, where)
    assert note_of(page, office) == "พิมพ์ค้าง"


def test_a_note_that_cannot_be_kept_is_not_lost_silently(content, monkeypatch, full, where):
    full.offices.note.text.setPlainText("ย" * 100_001)
    asked = answers(monkeypatch, None, 0)
    content.close_file()
    assert content.collection.page is full
    assert full.offices.note.state.text()
    content.close_file()
    assert content.collection.page is None
    assert len(asked) == 2


def test_a_note_that_is_refused_holds_up_no_other(qtbot, full):
    table, note = full.offices.table, full.offices.note
    note.text.setPlainText("ย" * 100_001)
    other = table.shown[1].id
    table.go_to(other)
    note.text.setPlainText("สั้น")
    note.keep()
    qtbot.waitUntil(lambda: note_of(full, other) == "สั้น")
    table.go_to(table.shown[0].id)
    assert len(note.text.toPlainText()) == 100_001
    note.text.setPlainText("พอดี")
    note.keep()
    qtbot.waitUntil(lambda: note_of(full, table.shown[0].id) == "พอดี")


def test_a_note_typed_anew_while_the_last_one_is_refused_is_kept(qtbot, full):
    office, note = full.offices.table.shown[0].id, full.offices.note
    note.text.setPlainText("ย" * 100_001)
    note.keep()
    note.text.setPlainText("พอดี")
    note.keep()
    qtbot.waitUntil(lambda: note_of(full, office) == "พอดี")


# Measures, matrix, charts


def test_measures_of_all_offices_are_narrowed(qtbot, full):
    full.tabs.setCurrentIndex(1)
    settled(full)
    tab = full.measures
    assert len(tab.table.shown) == 18
    tab.status.setCurrentIndex(tab.status.findData(Status.DONE))
    tab.status.activated.emit(tab.status.currentIndex())
    settled(full)
    assert len(tab.table.shown) == 6
    tab.late.click()
    settled(full)
    assert len(tab.table.shown) == 0
    tab.all.click()
    type_text(tab.text, "มาตรการที่ 3")
    qtbot.waitUntil(lambda: len(tab.table.shown) == 3)
    assert set(column(tab.table, "title")) == {"มาตรการที่ 3"}


def test_a_measure_leads_into_the_file_of_its_office(content, full):
    full.tabs.setCurrentIndex(1)
    settled(full)
    row = full.measures.table.shown[8]
    full.measures.table.opened.emit(row)
    area = open_area(content)
    assert area.session.snapshot.office.full_name == row.measure.office
    assert isinstance(area.page, MeasuresPage)
    current = area.page.table.current_id()
    assert current is not None
    assert area.session.snapshot.all(Measure)[current].title == row.measure.title


def test_a_cell_of_the_matrix_shows_its_measures(qtbot, full):
    full.tabs.setCurrentIndex(2)
    settled(full)
    table = full.matrix.table
    assert column(table, "indicator 3") == ["1/1"] * 3
    table.setCurrentIndex(table.model_rows.index(1, 3))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    settled(full)
    assert full.tabs.currentIndex() == 1
    assert column(full.measures.table, "office") == ["อบต.โคกสะอาด"]
    assert column(full.measures.table, "indicator") == ["3"]


def test_a_part_of_a_bar_shows_its_measures(qtbot, full):
    full.tabs.setCurrentIndex(3)
    QApplication.processEvents()
    bars = full.charts.chart.bars
    assert said(bars.bars[0]) in bars.accessibleDescription()
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=bars.part(1, Status.DONE).center())
    settled(full)
    assert set(column(full.measures.table, "office")) == {"อบต.โคกสะอาด"}
    assert {row.measure.status for row in full.measures.table.shown} == {Status.DONE}


def test_bars_of_indicators_are_walked_by_the_keyboard(qtbot, full):
    full.tabs.setCurrentIndex(3)
    full.charts.kinds.button(1).click()
    bars = full.charts.chart.bars
    assert [bar.counts.total for bar in bars.bars] == [3] * 6
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(bars, key)
    settled(full)
    assert {row.measure.indicator for row in full.measures.table.shown} == {"2"}
    assert {row.measure.status for row in full.measures.table.shown} == {Status.IN_PROGRESS}


# Looking into files, versions


def test_an_office_file_is_looked_into_and_left(content, full):
    full.offices.table.go_to(full.offices.table.shown[2].id)
    full.offices.look_button.click()
    area = open_area(content)
    assert area.session.read_only
    assert area.session.snapshot.office.name == "ไผ่ล้อม"
    assert "collection" in area.banners.shown
    assert len(preferences.load().recent) == 1
    content.close_file()
    assert content.area is None
    assert content.collection.page is full
    assert content.path is not None
    assert content.path.suffix == ".itacollection"


def test_files_dropped_while_an_office_is_looked_into_are_received(content, full, sent):
    full.look_action.trigger()
    content.take_dropped([sent[0]])
    assert content.area is None
    settled(full)
    assert full.receiving


def test_an_earlier_version_is_compared_and_used_again(content, full, sent):
    change(sent[0], "ชื่อใหม่")
    took_in(full, [sent[0]])
    full.offices.table.go_to(full.offices.table.shown[1].id)
    full.versions_action.trigger()
    box = dialog(content, VersionsDialog)
    settled(full)
    assert column(box.table, "years") == ["2569", "–"]
    assert column(box.differences, "new") == ["ชื่อใหม่"]
    box.take_back_button.click()
    settled(full)
    assert column(box.table, "years") == ["–", "2569"]
    full.tabs.setCurrentIndex(1)
    settled(full)
    assert "ชื่อใหม่" not in column(full.measures.table, "title")
    box.table.go_to(box.table.shown[0].id)
    box.look_button.click()
    measures = open_area(content).session.snapshot.all(Measure).values()
    assert "ชื่อใหม่" in {row.title for row in measures}


# Report, database


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".xlsx"])
def test_the_report_is_saved(monkeypatch, full, tmp_path, ending):
    path = tmp_path / f"รายงาน{ending}"
    monkeypatch.setattr(report_files, "ask_path", lambda parent, folder, name, ending: path)
    full.save_report(ending)
    settled(full)
    assert path.exists()
    if ending == ".pdf":
        with pymupdf.open(path) as file:
            assert "อบต.โคกสะอาด" in "".join(str(page.get_text()) for page in file)
    elif ending == ".xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        assert any("อบต.โคกสะอาด" in str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_a_database_is_asked_for_and_remembered_without_its_password(qtbot, content):
    content.collection.connect_to_database()
    box = dialog(content, ConnectDialog)
    wanted: list[str] = []
    box.wanted.disconnect()
    box.wanted.connect(wanted.append)
    assert not box.connect_button.isEnabled()
    for field, text in (
        (box.server, "db.local"),
        (box.database, "ita"),
        (box.user, "somsri"),
        (box.password, "p@ss/1"),
    ):
        field.setText(text)
    box.connect_button.click()
    assert wanted == ["postgresql+psycopg://somsri:p%40ss%2F1@db.local:5432/ita"]
    stored = Path(paths.data() / "preferences.json").read_text("utf-8")
    assert "p%40ss" not in stored
    again = ConnectDialog(content.window)
    assert (again.server.text(), again.database.text(), again.user.text()) == ("db.local", "ita", "somsri")
    assert again.password.text() == ""
