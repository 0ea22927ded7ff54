"""Font families: the shipped one always, installed ones when their files are there, a clear message otherwise."""

import shutil
import struct
from contextlib import suppress
from pathlib import Path

import pytest
from documents.readers import folded, lines, paragraph, tree_of

from itadesk.documents import pdf
from itadesk.documents.paper import families
from itadesk.documents.paper.families import Family, family
from itadesk.errors import UserError


@pytest.fixture
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the user's own fonts, empty at first."""
    folder = tmp_path / "fonts"
    folder.mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    return folder


def install(folder: Path, *names: str) -> None:
    for name in names:
        shutil.copy(family().regular, folder / name)


def test_the_shipped_family_is_first_and_whole() -> None:
    first = families.families()[0]
    assert first == family()
    assert (first.name, first.scale) == ("Sarabun", 0.66)
    for file in (first.regular, first.bold, first.italic, first.bold_italic):
        assert file.is_file()


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("TH SarabunPSK", ("THSarabun.ttf", "THSarabun Bold.ttf")),
        ("TH SarabunIT๙", ("THSarabunIT๙.ttf", "THSarabunIT๙ Bold.ttf")),
        ("TH Sarabun New", ("THSarabunNew.ttf", "THSarabunNew Bold.ttf")),
    ],
)
def test_installed_families_print_at_their_nominal_size(
    fonts: Path, name: str, files: tuple[str, str]
) -> None:
    install(fonts, *files)
    found = family(name)
    assert found.scale == 1
    assert (found.regular, found.bold) == (fonts / files[0], fonts / files[1])
    assert found.italic == found.regular, "a style that is not installed is shown by the regular face"
    page = lines(pdf.write(tree_of(paragraph("ที่ปู่น้ำ")), found))[0]
    assert page[0].characters[0].size == pytest.approx(16)
    assert folded(page[0].text) == "ที่ปู่น้ำ"


def test_a_family_that_is_not_installed_is_said(fonts: Path) -> None:
    with pytest.raises(UserError, match="TH SarabunPSK") as problem:
        family("TH SarabunPSK")
    assert problem.value.advice


def test_a_missing_font_file_is_said(tmp_path: Path) -> None:
    lost = Family("Sarabun", 0.66, *[tmp_path / "lost.ttf"] * 4)
    with pytest.raises(UserError, match=r"lost\.ttf") as problem:
        pdf.write(tree_of(paragraph("ก")), lost)
    assert problem.value.advice


@pytest.mark.parametrize("content", [b"", b"no font at all", None])
def test_a_broken_font_file_is_said(tmp_path: Path, content: bytes | None) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(family().regular.read_bytes()[:20000] if content is None else content)
    with pytest.raises(UserError, match=r"broken\.ttf"):
        pdf.write(tree_of(paragraph("ที่")), Family("Broken", 1, *[broken] * 4))


def damaged(folder: Path, tag: str, garbage: bytes) -> Family:
    """The shipped regular face with one of its tables overwritten."""
    data = bytearray(family().regular.read_bytes())
    start, length = struct.unpack(">LL", data[data.index(tag.encode(), 12) + 8 :][:8])
    data[start : start + length] = (garbage * length)[:length]
    (folder / "damaged.ttf").write_bytes(data)
    return Family("Damaged", 1, *[folder / "damaged.ttf"] * 4)


@pytest.mark.parametrize("tag", ["glyf", "loca", "hmtx", "head", "hhea", "maxp"])
@pytest.mark.parametrize("garbage", [b"\xff", b"\x3a\x91\x07", b"\x01\x00\x7f\xff\x80"])
def test_a_damaged_table_is_no_bug(tmp_path: Path, tag: str, garbage: bytes) -> None:
    """Either the message, or a PDF where nothing of the damage was needed."""
    with suppress(UserError):
        assert pdf.write(tree_of(paragraph("ที่ปู่น้ำ é ½ ITA")), damaged(tmp_path, tag, garbage))


def test_damaged_glyphs_are_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"damaged\.ttf") as problem:
        pdf.write(tree_of(paragraph("ที่")), damaged(tmp_path, "glyf", b"\xff"))
    assert problem.value.advice


def test_a_replaced_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "font.ttf"
    own = Family("Own", 1, *[file] * 4)
    shutil.copy(family().regular, file)
    assert own.face().name == "Sarabun-Regular"
    shutil.copy(family().bold, file)
    assert own.face().name == "Sarabun-Bold"


def test_a_broken_fallback_is_passed_over(fonts: Path) -> None:
    (fonts / "DejaVuSans.ttf").write_bytes(b"broken")
    page = lines(pdf.write(tree_of(paragraph("ผ่าน ✓"))))[0]
    assert folded(page[0].text) == "ผ่าน✓"
