"""Build the small TrueType font that goes into a PDF: the glyphs used, plus composites with the marks in place."""

import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from itadesk.documents.paper.fonts import Face

BOX = -1
"""Stands for a glyph of our own: the box drawn for a character that no font has."""


class Part(NamedTuple):
    """A glyph of the face (or BOX), moved by (dx, dy) font units."""

    gid: int
    dx: int = 0
    dy: int = 0


class Drawing(NamedTuple):
    """What one character code draws, and how far it moves the pen, in font units."""

    parts: tuple[Part, ...]
    advance: int


def build(face: Face, units: int, drawings: Iterable[Drawing]) -> tuple[bytes, list[int]]:
    """A font file of `units` per em, and for each drawing the index of its glyph; glyph 0 is the face's .notdef."""
    subset = _Subset(face)
    indices = [subset.add(drawing) for drawing in drawings]
    return subset.file(units), indices


def box_advance(face: Face) -> int:
    return round(0.6 * face.units)


_WORDS, _XY, _MORE, _INSTRUCTIONS, _UNSCALED = 0x1, 0x2, 0x20, 0x100, 0x1000
_SCALE, _SCALE_XY, _MATRIX = 0x8, 0x40, 0x80


class _Subset:
    """Glyphs in the order they were first needed."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._data: list[bytes] = []
        self._metrics: list[tuple[int, int]] = []
        self._index: dict[Part | Drawing | int, int] = {}
        self._glyph(0)

    def add(self, drawing: Drawing) -> int:
        known = self._index.get(drawing)
        if known is None:
            known = self._index[drawing] = self._draw(drawing)
        return known

    def _draw(self, drawing: Drawing) -> int:
        parts = [part for part in drawing.parts if self._outline(part.gid)]
        if not parts:
            return self._append(b"", drawing.advance)
        only = parts[0]
        if len(parts) == 1 and not only.dx and not only.dy and self._advance(only.gid) == drawing.advance:
            return self._glyph(only.gid)
        return self._append(self._composite(parts), drawing.advance)

    def _composite(self, parts: list[Part]) -> bytes:
        boxes: list[tuple[int, int, int, int]] = []
        body = b""
        for left, (gid, dx, dy) in zip(range(len(parts) - 1, -1, -1), parts, strict=True):
            x0, y0, x1, y1 = struct.unpack(">4h", self._outline(gid)[2:10])
            boxes.append((x0 + dx, y0 + dy, x1 + dx, y1 + dy))
            flags = _WORDS | _XY | _UNSCALED | (_MORE if left else 0)
            body += struct.pack(">HHhh", flags, self._glyph(gid), dx, dy)
        x0, y0, x1, y1 = zip(*boxes, strict=True)
        return struct.pack(">5h", -1, min(x0), min(y0), max(x1), max(y1)) + body

    def _glyph(self, gid: int) -> int:
        """The index of a glyph of the face, taken over with its components."""
        known = self._index.get(gid)
        if known is None:
            known = self._index[gid] = self._append(self._outline(gid), self._advance(gid))
            self._data[known] = self._renumbered(self._data[known])
        return known

    def _renumbered(self, data: bytes) -> bytes:
        if not data or data[0] < 0x80:
            return data
        new = bytearray(data)
        for at, component in _components(data):
            struct.pack_into(">H", new, at, self._glyph(component))
        return bytes(new)

    def _append(self, data: bytes, advance: int) -> int:
        left = struct.unpack(">h", data[2:4])[0] if data else 0
        self._data.append(data)
        self._metrics.append((advance, left))
        return len(self._data) - 1

    def _outline(self, gid: int) -> bytes:
        return _box(self._face.units) if gid == BOX else _unhinted(self._face.outline(gid))

    def _advance(self, gid: int) -> int:
        return box_advance(self._face) if gid == BOX else self._face.advances[gid]

    def file(self, units: int) -> bytes:
        offsets, glyphs = [0], bytearray()
        for data in self._data:
            glyphs += data + bytes(-len(data) % 4)
            offsets.append(len(glyphs))
        count = len(self._data)
        return _sfnt(
            {
                "glyf": bytes(glyphs) or bytes(4),
                "loca": struct.pack(f">{count + 1}L", *offsets),
                "hmtx": b"".join(struct.pack(">Hh", *metric) for metric in self._metrics),
                "head": _patched(self._face.table("head"), {8: 0, 10: 0, 18: units, 50: 1}),
                "hhea": _patched(self._face.table("hhea"), {34: count}),
                "maxp": _patched(self._face.table("maxp"), {4: count} | _MAXIMA),
            }
        )


_MAXIMA = {10: 2000, 12: 200, 14: 1, 16: 0, 18: 0, 20: 0, 22: 0, 24: 0, 26: 0, 28: 16, 30: 4}
"""`maxp` offsets: room for composite points and contours, no instructions, 16 components, 4 levels deep."""


def _patched(table: bytes, values: dict[int, int]) -> bytes:
    """A copy of `table` with the 16-bit numbers at these offsets replaced."""
    new = bytearray(table)
    for at, value in values.items():
        struct.pack_into(">H", new, at, value)
    return bytes(new)


def _components(data: bytes) -> Iterator[tuple[int, int]]:
    """(offset of its glyph number, glyph number) of each component of a composite glyph."""
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, gid = struct.unpack(">HH", data[at : at + 4])
        yield at + 2, gid
        at += 4 + _argument_size(flags)


def _argument_size(flags: int) -> int:
    scale = 2 if flags & _SCALE else 4 if flags & _SCALE_XY else 8 if flags & _MATRIX else 0
    return (4 if flags & _WORDS else 2) + scale


def _unhinted(data: bytes) -> bytes:
    """Glyph data without its instructions: at print resolution hints are weight without use."""
    if len(data) < 10:
        return b""
    (contours,) = struct.unpack(">h", data[:2])
    if contours >= 0:
        at = 10 + 2 * contours
        (length,) = struct.unpack(">H", data[at : at + 2])
        return data[:at] + bytes(2) + data[at + 2 + length :]
    new, end = bytearray(data), 10
    for at, _ in _components(data):
        (flags,) = struct.unpack(">H", data[at - 2 : at])
        struct.pack_into(">H", new, at - 2, flags & ~_INSTRUCTIONS)
        end = at + 2 + _argument_size(flags)
    return bytes(new[:end])


def _box(units: int) -> bytes:
    """A hollow square on the baseline, as two contours of straight lines."""
    low, high, line = 0, round(0.5 * units), round(0.04 * units)
    left = round(0.05 * units)
    outer = [(left, low), (left, high), (left + high, high), (left + high, low)]
    inner = [(left + line, low + line), (left + high - line, low + line)]
    inner += [(left + high - line, high - line), (left + line, high - line)]
    points = outer + inner
    steps = [(x - px, y - py) for (x, y), (px, py) in zip(points, [(0, 0), *points], strict=False)]
    return (
        struct.pack(">5h", 2, left, low, left + high, high)
        + struct.pack(">HHH", 3, 7, 0)
        + bytes([1] * len(points))
        + b"".join(struct.pack(">h", dx) for dx, _ in steps)
        + b"".join(struct.pack(">h", dy) for _, dy in steps)
    )


def _sfnt(tables: dict[str, bytes]) -> bytes:
    """A TrueType file of these tables, checksums set."""
    count = len(tables)
    power = 1 << count.bit_length() - 1
    directory = struct.pack(
        ">LHHHH", 0x10000, count, 16 * power, power.bit_length() - 1, 16 * (count - power)
    )
    body, start, head = b"", 12 + 16 * count, 0
    for tag in sorted(tables):
        padded = tables[tag] + bytes(-len(tables[tag]) % 4)
        if tag == "head":
            head = start + len(body)
        directory += struct.pack(">4sLLL", tag.encode(), _sum(padded), start + len(body), len(tables[tag]))
        body += padded
    file = bytearray(directory + body)
    struct.pack_into(">L", file, head + 8, (0xB1B0AFBA - _sum(file)) & 0xFFFFFFFF)
    return bytes(file)


def _sum(data: bytes | bytearray) -> int:
    return sum(struct.unpack(f">{len(data) // 4}L", data)) & 0xFFFFFFFF
