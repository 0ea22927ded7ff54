"""The history as it is read: entries newest first, page by page, with values as the domain has them.

What stands in a file may come from anywhere: an entry that cannot be read is passed over.
"""

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, cast

from itadesk.domain.family import CHILDREN, PARENTS
from itadesk.domain.model import Office, Row
from itadesk.domain.snapshot import TABLE_OF, TABLES
from itadesk.storage import attachments
from itadesk.storage.contents import is_id
from itadesk.storage.snapshot import values_of

PAGE = 500
"""Entries read at a time, and rows looked up: older SQLite takes no more than 999 parameters."""

Op = Literal["insert", "update", "delete"]
Image = Mapping[str, Any]
Place = tuple[str, str]
"""Where in the history an entry stands: when, and its id."""

_COLUMNS = "id, at, who, table_name, row_id, op, before, after"
_TABLES = [table for table in TABLES if table not in attachments.BOOKKEEPING]


@dataclass(frozen=True)
class Entry:
    """What one person did to one row in one day: columns that differ, before the first edit and after the last.

    All columns but the ordinal of a row that came (`before` is empty) or went (`after` is empty).
    """

    id: str
    at: dt.datetime
    who: str
    row_class: type[Row]
    row_id: str
    op: Op
    before: Image
    after: Image

    @property
    def place(self) -> Place:
        return self.at.isoformat(timespec="seconds"), self.id


@dataclass(frozen=True)
class Wanted:
    """Which entries; None = whatever. `around`: a row and what hangs directly below it, gone rows too."""

    around: tuple[type[Row], str] | None = None
    who: str | None = None
    since: dt.date | None = None


def entries(connection: sqlite3.Connection, wanted: Wanted = Wanted()) -> Iterator[Entry]:
    """Entries newest first, read page by page as they are asked for."""
    condition, values = _condition(wanted)
    # Only keys are sorted: an entry may hold megabytes.
    keys = connection.execute(
        f"SELECT rowid FROM history WHERE {condition} ORDER BY at DESC, id DESC", values
    ).fetchall()
    for start in range(0, len(keys), PAGE):
        page = [key for (key,) in keys[start : start + PAGE]]
        yield from _readable(
            connection.execute(
                f"SELECT {_COLUMNS} FROM history WHERE rowid IN ({_marks(page)}) ORDER BY at DESC, id DESC",
                page,
            ).fetchall()
        )


def _condition(wanted: Wanted) -> tuple[str, list[str]]:
    conditions, values = [f"table_name IN ({_marks(_TABLES)})"], [*_TABLES]
    if wanted.who is not None:
        conditions.append("who = ?")
        values.append(wanted.who)
    if wanted.since is not None:
        conditions.append("day >= ?")
        values.append(wanted.since.isoformat())
    if wanted.around is not None:
        condition, more = _around(*wanted.around)
        conditions.append(condition)
        values += more
    return " AND ".join(conditions), values


def _around(row_class: type[Row], row_id: str) -> tuple[str, list[str]]:
    """A child names its parent only where it came or went: else it is known from the table that holds it."""
    condition, values = "row_id = ?", [row_id]
    for child in CHILDREN[row_class]:
        name, table = PARENTS[child][0], TABLE_OF[child]
        condition += (
            f" OR row_id IN (SELECT id FROM {table} WHERE {name} = ?)"
            " OR row_id IN (SELECT row_id FROM history WHERE table_name = ?"
            " AND op <> 'update' AND instr(coalesce(before, after), ?) > 0)"
        )
        values += [row_id, table, json.dumps({name: row_id})[1:-1]]
    return f"({condition})", values


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _readable(rows: Iterable[tuple[Any, ...]]) -> Iterator[Entry]:
    for entry_id, at, who, table, row_id, op, before, after in rows:
        row_class = TABLES[table]
        if row_class is Office and op != "update":
            continue  # of the one office a file has neither comes nor goes
        try:
            yield Entry(
                entry_id,
                dt.datetime.fromisoformat(at),
                who,
                row_class,
                row_id,
                op,
                _image(row_class, row_id, before),
                _image(row_class, row_id, after),
            )
        except (ValueError, TypeError, AttributeError, RecursionError):
            continue


def _image(row_class: type[Row], row_id: str, text: str | None) -> Image:
    image: Any = {} if text is None else json.loads(text)
    if not isinstance(image, dict):
        raise ValueError("no object")
    values = values_of(row_class, cast(Image, image))
    values.pop("ordinal", None)
    if values.get("id", row_id) != row_id or not all(map(is_id, _references(values))):
        raise ValueError("another row, or none")
    return values


def _references(values: Image) -> Iterator[object]:
    return (value for name, value in values.items() if name == "id" or name.endswith("_id"))


def people(connection: sqlite3.Connection) -> list[str]:
    """Everyone who changed something, by name."""
    return [who for (who,) in connection.execute("SELECT DISTINCT who FROM history ORDER BY who")]


def later(connection: sqlite3.Connection, entry: Entry) -> list[Entry]:
    """The entries after `entry` that touch what it changed, the newest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM history WHERE row_id = ? AND table_name = ? AND at >= ? AND id <> ?"
        " ORDER BY at DESC, id DESC",
        (entry.row_id, TABLE_OF[entry.row_class], entry.place[0], entry.id),
    ).fetchall()
    found = _readable(rows)
    return [other for other in found if other.place > entry.place and _touches(other, entry)]


def _touches(other: Entry, entry: Entry) -> bool:
    both_update = other.op == entry.op == "update"
    return not both_update or bool(other.before.keys() & entry.before.keys())


def gone(connection: sqlite3.Connection, row_ids: Iterable[str]) -> dict[str, Entry]:
    """How rows were when they were last deleted, by id; what hung below them is not among them."""
    ids, found = iter(set(row_ids)), dict[str, Entry]()
    while chunk := list(islice(ids, PAGE)):
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM history WHERE op = 'delete' AND row_id IN ({_marks(chunk)})"
            f" AND table_name IN ({_marks(_TABLES)}) ORDER BY at, id",
            (*chunk, *_TABLES),
        ).fetchall()
        found |= {entry.row_id: entry for entry in _readable(rows)}
    return found


def gone_below(connection: sqlite3.Connection, entry: Entry) -> Iterator[Entry]:
    """What was deleted together with the row of `entry`, as it hung below it, parents before children."""
    for child in CHILDREN[entry.row_class]:
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM history WHERE op = 'delete' AND table_name = ? AND at = ? AND who = ?"
            " AND instr(before, ?) > 0 ORDER BY id",
            (
                TABLE_OF[child],
                entry.place[0],
                entry.who,
                json.dumps({PARENTS[child][0]: entry.row_id})[1:-1],
            ),
        ).fetchall()
        for below in _readable(rows):
            if (
                TABLE_OF[child] not in attachments.BOOKKEEPING
                and below.before.get(PARENTS[child][0]) == entry.row_id
            ):
                yield below
                yield from gone_below(connection, below)
