"""The columns of a table: widths fixed or fitted to the content, and the type size that leaves room for them."""

from typing import NamedTuple

from itadesk.documents.paper.page import CM, Sheet
from itadesk.documents.paper.text import LEADING, Typesetter
from itadesk.documents.tree import HeadCell, Run, Table

SIDE = 0.36
"""Between a cell's text and the rules on its sides, as a share of the nominal size."""
_SAMPLE = 400
"""Rows looked at to fit the columns."""
_NARROWEST = 0.8
"""The least text width of a column as a share of the size: room for the widest cluster."""
_LEAST_LINES = 12
"""Lines of a table that a page must have room for."""


def fitting_size(table: Table, sheet: Sheet) -> float:
    """The table's type size, smaller when there are more columns, or lines on a page, than have room."""
    across = sheet.width / (len(table.columns) * _narrowest(table.size))
    down = sheet.page_room / (_LEAST_LINES * LEADING * table.size)
    return table.size * min(1, across, down)


def column_widths(table: Table, typesetter: Typesetter, size: float, total: float) -> list[float]:
    """Widths in points that add up to `total`: fixed ones kept while there is room, the rest by content.

    A fitted column is as wide as its longest word at least (an equal share of the room at most), and gets of the rest
    what its amount of text asks for, up to its longest paragraph on one line.
    """
    narrowest = _narrowest(size)
    fixed = {
        at: max(column.width * CM, narrowest)
        for at, column in enumerate(table.columns)
        if column.width is not None
    }
    fitted = [at for at in range(len(table.columns)) if at not in fixed]
    room = total - len(fitted) * narrowest
    if sum(fixed.values()) > room or not fitted:
        fixed = _filling(fixed, room, narrowest)
    free = total - sum(fixed.values())
    widths = fixed | (_fitted_widths(table, typesetter, size, fitted, free) if fitted else {})
    return [widths[at] for at in range(len(table.columns))]


def _filling(widths: dict[int, float], room: float, narrowest: float) -> dict[int, float]:
    """The widths made to fill the room: all wider by the same factor, or those narrower that have something to give."""
    given = sum(widths.values())
    if given <= room:
        return {at: width * room / given for at, width in widths.items()}
    least = len(widths) * narrowest
    kept = max(room - least, 0) / max(given - least, 1e-9)
    return {at: narrowest + (width - narrowest) * kept for at, width in widths.items()}


def _fitted_widths(
    table: Table, typesetter: Typesetter, size: float, fitted: list[int], free: float
) -> dict[int, float]:
    demands = {at: _demand(table, typesetter, size, at) for at in fitted}
    share = free / len(fitted)
    widths = {at: min(word, share) for at, (word, _, _) in demands.items()}
    growing = {at for at in fitted if demands[at].paragraph > widths[at]}
    while growing and (rest := free - sum(widths.values())) > 1e-6:
        weight = sum(demands[at].text for at in growing)
        gains = {at: rest * demands[at].text / weight for at in growing}
        full = {at for at in growing if widths[at] + gains[at] >= demands[at].paragraph}
        if not full:
            return {at: widths[at] + gains.get(at, 0) for at in fitted}
        widths |= {at: demands[at].paragraph for at in full}
        growing -= full
    scale = free / sum(widths.values())
    return {at: width * scale for at, width in widths.items()}


class _Demand(NamedTuple):
    """What a column asks for: width of its longest word and longest paragraph, and a measure of all its text."""

    word: float
    paragraph: float
    text: float


def _demand(table: Table, typesetter: Typesetter, size: float, column: int) -> _Demand:
    rows = [row for row in table.rows if not row.group]
    texts = [row.cells[column] for row in rows[:: max(1, len(rows) // _SAMPLE)]]
    measured = [typesetter.natural((Run(text),), size) for text in texts if text]
    heads = [
        typesetter.natural((Run(head.text, True),), size)[0]
        for _, at, head in head_places(table)
        if at == column and head.columns == 1
    ]
    margin = 2 * SIDE * size + 1
    word = max([width for width, _ in measured] + heads, default=0) + margin
    paragraph = max((width for _, width in measured), default=0) + margin
    return _Demand(word, max(word, paragraph), sum(width for _, width in measured) ** 0.75 + 1)


def _narrowest(size: float) -> float:
    return (_NARROWEST + 2 * SIDE) * size


def head_places(table: Table) -> list[tuple[int, int, HeadCell]]:
    """(row, column, cell) of each head cell: spans of earlier rows push the cells of later ones to the right."""
    taken: set[tuple[int, int]] = set()
    places: list[tuple[int, int, HeadCell]] = []
    for row, cells in enumerate(table.head):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            places.append((row, column, cell))
            taken |= {
                (row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)
            }
    return places
