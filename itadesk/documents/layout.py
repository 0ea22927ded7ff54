"""Layouts: what a report consists of, part by part. The built-in ones are resources/layouts/*.toml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from itadesk.documents.tree import Align, Margins, PageNumber
from itadesk.domain.model import Status

TICKS: Mapping[str, Status] = {f"tick_{status}": status for status in Status}
"""Column fields that hold the tick when the measure has that status."""

GROUPINGS = ("none", "indicator", "instrument", "heading")
Grouping = Literal["none", "indicator", "instrument", "heading"]
"""What measures of a table have in common that stand together; those that have none of it come last."""

MEASURE_FIELDS = ("title", "steps", "responsible", "period", "follow_up", "result", "outcome", "suggestion")
NAMED_FIELDS = ("indicator", "instrument", "heading")
EVIDENCE_FIELDS = ("evidence", "evidence_title", "evidence_link")
CELL_FIELDS = ("number", *MEASURE_FIELDS, *NAMED_FIELDS, "status", *EVIDENCE_FIELDS, *TICKS)
"""What a table column may show of a measure and its progress."""

STATUS_WORDS: Mapping[str, str] = {
    Status.NOT_STARTED: "ยังไม่ดำเนินงาน",
    Status.IN_PROGRESS: "อยู่ระหว่างดำเนินงาน",
    Status.DONE: "ดำเนินงานเสร็จแล้ว",
}
INDICATOR_FORMAT = "ตัวชี้วัดที่ {code} {name}"


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
    emblem_height: float = 1.5


@dataclass(frozen=True)
class ParagraphPart:
    """A paragraph of the text named `text`. Lengths in cm, size in nominal points.

    `optional`: left out when the text has fields and all of them are empty.
    """

    text: str
    align: Align = "thai"
    size: float = 16
    bold: bool = False
    indent: float = 0
    left: float = 0
    space_before: float = 0
    keep_with_next: bool = False
    optional: bool = False


@dataclass(frozen=True)
class ListPart:
    """The titles of the measures, numbered from 1; a number that was typed is taken off first."""

    size: float = 16
    indent: float = 0
    left: float = 0
    space_before: float = 0


@dataclass(frozen=True)
class LogoPart:
    """The office's own seal in the middle, `height` cm high; nothing while the office has none."""

    height: float = 3


@dataclass(frozen=True)
class SpacePart:
    """Blank height in cm, and its share of what a single page leaves empty."""

    height: float = 0
    stretch: float = 0


@dataclass(frozen=True)
class SignaturesPart:
    """Who signs. `roles`: those a new document begins with.

    `roles_as` "opinion": "drafter" signs only, any other role is the label of an opinion asked for, the last one's
    on `last_opinion_lines`: that is the head of the office, who decides. "label": the role stands above the room to
    sign.
    """

    roles: tuple[str, ...] = ()
    roles_as: Literal["opinion", "label"] = "opinion"
    columns: int = 1
    sign_label: str = ""
    opinion_lines: int = 1
    last_opinion_lines: int = 1


@dataclass(frozen=True)
class ColumnSpec:
    """A table column. Neighbours with the same `over` stand together under that heading. `width` cm, None = fitted.

    `empty` is printed where there is no text; `format` words an indicator or instrument: {code} and {name}.
    """

    field: str
    heading: str
    over: str = ""
    align: Literal["left", "center"] = "left"
    width: float | None = None
    empty: str = ""
    format: str = ""


@dataclass(frozen=True)
class TablePart:
    """The measures of the year, a row each; or with `rows` "evidence" a row for each piece of their evidence, the cells
    of one measure joined, and none for a measure without any.

    `group_by` puts those of one indicator, instrument or heading together: under a group row of its own
    (`group_as` "row") or with the column that shows it as one cell ("column"). `split_by` makes a table of each under
    a caption. Headings are filled with {number}, {code} and {name}; `split_names` has names by code. Measures without
    a group stand last, under `others`. `numbering` puts numbers before titles that have none, and with `renumber` in
    place of those that were typed.
    """

    columns: tuple[ColumnSpec, ...]
    rows: Literal["measure", "evidence"] = "measure"
    size: float = 16
    group_by: Grouping = "none"
    group_as: Literal["row", "column"] = "row"
    group_heading: str = "{number}. {name}"
    continued: str = "(ต่อ)"
    split_by: Grouping = "none"
    split_heading: str = "{number}. {name}"
    split_names: Mapping[str, str] = field(default_factory=dict[str, str])
    others: str = "อื่น ๆ"
    numbering: Literal["none", "running", "per_group"] = "none"
    renumber: bool = False
    status_words: Mapping[str, str] = field(default_factory=dict[str, str])


Part = MemoHeadPart | ParagraphPart | ListPart | LogoPart | SpacePart | SignaturesPart | TablePart


PAGE = Margins()


@dataclass(frozen=True)
class SectionSpec:
    """Pages of one orientation. An `optional` one may be left out of a document; `printed`: it is there at first.

    `use` names a section of the built-in memo that stands here; its parts and page are then those of that section.
    """

    name: str
    title: str = ""
    optional: bool = False
    printed: bool = True
    landscape: bool = False
    page_number: PageNumber = "none"
    margins: Margins = PAGE
    parts: tuple[Part, ...] = ()
    use: str = ""


@dataclass(frozen=True)
class Layout:
    """A report's form. `subject` is what a new document of this layout starts with."""

    name: str
    title: str
    subject: str
    texts: Mapping[str, Text]
    sections: tuple[SectionSpec, ...]

    @property
    def parts(self) -> Iterator[Part]:
        return (part for section in self.sections for part in section.parts)

    @property
    def tables(self) -> list[TablePart]:
        return [part for part in self.parts if isinstance(part, TablePart)]

    @property
    def columns(self) -> tuple[ColumnSpec, ...]:
        """The columns of all its tables, in order."""
        return tuple(column for table in self.tables for column in table.columns)

    @property
    def fields(self) -> frozenset[str]:
        """The measure and progress fields it prints; a tick needs `status`, an instrument the indicator."""
        named = {"status" if column.field in TICKS else column.field for column in self.columns}
        named |= {by for table in self.tables for by in (table.group_by, table.split_by)}
        if any(isinstance(part, ListPart) for part in self.parts):
            named.add("title")
        if "instrument" in named:
            named.add("indicator")
        return frozenset(named) - {"none", "number", "instrument", *EVIDENCE_FIELDS}

    def printed(self, chosen: str | None) -> tuple[SectionSpec, ...]:
        """The sections of a document: those that must be there, and the optional ones among the names `chosen`
        (None = as the layout says)."""
        names = None if chosen is None else chosen.split()
        return tuple(
            section
            for section in self.sections
            if not section.optional or (section.printed if names is None else section.name in names)
        )
