"""Rows of the database to rows of the domain and back: the one border between columns and values."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar, get_args, get_type_hints

from itadesk.domain.model import Round, Row
from itadesk.domain.snapshot import TABLE_OF, TABLES, Snapshot

Stored = str | int | None
"""What a column of a domain row holds."""

ID_LENGTH = 32

R = TypeVar("R", bound=Row)
_Convert = Callable[[Any], Any]


def _optional(convert: _Convert) -> _Convert:
    return lambda value: None if value is None else convert(value)


def _hundredths(score: Decimal) -> int:
    return int(score.scaleb(2))


def _score(hundredths: int) -> Decimal:
    return Decimal(hundredths).scaleb(-2)


@dataclass(frozen=True)
class _Border:
    """How values of one type are stored and loaded."""

    store: _Convert
    load: _Convert


_BORDERS: Mapping[Any, _Border] = {
    bool: _Border(int, bool),
    Decimal | None: _Border(_optional(_hundredths), _optional(_score)),
    dt.datetime: _Border(partial(dt.datetime.isoformat, timespec="seconds"), dt.datetime.fromisoformat),
    dt.date | None: _Border(_optional(dt.date.isoformat), _optional(dt.date.fromisoformat)),
}
"""Types that are not stored as they are. Enums are found by their class."""


def _borders(row_class: type[Row]) -> Mapping[str, _Border]:
    found: dict[str, _Border] = {}
    for name, hint in get_type_hints(row_class).items():
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            found[name] = _Border(str, hint)
        elif hint in _BORDERS:
            found[name] = _BORDERS[hint]
    return found


COLUMNS: Mapping[type[Row], tuple[str, ...]] = {
    row_class: tuple(field.name for field in fields(row_class)) for row_class in TABLES.values()
}
"""The columns of each class, in the order of every stored row."""

_CONVERTED: Mapping[type[Row], Mapping[str, _Border]] = {
    row_class: _borders(row_class) for row_class in TABLES.values()
}


_WHOLE_NUMBERS = (bool, int, int | None, Decimal | None, Round, Round | None)


def _kinds(row_class: type[Row]) -> Mapping[str, tuple[type, ...]]:
    hints = get_type_hints(row_class)
    return {
        name: (
            int if hint in _WHOLE_NUMBERS else str,
            *(kind for kind in get_args(hint) if kind is type(None)),
        )
        for name, hint in hints.items()
    }


_STORED_KINDS = {row_class: _kinds(row_class) for row_class in TABLES.values()}
"""What the database holds in each column, which it checks itself; an image as JSON may hold anything."""


def stored(row: Row) -> dict[str, Stored]:
    """The columns of `row`."""
    columns = {name: getattr(row, name) for name in COLUMNS[type(row)]}
    for name, border in _CONVERTED[type(row)].items():
        columns[name] = border.store(columns[name])
    return columns


def loaded(row_class: type[R], columns: Iterable[Stored]) -> R:
    """The row whose columns are given in the order of COLUMNS; ValueError when one holds no valid value."""
    values: dict[str, Any] = dict(zip(COLUMNS[row_class], columns, strict=True))
    for name, border in _CONVERTED[row_class].items():
        values[name] = border.load(values[name])
    return row_class(**values)


def values_of(row_class: type[Row], image: Mapping[str, Any]) -> dict[str, Any]:
    """The values of those columns of a stored image that the class has; ValueError when one holds no valid value."""
    values: dict[str, Any] = {}
    for name in COLUMNS[row_class]:
        if name in image:
            if type(image[name]) not in _STORED_KINDS[row_class][name]:
                raise ValueError(f"{name} is {type(image[name]).__name__}")
            border = _CONVERTED[row_class].get(name)
            values[name] = image[name] if border is None else border.load(image[name])
    return values


def row_of(row_class: type[R], image: Mapping[str, Any]) -> R:
    """The row of a stored image; ValueError or TypeError when it is none."""
    row = row_class(**values_of(row_class, image))
    if len(row.id) != ID_LENGTH:
        raise ValueError(f"{row.id} is no id")
    return row


def read(connection: sqlite3.Connection) -> Snapshot:
    """Everything the file holds; ValueError when a column holds no valid value."""
    return Snapshot.of(row for row_class in TABLES.values() for row in _rows(connection, row_class))


def find(connection: sqlite3.Connection, row_class: type[R], row_id: str) -> R | None:
    """One row, None when it is not there."""
    return next(iter(_rows(connection, row_class, "WHERE id = ?", row_id)), None)


def children(connection: sqlite3.Connection, row_class: type[R], field: str, parent_id: str) -> list[R]:
    """The rows whose `field` names this parent, as they are now, in no particular order."""
    return _rows(connection, row_class, f'WHERE "{field}" = ?', parent_id)


def _rows(connection: sqlite3.Connection, row_class: type[R], where: str = "", *keys: str) -> list[R]:
    listed = ", ".join(f'"{name}"' for name in COLUMNS[row_class])
    columns = connection.execute(f'SELECT {listed} FROM "{TABLE_OF[row_class]}" {where}', keys)
    return [loaded(row_class, stored_columns) for stored_columns in columns]
