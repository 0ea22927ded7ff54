"""The clerk's first day: an empty office, three measures, their ticks, a mistake taken back, the memo as a file."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from ui.keyboard import type_text

from itadesk.domain.model import FiscalYear, Measure, Office, Status, new_id
from itadesk.domain.progress import Counts, counts, status
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.board_page import BoardPage
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.report_page import ReportPage
from itadesk.ui.work_area import WorkArea

TITLES = ["เผยแพร่แผนจัดซื้อจัดจ้าง", "ให้ความรู้เรื่องผลประโยชน์ทับซ้อน", "เปิดช่องทางร้องเรียนที่น่าเชื่อถือ"]
Key = Qt.Key


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ITADESK_DATA", str(tmp_path / "data"))
    office = Office(id=new_id(), kind="เทศบาลตำบล", name="งามดี")
    year = FiscalYear(id=new_id(), office_id=office.id, year=2569)
    path = tmp_path / "งามดี.itadesk"
    OfficeFile.create(path, [office, year], user="เสมียน").close()
    return path


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key to whatever has the focus, as a keyboard would send it."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    qtbot.keyClick(widget, key, modifier)


def enter_measures(qtbot: QtBot, page: MeasuresPage) -> None:
    """The first with the button of the empty page, the others with the key; a title each."""
    first = next(button for button in page.findChildren(QPushButton) if button.isVisible())
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    for number, title in enumerate(TITLES):
        if number:
            press(qtbot, Key.Key_Insert)
        focus = QApplication.focusWidget()
        assert focus is not None
        type_text(focus, title)
        press(qtbot, Key.Key_Return)


def tick(qtbot: QtBot, page: BoardPage, row: int, chosen: Status) -> None:
    """One click in a tick column."""
    grid = page.grid
    index = page.model.index(row, page.model.column(chosen.value))
    grid.scrollTo(index)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(index).center())


def statuses(area: WorkArea) -> list[Status]:
    snapshot, year = area.session.snapshot, area.session.fiscal_year
    assert year is not None
    rows = snapshot.children(Measure, year.id)
    return [status(row, snapshot.progress(row.id, area.session.round)) for row in rows]


def save_as(path: Path) -> None:
    """Answer the file dialog that is open."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(path))
    dialog.accept()


def choose_memo(qtbot: QtBot, report: ReportPage) -> None:
    """A click on the picture of the memo."""
    gallery = report.gallery
    (item,) = gallery.findItems("บันทึกข้อความ", Qt.MatchFlag.MatchContains)
    gallery.scrollToItem(item)
    place = gallery.visualItemRect(item).center()
    qtbot.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert report.current.layout.name == "memo"


def test_from_an_empty_office_to_the_memo(qtbot: QtBot, area: WorkArea, path: Path) -> None:
    session = area.session
    measures = area.page
    assert isinstance(measures, MeasuresPage)
    enter_measures(qtbot, measures)
    assert [row.title for row in session.snapshot.all(Measure).values()] == TITLES

    board = area.show_page("board")
    assert isinstance(board, BoardPage)
    tick(qtbot, board, 0, Status.DONE)
    tick(qtbot, board, 1, Status.IN_PROGRESS)
    tick(qtbot, board, 2, Status.DONE)
    area.undo()
    assert statuses(area) == [Status.DONE, Status.IN_PROGRESS, Status.NOT_STARTED]
    year = session.fiscal_year
    assert year is not None
    assert board.grid.head.counts == counts(session.snapshot, year.id, session.round) == Counts(1, 1, 1)

    report = area.show_page("report")
    assert isinstance(report, ReportPage)
    choose_memo(qtbot, report)
    out = path.with_suffix(".pdf")
    QTimer.singleShot(0, lambda: save_as(out))
    report.save_pdf()
    qtbot.waitUntil(out.exists, timeout=20_000)
    document = pypdfium2.PdfDocument(out)
    pages = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    for title in TITLES:
        assert sum(page.count(title) for page in pages) == 2, "once in each of the memo's two tables"
    assert pages[-1].count("/") - pages[-1].count("หน้า") == len(TITLES), "one tick a row"

    session.close()
    again = OfficeFile.view(path)
    assert again.snapshot == session.snapshot
    again.close()
