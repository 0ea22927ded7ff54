"""A table over the whole text width that may run over thousands of pages: its head on each, rows split between lines.

Rows are set when they are reached and forgotten when they are drawn, so time grows with the rows and memory with the
pages.
"""

from collections.abc import Sequence
from itertools import pairwise

from itadesk.documents.paper.columns import column_widths, fitting_size
from itadesk.documents.paper.page import TOGETHER, Sheet
from itadesk.documents.paper.table_head import TableHead
from itadesk.documents.paper.table_rows import ABOVE, RULE, Rows, SetRow
from itadesk.documents.paper.text import LEADING
from itadesk.documents.tree import Table

_GROUP_GREY = 0.96
_UNSPLIT = 10
"""A row of up to so many lines moves to the next page as a whole, if it takes less than half of it."""
_REPEATED = 1 / 3
"""Of a page's height that what is repeated on it may take; head and repeated group row leave as much to the rows."""


class SetTable:
    """A table set for the pages of a section."""

    keep_with_next = clings = False

    def __init__(self, table: Table, sheet: Sheet) -> None:
        self._table = table
        self._size = fitting_size(table, sheet)
        self._leading = self._size * LEADING
        self._padding = 2 * ABOVE * self._size
        widths = column_widths(table, sheet.type, self._size, sheet.width)
        self._edges = [sheet.left + sum(widths[:at]) for at in range(len(widths) + 1)]
        self._head = TableHead(table, sheet, self._edges, self._size)
        self._under = sheet.page_room - self._head.height
        self._repeated = min(sheet.page_room * _REPEATED, self._under - sheet.page_room * _REPEATED)
        lines = int((sheet.page_room * _REPEATED - self._padding) / self._leading)
        self._rows = Rows(table, sheet.type, self._size, self._edges, lines)
        self._set: tuple[int, bool, SetRow] | None = None
        self._group: int | None = None
        self._rows_here = 0
        self._grid_top = 0.0

    # --- what stays together

    @property
    def whole(self) -> bool:
        at = self._last_unit()
        return not at and (not self._table.rows or self._is_whole(self._row(self._last)))

    def start(self, behind: float, room: float) -> float:
        return self._head.height + self._together(0, behind)

    def end(self) -> float:
        at = self._last_unit()
        height = self._head.height + self._together(at, 0, top=True)
        if at and not self._table.rows[at].group and (group := self._continued(self._group_before(at))):
            height += self._height(group.count)
        if self._table.rows and not self._is_whole(last := self._row(self._last, top=True)):
            height += (last.end - TOGETHER) * self._leading
        return height

    @property
    def _last(self) -> int:
        return len(self._table.rows) - 1

    def _last_unit(self) -> int:
        """The last row, or the first of the group rows before it, which do not part from it."""
        at = max(self._last, 0)
        while at and self._table.rows[at - 1].group:
            at -= 1
        return at

    def _together(self, at: int, behind: float, *, top: bool = False) -> float:
        """Height of what stays together from row `at` on: group rows and the beginning of the row below them.

        With `behind`, what must stay free behind the table. When all that is more than a page has: the row alone.
        """
        heights: list[float] = []
        for index in range(at, len(self._table.rows)):
            row = self._row(index, top=top and index == at)
            whole = self._is_whole(row)
            heights.append(self._height(row.count if whole else row.begin))
            if not (whole and row.group) or sum(heights) > self._under:
                behind = behind if whole and index == self._last else 0
                break
        height = sum(heights)
        return next((h for h in (height + behind, height) if h <= self._under), heights[0] if heights else 0)

    def _height(self, lines: int) -> float:
        return lines * self._leading + self._padding

    def _is_whole(self, row: SetRow) -> bool:
        """Is it a row that is not split?"""
        return (row.group or row.count <= _UNSPLIT) and self._height(row.count) <= self._under / 2

    # --- pages

    def place(self, sheet: Sheet, behind: float) -> None:
        sheet.need(self.start(behind, sheet.page_room))
        self._group = None
        self._open(sheet)
        for at in range(len(self._table.rows)):
            if self._rows_here and self._together(at, behind) > sheet.room:
                self._turn(at, sheet)
            self._place_row(at, sheet, behind)
        self._finish(sheet)

    def _open(self, sheet: Sheet) -> None:
        """The head, on this page."""
        self._head.place(sheet)
        self._rows_here = 0
        self._grid_top = sheet.y

    def _turn(self, at: int, sheet: Sheet) -> None:
        """A new page, where row `at` begins or goes on."""
        self._finish(sheet)
        sheet.next_page()
        self._open(sheet)
        if not self._table.rows[at].group and (group := self._continued(self._group)):
            self._draw(group, group.count, sheet)
            self._rows_here = 0

    def _finish(self, sheet: Sheet) -> None:
        """Close the grid at the foot of the page or of the table."""
        self._draw_verticals(sheet)
        if self._rows_here:
            sheet.draw(_horizontal(self._edges, (), sheet.y))

    # --- rows

    def _row(self, at: int, *, top: bool = False) -> SetRow:
        """Row `at`; it is asked for again and again while its place is looked for."""
        if self._set and self._set[:2] == (at, top):
            return self._set[2]
        row = self._rows.row(at, top=top)
        self._set = at, top, row
        return row

    def _group_before(self, at: int) -> int | None:
        return next((index for index in range(at - 1, -1, -1) if self._table.rows[index].group), None)

    def _continued(self, at: int | None) -> SetRow | None:
        """Group row `at` as it stands again at the top of a page; None where it does not."""
        if at is None or not self._table.continued:
            return None
        row = self._rows.group(f"{self._table.rows[at].cells[0]} {self._table.continued}")
        return row if self._height(row.count) <= self._repeated else None

    def _place_row(self, at: int, sheet: Sheet, behind: float) -> None:
        row = self._row(at, top=not self._rows_here)
        if row.group:
            self._group = at
        if self._is_whole(row):
            self._draw(row, row.count, sheet)
        else:
            self._split(at, row, sheet, self._behind(at, row, behind))

    def _behind(self, at: int, row: SetRow, behind: float) -> float:
        """What must stay free behind a row that is split."""
        if at < self._last:
            behind = self._together(at + 1, behind) if row.group else 0
        return behind if self._height(row.end) + behind <= self._under else 0

    def _split(self, at: int, row: SetRow, sheet: Sheet, behind: float) -> None:
        """Draw a row over as many pages as it takes."""
        rest: SetRow | None = row
        while rest:
            count = sheet.fitting(
                rest.count, self._leading, fresh=not self._rows_here, padding=self._padding, behind=behind
            )
            if count >= rest.begin or not self._rows_here:
                self._draw(rest, count, sheet)
                rest = rest.after(count)
            else:
                rest = self._row(at, top=True)
            if rest:
                self._turn(at, sheet)

    def _draw(self, row: SetRow, count: int, sheet: Sheet) -> None:
        """The first `count` lines of a row, with the rule above them."""
        height = self._height(count)
        if row.group:
            self._draw_verticals(sheet)
        top = sheet.take(height)
        if row.group:
            left, right = self._edges[0], self._edges[-1]
            sheet.draw(_shade(left, top - height, right - left, height))
            sheet.draw(_verticals([left, right], top, top - height))
            self._grid_top = top - height
        sheet.draw(_horizontal(self._edges, row.joined if self._rows_here else (), top))
        for cell in row.cells:
            cell.draw(cell.lines[:count], self._size, top - self._padding / 2, sheet)
        self._rows_here += 1

    def _draw_verticals(self, sheet: Sheet) -> None:
        """The vertical rules of the rows since the head or the last group row."""
        if self._grid_top > sheet.y:
            sheet.draw(_verticals(self._edges, self._grid_top, sheet.y))
        self._grid_top = sheet.y


def _horizontal(edges: Sequence[float], gaps: Sequence[int], y: float) -> str:
    """A rule over the table except for the columns `gaps`."""
    if not gaps:
        edges = (edges[0], edges[-1])
    parts = [
        f"{left:.2f} {y:.2f} m {right:.2f} {y:.2f} l"
        for at, (left, right) in enumerate(pairwise(edges))
        if at not in gaps
    ]
    return f"{RULE} w {' '.join(parts)} S"


def _verticals(edges: Sequence[float], top: float, bottom: float) -> str:
    lines = (f"{x:.2f} {top:.2f} m {x:.2f} {bottom:.2f} l" for x in edges)
    return f"{RULE} w {' '.join(lines)} S"


def _shade(x: float, y: float, width: float, height: float) -> str:
    return f"q {_GROUP_GREY} g {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f Q"
