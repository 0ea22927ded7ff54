"""A table's rows as they are set, one at a time: cells in lines, merged cells, and what a page turn leaves of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from itadesk.documents.paper.columns import SIDE
from itadesk.documents.paper.page import TOGETHER, Sheet
from itadesk.documents.paper.text import LEADING, Line, Typesetter
from itadesk.documents.tree import Run, Table

ABOVE = 0.125
"""Between a cell's text and the rules above and below it, as a share of the nominal size."""
RULE = 0.5
"""Thickness of the rules in points."""


class Cell(NamedTuple):
    """A cell's text in lines, between two vertical rules."""

    left: float
    right: float
    lines: Sequence[Line]
    centred: bool
    again: Sequence[Line] = ()
    """The text of a merged cell, which stands again at the top of the next page."""

    def draw(self, lines: Sequence[Line], size: float, top: float, sheet: Sheet) -> None:
        """Draw some of its lines, the first below `top`."""
        if self.centred:
            draw_lines(lines, size, (self.left + self.right) / 2, top, sheet, centred=True)
        else:
            draw_lines(lines, size, self.left + SIDE * size, top, sheet)


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row, or what an earlier page left of it."""

    cells: Sequence[Cell]
    group: bool
    joined: Sequence[int] = ()
    """Columns where it is one cell with the row above."""

    @property
    def count(self) -> int:
        """Lines of its longest cell."""
        return max(max(len(cell.lines) for cell in self.cells), 1)

    @property
    def begin(self) -> int:
        """The least lines of its first part, which holds its merged texts whole."""
        least = max([TOGETHER, *(len(cell.lines) for cell in self.cells if cell.again)])
        return min(least, self.count)

    @property
    def end(self) -> int:
        """The most lines of its last part, when it is split as late as may be."""
        return max(2 * TOGETHER - 1, *(len(cell.again) for cell in self.cells))

    def after(self, lines: int) -> "SetRow | None":
        """What is left for the next page when so many lines are drawn; None when that was all."""
        if lines >= self.count:
            return None
        own = any(len(cell.lines) > lines for cell in self.cells if not cell.again)
        room = math.inf if own else self.count - lines  # merged texts alone would take turns for ever
        return SetRow([_after(cell, lines, room) for cell in self.cells], self.group)


def _after(cell: Cell, lines: int, room: float) -> Cell:
    """A cell on the page after so many lines of it; a merged text from its beginning, if that has room."""
    again = cell.again if len(cell.again) <= room else ()
    return cell._replace(lines=again or cell.lines[lines:])


class Rows:
    """Sets the rows of a table between the edges of its columns."""

    def __init__(
        self, table: Table, typesetter: Typesetter, size: float, edges: Sequence[float], repeated: int
    ) -> None:
        """`repeated`: the most lines of a merged cell that stand again at the top of a page."""
        self._rows = table.rows
        self._columns = list(zip(table.columns, edges[:-1], edges[1:], strict=True))
        self._merged = [at for at, column in enumerate(table.columns) if column.merged]
        self._type = typesetter
        self._size = size
        self._edges = edges
        self._repeated = repeated

    def row(self, at: int, *, top: bool) -> SetRow:
        """Row `at`, as it stands at the top of a page or below another one."""
        row = self._rows[at]
        if row.group:
            return self.group(row.cells[0])
        joined = [column for column in self._merged if self._is_joined(at, column)]
        cells = [
            Cell(left, right, self._lines(text, left, right), column.align == "center")
            for text, (column, left, right) in zip(row.cells, self._columns, strict=True)
        ]
        for column in self._merged:
            if row.cells[column].strip():
                cells[column] = self._merged_cell(cells[column], above=column in joined, top=top)
        return SetRow(cells, False, joined)

    def group(self, text: str) -> SetRow:
        """A group row: one text over all columns."""
        left, right = self._edges[0], self._edges[-1]
        return SetRow([Cell(left, right, self._lines(text, left, right, bold=True), False)], True)

    def _is_joined(self, at: int, column: int) -> bool:
        """Is the cell one with the cell above it?"""
        if not 0 < at < len(self._rows):
            return False
        row, above = self._rows[at], self._rows[at - 1]
        if row.group or above.group or row.starts:
            return False
        return row.cells[column] == above.cells[column] and bool(row.cells[column].strip())

    def _merged_cell(self, cell: Cell, *, above: bool, top: bool) -> Cell:
        """A part of a merged cell: its text where it begins, and at the top of a page unless it is very long."""
        again = cell.lines if len(cell.lines) <= self._repeated else ()
        return cell._replace(lines=(again if top else ()) if above else cell.lines, again=again)

    def _lines(self, text: str, left: float, right: float, *, bold: bool = False) -> list[Line]:
        return self._type.lines((Run(text, bold),), self._size, right - left - 2 * SIDE * self._size)


def draw_lines(
    lines: Sequence[Line], size: float, x: float, top: float, sheet: Sheet, *, centred: bool = False
) -> None:
    """Lines below each other from `x` on, or with their middle at it."""
    baseline = top - sheet.type.baseline(size)
    for line in lines:
        sheet.text(line, size, x - line.width / 2 if centred else x, baseline)
        baseline -= size * LEADING
