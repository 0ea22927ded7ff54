"""Read a PDF back as other programs do: their text, where each character stands, and what is really drawn."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pymupdf
import pypdf
import pypdfium2
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from pdfminer.converter import PDFPageAggregator
from pdfminer.high_level import extract_text
from pdfminer.layout import LTChar
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from itadesk.documents import pdf
from itadesk.documents.tree import Align, Block, DocumentTree, Margins, Paragraph, Run, Section

CM = 72 / 2.54


def tree_of(*blocks: Block, landscape: bool = False, margins: Margins = Margins()) -> DocumentTree:  # noqa: B008
    return DocumentTree("รายงาน", "สำนักงาน", (Section(blocks, landscape=landscape, margins=margins),))


def written(*blocks: Block) -> bytes:
    return pdf.write(tree_of(*blocks))


def paragraph(text: str, align: Align = "left", indent: float = 0, *, bold: bool = False) -> Paragraph:
    return Paragraph((Run(text, bold),), align=align, indent=indent)


def folded(text: str) -> str:
    """Text without blanks: line ends fall inside Thai words, so blanks cannot be told from them."""
    return "".join(text.split())


# --- text


def by_pdfium(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return "\n".join(pages)


def by_mupdf(data: bytes) -> str:
    return "\n".join(str(page.get_text()) for page in pymupdf.open(stream=data, filetype="pdf"))


def by_pdfminer(data: bytes) -> str:
    return extract_text(BytesIO(data))


def by_pdfminer_in_order(data: bytes) -> str:
    """The characters as the file has them, without any analysis of the page."""
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    found = ""
    for page in PDFPage.get_pages(BytesIO(data)):
        interpreter.process_page(page)
        found += "".join(item.get_text() for item in device.get_result() if isinstance(item, LTChar))
    return found


def by_pypdf(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(data)).pages)


def by_poppler(data: bytes, *options: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(data)
        read = subprocess.run(["pdftotext", *options, file, "-"], capture_output=True, check=True)
    return read.stdout.decode("utf-8")


READERS: dict[str, Callable[[bytes], str]] = {
    "pdfium": by_pdfium,
    "mupdf": by_mupdf,
    "pdfminer": by_pdfminer,
    "pypdf": by_pypdf,
}
if shutil.which("pdftotext"):
    READERS["poppler"] = by_poppler
    READERS["poppler raw"] = lambda data: by_poppler(data, "-raw")
IN_ORDER = {name: READERS[name] for name in READERS if name not in ("pdfminer", "poppler")}
"""Those that give the text in the order of the file, whatever its place on the page."""
IN_ORDER["pdfminer, in order"] = by_pdfminer_in_order


# --- places


class Character(NamedTuple):
    """A character on the page: its text, the left end of its baseline, its box; points from the upper left corner."""

    text: str
    x: float
    y: float
    left: float
    right: float
    size: float


class TextLine(NamedTuple):
    """A line as the reader groups it."""

    text: str
    characters: list[Character]

    @property
    def x(self) -> float:
        return self.characters[0].x

    @property
    def y(self) -> float:
        return self.characters[0].y

    @property
    def right(self) -> float:
        return max(character.right for character in self.characters if character.text.strip())


def lines(data: bytes) -> list[list[TextLine]]:
    """The lines of each page, in reading order."""
    return [_page_lines(page) for page in pymupdf.open(stream=data, filetype="pdf")]


def _page_lines(page: Any) -> list[TextLine]:
    found: list[TextLine] = []
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", ()):
            characters = [
                Character(char["c"], x, y, char["bbox"][0], char["bbox"][2], span["size"])
                for span in line["spans"]
                for char in span["chars"]
                for x, y in [char["origin"]]
            ]
            if characters:
                found.append(TextLine("".join(character.text for character in characters), characters))
    return found


def characters(found: list[TextLine]) -> list[Character]:
    return [character for line in found for character in line.characters]


def run_of(found: list[TextLine], text: str) -> list[Character]:
    """The characters of `text` where it stands on the page, whatever the reader takes for a line."""
    every = [character for character in characters(found) if character.text.strip()]
    at = "".join(character.text for character in every).index(folded(text))
    return every[at : at + len(folded(text))]


def drawings(data: bytes, page: int = 0) -> list[Any]:
    """Lines and rectangles of a page."""
    return pymupdf.open(stream=data, filetype="pdf")[page].get_drawings()


def dotted(data: bytes, number: int = 0) -> list[Any]:
    """(left, right, y) of each dotted line."""
    found: list[Any] = []
    for drawing in drawings(data, number):
        if drawing["dashes"] not in (None, "[] 0"):
            (line,) = drawing["items"]
            found.append((line[2].x, line[1].x, line[1].y))
    return found


# --- what is drawn


Point = tuple[int, int]


def drawn_points(data: bytes) -> list[list[Point]]:
    """For each TJ of the file, all outline points in the font's units from the line's start."""
    with pikepdf.open(BytesIO(data)) as document:
        return [font.points(shown) for font, shown in _shown(document)]


def drawn_glyphs(data: bytes) -> list[int]:
    """The index of each glyph shown, in the embedded font of its own."""
    with pikepdf.open(BytesIO(data)) as document:
        return [font.glyph(code) for font, shown in _shown(document) for code in codes_of(shown)]


def _shown(document: pikepdf.Pdf) -> Iterator[tuple["EmbeddedFont", Any]]:
    """Each TJ of the file with the font it is shown in."""
    for page in document.pages:
        fonts = {name: EmbeddedFont(font) for name, font in page.resources.Font.items()}
        font: EmbeddedFont | None = None
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                font = fonts[str(operands[0])]
            elif str(operator) == "TJ":
                assert font
                yield font, operands[0]


def codes_of(shown: Any) -> list[int]:
    """The character codes of a TJ array."""
    strings = [bytes(item) for item in shown if isinstance(item, pikepdf.String)]
    return [int.from_bytes(codes[at : at + 2], "big") for codes in strings for at in range(0, len(codes), 2)]


class EmbeddedFont:
    """A font as a PDF carries it, read with other tools than it was written with."""

    def __init__(self, font: Any) -> None:
        descendant = font.DescendantFonts[0]
        self.file = TTFont(BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()))
        self.glyph_map = descendant.CIDToGIDMap.read_bytes()
        start, widths = descendant.W
        self.widths = {int(start) + at: float(width) for at, width in enumerate(widths)}
        self.units = units_per_em(self.file)

    def glyph(self, code: int) -> int:
        return int.from_bytes(self.glyph_map[2 * code : 2 * code + 2], "big")

    def points(self, shown: Any) -> list[Point]:
        pen, found = 0.0, list[Point]()
        for item in shown:
            for code in codes_of([item]):
                found += outline_points(self.file, self.glyph(code), pen * self.units / 1000, 0)
                pen += self.widths[code]
            if not isinstance(item, pikepdf.String):
                pen -= float(item)
        return sorted(found)


def units_per_em(font: TTFont) -> int:
    head: Any = font["head"]
    return head.unitsPerEm


def outline_points(font: TTFont, gid: int, x: float, y: float) -> list[Point]:
    """All points of a glyph's outline, moved by (x, y) font units."""
    glyphs = font.getGlyphSet()
    recorded = DecomposingRecordingPen(glyphs)
    glyphs[font.getGlyphName(gid)].draw(TransformPen(recorded, (1, 0, 0, 1, x, y)))
    places = [point for _, points in recorded.value for point in points if point]
    return [(round(px), round(py)) for px, py in places]


# --- tables


class Band(NamedTuple):
    """A row of a table, or the part of it on one page: between two horizontal rules, its characters by column."""

    top: float
    bottom: float
    group: bool
    cells: list[list[Character]]
    """One for each column; a group row has one only."""
    ruled: set[int]
    """Columns that have a rule above it."""

    @property
    def texts(self) -> list[str]:
        return [text_of(cell) for cell in self.cells]

    @property
    def lines(self) -> int:
        """Lines of its longest cell."""
        return max(map(_count_lines, self.cells))

    def height_of(self, column: int) -> float:
        """Height of the lines in a cell, which is that of all its band if it is the longest one."""
        lines = _count_lines(self.cells[column])
        return (self.bottom - self.top) * lines / self.lines if lines else 0


def _count_lines(found: list[Character]) -> int:
    return len({round(character.y) for character in found})


class TablePage(NamedTuple):
    """A page with a table: what stands above its grid, in its head, in its rows, and below."""

    above: str
    head: list[str]
    top: float
    """The upper edge of what is read as `above`, or of the head."""
    edges: list[float]
    bands: list[Band]
    below: list[Character]


_HEAD_GREY, _GROUP_GREY = 0.93, 0.96


def table_pages(data: bytes) -> list[TablePage]:
    """The pages, from rules, shades and the places of the characters alone; each has one table at most."""
    return [_table_page(page) for page in pymupdf.open(stream=data, filetype="pdf")]


def text_of(found: list[Character]) -> str:
    return folded("".join(character.text for character in found))


class _Rules:
    """What is drawn of a table on a page: head boxes, group shades, rules."""

    def __init__(self, page: Any) -> None:
        self.boxes: list[Any] = []
        self.shades: list[Any] = []
        self.verticals: set[float] = set()
        self.horizontals: list[tuple[float, float, float]] = []
        for drawing in page.get_drawings():
            for item in drawing["items"] if drawing["dashes"] in (None, "[] 0") else ():
                self._add(item, (drawing["fill"] or [0])[0])

    def _add(self, item: Any, grey: float) -> None:
        if item[0] == "re":
            (self.boxes if abs(grey - _HEAD_GREY) < 0.01 else self.shades).append(item[1])
            self.verticals |= {item[1].x0, item[1].x1}
        elif abs(item[1].x - item[2].x) < 0.01:
            self.verticals.add(item[1].x)
        else:
            self.horizontals.append((item[1].y, item[1].x, item[2].x))

    @property
    def edges(self) -> list[float]:
        return _apart(self.verticals)

    @property
    def heights(self) -> list[float]:
        return _apart(y for y, _, _ in self.horizontals)

    def ruled(self, y: float) -> set[int]:
        """The columns that a rule at `y` runs over."""
        middles = [(left + right) / 2 for left, right in pairwise(self.edges)]
        return {
            at
            for at, middle in enumerate(middles)
            if any(
                abs(y - height) < 0.3 and left < middle < right for height, left, right in self.horizontals
            )
        }

    def is_group(self, y: float) -> bool:
        return any(shade.y0 < y < shade.y1 for shade in self.shades)


def _apart(values: Iterable[float]) -> list[float]:
    """The values in order, those that are one but for rounding once."""
    rising = sorted(values)
    return [value for before, value in pairwise([-9.0, *rising]) if value - before > 0.3]


def _table_page(page: Any) -> TablePage:
    rules = _Rules(page)
    found = [c for line in _page_lines(page) for c in line.characters if c.text.strip()]
    heights = rules.heights or [max((box.y1 for box in rules.boxes), default=0.0)]
    top = min([box.y0 for box in rules.boxes] + heights)
    head = [
        text_of([c for c in found if box.x0 < c.x < box.x1 and box.y0 < c.y < box.y1]) for box in rules.boxes
    ]
    bands = [_band(rules, upper, lower, found) for upper, lower in pairwise(heights)]
    above = [c for c in found if c.y < top]
    below = [c for c in found if c.y > heights[-1]]
    return TablePage(
        text_of(above), head, min([c.y - c.size for c in above] + [top]), rules.edges, bands, below
    )


def _band(rules: _Rules, upper: float, lower: float, found: list[Character]) -> Band:
    group = rules.is_group((upper + lower) / 2)
    edges = [rules.edges[0], rules.edges[-1]] if group else rules.edges
    cells: list[list[Character]] = [[] for _ in edges[1:]]
    for character in found:
        if upper < character.y < lower:
            column = sum(edge <= character.x + 0.2 for edge in edges) - 1
            assert 0 <= column < len(cells), f"{character} outside of the table"
            assert character.right <= edges[column + 1] + 0.3, f"{character} beyond {edges}"
            cells[column].append(character)
    return Band(upper, lower, group, cells, rules.ruled(upper))
