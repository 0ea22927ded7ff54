"""Puts the window together and runs it."""

import logging
import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from itadesk import i18n, paths
from itadesk.ui import bugs, garbage, preferences, theme, translator
from itadesk.ui.main_window import MainWindow

LOG_LIMIT = 1_000_000
"""Bytes after which the log of unexpected errors starts anew."""


def run(file: Path | None, language: str | None) -> int:
    """Open the window, with `file` in it if given, in `language` or the one chosen before; returns when it closes."""
    i18n.install(language or preferences.load().language)
    application = QApplication(sys.argv[:1])
    application.setApplicationName(paths.APP)
    _log_to_file()
    bugs.watch(application)
    garbage.collect_here(application)
    theme.apply(application)
    while True:
        window = _show(application, file)
        code = application.exec()
        if not window.restart:
            return code
        file = window.last_path
        i18n.install(preferences.load().language)


def check_window(file: Path) -> str:
    """Open `file` in a window without a screen, paint it, close it; says what was seen. For the self-test."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    theme.apply(application)
    translator.install(application)
    window = MainWindow()
    seen: list[str] = []

    def look() -> None:
        window.start(file)
        picture = window.grab()
        seen.append(f"{window.windowTitle()} ({picture.width()} × {picture.height()})")
        window.close()

    window.painted.connect(look)
    window.show()
    application.exec()
    return seen[0]


def _show(application: QApplication, file: Path | None) -> MainWindow:
    translator.install(application)
    window = MainWindow()
    # Most of the program is loaded only then: the window appears at once.
    window.painted.connect(lambda: window.start(file))
    window.show()
    return window


def _log_to_file() -> None:
    """Unexpected errors are noted in this user's folder, for whoever looks after the program."""
    path = paths.data() / "itadesk.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = "w" if path.exists() and path.stat().st_size > LOG_LIMIT else "a"
        handler = logging.FileHandler(path, mode, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger().addHandler(handler)
