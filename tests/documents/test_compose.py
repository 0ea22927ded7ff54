"""Compose: what the memo says follows from the file alone, each fact once, in the document's digits."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from itadesk.documents.compose import BLANK_NAME, compose
from itadesk.documents.document import DRAFTER, document_for, signatories_for
from itadesk.documents.layout import ListPart, MemoHeadPart, TablePart
from itadesk.documents.layout_toml import parse, write
from itadesk.documents.layouts import layout_named
from itadesk.documents.template import BLANK
from itadesk.documents.tree import (
    Block,
    DocumentTree,
    MemoHead,
    Paragraph,
    SignatureChain,
    Table,
)
from itadesk.domain.model import (
    Assessment,
    Digits,
    Document,
    DocumentText,
    FiscalYear,
    GradeSource,
    Measure,
    Office,
    Progress,
    Row,
    Signatory,
    Status,
    Unit,
    new_id,
)
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError

MEMO = layout_named("memo")
OFFICE = Office(
    id=new_id(),
    kind="องค์การบริหารส่วนตำบล",
    name="ตัวอย่าง",
    district="เมือง",
    province="สมมติ",
    letter_code="สม 12345",
)
YEAR = FiscalYear(id=new_id(), office_id=OFFICE.id, year=2565)
UNIT = Unit(id=new_id(), office_id=OFFICE.id, ordinal=0, name="สำนักปลัด")
MEASURES = [
    Measure(
        id=new_id(),
        fiscal_year_id=YEAR.id,
        ordinal=n,
        title=f"มาตรการ {n}",
        steps=f"ขั้นตอน {n}",
        responsible="สำนักปลัด\nกองคลัง",
        follow_up="31 มี.ค. 65",
    )
    for n in range(4)
]
PROGRESS = [
    Progress(id=new_id(), measure_id=measure.id, round=12, status=status)
    for measure, status in zip(MEASURES, Status, strict=False)
]
SCORE = Assessment(id=new_id(), office_id=OFFICE.id, year=2564, total=Decimal("74.83"), grade_as_printed="E")
DOCUMENT = Document(
    id=new_id(),
    fiscal_year_id=YEAR.id,
    ordinal=0,
    layout="memo",
    round=12,
    unit="สำนักปลัด",
    date=dt.date(2022, 3, 31),
    subject="รายงานผล",
    to="นายก",
)


def file(*rows: Row) -> Snapshot:
    return Snapshot.of([OFFICE, YEAR, UNIT, *MEASURES, *PROGRESS, SCORE, DOCUMENT, *rows])


def memo(snapshot: Snapshot, document: Document = DOCUMENT) -> DocumentTree:
    return compose(snapshot, MEMO, document)


def blocks(tree: DocumentTree, kind: type[Block]) -> Iterable[Block]:
    return [block for section in tree.sections for block in section.blocks if isinstance(block, kind)]


def texts(tree: DocumentTree) -> list[str]:
    return ["".join(run.text for run in block.runs) for block in blocks(tree, Paragraph)]  # type: ignore[attr-defined]


def head(tree: DocumentTree) -> dict[str, str]:
    (block,) = blocks(tree, MemoHead)
    assert isinstance(block, MemoHead)
    return {field.label: field.value for line in block.lines for field in line}


def test_the_memo_head() -> None:
    assert head(memo(file())) == {
        "ส่วนราชการ": "สำนักปลัด องค์การบริหารส่วนตำบลตัวอย่าง",
        "ที่": "สม ๑๒๓๔๕/",
        "วันที่": "๓๑ มีนาคม ๒๕๖๕",
        "เรื่อง": "รายงานผล",
    }


def test_a_number_typed_stands_instead_of_the_letter_code() -> None:
    assert head(memo(file(), replace(DOCUMENT, number="สม 1/99")))["ที่"] == "สม ๑/๙๙"


def test_every_measure_stands_once_in_each_table_with_one_tick() -> None:
    plan, status = blocks(memo(file()), Table)
    assert isinstance(plan, Table)
    assert isinstance(status, Table)
    assert [row.cells[0] for row in plan.rows] == [f"มาตรการ {digit}" for digit in "๐๑๒๓"]
    assert [row.cells[2:] for row in plan.rows] == [("สำนักปลัด\nกองคลัง", "๓๑ มี.ค. ๖๕")] * 4
    ticks = [row.cells[2:] for row in status.rows]
    assert ticks == [("/", "", ""), ("", "/", ""), ("", "", "/"), ("/", "", "")]


def test_the_status_table_has_a_two_level_head() -> None:
    _, status = blocks(memo(file()), Table)
    assert isinstance(status, Table)
    upper, lower = status.head
    assert [(cell.text, cell.columns, cell.rows) for cell in upper] == [
        ("มาตรการ", 1, 2),
        ("ขั้นตอนหรือวิธีการปฏิบัติ", 1, 2),
        ("สถานการณ์ดำเนินงาน", 3, 1),
    ]
    assert [cell.text for cell in lower] == ["ยังไม่ดำเนินงาน", "อยู่ระหว่างดำเนินงาน", "ดำเนินงานเสร็จแล้ว"]


def test_the_computed_grade_prints_unless_the_document_wants_the_typed_one() -> None:
    assert any("๗๔.๘๓ คะแนน อยู่ในระดับ C " in text for text in texts(memo(file())))
    typed = replace(DOCUMENT, grade=GradeSource.TYPED)
    assert any("อยู่ในระดับ E " in text for text in texts(memo(file(), typed)))


def test_a_grade_that_hangs_on_missing_scores_is_the_announced_one_or_dots() -> None:
    year = replace(YEAR, year=2568)
    for announced, printed in (("ผ่านดี", "ผ่านดี"), ("", BLANK)):
        score = replace(SCORE, year=2567, total=Decimal("90.00"), grade_as_printed=announced)
        tree = memo(Snapshot.of([OFFICE, year, score, DOCUMENT]))
        assert any(f"๙๐.๐๐ คะแนน อยู่ในระดับ {printed} " in text for text in texts(tree))


def test_arabic_digits_when_the_document_wants_them() -> None:
    tree = memo(file(), replace(DOCUMENT, digits=Digits.ARABIC))
    assert head(tree)["วันที่"] == "31 มีนาคม 2565"
    assert not tree.thai_digits
    assert not any(digit in text for text in texts(tree) for digit in "๐๑๒๓๔๕๖๗๘๙")


def test_labels_of_the_layout_have_the_digits_of_the_document() -> None:
    text = (
        write(MEMO)
        .replace('"(ลงชื่อ)"', '"(ลงชื่อ 1)"')
        .replace('"วันที่"', '"วันที่ 2"')
        .replace('"เรียน"', '"เรียน 3"')
    )
    for digits, printed in ((Digits.THAI, "๑๒๓"), (Digits.ARABIC, "123")):
        tree = compose(file(), parse(text, "memo"), replace(DOCUMENT, digits=digits))
        (chain,), (top,) = blocks(tree, SignatureChain), blocks(tree, MemoHead)
        assert isinstance(chain, SignatureChain)
        assert isinstance(top, MemoHead)
        assert chain.blocks[0].sign_label == f"(ลงชื่อ {printed[0]})"
        assert f"วันที่ {printed[1]}" in head(tree)
        assert top.salutation_label == f"เรียน {printed[2]}"


def test_signatories_in_order_with_opinions_and_an_acting_post_on_two_lines() -> None:
    def signatory(ordinal: int, role: str, **values: str) -> Signatory:
        return Signatory(id=new_id(), document_id=DOCUMENT.id, ordinal=ordinal, role=role, **values)

    same = {"name": "นายสมมติ ใจดี", "position": "ปลัด"}
    rows = [
        signatory(1, "ความเห็นของปลัด", **same),
        signatory(0, "drafter", name="นางสาวทดลอง เขียนดี", position="นักจัดการงานทั่วไป"),
        signatory(2, "ความเห็นของนายก", **same, acting="ปฏิบัติหน้าที่", acting_for="นายกฯ"),
    ]
    (chain,) = blocks(memo(file(*rows)), SignatureChain)
    assert isinstance(chain, SignatureChain)
    assert [(block.opinion, block.opinion_lines) for block in chain.blocks] == [
        ("", 0),
        ("ความเห็นของปลัด", 1),
        ("ความเห็นของนายก", 2),
    ]
    assert chain.blocks[0].lines == ("(นางสาวทดลอง เขียนดี)", "นักจัดการงานทั่วไป")
    assert chain.blocks[2].lines == ("(นายสมมติ ใจดี)", "ปลัด ปฏิบัติหน้าที่", "นายกฯ")


def test_without_signatories_the_layouts_chain_stands_blank() -> None:
    roles = [DRAFTER, "ความเห็นของหัวหน้าสำนักปลัด", "ความเห็นของปลัด", "ความเห็นของนายก"]
    (chain,) = blocks(memo(file()), SignatureChain)
    assert isinstance(chain, SignatureChain)
    assert [block.opinion for block in chain.blocks] == ["", *roles[1:]]
    assert all(block.lines == (f"({BLANK_NAME})",) for block in chain.blocks)
    assert [row.role for row in signatories_for(file(), MEMO, DOCUMENT)] == roles


def test_the_clerks_own_wording_replaces_the_layouts() -> None:
    own = DocumentText(
        id=new_id(), document_id=DOCUMENT.id, name="memo_closing", text="เพื่อโปรดทราบ ข้อ {item_no}"
    )
    item = DocumentText(id=new_id(), document_id=DOCUMENT.id, name="item_no", text="6")
    assert "เพื่อโปรดทราบ ข้อ ๖" in texts(memo(file(own, item)))


def test_a_field_that_does_not_exist_is_reported_not_printed() -> None:
    own = DocumentText(id=new_id(), document_id=DOCUMENT.id, name="memo_closing", text="{secret}")
    with pytest.raises(UserError, match="secret") as refusal:
        memo(file(own))
    assert MEMO.texts["memo_closing"].label in refusal.value.message
    assert MEMO.title in refusal.value.message


def test_a_fault_in_a_text_that_stands_in_another_is_reported_as_its_own() -> None:
    for wording in ("{secret}", "{memo_closing}"):
        inner = DocumentText(id=new_id(), document_id=DOCUMENT.id, name="item_no", text=wording)
        with pytest.raises(UserError) as refusal:
            memo(file(inner))
        assert MEMO.texts["item_no"].label in refusal.value.message
        assert wording in refusal.value.message
        assert "{memo_body}" not in refusal.value.advice


def test_texts_that_make_each_other_endless_are_refused_before_they_are_filled() -> None:
    own = DocumentText(id=new_id(), document_id=DOCUMENT.id, name="memo_closing", text="{item_no}" * 10_000)
    inner = DocumentText(id=new_id(), document_id=DOCUMENT.id, name="item_no", text="{office}" * 10_000)
    with pytest.raises(UserError) as refusal:
        memo(file(own, inner))
    assert refusal.value.advice


@pytest.mark.parametrize("part", ["head", "list", "table"])
def test_parts_that_say_every_measure_again_and_again_are_refused(part: str) -> None:
    head = next(part for part in MEMO.sections[0].parts if isinstance(part, MemoHeadPart))
    parts = {
        "head": [replace(head, salutation="{measures_numbered}" * 100)],
        "list": [ListPart()] * 100,
        "table": [TablePart(columns=())] * 100,
    }[part]
    section = replace(MEMO.sections[0], parts=tuple(parts))
    many = [replace(MEASURES[0], id=new_id(), title="ก" * 400) for _ in range(100)]
    with pytest.raises(UserError, match="too long"):
        compose(file(*many), replace(MEMO, sections=(section,)), DOCUMENT)


def test_an_empty_text_within_another_leaves_dots() -> None:
    own = DocumentText(id=new_id(), document_id=DOCUMENT.id, name="memo_closing", text="ข้อ {plan_heading}")
    empty = DocumentText(id=new_id(), document_id=DOCUMENT.id, name="plan_heading", text="")
    assert f"ข้อ {BLANK}" in texts(memo(file(own, empty)))


def test_a_text_that_stands_in_another_may_have_bold_words() -> None:
    item = DocumentText(id=new_id(), document_id=DOCUMENT.id, name="item_no", text="**6** ก")
    tree = memo(file(item))
    runs = [run for block in blocks(tree, Paragraph) for run in block.runs if run.bold]  # type: ignore[attr-defined]
    assert "๖" in [run.text for run in runs]
    assert not any("*" in text for text in texts(tree))


def test_document_for_finds_the_stored_one_or_makes_a_default() -> None:
    snapshot = file()
    assert document_for(snapshot, MEMO, YEAR.id, 12) == DOCUMENT
    any_round = replace(DOCUMENT, id=new_id(), ordinal=1, round=None)
    assert document_for(file(any_round), MEMO, YEAR.id, None) == any_round
    assert document_for(file(any_round), MEMO, YEAR.id, 6) == replace(any_round, round=6, names_round=False)
    fresh = document_for(Snapshot.of([OFFICE, YEAR, UNIT]), MEMO, YEAR.id, 6)
    assert (fresh.unit, fresh.to) == ("สำนักปลัด", "นายกองค์การบริหารส่วนตำบลตัวอย่าง")
    assert fresh.subject == MEMO.subject


def test_a_new_document_goes_on_where_the_last_one_of_its_layout_stopped() -> None:
    signatory = Signatory(
        id=new_id(), document_id=DOCUMENT.id, ordinal=0, role="drafter", name="นางสาวทดลอง เขียนดี"
    )
    later = FiscalYear(id=new_id(), office_id=OFFICE.id, year=2566)
    snapshot = file(signatory, later)
    fresh = document_for(snapshot, MEMO, later.id, 6)
    assert (fresh.unit, fresh.to, fresh.number, fresh.date) == (DOCUMENT.unit, DOCUMENT.to, "", None)
    (taken,) = signatories_for(snapshot, MEMO, fresh)
    assert (taken.name, taken.document_id) == (signatory.name, fresh.id)


def test_an_empty_office_still_composes() -> None:
    office = Office(id=new_id())
    year = FiscalYear(id=new_id(), office_id=office.id, year=2569)
    snapshot = Snapshot.of([office, year])
    tree = compose(snapshot, MEMO, document_for(snapshot, MEMO, year.id, 12))
    assert all(not table.rows for table in blocks(tree, Table))  # type: ignore[attr-defined]
    assert head(tree)["ที่"] == ""
