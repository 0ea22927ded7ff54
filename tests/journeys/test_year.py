"""A clerk's year: last year's table pasted, carried forward, ticked, printed; all undone and done again."""

from pathlib import Path

import pytest
from exchange.office_files import word
from journeys.test_clerk import choose_memo, press, save_as, statuses, tick
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from itadesk.domain.model import FiscalYear, Measure, Office, Status, new_id
from itadesk.domain.snapshot import Snapshot
from itadesk.exchange import word_tables
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.board_page import BoardPage
from itadesk.ui.import_dialog import ImportDialog
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.report_page import ReportPage
from itadesk.ui.work_area import WorkArea
from itadesk.ui.year_dialog import YearDialog

Key = Qt.Key
HEAD = ("ที่", "กิจกรรมตามมาตรการ", "รายละเอียด", "ผู้รับผิดชอบ", "ระยะเวลา", "สรุปผล")
ROWS = tuple(
    (
        str(number),
        f"มาตรการที่หมาย {number}",
        f"๑. ขั้นที่หนึ่ง\n๒. ขั้นของข้อ {number}",
        "กองคลัง",
        "ต.ค. ๖๗ - ก.ย. ๖๘",
        "แล้วเสร็จ",
    )
    for number in range(1, 13)
)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ITADESK_DATA", str(tmp_path / "data"))
    office = Office(id=new_id(), kind="เทศบาลตำบล", name="งามดี")
    year = FiscalYear(id=new_id(), office_id=office.id, year=2568)
    path = tmp_path / "งามดี.itadesk"
    OfficeFile.create(path, [office, year], user="เสมียน").close()
    return path


def copy_table() -> None:
    """What Word puts on the clipboard: the table as HTML."""
    (grid,) = word_tables.grids(word((HEAD, *ROWS)), "ปีก่อน.docx")
    rows = (
        "<tr>"
        + "".join(f"<td>{cell.text.replace(chr(10), '<br>')}</td>" for cell in row.cells if cell)
        + "</tr>"
        for row in grid.rows
    )
    copied = QMimeData()
    copied.setHtml(f"<table>{''.join(rows)}</table>")
    QGuiApplication.clipboard().setMimeData(copied)


def paste(qtbot: QtBot, area: WorkArea) -> None:
    """Ctrl+V, one row left out and taken after all, then in."""
    copy_table()
    press(qtbot, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = area.findChildren(ImportDialog)
    area.session.tasks.wait()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.table.select(["0.3"])
    for count in (11, 12):
        qtbot.keyClick(dialog.table, Key.Key_Space)
        area.session.tasks.wait()
        assert f"{count}" in dialog.take.text()
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)


def carry_forward(qtbot: QtBot, area: WorkArea) -> None:
    """The + beside the years, and Enter: the next year and the measures of this one are offered."""

    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, YearDialog)
        qtbot.keyClick(dialog.year, Key.Key_Return)

    QTimer.singleShot(0, agree)
    qtbot.mouseClick(area.place_bar.add_button, Qt.MouseButton.LeftButton)


def measures(snapshot: Snapshot, year: int) -> list[Measure]:
    row = snapshot.fiscal_year(year)
    return [] if row is None else snapshot.children(Measure, row.id)


def test_a_year_from_the_clipboard_to_the_memo_and_back(qtbot: QtBot, area: WorkArea, path: Path) -> None:
    session = area.session
    start = session.snapshot
    assert isinstance(area.page, MeasuresPage)
    area.page.bring.setFocus()
    paste(qtbot, area)
    pasted = [(row.title, row.steps, row.responsible, row.period) for row in measures(session.snapshot, 2568)]
    assert pasted == [row[1:5] for row in ROWS]
    assert set(statuses(area)) == {Status.DONE}

    carry_forward(qtbot, area)
    year = session.fiscal_year
    assert year is not None
    assert (year.year, year.analysed_year) == (2569, 2568)
    carried = measures(session.snapshot, 2569)
    assert [row.title for row in carried] == [row[1] for row in ROWS]
    assert {row.period for row in carried} == {"ต.ค. ๖๘ - ก.ย. ๖๙"}
    assert set(statuses(area)) == {Status.NOT_STARTED}

    board = area.show_page("board")
    assert isinstance(board, BoardPage)
    wanted = [list(Status)[(row + 1) % 3] for row in range(12)]
    for row, state in enumerate(wanted):
        tick(qtbot, board, row, state)
    assert statuses(area) == wanted

    report = area.show_page("report")
    assert isinstance(report, ReportPage)
    choose_memo(qtbot, report)
    out = path.with_suffix(".pdf")
    QTimer.singleShot(0, lambda: save_as(out))
    report.save_pdf()
    qtbot.waitUntil(out.exists, timeout=20_000)
    session.tasks.wait()

    end = session.snapshot
    while session.undo_stack.canUndo():
        area.undo()
    assert session.snapshot == start
    while session.undo_stack.canRedo():
        area.redo()
    assert session.snapshot == end
