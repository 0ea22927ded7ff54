"""Actions that menus, buttons and keys share."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

WINDOW = Qt.ShortcutContext.WindowShortcut
WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
HERE = Qt.ShortcutContext.WidgetShortcut


def action(
    owner: QWidget,
    text: str,
    act: Callable[[], object],
    *keys: str,
    icon: QIcon | None = None,
    context: Qt.ShortcutContext = WITHIN,
) -> QAction:
    """An action whose keys work within `owner`; HERE: while `owner` itself has the focus, WINDOW: whatever has it."""
    made = QAction(icon or QIcon(), text, owner)
    made.setShortcuts([QKeySequence(key) for key in keys])
    made.setShortcutContext(context)
    made.triggered.connect(lambda: act())
    owner.addAction(made)
    return made


def separator(owner: QWidget) -> QAction:
    line = QAction(owner)
    line.setSeparator(True)
    return line
