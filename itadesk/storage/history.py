"""Who changed what, and when: one entry a row, day and user, written in the same transaction as the edit.

An entry holds the columns that differ: as they were before the user's first edit of that day and after the last, as
JSON; all columns of a row that came or went. Places in an order are left out: moving one row renumbers its neighbours.
"""

import datetime as dt
import json
import sqlite3

from itadesk.domain.model import Row, new_id
from itadesk.domain.snapshot import ChangeSet, RowChange
from itadesk.storage import attachments, contents
from itadesk.storage.snapshot import Stored, stored, values_of

LIMIT = 20_000
"""Entries kept in a document, the newest."""

SLACK = 1_000
"""So many more before they are cut back, for a document that is cut is made compact anew, and read whole."""

_Image = dict[str, Stored]
_json = json.JSONEncoder(ensure_ascii=False).encode


def write(connection: sqlite3.Connection, changes: ChangeSet, who: str, now: dt.datetime) -> None:
    """Enter `changes` in the history, in the transaction at hand; bookkeeping says itself who did what when."""
    for change in changes.changes:
        if change.table not in attachments.BOOKKEEPING:
            _enter(connection, change, who, now)


def _enter(connection: sqlite3.Connection, change: RowChange, who: str, now: dt.datetime) -> None:
    before, after = _image(change.before), _image(change.after)
    if before == after:
        return
    key = (change.id, now.date().isoformat(), who)
    earlier = connection.execute(
        "SELECT id, op, before FROM history WHERE row_id = ? AND day = ? AND who = ?", key
    ).fetchone()
    if earlier is None:
        values = (now.isoformat(timespec="seconds"), change.table, *_difference(before, after))
        connection.execute(
            "INSERT INTO history (id, row_id, day, who, at, table_name, op, before, after)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (new_id(), *key, *values),
        )
        return
    entry, *was = earlier
    before = _before(type(change.row), before, *was)
    if before == after:
        connection.execute("DELETE FROM history WHERE id = ?", (entry,))
    else:
        connection.execute(
            "UPDATE history SET at = ?, op = ?, before = ?, after = ? WHERE id = ?",
            (now.isoformat(timespec="seconds"), *_difference(before, after), entry),
        )


def _image(row: Row | None) -> _Image | None:
    if row is None:
        return None
    image = stored(row)
    image.pop("ordinal", None)
    return image


def _before(row_class: type[Row], current: _Image | None, op: str, text: str | None) -> _Image | None:
    """The row before the user's first edit of the day: the `current` one with what that day's entry says it was.

    As the file may come from anywhere, an entry that does not tell it in words of ours tells nothing.
    """
    if op == "insert":
        return None
    try:
        told = json.loads(text or "")
        names = values_of(row_class, told).keys() - {"ordinal"}
        was = {name: told[name] for name in names}
        contents.check_texts("history", was.values())
    except (ValueError, TypeError, RecursionError):
        return current
    return {**(current or {}), **was}


def _difference(before: _Image | None, after: _Image | None) -> tuple[str, str | None, str | None]:
    if before is None:
        return "insert", None, _json(after)
    if after is None:
        return "delete", _json(before), None
    names = [name for name in before if before[name] != after[name]]
    return (
        "update",
        _json({name: before[name] for name in names}),
        _json({name: after[name] for name in names}),
    )


def trim(connection: sqlite3.Connection) -> None:
    """Forget all but the newest entries once there are too many."""
    (count,) = connection.execute("SELECT count(*) FROM history").fetchone()
    if count > LIMIT + SLACK:
        connection.execute(
            "DELETE FROM history WHERE id IN (SELECT id FROM history ORDER BY at DESC, id LIMIT -1 OFFSET ?)",
            (LIMIT,),
        )
