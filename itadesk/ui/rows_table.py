"""The table view of rows: wrapped text, rows as high as their text, Enter down and Tab right as in a spreadsheet."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDropEvent,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from itadesk.ui.rows_model import Identified, RowsModel, dragged_ids, runs

if TYPE_CHECKING:
    from itadesk.ui.delegates import TextDelegate

LINES = 9
"""A row grows to at most so many lines, unless told; the form shows the rest."""
SELECTION_FILL = "#d6e6f7"
PADDING = 4
"""Blank pixels between a cell's border and its text."""

_Hint = QAbstractItemDelegate.EndEditHint
_Move = QAbstractItemView.CursorAction
_Trigger = QAbstractItemView.EditTrigger
_Selection = QItemSelectionModel.SelectionFlag
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
DOWN = _Hint.SubmitModelCache
"""What a delegate says when Enter ended an edit; Qt's own models know no such hint, ours has no cache."""


def plain_modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    """Shift, Ctrl and Alt; where on the keyboard the key is does not matter."""
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def line_height(widget: QWidget) -> int:
    """Whole pixels of a line of text as Qt lays it out; fontMetrics() rounds down."""
    return math.ceil(QFontMetricsF(widget.font()).lineSpacing())


class RowsTable(QTableView):
    """Shows a RowsModel; rows are selected whole, one cell is current.

    `dropped(ids, position)`: rows were dragged before the row at `position` of this table; `row_wanted()`: Ctrl+Enter.
    """

    dropped = Signal(list, int)
    row_wanted = Signal()

    def __init__(self, model: RowsModel[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: dict[str, tuple[Identified, int]] = {}
        self._lines = LINES
        self.verticalHeader().setMinimumSectionSize(
            1
        )  # first: a row that keeps another height is fitted for ever
        self._fix_heights()
        self._calm_colours()
        self.overtyping = False
        """While an editor opens: a letter was typed on the cell, which replaces its text."""
        self.rows = model
        self.setModel(model)
        self._kept: tuple[list[str], str | None, int] = [], None, 0
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._put_back)
        model.rowsRemoved.connect(self._select_something)
        self._on_enter: Mapping[Qt.KeyboardModifier, Callable[[], object]] = {
            Qt.KeyboardModifier.NoModifier: lambda: self.step(1),
            Qt.KeyboardModifier.ShiftModifier: lambda: self.step(-1),
            Qt.KeyboardModifier.ControlModifier: self.row_wanted.emit,
        }
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(_Trigger.DoubleClicked | _Trigger.EditKeyPressed | _Trigger.AnyKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().sectionResized.connect(self._heights.clear)
        self.setDragDropOverwriteMode(False)
        self.setAlternatingRowColors(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)

    def setHorizontalHeader(self, header: QHeaderView) -> None:
        """Rows are measured anew when columns get another width."""
        super().setHorizontalHeader(header)
        header.sectionResized.connect(self._heights.clear)

    def set_lines(self, lines: int) -> None:
        """Let a row grow to at most so many lines."""
        self._lines = lines
        self._fix_heights()

    def selected_ids(self) -> list[str]:
        """Ids of the selected rows, in the order they are shown."""
        return [self.rows.rows[at].id for at in sorted(index.row() for index in self._selected())]

    def current_id(self) -> str | None:
        index = self.currentIndex()
        return self.rows.row(index).id if index.isValid() else None

    def select(self, ids: Iterable[str], column: int | None = None) -> None:
        """Select these rows and no others; the first becomes current, in the current column unless told."""
        positions = sorted(at for row_id in ids if (at := self.rows.position(row_id)) is not None)
        if not positions:
            self.clearSelection()
            return
        selection = QItemSelection()
        for first, last in runs(positions):
            selection.select(self.rows.index(first, 0), self.rows.index(last, len(self.rows.columns) - 1))
        at_column = max(self.currentIndex().column(), 0) if column is None else column
        current = self.rows.index(positions[0], at_column)
        self.selectionModel().setCurrentIndex(current, _Selection.NoUpdate)
        self.selectionModel().select(selection, _Selection.ClearAndSelect)
        self.scrollTo(current)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """What is done concerns the current row: keys that go to a row select it, and one row stays selected.

        Qt itself would let Ctrl with the arrows, Home and End go on without the selection.
        """
        command = super().selectionCommand(index, event)
        if isinstance(event, QKeyEvent) and command == _Selection.NoUpdate:
            return _Selection.ClearAndSelect | _Selection.Rows
        toggles = bool(command & _Selection.Toggle)
        takes_last = toggles and [row.row() for row in self._selected()] == [index.row()]
        return command if index.isValid() and not takes_last else _Selection.NoUpdate

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """A current row that is selected no longer gives way to the nearest that is."""
        super().selectionChanged(selected, deselected)
        current, selection = self.currentIndex(), self.selectionModel()
        if current.isValid() and selection.hasSelection() and not selection.isSelected(current):
            selection.setCurrentIndex(self._nearest_selected(current), _Selection.NoUpdate)

    def _nearest_selected(self, current: QModelIndex) -> QModelIndex:
        nearest = min(self._selected(), key=lambda row: abs(row.row() - current.row()))
        return nearest.siblingAtColumn(current.column())

    def go_to(self, row_id: str, column: int | None = None) -> None:
        """Make a cell current, in the current column unless told, and select what is selected by a click on it."""
        self.select([row_id], column)

    def _keep(self) -> None:
        self._kept = self.selected_ids(), self.current_id(), max(self.currentIndex().column(), 0)

    def _select_something(self) -> None:
        """When all selected rows went, as by an undo, what is done next concerns the row that is current now."""
        current = self.currentIndex()
        if current.isValid() and not self.selectionModel().hasSelection():
            self.selectionModel().select(current, self.selectionCommand(current))

    def _put_back(self) -> None:
        """After all rows were replaced at once: the selection, and the current cell where its row is still there."""
        ids, current, column = self._kept
        self.select(ids)
        if current is not None and (at := self.rows.position(current)) is not None:
            self.selectionModel().setCurrentIndex(self.rows.index(at, column), _Selection.NoUpdate)
            self.scrollTo(self.currentIndex())

    def edit_cell(self, row_id: str, column: int) -> None:
        """Make a cell current and open its editor."""
        self.go_to(row_id, column)
        self.setFocus()
        self.edit(self.currentIndex())

    def commit(self) -> None:
        """Store and close an open editor; a text that is refused stays open."""
        index = self.currentIndex()
        if (editor := self.indexWidget(index)) is not None:
            cast("TextDelegate", self.itemDelegateForIndex(index)).finish(editor, _Hint.NoHint)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, _Hint.NoHint)
        if hint == DOWN:
            self.step(1)
        elif hint in (_Hint.EditNextItem, _Hint.EditPreviousItem):
            self._to_next_editable(_Move.MoveNext if hint == _Hint.EditNextItem else _Move.MovePrevious)

    def step(self, rows: int) -> None:
        """Make the cell so many rows further down current; nothing happens beyond the first and last."""
        index = self.currentIndex()
        if 0 <= index.row() + rows < self.rows.rowCount():
            self.setCurrentIndex(index.siblingAtRow(index.row() + rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and (act := self._on_enter.get(plain_modifiers(event))) is not None:
            act()
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
            return
        self.overtyping = event.key() != Qt.Key.Key_F2
        super().keyPressEvent(event)
        self.overtyping = False

    def copied(self) -> str:
        """What Ctrl+C takes: the current cell's whole text, or several selected rows as a spreadsheet pastes them."""
        selected = sorted(index.row() for index in self._selected())
        if len(selected) < 2:
            return self.currentIndex().data(Qt.ItemDataRole.EditRole) or ""
        from itadesk.exchange import clipboard_out

        columns = range(len(self.rows.columns))
        return clipboard_out.tabbed(
            [[self.rows.index(row, at).data(Qt.ItemDataRole.EditRole) for at in columns] for row in selected]
        )

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.overtyping = True
        super().inputMethodEvent(event)
        self.overtyping = False

    def dropEvent(self, event: QDropEvent) -> None:
        ids = dragged_ids(event.mimeData())
        if not ids:
            event.ignore()
            return
        point = event.position().toPoint()
        index = self.indexAt(point)
        below = index.isValid() and point.y() > self.visualRect(index).center().y()
        event.acceptProposedAction()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()
        self.dropped.emit(ids, index.row() + below if index.isValid() else self.rows.rowCount())

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        # Rows that come into view get their height only now, which may push the wanted one out again.
        super().scrollTo(index, hint)
        while self._fit_rows():
            self.updateGeometries()
            super().scrollTo(index, hint)

    def fit_numbers(self) -> None:
        """Make the column of row numbers as wide as the last of them."""
        digits = self.fontMetrics().horizontalAdvance("0" * max(len(str(self.rows.last_number)), 2))
        self.setColumnWidth(self.rows.column("number"), digits + 4 * PADDING)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._fit_rows()
        super().paintEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard finds a row to begin with."""
        nothing = not self.selectionModel().hasSelection() and not self.currentIndex().isValid()
        super().focusInEvent(event)
        if nothing and self.rows.rowCount() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.go_to(self.rows.rows[0].id)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fix_heights()

    def _selected(self) -> Sequence[QModelIndex]:
        return self.selectionModel().selectedRows()

    def _to_next_editable(self, move: QAbstractItemView.CursorAction) -> None:
        editable = Qt.ItemFlag.ItemIsEditable
        before = self.currentIndex()
        index = self.moveCursor(move, Qt.KeyboardModifier.NoModifier)
        while index != before and not index.flags() & editable:
            self.setCurrentIndex(index)
            before, index = index, self.moveCursor(move, Qt.KeyboardModifier.NoModifier)
        self.setCurrentIndex(index)

    def _fix_heights(self) -> None:
        line = line_height(self)
        self.font_key = self.font().toString()
        self._heights.clear()
        self.verticalHeader().setDefaultSectionSize(line + 2 * PADDING)
        self._highest = self._lines * line + 2 * PADDING

    def _calm_colours(self) -> None:
        """Selected rows on a pale ground: their text stays easy to read, and the current cell can have a frame."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Highlight, QColor(SELECTION_FILL))
        palette.setColor(QPalette.ColorRole.HighlightedText, palette.color(QPalette.ColorRole.Text))
        self.setPalette(palette)

    def _fit_rows(self) -> bool:
        """Give the rows in view, and no others, the height of their text: a table of thousands opens at once.

        Says whether any got another height.
        """
        row, bottom = max(self.rowAt(0), 0), self.viewport().height()
        count, fitted = self.rows.rowCount(), False
        while row < count and self.rowViewportPosition(row) < bottom:
            height = self._height(row)
            if height != self.rowHeight(row):
                self.setRowHeight(row, height)
                fitted = True
            row += 1
        return fitted

    def _height(self, row: int) -> int:
        """The height of a row's text; measured once for each state of the row and width of the columns."""
        shown = self.rows.rows[row]
        measured, height = self._heights.get(shown.id, (None, 0))
        if measured is not shown:
            height = min(self.sizeHintForRow(row), self._highest)
            self._heights[shown.id] = shown, height
        return height
