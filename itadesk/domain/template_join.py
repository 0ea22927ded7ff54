"""A district's template: the measures of a year that every office begins with, and a later one that joins in.

A template is an office file without an office's own. Measures are found again by identities that are made from the
template's, whatever their titles say. What the last template said is kept beside the measures, so that a later one
changes no text that the office has made its own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from itadesk.domain.choices import Choice, Reason
from itadesk.domain.keys import derived
from itadesk.domain.model import FiscalYear, LayoutText, Measure, Office, Row, TemplateMeasure, Unit, new_id
from itadesk.domain.snapshot import Snapshot

CELLS = ("title", "steps", "responsible", "period", "follow_up", "indicator", "heading", "continuous")
"""What a template says of a measure."""


@dataclass(frozen=True)
class Joining:
    """What a template would change in a year; `texts`: what is kept of it whatever the clerk takes."""

    choices: tuple[Choice, ...]
    texts: tuple[TemplateMeasure, ...]


def made(content: Snapshot, year: FiscalYear, *, units: bool) -> Iterator[Row]:
    """The rows of a template file: a year's measures and the office's own layouts, and its units if wanted.

    Nothing of who the office is, what it did, and who signs.
    """
    office = Office(id=new_id())
    yield office
    if units:
        yield from (replace(row, office_id=office.id) for row in content.children(Unit, content.office.id))
    yield replace(year, office_id=office.id)
    yield from content.children(Measure, year.id)
    yield from content.children(LayoutText)


def year_of(template: Snapshot) -> FiscalYear | None:
    """The newest fiscal year of a template that has measures."""
    return next((row for row in reversed(template.fiscal_years) if template.children(Measure, row.id)), None)


def begun(template: Snapshot, office: Office, year: FiscalYear) -> Iterator[Row]:
    """What a new file of `office` begins with in its `year`, beside those two."""
    for unit in template.children(Unit, template.office.id):
        yield replace(unit, id=derived(office.id, unit.id), office_id=office.id)
    source = year_of(template)
    for measure in template.children(Measure, source.id) if source else ():
        yield replace(measure, id=derived(year.id, measure.id), fiscal_year_id=year.id)
    for measure in template.children(Measure, source.id) if source else ():
        yield _text(measure, derived(year.id, measure.id), year)
    for layout in template.children(LayoutText):
        yield replace(layout, id=derived(office.id, layout.id))


def joining(here: Snapshot, year: FiscalYear, template: Snapshot) -> Joining:
    """What a template would change in a fiscal year of ours, which need not be there yet."""
    source = year_of(template)
    measures = template.children(Measure, source.id) if source else []
    choices: list[Choice] = []
    texts: list[TemplateMeasure] = []
    for measure in measures:
        its_id = _id(here, year, measure)
        before = here.get(TemplateMeasure, _text_id(its_id))
        theirs = replace(measure, id=its_id, fiscal_year_id=year.id)
        ours = here.get(Measure, its_id)
        choices += [_missing(theirs, before)] if ours is None else _cells(ours, theirs, before)
        texts.append(_text(measure, its_id, year))
    return Joining((*choices, *_layouts(here, template)), tuple(texts))


def _id(here: Snapshot, year: FiscalYear, measure: Measure) -> str:
    """The identity in our year; that of the template itself where an office works in the very template file."""
    own = here.get(Measure, measure.id)
    return measure.id if own is not None and own.fiscal_year_id == year.id else derived(year.id, measure.id)


def _text_id(measure_id: str) -> str:
    return derived("template", measure_id)


def _text(measure: Measure, measure_id: str, year: FiscalYear) -> TemplateMeasure:
    cells: dict[str, Any] = {name: getattr(measure, name) for name in CELLS}
    return TemplateMeasure(id=_text_id(measure_id), fiscal_year_id=year.id, **cells)


def _missing(theirs: Measure, before: TemplateMeasure | None) -> Choice:
    """A measure that ours does not have: new, or one that the office has deleted."""
    reason = Reason.ONLY_THERE if before is None else Reason.DELETED_HERE
    return Choice("added", None, theirs, reason, wanted=before is None)


def _cells(ours: Measure, theirs: Measure, before: TemplateMeasure | None) -> Iterator[Choice]:
    for name in CELLS:
        mine, new = getattr(ours, name), getattr(theirs, name)
        if mine != new and (reason := _reason(mine, new, before, name)) is not None:
            proposed = reason in (Reason.FILLED, Reason.THEIRS_CHANGED)
            yield Choice("changed", ours, theirs, reason, proposed, name)


def _reason(mine: object, new: object, before: TemplateMeasure | None, name: str) -> Reason | None:
    """Why a cell is spoken of; None when the template has nothing new to say there."""
    if before is not None:
        said = getattr(before, name)
        if new == said:
            return None
        return Reason.THEIRS_CHANGED if mine == said else Reason.BOTH_CHANGED
    if mine == "":
        return Reason.FILLED
    return None if new == "" else Reason.DIFFERENT


def _layouts(here: Snapshot, template: Snapshot) -> Iterator[Choice]:
    ours = {row.name: row for row in here.children(LayoutText)}
    for theirs in template.children(LayoutText):
        row = replace(theirs, id=derived(here.office.id, theirs.id))
        there = ours.get(theirs.name) or here.get(
            LayoutText, row.id
        )  # the office may have given it another name
        if there is None:
            yield Choice("added", None, row, Reason.ONLY_THERE, wanted=True)
        elif there.toml != theirs.toml:
            yield Choice("changed", there, replace(row, id=there.id), Reason.DIFFERENT, False, "toml")


def order(here: Snapshot, year: FiscalYear, new: Iterable[Measure], joined: Joining) -> list[str]:
    """The year's measures with new ones where the template has them: each behind the one that is before it there."""
    ids = [row.id for row in here.children(Measure, year.id)]
    coming = {row.id for row in new}
    by_text = {_text_id(measure_id): measure_id for measure_id in (*ids, *coming)}
    behind: dict[str, list[str]] = {}
    last = ""
    for measure_id in (by_text[text.id] for text in joined.texts if text.id in by_text):
        if measure_id in coming:
            behind.setdefault(last, []).append(measure_id)
        else:
            last = measure_id
    return [*behind.get("", ()), *(one for row_id in ids for one in (row_id, *behind.get(row_id, ())))]
