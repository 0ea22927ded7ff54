"""From data to paper: Snapshot + Layout + Document -> DocumentTree. The only place that decides what a report says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from itadesk.documents import template
from itadesk.documents.layout import (
    TICKS,
    ColumnSpec,
    Layout,
    MemoHeadPart,
    ParagraphPart,
    Part,
    SectionSpec,
    SignaturesPart,
    TablePart,
)
from itadesk.documents.tree import (
    Block,
    Column,
    DocumentTree,
    HeadCell,
    MemoField,
    MemoHead,
    Paragraph,
    Picture,
    Row,
    Run,
    Section,
    SignatureBlock,
    SignatureChain,
    Table,
)
from itadesk.domain import ita, thai
from itadesk.domain.model import (
    Digits,
    Document,
    DocumentText,
    FiscalYear,
    GradeSource,
    Measure,
    Office,
    Progress,
    Round,
    Signatory,
    Unit,
    new_id,
)
from itadesk.domain.offices import executive, place
from itadesk.domain.progress import round_in_hand, status
from itadesk.domain.snapshot import Snapshot

DRAFTER = "drafter"
"""The role of the one who wrote the memo; any other role is the label of an opinion."""

TICK = "/"
BLANK_NAME = "." * 45


def document_for(snapshot: Snapshot, layout: Layout, fiscal_year_id: str, round_: Round | None) -> Document:
    """The office's document of that layout and year for the round, or for no round; else a new one, not stored yet.

    A new one begins with what the last report of the layout said and the next one will say again.
    """
    documents = snapshot.children(Document, fiscal_year_id)
    stored = {row.round: row for row in reversed(documents) if row.layout == layout.name}
    if found := stored.get(round_) or stored.get(None):
        return found
    fresh = Document(
        id=new_id(), fiscal_year_id=fiscal_year_id, ordinal=len(documents), layout=layout.name, round=round_
    )
    if last := _last_like(snapshot, fresh):
        return replace(
            fresh, unit=last.unit, to=last.to, subject=layout.subject, digits=last.digits, grade=last.grade
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
    """Who signs: those stored with the document. Without any: a blank one for each role of the layout, but for a
    document not stored yet those of the last report of the layout, as rows of this one."""
    rows = snapshot.children(Signatory, document.id)
    if rows:
        return rows
    last = None if snapshot.get(Document, document.id) else _last_like(snapshot, document)
    if last and (chain := snapshot.children(Signatory, last.id)):
        return [replace(row, id=new_id(), document_id=document.id) for row in chain]
    return [
        Signatory(id=new_id(), document_id=document.id, ordinal=ordinal, role=role)
        for ordinal, role in enumerate(layout.signatory_roles)
    ]


def _last_like(snapshot: Snapshot, document: Document) -> Document | None:
    """The office's last document of the same layout, up to the document's fiscal year."""
    year = snapshot.all(FiscalYear)[document.fiscal_year_id].year
    years = [row for row in snapshot.fiscal_years if row.year <= year]
    rows = [row for fiscal_year in years for row in snapshot.children(Document, fiscal_year.id)]
    return next((row for row in reversed(rows) if row.layout == document.layout), None)


def texts_for(snapshot: Snapshot, layout: Layout, document: Document) -> dict[str, str]:
    """The wording of each of the layout's texts in this document: the clerk's own, else the layout's."""
    own = {row.name: row.text for row in snapshot.children(DocumentText, document.id)}
    return {name: own.get(name, text.default) for name, text in layout.texts.items()}


def compose(
    snapshot: Snapshot, layout: Layout, document: Document, *, emblem: bytes | None = None
) -> DocumentTree:
    """The report as plain data. `emblem`: the office's picture, PNG or JPEG. UserError for an unknown field."""
    return _Composer(snapshot, layout, document, emblem).tree()


@dataclass(frozen=True)
class _Composer:
    """What the parts of one report share."""

    snapshot: Snapshot
    layout: Layout
    document: Document
    emblem: bytes | None

    def tree(self) -> DocumentTree:
        office = self.snapshot.office
        return DocumentTree(
            title=self.written(self.document.subject or self.layout.title),
            author=office.full_name,
            sections=tuple(self.section(spec) for spec in self.layout.sections),
            thai_digits=self.document.digits is Digits.THAI,
        )

    def section(self, spec: SectionSpec) -> Section:
        return Section(
            blocks=tuple(self.block(part) for part in spec.parts),
            landscape=spec.landscape,
            margins=spec.margins,
            page_number=spec.page_number,
            title=spec.title,
        )

    def block(self, part: Part) -> Block:
        match part:
            case MemoHeadPart():
                return self.memo_head(part)
            case ParagraphPart():
                return self.paragraph(part)
            case SignaturesPart():
                return self.signatures(part)
            case TablePart():
                return self.table(part)

    # Parts

    def memo_head(self, part: MemoHeadPart) -> MemoHead:
        def value(text: str) -> str:
            values = self.values
            return (
                self.written(template.fill(text, values))
                if any(values.get(name) for name in template.fields_in(text))
                else ""
            )

        return MemoHead(
            title=part.title,
            emblem=Picture(self.emblem, part.emblem_height) if self.emblem else None,
            emblem_height=part.emblem_height,
            lines=tuple(
                tuple(MemoField(field.label, value(field.value)) for field in line) for line in part.lines
            ),
            salutation_label=part.salutation_label,
            salutation=value(part.salutation),
        )

    def paragraph(self, part: ParagraphPart) -> Paragraph:
        return Paragraph(
            runs=(Run(self.text(part.text), bold=part.bold),),
            align=part.align,
            size=part.size,
            indent=part.indent,
            space_before=part.space_before,
            keep_with_next=part.keep_with_next,
        )

    def signatures(self, part: SignaturesPart) -> SignatureChain:
        signatories = signatories_for(self.snapshot, self.layout, self.document)
        last = len(signatories) - 1
        return SignatureChain(
            tuple(
                self.signature(row, part, part.last_opinion_lines if n == last else part.opinion_lines)
                for n, row in enumerate(signatories)
            )
        )

    def signature(self, row: Signatory, part: SignaturesPart, opinion_lines: int) -> SignatureBlock:
        asked = row.role not in ("", DRAFTER)
        lines = (f"({row.name or BLANK_NAME})", *position_lines(row))
        return SignatureBlock(
            lines=tuple(self.written(line) for line in lines if line),
            sign_label=part.sign_label,
            opinion=self.written(row.role) if asked else "",
            opinion_lines=opinion_lines if asked else 0,
        )

    def table(self, part: TablePart) -> Table:
        return Table(
            columns=tuple(
                Column(align="center" if column.align == "center" else "left", width=column.width)
                for column in part.columns
            ),
            head=head_of(part.columns),
            rows=tuple(
                Row(tuple(self.cell(column, measure) for column in part.columns)) for measure in self.measures
            ),
            size=part.size,
        )

    def cell(self, column: ColumnSpec, measure: Measure) -> str:
        progress = self.snapshot.progress(measure.id, self.round)
        if column.field in TICKS:
            return TICK if status(measure, progress) is TICKS[column.field] else ""
        source = progress if column.field in Progress.__dataclass_fields__ else measure
        return self.written(str(getattr(source, column.field, "")))

    # What they draw on

    @cached_property
    def year(self) -> FiscalYear:
        row = self.snapshot.get(FiscalYear, self.document.fiscal_year_id)
        assert row is not None, "a document belongs to a fiscal year of the same file"
        return row

    @cached_property
    def round(self) -> Round:
        return self.document.round or round_in_hand(self.snapshot, self.year.id)

    @cached_property
    def measures(self) -> list[Measure]:
        return self.snapshot.children(Measure, self.year.id)

    @cached_property
    def texts(self) -> dict[str, str]:
        return texts_for(self.snapshot, self.layout, self.document)

    def text(self, name: str) -> str:
        """A text of the layout, filled. Another of its texts may stand in it as a field."""
        text = self.texts[name]
        values = dict(self.values)
        for field in template.fields_in(text):
            if field in self.texts:
                values[field] = template.fill(self.texts[field], self.values)
        return self.written(template.fill(text, values))

    @cached_property
    def values(self) -> Mapping[str, str]:
        """The value of every template field, "" where the file does not say."""
        office, document, analysed = self.snapshot.office, self.document, analysed_year(self.year)
        total, grade = self.score(analysed)
        values: dict[str, str] = {
            "office": office.full_name,
            "place": place(office),
            "district": office.district,
            "province": office.province,
            "phone": office.phone,
            "unit": document.unit,
            "from": sender(office, document.unit),
            "number": document.number or (f"{office.letter_code}/" if office.letter_code else ""),
            "date": thai.long_date(document.date) if document.date else "",
            "subject": document.subject,
            "to": document.to,
            "fiscal_year": str(self.year.year),
            "analysed_year": str(analysed),
            "round": str(document.round or ""),
            "total": total,
            "grade": grade,
        }
        assert values.keys() == template.LABELS.keys()
        return values

    def score(self, year: int) -> tuple[str, str]:
        """Total and grade of the ITA result of `year`; the grade as the document wants it.

        A grade that cannot be computed, because scores are missing, is the one that was announced.
        """
        row = self.snapshot.assessment(year)
        if row is None:
            return "", ""
        total = "" if row.total is None else f"{row.total:.2f}"
        computed = "" if row.total is None else ita.grade(year, row.total, row.iit, row.eit, row.oit)
        grades = (row.grade_as_printed, computed)
        return total, next(
            filter(None, grades if self.document.grade is GradeSource.TYPED else grades[::-1]), ""
        )

    @cached_property
    def written(self) -> Callable[[str], str]:
        """Text in the document's digits."""
        return thai.thai_digits if self.document.digits is Digits.THAI else thai.arabic_digits


def analysed_year(year: FiscalYear) -> int:
    """The ITA year a fiscal year's measures answer: the one before, unless the office says otherwise."""
    return year.analysed_year or year.year - 1


def sender(office: Office, unit: str) -> str:
    """ส่วนราชการ of a memo: unit, office and telephone (ระเบียบงานสารบรรณ ข้อ 12.1)."""
    phone = f"โทร. {office.phone}" if office.phone else ""
    return " ".join(part for part in (unit, office.full_name, phone) if part)


def position_lines(row: Signatory) -> tuple[str, ...]:
    """The post below a name; one who acts for another post has it on a second line."""
    own = " ".join(part for part in (row.position, row.acting) if part)
    return (own, row.acting_for)


def head_of(columns: tuple[ColumnSpec, ...]) -> tuple[tuple[HeadCell, ...], ...]:
    """The table's head: two levels as soon as columns stand together under a heading of their own."""
    if not any(column.over for column in columns):
        return (tuple(HeadCell(column.heading) for column in columns),)
    upper: list[HeadCell] = []
    lower: list[HeadCell] = []
    for over, group in groupby(columns, key=lambda column: column.over):
        members = list(group)
        if over:
            upper.append(HeadCell(over, columns=len(members)))
            lower += [HeadCell(column.heading) for column in members]
        else:
            upper += [HeadCell(column.heading, rows=2) for column in members]
    return (tuple(upper), tuple(lower))
