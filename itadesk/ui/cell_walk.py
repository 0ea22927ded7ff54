"""Where the keys of a spreadsheet lead from a cell: arrows, Home, End, page keys, and Ctrl with them."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from itadesk.ui.cell_selection import CellSelection

_Index = QModelIndex | QPersistentModelIndex
_Key = Qt.Key

_STEPS: Mapping[Qt.Key, tuple[int, int]] = {
    _Key.Key_Up: (-1, 0),
    _Key.Key_Down: (1, 0),
    _Key.Key_Left: (0, -1),
    _Key.Key_Right: (0, 1),
}
"""Rows down and columns right."""


def goal(table: "CellSelection", start: _Index, key: Qt.Key, *, far: bool) -> QModelIndex | None:
    """The cell that a key leads to from `start`, `far` with Ctrl; None for a key that does not lead anywhere."""
    columns, last = table.columns(), table.rows.rowCount() - 1
    row, at = start.row(), columns.index(start.column()) if start.column() in columns else 0
    if key in _STEPS:
        down, right = _STEPS[key]
        step = _edge if far else _next
        row = step(row, down, last, lambda other: _filled(table, other, columns[at]))
        at = step(at, right, len(columns) - 1, lambda other: _filled(table, start.row(), columns[other]))
    elif key == _Key.Key_Home:
        row, at = 0 if far else row, 0
    elif key == _Key.Key_End:
        row, at = last if far else row, len(columns) - 1
    elif key in (_Key.Key_PageUp, _Key.Key_PageDown) and not far:
        row = _page(table, row, 1 if key == _Key.Key_PageDown else -1, last)
    else:
        return None
    return table.rows.index(row, columns[at])


def _next(at: int, step: int, last: int, _is_filled: Callable[[int], bool]) -> int:
    return min(max(at + step, 0), last)


def _edge(at: int, step: int, last: int, is_filled: Callable[[int], bool]) -> int:
    """The end of the filled cells that this one is in, else the next filled one, else the end of the table."""
    if not step:
        return at
    way: Sequence[int] = range(at + step, last + 1 if step > 0 else -1, step)
    if not way:
        return at
    if is_filled(at) and is_filled(way[0]):
        empty = next((other for other in way if not is_filled(other)), None)
        return way[-1] if empty is None else empty - step
    return next((other for other in way if is_filled(other)), way[-1])


def _filled(table: "CellSelection", row: int, column: int) -> bool:
    return bool(table.rows.index(row, column).data(Qt.ItemDataRole.EditRole))


def _page(table: "CellSelection", row: int, pages: int, last: int) -> int:
    """The row a page further; rows out of sight count as high as they are known to be."""
    room = table.viewport().height()
    to = table.rowAt(table.rowViewportPosition(row) + pages * room)
    if to < 0:
        return last if pages > 0 else 0
    return to if to != row else min(max(row + pages, 0), last)
