"""An edit at the desk, from the key that ends it to committed and repainted, against the least it could cost.

The baseline changes cells of Qt's own QTableWidget with the same texts, commits the UPDATEs to a bare SQLite file
(WAL, synchronous FULL) and repaints. Both take turns in one process, because the machine is shared.
"""

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem, QWidget

from itadesk.domain.model import FiscalYear, Measure, Office, Progress, Row, Status
from itadesk.storage.office_file import OfficeFile
from itadesk.ui import theme
from itadesk.ui.board_page import BoardPage
from itadesk.ui.delegates import CellInput
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.session import FileSession

COUNTS = (200, 4_000)
TIMES = 60
GOAL = 30.0
"""Milliseconds in which 95 of 100 edits are to be done."""
REPAINT = 16.0
"""Milliseconds in which 95 of 100 repaints of the whole table are to be done."""
BULK_TIMES = 5
PASTED = 200
PASTE_GOAL, FILL_GOAL = 500.0, 1_000.0
"""Milliseconds of a paste of so many rows of three columns, and of one column of all rows filled down."""
TITLE = "มาตรการส่งเสริมความโปร่งใสในการปฏิบัติหน้าที่และการให้บริการประชาชน ลำดับที่ {}"


def rows(count: int) -> list[Row]:
    office = Office(id="a" * 32, kind="เทศบาลตำบล", name="งามดี")
    year = FiscalYear(id="b" * 32, office_id=office.id, year=2568)
    measures = [
        Measure(
            id=f"{at:032x}",
            fiscal_year_id=year.id,
            ordinal=at,
            title=TITLE.format(at),
            steps=TITLE.format(at) * 4,
            responsible="สำนักปลัด\nกองคลัง",
            period="ต.ค. ๖๗ - ก.ย. ๖๘",
        )
        for at in range(count)
    ]
    progress = [
        Progress(id=f"{count + at:032x}", measure_id=row.id, round=12, status=list(Status)[at % 3])
        for at, row in enumerate(measures)
    ]
    return [office, year, *measures, *progress]


def press(widget: QWidget, key: Qt.Key) -> None:
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


class Painted(QObject):
    """Tells when a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.done = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.done = self.done or event.type() == QEvent.Type.Paint
        return False


def timed(act: Callable[[], object], painted: Painted) -> float:
    """Milliseconds until `act` is done, what it changed is on the screen, and nothing is left to do."""
    painted.done = False
    started = time.perf_counter()
    act()
    QApplication.processEvents()
    while not painted.done:
        QApplication.processEvents()
    return 1000 * (time.perf_counter() - started)


class Desk:
    """Both pages on one session, as in the window; the measures page is in front."""

    def __init__(self, folder: Path, count: int) -> None:
        self.session = FileSession(OfficeFile.create(folder / f"{count}.itadesk", rows(count), user="bench"))
        self.board = BoardPage(self.session)
        self.page = MeasuresPage(self.session)
        self.page.resize(1366, 680)
        self.page.show()
        self.table = self.page.table
        self.painted = Painted(self.table.viewport())
        QApplication.processEvents()

    def type(self, number: int) -> float:
        """Enter after a new title was typed."""
        self.table.select([self.page.model.rows[number].id], self.page.model.column("title"))
        press(self.table, Qt.Key.Key_F2)
        editor = self.table.indexWidget(self.table.currentIndex())
        assert isinstance(editor, CellInput)
        editor.setPlainText(TITLE.format(f"{number} แก้ไขแล้ว"))
        QApplication.processEvents()
        return timed(lambda: press(editor, Qt.Key.Key_Return), self.painted)

    def repaint(self) -> float:
        """The whole table as it stands, its texts laid out before."""
        return timed(self.table.viewport().repaint, self.painted)

    def paste(self, number: int) -> float:
        """Ctrl+V of a block of rows as Excel hands it on."""
        lines = [f"{TITLE.format(f'{number}.{at}')}\tกอง {number}\tม.ค. ๖๘" for at in range(PASTED)]
        QGuiApplication.clipboard().setText("\n".join(lines))
        page = self.page
        page.table.setCurrentIndex(page.model.index(0, page.model.column("title")))
        page.table.extend(page.model.index(0, page.model.column("period")), rows=False)
        return timed(page.paste, self.painted)

    def fill(self, number: int) -> float:
        """Ctrl+D down one column of all rows."""
        page = self.page
        at = page.model.column("responsible")
        page.model.setData(page.model.index(0, at), f"สำนัก {number}")
        page.table.setCurrentIndex(page.model.index(0, at))
        page.table.select_columns()
        QApplication.processEvents()
        return timed(page.actions_of_table.cells.fill_down, self.painted)

    def tick(self, number: int) -> float:
        """A status for a measure that has another one."""
        row = self.page.model.rows[number]
        self.table.select([row.id])
        QApplication.processEvents()
        status = next(status for status in Status if status is not row.status)
        return timed(lambda: self.page.set_status(status), self.painted)


class Bare:
    """What the same edit costs without any of our code."""

    def __init__(self, folder: Path, count: int) -> None:
        self.file = sqlite3.connect(folder / f"{count}.bare", isolation_level=None)
        self.file.execute("PRAGMA journal_mode = WAL")
        self.file.execute("PRAGMA synchronous = FULL")
        self.file.execute("CREATE TABLE measure (id INTEGER PRIMARY KEY, title TEXT)")
        self.table = QTableWidget(count, 6)
        self.file.execute("BEGIN")
        for at in range(count):
            self.file.execute("INSERT INTO measure VALUES (?, ?)", (at, TITLE.format(at)))
            for column in range(6):
                self.table.setItem(at, column, QTableWidgetItem(TITLE.format(at)))
        self.file.execute("COMMIT")
        self.table.resize(830, 640)
        self.table.show()
        self.painted = Painted(self.table.viewport())
        QApplication.processEvents()

    def edit(self, number: int) -> float:
        return timed(lambda: self._edit(number), self.painted)

    def repaint(self) -> float:
        return timed(self.table.viewport().repaint, self.painted)

    def edit_many(self, number: int, count: int, columns: int) -> float:
        return timed(lambda: self._edit_many(number, count, columns), self.painted)

    def _edit_many(self, number: int, count: int, columns: int) -> None:
        texts = [(TITLE.format(f"{number}.{at}"), at) for at in range(count)]
        self.file.execute("BEGIN")
        self.file.executemany("UPDATE measure SET title = ? WHERE id = ?", texts)
        self.file.execute("COMMIT")
        for text, at in texts:
            for column in range(1, columns + 1):
                self.table.setItem(at, column, QTableWidgetItem(text))
        self.table.viewport().update()  # what changed may be out of sight

    def _edit(self, number: int) -> None:
        text = TITLE.format(f"{number} แก้ไขแล้ว")
        self.file.execute("UPDATE measure SET title = ? WHERE id = ?", (text, number))
        self.table.setItem(number, 1, QTableWidgetItem(text))
        self.table.setCurrentCell(number + 1, 1)


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def said(count: int, name: str, times: list[float], goal: float, least: list[float], against: str) -> bool:
    """Say how long something takes, against its goal and the least it could cost."""
    reached = p95(times) <= goal
    print(
        f"{'ok  ' if reached else 'FAIL'} {count:,} measures, {name}: p95 {p95(times):.1f} ms (<= {goal:g} ms), "
        f"median {statistics.median(times):.1f} ms; {p95(times) / p95(least):.1f} x {against} (p95 {p95(least):.1f} ms)"
    )
    return reached


def measure(folder: Path, count: int) -> bool:
    """Say the figures for a file of so many measures; whether the goals are reached."""
    desk, bare = Desk(folder, count), Bare(folder, count)
    places = [at * (count - 2) // TIMES for at in range(TIMES)]
    typed, ticked, least = [], [], []
    painted, painted_bare = [], []
    for place in places:
        typed.append(desk.type(place))
        least.append(bare.edit(place))
        ticked.append(desk.tick(place))
        painted.append(desk.repaint())
        painted_bare.append(bare.repaint())
    pasted, pasted_bare, filled, filled_bare = [], [], [], []
    for number in range(BULK_TIMES):
        pasted.append(desk.paste(number))
        pasted_bare.append(bare.edit_many(number, PASTED, 3))
        filled.append(desk.fill(number))
        filled_bare.append(bare.edit_many(number, count, 1))
    commit = "QTableWidget and one SQLite commit"
    figures = (
        ("title typed", typed, GOAL, least, commit),
        ("status set", ticked, GOAL, least, commit),
        ("table repainted", painted, REPAINT, painted_bare, "QTableWidget"),
        (f"{PASTED} rows of three columns pasted", pasted, PASTE_GOAL, pasted_bare, commit),
        ("a column filled down", filled, FILL_GOAL, filled_bare, commit),
    )
    good = [said(count, *figure) for figure in figures]
    desk.session.close()
    bare.file.close()
    return all(good)


def main() -> int:
    """0 when the goal is reached at every size."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application)
    with tempfile.TemporaryDirectory(prefix="itadesk-bench-") as folder:
        os.environ["ITADESK_DATA"] = folder
        reached = [measure(Path(folder), count) for count in COUNTS]
    return 0 if all(reached) else 1


if __name__ == "__main__":
    sys.exit(main())
