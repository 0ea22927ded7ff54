"""The whole content of an office file at one moment, and the changes that lead to the next one."""

from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from itadesk.domain import thai
from itadesk.domain.model import (
    Assessment,
    AssessmentIndicator,
    DeletedFile,
    Deletion,
    Document,
    DocumentText,
    Evidence,
    Finding,
    FiscalYear,
    Joined,
    LayoutText,
    Measure,
    Office,
    Person,
    Phrase,
    Printout,
    Progress,
    Publication,
    Round,
    Row,
    Sending,
    Signatory,
    TemplateMeasure,
    Unit,
)

TABLES: Mapping[str, type[Row]] = {
    "office": Office,
    "unit": Unit,
    "person": Person,
    "phrase": Phrase,
    "fiscal_year": FiscalYear,
    "finding": Finding,
    "assessment": Assessment,
    "assessment_indicator": AssessmentIndicator,
    "measure": Measure,
    "progress": Progress,
    "evidence": Evidence,
    "document": Document,
    "document_text": DocumentText,
    "signatory": Signatory,
    "publication": Publication,
    "printout": Printout,
    "layout": LayoutText,
    "deletion": Deletion,
    "deleted_file": DeletedFile,
    "sending": Sending,
    "template_measure": TemplateMeasure,
    "joined": Joined,
}
"""Table name -> row class, parents before children. The same names as in the schema."""

TABLE_OF: Mapping[type[Row], str] = {row_class: table for table, row_class in TABLES.items()}


@dataclass(frozen=True)
class RowChange:
    """One row before and after an edit; None = it did not or does not exist."""

    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        row = self.after if self.after is not None else self.before
        assert row is not None, "a change has a row on at least one side"
        return row

    @property
    def table(self) -> str:
        return TABLE_OF[type(self.row)]

    @property
    def id(self) -> str:
        return self.row.id

    def inverted(self) -> "RowChange":
        return RowChange(self.after, self.before)


@dataclass(frozen=True)
class ChangeSet:
    """All row changes of one edit, in the order they happened."""

    changes: tuple[RowChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes)

    def inverted(self) -> "ChangeSet":
        return ChangeSet(tuple(change.inverted() for change in reversed(self.changes)))

    def tables(self) -> frozenset[str]:
        return frozenset(change.table for change in self.changes)

    def ids(self, table: str) -> frozenset[str]:
        """Ids of the rows of `table` that this changes."""
        return frozenset(change.id for change in self.changes if change.table == table)


@dataclass(frozen=True)
class _Place:
    """Where rows of a class hang: the field that names their parent, and what orders them under it."""

    parent: str
    key: Callable[[Any], Any]


def _ordinal(row: Any) -> tuple[int, str]:
    return row.ordinal, row.id


_PLACES: Mapping[type[Row], _Place] = {
    Unit: _Place("office_id", _ordinal),
    Person: _Place("office_id", _ordinal),
    Phrase: _Place("office_id", _ordinal),
    FiscalYear: _Place("office_id", lambda row: row.year),
    Finding: _Place("fiscal_year_id", _ordinal),
    Assessment: _Place("", lambda row: (row.year, row.id)),
    AssessmentIndicator: _Place("assessment_id", lambda row: row.indicator),
    Measure: _Place("fiscal_year_id", _ordinal),
    Progress: _Place("measure_id", lambda row: row.round),
    Evidence: _Place("measure_id", _ordinal),
    Document: _Place("fiscal_year_id", _ordinal),
    DocumentText: _Place("document_id", lambda row: row.name),
    Signatory: _Place("document_id", _ordinal),
    Publication: _Place("document_id", _ordinal),
    Printout: _Place("document_id", _ordinal),
    LayoutText: _Place("", lambda row: thai.sort_key(row.name)),
    Deletion: _Place("", _ordinal),
    DeletedFile: _Place("deletion_id", lambda row: row.id),
    Sending: _Place("", _ordinal),
    TemplateMeasure: _Place("fiscal_year_id", lambda row: row.id),
    Joined: _Place("", lambda row: row.id),
}

R = TypeVar("R", bound=Row)
V = TypeVar("V")
_MOST_APART = 64
"""Values that are kept beside the others before all are put together anew."""
_FEW = 8
"""Rows that are put among their siblings one by one; for more, all are sorted."""


class _Kept(Generic[V]):
    """Values by their keys that never change; the next ones cost what differs, not what is there."""

    __slots__ = ("_apart", "_base", "_whole")

    def __init__(self, base: Mapping[str, V], apart: Mapping[str, V | None] | None = None) -> None:
        self._base = base
        self._apart: Mapping[str, V | None] = apart or {}
        self._whole: Mapping[str, V] | None = None if apart else base

    def get(self, key: str) -> V | None:
        return self._apart[key] if key in self._apart else self._base.get(key)

    def each(self, keys: Iterable[str]) -> list[V]:
        """The values of keys that are there."""
        if self._whole is not None:
            return list(map(self._whole.__getitem__, keys))
        base, apart = self._base, self._apart
        return [cast(V, apart[key]) if key in apart else base[key] for key in keys]

    def whole(self) -> Mapping[str, V]:
        """All in one, put together when first asked for."""
        if self._whole is None:
            together = {**self._base, **self._apart}
            self._whole = {key: value for key, value in together.items() if value is not None}
        return self._whole

    def after(self, changed: Mapping[str, V | None]) -> "_Kept[V]":
        """With other values; None takes one out."""
        if self._whole is not None:
            next_ones = _Kept(self._whole, changed)
        else:
            next_ones = _Kept(self._base, {**self._apart, **changed})
        return next_ones if len(next_ones._apart) <= _MOST_APART else _Kept(next_ones.whole())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self.whole() == other.whole()

    def __repr__(self) -> str:
        return repr(self.whole())


_Rows = Mapping[type[Row], _Kept[Row]]
_Order = Mapping[type[Row], _Kept[tuple[str, ...]]]
"""By the parent, the children's ids in order."""


def _parent(row: Row) -> str:
    field = _PLACES[type(row)].parent
    return cast(str, getattr(row, field)) if field else ""


@dataclass(frozen=True)
class Snapshot:
    """All rows of a file, by class and id, with the children of every parent in order. Never changes."""

    _rows: _Rows
    _order: _Order

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Snapshot":
        tables: dict[type[Row], dict[str, Row]] = {row_class: {} for row_class in TABLES.values()}
        children: dict[type[Row], dict[str, list[str]]] = {row_class: {} for row_class in _PLACES}
        for row in rows:
            tables[type(row)][row.id] = row
            if type(row) in _PLACES:
                children[type(row)].setdefault(_parent(row), []).append(row.id)
        order = {
            row_class: _Kept(
                {parent: _sorted(row_class, ids, tables[row_class]) for parent, ids in parents.items()}
            )
            for row_class, parents in children.items()
        }
        return cls({row_class: _Kept(table) for row_class, table in tables.items()}, order)

    def all(self, row_class: type[R]) -> Mapping[str, R]:
        """Every row of a class by id, in no particular order."""
        return cast(Mapping[str, R], self._rows[row_class].whole())

    def get(self, row_class: type[R], row_id: str) -> R | None:
        return cast(R | None, self._rows[row_class].get(row_id))

    def children(self, row_class: type[R], parent_id: str = "") -> list[R]:
        """The rows of a class under one parent, in order; without a parent for assessments, layouts and the bin."""
        ids = self._order[row_class].get(parent_id) or ()
        return cast(list[R], self._rows[row_class].each(ids))

    def last(self, row_class: type[R], parent_id: str = "") -> R | None:
        """The last of `children`."""
        ids = self._order[row_class].get(parent_id)
        return self.get(row_class, ids[-1]) if ids else None

    def rows(self) -> Iterable[Row]:
        """Every row, parents before children."""
        for row_class in TABLES.values():
            yield from self._rows[row_class].whole().values()

    @property
    def office(self) -> Office:
        """The one office of an office file."""
        return next(iter(self.all(Office).values()))

    @property
    def fiscal_years(self) -> list[FiscalYear]:
        return self.children(FiscalYear, self.office.id)

    @property
    def assessments(self) -> list[Assessment]:
        return self.children(Assessment)

    def fiscal_year(self, year: int) -> FiscalYear | None:
        return next((row for row in self.fiscal_years if row.year == year), None)

    def assessment(self, year: int) -> Assessment | None:
        return next((row for row in self.assessments if row.year == year), None)

    def progress(self, measure_id: str, round_: Round) -> Progress | None:
        return next((row for row in self.children(Progress, measure_id) if row.round == round_), None)

    def after(self, changes: ChangeSet) -> "Snapshot":
        """The snapshot that `changes` lead to; costs what was changed, not what the file holds."""
        touched: dict[type[Row], list[RowChange]] = {}
        for change in changes.changes:
            touched.setdefault(type(change.row), []).append(change)
        rows, order = dict(self._rows), dict(self._order)
        for row_class, its in touched.items():
            rows[row_class] = rows[row_class].after({change.id: change.after for change in its})
            if row_class in _PLACES:
                order[row_class] = _reordered(order[row_class], its, rows[row_class])
        return Snapshot(rows, order)


def _sorted(row_class: type[Row], ids: Iterable[str], rows: Mapping[str, Row]) -> tuple[str, ...]:
    key = _PLACES[row_class].key
    return tuple(sorted(ids, key=lambda row_id: key(rows[row_id])))


def _reordered(
    order: _Kept[tuple[str, ...]], changes: list[RowChange], rows: _Kept[Row]
) -> _Kept[tuple[str, ...]]:
    """`order` after `changes`: only parents whose children came, went or moved have them in another order."""
    moved: dict[str, set[str]] = {}
    for change in changes:
        if _place(change.before) != _place(change.after):
            for row in (change.before, change.after):
                if row is not None:
                    moved.setdefault(_parent(row), set()).add(row.id)
    return order.after({parent: _siblings(order, parent, ids, rows) for parent, ids in moved.items()})


def _siblings(
    order: _Kept[tuple[str, ...]], parent: str, moved: set[str], rows: _Kept[Row]
) -> tuple[str, ...] | None:
    """The children of a parent in order, when some of them have `moved` or are no longer its own; None = no child."""
    siblings = _others(order.get(parent) or (), moved)
    come = [row for row_id in moved if (row := rows.get(row_id)) is not None and _parent(row) == parent]
    if come:
        key = _PLACES[type(come[0])].key
        if len(come) <= _FEW:
            for row in come:
                insort(siblings, row.id, key=lambda row_id: key(rows.get(row_id)))
        else:
            siblings += (row.id for row in come)
            siblings.sort(key=lambda row_id: key(rows.get(row_id)))
    return tuple(siblings) or None


def _others(ids: Sequence[str], moved: set[str]) -> list[str]:
    if len(moved) > _FEW:
        return [row_id for row_id in ids if row_id not in moved]
    others = list(ids)
    for row_id in moved:  # each is looked for in C, which for a few is faster than asking each id
        if row_id in others:
            others.remove(row_id)
    return others


def _place(row: Row | None) -> tuple[str, Any] | None:
    return None if row is None else (_parent(row), _PLACES[type(row)].key(row))
