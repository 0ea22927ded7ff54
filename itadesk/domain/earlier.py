"""What the office wrote before, field by field, to be offered while something like it is typed again."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import islice

from itadesk.domain import numbering, thai
from itadesk.domain.model import FiscalYear, Measure, Progress, Row, Unit
from itadesk.domain.snapshot import ChangeSet, Snapshot

PLAN = ("title", "steps", "responsible", "period", "follow_up", "heading")
DONE = ("result", "outcome", "suggestion")
LEAST = 2
"""Letters that are typed before anything is offered."""
_LEAST_INSIDE = 3
"""Letters from which on texts are offered, too, that have them further behind."""
MOST = 8
_LOOKED_AT = 50_000
"""Texts that are looked through for letters further behind."""
_LONGEST = 1_000
"""A longer line is nobody's phrase."""


@dataclass
class _Known:
    """The ways in which one text was written, and the newest fiscal year that has it."""

    spellings: Counter[str] = field(default_factory=Counter[str])
    newest: int = 0

    @property
    def times(self) -> int:
        return self.spellings.total()

    @property
    def text(self) -> str:
        return self.spellings.most_common(1)[0][0]


class _Texts:
    """Texts of one field by what they have in common, whatever their digits, blanks and case."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._keys: list[str] | None = None

    def add(self, text: str, year: int, times: int = 1) -> None:
        key = thai.fold(text)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _Known()
            if self._keys is not None:
                insort(self._keys, key)
        known.spellings[text] += times
        known.newest = max(known.newest, year)

    def remove(self, text: str) -> None:
        key = thai.fold(text)
        known = self._known.get(key)
        if known is None or known.spellings[text] == 0:
            return
        known.spellings[text] -= 1
        known.spellings += Counter()  # forgets spellings that are there no more
        if not known.spellings:
            del self._known[key]
            if self._keys is not None:
                del self._keys[bisect_left(self._keys, key)]

    def like(self, typed: str) -> list[str]:
        """Texts that begin with `typed`, then those that have it inside; each kind by use, then by age."""
        key = thai.fold(typed)
        if self._keys is None:
            self._keys = sorted(self._known)
        found = self._best(self._beginning(self._keys, key))
        if len(found) < MOST and len(key) >= _LEAST_INSIDE:
            keys = islice(self._keys, _LOOKED_AT)
            inside = self._best(one for one in keys if key in one and not one.startswith(key))
            found += inside[: MOST - len(found)]
        texts = [self._known[one].text for one in found]
        return [] if texts == [typed] else texts

    def _best(self, keys: Iterable[str]) -> list[str]:
        def worth(key: str) -> tuple[int, int, str]:
            known = self._known[key]
            return -known.times, -known.newest, key

        return nsmallest(MOST, keys, key=worth)

    @staticmethod
    def _beginning(keys: list[str], start: str) -> Iterator[str]:
        for at in range(bisect_left(keys, start), len(keys)):
            if not keys[at].startswith(start):
                return
            yield keys[at]


class Earlier:
    """The lines of all fiscal years of a file, gathered field by field when first asked for, then kept up to date."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._fields: dict[str, _Texts] = {}

    def like(self, name: str, typed: str) -> list[str]:
        """Lines of the field `name` that go on from what is typed, the best first; without their numbers."""
        if name not in PLAN + DONE or len(thai.fold(typed)) < LEAST:
            return []
        if name not in self._fields:
            self._fields[name] = self._gathered(name)
        return self._fields[name].like(typed)

    def follow(self, snapshot: Snapshot, changes: ChangeSet) -> None:
        """The file is another now, through these changes."""
        self._snapshot = snapshot
        for change in changes.changes:
            for row in filter(None, (change.before, change.after)):
                for name, texts in self._fields.items():
                    for line in _lines(row, name):
                        if row is change.before:
                            texts.remove(line)
                        else:
                            texts.add(line, self._year(row))

    def _gathered(self, name: str) -> _Texts:
        texts = _Texts()
        rows: Iterable[Row] = self._snapshot.all(Progress if name in DONE else Measure).values()
        if name == "responsible":
            rows = (*self._snapshot.all(Unit).values(), *rows)
        lines = Counter((line, self._year(row)) for row in rows for line in _lines(row, name))
        for (line, year), times in lines.items():
            texts.add(line, year, times)
        return texts

    def _year(self, row: Row) -> int:
        if isinstance(row, Progress):
            row = self._snapshot.all(Measure).get(row.measure_id, row)
        if not isinstance(row, Measure):
            return 0
        year = self._snapshot.get(FiscalYear, row.fiscal_year_id)
        return year.year if year else 0


def _lines(row: Row, name: str) -> Iterator[str]:
    """The lines of one field of a row, without their numbers; a unit's name is one of who may be responsible."""
    match row:
        case Measure() if name in PLAN:
            text: str = getattr(row, name)
        case Progress() if name in DONE:
            text = getattr(row, name)
        case Unit() if name == "responsible":
            text = row.name
        case _:
            return
    for line in text.split("\n"):
        plain = line[len(numbering.lead_of(line)) :].strip()
        if 1 < len(plain) <= _LONGEST:
            yield plain
