"""The rows of one worksheet: texts over all columns and tables, every row as high as its text.

Every cell is a text, but in columns that are counted. One that begins with = + - or @ stays what it is: cells are
written as strings, in the number format of texts.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil
from typing import Literal, NamedTuple

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from itadesk.documents.office import FONT, merged_rows
from itadesk.documents.paper.columns import SIDE, head_places
from itadesk.documents.paper.text import Typesetter, clean
from itadesk.documents.tree import Run, Table
from itadesk.errors import UserError
from itadesk.i18n import _

_POINTS_PER_CHARACTER = 7 * 72 / 96
"""Excel measures columns in digits of its own font: 7 dots wide at 96 dots an inch."""
_LEADING = 1.35
_PADDING = 3.0
"""Height of a line of text over its size, and points that a row has beside its lines: what Excel needs, rounded up."""
_SURE = 0.94
"""Of a cell's width that lines are sure to have: Excel breaks Thai where it finds words, and another font is wider."""
_HIGHEST = 409.0
"""Points: no row of Excel is higher. A higher one is several rows whose cells are merged."""
_LONGEST = 32767
"""Characters of a cell, as UTF-16 counts them."""
_SHOWN = 40
_HEAD_GREY, _GROUP_GREY = "EDEDED", "F5F5F5"
_THAI_CHARSET = 222
_THAI_NUMBER = "[$-D00041E]0"
"""The number format of a whole number in Thai digits."""
_WHOLE = re.compile("0|๐|[1-9๑-๙][0-9๐-๙]{0,14}")
"""What is not changed by being a number of Excel."""


class Look(NamedTuple):
    """How a cell looks: one named style of the workbook."""

    role: Literal["ข้อความ", "ลงนาม", "หัวตาราง", "กลุ่ม", "ตาราง"]
    size: float
    align: Literal["left", "center", "right"] = "left"
    bold: bool = False
    counted: bool = False

    @property
    def name(self) -> str:
        align = {"left": "ซ้าย", "center": "กลาง", "right": "ขวา"}[self.align]
        more = (" หนา" if self.bold else "") + (" จำนวน" if self.counted else "")
        return f"{self.role} {self.size:g} {align}{more}"

    def style(self) -> NamedStyle:
        thin = Side("thin")
        border = Border(thin, thin, thin, thin)
        if self.role in ("ข้อความ", "ลงนาม"):
            border = Border(bottom=Side("dotted")) if self.role == "ลงนาม" else Border()
        grey = {"หัวตาราง": _HEAD_GREY, "กลุ่ม": _GROUP_GREY}.get(self.role)
        return NamedStyle(
            self.name,
            font=Font(FONT, self.size, bold=self.bold, charset=_THAI_CHARSET, family=2),
            fill=PatternFill("solid", grey) if grey else PatternFill(),
            border=border,
            alignment=Alignment(self.align, "center" if self.role == "หัวตาราง" else "top", wrap_text=True),
            number_format=_THAI_NUMBER if self.counted else "@",
        )


class TextLine(NamedTuple):
    """A text over all columns or some of them; `dotted`: on a dotted line, to be written on."""

    text: str
    size: float = 16
    align: Literal["left", "center", "right"] = "left"
    bold: bool = False
    dotted: bool = False

    @property
    def look(self) -> Look:
        return Look("ลงนาม" if self.dotted else "ข้อความ", self.size, self.align, self.bold)


class SheetRows:
    """Writes rows below each other into a worksheet whose columns have these widths in points."""

    def __init__(self, sheet: Worksheet, widths: Sequence[float], typesetter: Typesetter) -> None:
        self._sheet = sheet
        self._edges = [sum(widths[:at]) for at in range(len(widths) + 1)]
        self.type = typesetter
        self._next = 1
        self._known: set[Look] = set()
        self._merges = _Merges()
        sheet.merged_cells = self._merges
        for at, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(at)].width = width / _POINTS_PER_CHARACTER

    def text(self, line: TextLine) -> None:
        self._over_all(line.text, line.look)

    def beside(self, cells: Sequence[tuple[range, TextLine]]) -> None:
        """Texts in one row, each over its columns."""
        first, count = self._open(
            max(self._height(line.text, line.look, span.start, span.stop) for span, line in cells)
        )
        for span, line in cells:
            self._put(first, span.start, count, len(span), line.text, line.look)

    def table(self, table: Table) -> range:
        """The table; the rows of its head."""
        if table.caption:
            self._over_all(table.caption, Look("ข้อความ", table.size, bold=True))
        head = self._head(table)
        self._body(table)
        return head

    @property
    def last(self) -> int:
        """The last row written, counted from 1."""
        return self._next - 1

    @property
    def columns(self) -> int:
        return len(self._edges) - 1

    def width(self, span: range) -> float:
        return self._edges[span.stop] - self._edges[span.start]

    def parts(self, count: int) -> list[range]:
        """The columns in so many parts of about equal widths; all of them as one where there are too few."""
        if count > self.columns:
            return [range(self.columns)]
        cuts = [0]
        for at in range(1, count):
            free = range(cuts[-1] + 1, self.columns - (count - at) + 1)
            cuts.append(min(free, key=lambda edge: abs(self._edges[edge] - self._edges[-1] * at / count)))
        return [range(left, right) for left, right in pairwise([*cuts, self.columns])]

    @property
    def right_half(self) -> range:
        """The columns from about the middle of the sheet on."""
        return self.parts(2)[-1]

    # --- parts

    def _over_all(self, text: str, look: Look) -> None:
        first, count = self._open(self._height(text, look, 0, self.columns))
        self._put(first, 0, count, self.columns, text, look)

    def _head(self, table: Table) -> range:
        look = Look("หัวตาราง", table.size, "center", bold=True)
        places = head_places(table)
        needs = [
            (row, row + cell.rows, self._height(cell.text, look, column, column + cell.columns))
            for row, column, cell in places
        ]
        starts = [
            self._open(min(height, _HIGHEST))[0] for height in self._heights(needs, len(table.head), look)
        ]
        for row, column, cell in places:
            self._put(starts[row], column, cell.rows, cell.columns, cell.text, look)
        return range(self._next - len(starts), self._next)

    def _body(self, table: Table) -> None:
        """The rows; a merged cell lies over those of its run."""
        runs = {
            (row, column): rows
            for column in range(self.columns)
            for rows in merged_rows(table, column)
            for row in rows
        }
        cells = [
            (at, runs.get((at, column), range(at, at + 1)), column, text)
            for at, row in enumerate(table.rows)
            if not row.group
            for column, text in enumerate(row.cells)
        ]
        group = Look("กลุ่ม", table.size, bold=True)
        looks = [Look("ตาราง", table.size, column.align, counted=column.counted) for column in table.columns]
        needs = [
            (rows.start, rows.stop, self._height(text, looks[column], column, column + 1))
            for at, rows, column, text in cells
            if at == rows.start
        ]
        needs += [
            (at, at + 1, self._height(row.cells[0], group, 0, self.columns))
            for at, row in enumerate(table.rows)
            if row.group
        ]
        opened = [self._open(height) for height in self._heights(needs, len(table.rows), group)]
        starts = [*(first for first, _ in opened), self._next]
        for at, row in enumerate(table.rows):
            if row.group:
                self._put(starts[at], 0, starts[at + 1] - starts[at], self.columns, row.cells[0], group)
        for at, rows, column, text in cells:
            if at == rows.start:
                self._put(starts[at], column, starts[rows.stop] - starts[at], 1, text, looks[column])

    # --- heights

    def _height(self, text: str, look: Look, first: int, after: int) -> float:
        """Of a text in a cell from column `first` to before `after`."""
        width = self._edges[min(after, self.columns)] - self._edges[first] - 2 * SIDE * look.size
        lines = self.type.lines((Run(text, look.bold),), look.size, max(width * _SURE, look.size))
        return len(lines) * look.size * _LEADING + _PADDING

    def _heights(self, needs: Iterable[tuple[int, int, float]], count: int, look: Look) -> list[float]:
        """Of rows, from (first row, row after, height) of their cells; what a longer cell lacks goes to its last."""
        heights = [look.size * _LEADING + _PADDING] * count
        for first, after, height in sorted(needs, key=lambda need: need[1] - need[0]):
            heights[after - 1] += max(height - sum(heights[first:after]), 0)
        return heights

    def _open(self, height: float) -> tuple[int, int]:
        """Begin rows that are so high together: (the first, how many)."""
        first, count = self._next, ceil(height / _HIGHEST)
        for at in range(first, first + count):
            self._sheet.row_dimensions[at].height = round(height / count, 2)
        self._next += count
        return first, count

    # --- cells

    def _put(self, row: int, column: int, rows: int, columns: int, text: str, look: Look) -> None:
        """A cell from `row` and the column with index `column` on, over so many rows and columns."""
        style = self._style(look)
        for down in range(rows):
            for right in range(columns):
                self._sheet.cell(row + down, column + right + 1).style = style
        if text := clean(text):
            cell = self._sheet.cell(row, column + 1)
            assert isinstance(cell, Cell)
            if look.counted and _WHOLE.fullmatch(text):
                cell.value = int(text)  # of Thai digits, too
            else:
                cell.value = _fitting(text)
                cell.data_type = "s"
        if rows * columns > 1:
            self._merges.ranges.add(CellRange(None, column + 1, row, column + columns, row + rows - 1))

    def _style(self, look: Look) -> str:
        """The name of the workbook's style for that look."""
        if look not in self._known:
            self._known.add(look)
            workbook = self._sheet.parent
            assert isinstance(workbook, Workbook)
            if look.name not in workbook.named_styles:
                workbook.add_named_style(look.style())
        return look.name


class _Merges(MultiCellRange):
    """The merged cells, always in one order: a set has another in each run."""

    def __iter__(self):
        return iter(self.sorted())


def _fitting(text: str) -> str:
    """The text, as long as a cell takes it; UserError for a longer one: cut off, it would be lost unnoticed."""
    if len(text.encode("utf-16-le")) // 2 <= _LONGEST:
        return text
    raise UserError(
        _("A text is too long for a cell of Excel: {start}…").format(start=" ".join(text[:_SHOWN].split())),
        _("Please shorten it, or save the report as PDF or Word file."),
    )
