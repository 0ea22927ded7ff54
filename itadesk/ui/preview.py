"""Shows the real PDF, page below page, as it will stand on paper."""

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import closing

from pypdfium2 import PdfDocument
from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

from itadesk.i18n import _

POINTS_PER_INCH = 72
ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)
"""Steps of the zoom; 1 = as large as on paper."""

_GAP = 14
_STEP = 40
_DESK = QColor("#9aa4af")
_EDGE = QColor("#6b7683")


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    with closing(PdfDocument(pdf)) as document:
        return [document.get_page_size(index) for index in range(len(document))]


def page_image(pdf: bytes, index: int, size: QSize) -> QImage:
    """Page `index` of `pdf`, painted on white, at most `size` pixels large."""
    with closing(PdfDocument(pdf)) as document, closing(document[index]) as page:
        width, height = page.get_size()
        scale = min(size.width() / width, size.height() / height)
        with closing(page.render(scale=scale, prefer_bgrx=True)) as bitmap:
            shape = (bitmap.width, bitmap.height, bitmap.stride)
            return QImage(bitmap.buffer, *shape, QImage.Format.Format_RGB32).copy()


class Preview(QAbstractScrollArea):
    """The pages of a PDF in one column. Only pages in sight are painted; a new PDF keeps the place looked at.

    `moved` tells that another page, zoom or PDF is in sight.
    """

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf = b""
        self._sizes: list[tuple[float, float]] = []
        self._boxes: list[QRect] = []
        self._tops: list[int] = []
        self._images: dict[int, QImage] = {}
        self._across = 0
        self._zoom: float | None = None
        # Always there, so that fitting the width never makes it come and go.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self.moved)
        self.setAccessibleName(_("Preview of the printed pages"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_pdf(self, data: bytes) -> None:
        """Show another PDF at the place looked at."""
        self._pdf = data
        self._sizes = page_sizes(data)
        self._images.clear()
        self._arrange()

    def clear(self) -> None:
        """Show nothing."""
        self._pdf, self._sizes = b"", []
        self._images.clear()
        self._arrange()

    @property
    def page_count(self) -> int:
        return len(self._sizes)

    @property
    def page(self) -> int:
        """Number of the page that fills the middle of the view, from 1; 0 when there is none."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return min(max(bisect_right(self._tops, middle), 1), self.page_count) if self._tops else 0

    def go_to(self, page: int) -> None:
        """Bring the top of page `page` to the top of the view."""
        if self._tops:
            index = min(max(page, 1), self.page_count) - 1
            self.verticalScrollBar().setValue(self._tops[index] - _GAP)

    @property
    def zoom(self) -> float:
        """Size on screen against size on paper."""
        return self._pixels_per_point() * POINTS_PER_INCH / self.logicalDpiX()

    @property
    def fits_width(self) -> bool:
        return self._zoom is None

    def fit_width(self) -> None:
        self._set_zoom(None)

    def zoom_in(self) -> None:
        self._set_zoom(next((step for step in ZOOMS if step > self.zoom + 0.005), ZOOMS[-1]))

    def zoom_out(self) -> None:
        self._set_zoom(next((step for step in reversed(ZOOMS) if step < self.zoom - 0.005), ZOOMS[0]))

    def painted_pages(self) -> int:
        """How many pages are held as pictures now."""
        return len(self._images)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.fits_width and event.oldSize().width() != event.size().width():
            self._images.clear()
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif event.angleDelta().y() > 0:
            self.zoom_in()
        elif event.angleDelta().y() < 0:
            self.zoom_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Home:
            self.go_to(1)
        elif event.key() == Qt.Key.Key_End:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), _DESK)
        painter.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        painter.setPen(_EDGE)
        seen = set(self._pages_in_sight())
        for index in seen:
            box = self._boxes[index]
            painter.drawImage(box, self._image(index))
            painter.drawRect(box.adjusted(-1, -1, 0, 0))
        painter.end()
        self._images = {index: image for index, image in self._images.items() if index in seen}

    def _set_zoom(self, zoom: float | None) -> None:
        self._zoom = zoom
        self._images.clear()
        self._arrange()

    def _pixels_per_point(self) -> float:
        if self._zoom is not None or not self._sizes:
            return (self._zoom or 1.0) * self.logicalDpiX() / POINTS_PER_INCH
        return max(self.viewport().width() - 2 * _GAP, 50) / max(width for width, _height in self._sizes)

    def _arrange(self) -> None:
        """Lay the pages out for the zoom in force, keeping the place looked at."""
        place, middle = self._place(), self._middle()
        scale = self._pixels_per_point()
        shapes = [(round(width * scale), round(height * scale)) for width, height in self._sizes]
        room = self.viewport().size()
        self._across = max([room.width(), *(width + 2 * _GAP for width, _height in shapes)])
        self._boxes = []
        top = _GAP
        for width, height in shapes:
            self._boxes.append(QRect((self._across - width) // 2, top, width, height))
            top += height + _GAP
        self._tops = [box.top() for box in self._boxes]
        _set_range(self.horizontalScrollBar(), self._across - room.width(), room.width())
        _set_range(self.verticalScrollBar(), top - room.height(), room.height())
        self.horizontalScrollBar().setValue(round(middle * self._across - room.width() / 2))
        self._return_to(place)
        self.viewport().update()
        self.moved.emit()

    def _middle(self) -> float:
        """Which part of the width lies in the middle of the view."""
        return (self.horizontalScrollBar().value() + self.viewport().width() / 2) / max(self._across, 1)

    def _place(self) -> tuple[int, float]:
        """The page at the top of the view and how much of it lies above, as a part of its height."""
        value = self.verticalScrollBar().value()
        index = bisect_right(self._tops, value) - 1
        if index < 0:
            return 0, 0.0
        box = self._boxes[index]
        return index, (value - box.top()) / box.height()

    def _return_to(self, place: tuple[int, float]) -> None:
        index, part = place
        if not self._boxes:
            return
        box = self._boxes[min(index, self.page_count - 1)]
        value = box.top() + round(part * box.height()) if index or part else 0
        self.verticalScrollBar().setValue(value)

    def _pages_in_sight(self) -> Iterator[int]:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        for index in range(max(bisect_right(self._tops, top) - 1, 0), self.page_count):
            if self._tops[index] > bottom:
                return
            yield index

    def _image(self, index: int) -> QImage:
        if index not in self._images:
            ratio = self.devicePixelRatioF()
            image = page_image(self._pdf, index, self._boxes[index].size() * ratio)
            image.setDevicePixelRatio(ratio)
            self._images[index] = image
        return self._images[index]


def _set_range(bar: QScrollBar, most: int, page: int) -> None:
    bar.setPageStep(page)
    bar.setSingleStep(_STEP)
    bar.setRange(0, max(most, 0))
