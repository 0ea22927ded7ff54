"""A face as one document uses it: every cluster gets character codes of its own, so that copied text is exact.

Readers rebuild text from the codes on the page, through the font's ToUnicode table. HarfBuzz reorders, substitutes and
moves glyphs, so glyph codes would give back nonsense. Here a cluster becomes up to three codes instead, each with its
own text: the base letter, carrying the whole advance; all its marks as one composite glyph without advance, offsets
baked in; and SARA AA drawn for SARA AM. No reader needs ActualText, text rise or moves inside a cluster. Base and marks
are apart because pdf.js takes every glyph whose text holds a combining mark for one without width.
"""

import re
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from reportlab.pdfbase import pdfdoc

from itadesk.documents.paper.families import unusable
from itadesk.documents.paper.fonts import GARBAGE, Cluster, Face, Glyph
from itadesk.documents.paper.truetype import BOX, Drawing, Part, box_advance, build

_SARA_AM = "ำ"
_OVERLOADED = re.compile("(?<=[ัิ-ฺ็-๎\u0300-\u036f]{12})(?=[ัิ-ฺ็-๎\u0300-\u036f])")
"""Where a letter has more marks than can be stacked: the rest is set as if on no letter."""
_MARKS = frozenset(
    chr(code)
    for low, high in ((0xE31, 0xE31), (0xE34, 0xE3A), (0xE47, 0xE4E), (0x300, 0x36F))
    for code in range(low, high + 1)
)


class Coded(NamedTuple):
    """A cluster as character codes; widths in thousandths of the type size."""

    codes: str
    """Hexadecimal, with moves of the pen between them if need be."""
    kerning: float
    """What the pen moves after them."""
    width: float
    """The whole advance."""
    missing: bool = False
    """Is it drawn as a box, because the face lacks a character of it?"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of shaped text in one font. Widths are thousandths of the type size."""

    font: "DocumentFont"
    width: float
    trimmed: float
    """The width without the blanks at the end."""
    clusters: tuple[Coded, ...]
    code: str
    """The whole piece as the inside of a TJ array."""
    blanks: int
    tail: int
    """How many of the last clusters are blanks."""
    missing: bool


class DocumentFont:
    """Character codes given out to one face in one document, in order of first use."""

    def __init__(self, face: Face, name: str, scale: float) -> None:
        """`name`: the font's resource name, without the slash; `scale`: that of its family.

        The scale goes into the embedded font itself, as its units per em: text of nominal 16 points has 16 points in
        the file, too, and readers that group lines by type size and line height see lines of one paragraph.
        """
        self.face = face
        self.name = name
        self._units = round(face.units / scale)
        self._unit = 1000 / self._units  # a font unit in thousandths of the type size
        self._codes: dict[tuple[Drawing, str], int] = {}
        self._coded: dict[Cluster, Coded] = {}
        self._code(Drawing((), 0), "")  # code 0 is never shown
        self.space = self.piece(" ").code.strip("<>")

    def piece(self, text: str) -> Piece:
        """`text`, on one line, shaped; characters the face lacks become boxes. UserError for a damaged font."""
        found = [cluster for stretch in _OVERLOADED.split(text) for cluster in self.face.shape(stretch)]
        try:
            coded = tuple(self._coded.get(cluster) or self._cluster(cluster) for cluster in found)
        except GARBAGE as problem:
            raise unusable(self.face.name, self.face.path) from problem
        tail = len(text) - len(text.rstrip(" "))
        width = sum(cluster.width for cluster in coded)
        return Piece(
            font=self,
            width=width,
            trimmed=width - sum(cluster.width for cluster in coded[len(coded) - tail :]),
            clusters=coded,
            code=spread(coded),
            blanks=text.count(" "),
            tail=tail,
            missing=any(cluster.missing for cluster in coded),
        )

    def _cluster(self, cluster: Cluster) -> Coded:
        """Give codes to a cluster that is new to the document."""
        text, glyphs = cluster
        width = sum(glyph.advance for glyph in glyphs) * self._unit
        if cluster.missing:
            box = box_advance(self.face)
            coded = Coded(self._hex(Drawing((Part(BOX),), box), text), 0, box * self._unit, missing=True)
        elif len(text) > 1 and (text[-1] == _SARA_AM or any(letter in _MARKS for letter in text[1:])):
            coded = Coded(*self._stack(cluster), width)
        else:
            nominal = sum(self.face.advances[glyph.gid] for glyph in glyphs)
            codes = self._hex(Drawing(tuple(_lined_up(glyphs)), nominal), text)
            coded = Coded(codes, width - nominal * self._unit, width)
        self._coded[cluster] = coded
        return coded

    def _stack(self, cluster: Cluster) -> tuple[str, float]:
        """Codes for a base letter, its marks, and perhaps SARA AA for SARA AM; and the kerning after them."""
        text, (base, *above) = cluster
        nominal = self.face.advances[base.gid]
        tail = above.pop() if text[-1] == _SARA_AM and above and above[-1].advance else None
        marks = _lined_up(above, base.advance)
        marks_text = text[1:-1] if tail else text[1:]
        letter = [Part(base.gid, base.dx, base.dy)]
        if marks_text:
            back = tuple(Part(gid, dx - nominal, dy) for gid, dx, dy in marks)
            codes = self._hex(Drawing(tuple(letter), nominal), text[0])
            codes += self._hex(Drawing(back, 0), marks_text)
        else:  # the NIKHAHIT of SARA AM has no text of its own: it is part of the base
            codes = self._hex(Drawing(tuple(letter + marks), nominal), text[0])
        moved = base.advance + sum(glyph.advance for glyph in above) - nominal
        if not tail:
            return codes, moved * self._unit
        width = self.face.advances[tail.gid]
        codes += _moved(moved * self._unit)
        codes += self._hex(Drawing((Part(tail.gid, tail.dx, tail.dy),), width), _SARA_AM)
        return codes, (tail.advance - width) * self._unit

    def _hex(self, drawing: Drawing, text: str) -> str:
        return f"{self._code(drawing, text):04X}"

    def _code(self, drawing: Drawing, text: str) -> int:
        """The code that draws this and reads as `text`."""
        return self._codes.setdefault((drawing, text), len(self._codes))

    # --- the PDF side

    def reference(self, document: pdfdoc.PDFDocument) -> pdfdoc.PDFObjectReference:
        """Write the font's objects into the document; the reference to its font dictionary.

        UserError for a font whose glyphs are damaged.
        """
        try:
            font_file, glyphs = build(self.face, self._units, (drawing for drawing, _ in self._codes))
        except GARBAGE as problem:
            raise unusable(self.face.name, self.face.path) from problem
        to_unicode = self._to_unicode()
        document.updateSignature(to_unicode)
        name = pdfdoc.PDFName(f"{_tag(font_file)}+{self.face.name}")
        descendant = self._descendant(name)
        descendant["FontDescriptor"] = document.Reference(self._descriptor(document, name, font_file))
        descendant["CIDToGIDMap"] = document.Reference(stream(struct.pack(f">{len(glyphs)}H", *glyphs)))
        font = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
            "ToUnicode": document.Reference(stream(to_unicode)),
        }
        return document.Reference(pdfdoc.PDFDictionary(font))

    def _descendant(self, name: str) -> pdfdoc.PDFDictionary:
        adobe, identity = pdfdoc.PDFString("Adobe"), pdfdoc.PDFString("Identity")
        widths = [self._thousandths(drawing.advance) for drawing, _ in self._codes]
        return pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": name,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {"Registry": adobe, "Ordering": identity, "Supplement": 0}
                ),
                "DW": 0,
                "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(widths)]),
            }
        )

    def _descriptor(self, document: pdfdoc.PDFDocument, name: str, font_file: bytes) -> pdfdoc.PDFDictionary:
        face = self.face
        program = stream(font_file)
        program.dictionary["Length1"] = len(font_file)
        italic = 64 if face.italic_angle else 0
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": name,
                "Flags": 4 | italic,  # 4: symbolic, as every font with codes of its own
                "FontBBox": pdfdoc.PDFArray([self._thousandths(edge) for edge in face.box]),
                "ItalicAngle": face.italic_angle,
                "Ascent": self._thousandths(face.ascent),
                "Descent": self._thousandths(face.descent),
                "CapHeight": self._thousandths(face.ascent),
                "StemV": 50 + int((face.weight / 65) ** 2),
                "FontFile2": document.Reference(program),
            }
        )

    def _thousandths(self, units: int) -> float:
        scaled = round(units * self._unit, 2)
        return int(scaled) if scaled == int(scaled) else scaled

    def _to_unicode(self) -> bytes:
        lines = [_CMAP_HEAD]
        texts = list(enumerate(text for _, text in self._codes))[1:]
        for _, hundred in groupby(texts, key=lambda pair: pair[0] // 100):
            block = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in hundred]
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        return "\n".join([*lines, _CMAP_FOOT]).encode("ascii")


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange"""
_CMAP_FOOT = """endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def spread(clusters: Iterable[Coded], gap: float = 0, blank: float = 0, space: str = "") -> str:
    """The inside of a TJ array: `gap` thousandths after each cluster, `blank` more after each one coded `space`."""
    codes = [
        cluster.codes + _moved(cluster.kerning + gap + (blank if cluster.codes == space else 0))
        for cluster in clusters
    ]
    return f"<{''.join(codes)}>".replace("<>", "")


def _lined_up(glyphs: Iterable[Glyph], pen: int = 0) -> list[Part]:
    """Where glyphs stand that are set one after the other from `pen` on."""
    parts: list[Part] = []
    for gid, advance, dx, dy in glyphs:
        parts.append(Part(gid, pen + dx, dy))
        pen += advance
    return parts


def _moved(right: float) -> str:
    """Within a string of codes: move the pen, in thousandths of the type size."""
    if not right:
        return ""
    amount = f"{-right:.1f}".removesuffix(".0")
    return "" if amount in {"0", "-0"} else f">{amount}<"


def stream(content: bytes) -> pdfdoc.PDFStream:
    """A compressed stream."""
    packed = pdfdoc.PDFStream(content=zlib.compress(content))
    packed.dictionary["Filter"] = "/FlateDecode"
    return packed


def _tag(font_file: bytes) -> str:
    """The six letters before the name of a subset font, drawn from its content."""
    digest = zlib.crc32(font_file)
    return "".join(chr(ord("A") + (digest >> 4 * at) % 26) for at in range(6))
