"""What becomes of the measures of another file in ours: which are new, which are there, and what those would change."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeVar

from itadesk.domain import thai
from itadesk.domain.model import Evidence, Measure, Progress, Row, new_id
from itadesk.domain.progress import status
from itadesk.domain.snapshot import Snapshot

Match = Literal["add", "update", "skip"]
"""What to do with a measure that is there already: add it again, take over what the other file says, leave it alone."""


@dataclass(frozen=True)
class Merged:
    """One measure of another file; `ours` is the one it is matched with, None when it is added.

    `changed` are rows of ours before and after, `new` rows that come to them; neither where ours stays as it is.
    """

    theirs: Measure
    ours: Measure | None = None
    changed: tuple[tuple[Row, Row], ...] = ()
    new: tuple[Progress | Evidence, ...] = ()


def merged(
    here: Snapshot, fiscal_year_id: str, incoming: Snapshot, measures: Sequence[Measure], match: Match
) -> list[Merged]:
    """What would become of `measures` of `incoming` in a fiscal year of ours, in their order.

    Empty texts of `incoming` erase nothing.
    """
    twins = [None] * len(measures) if match == "add" else matches(here, fiscal_year_id, measures)
    there = {_key(twin.title): twin for twin in twins if twin} if match == "skip" else {}
    found: list[Merged] = []
    for theirs, twin in zip(measures, twins, strict=True):
        ours = twin or there.get(_key(theirs.title))
        if ours is None:
            found.append(Merged(theirs, new=tuple(belongings(incoming, theirs))))
        elif match == "skip":
            found.append(Merged(theirs, ours))
        else:
            found.append(_taken_over(here, ours, incoming, theirs))
    return found


def matches(here: Snapshot, fiscal_year_id: str, measures: Sequence[Measure]) -> list[Measure | None]:
    """The measure of ours that each of the others is, each of ours only once.

    Titles match whatever their digits, spaces and case; then those of which only one has a number typed before it.
    """
    ours = here.children(Measure, fiscal_year_id)
    found: list[Measure | None] = [None] * len(measures)
    _match(found, ours, measures, _key)
    if None in found:
        taken = {twin.id for twin in found if twin}
        _match(found, [row for row in ours if row.id not in taken], measures, _key_without_number)
    return found


def _match(
    found: list[Measure | None], ours: Sequence[Measure], theirs: Sequence[Measure], key: Callable[[str], str]
) -> None:
    """Find those of `theirs` that are not found yet among `ours`, by a key of their titles."""
    left: dict[str, list[Measure]] = {}
    for row in ours:
        left.setdefault(key(row.title), []).append(row)
    for at, other in enumerate(theirs):
        twins = left.get(key(other.title), []) if found[at] is None else []
        # Under two numbers the same title is two measures, of two indicators.
        twin = next((row for row in twins if key is _key or not _both_numbered(row.title, other.title)), None)
        if twin is not None:
            twins.remove(twin)
            found[at] = twin


def _both_numbered(one: str, other: str) -> bool:
    return thai.has_number(one) and thai.has_number(other)


@lru_cache(maxsize=16384)
def _key(title: str) -> str:
    """Kept, for the same titles are asked for at every look at a table that is taken in."""
    return thai.fold(title)


@lru_cache(maxsize=16384)
def _key_without_number(title: str) -> str:
    return thai.fold(thai.without_number(title))


def belongings(incoming: Snapshot, measure: Measure) -> Iterator[Progress | Evidence]:
    yield from incoming.children(Progress, measure.id)
    # The bytes of attached files are not in a snapshot: what remains is the name.
    yield from (replace(row, attachment=None) for row in incoming.children(Evidence, measure.id))


def _taken_over(here: Snapshot, ours: Measure, incoming: Snapshot, theirs: Measure) -> Merged:
    pairs: list[tuple[Row, Row]] = [(ours, _filled(ours, theirs))]
    new: list[Progress | Evidence] = []
    for progress in incoming.children(Progress, theirs.id):
        before = here.progress(ours.id, progress.round)
        if before is None:
            if _says_something(ours, progress):
                new.append(replace(progress, id=new_id(), measure_id=ours.id))
        else:
            pairs.append((before, _filled(before, progress)))
    present = here.children(Evidence, ours.id)
    # A file without a title goes out by its name.
    links = {(name, row.url) for row in present for name in (row.title, row.title or row.file_name)}
    unknown = [row for row in incoming.children(Evidence, theirs.id) if (row.title, row.url) not in links]
    behind = max((row.ordinal for row in present), default=-1) + 1
    for ordinal, row in enumerate(unknown, behind):
        new.append(replace(row, id=new_id(), measure_id=ours.id, ordinal=ordinal, attachment=None))
    changed = tuple((before, after) for before, after in pairs if after != before)
    return Merged(theirs, ours, changed, tuple(new))


def _says_something(ours: Measure, progress: Progress) -> bool:
    """Whether a status is another one than is shown without any, or comes with a text."""
    return bool(progress.result or progress.outcome or progress.suggestion) or progress.status is not status(
        ours, None
    )


M = TypeVar("M", Measure, Progress)


def _filled(ours: M, theirs: M) -> M:
    """Our row with what the other one says.

    What that leaves empty stays, so does what it says in the other kind of digits, in which a report may have been
    printed, and what makes the row ours.
    """
    kept = {"id", "fiscal_year_id", "measure_id", "ordinal", "round", "title"}
    said = {
        name: value
        for name, value in vars(theirs).items()
        if name not in kept and value not in ("", False) and not _is_same(value, getattr(ours, name))
    }
    return replace(ours, **said)


def _is_same(value: object, other: object) -> bool:
    if isinstance(value, str) and isinstance(other, str):
        return thai.arabic_digits(value) == thai.arabic_digits(other)
    return value == other
