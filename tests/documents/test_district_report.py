"""The district's report as PDF and Excel: every office, the sums, who is missing, what is late."""

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pymupdf

from itadesk.documents import pdf, xlsx
from itadesk.documents.district_report import report
from itadesk.documents.tree import Paragraph, Table
from itadesk.domain.consolidated import (
    DistrictYear,
    IndicatorCounts,
    OfficeCounts,
    OfficeMeasure,
    Sender,
    share,
)
from itadesk.domain.model import Status
from itadesk.domain.progress import Counts

DAY = dt.date(2026, 6, 1)


def office(name: str, counts: Counts, overdue: int = 0, district: str = "เมือง") -> OfficeCounts:
    return OfficeCounts(
        "0" * 32, "อบต.", name, district, "ขอนแก่น", 2569, 6, counts, overdue, "2026-04-01T10:00:00", None, 1
    )


def district_year(count: int = 2) -> DistrictYear:
    offices = tuple(office(f"ตำบล{number}", Counts(1, 2, 3), 1) for number in range(count))
    late = OfficeMeasure(
        "1" * 32, "0" * 32, "อบต.ตำบล0", "9", "เผยแพร่แผนการจัดซื้อจัดจ้าง", "กองคลัง", "ธ.ค. 68", Status.NOT_STARTED,
        dt.date(2025, 12, 31),
    )  # fmt: skip
    indicators = (IndicatorCounts("9.4", Counts(1, 1, 1), 1), IndicatorCounts("", Counts(0, 0, 1), 0))
    return DistrictYear(2569, DAY, None, offices, indicators, (Sender("อบต.", "หนองบัว", "เมือง"),), (late,))


def test_the_paper_has_every_office_and_the_sums() -> None:
    with pymupdf.open(stream=pdf.write(report(district_year(40)))) as file:
        text = "".join(str(page.get_text()) for page in file)
        assert len(file) == 2
    for number in range(40):
        assert f"อบต.ตำบล{number}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) in text
    assert "๒๔๐" in text  # 40 offices of 6 measures
    assert "อบต.หนองบัว" in text
    assert "๓๑ ธ.ค. ๖๘" in text
    assert "อำเภอเมือง" in text


def test_offices_of_several_districts_name_the_province() -> None:
    one, other = office("ก", Counts(1, 0, 0)), office("ข", Counts(0, 0, 1), district="พล")
    assert report(DistrictYear(2569, DAY, None, (one, other), (), (), ())).author == "จังหวัดขอนแก่น"


def test_nothing_late_and_nobody_missing_needs_no_table() -> None:
    tree = report(DistrictYear(2569, DAY, None, (office("ก", Counts(0, 0, 2)),), (), (), ()))
    assert sum(isinstance(block, Table) for block in tree.sections[0].blocks) == 2


def test_the_sheet_can_be_read_by_a_spreadsheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(report(district_year()))))
    cells = [
        str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None
    ]
    assert "อบต.ตำบล๐" in cells
    assert [sheet.title for sheet in book.worksheets][1:] == [
        "ตารางที่ ๒ ผลการดำเนินการรายตัว", "ตารางที่ ๓ มาตรการที่พ้นกำหนด", "หน่วยงานที่ยังไม่ส่งแฟ้ม",
    ]  # fmt: skip
    sums = next(row for row in book.worksheets[0].iter_rows() if row[1].value == "รวม")
    assert [cell.value for cell in sums[2:]] == [12, 2, 4, 6, 50, 2], "numbers, with which one can reckon"
    assert {cell.number_format for cell in sums[2:]} == {"[$-D00041E]0"}, "seen in Thai digits"
    book.close()


def test_it_says_of_which_day_and_rounds_it_speaks() -> None:
    mixed = district_year(3)
    mixed = replace(mixed, offices=(*mixed.offices[:2], replace(mixed.offices[2], round=12)))
    said = words(mixed)
    assert "ณ วันที่ ๑ มิถุนายน ๒๕๖๙" in said
    assert "(รอบล่าสุดของแต่ละหน่วยงาน: รอบ ๖ เดือน ๒ แห่ง รอบ ๑๒ เดือน ๑ แห่ง)" in said
    asked = words(replace(mixed, round=6))
    assert "พ.ศ. ๒๕๖๙ รอบ ๖ เดือน" in asked
    assert "รอบล่าสุด" not in asked


def test_it_says_how_many_of_the_late_measures_it_lists() -> None:
    assert "(แสดง ๑ จาก ๓ รายการ)" in words(district_year(3))
    assert "แสดง" not in words(district_year(1))


def words(year: DistrictYear) -> str:
    """All texts of the report."""
    blocks = report(year).sections[0].blocks
    texts = [run.text for block in blocks if isinstance(block, Paragraph) for run in block.runs]
    return "\n".join(texts + [block.caption for block in blocks if isinstance(block, Table)])


def test_shares_are_rounded_half_up() -> None:
    assert [share(1, 8), share(1, 3), share(2, 3), share(0, 0), share(5, 5)] == [13, 33, 67, 0, 100]
