"""Buttons of pages and dialogs: with words on them, or with a picture and the words as a tip."""

from collections.abc import Callable

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QToolButton

from itadesk.ui import theme


def text_button(text: str, act: Callable[[], object], icon: QIcon | None = None) -> QPushButton:
    """A button with words. Enter elsewhere in a dialog does not press it."""
    button = QPushButton(icon or QIcon(), text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: act())
    return button


def icon_button(icon: str, text: str, act: Callable[[], object] | None = None) -> QToolButton:
    """A button with a picture, whose words are its tip and its name for those who hear the screen."""
    button = QToolButton()
    button.setIcon(theme.icon(icon))
    button.setToolTip(text)
    button.setAccessibleName(text)
    if act is not None:
        button.clicked.connect(lambda: act())
    return button
