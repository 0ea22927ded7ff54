"""All links of a fiscal year as ITAS asks for them: as plain text, and as tables for Word and Excel."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from itadesk.domain import links, thai
from itadesk.domain.fields import ROUND_LABELS
from itadesk.domain.model import Document, Evidence, FiscalYear, Measure, Publication
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import N_, _


@dataclass(frozen=True)
class Published:
    """A link of a document; `document` is what it is called."""

    document: str
    publication: Publication


@dataclass(frozen=True)
class Proof:
    """A link that shows a measure was carried out; `number` is the measure's in its year."""

    number: int
    measure: str
    evidence: Evidence


@dataclass(frozen=True)
class ItasLinks:
    """The links of one fiscal year, documents first, each in the order of the file."""

    office: str
    year: int
    published: Sequence[Published]
    proofs: Sequence[Proof]

    @property
    def count(self) -> int:
        return len(self.published) + len(self.proofs)


def gather(snapshot: Snapshot, year: FiscalYear, titles: Mapping[str, str]) -> ItasLinks:
    """What there is of `year`; `titles` names the layouts of documents without a subject."""
    return ItasLinks(
        snapshot.office.full_name,
        year.year,
        list(_published(snapshot, year, titles)),
        list(_proofs(snapshot, year)),
    )


def _published(snapshot: Snapshot, year: FiscalYear, titles: Mapping[str, str]) -> Iterator[Published]:
    for document in snapshot.children(Document, year.id):
        name = document.subject or titles.get(document.layout, document.layout)
        of = _(ROUND_LABELS[document.round]) if document.round and document.names_round else ""
        if of and thai.fold(of) not in thai.fold(name):
            name = f"{name} ({of})"
        for row in snapshot.children(Publication, document.id):
            if row.url:
                yield Published(name, row)


def _proofs(snapshot: Snapshot, year: FiscalYear) -> Iterator[Proof]:
    for number, measure in enumerate(snapshot.children(Measure, year.id), 1):
        title = " ".join(thai.without_number(measure.title).split())
        for row in snapshot.children(Evidence, measure.id):
            if row.url:
                yield Proof(number, title, row)


# As text


def as_text(found: ItasLinks) -> str:
    """Grouped by document and measure, each link on a line of its own."""
    return "\n\n".join("\n".join(group) for group in _groups(found)) + "\n"


def _groups(found: ItasLinks) -> Iterator[list[str]]:
    yield [_title(found)]
    for row in found.published:
        publication = row.publication
        yield list(
            filter(None, (" ".join(filter(None, (publication.oit_item, row.document))), *_told(publication)))
        )
    if found.proofs:
        yield [_("Evidence of the measures")]
    group: list[str] = []
    last = 0
    for proof in found.proofs:
        if proof.number != last:
            if group:
                yield group
            group, last = [f"{proof.number}. {proof.measure}"], proof.number
        group += filter(None, (_named(proof.evidence), proof.evidence.url))
    if group:
        yield group


def _told(publication: Publication) -> list[str]:
    date = publication.date
    return [
        publication.url,
        publication.click_path,
        _("Published on {date}").format(date=thai.long_date(date)) if date else "",
    ]


def _named(row: Evidence) -> str:
    of = _(ROUND_LABELS[row.round]) if row.round else ""
    return f"{row.title} ({of})".strip() if of and row.title else row.title or of


def _title(found: ItasLinks) -> str:
    return _("Links for ITAS, {office}, fiscal year {year}").format(office=found.office, year=found.year)


# As tables

_OF_DOCUMENTS = (N_("OIT item"), N_("Report"), N_("Link"), N_("Click path"), N_("Date published"))
_AS_TEXT = 'mso-number-format:"\\@"'
"""Excel takes no cell for a formula or a date then."""
_OF_MEASURES = (N_("No."), N_("Measure"), N_("Evidence"), N_("Round"), N_("Link"))


def as_html(found: ItasLinks) -> str:
    """Two tables, a link a row, as Word and Excel paste them."""
    parts = [f"<p><b>{escape(_title(found))}</b></p>"]
    if found.published:
        parts.append(_table(_OF_DOCUMENTS, map(_document_row, found.published)))
    if found.proofs:
        parts.append(f"<p><b>{escape(_('Evidence of the measures'))}</b></p>")
        parts.append(_table(_OF_MEASURES, map(_measure_row, found.proofs)))
    return f"<html><head><meta charset='utf-8'></head><body>{''.join(parts)}</body></html>"


def _document_row(row: Published) -> Sequence[str]:
    publication = row.publication
    date = thai.long_date(publication.date) if publication.date else ""
    plain = (publication.oit_item, row.document)
    return [*map(escape, plain), _link(publication.url), escape(publication.click_path), escape(date)]


def _measure_row(row: Proof) -> Sequence[str]:
    evidence = row.evidence
    of = _(ROUND_LABELS[evidence.round]) if evidence.round else _("Whole year")
    plain = (str(row.number), row.measure, evidence.title, of)
    return [*map(escape, plain), _link(evidence.url)]


def _link(url: str) -> str:
    shown = escape(url)
    return f'<a href="{shown}">{shown}</a>' if links.works(url) else shown


def _table(heads: Sequence[str], rows: "Iterator[Sequence[str]]") -> str:
    head = "".join(f"<th>{escape(_(text))}</th>" for text in heads)
    body = "".join(
        "<tr>" + "".join(f"<td style='{_AS_TEXT}'>{cell}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table border='1' cellspacing='0'><tr>{head}</tr>{body}</table>"
