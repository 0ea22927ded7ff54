"""The office's document of a report: which stored one is meant, who signs it, how its texts are worded."""

from dataclasses import replace

from itadesk.documents import facts, template
from itadesk.documents.layout import Layout, MemoHeadPart, ParagraphPart, SignaturesPart
from itadesk.domain.model import Document, DocumentText, FiscalYear, Round, Signatory, Unit, new_id
from itadesk.domain.offices import executive
from itadesk.domain.snapshot import Snapshot

MEMO = "memo"
"""The layout of the office's memos."""
DRAFTER = "drafter"
"""The role of the one who wrote the memo; any other role is the label of an opinion, or of a sign-off."""


def document_for(snapshot: Snapshot, layout: Layout, fiscal_year_id: str, round_: Round | None) -> Document:
    """The office's document of that layout and year for the round, or for no round; else a new one, not stored yet.

    One that is stored for no round serves for the round asked for, which it does not name.
    A new one begins with what the last report of the layout said and the next one will say again.
    """
    documents = snapshot.children(Document, fiscal_year_id)
    stored = {row.round: row for row in reversed(documents) if row.layout == layout.name}
    if found := stored.get(round_):
        return found
    if found := stored.get(None):
        return replace(found, round=round_, names_round=False)
    fresh = Document(
        id=new_id(), fiscal_year_id=fiscal_year_id, ordinal=len(documents), layout=layout.name, round=round_
    )
    if last := _last_like(snapshot, fresh):
        return replace(
            fresh,
            unit=last.unit,
            to=last.to,
            subject=layout.subject,
            digits=last.digits,
            grade=last.grade,
            sections=last.sections,
            names_round=last.names_round and last.round is not None,
            show_code=last.show_code,
        )
    office = snapshot.office
    units = snapshot.children(Unit, office.id)
    return replace(
        fresh,
        unit=units[0].name if units else "",
        to=executive(office) if office.name else "",
        subject=layout.subject,
    )


def signatories_for(snapshot: Snapshot, layout: Layout, document: Document) -> list[Signatory]:
    """Who signs: those stored with the document, or for one not stored yet those of the last report of the layout, as
    rows of this one; and new ones for each part in which none of them signs."""
    rows = snapshot.children(Signatory, document.id)
    if not rows and snapshot.get(Document, document.id) is None:
        rows = _copied(snapshot, _last_like(snapshot, document), document)
    return [*rows, *missing_signatories(snapshot, layout, document, rows)]


def missing_signatories(
    snapshot: Snapshot, layout: Layout, document: Document, rows: list[Signatory]
) -> list[Signatory]:
    """Those for the printed parts in which none of `rows` signs, as when a memo comes in front later.

    They are blank, one for each role; but those of a memo in front of another report come from the office's last memo.
    """
    parts = _parts(layout, document)
    shares = signing(layout, document, rows)
    return [
        row
        for part, share in zip(parts, shares, strict=True)
        if not share
        for row in _new_signatories(snapshot, document, part)
    ]


def roles_of(layout: Layout, document: Document) -> list[str]:
    """The roles in which a document of the layout is signed, as its printed parts have them."""
    return [role for part in _parts(layout, document) for role in part.roles]


def signing(layout: Layout, document: Document, rows: list[Signatory]) -> list[list[Signatory]]:
    """Who of `rows` signs in each of the printed parts, in their order.

    The only part has all of them. Of several, each has those in its roles; another role goes by its words: an opinion
    to the first part that asks for opinions, the rest to the last.
    """
    parts = _parts(layout, document)
    if len(parts) <= 1:
        return [rows for _part in parts]
    shares: list[list[Signatory]] = [[] for _part in parts]
    for row in rows:
        shares[_place_of(row, parts)].append(row)
    return shares


_MAY_STAY_BLANK = template.MAY_BE_EMPTY | {"item_no", "round"}


def fields_used(snapshot: Snapshot, layout: Layout, document: Document, *, optional: bool = True) -> set[str]:
    """The template fields that the printed sections of a document fill in; those of optional paragraphs if wanted."""
    texts = texts_for(snapshot, layout, document)
    parts = [part for section in layout.printed(document.sections) for part in section.parts]
    paragraphs = [
        part for part in parts if isinstance(part, ParagraphPart) and (optional or not part.optional)
    ]
    forms = [texts[part.text] for part in paragraphs]
    for head in (part for part in parts if isinstance(part, MemoHeadPart)):
        forms += [head.salutation, *(field.value for line in head.lines for field in line)]
    named = {field for form in forms for field in template.fields_in(form)}
    inner = {field for name in named & texts.keys() for field in template.fields_in(texts[name])}
    return named | inner


def blank_fields(snapshot: Snapshot, layout: Layout, document: Document) -> list[str]:
    """The fields that a document prints as dots, or leaves blank in a memo's head, because the file does not say."""
    dotted = fields_used(snapshot, layout, document, optional=False)
    values = facts.values(snapshot, document, snapshot.all(FiscalYear)[document.fiscal_year_id])
    return [
        name for name, value in values.items() if name in dotted and not value and name not in _MAY_STAY_BLANK
    ]


def texts_for(snapshot: Snapshot, layout: Layout, document: Document) -> dict[str, str]:
    """The wording of each of the layout's texts in this document: the clerk's own, else the layout's."""
    own = {row.name: row.text for row in snapshot.children(DocumentText, document.id)}
    return {name: own.get(name, text.default) for name, text in layout.texts.items()}


def _parts(layout: Layout, document: Document) -> list[SignaturesPart]:
    sections = layout.printed(document.sections)
    return [part for section in sections for part in section.parts if isinstance(part, SignaturesPart)]


def _place_of(row: Signatory, parts: list[SignaturesPart]) -> int:
    """In which of the parts a signatory signs."""
    for at, part in enumerate(parts):
        if row.role in part.roles:
            return at
    opinion = row.role == DRAFTER or row.role.startswith("ความเห็น")
    asking = [at for at, part in enumerate(parts) if part.roles_as == "opinion"]
    return asking[0] if opinion and asking else len(parts) - 1


def _new_signatories(snapshot: Snapshot, document: Document, part: SignaturesPart) -> list[Signatory]:
    memo = replace(document, layout=MEMO)
    if part.roles_as == "opinion" and document.layout != MEMO:
        rows = _copied(snapshot, _last_like(snapshot, memo), document)
        if any(row.name for row in rows):
            return rows
    return [
        Signatory(id=new_id(), document_id=document.id, ordinal=at, role=role)
        for at, role in enumerate(part.roles)
    ]


def _copied(snapshot: Snapshot, source: Document | None, document: Document) -> list[Signatory]:
    """The signatories of another document as rows of this one."""
    rows = snapshot.children(Signatory, source.id) if source else []
    return [replace(row, id=new_id(), document_id=document.id) for row in rows]


def _last_like(snapshot: Snapshot, document: Document) -> Document | None:
    """The office's last document of the same layout, up to the document's fiscal year."""
    year = snapshot.all(FiscalYear)[document.fiscal_year_id].year
    years = [row for row in snapshot.fiscal_years if row.year <= year]
    rows = [row for fiscal_year in years for row in snapshot.children(Document, fiscal_year.id)]
    return next((row for row in reversed(rows) if row.layout == document.layout), None)
