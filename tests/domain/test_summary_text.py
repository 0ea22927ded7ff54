"""The summary for chat, word for word as it is pasted."""

import datetime as dt

import pytest

from itadesk import i18n
from itadesk.domain.model import FiscalYear, Measure, Office, Progress, Row, Status
from itadesk.domain.snapshot import Snapshot
from itadesk.domain.summary_text import summary

OFFICE = Office(id="a" * 32, kind="เทศบาลตำบล", name="งามดี")
YEAR = FiscalYear(id="b" * 32, office_id=OFFICE.id, year=2568)
TODAY = dt.date(2025, 2, 10)


@pytest.fixture(autouse=True)
def thai() -> None:
    i18n.install("th")


def measure(number: int, title: str, responsible: str, period: str) -> Measure:
    return Measure(
        id=f"{number:032x}",
        fiscal_year_id=YEAR.id,
        ordinal=number,
        title=title,
        responsible=responsible,
        period=period,
    )


def done(number: int, status: Status) -> Progress:
    return Progress(id=f"{100 + number:032x}", measure_id=f"{number:032x}", round=6, status=status)


def told(*rows: Row) -> str:
    return summary(Snapshot.of([OFFICE, YEAR, *rows]), YEAR, 6, TODAY)


def test_word_for_word() -> None:
    rows = [
        measure(0, "๑. จัดทำคู่มือ\nการใช้ทรัพย์สิน", "สำนักปลัด\nกองคลัง", "ม.ค. ๖๘"),
        measure(1, "อบรม", "กองคลัง", "ม.ค. ๖๘"),
        measure(2, "ร้องเรียน " + "ยาว" * 60, "", "ก.พ. ๖๘"),
        measure(3, "เผยแพร่", "กองช่าง", "ก.ย. ๖๘"),
    ]
    text = told(*rows, done(0, Status.IN_PROGRESS), done(1, Status.DONE))
    assert text == (
        "เทศบาลตำบลงามดี\n"
        "มาตรการส่งเสริมคุณธรรมและความโปร่งใส ปีงบประมาณ พ.ศ. 2568 รอบ 6 เดือน\n"
        "ข้อมูล ณ วันที่ 10 กุมภาพันธ์ 2568\n"
        "\n"
        "ทั้งหมด 4 มาตรการ\n"
        "• ดำเนินงานเสร็จแล้ว 1\n"
        "• อยู่ระหว่างดำเนินงาน 1\n"
        "• ยังไม่ดำเนินงาน 2\n"
        "\n"
        "เกินกำหนด 1 รายการ\n"
        "1. จัดทำคู่มือ การใช้ทรัพย์สิน\n"
        "   สำนักปลัด, กองคลัง · กำหนด 31 ม.ค. 68\n"
        "\n"
        "ครบกำหนดใน 30 วัน 1 รายการ\n"
        "1. ร้องเรียน " + ("ยาว" * 60)[:80] + "…\n"
        "   กำหนด 28 ก.พ. 68"
    )


def test_nothing_late() -> None:
    assert told().endswith("• ยังไม่ดำเนินงาน 0\n\nไม่มีรายการที่เกินกำหนด")
