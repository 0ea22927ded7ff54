"""Text in a cell, laid out once and drawn often: finding Thai words anew at each repaint costs most of an edit."""

from functools import lru_cache

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen, QStaticText, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from itadesk.ui import theme
from itadesk.ui.rows_table import PADDING

_MORE = "…"
_NEW_LINE = "\u2028"
"""The only line end that QStaticText knows."""


@lru_cache(maxsize=2048)
def laid_out(text: str, width: int, alignment: Qt.AlignmentFlag, font_key: str) -> QStaticText:
    """`text` in lines that fit a cell of `width` pixels; `font_key` is `QFont.toString`."""
    font = QFont()
    font.fromString(font_key)
    option = QTextOption(alignment)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made = QStaticText(text.replace("\n", _NEW_LINE))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextOption(option)
    made.setTextWidth(max(width - 2 * PADDING, 1))
    made.prepare(font=font)
    return made


def draw(painter: QPainter, text: QStaticText, cell: QStyleOptionViewItem) -> None:
    """Draw a text from the top of its cell; where it is cut off at the bottom, dots say so."""
    inside = cell.rect.adjusted(PADDING, PADDING, -PADDING, -PADDING)
    selected = bool(cell.state & QStyle.StateFlag.State_Selected)
    role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
    painter.save()
    painter.setFont(cell.font)
    painter.setPen(cell.palette.color(role))
    if text.size().height() <= inside.height() + 1:
        painter.drawStaticText(inside.topLeft(), text)
    else:
        painter.setClipRect(inside)
        painter.drawStaticText(inside.topLeft(), text)
        _draw_dots(painter, inside, cell.palette.color(_ground(cell)))
    painter.restore()


def _ground(cell: QStyleOptionViewItem) -> QPalette.ColorRole:
    """The colour that the table painted below a cell."""
    if cell.state & QStyle.StateFlag.State_Selected:
        return QPalette.ColorRole.Highlight
    alternate = cell.features & QStyleOptionViewItem.ViewItemFeature.Alternate
    return QPalette.ColorRole.AlternateBase if alternate else QPalette.ColorRole.Base


def _draw_dots(painter: QPainter, inside: QRect, ground: QColor) -> None:
    metrics = painter.fontMetrics()
    dots = QRect(0, 0, metrics.horizontalAdvance(_MORE) + 2 * PADDING, metrics.height())
    dots.moveBottomRight(inside.bottomRight())
    painter.fillRect(dots, ground)
    painter.drawText(dots, Qt.AlignmentFlag.AlignCenter, _MORE)


def draw_focus(painter: QPainter, cell: QRect) -> None:
    """A frame around the current cell."""
    painter.save()
    painter.setPen(QPen(QColor(theme.ACCENT), 2))
    painter.drawRect(cell.adjusted(1, 1, -1, -1))
    painter.restore()
