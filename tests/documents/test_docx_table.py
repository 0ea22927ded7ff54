"""Tables of Word files read back."""

import sys
from dataclasses import replace
from typing import Any

import pytest
from documents.trees import grouped, grouped_table, head, status_table
from documents.word_files import every, keeps, name_of, said, value, written
from docx.oxml.ns import qn

from itadesk.documents import docx
from itadesk.documents.paper import families
from itadesk.documents.paper.columns import column_widths
from itadesk.documents.paper.text import Typesetter
from itadesk.documents.tree import (
    Column,
    Row,
    Table,
)


def header_rows(table: Any) -> list[bool]:
    return [row.find(qn("w:trPr") + "/" + qn("w:tblHeader")) is not None for row in every(table, "w:tr")]


def test_caption_and_head_are_repeated_on_every_page() -> None:
    table = every(written(grouped_table(7)), "w:tbl")[0]
    assert header_rows(table) == [True, True] + [False] * 9
    caption = every(table, "w:tr")[0]
    assert said(caption) == "ตารางรายงานผลการดำเนินการ"
    assert value(every(caption, "w:tc")[0], "w:tcPr/w:gridSpan") == "6"
    assert value(every(caption, "w:tc")[0], "w:tcPr/w:tcBorders/w:left") == "nil"
    assert all(keeps(paragraph) for row in every(table, "w:tr")[:2] for paragraph in every(row, "w:p"))


def test_a_head_of_two_levels() -> None:
    table = every(written(status_table(2)), "w:tbl")[0]
    assert header_rows(table) == [True, True, False, False]
    upper, lower = every(table, "w:tr")[:2]
    spans = [(said(cell), value(cell, "w:tcPr/w:gridSpan")) for cell in every(upper, "w:tc")]
    assert spans == [("รายการที่รายงาน", None), ("สถานการณ์ดำเนินงาน", "3")]
    assert [value(cell, "w:tcPr/w:vMerge") for cell in every(upper, "w:tc")] == ["restart", None]
    assert [value(cell, "w:tcPr/w:vMerge") for cell in every(lower, "w:tc")] == ["continue", None, None, None]
    assert {
        value(cell, "w:tcPr/w:shd", "w:fill") for cell in (*every(upper, "w:tc"), *every(lower, "w:tc"))
    } == {"EDEDED"}


def test_group_rows_lie_over_all_columns_and_never_end_a_page() -> None:
    groups = [row for row in every(written(grouped_table(11)), "w:tr") if said(row).startswith("ตัวชี้วัด")]
    assert len(groups) == 3
    for row in groups:
        (cell,) = every(row, "w:tc")
        assert value(cell, "w:tcPr/w:gridSpan") == "6"
        assert value(cell, "w:tcPr/w:shd", "w:fill") == "F5F5F5"
        assert all(keeps(paragraph) for paragraph in every(row, "w:p"))


def test_tables_of_one_section_have_equal_widths_if_their_heads_are_equal() -> None:
    heads = head("มาตรการ", "ผล")
    long, short = (
        Table((Column(), Column()), heads, (Row(cells),))
        for cells in (("ยาวกว่า " * 40, "ก"), ("ก", "ยาวกว่า " * 9))
    )
    first, second = every(written(long, short), "w:tblGrid")
    alone = every(written(short), "w:tblGrid")[0]
    widths = [
        [column.get(qn("w:w")) for column in every(grid, "w:gridCol")] for grid in (first, second, alone)
    ]
    assert widths[0] == widths[1] != widths[2]


def test_short_rows_go_to_the_next_page_whole_and_long_ones_split() -> None:
    table = grouped_table(3)
    long = replace(table, rows=(*table.rows, Row(("", "", "ดำเนินการแล้วเสร็จ " * 60, "", "", ""))))
    *short, last = every(written(long), "w:tr")[3:]
    assert short
    assert all(every(row, "w:cantSplit") for row in short)
    assert not every(last, "w:cantSplit")
    assert not any(any(map(keeps, every(row, "w:p"))) for row in (*short, last))


def test_equal_neighbours_of_a_merged_column_are_one_cell() -> None:
    rows = (
        *(Row((text, str(at))) for at, text in enumerate(["ก", "ก", "ข", "", ""])),
        Row(("กลุ่ม",), group=True),
        *(Row((text, str(at))) for at, text in enumerate(["ข", "ข"])),
    )
    table = Table((Column(merged=True), Column()), head("หมวด", "ที่"), rows)
    cells = [every(row, "w:tc")[0] for row in every(written(table), "w:tr")[1:]]
    merges = [value(cell, "w:tcPr/w:vMerge") for cell in cells]
    assert merges == ["restart", "continue", None, None, None, None, "restart", "continue"]
    assert [said(cell) for cell in cells] == ["ก", "", "ข", "", "", "กลุ่ม", "ข", ""]


def test_widths_are_those_of_the_pdf_and_add_up() -> None:
    table, width = grouped_table(12), (29.7 - 3 - 2) / 2.54 * 72
    found = every(written(table, landscape=True), "w:tbl")[0]
    grid = [int(column.get(qn("w:w"))) for column in every(found, "w:gridCol")]
    on_paper = column_widths(table, Typesetter(families.family()), 16, width)
    assert grid == pytest.approx([points * 20 for points in on_paper], abs=1)
    total = int(value(found, "w:tblPr/w:tblW", "w:w") or 0)
    assert total == sum(grid) == round(width * 20)
    for row in every(found, "w:tr"):
        assert sum(int(value(cell, "w:tcPr/w:tcW", "w:w") or 0) for cell in every(row, "w:tc")) == total
    assert value(found, "w:tblPr/w:tblLayout", "w:type") == "fixed"


def test_a_table_without_rows_is_its_head() -> None:
    table = every(written(Table((Column(), Column()), head("ก", "ข"), ())), "w:tbl")[0]
    assert said(table) == "กข"
    assert not every(written(Table((), (), ())), "w:tbl")


def test_a_line_of_a_cell_is_a_paragraph() -> None:
    table = Table((Column("center"),), head("ก"), (Row(("หนึ่ง\nสอง",)),))
    cell = every(written(table), "w:tc")[1]
    assert [said(paragraph) for paragraph in every(cell, "w:p")] == ["หนึ่ง", "สอง"]
    assert [value(paragraph, "w:pPr/w:jc") for paragraph in every(cell, "w:p")] == ["center"] * 2


def test_forty_columns_are_printed_smaller() -> None:
    table = Table((Column(),) * 40, head(*map(str, range(40))), (Row(("ก",) * 40),))
    found = every(written(table), "w:tbl")[0]
    assert sum(int(column.get(qn("w:w"))) for column in every(found, "w:gridCol")) == round(16 / 2.54 * 1440)
    sizes = {int(size.get(qn("w:val"))) for size in every(found, "w:szCs")}
    assert len(sizes) == 1
    assert max(sizes) < 32


def test_tables_below_each_other_stay_two() -> None:
    found = written(status_table(1), status_table(1))
    names = [name_of(element) for element in found]
    assert names == ["tbl", "p", "tbl", "p", "p", "sectPr"]


def test_a_very_long_text_is_kept() -> None:
    long = "ความโปร่งใส " * 9000
    found = written(Table((Column(),), head("ก"), (Row((long,)),)))
    assert said(every(found, "w:tc")[1]) == long


def test_work_grows_with_the_rows() -> None:
    def calls(count: int) -> int:
        made = 0

        def note(_frame: Any, event: str, _argument: Any) -> None:
            nonlocal made
            made += event in ("call", "c_call")

        report = grouped(count)
        sys.setprofile(note)
        try:
            docx.write(report)
        finally:
            sys.setprofile(None)
        return made

    calls(10)
    few, many = calls(500), calls(1000)
    assert many < 2.2 * few
