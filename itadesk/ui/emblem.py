"""Turns the picture a clerk chooses into the emblem that a file stores: a PNG, on white, sharp on paper."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from itadesk.errors import UserError
from itadesk.i18n import _

MEDIA_TYPE = "image/png"
SIDE = 709
"""Most pixels of a side: 3 cm at 600 dots per inch, the height of the emblem on official letters (ข้อ 71)."""

_MOST_BYTES = 50_000_000
_MOST_PIXELS = 100_000_000
_JPEG_END = b"\xff\xd9"
_JPEG_TAIL = 4096
"""Cameras and scanners may add some bytes of their own after the end of the picture."""


def emblem_from(data: bytes) -> bytes:
    """PNG of a PNG, JPEG or SVG picture, no larger than needed. Raises UserError when it is no such picture."""
    if len(data) > _MOST_BYTES:
        raise too_large()
    image = _drawn(data) if _is_svg(data) else _read(data)
    return _png(_on_white(image))


def stored(data: bytes) -> QImage:
    """The picture that a file has, an empty one when it is none. A file may bring anything, such as a drawing that
    takes hours: only what `emblem_from` makes is shown."""
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"png"))
    reader.setAutoDetectImageFormat(False)
    size = reader.size()
    return QImage() if size.width() * size.height() > _MOST_PIXELS else reader.read()


def _is_svg(data: bytes) -> bool:
    return b"<svg" in data[:4096] or data[:2] == b"\x1f\x8b"


def _drawn(data: bytes) -> QImage:
    renderer = QSvgRenderer(QByteArray(data))
    if not renderer.isValid() or renderer.defaultSize().isEmpty():
        raise _no_picture()
    size = renderer.defaultSize().scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def _read(data: bytes) -> QImage:
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > _MOST_PIXELS:
        raise too_large()
    if reader.format() == b"jpeg" and _JPEG_END not in data[-_JPEG_TAIL:]:
        raise _no_picture()  # Qt would show the upper part and say nothing
    image = reader.read()
    if image.isNull():
        raise _no_picture()
    if max(image.width(), image.height()) <= SIDE:
        return image
    return image.scaled(
        SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def _on_white(image: QImage) -> QImage:
    paper = QImage(image.size(), QImage.Format.Format_RGB888)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def too_large() -> UserError:
    return UserError(
        _("This picture is too large."),
        _("Make it smaller first: an emblem 1.5 cm high needs no more than 1,000 dots each way."),
    )


def _no_picture() -> UserError:
    return UserError(
        _("This file is not a picture that can be used."),
        _("Choose a PNG, JPEG or SVG picture, or take the emblem out of an old Word memo."),
    )
