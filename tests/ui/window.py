"""What the tests of the window do and look at."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMenu,
    QMessageBox,
    QPushButton,
)
from ui.desk import USER, YEAR, measure_id

from itadesk.domain.model import FiscalYear, Measure
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui import files, messages
from itadesk.ui.choices_dialog import ChoicesDialog
from itadesk.ui.session import FileSession
from itadesk.ui.thai_text import BREAK
from itadesk.ui.window_content import WindowContent
from itadesk.ui.work_area import WorkArea


def open_area(content: WindowContent) -> WorkArea:
    assert content.area is not None, "no file is open"
    return content.area


def dialog_of(area: WorkArea) -> ChoicesDialog:
    """The choices of another file that a clerk is asked for."""
    (dialog,) = [one for one in area.findChildren(ChoicesDialog) if one.isVisible()]
    return dialog


def in_hand(area: WorkArea) -> FiscalYear:
    year = area.session.fiscal_year
    assert year is not None, "no fiscal year is in hand"
    return year


def retitle(session: FileSession, title: str) -> None:
    session.edit("แก้ชื่อ", operations.set_field, Measure, measure_id(0), "title", title)


def published(path: Path) -> str:
    """The first title as another program finds it in the file."""
    with contextlib.closing(OfficeFile.view(path)) as file:
        return file.snapshot.children(Measure, YEAR)[0].title


def message() -> str:
    """The text of the dialog that is shown; closes it."""
    boxes = [
        box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox) and box.isVisible()
    ]
    assert len(boxes) == 1
    boxes[0].close()
    return boxes[0].text().replace(BREAK, "")


def answers(monkeypatch: pytest.MonkeyPatch, *choices: int | None) -> list[str]:
    """Give these answers to the questions to come; the list gets the questions."""
    left, asked = list(choices), list[str]()

    def ask(
        parent: object, question: str, advice: str, offered: object, *, careful: bool = False
    ) -> int | None:
        asked.append(question)
        return left.pop(0)

    monkeypatch.setattr(messages, "ask", ask)
    return asked


def saves_to(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    monkeypatch.setattr(files, "ask_save_path", lambda parent, title, suggested, where=None: path)


def banner_buttons(area: WorkArea, name: str) -> list[QPushButton]:
    return area.banners.shown[name].findChildren(QPushButton)


def toasts(content: WindowContent) -> list[str]:
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    labels = content.window.findChildren(QLabel, options=direct)
    return [label.text() for label in labels if not label.isHidden()]


def entries(content: WindowContent) -> Iterator[QAction]:
    """Every entry of every menu, the hidden ones left out."""
    menus = [action.menu() for action in content.window.menuBar().actions() if action.isVisible()]
    while menus:
        menu = menus.pop()
        assert isinstance(menu, QMenu)
        for action in menu.actions():
            if action.menu() is not None:
                menus.append(action.menu())
            elif not action.isSeparator():
                yield action


def left_behind(path: Path) -> None:
    """A session that ended with one edit of the file not yet published."""
    file = OfficeFile.open(path, user=USER)
    file.edit(lambda edit: operations.set_field(edit, Measure, measure_id(0), "title", "ค้างอยู่"))
    file.close(publish=False)
