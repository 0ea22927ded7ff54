"""Word, Excel and CSV files as offices have them, for the tests of taking them in."""

from collections.abc import Sequence
from io import BytesIO

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from itadesk.exchange.grid import Grid

HEAD = ("มาตรการ/กิจกรรม", "ขั้นตอน/วิธีการปฏิบัติ", "ผู้รับผิดชอบ", "ระยะเวลา", "ผลการดำเนินการ")
ROWS = (
    (
        "๑. จัดทำคู่มือการให้บริการ",
        "๑. สำรวจงานบริการ\n๒. จัดทำคู่มือ",
        "สำนักปลัด",
        "ต.ค. ๖๗ - มี.ค. ๖๘",
        "ดำเนินการแล้วเสร็จ",
    ),
    ("๒. เผยแพร่แผนการใช้จ่ายงบประมาณ", "ประชุมชี้แจง", "กองคลัง", "ม.ค. ๒๕๖๘", "อยู่ระหว่างรวบรวมข้อมูล"),
    ("๓. กำหนดแนวทางการใช้ทรัพย์สินของราชการ", "ออกประกาศ", "กองช่าง", "ตลอดปีงบประมาณ", "ยังไม่ดำเนินการ"),
)

Table = Sequence[Sequence[str]]


def texts(grid: Grid) -> list[list[str]]:
    """What the cells of a table say; "…" where one reaches over from beside or above."""
    return [[cell.text if cell else "…" for cell in row.cells] for row in grid.rows]


def word(*tables: Table, lines: Sequence[str] = ()) -> bytes:
    """A Word file: the lines, then the tables. A row with one text is merged over all columns."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    for rows in tables:
        width = max(map(len, rows))
        table = document.add_table(len(rows), width)
        for at, row in enumerate(rows):
            cells = table.rows[at].cells
            if len(row) == 1:
                cells[0].merge(cells[-1]).text = row[0]
                continue
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
        document.add_paragraph()
    return saved(document)


def saved(document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def excel(rows: Table, *, title: str = "มาตรการ") -> bytes:
    """An Excel file. A row with one text is merged over all columns."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    width = max(map(len, rows))
    for at, row in enumerate(rows, 1):
        sheet.append(list(row))
        if len(row) == 1:
            sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)
    return saved(workbook)


def numbered(paragraph, *, level: int = 0) -> None:
    """Let Word number a paragraph by itself, in the list 1 of the file."""
    properties = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", level), ("w:numId", 1)):
        element = OxmlElement(name)
        element.set(qn("w:val"), str(value))
        properties.append(element)
    paragraph._p.get_or_add_pPr().append(properties)


def number_list(document, form: str, pattern: str) -> None:
    """Make list 1 of the file number with `pattern` ("%1.") in `form` ("thaiNumbers")."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    kind = OxmlElement("w:abstractNum")
    kind.set(qn("w:abstractNumId"), "7")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for name, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", pattern)):
        element = OxmlElement(name)
        element.set(qn("w:val"), value)
        level.append(element)
    kind.append(level)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "1")
    reference = OxmlElement("w:abstractNumId")
    reference.set(qn("w:val"), "7")
    number.append(reference)
    root.extend((kind, number))
