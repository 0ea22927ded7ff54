"""Cells on the clipboard: how a block goes out to Excel and Word, and what comes back in."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from itadesk.ui.measure_rows import FIELD_NAMES

if TYPE_CHECKING:
    from itadesk.exchange.grid import Grid

FORMAT = "application/x-itadesk-cells"
"""What this program alone understands: the texts as they are stored, and which columns they are of."""

Texts = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Copied:
    """Cells as texts, row by row.

    `names`: the columns they are of, when they come from a table of measures here; `ids`: the measures, when they were
    copied whole, with all their fields; `cut`: those are to be moved. `measures`: it looks like a table of measures of
    another program, with a heading or with cells that reach over others.
    """

    rows: Texts
    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    cut: bool = False
    measures: bool = False

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    @property
    def single(self) -> bool:
        return len(self.rows) == 1 and self.width == 1


def put(shown: Texts, copied: Copied) -> None:
    """Put cells on the clipboard: `shown` is what other programs get, `copied` what comes back here."""
    from itadesk.exchange import clipboard_out

    data = QMimeData()
    if len(shown) == 1 and len(shown[0]) == 1:
        data.setText(shown[0][0])
    else:
        data.setText(clipboard_out.tabbed(shown))
        data.setHtml(clipboard_out.html(shown))
    data.setData(FORMAT, json.dumps(asdict(copied), ensure_ascii=False).encode())
    QGuiApplication.clipboard().setMimeData(data)


def get() -> Copied | None:
    """What is on the clipboard, as cells; None when it holds no text. UserError when it is too much."""
    from itadesk.exchange import clipboard

    data = QGuiApplication.clipboard().mimeData()
    if data.hasFormat(FORMAT) and (own := _own(bytes(data.data(FORMAT).data()))) is not None:
        return own
    html, text = data.html(), data.text()
    # Paragraphs of Word may hold tabs and are no table.
    grids = [] if html and "<table" not in html.lower() else clipboard.grids(html, text)
    if any(row.filled() for grid in grids for row in grid.rows):
        return _foreign(grids)
    return Copied(((text,),)) if text else None


def _foreign(grids: "Sequence[Grid]") -> Copied:
    cells = [cell for grid in grids for row in grid.rows for cell in row.cells]
    merged = any(cell is None or cell.from_above for cell in cells)
    headed = any(map(_is_headed, grids))
    rows = [
        tuple("" if cell is None or cell.from_above else cell.text for cell in row.cells)
        for grid in grids
        for row in grid.rows
    ]
    while rows and not any(rows[-1]):
        rows.pop()
    return Copied(tuple(rows), measures=merged or headed or len(grids) > 1)


def _is_headed(grid: "Grid") -> bool:
    """Whether rows stand below a heading. Names of units read like headings, but then those below do so too."""
    from itadesk.exchange import columns

    head = columns.find_head(grid)
    below = () if head is None else grid.rows[head.last + 1 :]
    return sum(not columns.is_head(row) for row in below) * 2 > len(below)


def _own(stored: bytes) -> Copied | None:
    """None when it is spoilt: any program can write there."""
    try:
        said: Any = json.loads(stored)
        rows = tuple(tuple(map(str, row)) for row in said["rows"])
        names, ids = (tuple(map(str, said[name])) for name in ("names", "ids"))
        square = all(len(row) == len(names) for row in rows) and len(ids) in (0, len(rows))
        known = not ids or set(names) <= set(FIELD_NAMES)
        return Copied(rows, names, ids, bool(said["cut"])) if rows and names and square and known else None
    except (ValueError, TypeError, KeyError):
        return None
