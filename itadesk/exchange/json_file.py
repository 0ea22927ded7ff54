"""The interchange form: a whole office as documented JSON, without attached files, printouts, history and bin."""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from itadesk.domain import fields
from itadesk.domain.fields import FIELDS, Field, field_of
from itadesk.domain.model import (
    ROUNDS,
    Assessment,
    AssessmentIndicator,
    Document,
    DocumentText,
    Evidence,
    Finding,
    FiscalYear,
    LayoutText,
    Measure,
    Office,
    Person,
    Phrase,
    Progress,
    Publication,
    Row,
    Signatory,
    Unit,
    new_id,
)
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.exchange.json_object import JsonObject, at, load
from itadesk.i18n import _

VERSION = 1
MOST_WARNINGS = 100

# The keys that always stand in an object, even empty; a round is then null.
_ALWAYS: Mapping[type[Row], frozenset[str]] = {
    Office: frozenset({"kind", "name"}),
    Unit: frozenset({"name"}),
    Person: frozenset({"name", "position"}),
    Finding: frozenset({"indicator", "kind", "text"}),
    Assessment: frozenset({"year"}),
    Measure: frozenset({"title", "steps", "responsible", "period", "follow_up"}),
    Progress: frozenset({"status"}),
    Evidence: frozenset({"title"}),
    Document: frozenset({"layout", "round"}),
    Signatory: frozenset({"role", "name", "position"}),
    Publication: frozenset({"oit_item", "url"}),
}
# Fields that the form writes in another way, or not at all because they are about an attached file.
_APART: Mapping[type[Row], frozenset[str]] = {
    Unit: frozenset({"aliases"}),
    Progress: frozenset({"round"}),
    Evidence: frozenset({"file_name"}),
    Document: frozenset({"sections", "scan_name"}),
}


def _plain_fields(row_class: type[Row]) -> Iterator[Field]:
    return (field for field in FIELDS[row_class] if field.name not in _APART.get(row_class, ()))


@dataclass(frozen=True)
class Form:
    """What a file held, with new ids, and what was left out of it."""

    snapshot: Snapshot
    warnings: tuple[str, ...]


def read(source: str | bytes) -> Form:
    """The office in an interchange file. UserError, naming the place, for anything that does not fit the form."""
    top = JsonObject(load(source))
    _check_version(top.value("itadesk", int))
    snapshot = Snapshot.of(_rows(top))
    return Form(snapshot, _warnings(top))


def _check_version(version: int | None) -> None:
    if version is None:
        raise UserError(
            _("The file is not an interchange file of ITADesk."),
            _("Please choose a file that ITADesk exported."),
        )
    if version != VERSION:
        raise UserError(
            _("The file has form {version}, which this program does not know.").format(version=version),
            _("Please use a newer ITADesk, or export the file again with this one."),
        )


def _warnings(top: JsonObject) -> tuple[str, ...]:
    places = list(top.left())
    texts = [
        _("“{place}” is not known and was left out.").format(place=place) for place in places[:MOST_WARNINGS]
    ]
    if more := len(places) - len(texts):
        texts.append(_("{count:,} more unknown keys were left out.").format(count=more))
    return tuple(texts)


R = TypeVar("R", bound=Row)


def _row(form: JsonObject, row_class: type[R], **keys: str | int | None) -> R:
    """A new row with the values of an object; what is missing or null there is left to the row's own default."""
    always = _ALWAYS[row_class]
    values = {
        field.name: form.field(field, required=field.name in always) for field in _plain_fields(row_class)
    }
    present = {name: value for name, value in values.items() if value is not None}
    return row_class(id=new_id(), **keys, **present)


def _listed(form: JsonObject, key: str, row_class: type[R], **parent: str) -> Iterator[R]:
    """Rows from the list of objects under a key, in its order."""
    for ordinal, item in enumerate(form.children(key)):
        yield _row(item, row_class, ordinal=ordinal, **parent)


def _rows(top: JsonObject) -> Iterator[Row]:
    office = _row(top.child("office", required=True), Office)
    yield office
    for ordinal, form in enumerate(top.children("units")):
        yield _row(form, Unit, office_id=office.id, ordinal=ordinal, aliases=_aliases(form))
    yield from _listed(top, "people", Person, office_id=office.id)
    yield from _phrases(top, office.id)
    yield from _fiscal_years(top, office.id)
    yield from _assessments(top, office.id)
    for name, text in _named_texts(top.child("layouts"), LayoutText, "toml"):
        yield LayoutText(id=new_id(), name=name, toml=text)


def _phrases(top: JsonObject, office_id: str) -> Iterator[Phrase]:
    for ordinal, text in enumerate(top.texts("phrases")):
        with at(f"phrases[{ordinal}]"):
            kept = str(fields.parse(field_of(Phrase, "text"), text))
        yield Phrase(id=new_id(), office_id=office_id, ordinal=ordinal, text=kept)


def _aliases(form: JsonObject) -> str:
    lines = "\n".join(form.texts("aliases"))
    with at(form.inside("aliases")):
        return str(fields.parse(field_of(Unit, "aliases"), lines))


def _fiscal_years(top: JsonObject, office_id: str) -> Iterator[Row]:
    forms = top.children("years")
    if any(top.has(name) for name in ("fiscal_year", "measures", "documents")):
        forms.append(top)
    seen: set[int] = set()
    for form in forms:
        year = _once(form, form.field(field_of(FiscalYear, "year"), "fiscal_year", required=True), seen)
        analysed = None if form is top else form.field(field_of(FiscalYear, "analysed_year"))
        fiscal_year = FiscalYear(id=new_id(), office_id=office_id, year=year, analysed_year=analysed)
        yield fiscal_year
        for ordinal, measure in enumerate(form.children("measures")):
            yield from _measure(measure, fiscal_year.id, ordinal)
        for ordinal, document in enumerate(form.children("documents")):
            yield from _document(document, fiscal_year.id, ordinal)
        if form is not top:
            yield from _listed(form, "findings", Finding, fiscal_year_id=fiscal_year.id)


T = TypeVar("T", int, str)


def _once(form: JsonObject, key: T, seen: set[T]) -> T:
    """`key`, which no object beside this one may have."""
    if key in seen:
        with at(form.place):
            raise UserError(_("“{key}” stands twice.").format(key=key), _("Please keep one of them."))
    seen.add(key)
    return key


def _measure(form: JsonObject, fiscal_year_id: str, ordinal: int) -> Iterator[Row]:
    measure = _row(form, Measure, fiscal_year_id=fiscal_year_id, ordinal=ordinal)
    yield measure
    progress = form.child("progress")
    for round_ in ROUNDS:
        if progress.has(str(round_)):
            yield _row(
                progress.child(str(round_), required=True), Progress, measure_id=measure.id, round=round_
            )
    yield from _listed(form, "evidence", Evidence, measure_id=measure.id)


def _document(form: JsonObject, fiscal_year_id: str, ordinal: int) -> Iterator[Row]:
    document = _row(form, Document, fiscal_year_id=fiscal_year_id, ordinal=ordinal, sections=_sections(form))
    yield document
    for name, text in _named_texts(form.child("texts"), DocumentText, "text"):
        yield DocumentText(id=new_id(), document_id=document.id, name=name, text=text)
    yield from _listed(form, "signatories", Signatory, document_id=document.id)
    yield from _listed(form, "publications", Publication, document_id=document.id)


def _sections(form: JsonObject) -> str | None:
    """The names of the parts to print; None where the file does not say."""
    names = form.value("sections", list)
    if names is None:
        return None
    texts = JsonObject({"sections": names}, form.place).texts("sections")
    with at(form.inside("sections")):
        return str(fields.parse(field_of(Document, "sections"), " ".join(texts)))


def _assessments(top: JsonObject, office_id: str) -> Iterator[Row]:
    seen: set[int] = set()
    for form in top.children("assessments"):
        assessment = _row(form, Assessment, office_id=office_id)
        _once(form, assessment.year, seen)
        yield assessment
        scores = form.child("indicators")
        for key in scores.keys("10|[1-9]"):
            score = scores.field(field_of(AssessmentIndicator, "score"), key)
            yield AssessmentIndicator(
                id=new_id(), assessment_id=assessment.id, indicator=int(key), score=score
            )


def _named_texts(form: JsonObject, row_class: type[Row], cell: str) -> Iterator[tuple[str, str]]:
    """Names and texts of an object whose keys are names."""
    seen: set[str] = set()
    for key in form.keys(".*"):
        with at(form.inside(key)):
            name = str(fields.parse(field_of(row_class, "name"), key))
        yield _once(form, name, seen), form.field(field_of(row_class, cell), key) or ""


def write(snapshot: Snapshot) -> str:
    """The interchange file of an office: all but attached files, printouts, history and bin, in one fixed order."""
    form: dict[str, object] = {"itadesk": VERSION, "office": _form(snapshot.office)}
    office_id = snapshot.office.id
    _add(form, "units", [_unit(unit) for unit in snapshot.children(Unit, office_id)])
    _add(form, "people", [_form(person) for person in snapshot.children(Person, office_id)])
    _add(form, "phrases", [phrase.text for phrase in snapshot.children(Phrase, office_id)])
    years = [_fiscal_year(snapshot, year) for year in snapshot.fiscal_years]
    if len(years) == 1 and not years[0].keys() & {"analysed_year", "findings"}:
        form |= years[0]
    else:
        _add(form, "years", years)
    _add(form, "assessments", [_assessment(snapshot, row) for row in snapshot.assessments])
    _add(form, "layouts", {row.name: row.toml for row in snapshot.children(LayoutText)})
    return json.dumps(form, ensure_ascii=False, indent=1) + "\n"


def _add(form: dict[str, object], key: str, value: object) -> None:
    if value:
        form[key] = value


def _unit(unit: Unit) -> dict[str, object]:
    form = _form(unit)
    _add(form, "aliases", unit.aliases.split("\n") if unit.aliases else [])
    return form


def _fiscal_year(snapshot: Snapshot, year: FiscalYear) -> dict[str, object]:
    form: dict[str, object] = {"fiscal_year": year.year}
    _add(form, "analysed_year", year.analysed_year)
    form["measures"] = [_measure_form(snapshot, row) for row in snapshot.children(Measure, year.id)]
    form["documents"] = [_document_form(snapshot, row) for row in snapshot.children(Document, year.id)]
    _add(form, "findings", [_form(row) for row in snapshot.children(Finding, year.id)])
    return form


def _measure_form(snapshot: Snapshot, measure: Measure) -> dict[str, object]:
    form = _form(measure)
    form["progress"] = {str(row.round): _form(row) for row in snapshot.children(Progress, measure.id)}
    _add(form, "evidence", [_form(row) for row in snapshot.children(Evidence, measure.id)])
    return form


def _document_form(snapshot: Snapshot, document: Document) -> dict[str, object]:
    form = _form(document)
    if document.sections is not None:
        form["sections"] = document.sections.split()
    _add(form, "texts", {row.name: row.text for row in snapshot.children(DocumentText, document.id)})
    _add(form, "signatories", [_form(row) for row in snapshot.children(Signatory, document.id)])
    _add(form, "publications", [_form(row) for row in snapshot.children(Publication, document.id)])
    return form


def _assessment(snapshot: Snapshot, assessment: Assessment) -> dict[str, object]:
    form = _form(assessment)
    scores = snapshot.children(AssessmentIndicator, assessment.id)
    score = field_of(AssessmentIndicator, "score")
    _add(form, "indicators", {str(row.indicator): _plain(score, row.score) for row in scores})
    return form


def _form(row: Row) -> dict[str, object]:
    """A row's plain fields; those that hold their default are left out unless they always stand there."""
    always = _ALWAYS[type(row)]
    defaults = {field.name: field.default for field in dataclasses.fields(row)}
    form: dict[str, object] = {}
    for field in _plain_fields(type(row)):
        value = getattr(row, field.name)
        if field.name in always or value != defaults[field.name]:
            form[field.name] = _plain(field, value)
    return form


def _plain(field: Field, value: Any) -> object:
    """A value as JSON holds it; `JsonObject.field` reads it back."""
    if value is None:
        return None
    match field.kind:
        case "round":
            return str(value)
        case "score":
            return f"{value:.2f}"
        case "date":
            return value.isoformat()
        case _:
            return value
