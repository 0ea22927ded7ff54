"""What the parts of the layout editor have in common: buttons at the head of a list, the order of the Tab key."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QToolButton, QWidget

from itadesk.i18n import _
from itadesk.ui.buttons import icon_button
from itadesk.ui.section import Section

Key = str | QKeySequence.StandardKey


def tool(section: Section, icon: str, text: str) -> QToolButton:
    """A button among the tools of the section."""
    button = icon_button(icon, text)
    section.tools.addWidget(button)
    return button


def list_tools(
    section: Section, view: QWidget, remove: Callable[[], None], move: Callable[[int], None]
) -> tuple[QToolButton, QToolButton, QToolButton]:
    """Buttons that delete what is chosen in `view`, and move it up (-1) and down (1); keys do it in the view itself."""

    def acting(icon: str, text: str, act: Callable[[], None], key: Key) -> QToolButton:
        button = tool(section, icon, text)
        button.clicked.connect(lambda: act())
        shortcut = QShortcut(QKeySequence(key), view, lambda: act() if button.isEnabled() else None)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        return button

    return (
        acting("remove", _("Delete"), remove, QKeySequence.StandardKey.Delete),
        acting("up", _("Move up"), lambda: move(-1), "Alt+Up"),
        acting("down", _("Move down"), lambda: move(1), "Alt+Down"),
    )


def set_tab_order(stops: Sequence[QWidget]) -> None:
    """Let the Tab key go from one to the next, in whatever order they were made."""
    for stop, following in pairwise(stops):
        QWidget.setTabOrder(stop, following)
