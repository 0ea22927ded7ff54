"""Tables from the clipboard: the HTML that Word, Excel and browsers put there, or lines with tabs."""

import csv
from io import StringIO

from itadesk.domain import thai
from itadesk.errors import UserError
from itadesk.exchange import html_tables, label_forms
from itadesk.exchange.grid import Cell, Grid, GridRow, check_length, check_width
from itadesk.i18n import _

SIZE_LIMIT = 50_000_000
"""Characters: a whole book of tables is less."""


def grids(html: str, text: str) -> list[Grid]:
    """The tables of what was copied; `html` tells more than `text` where it has a table. None: it is no table."""
    if max(len(html), len(text)) > SIZE_LIMIT:
        raise UserError(_("There is too much on the clipboard."), _("Copy only the rows of the measures."))
    return label_forms.unfolded(html_tables.grids(html) if "<table" in html.lower() else _text_grids(text))


def _text_grids(text: str) -> list[Grid]:
    if "\t" not in text:
        return []
    rows: list[GridRow] = []
    for number, line in enumerate(_tab_lines(text), 1):
        check_length(number)
        check_width(len(line))
        cells = tuple(Cell(thai.normalise(cell).strip()) for cell in line)
        rows.append(GridRow(_("row {row}").format(row=number), cells))
    return [Grid(tuple(rows))]


def _tab_lines(text: str) -> list[list[str]]:
    """Excel puts a cell of several lines between quotes; other programs leave quotes as they are."""
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        return [line.split("\t") for line in text.splitlines()]
