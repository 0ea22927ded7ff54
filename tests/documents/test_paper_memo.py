"""The memo page measured on the finished PDF: every length of the typing guidance within half a millimetre."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

import pymupdf
import pytest
from documents.readers import (
    CM,
    IN_ORDER,
    READERS,
    TextLine,
    characters,
    dotted,
    folded,
    lines,
    paragraph,
    run_of,
    tree_of,
    written,
)
from PIL import Image

from itadesk.documents import pdf
from itadesk.documents.paper.families import family
from itadesk.documents.paper.text import Typesetter
from itadesk.documents.tree import (
    Block,
    DocumentTree,
    MemoField,
    MemoHead,
    Paragraph,
    Picture,
    Run,
    Section,
    SignatureBlock,
    SignatureChain,
)
from itadesk.errors import UserError

HALF_MILLIMETRE = 0.05 * CM
SUBJECT = "รายงานการประเมินคุณธรรมและความโปร่งใสภายในหน่วยงาน"


def picture(width: int = 300, height: int = 300, form: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "red").save(out, form)
    return out.getvalue()


def head(subject: str = SUBJECT, emblem: bytes | None = None) -> MemoHead:
    return MemoHead(
        title="บันทึกข้อความ",
        emblem=Picture(emblem, 1.5) if emblem else None,
        emblem_height=1.5,
        lines=(
            (MemoField("ส่วนราชการ", "สำนักปลัด องค์การบริหารส่วนตำบลตัวอย่าง"),),
            (MemoField("ที่", "กส ๗๓๕๐๑/....."), MemoField("วันที่", "๓๑ มีนาคม ๒๕๖๕")),
            (MemoField("เรื่อง", subject),),
        ),
        salutation_label="เรียน",
        salutation="นายกองค์การบริหารส่วนตำบลตัวอย่าง",
    )


def chain(*blocks: SignatureBlock) -> SignatureChain:
    first = SignatureBlock(("(นางสาวสมหญิง ใจดี)", "นักจัดการงานทั่วไป"), "(ลงชื่อ)")
    chief = SignatureBlock(("(นายสมชาย ใจงาม)", "หัวหน้าสำนักปลัด"), "(ลงชื่อ)", "ความเห็นของหัวหน้าสำนักปลัด", 1)
    acting = ("(นายสมศักดิ์ รักไทย)", "ปลัดองค์การบริหารส่วนตำบล ปฏิบัติหน้าที่", "นายกองค์การบริหารส่วนตำบลตัวอย่าง")
    mayor = SignatureBlock(acting, "(ลงชื่อ)", "ความเห็นของนายก", 2)
    return SignatureChain(blocks or (first, chief, chief, mayor))


def body() -> Paragraph:
    return Paragraph((Run("ตามที่สำนักปลัดได้รายงานผลการประเมินคุณธรรม " * 8),), indent=2.5, space_before=6 / CM)


def page(*blocks: Block) -> list[TextLine]:
    return lines(written(*blocks))[0]


def about(value: float) -> Any:
    return pytest.approx(value, abs=HALF_MILLIMETRE)


def test_title_is_29_point_bold_and_centred_on_a_line_of_35() -> None:
    title = run_of(page(head()), "บันทึกข้อความ")
    assert title[0].size == pytest.approx(29, abs=0.01)
    assert (title[0].left + title[-1].right) / 2 == about((3 + 16 / 2) * CM)
    assert 3 * CM - 35 < title[0].y < 3 * CM


def test_labels_are_20_point_at_the_margin_and_values_16() -> None:
    found = page(head())
    for label in ("ส่วนราชการ", "ที่กส", "เรื่อง"):
        first = run_of(found, label)[0]
        assert first.x == about(3 * CM)
        assert first.size == pytest.approx(20, abs=0.01)
    for value in ("สำนักปลัด องค์การ", "กส ๗๓๕๐๑", "๓๑ มีนาคม", SUBJECT, "เรียน", "นายก"):
        assert run_of(found, value)[0].size == pytest.approx(16, abs=0.01)


def test_the_date_stands_under_the_title() -> None:
    """Its label begins under "ข", its text after "ม"."""
    found = page(head())
    title = run_of(found, "บันทึกข้อความ")
    letters = {character.text: character for character in title}
    label, number = run_of(found, "วันที่")[0], run_of(found, "ที่กส")[0]
    assert label.x == about(letters["ข"].x)
    assert label.y == pytest.approx(number.y)
    assert run_of(found, "๓๑ มีนาคม")[0].x == about(letters["ม"].right)


def test_dots_run_from_the_labels_to_the_right_margin() -> None:
    found = dotted(written(head()))
    assert len(found) == 4
    ends = sorted(right for _, right, _ in found)
    assert ends[1:] == [about(19 * CM)] * 3
    for left, right, y in found:
        beside = [c for c in characters(page(head())) if abs(c.y - y) < 5 and c.size > 13 and c.x < right]
        assert 0 < left - max(c.right for c in beside if c.x < left) < HALF_MILLIMETRE


def test_a_long_subject_wraps_over_dotted_lines() -> None:
    data = written(head(SUBJECT * 2))
    assert len(dotted(data)) == 5
    value = run_of(lines(data)[0], SUBJECT * 2)
    assert len({round(character.y) for character in value}) == 2
    rows = sorted({round(y) for *_, y in dotted(data)})
    assert all(later - earlier == pytest.approx(23, abs=1) for earlier, later in pairwise(rows))


def test_what_wraps_goes_on_below_its_label() -> None:
    found = page(head(SUBJECT * 2))
    value = run_of(found, SUBJECT * 2)
    lower = [character for character in value if character.y > value[0].y + 1]
    assert lower[0].x == about(3 * CM)
    assert value[0].x > run_of(found, "เรื่อง")[-1].right


@pytest.mark.parametrize("reader", ["pdfminer", *IN_ORDER])
@pytest.mark.parametrize("many", [1, 2, 3])
def test_every_field_is_read_whole(reader: str, many: int) -> None:
    """Also where office, subject and addressee wrap; the fields one after the other where the file's order counts."""
    plain = head(SUBJECT * many)
    office = MemoField("ส่วนราชการ", "สำนักปลัดองค์การบริหารส่วนตำบลตัวอย่าง" * many)
    wrapping = replace(plain, lines=((office,), *plain.lines[1:]), salutation=plain.salutation * many)
    read = folded({**READERS, **IN_ORDER}[reader](written(wrapping)))
    fields = [field for line in wrapping.lines for field in line]
    texts = [folded(part) for field in fields for part in (field.label, field.value)]
    if reader == "pdfminer":
        assert [text for text in texts if text not in read] == []
    else:
        assert "".join(texts) in read
    assert folded(wrapping.salutation_label + wrapping.salutation) in read


def test_salutation_is_16_point_regular_after_6_points() -> None:
    found = page(head())
    label, subject = run_of(found, "เรียน")[0], run_of(found, "เรื่อง")[0]
    assert label.x == about(3 * CM)
    typesetter = Typesetter(family())
    below_subject = 23 - typesetter.baseline(20, 23)
    assert label.y - subject.y == pytest.approx(below_subject + 6 + typesetter.baseline(16), abs=0.05)


def test_paragraphs_are_indented_by_two_and_a_half_centimetres() -> None:
    found = page(head(), body())
    first = run_of(found, "ตามที่สำนักปลัด")[0]
    assert first.x == about(5.5 * CM)
    others = [c for c in characters(found) if c.y > first.y + 5]
    assert min(c.x for c in others) == about(3 * CM)


def test_full_lines_end_at_the_right_margin() -> None:
    found = page(head(), body())
    start = run_of(found, "ตามที่สำนักปลัด")[0].y
    rows = sorted({round(c.y) for c in characters(found) if c.y >= start - 1})
    for row in rows[:-1]:
        assert max(c.right for c in characters(found) if round(c.y) == row and c.text.strip()) == about(
            19 * CM
        )


def test_emblem_stands_at_the_left_margin_one_and_a_half_centimetres_down() -> None:
    for form, width in (("PNG", 300), ("JPEG", 240)):
        data = written(head(emblem=picture(width, 300, form)))
        (info,) = pymupdf.open(stream=data, filetype="pdf")[0].get_image_info()
        left, top, right, bottom = info["bbox"]
        assert (left, top) == (about(3 * CM), about(1.5 * CM))
        assert bottom - top == about(1.5 * CM)
        assert right - left == about(1.5 * CM * width / 300)


def test_a_wide_emblem_does_not_reach_the_title() -> None:
    data = written(head(emblem=picture(2000, 200)))
    (info,) = pymupdf.open(stream=data, filetype="pdf")[0].get_image_info()
    assert info["bbox"][2] < run_of(lines(data)[0], "บันทึก")[0].left
    assert info["bbox"][2] - info["bbox"][0] == about(10 * (info["bbox"][3] - info["bbox"][1]))


def test_without_an_emblem_its_place_stays_blank() -> None:
    with_one, without = page(head(emblem=picture())), page(head())
    assert [(c.text, c.x, c.y) for c in characters(with_one)] == [
        (c.text, c.x, c.y) for c in characters(without)
    ]
    assert not pymupdf.open(stream=written(head()), filetype="pdf")[0].get_image_info()


def test_a_huge_picture_is_stored_at_print_resolution() -> None:
    data = written(head(emblem=picture(4000, 4000)))
    (info,) = pymupdf.open(stream=data, filetype="pdf")[0].get_image_info()
    assert info["width"] == pytest.approx(1.5 / 2.54 * 600, abs=1)
    assert info["bbox"][3] - info["bbox"][1] == about(1.5 * CM)


def test_a_picture_of_few_bytes_that_unfolds_to_very_many_dots_is_said() -> None:
    data = BytesIO()
    Image.new("1", (8000, 8000)).save(data, "PNG")
    assert len(data.getvalue()) < 20_000
    with pytest.raises(UserError):
        written(head(emblem=data.getvalue()))


def test_what_is_no_picture_is_said() -> None:
    with pytest.raises(UserError):
        written(head(emblem=b"no picture"))
    with pytest.raises(UserError):
        written(Picture(picture()[:100], 2))


def test_the_signature_block_begins_at_the_centre_of_the_page() -> None:
    data = written(chain())
    found = lines(data)[0]
    places = [character for character in characters(found) if character.text == "("]
    signs = [c for c in places if c.x == about(10.5 * CM)]
    assert len(signs) == 4
    middle = (10.5 + 19) / 2 * CM
    for name in ("(นางสาวสมหญิง ใจดี)", "นักจัดการงานทั่วไป", "ปลัดองค์การบริหารส่วนตำบล ปฏิบัติหน้าที่"):
        run = run_of(found, name)
        assert (run[0].left + run[-1].right) / 2 == about(middle)
    for left, right, y in dotted(data):
        if left > 11 * CM:
            assert (left + right) / 2 == about(middle)
            assert any(0 < y - sign.y < 4 for sign in signs)


def test_there_is_room_to_sign() -> None:
    """More than a line's height of blank paper above each dotted place."""
    data = written(body(), chain())
    places = [y for left, _, y in dotted(data) if left > 11 * CM]
    for y in places:
        above = [c.y for c in characters(lines(data)[0]) if c.y < y - 6]
        assert y - max(above) > 1.1 * CM


def test_opinions_have_dotted_lines_over_the_whole_width() -> None:
    found = [line for line in dotted(written(chain())) if line[0] < 10 * CM]
    assert len(found) == 4
    assert all(right == about(19 * CM) for _, right, _ in found)
    assert min(left for left, *_ in found) == about(3 * CM)


def test_a_block_is_never_torn() -> None:
    for filler in range(8, 34):
        blocks = [paragraph("x")] * filler
        for found in lines(written(*blocks, chain())):
            text = folded("".join(line.text for line in found))
            assert text.count("(ลงชื่อ)") == text.count("สมหญิง") + text.count("สมชาย") + text.count("สมศักดิ์")
            assert text.count("ความเห็นของ") == text.count("(ลงชื่อ)") - text.count("สมหญิง")
            assert text.count("สมศักดิ์") == text.count("นายกองค์การบริหารส่วนตำบลตัวอย่าง")


def test_a_block_without_a_label_is_lines_only() -> None:
    data = written(chain(SignatureBlock(("เทศบาลตำบลตัวอย่าง",))))
    assert dotted(data) == []
    assert folded(lines(data)[0][0].text) == "เทศบาลตำบลตัวอย่าง"


def test_the_whole_memo_fits_on_one_page() -> None:
    assert len(lines(written(head(), body(), body(), chain()))) == 1


def test_pages_after_the_first_are_numbered_between_hyphens() -> None:
    tree = DocumentTree("t", "a", (Section((head(), *[body()] * 20), page_number="hyphens"),))
    pages = lines(pdf.write(tree))
    assert len(pages) > 2
    assert "- ๑ -" not in [line.text for line in pages[0]]
    for number, found in enumerate(pages[1:], 1):
        first = found[0]
        assert first.text == f"- {'๐๑๒๓๔๕'[number + 1]} -"
        assert (first.x + first.right) / 2 == about(10.5 * CM)
        assert first.y == pytest.approx(3 * CM, abs=0.15 * CM)
        assert found[1].y - first.y > 0.9 * CM


def test_a_memo_with_monstrous_fields_loses_nothing() -> None:
    monster = MemoHead(
        "บันทึกข้อความ",
        None,
        1.5,
        ((MemoField("ที่", "ก" * 400), MemoField("วันที่", "ข" * 300)), (MemoField("เรื่อง", "ยาวมาก " * 2000),)),
        "เรียน",
        "นายก" * 1500,
    )
    text = "".join(character.text for found in lines(written(monster)) for character in characters(found))
    assert text.count("ยาวมาก") == 2000
    assert text.count("นายก") == 1500
    assert (text.count("ข"), text.count("ก") - 2000 - 1500) == (300 + 1, 400 + 1 + 0)


def test_a_title_of_another_form_and_three_fields() -> None:
    other = MemoHead("Memo", None, 1.5, (tuple(MemoField(label, "v") for label in "ABC"),), "To", "you")
    found = lines(pdf.write(tree_of(other)))[0]
    starts = [run_of(found, f"{label}v")[0].x for label in "ABC"]
    assert starts == [about((3 + 16 * at / 3) * CM) for at in range(3)]
