"""What to look at before a report is printed: faults of its data, and what is still missing; each with its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from itadesk.documents import template
from itadesk.documents.document import blank_fields
from itadesk.documents.layout import Layout, MemoHeadPart, TablePart
from itadesk.domain import lint
from itadesk.domain.lint import Problem
from itadesk.domain.model import Document, Evidence, Measure, Round, Signatory
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import _

OFFICE_FIELDS = frozenset({"office", "place", "district", "province", "address", "phone", "email", "website"})
RESULT_FIELDS = frozenset({"total", "grade", "weak_indicators"})


@dataclass(frozen=True)
class Place:
    """Where to mend something: a measure or signatory by its id, a page of the window, a form of the report page."""

    measure: str = ""
    page: str = ""
    form: str = ""
    signatory: str = ""


@dataclass(frozen=True)
class Advice:
    """`sure`: it is wrong or missing, not only worth a look."""

    text: str
    sure: bool
    place: Place


def advice(
    snapshot: Snapshot, layout: Layout, document: Document, round_: Round, signatories: tuple[Signatory, ...]
) -> list[Advice]:
    """What is missing first, then what looks wrong."""
    problems = lint.lint(snapshot, document.fiscal_year_id, round_, layout.fields, document, signatories)
    return [*_missing(snapshot, layout, document), *map(_of_problem, problems)]


def _missing(snapshot: Snapshot, layout: Layout, document: Document) -> Iterator[Advice]:
    for name in blank_fields(snapshot, layout, document):
        text = _("{field} is not filled in yet.").format(field=_(template.LABELS[name]))
        yield Advice(text, True, _place_of(name))
    if layout.tables and not snapshot.children(Measure, document.fiscal_year_id):
        yield Advice(_("There are no measures in this fiscal year yet."), True, Place(page="measures"))
    if _wants_evidence(layout, document) and not _has_evidence(snapshot, document):
        text = _("The annex is printed, but there is no evidence yet.")
        yield Advice(text, False, Place(page="measures"))
    parts = [part for section in layout.printed(document.sections) for part in section.parts]
    if snapshot.office.emblem is None and any(isinstance(part, MemoHeadPart) for part in parts):
        text = _("There is no emblem for the memo: its place stays blank, for pre-printed paper.")
        yield Advice(text, False, Place(page="office"))


def _wants_evidence(layout: Layout, document: Document) -> bool:
    """Whether a table is printed that would be empty without any."""
    parts = [part for section in layout.printed(document.sections) for part in section.parts]
    return any(isinstance(part, TablePart) and part.rows == "evidence" for part in parts)


def _has_evidence(snapshot: Snapshot, document: Document) -> bool:
    measures = snapshot.children(Measure, document.fiscal_year_id)
    rows = [row for measure in measures for row in snapshot.children(Evidence, measure.id)]
    return any(document.round is None or row.round in (None, document.round) for row in rows)


def _place_of(field: str) -> Place:
    if field in OFFICE_FIELDS:
        return Place(page="office")
    if field in RESULT_FIELDS:
        return Place(page="assessment")
    return Place(form="document")


def _of_problem(problem: Problem) -> Advice:
    text, sure = problem.message, problem.severity != "info"
    if problem.measure is not None:
        text = _("Measure {number}: {message}").format(number=problem.measure, message=text)
    return Advice(text, sure, _place_of_problem(problem))


def _place_of_problem(problem: Problem) -> Place:
    if problem.measure_id:
        return Place(measure=problem.measure_id)
    if problem.code == "signatory_missing":
        return Place(form="signatories", signatory=problem.signatory_id)
    if problem.field == "publication":
        return Place(form="publications")
    if problem.code in ("grade_mismatch", "analysed_year"):
        return Place(page="assessment")
    return Place(form="document")
