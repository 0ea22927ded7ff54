"""The files that measures are taken in from, by their ending."""

from collections.abc import Callable, Mapping
from pathlib import Path

from itadesk.exchange import spreadsheet, word_tables
from itadesk.exchange.grid import Grid

TABLES: Mapping[str, Callable[[bytes, str], list[Grid]]] = {
    ".docx": word_tables.grids,
    ".xlsx": spreadsheet.grids,
    ".csv": spreadsheet.csv_grids,
}


def grids(path: Path, data: bytes) -> list[Grid]:
    """The tables of the file `data` from `path`. KeyError for another ending; UserError for what cannot be read."""
    return TABLES[path.suffix.lower()](data, path.name)
