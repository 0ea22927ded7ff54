"""Another file in our identities: rows that are the same although each file gave them an id of its own."""

from collections.abc import Mapping
from dataclasses import fields, replace

from itadesk.domain import family
from itadesk.domain.differences import TYPED
from itadesk.domain.family import ONCE, PARENTS
from itadesk.domain.model import Office, Row
from itadesk.domain.snapshot import TABLES, Snapshot

_NONE: Mapping[str, str] = {}


def in_ours(
    ours: Snapshot, theirs: Snapshot, known: Mapping[str, str] = _NONE
) -> tuple[Snapshot, Mapping[str, str]]:
    """The other content with our ids for rows that are the same, and which those are: their id to ours.

    Rows that only one of the two has by id are the same when they have the same key (the progress of a round) or say
    the very same. `known`: those that were told to be the same otherwise.
    """
    same = dict(known)
    rows: list[Row] = []
    for row_class in TABLES.values():
        twins = _twins(row_class, ours, theirs, frozenset(known.values()))
        for row in theirs.all(row_class).values():
            if row_class in PARENTS:
                name, parent = PARENTS[row_class][0], family.parent_id(row) or ""
                row = replace(row, **{name: same.get(parent, parent)})
            if row.id in known:
                row = replace(row, id=known[row.id])
            elif ours.get(row_class, row.id) is None and (twin := twins.pop(_key(row), None)) is not None:
                same[row.id] = twin
                row = replace(row, id=twin)
            rows.append(row)
    return Snapshot.of(rows), same


def _twins(
    row_class: type[Row], ours: Snapshot, theirs: Snapshot, taken: frozenset[str]
) -> dict[object, str]:
    """Rows of ours, by what makes them the same, that the other content does not have by id."""
    if row_class not in TYPED:
        return {}
    left = (row for row in ours.all(row_class).values() if row.id not in taken)
    return {_key(row): row.id for row in left if theirs.get(row_class, row.id) is None}


def _key(row: Row) -> object:
    """What makes two rows of a class the same whatever their ids."""
    if isinstance(row, Office):
        return ""
    if type(row) in ONCE:
        return family.parent_id(row), getattr(row, ONCE[type(row)])
    names = (field.name for field in fields(row) if field.name not in ("id", "ordinal"))
    return tuple(getattr(row, name) for name in names)
