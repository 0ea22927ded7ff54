"""Measures taken in through the window: pasted or from a file, looked at, put right, one undo step."""

from io import BytesIO

import openpyxl
import pytest
from exchange.office_files import HEAD, ROWS, excel, word
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from ui.desk import end, measures, open_session, press, titles
from ui.window import message, open_area

from itadesk.domain.model import Status
from itadesk.storage import operations
from itadesk.ui import measure_import
from itadesk.ui.import_dialog import ImportDialog
from itadesk.ui.thai_text import BREAK


@pytest.fixture
def session(qapp, tmp_path, data):
    session = open_session(tmp_path, 1)
    yield session
    end(session)


def copy(html: str = "", text: str = "") -> None:
    copied = QMimeData()
    copied.setHtml(html)
    copied.setText(text)
    QGuiApplication.clipboard().setMimeData(copied)


def table(*rows) -> str:
    return "\n".join("\t".join(f'"{cell}"' for cell in row) for row in rows)


def pasted(qtbot, page, session, text: str) -> ImportDialog:
    copy(text=text)
    page.table.setFocus()
    press(qtbot, page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    return looked_at(page, session)


def looked_at(page, session, path=None) -> ImportDialog:
    if path is not None:
        measure_import.open_file(session, page, path)
    (dialog,) = [dialog for dialog in page.findChildren(ImportDialog) if dialog.isVisible()]
    session.tasks.wait()
    return dialog


def kinds(dialog: ImportDialog) -> list[str]:
    return [dialog.rows.index(row, 1).data() for row in range(dialog.rows.rowCount())]


def test_a_copied_table_is_looked_at_and_taken_in_as_one_step(qtbot, page, session):
    dialog = pasted(qtbot, page, session, table(HEAD, *ROWS))
    assert [text.split()[0] for text in kinds(dialog)] == ["Headings", "Measure", "Measure", "Measure"]
    assert "3 measures: 3 new" in dialog.summary.text()
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert titles(session)[1:] == [row[0] for row in ROWS]
    states = [session.snapshot.progress(row.id, session.round).status for row in measures(session)[1:]]
    assert states == [Status.DONE, Status.IN_PROGRESS, Status.NOT_STARTED]
    session.undo()
    assert len(titles(session)) == 1
    session.redo()
    assert len(titles(session)) == 4


def test_measures_that_are_there_are_updated_or_left(qtbot, page, session):
    title = titles(session)[0]
    text = table(("มาตรการ", "ขั้นตอน"), (title, "ขั้นใหม่"))
    dialog = pasted(qtbot, page, session, text)
    assert "1 changed" in dialog.summary.text()
    dialog.match.setCurrentIndex(1)
    dialog.take.click()
    assert (len(titles(session)), measures(session)[0].steps) == (1, "")
    pasted(qtbot, page, session, text).take.click()
    assert (len(titles(session)), measures(session)[0].steps) == (1, "ขั้นใหม่")


def test_a_column_can_hold_something_else(qtbot, page, session):
    dialog = pasted(qtbot, page, session, table(("มาตรการ", "หมายเหตุ", "ผู้รับผิดชอบ"), ("ก", "ข", "กองคลัง")))
    head = dialog.table.horizontalHeader()
    place = head.sectionViewportPosition(3) + 20
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 5))
    (menu,) = dialog.findChildren(QMenu)
    (entry,) = [entry for entry in menu.actions() if entry.text() == "Suggestion"]
    entry.trigger()
    session.tasks.wait()
    dialog.take.click()
    added = measures(session)[-1]
    assert session.snapshot.progress(added.id, session.round).suggestion == "ข"


def test_one_target_is_held_by_one_column(qtbot, page, session):
    dialog = pasted(qtbot, page, session, table(("มาตรการ", "ขั้นตอน"), ("ก", "ข")))
    dialog.change_column(3, "title")
    session.tasks.wait()
    dialog.take.click()
    assert titles(session)[-1] == "ข"
    assert measures(session)[-1].steps == ""


def test_rows_left_out_with_the_space_bar_come_back_with_it(qtbot, page, session):
    dialog = pasted(qtbot, page, session, table(HEAD, *ROWS))
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.table.select(["0.2"])
    for wanted, count in (("Left out", 2), ("Measure 2", 3)):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
        session.tasks.wait()
        assert kinds(dialog)[2].startswith(wanted)
        assert f"{count} measures" in dialog.summary.text()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    session.tasks.wait()
    dialog.take.click()
    assert titles(session)[1:] == [ROWS[0][0], ROWS[2][0]]


def test_tables_of_other_columns_are_shown_one_after_the_other(qtbot, page, session, tmp_path):
    ticks = ("มาตรการ", "ยังไม่ดำเนินงาน", "อยู่ระหว่างดำเนินงาน", "ดำเนินงานเสร็จแล้ว")
    source = tmp_path / "สองตาราง.docx"
    source.write_bytes(word((HEAD[:4], ROWS[0][:4]), (ticks, (ROWS[0][0], "/", "", ""))))
    dialog = from_file(page, session, source)
    assert dialog.part.count() == 2
    assert "1 measures" in dialog.summary.text()
    dialog.part.setCurrentIndex(1)
    dialog.part.activated.emit(1)
    assert dialog.rows.headerData(3, Qt.Orientation.Horizontal).startswith("Not started")
    dialog.take.click()
    assert session.snapshot.progress(measures(session)[-1].id, session.round).status is Status.NOT_STARTED


def from_file(page, session, path) -> ImportDialog:
    return looked_at(page, session, path)


def test_a_file_that_names_another_year_and_the_other_round_is_told(page, session, tmp_path):
    source = tmp_path / "ปีก่อน.xlsx"
    source.write_bytes(excel((("ประจำปีงบประมาณ พ.ศ. ๒๕๖๗ รอบ ๖ เดือน",), HEAD, *ROWS)))
    dialog = from_file(page, session, source)
    assert "2567" in dialog.told.text()
    assert dialog.round.currentIndex() == 0
    dialog.take.click()
    assert session.snapshot.progress(measures(session)[-1].id, 6) is not None


def test_a_plain_text_goes_into_the_current_cell(qtbot, page, session):
    copy(text="ชื่อใหม่")
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, page.model.column("title")))
    press(qtbot, page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert titles(session) == ["ชื่อใหม่"]
    copy(text="ก" * 100_001)
    press(qtbot, page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "too long" in message()
    assert titles(session) == ["ชื่อใหม่"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("ก.docx", b"PK"), ("ก.xlsx", b""), ("ก.csv", b"\0\0"), ("ก.docx", word(lines=("ก",)))],
)
def test_what_cannot_be_read_changes_nothing(page, session, tmp_path, monkeypatch, name, content):
    (tmp_path / name).write_bytes(content)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_arguments: (str(tmp_path / name), ""))
    page.bring.click()
    assert message()
    assert page.findChildren(ImportDialog) == []
    assert not session.undo_stack.canUndo()


def test_a_table_is_pasted_into_an_empty_year_wherever_the_focus_is(qtbot, content, path):
    content.open_path(path)
    area = open_area(content)
    area.session.edit("ลบ", operations.delete_measures, [row.id for row in measures(area.session)])
    area.place_bar.setFocus()
    copy(text=table(HEAD, *ROWS))
    qtbot.keyClick(
        QApplication.focusWidget() or content.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier
    )
    looked_at(area, area.session).take.click()
    assert titles(area.session) == [row[0] for row in ROWS]


def details(dialog: ImportDialog, row_id: str) -> str:
    dialog.table.select([row_id])
    return dialog.details.toPlainText()


def test_each_row_says_what_becomes_of_its_measure(qtbot, page, session):
    title = titles(session)[0]
    rows = (title, "สำรวจ", "กองคลัง"), (ROWS[0][0], "ข", "กองคลัง"), (title + " ๒", "", "")
    dialog = pasted(qtbot, page, session, table(("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ"), *rows))
    assert [text.split("\n")[1] for text in kinds(dialog)[1:]] == ["changes Steps, Responsible", "new", "new"]
    assert details(dialog, "0.1").split("\n")[-1] == "Responsible: สำนักปลัดกองคลัง"
    assert "1 changed" in dialog.summary.text()
    dialog.match.setCurrentIndex(1)
    dialog.match.activated.emit(1)
    session.tasks.wait()
    assert kinds(dialog)[1].endswith("stays as it is")
    dialog.match.setCurrentIndex(2)
    dialog.match.activated.emit(2)
    session.tasks.wait()
    assert "3 new" in dialog.summary.text()


def test_wrapped_lines_are_joined_on_request_and_shown(qtbot, page, session):
    rows = (("ก", "๑. จัดทำคู่มือการปฏิบัติ\nงาน\n๒. เผยแพร่ทางเว็บไ\nซต์"),)
    dialog = pasted(qtbot, page, session, table(("มาตรการ", "ขั้นตอน"), *rows))
    dialog.join.click()
    session.tasks.wait()
    whole = "๑. จัดทำคู่มือการปฏิบัติงาน\n๒. เผยแพร่ทางเว็บไซต์"
    assert dialog.rows.index(1, 3).data(Qt.ItemDataRole.EditRole) == whole
    assert "Steps, joined" in details(dialog, "0.1")
    dialog.take.click()
    assert measures(session)[-1].steps == whole


def test_exchanged_columns_are_put_right_with_one_tick(qtbot, page, session):
    head = ("มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา")
    rows = (("ก", "ม.ค. ๖๘", "กองคลัง"), ("ข", "สำนักปลัด", "ก.พ. ๖๘"), ("ค", "มี.ค. ๖๘", "กองคลัง"))
    dialog = pasted(qtbot, page, session, table(head, *rows))
    assert "2 rows" in dialog.exchange.text()
    assert "seem to be exchanged" in details(dialog, "0.1")
    dialog.exchange.click()
    session.tasks.wait()
    assert details(dialog, "0.1") == "Responsible and period were exchanged."
    dialog.exchange.click()
    session.tasks.wait()
    assert "seem to be exchanged" in details(dialog, "0.1")
    dialog.exchange.click()
    dialog.take.click()  # before the rows are read anew
    session.tasks.wait()
    assert [(row.responsible, row.period) for row in measures(session)[-3:]] == [
        ("กองคลัง", "ม.ค. ๖๘"),
        ("สำนักปลัด", "ก.พ. ๖๘"),
        ("กองคลัง", "มี.ค. ๖๘"),
    ]


def test_hidden_rows_are_shown_and_taken_when_wanted(page, session, tmp_path):
    workbook = openpyxl.load_workbook(BytesIO(excel((HEAD, *ROWS))))
    workbook.worksheets[0].row_dimensions[3].hidden = True
    workbook.create_sheet("ปีก่อน").sheet_state = "hidden"
    source = tmp_path / "กรอง.xlsx"
    workbook.save(source)
    dialog = from_file(page, session, source)
    assert kinds(dialog)[2] == "Hidden in the file"
    assert "1 hidden rows" in dialog.summary.text()
    assert "ปีก่อน" in dialog.remarks.text()
    for wanted in (3, 2, 3):
        dialog.table.select(["0.2"])
        dialog.switch_rows()
        session.tasks.wait()
        assert f"{wanted} measures" in dialog.summary.text()
    dialog.take.click()
    assert titles(session)[1:] == [row[0] for row in ROWS]


def test_only_the_rows_with_remarks_are_shown_when_wanted(qtbot, page, session):
    head = ("มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา")
    rows = [(f"ก{at}", "กองคลัง", "ม.ค. ๖๘") for at in range(30)]
    rows[20] = ("ข", "กองคลัง", "เมื่อพร้อม")
    dialog = pasted(qtbot, page, session, table(head, *rows))
    dialog.only_remarked.click()
    assert [row.read.texts[0] for row in dialog.rows.rows] == ["ข"]
    dialog.only_remarked.click()
    assert dialog.rows.rowCount() == 31
    dialog.take.click()
    assert len(titles(session)) == 31


def test_a_text_that_is_too_long_is_told_with_its_row(qtbot, page, session):
    copy(text=table(("มาตรการ", "ขั้นตอน"), ("ก", "ข" * 100_001)))
    page.table.setFocus()
    press(qtbot, page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    session.tasks.wait()
    assert "row 2" in message()
    assert [dialog for dialog in page.findChildren(ImportDialog) if dialog.isVisible()] == []


def test_an_empty_table_comes_out_is_filled_in_and_comes_back_whole(content, path, tmp_path, monkeypatch):
    content.open_path(path)
    area = open_area(content)
    empty = tmp_path / "แบบ.xlsx"
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: True)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: [str(empty)])
    area.export_template()
    area.session.tasks.wait()
    workbook = openpyxl.load_workbook(empty)
    sheet = workbook.worksheets[0]
    heads = [cell.value for cell in sheet[2]]
    filled = {
        "Measure": "๑. จัดทำคู่มือ",
        "Steps": "๑) สำรวจ\n๒) จัดทำ",
        "Responsible": "กองคลัง",
        "Period": "1/10/67",
        "Indicator": "3",
    }
    filled |= {
        "Status (12-month round)": "Done",
        "Result (12-month round)": "แล้ว",
        "Continuous all year": "✓",
    }
    for name, text in filled.items():
        sheet.cell(3, heads.index(name) + 1, text)
    workbook.save(empty)
    looked_at(area, area.session, empty).take.click()
    row = measures(area.session)[-1]
    told = (row.title, row.steps, row.responsible, row.period, row.indicator, row.continuous)
    assert told == ("๑. จัดทำคู่มือ", "๑) สำรวจ\n๒) จัดทำ", "กองคลัง", "1/10/67", "3", True)
    progress = area.session.snapshot.progress(row.id, 12)
    assert progress is not None
    assert (progress.status, progress.result) == (Status.DONE, "แล้ว")
    assert area.session.snapshot.progress(row.id, 6) is None


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<table>" + "<tr><td>ก<td>ข" * 10_001 + "</table>", ""),
        ("<table><tr>" + "<td>ก" * 101 + "</table>", ""),
        ("<table><tr><td>" * 2_000 + "ก", ""),
        ("<table></table>", "ก"),
        ("<table><tr><td></td></tr></table>", ""),
        ("<table><tr><td>ชื่อ<td>เบอร์<tr><td>ก<td>๑</table>", ""),
        ("", "ก\tข\n" * 10_001),
        ("", "\t\t\n\t\t"),
        ("", "ก\0\tข"),
    ],
)  # fmt: skip
def test_what_else_is_copied_is_told_or_looked_at_and_changes_nothing(qtbot, page, session, markup, text):
    before = session.snapshot
    copy(markup, text)
    page.table.setFocus()
    # As new measures: into cells anything may be pasted.
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(qtbot, page.table, Qt.Key.Key_V, both)
    session.tasks.wait()
    dialogs = [dialog for dialog in page.findChildren(ImportDialog) if dialog.isVisible()]
    assert all(not dialog.take.isEnabled() for dialog in dialogs)
    assert dialogs or message()
    assert session.snapshot is before


def test_a_group_stands_under_the_titles_and_a_row_is_told_whole(qtbot, page, session):
    group, steps = "ตัวชี้วัดที่ ๑ การปฏิบัติหน้าที่", "\n".join(f"ข้อ {at} รายงาน" for at in range(9))
    rows = [("ที่", "มาตรการ", "ขั้นตอน"), (group, "", ""), ("๑", "จัดทำคู่มือ", steps)]
    dialog = pasted(qtbot, page, session, table(*rows))
    texts = [dialog.rows.index(1, section).data() for section in range(2, 5)]
    assert [text.replace(BREAK, "") for text in texts] == ["", group, ""]
    dialog.table.select([dialog.rows.rows[1].id], 0)
    assert dialog.details.toPlainText() == group
    dialog.table.select([dialog.rows.rows[2].id], 0)
    told = dialog.details.toPlainText()
    assert told == f"Measure: จัดทำคู่มือ\nSteps: {steps}"
