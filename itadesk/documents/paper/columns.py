"""The columns of a table: widths fixed or fitted to the content, and the type size that leaves room for them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil, inf, sqrt
from typing import NamedTuple

from itadesk.documents.paper.page import CM, Sheet
from itadesk.documents.paper.text import LEADING, Natural, Typesetter
from itadesk.documents.tree import Block, Column, HeadCell, Run, Table

SIDE = 0.36
"""Between a cell's text and the rules on its sides, as a share of the nominal size."""
_SAMPLE = 250
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


def equal_columns(blocks: Sequence[Block], sheet: Sheet) -> list[Block]:
    """The blocks of a section; its tables of equal columns and heads, as one that is split has them, get equal widths,
    fitted to the rows of all of them."""
    alike: dict[object, list[Table]] = {}
    for block in blocks:
        if isinstance(block, Table) and block.columns:
            alike.setdefault((block.columns, block.head, block.size), []).append(block)
    fitted = {key: _fixed_columns(tables, sheet) for key, tables in alike.items() if len(tables) > 1}
    return [
        replace(block, columns=fitted.get((block.columns, block.head, block.size), block.columns))
        if isinstance(block, Table)
        else block
        for block in blocks
    ]


def _fixed_columns(tables: Sequence[Table], sheet: Sheet) -> tuple[Column, ...]:
    """The columns of such tables, with the widths that fit all their rows."""
    whole = replace(tables[0], rows=tuple(row for table in tables for row in table.rows))
    widths = column_widths(whole, sheet.type, fitting_size(whole, sheet), sheet.width)
    return tuple(
        replace(column, width=width / CM) for column, width in zip(whole.columns, widths, strict=True)
    )


def column_widths(table: Table, typesetter: Typesetter, size: float, total: float) -> list[float]:
    """Widths in points that add up to `total`: fixed ones kept while there is room, the rest by content.

    A fitted column is as wide as its longest piece at least (an equal share of the room at most). The rest is shared so
    that the rows are as low as may be together, up to its longest paragraph on one line.
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
    widths = fixed | (_fitted_widths(table, typesetter, size, fixed, free) if fitted else {})
    return [widths[at] for at in range(len(table.columns))]


def _filling(widths: dict[int, float], room: float, narrowest: float) -> dict[int, float]:
    """The widths made to fill the room: all wider by the same factor, or those narrower that have something to give."""
    given = sum(widths.values())
    if given <= room:
        return {at: width * room / given for at, width in widths.items()}
    least = len(widths) * narrowest
    kept = max(room - least, 0) / max(given - least, 1e-9)
    return {at: narrowest + (width - narrowest) * kept for at, width in widths.items()}


# --- fitted columns


class _Bounds(NamedTuple):
    """The least and the most width that a column makes use of."""

    least: float
    most: float


def _fitted_widths(
    table: Table, typesetter: Typesetter, size: float, fixed: Mapping[int, float], free: float
) -> dict[int, float]:
    margin = 2 * SIDE * size + 1
    rows = [row for row in table.rows if not row.group]
    texts = [
        [typesetter.natural((Run(text),), size) for text in row.cells]
        for row in rows[:: max(1, len(rows) // _SAMPLE)]
    ]
    fitted = [at for at in range(len(table.columns)) if at not in fixed]
    heads = _head_words(table, typesetter, size)
    bounds = {
        at: _bounds([row[at] for row in texts], heads.get(at, 0), margin, free / len(fitted)) for at in fitted
    }
    if (most := sum(bound.most for bound in bounds.values())) <= free:
        return {at: bound.most * free / most for at, bound in bounds.items()}
    paragraphs = [[text.paragraphs for text in row] for row in texts]
    return _Sharing(paragraphs, bounds, fixed, free, margin, size * _RAGGED).widths()


def _head_words(table: Table, typesetter: Typesetter, size: float) -> dict[int, float]:
    """Width of the longest word in each column's head."""
    found: dict[int, float] = {}
    for _, at, head in head_places(table):
        if head.columns == 1:
            word = typesetter.natural((Run(head.text, True),), size).word
            found[at] = max(found.get(at, 0), word)
    return found


def _bounds(texts: Sequence[Natural], head: float, margin: float, share: float) -> _Bounds:
    piece = max([text.piece for text in texts] + [head], default=0) + margin
    paragraph = max((width for text in texts for width in text.paragraphs), default=0) + margin
    least = min(piece, share)
    return _Bounds(least, max(least, piece, paragraph))


_ROUNDS = 12
_DECISIVE = 8
"""How much more a row's taller cells count in sharing than its lower ones."""
_RAGGED = 0.6
"""What a full line leaves empty before the next word, as a share of the size: about half a word."""


class _Sharing:
    """Shares out a table's width so that the sum of its rows' heights gets small.

    A text of length a in a column of width w is about a / w lines high, and a row as high as its tallest cell. The sum
    is least where width moved from one column to another gains nothing: each is then as wide as the root of what its
    texts that are the tallest of their rows add up to. Which ones those are depends on the widths again, so that it is
    tried again from there, and the best try is taken.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[Sequence[float]]],
        bounds: Mapping[int, _Bounds],
        fixed: Mapping[int, float],
        free: float,
        margin: float,
        ragged: float,
    ) -> None:
        self._bounds = bounds
        self._free = free
        self._margin = margin
        self._ragged = ragged
        self._rows = [
            (
                max((self._lines(row[at], width) for at, width in fixed.items()), default=1),
                {at: row[at] for at in bounds if row[at]},
            )
            for row in rows
        ]
        """Of each row the lines of its cells of fixed width, and its other texts as the widths of paragraphs."""

    def widths(self) -> dict[int, float]:
        whole = {at: sum(sum(row.get(at, ())) for _, row in self._rows) for at in self._bounds}
        widths = self._shared({at: sqrt(amount) for at, amount in whole.items()})
        best = inf, widths
        for _ in range(_ROUNDS):
            height, asked = self._tried(widths)
            if height < best[0]:
                best = height, widths
            # Half of the way only: all the way it would go to and fro.
            widths = self._shared({at: sqrt(widths[at] * sqrt(amount)) for at, amount in asked.items()})
        return best[1]

    def _tried(self, widths: Mapping[int, float]) -> tuple[int, dict[int, float]]:
        """The rows' height in lines, and of each column the texts that make it."""
        height, asked = 0, dict.fromkeys(self._bounds, 0.0)
        for least, row in self._rows:
            counts = {at: self._lines(text, widths[at]) for at, text in row.items()}
            tallest = max(counts.values(), default=0)
            height += max(tallest, least)
            if tallest <= least:
                continue
            parts = {at: (count / tallest) ** _DECISIVE for at, count in counts.items()}
            whole = sum(parts.values())
            for at, part in parts.items():
                asked[at] += part / whole * counts[at] * widths[at]
        return height, asked

    def _lines(self, paragraphs: Sequence[float], width: float) -> int:
        """About how many lines a text takes in a column."""
        room = width - self._margin
        full = max(room - self._ragged, 1)
        return sum(1 if length <= room else ceil(length / full) for length in paragraphs)

    def _shared(self, weights: Mapping[int, float]) -> dict[int, float]:
        """Widths in proportion to the weights, each within its bounds, that fill the room."""
        lightest = max(max(weights.values()) / 1000, 1e-9)
        told = {at: max(weight, lightest) for at, weight in weights.items()}
        low, high = 0.0, max(bound.most for bound in self._bounds.values()) / min(told.values())
        for _ in range(50):
            middle = (low + high) / 2
            if sum(self._within(told, middle).values()) > self._free:
                high = middle
            else:
                low = middle
        widths = self._within(told, low)
        scale = self._free / sum(widths.values())
        return {at: width * scale for at, width in widths.items()}

    def _within(self, weights: Mapping[int, float], factor: float) -> dict[int, float]:
        return {
            at: min(max(weights[at] * factor, bound.least), bound.most) for at, bound in self._bounds.items()
        }


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
