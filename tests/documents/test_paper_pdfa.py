"""The file around the pages: archive metadata, nothing that is not embedded, the same bytes for the same content."""

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from documents.readers import paragraph, tree_of
from PIL import Image

from itadesk.documents import pdf
from itadesk.documents.tree import DocumentTree, Picture, Section

MOMENT = dt.datetime(2026, 3, 31, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def opened(tree: DocumentTree) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf.write(tree, created=MOMENT)))


def test_metadata_says_pdf_a_2u_and_agrees_with_the_information() -> None:
    with opened(DocumentTree("รายงาน <ผล> & อื่น", "อบต.ตัวอย่าง", (Section((paragraph("ก"),)),))) as document:
        metadata = document.open_metadata()
        assert metadata.pdfa_status == "2U"
        assert metadata["dc:title"] == "รายงาน <ผล> & อื่น" == str(document.docinfo["/Title"])
        assert metadata["dc:creator"] == ["อบต.ตัวอย่าง"]
        assert str(document.docinfo["/Author"]) == "อบต.ตัวอย่าง"
        assert metadata["xmp:CreateDate"] == "2026-03-31T09:30:00+07:00"
        assert str(document.docinfo["/CreationDate"]) == "D:20260331093000+07'00'"
        assert str(document.Root.Lang) == "th-TH"
        assert "/Filter" not in document.Root.Metadata


def test_the_output_intent_is_srgb() -> None:
    with opened(tree_of(paragraph("ก"))) as document:
        (intent,) = document.Root.OutputIntents
        assert str(intent.S) == "/GTS_PDFA1"
        assert intent.DestOutputProfile.N == 3
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"


def test_every_font_is_embedded_with_its_text() -> None:
    tree = tree_of(paragraph("ที่ ✓ 漢"), paragraph("หนา", bold=True))
    with opened(tree) as document:
        fonts = [
            item
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        ]
        tops: list[Any] = [font for font in fonts if font.Subtype == "/Type0"]
        assert len(tops) >= 2
        assert len(fonts) == 2 * len(tops), "no font but the embedded ones and their descendants"
        for font in tops:
            assert font.Encoding == "/Identity-H"
            assert b"beginbfchar" in font.ToUnicode.read_bytes()
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert descriptor.FontFile2.read_bytes()[:4] == b"\x00\x01\x00\x00"
            assert str(descriptor.FontName)[7] == "+"


def test_pdf_syntax_is_sound() -> None:
    with opened(tree_of(paragraph("ก"))) as document:
        assert document.check_pdf_syntax() == []
        assert document.pdf_version == "1.7"


def test_bookmarks_lead_to_their_sections() -> None:
    sections = tuple(Section((paragraph("ก"),), title=title) for title in ("บันทึกข้อความ", "", "มาตรการ"))
    with opened(DocumentTree("t", "a", sections)) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root] == ["บันทึกข้อความ", "มาตรการ"]
        targets = [item.destination[0].objgen for item in outline.root]  # pyright: ignore
        assert targets == [document.pages[0].obj.objgen, document.pages[2].obj.objgen]


def test_equal_trees_give_equal_bytes() -> None:
    tree = tree_of(paragraph("ที่ปู่น้ำ ✓", "thai"), paragraph("หนา", bold=True))
    assert pdf.write(tree, created=MOMENT) == pdf.write(tree, created=MOMENT)
    other = replace(tree, title="อื่น")
    assert pdf.write(tree, created=MOMENT) != pdf.write(other, created=MOMENT)
    assert pdf.write(tree, created=MOMENT) != pdf.write(tree, created=MOMENT + dt.timedelta(seconds=1))


def test_equal_bytes_in_another_process() -> None:
    """No order of a set or a dictionary of strings gets into the file."""
    code = (
        "import datetime as dt, hashlib; from itadesk.documents import pdf; from itadesk.documents.tree import *;"
        "t = DocumentTree('t', 'a', (Section((Paragraph((Run('ที่ปู่น้ำ ✓ A'), Run('x', True))),), title='ก'),));"
        "print(hashlib.sha256(pdf.write(t, created=dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc))).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_two_documents_have_two_identifiers() -> None:
    with opened(tree_of(paragraph("ก"))) as one, opened(tree_of(paragraph("ข"))) as other:
        assert bytes(one.trailer.ID[0]) != bytes(other.trailer.ID[0])


def test_a_moment_without_a_zone_and_now() -> None:
    for created in (dt.datetime(2026, 1, 1), None):
        with pikepdf.open(BytesIO(pdf.write(tree_of(paragraph("ก")), created=created))) as document:
            assert document.open_metadata().pdfa_status == "2U"


@pytest.mark.parametrize("title", ["", "ก\x00\ud800ข\nค", "(a\\b)"])
def test_odd_titles(title: str) -> None:
    with opened(DocumentTree(title, title, (Section((), title=title),))) as document:
        assert document.open_metadata()["dc:format"] == "application/pdf"


def test_a_transparent_picture_keeps_its_mask() -> None:
    out = BytesIO()
    Image.new("RGBA", (40, 20), (255, 0, 0, 128)).save(out, "PNG")
    with opened(tree_of(Picture(out.getvalue(), 2))) as document:
        (image,) = document.pages[0].get_images().values()
        assert "/SMask" in image
        assert image.ColorSpace == "/DeviceRGB"
