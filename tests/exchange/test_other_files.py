"""The same measures out of files of all kinds, whatever they are called, and out of the clipboard."""

import datetime as dt
from html import escape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from exchange.office_files import excel, saved, word
from exchange.other_offices import (
    SIX,
    TABLE,
    from_csv,
    told,
    wanted,
)

from itadesk.exchange import clipboard, sources
from itadesk.exchange.measure_tables import read


@pytest.mark.parametrize(
    ("delimiter", "encoding"),
    [(";", "cp874"), ("\t", "utf-16"), ("\t", "utf-16-le"), ("|", "utf-8"), (",", "tis-620")],
)
def test_csv_of_all_kinds(delimiter: str, encoding: str) -> None:
    assert told(from_csv(TABLE, delimiter, encoding)) == wanted(*SIX)


def test_a_first_line_for_excel_names_the_delimiter() -> None:
    text = "sep=;\n" + "\n".join(";".join(row).replace("\n", " ") for row in TABLE)
    assert len(told(sources.grids(Path("ก.csv"), text.encode()))) == 4


def page() -> str:
    cells = ("".join(f"<td>{escape(text).replace(chr(10), '<br>')}</td>" for text in row) for row in TABLE)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


@pytest.mark.parametrize("encoding", ["utf-8", "cp874", "utf-16"])
@pytest.mark.parametrize(
    "start", ["", "<html><meta charset=x>", "<!DOCTYPE html>\n<html>", '<?xml version="1.0"?><html>']
)
def test_a_web_page_that_a_system_calls_excel(start: str, encoding: str) -> None:
    assert told(sources.grids(Path("ส่งออก.xls"), (start + page()).encode(encoding))) == wanted(*SIX)


def test_files_under_another_ending() -> None:
    assert told(sources.grids(Path("ก.docx"), excel(TABLE))) == wanted(*SIX)
    assert told(sources.grids(Path("ก.xlsm"), excel(TABLE))) == wanted(*SIX)
    assert told(sources.grids(Path("ก.doc"), word(TABLE))) == wanted(*SIX)


def test_the_clipboard_of_excel_with_and_without_its_head() -> None:
    lines = ["\t".join(f'"{text}"' if "\n" in text else text for text in row) for row in TABLE]
    assert told(clipboard.grids("", "\r\n".join(lines))) == wanted(*SIX)
    assert told(clipboard.grids("", "\r\n".join(lines[1:]))) == wanted(*SIX)
    assert told(clipboard.grids(page(), "")) == wanted(*SIX)


def test_dates_and_shares_in_excel() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(("มาตรการ", "กำหนดแล้วเสร็จ", "ร้อยละความสำเร็จ"))
    for row, (day, share) in enumerate(((dt.date(2025, 3, 31), 0.5), (dt.date(2568, 9, 30), 1)), 2):
        sheet.append((f"ก{row}", day, share))
        sheet.cell(row, 2).number_format = "[$-107041E]d mmm yyyy;@"
        sheet.cell(row, 3).number_format = "0%"
    found = told(sources.grids(Path("ก.xlsx"), saved(workbook)))
    assert [(row.period, row.outcome) for row in found] == [
        ("31 มี.ค. 2568", "50%"),
        ("30 ก.ย. 2568", "100%"),
    ]


def test_formulas_without_a_result_and_errors_are_told() -> None:
    workbook = openpyxl.load_workbook(BytesIO(excel(TABLE)))
    sheet = workbook.worksheets[0]
    sheet["B2"], sheet["E3"] = "=ข้อมูล!A1", "#REF!"
    sheet["E3"].data_type = "e"
    grids = sources.grids(Path("ก.xlsx"), saved(workbook))
    warnings = [text for row in read(grids, 2568, 12).rows for text in row.warnings]
    assert [text.split(".")[0] for text in warnings if "B2" in text or "E3" in text] == [
        "Formulas without a result: B2",
        "Excel shows an error here: E3 #REF!",
    ]
    assert (told(grids)[0].steps, told(grids)[1].result) == ("", "")
