"""Long tables: every cell once and inside its column, the head on every page, group rows with their next row."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from documents.readers import CM, Character, TextLine, drawings, folded, lines, paragraph, tree_of, written
from hypothesis import given
from hypothesis import strategies as st

from itadesk.documents import pdf
from itadesk.documents.tree import Column, HeadCell, Margins, Row, Table

HEAD = ("มาตรการ", "ขั้นตอนหรือวิธีการปฏิบัติ", "ผู้รับผิดชอบ", "การกำกับติดตาม")
SENTENCE = "จัดทำประกาศขั้นตอนการปฏิบัติงานและเผยแพร่บนเว็บไซต์ของหน่วยงานให้ประชาชนทราบ "


def table(*rows: Row, columns: tuple[Column, ...] | None = None, head: tuple[str, ...] = HEAD) -> Table:
    columns = columns or tuple(Column() for _ in head)
    return Table(columns, (tuple(HeadCell(text) for text in head),), rows)


def edges(data: bytes, page: int = 0) -> list[float]:
    """The x of the vertical rules of a page."""
    found: set[float] = set()
    for drawing in drawings(data, page):
        for item in drawing["items"]:
            if item[0] == "re":
                found |= {item[1].x0, item[1].x1}
            elif abs(item[1].x - item[2].x) < 0.01:
                found.add(item[1].x)
    rising = sorted(found)
    return [x for before, x in pairwise([-1.0, *rising]) if x - before > 0.3]


def characters(page: list[TextLine]) -> list[Character]:
    return [character for line in page for character in line.characters if character.text.strip()]


def columns_of(data: bytes, heads: tuple[str, ...]) -> list[str]:
    """The text of each column over all pages, in reading order, without blanks and without the head."""
    texts = [""] * len(heads)
    for number, page in enumerate(lines(data)):
        bounds = edges(data, number)
        here = [""] * len(heads)
        for character in characters(page):
            column = sum(bound <= character.x + 0.2 for bound in bounds) - 1
            here[column] += character.text
            assert character.right <= bounds[column + 1] + 0.3, f"{character} beyond {bounds}"
        for at, head in enumerate(heads):
            assert here[at].startswith(folded(head))
            texts[at] += here[at].removeprefix(folded(head))
    return texts


words = st.sampled_from(
    (
        "ความโปร่งใส",
        "ที่",
        "ปู่",
        "น้ำ",
        "(ITA)",
        "พ.ศ. ๒๕๖๖",
        "A",
        "/",
        "๑.",
        "ต่าง ๆ",
        " ",
        "\n",
        SENTENCE,
        "x" * 60,
        "- ",
        "ๆ",
        ")",
        "“ก”",
    )
)
cell = st.lists(words, max_size=12).map("".join)


@given(st.data(), st.integers(1, 5))
def test_every_cell_stands_once_in_its_column(data: st.DataObject, count: int) -> None:
    rows = data.draw(st.lists(st.tuples(*[cell] * count), max_size=25))
    widths = st.one_of(st.none(), st.floats(0.2, 6))
    columns = tuple(
        Column(data.draw(st.sampled_from(("left", "center"))), data.draw(widths)) for _ in range(count)
    )
    heads = tuple(f"หัว{at}" for at in range(count))
    written_table = written(table(*map(Row, rows), columns=columns, head=heads))
    found = columns_of(written_table, heads)
    assert found == [folded("".join(row[at] for row in rows)) for at in range(count)]


def test_the_head_stands_on_every_page_and_once() -> None:
    pages = lines(written(table(*[Row((SENTENCE,) * 4)] * 60)))
    assert len(pages) > 3
    for page in pages:
        text = folded("".join(line.text for line in page))
        assert [text.count(folded(head)) for head in HEAD] == [1, 1, 1, 1]


def test_a_head_of_two_levels() -> None:
    ticks = ("ยังไม่ดำเนินงาน", "อยู่ระหว่างดำเนินงาน", "ดำเนินงานเสร็จแล้ว")
    status = Table(
        (Column(), Column(), Column("center", 2), Column("center", 2), Column("center", 2)),
        (
            (HeadCell("มาตรการ", rows=2), HeadCell("ขั้นตอน", rows=2), HeadCell("สถานการณ์ดำเนินงาน", columns=3)),
            tuple(HeadCell(text) for text in ticks),
        ),
        tuple(Row((f"มาตรการที่ {at} {SENTENCE}", SENTENCE, "", "", "/")) for at in range(40)),
    )
    data = written(status)
    for number, page in enumerate(lines(data)):
        bounds = edges(data, number)
        assert len(bounds) == 6
        assert bounds[2:] == pytest.approx([19 * CM - 2 * CM * left for left in (3, 2, 1, 0)], abs=0.1)
        spanning = [line for line in page if "สถานการณ์" in line.text]
        assert len(spanning) == 1
        middle = (spanning[0].x + spanning[0].right) / 2
        assert middle == pytest.approx((bounds[2] + bounds[5]) / 2, abs=0.5)
        for at, tick in enumerate(ticks, 2):
            column = "".join(c.text for c in characters(page) if bounds[at] <= c.x < bounds[at + 1])
            assert folded(tick) in column
        marks = [c for c in characters(page) if c.text == "/"]
        assert marks
        assert all(bounds[4] < mark.x < bounds[5] for mark in marks)


def test_no_group_row_stands_alone_at_the_foot() -> None:
    rows = [
        row
        for at in range(120)
        for row in (Row((f"ตัวชี้วัดที่ {at}",), group=True), *[Row((SENTENCE * (at % 5 + 1),) * 4)] * (at % 3 + 1))
    ]
    pages = lines(written(table(*rows)))
    assert len(pages) > 10
    for page in pages:
        assert "ตัวชี้วัด" not in [line.text for line in page][-1]


def test_a_row_split_over_pages_has_two_lines_on_each_side() -> None:
    for filler in range(12):
        long = " ".join(f"{SENTENCE}{at}" for at in range(60))
        pages = lines(written(table(*[Row(("ก",) * 4)] * filler, Row((long, "", "", "")))))
        assert len(pages) > 1
        for page in pages:
            assert len([line for line in page if line.x < 8 * CM and "มาตรการ" not in line.text]) >= 2


def test_a_short_row_is_not_split() -> None:
    row = "แถวสั้น " + SENTENCE * 2
    pages = lines(written(table(*[Row((f"{at:03d} {row}", "", "", "")) for at in range(80)])))
    assert len(pages) > 1
    for page in pages[1:]:
        first = next(
            line
            for line in page
            if "มาตรการ" not in line.text and "ขั้น" not in line.text[:4] and line.x < 4 * CM
        )
        assert first.text[:3].isdigit()


def test_fixed_widths_are_kept_and_the_table_fills_the_line() -> None:
    data = written(
        table(Row((SENTENCE,) * 4), columns=(Column(width=2.5), Column(), Column(), Column(width=3)))
    )
    bounds = edges(data)
    assert bounds[0] == pytest.approx(3 * CM, abs=0.1)
    assert bounds[-1] == pytest.approx(19 * CM, abs=0.1)
    assert bounds[1] - bounds[0] == pytest.approx(2.5 * CM, abs=0.1)
    assert bounds[4] - bounds[3] == pytest.approx(3 * CM, abs=0.1)


def test_long_texts_get_more_room_than_short_ones() -> None:
    steps = "\n".join([SENTENCE] * 3)
    rows = [Row(("มาตรการที่ตั้งไว้สำหรับปีนี้", steps, "สำนักปลัด", "-"))] * 5
    heads = ("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ข้อเสนอแนะ")
    bounds = edges(written(table(*rows, columns=(Column(),) * 4, head=heads)))
    widths = [right - left for left, right in pairwise(bounds)]
    assert widths[1] > sum(widths) / 2
    assert widths[1] > 2 * widths[0]


def test_tables_of_one_section_have_equal_widths_if_their_heads_are_equal() -> None:
    long, short = (table(Row(cells), head=HEAD[:2]) for cells in ((SENTENCE * 3, "ก"), ("ก", SENTENCE)))
    data = written(long, paragraph("ข้อความ"), short)
    alone = {round(edges(written(only))[1]) for only in (long, short)}
    both = edges(data)
    assert len(both) == 3
    assert len(alone) == 2
    assert round(both[1]) not in alone


def test_a_fitted_column_gets_what_its_text_asks_for() -> None:
    bounds = edges(written(table(*[Row((SENTENCE, SENTENCE * 4, "สำนักปลัด", "๓๑ มี.ค. ๖๕"))] * 5)))
    widths = [right - left for left, right in pairwise(bounds)]
    assert widths[1] > widths[0] > widths[2]


@pytest.mark.parametrize("count", [30, 60, 200])
def test_too_many_columns_stay_on_the_paper(count: int) -> None:
    heads = tuple("หัว" for _ in range(count))
    data = written(table(Row(tuple("กขค" for _ in heads)), head=heads))
    found = [character for page in lines(data) for character in characters(page)]
    assert len(found) == 6 * count
    assert max(character.right for character in found) <= 19 * CM + 0.1


def test_a_column_narrower_than_a_letter_loses_nothing() -> None:
    heads = ("", "ข")
    data = written(table(Row(("ที่ปู่WWW", "ข้อ")), columns=(Column(width=0.1), Column()), head=heads))
    assert columns_of(data, heads) == ["ที่ปู่WWW", "ข้อ"]


@pytest.mark.parametrize(
    "text", ["ก" * 20000, SENTENCE * 260, "A" * 3000, ")" * 3000, "ๆ" * 300, "ก" + "่" * 500]
)
def test_a_monstrous_cell_is_printed_whole(text: str) -> None:
    heads = ("ก", "ข")
    data = written(table(Row((text, "จบ")), columns=(Column(width=4), Column()), head=heads))
    assert columns_of(data, heads) == [folded(text), "จบ"]


def test_a_head_taller_than_the_page_is_made_smaller() -> None:
    heads = ("หัวตาราง" * 700, "ข")
    data = written(table(*[Row((SENTENCE, "x"))] * 30, head=heads))
    assert columns_of(data, heads) == [folded(SENTENCE) * 30, "x" * 30]


@pytest.mark.parametrize("rows", [(), (Row(("", "", "", "")),)])
def test_an_empty_table_has_its_head(rows: tuple[Row, ...]) -> None:
    (page,) = lines(written(table(*rows)))
    assert folded("".join(line.text for line in page)) == folded("".join(HEAD))


def test_a_table_without_columns_or_head() -> None:
    assert lines(written(Table((), (), ()), paragraph("จบ")))[0][0].text == "จบ"
    assert lines(written(Table((Column(),), (), (Row(("ก",)),))))[0][0].text == "ก"


def test_only_group_rows() -> None:
    pages = lines(written(table(*[Row(("กลุ่ม",), group=True)] * 200)))
    assert sum(line.text == "กลุ่ม" for page in pages for line in page) == 200


def test_a_heading_kept_with_the_table_stands_on_its_page() -> None:
    for filler in range(26, 34):
        heading = paragraph("หัวข้อ")
        kept = type(heading)(heading.runs, keep_with_next=True)
        pages = lines(written(*[paragraph("x")] * filler, kept, table(Row((SENTENCE,) * 4))))
        with_heading = next(page for page in pages if any("หัวข้อ" in line.text for line in page))
        assert any("สถานะ" in line.text or "มาตรการ" in line.text for line in with_heading)


def test_landscape_and_margins() -> None:
    tree = tree_of(table(Row((SENTENCE,) * 4)), landscape=True, margins=Margins(2, 1.5, 2.5, 2))
    bounds = edges(pdf.write(tree))
    assert bounds[0] == pytest.approx(2 * CM, abs=0.1)
    assert bounds[-1] == pytest.approx((29.7 - 1.5) * CM, abs=0.1)


def test_real_measures(corpus: Path) -> None:
    """The plan tables of the real reports, each cell once."""
    for file in sorted(corpus.glob("*.json")):
        measures = json.loads(file.read_text(encoding="utf-8"))["measures"]
        rows = [
            tuple(m.get(key) or "" for key in ("title", "steps", "responsible", "follow_up"))
            for m in measures
        ]
        found = columns_of(written(table(*map(Row, rows))), HEAD)
        assert found == [folded("".join(row[at] for row in rows)) for at in range(4)]
