"""The history in words: one line for each field that changed, rows named as clerks know them."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from itadesk.domain import thai
from itadesk.domain.family import PARENTS
from itadesk.domain.model import Row
from itadesk.domain.naming import said
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import _
from itadesk.storage import history_reading
from itadesk.storage.history_reading import Entry, Wanted
from itadesk.ui.row_names import RowNames, label, row_from, shown, shown_names

_CHUNK = 500


@dataclass(frozen=True)
class HistoryLine:
    """`name`: the field that changed; None where a row came or went."""

    id: str
    entry: Entry
    name: str | None
    what: str
    field: str
    old: str
    new: str

    @property
    def when(self) -> str:
        return f"{thai.short_date(self.entry.at.date())} {self.entry.at:%H:%M}"

    @property
    def who(self) -> str:
        return self.entry.who

    @cached_property
    def folded(self) -> str:
        """All it says in one text to be searched."""
        return thai.fold("¦".join((self.when, self.who, self.what, self.field, self.old, self.new)))


@dataclass(frozen=True)
class Found:
    """Lines newest first; `more`: there are earlier ones. `people`: everyone the history names."""

    lines: tuple[HistoryLine, ...]
    more: bool
    people: tuple[str, ...]


class HistoryLines:
    """The lines of a file as it is now; `year_id`: the fiscal year in hand, of which names need not speak.

    One thread at a time may look for some.
    """

    def __init__(self, snapshot: Snapshot, year_id: str, wanted: Wanted) -> None:
        self._snapshot = snapshot
        self._names = RowNames(snapshot, year_id)
        self._wanted = wanted
        self._all: tuple[HistoryLine, ...] | None = None

    def find(self, database: sqlite3.Connection, text: str, most: int) -> Found:
        """The newest `most` lines that hold all words of `text`."""
        words = [thai.fold(word) for word in text.split()]
        lines: Iterable[HistoryLine] = self._all or self._read(database)
        if words:  # the next letter asks again
            self._all = self._all or tuple(lines)
            lines = (line for line in self._all if all(word in line.folded for word in words))
        found = tuple(islice(lines, most + 1))
        return Found(found[:most], len(found) > most, tuple(history_reading.people(database)))

    def _read(self, database: sqlite3.Connection) -> Iterator[HistoryLine]:
        entries = history_reading.entries(database, self._wanted)
        while chunk := list(islice(entries, _CHUNK)):
            gone = _gone(database, self._snapshot, chunk)
            self._names.add_gone(row_from(entry.row_class, entry.before) for entry in gone.values())
            steps = {_step(entry, entry.row_id) for entry in (*chunk, *gone.values())}
            for entry in chunk:
                image = entry.before or entry.after
                # What came or went with its parent is not told apart: the parent's line speaks for all.
                if entry.op == "update" or _step(entry, _parent_of(entry.row_class, image)) not in steps:
                    yield from _lines_of(entry, self._names.of_row(entry.row_class, entry.row_id, image))


def _step(entry: Entry, row_id: str | None) -> tuple[str, str, str, str | None]:
    return entry.op, entry.place[0], entry.who, row_id


def _lines_of(entry: Entry, what: str) -> Iterator[HistoryLine]:
    match entry.op:
        case "insert":
            text = _said(entry.row_class, entry.after)
            yield HistoryLine(entry.id, entry, None, what, _("(added)"), "", text)
        case "delete":
            text = _said(entry.row_class, entry.before)
            yield HistoryLine(entry.id, entry, None, what, _("(deleted)"), text, "")
        case "update":
            for name in shown_names(entry.row_class):
                if name in entry.before:
                    old, new = (
                        shown(entry.row_class, name, image.get(name)) for image in (entry.before, entry.after)
                    )
                    yield HistoryLine(
                        f"{entry.id}.{name}", entry, name, what, label(entry.row_class, name), old, new
                    )


def _said(row_class: type[Row], image: Mapping[str, Any]) -> str:
    row = row_from(row_class, image)
    return said(row) if row else ""


def _gone(database: sqlite3.Connection, snapshot: Snapshot, entries: Iterable[Entry]) -> dict[str, Entry]:
    """How the rows that those entries tell of, and their parents, went, by id: those that are in the file no more."""
    found: dict[str, Entry] = {}
    wanted = {entry.row_id for entry in entries if snapshot.get(entry.row_class, entry.row_id) is None}
    for entry in entries:
        wanted |= _parent_gone(snapshot, entry.row_class, entry.before or entry.after)
    while wanted:
        deleted = history_reading.gone(database, wanted)
        found |= deleted
        wanted = set()
        for entry in deleted.values():
            wanted |= _parent_gone(snapshot, entry.row_class, entry.before)
        wanted -= found.keys()
    return found


def _parent_gone(snapshot: Snapshot, row_class: type[Row], image: Mapping[str, Any]) -> set[str]:
    parent = _parent_of(row_class, image)
    return {parent} if parent and snapshot.get(PARENTS[row_class][1], parent) is None else set()


def _parent_of(row_class: type[Row], image: Mapping[str, Any]) -> str | None:
    return image.get(PARENTS[row_class][0]) if row_class in PARENTS else None
