"""A block of cells as the clipboard hands it on: lines with tabs for spreadsheets, an HTML table for Word."""

import csv
from collections.abc import Iterable, Sequence
from html import escape
from io import StringIO

Rows = Sequence[Sequence[str]]

_TABLE = '<table border="1" cellspacing="0" cellpadding="4" style="border-collapse:collapse">'
_CELL = "<td style='mso-number-format:\"\\@\"; vertical-align:top'>"
"""A text: a spreadsheet would make a date of "1/2" and a number of "1.10"."""
_LINE_END = '<br style="mso-data-placement:same-cell">'
"""Excel would begin a new row at a plain one."""


def tabbed(rows: Rows) -> str:
    """Lines with tabs. A cell with a line end, tab or quote stands between quotes, as in Excel."""
    lines = StringIO()
    csv.writer(lines, csv.excel_tab, lineterminator="\n").writerows(rows)
    return lines.getvalue()


def html(rows: Rows) -> str:
    """A table; a line end inside a cell stays inside it."""
    return f'<html><head><meta charset="utf-8"></head><body>{_TABLE}{"".join(map(_row, rows))}</table></body></html>'


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'{_CELL}{_text(cell)}</td>' for cell in cells)}</tr>"


def _text(cell: str) -> str:
    return escape(cell).replace("\n", _LINE_END)
