"""Reports as trees, fictional, for the writers of Word and Excel files."""

from io import BytesIO
from itertools import cycle, islice

from PIL import Image

from itadesk.documents.tree import (
    Block,
    Column,
    DocumentTree,
    HeadCell,
    Margins,
    MemoField,
    MemoHead,
    Paragraph,
    Picture,
    Row,
    Run,
    Section,
    SignatureBlock,
    SignatureChain,
    Space,
    Table,
)

TICKS = ("ยังไม่ดำเนินงาน", "อยู่ระหว่างดำเนินงาน", "ดำเนินงานเสร็จแล้ว")
WIDE = Margins(2, 2, 2, 2)


def png(width: int = 30, height: int = 40, colour: str = "navy") -> bytes:
    data = BytesIO()
    Image.new("RGB", (width, height), colour).save(data, "PNG")
    return data.getvalue()


def words(text: str, *, bold: bool = False) -> tuple[Run, ...]:
    return (Run(text, bold),)


def head(*texts: str) -> tuple[tuple[HeadCell, ...], ...]:
    return (tuple(HeadCell(text) for text in texts),)


def tree(*blocks: Block, landscape: bool = False, title: str = "") -> DocumentTree:
    return DocumentTree("รายงาน", "สำนักงาน", (Section(blocks, landscape=landscape, title=title),))


def memo() -> DocumentTree:
    """บันทึกข้อความ with four signatories, and what goes with it."""
    opening = MemoHead(
        "บันทึกข้อความ",
        Picture(png(), 1.5),
        1.5,
        (
            (MemoField("ส่วนราชการ", "สำนักปลัด องค์การบริหารส่วนตำบลตัวอย่าง โทร. ๐ ๔๓๐๐ ๐๐๐๐"),),
            (MemoField("ที่", "กส ๗๓๕๐๑/๑๒"), MemoField("วันที่", "๓๑ มีนาคม ๒๕๖๕")),
            (MemoField("เรื่อง", "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"),),
        ),
        "เรียน",
        "นายกองค์การบริหารส่วนตำบลตัวอย่าง",
    )
    first = (
        "ตามที่องค์การบริหารส่วนตำบลตัวอย่างได้กำหนดมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ"
        " พ.ศ. ๒๕๖๕ โดยนำผลการประเมินคุณธรรมและความโปร่งใส (ITA) ของปีที่ผ่านมามาวิเคราะห์ ซึ่งตัวชี้วัดที่ต้องพัฒนาได้แก่ "
    )
    weak = "ตัวชี้วัดที่ ๓ การใช้อำนาจ และตัวชี้วัดที่ ๖ คุณภาพการดำเนินงาน"
    chain = SignatureChain(
        (
            SignatureBlock(("(นางสาวหนึ่ง ใจดี)", "นักจัดการงานทั่วไป"), "(ลงชื่อ)"),
            SignatureBlock(("(นายสอง ใจงาม)", "หัวหน้าสำนักปลัด"), "(ลงชื่อ)", "ความเห็นของหัวหน้าสำนักปลัด", 1),
            SignatureBlock(
                ("(นายสาม ใจซื่อ)", "ปลัดองค์การบริหารส่วนตำบล ปฏิบัติหน้าที่", "นายกองค์การบริหารส่วนตำบลตัวอย่าง"),
                "(ลงชื่อ)",
                "ความเห็นของนายก",
                2,
            ),
        )
    )
    return DocumentTree(
        "รายงานผลการดำเนินการ",
        "องค์การบริหารส่วนตำบลตัวอย่าง",
        (
            Section(
                (
                    opening,
                    Paragraph((Run(first), Run(weak, bold=True), Run(" นั้น")), indent=2.5, space_before=0.21),
                    Paragraph(
                        words("บัดนี้ การดำเนินการตามมาตรการดังกล่าวเสร็จสิ้นแล้ว จึงขอรายงานผลตามเอกสารที่แนบมาพร้อมนี้"),
                        indent=2.5,
                        space_before=0.21,
                    ),
                    Paragraph(words("จึงเรียนมาเพื่อโปรดพิจารณา"), indent=2.5, space_before=0.21),
                    chain,
                ),
                page_number="hyphens",
                title="บันทึกข้อความ",
            ),
            Section(
                (
                    Paragraph(words("ผลการดำเนินการ", bold=True), "center", 18, keep_with_next=True),
                    status_table(3),
                ),
                page_number="of_total",
                title="ผลการดำเนินการ",
            ),
        ),
        footer="รหัสเอกสาร ITA-๒๕๖๕-๐๑",
    )


def status_table(count: int) -> Table:
    """A head of two levels and ticks."""
    return Table(
        (Column(), *[Column("center", 2.2)] * 3),
        (
            (HeadCell("รายการที่รายงาน", rows=2), HeadCell("สถานการณ์ดำเนินงาน", columns=3)),
            tuple(HeadCell(text) for text in TICKS),
        ),
        tuple(
            Row((f"ผลของมาตรการลำดับ {at:02d} มีดังนี้", *("/" if at % 3 == tick else "" for tick in range(3))))
            for at in range(count)
        ),
    )


def grouped_table(count: int, group_size: int = 5) -> Table:
    """Groups of measures with long texts, and a column whose equal neighbours are one cell."""
    rows: list[Row] = []
    for at in range(count):
        if at % group_size == 0:
            rows.append(Row((f"ตัวชี้วัดที่ {at // group_size + 1} คุณภาพการดำเนินงานของหน่วยงาน",), group=True))
        rows.append(
            Row(
                (
                    f"หมวดย่อยที่ {at // 2}",
                    f"{at + 1}. ให้ความรู้เรื่องการป้องกันผลประโยชน์ทับซ้อน รุ่นที่ {at + 1:04d}",
                    f"๑) แต่งตั้งคณะทำงาน ({at:04d})\n๒) ประชุมพนักงานเพื่อชี้แจงแนวทางการปฏิบัติงานให้เป็นไปตามคู่มือและกฎหมาย",
                    f"ต.ค. ๖๔ – มี.ค. ๖๕ ({at:04d})",
                    "สำนักปลัด",
                    f"ดำเนินการแล้วเมื่อวันที่ {at % 28 + 1} มกราคม ๒๕๖๕ มีผู้เข้าร่วม ๓๕ คน",
                )
            )
        )
    columns = (Column(merged=True), Column(), Column(), Column("center", 3), Column("center", 2.5), Column())
    titles = ("หมวด", "มาตรการ", "ขั้นตอนหรือวิธีการ", "ระยะเวลา", "ผู้รับผิดชอบ", "ผลการดำเนินการ")
    return Table(columns, head(*titles), tuple(rows), caption="ตารางรายงานผลการดำเนินการ", continued="(ต่อ)")


def grouped(count: int = 12) -> DocumentTree:
    """A landscape table over two pages and more, with its heading and its signatories side by side."""
    beside = SignatureChain(
        (
            SignatureBlock(("(นางสาวหนึ่ง ใจดี)", "นักจัดการงานทั่วไป"), label="ผู้รายงาน"),
            SignatureBlock(("(นายสอง ใจงาม)", "หัวหน้าสำนักปลัด"), label="ผู้ตรวจสอบ"),
        ),
        columns=2,
    )
    heading = Paragraph(
        words("รายงานผลการดำเนินการตามมาตรการ\nประจำปีงบประมาณ พ.ศ. ๒๕๖๕", bold=True),
        "center",
        18,
        keep_with_next=True,
    )
    section = Section(
        (heading, Space(0.3), grouped_table(count), beside),
        landscape=True,
        margins=WIDE,
        page_number="of_total",
        title="รายงานผล",
    )
    return DocumentTree("รายงานผล", "เทศบาลตำบลตัวอย่าง", (section,), footer="ITA-๒๕๖๕-๐๒")


def cover() -> DocumentTree:
    """A cover that is spread over its page, and a preface."""
    front = (
        Picture(png(300, 300, "darkred"), 4),
        Space(1, stretch=1),
        Paragraph(
            words(
                "รายงานผลการดำเนินการ\nเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน\nประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
                bold=True,
            ),
            "center",
            26,
        ),
        Space(1, stretch=2),
        Paragraph(words("เทศบาลตำบลตัวอย่าง\nอำเภอเมือง จังหวัดตัวอย่าง", bold=True), "center", 22),
    )
    preface = (
        Paragraph(words("คำนำ", bold=True), "center", 20, keep_with_next=True),
        Paragraph(
            words(
                "".join(
                    islice(cycle(("การประเมินคุณธรรมและความโปร่งใส", "ช่วยให้หน่วยงานของรัฐทราบสถานะของตน ")), 12)
                )
            ),
            indent=2.5,
            space_before=0.42,
        ),
        Space(1),
        Paragraph(words("เทศบาลตำบลตัวอย่าง"), "center", left=8),
    )
    return DocumentTree(
        "รายงานผลการดำเนินการ",
        "เทศบาลตำบลตัวอย่าง",
        (Section(front, title="ปก"), Section(preface, page_number="hyphens", title="คำนำ")),
    )


# --- what a tree says


def texts(tree: DocumentTree) -> list[str]:
    """Every text of the report in the order in which it is read, a table's head once."""
    return [text for section in tree.sections for block in section.blocks for text in _said(block) if text]


def _said(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return [run.text for run in block.runs]
        case MemoHead():
            fields = [text for line in block.lines for field in line for text in (field.label, field.value)]
            return [block.title, *fields, block.salutation_label, block.salutation]
        case SignatureChain():
            return [
                text for one in block.blocks for text in (one.opinion, one.label, one.sign_label, *one.lines)
            ]
        case Table():
            heads = [cell.text for row in block.head for cell in row]
            return [block.caption, *heads, *table_texts(block)]
        case _:
            return []


def table_texts(table: Table) -> list[str]:
    """What the rows say: a merged cell says it once, where it begins."""
    found: list[str] = []
    above: Row | None = None
    for row in table.rows:
        joined = above and not above.group and not row.group
        for at, text in enumerate(row.cells):
            if not (joined and above and table.columns[at].merged and above.cells[at] == text):
                found.append(text)
        above = row
    return found
