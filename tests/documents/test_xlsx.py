"""Excel files read back with openpyxl and as XML."""

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from documents.trees import (
    cover,
    grouped,
    grouped_table,
    head,
    memo,
    status_table,
    table_texts,
    texts,
    tree,
    words,
)
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from itadesk.documents import xlsx
from itadesk.documents.paper import families
from itadesk.documents.paper.columns import column_widths
from itadesk.documents.paper.text import LEADING, Typesetter, clean
from itadesk.documents.tree import (
    Block,
    Column,
    DocumentTree,
    Paragraph,
    Row,
    Run,
    Section,
    SignatureBlock,
    SignatureChain,
    Table,
)
from itadesk.errors import UserError

MOMENT = dt.datetime(2026, 1, 31, 8, 30, tzinfo=dt.UTC)


def sheets(data: bytes) -> list[Worksheet]:
    return [
        sheet for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets if isinstance(sheet, Worksheet)
    ]


def sheet_of(*blocks: Block, landscape: bool = False, title: str = "") -> Worksheet:
    (sheet,) = sheets(xlsx.write(tree(*blocks, landscape=landscape, title=title)))
    return sheet


def rows(sheet: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def said(sheet: Worksheet) -> list[str]:
    """The texts of the sheet in reading order."""
    return [str(cell) for row in rows(sheet) for cell in row if cell is not None]


def merged(sheet: Worksheet) -> set[str]:
    return {str(cells) for cells in sheet.merged_cells.ranges}


def table_of(*cells: tuple[str, ...], **options: Any) -> Table:
    """A table without a head."""
    return Table((Column(),) * len(cells[0]), (), tuple(map(Row, cells)), **options)


# --- what is on which sheet


def test_every_text_of_a_table_stands_once_and_in_order() -> None:
    sheet = sheet_of(grouped_table(12))
    table = grouped_table(12)
    heads = [cell.text for row in table.head for cell in row]
    assert said(sheet) == [table.caption, *heads, *table_texts(table)]


def test_texts_of_the_section_stand_above_and_below_its_table() -> None:
    (sheet,) = sheets(xlsx.write(grouped(3)))
    found = said(sheet)
    assert found[:3] == [
        "รายงานผลการดำเนินการตามมาตรการ", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๕", "ตารางรายงานผลการดำเนินการ",
    ]  # fmt: skip
    assert found[-6:] == [
        "ผู้รายงาน", "ผู้ตรวจสอบ", "(นางสาวหนึ่ง ใจดี)", "(นายสอง ใจงาม)", "นักจัดการงานทั่วไป", "หัวหน้าสำนักปลัด",
    ]  # fmt: skip
    assert "A1:F1" in merged(sheet)


def place(sheet: Worksheet, text: str) -> tuple[int, int]:
    """Row and column of the cell that says so."""
    (found,) = [
        (row, column)
        for row, cells in enumerate(rows(sheet), 1)
        for column, value in enumerate(cells, 1)
        if value == text
    ]
    return found


SIGNING = (
    SignatureBlock(("(นายหนึ่ง)", "ปลัด"), "(ลงชื่อ)", label="ผู้รายงาน"),
    SignatureBlock((f"({'.' * 45})", "นายก"), "(ลงชื่อ)", "ความเห็น", 2, "ผู้เห็นชอบ"),
)


def test_sign_offs_stand_side_by_side_with_names_at_one_height() -> None:
    sheet = sheet_of(table_of(("ก", "ข", "ค", "ง")), SignatureChain(SIGNING, 2))
    assert place(sheet, "ผู้รายงาน") == (3, 1)
    assert place(sheet, "ความเห็น") == (3, 3)
    assert place(sheet, "ผู้เห็นชอบ") == (5, 3)
    (one, left), (other, right) = place(sheet, "ปลัด"), place(sheet, "นายก")
    assert (one, left, right) == (other, 1, 3)
    blank = str(sheet.cell(one - 1, 3).value)
    assert 9 < blank.count(".") <= 45
    assert [sheet.cell(one - 2, column).border.bottom.style for column in (1, 2, 3, 4)] == ["dotted"] * 4


def test_signatories_below_each_other_stand_on_the_right() -> None:
    sheet = sheet_of(table_of(("ก", "ข", "ค", "ง")), SignatureChain(SIGNING))
    assert place(sheet, "ความเห็น")[1] == 1
    assert place(sheet, "(นายหนึ่ง)")[1] == place(sheet, "นายก")[1] == 3
    narrow = sheet_of(table_of(("ก",)), SignatureChain(SIGNING, 2))
    assert place(narrow, "ปลัด")[0] < place(narrow, "ความเห็น")[0]


def test_no_sheet_has_the_name_that_excel_keeps_for_itself() -> None:
    assert sheets(xlsx.write(tree(status_table(1), title="History")))[0].title == "History (2)"


def test_sections_without_a_table_are_on_no_sheet() -> None:
    (sheet,) = sheets(xlsx.write(memo()))
    assert sheet.title == "ผลการดำเนินการ"
    assert "บันทึกข้อความ" not in said(sheet)


def test_a_report_without_tables_is_a_sheet_of_its_texts() -> None:
    (sheet,) = sheets(xlsx.write(cover()))
    assert said(sheet) == "\n".join(texts(cover())).split("\n")
    assert {len(row) for row in rows(sheet)} == {1}


def test_tables_of_a_section_with_equal_heads_stand_below_each_other() -> None:
    one = Table((Column(), Column()), head("ก", "ข"), (Row(("1", "2")),), caption="ตารางที่ ๑")
    two = replace(one, rows=(Row(("3", "4")),), caption="ตารางที่ ๒")
    assert said(sheet_of(one, Paragraph(words("ต่อไป")), two)) == [
        "ตารางที่ ๑", "ก", "ข", "1", "2", "ต่อไป", "ตารางที่ ๒", "ก", "ข", "3", "4",
    ]  # fmt: skip


def test_a_table_of_other_columns_begins_a_sheet_with_the_texts_above_it() -> None:
    one = Table((Column(),), head("ก"), (Row(("1",)),), caption="แผน")
    two = Table((Column(),), head("ข"), (Row(("2",)),), caption="ผล")
    found = sheets(xlsx.write(tree(one, Paragraph(words("ผลมีดังนี้")), two, title="รายงาน")))
    assert [sheet.title for sheet in found] == ["แผน", "ผล"]
    assert [said(sheet) for sheet in found] == [["แผน", "ก", "1"], ["ผลมีดังนี้", "ผล", "ข", "2"]]


def test_sheet_names_are_short_unlike_and_without_forbidden_signs() -> None:
    section = Section((status_table(1),), title="ผล: การ/ดำเนินงาน [ที่]*?\\ ของหน่วยงานภาครัฐทั้งหมดทุกแห่ง")
    data = xlsx.write(
        DocumentTree("", "", (section, section, replace(section, title=""), replace(section, title="'")))
    )
    names = [sheet.title for sheet in sheets(data)]
    assert names[0].startswith("ผล การ ดำเนินงาน ที่ ของหน่วย")
    assert names[1].endswith(" (2)")
    assert names[2:] == ["รายงาน", "รายงาน (2)"]
    assert len(set(names)) == 4
    assert max(map(len, names)) <= 31


# --- how it looks


def test_a_head_of_two_levels_is_merged_and_printed_on_every_page() -> None:
    sheet = sheet_of(Paragraph(words("หัวเรื่อง", bold=True)), status_table(2))
    assert merged(sheet) == {"A1:D1", "A2:A3", "B2:D2"}
    assert sheet.print_title_rows == "$2:$3"
    assert sheet.print_area == f"'{sheet.title}'!$A$1:$D$5"
    assert sheet["A2"].font.bold
    assert sheet["A2"].alignment.horizontal == "center"
    assert sheet["B3"].fill.fgColor.rgb == "00EDEDED"


def test_group_rows_lie_over_all_columns() -> None:
    sheet = sheet_of(grouped_table(6))
    assert {"A3:F3", "A9:F9"} <= merged(sheet)
    assert sheet["A3"].value == "ตัวชี้วัดที่ 1 คุณภาพการดำเนินงานของหน่วยงาน"
    assert sheet["A3"].font.bold
    assert sheet["A3"].fill.fgColor.rgb == "00F5F5F5"


def test_equal_neighbours_of_a_merged_column_are_one_cell() -> None:
    rows = (
        *(Row((text, str(at))) for at, text in enumerate(["ก", "ก", "ข", "", ""])),
        Row(("กลุ่ม",), group=True),
        *(Row((text, str(at))) for at, text in enumerate(["ข", "ข"])),
    )
    sheet = sheet_of(Table((Column(merged=True), Column()), head("หมวด", "ที่"), rows))
    assert merged(sheet) == {"A2:A3", "A7:B7", "A8:A9"}


def test_cells_have_the_official_font_rules_and_wrap() -> None:
    sheet = sheet_of(replace(grouped_table(3), size=14))
    for cell in (sheet["A2"], sheet["A4"], sheet["F6"]):
        assert (cell.font.name, cell.font.size) == ("TH SarabunPSK", 14)
        assert cell.alignment.wrap_text
        assert {
            cell.border.left.style,
            cell.border.right.style,
            cell.border.top.style,
            cell.border.bottom.style,
        } == {"thin"}
    assert sheet["F6"].alignment.vertical == "top"
    assert sheet["D4"].alignment.horizontal == "center"
    assert not sheet["A1"].border.left


def test_pages_are_a4_one_page_wide_with_numbers_at_the_foot() -> None:
    data = xlsx.write(replace(grouped(3), footer="รหัส A&B"))
    (sheet,) = sheets(data)
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "landscape", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_margins.left == pytest.approx(2 / 2.54)
    with ZipFile(BytesIO(data)) as packed:
        content = unescape(packed.read("xl/worksheets/sheet1.xml").decode())
    face = '&"TH SarabunPSK,Regular"&'
    assert f"<oddFooter>&L{face}12 รหัส A&&B&C{face}14 หน้า &P / &N</oddFooter>" in content


def test_column_widths_are_those_of_the_pdf() -> None:
    sheet = sheet_of(grouped_table(12), landscape=True)
    points = column_widths(grouped_table(12), Typesetter(families.family()), 16, (29.7 - 3 - 2) / 2.54 * 72)
    found = [sheet.column_dimensions[letter].width for letter in "ABCDEF"]
    shares = [width / sum(found) for width in found]
    assert shares == pytest.approx([width / sum(points) for width in points], abs=0.001)


def test_rows_are_as_high_as_their_longest_cell() -> None:
    text = "๑) แต่งตั้งคณะทำงานเพื่อจัดทำแผน\n" * 4 + "๒) ประชุม"
    sheet = sheet_of(table_of(("ก", "สั้น"), ("ข", text)))
    low, high = (sheet.row_dimensions[at].height or 0 for at in (1, 2))
    assert low >= 16 * LEADING
    assert high >= 5 * 16 * LEADING
    assert high < 8 * low


def test_a_text_higher_than_excel_allows_lies_over_several_rows() -> None:
    sheet = sheet_of(table_of(("ก", "บรรทัด\n" * 49 + "จบ"), ("ข", "ค")))
    heights = [sheet.row_dimensions[at].height or 0 for at in range(1, sheet.max_row + 1)]
    count = sheet.max_row - 1
    assert count >= 3
    assert max(heights) <= 409
    assert sum(heights[:count]) >= 50 * 16 * LEADING
    assert merged(sheet) == {f"A1:A{count}", f"B1:B{count}"}
    assert sheet.cell(count + 1, 1).value == "ข"


# --- texts


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "#N/A", "007", "1/2", "TRUE"]
)
def test_a_text_is_never_anything_else(text: str) -> None:
    report = tree(
        Paragraph(words(text)), Table((Column(),), head(text), (Row((text,), group=True), Row((text,))))
    )
    data = xlsx.write(report)
    (sheet,) = sheets(data)
    for row in sheet.iter_rows():
        for cell in row:
            assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    with ZipFile(BytesIO(data)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_a_text_too_long_for_a_cell_is_refused_with_its_beginning() -> None:
    fitting = "ก" * 32767
    assert said(sheet_of(table_of((fitting,)))) == [fitting]
    with pytest.raises(UserError) as refused:
        xlsx.write(tree(table_of(("ให้ความรู้เรื่องผลประโยชน์ทับซ้อน " * 3000,))))
    assert "ให้ความรู้เรื่องผลประโยชน์ทับซ้อน" in refused.value.message
    assert refused.value.advice


def test_signs_of_two_units_count_twice() -> None:
    with pytest.raises(UserError):
        xlsx.write(tree(table_of(("\U0001f600" * 16384,))))


@given(st.lists(st.text(max_size=30), min_size=3, max_size=3))
def test_any_text_in_any_place(found: list[str]) -> None:
    one, two, three = found
    rows = (Row((three,), group=True), Row((one, two)), Row((two, three)))
    table = Table((Column(), Column(merged=True)), head(one, two), rows, caption=three)
    report = replace(
        tree(Paragraph((Run(one), Run(two, bold=True))), table, title=two),
        title=one,
        author=two,
        footer=three,
    )
    (sheet,) = sheets(xlsx.write(report))
    expected = [
        *clean(one + two).split("\n"),
        *map(clean, (three, one, two)),
        *map(clean, table_texts(table)),
    ]
    assert said(sheet) == [text for text in expected if text]


# --- sizes


def test_a_table_without_rows_is_its_head() -> None:
    sheet = sheet_of(Table((Column(), Column()), head("ก", "ข"), ()))
    assert said(sheet) == ["ก", "ข"]
    assert sheet.print_title_rows == "$1:$1"


def test_a_report_without_anything_is_an_empty_sheet() -> None:
    for report in (DocumentTree("", "", ()), tree(), tree(Table((), (), ()))):
        (sheet,) = sheets(xlsx.write(report))
        assert not said(sheet)


def test_forty_columns_keep_room_for_their_text() -> None:
    sheet = sheet_of(Table((Column(),) * 40, head(*map(str, range(40))), (Row(("กก",) * 40),)))
    assert sheet.max_column == 40
    widths = [dimension.width * 5.25 for dimension in sheet.column_dimensions.values()]
    assert min(widths) > 16
    assert max(sheet.row_dimensions[at].height or 0 for at in (1, 2)) < 3 * 16 * LEADING


def test_work_grows_with_the_rows() -> None:
    def calls(count: int) -> int:
        made = 0

        def note(_frame: Any, event: str, _argument: Any) -> None:
            nonlocal made
            made += event in ("call", "c_call")

        report = grouped(count)
        sys.setprofile(note)
        try:
            xlsx.write(report)
        finally:
            sys.setprofile(None)
        return made

    calls(10)
    few, many = calls(250), calls(500)
    assert many < 2.2 * few


# --- the file


def test_properties() -> None:
    found = openpyxl.load_workbook(BytesIO(xlsx.write(grouped(3), created=MOMENT))).properties
    assert (found.title, found.creator, found.language) == ("รายงานผล", "เทศบาลตำบลตัวอย่าง", "th-TH")
    assert found.created == found.modified == MOMENT.replace(tzinfo=None)
    assert not found.lastModifiedBy


@pytest.mark.parametrize("report", [memo, grouped, cover])
def test_equal_trees_give_equal_bytes(report: Callable[[], DocumentTree]) -> None:
    data = xlsx.write(report(), created=MOMENT)
    assert xlsx.write(report(), created=MOMENT) == data
    with ZipFile(BytesIO(data)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(2026, 1, 31, 8, 30, 0)}
    assert xlsx.write(report(), created=MOMENT + dt.timedelta(days=1)) != data
