"""Pictures that are attached: upright, small, without where they were taken; what is no whole picture is told."""

import io
import random
import struct
import zlib

import pytest
from PIL import Image, ImageDraw

from itadesk.errors import UserError
from itadesk.ui.picture_shrink import SIDE, SMALL, Picture, is_picture, shrunk, without_metadata

GPS, MAKER, ORIENTATION, COMMENT = 0x8825, 0x010F, 0x0112, "ตรงนี้"


def photo(size: tuple[int, int], *, grain: int = 60) -> Image.Image:
    """Something like a photograph: no two pixels alike, red at the top left, blue at the bottom right."""
    shades = bytes(value * grain // 255 for value in range(256))
    noise = Image.frombytes("L", size, random.Random(7).randbytes(size[0] * size[1]).translate(shades))
    image = Image.merge("RGB", (noise, noise, noise))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0] // 4, size[1] // 4), fill=(220, 20, 20))
    draw.rectangle((size[0] * 3 // 4, size[1] * 3 // 4, *size), fill=(20, 20, 220))
    return image


def saved(image: Image.Image, kind: str, orientation: int = 1, **options) -> bytes:
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "SECRETPHONE", orientation
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (13.75, 30.5, 0.0)
    out = io.BytesIO()
    image.save(out, kind, exif=exif, **options)
    return out.getvalue()


def pixel(image: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    found = image.getpixel(at)
    assert isinstance(found, tuple)
    return found


def kept(data: bytes, name: str = "ภาพ.jpg") -> Picture:
    picture = shrunk(name, data)
    assert picture is not None
    assert b"SECRET" not in picture.data
    return picture


def opened(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.data))
    image.load()
    assert Image.MIME[image.format or ""] == picture.media_type
    assert dict(image.getexif()) == {}
    return image


def test_a_large_photograph_is_made_small():
    data = saved(photo((4000, 3000)), "JPEG", quality=95)
    assert len(data) > 3 * SMALL
    picture = kept(data)
    image = opened(picture)
    assert (image.size, picture.name, picture.before) == ((SIDE, SIDE * 3 // 4), "ภาพ.jpg", len(data))
    assert len(picture.data) < len(data) / 4
    red, _green, blue = pixel(image, (10, 10))
    assert red > 150 > blue


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [(3000, 1500), (400, 200)], ids=["large", "small"])
def test_a_picture_stands_upright_however_the_camera_was_held(orientation, size):
    turns = {
        2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE",
        6: "ROTATE_90", 7: "TRANSVERSE", 8: "ROTATE_270",
    }  # fmt: skip
    upright = photo(size)
    name = turns.get(orientation)
    held = upright.transpose(Image.Transpose[name]) if name else upright
    image = opened(kept(saved(held, "JPEG", orientation, quality=90)))
    assert image.width == 2 * image.height
    for at, colour in (((5, 5), 0), ((image.width - 5, image.height - 5), 2)):
        seen = pixel(image, at)
        assert max(seen) == seen[colour], f"{at} {seen}"


def test_a_small_picture_keeps_every_pixel_and_loses_what_it_tells():
    image = photo((800, 600))
    for kind, data in (
        (
            "JPEG",
            saved(image, "JPEG", quality=80, comment=b"SECRET", progressive=True, icc_profile=b"profile"),
        ),
        ("PNG", saved(image.quantize(16), "PNG")),
    ):
        picture = kept(data + b"SECRET film", f"x.{kind.lower()}")
        with Image.open(io.BytesIO(data)) as before:
            assert opened(picture).convert("RGB").tobytes() == before.convert("RGB").tobytes()
            assert opened(picture).info.get("icc_profile") == before.info.get("icc_profile")
        assert len(picture.data) < len(data)


def test_a_screenshot_stays_sharp():
    screen = Image.new("RGB", (3200, 1800), "white")
    draw = ImageDraw.Draw(screen)
    for line in range(100):
        draw.text((20, 18 * line), "itadesk " * 60, fill="black")
    picture = kept(saved(screen, "PNG"), "จอ.png")
    assert (opened(picture).format, opened(picture).width, picture.name) == ("PNG", SIDE, "จอ.png")


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("BMP", "RGB"), ("WEBP", "RGB"), ("TIFF", "CMYK"), ("TIFF", "1"), ("GIF", "P"), ("PNG", "RGBA")],
)
def test_what_not_every_program_shows_becomes_a_jpeg_or_png(kind, mode):
    out = io.BytesIO()
    photo((2400, 1200)).convert(mode).save(out, kind)
    assert is_picture(out.getvalue())
    picture = kept(out.getvalue(), f"งาน.{kind.lower()}")
    assert picture.name in ("งาน.jpg", "งาน.png")
    assert opened(picture).size == (SIDE, SIDE // 2)


def test_what_is_transparent_is_white_as_on_paper():
    clear = Image.new("RGBA", (2400, 1200), (0, 0, 0, 0))
    assert opened(kept(saved(clear, "PNG"), "x.png")).getpixel((5, 5)) == (255, 255, 255)


def test_several_pages_stay_together():
    pages = [Image.new("1", (600, 800), shade) for shade in (0, 1)]
    for kind in ("TIFF", "GIF"):
        out = io.BytesIO()
        pages[0].save(out, kind, save_all=True, append_images=pages[1:])
        assert shrunk("แฟกซ์", out.getvalue()) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"])
@pytest.mark.parametrize("size", [(300, 200), (2600, 1300)], ids=["small", "large"])
def test_half_a_picture_is_refused(kind, size):
    out = io.BytesIO()
    photo(size).save(out, kind)
    with pytest.raises(UserError) as told:
        shrunk("ครึ่ง.jpg", out.getvalue()[: len(out.getvalue()) // 2])
    assert "ครึ่ง.jpg" in told.value.message


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # Pillow says so of the half TIFF
@pytest.mark.parametrize(
    "data", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM" * 40, b"II*\0junk", b"RIFF0000WEBP"]
)
def test_what_only_begins_like_a_picture_is_refused(data):
    assert is_picture(data)
    with pytest.raises(UserError):
        shrunk("x", data)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@pytest.mark.parametrize("side", [9_000, 100_000])
def test_a_picture_that_would_fill_the_memory_is_not_unpacked(side):
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000)))
    with pytest.raises(UserError) as told:
        shrunk("ระเบิด.png", bomb + chunk(b"IEND", b""))
    assert "ระเบิด.png" in told.value.message


def test_metadata_that_is_broken_harms_no_picture():
    data = saved(photo((300, 200)), "JPEG")
    at = data.index(b"Exif\0\0") + 6
    assert opened(kept(data[:at] + b"JUNK" + data[at + 4 :])).size == (300, 200)
    assert without_metadata("JPEG", b"\xff\xd8nothing") is None
    assert without_metadata("PNG", b"\x89PNG\r\n\x1a\n\0\0\0\0IHDR") is None


def test_the_same_picture_gives_the_same_bytes():
    data = saved(photo((2500, 2000)), "JPEG")
    assert kept(data).data == kept(data).data


def test_other_files_are_no_pictures():
    assert not is_picture(b"%PDF-1.7")
    assert not is_picture(b"")
