"""Measures as other offices tell them, as tables in files, and what is read of those: for the tests of the import."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from exchange.office_files import Table, excel, saved, word

from itadesk.domain.model import Status
from itadesk.exchange import sources
from itadesk.exchange.grid import Grid
from itadesk.exchange.measure_tables import read
from itadesk.exchange.reading import Choices, Entry

NOT_STARTED, IN_PROGRESS, DONE = Status


@dataclass(frozen=True)
class Told:
    """A measure as an office tells it."""

    title: str
    steps: str = ""
    responsible: str = ""
    period: str = ""
    result: str = ""
    outcome: str = ""
    suggestion: str = ""
    indicator: str = ""
    status: Status | None = None

    def only(self, *names: str) -> "Told":
        return Told(self.title, **{name: getattr(self, name) for name in names if name != "title"})


MEASURES = (
    Told(
        "๑. มาตรการส่งเสริมการปฏิบัติหน้าที่ด้วยความโปร่งใส",
        "๑. จัดทำคู่มือการปฏิบัติงาน\n๒. เผยแพร่คู่มือทางเว็บไซต์",
        "สำนักปลัด",
        "ต.ค. ๒๕๖๗ - มี.ค. ๒๕๖๘",
        "ดำเนินการแล้วเสร็จ เผยแพร่คู่มือแล้ว",
        "ประชาชนได้รับบริการที่รวดเร็ว",
        "-",
        "1",
        DONE,
    ),
    Told(
        "๒. แนวทางการใช้จ่ายงบประมาณอย่างคุ้มค่า",
        "- จัดประชุมชี้แจง\n- รายงานผลการใช้จ่ายทุกไตรมาส",
        "กองคลัง",
        "ตลอดปีงบประมาณ",
        "อยู่ระหว่างดำเนินการ",
        "การใช้จ่ายเป็นไปตามแผน",
        "ควรรายงานทุกเดือน",
        "2",
        IN_PROGRESS,
    ),
    Told(
        "๓. จัดทำแนวปฏิบัติการใช้ทรัพย์สินของราชการ",
        "ออกประกาศแนวปฏิบัติ",
        "กองช่าง\nกองคลัง",
        "มกราคม ๒๕๖๘",
        "ยังไม่ได้ดำเนินการ",
        "-",
        "ขาดบุคลากร",
        "4",
        NOT_STARTED,
    ),
    Told(
        "๔. ประกาศเจตนารมณ์ No Gift Policy",
        "๑) ประกาศนโยบาย\n๒) แจ้งเวียนทุกส่วนราชการ\n๓) รายงานผล",
        "สำนักปลัด",
        "ธ.ค. ๖๗",
        "ได้ประกาศนโยบายเมื่อวันที่ ๒ ธันวาคม ๒๕๖๗",
        "บุคลากรทุกคนรับทราบ",
        "-",
        "5",
        DONE,
    ),
)
ALL = ("title", "steps", "responsible", "period", "result", "outcome", "suggestion")
SIX = ALL[:5]
HEAD = ("มาตรการ", "ขั้นตอน", "ผู้รับผิดชอบ", "ระยะเวลา", "ผลการดำเนินการ")
Text = str | Callable[[Told], str]
"""A field of a measure by its name, or what makes the text of a cell."""


def table(
    head: Sequence[str], texts: Sequence[Text], measures: Sequence[Told] = MEASURES
) -> list[tuple[str, ...]]:
    rows = [
        tuple(getattr(row, text) if isinstance(text, str) else text(row) for text in texts)
        for row in measures
    ]
    return [tuple(head), *rows] if head else rows


def told(grids: Sequence[Grid], choices: Choices | None = None) -> list[Told]:
    return [_told(entry) for entry in read(grids, 2568, 12, choices).entries]


def _told(entry: Entry) -> Told:
    progress = entry.progress.get(12, {})
    texts = {name: entry.said.get(name, "") for name in ALL[:4]} | {
        name: progress.get(name, "") for name in ALL[4:]
    }
    assert not entry.heading, "no text of these tables is a heading"
    return Told(**texts, indicator=entry.indicator, status=entry.status.get(12))


def from_word(*tables: Table, lines: Sequence[str] = ()) -> list[Grid]:
    return sources.grids(Path("ตาราง.docx"), word(*tables, lines=lines))


def from_excel(rows: Table) -> list[Grid]:
    return sources.grids(Path("ตาราง.xlsx"), excel(rows))


def from_csv(rows: Table, delimiter: str = ",", encoding: str = "utf-8-sig") -> list[Grid]:
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return sources.grids(Path("ตาราง.csv"), text.getvalue().encode(encoding))


def from_document(document) -> list[Grid]:
    return sources.grids(Path("ตาราง.docx"), saved(document))


def wanted(*names: str) -> list[Told]:
    status = ("status",) if "result" in names or "status" in names else ()
    return [row.only(*names, *status) for row in MEASURES]


TABLE = table(HEAD, SIX)
