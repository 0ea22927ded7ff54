"""Lines of text: filled to the margin, aligned, stretched the Thai way, never beyond their width."""

import re
from pathlib import Path

import pytest
from documents.readers import CM, IN_ORDER, Character, TextLine, folded, lines, paragraph, written
from hypothesis import example, given, settings
from hypothesis import strategies as st

from itadesk.documents.paper.families import family
from itadesk.documents.paper.text import Typesetter, clean
from itadesk.documents.tree import Align, Column, Paragraph, Row, Run, Table

TEXT = (
    "ตามที่สำนักปลัด องค์การบริหารส่วนตำบลตัวอย่าง ได้รายงานผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ "
    "(Integrity and Transparency Assessment: ITA) ประจำปีงบประมาณ พ.ศ. ๒๕๖๔ และได้กำหนดมาตรการเพื่อขับเคลื่อนการส่งเสริมคุณธรรม "
    "ต่าง ๆ เช่น การใช้ทรัพย์สินของราชการ ฯลฯ นั้น "
) * 3
LEFT, RIGHT = 3 * CM, 19 * CM


def rows(*paragraphs: Paragraph) -> list[TextLine]:
    return [line for line in lines(written(*paragraphs))[0] if line.text.strip()]


def test_no_line_starts_with_what_it_may_not(corpus: Path) -> None:
    texts = [
        text.strip()
        for file in sorted(corpus.glob("*.txt"))
        for text in file.read_text(encoding="utf-8").splitlines()
        if len(text) > 60
    ]
    for page in lines(written(*(paragraph(text, "thai", indent=2.5) for text in texts))):
        rows: dict[int, list[Character]] = {}
        for character in (character for line in page for character in line.characters):
            rows.setdefault(round(character.y), []).append(character)
        for row in rows.values():
            text = "".join(
                character.text for character in sorted(row, key=lambda character: character.x)
            ).strip()
            if row[0].x < 4 * CM:  # not the first of its paragraph
                assert text[0] not in ")]”ๆฯ,;:%.!?"
            assert text[-1] not in "([“"


@pytest.mark.parametrize("align", ["left", "center", "right", "thai"])
def test_alignment(align: Align) -> None:
    found = rows(paragraph(TEXT, align))
    assert len(found) > 5
    for line in found[:-1]:
        left, right = line.x - LEFT, RIGHT - line.right
        match align:
            case "left":
                assert left == pytest.approx(0, abs=0.1)
            case "right":
                assert right == pytest.approx(0, abs=0.3)
            case "center":
                assert left == pytest.approx(right, abs=0.3)
            case "thai":
                assert (left, right) == (pytest.approx(0, abs=0.1), pytest.approx(0, abs=0.3))


def test_the_last_line_of_a_stretched_paragraph_is_not_stretched() -> None:
    (short,) = rows(paragraph("จึงเรียนมาเพื่อโปรดพิจารณา", "thai"))
    (left,) = rows(paragraph("จึงเรียนมาเพื่อโปรดพิจารณา", "left"))
    assert [c.x for c in short.characters] == [c.x for c in left.characters]


def test_stretching_changes_no_line_and_no_copy() -> None:
    assert [line.text for line in rows(paragraph(TEXT, "thai"))] == [
        line.text for line in rows(paragraph(TEXT))
    ]


def test_a_line_too_short_to_stretch_stays_ragged() -> None:
    found = rows(paragraph("ก " + "A" * 71 + " ข", "thai"))
    assert RIGHT - found[0].right > 100


def test_every_paragraph_of_a_text_is_indented() -> None:
    found = rows(paragraph("หนึ่ง\nสอง\nสาม", indent=2.5))
    assert [line.x for line in found] == [pytest.approx(5.5 * CM, abs=0.1)] * 3


def test_left_indent_holds_for_all_lines() -> None:
    found = rows(Paragraph((Run(TEXT),), align="left", left=1.5))
    assert {round(line.x / CM, 2) for line in found} == {4.5}


def test_an_indent_wider_than_the_page_is_cut_down() -> None:
    (line,) = rows(paragraph("กขค", indent=50))
    assert line.right < RIGHT


def test_a_paragraph_flows_over_pages_two_lines_at_least_on_each() -> None:
    for filler in range(28, 36):
        for page in lines(written(*[paragraph("x")] * filler, paragraph(TEXT)))[:2]:
            assert len([line for line in page if line.text.strip() != "x"]) != 1


def test_line_breaks_make_paragraphs_and_blank_ones_keep_their_height() -> None:
    first, second = rows(paragraph("ก\n\n\nข"))
    assert second.y - first.y == pytest.approx(3 * 16 * 1.15, abs=0.1)


@given(
    st.text(st.sampled_from("กขคงมรหเแโะาัำิี่้์ๆฯ 0๑.()/-abcW\u00a0\u200b"), max_size=200),
    st.floats(20, 300),
    st.floats(0, 60),
)
def test_lines_hold_the_text_and_their_width(text: str, width: float, first: float) -> None:
    typesetter = Typesetter(family())
    found = typesetter.lines((Run(text),), 16, width, min(first, width / 2))
    assert found[-1].last
    longest = max(
        (typesetter.line(cluster, 16).width for cluster in re.findall("[เ-ไ]?.[^ก-ฮ ]*", text)), default=0
    )
    for line in found:
        assert line.width <= max(width, longest + 16) + 0.01


PARTS = [
    "ยืม-คืน",
    "the-",
    "Service",
    "e-",
    "-",
    "- ",
    " - ",
    "ขององค์กร",
    "๑๐๐%",
    "๑",
    "ที่",
    "กา",
    " ",
    "\n",
    "(",
    ")",
]
PARTS += [
    "https://www.kham-pom.go.th/",
    "detail?id=1-2",
    "sara-ban@dla.go.th",
    "๒๕๖๕-๒๕๖๖",
    "–",
    "\u2010",
    "ฯลฯ",
    "\u00ad",
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=12).map("".join), st.floats(1.2, 4))
@example("the-\nService", 4)
@example("ระบบ e-Service", 1.2)
@example("ขององค์กร- ๑๐๐%", 1.7)
@example("https://www.kham-pom.go.th/", 1.7)
@example("การยืม-คืน", 1.2)
def test_hyphens_read_back_from_narrow_columns(text: str, width: float) -> None:
    table = Table((Column(width=width), Column()), (), (Row((text, "")), Row(("Service", ""))))
    data = written(table)
    expected = folded(clean(text)) + "Service"
    for name, read in IN_ORDER.items():
        assert (name, folded(read(data))) == (name, expected)


@given(
    st.lists(
        st.tuples(st.text(st.sampled_from("กขคมที่ำ abc"), max_size=12), st.booleans(), st.booleans()),
        max_size=8,
    )
)
def test_runs_set_as_one_text(parts: list[tuple[str, bool, bool]]) -> None:
    """Runs of the same face make the same lines as their text in one run."""
    typesetter = Typesetter(family())
    joined = "".join(text for text, *_ in parts)
    alone = typesetter.lines((Run(joined),), 16, 100)
    apart = typesetter.lines(tuple(Run(text) for text, *_ in parts), 16, 100)
    assert len(apart) == pytest.approx(len(alone), abs=1)
    mixed = typesetter.lines(tuple(Run(*part) for part in parts), 16, 100)
    assert all(line.width <= 120 for line in mixed)


def test_a_long_word_is_not_shaped_again_for_every_line() -> None:
    typesetter = Typesetter(family())
    assert len(typesetter.lines((Run("A" * 30000),), 16, 30)) > 5000
    shaped = {piece.code for line in typesetter.lines((Run("A" * 30000),), 16, 30) for piece in line.pieces}
    assert len(shaped) == 1


def test_blanks_at_the_end_of_a_line_do_not_widen_it() -> None:
    found = rows(paragraph("กา" + " " * 3000 + "ขา"))
    assert folded("".join(line.text for line in found)) == "กาขา"
    assert all(character.right <= RIGHT + 5 for line in found for character in line.characters)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("ก\r\nข", "ก\nข"),
        ("ก\u2028ข", "ก\nข"),
        ("ก\tข", "ก ข"),
        ("\x00ก\ud83d\x9f", "ก"),
        ("ก\ufeff", "ก"),
        ("ก\u00adข", "กข"),
        ("", ""),
    ],
)
def test_clean(text: str, printed: str) -> None:
    assert clean(text) == printed
