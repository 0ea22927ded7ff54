"""How two contents differ, row by row, in the order in which a clerk reads a file: the one walk over both.

Rows are the same by their id. What came or went with its parent is told once, with the parent; rows of which only the
places differ are told once for all under one parent.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Literal

from itadesk.domain.model import (
    DeletedFile,
    Deletion,
    Joined,
    Office,
    Printout,
    Row,
    Sending,
    TemplateMeasure,
)
from itadesk.domain.snapshot import TABLES, Snapshot

_ASIDE = (Deletion, DeletedFile, Sending, Joined, TemplateMeasure)
"""What lies in the bin, and how the file came to say what it says."""

CONTENT = tuple(row_class for row_class in TABLES.values() if row_class not in _ASIDE)
TYPED = tuple(row_class for row_class in CONTENT if row_class is not Printout)
"""The content without what was printed of it."""

_NOT_TOLD = frozenset({"id", "ordinal"})
_LISTED = {row_class: tuple(field.name for field in fields(row_class)) for row_class in CONTENT}

Kind = Literal["added", "removed", "changed", "order"]


@dataclass(frozen=True)
class Difference:
    """One row that came, went or says something else; or the order of the rows of one class under a parent.

    `names`: the fields that differ. `along`: the rows that came or went with this one, parents before children. Of an
    order, `before` and `after` are the first row that stood and stands elsewhere.
    """

    kind: Kind
    before: Row | None
    after: Row | None
    names: tuple[str, ...] = ()
    along: tuple[Row, ...] = ()

    @property
    def row(self) -> Row:
        row = self.after if self.after is not None else self.before
        assert row is not None, "a difference has a row on at least one side"
        return row


def differences(
    before: Snapshot, after: Snapshot, classes: Collection[type[Row]] = CONTENT, parent_id: str = ""
) -> list[Difference]:
    """What `after` holds otherwise than `before`: each row followed by those under it, as they stand in `after`.

    Only rows of `classes` are looked at, and only those under one parent if one is named.
    """
    return list(_Walk(before, after, classes).under(parent_id))


class _Walk:
    def __init__(self, before: Snapshot, after: Snapshot, classes: Collection[type[Row]]) -> None:
        self._before, self._after = before, after
        self._classes = [row_class for row_class in CONTENT if row_class in classes]

    def under(self, parent_id: str, *, told: bool = False) -> Iterator[Difference]:
        """The differences of all rows under one parent; offices, assessments and layouts have none.

        `told`: the parent is new, and what came with it is told.
        """
        before, after = self._before, self._after
        for row_class in self._classes:
            old, new = _rows(before, row_class, parent_id), _rows(after, row_class, parent_id)
            for row_id, row in old.items():
                if row_id not in new and after.get(row_class, row_id) is None:
                    yield Difference("removed", row, None, along=tuple(self._along(before, after, row_id)))
            if (moved := _moved(list(old), list(new))) is not None:
                yield Difference("order", old[moved], new[moved])
            for row_id, row in new.items():
                was = before.get(row_class, row_id)
                if was is None and not told:
                    yield Difference("added", None, row, along=tuple(self._along(after, before, row_id)))
                elif was is not None and (names := _changed(was, row)):
                    yield Difference("changed", was, row, names)
                yield from self.under(row_id, told=was is None)

    def _along(self, content: Snapshot, other: Snapshot, row_id: str) -> Iterator[Row]:
        """The rows that hang under this one, at any depth, and that the other state does not hold."""
        for row_class in self._classes:
            for row in _rows(content, row_class, row_id).values():
                if other.get(row_class, row.id) is None:
                    yield row
                yield from self._along(content, other, row.id)


def _rows(content: Snapshot, row_class: type[Row], parent_id: str) -> Mapping[str, Row]:
    """Rows of a class under a parent by id, in their order."""
    if row_class is Office:
        return {} if parent_id else content.all(Office)
    return {row.id: row for row in content.children(row_class, parent_id)}


def _changed(was: Row, row: Row) -> tuple[str, ...]:
    names = _LISTED[type(row)]
    return tuple(name for name in names if name not in _NOT_TOLD and getattr(was, name) != getattr(row, name))


def _moved(old: list[str], new: list[str]) -> str | None:
    """The first of the rows that are in both whose place among them differs."""
    stayed = set(old) & set(new)
    pairs = zip((i for i in old if i in stayed), (i for i in new if i in stayed), strict=True)
    return next((now for was, now in pairs if was != now), None)
