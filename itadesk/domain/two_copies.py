"""Two copies of one office's file, edited apart, row by row and field by field: what the other says, and what to take.

Rows are the same by their id; what was begun in both copies by itself is the same when it has the same key (the
progress of a round) or says the very same. Which copy changed a field is told by what its history has and the other's
has not. The order of rows stays ours.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, fields, replace
from typing import Any

from itadesk.domain import family
from itadesk.domain.choices import Choice, Reason
from itadesk.domain.family import CHILDREN, ONCE, PARENTS
from itadesk.domain.fields import FIELDS
from itadesk.domain.model import (
    Assessment,
    DeletedFile,
    Deletion,
    Joined,
    LayoutText,
    Office,
    Printout,
    Row,
    Sending,
    TemplateMeasure,
)
from itadesk.domain.snapshot import TABLES, Snapshot

_ASIDE: tuple[type[Row], ...] = (Deletion, DeletedFile, Sending, Joined, Printout, TemplateMeasure)
"""What each copy keeps of its own doings; of these, printouts and the template's texts come along unasked."""
COMPARED = [row_class for row_class in TABLES.values() if row_class not in _ASIDE]
FILES = ("emblem", "logo", "attachment", "scan")
"""Columns that name attached files. A copy that was sent without them says nothing by that."""


@dataclass(frozen=True)
class Own:
    """What the history of one copy tells that the other's does not: when fields of rows were changed, by row id and
    name ("" for a row that came), and which rows were deleted."""

    changed: Mapping[tuple[str, str], dt.datetime] = field(default_factory=dict[tuple[str, str], dt.datetime])
    deleted: Set[str] = frozenset()

    def when(self, row_id: str, name: str) -> dt.datetime | None:
        return self.changed.get((row_id, name)) or self.changed.get((row_id, ""))


@dataclass(frozen=True)
class Comparison:
    """`theirs`: the other copy in our identities. `kept`: how many rows only ours has, which stay."""

    theirs: Snapshot
    choices: tuple[Choice, ...]
    kept: int


def compare(ours: Snapshot, theirs: Snapshot, our_own: Own = Own(), their_own: Own = Own()) -> Comparison:
    """What the other copy says otherwise, in the order in which a clerk reads a file."""
    moved, same = _as_ours(ours, theirs)
    their_own = Own(
        {(same.get(row_id, row_id), name): at for (row_id, name), at in their_own.changed.items()},
        their_own.deleted | {row.row_id for row in theirs.all(Deletion).values()},
    )
    our_own = replace(our_own, deleted=our_own.deleted | {row.row_id for row in ours.all(Deletion).values()})
    walk = _Walk(ours, moved, our_own, their_own)
    choices = tuple(walk.choices())
    return Comparison(moved, choices, walk.kept)


def unasked(ours: Snapshot, comparison: Comparison, new: Iterable[Row]) -> Iterator[Row]:
    """What comes along with `new` rows and those in both: what was printed of a report, what the template said."""
    coming = {row.id for row in new}
    for row_class in (Printout, TemplateMeasure):
        parent_class = PARENTS[row_class][1]
        for row in comparison.theirs.all(row_class).values():
            parent = family.parent_id(row) or ""
            there = parent in coming or ours.get(parent_class, parent) is not None
            if there and row.id not in coming and ours.get(row_class, row.id) is None:
                yield row


def _as_ours(ours: Snapshot, theirs: Snapshot) -> tuple[Snapshot, Mapping[str, str]]:
    """The other copy with our identities for rows that are the same, and which those are."""
    same: dict[str, str] = {}
    rows: list[Row] = []
    for row_class in TABLES.values():
        twins = _twins(row_class, ours, theirs)
        for row in theirs.all(row_class).values():
            if row_class in PARENTS:
                name, parent = PARENTS[row_class][0], family.parent_id(row) or ""
                row = replace(row, **{name: same.get(parent, parent)})
            if ours.get(row_class, row.id) is None and (twin := twins.pop(_key(row), None)) is not None:
                same[row.id] = twin
                row = replace(row, id=twin)
            rows.append(row)
    return Snapshot.of(rows), same


def _twins(row_class: type[Row], ours: Snapshot, theirs: Snapshot) -> dict[object, str]:
    """Rows of ours that the other copy does not have by id."""
    if row_class in _ASIDE:
        return {}
    return {
        _key(row): row.id for row in ours.all(row_class).values() if theirs.get(row_class, row.id) is None
    }


def _key(row: Row) -> object:
    """What makes two rows of a class the same whatever their ids."""
    if isinstance(row, Office):
        return ""
    if type(row) in ONCE:
        return family.parent_id(row), getattr(row, ONCE[type(row)])
    names = (field.name for field in fields(row) if field.name not in ("id", "ordinal"))
    return tuple(getattr(row, name) for name in names)


class _Walk:
    def __init__(self, ours: Snapshot, theirs: Snapshot, our_own: Own, their_own: Own) -> None:
        self._ours, self._theirs = ours, theirs
        self._our_own, self._their_own = our_own, their_own
        self.kept = 0

    def choices(self) -> Iterator[Choice]:
        office = self._ours.office
        there = self._theirs.get(Office, office.id)
        if there is not None:
            yield from self._fields(office, there)
        yield from self._below(Office, office.id)
        yield from self._rows(LayoutText, "")

    def _below(self, row_class: type[Row], row_id: str) -> Iterator[Choice]:
        for child in CHILDREN[row_class]:
            if child in COMPARED:
                yield from self._rows(child, "" if child is Assessment else row_id)

    def _rows(self, row_class: type[Row], parent: str) -> Iterator[Choice]:
        for row in self._theirs.children(row_class, parent):
            ours = self._ours.get(row_class, row.id)
            if ours is None:
                yield self._added(row)
            else:
                yield from self._fields(ours, row)
                yield from self._below(row_class, row.id)
        for row in self._ours.children(row_class, parent):
            if self._theirs.get(row_class, row.id) is None:
                if row.id in self._their_own.deleted:
                    yield Choice("removed", row, None, Reason.DELETED_THERE, wanted=False)
                else:
                    self.kept += 1

    def _added(self, row: Row) -> Choice:
        deleted = row.id in self._our_own.deleted
        along = tuple(one for one in family.below(self._theirs, row) if type(one) not in _ASIDE)
        reason = Reason.DELETED_HERE if deleted else Reason.ONLY_THERE
        return Choice("added", None, row, reason, wanted=not deleted, along=along)

    def _fields(self, ours: Row, theirs: Row) -> Iterator[Choice]:
        names = [one.name for one in FIELDS[type(ours)]]
        names += [name for name in FILES if hasattr(ours, name)]
        for name in names:
            mine, other = getattr(ours, name), getattr(theirs, name)
            if mine != other and not (name in FILES and other is None):
                reason, wanted = self._decided(ours.id, name, mine, other)
                yield Choice("changed", ours, theirs, reason, wanted, name)

    def _decided(self, row_id: str, name: str, mine: Any, other: Any) -> tuple[Reason, bool]:
        """Why the two differ, and whether the other's is proposed. Nothing is emptied unless the clerk says so."""
        here, there = self._our_own.when(row_id, name), self._their_own.when(row_id, name)
        says_something = other not in ("", None)
        if here is not None and there is not None:
            return Reason.BOTH_CHANGED, there > here and says_something
        if there is not None:
            return Reason.THEIRS_CHANGED, says_something
        if here is not None:
            return Reason.OURS_CHANGED, False
        if mine in ("", None):
            return Reason.FILLED, True
        return Reason.DIFFERENT, False
