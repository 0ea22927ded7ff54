"""A pick-list that the mouse wheel does not change in passing."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class QuietBox(QComboBox):
    """The wheel over it scrolls the form it stands in."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
