"""Tables of a Word file as XML text: the report's tables, and grids without rules that set blocks side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from itadesk.documents.docx_text import Form, text, twips
from itadesk.documents.office import merged_rows
from itadesk.documents.paper.columns import SIDE, column_widths, fitting_size, head_places
from itadesk.documents.paper.page import Sheet
from itadesk.documents.paper.table_rows import ABOVE
from itadesk.documents.tree import HeadCell, Row, Table

_HEAD_GREY, _GROUP_GREY = "EDEDED", "F5F5F5"
_RULES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
"""Half a point thick."""
_SHORT = 10
"""Lines of a row that is not split."""
_LETTER = 0.4
"""Width of a Thai letter as a share of the size, marks above and below counted as letters."""
_NO_RULES = '<w:top w:val="nil"/><w:left w:val="nil"/><w:right w:val="nil"/>'


def report_table(table: Table, sheet: Sheet, *, keep_with_next: bool) -> str:
    """A table of the report, as wide as the text area. `keep_with_next`: said of its last row.

    Word repeats caption and head on every page. It cannot repeat a group row there, so `Table.continued` is left out.
    """
    if not table.columns:
        return ""
    size = fitting_size(table, sheet)
    widths = column_widths(table, sheet.type, size, sheet.width)
    grid = Grid(widths, side=SIDE * size, above=ABOVE * size)
    rows = [*_head(table, size, grid), *_body(table, size, grid, keep_with_next=keep_with_next)]
    return grid.table(rows, _RULES)


class Grid:
    """The columns of a table, and its parts as XML. Lengths are points."""

    def __init__(self, widths: Sequence[float], *, side: float = 0, above: float = 0) -> None:
        self._edges = [twips(edge) for edge in accumulate(widths, initial=0.0)]
        self._margins = (("top", above), ("left", side), ("bottom", above), ("right", side))

    @property
    def columns(self) -> int:
        return len(self._edges) - 1

    @property
    def widths(self) -> list[float]:
        """Of the columns' texts."""
        sides = 2 * self._margins[1][1]
        edges = [edge / 20 for edge in self._edges]
        return [max(right - left - sides, 1) for left, right in pairwise(edges)]

    def cell(
        self,
        content: str,
        column: int,
        *,
        span: int = 1,
        merge: str = "",
        look: str = "",
        middle: bool = False,
    ) -> str:
        """A cell of paragraphs. `merge`: "restart" or "continue" of one that goes on below; `look`: rules, shade."""
        width = self._edges[min(column + span, self.columns)] - self._edges[column]
        properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
        properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
        properties += look + ('<w:vAlign w:val="center"/>' if middle else "")
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"

    def table(self, rows: Iterable[str], rules: str = "") -> str:
        """The whole table."""
        columns = "".join(
            f'<w:gridCol w:w="{right - left}"/>'
            for left, right in zip(self._edges, self._edges[1:], strict=False)
        )
        margins = "".join(f'<w:{edge} w:w="{twips(room)}" w:type="dxa"/>' for edge, room in self._margins)
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{self._edges[-1]}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
            f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )


def row(cells: Iterable[str], *, head: bool = False, whole: bool = False) -> str:
    """A row. `head`: repeated on every page; `whole`: not split over pages."""
    properties = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if head else "")
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def _shade(grey: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{grey}"/>'


def _head(table: Table, size: float, grid: Grid) -> Iterator[str]:
    """Caption and head. They are kept with the first row: Word would leave them alone at the foot of a page."""
    if table.caption:
        caption = text(table.caption, Form(size=size, bold=True, keep_with_next=True))
        look = f"<w:tcBorders>{_NO_RULES}</w:tcBorders>"
        yield row([grid.cell(caption, 0, span=grid.columns, look=look)], head=True, whole=True)
    starts = {(line, column): cell for line, column, cell in head_places(table)}
    for at in range(len(table.head)):
        yield row(_head_cells(at, starts, size, grid), head=True, whole=True)


def _head_cells(at: int, starts: dict[tuple[int, int], HeadCell], size: float, grid: Grid) -> Iterator[str]:
    """The cells of a head row, those that go on from rows above among them."""
    look = _shade(_HEAD_GREY)
    form = Form("center", size, bold=True, keep_with_next=True)
    column = 0
    while column < grid.columns:
        from_above = [
            (up, cell) for up in range(at + 1) if (cell := starts.get((at - up, column))) and cell.rows > up
        ]
        up, cell = from_above[0] if from_above else (0, HeadCell(""))
        merge = "" if cell.rows == 1 else "continue" if up else "restart"
        content = text("" if up else cell.text, form)
        yield grid.cell(content, column, span=cell.columns, merge=merge, look=look, middle=True)
        column += cell.columns


def _body(table: Table, size: float, grid: Grid, *, keep_with_next: bool) -> Iterator[str]:
    """The rows. Those kept with the next one are so in every paragraph: that is how Word understands it in tables."""
    merges = [_merges(table, column) for column in range(grid.columns)]
    forms = [Form(column.align, size) for column in table.columns]
    for at, line in enumerate(table.rows):
        if keep_with_next and at == len(table.rows) - 1:
            forms = [replace(form, keep_with_next=True) for form in forms]
        if line.group:
            yield _group_row(line, size, grid)
        else:
            marks = [merge.get(at, "") for merge in merges]
            cells = [
                grid.cell(text("" if mark == "continue" else cell, form), column, merge=mark)
                for column, (cell, form, mark) in enumerate(zip(line.cells, forms, marks, strict=True))
            ]
            yield row(cells, whole=_is_short(line, grid, size))


def _is_short(line: Row, grid: Grid, size: float) -> bool:
    """Does the row go to the next page whole, as on our own pages? Word alone knows its lines: this is an estimate."""
    lines = (
        sum(1 + int(len(paragraph) * _LETTER * size / width) for paragraph in cell.split("\n"))
        for cell, width in zip(line.cells, grid.widths, strict=True)
    )
    return max(lines) <= _SHORT


def _group_row(line: Row, size: float, grid: Grid) -> str:
    content = text(line.cells[0], Form(size=size, bold=True, keep_with_next=True))
    return row([grid.cell(content, 0, span=grid.columns, look=_shade(_GROUP_GREY))], whole=True)


def _merges(table: Table, column: int) -> dict[int, str]:
    """How each row's cell of the column is merged."""
    found: dict[int, str] = {}
    for rows in merged_rows(table, column):
        found |= {at: "restart" if at == rows.start else "continue" for at in rows}
    return found
