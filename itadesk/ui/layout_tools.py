"""What the parts of the layout editor have in common: buttons at the head of a list, the order of the Tab key."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtWidgets import QToolButton, QWidget

from itadesk.ui.buttons import icon_button
from itadesk.ui.section import Section


def tool(section: Section, icon: str, text: str) -> QToolButton:
    """A button among the tools of the section."""
    button = icon_button(icon, text)
    section.tools.addWidget(button)
    return button


def set_tab_order(stops: Sequence[QWidget]) -> None:
    """Let the Tab key go from one to the next, in whatever order they were made."""
    for stop, following in pairwise(stops):
        QWidget.setTabOrder(stop, following)
