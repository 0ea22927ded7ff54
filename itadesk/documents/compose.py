"""From data to paper: Snapshot + Layout + Document -> DocumentTree. The only place that decides what a report says."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from itadesk.documents import facts, template
from itadesk.documents.document import DRAFTER, signatories_for, signing, texts_for
from itadesk.documents.layout import (
    Layout,
    ListPart,
    LogoPart,
    MemoHeadPart,
    ParagraphPart,
    Part,
    SectionSpec,
    SignaturesPart,
    SpacePart,
    TablePart,
)
from itadesk.documents.record import code_of
from itadesk.documents.tables import TableComposer
from itadesk.documents.tree import (
    Block,
    DocumentTree,
    MemoField,
    MemoHead,
    Paragraph,
    Picture,
    Run,
    Section,
    SignatureBlock,
    SignatureChain,
    Space,
    Table,
)
from itadesk.domain import thai
from itadesk.domain.model import Digits, Document, FiscalYear, Measure, Person, Round, Signatory
from itadesk.domain.progress import round_in_hand
from itadesk.domain.short_code import short_code
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _

BLANK_NAME = "." * 45
BETWEEN_TABLES = 0.4
"""Centimetres."""
MOST_CHARACTERS = 2_000_000
"""Of all paragraphs: the titles of several thousand measures, twice."""
MOST_TABLES = 20
"""With the measures in each, before their titles count once more for every other one."""


def compose(
    snapshot: Snapshot,
    layout: Layout,
    document: Document,
    *,
    emblem: bytes | None = None,
    logo: bytes | None = None,
    names: bool = True,
) -> DocumentTree:
    """The report as plain data. UserError for an unknown field.

    A document of no round shows the progress of the latest round that has any.
    `emblem` stands in the memo's head, `logo` on covers; PNG or JPEG. Without `names` no person is named: what the
    website may show.
    """
    tree = _Composer(snapshot, layout, document, emblem, logo, names).tree()
    return replace(tree, footer=code_line(tree)) if document.show_code else tree


def code_line(tree: DocumentTree) -> str:
    """The document code as it stands at the foot."""
    return f"รหัสเอกสาร {short_code(code_of(tree))}"


@dataclass(frozen=True)
class _Composer:
    """What the parts of one report share."""

    snapshot: Snapshot
    layout: Layout
    document: Document
    emblem: bytes | None
    logo: bytes | None
    names: bool

    def tree(self) -> DocumentTree:
        office = self.snapshot.office
        printed = self.layout.printed(self.document.sections)
        if not printed:
            raise UserError(
                _("No part of the report is chosen to be printed."), _("Choose at least one of its parts.")
            )
        self.check_length([part for spec in printed for part in spec.parts])
        return DocumentTree(
            title=self.unnamed(self.written(self.document.subject or self.layout.title)),
            author=office.full_name,
            sections=tuple(self.section(spec) for spec in printed),
            thai_digits=self.document.digits is Digits.THAI,
        )

    def section(self, spec: SectionSpec) -> Section:
        return Section(
            blocks=tuple(block for part in spec.parts for block in self.blocks(part)),
            landscape=spec.landscape,
            margins=spec.margins,
            page_number=spec.page_number,
            title=self.unnamed(self.written(spec.title)),
        )

    def blocks(self, part: Part) -> Sequence[Block]:
        match part:
            case MemoHeadPart():
                return [self.memo_head(part)]
            case ParagraphPart():
                return self.paragraph(part)
            case ListPart():
                return list(self.list(part))
            case LogoPart():
                return [Picture(self.logo, part.height)] if self.logo else []
            case SpacePart():
                return [Space(part.height, part.stretch)]
            case SignaturesPart():
                return [self.signatures(part)]
            case TablePart():
                return self.tables(part)

    # Parts

    def memo_head(self, part: MemoHeadPart) -> MemoHead:
        def value(text: str) -> str:
            asked = template.fields_in(text)
            said = not asked or any(self.values.get(name) for name in asked)
            return self.unnamed(self.written(template.fill(text, self.values))) if said else ""

        return MemoHead(
            title=self.written(part.title),
            emblem=Picture(self.emblem, part.emblem_height) if self.emblem else None,
            emblem_height=part.emblem_height,
            lines=tuple(
                tuple(MemoField(self.written(field.label), value(field.value)) for field in line)
                for line in part.lines
            ),
            salutation_label=self.written(part.salutation_label),
            salutation=value(part.salutation),
        )

    def paragraph(self, part: ParagraphPart) -> Sequence[Paragraph]:
        text = template.expanded(self.texts[part.text], self.texts)
        asked = template.fields_in(text)
        if part.optional and asked and not any(self.text_values.get(name) for name in asked):
            return []
        self.check(part.text, asked)
        return [
            Paragraph(
                runs=self.runs(template.runs(text, self.text_values, bold=part.bold)),
                align=part.align,
                size=part.size,
                indent=part.indent,
                left=part.left,
                space_before=part.space_before,
                keep_with_next=part.keep_with_next,
            )
        ]

    def list(self, part: ListPart) -> Iterator[Paragraph]:
        for title in facts.numbered(self.snapshot.children(Measure, self.year.id)):
            yield Paragraph(
                runs=self.runs((Run(title),)),
                size=part.size,
                indent=part.indent,
                left=part.left,
                space_before=part.space_before,
            )

    def signatures(self, part: SignaturesPart) -> SignatureChain:
        rows = next(self.signing)
        lines = [part.opinion_lines] * (len(rows) - 1) + [part.last_opinion_lines]
        return SignatureChain(
            tuple(self.signature(row, part, count) for row, count in zip(rows, lines, strict=False)),
            columns=part.columns,
        )

    def signature(self, row: Signatory, part: SignaturesPart, opinion_lines: int) -> SignatureBlock:
        role = "" if row.role == DRAFTER else self.unnamed(self.written(row.role))
        opinion = role if part.roles_as == "opinion" else ""
        lines = (f"({row.name or BLANK_NAME})" if self.names else "", *position_lines(row))
        return SignatureBlock(
            lines=tuple(self.unnamed(self.written(line)) for line in lines if line),
            sign_label=self.written(part.sign_label),
            opinion=opinion,
            opinion_lines=opinion_lines if opinion else 0,
            label=role if part.roles_as == "label" else "",
        )

    def tables(self, part: TablePart) -> Sequence[Table | Space]:
        """The tables of the part, with room between one and the caption of the next."""
        whole_year = facts.named_round(self.document) is None
        composer = TableComposer(
            self.snapshot, part, self.year, self.round, self.written, whole_year=whole_year
        )
        tables = composer.tables()
        spaced = [block for table in tables for block in (Space(BETWEEN_TABLES), self.unnamed_table(table))]
        return spaced[1:]

    def unnamed_table(self, table: Table) -> Table:
        rows = (replace(row, cells=tuple(map(self.unnamed, row.cells))) for row in table.rows)
        if self.names:
            return table
        return replace(table, rows=tuple(rows), caption=self.unnamed(table.caption))

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
    def signing(self) -> Iterator[Sequence[Signatory]]:
        """Who signs in each part, as the parts come."""
        rows = signatories_for(self.snapshot, self.layout, self.document)
        return iter(signing(self.layout, self.document, rows))

    @cached_property
    def texts(self) -> dict[str, str]:
        return texts_for(self.snapshot, self.layout, self.document)

    @cached_property
    def values(self) -> Mapping[str, str]:
        return facts.values(self.snapshot, self.document, self.year)

    @cached_property
    def text_values(self) -> Mapping[str, str]:
        """What fills a text when the others in it are written out: the facts, and nothing for empty texts."""
        return {**{name: "" for name, text in self.texts.items() if not text}, **self.values}

    def check(self, name: str, fields: Sequence[str]) -> None:
        """Refuse a text that asks for what nobody knows, itself or in one that stands in it: clerks word them anew."""
        inner = [field for field in template.fields_in(self.texts[name]) if field in self.texts]
        for field in (field for field in fields if field not in self.text_values):
            said = next(text for text in (*inner, name) if field in template.fields_in(self.texts[text]))
            raise UserError(
                _("“{text}” in “{layout}” has a field that does not exist: {field}").format(
                    text=self.layout.texts[said].label, layout=self.layout.title, field="{" + field + "}"
                ),
                template.advice({*self.values, *(self.texts if said == name else ())}),
            )

    def check_length(self, parts: Sequence[Part]) -> None:
        """Refuse texts that fields make endlessly long, before they are filled: a layout may come from anywhere."""
        known = {name: len(value) for name, value in self.values.items()}
        inner = {name: template.length(text, known) for name, text in self.texts.items()}
        filled = {name: template.length(text, {**known, **inner}) for name, text in self.texts.items()}
        heads = [part for part in parts if isinstance(part, MemoHeadPart)]
        said = [text for head in heads for text in (head.salutation, *_values_of(head))]
        length = sum(template.length(text, known) for text in said)
        length += sum(filled[part.text] for part in parts if isinstance(part, ParagraphPart))
        for kind, often in (
            (ListPart, 1),
            (TablePart, MOST_TABLES),
        ):  # so often is no more than a report needs
            again = sum(isinstance(part, kind) for part in parts) - often
            length += known["measures_numbered"] * max(again, 0)
        if length > MOST_CHARACTERS:
            raise UserError(
                _("The texts of the report get too long: {length:,} characters.").format(length=length),
                _("Take fields or paragraphs out of its layout."),
            )

    def runs(self, runs: Sequence[Run]) -> tuple[Run, ...]:
        return tuple(replace(run, text=self.unnamed(self.written(run.text))) for run in runs)

    def unnamed(self, text: str) -> str:
        """The text without names of people, where the report is to have none."""
        return text if self.names else facts.without_names(text, self.known_names)

    @cached_property
    def known_names(self) -> Sequence[str]:
        people = [*self.snapshot.all(Person).values(), *self.snapshot.all(Signatory).values()]
        return facts.spellings([self.written(row.name) for row in people])

    @cached_property
    def written(self) -> Callable[[str], str]:
        """Text in the document's digits."""
        return thai.thai_digits if self.document.digits is Digits.THAI else thai.arabic_text


def _values_of(head: MemoHeadPart) -> Iterator[str]:
    return (field.value for line in head.lines for field in line)


def position_lines(row: Signatory) -> tuple[str, ...]:
    """The post below a name; one who acts for another post has it on a second line."""
    own = " ".join(part for part in (row.position, row.acting) if part)
    return (own, row.acting_for)
