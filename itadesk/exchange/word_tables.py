"""The tables of a Word document, with the lines that stand above each."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from itadesk.domain import thai
from itadesk.exchange.grid import Cell, Grid, GridRow, check_length, check_width
from itadesk.exchange.office_package import attribute, child, damaged, local_name, opened
from itadesk.exchange.word_numbers import Numbers
from itadesk.i18n import _

_SKIPPED = frozenset({
    "del", "moveFrom", "Fallback", "instrText", "delText", "footnoteReference", "rPr", "pPr", "tbl", "txbxContent",
})  # fmt: skip
"""What is not printed in a line, or not here: deleted text, second versions, fields' codes, tables inside."""
_AS_TEXT = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
ABOVE = 40
"""Lines above a table that may say of which year and round it is."""


def grids(data: bytes, name: str) -> list[Grid]:
    """The tables of the .docx file `data` called `name`, in their order. UserError for what is none, or too large."""
    with opened(data, name) as package:
        part = package.main_part()
        body = package.tree(part).find("./*")
        if body is None or local_name(body) != "body":
            raise damaged(name)
        relations = package.relations(part).values()

        def tree(kind: str) -> Element | None:
            target = next((row.target for row in relations if row.kind == kind), "")
            return package.tree(target) if target in package else None

        return _Reader(Numbers(tree("numbering"), tree("styles"))).read(body)


class _Reader:
    """Goes through a document once, in its order: automatic numbers count from paragraph to paragraph."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._rows = 0
        self._found: list[Grid] = []
        self._above: list[str] = []

    def read(self, body: Element) -> list[Grid]:
        for block in _blocks(body):
            self._read_block(block)
        return self._found

    def _read_block(self, block: Element) -> None:
        if local_name(block) == "p":
            self._above += [line for line in self._paragraph(block).split("\n") if line.strip()]
            for box in _boxes(block):
                for inner in _blocks(box):
                    self._read_block(inner)
        elif inner_tables := _laid_out(block):
            for cell in _all_cells(block):
                for inner in _blocks(cell):
                    if local_name(inner) == "p" or inner in inner_tables:
                        self._read_block(inner)
        else:
            self._read_table(block)

    def _read_table(self, table: Element) -> None:
        rows = tuple(self._table_rows(table, len(self._found) + 1))
        self._found.append(Grid(rows, tuple(self._above[-ABOVE:])))
        self._above.clear()

    def _table_rows(self, table: Element, number: int) -> Iterator[GridRow]:
        before: tuple[Cell | None, ...] = ()
        for at, row in enumerate(_table_lines(table), 1):
            self._rows += 1
            check_length(self._rows)
            before = tuple(self._cells(row, before))
            yield GridRow(_("Table {number}, row {row}").format(number=number, row=at), before)

    def _cells(self, row: Element, before: tuple[Cell | None, ...]) -> list[Cell | None]:
        cells: list[Cell | None] = [None] * _count(row, "trPr", "gridBefore", 0)
        for element in _blocks(row, ("tc",)):
            wide = _count(element, "tcPr", "gridSpan", 1)
            check_width(len(cells) + wide)
            upper = before[len(cells)] if len(cells) < len(before) else None
            text = self._text(element)
            if _reaches_down(element):
                cells.append(Cell(upper.text if upper else text, wide, from_above=upper is not None))
            else:
                cells.append(Cell(text, wide))
            cells += [None] * (wide - 1)
        return cells

    def _text(self, cell: Element) -> str:
        """A cell's paragraphs, one a line, those of tables inside it among them."""
        paragraphs = [self._paragraph(block) for block in _all_paragraphs(cell)]
        return thai.normalise("\n".join(paragraphs)).strip()

    def _paragraph(self, paragraph: Element) -> str:
        text = "".join(_letters(paragraph))
        return self._numbers.before(paragraph, text) + text


def _blocks(parent: Element, wanted: tuple[str, ...] = ("p", "tbl")) -> Iterator[Element]:
    """The elements of a kind in `parent`, those inside content controls and accepted insertions too."""
    for block in parent:
        name = local_name(block)
        if name in wanted:
            yield block
        elif name in ("sdt", "sdtContent", "ins", "customXml", "moveTo"):
            yield from _blocks(block, wanted)


def _table_lines(table: Element) -> Iterator[Element]:
    return (row for row in _blocks(table, ("tr",)) if not _is_deleted(row))


def _all_cells(table: Element) -> Iterator[Element]:
    for row in _table_lines(table):
        yield from _blocks(row, ("tc",))


def _laid_out(table: Element) -> list[Element]:
    """The tables inside a table that only places them on the page: each alone in its row, and wider than a cell."""
    found: list[Element] = []
    for row in _table_lines(table):
        cells = list(_blocks(row, ("tc",)))
        inner = [block for cell in cells for block in _blocks(cell, ("tbl",))]
        if inner and (len(cells) > 1 or any(len(list(_all_cells(block))) < 2 for block in inner)):
            return []
        found += inner
    return found


def _boxes(parent: Element) -> Iterator[Element]:
    """The text boxes of a paragraph; of their two versions the one of today's Word."""
    for piece in parent:
        name = local_name(piece)
        if name == "txbxContent":
            yield piece
        elif name == "AlternateContent":
            choice = child(piece, "Choice")
            yield from _boxes(piece if choice is None else choice)
        elif name not in ("del", "moveFrom", "t"):
            yield from _boxes(piece)


def _all_paragraphs(cell: Element) -> Iterator[Element]:
    for block in _blocks(cell):
        if local_name(block) == "p":
            yield block
        else:
            for row in _blocks(block, ("tr",)):
                for inner in _blocks(row, ("tc",)):
                    yield from _all_paragraphs(inner)


def _letters(parent: Element) -> Iterator[str]:
    for piece in parent:
        name = local_name(piece)
        if name == "t":
            yield piece.text or ""
        elif name in _AS_TEXT:
            yield _AS_TEXT[name]
        elif name == "sym":
            yield _symbol(piece)
        elif name not in _SKIPPED and not (name == "r" and _is_hidden(piece)):
            yield from _letters(piece)


_SIGNS = {
    "F0FC": "✓", "F050": "✓", "F052": "☑", "F0FE": "☑", "F0FD": "☒", "F078": "☒", "F0A8": "☐", "F06F": "☐", "F071": "☐",
    "F072": "☐", "F0A3": "☐", "F0A7": "-", "F0B7": "-", "F02D": "-",
}  # fmt: skip
"""Signs of Word's symbol fonts that stand in such tables: ticks, boxes (Wingdings) and bullets."""


def _symbol(element: Element) -> str:
    return _SIGNS.get(attribute(element, "char").upper(), "")


def _is_hidden(run: Element) -> bool:
    return _is_on(child(child(run, "rPr"), "vanish"))


def _is_deleted(row: Element) -> bool:
    return child(child(row, "trPr"), "del") is not None


def _reaches_down(cell: Element) -> bool:
    """Whether a cell is the lower part of a merged one."""
    merge = child(child(cell, "tcPr"), "vMerge")
    return merge is not None and attribute(merge, "val") != "restart"


def _count(element: Element, properties: str, name: str, default: int) -> int:
    found = child(child(element, properties), name)
    digits = attribute(found, "val")
    return max(int(digits), default) if digits.isdecimal() and len(digits) < 4 else default


def _is_on(flag: Element | None) -> bool:
    return flag is not None and attribute(flag, "val") not in ("0", "false", "off")
