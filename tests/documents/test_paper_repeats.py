"""What a table says again on each page: its caption, the group that goes on, the text of merged cells."""

from itertools import pairwise
from typing import Any

import pymupdf
import pytest
from documents.readers import CM, Band, by_mupdf, folded, lines, paragraph, table_pages, tree_of, written

from itadesk.documents import pdf
from itadesk.documents.tree import (
    Column,
    HeadCell,
    Margins,
    Row,
    SignatureBlock,
    SignatureChain,
    Table,
)

SENTENCE = "จัดทำประกาศขั้นตอนการปฏิบัติงานและเผยแพร่บนเว็บไซต์ของหน่วยงานให้ประชาชนทราบ "
HEAD = ("มาตรการ", "สถานะ")


def table(*rows: Row, caption: str = "", continued: str = "(ต่อ)", merged: tuple[int, ...] = ()) -> Table:
    columns = tuple(Column(width=width, merged=at in merged) for at, width in enumerate((5.0, 11.0)))
    return Table(columns, (tuple(map(HeadCell, HEAD)),), rows, caption=caption, continued=continued)


def group(text: str) -> Row:
    return Row((text,), group=True)


def numbered(count: int, text: str = "ก") -> list[Row]:
    return [Row((f"แถวที่ {at};", text)) for at in range(count)]


def texts(data: bytes) -> list[str]:
    return [folded("".join(line.text for line in page)) for page in lines(data)]


def bands(data: bytes) -> list[list[Band]]:
    return [page.bands for page in table_pages(data)]


# --- captions


def test_the_caption_stands_bold_and_left_above_the_head_on_every_page() -> None:
    data = written(table(*numbered(80), caption="ตารางที่ ๑ มาตรการ"))
    pages = lines(data)
    assert len(pages) == 3
    for page, read in zip(pages, table_pages(data), strict=True):
        assert read.above == "ตารางที่๑มาตรการ"
        assert read.head == list(HEAD)
        assert page[0].x == pytest.approx(3 * CM, abs=0.5)
        assert page[0].y < 2.5 * CM + 16 * 1.15
    assert by_mupdf(data).count("ตารางที่ ๑") == 3
    first: Any = pymupdf.open(stream=data, filetype="pdf")[0]
    (span,) = first.get_text("dict")["blocks"][0]["lines"][0]["spans"]
    assert "Bold" in span["font"]


def test_a_caption_wraps_and_moves_the_rows_down() -> None:
    tops = [
        page.bands[0].top
        for count in (1, 2, 4)
        for page in table_pages(written(table(*numbered(2), caption="ตาราง " + SENTENCE * count)))
    ]
    line = 16 * 1.15
    assert [after - before for before, after in pairwise(tops)] == pytest.approx([line, line * 2], abs=0.1)


def test_a_caption_of_many_lines_leaves_half_of_each_page_to_the_rows() -> None:
    data = written(table(*numbered(60, SENTENCE), caption=SENTENCE * 40))
    for page in table_pages(data):
        assert page.above == folded(SENTENCE * 40)
        assert page.bands[0].top < 2.5 * CM + 25.2 / 2 * CM + 1


def test_a_caption_is_not_parted_from_the_first_row() -> None:
    for filler in range(28, 38):
        data = written(*[paragraph("x")] * filler, table(*numbered(2), caption="ตารางที่ ๑"))
        first = next(page for page in texts(data) if "ตารางที่๑" in page)
        assert "แถวที่0;" in first


# --- groups that go on


def test_a_group_that_goes_on_is_named_again() -> None:
    data = written(table(group("ด้านที่ ๑"), *numbered(20), group("ด้านที่ ๒"), *numbered(60)))
    firsts = [page[0].texts for page in bands(data)]
    assert firsts == [["ด้านที่๑"], ["ด้านที่๒(ต่อ)"], ["ด้านที่๒(ต่อ)"]]
    assert by_mupdf(data).count("(ต่อ)") == 2
    rows = [band.texts[0] for page in bands(data) for band in page if not band.group]
    assert rows == [f"แถวที่{at};" for at in (*range(20), *range(60))]


def test_it_looks_like_the_group_row_itself() -> None:
    data = written(table(group("ด้านที่ ๑"), *numbered(45)))
    (first, *_), (second, *_) = bands(data)
    assert first.group
    assert second.group
    assert second.bottom - second.top == pytest.approx(first.bottom - first.top, abs=0.1)
    assert second.cells[0][0].x == first.cells[0][0].x
    assert second.cells[0][0].right - second.cells[0][0].left == pytest.approx(
        first.cells[0][0].right - first.cells[0][0].left
    )


def test_a_new_group_at_the_top_of_a_page_is_not_preceded_by_the_old_one() -> None:
    for count in range(28, 38):
        data = written(table(group("ด้านที่ ๑"), *numbered(count), group("ด้านที่ ๒"), *numbered(3)))
        for page in bands(data)[1:]:
            assert [band.group for band in page[:2]] == [True, False]
        assert by_mupdf(data).count("(ต่อ)") <= 1


def test_rows_before_the_first_group_have_none() -> None:
    data = written(table(*numbered(80), group("ด้านที่ ๑"), *numbered(2)))
    assert "(ต่อ)" not in by_mupdf(data)


def test_without_the_word_no_group_is_repeated() -> None:
    data = written(table(group("ด้านที่ ๑"), *numbered(80), continued=""))
    assert by_mupdf(data).count("ด้านที่ ๑") == 1


def test_a_row_that_splits_goes_on_below_its_group() -> None:
    long = "\n".join(f"ข้อ {at:03d};" for at in range(100))
    data = written(table(group("ด้านที่ ๑"), Row(("แถว", long))))
    pages = bands(data)
    assert [[band.group for band in page] for page in pages] == [[True, False]] * len(pages)
    assert "".join(page[1].texts[1] for page in pages) == folded(long)
    assert [page[0].texts[0] for page in pages[1:]] == ["ด้านที่๑(ต่อ)"] * (len(pages) - 1)


def test_a_monstrous_group_row_is_not_repeated() -> None:
    data = written(table(group(SENTENCE * 90), *numbered(60)))
    assert "(ต่อ)" not in by_mupdf(data)
    assert folded(by_mupdf(data)).count("ขั้นตอน") == 90
    for page, following in pairwise(bands(data)):
        assert not page[-1].group or following[0].group, "its end is parted from the first row"


def test_a_group_row_longer_than_a_page_takes_two_lines_to_its_first_row() -> None:
    for extra in range(8):
        text = "\n".join(f"ข้อ {at:03d};" for at in range(70 + extra))
        pages = bands(written(table(group(text), *numbered(3), continued="")))
        last = next(page for page in pages if not page[-1].group)
        assert last[0].group
        assert last[0].lines >= 2
        assert "".join(band.texts[0] for page in pages for band in page if band.group) == folded(text)


def test_several_group_rows_in_a_row_stay_with_their_first_row() -> None:
    groups = [group(f"ระดับ {at}") for at in range(12)]
    for count in range(15, 40):
        for page in bands(written(table(*numbered(count), *groups, *numbered(2)))):
            assert not page[-1].group


def test_a_group_row_at_the_very_end() -> None:
    for count in range(30, 40):
        pages = bands(written(table(group("ต้น"), *numbered(count), group("ท้าย"))))
        assert [band.texts[0] for band in pages[-1]][-1] == "ท้าย"
        assert all(not page[-1].group for page in pages[:-1])


def test_more_group_rows_than_a_page_has_room_for() -> None:
    data = written(table(*[group(f"กลุ่ม {at};") for at in range(100)], *numbered(1)))
    assert [band.texts[0] for page in bands(data) for band in page] == [
        *[f"กลุ่ม{at};" for at in range(100)],
        "แถวที่0;",
    ]
    assert len(bands(data)[-1]) > 1


# --- merged cells


def test_equal_neighbours_are_one_cell() -> None:
    names = ["กองคลัง"] * 3 + ["สำนักปลัด"] * 2 + ["กองช่าง", "กองคลัง"]
    (page,) = bands(written(table(*[Row((name, f"{at}")) for at, name in enumerate(names)], merged=(0,))))
    assert [band.texts[0] for band in page] == ["กองคลัง", "", "", "สำนักปลัด", "", "กองช่าง", "กองคลัง"]
    assert [0 in band.ruled for band in page] == [True, False, False, True, False, True, True]
    assert all(1 in band.ruled for band in page)


def test_empty_neighbours_are_not_merged_nor_are_those_of_other_groups() -> None:
    rows = [Row(("", "ก")), Row(("", "ก")), Row(("ข", "ก")), group("กลุ่ม"), Row(("ข", "ก"))]
    (page,) = bands(written(table(*rows, merged=(0,))))
    assert all(band.ruled == {0, 1} for band in page)
    assert [band.texts[0] for band in page] == ["", "", "ข", "กลุ่ม", "ข"]


def test_a_column_that_is_not_merged_repeats_its_texts() -> None:
    (page,) = bands(written(table(*numbered(3, "กองคลัง"))))
    assert [band.texts[1] for band in page] == ["กองคลัง"] * 3


def test_a_merged_text_stands_again_at_the_top_of_each_page() -> None:
    pages = bands(written(table(*numbered(90, "กองคลัง"), merged=(1,))))
    assert len(pages) == 3
    for page in pages:
        assert [band.texts[1] for band in page] == ["กองคลัง", *[""] * (len(page) - 1)]
        assert [1 in band.ruled for band in page] == [True, *[False] * (len(page) - 1)]


def test_the_grid_is_closed_at_the_foot_also_below_a_merged_cell() -> None:
    for page in table_pages(written(table(*numbered(90, "กองคลัง"), merged=(1,)))):
        assert page.bands[-1].bottom > page.bands[-1].top
        assert page.edges[-1] == pytest.approx(19 * CM, abs=0.1)
    single = pdf.write(tree_of(table(*numbered(4, "กองคลัง"), merged=(0, 1))))
    assert len(bands(single)[0]) == 4


def test_the_first_row_grows_to_hold_a_merged_text() -> None:
    rows = [Row((SENTENCE * 2, "ก")), Row((SENTENCE * 2, "ข")), Row(("ค", "ค"))]
    (page,) = bands(written(table(*rows, merged=(0,))))
    assert page[0].texts == [folded(SENTENCE * 2), "ก"]
    assert page[0].bottom - page[0].top > 5 * 16 * 1.15
    assert page[1].bottom - page[1].top < 2 * 16 * 1.15


def test_a_row_that_splits_has_its_merged_text_on_both_pages() -> None:
    long = "\n".join(f"ข้อ {at:03d};" for at in range(60))
    pages = bands(written(table(Row(("กองคลัง", long)), Row(("กองคลัง", "จบ")), merged=(0,))))
    assert [[band.texts[0] for band in page] for page in pages] == [["กองคลัง"], ["กองคลัง", ""]]
    assert "".join(band.texts[1] for page in pages for band in page) == folded(long) + "จบ"


def test_the_name_of_a_group_of_one_row_stands_again_where_the_row_goes_on() -> None:
    long = "\n".join(f"ข้อ {at:03d};" for at in range(60))
    pages = bands(written(table(Row(("กองคลัง", long)), Row(("กองช่าง", "จบ")), merged=(0,))))
    assert [[band.texts[0] for band in page] for page in pages] == [["กองคลัง"], ["กองคลัง", "กองช่าง"]]


def test_a_group_name_is_not_torn_over_pages() -> None:
    long = "\n".join(f"ข้อ {at:03d};" for at in range(30))
    columns = (Column(width=3, merged=True), Column())
    for above in range(20, 30):
        rows = (*(Row((f"{at}", f"{at}")) for at in range(above)), Row((SENTENCE, long)))
        pages = bands(written(Table(columns, (), rows)))
        names = [band.texts[0] for page in pages for band in page if folded(SENTENCE)[:12] in band.texts[0]]
        assert set(names) == {folded(SENTENCE)}


def test_groups_of_equal_words_are_cells_of_their_own() -> None:
    rows = [Row(("กองคลัง", "ก")), Row(("กองคลัง", "ข")), Row(("กองคลัง", "ค"), starts=True)]
    (page,) = bands(written(table(*rows, merged=(0,))))
    assert [band.texts[0] for band in page] == ["กองคลัง", "", "กองคลัง"]
    assert [0 in band.ruled for band in page] == [True, False, True]


def test_monstrous_merged_texts_stand_once() -> None:
    rows = [Row((SENTENCE * 100, SENTENCE * 150))] * 20
    pages = bands(written(table(*rows, merged=(0, 1))))
    for column, count in ((0, 100), (1, 150)):
        assert "".join(band.texts[column] for page in pages for band in page) == folded(SENTENCE * count)


def test_two_merged_texts_of_a_third_of_the_page_each_come_to_an_end() -> None:
    columns = (Column(width=2, merged=True), Column(width=2.3, merged=True), Column(width=2), Column())
    rows = tuple(Row((SENTENCE * 2, SENTENCE * 2, SENTENCE * 4, f"{at};")) for at in range(12))
    read = folded(by_mupdf(written(Table(columns, (), rows, continued="(ต่อ)"))))
    assert all(f"{at};" in read for at in range(12))


# --- odd tables


def test_forty_columns() -> None:
    columns = tuple(Column("center" if at % 2 else "left", merged=at % 3 == 0) for at in range(40))
    row = tuple(f"{at:02d}ที่ปู่น้ำใจ" for at in range(40))
    data = written(
        Table(columns, (tuple(HeadCell(f"ก{at}") for at in range(40)),), (Row(row), group("ก"), Row(row)))
    )
    (page,) = table_pages(data)
    assert len(page.edges) == 41
    assert [band.texts for band in page.bands] == [list(map(folded, row)), ["ก"], list(map(folded, row))]


def test_a_long_address_in_narrow_columns() -> None:
    address = "https://example.go.th/" + "abc/?d=" * 425
    columns = (Column(width=1), Column(), Column(width=0.5, merged=True))
    data = written(Table(columns, (), (Row((address,) * 3), Row(("x", address, address)))))
    read = ["", "", ""]
    for page in bands(data):
        for band in page:
            read = [before + text for before, text in zip(read, band.texts, strict=True)]
    assert read == [f"{address}x", address * 2, address]


def test_a_cell_of_a_hundred_thousand_characters() -> None:
    text = (SENTENCE * 1400)[:100_000]
    pages = bands(written(table(group("ก"), Row(("ข", text)))))
    assert "".join(page[1].texts[1] for page in pages) == folded(text)
    assert all(page[0].group for page in pages)


def test_a_page_of_next_to_nothing() -> None:
    """Margins that leave a centimetre, between which head, caption, group and signatures must take turns."""
    signed = SignatureChain((SignatureBlock(("(นาย9)",), "(ลงชื่อ)", "ความเห็น", 2, "ผู้รายงาน"),) * 3, 2)
    rows = (group("กลุ่ม"), *[Row((SENTENCE, "กองคลัง"))] * 3)
    for margins in (Margins(10, 10, 2.5, 2), Margins(3, 2, 14.35, 14.35), Margins(10, 10, 14.35, 14.35)):
        tree = tree_of(table(*rows, caption="ตาราง", merged=(1,)), signed, margins=margins)
        pages = texts(pdf.write(tree))
        assert all(pages)
        assert "".join(pages).count("9") == 3
        assert "".join(pages).count("ซ") == 3


@pytest.mark.parametrize("size", [10.0, 16.0, 20.0, 60.0])
def test_a_table_of_one_column(size: float) -> None:
    rows = (group("กลุ่ม"), *[Row((f"{at};{SENTENCE}",)) for at in range(40)])
    one = Table((Column(),), ((HeadCell("หัว"),),), rows, size, "ตาราง", "(ต่อ)")
    pages = table_pages(written(one))
    assert [band.texts[0] for page in pages for band in page.bands if not band.group] == [
        folded(f"{at};{SENTENCE}") for at in range(40)
    ]
    assert all(page.bands[0].texts == ["กลุ่ม(ต่อ)"] for page in pages[1:])
