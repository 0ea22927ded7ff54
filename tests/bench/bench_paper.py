"""The paper engine against its baselines, each measured in the same run, in CPU seconds of whole processes.

Figures are ratios, because the machine is shared: the memo against importing the same libraries only, a long table
against ReportLab's own Table of shaped Paragraphs, ten thousand rows against a thousand; peak memory is absolute.
"""

import os
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
HEADINGS = ("มาตรการ/แนวทาง", "ขั้นตอน/วิธีการปฏิบัติ", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ", "ผลการดำเนินการ", "ข้อเสนอแนะ")
LIBRARIES = "import itadesk.documents.pdf"
TIMES = 5


class Cost(NamedTuple):
    """CPU seconds and peak megabytes of a process."""

    seconds: float
    megabytes: float


def cells(row: int) -> tuple[str, ...]:
    """Six cells of about 500 characters, most of them unlike those of other rows."""
    steps = (
        f"๑. จัดทำประกาศขั้นตอนการปฏิบัติงานที่ {row} และเผยแพร่บนเว็บไซต์ของหน่วยงานให้ประชาชนทราบ "
        "๒. ประชุมชี้แจงพนักงานและผู้มีส่วนได้ส่วนเสียเกี่ยวกับการใช้ทรัพย์สินของราชการที่ถูกต้อง"
    )
    result = (
        f"ดำเนินการแล้วเสร็จเมื่อวันที่ ๓๑ มี.ค. ๖๕ ตามบันทึกที่ {row * 7} โดยมีผู้เข้ารับการอบรมจำนวน {row % 90 + 10} คน "
        "และรายงานผู้บริหารทราบแล้ว"
    )
    return (
        f"{row}. มาตรการส่งเสริมความโปร่งใสในการปฏิบัติหน้าที่ลำดับที่ {row}",
        steps,
        "สำนักปลัด\nกองคลัง",
        "ตุลาคม ๒๕๖๔ - กันยายน ๒๕๖๕",
        result,
        f"ควรปรับปรุงช่องทางการติดต่อที่ {row % 13} ให้ทันสมัยและเข้าถึงง่าย",
    )


def ours(count: int) -> None:
    """Our own table of so many rows."""
    from itadesk.documents import pdf
    from itadesk.documents.tree import Column, DocumentTree, HeadCell, Row, Section, Table

    head = (tuple(HeadCell(text) for text in HEADINGS),)
    table = Table(tuple(Column() for _ in HEADINGS), head, tuple(Row(cells(at)) for at in range(count)))
    pdf.write(DocumentTree("", "", (Section((table,), landscape=True, page_number="of_total"),)))


def stock(count: int) -> None:
    """The same rows as ReportLab's Table of Paragraphs with shaping, in the same font and size."""
    from io import BytesIO

    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

    registerFont(TTFont("Sarabun", str(ROOT / "resources" / "fonts" / "Sarabun-Regular.ttf")))
    style = ParagraphStyle("cell", fontName="Sarabun", fontSize=10.56, leading=18.4, shaping=1)
    rows = [HEADINGS, *map(cells, range(count))]
    data = [[Paragraph(text.replace("\n", "<br/>"), style) for text in row] for row in rows]
    table = LongTable(data, colWidths=[105, 180, 70, 90, 160, 95], repeatRows=1, splitInRow=1)
    table.setStyle(
        TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    )
    SimpleDocTemplate(BytesIO(), pagesize=landscape(A4)).build([table])


def memo() -> None:
    """The memo of 12 measures, whole: head, chain, plan table, status table."""
    from itadesk.documents import pdf
    from itadesk.documents.tree import (
        Column,
        DocumentTree,
        HeadCell,
        MemoField,
        MemoHead,
        Paragraph,
        Row,
        Run,
        Section,
        SignatureBlock,
        SignatureChain,
        Table,
    )

    fields = (
        (MemoField("ส่วนราชการ", "สำนักปลัด องค์การบริหารส่วนตำบลตัวอย่าง"),),
        (MemoField("ที่", "กส ๗๓๕๐๑/....."), MemoField("วันที่", "๓๑ มีนาคม ๒๕๖๕")),
        (MemoField("เรื่อง", "รายงานการประเมินคุณธรรมและความโปร่งใสภายในหน่วยงาน"),),
    )
    head = MemoHead("บันทึกข้อความ", None, 1.5, fields, "เรียน", "นายกองค์การบริหารส่วนตำบลตัวอย่าง")
    body = Paragraph((Run(" ".join(cells(1)).replace("\n", " ") * 2),), indent=2.5)
    block = SignatureBlock(("(นายตัวอย่าง ใจดี)", "หัวหน้าสำนักปลัด"), "(ลงชื่อ)", "ความเห็นของหัวหน้าสำนักปลัด", 1)
    plan = Table(
        tuple(Column() for _ in range(4)),
        (tuple(HeadCell(text) for text in HEADINGS[:4]),),
        tuple(Row(cells(at)[:4]) for at in range(12)),
    )
    ticks = ("ยังไม่ดำเนินงาน", "อยู่ระหว่างดำเนินงาน", "ดำเนินงานเสร็จแล้ว")
    status = Table(
        (Column(), Column(), Column("center"), Column("center"), Column("center")),
        (
            (HeadCell("มาตรการ", rows=2), HeadCell("ขั้นตอน", rows=2), HeadCell("สถานะ", columns=3)),
            tuple(HeadCell(text) for text in ticks),
        ),
        tuple(Row((*cells(at)[:2], "", "", "/")) for at in range(12)),
    )
    first = Section((head, body, SignatureChain((block,) * 4)), page_number="hyphens")
    pdf.write(DocumentTree("", "", (first, Section((plan, status), page_number="of_total"))))


def cost(code: str, times: int = 1) -> Cost:
    """The least of several runs of Python code in a process of its own."""
    start = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]; "
    runs = [_run([sys.executable, "-c", start + code]) for _ in range(times)]
    return Cost(min(run.seconds for run in runs), max(run.megabytes for run in runs))


def _run(command: list[str]) -> Cost:
    child = os.posix_spawn(command[0], command, os.environ)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(f"failed: {command[-1]}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def say(name: str, value: float, limit: float, unit: str, *, at_least: bool = False) -> bool:
    good = value >= limit if at_least else value <= limit
    print(
        f"{'ok  ' if good else 'FAIL'} {name}: {value:.2f}{unit} ({'>=' if at_least else '<='} {limit:g}{unit})"
    )
    return good


def main() -> int:
    """0 when every figure is reached."""
    imports = cost(LIBRARIES, TIMES)
    whole = cost("import bench_paper; bench_paper.memo()", TIMES)
    thousand = cost("import bench_paper; bench_paper.ours(1000)", 3)
    baseline = cost("import bench_paper; bench_paper.stock(1000)")
    ten = cost("import bench_paper; bench_paper.ours(10000)")
    print(
        f"CPU s: imports {imports.seconds:.2f}, memo {whole.seconds:.2f}, 1,000 rows {thousand.seconds:.2f}, "
        f"ReportLab's table {baseline.seconds:.2f}, 10,000 rows {ten.seconds:.2f}"
    )
    checks = [
        say("memo of 12 measures / importing the same libraries", whole.seconds / imports.seconds, 2, " x"),
        say(
            "ReportLab's stock table / ours, 1,000 rows",
            baseline.seconds / thousand.seconds,
            8,
            " x",
            at_least=True,
        ),
        say("10,000 rows / 1,000 rows", ten.seconds / thousand.seconds, 13, " x"),
        say("peak at 1,000 rows", thousand.megabytes, 120, " MB"),
        say("peak at 10,000 rows", ten.megabytes, 400, " MB"),
    ]
    return 0 if all(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
