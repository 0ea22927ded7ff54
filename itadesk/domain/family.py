"""Which rows belong to which: the parent of a row, what hangs below one."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

from itadesk.domain.model import (
    Assessment,
    AssessmentIndicator,
    DocumentText,
    FiscalYear,
    LayoutText,
    Progress,
    Row,
)
from itadesk.domain.snapshot import TABLES, Snapshot


def _parents() -> Iterator[tuple[type[Row], tuple[str, type[Row]]]]:
    for row_class in TABLES.values():
        for field in fields(row_class):
            if (parent := TABLES.get(field.name.removesuffix("_id"))) and field.name.endswith("_id"):
                yield row_class, (field.name, parent)


PARENTS: Mapping[type[Row], tuple[str, type[Row]]] = dict(_parents())
"""The field that names the parent of a row, and the parent's class; rows of the file itself have none."""

CHILDREN: Mapping[type[Row], tuple[type[Row], ...]] = {
    parent: tuple(child for child, (_name, of) in PARENTS.items() if of is parent)
    for parent in TABLES.values()
}

ONCE: Mapping[type[Row], str] = {
    FiscalYear: "year",
    Assessment: "year",
    AssessmentIndicator: "indicator",
    Progress: "round",
    DocumentText: "name",
    LayoutText: "name",
}
"""The field in which no two rows under one parent may be alike."""


def parent_id(row: Row) -> str | None:
    place = PARENTS.get(type(row))
    return None if place is None else getattr(row, place[0])


def below(snapshot: Snapshot, row: Row) -> Iterator[Row]:
    """All rows that hang below `row`, parents before children."""
    for row_class in CHILDREN[type(row)]:
        for child in snapshot.children(row_class, row.id):
            yield child
            yield from below(snapshot, child)
