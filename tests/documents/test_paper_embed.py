"""Shaping and embedding: what is drawn is what HarfBuzz draws, what is copied is what was written."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import uharfbuzz as hb
from documents.clusters import CLUSTERS
from documents.readers import (
    READERS,
    EmbeddedFont,
    Point,
    drawn_glyphs,
    drawn_points,
    folded,
    lines,
    outline_points,
    paragraph,
    tree_of,
    written,
)
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

from itadesk.documents import pdf
from itadesk.documents.paper.families import Family, family
from itadesk.documents.tree import Paragraph, Run


def harfbuzz_points(text: str, file: Path) -> list[Point]:
    """The outline points of `text`, shaped as a whole by HarfBuzz alone and drawn from the font file itself."""
    font, outlines = hb.Font(hb.Face(hb.Blob(file.read_bytes()))), TTFont(file)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", "Thai", "th"
    hb.shape(font, buffer)
    pen, found = 0, list[Point]()
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        found += outline_points(outlines, info.codepoint, pen + place.x_offset, place.y_offset)
        pen += place.x_advance
    return sorted(found)


def near(found: list[Point], expected: list[Point]) -> bool:
    """Equal to a unit of the font, which is what rounding may add up to."""
    return len(found) == len(expected) and all(
        abs(fx - ex) <= 1 and abs(fy - ey) <= 1 for (fx, fy), (ex, ey) in zip(found, expected, strict=True)
    )


def test_there_are_92_hard_clusters() -> None:
    assert len(set(CLUSTERS)) == 92


@pytest.mark.parametrize("bold", [False, True])
def test_every_cluster_is_drawn_as_harfbuzz_draws_it(bold: bool) -> None:
    drawn = drawn_points(written(*(paragraph(cluster, bold=bold) for cluster in CLUSTERS)))
    file = family().bold if bold else family().regular
    torn = [c for c, points in zip(CLUSTERS, drawn, strict=True) if points != harfbuzz_points(c, file)]
    assert torn == []


def test_a_line_of_many_words_is_drawn_as_harfbuzz_draws_the_whole_line() -> None:
    text = "ปู่ญ่าตาทวดไม่รู้ว่าน้ำซ้ำเติมผู้ที่อยู่ใต้ถุน AVA To fi (ITA) พ.ศ. ๒๕๖๖ ศักดิ์สิทธิ์"
    assert near(drawn_points(written(paragraph(text)))[0], harfbuzz_points(text, family().regular))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("bold", [False, True])
def test_every_cluster_reads_back_and_stands_once(reader: str, bold: bool) -> None:
    texts = [text for cluster in CLUSTERS for text in (cluster, f"ก{cluster}ข {cluster}{cluster}")]
    read = READERS[reader](written(*(paragraph(text, bold=bold) for text in texts)))
    assert [line.strip() for line in read.splitlines() if line.strip()] == texts


@pytest.mark.parametrize("reader", READERS)
def test_bold_inside_a_word_is_shaped_and_copied(reader: str) -> None:
    runs = (
        Run("ความโปร่ง"),
        Run("ใสที่", bold=True),
        Run("ผู้รู้น้ำ", italic=True),
        Run("ใจ", bold=True, italic=True),
    )
    read = READERS[reader](written(Paragraph(runs)))
    assert folded(read) == "ความโปร่งใสที่ผู้รู้น้ำใจ"


def test_the_pdf_widths_are_the_fonts_widths() -> None:
    data = written(*(paragraph(cluster) for cluster in CLUSTERS), paragraph("ตัวหนา ITA ✓", bold=True))
    with pikepdf.open(BytesIO(data)) as document:
        fonts = [EmbeddedFont(font) for font in document.pages[0].resources.Font.values()]
    for font in fonts:
        for code, width in font.widths.items():
            advance, _ = font.file["hmtx"][font.file.getGlyphName(font.glyph(code))]
            assert round(advance * 1000 / font.units, 2) == pytest.approx(width)


def test_the_embedded_font_is_sound() -> None:
    """Every table decompiles and every glyph draws, composites of composites too."""
    data = written(paragraph("ที่ ปู่ น้ำ é Å ½ ฿ “ข้อ” – … •"))
    with pikepdf.open(BytesIO(data)) as document:
        font = EmbeddedFont(next(iter(document.pages[0].resources.Font.values()))).file
    for tag in ("head", "hhea", "maxp", "hmtx", "loca", "glyf"):
        assert font[tag]
    assert all(outline_points(font, gid, 0, 0) is not None for gid in range(font["maxp"].numGlyphs))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", ["✓ ☐ ★", "ผ่าน ✓ แล้ว", "👍", "漢字", "a👨‍👩‍👧b"])
def test_a_character_the_font_lacks_is_drawn_and_copied(reader: str, text: str) -> None:
    data = written(paragraph(text))
    assert folded(READERS[reader](data)) == folded(text)
    assert all(drawn_glyphs(data)), "nothing is drawn with .notdef"


@pytest.mark.parametrize("reader", READERS)
def test_control_characters_and_half_characters_are_left_out(reader: str) -> None:
    data = written(paragraph("ก\x00ข\x07ค\ud800ง\udfffจ\ufffeฉ\tช\x7f"))
    assert folded(READERS[reader](data)) == "กขคงจฉช"


def test_marks_without_a_letter_do_no_harm() -> None:
    for text in ("่", "ก่่่่่", "ำ", "้ำ", "เ", "์์", "a่", "\u200d", "ก\u200bข", "\u00ad"):
        data = written(paragraph(text), paragraph("จบ"))
        assert "จบ" in READERS["mupdf"](data)


def test_a_mark_stays_on_its_letter_in_a_stretched_line() -> None:
    """กระจายแบบไทย widens between clusters only."""
    text = "ที่ผู้รู้น้ำซ้ำที่ปู่ย่าตายายฝั่งนี้เป็นผู้มีสิทธิ์" * 4
    stretched = [line for line in lines(written(paragraph(text, "thai")))[0] if line.text.strip()][:-1]
    for line in stretched:
        for before, mark in zip(line.characters, line.characters[1:], strict=False):
            if mark.text in "่้๊๋์ิีึืุู":
                assert mark.x <= before.right + 0.01


def test_other_units_per_em_are_scaled(tmp_path: Path) -> None:
    """A face of 2,048 units, as some installed fonts have, sets the same lines."""
    doubled = {style: tmp_path / f"{style}.ttf" for style in ("regular", "bold", "italic", "bold_italic")}
    for style, file in doubled.items():
        font = TTFont(getattr(family(), style))
        scale_upem(font, 2000)
        font.save(file)
    text = "ตามที่สำนักปลัดได้รายงานผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ น้ำใจที่ปู่ให้"
    tree = tree_of(paragraph(text, "thai", indent=2.5))
    normal = pdf.write(tree)
    scaled = pdf.write(tree, Family("Doubled", family().scale, **doubled))
    assert [line.text for line in lines(normal)[0]] == [line.text for line in lines(scaled)[0]]
    halved = [(round(x / 2), round(y / 2)) for x, y in drawn_points(scaled)[0]]
    assert near(drawn_points(normal)[0], halved)
