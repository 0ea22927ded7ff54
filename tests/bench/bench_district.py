"""How long a district's 200 offices take: examined, taken in, and the page of all of them opened.

The seconds of the wall, for what is promised is what an officer waits. Another number of offices may be given.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication
from storage.collection.offices import USER, make

from itadesk import i18n
from itadesk.storage.collection import batch
from itadesk.storage.collection.store import opened
from itadesk.ui import theme
from itadesk.ui.main_window import MainWindow

OFFICES, MEASURES = 200, 100


def timed(what: str, act: Callable[[], object]) -> None:
    started = time.perf_counter()
    act()
    print(f"{what}: {time.perf_counter() - started:.2f} s", flush=True)


def open_page(window: MainWindow, where: Path) -> None:
    """From the click until everything is painted."""
    content = window.start(where)
    assert content.collection.page is not None
    content.collection.page.session.tasks.wait()
    window.grab()


def measure(folder: Path, count: int) -> None:
    paths = [make(folder, f"ที่ {number}", measures=MEASURES) for number in range(count)]
    where = folder / "เมือง.itacollection"
    with opened(str(where)) as collection:
        timed(f"{count} files examined and planned", lambda: list(batch.planned(collection, paths)))
        timed(f"{count} files taken in", lambda: list(batch.taken(collection, paths, USER)))
    application = QApplication([])
    theme.apply(application)
    window = MainWindow()
    window.resize(1366, 740)
    window.show()
    timed("page of all offices opened", lambda: open_page(window, where))
    window.close()


if __name__ == "__main__":
    i18n.install("th")
    with tempfile.TemporaryDirectory() as name:
        os.environ["ITADESK_DATA"] = str(Path(name, "data"))
        measure(Path(name), int(sys.argv[1]) if len(sys.argv) > 1 else OFFICES)
