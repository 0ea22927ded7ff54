"""The bundled font as the screen needs it: with room for Thai marks in its line height.

Sarabun's vertical metrics leave out tone marks over vowels and vowels under letters (ที่, ผู้), so a label just as high
as a line would cut them off; on Windows Qt takes other metrics of it, half as high again. Both get the same room here,
in memory only: the file stays as its makers published it, and paper uses that.
"""

import struct
from pathlib import Path

ASCENT, DESCENT = 1215, 353
"""Of 1000: what letters with a vowel and a tone mark above, or a vowel below, reach."""

_ENTRY = struct.Struct(">4sLLL")
_ENTRIES = 12
_CHECKSUM_ADJUSTMENT = 8


def roomy(path: Path) -> bytes:
    """The TrueType font at `path` with ASCENT and DESCENT as its metrics everywhere."""
    font = bytearray(path.read_bytes())
    (count,) = struct.unpack_from(">H", font, 4)
    entries = {}
    for at in range(_ENTRIES, _ENTRIES + count * _ENTRY.size, _ENTRY.size):
        tag, _sum, offset, length = _ENTRY.unpack_from(font, at)
        entries[tag] = at, offset, length
    struct.pack_into(">hhh", font, entries[b"hhea"][1] + 4, ASCENT, -DESCENT, 0)
    struct.pack_into(">hhhHH", font, entries[b"OS/2"][1] + 68, ASCENT, -DESCENT, 0, ASCENT, DESCENT)
    head = entries[b"head"][1] + _CHECKSUM_ADJUSTMENT
    struct.pack_into(">L", font, head, 0)
    for tag in (b"hhea", b"OS/2", b"head"):
        at, offset, length = entries[tag]
        struct.pack_into(">L", font, at + 4, _checksum(font[offset : offset + length]))
    struct.pack_into(">L", font, head, (0xB1B0AFBA - _checksum(font)) & 0xFFFFFFFF)
    return bytes(font)


def _checksum(table: bytes | bytearray) -> int:
    padded = bytes(table) + bytes(-len(table) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
