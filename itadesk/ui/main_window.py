"""The main window as such: size, title, closing, dropped files. What it holds comes once it has been painted."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow

from itadesk.domain.file_names import OFFICE_FILE
from itadesk.i18n import _
from itadesk.ui import preferences

if TYPE_CHECKING:
    from itadesk.ui.window_content import WindowContent

FIRST_SIZE = QSize(1280, 700)
"""Fits an old office screen of 1366 x 768 with its task bar."""

SUFFIX = OFFICE_FILE
COLLECTION = ".itacollection"
MEASURES = (".docx", ".xlsx", ".csv")
"""Files whose tables are taken in."""
_TAKEN = (SUFFIX, COLLECTION, *MEASURES, ".zip")
"""What may be dropped on the window, beside folders."""


class MainWindow(QMainWindow):
    """Empty until `start`. When it closes only to come back in another language, `restart` is set, and `last_path`.

    `painted()` comes once, when the user sees the window.
    """

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.content: WindowContent | None = None
        self.restart = False
        self.last_path: Path | None = None
        self._seen = False
        self.setAcceptDrops(True)
        self._restore_geometry()
        self.say_title()

    def start(self, path: Path | None) -> "WindowContent":
        """Open the file asked for, else show what there is to open."""
        from itadesk.ui.window_content import WindowContent

        self.content = WindowContent(self)
        self.content.start(path)
        return self.content

    def say_title(self, *parts: str) -> None:
        self.setWindowTitle(" – ".join((*parts, _("ITADesk"))))

    def change_language(self, language: str) -> None:
        """Close, and come back speaking `language`."""
        preferences.remember(language=language)
        self.restart = True
        self.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.content is not None:
            self.last_path = self.content.path
            if not self.content.leave():
                self.restart = False
                event.ignore()
                return
        preferences.remember(geometry=bytes(self.saveGeometry().toBase64().data()).decode())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) and self.content is not None:
            _accept_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        content, paths = self.content, _dropped(event)
        if content is not None and paths:
            _accept_copy(event)
            # The program the files come from waits until this returns, and opening may ask something.
            QTimer.singleShot(0, self, lambda: content.take_dropped(paths))

    def _restore_geometry(self) -> None:
        geometry = QByteArray.fromBase64(preferences.load().geometry.encode())
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize()))


def _accept_copy(event: QDropEvent) -> None:
    """Whatever is proposed: a file manager deletes what it believes was moved."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def _dropped(event: QDropEvent) -> list[Path]:
    """All that is being dropped, if there is something in it that means something here."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths if any(path.suffix.lower() in _TAKEN or path.is_dir() for path in paths) else []
