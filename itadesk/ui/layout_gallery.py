"""The forms of report to choose from, each with a small picture of the office's own report in it."""

from collections.abc import Callable
from functools import partial
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap, QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from itadesk.documents.layout import Layout
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import thai_text
from itadesk.ui.newest import Newest
from itadesk.ui.preview import page_image
from itadesk.ui.tasks import Tasks

_PICTURE = QSize(84, 63)
_CELL = QSize(93, 116)
_EDGE = QColor("#9aa4af")
_NAME = Qt.ItemDataRole.UserRole

Sample = Callable[[Layout], Callable[[], bytes] | None]
"""What makes the short PDF of a layout in the background; None while there is nothing to show."""


class LayoutGallery(QListWidget):
    """`chosen(str)` brings the name of the layout that the clerk picked."""

    chosen = Signal(str)

    def __init__(self, tasks: Tasks, sample: Sample, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._newest = Newest(tasks, self)
        self._waiting: list[Layout] = []
        self._sample = sample
        self._layouts: list[Layout] = []
        self._stale = True
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setMovement(QListWidget.Movement.Static)
        self.setFlow(QListWidget.Flow.LeftToRight)
        self.setWrapping(False)
        self.setWordWrap(True)
        self.setIconSize(_PICTURE)
        self.setGridSize(_CELL)
        self.setHorizontalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_CELL.height() + self.horizontalScrollBar().sizeHint().height() + 6)
        self.setAccessibleName(_("Form of report"))
        self.currentItemChanged.connect(self._tell)

    def show_layouts(self, layouts: list[Layout], current: str) -> None:
        """Offer these layouts; what is there already keeps its picture until it is painted anew."""
        self.blockSignals(True)
        if [(item.name, item.title) for item in layouts] != [
            (item.name, item.title) for item in self._layouts
        ]:
            self._fill(layouts)
        changed = layouts != self._layouts
        self._layouts = layouts
        names = [layout.name for layout in layouts]
        self.setCurrentRow(names.index(current) if current in names else -1)
        self.blockSignals(False)
        if changed:
            self.refresh()
            if self.isVisible():
                self._paint()

    def refresh(self) -> None:
        """The data changed: the pictures are painted anew when they next come into sight, not at every key."""
        self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._paint()

    def _fill(self, layouts: list[Layout]) -> None:
        self.clear()
        for layout in layouts:
            item = QListWidgetItem(_framed(None), thai_text.display(layout.title))
            item.setData(_NAME, layout.name)
            item.setToolTip(f"<p>{escape(layout.title)}</p>")  # so that it is not taken for markup
            self.addItem(item)

    def _paint(self) -> None:
        """Have the pictures painted anew, one after the other: the report itself must not wait for them."""
        if self._stale:
            self._stale = False
            self._waiting = list(self._layouts)
            self._paint_next()

    def _paint_next(self) -> None:
        if self._newest.busy:
            return
        while self._waiting:
            layout = self._waiting.pop(0)
            if (job := self._sample(layout)) is not None:
                self._newest.ask(job, partial(self._show, layout.name), self._refused)
                return

    def _show(self, name: str, pdf: bytes) -> None:
        for row in range(self.count()):
            if self.item(row).data(_NAME) == name:
                self.item(row).setIcon(_framed(pdf))
        self._paint_next()

    def _refused(self, error: Exception) -> None:
        """The big preview says what is wrong with a report; a small picture just stays as it was."""
        if not isinstance(error, UserError):
            raise error
        self._paint_next()

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_NAME))


def _framed(pdf: bytes | None) -> QIcon:
    """The first page in a thin frame on a transparent ground, or an empty sheet."""
    image = page_image(pdf, 0, _PICTURE - QSize(4, 4)) if pdf else _sheet()
    pixmap = QPixmap(_PICTURE)
    pixmap.fill(Qt.GlobalColor.transparent)
    place = image.rect()
    place.moveCenter(pixmap.rect().center())
    painter = QPainter(pixmap)
    painter.drawImage(place, image)
    painter.setPen(_EDGE)
    painter.drawRect(place.adjusted(-1, -1, 0, 0))
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # not tinted: the page stays readable
    return icon


def _sheet() -> QImage:
    """An empty sheet of A4."""
    image = QImage(_PICTURE.height() * 7 // 10, _PICTURE.height() - 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image
