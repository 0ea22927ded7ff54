"""Verbs on many cells of the measures table at once: each is one edit, however many rows it touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from itadesk.domain.fields import FIELDS
from itadesk.domain.model import Measure, Progress, Round, new_id
from itadesk.storage import operations

if TYPE_CHECKING:  # the pages of the window name verbs before the database library is there
    from itadesk.storage.edit import Edit

Values = Mapping[str, Any]
"""Values by the names of fields of a measure or of its progress; no name is in both."""

PROGRESS_FIELDS = frozenset(field.name for field in FIELDS[Progress]) - {"round"}


@dataclass(frozen=True)
class Added:
    """Measures to be added to a fiscal year, behind the measure `after` or last; `round`: that of their progress."""

    fiscal_year_id: str
    round: Round
    rows: Sequence[Values]
    after: str | None = None


def set_cells(edit: Edit, round: Round, cells: Mapping[str, Values]) -> None:
    """Change fields of measures, by id, and of their progress in one round."""
    measures: list[Measure] = []
    changed: list[Progress] = []
    begun: list[Progress] = []
    for measure_id, values in cells.items():
        planned, done = _divided(values)
        if planned:
            measures.append(replace(_measure(edit, measure_id), **planned))
        before = edit.snapshot.progress(measure_id, round) if done else None
        if before is not None:
            changed.append(replace(before, **done))
        elif done:
            begun += _begun(measure_id, round, done)
    edit.update(*measures, *changed)
    edit.insert(*begun)


def add_measures(edit: Edit, added: Added) -> list[str]:
    """Add measures with their progress, one below the other, and say their ids."""
    divided = [_divided(values) for values in added.rows]
    planned = [values for values, _done in divided]
    ids = operations.add_rows(edit, Measure, added.fiscal_year_id, added.after, planned)
    begun: list[Progress] = []
    for measure_id, (_planned, done) in zip(ids, divided, strict=True):
        begun += _begun(measure_id, added.round, done)
    edit.insert(*begun)
    return ids


def paste(edit: Edit, round: Round, cells: Mapping[str, Values], added: Added) -> list[str]:
    """Change cells, and add measures for what goes beyond the last row; says the ids of those."""
    set_cells(edit, round, cells)
    return add_measures(edit, added) if added.rows else []


def _divided(values: Values) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is said of the measure, and what of its progress."""
    planned = {name: value for name, value in values.items() if name not in PROGRESS_FIELDS}
    return planned, {name: value for name, value in values.items() if name in PROGRESS_FIELDS}


def _begun(measure_id: str, round: Round, values: Mapping[str, Any]) -> list[Progress]:
    """The first progress of a measure; none when nothing is said of it."""
    nothing = Progress(id=new_id(), measure_id=measure_id, round=round)
    progress = replace(nothing, **values)
    return [] if progress == nothing else [progress]


def _measure(edit: Edit, measure_id: str) -> Measure:
    row = edit.snapshot.get(Measure, measure_id)
    if row is None:
        raise LookupError(f"no Measure {measure_id}")
    return row
