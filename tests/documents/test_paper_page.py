"""The page around its text: spaces that stretch, the footer, page numbers, and never a page without anything on it."""

from io import BytesIO
from itertools import pairwise

import pymupdf
import pytest
from documents.readers import CM, TextLine, folded, lines, paragraph, tree_of
from PIL import Image

from itadesk.documents import pdf
from itadesk.documents.tree import (
    Block,
    Column,
    DocumentTree,
    HeadCell,
    Margins,
    PageNumber,
    Paragraph,
    Picture,
    Row,
    Run,
    Section,
    SignatureBlock,
    SignatureChain,
    Space,
    Table,
)

SENTENCE = "จัดทำประกาศขั้นตอนการปฏิบัติงานและเผยแพร่บนเว็บไซต์ของหน่วยงานให้ประชาชนทราบ "
LINE = 16 * 1.15


def pages(*blocks: Block, margins: Margins = Margins()) -> list[list[TextLine]]:  # noqa: B008
    return lines(pdf.write(tree_of(*blocks, margins=margins)))


def baselines(page: list[TextLine]) -> list[float]:
    return [line.y for line in page]


def table(*rows: str) -> Table:
    return Table((Column(),), ((HeadCell("หัว"),),), tuple(Row((row,)) for row in rows))


# --- spaces that stretch


def test_what_is_left_empty_is_shared_among_the_spaces() -> None:
    (page,) = pages(paragraph("ก"), Space(1, 1), paragraph("ข"), Space(0, 3), paragraph("ค"))
    first, second, third = baselines(page)
    empty = 25.2 * CM - 3 * LINE - 1 * CM
    assert second - first == pytest.approx(LINE + 1 * CM + empty / 4, abs=0.1)
    assert third - second == pytest.approx(LINE + empty * 3 / 4, abs=0.1)


def test_a_cover_is_spread_over_its_page() -> None:
    out = BytesIO()
    Image.new("RGB", (30, 30), "navy").save(out, "PNG")
    cover = (Space(0, 1), Picture(out.getvalue(), 4), Space(1, 1), paragraph("ปก"), table("ก"), Space(0, 2))
    data = pdf.write(tree_of(*cover, paragraph("จบ")))
    (page,) = lines(data)
    (info,) = pymupdf.open(stream=data, filetype="pdf")[0].get_image_info()
    top, bottom = info["bbox"][1] - 2.5 * CM, info["bbox"][3]
    assert page[0].y - bottom == pytest.approx(top + 1 * CM, abs=LINE)
    (without,) = pages(*[paragraph("x")] * 38)
    assert page[-1].y == pytest.approx(without[-1].y, abs=LINE)


def test_spaces_of_a_longer_section_have_just_their_height() -> None:
    blocks = [paragraph("x")] * 30
    stretched, plain = (pages(*blocks, Space(1, share), *blocks) for share in (5, 0))
    assert len(stretched) == 2
    assert list(map(baselines, stretched)) == list(map(baselines, plain))


def test_what_fills_its_page_just_so_is_not_stretched() -> None:
    for count in (37, 38, 39):
        found = pages(*[paragraph("x")] * count, Space(0, 1), paragraph("จบ"))
        assert len(found) == (1 if count < 38 else 2)
        for page in found[:1]:
            gaps = [after - before for before, after in pairwise(baselines(page)[:37])]
            assert gaps == pytest.approx([LINE] * 36, abs=0.1)


def test_a_chain_goes_to_the_foot_below_a_stretching_space() -> None:
    signed = SignatureChain((SignatureBlock(("(ผู้ลงนาม)",), "ลงชื่อ"),))
    (page,) = pages(paragraph("ก"), Space(0, 1), signed)
    assert page[-1].y > 26.5 * CM


# --- pages are never empty


@pytest.mark.parametrize("height", [0, 1, 14, 40])
def test_a_space_above_what_needs_the_whole_page_leaves_no_page_empty(height: float) -> None:
    tall = Table((Column(),), ((HeadCell(SENTENCE * 90),),), (Row((SENTENCE * 8,)),))
    for block in (
        tall,
        table(*[SENTENCE * 20] * 3),
        paragraph("ก"),
        SignatureChain((SignatureBlock(("ก",) * 30),)),
    ):
        assert all(pages(Space(height), block))


def test_the_text_stays_on_the_paper_whatever_the_margins() -> None:
    for margins in (
        Margins(3, 2, 14.35, 14.35),
        Margins(0, 0, 0, 29),
        Margins(30, 30, 30, 30),
        Margins(10, 10, 28, 1),
    ):
        continued = Table((Column(),), (), (Row(("กลุ่ม",), group=True), Row((SENTENCE,))), continued="(ต่อ)")
        found = pages(paragraph(SENTENCE), table(SENTENCE), continued, margins=margins)
        text = folded("".join(line.text for page in found for line in page))
        assert text.count("ขั้นตอน") == 3
        for line in (line for page in found for line in page):
            assert line.x >= 0
            assert line.right <= 21 * CM
            assert 5 < line.y < 29.7 * CM - 2


# --- the footer


def report(footer: str, number: PageNumber, *blocks: Block, margins: Margins = Margins()) -> DocumentTree:  # noqa: B008
    section = Section(blocks or (paragraph("x"),), page_number=number, margins=margins)
    return DocumentTree("t", "a", (section,), footer=footer)


@pytest.mark.parametrize("number", ["none", "hyphens", "of_total"])
@pytest.mark.parametrize("landscape", [False, True])
def test_the_footer_stands_at_the_left_foot_of_every_page(number: PageNumber, landscape: bool) -> None:
    section = Section(tuple([paragraph("x")] * 90), landscape=landscape, page_number=number)
    found = lines(pdf.write(DocumentTree("t", "a", (section, Section(())), footer="O12-๒๕๖๖")))
    assert len(found) > 3
    for page in found:
        (footer,) = [line for line in page if line.text == "O12-๒๕๖๖"]
        assert footer.x == pytest.approx(3 * CM, abs=1)
        height = 21 if landscape and page is not found[-1] else 29.7
        assert footer.y == pytest.approx((height - 1.2) * CM, abs=0.1)
        assert footer.characters[0].size == pytest.approx(12)


def test_the_footer_has_the_baseline_of_the_page_number() -> None:
    (page,) = lines(pdf.write(report("O12", "of_total")))
    assert {round(line.y, 1) for line in page if line.text != "x"} == {round(28.5 * CM, 1)}


@pytest.mark.parametrize("count", range(1, 200, 9))
def test_a_long_footer_stays_clear_of_number_and_text(count: int) -> None:
    tree = report("ร" * count, "of_total", *[paragraph("x")] * 50)
    for page in lines(pdf.write(tree)):
        text = max(line.y for line in page if line.text == "x")
        number = next(line for line in page if "หน้า" in line.text)
        footer = next(line for line in page if "ร" in line.text)
        assert footer.text.count("ร") == count
        assert footer.right < number.x or footer.y < number.y - 10
        assert footer.right <= 19 * CM + 0.5
        assert footer.y - text > 10


@pytest.mark.parametrize("number", ["none", "of_total"])
def test_text_ends_above_the_foot_also_without_a_margin(number: PageNumber) -> None:
    tree = report("O12", number, *[paragraph("x")] * 90, margins=Margins(1, 1, 0, 0))
    for page in lines(pdf.write(tree)):
        text = [line.y for line in page if line.text == "x"]
        assert min(line.y for line in page if line.text != "x") - max(text) > 10


def test_without_a_footer_there_is_none() -> None:
    (page,) = lines(pdf.write(report("", "none")))
    assert [line.text for line in page] == ["x"]


# --- what stays together


def test_a_heading_stays_with_what_comes_after_the_space_below_it() -> None:
    heading = Paragraph((Run("หัวข้อ"),), keep_with_next=True)
    for filler in range(30, 39):
        for block in (table(SENTENCE), paragraph(SENTENCE * 3), paragraph(SENTENCE * 12)):
            found = pages(*[paragraph("x")] * filler, heading, Space(0.3), block)
            (page,) = [page for page in found if any(line.text == "หัวข้อ" for line in page)]
            assert "หัวข้อ" not in page[-1].text
