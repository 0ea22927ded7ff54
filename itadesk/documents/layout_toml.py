"""Layouts as TOML: read with every fault named by its line or key, and written for an office to keep or hand on."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields, replace
from functools import cache
from typing import Any, cast

from itadesk import paths
from itadesk.documents import template
from itadesk.documents.layout import (
    CELL_FIELDS,
    GROUPINGS,
    NAMED_FIELDS,
    STATUS_WORDS,
    ColumnSpec,
    FieldLine,
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
    Text,
)
from itadesk.documents.layout_checks import (
    MOST_IN_A_LINE,
    check,
    plain,
    plain_texts,
    with_fields,
    words,
)
from itadesk.documents.toml_table import TomlTable
from itadesk.documents.tree import Margins
from itadesk.domain import ita
from itadesk.errors import UserError
from itadesk.i18n import _

MOST_COLUMNS = 60
_MOST_CHARACTERS = 500_000
_MOST_DOTS = 50
"""In a line outside of texts and comments: between the parts of keys, and in a few numbers."""
_TEXTS = re.compile(
    r""""{3}(?:[^\\]|\\.)*?(?:"{3,5}|\Z)|'{3}.*?(?:'{3,5}|\Z)|"(?:[^"\\\n]|\\.)*+"?|'[^'\n]*+'?|\#[^\n]*+""",
    re.DOTALL,
)
_PAGES = ("landscape", "page_number", "margins")
_HEADING_FIELDS = ("number", "code", "name")


def parse(text: str, name: str) -> Layout:
    """Read a layout from TOML; a fault is refused with its line or key."""
    text = text.removeprefix("\ufeff")
    if len(text) > _MOST_CHARACTERS:
        raise UserError(
            _("The layout “{name}” is too long: {length:,} characters.").format(name=name, length=len(text)),
            _("Choose a file that holds a layout."),
        )
    try:
        _check_dots(text)
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(
            _("The layout “{name}” is not written correctly: {place}").format(name=name, place=_place(error)),
            _("Mend the line named, or ask for the file again."),
        ) from error
    top = TomlTable(data, name)
    layout = Layout(
        name=name,
        title=_title(top),
        subject=plain(top, "subject", ""),
        texts={key: _text(table) for key, table in top.tables_by_name("texts").items()},
        sections=tuple(_section(table, number) for number, table in enumerate(top.tables("section"), 1)),
    )
    top.finish()
    layout = replace(layout, texts=_memo_texts(layout.sections) | dict(layout.texts))
    check(layout)
    return layout


def _check_dots(text: str) -> None:
    """ValueError for a key of very many parts, for which the TOML reader would take gigabytes."""
    for number, line in enumerate(_TEXTS.sub(lambda found: "\n" * found[0].count("\n"), text).split("\n"), 1):
        if line.count(".") > _MOST_DOTS:
            raise ValueError(f"at line {number}, column 1")


def _place(error: Exception) -> str:
    """Where the fault is, without the English of the TOML reader."""
    if found := re.search(r"at line (\d+), column (\d+)", str(error)):
        return _("line {line}, character {column}").format(line=found[1], column=found[2])
    return _("at the end of the text")


# Reading


def _title(top: TomlTable) -> str:
    title = plain(top, "title")
    return title if title.strip() else top.fault("title", _("it may not be empty"))


def _text(table: TomlTable) -> Text:
    text = Text(label=plain(table, "label"), default=table.text("default"))
    table.finish()
    return text


def _section(table: TomlTable, number: int) -> SectionSpec:
    use = table.text("use", "")
    given = _memo_section(use, table) if use else SectionSpec(name="")
    name = table.text("name", use or f"section{number}")
    if not name or name.split() != [name]:
        table.refuse("name", _("a word without blanks"))
    optional = table.flag("optional", False)
    section = replace(
        given,
        name=name,
        title=plain(table, "title", given.title),
        optional=optional,
        printed=table.flag("printed", not (use and optional)),
        use=use,
    )
    if not section.printed and not optional:
        table.fault("printed", _("only an optional section may be left out; add optional = true"))
    if not use:
        section = _own_pages(section, table)
    table.finish()
    return section


def _own_pages(section: SectionSpec, table: TomlTable) -> SectionSpec:
    margins = table.table("margins")
    section = replace(
        section,
        landscape=table.flag("landscape", False),
        page_number=table.choice("page_number", ("none", "hyphens", "of_total"), "none"),
        margins=Margins(
            left=margins.number("left", Margins.left, 0, 10),
            right=margins.number("right", Margins.right, 0, 10),
            top=margins.number("top", Margins.top, 0, 10),
            bottom=margins.number("bottom", Margins.bottom, 0, 10),
        ),
        parts=tuple(_part(part) for part in table.tables("part")),
    )
    margins.finish()
    return section


def _part(table: TomlTable) -> Part:
    kind = table.choice("kind", tuple(_PART_READERS))
    part = _PART_READERS[kind](table)
    table.finish()
    return part


def _memo_head(table: TomlTable) -> MemoHeadPart:
    lines = table.table_rows("lines")
    if not all(1 <= len(line) <= MOST_IN_A_LINE for line in lines):
        table.fault("lines", _("a line has one or two fields"))
    return MemoHeadPart(
        title=plain(table, "title"),
        lines=tuple(tuple(_field_line(cell) for cell in line) for line in lines),
        salutation_label=plain(table, "salutation_label"),
        salutation=with_fields(table, "salutation", template.LABELS),
        emblem_height=table.number("emblem_height", MemoHeadPart.emblem_height, 0, 10),
    )


def _field_line(table: TomlTable) -> FieldLine:
    line = FieldLine(label=plain(table, "label"), value=with_fields(table, "value", template.LABELS))
    table.finish()
    return line


def _paragraph(table: TomlTable) -> ParagraphPart:
    return ParagraphPart(
        text=table.text("text"),
        align=table.choice("align", ("left", "center", "right", "thai"), "thai"),
        size=table.number("size", 16, 6, 72),
        bold=table.flag("bold", False),
        indent=table.number("indent", 0, 0, 15),
        left=table.number("left", 0, 0, 15),
        space_before=table.number("space_before", 0, 0, 15),
        keep_with_next=table.flag("keep_with_next", False),
        optional=table.flag("optional", False),
    )


def _list(table: TomlTable) -> ListPart:
    return ListPart(
        size=table.number("size", 16, 6, 72),
        indent=table.number("indent", 0, 0, 15),
        left=table.number("left", 0, 0, 15),
        space_before=table.number("space_before", 0, 0, 15),
    )


def _logo(table: TomlTable) -> LogoPart:
    return LogoPart(height=table.number("height", LogoPart.height, 0.1, 20))


def _space(table: TomlTable) -> SpacePart:
    return SpacePart(height=table.number("height", 0, 0, 25), stretch=table.number("stretch", 0, 0, 100))


def _signatures(table: TomlTable) -> SignaturesPart:
    return SignaturesPart(
        roles=plain_texts(table, "roles"),
        roles_as=table.choice("roles_as", ("opinion", "label"), "opinion"),
        columns=int(table.number("columns", 1, 1, 4)),
        sign_label=plain(table, "sign_label", ""),
        opinion_lines=int(table.number("opinion_lines", 1, 0, 20)),
        last_opinion_lines=int(table.number("last_opinion_lines", 1, 0, 20)),
    )


def _table(table: TomlTable) -> TablePart:
    columns = tuple(_column(column) for column in table.tables("column"))
    if not 1 <= len(columns) <= MOST_COLUMNS:
        table.fault("column", _("a table has from 1 to {most} columns").format(most=MOST_COLUMNS))
    part = TablePart(
        columns=columns,
        rows=table.choice("rows", ("measure", "evidence"), "measure"),
        size=table.number("size", 16, 6, 72),
        group_by=table.choice("group_by", GROUPINGS, "none"),
        group_as=table.choice("group_as", ("row", "column"), "row"),
        group_heading=with_fields(table, "group_heading", _HEADING_FIELDS, TablePart.group_heading),
        continued=plain(table, "continued", TablePart.continued),
        split_by=table.choice("split_by", GROUPINGS, "none"),
        split_heading=with_fields(table, "split_heading", _HEADING_FIELDS, TablePart.split_heading),
        split_names=words(table.table("split_names"), ita.instruments()),
        others=plain(table, "others", TablePart.others),
        numbering=table.choice("numbering", ("none", "running", "per_group"), "none"),
        renumber=table.flag("renumber", False),
        status_words=words(table.table("status_words"), STATUS_WORDS),
    )
    if part.group_as == "column" and part.group_by not in ("none", *(column.field for column in columns)):
        fault = _("the table has no column “{field}”, where the groups would stand")
        table.fault("group_as", fault.format(field=part.group_by))
    return part


def _column(table: TomlTable) -> ColumnSpec:
    column = ColumnSpec(
        field=table.choice("field", CELL_FIELDS),
        heading=plain(table, "heading"),
        over=plain(table, "over", ""),
        align=table.choice("align", ("left", "center"), "left"),
        width=table.number("width", 0, 0, 40) or None,
        empty=plain(table, "empty", ""),
        format=with_fields(table, "format", ("code", "name"), ""),
    )
    if column.format and column.field not in NAMED_FIELDS:
        names = ", ".join(sorted(NAMED_FIELDS))
        table.fault("format", _("only these fields have one: {names}").format(names=names))
    table.finish()
    return column


_PART_READERS: Mapping[str, Callable[[TomlTable], Part]] = {
    "memo_head": _memo_head,
    "paragraph": _paragraph,
    "list": _list,
    "logo": _logo,
    "space": _space,
    "signatures": _signatures,
    "table": _table,
}
_KINDS: Mapping[type[Part], str] = {
    MemoHeadPart: "memo_head",
    ParagraphPart: "paragraph",
    ListPart: "list",
    LogoPart: "logo",
    SpacePart: "space",
    SignaturesPart: "signatures",
    TablePart: "table",
}


# The memo that may stand in front of any report


@cache
def _memo() -> Layout:
    return parse((paths.resources() / "layouts" / "memo.toml").read_text("utf-8"), "memo")


def _memo_section(name: str, table: TomlTable) -> SectionSpec:
    sections = {section.name: section for section in _memo().sections}
    if name not in sections:
        table.refuse("use", _("one of {choices}").format(choices=", ".join(sections)))
    return sections[name]


def _memo_texts(sections: Iterable[SectionSpec]) -> dict[str, Text]:
    """The texts that sections taken from the memo print, and those that stand in them as fields."""
    parts = [part for section in sections if section.use for part in section.parts]
    used = [part.text for part in parts if isinstance(part, ParagraphPart)]
    if not used:
        return {}
    texts = _memo().texts
    inner = [field for name in used for field in template.fields_in(texts[name].default) if field in texts]
    return {name: texts[name] for name in texts if name in (*used, *inner)}


# Writing


def write(layout: Layout) -> str:
    """The layout as TOML that `parse` reads to the same; what is at its default is left out."""
    import tomli_w

    borrowed = _memo_texts(layout.sections)
    texts = {name: text for name, text in layout.texts.items() if borrowed.get(name) != text}
    data = {
        "title": layout.title,
        "subject": layout.subject,
        "texts": {name: {"label": text.label, "default": text.default} for name, text in texts.items()},
        "section": [_section_data(section) for section in layout.sections],
    }
    return tomli_w.dumps({key: value for key, value in data.items() if value}, indent=2)


def _section_data(section: SectionSpec) -> dict[str, Any]:
    if not section.optional:
        section = replace(section, printed=True)  # it is there anyway
    if section.use:
        data = _changed(section, replace(SectionSpec(name=""), printed=False), without=("parts", *_PAGES))
        return {**data, "title": section.title}
    data = _changed(section, SectionSpec(name=""), without=("parts",))
    data["part"] = [_part_data(part) for part in section.parts]
    return data


def _part_data(part: Part) -> dict[str, Any]:
    data = {"kind": _KINDS[type(part)], **_changed(part, None, without=("columns",))}
    if isinstance(part, SignaturesPart) and part.columns != 1:
        data["columns"] = part.columns
    if isinstance(part, TablePart):
        data["column"] = [_changed(column, None) for column in part.columns]
    return data


def _changed(row: Any, basis: Any, without: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a dataclass that differ from those of `basis`, or from their defaults."""
    found: dict[str, Any] = {}
    for item in fields(row):
        value = getattr(row, item.name)
        default = getattr(basis, item.name) if basis is not None else _default(item)
        if item.name not in without and value != default:
            found[item.name] = _plain(value)
    return found


def _default(item: Any) -> Any:
    return item.default_factory() if item.default_factory is not MISSING else item.default


def _plain(value: Any) -> Any:
    match value:
        case Margins():
            return _changed(value, None)
        case FieldLine():
            return {"label": value.label, "value": value.value}
        case tuple():
            return [_plain(item) for item in cast("tuple[Any, ...]", value)]
        case Mapping():
            return {str(key): text for key, text in cast("Mapping[str, str]", value).items()}
        case _:
            return value
