"""Whether a tree out of a file, which may come from anywhere, can be set: its sizes, and the shapes of its tables."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from itadesk.documents.tree import (
    Column,
    HeadCell,
    Margins,
    MemoField,
    MemoHead,
    Paragraph,
    Picture,
    SignatureBlock,
    SignatureChain,
    Space,
    Table,
)

MOST_COLUMNS, MOST_HEAD_ROWS = 100, 10
_LENGTH = (0, 100)

RANGES: Mapping[type[Any], Mapping[str, tuple[float, float]]] = {
    Paragraph: {"size": (1, 100), "indent": _LENGTH, "left": _LENGTH, "space_before": _LENGTH},
    Picture: {"height": _LENGTH},
    MemoField: {"width": (0.01, 100)},
    MemoHead: {"emblem_height": _LENGTH},
    SignatureBlock: {"opinion_lines": (0, 100)},
    SignatureChain: {"columns": (1, 10)},
    HeadCell: {"columns": (1, MOST_COLUMNS), "rows": (1, MOST_HEAD_ROWS)},
    Column: {"width": (0, 100)},
    Table: {"size": (1, 100)},
    Space: {"height": _LENGTH, "stretch": (0, 10_000)},
    Margins: {"left": _LENGTH, "right": _LENGTH, "top": _LENGTH, "bottom": _LENGTH},
}
"""What every number of a part may be, both ends included; layouts allow less."""


def fits(part: Any) -> bool:
    """Whether one part of a tree can be set, those in it aside."""
    ranges = RANGES.get(cast(type[Any], type(part)), {})
    values = ((getattr(part, name), ends) for name, ends in ranges.items())
    within = all(value is None or least <= value <= most for value, (least, most) in values)
    return within and (not isinstance(part, Table) or _has_shape(part))


def _has_shape(table: Table) -> bool:
    width = len(table.columns)
    rows = all(len(row.cells) == (1 if row.group else width) for row in table.rows)
    return 0 < width <= MOST_COLUMNS and len(table.head) <= MOST_HEAD_ROWS and rows and _is_full(table)


def _is_full(table: Table) -> bool:
    """Whether the cells of the head, put one after another where there is room, leave no gap and stick out nowhere."""
    below = [0] * len(table.columns)
    for at, cells in enumerate(table.head):
        if not _put(at, cells, below):
            return False
    return not table.head or set(below) == {len(table.head)}


def _put(at: int, cells: Iterable[HeadCell], below: list[int]) -> bool:
    """Put the cells of one row of a head in; `below`: the row where the next cell of each column can stand."""
    for cell in cells:
        first = next((column for column, row in enumerate(below) if row <= at), len(below))
        after = first + cell.columns
        if after > len(below) or any(row > at for row in below[first:after]):
            return False
        below[first:after] = [at + cell.rows] * cell.columns
    return all(row > at for row in below)
