"""The way from one content of a file to another: the changes that lead there."""

from itadesk.domain import family
from itadesk.domain.family import ONCE
from itadesk.domain.model import DeletedFile, Deletion, Row, Sending
from itadesk.domain.snapshot import TABLES, ChangeSet, RowChange, Snapshot


def same_content(one: Snapshot, other: Snapshot) -> bool:
    """Whether two contents say the same; what lies in their bins and what was sent when is left aside."""
    aside = (Deletion, DeletedFile, Sending)
    classes = (row_class for row_class in TABLES.values() if row_class not in aside)
    return all(one.all(row_class) == other.all(row_class) for row_class in classes)


def way_back(now: Snapshot, then: Snapshot) -> ChangeSet:
    """The changes that bring back what a file said; what lies in its bin stays there unless it comes back, and what was
    sent was sent."""
    there = {row.id for row in then.rows()}
    kept = {
        row.id: row for row in now.all(Deletion).values() if row.id not in there and row.row_id not in there
    }
    files = (row for row in now.all(DeletedFile).values() if row.deletion_id in kept)
    sent = (row for row in now.all(Sending).values() if row.id not in there)
    return way(now, Snapshot.of((*then.rows(), *kept.values(), *files, *sent)))


def way(now: Snapshot, wanted: Snapshot) -> ChangeSet:
    """The changes that lead from `now` to `wanted`, in an order that the constraints of the file accept.

    Rows go first, children before parents, then others change, and rows come last, parents before children. A row that
    hangs elsewhere or has another key goes and comes anew, with what hangs below it: the key may not be free yet.
    """
    gone: dict[str, Row] = {}
    for row_class in TABLES.values():
        there = wanted.all(row_class)
        for row in now.all(row_class).values():
            other = there.get(row.id)
            if other is not row and (other is None or _place(other) != _place(row)):
                gone[row.id] = row
                gone |= {child.id: child for child in family.below(now, row)}
    changed: list[RowChange] = []
    come: list[RowChange] = []
    for row_class in TABLES.values():
        here = now.all(row_class)
        for row in wanted.all(row_class).values():
            before = None if row.id in gone else here.get(row.id)
            if before is None:
                come.append(RowChange(None, row))
            elif before is not row and before != row:
                changed.append(RowChange(before, row))
    order = {row_class: number for number, row_class in enumerate(TABLES.values())}
    going = sorted(gone.values(), key=lambda row: order[type(row)], reverse=True)
    return ChangeSet((*(RowChange(row, None) for row in going), *changed, *come))


def _place(row: Row) -> tuple[str | None, object]:
    return family.parent_id(row), getattr(row, ONCE[type(row)]) if type(row) in ONCE else None
