"""The one table of fields: what table, form, import, export and layouts know of every value a user can edit.

A value becomes text, and text a value, only here (`show`, `parse`).
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Literal

from itadesk.domain import links, thai
from itadesk.domain.model import (
    Assessment,
    AssessmentIndicator,
    DeletedFile,
    Deletion,
    Digits,
    Document,
    DocumentText,
    Evidence,
    Finding,
    FindingKind,
    FiscalYear,
    GradeSource,
    Joined,
    LayoutText,
    Measure,
    Office,
    Person,
    Phrase,
    Printout,
    Progress,
    Publication,
    Row,
    Sending,
    Signatory,
    Status,
    TemplateMeasure,
    Unit,
)
from itadesk.domain.offices import EXECUTIVES
from itadesk.errors import UserError
from itadesk.i18n import N_, _

Kind = Literal["line", "cell", "choice", "flag", "year", "score", "date", "indicator", "round", "link"]
Value = str | int | bool | Decimal | dt.date | StrEnum | None

CELL_LIMIT = 100_000
LINE_LIMIT = 500
URL_LIMIT = 2_000
FIRST_YEAR, LAST_YEAR = 2540, 2700
_NOTHING = ("", "-")
"""What a clerk types for "there is none"."""

ACTING_FORMS = ("ปฏิบัติหน้าที่", "รักษาราชการแทน", "ปฏิบัติราชการแทน", "รักษาการในตำแหน่ง")


@dataclass(frozen=True)
class Field:
    """One field of a row class.

    `label` is an English text to translate where it is shown; `limit` counts characters; `choices` maps the enum's
    values to such labels; `suggestions` are usual values of a free text. `required`: an empty text is refused.
    `nullable`: a text that may also be None, not said, which is not the same as empty.
    """

    name: str
    label: str
    kind: Kind = "line"
    limit: int = LINE_LIMIT
    choices: Mapping[StrEnum, str] = field(default_factory=dict[StrEnum, str], compare=False)
    suggestions: tuple[str, ...] = ()
    required: bool = False
    nullable: bool = False


def _cell(name: str, label: str) -> Field:
    return Field(name, label, "cell", CELL_LIMIT)


def _link(name: str, label: str) -> Field:
    return Field(name, label, "link", URL_LIMIT)


STATUS_LABELS: Mapping[StrEnum, str] = {
    Status.NOT_STARTED: N_("Not started"),
    Status.IN_PROGRESS: N_("In progress"),
    Status.DONE: N_("Done"),
}
_DIGITS_LABELS: Mapping[StrEnum, str] = {Digits.THAI: N_("Thai digits"), Digits.ARABIC: N_("Arabic digits")}
_GRADE_LABELS: Mapping[StrEnum, str] = {
    GradeSource.COMPUTED: N_("Computed from the scores"),
    GradeSource.TYPED: N_("As typed"),
}
_FINDING_LABELS: Mapping[StrEnum, str] = {
    FindingKind.URGENT: N_("Weakness to mend urgently"),
    FindingKind.DEVELOP: N_("Point to develop"),
}
ROUND_LABELS: Mapping[int, str] = {6: N_("6-month round"), 12: N_("12-month round")}

_WHO_SIGNS = (
    Field("name", N_("Name")),
    Field("position", N_("Position")),
    Field("acting", N_("Acting form"), suggestions=ACTING_FORMS),
    Field("acting_for", N_("Acting for the post")),
)

_MEASURE = (
    _cell("title", N_("Measure")),
    _cell("steps", N_("Steps")),
    _cell("responsible", N_("Responsible")),
    _cell("period", N_("Period")),
    _cell("follow_up", N_("Follow-up")),
    Field("indicator", N_("Indicator"), "indicator"),
    Field("heading", N_("Group heading")),
    Field("continuous", N_("Continuous all year"), "flag"),
)

FIELDS: Mapping[type[Row], tuple[Field, ...]] = {
    Office: (
        Field("kind", N_("Kind of office"), suggestions=tuple(EXECUTIVES)),
        Field("name", N_("Office name")),
        Field("district", N_("District")),
        Field("province", N_("Province")),
        _cell("address", N_("Address")),
        Field("phone", N_("Telephone")),
        Field("email", N_("E-mail")),
        Field("website", N_("Website"), limit=URL_LIMIT),
        Field("letter_code", N_("Letter code")),
    ),
    Unit: (Field("name", N_("Unit")), _cell("aliases", N_("Other spellings"))),
    Person: _WHO_SIGNS,
    Phrase: (_cell("text", N_("Phrase")),),
    FiscalYear: (
        Field("year", N_("Fiscal year"), "year", required=True),
        Field("analysed_year", N_("Analysed ITA year"), "year"),
    ),
    Finding: (
        Field("indicator", N_("Indicator"), "indicator"),
        Field("kind", N_("Kind of finding"), "choice", choices=_FINDING_LABELS, required=True),
        _cell("text", N_("Finding")),
    ),
    Assessment: (
        Field("year", N_("ITA year"), "year", required=True),
        Field("total", N_("Total score"), "score"),
        Field("iit", N_("IIT score"), "score"),
        Field("eit", N_("EIT score"), "score"),
        Field("oit", N_("OIT score"), "score"),
        Field("grade_as_printed", N_("Grade as announced")),
    ),
    AssessmentIndicator: (Field("score", N_("Score"), "score"),),
    Measure: _MEASURE,
    Progress: (
        Field("round", N_("Round"), "round", required=True),
        Field("status", N_("Status"), "choice", choices=STATUS_LABELS, required=True),
        _cell("result", N_("Result")),
        _cell("outcome", N_("Outcome")),
        _cell("suggestion", N_("Suggestion")),
    ),
    Evidence: (
        Field("round", N_("Round"), "round"),
        Field("title", N_("Evidence")),
        _link("url", N_("Link")),
        Field("file_name", N_("File name")),
    ),
    Document: (
        Field("layout", N_("Layout"), required=True),
        Field("round", N_("Round"), "round"),
        Field("unit", N_("Issuing unit")),
        Field("number", N_("Number")),
        Field("date", N_("Date"), "date"),
        Field("subject", N_("Subject")),
        Field("to", N_("To")),
        Field("digits", N_("Digits"), "choice", choices=_DIGITS_LABELS, required=True),
        Field("grade", N_("Grade printed"), "choice", choices=_GRADE_LABELS, required=True),
        Field("signed_on", N_("Signed on"), "date"),
        Field("sections", N_("Parts printed"), nullable=True),
        Field("names_round", N_("Name the round"), "flag"),
        Field("show_code", N_("Document code in the footer"), "flag"),
        Field("scan_name", N_("Scan of the signed paper")),
    ),
    DocumentText: (Field("name", N_("Text"), required=True), _cell("text", N_("Wording"))),
    Signatory: (Field("role", N_("Role")), *_WHO_SIGNS),
    Publication: (
        Field("oit_item", N_("OIT item")),
        _link("url", N_("Link")),
        Field("click_path", N_("Click path")),
        Field("date", N_("Date published"), "date"),
    ),
    Printout: (Field("printed_by", N_("Printed by")), Field("family", N_("Font"))),
    LayoutText: (Field("name", N_("Layout"), required=True), _cell("toml", N_("Layout text"))),
    Deletion: (
        Field("deleted_by", N_("Deleted by")),
        Field("title", N_("What was deleted")),
        Field("within", N_("Where it was")),
    ),
    DeletedFile: (),
    Sending: (
        Field("sent_by", N_("Sent by")),
        Field("to", N_("Receiver’s e-mail")),
        Field("years", N_("Fiscal years")),
        Field("round", N_("Round"), "round"),
        Field("attached", N_("With attached files"), "flag"),
        Field("path", N_("File"), limit=URL_LIMIT),
    ),
    TemplateMeasure: _MEASURE,
    Joined: (),
}

_BY_NAME = {row_class: {field.name: field for field in fields} for row_class, fields in FIELDS.items()}


def field_of(row_class: type[Row], name: str) -> Field:
    """The field `name` of `row_class`; KeyError when it has none that can be edited."""
    return _BY_NAME[row_class][name]


def show(field: Field, value: Value) -> str:
    """What the clerk sees of `value` in table and form; `parse` of it gives the value back."""
    match value:
        case None:
            return ""
        case StrEnum():
            return _(field.choices[value])
        case bool():
            return "✓" if value else ""
        case int() if field.kind == "round":
            return _(ROUND_LABELS[value])
        case Decimal():
            return f"{value:.2f}"
        case dt.date():
            return thai.long_date(value)
        case _:
            return str(value)


def parse(field: Field, text: str) -> Value:
    """The value that a clerk's `text` means for `field`; UserError when it means none or is too long."""
    text = thai.normalise(text)
    if field.kind != "cell":
        text = " ".join(text.split("\n")).strip()
    if len(text) > field.limit:
        raise too_long(field, len(text))
    value = _PARSERS[field.kind](field, text)
    if field.required and (value is None or value == ""):
        raise missing(field)
    return value


def missing(field: Field) -> UserError:
    return UserError(_("{field} is missing.").format(field=_(field.label)), _("Please fill it in."))


def too_long(field: Field, length: int) -> UserError:
    return UserError(
        _("{field} is too long: {length:,} characters.").format(field=_(field.label), length=length),
        _("At most {limit:,} characters fit. Please shorten it or divide it.").format(limit=field.limit),
    )


def _text(field: Field, text: str) -> Value:
    return text


def _choice(field: Field, text: str) -> Value:
    if text in _NOTHING:
        return None
    wanted = thai.fold(text)
    for value, label in field.choices.items():
        if wanted in (thai.fold(value), thai.fold(label), thai.fold(_(label))):
            return value
    choices = ", ".join(_(label) for label in field.choices.values())
    raise UserError(
        _("“{text}” is not a choice of {field}.").format(text=text, field=_(field.label)),
        _("Choose one of: {choices}").format(choices=choices),
    )


_YES = frozenset(thai.fold(word) for word in ("✓", "✔", "/", "x", "1", "ใช่", "yes", "true", "ต่อเนื่อง"))
_NO = frozenset(thai.fold(word) for word in (*_NOTHING, "0", "ไม่", "ไม่ใช่", "no", "false"))


def _flag(field: Field, text: str) -> Value:
    word = thai.fold(text)
    if word in _YES or word in _NO:
        return word in _YES
    raise UserError(
        _("“{text}” is neither yes nor no for {field}.").format(text=text, field=_(field.label)),
        _("Type ✓ for yes and leave it empty for no."),
    )


def _year(field: Field, text: str) -> Value:
    if text in _NOTHING:
        return None
    digits = re.sub(r"^(?:[พค]\.?\s?ศ\.?)?\s*", "", thai.arabic_digits(text))
    year = thai.buddhist_year(digits) if re.fullmatch(r"[0-9]{2}|[0-9]{4}", digits) else None
    if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
        return year
    raise UserError(
        _("“{text}” is not a year of the Buddhist era.").format(text=text),
        _("Type a year from {first} to {last}.").format(first=FIRST_YEAR, last=LAST_YEAR),
    )


def _score(field: Field, text: str) -> Value:
    if text in _NOTHING:
        return None
    digits = thai.arabic_digits(text).removesuffix("%").strip().replace(",", ".")
    try:
        score = Decimal(digits) if re.fullmatch(r"[0-9]{0,3}\.?[0-9]*", digits) else None
    except InvalidOperation:
        score = None
    if score is not None and 0 <= score <= 100:
        return _two_decimals(score, text)
    raise UserError(
        _("“{text}” is not a score.").format(text=text), _("Type a number from 0 to 100, such as 87.25.")
    )


def _two_decimals(score: Decimal, text: str) -> Decimal:
    """The score as it is announced. A finer one is not rounded: 54.995 would become 55.00, and another grade."""
    rounded = score.quantize(Decimal("0.01"))
    if rounded == score:
        return rounded
    raise UserError(
        _("“{text}” has more than two decimals.").format(text=text),
        _("Type the score as it was announced, with two decimals such as 87.25."),
    )


def _date(field: Field, text: str) -> Value:
    if text in _NOTHING:
        return None
    date = thai.parse_date(text, dt.date.today())
    if date is not None:
        return date
    raise UserError(
        _("“{text}” is not a date.").format(text=text),
        _("Type day, month and year, such as 31/3/2568 or 31 มี.ค. 68."),
    )


INDICATOR = re.compile(r"(?:10|[1-9])(?:\.[1-9])?")
"""An indicator ("3") or sub-indicator ("9.4") as stored."""


def _indicator(field: Field, text: str) -> Value:
    if text in _NOTHING:
        return ""
    code = re.sub(r"^(?:ตัวชี้วัด(?:ย่อย)?ที่)?\s*", "", thai.arabic_digits(text)).strip()
    if INDICATOR.fullmatch(code):
        return code
    raise UserError(
        _("“{text}” is not an indicator.").format(text=text),
        _("Type the number of one of the ten indicators, or of a part of one, such as 3 or 9.4."),
    )


def _round(field: Field, text: str) -> Value:
    if text in _NOTHING:
        return None
    digits = re.findall(r"[0-9]+", thai.arabic_digits(text))
    if digits in (["6"], ["12"]):
        return int(digits[0])
    raise UserError(_("“{text}” is not a round.").format(text=text), _("A round is 6 or 12 months."))


def _link_typed(field: Field, text: str) -> Value:
    """A link that works; what another program wrote is stored all the same, and lint finds it."""
    if text in _NOTHING:
        return ""
    links.check(text)
    return text


_PARSERS: Mapping[str, Callable[[Field, str], Value]] = {
    "line": _text,
    "cell": _text,
    "choice": _choice,
    "flag": _flag,
    "year": _year,
    "score": _score,
    "date": _date,
    "indicator": _indicator,
    "round": _round,
    "link": _link_typed,
}
