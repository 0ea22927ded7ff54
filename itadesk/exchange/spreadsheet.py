"""The tables of an Excel file: one a sheet, every cell as the sheet shows it; what is hidden is marked, or told."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from itadesk.domain import thai
from itadesk.exchange import cell_numbers
from itadesk.exchange.grid import Cell, Grid, GridRow, check_length, check_width
from itadesk.exchange.office_package import OfficePackage, attribute, child, damaged, local_name, opened
from itadesk.i18n import _


def grids(data: bytes, name: str) -> list[Grid]:
    """The sheets of the .xlsx file `data` called `name`. UserError for what is none, or too large."""
    with opened(data, name) as package:
        package.check_xml()
        part = package.main_part()
        root = package.tree(part)
        if local_name(root) != "workbook":
            raise damaged(name)
        return _Workbook(package, part, root).read()


class _Workbook:
    """What all sheets of a file share."""

    def __init__(self, package: OfficePackage, part: str, root: Element) -> None:
        self._package = package
        self._root = root
        self._relations = package.relations(part)
        self.texts = self._texts()
        self.formats = self._formats()
        since_1904 = _is_on(attribute(child(root, "workbookPr"), "date1904"))
        self.first_day = dt.date(1904, 1, 1) if since_1904 else dt.date(1899, 12, 30)

    def read(self) -> list[Grid]:
        found: list[Grid] = []
        hidden: list[str] = []
        count = 0
        for sheet in child(self._root, "sheets") or ():
            target = self._relations.get(attribute(sheet, "id"))
            title, state = attribute(sheet, "name"), attribute(sheet, "state")
            if target is None or target.kind != "worksheet" or state == "veryHidden":
                continue
            if state == "hidden":
                hidden.append(_("The hidden sheet “{sheet}” was left out.").format(sheet=title))
                continue
            pieces = self._package.pieces(target.target, "row")
            grid = _Sheet(self, title, pieces, count).grid()
            count += len(grid.rows)
            if grid.rows:
                found.append(grid)
        if found and hidden:
            found[0] = Grid(found[0].rows, found[0].above, (*hidden, *found[0].remarks))
        return found

    def _part(self, kind: str) -> Element | None:
        target = next((row.target for row in self._relations.values() if row.kind == kind), "")
        return self._package.tree(target) if target in self._package else None

    def _texts(self) -> list[str]:
        strings = self._part("sharedStrings")
        return [_letters(row) for row in (strings if strings is not None else ()) if local_name(row) == "si"]

    def _formats(self) -> list[str]:
        """The number format of each style, in their order."""
        styles = self._part("styles")
        own = {
            attribute(row, "numFmtId"): attribute(row, "formatCode") for row in child(styles, "numFmts") or ()
        }
        ids = [attribute(row, "numFmtId") for row in child(styles, "cellXfs") or ()]
        known = {str(number): form for number, form in cell_numbers.BUILT_IN.items()} | own
        return [known.get(number, cell_numbers.GENERAL) for number in ids]


_COLUMNS_READ = 200
_MERGED_CELLS_LIMIT = 200_000


@dataclass
class _Found:
    """What one row of a sheet holds, by column; `empty` and `wrong` are addresses of formulas without a value."""

    hidden: bool = False
    texts: dict[int, str] = field(default_factory=dict[int, str])
    empty: list[str] = field(default_factory=list[str])
    wrong: list[str] = field(default_factory=list[str])


class _Sheet:
    """One sheet; rows and columns count from 0."""

    def __init__(self, book: _Workbook, title: str, pieces: Iterable[Element], rows_before: int) -> None:
        self._book = book
        self._title = title
        self._rows_before = rows_before
        self._hidden_columns: set[int] = set()
        self._rows: dict[int, _Found] = {}
        self._merged: dict[tuple[int, int], tuple[int, int]] = {}
        """Of each cell inside a merged one, its top left cell."""
        number = 0
        for piece in pieces:
            if local_name(piece) == "row":
                number = int(attribute(piece, "r") or number + 1)
                self._read_row(piece, number)
                continue
            self._hide_columns(child(piece, "cols"))
            for merged in child(piece, "mergeCells") or ():
                self._merge(attribute(merged, "ref"))

    def grid(self) -> Grid:
        rows = [GridRow(*row) for row in self._grid_rows()]
        used = {at for found in self._rows.values() for at in found.texts} & self._hidden_columns
        remarks: list[str] = []
        if used:
            message = _("Hidden columns of the sheet “{sheet}” were left out: {columns}")
            names = ", ".join(map(_letters_of, sorted(used)))
            remarks.append(message.format(sheet=self._title, columns=names))
        return Grid(tuple(rows), (), tuple(remarks))

    def _hide_columns(self, part: Element | None) -> None:
        for column in part or ():
            if _is_on(attribute(column, "hidden")):
                first, last = int(attribute(column, "min")), int(attribute(column, "max"))
                self._hidden_columns.update(range(first - 1, min(last, _COLUMNS_READ)))

    def _read_row(self, row: Element, number: int) -> None:
        found = _Found(_is_on(attribute(row, "hidden")))
        self._read_cells(row, number, found)
        if found.texts or found.empty or found.wrong:
            self._rows[number - 1] = found
            check_length(self._rows_before + len(self._rows))

    def _read_cells(self, row: Element, number: int, found: _Found) -> None:
        column = -1
        for cell in row:
            if local_name(cell) != "c":
                continue
            letters = _COLUMN.match(attribute(cell, "r"))
            column = _column(letters[0]) if letters else column + 1
            address = f"{_letters_of(column)}{number}"
            value = child(cell, "v")
            kind, raw = attribute(cell, "t"), (value.text if value is not None else "") or ""
            if kind == "e":
                found.wrong.append(f"{address} {raw}")
            elif not raw and kind != "str" and child(cell, "f") is not None:
                found.empty.append(address)
            elif text := thai.normalise(self._text(cell, kind, raw)).strip():
                found.texts[column] = text

    def _text(self, cell: Element, kind: str, raw: str) -> str:
        match kind:
            case "s":
                return self._book.texts[int(raw)] if raw else ""
            case "inlineStr":
                inline = child(cell, "is")
                return _letters(inline) if inline is not None else ""
            case "str":
                return _unescaped(raw)
            case "b":
                return "✓" if raw == "1" else ""
            case "d":
                return cell_numbers.written(dt.datetime.fromisoformat(raw))
            case _ if raw:
                style = attribute(cell, "s")
                formats = self._book.formats
                at = int(style) if style else 0
                form = formats[at] if at < len(formats) else cell_numbers.GENERAL
                return cell_numbers.shown(raw, form, self._book.first_day)
            case _:
                return ""

    def _merge(self, reference: str) -> None:
        if not (found := _REFERENCE.fullmatch(reference)):
            return
        left, right = _column(found[1]), min(_column(found[3]), _COLUMNS_READ)
        top, bottom = int(found[2]) - 1, int(found[4]) - 1
        for row in range(top, bottom + 1):
            if len(self._merged) > _MERGED_CELLS_LIMIT:
                return
            for column in range(left, right + 1):
                self._merged[row, column] = top, left

    def _grid_rows(self) -> Iterator[tuple[str, tuple[Cell | None, ...], bool, tuple[str, ...]]]:
        used = {at for found in self._rows.values() for at in found.texts}
        last = max(used.union(at for _row, at in self._merged), default=0)
        columns = [at for at in range(last + 1) if at not in self._hidden_columns]
        for row, found in self._rows.items():
            cells = self._cells(row, columns)
            check_width(len(cells))
            place = _("{sheet}, row {row}").format(sheet=self._title, row=row + 1)
            yield place, cells, found.hidden, tuple(_remarks(found))

    def _cells(self, row: int, columns: Sequence[int]) -> tuple[Cell | None, ...]:
        cells: list[Cell | None] = []
        seen: dict[tuple[int, int], int] = {}
        last = 0
        for at, column in enumerate(columns):
            corner = self._merged.get((row, column), (row, column))
            above = self._rows.get(corner[0])
            text = above.texts.get(corner[1], "") if above else ""
            if text:
                last = at + 1
            if corner in seen:
                cells.append(None)
                first = seen[corner]
                cells[first] = Cell(text, at - first + 1, corner[0] < row)
            else:
                seen[corner] = at
                cells.append(Cell(text, 1, corner[0] < row))
        return tuple(cells[:last])


def _remarks(found: _Found) -> Iterator[str]:
    if found.empty:
        message = _(
            "Formulas without a result: {cells}. Open the file in Excel, save it and take it in again."
        )
        yield message.format(cells=", ".join(found.empty))
    if found.wrong:
        message = _("Excel shows an error here: {cells}. The cell was taken as empty.")
        yield message.format(cells=", ".join(found.wrong))


def _is_on(flag: str) -> bool:
    return flag in ("1", "true")


_COLUMN = re.compile(r"[A-Z]{1,3}(?=\d)")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _letters_of(column: int) -> str:
    letters = ""
    number = column + 1
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def _letters(parent: Element) -> str:
    """A text, the pieces of different looks together; readings of Chinese signs are no part of it."""
    pieces: list[str] = []
    for piece in parent:
        match local_name(piece):
            case "t":
                pieces.append(piece.text or "")
            case "r":
                pieces.append(_letters(piece))
            case _:
                pass
    return _unescaped("".join(pieces))


_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescaped(text: str) -> str:
    """What XML cannot hold is written "_x000D_"."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
