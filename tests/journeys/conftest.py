"""The window of a journey, on the file of its office."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from itadesk.ui.main_window import MainWindow
from itadesk.ui.work_area import WorkArea


@pytest.fixture
def area(qtbot: QtBot, path: Path) -> Iterator[WorkArea]:
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    content = window.start(path)
    assert content.area is not None
    yield content.area
    if content.area is not None:
        content.area.session.close()
        content.area = None
