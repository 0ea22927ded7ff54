"""Many cells at once: rows pasted into cells, a column filled down, a copied table taken in as new measures.

Baseline: the same texts put into Qt's own QTableWidget, stored in a bare SQLite file in one transaction, repainted.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench_desk import COUNTS, TITLE, WORK, Bare, Desk, Figure, timed
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QTableWidgetItem

from itadesk.ui import theme
from itadesk.ui.import_dialog import ImportDialog

PASTED, TURNS = 200, 5
HEADS = "มาตรการ\tขั้นตอน/วิธีการปฏิบัติ\tผู้รับผิดชอบ\tระยะเวลาดำเนินการ"
LEAST = "QTableWidget and one SQLite commit"


def lines(number: int) -> list[list[str]]:
    return [[TITLE.format(f"{number}.{at}"), f"กอง {number}", "ม.ค. ๖๘"] for at in range(PASTED)]


def copy(text: str) -> None:
    copied = QMimeData()
    copied.setText(text)
    QGuiApplication.clipboard().setMimeData(copied)


def paste(desk: Desk, number: int) -> float:
    """Ctrl+V of a block of rows, as Excel hands it on, over a block of cells."""
    copy("\n".join("\t".join(line) for line in lines(number)))
    table, model = desk.page.table, desk.page.model
    table.setCurrentIndex(model.index(0, model.column("title")))
    table.extend(model.index(0, model.column("period")), rows=False)
    return timed(desk.page.paste, desk.painted, WORK)


def fill(desk: Desk, number: int) -> float:
    """Ctrl+D down one column of all rows."""
    table, model = desk.page.table, desk.page.model
    at = model.column("responsible")
    model.setData(model.index(0, at), f"สำนัก {number}")
    table.setCurrentIndex(model.index(0, at))
    table.select_columns()
    QApplication.processEvents()
    return timed(desk.page.actions_of_table.cells.fill_down, desk.painted, WORK)


def take_in(desk: Desk, number: int) -> float:
    """A table with headings: until the page shows what was understood, and from its button to the table repainted."""
    body = [f"{line[0]} ใหม่\t{TITLE.format(number) * 3}\t{line[1]}\t{line[2]}" for line in lines(number)]
    copy("\n".join([HEADS, *body]))
    before = desk.page.model.rowCount()

    def look() -> ImportDialog:
        desk.page.paste()
        (dialog,) = [one for one in desk.page.findChildren(ImportDialog) if one.isVisible()]
        while not dialog.take.isEnabled():
            QApplication.processEvents()
        dialog.repaint()
        return dialog

    started = WORK()
    dialog = look()
    shown = 1000 * (WORK() - started)
    taken = timed(dialog.take.click, desk.painted, WORK)
    assert desk.page.model.rowCount() == before + PASTED
    desk.session.undo()
    QApplication.processEvents()
    return shown + taken


def put(bare: Bare, number: int, count: int, columns: int) -> float:
    def act() -> None:
        texts = [(TITLE.format(f"{number}.{at}"), at) for at in range(count)]
        bare.file.execute("BEGIN")
        bare.file.executemany("UPDATE measure SET title = ? WHERE id = ?", texts)
        bare.file.execute("COMMIT")
        for text, at in texts:
            for column in range(1, columns + 1):
                bare.table.setItem(at, column, QTableWidgetItem(text))
        bare.table.viewport().update()  # what changed may be out of sight

    return timed(act, bare.painted, WORK)


def figures(folder: Path, count: int) -> Iterator[Figure]:
    desk, bare = Desk(folder, count), Bare(folder, count)
    acts: tuple[tuple[str, Callable[[Desk, int], float], int, int, int], ...] = (
        (f"{PASTED} rows pasted into cells", paste, PASTED, 3, 500),
        (f"{PASTED} rows looked at and taken in", take_in, PASTED, 4, 500),
        ("a column filled down", fill, count, 1, 1_000),
    )
    for name, act, changed, columns, limit in acts:
        times, least = [], []
        for number in range(TURNS):
            times.append(act(desk, number))
            least.append(put(bare, number, changed, columns))
        middle = statistics.median(times)
        more = f", median; most {max(times):.0f}"
        yield Figure(
            f"{count:,} measures, {name}", middle, limit, "ms", statistics.median(least), LEAST, more
        )
    QGuiApplication.clipboard().clear()  # what it holds at the end of the process crashes the offscreen platform
    desk.session.close()
    bare.file.close()


def main() -> int:
    """0 when every limit is kept."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application)
    with tempfile.TemporaryDirectory(prefix="itadesk-bench-") as folder:
        os.environ["ITADESK_DATA"] = folder
        kept = [figure.say() for count in COUNTS for figure in figures(Path(folder) / str(count), count)]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
