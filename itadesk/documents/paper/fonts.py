"""A TrueType face: its tables and measures, and text shaped with HarfBuzz."""

import re
import struct
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

_THAI = re.compile("[\u0e00-\u0e7f]")
_FEATURES = {"kern": True, "liga": True, "mark": True, "mkmk": True}


class FontError(Exception):
    """The file is no font that can be embedded."""


GARBAGE = (struct.error, IndexError, RecursionError)
"""What reading a font leads to whose tables are there but hold no sense."""


class Glyph(NamedTuple):
    """A glyph as HarfBuzz placed it, in font units."""

    gid: int
    advance: int
    dx: int
    dy: int


class Cluster(NamedTuple):
    """The smallest piece of text that has its own glyphs: a consonant with its vowels and marks."""

    text: str
    glyphs: tuple[Glyph, ...]

    @property
    def missing(self) -> bool:
        """Does the face lack a character of it?"""
        return any(not glyph.gid for glyph in self.glyphs)


class Face:
    """One font file. Immutable, so every document of the process shares it. Lengths are font units."""

    def __init__(self, path: Path) -> None:
        """Raise FontError for what is no TrueType font, OSError for what cannot be read."""
        self.path = path
        self._hb = hb.Face(hb.Blob(path.read_bytes()))
        self.font = hb.Font(self._hb)
        if missing := [
            tag for tag in ("glyf", "loca", "hmtx", "head", "hhea", "maxp") if not self.table(tag)
        ]:
            raise FontError(f"{path.name}: no table {', '.join(missing)}")
        self.units = self._hb.upem
        self.glyph_count = self._hb.glyph_count
        self.ascent, self.descent = struct.unpack(">2h", self.table("hhea")[4:8])
        self.box: tuple[int, ...] = struct.unpack(">4h", self.table("head")[36:44])

    def table(self, tag: str) -> bytes:
        """The table's bytes, empty when the font has none."""
        return self._hb.reference_table(tag).data

    @cached_property
    def name(self) -> str:
        """The PostScript name, fit for a PDF name."""
        given = self._hb.get_name(6) or self.path.stem
        return (
            "".join(letter for letter in given if (letter.isascii() and letter.isalnum()) or letter in "-_")
            or "Font"
        )

    @cached_property
    def italic_angle(self) -> float:
        post = self.table("post")
        return struct.unpack(">l", post[4:8])[0] / 65536 if len(post) >= 8 else 0.0

    @cached_property
    def weight(self) -> int:
        os2 = self.table("OS/2")
        return struct.unpack(">H", os2[4:6])[0] if len(os2) >= 6 else 400

    @cached_property
    def advances(self) -> tuple[int, ...]:
        """Advance width of each glyph as `hmtx` has it."""
        (full,) = struct.unpack(">H", self.table("hhea")[34:36])
        pairs = struct.unpack(f">{2 * full}H", self.table("hmtx")[: 4 * full])
        return pairs[::2] + (pairs[-2],) * (self.glyph_count - full)

    @cached_property
    def _glyf(self) -> bytes:
        return self.table("glyf")

    @cached_property
    def _offsets(self) -> tuple[int, ...]:
        count = self.glyph_count + 1
        loca = self.table("loca")
        if struct.unpack(">h", self.table("head")[50:52])[0]:
            return struct.unpack(f">{count}L", loca[: 4 * count])
        return tuple(2 * half for half in struct.unpack(f">{count}H", loca[: 2 * count]))

    def outline(self, gid: int) -> bytes:
        """The glyph's data in `glyf`, empty for a blank."""
        return self._glyf[self._offsets[gid] : self._offsets[gid + 1]]

    def covers(self, text: str) -> bool:
        """Has the face a glyph for each character?"""
        return all(self.font.get_nominal_glyph(ord(letter)) for letter in text)

    def shape(self, text: str) -> list[Cluster]:
        """`text`, on one line and from left to right, as clusters in reading order."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction = "ltr"
        buffer.script = "Thai" if _THAI.search(text) else "Latn"
        buffer.language = "th"
        hb.shape(self.font, buffer, _FEATURES)
        glyphs = [
            Glyph(info.codepoint, place.x_advance, place.x_offset, place.y_offset)
            for info, place in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True)
        ]
        return _grouped(text, [info.cluster for info in buffer.glyph_infos], glyphs)


def _grouped(text: str, starts: list[int], glyphs: list[Glyph]) -> list[Cluster]:
    """Glyphs gathered by the text position their cluster starts at."""
    edges = [at for at, start in enumerate(starts) if not at or start != starts[at - 1]] + [len(starts)]
    found: list[Cluster] = []
    for first, after in pairwise(edges):
        end = starts[after] if after < len(starts) else len(text)
        found.append(Cluster(text[starts[first] : end], tuple(glyphs[first:after])))
    return found


@lru_cache(maxsize=32)
def face(path: Path, changed: int) -> Face:
    """The face of a font file; `changed` (its st_mtime_ns) makes a replaced file a new one."""
    try:
        return Face(path)
    except GARBAGE as problem:
        raise FontError(path.name) from problem


def load(path: Path) -> Face:
    """The face of a font file, read once. Raise FontError or OSError when it cannot be used."""
    return face(path, path.stat().st_mtime_ns)
