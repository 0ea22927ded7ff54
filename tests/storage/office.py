"""A small office with a row of every class, and what the storage tests ask of files."""

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

from itadesk.domain.model import (
    Assessment,
    AssessmentIndicator,
    Document,
    DocumentText,
    Evidence,
    Finding,
    FindingKind,
    FiscalYear,
    LayoutText,
    Measure,
    Office,
    Person,
    Phrase,
    Printout,
    Progress,
    Publication,
    Row,
    Sending,
    Signatory,
    Status,
    TemplateMeasure,
    Unit,
)
from itadesk.domain.snapshot import Snapshot
from itadesk.storage import opener, snapshot
from itadesk.storage.office_file import Edit, OfficeFile
from itadesk.storage.operations import set_field

USER = "สมศรี"
MEASURES = 4


def an_id(number: int) -> str:
    return f"{number:032x}"


OFFICE, YEAR, EARLIER, DOCUMENT, ASSESSMENT = (an_id(number) for number in range(1, 6))


def measure_id(number: int) -> str:
    return an_id(1000 + number)


def an_office(measures: int = MEASURES) -> Snapshot:
    """An office with two fiscal years, its measures in the later one."""
    return Snapshot.of(
        [
            Office(id=OFFICE, kind="องค์การบริหารส่วนตำบล", name="ทุ่งสว่าง", district="เมือง", province="ขอนแก่น"),
            Unit(id=an_id(10), office_id=OFFICE, ordinal=0, name="สำนักปลัด", aliases="สป."),
            Unit(id=an_id(11), office_id=OFFICE, ordinal=1, name="กองคลัง"),
            Person(id=an_id(12), office_id=OFFICE, ordinal=0, name="นางสาวสมศรี ใจดี", position="ปลัด อบต."),
            Phrase(id=an_id(26), office_id=OFFICE, ordinal=0, text="ดำเนินการแล้วเสร็จ"),
            FiscalYear(id=EARLIER, office_id=OFFICE, year=2568),
            FiscalYear(id=YEAR, office_id=OFFICE, year=2569, analysed_year=2568),
            Finding(
                id=an_id(13), fiscal_year_id=YEAR, ordinal=0, indicator="9.4", kind=FindingKind.DEVELOP, text="ข้อ"
            ),
            Assessment(id=ASSESSMENT, office_id=OFFICE, year=2568, total=Decimal("74.83"), oit=Decimal("60.00")),
            AssessmentIndicator(id=an_id(14), assessment_id=ASSESSMENT, indicator=9, score=Decimal("0.05")),
            *_measures(measures),
            Document(
                id=DOCUMENT, fiscal_year_id=YEAR, ordinal=0, layout="memo", round=6, unit="สำนักปลัด", to="นายก อบต.",
                date=dt.date(2026, 3, 31),
            ),
            DocumentText(id=an_id(20), document_id=DOCUMENT, name="opening", text="ตามที่\nขอรายงาน"),
            Signatory(id=an_id(21), document_id=DOCUMENT, ordinal=0, role="drafter", name="นางสาวสมศรี ใจดี"),
            Signatory(id=an_id(22), document_id=DOCUMENT, ordinal=1, role="ความเห็นของปลัด", name="นายสมชาย"),
            Publication(
                id=an_id(23), document_id=DOCUMENT, ordinal=0, oit_item="O35", url="https://example.go.th/o35",
                date=dt.date(2026, 4, 1),
            ),
            Printout(
                id=an_id(25), document_id=DOCUMENT, ordinal=0, code="0f" * 32, printed_by=USER, family="Sarabun",
                printed_at=dt.datetime(2026, 3, 31, 9, 30, 5),
            ),
            Sending(
                id=an_id(27), ordinal=0, sent_at=dt.datetime(2026, 4, 3, 10, 15), revision=57, seal="0f" * 32,
                sent_by=USER, to="local@example.go.th", years="2569", round=6, path="ส่งอำเภอ/แฟ้ม.itadesk",
            ),
            TemplateMeasure(id=an_id(28), fiscal_year_id=YEAR, title="มาตรการที่ 0", period="ต.ค. 68 - ก.ย. 69"),
            LayoutText(id=an_id(24), name="ของเรา", toml="name = 'ของเรา'\n"),
        ]
    )  # fmt: skip


def _measures(count: int) -> Iterable[Row]:
    for n in range(count):
        measure = measure_id(n)
        yield Measure(
            id=measure, fiscal_year_id=YEAR, ordinal=n, title=f"มาตรการที่ {n}", steps="จัดทำประกาศ\nเผยแพร่บนเว็บไซต์",
            responsible="สำนักปลัด", period="ต.ค. 68 - ก.ย. 69", continuous=n % 2 == 0,
        )  # fmt: skip
        yield Progress(
            id=an_id(2000 + n), measure_id=measure, round=6, status=Status.IN_PROGRESS, result="ผล"
        )
        yield Evidence(
            id=an_id(3000 + n), measure_id=measure, ordinal=0, title="ประกาศ", url="https://example.go.th"
        )


def retitle(title: str, number: int = 0) -> Callable[[Edit], None]:
    """What gives a measure another title."""
    return lambda edit: set_field(edit, Measure, measure_id(number), "title", title)


def leave_work(path: Path, *titles: str) -> None:
    """A session that ends without publishing its last edits, which give a measure these titles."""
    file = OfficeFile.open(path, user=USER)
    for title in titles:
        file.edit(retitle(title))
    file.close(publish=False)


def titles(content: Snapshot, fiscal_year_id: str = YEAR) -> list[str]:
    return [measure.title for measure in content.children(Measure, fiscal_year_id)]


def on_disk(path: Path) -> Snapshot:
    """What the document at `path` holds, read from it alone; it must be clean."""
    assert opener.verify(path).verdict == opener.Verdict.CLEAN
    file = OfficeFile.view(path)
    try:
        return file.snapshot
    finally:
        file.close()


def in_work(file: OfficeFile, data: Path) -> Snapshot:
    """What the one working copy in `data` holds, read beside its editor."""
    from itadesk.storage import connection

    (work,) = data.glob("work/*/work.sqlite")
    with connection.private(work) as copy:
        return snapshot.read(copy)


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    """The answer of the database at `path` to `sql`."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def change(path: Path, *statements: str) -> None:
    """Change the database at `path` behind the program's back."""
    connection = sqlite3.connect(path)
    try:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    finally:
        connection.close()


def beside(path: Path) -> list[str]:
    """What stands in the document's folder besides the document."""
    return sorted(other.name for other in path.parent.iterdir() if other != path)
