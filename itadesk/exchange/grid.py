"""A table as a Word file, a sheet or the clipboard has it: cells in their columns, merged ones once."""

from dataclasses import dataclass
from typing import NamedTuple

from itadesk.errors import UserError
from itadesk.i18n import _

ROW_LIMIT = 10_000
"""Rows of all tables of a source together: more are no year's measures."""
COLUMN_LIMIT = 100


class Cell(NamedTuple):
    """`wide`: columns it reaches over. `from_above`: it is the lower part of a merged cell, with that one's text."""

    text: str
    wide: int = 1
    from_above: bool = False


@dataclass(frozen=True)
class GridRow:
    """`cells` has an entry for each column: None where a cell beside it reaches over. `place` is what users call it.

    `hidden`: the file does not show the row. `remarks`: what cannot be read in it, and what to do.
    """

    place: str
    cells: tuple[Cell | None, ...]
    hidden: bool = False
    remarks: tuple[str, ...] = ()

    def text(self, column: int) -> str:
        cell = self.cells[column] if column < len(self.cells) else None
        return cell.text if cell else ""

    def filled(self) -> list[int]:
        """The columns with a text of this row's own."""
        return [
            at for at, cell in enumerate(self.cells) if cell and not cell.from_above and cell.text.strip()
        ]


@dataclass(frozen=True)
class Grid:
    """One table and the lines of text that stand above it; `remarks`: what of its file was left out."""

    rows: tuple[GridRow, ...]
    above: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


def check_width(columns: int) -> None:
    if columns > COLUMN_LIMIT:
        raise UserError(
            _("The table has more than {limit} columns.").format(limit=COLUMN_LIMIT),
            _("Copy only the columns with the measures."),
        )


def check_length(rows: int) -> None:
    if rows > ROW_LIMIT:
        raise UserError(
            _("There are more than {limit:,} rows.").format(limit=ROW_LIMIT),
            _("Take only the rows with the measures of one year."),
        )
