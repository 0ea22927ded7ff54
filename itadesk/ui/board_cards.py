"""The measures as cards in three columns, one for each status; a card is dragged or sent to another column."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPalette,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain.fields import STATUS_LABELS
from itadesk.domain.model import Status
from itadesk.domain.progress import Counts
from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.measure_rows import MeasureRow, MeasureRows
from itadesk.ui.rows_model import ROW, Column, RowsModel
from itadesk.ui.rows_table import SELECTION_FILL, RowsTable, plain_modifiers

_Index = QModelIndex | QPersistentModelIndex
_GAP, _INSIDE, _EDGE = 4, 8, 5
"""Pixels around a card, between its border and text, and of the coloured edge at its left."""
_SHOWN = 160
"""Letters of a title on its card."""
_STEPS: Mapping[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class BoardCards(QWidget):
    """Three columns of cards over the rows of the board.

    `status_chosen(ids, status)`: cards were dropped on a column or sent there with Ctrl+Left and Ctrl+Right.
    """

    status_chosen = Signal(list, object)

    def __init__(self, rows: MeasureRows, *, writable: bool) -> None:
        super().__init__()
        self._rows = rows
        self.columns = {status: CardColumn(status, self._text, writable=writable) for status in Status}
        self._heads = {status: QLabel() for status in Status}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for status, cards in self.columns.items():
            cards.dropped.connect(lambda ids, _at, status=status: self.status_chosen.emit(ids, status))
            cards.sent.connect(self._send)
            cards.left.connect(self._walk)
            cards.touched.connect(self._clear_others)
            side = QVBoxLayout()
            side.addWidget(self._heads[status])
            side.addWidget(cards)
            layout.addLayout(side)
        rows.rows_changed.connect(self._refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _text(self, row: MeasureRow) -> str:
        """What a card says first, in a few lines; its number is that of the grid."""
        title = " ".join(row.measure.title.split())
        shown = title if len(title) <= _SHOWN else title[:_SHOWN] + "…"
        return f"{(self._rows.position(row.id) or 0) + 1}. {shown}"

    def _refresh(self) -> None:
        """Give each column its rows; cards that stay are not touched, moved ones stay selected."""
        if not self.isVisible():
            return
        selected = self.selected_ids()
        for status, cards in self.columns.items():
            cards.set_cards([row for row in self._rows.rows if row.status is status])
        if selected != self.selected_ids():
            self.select(selected)

    def show_counts(self, counts: Counts) -> None:
        for status, head in self._heads.items():
            head.setText(f"<b>{_(STATUS_LABELS[status])}</b> ({getattr(counts, status)})")

    def selected_ids(self) -> list[str]:
        """Ids of the selected cards of all columns, in the order of the measures."""
        ids = {row_id for cards in self.columns.values() for row_id in cards.selected_ids()}
        return [row.id for row in self._rows.rows if row.id in ids] if ids else []

    def select(self, ids: Sequence[str]) -> None:
        """Select these cards and no others, and bring the focus along when it is among the cards."""
        focused = any(cards.hasFocus() for cards in self.columns.values())
        wanted = set(ids)
        for cards in self.columns.values():
            cards.select(wanted)
        first = next(
            (cards for cards in self.columns.values() if ids and cards.rows.position(ids[0]) is not None),
            None,
        )
        if first is not None and focused:
            first.setFocus()

    def focus_cards(self) -> None:
        """Focus the column of the first selected card, else the first that has any."""
        of_selected = [cards for cards in self.columns.values() if cards.selected_ids()]
        filled = [cards for cards in self.columns.values() if cards.rows.rowCount()]
        for cards in (of_selected or filled)[:1]:
            cards.setFocus()

    def _send(self, status: Status, step: int) -> None:
        """Send the selected cards to the next column at the left (-1) or right (1)."""
        target = list(Status).index(status) + step
        if 0 <= target < len(Status):
            self.status_chosen.emit(self.selected_ids(), list(Status)[target])

    def _walk(self, status: Status, step: int) -> None:
        """Go to the nearest column with cards at the left (-1) or right (1)."""
        statuses = list(Status)
        side = (
            statuses[: statuses.index(status)][::-1] if step < 0 else statuses[statuses.index(status) + 1 :]
        )
        for cards in [self.columns[other] for other in side if self.columns[other].rows.rowCount()][:1]:
            at = min(max(self.columns[status].currentIndex().row(), 0), cards.rows.rowCount() - 1)
            self.select([cards.rows.rows[at].id])
            cards.setFocus()

    def _clear_others(self, status: Status) -> None:
        for other, cards in self.columns.items():
            if other is not status:
                cards.clearSelection()


class CardColumn(RowsTable):
    """The cards of one status. `touched(status)`: the clerk selects here anew.

    With the arrow keys to a column beside this one, `step` -1 or 1: `left(status, step)` goes the clerk, and with Ctrl
    `sent(status, step)` go the selected cards.
    """

    touched = Signal(object)
    left = Signal(object, int)
    sent = Signal(object, int)

    def __init__(self, status: Status, text: Callable[[MeasureRow], str], *, writable: bool) -> None:
        self.status = status
        column = Column[MeasureRow]("card", _(STATUS_LABELS[status]), text)
        super().__init__(RowsModel([column], draggable=writable))
        self.setAccessibleName(_(STATUS_LABELS[status]))
        self.setEditTriggers(RowsTable.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(False)
        self.setShowGrid(False)
        self.setItemDelegate(CardDelegate(self))
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setDragDropMode(RowsTable.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self._show_as_target(False)

    def set_cards(self, rows: Iterable[MeasureRow]) -> None:
        self.rows.set_rows(rows)
        self.viewport().update()  # The numbers of cards that stay may be others.

    def selectionCommand(
        self, index: _Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        command = super().selectionCommand(index, event)
        if event is not None and command & QItemSelectionModel.SelectionFlag.Clear:
            self.touched.emit(self.status)
        return command

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        super().dragEnterEvent(event)
        self._show_as_target(event.isAccepted())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_as_target(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_as_target(False)
        super().dropEvent(event)

    def _show_as_target(self, target: bool) -> None:
        """Whether cards that are being dragged would land here."""
        palette = QPalette(self.palette())
        window = palette.color(QPalette.ColorRole.Window)
        palette.setColor(QPalette.ColorRole.Base, QColor(SELECTION_FILL) if target else window)
        self.setPalette(palette)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(event.key())
        modifiers = plain_modifiers(event)
        if step is not None and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.sent.emit(self.status, step)
        elif step is not None and modifiers == Qt.KeyboardModifier.NoModifier:
            self.left.emit(self.status, step)
        else:
            super().keyPressEvent(event)


class CardDelegate(QStyledItemDelegate):
    """A card: number and title, who is responsible, and a flag when the measure goes on all year."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        row = index.data(ROW)
        title = self._title(option, option.rect.width(), index)
        return QSize(
            0,
            title.height() + len(_lines_below(row)) * option.fontMetrics.lineSpacing() + 2 * (_GAP + _INSIDE),
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row = index.data(ROW)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._draw_card(painter, option, QColor(theme.STATUS_COLOURS[row.status]), selected=selected)
        title = self._title(option, option.rect.width(), index).translated(option.rect.topLeft())
        inside = option.rect.adjusted(0, _GAP, 0, -_GAP - _INSIDE)
        painter.setClipRect(inside)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.drawText(title, _WRAPPED, index.data())
        below = QRect(
            title.left(),
            title.bottom(),
            self._text_width(option.rect.width()),
            option.fontMetrics.lineSpacing(),
        )
        for line, colour in _lines_below(row):
            painter.setPen(QColor(colour))
            painter.drawText(
                below, option.fontMetrics.elidedText(line, Qt.TextElideMode.ElideRight, below.width())
            )
            below.translate(0, below.height())
        painter.restore()

    def _draw_card(
        self, painter: QPainter, option: QStyleOptionViewItem, colour: QColor, *, selected: bool
    ) -> None:
        card = option.rect.adjusted(_GAP, _GAP, -_GAP, -_GAP)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        border = QColor(theme.ACCENT) if selected else option.palette.color(QPalette.ColorRole.Mid)
        painter.fillRect(card, QColor(SELECTION_FILL) if selected else QColor(Qt.GlobalColor.white))
        painter.fillRect(QRect(card.left(), card.top(), _EDGE, card.height()), colour)
        painter.setPen(QPen(border, 2 if focused else 1))
        painter.drawRect(card)

    def _title(self, option: QStyleOptionViewItem, width: int, index: _Index) -> QRect:
        """Where the title stands in a card at the origin."""
        corner = QRect(_GAP + _EDGE + _INSIDE, _GAP + _INSIDE, self._text_width(width), 100_000)
        return option.fontMetrics.boundingRect(corner, _WRAPPED, index.data())

    def _text_width(self, width: int) -> int:
        return max(width - 2 * (_GAP + _INSIDE) - _EDGE, 1)


def _lines_below(row: MeasureRow) -> list[tuple[str, str]]:
    """What stands below the title, with its colour."""
    responsible = ", ".join(filter(None, map(str.strip, row.measure.responsible.split("\n"))))
    lines = [(responsible, theme.QUIET)] if responsible else []
    return [*lines, (_("Continuous all year"), theme.ACCENT)] if row.measure.continuous else lines
