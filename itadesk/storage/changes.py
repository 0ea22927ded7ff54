"""What an edit changed, recorded by the database itself, and applied again for undo and redo.

TEMP triggers tell of each row before and after, so bulk statements and cascades are seen too and operations carry no
undo code. They live in the connection; nothing of them is in the file.
"""

import itertools
import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from itadesk.domain.model import Measure, Row
from itadesk.domain.snapshot import TABLE_OF, TABLES, ChangeSet, RowChange
from itadesk.storage.snapshot import COLUMNS, Stored, loaded, stored

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.sql import ClauseElement

_EVENTS = {
    # event: (rows that there are, only when)
    "INSERT": (("NEW",), ""),
    "UPDATE": (("OLD", "NEW"), "WHEN {changed}"),
    "DELETE": (("OLD",), ""),
}


class Recorder:
    """Notes the changes of content rows on a connection, for its whole life.

    Also those of a statement that fails half way, which SQLite undoes: an edit must not go on behind one.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._noted: list[RowChange] = []
        for event, note in (("INSERT", self._inserted), ("UPDATE", self._updated), ("DELETE", self._deleted)):
            connection.create_function(_function(event), -1, note)
        for table, row_class in TABLES.items():
            for trigger in _triggers(table, COLUMNS[row_class]):
                connection.execute(trigger)

    def take(self) -> ChangeSet:
        """What was noted since the last call, in the order it happened."""
        made = ChangeSet(tuple(self._noted))
        self.forget()
        return made

    def forget(self) -> None:
        """Begin anew, after statements that were undone."""
        self._noted.clear()

    def _inserted(self, table: str, *columns: Stored) -> None:
        self._noted.append(RowChange(None, loaded(TABLES[table], columns)))

    def _updated(self, table: str, *columns: Stored) -> None:
        row_class, half = TABLES[table], len(columns) // 2
        self._noted.append(RowChange(loaded(row_class, columns[:half]), loaded(row_class, columns[half:])))

    def _deleted(self, table: str, *columns: Stored) -> None:
        self._noted.append(RowChange(loaded(TABLES[table], columns), None))


def _function(event: str) -> str:
    return f"note_{event.lower()}"


def _triggers(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns)
    for event, (sides, when) in _EVENTS.items():
        values = ", ".join(f'{side}."{name}"' for side in sides for name in columns)
        yield (
            f"CREATE TEMP TRIGGER change_{table}_{event} AFTER {event} ON main.{table} "
            f"{when.format(changed=changed)} BEGIN SELECT {_function(event)}('{table}', {values}); END"
        )


def prepare() -> None:
    """Load what writes the statements."""
    _update(Measure, ("title",))


def apply(connection: sqlite3.Connection, changes: ChangeSet) -> None:
    """Make `changes` again, one by one in their order, in the transaction at hand.

    Every state in between was there once before, so no constraint can be in the way; only references may wait for
    their row until the commit.
    """
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for change in changes.changes:
        if change.after is None:
            delete(connection, type(change.row), change.id)
        elif change.before is None:
            insert(connection, change.after)
        else:
            update(connection, change)


def insert(connection: sqlite3.Connection, *rows: Row) -> None:
    """Store new rows of one class."""
    connection.executemany(_insert(type(rows[0])), map(stored, rows))


def update(connection: sqlite3.Connection, *changes: RowChange) -> None:
    """Store other versions of rows of one class that are there; LookupError when one is not.

    Only columns that differ are named: SQLite checks those, and writes no index that they do not stand in.
    """
    for columns, alike in itertools.groupby(changes, _changed):
        _set(connection, columns, [change.row for change in alike])


def _changed(change: RowChange) -> tuple[str, ...]:
    if change.before is None:
        raise LookupError(f"no row {change.id}")
    before, after = vars(change.before), vars(change.after)
    return tuple(name for name in COLUMNS[type(change.row)] if before[name] != after[name])


def _set(connection: sqlite3.Connection, columns: tuple[str, ...], rows: list[Row]) -> None:
    if not columns:
        return
    values = ({**stored(row), _KEY: row.id} for row in rows)
    if connection.executemany(_update(type(rows[0]), columns), values).rowcount != len(rows):
        raise LookupError(f"not all of {len(rows)} rows are there, the first {rows[0].id}")


def place(connection: sqlite3.Connection, row_class: type[Row], ordinals: Mapping[str, int]) -> None:
    """Store other ordinals of rows, by id."""
    connection.executemany(
        _update(row_class, ("ordinal",)), ({_KEY: row_id, "ordinal": n} for row_id, n in ordinals.items())
    )


def delete(connection: sqlite3.Connection, row_class: type[Row], row_id: str) -> None:
    """Delete a row and, by the schema's cascades, all that belongs to it; LookupError when it is not there."""
    if connection.execute(_delete(row_class), {_KEY: row_id}).rowcount != 1:
        raise LookupError(f"no row {row_id}")


_KEY = "row_id"
"""The parameter that names a row; a column of the same name would be set."""

# SQLAlchemy writes each statement once, in the words of the schema, and is loaded with the first edit, not with the
# file. SQLite's own driver runs them: asking SQLAlchemy each time costs several times the statement.


@cache
def _insert(row_class: type[Row]) -> str:
    return _text(_table(row_class).insert())


@cache
def _update(row_class: type[Row], columns: tuple[str, ...]) -> str:
    from sqlalchemy import bindparam

    table = _table(row_class)
    values: dict[str, object] = {name: bindparam(name) for name in columns}
    return _text(table.update().where(table.c.id == bindparam(_KEY)).values(values))


@cache
def _delete(row_class: type[Row]) -> str:
    from sqlalchemy import bindparam

    table = _table(row_class)
    return _text(table.delete().where(table.c.id == bindparam(_KEY)))


def _table(row_class: type[Row]) -> "Table":
    from itadesk.storage import schema

    return schema.table(TABLE_OF[row_class])


def _text(statement: "ClauseElement") -> str:
    """A statement as SQLite's driver takes it, with parameters by name."""
    from sqlalchemy.dialects import sqlite

    return str(statement.compile(dialect=sqlite.dialect(paramstyle="named")))
