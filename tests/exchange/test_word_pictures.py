"""Pictures out of Word documents: in their order, by their content; whatever else comes, a clear message."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadesk.errors import UserError
from itadesk.exchange import office_package, word_pictures
from itadesk.exchange.word_pictures import pictures

JPEG = b"\xff\xd8\xff\xe0" + b"jfif" * 4
EMF = struct.pack("<II", 1, 88) + bytes(32) + b" EMF" + bytes(44)
WMF = b"\xd7\xcd\xc6\x9a" + bytes(30)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
DOCUMENT = '<w:document xmlns:w="w" xmlns:a="a" xmlns:v="v" xmlns:x="' + OFFICE + '">{}</w:document>'


def _png(shade: int) -> bytes:
    """A picture of one grey point."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    points = zlib.compress(bytes((0, shade)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", points) + chunk(b"IEND", b"")


def _relation(key: str, kind: str, target: str, mode: str = "") -> str:
    mode = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def _blip(key: str) -> str:
    return f'<a:blip x:embed="{key}"/>'


def _docx(files: dict[str, bytes], body: str, relations: str, **more: str) -> bytes:
    parts: dict[str, str | bytes] = {
        "_rels/.rels": RELATIONS.format(_relation("r", "officeDocument", "word/document.xml")),
        "word/document.xml": DOCUMENT.format(body),
        "word/_rels/document.xml.rels": RELATIONS.format(relations),
        **more,
        **{f"word/media/{name}": data for name, data in files.items()},
    }
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for name, part in parts.items():
            out.writestr(name, part)
    return archive.getvalue()


def _with(*datas: bytes) -> bytes:
    """A document that shows these pictures one after the other."""
    files = {f"image{number}.bin": data for number, data in enumerate(datas)}
    body = "".join(_blip(f"p{number}") for number in range(len(datas)))
    relations = "".join(
        _relation(f"p{number}", "image", f"media/image{number}.bin") for number in range(len(datas))
    )
    return _docx(files, body, relations)


def _refused(data: bytes) -> UserError:
    with pytest.raises(UserError) as refused:
        pictures(data, "บันทึก.docx")
    assert "บันทึก.docx" in refused.value.message
    assert refused.value.advice
    return refused.value


class TestPictures:
    def test_they_come_in_the_order_of_the_document_each_once(self) -> None:
        first, second, third = _png(1), JPEG, _png(3)
        data = _docx(
            {"image1.png": third, "image2.jpeg": second, "image3.png": first},
            f'<w:p>{_blip("a")}</w:p><v:imagedata x:id="b"/>{_blip("a")}{_blip("c")}',
            _relation("c", "image", "media/image1.png")
            + _relation("b", "image", "/word/media/image2.jpeg")
            + _relation("a", "image", "media/image3.png"),
        )
        found = pictures(data, "บันทึก.docx")
        assert [picture.data for picture in found] == [first, second, third]
        assert [picture.media_type for picture in found] == ["image/png", "image/jpeg", "image/png"]
        assert [picture.name for picture in found] == ["image3.png", "image2.jpeg", "image1.png"]

    def test_a_picture_in_the_page_header_stands_before_those_of_the_text(self) -> None:
        data = _docx(
            {"emblem.png": _png(1), "photo.png": _png(2)},
            _blip("p"),
            _relation("p", "image", "media/photo.png") + _relation("h", "header", "header1.xml"),
            **{
                "word/header1.xml": DOCUMENT.format(_blip("e")),
                "word/_rels/header1.xml.rels": RELATIONS.format(_relation("e", "image", "media/emblem.png")),
            },
        )
        assert [picture.name for picture in pictures(data, "x")] == ["emblem.png", "photo.png"]

    def test_the_content_decides_the_kind_and_drawings_are_marked(self) -> None:
        found = pictures(_with(EMF, _png(1), WMF, b"GIF89a..", b"?"), "x")
        assert [picture.usable for picture in found] == [False, True, False, False, False]
        kinds = ["image/emf", "image/png", "image/wmf", "image/gif", "image/unknown"]
        assert [picture.media_type for picture in found] == kinds

    def test_linked_and_missing_pictures_are_passed_over(self) -> None:
        data = _docx(
            {"here.png": _png(1)},
            _blip("gone") + _blip("linked") + _blip("nowhere") + _blip("here"),
            _relation("gone", "image", "media/gone.png")
            + _relation("linked", "image", "https://x.example/a.png", "External")
            + _relation("here", "image", "media/here.png"),
        )
        assert [picture.name for picture in pictures(data, "x")] == ["here.png"]

    def test_only_the_first_hundred_are_looked_at(self) -> None:
        assert len(pictures(_with(*map(_png, range(120))), "x")) == word_pictures.PICTURES_LIMIT


class TestRefused:
    def test_only_drawings(self) -> None:
        assert "EMF, WMF" in _refused(_with(WMF, EMF)).message

    def test_no_picture(self) -> None:
        _refused(_with())

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"text",
            b"PK\x03\x04",
            b"%PDF-1.7",
            b"{\\rtf1 old}",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        ],
    )
    def test_other_files(self, data: bytes) -> None:
        _refused(data)

    def test_an_archive_that_is_no_document(self) -> None:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as out:
            out.writestr("a.txt", "a")
        _refused(archive.getvalue())

    def test_a_bomb(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(office_package, "SIZE_LIMIT", 1_000_000)
        assert "too large" in _refused(_with(_png(1), bytes(600_000), b"\1" * 600_000)).message

    def test_a_flood_of_references(self) -> None:
        assert (
            "too large" in _refused(_docx({}, _blip("p") * (word_pictures.REFERENCES_LIMIT + 1), "")).message
        )

    def test_entities(self) -> None:
        bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        _refused(_docx({}, "", "", **{"word/document.xml": bomb + DOCUMENT.format("&b;")}))

    def test_broken_xml(self) -> None:
        _refused(_docx({}, "<w:p>", ""))

    @given(st.data())
    def test_a_damaged_document_is_read_or_refused(self, data: st.DataObject) -> None:
        spoilt = bytearray(_with(_png(1), JPEG))
        for _change in range(data.draw(st.integers(1, 8))):
            spoilt[data.draw(st.integers(2, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
        cut = data.draw(st.integers(0, len(spoilt)))
        try:
            found = pictures(bytes(spoilt[: cut or None]), "x")
        except UserError:
            return
        assert any(picture.usable for picture in found)


def test_real_documents_without_pictures_are_refused_by_that_reason(corpus: Path) -> None:
    for path in (corpus / "office").glob("*.docx"):
        with pytest.raises(UserError, match="no picture"):
            pictures(path.read_bytes(), path.name)
