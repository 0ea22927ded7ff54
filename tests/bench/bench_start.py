"""How soon the window is painted, and how soon it shows an office's data, against a bare PySide6 window.

Each start is a process of its own, measured in its CPU seconds, because the machine is shared. The three kinds take
turns; the figures are ratios of their medians.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIMES = 9

TELL = """
import os, time

def tell():
    print(time.process_time(), flush=True)
    os._exit(0)
"""

BARE = """
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        tell()

application = QApplication([])
window = Window()
window.setCentralWidget(QLabel("ITADesk"))
window.resize(1280, 700)
window.show()
application.exec()
"""

PAINTED = """
from itadesk import app
from itadesk.ui.main_window import MainWindow

MainWindow.paintEvent = lambda self, event: tell()
app.run(None, "th")
"""

SHOWN = """
from pathlib import Path
from itadesk import app
from itadesk.ui.main_window import MainWindow

start = MainWindow.start

def started(self, path):
    start(self, path)
    app.QApplication.processEvents()
    assert self.content.area.page.model.rowCount() > 0
    tell()

MainWindow.start = started
app.run(Path(os.environ["BENCH_FILE"]), "th")
"""


def seconds(code: str) -> float:
    """What the process has used when it tells."""
    command = [sys.executable, "-c", TELL + code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return float(done.stdout)


def say(name: str, value: float, limit: float) -> bool:
    print(f"{'ok  ' if value <= limit else 'FAIL'} {name}: {value:.2f} x (<= {limit:g} x)")
    return value <= limit


def main() -> int:
    """0 when every figure is reached."""
    from itadesk.cli import main as command

    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        os.environ["ITADESK_DATA"] = str(Path(folder, "data"))
        os.environ["BENCH_FILE"] = str(Path(folder, "example.itadesk"))
        if command(["new", os.environ["BENCH_FILE"], "--example"]):
            return 1
        rounds = [tuple(map(seconds, (BARE, PAINTED, SHOWN))) for _ in range(TIMES)]
    bare, painted, shown = map(statistics.median, zip(*rounds, strict=True))
    print(f"CPU s: bare window {bare:.3f}, ours painted {painted:.3f}, data shown {shown:.3f}")
    checks = [say("first paint", painted / bare, 1.6), say("data visible", shown / bare, 4)]
    return 0 if all(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
