"""What is understood of a source of measures: of each row what it is, and the measures themselves."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto

from itadesk.domain import thai
from itadesk.domain.model import Round, Status
from itadesk.exchange.columns import Column, round_in
from itadesk.exchange.grid import Grid


class Kind(StrEnum):
    """What a row is."""

    MEASURE = auto()
    CONTINUED = auto()
    """It goes on with the measure above: a row that was cut by the end of a page, or a step of its own."""
    GROUP = auto()
    HEAD = auto()
    OUTSIDE = auto()
    """A title, a signature, a page number."""
    LEFT_OUT = auto()
    """The clerk left it out."""


@dataclass
class Entry:
    """One measure as it was understood; `said` are texts by field of Measure, `progress` those of Progress by round."""

    said: dict[str, str] = field(default_factory=dict[str, str])
    indicator: str = ""
    heading: str = ""
    continuous: bool = False
    progress: dict[Round, dict[str, str]] = field(default_factory=dict[Round, dict[str, str]])
    status: dict[Round, Status] = field(default_factory=dict[Round, Status])
    links: list[str] = field(default_factory=list[str])


@dataclass
class ReadRow:
    """One row of the source: `table` and `row` count from 0; `measure` is its entry, if it is of one."""

    table: int
    row: int
    place: str
    texts: tuple[str, ...]
    kind: Kind
    measure: int | None = None
    told: Status | None = None
    """The status that was taken from the words of the result."""
    warnings: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Reading:
    """What was understood of a source: the columns of each of its tables, all rows, the measures."""

    columns: tuple[tuple[Column, ...], ...]
    rows: tuple[ReadRow, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Choices:
    """What the clerk said otherwise than it was understood: targets by table and column, rows that are left out."""

    columns: Mapping[int, Mapping[int, str]] = field(default_factory=dict[int, Mapping[int, str]])
    left_out: frozenset[tuple[int, int]] = frozenset()


_YEAR = re.compile(r"(?:ปีงบประมาณ|ปี|พ\.?ศ\.?|fiscalyear)+(2[56]\d\d)")
TITLE_LENGTH = 200
"""Letters of the longest line that is taken for a title: running text names other years, too."""


def fiscal_year_named(grids: Iterable[Grid]) -> int | None:
    """The fiscal year that the titles above and in the tables name first."""
    for line in _titles(grids):
        if found := _YEAR.search(thai.fold(line)):
            return int(found[1])
    return None


def round_named(grids: Iterable[Grid]) -> Round | None:
    return next((round_ for line in _titles(grids) if (round_ := round_in(line))), None)


def by_year(grids: Sequence[Grid]) -> dict[int | None, list[Grid]]:
    """The tables by the fiscal year that they name; one that names none goes with the one before. None: no year yet."""
    found: dict[int | None, list[Grid]] = {}
    year: int | None = None
    for grid in grids:
        year = fiscal_year_named([grid]) or year
        found.setdefault(year, []).append(grid)
    if None in found and len(found) == 2:  # what stands before the first title is of the only year named
        (named,) = found.keys() - {None}
        return {named: list(grids)}
    return found


def _titles(grids: Iterable[Grid]) -> Iterator[str]:
    for grid in grids:
        inside = [row.text(row.filled()[0]) for row in grid.rows[:5] if len(row.filled()) == 1]
        yield from (line for line in (*grid.above, *inside) if len(line) <= TITLE_LENGTH)
