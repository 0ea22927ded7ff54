"""A report with a block of every kind, parts of it, and random reports."""

from dataclasses import is_dataclass, replace
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

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

EMBLEM = Picture(b"\x89PNG emblem", 1.5)
HEAD = MemoHead(
    title="บันทึกข้อความ",
    emblem=EMBLEM,
    emblem_height=1.5,
    lines=(
        (MemoField("ส่วนราชการ", "สำนักปลัด"),),
        (MemoField("ที่", "ขก ๗๑๐๐๑/๙", 0.5), MemoField("วันที่", "๓๑ มีนาคม ๒๕๖๙", 0.5)),
        (MemoField("เรื่อง", "รายงานผล"),),
    ),
    salutation_label="เรียน",
    salutation="นายก อบต.",
)
CHAIN = SignatureChain(
    (
        SignatureBlock(("(นางสาวสมศรี ใจดี)", "นักวิเคราะห์นโยบายและแผน"), sign_label="ลงชื่อ"),
        SignatureBlock(("(นายสมชาย ใจงาม)", "ปลัด อบต."), opinion="ความเห็นของปลัด", opinion_lines=2),
    )
)
HEADINGS = (
    (HeadCell("มาตรการ", rows=2), HeadCell("ขั้นตอน", rows=2), HeadCell("สถานะ", columns=2)),
    (HeadCell("อยู่ระหว่าง\nดำเนินงาน"), HeadCell("เสร็จแล้ว")),
)
ROWS = (
    Row(("๑. การปฏิบัติหน้าที่",), group=True),
    Row(("๑. มาตรการเผยแพร่ข้อมูล", "จัดทำประกาศ\nเผยแพร่", "/", "")),
    Row(("๒. มาตรการรับฟังความเห็น", "เปิดช่องทาง", "", "/")),
    Row(("๓. มาตรการใช้ทรัพย์สิน", "ทำทะเบียน ๕ ครั้ง", "", "/")),
)
TABLE = Table((Column(), Column(width=5), Column("center"), Column("center")), HEADINGS, ROWS, 14)
OPENING = Paragraph((Run("ตามที่สำนักปลัดได้"), Run("วิเคราะห์ผล", bold=True), Run("แล้ว นั้น")), indent=2.5)
TREE = DocumentTree(
    "รายงานผล",
    "อบต.ทุ่งสว่าง",
    (
        Section((HEAD, OPENING, CHAIN), title="บันทึกข้อความ"),
        Section((EMBLEM, Space(1, 2), TABLE), True, Margins(left=2), "of_total", "ตารางผล"),
    ),
    footer="XXXX",
)


def with_blocks(*blocks: Block, title: str = "ตารางผล") -> DocumentTree:
    return DocumentTree("", "", (Section(blocks, title=title),))


def with_rows(*rows: Row) -> DocumentTree:
    return with_blocks(replace(TABLE, rows=rows))


def of_type(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of the type of a field of the tree."""
    if isinstance(hint, type) and is_dataclass(hint):
        return st.builds(hint, **{name: of_type(part) for name, part in get_type_hints(hint).items()})
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) is tuple:
        return st.lists(of_type(get_args(hint)[0]), max_size=3).map(tuple)
    if get_origin(hint) is not None:
        return st.one_of(*map(of_type, get_args(hint)))
    simple: dict[type, st.SearchStrategy[Any]] = {
        str: st.text(max_size=8),
        bytes: st.binary(max_size=8),
        int: st.integers(-10_000, 10_000),
        bool: st.booleans(),
        float: st.floats(-10_000, 10_000) | st.integers(-99, 99),
        NoneType: st.none(),
    }
    return simple[hint]


TREES = of_type(DocumentTree)
