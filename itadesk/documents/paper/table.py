"""A table over the whole text width that may run over thousands of pages: its head on each, rows split between lines.

Rows are set when they are reached and forgotten when they are drawn, so time grows with the rows and memory with the
pages. Fixed column widths are kept; the others are fitted to their content.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from itadesk.documents.paper.page import CM, TOGETHER, Sheet
from itadesk.documents.paper.text import LEADING, Line, Typesetter
from itadesk.documents.tree import HeadCell, Row, Run, Table

_SIDE, _ABOVE = 0.36, 0.125
"""Between a cell's text and the rules on its sides, and above and below it, as a share of the nominal size."""
_RULE = 0.5
_HEAD_GREY, _GROUP_GREY = 0.93, 0.96
_UNSPLIT = 10
"""A row of up to so many lines moves to the next page as a whole."""
_SAMPLE = 400
"""Rows looked at to fit the columns."""
_NARROWEST = 0.8
"""The least text width of a column as a share of the size: room for the widest cluster."""
_HEAD_SHARE = 0.5
"""Of a page's height that the head may take; a larger one is printed smaller."""


class _Cell(NamedTuple):
    """A cell's text in lines, between two vertical rules."""

    left: float
    right: float
    lines: list[Line]
    centred: bool


@dataclass(frozen=True, slots=True)
class _SetRow:
    cells: list[_Cell]
    count: int
    """Lines of its longest cell."""
    group: bool


class SetTable:
    """A table set for the width of a sheet."""

    keep_with_next = False

    def __init__(self, table: Table, sheet: Sheet) -> None:
        self._table = table
        self._type = sheet.type
        self._size = _fitting_size(table, sheet)
        self._leading = self._size * LEADING
        self._padding = 2 * _ABOVE * self._size
        widths = column_widths(table, sheet.type, self._size, sheet.width)
        self._edges = [sheet.left + sum(widths[:at]) for at in range(len(widths) + 1)]
        self._head = _Head(table, sheet, self._edges, self._size)
        self._rows_here = 0
        self._grid_top = 0.0

    def least(self, sheet: Sheet) -> float:
        return self._head.height + (self._least_from(0, sheet) if self._table.rows else 0)

    def place(self, sheet: Sheet) -> None:
        if not self._table.columns:
            return
        self._open(sheet)
        for at in range(len(self._table.rows)):
            if self._rows_here and self._least_from(at, sheet) > sheet.room:
                self._turn(sheet)
            self._place_row(self._row(self._table.rows[at]), sheet)
        self._close(sheet)

    # --- pages

    def _open(self, sheet: Sheet) -> None:
        """The head, on this page."""
        self._head.place(sheet)
        self._rows_here = 0
        self._grid_top = sheet.y

    def _turn(self, sheet: Sheet) -> None:
        self._close(sheet)
        sheet.next_page()
        self._open(sheet)

    def _close(self, sheet: Sheet) -> None:
        """Draw the vertical rules of the rows since the head or the last group row."""
        if self._grid_top > sheet.y:
            sheet.draw(_verticals(self._edges, self._grid_top, sheet.y))
        self._grid_top = sheet.y

    # --- rows

    def _row(self, row: Row) -> _SetRow:
        if row.group:
            cells = [self._cell(row.cells[0], 0, len(self._edges) - 1, bold=True, centred=False)]
        else:
            cells = [
                self._cell(text, at, at + 1, bold=False, centred=column.align == "center")
                for at, (text, column) in enumerate(zip(row.cells, self._table.columns, strict=True))
            ]
        return _SetRow(cells, max(len(cell.lines) for cell in cells), row.group)

    def _cell(self, text: str, first: int, after: int, *, bold: bool, centred: bool) -> _Cell:
        left, right = self._edges[first], self._edges[after]
        lines = self._type.lines((Run(text, bold),), self._size, right - left - 2 * _SIDE * self._size)
        return _Cell(left, right, lines, centred)

    def _least_from(self, at: int, sheet: Sheet) -> float:
        """Height that must be left for the row: a group row needs its next row's, too."""
        height = 0.0
        for row in self._table.rows[at : at + _UNSPLIT]:
            count = self._row(row).count
            whole = count if row.group or count <= _UNSPLIT else TOGETHER
            height += whole * self._leading + self._padding
            if not row.group:
                break
        return min(height, sheet.page_room - self._head.height)

    def _place_row(self, row: _SetRow, sheet: Sheet) -> None:
        done = 0
        while done < row.count:
            left = row.count - done
            count = sheet.fitting(left, self._leading, fresh=not self._rows_here, padding=self._padding)
            if count:
                self._draw(row, done, done + count, sheet)
            done += count
            if done < row.count:
                self._turn(sheet)

    def _draw(self, row: _SetRow, first: int, after: int, sheet: Sheet) -> None:
        """Lines `first` to `after` of a row, with the rule below them."""
        if row.group:
            self._close(sheet)
        height = (after - first) * self._leading + self._padding
        top = sheet.take(height)
        left, right = self._edges[0], self._edges[-1]
        if row.group:
            sheet.draw(_shade(left, top - height, right - left, height, _GROUP_GREY))
            sheet.draw(_verticals([left, right], top, top - height))
            self._grid_top = top - height
        for cell in row.cells:
            _draw_lines(cell, cell.lines[first:after], self._size, top - self._padding / 2, sheet)
        sheet.draw(f"{_RULE} w {left:.2f} {top - height:.2f} m {right:.2f} {top - height:.2f} l S")
        self._rows_here += 1


class _Head:
    """The head's cells, set once and drawn on every page; printed smaller rather than fill a page."""

    def __init__(self, table: Table, sheet: Sheet, edges: list[float], size: float) -> None:
        self._edges = edges
        self._places = _places(table)
        self._size = size
        self._set(sheet.type)
        while self.height > sheet.page_room * _HEAD_SHARE:
            self._size *= 0.8
            self._set(sheet.type)

    def _set(self, typesetter: Typesetter) -> None:
        leading, padding = self._size * LEADING, 2 * _ABOVE * self._size
        self._cells: list[tuple[int, int, _Cell]] = []
        for row, column, head in self._places:
            left, right = self._edges[column], self._edges[column + head.columns]
            lines = typesetter.lines(
                (Run(head.text, True),), self._size, right - left - 2 * _SIDE * self._size
            )
            self._cells.append((row, row + head.rows, _Cell(left, right, lines, True)))
        self._heights = _row_heights(
            [(a, b, len(cell.lines) * leading + padding) for a, b, cell in self._cells]
        )
        self.height = sum(self._heights)

    def place(self, sheet: Sheet) -> None:
        """Draw the head at the cursor."""
        top = sheet.take(self.height)
        leading = self._size * LEADING
        for first, after, cell in self._cells:
            upper = top - sum(self._heights[:first])
            height = sum(self._heights[first:after])
            box = f"{cell.left:.2f} {upper - height:.2f} {cell.right - cell.left:.2f} {height:.2f} re"
            sheet.draw(f"q {_HEAD_GREY} g {_RULE} w {box} B Q")
            slack = height - len(cell.lines) * leading
            _draw_lines(cell, cell.lines, self._size, upper - slack / 2, sheet)


def column_widths(table: Table, typesetter: Typesetter, size: float, total: float) -> list[float]:
    """Widths in points that add up to `total`: fixed ones kept while there is room, the rest by content.

    A fitted column is as wide as its longest word at least (an equal share of the room at most), and gets of the rest
    what its amount of text asks for, up to its longest paragraph on one line.
    """
    narrowest = _narrowest(size)
    fixed = {
        at: max(column.width * CM, narrowest)
        for at, column in enumerate(table.columns)
        if column.width is not None
    }
    fitted = [at for at in range(len(table.columns)) if at not in fixed]
    given, room = sum(fixed.values()), total - len(fitted) * narrowest
    if given > room or not fitted:
        fixed = {at: width * room / given for at, width in fixed.items()}
    free = total - sum(fixed.values())
    widths = fixed | (_fitted_widths(table, typesetter, size, fitted, free) if fitted else {})
    return [widths[at] for at in range(len(table.columns))]


def _fitted_widths(
    table: Table, typesetter: Typesetter, size: float, fitted: list[int], free: float
) -> dict[int, float]:
    demands = {at: _demand(table, typesetter, size, at) for at in fitted}
    share = free / len(fitted)
    widths = {at: min(word, share) for at, (word, _, _) in demands.items()}
    growing = {at for at in fitted if demands[at].paragraph > widths[at]}
    while growing and (rest := free - sum(widths.values())) > 1e-6:
        weight = sum(demands[at].text for at in growing)
        gains = {at: rest * demands[at].text / weight for at in growing}
        full = {at for at in growing if widths[at] + gains[at] >= demands[at].paragraph}
        if not full:
            return {at: widths[at] + gains.get(at, 0) for at in fitted}
        widths |= {at: demands[at].paragraph for at in full}
        growing -= full
    scale = free / sum(widths.values())
    return {at: width * scale for at, width in widths.items()}


class _Demand(NamedTuple):
    """What a column asks for: width of its longest word and longest paragraph, and a measure of all its text."""

    word: float
    paragraph: float
    text: float


def _demand(table: Table, typesetter: Typesetter, size: float, column: int) -> _Demand:
    rows = [row for row in table.rows if not row.group]
    texts = [row.cells[column] for row in rows[:: max(1, len(rows) // _SAMPLE)]]
    measured = [typesetter.natural((Run(text),), size) for text in texts if text]
    heads = [
        typesetter.natural((Run(head.text, True),), size)[0]
        for _, at, head in _places(table)
        if at == column and head.columns == 1
    ]
    margin = 2 * _SIDE * size + 1
    word = max([width for width, _ in measured] + heads, default=0) + margin
    paragraph = max((width for _, width in measured), default=0) + margin
    return _Demand(word, max(word, paragraph), sum(width for _, width in measured) ** 0.75 + 1)


def _fitting_size(table: Table, sheet: Sheet) -> float:
    """The table's type size, smaller when there are more columns than have room."""
    needed = len(table.columns) * _narrowest(table.size)
    return table.size * min(1, sheet.width / needed) if needed else table.size


def _narrowest(size: float) -> float:
    return (_NARROWEST + 2 * _SIDE) * size


def _places(table: Table) -> list[tuple[int, int, HeadCell]]:
    """(row, column, cell) of each head cell: spans of earlier rows push the cells of later ones to the right."""
    taken: set[tuple[int, int]] = set()
    places: list[tuple[int, int, HeadCell]] = []
    for row, cells in enumerate(table.head):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            places.append((row, column, cell))
            taken |= {
                (row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)
            }
    return places


def _row_heights(needs: Sequence[tuple[int, int, float]]) -> list[float]:
    """Heights of the head's rows from (first row, row after, height) of its cells; a span's lack goes to its last."""
    heights = [0.0] * max((after for _, after, _ in needs), default=0)
    for first, after, height in sorted(needs, key=lambda need: need[1] - need[0]):
        lack = height - sum(heights[first:after])
        heights[after - 1] += max(lack, 0)
    return heights


def _draw_lines(cell: _Cell, lines: list[Line], size: float, top: float, sheet: Sheet) -> None:
    baseline = top - sheet.type.baseline(size)
    for line in lines:
        x = (cell.left + cell.right - line.width) / 2 if cell.centred else cell.left + _SIDE * size
        sheet.text(line, size, x, baseline)
        baseline -= size * LEADING


def _verticals(edges: Sequence[float], top: float, bottom: float) -> str:
    lines = (f"{x:.2f} {top:.2f} m {x:.2f} {bottom:.2f} l" for x in edges)
    return f"{_RULE} w {' '.join(lines)} S"


def _shade(x: float, y: float, width: float, height: float, grey: float) -> str:
    return f"q {grey} g {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f Q"
