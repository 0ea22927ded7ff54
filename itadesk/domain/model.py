"""What an office file holds, as immutable rows, and the Snapshot that all views read.

Words, enum values and columns are those of the interchange form and the schema. Every row has `id`, a 32-digit
hexadecimal UUID made by the program; `ordinal` orders the rows of one parent, from 0, gaps allowed.
A cell is plain text, one paragraph a line, kept as typed.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Round = Literal[6, 12]
"""Months of the fiscal year a report looks back on."""

ROUNDS: tuple[Round, ...] = (6, 12)


class Status(StrEnum):
    """The memo's three columns, in their order."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"


class Digits(StrEnum):
    THAI = "thai"
    ARABIC = "arabic"


class GradeSource(StrEnum):
    """Which grade a document prints: the one computed from the scores, or the one the clerk typed."""

    COMPUTED = "computed"
    TYPED = "typed"


class FindingKind(StrEnum):
    URGENT = "urgent"
    DEVELOP = "develop"


def new_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, kw_only=True)
class Office:
    """The office the file belongs to; `kind` is its Thai kind ("เทศบาลตำบล"), `name` comes after it without a space."""

    id: str
    kind: str = ""
    name: str = ""
    district: str = ""
    province: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    letter_code: str = ""
    emblem: str | None = None
    """SHA-256 of the attachment printed in the emblem box of memos."""
    logo: str | None = None
    """SHA-256 of the attachment printed on covers: the office's own seal."""

    @property
    def full_name(self) -> str:
        return self.kind + self.name


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A part of the office that measures name as responsible; `aliases` are other spellings, one a line."""

    id: str
    office_id: str
    ordinal: int
    name: str = ""
    aliases: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who signs. `acting` is the legal form ("ปฏิบัติหน้าที่"), `acting_for` the post acted for."""

    id: str
    office_id: str
    ordinal: int
    name: str = ""
    position: str = ""
    acting: str = ""
    acting_for: str = ""


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """A wording that the office uses again and again, kept to be put into any text."""

    id: str
    office_id: str
    ordinal: int
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class FiscalYear:
    """Fiscal year `year` B.E.: from 1 October of the year before. `analysed_year`: the ITA year it answers."""

    id: str
    office_id: str
    year: int
    analysed_year: int | None = None


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A weak point of the analysed ITA result."""

    id: str
    fiscal_year_id: str
    ordinal: int
    indicator: str = ""
    kind: FindingKind = FindingKind.URGENT
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The office's ITA result of `year` B.E. Scores are out of 100 with two decimals."""

    id: str
    office_id: str
    year: int
    total: Decimal | None = None
    iit: Decimal | None = None
    eit: Decimal | None = None
    oit: Decimal | None = None
    grade_as_printed: str = ""


@dataclass(frozen=True, kw_only=True)
class AssessmentIndicator:
    """The score of one of the ten indicators in an assessment."""

    id: str
    assessment_id: str
    indicator: int
    score: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One measure of a fiscal year. `indicator` is "1".."10" or a sub-indicator such as "9.4", "" = none."""

    id: str
    fiscal_year_id: str
    ordinal: int
    title: str = ""
    steps: str = ""
    responsible: str = ""
    period: str = ""
    follow_up: str = ""
    indicator: str = ""
    heading: str = ""
    continuous: bool = False


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a measure is in one round; a measure without one has not started."""

    id: str
    measure_id: str
    round: Round
    status: Status = Status.NOT_STARTED
    result: str = ""
    outcome: str = ""
    suggestion: str = ""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A link or attached file that shows a measure was carried out; `round` None = for the whole year."""

    id: str
    measure_id: str
    ordinal: int
    round: Round | None = None
    title: str = ""
    url: str = ""
    attachment: str | None = None
    """SHA-256 of the attached file."""
    file_name: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """What the office keeps of one report: its layout, round and the facts that only this paper has."""

    id: str
    fiscal_year_id: str
    ordinal: int
    layout: str
    round: Round | None = None
    unit: str = ""
    number: str = ""
    date: dt.date | None = None
    subject: str = ""
    to: str = ""
    digits: Digits = Digits.THAI
    grade: GradeSource = GradeSource.COMPUTED
    signed_on: dt.date | None = None
    sections: str | None = None
    """Names of the optional sections of the layout that are printed, between blanks; None = as the layout says."""
    names_round: bool = True
    """Whether the paper says of which round it is."""
    show_code: bool = False
    """Whether the document code stands in the footer."""
    scan: str | None = None
    """SHA-256 of the attachment with the scan of the signed paper."""
    scan_name: str = ""


@dataclass(frozen=True, kw_only=True)
class DocumentText:
    """The clerk's own wording of one of a layout's templates, in one document."""

    id: str
    document_id: str
    name: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """One who signs a document, as printed there. `role` is "drafter" or the label of the opinion asked of them."""

    id: str
    document_id: str
    ordinal: int
    role: str = ""
    name: str = ""
    position: str = ""
    acting: str = ""
    acting_for: str = ""


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Where a document stands on the office's website, as ITAS asks for it."""

    id: str
    document_id: str
    ordinal: int
    oit_item: str = ""
    url: str = ""
    click_path: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Printout:
    """What was printed of a document, so that it can be compared with what the document says later."""

    id: str
    document_id: str
    ordinal: int
    code: str
    """The document code in full: 64 hexadecimal digits."""
    printed_at: dt.datetime
    """To the second, by this computer's clock."""
    printed_by: str = ""
    family: str = ""
    """The font family it was set in."""
    tree: str | None = None
    """SHA-256 of the attachment with the packed DocumentTree."""
    pdf: str | None = None
    """SHA-256 of the attachment with the PDF as it was signed; None while it is not signed."""
    signed: bool = False


@dataclass(frozen=True, kw_only=True)
class LayoutText:
    """An office's own layout: its TOML text under a name."""

    id: str
    name: str
    toml: str = ""


@dataclass(frozen=True, kw_only=True)
class Deletion:
    """An entry of the bin: a row that was deleted with all that hung below it."""

    id: str
    ordinal: int
    deleted_at: dt.datetime
    """To the second, by this computer's clock."""
    table_name: str
    row_id: str
    deleted_by: str = ""
    title: str = ""
    """What the row said of itself, in a line."""
    within: str = ""
    """What the row that it hung below said of itself."""
    below: int = 0
    """How many rows hung below it."""
    content: str | None = None
    """SHA-256 of the attachment with all these rows, packed."""


@dataclass(frozen=True, kw_only=True)
class DeletedFile:
    """A file that was attached to a row in the bin, kept so that the row can come back whole."""

    id: str
    deletion_id: str
    attachment: str | None = None
    """SHA-256 of the attached file."""


@dataclass(frozen=True, kw_only=True)
class Sending:
    """That a copy of the file was made to be sent: which version, with what in it, for whom."""

    id: str
    ordinal: int
    sent_at: dt.datetime
    """To the second, by this computer's clock."""
    revision: int
    seal: str
    """The seal of the copy in full: 64 hexadecimal digits."""
    sent_by: str = ""
    to: str = ""
    """The receiver's e-mail address."""
    years: str = ""
    """The fiscal years in it, between blanks."""
    round: Round | None = None
    attached: bool = True
    """Whether attached files went along, not only their names."""
    path: str = ""
    """Where the copy was written."""


@dataclass(frozen=True, kw_only=True)
class TemplateMeasure:
    """What the district's template last said of one measure, to tell later which texts the office has changed.

    Its identity is made from that of the measure (domain.template_join).
    """

    id: str
    fiscal_year_id: str
    title: str = ""
    steps: str = ""
    responsible: str = ""
    period: str = ""
    follow_up: str = ""
    indicator: str = ""
    heading: str = ""
    continuous: bool = False


@dataclass(frozen=True, kw_only=True)
class Joined:
    """Revisions of a branch that came in with another copy of the document. `id` is the branch."""

    id: str
    first_revision: int
    last_revision: int


Row = (
    Office | Unit | Person | Phrase | FiscalYear | Finding | Assessment | AssessmentIndicator | Measure | Progress
    | Evidence | Document | DocumentText | Signatory | Publication | Printout | LayoutText | Deletion | DeletedFile
    | Sending | TemplateMeasure | Joined
)  # fmt: skip
