"""Qt's binding keeps count of None: PySide6 6.12.0 before Python 3.12 lost one reference a call and aborted."""

import subprocess
import sys

CALLS = """
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
for _ in range(300_000):
    label.setText("ก")
"""


def test_hundreds_of_thousands_of_calls_do_not_abort() -> None:
    result = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True, encoding="utf-8")
    assert result.returncode == 0, result.stderr
