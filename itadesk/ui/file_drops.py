"""Files dropped on a part of the window, whatever in it they fall on."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from itadesk.ui.main_window import SUFFIX

Wanted = Callable[[Sequence[Path], QPoint], bool]
"""Whether these files may be dropped at this place of the widget."""
Dropped = Callable[[Sequence[Path], QPoint], None]

_DRAGS = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class FileDrops(QObject):
    """Comes before what `widget` and everything in it do with files themselves: a text would take their names in.

    Files that are not `wanted` are left to what is around it: the window opens an office file.
    """

    def __init__(self, widget: QWidget, wanted: Wanted, dropped: Dropped) -> None:
        super().__init__(widget)
        self._widget = widget
        self._wanted = wanted
        self._dropped = dropped
        widget.setAcceptDrops(True)
        for part in (widget, *widget.findChildren(QWidget)):
            if part.acceptDrops():
                part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Drag enter and drag move events are drop events, too.
        if not isinstance(event, QDropEvent) or not isinstance(watched, QWidget):
            return False
        paths = local_files(event.mimeData())
        if not paths:
            return False
        at = watched.mapTo(self._widget, event.position().toPoint())
        if any(path.suffix.lower() == SUFFIX for path in paths) or not self._wanted(paths, at):
            event.ignore()  # Qt asks what is around it, up to the window.
            return True
        event.setDropAction(Qt.DropAction.CopyAction)  # a file manager deletes what it believes was moved
        event.accept()
        if event.type() not in _DRAGS:
            # The program the files come from waits until this returns.
            QTimer.singleShot(0, self, lambda: self._dropped(paths, at))
        return True


def local_files(data: QMimeData) -> list[Path]:
    """The files that are dragged or were copied."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
