"""The files of all of the country's offices taken into one collection: time, memory, and what questions then cost.

`python3 dev.py campaign nation` takes 7,850 offices of 100 measures, made by the program in batches and thrown away.
"""

import argparse
import datetime as dt
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from storage.collection.offices import USER, make  # noqa: E402

from itadesk.domain.model import Status  # noqa: E402
from itadesk.storage.collection import batch, counts  # noqa: E402
from itadesk.storage.collection.plan import Decision  # noqa: E402
from itadesk.storage.collection.store import Collection, opened  # noqa: E402

OFFICES, MEASURES, BATCH, YEAR = 7_850, 100, 50, 2569
PEAK = 400
"""Megabytes of memory that the program may have taken at most."""


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def fill(collection: Collection, folder: Path, offices: int) -> float:
    """Make files and take them in; the seconds that taking took."""
    seconds = 0.0
    for first in range(0, offices, BATCH):
        numbers = range(first, min(first + BATCH, offices))
        paths = [make(folder, f"ตำบลที่{number}", measures=MEASURES) for number in numbers]
        started = time.monotonic()
        for outcome in batch.taken(collection, paths, USER):
            assert [step.decision for step in outcome.steps] == [Decision.ADDED], outcome
        seconds += time.monotonic() - started
        for path in paths:
            path.unlink()
        print(f"\r{numbers.stop:,} offices, {seconds:.0f} s, peak {peak()} MB", end="", flush=True)
    print()
    return seconds


def ask(collection: Collection, name: str, question: Callable[[], object]) -> None:
    started = time.monotonic()
    question()
    print(f"     {name}: {time.monotonic() - started:.2f} s")


def questions(collection: Collection, offices: int) -> None:
    today = dt.date(2026, 6, 1)
    with collection.reading() as connection:

        def by_office() -> None:
            found = counts.by_office(connection, today, YEAR)
            assert len(found) == offices
            assert sum(one.counts.total for one in found) == offices * MEASURES

        ask(collection, "counts of every office", by_office)
        ask(collection, "counts of every indicator", lambda: counts.by_indicator(connection, today, YEAR))
        ids = [counts.by_office(connection, today, YEAR)[0].office_id]
        ask(collection, "one office", lambda: counts.measures(connection, YEAR, office_ids=ids))
        ask(
            collection,
            "what is late, 500 of it",
            lambda: counts.measures(connection, YEAR, late_on=today, limit=500),
        )
        ask(
            collection,
            "a text among what is done, 500 of it",
            lambda: counts.measures(connection, YEAR, status=Status.DONE, text="ที่ 7", limit=500),
        )


def main() -> int:
    """0 when all files came in and memory stayed within its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=int, default=OFFICES)
    parser.add_argument("--collection", help="a file, or the address of a PostgreSQL database that is empty")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="itadesk-nation-") as name:
        os.environ["ITADESK_DATA"] = str(Path(name, "data"))
        folder = Path(name)
        with opened(options.collection or str(folder / "nation.itacollection")) as collection:
            seconds = fill(collection, folder, options.offices)
            print(f"     taken in: {seconds:.0f} s, {1000 * seconds / options.offices:.0f} ms a file")
            questions(collection, options.offices)
        size = sum(path.stat().st_size for path in folder.glob("nation.itacollection*")) >> 20
    kept = peak() <= PEAK
    print(f"{'ok  ' if kept else 'FAIL'} peak {peak()} MB (<= {PEAK} MB); {size} MB on the disk")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
