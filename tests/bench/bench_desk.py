"""What a clerk waits for at the desk: an edit, a key of the search, a repaint, an import.

Each figure stands beside its limit, and beside what the same costs without any of our code: Qt's own QTableWidget with
the same texts, a bare SQLite file (WAL, synchronous FULL), openpyxl. Both take turns in one process,
because the machine is shared. A further measurement is one more function in `MEASUREMENTS`.
"""

import io
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import openpyxl
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QTableWidget, QTableWidgetItem, QWidget

from itadesk.domain.model import FiscalYear, Measure, Office, Progress, Row, Status
from itadesk.domain.search import Search
from itadesk.exchange import measure_form, measure_tables, sources
from itadesk.exchange.reading import Choices
from itadesk.storage import merge_operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui import garbage, theme
from itadesk.ui.board_page import BoardPage
from itadesk.ui.delegates import CellInput
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.session import FileSession

COUNTS = (200, 4_000)
TIMES = 60
WORK = time.process_time
"""Seconds that this process works: what it takes on a machine that nobody else uses, where no disk is waited for."""
TYPED = "ทรัพย์สิน 12"
"""Looked for letter by letter, and taken back so; a few dozen of 4,000 measures have it all."""
OTHERS, NOTHING = "99", "ไม่มี"
"""Typed as well, each ended by Esc: measures here and there have the one, none has the other."""


@dataclass(frozen=True)
class Figure:
    """One figure with its limit, and what the least it could be is called."""

    name: str
    value: float
    limit: float
    unit: str
    least: float
    least_name: str
    more: str = ""
    most: float = 0
    """A disk shared with others makes each commit wait: then at most so many times the least."""

    def say(self) -> bool:
        """Print it; whether the limit is kept."""
        kept = self.value <= self.limit or self.value <= self.most * self.least
        ratio = f"{self.value / self.least:.1f} x {self.least_name} ({self.least:.1f} {self.unit})"
        print(
            f"{'ok  ' if kept else 'FAIL'} {self.name}: {self.value:.1f} {self.unit} "
            f"(<= {self.limit:g} {self.unit}{self.more}); {ratio}",
            flush=True,
        )
        return kept


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
            steps=f"ทรัพย์สิน {at} " + TITLE.format(at) * 4,
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
        self.widget = widget
        self.done = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.done = self.done or event.type() == QEvent.Type.Paint
        return False


def timed(
    act: Callable[[], object], painted: Painted, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Milliseconds until `act` is done, what it changed is on the screen, and nothing is left to do."""
    painted.done = False
    started = clock()
    act()
    QApplication.processEvents()
    if not painted.done:
        painted.widget.update()  # nothing has changed on the screen, as when another letter leaves out no more rows
    while not painted.done:
        QApplication.processEvents()
    return 1000 * (clock() - started)


class Desk:
    """Both pages on one session, as in the window; the board was seen, the measures page is in front."""

    def __init__(self, folder: Path, count: int) -> None:
        folder.mkdir(exist_ok=True)
        self.session = FileSession(OfficeFile.create(folder / f"{count}.itadesk", rows(count), user="bench"))
        self.board = BoardPage(self.session)
        self.page = MeasuresPage(self.session)
        self.page.resize(1366, 680)
        self.board.show()
        self.board.hide()
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
        for at in range(count):
            self.file.execute("INSERT INTO measure VALUES (?, ?)", (at, TITLE.format(at)))
            for column in range(6):
                self.table.setItem(at, column, QTableWidgetItem(TITLE.format(at)))
        self.table.resize(830, 640)
        self.table.show()
        self.painted = Painted(self.table.viewport())
        QApplication.processEvents()

    def edit(self, number: int) -> float:
        return timed(lambda: self._edit(number), self.painted)

    def _edit(self, number: int) -> None:
        text = TITLE.format(f"{number} แก้ไขแล้ว")
        self.file.execute("UPDATE measure SET title = ? WHERE id = ?", (text, number))
        self.table.setItem(number, 1, QTableWidgetItem(text))
        self.table.setCurrentCell(number + 1, 1)

    def look_for(self, text: str) -> None:
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 2)
            self.table.setRowHidden(row, item is None or text not in item.text())


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def edits(folder: Path) -> Iterator[Figure]:
    """A title typed and a status set, to committed and repainted, in small and large files."""
    for count in COUNTS:
        desk, bare = Desk(folder, count), Bare(folder, count)
        places = [at * (count - 2) // TIMES for at in range(TIMES)]
        typed, ticked, least = [], [], []
        for place in places:
            typed.append(desk.type(place))
            least.append(bare.edit(place))
            ticked.append(desk.tick(place))
        for name, times in (("title typed", typed), ("status set", ticked)):
            more = f", p95; median {statistics.median(times):.1f}"
            named = f"{count:,} measures, {name}"
            least_name = "QTableWidget and one SQLite commit"
            yield Figure(named, p95(times), 30, "ms", p95(least), least_name, more, most=2.5)
        desk.session.close()
        bare.file.close()


def typed(text: str) -> list[str]:
    """What stands in the search after each letter."""
    return [text[:length] for length in range(1, len(text) + 1)]


def search(folder: Path) -> Iterator[Figure]:
    """A key of the search over 4,000 measures, until the table is repainted; and one repaint of the whole table."""
    count = max(COUNTS)
    desk, bare = Desk(folder / "search", count), Bare(folder / "search", count)
    desk.page.model.prepare_search()
    desk.board.model.prepare_search()
    taken_back = [TYPED[:length] for length in range(len(TYPED) - 1, -1, -1)]
    every_key = [*typed(TYPED), *taken_back, *typed(OTHERS), "", *typed(NOTHING), ""]
    keys, least, painted, least_painted = [], [], [], []
    for _ in range(TIMES // 12):
        for text in every_key:
            keys.append(timed(partial(desk.page.search.text.setText, text), desk.painted, WORK))
            least.append(timed(partial(bare.look_for, text), bare.painted, WORK))
        for _ in range(12):
            painted.append(timed(desk.table.viewport().repaint, desk.painted, WORK))
            least_painted.append(timed(bare.table.viewport().repaint, bare.painted, WORK))
    middle = statistics.median
    more = f", p95; median {middle(keys):.1f}"
    named = f"{count:,} measures, a key of the search"
    yield Figure(named, p95(keys), 20, "ms", p95(least), "hiding rows of QTableWidget", more)
    more = f", median; p95 {p95(painted):.1f}"
    yield Figure(
        "a repaint of the table",
        middle(painted),
        16,
        "ms",
        middle(least_painted),
        "that of QTableWidget",
        more,
    )
    desk.session.look_for(Search())
    desk.session.close()
    bare.file.close()


def taking_in(folder: Path) -> Iterator[Figure]:
    """1,000 measures of an Excel file, from its bytes to committed and repainted."""
    desk = Desk(folder / "import", COUNTS[0])
    data = workbook(1_000)
    year = desk.session.fiscal_year
    assert year is not None

    def take() -> None:
        grids = sources.grids(Path("x.xlsx"), data)
        reading = measure_tables.read(grids, year.year, 12, Choices(), [])
        form = measure_form.snapshot_of(reading, year.year, desk.session.snapshot)
        result = desk.session.edit("import", merge_operations.merge_measures, year.id, form, "add")
        assert result is not None
        assert result.added == 1_000

    times, least = [], []
    for _ in range(5):
        times.append(timed(take, desk.painted, WORK) / 1000)
        started = WORK()
        list(
            openpyxl.load_workbook(io.BytesIO(data), read_only=True).worksheets[0].iter_rows(values_only=True)
        )
        least.append(WORK() - started)
        desk.session.undo()
    yield Figure(
        "import of 1,000 rows",
        statistics.median(times),
        2,
        "s",
        statistics.median(least),
        "openpyxl alone",
        ", median",
    )
    desk.session.close()


def workbook(count: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["ที่", "มาตรการ", "ขั้นตอน/วิธีการปฏิบัติ", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ", "ผลการดำเนินการ"])
    for at in range(count):
        title = TITLE.format(f"ใหม่ {at}")
        sheet.append([at + 1, title, TITLE.format(at) * 3, "กองคลัง", "ต.ค. ๖๗ - ก.ย. ๖๘", "ดำเนินการแล้ว"])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


MEASUREMENTS = (edits, search, taking_in)


def main() -> int:
    """0 when every limit is kept. Names of measurements as arguments: only those."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application)
    garbage.collect_here(application)  # as in the window
    wanted = [measure for measure in MEASUREMENTS if measure.__name__ in sys.argv[1:]] or MEASUREMENTS
    with tempfile.TemporaryDirectory(prefix="itadesk-bench-") as folder:
        os.environ["ITADESK_DATA"] = folder
        kept = [figure.say() for measure in wanted for figure in measure(Path(folder))]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
