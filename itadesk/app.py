"""Puts the window together and runs it."""

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from itadesk import error_log, i18n, paths
from itadesk.ui import bugs, garbage, log_off, preferences, theme, translator
from itadesk.ui.main_window import MainWindow

if TYPE_CHECKING:
    from itadesk.ui.work_area import WorkArea


def run(file: Path | None, language: str | None) -> int:
    """Open the window, with `file` in it if given, in `language` or the one chosen before; returns when it closes."""
    i18n.install(language or preferences.load().language)
    application = QApplication(sys.argv[:1])
    application.setApplicationName(paths.APP)
    error_log.start()
    bugs.watch(application, lambda: _start_anew(application))
    garbage.collect_here(application)
    theme.apply(application)
    _keep_at_log_off(application)
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


def _keep_at_log_off(application: QApplication) -> None:
    def end() -> None:
        with contextlib.suppress(Exception):  # else the next session takes its lock over
            if (area := open_area(application)) is not None:
                area.session.close(publish=False)
        os._exit(0)

    log_off.watch(application, lambda: log_off.keep(open_area(application)), end)


def open_area(application: QApplication) -> "WorkArea | None":
    """The file that is open in the window; windows in a language spoken before may still be there, with none."""
    windows = [widget for widget in application.topLevelWidgets() if isinstance(widget, MainWindow)]
    areas = [window.content.area for window in windows if window.content is not None]
    return next((area for area in areas if area is not None), None)


def _start_anew(application: QApplication) -> None:
    """End this process as a crash would, whatever state it is in, and let another one recover the work."""
    import subprocess

    area = open_area(application)
    arguments = ["--lang", i18n.language()]
    if area is not None:
        arguments.append(str(area.session.path))
        with contextlib.suppress(Exception):  # the fault may be just there
            area.commit()
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "itadesk"]
    subprocess.Popen([*program, *arguments], close_fds=True)
    os._exit(1)
