"""A pick-list that the mouse wheel does not change in passing."""

from collections.abc import Iterable

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class QuietBox(QComboBox):
    """The wheel over it scrolls the form it stands in."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def offer(self, nothing: str, choices: Iterable[tuple[str, object]]) -> None:
        """Offer `nothing`, whose value is None, and values under their texts; the chosen one stays if it is there."""
        chosen = self.currentData()
        self.clear()
        self.addItem(nothing, None)
        for text, value in choices:
            self.addItem(text, value)
        self.choose(chosen)

    def choose(self, value: object) -> None:
        """Let `value` be the chosen one, or nothing when it is not offered. (Qt's findData knows no equal objects.)"""
        places = range(1, self.count()) if value is not None else ()
        self.setCurrentIndex(next((at for at in places if self.itemData(at) == value), 0))
