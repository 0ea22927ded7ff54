"""Measures of another file brought into a fiscal year: added, taken over or left alone, with what belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from itadesk.domain import thai
from itadesk.domain.model import Evidence, FiscalYear, Measure, Progress, Row, new_id
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage.operations import behind, existing

if TYPE_CHECKING:  # the pages of the window name verbs before the database library is there
    from itadesk.storage.edit import Edit

Match = Literal["add", "update", "skip"]
"""What to do with a measure that is there already: add it again, take over what the other file says, leave it alone."""


@dataclass(frozen=True)
class MergeResult:
    """How many measures a merge added, updated, and left as they were."""

    added: int
    updated: int
    skipped: int


def merge_measures(edit: Edit, fiscal_year_id: str, incoming: Snapshot, match: Match) -> MergeResult:
    """Bring measures of another file into a fiscal year, with their progress and evidence.

    They come from the fiscal year of the same number, or from the only one there is; UserError when neither is. Titles
    match whatever their digits, spaces and case. Empty texts of `incoming` erase nothing.
    """
    present = edit.snapshot.children(Measure, fiscal_year_id)
    unmatched = _by_title(present)
    added: list[Measure] = []
    updated = skipped = 0
    for measure in incoming.children(Measure, _source(edit, fiscal_year_id, incoming).id):
        twins = [] if match == "add" else unmatched.get(thai.fold(measure.title), [])
        if not twins:
            added.append(measure)
        elif match == "update" and _take_over(edit, twins.pop(0), incoming, measure):
            updated += 1
        else:
            skipped += 1
    _insert_copies(edit, fiscal_year_id, behind(present), incoming, added)
    return MergeResult(len(added), updated, skipped)


def _source(edit: Edit, fiscal_year_id: str, incoming: Snapshot) -> FiscalYear:
    years = incoming.fiscal_years
    if len(years) == 1:
        return years[0]
    year = existing(edit, FiscalYear, fiscal_year_id).year
    same = next((row for row in years if row.year == year), None)
    if same is None:
        raise UserError(
            _("The other file has no measures of fiscal year {year}.").format(year=year),
            _("It has: {years}").format(years=", ".join(str(row.year) for row in years)),
        )
    return same


def _by_title(measures: Iterable[Measure]) -> dict[str, list[Measure]]:
    found: dict[str, list[Measure]] = {}
    for measure in measures:
        found.setdefault(thai.fold(measure.title), []).append(measure)
    return found


def _insert_copies(
    edit: Edit, fiscal_year_id: str, first_ordinal: int, incoming: Snapshot, measures: Iterable[Measure]
) -> None:
    copies: list[Row] = []
    belongings: list[Row] = []
    for ordinal, measure in enumerate(measures, first_ordinal):
        copy = replace(measure, id=new_id(), fiscal_year_id=fiscal_year_id, ordinal=ordinal)
        copies.append(copy)
        belongings += (
            replace(row, id=new_id(), measure_id=copy.id) for row in _belongings(incoming, measure)
        )
    edit.insert(*copies, *sorted(belongings, key=lambda row: type(row).__name__))


def _belongings(incoming: Snapshot, measure: Measure) -> Iterator[Progress | Evidence]:
    yield from incoming.children(Progress, measure.id)
    # The bytes of attached files are not in a snapshot: what remains is the name.
    yield from (replace(row, attachment=None) for row in incoming.children(Evidence, measure.id))


def _take_over(edit: Edit, ours: Measure, incoming: Snapshot, theirs: Measure) -> bool:
    """Whether the other file's measure said anything new."""
    merged: list[tuple[Row, Row]] = [(ours, _filled(ours, theirs))]
    new: list[Row] = []
    for progress in incoming.children(Progress, theirs.id):
        before = edit.snapshot.progress(ours.id, progress.round)
        if before is None:
            new.append(replace(progress, id=new_id(), measure_id=ours.id))
        else:
            merged.append((before, _filled(before, progress)))
    present = edit.snapshot.children(Evidence, ours.id)
    links = {(row.title, row.url) for row in present}
    unknown = [row for row in incoming.children(Evidence, theirs.id) if (row.title, row.url) not in links]
    for ordinal, row in enumerate(unknown, behind(present)):
        new.append(replace(row, id=new_id(), measure_id=ours.id, ordinal=ordinal, attachment=None))
    changed = [after for before, after in merged if after != before]
    for row in changed:
        edit.update(row)
    edit.insert(*new)
    return bool(changed or new)


M = TypeVar("M", Measure, Progress)


def _filled(ours: M, theirs: M) -> M:
    """Our row with what the other one says; what it leaves empty stays, and so does what makes the row ours."""
    kept = {"id", "fiscal_year_id", "measure_id", "ordinal", "round", "title"}
    said = {
        name: value for name, value in vars(theirs).items() if name not in kept and value not in ("", False)
    }
    return replace(ours, **said)
