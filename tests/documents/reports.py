"""A report with a block of every kind, parts of it, and random reports."""

from dataclasses import is_dataclass, replace
from math import ceil, floor
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
from itadesk.documents.tree_checks import RANGES

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
    """Any value of the type of a field of the tree, of those that can be set."""
    if hint is Table:
        return _tables()
    if isinstance(hint, type) and is_dataclass(hint):
        ranges = RANGES.get(hint, {})
        parts = {
            name: of_type(part) if name not in ranges else _within(part, ranges[name])
            for name, part in get_type_hints(hint).items()
        }
        return st.builds(hint, **parts)
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) is tuple:
        return st.lists(of_type(get_args(hint)[0]), max_size=3).map(tuple)
    if get_origin(hint) is not None:
        return st.one_of(*map(of_type, get_args(hint)))
    simple: dict[type, st.SearchStrategy[Any]] = {
        str: st.text(max_size=8),
        bytes: st.binary(max_size=8),
        bool: st.booleans(),
        NoneType: st.none(),
    }
    return simple[hint]


def _within(hint: Any, ends: tuple[float, float]) -> st.SearchStrategy[Any]:
    whole = st.integers(ceil(ends[0]), floor(ends[1]))
    if hint is int:
        return whole
    return whole | st.floats(*ends) | (st.none() if NoneType in get_args(hint) else st.nothing())


@st.composite
def _tables(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(of_type(Column), min_size=1, max_size=3).map(tuple))
    width, texts = len(columns), st.text(max_size=8)
    wide = draw(st.integers(1, width))
    heads = (
        (),
        ((HeadCell(draw(texts), wide), *(HeadCell("", rows=1) for _ in columns[wide:])),),
        (
            (HeadCell(draw(texts), wide), *(HeadCell("", rows=2) for _ in columns[wide:])),
            (HeadCell("", wide),),
        ),
    )
    rows = st.one_of(
        st.builds(Row, st.tuples(*[texts] * width), st.just(False), st.booleans()),
        st.builds(Row, st.tuples(texts), st.just(True), st.booleans()),
    )
    size = draw(_within(float, RANGES[Table]["size"]))
    return Table(
        columns,
        draw(st.sampled_from(heads)),
        tuple(draw(st.lists(rows, max_size=3))),
        size,
        draw(texts),
        draw(texts),
    )


TREES = of_type(DocumentTree)
