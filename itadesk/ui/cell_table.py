"""The mouse in a table of cells: a pull selects cells, over the numbers it selects rows or takes them along."""

from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QCursor, QDrag, QMouseEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.cell_selection import CellSelection
from itadesk.ui.rows_model import RowsModel
from itadesk.ui.rows_table import PADDING

_Selection = QItemSelectionModel.SelectionFlag
_Shift, _Control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_SCROLLS = 60
"""Milliseconds between two steps while the mouse is held beyond the edge."""


class _Pull(Enum):
    """What the mouse does while its left button is held down."""

    CELLS = auto()
    ROWS = auto()
    MOVE = auto()


class CellTable(CellSelection):
    """A click or a pull over cells selects them, with Shift and Ctrl as in a spreadsheet.

    A click or a pull over the row numbers selects rows whole; those are dragged by their numbers.
    """

    def __init__(self, model: RowsModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._pull: _Pull | None = None
        self._pressed_at = QPoint()
        self._beyond = QTimer(self, interval=_SCROLLS)
        self._beyond.timeout.connect(self._pull_on)
        self.viewport().setMouseTracking(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._pull, self._pressed_at = None, event.position().toPoint()
        if not index.isValid():
            super().mousePressEvent(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._press(index, event)
        elif not self._is_selected(index):
            self._others = QItemSelection()
            self._start(index)
        if index.isValid():
            event.accept()

    def _press(self, index: QModelIndex, event: QMouseEvent) -> None:
        modifiers, numbers = event.modifiers(), index.column() == self._numbers
        self._pull = _Pull.ROWS if numbers else _Pull.CELLS
        if modifiers & _Shift:
            self._others = QItemSelection()
            self.extend(index, rows=numbers)
        elif modifiers & _Control:
            self._toggle(index)
        elif numbers and self.whole_rows and self._is_selected(index) and self.dragEnabled():
            self._pull = _Pull.MOVE
        else:
            self._others = QItemSelection()
            if not numbers:
                super().mousePressEvent(event)
            self._start(index)

    def _start(self, index: QModelIndex) -> None:
        """Begin a block, or rows, here."""
        here = self.rows.index(index.row(), self._cell_column(index.column()))
        if index.column() == self._numbers:
            here = self.rows.index(index.row(), self._cell_column(None))
        self.selectionModel().setCurrentIndex(here, _Selection.NoUpdate)
        self.extend(here, rows=index.column() == self._numbers)

    def _toggle(self, index: QModelIndex) -> None:
        """Add a cell or row to what is selected, or take it out; the last one stays."""
        its = QItemSelection(index, index)
        if index.column() == self._numbers:
            its = self._whole([index.row()])
        whole = QItemSelection(self.selectionModel().selection())
        selected = self._is_selected(index)
        whole.merge(its, _Selection.Deselect if selected else _Selection.Select)
        if whole.isEmpty():
            self._pull = None
        elif selected:
            self._pull = None
            self.selectionModel().select(whole, _Selection.ClearAndSelect)
        else:
            self._others = QItemSelection(self.selectionModel().selection())
            self._start(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            self._show_what_a_pull_does(self.indexAt(point))
        elif self._pull is _Pull.MOVE:
            if (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
                self._pull = None
                self.startDrag(Qt.DropAction.MoveAction)
        elif self._pull is not None:
            inside = self.viewport().rect().contains(point)
            if inside == self._beyond.isActive():
                (self._beyond.stop if inside else self._beyond.start)()
            self._pull_to(point)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pull is _Pull.MOVE and event.button() == Qt.MouseButton.LeftButton:
            self._start(self.indexAt(self._pressed_at))
        self._pull = None
        self._others = QItemSelection()
        self._beyond.stop()
        super().mouseReleaseEvent(event)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        """Take the selected rows along under a small label; where they would come, a line goes across the table."""
        rows = self.selected_rows()
        drag = QDrag(self)
        drag.setMimeData(self.rows.mimeData([self.rows.index(row, self._numbers) for row in rows]))
        drag.setPixmap(_label(_("Move {count} rows").format(count=len(rows)), self))
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectRows)  # here Qt looks how long the line is
        drag.exec(supportedActions)
        self.setSelectionBehavior(behaviour.SelectItems)

    def _pull_to(self, point: QPoint) -> None:
        room = self.viewport().rect()
        x, y = (
            min(max(point.x(), room.left()), room.right()),
            min(max(point.y(), room.top()), room.bottom()),
        )
        row, column = self.rowAt(y), self.columnAt(x)
        last = self.rows.rowCount() - 1
        at = self.columns()[-1] if column < 0 else column
        self.extend(self.rows.index(last if row < 0 else row, at), rows=self._pull is _Pull.ROWS)

    def _pull_on(self) -> None:
        """The mouse is held still beyond the edge: the table moves on below it."""
        point = self.viewport().mapFromGlobal(QCursor.pos())
        bar, room = self.verticalScrollBar(), self.viewport().rect()
        beyond = max(point.y() - room.bottom(), 0) + min(point.y() - room.top(), 0)
        bar.setValue(bar.value() + beyond)
        self._pull_to(point)

    def _show_what_a_pull_does(self, index: QModelIndex) -> None:
        moves = self.dragEnabled() and self._is_selected(index) and index.column() == self._numbers
        if moves and self.whole_rows:
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.viewport().unsetCursor()


def _label(text: str, owner: QWidget) -> QPixmap:
    label = QLabel(text)
    label.setFont(owner.font())
    label.setStyleSheet(f"background: {theme.ACCENT}; color: white; padding: {PADDING}px;")
    label.adjustSize()
    return label.grab()
