"""What is understood of a source of measures: of each row what it is, and the measures themselves."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto

from itadesk.domain import thai
from itadesk.domain.model import Round, Status, Unit
from itadesk.domain.units import has_unit
from itadesk.exchange.columns import Column, round_in
from itadesk.exchange.grid import Grid
from itadesk.exchange.row_words import TITLE_LENGTH


class Kind(StrEnum):
    """What a row is."""

    MEASURE = auto()
    CONTINUED = auto()
    """It goes on with the measure above: a row that was cut by the end of a page, or a step of its own."""
    GROUP = auto()
    HEAD = auto()
    OUTSIDE = auto()
    """A title, a signature, a page number."""
    HIDDEN = auto()
    """The file does not show it, and so it is not taken."""
    LEFT_OUT = auto()
    """The clerk left it out."""


@dataclass
class Entry:
    """One measure as it was understood; `said` are texts by field of Measure, `progress` those of Progress by round.

    `told`: the rounds whose status was taken from the words of the result; `unclear`: those whose own cannot be read.
    `unit`: whose form it stands in.
    """

    said: dict[str, str] = field(default_factory=dict[str, str])
    indicator: str = ""
    heading: str = ""
    continuous: bool = False
    progress: dict[Round, dict[str, str]] = field(default_factory=dict[Round, dict[str, str]])
    status: dict[Round, Status] = field(default_factory=dict[Round, Status])
    told: set[Round] = field(default_factory=set[Round])
    unclear: set[Round] = field(default_factory=set[Round])
    links: list[str] = field(default_factory=list[str])
    unit: str = ""


@dataclass
class ReadRow:
    """One row of the source: `table` and `row` count from 0; `measure` is its entry, if it is of one.

    `texts` are as they are taken, `typed` as the source has them. `exchanged`: responsible and period seem to be, or
    were on request.
    """

    table: int
    row: int
    place: str
    texts: tuple[str, ...]
    typed: tuple[str, ...]
    kind: Kind
    measure: int | None = None
    told: Status | None = None
    """The status that was taken from the words of the result."""
    exchanged: bool = False
    warnings: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Reading:
    """What was understood of a source: the columns of each of its tables, all rows, the measures.

    `remarks`: what of the source was left out.
    """

    columns: tuple[tuple[Column, ...], ...]
    rows: tuple[ReadRow, ...]
    entries: tuple[Entry, ...]
    remarks: tuple[str, ...] = ()

    @property
    def untaken(self) -> list[str]:
        """The headings of the columns that are not taken."""
        left_out = {
            column.heading
            for columns in self.columns
            for column in columns
            if column.heading and not column.target
        }
        return sorted(left_out, key=thai.sort_key)


@dataclass(frozen=True)
class Choices:
    """What the clerk wants otherwise than it was understood.

    Targets by table and column; rows that are left out, and hidden ones that are taken; whether responsible and period
    are exchanged where they seem to be; whether wrapped lines are joined, and how such a text is cut into words.
    """

    columns: Mapping[int, Mapping[int, str]] = field(default_factory=dict[int, Mapping[int, str]])
    left_out: frozenset[tuple[int, int]] = frozenset()
    taken: frozenset[tuple[int, int]] = frozenset()
    exchange: bool = False
    joined_by: Callable[[str], Sequence[str]] | None = None


_YEAR = re.compile(r"(?:ปีงบประมาณ|ปี|พ\.?ศ\.?|fiscalyear)+(2[56]\d\d)")


def fiscal_year_named(grids: Iterable[Grid]) -> int | None:
    """The fiscal year that the titles above and in the tables name first."""
    return next((year for line in _titles(grids) if (year := year_in(line))), None)


def year_in(text: str) -> int | None:
    """The first year that a text names as one."""
    found = _YEAR.search(thai.fold(text))
    return int(found[1]) if found else None


def round_named(grids: Iterable[Grid]) -> Round | None:
    return next((round_ for line in _titles(grids) if (round_ := round_in(line))), None)


def units_named(grids: Iterable[Grid], units: Sequence[Unit]) -> list[str]:
    """The unit whose form each table is, "" where it is none's; one that no title begins goes with the one before."""
    found: list[str] = []
    for grid in grids:
        named = [match[1] for line in _titles([grid]) if (match := _FORM_OF.search(line))]
        its = [unit.name for text in named for unit in units if has_unit(text, unit)]
        begins = grid.above or fiscal_year_named([grid]) or round_named([grid])
        found.append(its[0] if its else found[-1] if found and not begins else "")
    return found


_FORM_OF = re.compile(r"(?:หน่วยงานผู้รับผิดชอบ|responsible unit)\s*:(.+)")


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
