"""Faults of the genre, found in the data of a year before it is printed. All are advice: nothing is changed."""

from collections.abc import Callable, Iterator, Sequence

from itadesk.domain import (
    fields,
    ita,
    lint_contacts,
    lint_copies,
    lint_document,
    lint_links,
    lint_measures,
    lint_names,
    lint_repeats,
    lint_text,
)
from itadesk.domain.lint_problem import PLAN_FIELDS, PROGRESS_FIELDS, Cell, Entry, Problem
from itadesk.domain.model import (
    ROUNDS,
    Assessment,
    Document,
    DocumentText,
    Evidence,
    FiscalYear,
    Measure,
    Office,
    Progress,
    Publication,
    Round,
    Signatory,
)
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import N_, _

__all__ = ["Problem", "field_label", "filled_fields", "lint", "lint_file"]


def lint(
    snapshot: Snapshot,
    fiscal_year_id: str,
    round_: Round,
    needed: frozenset[str],
    document: Document | None = None,
    signatories: Sequence[Signatory] = (),
) -> list[Problem]:
    """What is wrong with a year's measures in a round, and with a document of theirs, in the order of the table.

    `needed`: the fields that the paper prints; only of these are missing ones a fault.
    """
    year = snapshot.all(FiscalYear)[fiscal_year_id]
    entries = _entries(snapshot, year, round_)
    texts = list(_document_texts(snapshot, year, document)) if document else []
    record = list(_record(snapshot.office, year))
    posts = [Cell(row.position, "signatory", year.year) for row in signatories]
    cells = [*texts, *posts, *_cells(year, entries)]
    everything = [*record, *cells]
    result = snapshot.assessment(ita.analysed_year(year))
    problems = [
        *lint_document.problems(year, result, texts, entries, signatories),
        *lint_repeats.problems(everything),
        *lint_text.problems(everything),
        *lint_text.mixed_digits(cells),
        *lint_names.problems(snapshot.office, everything),
        *lint_contacts.problems(record, cells),
        *lint_links.problems(_links(snapshot, year, entries, document)),
        *lint_measures.problems(entries, needed),
        *lint_copies.problems(entries),
    ]
    return sorted(dict.fromkeys(problems), key=_place)


def lint_file(snapshot: Snapshot, needed: Callable[[FiscalYear], frozenset[str]]) -> list[Problem]:
    """What is wrong in all years, rounds and documents of a file; `needed` says which fields a year's papers print."""
    found: dict[Problem, None] = {}
    for year in snapshot.fiscal_years:
        fields_needed = needed(year)
        documents = snapshot.children(Document, year.id)
        for round_ in _rounds(snapshot, year, documents):
            of_round = [document for document in documents if document.round in (round_, None)]
            for document in of_round or [None]:
                signatories = snapshot.children(Signatory, document.id) if document else ()
                problems = lint(snapshot, year.id, round_, fields_needed, document, signatories)
                found |= dict.fromkeys(problems)
    return sorted(found, key=_place)


_COLUMNS = {name: at for at, name in enumerate((*PLAN_FIELDS, *PROGRESS_FIELDS))}


def _place(problem: Problem) -> tuple[int, int, int, int]:
    """As one reads the table: what belongs to no measure first, then row by row, column by column."""
    column = _COLUMNS.get(problem.field, len(_COLUMNS))
    return problem.fiscal_year, problem.measure or 0, column, problem.round or 0


def filled_fields(snapshot: Snapshot, fiscal_year_id: str) -> frozenset[str]:
    """The fields that any measure of the year says something in: what a paper of it will print.

    Not the group heading, which some measures may have and others not.
    """
    measures = snapshot.children(Measure, fiscal_year_id)
    rows = {
        PLAN_FIELDS: measures,
        PROGRESS_FIELDS: [row for measure in measures for row in snapshot.children(Progress, measure.id)],
    }
    filled = {name for names, of in rows.items() for name in names if any(getattr(row, name) for row in of)}
    return frozenset(filled - {"heading"})


_LABELS = {"evidence": N_("Evidence"), "publication": N_("Publication"), "signatory": N_("Signatory")}


def field_label(name: str) -> str:
    """What clerks call the field of a problem; the name of a document's own text stays."""
    for row_class in (Measure, Progress, FiscalYear, Assessment, Office, Document):
        for field in fields.FIELDS[row_class]:
            if field.name == name:
                return _(field.label)
    return _(_LABELS[name]) if name in _LABELS else name


def _rounds(snapshot: Snapshot, year: FiscalYear, documents: Sequence[Document]) -> list[Round]:
    measures = snapshot.children(Measure, year.id)
    named = {row.round for measure in measures for row in snapshot.children(Progress, measure.id)}
    named |= {document.round for document in documents if document.round}
    return [round_ for round_ in ROUNDS if round_ in named] or [ROUNDS[-1]]


def _entries(snapshot: Snapshot, year: FiscalYear, round_: Round) -> list[Entry]:
    def entry(position: int, measure: Measure) -> Entry:
        evidence = [row for row in snapshot.children(Evidence, measure.id) if row.round in (round_, None)]
        return Entry.of(year.year, position, measure, snapshot.progress(measure.id, round_), round_, evidence)

    return [entry(*numbered) for numbered in enumerate(snapshot.children(Measure, year.id), 1)]


def _cells(year: FiscalYear, entries: Sequence[Entry]) -> Iterator[Cell]:
    """The measures' texts that hold something, their evidence with them."""
    for entry in entries:
        yield from (cell for cell in entry.cells.values() if cell.text)
        for row in entry.evidence:
            yield from (_of_evidence(year, entry, row, text) for text in (row.title, row.url) if text)


def _links(
    snapshot: Snapshot, year: FiscalYear, entries: Sequence[Entry], document: Document | None
) -> Iterator[Cell]:
    """The links of the evidence, and those under which the document was published."""
    for entry in entries:
        yield from (_of_evidence(year, entry, row, row.url) for row in entry.evidence if row.url)
    if document is not None:
        published = (row.url for row in snapshot.children(Publication, document.id))
        yield from (Cell(url, "publication", year.year, document.round) for url in published if url)


def _of_evidence(year: FiscalYear, entry: Entry, row: Evidence, text: str) -> Cell:
    return Cell(text, "evidence", year.year, row.round, entry.position, entry.measure.id)


def _record(office: Office, year: FiscalYear) -> Iterator[Cell]:
    for name in ("address", "phone", "email", "website"):
        yield Cell(getattr(office, name), name, year.year)


def _document_texts(snapshot: Snapshot, year: FiscalYear, document: Document) -> Iterator[Cell]:
    """What was typed for this paper alone."""
    for row in snapshot.children(DocumentText, document.id):
        yield Cell(row.text, row.name, year.year, document.round)
    for name in ("unit", "subject", "to"):
        yield Cell(getattr(document, name), name, year.year, document.round)
    for row in snapshot.children(Publication, document.id):
        yield Cell(row.url, "publication", year.year, document.round)
