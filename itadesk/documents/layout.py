"""Layouts: what a report consists of, part by part, read from TOML. The built-in ones are resources/layouts/*.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from itadesk import paths
from itadesk.documents.toml_table import TomlTable
from itadesk.documents.tree import Align, Margins, PageNumber
from itadesk.domain.model import LayoutText, Status
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _

TICKS: Mapping[str, Status] = {f"tick_{status}": status for status in Status}
"""Column fields that hold the tick when the measure has that status."""

CELL_FIELDS = (
    "title",
    "steps",
    "responsible",
    "period",
    "follow_up",
    "indicator",
    "heading",
    "result",
    "outcome",
    "suggestion",
    *TICKS,
)
"""What a table column may show of a measure and its progress."""


@dataclass(frozen=True)
class Text:
    """A template the clerk may word anew in each document."""

    label: str
    default: str


@dataclass(frozen=True)
class FieldLine:
    """A label of the memo's head and the template of its value."""

    label: str
    value: str


@dataclass(frozen=True)
class MemoHeadPart:
    title: str
    lines: tuple[tuple[FieldLine, ...], ...]
    salutation_label: str
    salutation: str
    emblem_height: float


@dataclass(frozen=True)
class ParagraphPart:
    """A paragraph of the text named `text`. Lengths in cm, size in nominal points."""

    text: str
    align: Align
    size: float
    bold: bool
    indent: float
    space_before: float
    keep_with_next: bool


@dataclass(frozen=True)
class SignaturesPart:
    """The chain of signatories; `last_opinion_lines` is for the head of the office, who decides."""

    sign_label: str
    opinion_lines: int
    last_opinion_lines: int


@dataclass(frozen=True)
class ColumnSpec:
    """A table column. Neighbours with the same `over` stand together under that heading. `width` cm, None = fitted."""

    field: str
    heading: str
    over: str
    align: str
    width: float | None


@dataclass(frozen=True)
class TablePart:
    """The measures of the year, a row each."""

    columns: tuple[ColumnSpec, ...]
    size: float


Part = MemoHeadPart | ParagraphPart | SignaturesPart | TablePart


@dataclass(frozen=True)
class SectionSpec:
    """Pages of one orientation."""

    title: str
    landscape: bool
    page_number: PageNumber
    margins: Margins
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Layout:
    """A report's form. `subject` and `signatory_roles` are what a new document of this layout starts with."""

    name: str
    title: str
    subject: str
    texts: Mapping[str, Text]
    signatory_roles: tuple[str, ...]
    sections: tuple[SectionSpec, ...]

    @property
    def columns(self) -> tuple[ColumnSpec, ...]:
        """The columns of all its tables, in order."""
        parts = [part for section in self.sections for part in section.parts]
        return tuple(column for part in parts if isinstance(part, TablePart) for column in part.columns)

    @property
    def fields(self) -> frozenset[str]:
        """The measure and progress fields it prints; a tick needs `status`."""
        return frozenset("status" if column.field in TICKS else column.field for column in self.columns)


def layouts(snapshot: Snapshot | None = None) -> list[Layout]:
    """The built-in layouts, then the office's own ones."""
    own = snapshot.children(LayoutText) if snapshot else []
    return [*_built_in(), *(parse(row.toml, row.name) for row in own)]


def layout_named(name: str, snapshot: Snapshot | None = None) -> Layout:
    """The layout of that name; an office's own one goes before a built-in one."""
    for row in snapshot.children(LayoutText) if snapshot else []:
        if row.name == name:
            return parse(row.toml, row.name)
    for layout in _built_in():
        if layout.name == name:
            return layout
    raise UserError(
        _("There is no layout “{name}”.").format(name=name),
        _("Layouts there are: {names}").format(names=", ".join(layout.name for layout in layouts(snapshot))),
    )


@cache
def _built_in() -> tuple[Layout, ...]:
    files = sorted((paths.resources() / "layouts").glob("*.toml"))
    return tuple(parse(file.read_text("utf-8"), file.stem) for file in files)


def parse(text: str, name: str) -> Layout:
    """Read a layout from TOML; a fault is refused with its line or key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(
            _("The layout “{name}” is not written correctly: {place}").format(name=name, place=_place(error)),
            _("Mend the line named, or ask for the file again."),
        ) from error
    top = TomlTable(data, name)
    layout = Layout(
        name=name,
        title=top.text("title"),
        subject=top.text("subject", ""),
        texts={key: _text(table) for key, table in top.tables_by_name("texts").items()},
        signatory_roles=tuple(top.texts("signatory_roles", ())),
        sections=tuple(_section(table) for table in top.tables("section")),
    )
    top.finish()
    _check_texts(layout)
    return layout


def _place(error: tomllib.TOMLDecodeError) -> str:
    """Where the fault is, without the English of the TOML reader."""
    if found := re.search(r"at line (\d+), column (\d+)", str(error)):
        return _("line {line}, character {column}").format(line=found[1], column=found[2])
    return _("at the end of the text")


def _text(table: TomlTable) -> Text:
    text = Text(label=table.text("label"), default=table.text("default"))
    table.finish()
    return text


def _section(table: TomlTable) -> SectionSpec:
    margins = table.table("margins")
    section = SectionSpec(
        title=table.text("title", ""),
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
    table.finish()
    return section


def _part(table: TomlTable) -> Part:
    kind = table.choice("kind", tuple(_PART_READERS))
    part = _PART_READERS[kind](table)
    table.finish()
    return part


def _memo_head(table: TomlTable) -> MemoHeadPart:
    return MemoHeadPart(
        title=table.text("title"),
        lines=tuple(tuple(_field_line(cell) for cell in line) for line in table.table_rows("lines")),
        salutation_label=table.text("salutation_label"),
        salutation=table.text("salutation"),
        emblem_height=table.number("emblem_height", 1.5, 0, 10),
    )


def _field_line(table: TomlTable) -> FieldLine:
    line = FieldLine(label=table.text("label"), value=table.text("value"))
    table.finish()
    return line


def _paragraph(table: TomlTable) -> ParagraphPart:
    return ParagraphPart(
        text=table.text("text"),
        align=table.choice("align", ("left", "center", "right", "thai"), "thai"),
        size=table.number("size", 16, 6, 72),
        bold=table.flag("bold", False),
        indent=table.number("indent", 0, 0, 15),
        space_before=table.number("space_before", 0, 0, 15),
        keep_with_next=table.flag("keep_with_next", False),
    )


def _signatures(table: TomlTable) -> SignaturesPart:
    return SignaturesPart(
        sign_label=table.text("sign_label", ""),
        opinion_lines=int(table.number("opinion_lines", 1, 0, 20)),
        last_opinion_lines=int(table.number("last_opinion_lines", 1, 0, 20)),
    )


def _table(table: TomlTable) -> TablePart:
    return TablePart(
        columns=tuple(_column(column) for column in table.tables("column")),
        size=table.number("size", 16, 6, 72),
    )


def _column(table: TomlTable) -> ColumnSpec:
    column = ColumnSpec(
        field=table.choice("field", CELL_FIELDS),
        heading=table.text("heading"),
        over=table.text("over", ""),
        align=table.choice("align", ("left", "center"), "left"),
        width=table.number("width", 0, 0, 40) or None,
    )
    table.finish()
    return column


_PART_READERS = {
    "memo_head": _memo_head,
    "paragraph": _paragraph,
    "signatures": _signatures,
    "table": _table,
}


def _check_texts(layout: Layout) -> None:
    """Every paragraph's text must exist; a table must have columns."""
    for part in (part for section in layout.sections for part in section.parts):
        if isinstance(part, ParagraphPart) and part.text not in layout.texts:
            raise UserError(
                _("The layout “{name}” prints the text “{text}” but does not hold it.").format(
                    name=layout.name, text=part.text
                ),
                _("Add it under [texts], or correct its name."),
            )
        if isinstance(part, TablePart) and not part.columns:
            raise UserError(
                _("The layout “{name}” has a table without columns.").format(name=layout.name),
                _("Give the table at least one column."),
            )
