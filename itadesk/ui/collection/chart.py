"""Bars of the three statuses, one for each office or indicator: numbers stand in them, a click shows the measures."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from itadesk.domain.consolidated import share
from itadesk.domain.fields import STATUS_LABELS
from itadesk.domain.model import Status
from itadesk.domain.progress import Counts
from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.rows_table import line_height

_LABEL_SHARE = 0.26
_GAP, _EDGE = 8, 12
_NUMBER_ROOM = 64
"""Pixels behind a bar for its sum and per cent."""


@dataclass(frozen=True)
class Bar:
    """`key`: what it stands for, handed over when it is clicked."""

    key: str
    label: str
    counts: Counts


class Bars(QWidget):
    """Up and Down go from bar to bar, Left and Right from status to status, Enter shows the measures.

    `chosen(key, status)`: a part of a bar was clicked, or its label: then status is None.
    """

    chosen = Signal(str, object)
    moved = Signal(QRect)

    def __init__(self) -> None:
        super().__init__()
        self.bars: Sequence[Bar] = ()
        self._at = 0
        self._status: Status | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_bars(self, bars: Sequence[Bar], title: str) -> None:
        self.bars = bars
        self._at = min(self._at, max(len(bars) - 1, 0))
        self.setAccessibleName(title)
        self.setAccessibleDescription("\n".join(map(said, bars)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, len(self.bars) * self._step() + _EDGE)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.sizeHint().height())

    def part(self, at: int, status: Status) -> QRect:
        """Where a status of a bar is drawn; empty when it counts nothing."""
        counts, bar = self.bars[at].counts, self._bar(at)
        widths = [getattr(counts, one) for one in Status]
        before = sum(widths[: list(Status).index(status)])
        left = bar.left() + bar.width() * before // max(counts.total, 1)
        right = bar.left() + bar.width() * (before + getattr(counts, status)) // max(counts.total, 1)
        return QRect(left, bar.top(), right - left, bar.height())

    def hit(self, point: QPoint) -> tuple[int, Status | None] | None:
        """The bar at a point, and its status there; None for the status beside the parts."""
        at = (point.y() - _EDGE // 2) // self._step()
        if not 0 <= at < len(self.bars):
            return None
        return at, next((one for one in Status if self.part(at, one).contains(point)), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        first = max((event.rect().top() - _EDGE) // self._step(), 0)
        last = min((event.rect().bottom() + _EDGE) // self._step() + 1, len(self.bars))
        for at in range(first, last):
            self._draw(painter, at)
        if self.hasFocus() and self.bars:
            painter.setPen(QPen(QColor(theme.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._frame().adjusted(-2, -2, 2, 2))

    def _draw(self, painter: QPainter, at: int) -> None:
        one, bar = self.bars[at], self._bar(at)
        label = QRect(_EDGE, bar.top(), bar.left() - _EDGE - _GAP, bar.height())
        text = self.fontMetrics().elidedText(one.label, Qt.TextElideMode.ElideRight, label.width())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.fillRect(bar, self.palette().color(QPalette.ColorRole.Mid))
        for status in Status:
            self._draw_part(painter, self.part(at, status), getattr(one.counts, status), status)
        behind = QRect(bar.right() + _GAP, bar.top(), _NUMBER_ROOM, bar.height())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        percent = f"{share(one.counts.done, one.counts.total)}%"
        painter.drawText(behind, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, percent)

    def _draw_part(self, painter: QPainter, part: QRect, count: int, status: Status) -> None:
        if part.isEmpty():
            return
        painter.fillRect(part, QColor(theme.STATUS_COLOURS[status]))
        painter.setPen(QColor("white"))
        painter.drawLine(part.topRight(), part.bottomRight())
        text = str(count)
        if self.fontMetrics().horizontalAdvance(text) + 4 <= part.width():
            painter.drawText(part, Qt.AlignmentFlag.AlignCenter, text)

    def _frame(self) -> QRect:
        """The part in hand, or the whole bar with its label."""
        bar = self._bar(self._at)
        if self._status is not None and not self.part(self._at, self._status).isEmpty():
            return self.part(self._at, self._status)
        return QRect(_EDGE, bar.top(), bar.right() - _EDGE, bar.height())

    def _bar(self, at: int) -> QRect:
        left = int(self.width() * _LABEL_SHARE)
        height = line_height(self) + 6
        width = max(self.width() - left - _NUMBER_ROOM - _GAP - _EDGE, 40)
        return QRect(left, _EDGE // 2 + at * self._step() + 2, width, height)

    def _step(self) -> int:
        return line_height(self) + 6 + _GAP

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.hit(event.position().toPoint())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at, self._status = found
            self.update()
            self.chosen.emit(self.bars[found[0]].key, found[1])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.hit(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        order: list[Status | None] = [None, *Status]
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -len(self.bars),
                 Qt.Key.Key_End: len(self.bars)}  # fmt: skip
        key = Qt.Key(event.key())
        if not self.bars:
            super().keyPressEvent(event)
        elif key in steps:
            self._at = min(max(self._at + steps[key], 0), len(self.bars) - 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self._status = order[(order.index(self._status) + step) % len(order)]
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.bars[self._at].key, self._status)
        else:
            super().keyPressEvent(event)
            return
        self.moved.emit(self._frame())
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            found = self.hit(event.pos())
            QToolTip.showText(event.globalPos(), said(self.bars[found[0]]) if found else "", self)
            return True
        return super().event(event)


def said(bar: Bar) -> str:
    """A bar in words."""
    parts = [f"{_(STATUS_LABELS[status])} {getattr(bar.counts, status)}" for status in Status]
    return f"{bar.label}: {', '.join(parts)} ({share(bar.counts.done, bar.counts.total)}%)"


class Chart(QWidget):
    """The bars, scrolled when there are many, under what their colours mean."""

    def __init__(self) -> None:
        super().__init__()
        self.bars = Bars()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.bars)
        self.bars.moved.connect(lambda frame: scroll.ensureVisible(frame.left(), frame.center().y(), 0, 60))
        legend = QHBoxLayout()
        legend.addStretch()
        for status in Status:
            picture, text = QLabel(), QLabel(_(STATUS_LABELS[status]))
            picture.setPixmap(theme.status_icon(status).pixmap(16, 16))
            ground = QLabel()
            ground.setFixedSize(20, 14)
            ground.setStyleSheet(f"background: {theme.STATUS_COLOURS[status]}")
            for part in (ground, picture, text):
                legend.addWidget(part)
            legend.addSpacing(16)
        legend.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(legend)
        layout.addWidget(scroll)
