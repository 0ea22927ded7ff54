"""The table of a CSV file: UTF-8, UTF-16 or the Thai code page of old Excels; comma, semicolon, bar or tab."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from itadesk.domain import thai
from itadesk.errors import UserError
from itadesk.exchange.grid import Cell, Grid, GridRow, check_length, check_width
from itadesk.i18n import _

_DELIMITERS = ",;\t|"
_LOOKED_AT = 50
"""Rows from which the delimiter is told."""


def grids(text: str, name: str) -> list[Grid]:
    """The table of the .csv file called `name` that holds `text`. UserError for what is none, or too large."""
    text, delimiter = _with_delimiter(text)
    rows: list[GridRow] = []
    try:
        for number, line in enumerate(_lines(text, delimiter), 1):
            check_length(number)
            check_width(len(line))
            cells = tuple(Cell(thai.normalise(value).strip()) for value in line)
            rows.append(GridRow(_("row {row}").format(row=number), cells))
    except csv.Error as error:
        raise unreadable(name) from error
    return [Grid(tuple(rows))]


def _lines(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter)


def _with_delimiter(text: str) -> tuple[str, str]:
    """The table and what parts its cells: as its first line says ("sep=;"), else what makes its rows equally wide."""
    first, _end, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return rest, first.strip()[4]
    return text, max(_DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    try:
        widths = [len(line) for line in islice(_lines(text, delimiter), _LOOKED_AT) if line]
    except csv.Error:
        return 0.0, 0
    often = Counter(width for width in widths if width > 1).most_common(1)
    return (often[0][1] / len(widths), often[0][0]) if often else (0.0, 0)


def decoded(data: bytes) -> str | None:
    """A text in one of the encodings of Thai offices; None when it is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    encodings = ("utf-16-le", "utf-16-be") if b"\0" in data else ("utf-8-sig", "cp874")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if b"\0" not in data or _is_text(text):
            return text
    return None


def _is_text(text: str) -> bool:
    """Whether bytes that may be anything were a text: Thai and ASCII letters, with lines or cells."""
    known = sum(letter in "\r\n\t" or " " <= letter <= "~" or "ก" <= letter <= "๛" for letter in text)
    return known > 0.95 * len(text) and any(mark in text for mark in "\n,;\t")


def unreadable(name: str) -> UserError:
    return UserError(
        _("{name} cannot be read as a table.").format(name=name),
        _("Open it in Excel, save it as an Excel file (.xlsx) and choose that file."),
    )
