"""What stands above a table's rows on every page: its caption and its head, set once."""

from collections.abc import Sequence

from itadesk.documents.paper.columns import SIDE, head_places
from itadesk.documents.paper.page import Sheet
from itadesk.documents.paper.table_rows import ABOVE, RULE, Cell, draw_lines
from itadesk.documents.paper.text import LEADING, Line, Typesetter
from itadesk.documents.tree import Run, Table

_GREY = 0.93
_SHARE = 0.5
"""Of a page's height that it may take; a larger one is printed smaller."""


class TableHead:
    """The caption over the whole width and the head's cells, `height` points high."""

    def __init__(self, table: Table, sheet: Sheet, edges: Sequence[float], size: float) -> None:
        self._caption = table.caption
        self._places = head_places(table)
        self._edges = edges
        self._size = size
        self._set(sheet.type)
        while self.height > sheet.page_room * _SHARE:
            self._size *= 0.8
            self._set(sheet.type)

    def _set(self, typesetter: Typesetter) -> None:
        leading, padding = self._size * LEADING, 2 * ABOVE * self._size
        self._cells: list[tuple[int, int, Cell]] = []
        for row, column, head in self._places:
            left, right = self._edges[column], self._edges[column + head.columns]
            lines = typesetter.lines(
                (Run(head.text, True),), self._size, right - left - 2 * SIDE * self._size
            )
            self._cells.append((row, row + head.rows, Cell(left, right, lines, True)))
        self._heights = _row_heights(
            [(a, b, len(cell.lines) * leading + padding) for a, b, cell in self._cells]
        )
        self._captions = self._caption_lines(typesetter)
        above = len(self._captions) * leading + padding if self._captions else 0
        self.height = above + sum(self._heights)

    def _caption_lines(self, typesetter: Typesetter) -> list[Line]:
        width = self._edges[-1] - self._edges[0]
        return typesetter.lines((Run(self._caption, True),), self._size, width) if self._caption else []

    def place(self, sheet: Sheet) -> None:
        """Draw it at the cursor."""
        top = sheet.take(self.height)
        leading = self._size * LEADING
        draw_lines(self._captions, self._size, self._edges[0], top, sheet)
        top -= self.height - sum(self._heights)
        for first, after, cell in self._cells:
            upper = top - sum(self._heights[:first])
            height = sum(self._heights[first:after])
            box = f"{cell.left:.2f} {upper - height:.2f} {cell.right - cell.left:.2f} {height:.2f} re"
            sheet.draw(f"q {_GREY} g {RULE} w {box} B Q")
            slack = height - len(cell.lines) * leading
            cell.draw(cell.lines, self._size, upper - slack / 2, sheet)


def _row_heights(needs: Sequence[tuple[int, int, float]]) -> list[float]:
    """Heights of the head's rows from (first row, row after, height) of its cells; a span's lack goes to its last."""
    heights = [0.0] * max((after for _, after, _ in needs), default=0)
    for first, after, height in sorted(needs, key=lambda need: need[1] - need[0]):
        lack = height - sum(heights[first:after])
        heights[after - 1] += max(lack, 0)
    return heights
