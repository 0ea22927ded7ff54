"""The memo's own grid: a row a measure, and three columns of which exactly one bears the tick."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from itadesk.domain.fields import STATUS_LABELS
from itadesk.domain.model import Status
from itadesk.domain.progress import Counts
from itadesk.i18n import _
from itadesk.ui import thai_text, theme
from itadesk.ui.cell_text import draw_focus
from itadesk.ui.delegates import TextDelegate
from itadesk.ui.measure_rows import MeasureRow, MeasureRows, column, number_column
from itadesk.ui.rows_model import ROW, Column
from itadesk.ui.rows_table import PADDING, RowsTable, line_height
from itadesk.ui.session import FileSession

_Index = QModelIndex | QPersistentModelIndex
TICK = "/"
"""What stands in the column of the status, on paper too."""
_TICK_WIDTH = 9
"""Letters: as wide as the longest word of the three heads needs."""


def board_rows(session: FileSession, parent: QWidget) -> MeasureRows:
    """The rows of the grid: number, title, steps, and a column for each status."""
    texts = (_column_of_title(), column("steps", editable=False))
    return MeasureRows(session, [number_column(), *texts, *map(_tick_column, Status)], parent)


def _column_of_title() -> Column[MeasureRow]:
    return column("title", title_text, editable=False)


def title_text(row: MeasureRow) -> str:
    """The title, and below it that the measure goes on all year."""
    continuous = f"\n({_('Continuous all year')})" if row.measure.continuous else ""
    return row.measure.title + continuous


def _tick_column(status: Status) -> Column[MeasureRow]:
    return Column(
        status,
        _(STATUS_LABELS[status]),
        lambda row: TICK if row.status is status else "",
        alignment=Qt.AlignmentFlag.AlignCenter,
    )


class BoardGrid(RowsTable):
    """`status_chosen(status)`: the selected measures are to have it (a click or the space bar in its column)."""

    status_chosen = Signal(object)

    def __init__(self, model: MeasureRows) -> None:
        super().__init__(model)
        self.setAccessibleName(_("Status board"))
        self.setEditTriggers(RowsTable.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(TextDelegate(self))
        self._ticks: Mapping[int, Status] = {model.column(status): status for status in Status}
        self.head = TickHead(self, self._ticks)
        self.setHorizontalHeader(self.head)
        ticks = TickDelegate(self)
        for section in self._ticks:
            self.setItemDelegateForColumn(section, ticks)
        self._set_widths()
        self.fit_numbers()
        model.rows_changed.connect(self.fit_numbers)

    def _set_widths(self) -> None:
        letter = self.fontMetrics().horizontalAdvance("ม")
        for section in self._ticks:
            self.setColumnWidth(section, _TICK_WIDTH * letter)
        for name in ("title", "steps"):
            self.head.setSectionResizeMode(self.rows.column(name), QHeaderView.ResizeMode.Stretch)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click in a tick column ticks the row; of several selected rows it ticks all and leaves them selected."""
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        status = (
            self._ticks.get(index.column()) if plain and event.button() == Qt.MouseButton.LeftButton else None
        )
        if status is None or not self.selectionModel().isRowSelected(index.row()):
            super().mousePressEvent(event)
        else:
            self.selectionModel().setCurrentIndex(index, self.selectionModel().SelectionFlag.NoUpdate)
        if status is not None:
            self.status_chosen.emit(status)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        status = self._ticks.get(self.currentIndex().column())
        if status is not None and event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.status_chosen.emit(status)
        else:
            super().keyPressEvent(event)


class TickDelegate(QStyledItemDelegate):
    """Draws the tick big and in the colour of its status."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        status = index.data(ROW).status
        if index.data() == TICK:
            _draw_tick(painter, option.rect, QColor(theme.STATUS_COLOURS[status]))
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, option.rect)


def _draw_tick(painter: QPainter, cell: QRect, colour: QColor) -> None:
    """A stroke from the lower left to the upper right, as a pen makes it."""
    size = min(cell.height() - 2 * PADDING, 24)
    box = QRect(0, 0, size // 2, size)
    box.moveCenter(cell.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(box.bottomLeft(), box.topRight())
    painter.restore()


class TickHead(QHeaderView):
    """A head of two levels: above the tick columns one heading for all three, below each its status and count."""

    def __init__(self, table: RowsTable, ticks: Mapping[int, Status]) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._rows = table.rows
        self._ticks = ticks
        self._counts = Counts(0, 0, 0)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        font = QFont(self.font())
        font.setBold(True)
        self.setFont(font)

    @property
    def counts(self) -> Counts:
        return self._counts

    def show_counts(self, counts: Counts) -> None:
        self._counts = counts
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._upper() + self._lower())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.setFont(self.font())
        if section in self._ticks:
            # Each section draws its part of the common heading, so that a part can be repainted alone.
            painter.setClipRect(rect)
            self._draw(painter, self._common(rect), _("Progress status"))
            lower = rect.adjusted(0, self._upper(), 0, 0)
            self._draw(painter, lower, self.words(self._ticks[section]))
        else:
            self._draw(painter, rect, self._rows.columns[section].label)
        painter.restore()

    def words(self, status: Status) -> str:
        """What the head of a tick column says."""
        return f"{_(STATUS_LABELS[status])}\n({getattr(self._counts, status)})"

    def _common(self, rect: QRect) -> QRect:
        first, last = min(self._ticks), max(self._ticks)
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        return QRect(left, rect.top(), right - left, self._upper())

    def _draw(self, painter: QPainter, cell: QRect, text: str) -> None:
        painter.fillRect(cell, self.palette().color(QPalette.ColorRole.Button))
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(cell.adjusted(-1, -1, -1, -1))
        painter.setPen(self.palette().color(QPalette.ColorRole.ButtonText))
        inside = cell.adjusted(PADDING, 0, -PADDING, 0)
        painter.drawText(
            inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, thai_text.display(text)
        )

    def _upper(self) -> int:
        return line_height(self) + 2 * PADDING

    def _lower(self) -> int:
        return 3 * line_height(self) + 2 * PADDING
