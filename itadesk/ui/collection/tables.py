"""Tables of the district's window: sorted by a click on a head, with icons and quiet rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QKeyEvent, QMouseEvent, QPainter, QPalette
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from itadesk.ui.delegates import TextDelegate
from itadesk.ui.rows_model import Column, Identified, RowsModel
from itadesk.ui.rows_table import ENTER, PADDING, RowsTable, line_height, plain_modifiers

_Index = QModelIndex | QPersistentModelIndex
_ICON = 16

T = TypeVar("T", bound=Identified)

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop

Colour = Callable[[Any, str], str]
"""The colour of a row's text in a column, "" for the usual one."""
Icon = Callable[[Any, str], QIcon | None]


class SignDelegate(TextDelegate):
    """Text in its colour, behind its icon."""

    def __init__(self, table: RowsTable, colour: Colour, icon: Icon | None = None) -> None:
        super().__init__(table)
        self._colour = colour
        self._icon = icon

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return super().sizeHint(self._beside_icon(option, index), index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row, name = self._cell(index)
        if colour := self._colour(row, name):
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, QColor(colour))
        icon = self._icon(row, name) if self._icon else None
        if icon is not None:
            height = line_height(self._table)
            top = option.rect.top() + PADDING + (height - _ICON) // 2
            icon.paint(painter, QRect(option.rect.left() + PADDING, top, _ICON, _ICON))
        super().paint(painter, self._beside_icon(option, index), index)

    def _cell(self, index: _Index) -> tuple[Any, str]:
        rows = self._table.rows
        return rows.row(index), rows.columns[index.column()].name

    def _beside_icon(self, option: QStyleOptionViewItem, index: _Index) -> QStyleOptionViewItem:
        if self._icon is None or self._icon(*self._cell(index)) is None:
            return option
        beside = QStyleOptionViewItem(option)
        beside.rect = option.rect.adjusted(_ICON + PADDING, 0, 0, 0)
        return beside


class SortedTable(RowsTable, Generic[T]):
    """Rows to look at. A click on a head sorts by it, a second one the other way, a third back to their own order.

    `keys`: what rows are compared by in a column; None comes last both ways. `opened(row)`: double click or Enter.
    """

    opened = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[T]],
        keys: Mapping[str, Callable[[T], Any]],
        widths: Mapping[str, int],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        self.model_rows: RowsModel[T] = RowsModel(columns)
        super().__init__(self.model_rows, parent)
        self.model_rows.setParent(self)
        self._keys = keys
        self._own: list[T] = []
        self._by: tuple[int, Qt.SortOrder] | None = None
        self.setAccessibleName(name)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(TextDelegate(self))
        self.set_lines(3)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._sort_by)
        font = QFont(head.font())
        font.setBold(True)
        head.setFont(font)
        for at, column in enumerate(columns):
            if width := widths.get(column.name):
                self.setColumnWidth(at, width)
            else:
                head.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    @property
    def shown(self) -> Sequence[T]:
        """The rows in the order they are seen."""
        return self.model_rows.rows

    @property
    def current(self) -> T | None:
        index = self.currentIndex()
        return self.model_rows.row(index) if index.isValid() else None

    def fill(self, rows: Iterable[T]) -> None:
        """Show these rows, sorted as the ones before."""
        self._own = list(rows)
        self._arrange()

    def two_line_head(self) -> None:
        """Heads of two lines each."""
        self.horizontalHeader().setFixedHeight(2 * line_height(self) + 2 * PADDING)

    def sort_by_current(self) -> None:
        """As a click on the head of the current column."""
        self._sort_by(max(self.currentIndex().column(), 0))

    def _sort_by(self, section: int) -> None:
        if self.model_rows.columns[section].name not in self._keys:
            return
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        at, order = self._by or (-1, down)
        if at != section:
            self._by = section, up
        else:
            self._by = (section, down) if order == up else None
        head = self.horizontalHeader()
        head.setSortIndicatorShown(self._by is not None)
        if self._by is not None:
            head.setSortIndicator(*self._by)
        self._arrange()

    def _arrange(self) -> None:
        rows = self._own
        if self._by is not None:
            section, order = self._by
            key = self._keys[self.model_rows.columns[section].name]
            keys = [key(row) for row in rows]
            told = sorted(
                (at for at, value in enumerate(keys) if value is not None),
                key=keys.__getitem__,
                reverse=order == Qt.SortOrder.DescendingOrder,
            )
            rows = [rows[at] for at in told] + [
                row for row, value in zip(rows, keys, strict=True) if value is None
            ]
        self.model_rows.set_rows(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = plain_modifiers(event) == Qt.KeyboardModifier.NoModifier
        if event.key() in ENTER and plain and self.current is not None:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.model_rows.row(index))
