"""What memory the whole program takes with the example open, against a bare PySide6 window.

Each start is a process of its own, in a real window where there is a screen (DISPLAY). The figures are resident
megabytes, medians of several starts.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIMES = 3
GOAL = 220
"""Megabytes."""

TELL = """
import os

def tell():
    with open("/proc/self/status") as status:
        print(next(line.split()[1] for line in status if line.startswith("VmRSS")), flush=True)
    os._exit(0)
"""

BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("ITADesk"))
window.resize(1280, 700)
window.show()
QTimer.singleShot(1000, tell)
application.exec()
"""

OPENED = """
from pathlib import Path
from PySide6.QtCore import QTimer
from itadesk import app
from itadesk.ui.main_window import MainWindow

start = MainWindow.start

def started(self, path):
    content = start(self, path)
    assert content.area.page.model.rowCount() > 0
    for number, page in enumerate(os.environ["BENCH_PAGES"].split()):
        QTimer.singleShot(500 * number, lambda page=page: content.area.show_page(page))
    QTimer.singleShot(4000, tell)
    return content

MainWindow.start = started
app.run(Path(os.environ["BENCH_FILE"]), "th")
"""


def megabytes(code: str, pages: str = "") -> float:
    """What the process has when it tells, having shown these pages."""
    environment = {**os.environ, "BENCH_PAGES": pages}
    if not environment.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    command = [sys.executable, "-c", TELL + code]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return float(done.stdout) / 1024


def say(name: str, value: float, bare: float) -> bool:
    kept = value <= GOAL
    ratio = f"{value / bare:.1f} x a bare window ({bare:.0f} MB)"
    print(f"{'ok  ' if kept else 'FAIL'} {name}: {value:.0f} MB (<= {GOAL} MB); {ratio}")
    return kept


def main() -> int:
    """0 when the program stays below the goal."""
    from itadesk.cli import main as command

    with tempfile.TemporaryDirectory(prefix="itadesk-bench-") as folder:
        os.environ["ITADESK_DATA"] = str(Path(folder, "data"))
        os.environ["BENCH_FILE"] = str(Path(folder, "example.itadesk"))
        if command(["new", os.environ["BENCH_FILE"], "--example"]):
            return 1
        bare, opened, all_pages = (
            statistics.median(megabytes(*what) for _ in range(TIMES))
            for what in ((BARE,), (OPENED,), (OPENED, "board office assessment report"))
        )
    kept = [say("the example open", opened, bare), say("after all pages", all_pages, bare)]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
