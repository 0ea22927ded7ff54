"""Pictures on their way into the file: turned upright, no larger than needed, without place and maker."""

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from itadesk.errors import UserError
from itadesk.i18n import _

if TYPE_CHECKING:
    from PIL.Image import Image, Transpose

SIDE = 2048
"""Most pixels of a side: an A4 page at 175 dots per inch."""
SMALL = 1 << 20
"""Bytes up to which a picture of no more pixels stays as it is."""

_MOST_PIXELS = 60_000_000
"""More cannot be unpacked on an old PC; a JPEG is unpacked at an eighth if need be."""
_MOST_JPEG_PIXELS = 250_000_000
_QUALITY = 85
_WORTH = 0.9
"""A new picture that is not smaller than this share of the old one is not worth the loss."""
_PNG_WORTH = 1.5
"""Letters and lines stay sharp in a PNG: it may be so many times as large as the JPEG."""
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, struct.error)
"""What Pillow raises for a file that is not what it says."""
_PLAIN_MODES = ("RGB", "L")
_BEGINNINGS = (
    b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM", b"II*\0", b"MM\0*",
)  # fmt: skip
_ENDINGS = {"JPEG": ".jpg", "PNG": ".png"}
MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png"}


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept. `before`: bytes it had."""

    name: str
    data: bytes
    media_type: str
    before: int


def is_picture(data: bytes) -> bool:
    """Whether the content is that of a picture this module reads."""
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or data.startswith(_BEGINNINGS)


def shrunk(name: str, data: bytes) -> Picture | None:
    """The picture as it is to be kept; None when it has several pages or moves, and so must stay as it is.

    UserError when it is damaged or too large to be unpacked. Takes a second or more: for a worker.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
                return None
            kind = "JPEG" if image.format == "MPO" else image.format or ""  # a JPEG with a preview behind it
            _refuse_large(name, kind, *image.size)
            turn = _turn(image)
            usual = kind in MEDIA_TYPES and max(image.size) <= SIDE and turn is None
            bare = without_metadata(kind, data) if usual else None
            if bare is not None and len(bare) <= SMALL:
                image.load()  # says whether it is whole
                return Picture(_renamed(name, kind), bare, MEDIA_TYPES[kind], len(data))
            image.draft(None, (SIDE, SIDE))
            image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
            upright = image if turn is None else image.transpose(turn)
            new_kind, fresh = _encoded(upright, drawn=kind not in ("JPEG", "WEBP"))
            if bare is not None and len(fresh) > _WORTH * len(bare):
                new_kind, fresh = kind, bare
    except UserError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise _too_large(name) from error
    except _UNREADABLE as error:
        raise _damaged(name) from error
    return Picture(_renamed(name, new_kind), fresh, MEDIA_TYPES[new_kind], len(data))


def _refuse_large(name: str, kind: str, width: int, height: int) -> None:
    if width * height > (_MOST_JPEG_PIXELS if kind == "JPEG" else _MOST_PIXELS):
        raise _too_large(name)


_ORIENTATION = 0x0112


def _turn(image: "Image") -> "Transpose | None":
    """How the picture must be turned to stand upright; None when it does, or does not say."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    try:
        return turns.get(image.getexif().get(_ORIENTATION, 1))
    except _UNREADABLE:
        return None  # the picture itself may be whole


def _encoded(image: "Image", *, drawn: bool) -> tuple[str, bytes]:
    """Format and bytes: a photograph as JPEG; what was `drawn`, a screenshot say, as PNG unless that is far larger."""
    profile = image.info.get("icc_profile") if image.mode in _PLAIN_MODES else None
    flat = _on_white(image)
    jpeg = _saved(flat, "JPEG", quality=_QUALITY, optimize=True, icc_profile=profile)
    if drawn and len(png := _saved(flat, "PNG", icc_profile=profile)) <= _PNG_WORTH * len(jpeg):
        return "PNG", png
    return "JPEG", jpeg


def _on_white(image: "Image") -> "Image":
    """The picture in plain colours; what is transparent is white, as on paper."""
    from PIL import Image

    if not image.has_transparency_data:
        grey = image.mode in ("1", "I", "I;16", "F")
        return image if image.mode in _PLAIN_MODES else image.convert("L" if grey else "RGB")
    clear = image.convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper


def _saved(image: "Image", kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    # A new picture: nothing that the old one told of itself goes along.
    image.save(out, kind, **options)
    return out.getvalue()


def _renamed(name: str, kind: str) -> str:
    """The name with the ending of what it now is."""
    known = {"JPEG": (".jpg", ".jpeg", ".jfif")}.get(kind, (_ENDINGS[kind],))
    stem = PurePath(name)
    return name if stem.suffix.lower() in known else f"{stem.stem or name}{_ENDINGS[kind]}"


# Metadata


def without_metadata(kind: str, data: bytes) -> bytes | None:
    """A JPEG or PNG without what it tells of camera, place and time, its pixels untouched; None = it is damaged."""
    try:
        return b"".join(_jpeg_parts(data) if kind == "JPEG" else _png_parts(data))
    except (struct.error, IndexError, ValueError):
        return None


_APP0, _ICC, _ADOBE, _APP15, _COMMENT = 0xE0, 0xE2, 0xEE, 0xEF, 0xFE
_SCAN, _END = 0xDA, 0xD9
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    """Up to its end: behind that cameras hide previews and films."""
    yield data[:2]
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == _END:
            yield data[at : at + 2]
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if marker == _SCAN:
            following = _NEXT_MARKER.search(data, end)
            end = following.start() if following else len(data)
        part = data[at:end]
        tells = marker == _COMMENT or _APP0 < marker <= _APP15
        needed = marker == _ADOBE or (marker == _ICC and part[4:15] == b"ICC_PROFILE")
        if needed or not tells:
            yield part
        at = end


_TELLING = frozenset((b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME"))


def _png_parts(data: bytes) -> Iterator[bytes]:
    yield data[:8]
    at = 8
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind not in _TELLING:
            yield data[at : at + 12 + length]
        if kind == b"IEND":
            return
        at += 12 + length
    raise ValueError("no end")


# What is told


def _too_large(name: str) -> UserError:
    return UserError(
        _("The picture “{name}” has too many pixels.").format(name=name),
        _("Make it smaller in another program first: {side} pixels each way are enough.").format(side=SIDE),
    )


def _damaged(name: str) -> UserError:
    return UserError(
        _("The picture “{name}” is damaged.").format(name=name),
        _("Look whether another program shows it, save it anew there and add that file."),
    )
