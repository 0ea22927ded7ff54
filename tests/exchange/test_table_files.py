"""Tables of Word, Excel and CSV files: all that is printed and nothing else; whatever else comes, a clear message."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from exchange.office_files import HEAD, ROWS, excel, number_list, numbered, saved, word
from hypothesis import given
from hypothesis import strategies as st

from itadesk.errors import UserError
from itadesk.exchange import office_package, sources, spreadsheet, word_tables
from itadesk.exchange.grid import ROW_LIMIT, Grid


def word_grids(data: bytes) -> list[Grid]:
    return word_tables.grids(data, "ก.docx")


def excel_grids(data: bytes) -> list[Grid]:
    return spreadsheet.grids(data, "ก.xlsx")


def csv_grids(data: bytes) -> list[Grid]:
    return sources.grids(Path("ก.csv"), data)


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text if cell else "…" for cell in row.cells] for row in grid.rows]


class TestWord:
    def one_cell(self) -> tuple:
        document = docx.Document()
        return document, document.add_table(1, 1).cell(0, 0)

    def test_lines_above_go_with_the_table_below(self) -> None:
        first, second = word_grids(word((HEAD, *ROWS), (HEAD, *ROWS), lines=("ก", "ข")))
        assert (first.above, second.above) == (("ก", "ข"), ())
        assert texts(first)[1] == list(ROWS[0])

    def test_breaks_tabs_and_paragraphs_in_a_cell(self) -> None:
        document, cell = self.one_cell()
        cell.text = "ก\nข\tค"
        cell.add_paragraph("ง")
        assert texts(word_grids(saved(document))[0]) == [["ก\nข ค\nง"]]

    def test_deleted_hidden_and_second_versions_are_not_read(self) -> None:
        document, cell = self.one_cell()
        paragraph = cell.paragraphs[0]
        paragraph.add_run("อยู่")
        paragraph.add_run("ซ่อน").font.hidden = True
        for xml in (
            "<w:del {ns}><w:r><w:delText>ลบ</w:delText></w:r></w:del>",
            "<w:ins {ns}><w:r><w:t>เพิ่ม</w:t></w:r></w:ins>",
            "<w:r {ns}><w:fldChar w:fldCharType='begin'/></w:r>",
            "<w:r {ns}><w:instrText>PAGE</w:instrText></w:r>",
        ):
            paragraph._p.append(parse_xml(xml.format(ns=nsdecls("w"))))
        assert texts(word_grids(saved(document))[0]) == [["อยู่เพิ่ม"]]

    def test_the_numbers_of_word_are_part_of_the_text(self) -> None:
        document, cell = self.one_cell()
        number_list(document, "thaiNumbers", "%1.")
        for text in ("สำรวจ", "จัดทำ"):
            numbered(cell.add_paragraph(text))
        assert texts(word_grids(saved(document))[0]) == [["๑. สำรวจ\n๒. จัดทำ"]]

    def test_a_tick_of_a_symbol_font(self) -> None:
        document, cell = self.one_cell()
        run = cell.paragraphs[0].add_run()._r
        run.append(parse_xml(f'<w:sym {nsdecls("w")} w:font="Wingdings" w:char="F0FC"/>'))
        assert texts(word_grids(saved(document))[0]) == [["✓"]]

    def test_a_table_in_a_cell_and_one_in_a_content_control(self) -> None:
        document, cell = self.one_cell()
        cell.add_table(1, 1).cell(0, 0).text = "ใน"
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        table = document.tables[0]._tbl
        table.addprevious(control)
        control.append(content)
        content.append(table)
        assert texts(word_grids(saved(document))[0]) == [["ใน"]]


class TestExcel:
    def sheet(self) -> tuple:
        workbook = openpyxl.Workbook()
        assert workbook.active is not None
        return workbook, workbook.active

    def test_hidden_rows_are_marked_and_hidden_columns_and_sheets_are_told(self) -> None:
        workbook, sheet = self.sheet()
        for row in (("ก", "ลับ", "ข"), ("ลับ", "ลับ", "ลับ"), ("ค", "ลับ", "ง")):
            sheet.append(row)
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[2].hidden = True
        workbook.create_sheet("ลับ").append(("ลับ",))
        workbook["ลับ"].sheet_state = "hidden"
        (grid,) = excel_grids(saved(workbook))
        assert texts(grid) == [["ก", "ข"], ["ลับ", "ลับ"], ["ค", "ง"]]
        assert [row.hidden for row in grid.rows] == [False, True, False]
        assert "row 3" in grid.rows[2].place
        assert [("“ลับ”" in text, text.endswith(": B")) for text in grid.remarks] == [
            (True, False),
            (False, True),
        ]

    def test_merged_cells_reach_over_columns_and_rows(self) -> None:
        workbook, sheet = self.sheet()
        for row in (("ก", None, "ข"), ("ค", "ง", None)):
            sheet.append(row)
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("C1:C2")
        (grid,) = excel_grids(saved(workbook))
        assert texts(grid) == [["ก", "…", "ข"], ["ค", "ง", "ข"]]
        lower = grid.rows[1].cells[2]
        assert lower is not None
        assert lower.from_above

    def test_dates_numbers_and_formulas_are_what_is_seen(self) -> None:
        workbook, sheet = self.sheet()
        sheet.append((dt.date(2025, 3, 31), dt.datetime(2568, 3, 31), 3.0, 1234567, 87.25, True, "=1+1"))
        (grid,) = excel_grids(saved(workbook))
        assert texts(grid) == [["31 มีนาคม 2568", "31 มีนาคม 2568", "3", "1234567", "87.25", "✓"]]

    def test_a_sheet_with_formats_far_below_ends_where_its_texts_end(self) -> None:
        workbook, sheet = self.sheet()
        sheet.append(("ก", "ข"))
        sheet["A90000"].number_format = "@"
        assert len(excel_grids(saved(workbook))[0].rows) == 1


class TestCsv:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_encodings_and_delimiters(self, encoding: str, delimiter: str) -> None:
        line = delimiter.join(("มาตรการ", '"ก\nข"', "ค"))
        assert texts(csv_grids(line.encode(encoding))[0]) == [["มาตรการ", "ก\nข", "ค"]]


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def replaced(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)
    return file.getvalue()


def outcome(grids: Callable[[bytes], list[Grid]], data: bytes) -> str:
    try:
        return f"{len(grids(data))} tables"
    except UserError as error:
        return "refused with advice" if error.advice else "refused"


GOOD = word((HEAD, *ROWS))
SHEET = excel((HEAD, *ROWS))
LAUGHS = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
REFUSED = {
    "nothing": b"",
    "text": b"PK is not a zip",
    "pdf": b"%PDF-1.7" + bytes(100),
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000),
    "protected": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "rtf": b"{\\rtf1 }",
    "empty archive": zipped(),
    "another archive": zipped(a=b"b"),
    "cut": GOOD[: len(GOOD) // 2],
    "no body": replaced(GOOD, "word/document.xml", lambda _xml: b"<a/>"),
    "broken xml": replaced(GOOD, "word/document.xml", lambda xml: xml[:-30]),
    "entities": replaced(GOOD, "word/document.xml", lambda xml: LAUGHS + xml.split(b"?>", 1)[1]),
    "a hundred thousand rows": replaced(
        GOOD, "word/document.xml", lambda xml: xml.replace(b"<w:tr>", b"<w:tr/>" * 100_000 + b"<w:tr>", 1)
    ),
    "a thousand columns": replaced(
        GOOD, "word/document.xml", lambda xml: xml.replace(b"<w:tc>", b"<w:tc/>" * 1000 + b"<w:tc>", 1)
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_word_files_are_refused_with_advice(name: str) -> None:
    with pytest.raises(UserError) as caught:
        word_grids(REFUSED[name])
    assert caught.value.advice


@pytest.mark.parametrize(
    "data",
    [
        b"",
        REFUSED["old word"],
        GOOD[: len(GOOD) // 2],
        zipped(a=b"b"),
        replaced(SHEET, "xl/worksheets/sheet1.xml", lambda xml: xml[:-30]),
        replaced(SHEET, "xl/workbook.xml", lambda _xml: b"<a/>"),
    ],
)
def test_other_excel_files_are_refused_or_empty(data: bytes) -> None:
    assert outcome(excel_grids, data) in ("refused with advice", "0 tables")


def test_a_sheet_of_more_rows_than_a_year_has_is_refused() -> None:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for number in range(ROW_LIMIT + 1):
        sheet.append((f"มาตรการ {number}", "ก"))
    with pytest.raises(UserError, match="more than"):
        excel_grids(saved(workbook))


@pytest.mark.parametrize(
    "data", [b"\0\1\2" * 100, struct.pack("<100d", *range(100)), ("ก" * 200_000).encode(), b"a," * 500]
)
def test_other_csv_files_are_refused_with_advice(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        csv_grids(data)
    assert caught.value.advice


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_package, "SIZE_LIMIT", 1_000_000)
    monkeypatch.setattr(office_package, "TREE_LIMIT", 1_000_000)
    for grids, data, part in (
        (word_grids, GOOD, "word/document.xml"),
        (excel_grids, SHEET, "xl/worksheets/sheet1.xml"),
    ):
        bomb = replaced(data, part, lambda xml: xml + b" " * 5_000_000)
        assert len(bomb) < 100_000
        with pytest.raises(UserError, match="too large"):
            grids(bomb)


@pytest.mark.parametrize(("grids", "good"), [(word_grids, GOOD), (excel_grids, SHEET)])
@given(data=st.data())
def test_any_damage_is_read_or_refused(grids: Callable[[bytes], list[Grid]], good: bytes, data) -> None:
    bad = bytearray(good)
    for _ in range(data.draw(st.integers(1, 8))):
        bad[data.draw(st.integers(0, len(bad) - 1))] = data.draw(st.integers(0, 255))
    assert outcome(grids, bytes(bad)) != "refused"


@given(st.binary(max_size=300))
def test_any_csv_is_read_or_refused(data: bytes) -> None:
    assert outcome(csv_grids, data) != "refused"
