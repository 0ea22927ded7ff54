"""Two copies of one office's file, edited apart, row by row and field by field: what the other says, and what to take.

Rows are the same by their id; what was begun in both copies by itself is the same when it has the same key (the
progress of a round) or says the very same. Which copy changed a field is told by what its history has and the other's
has not. The order of rows stays ours.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

from itadesk.domain import family, identities
from itadesk.domain.choices import Choice, Reason
from itadesk.domain.differences import TYPED, Difference, differences
from itadesk.domain.family import PARENTS
from itadesk.domain.fields import FIELDS
from itadesk.domain.model import Deletion, Printout, Row, TemplateMeasure
from itadesk.domain.snapshot import Snapshot

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
    moved, same = identities.in_ours(ours, theirs)
    their_own = Own(
        {(same.get(row_id, row_id), name): at for (row_id, name), at in their_own.changed.items()},
        their_own.deleted | {row.row_id for row in theirs.all(Deletion).values()},
    )
    our_own = replace(our_own, deleted=our_own.deleted | {row.row_id for row in ours.all(Deletion).values()})
    found = differences(ours, moved, TYPED)
    choices = tuple(choice for one in found for choice in _choices(one, our_own, their_own))
    gone = sum(one.kind == "removed" for one in found)
    return Comparison(moved, choices, gone - sum(choice.kind == "removed" for choice in choices))


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


def _choices(one: Difference, our_own: Own, their_own: Own) -> Iterator[Choice]:
    """What a clerk may choose of a difference; nothing of a row that only ours has, unless it was deleted there."""
    row = one.row
    match one.kind:
        case "added":
            deleted = row.id in our_own.deleted
            reason = Reason.DELETED_HERE if deleted else Reason.ONLY_THERE
            yield Choice("added", None, row, reason, wanted=not deleted, along=one.along)
        case "removed" if row.id in their_own.deleted:
            yield Choice("removed", row, None, Reason.DELETED_THERE, wanted=False)
        case "changed":
            for name in _names(one):
                reason, wanted = _decided(one, name, our_own, their_own)
                yield Choice("changed", one.before, row, reason, wanted, name)
        case _:
            pass


def _names(one: Difference) -> list[str]:
    """The columns of a changed row of which the other copy says something, in the order of a form."""
    fields = [field.name for field in FIELDS[type(one.row)] if field.name in one.names]
    return fields + [name for name in FILES if name in one.names and getattr(one.row, name) is not None]


def _decided(one: Difference, name: str, our_own: Own, their_own: Own) -> tuple[Reason, bool]:
    """Why the two differ, and whether the other's is proposed. Nothing is emptied unless the clerk says so."""
    here, there = our_own.when(one.row.id, name), their_own.when(one.row.id, name)
    mine, other = getattr(one.before, name), getattr(one.after, name)
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
