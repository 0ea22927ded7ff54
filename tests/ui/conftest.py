"""A window of the program on a real file, for the tests of the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from ui.desk import USER, end, in_window, open_session, rows
from ui.example_office import example_file
from ui.layout_steps import opened
from ui.window import open_area

from itadesk.storage.office_file import OfficeFile
from itadesk.ui.evidence_list import EvidenceList
from itadesk.ui.layout_editor import LayoutEditor
from itadesk.ui.main_window import MainWindow
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.session import FileSession
from itadesk.ui.window_content import WindowContent
from itadesk.ui.work_area import WorkArea


@pytest.fixture(autouse=True)
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
    """The small office, open."""
    session = open_session(tmp_path)
    yield session
    end(session)


@pytest.fixture
def example(qtbot, tmp_path, data) -> Iterator[FileSession]:
    """The example office, open; a module that works on it has it as its session."""
    session = FileSession(example_file(tmp_path))
    yield session
    end(session)


@pytest.fixture
def page(qtbot, session) -> MeasuresPage:
    """The measures of the small office in a window, the table in focus."""
    page = in_window(qtbot, MeasuresPage(session))
    page.table.setFocus()
    return page


@pytest.fixture
def evidence(page) -> EvidenceList:
    """The evidence of the measure in hand."""
    return page.form.evidence


@pytest.fixture
def sent(monkeypatch) -> list[QUrl]:
    """What other programs are asked to show."""
    urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(QUrl(url)) or True)
    return urls


@pytest.fixture
def editor(qtbot, example) -> LayoutEditor:
    """A copy of the memo, in the layout editor."""
    return opened(qtbot, example, "memo")
