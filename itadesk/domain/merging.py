"""What becomes of the measures of another file in ours: which are new, which are there, and what those would change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeVar

from itadesk.domain import thai
from itadesk.domain.model import Evidence, Measure, Progress, Row, new_id
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


@lru_cache(maxsize=8192)
def title_key(title: str) -> str:
    """What the titles of one measure in two files have in common; the same ones are asked for again and again."""
    return thai.fold(title)


def merged(
    here: Snapshot, fiscal_year_id: str, incoming: Snapshot, measures: Sequence[Measure], match: Match
) -> list[Merged]:
    """What would become of `measures` of `incoming` in a fiscal year of ours, in their order.

    Titles match whatever their digits, spaces and case. Empty texts of `incoming` erase nothing.
    """
    unmatched: dict[str, list[Measure]] = {}
    for measure in here.children(Measure, fiscal_year_id):
        unmatched.setdefault(title_key(measure.title), []).append(measure)
    found: list[Merged] = []
    for measure in measures:
        twins = [] if match == "add" else unmatched.get(title_key(measure.title), [])
        if not twins:
            found.append(Merged(measure, new=tuple(belongings(incoming, measure))))
        elif match == "skip":
            found.append(Merged(measure, twins[0]))
        else:
            found.append(_taken_over(here, twins.pop(0), incoming, measure))
    return found


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
            new.append(replace(progress, id=new_id(), measure_id=ours.id))
        else:
            pairs.append((before, _filled(before, progress)))
    present = here.children(Evidence, ours.id)
    links = {(row.title, row.url) for row in present}
    unknown = [row for row in incoming.children(Evidence, theirs.id) if (row.title, row.url) not in links]
    behind = max((row.ordinal for row in present), default=-1) + 1
    for ordinal, row in enumerate(unknown, behind):
        new.append(replace(row, id=new_id(), measure_id=ours.id, ordinal=ordinal, attachment=None))
    changed = tuple((before, after) for before, after in pairs if after != before)
    return Merged(theirs, ours, changed, tuple(new))


M = TypeVar("M", Measure, Progress)


def _filled(ours: M, theirs: M) -> M:
    """Our row with what the other one says; what it leaves empty stays, and so does what makes the row ours."""
    kept = {"id", "fiscal_year_id", "measure_id", "ordinal", "round", "title"}
    said = {
        name: value for name, value in vars(theirs).items() if name not in kept and value not in ("", False)
    }
    return replace(ours, **said)
