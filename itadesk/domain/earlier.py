"""What the office wrote before, field by field, to be offered while something like it is typed again."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import islice
from typing import NamedTuple

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
_AT_ONCE = 2_000
"""Measures whose texts are gathered before the next letter is typed."""
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


class Texts:
    """Texts of one field by what they have in common, whatever their digits, blanks and case."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._keys: list[str] | None = None

    def sort(self) -> None:
        """Once all are there: from now on they are kept in order."""
        self._keys = sorted(self._known)

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
        found = self._best(self._beginning(self._keys or [], key))
        if len(found) < MOST and len(key) >= _LEAST_INSIDE:
            keys = islice(self._keys or [], _LOOKED_AT)
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


class Gathered(NamedTuple):
    name: str
    snapshot: Snapshot
    texts: Texts


class Earlier:
    """The lines of all fiscal years of a file, gathered field by field when first asked for, then kept up to date."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._fields: dict[str, Texts] = {}
        self._coming: set[str] = set()

    def job(self, name: str) -> Callable[[], Gathered] | None:
        """What gathers a field of a large file elsewhere, for `take`; nothing is offered until then.

        None when the field is there, or soon gathered when asked for.
        """
        snapshot = self._snapshot
        if name in self._coming or name in self._fields or len(snapshot.all(Measure)) <= _AT_ONCE:
            return None
        self._coming.add(name)
        return lambda: Gathered(name, snapshot, _gathered(snapshot, name))

    def take(self, gathered: Gathered) -> None:
        """What a job gathered, unless the file is another by now."""
        self._coming.discard(gathered.name)
        if gathered.snapshot is self._snapshot:
            self._fields[gathered.name] = gathered.texts

    def like(self, name: str, typed: str) -> list[str]:
        """Lines of the field `name` that go on from what is typed, the best first; without their numbers."""
        if name not in PLAN + DONE or len(thai.fold(typed)) < LEAST or name in self._coming:
            return []
        if name not in self._fields:
            self._fields[name] = _gathered(self._snapshot, name)
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
                            texts.add(line, _year(snapshot, row))


def _gathered(snapshot: Snapshot, name: str) -> Texts:
    texts = Texts()
    rows: Iterable[Row] = snapshot.all(Progress if name in DONE else Measure).values()
    if name == "responsible":
        rows = (*snapshot.all(Unit).values(), *rows)
    lines = Counter((line, _year(snapshot, row)) for row in rows for line in _lines(row, name))
    for (line, year), times in lines.items():
        texts.add(line, year, times)
    texts.sort()
    return texts


def _year(snapshot: Snapshot, row: Row) -> int:
    if isinstance(row, Progress):
        row = snapshot.get(Measure, row.measure_id) or row
    if not isinstance(row, Measure):
        return 0
    year = snapshot.get(FiscalYear, row.fiscal_year_id)
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
