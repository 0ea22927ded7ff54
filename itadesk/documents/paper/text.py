"""Text set in lines: words shaped once, lines filled greedily, and the operators that draw a line.

Widths and positions are points, sizes nominal official points; the document's fonts are scaled to them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from itadesk.documents.paper import segment
from itadesk.documents.paper.embed import DocumentFont, Piece, spread
from itadesk.documents.paper.families import Family, fallbacks
from itadesk.documents.paper.fonts import Face
from itadesk.documents.tree import Run

LEADING = 1.15
"""Line height over nominal size: single spacing of the official fonts."""

_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\ud800-\udfff\ufffe\uffff\ufeff]")
_HYPHEN_LAST = re.compile("[^\\s-]- *$")
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

_WORTH_BREAKING = 0.5
"""A compound is broken at a spare place rather than leave more than this share of a line empty."""
_BLANK_STRETCH = 0.16
_GAP_STRETCH = 0.08
"""How far a full line stretches, in em: first its blanks, then between clusters; beyond that it stays ragged."""
_LONG_WORD = 12
"""Letters from which a word is worth being looked into for places to break it."""
_KEPT_LINES = 4096
_KEPT_WORDS = 65536


class Line(NamedTuple):
    """One line of text. `width`: natural, without blanks at the end; `last`: of its paragraph."""

    pieces: tuple[Piece, ...]
    width: float
    last: bool


class Natural(NamedTuple):
    """Widths of a text: of its longest word, of the longest piece that no line should tear, of each paragraph."""

    word: float
    piece: float
    paragraphs: list[float]


@dataclass(frozen=True, slots=True)
class _Word:
    """What stays together on a line, in thousandths of the size."""

    runs: tuple[Run, ...]
    pieces: tuple[Piece, ...]
    width: float
    trimmed: float


class Typesetter:
    """The fonts of one document and the text set in them."""

    def __init__(self, family: Family) -> None:
        self._family = family
        self.fonts: list[DocumentFont] = []
        self._styles: dict[tuple[bool, bool], DocumentFont] = {}
        self._words: dict[tuple[str, bool, bool], _Word] = {}
        self._lines: dict[tuple[tuple[Run, ...], float, float, float], list[Line]] = {}
        regular = family.face()
        self._ascent = family.scale * regular.ascent / regular.units
        self._descent = family.scale * regular.descent / regular.units

    def baseline(self, size: float, leading: float | None = None) -> float:
        """From the top of a line of this size down to its baseline."""
        height = leading or size * LEADING
        return (height - (self._ascent - self._descent) * size) / 2 + self._ascent * size

    def lines(self, runs: tuple[Run, ...], size: float, width: float, first: float = 0) -> list[Line]:
        """The text in lines of at most `width`, the first of each paragraph indented by `first`; at least one line."""
        key = (runs, size, width, first)
        known = self._lines.get(key)
        if known is None:
            if len(self._lines) >= _KEPT_LINES:
                self._lines.clear()
            known = self._lines[key] = self._set(runs, size, width, first)
        return known

    def line(self, text: str, size: float, *, bold: bool = False) -> Line:
        """A short text on one line, however long."""
        words = [word for paragraph in _paragraphs((Run(text, bold),)) for word in self._split(paragraph)]
        pieces = tuple(piece for word in words for piece in word.pieces)
        return Line(pieces, _width(words) * size / 1000, True)

    def natural(self, runs: tuple[Run, ...], size: float) -> Natural:
        """How wide the text is where nothing makes it narrower."""
        paragraphs = [self._split(paragraph) for paragraph in _paragraphs(runs)]
        words = [word for paragraph in paragraphs for word in paragraph]
        em = size / 1000
        return Natural(
            max((word.trimmed for word in words), default=0) * em,
            self._longest_piece(words) * em,
            [_width(paragraph) * em for paragraph in paragraphs],
        )

    def draw(self, line: Line, size: float, x: float, y: float, extra: float = 0) -> str:
        """Operators that show the line from (x, y) on its baseline, stretched by `extra` points the Thai way."""
        out = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        gap, blank = _stretch(line, extra, size) if extra > 0 else (0, 0)
        font, codes = None, list[str]()
        stretched, last = bool(gap or blank), len(line.pieces) - 1
        for at, piece in enumerate(line.pieces):
            if piece.font is not font:
                out += _shown(codes)
                font, codes = piece.font, []
                out.append(f"/{font.name} {size:.2f} Tf")
            # Most pieces stand as they are; asking for each would cost a tenth of a long report.
            codes.append(
                _coded(piece, gap, blank, last=at == last) if stretched or at == last else piece.code
            )
        return " ".join([*out, *_shown(codes), "ET"])

    # --- words

    def _set(self, runs: tuple[Run, ...], size: float, width: float, first: float) -> list[Line]:
        em = size / 1000
        lines: list[Line] = []
        for paragraph in _paragraphs(runs):
            lines += self._fill(self._split(paragraph), width / em, (width - first) / em, em)
        return lines

    def _fill(self, words: list[_Word], width: float, room: float, em: float) -> list[Line]:
        """Lines of one paragraph, each as full as it gets; `room`: the width of the first."""
        lines: list[Line] = []
        placed: list[_Word] = []
        x, waiting = 0.0, words[::-1]
        while waiting:
            word = waiting.pop()
            if x + word.trimmed <= room + 1e-6:
                placed.append(word)
                x += word.width
                continue
            if parts := self._broken(word, width if placed else room, room - x):
                waiting += parts[::-1]
                continue
            waiting += [word] if placed else []
            lines.append(_line(placed or [word], em, last=not waiting))
            placed, x, room = [], 0.0, width
        if placed or not lines:
            lines.append(_line(placed, em, last=True))
        return lines

    def _broken(self, word: _Word, width: float, hole: float) -> list[_Word]:
        """A word that does not fit, in parts: at spare places, before hyphens or any cluster; [] leaves it whole."""
        too_wide = word.trimmed > width
        if not too_wide and hole < _WORTH_BREAKING * width:
            return []
        text = "".join(run.text for run in word.runs)
        breaks = segment.breaks(text)
        parts = segment.cut(text, breaks.spare)
        if too_wide and len(parts) == 1:
            parts = segment.cut(text, breaks.hyphens)
        if too_wide and len(parts) == 1:
            parts = segment.clusters(text)
        return self._runs_cut(word.runs, parts) if len(parts) > 1 else []

    def _longest_piece(self, words: Iterable[_Word]) -> float:
        longest = 0.0
        for word in words:
            if word.trimmed > longest:
                longest = max(longest, *(part.trimmed for part in self._untorn(word)))
        return longest

    def _untorn(self, word: _Word) -> list[_Word]:
        """The parts of a compound or an address; a date or a number with its unit stays whole."""
        text = "".join(run.text for run in word.runs)
        if len(text) < _LONG_WORD or " " in text.rstrip():
            return [word]
        return self._runs_cut(word.runs, segment.cut(text, segment.breaks(text).spare))

    def _split(self, runs: tuple[Run, ...]) -> list[_Word]:
        """The words of one paragraph."""
        if len(runs) == 1:
            run = runs[0]
            return [self._word(piece, run) for piece in segment.words(run.text)]
        return self._runs_cut(runs, segment.words("".join(run.text for run in runs)))

    def _runs_cut(self, runs: tuple[Run, ...], texts: Iterable[str]) -> list[_Word]:
        """The same text in words `texts`, each keeping its share of the runs' styles."""
        if len(runs) == 1:
            return [self._word(text, runs[0]) for text in texts]
        words: list[_Word] = []
        at = offset = 0
        for text in texts:
            share: list[_Word] = []
            need = len(text)
            while need:
                taken = runs[at].text[offset : offset + need]
                share.append(self._word(taken, runs[at]))
                need -= len(taken)
                offset += len(taken)
                if offset == len(runs[at].text):
                    at, offset = at + 1, 0
            words.append(_joined(share))
        return words

    def _word(self, text: str, style: Run) -> _Word:
        key = (text, style.bold, style.italic)
        known = self._words.get(key)
        if known is None:
            if len(self._words) >= _KEPT_WORDS:
                self._words.clear()
            known = self._words[key] = self._shaped(text, style)
        return known

    def _shaped(self, text: str, style: Run) -> _Word:
        piece = self._font(style.bold, style.italic).piece(text)
        pieces = self._with_fallbacks(piece.font, text) if piece.missing else (piece,)
        width = sum(piece.width for piece in pieces)
        trimmed = width - pieces[-1].width + pieces[-1].trimmed
        return _Word((Run(text, style.bold, style.italic),), pieces, width, trimmed)

    # --- fonts

    def _font(self, bold: bool, italic: bool) -> DocumentFont:
        known = self._styles.get((bold, italic))
        if known is None:
            known = self._styles[bold, italic] = self._open(
                self._family.face(bold=bold, italic=italic), self._family.scale
            )
        return known

    def _open(self, face: Face, scale: float) -> DocumentFont:
        """The document's font of a face, one for styles that share a file."""
        for font in self.fonts:
            if font.face is face:
                return font
        self.fonts.append(DocumentFont(face, f"F{len(self.fonts) + 1}", scale))
        return self.fonts[-1]

    def _with_fallbacks(self, font: DocumentFont, text: str) -> tuple[Piece, ...]:
        """`text` in pieces of the fonts that have its clusters; what no font has stays a box of `font`."""
        stretches: list[tuple[DocumentFont, str]] = []
        for cluster in font.face.shape(text):
            use = self._fallback(cluster.text) or font if cluster.missing else font
            if stretches and stretches[-1][0] is use:
                stretches[-1] = (use, stretches[-1][1] + cluster.text)
            else:
                stretches.append((use, cluster.text))
        return tuple(use.piece(stretch) for use, stretch in stretches)

    def _fallback(self, text: str) -> DocumentFont | None:
        for face, scale in self._spare_faces:
            if face.covers(text):
                return self._open(face, scale)
        return None

    @cached_property
    def _spare_faces(self) -> list[tuple[Face, float]]:
        return list(fallbacks())


def clean(text: str) -> str:
    """`text` without what cannot be printed: control characters, soft hyphens, half characters; tabs as blanks."""
    return _UNPRINTABLE.sub("", _NEWLINES.sub("\n", text).replace("\t", " "))


def one_line(text: str) -> str:
    """`text` cleaned, without line breaks: for titles."""
    return " ".join(clean(text).split("\n"))


def _paragraphs(runs: tuple[Run, ...]) -> list[tuple[Run, ...]]:
    """The runs of each paragraph, texts cleaned; a line break ends a paragraph.

    A hyphen at the very end is followed by a no-break space: readers would drop it as one of hyphenation (PDFium).
    """
    paragraphs: list[list[Run]] = [[]]
    for run in runs:
        first, *more = clean(run.text).split("\n")
        paragraphs[-1].append(Run(first, run.bold, run.italic))
        paragraphs += [[Run(text, run.bold, run.italic)] for text in more]
    for paragraph in paragraphs:
        if _HYPHEN_LAST.search("".join(run.text for run in paragraph)):
            paragraph.append(Run("\u00a0", paragraph[-1].bold, paragraph[-1].italic))
    return [tuple(run for run in paragraph if run.text) for paragraph in paragraphs]


def _width(words: Sequence[_Word]) -> float:
    """Width of the words on one line, blanks at the end not counted."""
    return sum(word.width for word in words[:-1]) + words[-1].trimmed if words else 0


def _line(words: list[_Word], em: float, *, last: bool) -> Line:
    return Line(tuple(piece for word in words for piece in word.pieces), _width(words) * em, last)


def _joined(words: list[_Word]) -> _Word:
    runs = tuple(run for word in words for run in word.runs)
    pieces = tuple(piece for word in words for piece in word.pieces)
    return _Word(runs, pieces, sum(word.width for word in words), _width(words))


def _stretch(line: Line, extra: float, size: float) -> tuple[float, float]:
    """(after each cluster, more after each blank) in thousandths, so that the line grows by `extra` points."""
    tail = line.pieces[-1].tail if line.pieces else 0
    blanks = sum(piece.blanks for piece in line.pieces) - tail
    gaps = sum(len(piece.clusters) for piece in line.pieces) - tail - 1
    from_blanks = min(extra, blanks * _BLANK_STRETCH * size)
    gap = (extra - from_blanks) / gaps if gaps > 0 else 0
    if gaps <= 0 or gap > _GAP_STRETCH * size:
        return 0, 0
    return gap * 1000 / size, from_blanks / blanks * 1000 / size if blanks else 0


def _coded(piece: Piece, gap: float, blank: float, *, last: bool) -> str:
    """The piece as the inside of a TJ array; at the end of a line with one blank at most, which takes no stretch."""
    if not gap and not blank and not (last and piece.tail > 1):
        return piece.code
    space = piece.font.space
    if not last:
        return spread(piece.clusters, gap, blank, space)
    shown = piece.clusters[: len(piece.clusters) - piece.tail]
    return spread(shown, gap, blank, space) + (f"<{space}>" if piece.tail else "")


def _shown(codes: list[str]) -> list[str]:
    return ["[" + "".join(codes).replace("><", "") + "] TJ"] if codes else []
