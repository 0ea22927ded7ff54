"""A table whose cells, or whole rows, are selected as in a spreadsheet: what is selected, and the keys that select."""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from itadesk.ui import cell_walk
from itadesk.ui.rows_model import RowsModel, runs
from itadesk.ui.rows_table import RowsTable, plain_modifiers

_Index = QModelIndex | QPersistentModelIndex
_Selection = QItemSelectionModel.SelectionFlag
_Shift, _Control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class CellSelection(RowsTable):
    """The column of row numbers has no cells: it belongs to rows that are selected whole.

    The current cell stays where a block began, and typing goes into it.
    """

    def __init__(self, model: RowsModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self._numbers = model.column("number")
        self._far = QPersistentModelIndex()
        self._others = QItemSelection()
        self._kept_whole = False

    # What is selected

    @property
    def whole_rows(self) -> bool:
        """Whether rows are selected whole, and nothing but whole rows."""
        ranges = self._ranges()
        return bool(ranges) and all(left == self._numbers for _top, _bottom, left, _right in ranges)

    def columns(self) -> list[int]:
        """The columns with cells that are shown, from left to right."""
        head = self.horizontalHeader()
        shown = (head.logicalIndex(at) for at in range(head.count()))
        return [at for at in shown if at != self._numbers and not self.isColumnHidden(at)]

    def selected_rows(self) -> list[int]:
        """The rows that the selection touches."""
        rows = {row for top, bottom, _left, _right in self._ranges() for row in range(top, bottom + 1)}
        return sorted(rows)

    def selected_columns(self) -> list[int]:
        """The shown columns that the selection touches, from left to right."""
        touched = {at for _t, _b, left, right in self._ranges() for at in range(left, right + 1)}
        return [at for at in self.columns() if at in touched]

    def selected_cells(self) -> set[tuple[int, int]]:
        """Row and column of every shown cell that is selected."""
        shown = set(self.columns())
        return {
            (row, at)
            for top, bottom, left, right in self._ranges()
            for row in range(top, bottom + 1)
            for at in range(left, right + 1)
            if at in shown
        }

    def selected_ids(self) -> list[str]:
        """Ids of the rows that the selection touches, in the order they are shown."""
        return [self.rows.rows[at].id for at in self.selected_rows()]

    def _ranges(self) -> list[tuple[int, int, int, int]]:
        """Top, bottom, left and right of what is selected."""
        selection = self.selectionModel().selection()
        areas = [selection.at(number) for number in range(selection.size())]
        return [(area.top(), area.bottom(), area.left(), area.right()) for area in areas]

    # Selecting

    def go_to(self, row_id: str, column: int | None = None) -> None:
        at = self.rows.position(row_id)
        if at is not None:
            self.setCurrentIndex(self.rows.index(at, self._cell_column(column)))

    def select(self, ids: Iterable[str], column: int | None = None) -> None:
        super().select(ids, self._cell_column(column))

    def stay_in_sight(self) -> None:
        """Leave a column that was hidden."""
        here = self.currentIndex()
        if here.isValid() and here.column() not in self.columns():
            self.setCurrentIndex(here.siblingAtColumn(self._cell_column(None)))

    def select_cells(self, cells: Sequence[tuple[int, int]]) -> None:
        """Select these cells, given by row and column, and no others; the first becomes current."""
        selection = QItemSelection()
        by_column: dict[int, list[int]] = {}
        for row, column in cells:
            by_column.setdefault(column, []).append(row)
        for column, rows in by_column.items():
            for first, last in runs(sorted(rows)):
                selection.select(self.rows.index(first, column), self.rows.index(last, column))
        if cells:
            self.selectionModel().setCurrentIndex(self.rows.index(*cells[0]), _Selection.NoUpdate)
            self.selectionModel().select(selection, _Selection.ClearAndSelect)
            self.scrollTo(self.currentIndex())

    def selectAll(self) -> None:
        """All cells; the measures themselves are not meant."""
        self._select_block(0, self.rows.rowCount() - 1, self.columns())

    def select_rows(self) -> None:
        """Whole rows instead of the cells that are selected."""
        self.selectionModel().select(self._whole(self.selected_rows()), _Selection.ClearAndSelect)

    def select_columns(self) -> None:
        """All cells of the columns that are selected."""
        self._select_block(0, self.rows.rowCount() - 1, self.selected_columns())

    def extend(self, to: _Index, *, rows: bool) -> None:
        """Select from the current cell to this one, or the rows from one to the other."""
        here = self.currentIndex()
        if not here.isValid() or not to.isValid():
            return
        self._far = QPersistentModelIndex(to)
        first, last = sorted((here.row(), to.row()))
        if rows:
            self._select(self._whole(range(first, last + 1)))
            return
        columns = self.columns()
        ends = sorted(columns.index(at) for at in map(self._cell_column, (here.column(), to.column())))
        self._select_block(first, last, columns[ends[0] : ends[1] + 1])

    def _select_block(self, first: int, last: int, columns: Sequence[int]) -> None:
        selection = QItemSelection()
        if first <= last:
            for left, right in runs(sorted(columns)):
                selection.select(self.rows.index(first, left), self.rows.index(last, right))
        self._select(selection)

    def _select(self, selection: QItemSelection) -> None:
        whole = QItemSelection(self._others)
        whole.merge(selection, _Selection.Select)
        self.selectionModel().select(whole, _Selection.ClearAndSelect)

    def _whole(self, rows: Sequence[int]) -> QItemSelection:
        selection = QItemSelection()
        for first, last in runs(rows):
            selection.select(self.rows.index(first, 0), self.rows.index(last, len(self.rows.columns) - 1))
        return selection

    def _cell_column(self, column: int | None) -> int:
        """A column with cells: the one asked for, else the current one, else the first."""
        columns = self.columns()
        wanted = self.currentIndex().column() if column is None else column
        return wanted if wanted in columns else columns[0]

    def selectionCommand(
        self, index: _Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """A cell that becomes current is selected alone; what the mouse selects is found out here, not by Qt."""
        if isinstance(event, QMouseEvent) or not index.isValid():
            return _Selection.NoUpdate
        return _Selection.ClearAndSelect

    def _nearest_selected(self, current: QModelIndex) -> QModelIndex:
        selection = self.selectionModel()
        row = min(self.selected_rows(), key=lambda at: abs(at - current.row()))
        across = [at for at in self.columns() if selection.isSelected(self.rows.index(row, at))]
        column = current.column() if current.column() in across or not across else across[0]
        return self.rows.index(row, column)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)  # type: ignore[arg-type]
        self._far = QPersistentModelIndex(current)

    def _keep(self) -> None:
        super()._keep()
        self._kept_whole = self.whole_rows

    def _put_back(self) -> None:
        ids, current, column = self._kept
        if self._kept_whole:
            super()._put_back()
        elif (wanted := current or next(iter(ids), None)) is not None:
            self.go_to(wanted, column)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = plain_modifiers(event)
        if event.key() == Qt.Key.Key_Tab and modifiers == Qt.KeyboardModifier.NoModifier:
            self._step_aside(1)
        elif event.key() == Qt.Key.Key_Backtab:
            self._step_aside(-1)
        elif not modifiers & ~(_Shift | _Control) and self._walk(event.key(), modifiers):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _walk(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Go where a key leads, or with Shift extend the block up to there; False when it leads nowhere."""
        start = self._far if modifiers & _Shift and self._far.isValid() else self.currentIndex()
        if not start.isValid():
            return False
        to = cell_walk.goal(self, start, Qt.Key(key), far=bool(modifiers & _Control))
        if to is None:
            return False
        self._others = QItemSelection()
        if modifiers & _Shift:
            self.extend(to, rows=self.whole_rows)
            self.scrollTo(to)
        else:
            self.setCurrentIndex(to)
        return True

    def step(self, rows: int) -> None:
        """Down or up; inside a block from cell to cell, column by column, and the block stays."""
        block = self._inside_block()
        if block is None:
            super().step(rows)
        else:
            self._step_inside([(row, at) for at in self.selected_columns() for row in block], rows)

    def _step_aside(self, cells: int) -> None:
        """Right or left, then to the next row; inside a block the block stays."""
        block, columns = self._inside_block(), self.columns()
        if block is not None:
            self._step_inside([(row, at) for row in block for at in self.selected_columns()], cells)
            return
        here = self.currentIndex()
        if here.isValid():
            at = here.row() * len(columns) + columns.index(self._cell_column(here.column())) + cells
            if 0 <= at < len(columns) * self.rows.rowCount():
                self.setCurrentIndex(self.rows.index(at // len(columns), columns[at % len(columns)]))

    def _inside_block(self) -> list[int] | None:
        """The rows of the block of several cells that the current one is in."""
        several = len(self.selected_rows()) > 1 or len(self.selected_columns()) > 1
        inside = self.selectionModel().isSelected(self.currentIndex())
        return self.selected_rows() if several and inside and not self.whole_rows else None

    def _step_inside(self, cells: Sequence[tuple[int, int]], step: int) -> None:
        here = (self.currentIndex().row(), self.currentIndex().column())
        at = cells.index(here) if here in cells else 0
        to = self.rows.index(*cells[(at + step) % len(cells)])
        self.selectionModel().setCurrentIndex(to, _Selection.NoUpdate)
        self.scrollTo(to)

    def _to_next_editable(self, move: QAbstractItemView.CursorAction) -> None:
        self._step_aside(1 if move == QAbstractItemView.CursorAction.MoveNext else -1)

    def _is_selected(self, index: QModelIndex) -> bool:
        return self.selectionModel().isSelected(index)
