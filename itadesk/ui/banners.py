"""Lines above the page that stay until their cause is gone: read only, work recovered, file not written."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from itadesk.ui import theme
from itadesk.ui.thai_text import display

Choice = tuple[str, Callable[[], object]]


class Banners(QWidget):
    """At most one banner of each name, the newest lowest."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[str, QWidget] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def put(self, name: str, icon: str, text: str, choices: Sequence[Choice]) -> None:
        """Show a banner, in place of an earlier one of the same name."""
        self.take(name)
        self.shown[name] = _Banner(icon, text, choices)
        self._layout.addWidget(self.shown[name])

    def take(self, name: str) -> None:
        banner = self.shown.pop(name, None)
        if banner is not None:
            self._layout.removeWidget(banner)
            banner.hide()
            banner.deleteLater()


class _Banner(QFrame):
    def __init__(self, icon: str, text: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        fill = theme.INFO_FILL if icon == "info" else theme.WARNING_FILL
        self.setStyleSheet(f"_Banner {{ background: {fill}; border-bottom: 1px solid #c3cad2; }}")
        picture = QLabel()
        picture.setPixmap(theme.icon(icon).pixmap(QSize(20, 20)))
        said = QLabel(display(text))
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.addWidget(picture)
        layout.addWidget(said, 1)
        for label, act in choices:
            button = QPushButton(label)
            button.clicked.connect(lambda _checked, act=act: act())
            layout.addWidget(button)
