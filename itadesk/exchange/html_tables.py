"""The tables of a web page, or of the HTML that Word, Excel and browsers copy."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from itadesk.domain import thai
from itadesk.exchange.columns import find_head
from itadesk.exchange.grid import COLUMN_LIMIT, ROW_LIMIT, Cell, Grid, GridRow, check_length, check_width
from itadesk.exchange.row_words import begins_with_mark
from itadesk.i18n import _

ABOVE = 40
"""Lines above a table that may say of which year and round it is."""


def grids(html: str) -> list[Grid]:
    """The tables in their order. UserError when they are too large."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _Layout().grids(reader.blocks)


@dataclass
class _Span:
    """A cell as HTML writes it: what is in it, and how many columns and rows it reaches over."""

    columns: int = 1
    rows: int = 1
    blocks: list["str | _Table"] = field(default_factory=list["str | _Table"])

    @property
    def text(self) -> str:
        return thai.normalise("\n".join(_lines(self.blocks))).strip()

    @property
    def tables(self) -> list["_Table"]:
        return [block for block in self.blocks if isinstance(block, _Table)]


@dataclass
class _Row:
    hidden: bool = False
    cells: list[_Span] = field(default_factory=list[_Span])


@dataclass
class _Table:
    rows: list[_Row] = field(default_factory=list[_Row])

    @property
    def cells(self) -> list[_Span]:
        return [cell for row in self.rows for cell in row.cells]


def _lines(blocks: Iterable["str | _Table"]) -> Iterator[str]:
    """The lines of text, those of tables among them."""
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            for cell in block.cells:
                yield from _lines(cell.blocks)


class _Layout:
    """Makes grids of tables; one that only places others on the page gives way to them."""

    def __init__(self) -> None:
        self._found: list[Grid] = []
        self._above: list[str] = []
        self._rows = 0

    def grids(self, blocks: Iterable[str | _Table]) -> list[Grid]:
        for block in blocks:
            if isinstance(block, str):
                self._above.append(block)
            elif _places_others(block):
                for cell in block.cells:
                    self.grids(cell.blocks)
            else:
                rows = tuple(self._grid_rows(block))
                self._found.append(Grid(rows, tuple(self._above[-ABOVE:])))
                self._above.clear()
        return self._found

    def _grid_rows(self, table: _Table) -> Iterator[GridRow]:
        for row in _grid_rows(table, self._rows):
            self._rows += 1
            check_length(self._rows)
            yield row


def _places_others(table: _Table) -> bool:
    inner = [block for cell in table.cells for block in cell.tables]
    if not inner:
        return False
    alone = all(len(row.cells) == 1 for row in table.rows if any(cell.tables for cell in row.cells))
    if alone and all(len(block.cells) > 1 for block in inner):
        return True
    return any(map(_has_head, inner)) and not _has_head(table)


def _has_head(table: _Table) -> bool:
    return find_head(Grid(tuple(_grid_rows(table, 0)))) is not None


def _grid_rows(table: _Table, before: int) -> Iterator[GridRow]:
    """The cells in their columns, those that reach down from rows above among them."""
    hanging: dict[int, tuple[_Span, int]] = {}
    for number, row in enumerate(table.rows, before + 1):
        waiting, above, hanging = list(row.cells), hanging, {}
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
        yield GridRow(_("row {row}").format(row=number), tuple(cells), row.hidden)


_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "caption"})
_UNSEEN = frozenset({"style", "script", "title", "head", "xml"})
_DEEPEST = 30
_BULLETS = frozenset("·•o§Øüvq¨")
"""The letters that Word's symbol fonts show as bullets."""


@dataclass
class _Open:
    """A table that has not ended yet, the cell and the line in hand."""

    table: _Table
    cell: _Span | None = None


class _Reader(HTMLParser):
    """Collects lines of text and tables, tables inside cells among them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str | _Table] = []
        self._open: list[_Open] = []
        self._unseen = 0
        self._too_deep = 0
        """Tables that have not ended, inside so many others that they are taken for text."""
        self._pieces: list[str] = []
        """The line in hand; `_mark` is the number of the list that comes before it."""
        self._mark = ""
        self._lists: list[int | None] = []
        """Of each list that has not ended: the number of its last item; None for one without numbers."""
        self._spans: list[bool] = []
        """Of each span that has not ended, whether it is the number that Word puts before a paragraph."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {key: value or "" for key, value in attrs}
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "span":
            self._spans.append("mso-list:ignore" in said.get("style", "").replace(" ", "").lower())
        elif tag == "table":
            self._begin_table()
        elif tag == "tr":
            self._begin_row("display:none" in said.get("style", "").replace(" ", "").lower())
        elif tag in ("td", "th"):
            self._begin_cell(said)
        elif tag in ("ul", "ol"):
            self._break()
            numbered = tag == "ol" and "none" not in said.get("style", "").lower()
            self._lists.append(_number(said.get("start"), ROW_LIMIT) - 1 if numbered else None)
        elif tag == "li":
            self._begin_item()
        elif tag == "br" or tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "span":
            del self._spans[-1:]
        elif tag == "table" and self._too_deep:
            self._too_deep -= 1
        elif tag == "table":
            self._break()
            del self._open[-1:]
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag in ("ul", "ol"):
            self._break()
            del self._lists[-1:]
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self._unseen or (self._open and self._open[-1].cell is None):
            return
        # A line end in the source is a blank; only tags break lines.
        plain = " ".join(data.splitlines()) if "\n" in data or "\r" in data else data
        if any(self._spans) and plain.strip() in _BULLETS:
            plain = "-"
        self._pieces.append(plain)

    def close(self) -> None:
        super().close()
        self._break()

    def _begin_table(self) -> None:
        self._break()
        if len(self._open) == _DEEPEST:
            self._too_deep += 1
            return
        table = _Table()
        cell = self._open[-1].cell if self._open else None
        (self.blocks if cell is None else cell.blocks).append(table)
        self._open.append(_Open(table))

    def _begin_row(self, hidden: bool) -> None:
        self._end_cell()
        if self._open:
            self._open[-1].table.rows.append(_Row(hidden))

    def _begin_cell(self, said: Mapping[str, str]) -> None:
        self._end_cell()
        if not self._open:
            return
        here = self._open[-1]
        if not here.table.rows:
            here.table.rows.append(_Row())
        here.cell = _Span(_number(said.get("colspan"), COLUMN_LIMIT), _number(said.get("rowspan"), ROW_LIMIT))
        here.table.rows[-1].cells.append(here.cell)

    def _end_cell(self) -> None:
        self._break()
        if self._open:
            self._open[-1].cell = None

    def _begin_item(self) -> None:
        self._break()
        if self._lists and (number := self._lists[-1]) is not None:
            self._lists[-1] = number + 1
            self._mark = f"{number + 1}. "

    def _break(self) -> None:
        """End the line in hand, unless it is empty yet."""
        line = " ".join("".join(self._pieces).split())
        self._pieces.clear()
        if not line:
            return
        if self._mark and not begins_with_mark(line):
            line = self._mark + line
        self._mark = ""
        cell = self._open[-1].cell if self._open else None
        (self.blocks if cell is None else cell.blocks).append(line)


def _number(text: str | None, most: int) -> int:
    return min(int(text), most) or 1 if text and text.isdecimal() and len(text) < 6 else 1
