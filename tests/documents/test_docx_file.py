"""Word files as a whole: pictures, spaces, what is in the package, and what LibreOffice prints."""

import datetime as dt
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx as python_docx
import pymupdf
import pytest
from documents.readers import folded
from documents.trees import cover, grouped, memo, png, texts, tree, words
from documents.word_files import (
    body,
    every,
    media,
    parts,
    said,
    value,
    written,
    xml,
)
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from itadesk.documents import docx, pdf
from itadesk.documents.paper import families
from itadesk.documents.paper.text import clean
from itadesk.documents.tree import (
    Column,
    DocumentTree,
    HeadCell,
    MemoField,
    MemoHead,
    Paragraph,
    Picture,
    Row,
    Section,
    SignatureBlock,
    SignatureChain,
    Space,
    Table,
)
from itadesk.errors import UserError

ROOT = Path(__file__).resolve().parents[2]
MOMENT = dt.datetime(2026, 1, 31, 8, 30, tzinfo=dt.UTC)
CM = 360000
"""Drawing units of Word in a centimetre."""


def picture(kind: str, width: int = 30, height: int = 40) -> bytes:
    data = BytesIO()
    Image.new("RGB", (width, height), "white").save(data, kind)
    return data.getvalue()


def jpeg(width: int, height: int) -> bytes:
    return picture("JPEG", width, height)


@pytest.mark.parametrize("data", [b"", b"no picture", png()[:60], b"<svg/>", picture("EPS")])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(UserError):
        docx.write(tree(Picture(data, 3)))
    with pytest.raises(UserError):
        docx.write(tree(MemoHead("บันทึกข้อความ", Picture(data, 1.5), 1.5, (), "", "")))


def test_a_picture_keeps_its_shape() -> None:
    found = written(Picture(png(40, 20), 3))
    extent = every(found, "w:drawing")[0].find(".//{*}extent")
    assert int(extent.get("cy")) == pytest.approx(3 * CM, rel=0.001)
    assert int(extent.get("cx")) == pytest.approx(6 * CM, rel=0.001)
    assert value(every(found, "w:p")[0], "w:pPr/w:jc") == "center"


def test_a_picture_is_not_wider_than_the_text() -> None:
    extent = every(written(Picture(png(400, 20), 3)), "w:drawing")[0].find(".//{*}extent")
    assert int(extent.get("cx")) == pytest.approx(16 * CM, rel=0.001)


def test_pictures_go_in_as_they_are_unless_they_have_too_many_dots() -> None:
    small, photo = png(), jpeg(300, 300)
    found = media(docx.write(tree(Picture(small, 3), Picture(photo, 3))))
    assert found == {"word/media/image1.png": small, "word/media/image2.jpeg": photo}
    (large,) = media(docx.write(tree(Picture(jpeg(4000, 3000), 1.27)))).values()
    assert Image.open(BytesIO(large)).size == (400, 300)
    assert Image.open(BytesIO(large)).format == "JPEG"


def test_other_pictures_become_png() -> None:
    data = BytesIO()
    Image.new("P", (10, 10)).save(data, "GIF")
    ((name, content),) = media(docx.write(tree(Picture(data.getvalue(), 1)))).items()
    assert name.endswith(".png")
    assert Image.open(BytesIO(content)).format == "PNG"


def test_a_space_is_as_high_as_it_says() -> None:
    found = every(written(Paragraph(words("ก")), Space(2.54)), "w:p")[1]
    assert value(found, "w:pPr/w:spacing", "w:line") == "1440"
    assert value(found, "w:pPr/w:spacing", "w:lineRule") == "exact"
    assert len(every(written(Space(200)), "w:p")) == 1 + 4


def test_a_cover_is_spread_by_shares() -> None:
    found = body(docx.write(cover()))
    first, second = (
        int(value(paragraph, "w:pPr/w:spacing", "w:line") or 0)
        for paragraph in every(found, "w:p")
        if not said(paragraph) and int(value(paragraph, "w:pPr/w:spacing", "w:line") or 0) > 1000
    )
    natural = 1 / 2.54 * 1440
    assert second - natural == pytest.approx(2 * (first - natural), rel=0.01)
    content = 4 / 2.54 * 1440 + (3 * 26 + 2 * 22) * 1.15 * 20
    page = (29.7 - 2.5 - 2) / 2.54 * 1440
    assert 0.85 * page < first + second + content < page


# --- the file


def test_nothing_in_the_file_comes_from_a_template() -> None:
    data = docx.write(memo(), created=MOMENT)
    properties = python_docx.Document(BytesIO(data)).core_properties
    assert (properties.title, properties.author) == ("รายงานผลการดำเนินการ", "องค์การบริหารส่วนตำบลตัวอย่าง")
    assert properties.language == "th-TH"
    assert properties.created == properties.modified == MOMENT
    assert (properties.comments, properties.last_modified_by, properties.keywords) == ("", "", "")
    styles = [style.get(qn("w:styleId")) for style in every(xml(data, "word/styles.xml"), "w:style")]
    assert styles == ["Normal", "Heading1", "DefaultParagraphFont", "TableNormal"]
    assert not any(b"python-docx" in content for content in parts(data).values())
    assert set(parts(docx.write(tree()))) == {
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/settings.xml",
        "word/styles.xml",
    }


@pytest.mark.parametrize("report", [memo, grouped, cover])
def test_equal_trees_give_equal_bytes(report: Callable[[], DocumentTree]) -> None:
    data = docx.write(report(), created=MOMENT)
    assert docx.write(report(), created=MOMENT) == data
    with ZipFile(BytesIO(data)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(2026, 1, 31, 8, 30, 0)}
    assert docx.write(report(), created=MOMENT + dt.timedelta(days=1)) != data


def test_a_report_without_anything() -> None:
    blank = every(body(docx.write(DocumentTree("", "", ()))), "w:pgSz")
    assert [size.get(qn("w:w")) for size in blank] == ["11906"]
    assert len(every(written(), "w:p")) == 1
    nothing = SignatureChain((SignatureBlock(()), SignatureBlock(("",))))
    empty = MemoHead("", None, 1.5, ((MemoField("", ""),), (MemoField("", ""), MemoField("", ""))), "", "")
    found = written(empty, Paragraph(()), nothing, SignatureChain(()), SignatureChain((), columns=2))
    assert not said(found).strip()


def test_a_section_may_come_twice() -> None:
    section = Section((Paragraph(words("ก")),), title="ก")
    document = python_docx.Document(BytesIO(docx.write(DocumentTree("", "", (section, section)))))
    assert [len(list(one.iter_inner_content())) for one in document.sections] == [2, 2]


@given(st.lists(st.text(max_size=30), min_size=3, max_size=3))
def test_any_text_in_any_place(found: list[str]) -> None:
    """Whatever a clerk pastes: the file is XML that can be read, and says it."""
    one, two, three = found
    opening = MemoHead(one, None, 1.5, ((MemoField(two, three),),), one, two)
    table = Table(
        (Column(), Column(merged=True)),
        ((HeadCell(one), HeadCell(two)),),
        (Row((three,), group=True), Row((one, two)), Row((two, three))),
        caption=three,
    )
    chain = SignatureChain((SignatureBlock((one, two), three, one, 2, two),), columns=2)
    report = replace(
        tree(opening, Paragraph(words(one)), table, chain, title=two), title=one, author=two, footer=three
    )
    data = docx.write(report)
    assert folded(said(body(data))) == folded("".join(map(clean, texts(report))))
    assert len(python_docx.Document(BytesIO(data)).tables) == 2


# --- as LibreOffice prints it


def official_font(style: str) -> Any:
    """Sarabun under the name and in the size of the official font, which is drawn smaller on its em."""
    font: Any = TTFont(ROOT / "resources" / "fonts" / f"Sarabun-{style}.ttf")
    units = round(1000 / families.family().scale)
    font["head"].unitsPerEm = units
    font["hhea"].ascent, font["hhea"].descent = round(0.83 * units), -round(0.32 * units)
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = round(0.83 * units), round(0.32 * units)
    for name in font["name"].names:
        if name.nameID in (1, 16):
            name.string = "TH SarabunPSK"
    return font


REPORTS = (memo(), grouped(20), cover())


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The reports' Word files as PDF, made by LibreOffice in a profile of its own."""
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("LibreOffice is not on this computer")
    folder = tmp_path_factory.mktemp("office")
    for style in ("Regular", "Bold"):
        official_font(style).save(folder / f"{style}.ttf")
    fonts = folder / "fonts.conf"
    fonts.write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>")
    files = [folder / f"{at}.docx" for at in range(len(REPORTS))]
    for file, report in zip(files, REPORTS, strict=True):
        file.write_bytes(docx.write(report))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files],
        check=True,
        capture_output=True,
        env=os.environ | {"FONTCONFIG_FILE": str(fonts), "HOME": str(folder)},
    )
    return [file.with_suffix(".pdf").read_bytes() for file in files]


def pages(data: bytes) -> list[str]:
    return [folded(str(page.get_text())) for page in pymupdf.open(stream=data, filetype="pdf")]


def characters(text: str) -> Counter[str]:
    """How often each character is printed; dots and blanks fill lines."""
    return Counter(folded(text).replace(".", ""))


def test_libreoffice_prints_every_text_once(printed: list[bytes]) -> None:
    """Exactly what the trees say and what stands on every page: nothing is lost, nothing doubled."""
    letter, long, front = (list(texts(report)) for report in REPORTS)
    letter += [REPORTS[0].footer, REPORTS[0].footer, "หน้า 1 / 1"]
    total = len(pages(printed[1]))
    repeated = (
        "ตารางรายงานผลการดำเนินการ",
        "หมวด",
        "มาตรการ",
        "ขั้นตอนหรือวิธีการ",
        "ระยะเวลา",
        "ผู้รับผิดชอบ",
        "ผลการดำเนินการ",
    )
    long += (total - 1) * repeated
    long += [f"{REPORTS[1].footer} หน้า {at} / {total}" for at in range(1, total + 1)]
    for expected, data in zip((letter, long, front), printed, strict=True):
        assert characters("".join(pages(data))) == characters("".join(expected))


def test_libreoffice_repeats_caption_and_head_on_every_page(printed: list[bytes]) -> None:
    found = pages(printed[1])
    assert len(found) > 2
    top = folded("ตารางรายงานผลการดำเนินการ หมวด มาตรการ ขั้นตอนหรือวิธีการ")
    assert [page.count(top) for page in found] == [1] * len(found)


def test_memo_and_cover_take_the_pages_that_they_take_in_the_pdf(printed: list[bytes]) -> None:
    """Long tables do not: Word and LibreOffice split rows that the PDF moves to the next page as a whole."""
    for at in (0, 2):
        assert len(pages(printed[at])) == len(pages(pdf.write(REPORTS[at])))
