"""Tables from the clipboard: the HTML that Word, Excel and browsers put there, or lines with tabs."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import StringIO

from itadesk.domain import thai
from itadesk.errors import UserError
from itadesk.exchange.grid import COLUMN_LIMIT, ROW_LIMIT, Cell, Grid, GridRow, check_length, check_width
from itadesk.i18n import _

SIZE_LIMIT = 50_000_000
"""Characters: a whole book of tables is less."""


def grids(html: str, text: str) -> list[Grid]:
    """The tables of what was copied; `html` tells more than `text` where it has a table. None: it is no table."""
    if max(len(html), len(text)) > SIZE_LIMIT:
        raise UserError(_("There is too much on the clipboard."), _("Copy only the rows of the measures."))
    return _html_grids(html) if "<table" in html.lower() else _text_grids(text)


# Text with tabs


def _text_grids(text: str) -> list[Grid]:
    if "\t" not in text:
        return []
    rows: list[GridRow] = []
    for number, line in enumerate(_tab_lines(text), 1):
        check_length(number)
        check_width(len(line))
        rows.append(_grid_row(number, (Cell(thai.normalise(cell).strip()) for cell in line)))
    return [Grid(tuple(rows))]


def _tab_lines(text: str) -> list[list[str]]:
    """Excel puts a cell of several lines between quotes; other programs leave quotes as they are."""
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return [line.split("\t") for line in text.splitlines()]


def _grid_row(number: int, cells: Iterable[Cell | None]) -> GridRow:
    return GridRow(_("row {row}").format(row=number), tuple(cells))


# HTML


def _html_grids(html: str) -> list[Grid]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    found: list[Grid] = []
    count = 0
    for table in reader.tables:
        rows = tuple(_grid_row(number, cells) for number, cells in enumerate(_laid_out(table), count + 1))
        count += len(rows)
        check_length(count)
        found.append(Grid(rows, tuple(reader.above.get(id(table), ()))))
    return found


@dataclass
class _Span:
    """A cell as HTML writes it: its text and how many columns and rows it reaches over."""

    columns: int = 1
    rows: int = 1
    pieces: list[str] = field(default_factory=list[str])

    @property
    def text(self) -> str:
        lines = ("".join(self.pieces)).split("\n")
        return thai.normalise("\n".join(" ".join(line.split()) for line in lines)).strip()


_Table = list[list[_Span]]


def _laid_out(rows: Iterable[list[_Span]]) -> Iterator[list[Cell | None]]:
    """The cells in their columns, those that reach down from rows above among them."""
    hanging: dict[int, tuple[_Span, int]] = {}
    for row in rows:
        waiting, above, hanging = list(row), hanging, {}
        cells: list[Cell | None] = []
        while waiting or any(column >= len(cells) for column in above):
            at = len(cells)
            if upper := above.get(at):
                span, left = upper
                cells.append(Cell(span.text, span.columns, from_above=True))
            elif waiting:
                span = waiting.pop(0)
                left = span.rows
                cells.append(Cell(span.text, span.columns))
            else:
                cells.append(Cell(""))
                continue
            if left > 1:
                hanging[at] = span, left - 1
            cells += [None] * (span.columns - 1)
            check_width(len(cells))
        yield cells


_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_UNSEEN = frozenset({"style", "script", "title", "head", "xml"})


class _Reader(HTMLParser):
    """Collects the outermost tables; a table in a cell becomes lines of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.above: dict[int, list[str]] = {}
        self._depth = 0
        self._cell: _Span | None = None
        self._unseen = 0
        self._hidden_row = False
        self._line: list[str] = []
        self._lines: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._begin_table()
        elif self._depth == 1 and tag == "tr":
            self._hidden_row = "display:none" in said.get("style", "").replace(" ", "").lower()
            if not self._hidden_row:
                self.tables[-1].append([])
        elif self._depth == 1 and tag in ("td", "th"):
            self._begin_cell(said)
        elif tag == "br" or tag in _BLOCKS or tag in ("tr", "td", "th"):
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table":
            self._depth = max(0, self._depth - 1)
            self._break()
            if self._depth == 0:
                self._cell = None
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._cell = None
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        # A line end in the source is a blank; only tags break lines.
        plain = " ".join(data.splitlines()) if "\n" in data or "\r" in data else data
        if self._cell is not None:
            self._cell.pieces.append(plain)
        elif self._depth == 0:
            self._line.append(plain)

    def _begin_table(self) -> None:
        self._break()
        if self._depth == 0:
            self.tables.append([])
            self.above[id(self.tables[-1])] = self._lines[-40:]
            self._lines = []
        self._depth += 1

    def _begin_cell(self, said: Mapping[str, str]) -> None:
        self._cell = None
        if self._hidden_row:
            return
        if not self.tables[-1]:
            self.tables[-1].append([])
        self._cell = _Span(
            _number(said.get("colspan"), COLUMN_LIMIT), _number(said.get("rowspan"), ROW_LIMIT)
        )
        self.tables[-1][-1].append(self._cell)

    def _break(self) -> None:
        """A new line, unless the last one is empty yet."""
        if self._cell is not None:
            if self._cell.pieces and any(piece.strip() for piece in self._cell.pieces[-1:]):
                self._cell.pieces.append("\n")
        elif self._depth == 0 and (line := " ".join("".join(self._line).split())):
            self._lines.append(line)
            self._line = []


def _number(text: str | None, most: int) -> int:
    return min(int(text), most) or 1 if text and text.isdecimal() and len(text) < 6 else 1
