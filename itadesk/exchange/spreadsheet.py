"""The tables of an Excel or CSV file: one a sheet, hidden rows, columns and sheets left out."""

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from xml.etree.ElementTree import Element

from itadesk.domain import thai
from itadesk.errors import UserError
from itadesk.exchange.grid import Cell, Grid, GridRow, check_length, check_width
from itadesk.exchange.office_package import OfficePackage, attribute, child, local_name, opened
from itadesk.i18n import _

EMPTY_RUN = 200
"""Empty rows after which a sheet has ended, whatever its formats say."""


def grids(data: bytes, name: str) -> list[Grid]:
    """The sheets of the .xlsx file `data` called `name`. UserError for what is none, or too large."""
    with opened(data, name) as package:
        package.check_xml()
        return list(_sheets(package, data))


def _sheets(package: OfficePackage, data: bytes) -> Iterator[Grid]:
    from openpyxl import load_workbook

    part = package.main_part()
    relations = package.relations(part)
    workbook = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    count = 0
    for sheet in child(package.tree(part), "sheets") or ():
        target = relations.get(attribute(sheet, "id"))
        title = attribute(sheet, "name")
        if target is None or target.kind != "worksheet" or attribute(sheet, "state") not in ("", "visible"):
            continue
        shape = _shape(package.tree(target.target))
        values = workbook[title].iter_rows(values_only=True)
        rows = tuple(_rows(title, shape, values))
        count += len(rows)
        check_length(count)
        if rows:
            yield Grid(rows)


@dataclass
class _Shape:
    """What a sheet says beside its values; rows and columns count from 0."""

    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: set[int] = field(default_factory=set[int])
    merged: dict[tuple[int, int], tuple[int, int]] = field(
        default_factory=dict[tuple[int, int], tuple[int, int]]
    )
    """Of each cell inside a merged one, its top left cell."""


_COLUMNS_READ = 200
_MERGED_CELLS_LIMIT = 200_000


def _shape(root: Element) -> _Shape:
    shape = _Shape()
    for part in root:
        match local_name(part):
            case "cols":
                for column in part:
                    if _is_on(attribute(column, "hidden")):
                        first, last = int(attribute(column, "min")), int(attribute(column, "max"))
                        shape.hidden_columns.update(range(first - 1, min(last, _COLUMNS_READ)))
            case "sheetData":
                shape.hidden_rows = {
                    int(attribute(row, "r")) - 1
                    for row in part
                    if _is_on(attribute(row, "hidden")) and attribute(row, "r")
                }
            case "mergeCells":
                for merged in part:
                    _merge(shape, attribute(merged, "ref"))
            case _:
                pass
    return shape


def _is_on(flag: str) -> bool:
    return flag in ("1", "true")


_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


def _merge(shape: _Shape, reference: str) -> None:
    if not (found := _REFERENCE.fullmatch(reference)):
        return
    left, right = _column(found[1]), min(_column(found[3]), _COLUMNS_READ)
    top, bottom = int(found[2]) - 1, int(found[4]) - 1
    for row in range(top, bottom + 1):
        if len(shape.merged) > _MERGED_CELLS_LIMIT:
            return
        for column in range(left, right + 1):
            shape.merged[row, column] = top, left


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _rows(title: str, shape: _Shape, values: Iterable[tuple[object, ...]]) -> Iterator[GridRow]:
    texts: dict[tuple[int, int], str] = {}
    empty = 0
    for row, line in enumerate(values):
        shown = [show(value) for value in line]
        empty = 0 if any(shown) else empty + 1
        if empty > EMPTY_RUN:
            return
        check_length(row + 1 - empty)
        while shown and not shown[-1] and (row, len(shown) - 1) not in shape.merged:
            shown.pop()
        texts.update(((row, column), text) for column, text in enumerate(shown) if text)
        if row not in shape.hidden_rows and shown:
            cells = tuple(_cells(shape, texts, row, len(shown)))
            check_width(len(cells))
            yield GridRow(_("{sheet}, row {row}").format(sheet=title, row=row + 1), cells)


def _cells(
    shape: _Shape, texts: Mapping[tuple[int, int], str], row: int, width: int
) -> Iterator[Cell | None]:
    reach = {
        column: shape.merged.get((row, column), (row, column))
        for column in range(width)
        if column not in shape.hidden_columns
    }
    seen: set[tuple[int, int]] = set()
    for corner in reach.values():
        if corner in seen:
            yield None
            continue
        seen.add(corner)
        wide = sum(other == corner for other in reach.values())
        yield Cell(texts.get(corner, ""), wide, from_above=corner[0] < row)


def show(value: object) -> str:
    """What the clerk sees of a cell's value, more or less: a date in Thai, a number without needless decimals."""
    match value:
        case None:
            return ""
        case bool():
            return "✓" if value else ""
        case dt.datetime() | dt.date():
            return thai.long_date(_christian(value))
        case float():
            return f"{value:.10g}"
        case _:
            return thai.normalise(str(value)).strip()


def _christian(date: dt.date) -> dt.date:
    """A date typed with a year of the Buddhist era, which Excel takes as it is, is far in the future."""
    year = date.year - thai.BUDDHIST_ERA if date.year > 2400 else date.year
    day = 28 if (date.month, date.day) == (2, 29) else date.day
    return dt.date(year, date.month, day if year != date.year else date.day)


_ENCODINGS = ("utf-8-sig", "cp874")
_DELIMITERS = ",;\t"


def csv_grids(data: bytes, name: str) -> list[Grid]:
    """The table of a CSV file: UTF-8, UTF-16 or the Thai code page of old Excels; comma, semicolon or tab."""
    text = _decoded(data, name)
    head = text[:20_000]
    delimiter = max(_DELIMITERS, key=head.count)
    rows: list[GridRow] = []
    try:
        for number, line in enumerate(csv.reader(StringIO(text, newline=""), delimiter=delimiter), 1):
            check_length(number)
            check_width(len(line))
            cells = tuple(Cell(thai.normalise(value).strip()) for value in line)
            rows.append(GridRow(_("row {row}").format(row=number), cells))
    except csv.Error as error:
        raise _unreadable(name) from error
    return [Grid(tuple(rows))]


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise _unreadable(name)
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(name)


def _unreadable(name: str) -> UserError:
    return UserError(
        _("{name} cannot be read as a table.").format(name=name),
        _("Open it in Excel, save it as an Excel file (.xlsx) and choose that file."),
    )
