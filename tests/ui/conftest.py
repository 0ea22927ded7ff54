"""A window of the program on a real file, for the tests of the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from ui.desk import USER, rows
from ui.layout_steps import example_session, opened
from ui.window import open_area

from itadesk.storage.office_file import OfficeFile
from itadesk.ui.layout_editor import LayoutEditor
from itadesk.ui.main_window import MainWindow
from itadesk.ui.session import FileSession
from itadesk.ui.window_content import WindowContent
from itadesk.ui.work_area import WorkArea


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ITADESK_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def path(tmp_path, data) -> Path:
    """An office file, closed."""
    path = tmp_path / "งามดี.itadesk"
    OfficeFile.create(path, rows(), user=USER).close()
    return path


@pytest.fixture
def content(qtbot, data) -> Iterator[WindowContent]:
    """A window on the start page."""
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    content = window.start(None)
    yield content
    if content.area is not None:
        content.area.session.tasks.wait()
        content.area.session.close(publish=False)
        content.area = None
    content.tasks.wait()


@pytest.fixture
def area(content, path) -> WorkArea:
    content.open_path(path)
    return open_area(content)


@pytest.fixture
def session(qtbot, tmp_path, data) -> Iterator[FileSession]:
    """The example office, open."""
    with example_session(tmp_path) as session:
        yield session


@pytest.fixture
def editor(qtbot, session) -> LayoutEditor:
    """A copy of the memo, in the layout editor."""
    return opened(qtbot, session, "memo")
