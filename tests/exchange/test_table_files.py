"""Tables of Word, Excel and CSV files: all that is printed and nothing else."""

import datetime as dt
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import serialize_for_reading
from docx.styles.style import ParagraphStyle
from exchange.office_files import HEAD, ROWS, number_list, numbered, saved, texts, word

from itadesk.exchange import sources, spreadsheet, word_tables
from itadesk.exchange.grid import Grid


def word_grids(data: bytes) -> list[Grid]:
    return word_tables.grids(data, "ก.docx")


def excel_grids(data: bytes) -> list[Grid]:
    return spreadsheet.grids(data, "ก.xlsx")


def csv_grids(data: bytes) -> list[Grid]:
    return sources.grids(Path("ก.csv"), data)


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

    def filled(self, table, rows) -> None:
        for line, texts_ in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, texts_, strict=True):
                cell.text = text

    def test_a_table_that_only_places_another_gives_way_to_it(self) -> None:
        document, outer = self.one_cell()
        outer.text = "ประจำปีงบประมาณ พ.ศ. ๒๕๖๗"
        self.filled(outer.add_table(2, 5), (HEAD, ROWS[1]))
        (grid,) = word_grids(saved(document))
        assert texts(grid) == [list(HEAD), list(ROWS[1])]
        assert grid.above == ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๗",)

    def test_a_table_in_a_text_box_is_read_once(self) -> None:
        document = docx.Document()
        table = document.add_table(2, 5)
        self.filled(table, (HEAD, ROWS[1]))
        table._tbl.getparent().remove(table._tbl)
        inside = f"<w:p><w:r><w:t>ปี ๒๕๖๗</w:t></w:r></w:p>{serialize_for_reading(table._tbl)}"
        content = f"<w:txbxContent>{inside}</w:txbxContent>"
        names = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        box = (
            f"<w:r {nsdecls('w')} xmlns:mc='{names}'><mc:AlternateContent><mc:Choice><w:drawing>{content}</w:drawing>"
            f"</mc:Choice><mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
        document.add_paragraph("ก่อน")._p.append(parse_xml(box))
        (grid,) = word_grids(saved(document))
        assert texts(grid) == [list(HEAD), list(ROWS[1])]
        assert grid.above == ("ก่อน", "ปี ๒๕๖๗")

    def test_numbers_come_from_styles_and_lists_begin_anew(self) -> None:
        document = docx.Document()
        number_list(document, "thaiNumbers", "%1.")
        begins = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        again = f'<w:num {nsdecls("w")} w:numId="2"><w:abstractNumId w:val="7"/>{begins}</w:num>'
        document.part.numbering_part.element.append(parse_xml(again))
        parent = document.styles.add_style("ข้อ", WD_STYLE_TYPE.PARAGRAPH)
        parent.element.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>')
        )
        style = document.styles.add_style("ข้อย่อย", WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)
        style.base_style = parent
        cells = document.add_table(1, 3).rows[0].cells
        for cell, number in zip(cells, (None, 2, 0), strict=True):
            for text in ("หนึ่ง", "สอง"):
                paragraph = cell.add_paragraph(text, style)
                if number is not None:
                    own = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
                    paragraph._p.get_or_add_pPr().append(parse_xml(own))
        numbered_texts = ["๑. หนึ่ง\n๒. สอง", "๑. หนึ่ง\n๒. สอง", "หนึ่ง\nสอง"]
        assert texts(word_grids(saved(document))[0]) == [numbered_texts]


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
