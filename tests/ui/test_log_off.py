"""The end of the user's session: what was typed last is in the file, though nobody closed it."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from ui.desk import TITLES, cell, editor, titles
from ui.window import open_area, published, retitle

from itadesk import app
from itadesk.storage import left_work
from itadesk.ui import log_off
from itadesk.ui.main_window import MainWindow
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.window_content import WindowContent
from itadesk.ui.work_area import WorkArea

pytestmark = pytest.mark.usefixtures("data")


def typed(qtbot, area: WorkArea, text: str) -> None:
    """Text in a cell that is still being edited."""
    page = area.page
    assert isinstance(page, MeasuresPage)
    page.table.setCurrentIndex(cell(page, 0, "title"))
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    editor(page).setPlainText(text)
    editor(page).document().setModified(True)


def test_what_is_being_typed_reaches_the_file(qtbot, area: WorkArea, path: Path) -> None:
    typed(qtbot, area, "พิมพ์ค้างไว้")
    log_off.keep(area)
    assert published(path) == "พิมพ์ค้างไว้"
    assert QApplication.activeModalWidget() is None


def test_what_is_typed_while_the_file_is_written_reaches_it_too(qtbot, area: WorkArea, path: Path) -> None:
    retitle(area.session, "ก่อน")
    typed(qtbot, area, "พิมพ์ค้างไว้")
    area.session.publish_now()
    while (
        published(path) == TITLES[0]
    ):  # and the session has not heard of it, for it waits for the event loop
        pass
    assert area.session.save_state.running
    log_off.keep(area)
    assert published(path) == "พิมพ์ค้างไว้"


def test_what_cannot_be_written_comes_back(qtbot, content: WindowContent, area: WorkArea, path: Path) -> None:
    retitle(area.session, "ก่อน")
    path.chmod(0o444)
    typed(qtbot, area, "พิมพ์ค้างไว้")
    log_off.keep(area)
    assert QApplication.activeModalWidget() is None
    assert published(path) == TITLES[0]
    area.session.close(publish=False)
    assert left_work.unpublished_work()[0].changes == 2
    path.chmod(0o644)
    content.area = None
    content.open_path(path)
    assert titles(open_area(content).session)[0] == "พิมพ์ค้างไว้"


def test_the_open_file_is_found_after_the_language_was_changed(
    qtbot, qapp: QApplication, area: WorkArea
) -> None:
    """The windows in the languages spoken before are closed, but still there."""
    windows = [MainWindow() for _language in range(6)]
    for window in windows:
        qtbot.addWidget(window)
        window.start(None)
        window.close()
    assert app.open_area(qapp) is area


def test_without_a_file_there_is_nothing_to_keep() -> None:
    log_off.keep(None)


@pytest.fixture
def own_signals() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)}
    yield
    signal.set_wakeup_fd(-1)
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks in another way")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_the_system_asks_the_program_to_end(
    qtbot, qapp: QApplication, own_signals: None, number: int
) -> None:
    """The event loop waits for events, and Python's handlers would wait with it."""
    done: list[str] = []
    log_off.watch(qapp, lambda: done.append("kept"), lambda: done.append("ended"))
    os.kill(os.getpid(), number)
    qtbot.waitUntil(lambda: done == ["kept", "ended"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks in another way")
def test_the_program_ends_even_when_nothing_can_be_kept(qtbot, qapp: QApplication, own_signals: None) -> None:
    done: list[str] = []

    def fail() -> None:
        raise OSError

    log_off.watch(qapp, fail, lambda: done.append("ended"))
    os.kill(os.getpid(), signal.SIGTERM)
    qtbot.waitUntil(lambda: done == ["ended"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks in another way")
def test_a_signal_that_the_caller_wants_ignored_stays_so(qapp: QApplication, own_signals: None) -> None:
    """A program started with nohup outlives its terminal."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    log_off.watch(qapp, lambda: None, lambda: None)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
