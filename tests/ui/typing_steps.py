"""A box of the form with a text in it, and what helps to write there."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.writing_aids import WritingAids


def box(page: MeasuresPage, name: str = "steps", text: str = "") -> Any:
    """A box of the form in focus, this text in it, the caret behind it."""
    found: Any = page.form.fields.editors[name].input
    found.setFocus()
    found.selectAll()
    found.insertPlainText(text)
    return found


def aids(page: MeasuresPage, name: str = "steps") -> WritingAids:
    found = page.form.aids[name]
    assert isinstance(found, WritingAids)
    return found


def key(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key for whatever is in focus."""
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)
