"""Word files read back: text, its look, pages, the memo and those who sign."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx as python_docx
import pytest
from documents.readers import folded
from documents.trees import cover, grouped, memo, texts, words
from documents.word_files import (
    body,
    every,
    keeps,
    name_of,
    paragraph_of,
    parts,
    said,
    stories,
    value,
    written,
    xml,
)
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from itadesk.documents import docx
from itadesk.documents.tree import (
    DocumentTree,
    Margins,
    MemoField,
    MemoHead,
    Paragraph,
    Run,
    Section,
    SignatureBlock,
    SignatureChain,
    Space,
)

# --- texts


@pytest.mark.parametrize("report", [memo, grouped, cover])
def test_every_text_stands_once_and_in_order(report: Callable[[], DocumentTree]) -> None:
    said_by_tree = folded("".join(texts(report())))
    assert folded(said(body(docx.write(report())))) == said_by_tree


def test_python_docx_reads_it() -> None:
    document = python_docx.Document(BytesIO(docx.write(grouped())))
    assert document.paragraphs[0].text == "รายงานผลการดำเนินการตามมาตรการ"
    assert document.tables[0].cell(1, 1).text == "มาตรการ"
    assert document.tables[1].cell(0, 0).text.startswith("ผู้รายงาน")


def test_a_line_break_starts_a_paragraph_of_the_same_look() -> None:
    found = every(
        written(Paragraph((Run("หนึ่ง\nส"), Run("อง", bold=True)), "center", 18, left=1, keep_with_next=True)),
        "w:p",
    )[:2]
    assert [said(paragraph) for paragraph in found] == ["หนึ่ง", "สอง"]
    looks = [paragraph.find(qn("w:pPr")).xml for paragraph in found]
    assert looks[0] == looks[1]


def test_only_the_first_of_them_has_space_above() -> None:
    found = every(written(Paragraph(words("ก")), Paragraph(words("ข\nค"), space_before=0.5)), "w:p")
    assert [value(paragraph, "w:pPr/w:spacing", "w:before") for paragraph in found[:3]] == [None, "283", None]


def test_runs_keep_their_faces() -> None:
    runs = every(written(Paragraph((Run("ก"), Run("ข", bold=True), Run("ค", italic=True)))), "w:r")
    faces = [{name_of(found) for found in run.find(qn("w:rPr"))} for run in runs]
    assert faces == [{"cs"}, {"b", "bCs", "cs"}, {"i", "iCs", "cs"}]


@pytest.mark.parametrize(
    ("align", "word"),
    [("left", None), ("center", "center"), ("right", "right"), ("thai", "thaiDistribute")],
)
def test_alignment(align: Any, word: str | None) -> None:
    paragraph = every(written(Paragraph(words("ก"), align, indent=2.5, left=1)), "w:p")[0]
    assert value(paragraph, "w:pPr/w:jc") == word
    assert value(paragraph, "w:pPr/w:ind", "w:firstLine") == "1417"
    assert value(paragraph, "w:pPr/w:ind", "w:left") == "567"


# --- Thai


def test_sizes_and_weights_of_thai_stand_beside_the_others() -> None:
    for name, content in parts(docx.write(memo())).items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for properties in every(parse_xml(content), "w:rPr"):
            assert value(properties, "w:sz") == value(properties, "w:szCs")
            assert (properties.find(qn("w:b")) is None) == (properties.find(qn("w:bCs")) is None)


def test_runs_of_thai_are_complex_script() -> None:
    runs = every(written(Paragraph(words("ITA")), Paragraph(words("ร้อยละ 80"))), "w:r")
    assert [run.find(qn("w:rPr") + "/" + qn("w:cs")) is not None for run in runs if run is not None] == [
        False,
        True,
    ]


def test_the_official_font_is_that_of_text_typed_later() -> None:
    styles = xml(docx.write(memo()), "word/styles.xml")
    normal = next(style for style in every(styles, "w:style") if style.get(qn("w:styleId")) == "Normal")
    for faces in (styles.find(qn("w:docDefaults") + "/" + qn("w:rPrDefault")), normal):
        fonts = faces.find(qn("w:rPr") + "/" + qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "cs", "eastAsia")} == {
            "TH SarabunPSK"
        }
        assert value(faces, "w:rPr/w:sz") == value(faces, "w:rPr/w:szCs") == "32"
        assert value(faces, "w:rPr/w:lang", "w:bidi") == "th-TH"
    assert value(normal, "w:pPr/w:spacing", "w:after") == "0"
    assert value(normal, "w:pPr/w:spacing", "w:line") == "240"


def test_nominal_sizes_go_in_unscaled() -> None:
    data = body(docx.write(memo()))
    assert value(every(paragraph_of(data, "บันทึกข้อความ"), "w:r/w:rPr")[-1], "w:szCs") == "58"
    label = next(run for run in every(data, "w:r") if said(run) == "ส่วนราชการ")
    assert value(label, "w:rPr/w:szCs") == "40"
    assert value(every(paragraph_of(data, "ผลการดำเนินการ"), "w:r")[0], "w:rPr/w:szCs") == "36"


# --- pages


def test_sections_have_their_paper_and_margins() -> None:
    wide = Section((Paragraph(words("ข")),), landscape=True, margins=Margins(2, 1.5, 2, 1))
    data = docx.write(DocumentTree("", "", (Section((Paragraph(words("ก")),)), wide)))
    found = python_docx.Document(BytesIO(data)).sections
    size = [
        (round(one.page_width.cm, 1), round(one.page_height.cm, 1))
        for one in found
        if one.page_width and one.page_height
    ]
    assert size == [(21.0, 29.7), (29.7, 21.0)]
    assert [str(one.orientation).split()[0] for one in found] == ["PORTRAIT", "LANDSCAPE"]
    edges = [(one.left_margin, one.right_margin, one.top_margin, one.bottom_margin) for one in found]
    assert [[round(edge.cm, 1) for edge in one if edge is not None] for one in edges] == [
        [3, 2, 2.5, 2],
        [2, 1.5, 2, 1],
    ]
    assert [str(one.start_type).split()[0] for one in found] == ["NEW_PAGE", "NEW_PAGE"]


def test_hyphens_stand_from_the_second_page_on() -> None:
    data = docx.write(memo())
    section = every(body(data), "w:sectPr")[0]
    assert section.find(qn("w:titlePg")) is not None
    assert value(section, "w:pgNumType", "w:fmt") == "thaiNumbers"
    assert value(section, "w:pgNumType", "w:start") == "1"
    headers = stories(data, "header")
    assert r"default: - ๒ - [' PAGE \\* THAIARABIC ']" in headers
    assert "first:  []" in headers


def test_the_memo_begins_where_the_emblem_wants_it_and_later_pages_at_the_margin() -> None:
    """The first page's text begins 1.5 cm below the paper's edge; the header pushes that of the others to 2.5 cm."""
    data = docx.write(memo())
    margins = every(body(data), "w:sectPr/w:pgMar")[0]
    assert margins.get(qn("w:top")) == "850"
    header = xml(data, "word/header1.xml")
    heights = [int(found.get(qn("w:line"))) for found in every(header, "w:spacing")]
    assert int(margins.get(qn("w:header"))) + sum(heights) == pytest.approx(2.5 / 2.54 * 1440, abs=2)


def test_pages_of_some_sections_are_counted_up_to_their_last() -> None:
    part = replace(memo().sections[1], page_number="of_total")
    report = DocumentTree("", "", (memo().sections[0], part, replace(part, landscape=True)))
    data = docx.write(report)
    assert [value(one, "w:pgNumType", "w:start") for one in every(body(data), "w:sectPr")] == ["1", "1", None]
    marks = [found.get(qn("w:name")) for found in every(body(data), "w:bookmarkStart")]
    assert len(marks) == 1
    last = every(body(data), "w:p")[-1]
    assert last.find(qn("w:bookmarkStart")) is not None
    feet = [foot for foot in stories(data, "footer") if "หน้า" in foot]
    assert len(feet) == 2
    for foot in feet:
        assert f" PAGE \\\\* THAIARABIC ', ' PAGEREF {marks[0]} \\\\* THAIARABIC " in foot


def test_pages_of_the_whole_are_counted_by_word() -> None:
    data = docx.write(grouped())
    (foot,) = stories(data, "footer")
    assert foot.startswith("default: ITA-๒๕๖๕-๐๒หน้า ๑ / ๑")
    assert " NUMPAGES " in foot


def test_arabic_digits() -> None:
    data = docx.write(replace(grouped(), thai_digits=False))
    assert " NUMPAGES \\\\* Arabic " in stories(data, "footer")[0]
    assert value(every(body(data), "w:sectPr")[0], "w:pgNumType", "w:fmt") is None


def test_a_section_without_numbers_has_no_foot_of_the_one_before() -> None:
    report = DocumentTree("", "", (grouped().sections[0], Section((Paragraph(words("จบ")),))))
    feet = stories(docx.write(report), "footer")
    assert len(feet) == 2
    assert "หน้า" in feet[0]
    assert feet[1] == "default:  []"


def test_section_titles_are_headings_that_look_like_text() -> None:
    data = docx.write(DocumentTree("", "", (*memo().sections, *cover().sections[1:])))
    headings = [
        said(found) for found in every(body(data), "w:p") if value(found, "w:pPr/w:pStyle") == "Heading1"
    ]
    assert headings == ["บันทึกข้อความ", "ผลการดำเนินการ", "คำนำ"]
    styles = xml(data, "word/styles.xml")
    style = next(style for style in every(styles, "w:style") if style.get(qn("w:styleId")) == "Heading1")
    assert value(style, "w:pPr/w:outlineLvl") == "0"
    assert style.find(qn("w:rPr")) is None


# --- memo and signatories


def test_dots_fill_what_values_leave_of_their_line() -> None:
    data = body(docx.write(memo()))
    line = next(found for found in every(data, "w:p") if said(found).startswith("ที่"))
    stops = [
        (found.get(qn("w:val")), found.get(qn("w:leader")), int(found.get(qn("w:pos"))))
        for found in every(line, "w:pPr/w:tabs/w:tab")
    ]
    assert [stop[:2] for stop in stops] == [
        ("left", "dot"),
        ("left", None),
        ("left", "dot"),
        ("right", "dot"),
    ]
    assert [stop[2] for stop in stops] == sorted(stop[2] for stop in stops)
    assert stops[-1][2] == pytest.approx(16 / 2.54 * 1440, abs=1)
    assert len(every(line, "w:r/w:tab")) == len(stops)


def test_fields_that_have_no_room_side_by_side_stand_below_each_other() -> None:
    long = "กส ๗๓๕๐๑/ว ๑๒๓ " * 6
    opening = MemoHead(
        "บันทึกข้อความ", None, 1.5, ((MemoField("ที่", long), MemoField("วันที่", "๑ มีนาคม")),), "", ""
    )
    found = [said(paragraph) for paragraph in every(written(opening), "w:p")]
    assert found[1].startswith("ที่")
    assert found[2] == "วันที่  ๑ มีนาคม"


def test_signatories_stay_together_and_with_the_paragraph_before() -> None:
    data = body(docx.write(memo()))
    paragraphs = every(data, "w:p")
    first = next(at for at, one in enumerate(paragraphs) if said(one) == "จึงเรียนมาเพื่อโปรดพิจารณา")
    last = next(
        at for at, one in enumerate(paragraphs) if said(one) == "นายกองค์การบริหารส่วนตำบลตัวอย่าง" and at > first
    )
    assert all(keeps(paragraph) for paragraph in paragraphs[first:last])
    assert not keeps(paragraphs[last])
    assert not keeps(paragraphs[first - 1])


def test_only_a_heading_is_kept_whole_with_what_follows() -> None:
    """The last paragraph before the signatories may begin on the page before."""
    chain = SignatureChain((SignatureBlock(("(นายหนึ่ง)",)),))
    found = written(Paragraph(words("หัวเรื่อง"), keep_with_next=True), Paragraph(words("จบ")), chain)
    whole = [bool(every(paragraph, "w:keepLines")) for paragraph in every(found, "w:p")[:3]]
    assert whole == [True, False, False]


def test_signatories_begin_in_the_middle_of_the_paper() -> None:
    name = paragraph_of(body(docx.write(memo())), "(นายสอง ใจงาม)")
    assert int(value(name, "w:pPr/w:ind", "w:left") or 0) == pytest.approx(7.5 / 2.54 * 1440, abs=1)
    assert value(name, "w:pPr/w:jc") == "center"


def test_signatories_side_by_side_are_whole_rows_kept_with_the_table_before() -> None:
    data = body(docx.write(grouped()))
    table, beside = data.findall(qn("w:tbl"))
    assert [said(cell) for cell in every(beside, "w:tc")] == [
        "ผู้รายงาน(นางสาวหนึ่ง ใจดี)นักจัดการงานทั่วไป",
        "ผู้ตรวจสอบ(นายสอง ใจงาม)หัวหน้าสำนักปลัด",
    ]
    assert every(beside, "w:trPr/w:cantSplit")
    assert not every(beside, "w:tblBorders/w:top")
    assert all(keeps(paragraph) for paragraph in every(every(table, "w:tr")[-1], "w:p"))
    between = table.getnext()
    assert between.tag == qn("w:p")
    assert keeps(between)


def test_names_side_by_side_stand_at_one_height_below_unlike_labels() -> None:
    """Labels have a row of their own: in one cell with the names, a longer one would push its name down."""
    beside = SignatureChain(
        (
            SignatureBlock(("(นายหนึ่ง)",), "(ลงชื่อ)", label="ผู้รายงาน"),
            SignatureBlock(("(นายสอง)",), "(ลงชื่อ)", "ความเห็น", 2, "ผู้ตรวจสอบ"),
        ),
        columns=2,
    )
    labels, names = every(written(beside), "w:tr")
    assert [said(cell) for cell in every(labels, "w:tc")] == ["ผู้รายงาน", "ความเห็นผู้ตรวจสอบ"]
    assert [said(cell) for cell in every(names, "w:tc")] == ["(ลงชื่อ)(นายหนึ่ง)", "(ลงชื่อ)(นายสอง)"]
    assert all(keeps(paragraph) for paragraph in every(labels, "w:p"))


def test_a_space_before_signatories_is_kept_with_them() -> None:
    chain = SignatureChain((SignatureBlock(("(นายหนึ่ง)",)),))
    found = every(written(Paragraph(words("ก")), Space(1), chain), "w:p")
    assert [keeps(paragraph) for paragraph in found[:3]] == [True, True, False]
