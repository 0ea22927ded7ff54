"""What can be done with measures, as actions that menus, buttons and keys share."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from itadesk.domain.fields import STATUS_LABELS
from itadesk.domain.model import Status
from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.actions import action


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
