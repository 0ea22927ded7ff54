"""What can be done with measures, as actions that menus, buttons and keys share."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from itadesk.domain.fields import STATUS_LABELS
from itadesk.domain.model import Status
from itadesk.i18n import _
from itadesk.ui import theme

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
    """An action whose keys work within `owner`, or with context HERE while `owner` itself has the focus."""
    made = QAction(icon or QIcon(), text, owner)
    made.setShortcuts([QKeySequence(key) for key in keys])
    made.setShortcutContext(context)
    made.triggered.connect(lambda: act())
    owner.addAction(made)
    return made


def status_actions(owner: QWidget, set_status: Callable[[Status], object]) -> list[QAction]:
    """The three statuses on Ctrl+1, Ctrl+2 and Ctrl+3."""
    return [
        action(
            owner,
            _(STATUS_LABELS[status]),
            lambda status=status: set_status(status),
            f"Ctrl+{number}",
            icon=theme.status_icon(status),
        )
        for number, status in enumerate(Status, 1)
    ]


def separator(owner: QWidget) -> QAction:
    line = QAction(owner)
    line.setSeparator(True)
    return line
