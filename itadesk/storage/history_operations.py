"""The verbs of the history: set a field back to what it was, or undo what one entry tells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from itadesk.domain.family import PARENTS, parent_id
from itadesk.domain.model import Row
from itadesk.domain.naming import said
from itadesk.domain.snapshot import TABLE_OF
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import attachments, bin_operations, history_reading, snapshot
from itadesk.storage.bin_operations import Restored
from itadesk.storage.history_reading import Entry
from itadesk.storage.snapshot import COLUMNS

if TYPE_CHECKING:
    from itadesk.storage.edit import Edit


def restore_value(edit: Edit, entry: Entry, name: str) -> Row:
    """Set one field back to what it was before `entry`; UserError when its row is not there."""
    return _set_back(edit, entry, [name])


def undo_entry(edit: Edit, entry: Entry) -> Restored:
    """Take back what `entry` tells: its fields as before, the row it brought deleted, the one it deleted brought back.

    UserError when the row is not there any more, or has no place to come back to.
    """
    match entry.op:
        case "update":
            _set_back(edit, entry, list(entry.before))
            return Restored()
        case "insert":
            if edit.current(entry.row_class, entry.row_id) is None:
                raise _not_there()
            edit.delete(entry.row_class, entry.row_id)
            return Restored()
        case "delete":
            return _bring_back(edit, entry)


def _set_back(edit: Edit, entry: Entry, names: list[str]) -> Row:
    row = edit.current(entry.row_class, entry.row_id)
    if row is None:
        raise _not_there()
    values = {name: entry.before[name] for name in names}
    files = attachments.ALL.get(TABLE_OF[entry.row_class], ())
    for name in files:
        if values.get(name) is not None and not bin_operations.has_file(edit, values[name]):
            raise UserError(
                _("The file or picture that was there before is not kept any more."),
                _("Please choose it again, or look into the backups on this PC."),
            )
    after = replace(row, **values)
    if (place := PARENTS.get(type(after))) and edit.current(place[1], parent_id(after) or "") is None:
        raise UserError(
            _("What it belonged to is not in the file any more."), _("Bring that back first, from the bin.")
        )
    edit.update(after)
    return after


def _not_there() -> UserError:
    return UserError(
        _("What was changed is not in the file any more."),
        _("Bring it back first, from the bin or from the entry that tells of its deletion."),
    )


def _bring_back(edit: Edit, entry: Entry) -> Restored:
    """Out of the bin, where it is as it was; else as the history has it, at the end of its order."""
    if edit.current(entry.row_class, entry.row_id) is not None:
        raise UserError(_("It is in the file again already."))
    if (deletion := bin_operations.entry_of(edit, entry.row_id)) is not None:
        return bin_operations.restore(edit, [deletion.id])
    coming: bin_operations.Entries = {}
    root = bin_operations.placed(edit, _row(entry), _within(edit, entry), coming)
    below = [
        _row(child, number) for number, child in enumerate(history_reading.gone_below(edit.database, entry))
    ]
    came_along = tuple(rows[0] for rows in coming.values())
    coming[entry.id] = [_last(edit, root, coming), *below]
    return replace(bin_operations.put_back(edit, coming), along=came_along)


def _row(entry: Entry, ordinal: int = 0) -> Row:
    values: dict[str, Any] = {**entry.before}
    if "ordinal" in COLUMNS[entry.row_class]:
        values["ordinal"] = ordinal
    try:
        return entry.row_class(**values)
    except TypeError as error:
        raise UserError(_("The history does not tell enough to bring it back.")) from error


def _within(edit: Edit, entry: Entry) -> str:
    """What the parent of a deleted row said of itself, when that is gone too."""
    place = PARENTS.get(entry.row_class)
    parent = place and history_reading.gone(edit.database, [entry.before[place[0]]])
    return next((said(_row(above)) for above in parent.values()), "") if parent else ""


def _last(edit: Edit, row: Row, coming: bin_operations.Entries) -> Row:
    """The row behind its siblings: the history does not tell places in an order."""
    row_class = type(row)
    if "ordinal" not in COLUMNS[row_class]:
        return row
    name, parent = PARENTS[row_class][0], parent_id(row) or ""
    siblings: list[Any] = snapshot.children(edit.database, row_class, name, parent)
    siblings += (other for rows in coming.values() for other in rows if type(other) is row_class)
    last: dict[str, Any] = {"ordinal": max((other.ordinal for other in siblings), default=-1) + 1}
    return replace(row, **last)
