"""A small office in a real file, for the pages of the desk, and a page of it in an active window."""

from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from itadesk.domain import progress
from itadesk.domain.model import FiscalYear, Measure, Office, Progress, Row, Status, Unit
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.delegates import CellInput
from itadesk.ui.layout_editor import LayoutEditor
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.session import FileSession

USER = "ผู้ทดสอบ"
TITLES = (
    "จัดทำคู่มือการใช้ทรัพย์สินของราชการ",
    "เผยแพร่แผนการจัดซื้อจัดจ้าง",
    "อบรมเรื่องผลประโยชน์ทับซ้อน",
    "เปิดช่องทางร้องเรียน",
)
YEAR = "b" * 32

P = TypeVar("P", bound=QWidget)


def measure_id(number: int) -> str:
    return f"{number:032x}"


def rows(count: int = len(TITLES)) -> list[Row]:
    """An office with two units, fiscal year 2568, and `count` measures; the second is in progress, the third done."""
    office = Office(id="a" * 32, kind="เทศบาลตำบล", name="งามดี")
    units = [
        Unit(id="c" * 32, office_id=office.id, ordinal=0, name="สำนักปลัด", aliases="สำนักปลัดฯ\nสำนักงานปลัด"),
        Unit(id="d" * 32, office_id=office.id, ordinal=1, name="กองคลัง"),
    ]
    measures = [
        Measure(
            id=measure_id(number),
            fiscal_year_id=YEAR,
            ordinal=number,
            title=TITLES[number % len(TITLES)],
            responsible="สำนักปลัด",
            continuous=number == 1,
        )
        for number in range(count)
    ]
    done = [
        Progress(id=f"e{number:031x}", measure_id=measure_id(number), round=12, status=status)
        for number, status in ((1, Status.IN_PROGRESS), (2, Status.DONE))
        if number < count
    ]
    return [office, *units, FiscalYear(id=YEAR, office_id=office.id, year=2568), *measures, *done]


def open_session(folder: Path, count: int = len(TITLES)) -> FileSession:
    return FileSession(OfficeFile.create(folder / "office.itadesk", rows(count), user=USER))


def end(session: FileSession) -> None:
    """Close the file; what the session still had in mind for later must not come while another test runs."""
    for window in QApplication.topLevelWidgets():
        if isinstance(window, LayoutEditor):
            window.close()
    session.tasks.wait()
    session.close(publish=False)
    shiboken6.delete(session)


def in_window(qtbot: QtBot, page: P) -> P:
    """The page as the clerk sees it on a small office screen."""
    page.resize(1366, 680)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def measures(session: FileSession) -> list[Measure]:
    return session.snapshot.children(Measure, YEAR)


def titles(session: FileSession) -> list[str]:
    return [measure.title for measure in measures(session)]


def status_of(session: FileSession, number: int) -> Status:
    """The status that counts of the measure with this number, in the 12-month round."""
    measure = session.snapshot.all(Measure)[measure_id(number)]
    return progress.status(measure, session.snapshot.progress(measure.id, 12))


def cell(page: MeasuresPage, row: int, name: str) -> QModelIndex:
    return page.model.index(row, page.model.column(name))


def shown(page: MeasuresPage, name: str = "title") -> list[str]:
    return [cell(page, row, name).data() for row in range(page.model.rowCount())]


def editor(page: MeasuresPage) -> CellInput:
    """The open editor of the current cell."""
    found = page.table.indexWidget(page.table.currentIndex())
    assert isinstance(found, CellInput)
    return found


def press(
    qtbot: QtBot,
    page: MeasuresPage,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """A key where the focus is."""
    qtbot.keyClick(QApplication.focusWidget() or page.table, key, modifiers)


def where(page: MeasuresPage) -> tuple[int, str]:
    index = page.table.currentIndex()
    return index.row(), page.model.columns[index.column()].name
