"""What can be set of a layout: one table for each kind of thing in it, with the words that clerks know."""

from collections.abc import Mapping
from functools import partial

from itadesk.documents import layout_parts, template
from itadesk.documents.layout import (
    INDICATOR_FORMAT,
    NAMED_FIELDS,
    STATUS_WORDS,
    TICKS,
    ColumnSpec,
    LogoPart,
    MemoHeadPart,
    ParagraphPart,
    Part,
    SectionSpec,
    SignaturesPart,
    SpacePart,
    TablePart,
)
from itadesk.documents.layout import ListPart as TitlesPart
from itadesk.domain import ita, thai
from itadesk.domain.fields import FIELDS, STATUS_LABELS, Field
from itadesk.domain.model import Measure, Progress
from itadesk.errors import UserError
from itadesk.i18n import N_, _
from itadesk.ui import layout_values as values
from itadesk.ui.field_words import FieldWords
from itadesk.ui.layout_values import Setting

# Words for fields


def _field_labels() -> dict[str, str]:
    of_rows = {item.name: item.label for row in (Measure, Progress) for item in FIELDS[row]}
    names = (
        "title",
        "steps",
        "responsible",
        "period",
        "follow_up",
        "status",
        "result",
        "outcome",
        "suggestion",
    )
    return {
        "number": N_("Running number"),
        "indicator": of_rows["indicator"],
        "instrument": N_("Instrument (IIT, EIT, OIT)"),
        "heading": of_rows["heading"],
        **{name: of_rows[name] for name in names},
        **{name: STATUS_LABELS[status] for name, status in TICKS.items()},
        "evidence": N_("Evidence"),
        "evidence_title": N_("Evidence: title"),
        "evidence_link": N_("Evidence: link or file"),
    }


FIELD_LABELS: Mapping[str, str] = _field_labels()
"""What a column may show, in the order it is offered; tick columns by the status they tick."""


def field_label(name: str) -> str:
    """What clerks call a column's field."""
    label = _(FIELD_LABELS[name])
    return _("Tick for “{status}”").format(status=label) if name in TICKS else label


_CODE_FIELDS: Mapping[str, str] = {"code": N_("Code, such as 9.4"), "name": N_("Name of the group")}
_GROUP_FIELDS: Mapping[str, str] = {"number": N_("Running number"), **_CODE_FIELDS}

_GROUPINGS: Mapping[str, str] = {
    "none": N_("Not at all"),
    "indicator": N_("By indicator"),
    "instrument": N_("By instrument (IIT, EIT, OIT)"),
    "heading": N_("By group heading of the measure"),
}

_SPLITS = {**_GROUPINGS, "none": N_("One table for all")}

FITTED = N_("Fitted")
"""A column that is as wide as what stands in it wants."""


def _show_width(width: float | None) -> str:
    return _(FITTED) if width is None else values.show_number(width)


def _read_width(text: str) -> float | None:
    typed = thai.fold(text).removeprefix(thai.fold(_(FITTED)))  # also what is typed behind the word
    if typed in ("", "0"):
        return None
    try:
        return values.read_number(typed, 0.5, 40)
    except UserError as error:
        raise UserError(
            error.message,
            _("Type centimetres from 0.5 to 40, or choose “{fitted}”.").format(fitted=_(FITTED)),
        ) from error


def _column_field() -> Setting:
    def read(text: str) -> str:
        return next(name for name in FIELD_LABELS if field_label(name) == text)

    return Setting(
        Field("field", N_("Shows")),
        **values.of("field"),
        show=field_label,
        read=read,
        choices={name: name for name in FIELD_LABELS},
    )


# What can be set of what

FORM = (
    values.line("title", N_("Name of the form"), required=True),
    values.line("subject", N_("Subject of a new report")),
)

TEXT = (
    values.line("label", N_("Name of the text"), required=True),
    Setting(
        Field("default", N_("Wording"), "cell"),
        **values.of("default"),
        show=str,
        read=thai.normalise,
        wording=True,
    ),
)

_CHOSEN = (
    values.flag("optional", N_("A report may be printed without it")),
    values.flag("printed", N_("A new report has it at first"), applies=lambda section: section.optional),
)

SECTION = (
    values.line("title", N_("Name in the list of pages")),
    values.choice("landscape", N_("Paper"), {False: N_("Upright"), True: N_("Across")}),
    values.choice(
        "page_number",
        N_("Page numbers"),
        {
            "none": N_("None"),
            "hyphens": N_("- 2 - at the top, from the second page on"),
            "of_total": N_("Page 1 / 3 at the foot"),
        },
    ),
    values.margin("left", N_("Left margin (cm)")),
    values.margin("right", N_("Right margin (cm)")),
    values.margin("top", N_("Top margin (cm)")),
    values.margin("bottom", N_("Bottom margin (cm)")),
    *_CHOSEN,
)
MEMO_SECTION = (values.line("title", N_("Name in the list of pages"), required=True), *_CHOSEN)

_SIZE = values.number("size", N_("Type size (points)"), 6, 72)
_SPACE_BEFORE = values.number("space_before", N_("Space above (cm)"), 0, 15)
_INDENT = values.number("indent", N_("First line indented by (cm)"), 0, 15)
_LEFT = values.number("left", N_("Whole paragraph indented by (cm)"), 0, 15)

PARAGRAPH = (
    values.choice(
        "align",
        N_("Alignment"),
        {
            "thai": N_("Both margins (Thai)"),
            "left": N_("Left"),
            "center": N_("Centre"),
            "right": N_("Right"),
        },
    ),
    _SIZE,
    values.flag("bold", N_("Bold")),
    _INDENT,
    _LEFT,
    _SPACE_BEFORE,
    values.flag("keep_with_next", N_("Stays on the page of what follows")),
    values.flag("optional", N_("Left out when its fields are all empty")),
)

TITLES = (_SIZE, _INDENT, _LEFT, _SPACE_BEFORE)

LOGO = (values.number("height", N_("Height (cm)"), 0.1, 20),)

SPACE = (
    values.number("height", N_("Height (cm)"), 0, 25),
    values.number("stretch", N_("Share of what the page leaves empty"), 0, 100),
)


def _asks_opinions(part: SignaturesPart) -> bool:
    return part.roles_as == "opinion"


SIGNATURES = (
    values.roles("roles", N_("Who signs (one a line)")),
    values.choice(
        "roles_as",
        N_("The line says"),
        {"opinion": N_("Whose opinion is asked for"), "label": N_("What stands above the signature")},
    ),
    values.number("columns", N_("Side by side"), 1, 4, whole=True),
    values.line("sign_label", N_("Before the dotted line")),
    values.number(
        "opinion_lines", N_("Dotted lines for an opinion"), 0, 20, whole=True, applies=_asks_opinions
    ),
    values.number(
        "last_opinion_lines", N_("Dotted lines for the last one"), 0, 20, whole=True, applies=_asks_opinions
    ),
)

MEMO_HEAD = (
    values.line("title", N_("Title"), required=True),
    values.line("salutation_label", N_("Salutation")),
    values.line("salutation", N_("To whom"), fields=template.LABELS),
    values.number("emblem_height", N_("Height of the emblem (cm)"), 0, 10),
)

HEAD_LINE = (
    values.line("label", N_("Label")),
    values.line("value", N_("What is filled in"), fields=template.LABELS),
    values.flag("beside", N_("On the line above")),
)


def _grouped_rows(table: TablePart) -> bool:
    return table.group_by != "none" and table.group_as == "row"


def _grouped(table: TablePart) -> bool:
    return table.group_by != "none"


def _split(table: TablePart) -> bool:
    return table.split_by != "none"


def _by_instrument(table: TablePart) -> bool:
    return "instrument" in (table.group_by, table.split_by)


def _says_status(table: TablePart) -> bool:
    return any(column.field == "status" for column in table.columns)


def _instrument(code: str, _table: TablePart) -> str:
    return ita.instruments()[code].name


def _status_word(status: str, _table: TablePart) -> str:
    return STATUS_WORDS[status]


TABLE = (
    values.choice(
        "rows", N_("A row for each"), {"measure": N_("Measure"), "evidence": N_("Piece of evidence")}
    ),
    _SIZE,
    values.choice(
        "numbering",
        N_("Numbers before the titles"),
        {"none": N_("None"), "running": N_("Running"), "per_group": N_("Anew in each group")},
    ),
    values.flag(
        "renumber", N_("In place of typed numbers, too"), applies=lambda table: table.numbering != "none"
    ),
    values.choice(
        "group_by",
        N_("Group the rows"),
        _GROUPINGS,
        put=lambda table, by: layout_parts.grouped(table, by, as_column=table.group_as == "column"),
    ),
    values.choice(
        "group_as",
        N_("The group stands"),
        {"row": N_("In a row of its own above"), "column": N_("In one cell of its column")},
        put=lambda table, as_: layout_parts.grouped(table, table.group_by, as_column=as_ == "column"),
        applies=_grouped,
    ),
    values.line("group_heading", N_("Wording of the group row"), fields=_GROUP_FIELDS, applies=_grouped_rows),
    values.line("continued", N_("Behind it on the next page"), applies=_grouped_rows),
    values.choice("split_by", N_("Divide into several tables"), _SPLITS),
    values.line("split_heading", N_("Heading above each table"), fields=_GROUP_FIELDS, applies=_split),
    *(
        values.word("split_names", code, label, partial(_instrument, code), _by_instrument)
        for code, label in (
            ("iit", N_("Name of IIT")),
            ("eit", N_("Name of EIT")),
            ("oit", N_("Name of OIT")),
        )
    ),
    values.line(
        "others", N_("Measures without a group"), applies=lambda table: _grouped(table) or _split(table)
    ),
    *(
        values.word("status_words", status, label, partial(_status_word, status), _says_status)
        for status, label in STATUS_LABELS.items()
    ),
)


def _is_named(column: ColumnSpec) -> bool:
    return column.field in NAMED_FIELDS


def _usual_wording(column: ColumnSpec) -> str:
    usual = INDICATOR_FORMAT if column.field == "indicator" else "{name}"
    return FieldWords.of(_CODE_FIELDS).shown(usual)


COLUMN = (
    _column_field(),
    values.line("heading", N_("Heading")),
    values.line("over", N_("Common heading above")),
    Setting(
        Field("width", N_("Width (cm)")),
        **values.of("width"),
        show=_show_width,
        read=_read_width,
        suggestions=(FITTED,),
        narrow=True,
    ),
    values.choice("align", N_("Alignment"), {"left": N_("Left"), "center": N_("Centre")}),
    values.line("empty", N_("Printed when empty")),
    values.line("format", N_("Wording"), fields=_CODE_FIELDS, applies=_is_named, empty=_usual_wording),
)

PARTS: Mapping[type[Part], tuple[Setting, ...]] = {
    ParagraphPart: PARAGRAPH,
    TablePart: TABLE,
    TitlesPart: TITLES,
    SignaturesPart: SIGNATURES,
    LogoPart: LOGO,
    SpacePart: SPACE,
    MemoHeadPart: MEMO_HEAD,
}

PART_LABELS: Mapping[type[Part], str] = {
    ParagraphPart: N_("Paragraph"),
    TablePart: N_("Table"),
    TitlesPart: N_("List of the measures"),
    SignaturesPart: N_("Signatures"),
    LogoPart: N_("Seal of the office"),
    SpacePart: N_("Blank space"),
    MemoHeadPart: N_("Head of the memo"),
}
"""What clerks call the kinds of parts, in the order they are offered."""


def section_label(section: SectionSpec, number: int) -> str:
    """What a section is called in the list."""
    return section.title or _("Section {number}").format(number=number)
