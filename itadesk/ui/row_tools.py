"""Buttons that take out and reorder the rows of a list, and the keys that do the same in the list itself."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QToolButton, QWidget

from itadesk.i18n import _
from itadesk.ui.buttons import icon_button


class RowTools(NamedTuple):
    """What acts on the row in hand."""

    remove: QToolButton
    up: QToolButton
    down: QToolButton

    def follow(self, at: int, count: int, *, writing: bool, least: int = 0) -> None:
        """Offer what can be done with the row `at` of `count`, -1 for none; so many stay at `least`."""
        self.remove.setEnabled(writing and at >= 0 and count > least)
        self.up.setEnabled(writing and at > 0)
        self.down.setEnabled(writing and 0 <= at < count - 1)


def row_tools(
    view: QWidget, remove: Callable[[], object], move: Callable[[int], object], removing: str = ""
) -> RowTools:
    """For the rows of `view`; `move` is told -1 for up and 1 for down, `removing` are other words for "Delete"."""

    def acting(icon: str, text: str, act: Callable[[], object], key: str) -> QToolButton:
        button = icon_button(icon, text, act)
        QShortcut(QKeySequence(key), view, button.click).setContext(Qt.ShortcutContext.WidgetShortcut)
        return button

    return RowTools(
        acting("remove", removing or _("Delete"), remove, "Del"),
        acting("up", _("Move up"), lambda: move(-1), "Alt+Up"),
        acting("down", _("Move down"), lambda: move(1), "Alt+Down"),
    )
