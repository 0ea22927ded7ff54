"""Edits and publications of the office file, against the bare thing that SQLite does for them.

An edit, committed, against one UPDATE and commit of a bare SQLite file (WAL, FULL); the same while the file is being
published; a publication against VACUUM INTO of the same file. The two always take turns in one process, because the
machine is shared. The office has 200 and 4,000 measures in twenty fiscal years: the work of an edit must not grow with
the file.
"""

import contextlib
import gc
import itertools
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from itadesk.domain.model import FiscalYear, Measure, Office, Progress, Row, Status
from itadesk.storage import operations
from itadesk.storage.office_file import Edit, OfficeFile

COUNTS = (200, 4_000)
YEARS = 20
TIMES = 200
GOAL = 5.0
"""Milliseconds in which 95 of 100 edits are to be committed."""

RATIO = 3.0
"""So many times the bare thing: an edit its p95, a publication its median."""
PUBLICATIONS = 21

PAUSE = 0.01
"""Seconds, at most, between two acts beside a publication: far fewer than a clerk's."""

BARE, TWO = "bare UPDATE", "edit+undo"

DAY = {"cell": 40, "tick": 16, "add": 8, "delete": 1}
"""How often each edit comes as a table is typed: forty measures of five texts, ticked twice, five taken out again."""

LOG = 1_000
"""Commits after which the log of the bare file no longer grows, as ours does not from the start."""
TITLE = "มาตรการส่งเสริมความโปร่งใสในการปฏิบัติหน้าที่และการให้บริการประชาชน ลำดับที่ {}"
Act = Callable[[], object]


def rows(count: int) -> Iterator[Row]:
    office = Office(id="a" * 32, kind="เทศบาลตำบล", name="งามดี")
    years = [FiscalYear(id=f"{n:032x}", office_id=office.id, year=2550 + n) for n in range(YEARS)]
    yield office
    yield from years
    for n in range(count):
        year = years[n % YEARS]
        measure = Measure(
            id=f"{1000 + n:032x}", fiscal_year_id=year.id, ordinal=n // YEARS, title=TITLE.format(n),
            steps=TITLE.format(n) * 4, responsible="สำนักปลัด\nกองคลัง", period="ต.ค. ๖๗ - ก.ย. ๖๘",
        )  # fmt: skip
        yield measure
        yield Progress(id=f"{9000 + n:032x}", measure_id=measure.id, round=12, status=Status.DONE)


def edits(file: OfficeFile) -> dict[str, Act]:
    """The edits of a clerk's day, each to be done again and again."""
    numbers = itertools.count(len(file.snapshot.all(Measure)))
    measures = itertools.cycle(sorted(file.snapshot.all(Measure)))
    year = file.snapshot.fiscal_years[0].id
    added: list[str] = []

    def cell(edit: Edit) -> None:
        operations.set_field(edit, Measure, next(measures), "title", TITLE.format(next(numbers)))

    def tick(edit: Edit) -> None:
        operations.set_status(edit, [next(measures)], 6, Status.IN_PROGRESS)

    def add(edit: Edit) -> None:
        added.append(operations.add_measure(edit, year, title="เพิ่ม"))

    def delete(edit: Edit) -> None:
        operations.delete_measures(edit, [added.pop()])

    def undo_and_redo() -> None:
        changes = file.edit(cell)
        file.replay(changes.inverted())

    return {
        "cell": lambda: file.edit(cell),
        "tick": lambda: file.edit(tick),
        "add": lambda: file.edit(add),
        "delete": lambda: file.edit(delete),
        TWO: undo_and_redo,
    }


@contextlib.contextmanager
def bare(path: Path, count: int) -> Iterator[Act]:
    """One UPDATE and commit of the same texts."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE measure (id INTEGER PRIMARY KEY, title TEXT, steps TEXT)")
        every = [(n, TITLE.format(n), TITLE.format(n) * 4) for n in range(count)]
        connection.executemany("INSERT INTO measure VALUES (?, ?, ?)", every)
        numbers = itertools.count(count)  # texts not there yet: SQLite writes nothing for an unchanged row

        def update() -> None:
            number = next(numbers)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "UPDATE measure SET title = ? WHERE id = ?", (TITLE.format(number), number % count)
            )
            connection.execute("COMMIT")

        for _ in range(LOG):
            update()
        yield update


def milliseconds(act: Act) -> float:
    started = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - started)


def paced(act: Act) -> float:
    """As `milliseconds`, at a moment of its own: else what waits for the disk would spare the next one the wait."""
    time.sleep(random.uniform(0, PAUSE))
    return milliseconds(act)


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def measured(folder: Path, count: int) -> tuple[float, float]:
    """Print the figures of an office with `count` measures; p95 of the edits of a day and of the bare UPDATE."""
    file = OfficeFile.create(folder / f"{count}.itadesk", rows(count), user="bench")
    with bare(folder / f"{count}.sqlite", count) as update:
        acts = {BARE: update, **edits(file)}
        times: dict[str, list[float]] = {name: [] for name in acts}
        for _ in range(TIMES):
            for name, act in acts.items():
                times[name].append(milliseconds(act))
    file.close()
    median, tail = statistics.median(times[BARE]), p95(times[BARE])
    for name, taken in times.items():
        mine = statistics.median(taken)
        print(
            f"{count:5} {name:12} p50 {mine:6.2f} ms {mine / median:4.1f} x bare, "
            f"p95 {p95(taken):6.2f} ms {p95(taken) / tail:4.1f} x bare"
        )
    return p95([one for name, often in DAY.items() for one in times[name] * often]), tail


def while_publishing(folder: Path, count: int) -> tuple[float, float]:
    """p95 of an edit and of the bare UPDATE while another thread publishes without pause."""
    file = OfficeFile.create(folder / f"{count} published.itadesk", rows(count), user="bench")
    stop = threading.Event()

    def publish() -> None:
        while not stop.is_set():
            file.publish()

    publishing = threading.Thread(target=publish)
    with bare(folder / f"{count} beside.sqlite", count) as update:
        cell = edits(file)["cell"]
        publishing.start()
        times = [(paced(cell), paced(update)) for _ in range(TIMES)]
        stop.set()
        publishing.join()
    file.close()
    edit, bare_update = (p95(list(taken)) for taken in zip(*times, strict=True))
    print(f"{count:5} while publishing: edit p95 {edit:6.2f} ms, bare UPDATE p95 {bare_update:6.2f} ms")
    return edit, bare_update


def publication(folder: Path, count: int) -> tuple[float, float]:
    """The median of a publication after an edit, and of VACUUM INTO of the same file, onto the same disk."""
    file = OfficeFile.create(folder / f"{count} vacuumed.itadesk", rows(count), user="bench")
    cell, copy = edits(file)["cell"], folder / "copy.sqlite"

    def vacuum_into() -> None:
        with contextlib.closing(sqlite3.connect(file._database, isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))

    times: list[tuple[float, float]] = []
    for _ in range(PUBLICATIONS):
        cell()
        times.append((milliseconds(file.publish), milliseconds(vacuum_into)))
        copy.unlink()
    file.close()
    publish, vacuum = (statistics.median(taken) for taken in zip(*times, strict=True))
    print(
        f"{count:5} publication p50 {publish:6.1f} ms, VACUUM INTO {vacuum:6.1f} ms  {publish / vacuum:5.1f} x"
    )
    return publish, vacuum


def main() -> int:
    gc.disable()  # as in the window, which collects garbage between two events
    with tempfile.TemporaryDirectory(prefix="itadesk-bench-") as name:
        folder = Path(name)
        os.environ["ITADESK_DATA"] = str(folder / "data")
        (small, bare_small), (large, bare_large) = (measured(folder, count) for count in COUNTS)
        beside = [while_publishing(folder, count) for count in COUNTS]
        published = [publication(folder, count) for count in COUNTS]
    print(f"edit of a clerk's day: p95 {small:.2f}, {large:.2f} ms (goal {GOAL:.0f})")
    pairs = ((small, bare_small), (large, bare_large), *beside, *published)
    ratios = [mine / bare_one for mine, bare_one in pairs]
    print(
        "times the bare thing at {} and {} measures (goal {:.0f}): edit of a day {:.1f}, {:.1f}; "
        "while publishing {:.1f}, {:.1f}; publication {:.1f}, {:.1f}".format(*COUNTS, RATIO, *ratios)
    )
    return 0 if max(small, large) <= GOAL and max(ratios) <= RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
