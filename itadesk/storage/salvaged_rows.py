"""What the loose rows of a damaged file are: of which table, under which parent; what is known of those now lost."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeVar, cast

from itadesk.domain import thai
from itadesk.domain.family import PARENTS
from itadesk.domain.fields import CELL_LIMIT, FIRST_YEAR, LAST_YEAR
from itadesk.domain.model import Assessment, FiscalYear, Joined, Measure, Office, Row
from itadesk.domain.rules import LAST_PLACE
from itadesk.domain.snapshot import TABLE_OF, TABLES
from itadesk.i18n import _
from itadesk.storage import contents, generation
from itadesk.storage.pages import Value, Values
from itadesk.storage.snapshot import COLUMNS, loaded

_SPOILED = "\ufffd"
"""Stands for what was no text."""

R = TypeVar("R", bound=Row)
Image = Mapping[str, Any]
"""What the history says a row was like: some or all of its columns."""


@dataclass
class Loose:
    """Rows of content as they are met on the pages, before it is known what belongs to what.

    Under what stood there, the rows that it can be: some tables look alike.
    """

    rows: dict[Values, tuple[Row, ...]] = field(default_factory=dict[Values, "tuple[Row, ...]"])

    def add(self, values: Values) -> bool:
        """Keep `values` if they may be a row of content."""
        clean = tuple(map(_cleaned, values))
        rows = [_row(row_class, clean) for row_class in _shapes().get(len(values), ())]
        able = tuple(row for row in rows if row is not None)
        if able:
            self.rows.setdefault(clean, able)
        return bool(able)


def _cleaned(value: Value) -> Value:
    return thai.normalise(value) if isinstance(value, str) else value


@cache
def _shapes() -> Mapping[int, tuple[type[Row], ...]]:
    """The classes of rows by the number of their columns. Of other copies that were merged in no part may be missing:
    what is salvaged never passes for newer than they are."""
    shapes: dict[int, tuple[type[Row], ...]] = {}
    for table, row_class in TABLES.items():
        if row_class is Joined:
            continue
        width = len(generation.columns()[table])
        shapes[width] = (*shapes.get(width, ()), row_class)
    return shapes


def _row(row_class: type[Row], values: Values) -> Row | None:
    """The row of that class, None when these values are none."""
    columns: dict[str, Any] = dict(zip(generation.columns()[TABLE_OF[row_class]], values, strict=True))
    ordinal = columns.get("ordinal", 0)
    if type(ordinal) is not int or not 0 <= ordinal <= generation.HIGHEST:
        return None
    columns["ordinal"] = min(ordinal, LAST_PLACE)
    try:
        row = loaded(row_class, [columns[name] for name in COLUMNS[row_class]])
        contents.check_row(row)
    except (ValueError, TypeError, ArithmeticError):
        return None
    return row


def images(entries: Iterable[Values]) -> Mapping[str, Image]:
    """By its id, what the history tells of each row that was not deleted."""
    names = generation.columns()["history"]
    told = sorted(
        (dict(zip(names, entry, strict=True)) for entry in entries), key=lambda entry: str(entry["at"])
    )
    found: dict[str, Image] = {}
    for entry in told:
        row_id = str(entry["row_id"])
        if entry["op"] == "delete":
            found.pop(row_id, None)
        else:
            found[row_id] = {**found.get(row_id, {}), **_columns(entry["after"])}
    return found


def _columns(text: Value) -> Image:
    try:
        columns = json.loads(str(text))
    except (ValueError, RecursionError):
        return {}
    return cast(Image, columns) if isinstance(columns, dict) else {}


class Arranged:
    """Rows in their places: one office, no row without a parent.

    `made_up`: parents put there so that children which lost theirs have one. Children of kinds that mean nothing alone
    are left out. `missed`: by table, ids of parents that are not there.
    """

    def __init__(self, loose: Loose, known: Mapping[str, Image]) -> None:
        self.made_up: list[Row] = []
        self.missed: dict[str, set[str]] = {}
        self._rows: dict[type[Row], dict[str, Row]] = {row_class: {} for row_class in TABLES.values()}
        self._known = known
        self._same: dict[str, str] = {}
        waiting = dict(loose.rows)
        for row_class in TABLES.values():
            for values, able in list(waiting.items()):
                row = next((row for row in able if type(row) is row_class), None)
                # Of tables that look alike, the later ones ask more of a row.
                if row is not None and (row is able[-1] or self._has_parent(row)):
                    self._put(row)
                    del waiting[values]
        if any(self._rows.values()):
            self._office("")

    def of(self, row_class: type[R]) -> dict[str, R]:
        """The rows of a class by id."""
        return cast(dict[str, R], self._rows[row_class])

    def rows(self) -> Iterator[Row]:
        """Every row, parents before children."""
        for rows in self._rows.values():
            yield from rows.values()

    @property
    def spoiled(self) -> int:
        """How many rows have letters that could not be read."""
        return sum(_SPOILED in repr(row) for row in self.rows())

    def _has_parent(self, row: Row) -> bool:
        place = PARENTS.get(type(row))
        return place is not None and self._found(place[1], getattr(row, place[0])) is not None

    def _found(self, row_class: type[Row], row_id: str) -> Row | None:
        return self._rows[row_class].get(self._same.get(row_id, row_id))

    def _put(self, row: Row) -> None:
        if (twin := self._twin(row)) is not None:
            self._same[row.id] = twin.id
            return
        if (place := PARENTS.get(type(row))) is not None:
            name, row_class = place
            row_id = getattr(row, name)
            parent = self._found(row_class, row_id) or self._made_up(row_class, row_id)
            if parent is None:
                self._miss(row_class, row_id)
                return
            row = replace(row, **{name: parent.id})
        self._rows[type(row)].setdefault(row.id, row)

    def _twin(self, row: Row) -> Row | None:
        """Another office or the same year, when pages of two documents got into one file."""
        match row:
            case Office():
                return next(iter(self.of(Office).values()), None)
            case FiscalYear() | Assessment():
                return next((other for other in self.of(type(row)).values() if other.year == row.year), None)
            case _:
                return None

    def _made_up(self, row_class: type[Row], row_id: str) -> Row | None:
        """A parent for rows that lost theirs, as far as the history knows it; None where one would mean nothing."""
        if row_class is Office:
            return self._office(row_id)
        if row_class is FiscalYear:
            return self._fiscal_year(row_id)
        if row_class is Measure:
            return self._measure(row_id)
        return None

    def _office(self, row_id: str) -> Office:
        """The one there is; one without a name when it is lost."""
        there = next(iter(self.of(Office).values()), None)
        return there or self._keep(Office(id=row_id or "0" * 32))

    def _fiscal_year(self, row_id: str) -> FiscalYear:
        """Of a year that the history tells, else of one so early that everybody sees what is the matter."""
        taken = {row.year for row in self.of(FiscalYear).values()}
        years = (self._known.get(row_id, {}).get("year"), *range(FIRST_YEAR, LAST_YEAR + 1))
        free = (
            year
            for year in years
            if type(year) is int and FIRST_YEAR <= year <= LAST_YEAR and year not in taken
        )
        return self._keep(FiscalYear(id=row_id, office_id=self._office("").id, year=next(free)))

    def _measure(self, row_id: str) -> Measure:
        image = self._known.get(row_id, {})
        years = sorted(self.of(FiscalYear).values(), key=lambda row: row.year)
        own = [row for row in years if row.id == image.get("fiscal_year_id")]
        year = own[0] if own else years[-1] if years else self._fiscal_year("0" * 31 + "1")
        last = max((row.ordinal for row in self.of(Measure).values()), default=-1)
        title = thai.normalise(str(image.get("title") or ""))[:CELL_LIMIT] or _("(text of this measure lost)")
        ordinal = min(last + 1, LAST_PLACE)
        return self._keep(Measure(id=row_id, fiscal_year_id=year.id, ordinal=ordinal, title=title))

    def _keep(self, row: R) -> R:
        self.made_up.append(row)
        self._miss(type(row), row.id)
        self._rows[type(row)][row.id] = row
        return row

    def _miss(self, row_class: type[Row], row_id: str) -> None:
        self.missed.setdefault(TABLE_OF[row_class], set()).add(row_id)
