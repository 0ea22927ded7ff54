"""A panel that stands over the window below a button until the clerk clicks elsewhere or presses Esc."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget


class DropPanel(QWidget):
    """Holds `content`. `hidden()` when it goes."""

    hidden = Signal()

    def __init__(self, button: QAbstractButton, content: QWidget) -> None:
        super().__init__(button, Qt.WindowType.Popup)
        self._button = button
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet("DropPanel { border: 1px solid #8a95a1 }")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(content)
        self.setFocusProxy(content)

    def show_below(self) -> None:
        """Below the button, or above it where the screen ends."""
        button, room = self._button, self.screen().availableGeometry()
        corner = button.mapToGlobal(QPoint(0, button.height()))
        fits = corner.y() + self.height() <= room.bottom()
        self.move(
            max(min(corner.x(), room.right() - self.width()), room.left()),
            corner.y() if fits else corner.y() - button.height() - self.height(),
        )
        self.show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hidden.emit()
