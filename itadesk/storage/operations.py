"""The verbs: everything a clerk can do to an office file, each to be run by one edit.

Every verb takes the Edit first. UserError says what a clerk cannot have; LookupError means a row that is not there, a
fault of the caller. A verb that changes a row keeps what the edit did to it before; children are seen as they were
before the edit (`edit.snapshot`). Ordinals of siblings rise, with gaps where rows were deleted: a delete touches none
of the rows behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from itadesk.domain import names, thai
from itadesk.domain.carry_forward import Taken, carried, wants_measures
from itadesk.domain.family import PARENTS
from itadesk.domain.model import (
    Assessment,
    AssessmentIndicator,
    Document,
    DocumentText,
    Evidence,
    Finding,
    FiscalYear,
    Measure,
    Office,
    Person,
    Phrase,
    Progress,
    Publication,
    Round,
    Row,
    Signatory,
    Status,
    Unit,
    new_id,
)
from itadesk.domain.open_round import Kept, opened
from itadesk.errors import UserError
from itadesk.i18n import _

if TYPE_CHECKING:  # the pages of the window name verbs before the database library is there
    from itadesk.storage.edit import Edit

R = TypeVar("R", bound=Row)
Ordered = Unit | Person | Phrase | Finding | Measure | Evidence | Document | Signatory | Publication
"""Rows that keep an order under their parent."""

T = TypeVar("T", Unit, Person, Phrase, Finding, Measure, Evidence, Document, Signatory, Publication)

FIRST = ""
"""In place of the sibling behind which a row comes: before all of them."""

N = TypeVar("N", Unit, Person)

_ORDER_OF_NAMES: Mapping[type[Row], Callable[[str], tuple[str, ...]]] = {
    Unit: thai.sort_key,
    Person: names.sort_key,
}


def set_field(edit: Edit, row_class: type[Row], row_id: str, name: str, value: Any) -> None:
    """Change one field of one row."""
    edit.update(replace(existing(edit, row_class, row_id), **{name: value}))


def add_row(edit: Edit, row_class: type[T], parent_id: str, after: str | None = None, **values: Any) -> str:
    """Add an ordered row behind its sibling `after`, FIRST or last, and say its id."""
    return add_rows(edit, row_class, parent_id, after, [values])[0]


def add_rows(
    edit: Edit,
    row_class: type[T],
    parent_id: str,
    after: str | None,
    values: Iterable[Mapping[str, Any]],
) -> list[str]:
    """Add ordered rows one below the other behind their sibling `after`, FIRST or last, and say their ids."""
    rows = edit.snapshot.children(row_class, parent_id)
    index = len(rows) if after is None else 0 if after == FIRST else _index(rows, after) + 1
    parent = {PARENTS[row_class][0]: parent_id}
    first = behind(rows[:index])
    added = [row_class(id=new_id(), ordinal=at, **parent, **its) for at, its in enumerate(values, first)]
    edit.insert(*added)
    if index < len(rows):
        number_rows(edit, [*rows[:index], *added, *rows[index:]])
    return [row.id for row in added]


def move_row(edit: Edit, row_class: type[T], row_id: str, to_index: int) -> None:
    """Put an ordered row at `to_index` among its siblings."""
    _move(edit, row_class, [row_id], to_index)


def sort_rows(edit: Edit, row_class: type[N], parent_id: str) -> None:
    """Put an office's units or people into the order of the dictionary, those without a name last."""
    key = _ORDER_OF_NAMES[row_class]
    rows = edit.snapshot.children(row_class, parent_id)
    rows.sort(key=lambda row: (not row.name.strip(), *key(row.name)))
    number_rows(edit, rows)


def delete_row(edit: Edit, row_class: type[Row], row_id: str) -> None:
    """Delete a row of any class and all that belongs to it."""
    edit.delete(row_class, row_id)


def existing(edit: Edit, row_class: type[R], row_id: str) -> R:
    """The row as it is now; LookupError when it is not there."""
    row = edit.current(row_class, row_id)
    if row is None:
        raise LookupError(f"no {row_class.__name__} {row_id}")
    return row


def _index(rows: Sequence[Row], row_id: str) -> int:
    return [row.id for row in rows].index(row_id)


def _siblings(edit: Edit, row_class: type[R], row_id: str) -> list[R]:
    parent: str = getattr(existing(edit, row_class, row_id), PARENTS[row_class][0])
    return edit.snapshot.children(row_class, parent)


def behind(rows: Sequence[Ordered]) -> int:
    """The ordinal of a row that comes behind these siblings."""
    return rows[-1].ordinal + 1 if rows else 0


def number_rows(edit: Edit, rows: Sequence[Ordered]) -> None:
    """Let ordinals rise in the order of `rows`: siblings share out those they have, raised where two meet."""
    moved: dict[str, int] = {}
    least = 0
    for row, ordinal in zip(rows, sorted(row.ordinal for row in rows), strict=True):
        least = max(ordinal, least)
        if row.ordinal != least:
            moved[row.id] = least
        least += 1
    if moved:
        edit.place(type(rows[0]), moved)


def _move(edit: Edit, row_class: type[T], row_ids: Iterable[str], to_index: int) -> None:
    ids = set(row_ids)
    if ids:
        rows = _siblings(edit, row_class, next(iter(ids)))
        moved = [row for row in rows if row.id in ids]
        others = [row for row in rows if row.id not in ids]
        number_rows(edit, [*others[:to_index], *moved, *others[to_index:]])


def add_measure(edit: Edit, fiscal_year_id: str, after: str | None = None, **values: Any) -> str:
    """Add a measure behind the measure `after`, FIRST or last, and say its id."""
    return add_row(edit, Measure, fiscal_year_id, after, **values)


def delete_measures(edit: Edit, ids: Iterable[str]) -> None:
    """Delete measures with their progress and evidence."""
    for measure_id in ids:
        edit.delete(Measure, measure_id)


def move_measures(edit: Edit, ids: Iterable[str], to_index: int) -> None:
    """Put measures of one fiscal year together, the first at `to_index` of the resulting list, their order kept."""
    _move(edit, Measure, ids, to_index)


def order_measures(edit: Edit, ids: Sequence[str]) -> None:
    """Let measures of one fiscal year stand in this order, in the places that they have among the others."""
    if ids:
        wanted = set(ids)
        rows = _siblings(edit, Measure, ids[0])
        by_id = {row.id: row for row in rows}
        following = iter(ids)
        number_rows(edit, [by_id[next(following)] if row.id in wanted else row for row in rows])


def set_status(edit: Edit, measure_ids: Iterable[str], round: Round, status: Status) -> None:
    """Tick measures in one round; one without progress has not started and needs no row to say so."""
    for measure_id in measure_ids:
        if status is not Status.NOT_STARTED or edit.snapshot.progress(measure_id, round) is not None:
            set_progress(edit, measure_id, round, status=status)


def set_progress(edit: Edit, measure_id: str, round: Round, **values: Any) -> None:
    """Change fields of a measure's progress in one round; progress that is not there begins as not started."""
    before = edit.snapshot.progress(measure_id, round)
    if before is None:
        edit.insert(Progress(id=new_id(), measure_id=measure_id, round=round, **values))
    else:
        edit.update(replace(before, **values))


def add_unit(edit: Edit, **values: Any) -> str:
    """Add a unit behind the others and say its id."""
    return add_row(edit, Unit, edit.snapshot.office.id, **values)


def add_person(edit: Edit, **values: Any) -> str:
    """Add a person behind the others and say its id."""
    return add_row(edit, Person, edit.snapshot.office.id, **values)


def add_phrase(edit: Edit, text: str) -> str:
    """Keep a wording behind the others."""
    return add_row(edit, Phrase, edit.snapshot.office.id, text=text)


def add_fiscal_year(edit: Edit, year: int, **values: Any) -> str:
    """Add fiscal year `year` B.E.; UserError when it is there."""
    if edit.snapshot.fiscal_year(year) is not None:
        raise _year_is_there(year)
    row = FiscalYear(id=new_id(), office_id=edit.snapshot.office.id, year=year, **values)
    edit.insert(row)
    return row.id


def _year_is_there(year: int) -> UserError:
    return UserError(
        _("Fiscal year {year} is there already.").format(year=year), _("Please open it in the list.")
    )


def carry_forward(edit: Edit, source_id: str, year: int, taken: Taken) -> str:
    """Give fiscal year `year` B.E. the measures of another one, and say its id; UserError when it has its own."""
    source = existing(edit, FiscalYear, source_id)
    if not wants_measures(edit.snapshot, year):
        raise _year_is_there(year)
    there, rows = edit.snapshot.fiscal_year(year), list(carried(edit.snapshot, source, year, taken))
    edit.insert(*rows)
    return rows[0].id if there is None else there.id


def open_round(edit: Edit, fiscal_year_id: str, kept: Kept) -> int:
    """Begin the 12-month round with what the 6-month round says, and say of how many measures."""
    rows = list(opened(edit.snapshot, fiscal_year_id, kept))
    edit.insert(*rows)
    return len(rows)


def add_assessment(edit: Edit, year: int, **values: Any) -> str:
    """Add the ITA result of `year` B.E.; UserError when it is there."""
    if edit.snapshot.assessment(year) is not None:
        raise UserError(
            _("The ITA result of {year} is there already.").format(year=year), _("Please change it instead.")
        )
    row = Assessment(id=new_id(), office_id=edit.snapshot.office.id, year=year, **values)
    edit.insert(row)
    return row.id


def set_indicator_score(edit: Edit, assessment_id: str, indicator: int, score: Decimal | None) -> None:
    """Note the score of one of the ten indicators; None takes it out."""
    rows = edit.snapshot.children(AssessmentIndicator, assessment_id)
    before = next((row for row in rows if row.indicator == indicator), None)
    if before is None and score is not None:
        edit.insert(
            AssessmentIndicator(id=new_id(), assessment_id=assessment_id, indicator=indicator, score=score)
        )
    elif before is not None and score is None:
        edit.delete(AssessmentIndicator, before.id)
    elif before is not None:
        edit.update(replace(before, score=score))


def set_document_text(edit: Edit, document_id: str, name: str, text: str | None) -> None:
    """Give a document its own wording of the template `name`; None goes back to the layout's."""
    rows = edit.snapshot.children(DocumentText, document_id)
    before = next((row for row in rows if row.name == name), None)
    if before is None and text is not None:
        edit.insert(DocumentText(id=new_id(), document_id=document_id, name=name, text=text))
    elif before is not None and text is None:
        edit.delete(DocumentText, before.id)
    elif before is not None and text is not None:
        edit.update(replace(before, text=text))


def set_signatories(edit: Edit, document_id: str, rows: Iterable[Signatory]) -> None:
    """Replace a document's signatories by `rows` in this order; those whose id is there are changed, not made anew."""
    _set_rows(edit, Signatory, document_id, rows)


def set_publications(edit: Edit, document_id: str, rows: Iterable[Publication]) -> None:
    """Replace the places where a document was published by `rows` in this order, as `set_signatories` does."""
    _set_rows(edit, Publication, document_id, rows)


S = TypeVar("S", Signatory, Publication)


def _set_rows(edit: Edit, row_class: type[S], document_id: str, rows: Iterable[S]) -> None:
    before = {row.id: row for row in edit.snapshot.children(row_class, document_id)}
    after = [replace(row, document_id=document_id, ordinal=ordinal) for ordinal, row in enumerate(rows)]
    for gone in before.keys() - {row.id for row in after}:
        edit.delete(row_class, gone)
    for row in after:
        if row.id in before:
            edit.update(row)
        else:
            edit.insert(row)


def set_picture(
    edit: Edit, which: Literal["emblem", "logo"], data: bytes | None, media_type: str = "image/png"
) -> None:
    """Make a picture the office's emblem on memos or its logo on covers; None takes it out."""
    sha = None if data is None else edit.attach(data, media_type)
    edit.update(replace(existing(edit, Office, edit.snapshot.office.id), **{which: sha}))
