"""The DocumentTree: one report as plain data, made by `compose` and turned into a file by a writer.

Lengths are centimetres, type sizes are nominal official points ("16 pt" of TH Sarabun); a writer scales them.
Texts are final: digits, numbering and fields are already in them. A line break starts a new paragraph.
"""

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "thai"]
"""`thai` spreads a full line to both margins the Thai way; the last line of a paragraph stays left."""

PageNumber = Literal["none", "hyphens", "of_total"]
"""`hyphens`: "- ๒ -" centred at the top from the section's second page on; `of_total`: "หน้า ๑ / ๓" at the foot."""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one face."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Running text. `indent` is the first line's, `left` the whole paragraph's."""

    runs: tuple[Run, ...]
    align: Align = "thai"
    size: float = 16
    indent: float = 0
    left: float = 0
    space_before: float = 0
    keep_with_next: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture of the office, `height` cm high, keeping its shape; `data` is PNG or JPEG."""

    data: bytes
    height: float


@dataclass(frozen=True)
class MemoField:
    """A memo label in bold 20 pt and its value in 16 pt over a dotted leader. `width`: share of the line, 0 to 1."""

    label: str
    value: str
    width: float = 1.0


@dataclass(frozen=True)
class MemoHead:
    """The head of บันทึกข้อความ: emblem box top left (blank space when there is no picture), title, field lines."""

    title: str
    emblem: Picture | None
    emblem_height: float
    lines: tuple[tuple[MemoField, ...], ...]
    salutation_label: str
    salutation: str


@dataclass(frozen=True)
class SignatureBlock:
    """One signatory. `opinion` is the label of the handwritten opinion above it ("" = none), on `opinion_lines`
    dotted lines; `label` stands centred above the room to sign ("ผู้รายงาน"); `sign_label` before the dotted place for
    the signature; `lines` follow centred. With a label or a sign label there is room to sign by hand."""

    lines: tuple[str, ...]
    sign_label: str = ""
    opinion: str = ""
    opinion_lines: int = 0
    label: str = ""


@dataclass(frozen=True)
class SignatureChain:
    """Signatories, `columns` of them side by side (1 = one below the other, each beginning at the page's centre).

    No block is split, and none stands on a page without what comes before it.
    """

    blocks: tuple[SignatureBlock, ...]
    columns: int = 1


@dataclass(frozen=True)
class HeadCell:
    """A cell of a table's head; it may span columns and head rows."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Column:
    """A table column: `width` in cm, or None to be fitted to its content.

    `merged`: equal neighbours below each other are one cell; its text stands once, and again at the top of a page.
    `counted`: whole numbers, with which a spreadsheet reckons.
    """

    align: Literal["left", "center"] = "left"
    width: float | None = None
    merged: bool = False
    counted: bool = False


@dataclass(frozen=True)
class Row:
    """A table row: a cell a column, or one text over all columns for a group row, kept with the next row.

    `starts`: its merged cells are new ones though they say the same as those above.
    """

    cells: tuple[str, ...]
    group: bool = False
    starts: bool = False


@dataclass(frozen=True)
class Table:
    """A table over the whole text width whose head stands on every page. Rows split over pages at lines.

    `caption` stands above the head on every page; `continued` ("(ต่อ)") behind the text of a group row that is
    repeated at the top of a page because its group goes on there, "" = it is not repeated.
    """

    columns: tuple[Column, ...]
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[Row, ...]
    size: float = 16
    caption: str = ""
    continued: str = ""


@dataclass(frozen=True)
class Space:
    """Blank height in cm. The part of the page that a section's blocks leave empty is shared out among its spaces
    by `stretch`, if all of them fit on one page: so a cover is spread over it."""

    height: float = 0
    stretch: float = 0


Block = Paragraph | Picture | MemoHead | SignatureChain | Table | Space


@dataclass(frozen=True)
class Margins:
    left: float = 3.0
    right: float = 2.0
    top: float = 2.5
    bottom: float = 2.0


@dataclass(frozen=True)
class Section:
    """Pages of one orientation that start on a new page. `title` is its bookmark in the outline, "" = none."""

    blocks: tuple[Block, ...]
    landscape: bool = False
    margins: Margins = Margins()
    page_number: PageNumber = "none"
    title: str = ""


@dataclass(frozen=True)
class DocumentTree:
    """A whole report. `thai_digits` rules the page numbers only: the texts already have theirs.

    `footer` stands small at the left foot of every page: the document's code, "" = none.
    """

    title: str
    author: str
    sections: tuple[Section, ...]
    thai_digits: bool = True
    footer: str = ""
