"""Read a PDF back as other programs do: their text, where each character stands, and what is really drawn."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
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


def drawings(data: bytes, page: int = 0) -> list[Any]:
    """Lines and rectangles of a page."""
    return pymupdf.open(stream=data, filetype="pdf")[page].get_drawings()


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
