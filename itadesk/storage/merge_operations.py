"""Measures of another file brought into a fiscal year: added, taken over or left alone, with what belongs to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from itadesk.domain import merging
from itadesk.domain.merging import Match
from itadesk.domain.model import FiscalYear, Measure, Row, new_id
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage.operations import behind, existing

if TYPE_CHECKING:  # the pages of the window name verbs before the database library is there
    from itadesk.storage.edit import Edit


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
    measures = incoming.children(Measure, _source(edit, fiscal_year_id, incoming).id)
    added: list[Measure] = []
    updated = 0
    for row in merging.merged(edit.snapshot, fiscal_year_id, incoming, measures, match):
        if row.ours is None:
            added.append(row.theirs)
        elif row.changed or row.new:
            updated += 1
            for _before, after in row.changed:
                edit.update(after)
            edit.insert(*row.new)
    first = behind(edit.snapshot.children(Measure, fiscal_year_id))
    _insert_copies(edit, fiscal_year_id, first, incoming, added)
    return MergeResult(len(added), updated, len(measures) - len(added) - updated)


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


def _insert_copies(
    edit: Edit, fiscal_year_id: str, first_ordinal: int, incoming: Snapshot, measures: Iterable[Measure]
) -> None:
    copies: list[Row] = []
    belongings: list[Row] = []
    for ordinal, measure in enumerate(measures, first_ordinal):
        copy = replace(measure, id=new_id(), fiscal_year_id=fiscal_year_id, ordinal=ordinal)
        copies.append(copy)
        belongings += (
            replace(row, id=new_id(), measure_id=copy.id) for row in merging.belongings(incoming, measure)
        )
    edit.insert(*copies, *sorted(belongings, key=lambda row: type(row).__name__))
