"""The five built-in reports, composed: each part, heading and cell of the form, from the file alone."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from itadesk import paths
from itadesk.documents import facts
from itadesk.documents.compose import compose
from itadesk.documents.document import DRAFTER, document_for
from itadesk.documents.layout import MEASURE_FIELDS
from itadesk.documents.layout_toml import parse
from itadesk.documents.layouts import ORDER, layout_named
from itadesk.documents.tree import DocumentTree, MemoHead, Paragraph, Picture, SignatureChain, Table
from itadesk.domain import thai
from itadesk.domain.model import Digits, Document, Measure, Progress, Round, Signatory, new_id
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.exchange import json_file

EXAMPLE = json_file.read((paths.resources() / "example" / "example.json").read_bytes()).snapshot
YEAR = EXAMPLE.fiscal_year(2568)
YEAR_ID = YEAR.id if YEAR else ""


def report(
    name: str,
    snapshot: Snapshot = EXAMPLE,
    *,
    year: int = 2568,
    round_: Round | None = 12,
    **document: object,
) -> DocumentTree:
    layout, fiscal_year = layout_named(name, snapshot), snapshot.fiscal_year(year)
    assert fiscal_year is not None
    told = replace(document_for(snapshot, layout, fiscal_year.id, round_), **document)
    return compose(snapshot, layout, told, logo=b"logo", emblem=b"emblem")


def blocks(tree: DocumentTree, kind: type) -> list:
    return [block for section in tree.sections for block in section.blocks if isinstance(block, kind)]


def lines(tree: DocumentTree) -> list[str]:
    texts = ("".join(run.text for run in block.runs) for block in blocks(tree, Paragraph))
    return [line for text in texts for line in text.split("\n")]


def sections(tree: DocumentTree) -> list[str]:
    return [section.title for section in tree.sections]


@pytest.mark.parametrize("name", ORDER)
def test_every_cell_of_every_measure_stands_once_in_its_column(name: str) -> None:
    assert_every_cell_once(EXAMPLE, name, 2568, 12)


@pytest.mark.parametrize("name", ORDER)
@pytest.mark.parametrize("file", ["ngob", "kok-sa-at", "wiang-suai"])
def test_so_do_those_of_real_reports(corpus: Path, file: str, name: str) -> None:
    snapshot = json_file.read((corpus / f"{file}.json").read_bytes()).snapshot
    (year,) = snapshot.fiscal_years
    assert_every_cell_once(snapshot, name, year.year, 6 if file == "ngob" else 12)


def assert_every_cell_once(snapshot: Snapshot, name: str, year: int, round_: Round) -> None:
    layout, fiscal_year = layout_named(name), snapshot.fiscal_year(year)
    assert fiscal_year is not None
    tables: list[Table] = blocks(report(name, snapshot, year=year, round_=round_), Table)
    printed_tables = [part for part in layout.tables if part.rows == "measure"]
    for part in printed_tables:
        share = tables if len(printed_tables) == 1 else [tables[printed_tables.index(part)]]
        rows = [row.cells for table in share for row in table.rows if not row.group]
        for at, column in enumerate(part.columns):
            if column.field not in MEASURE_FIELDS:
                continue
            printed = sorted(
                thai.without_number(row[at]) if column.field == "title" else row[at] for row in rows
            )
            stored = (
                said(snapshot, measure, round_, column.field)
                for measure in snapshot.children(Measure, fiscal_year.id)
            )
            assert printed == sorted(thai.thai_digits(text or column.empty) for text in stored)


def said(snapshot: Snapshot, measure: Measure, round_: Round, field: str) -> str:
    progress = snapshot.progress(measure.id, round_)
    text = str(getattr(progress if field in Progress.__dataclass_fields__ else measure, field, ""))
    return thai.without_number(text) if field == "title" else text


def test_outcomes_has_cover_heading_opening_list_and_table() -> None:
    tree = report("outcomes")
    assert sections(tree) == ["ปก", "รายงานผลการดำเนินการ"]
    cover, body = tree.sections
    assert cover.blocks[0] == Picture(b"logo", 4)
    assert not cover.landscape
    assert body.landscape
    said = lines(tree)
    assert said[:9] == [
        "รายงานผลการดำเนินการ",
        "เพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
        "ประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
        "(รอบ ๑๒ เดือน)",
        "สำนักงานเทศบาลตำบลทุ่งสุขใจ",
        "อำเภอสมมติ จังหวัดตัวอย่าง",
        "สำนักปลัดเทศบาล",
        "เว็บไซต์ https://www.thungsukjai.example",
        "โทรศัพท์ ๐ ๐๐๐๐ ๐๙๙๙",
    ]
    assert said[9:11] == [
        "รายงานผลการดำเนินการมาตรการส่งเสริมคุณธรรมและความโปร่งใส",
        "ของเทศบาลตำบลทุ่งสุขใจ ประจำปีงบประมาณ พ.ศ. ๒๕๖๘",
    ]
    assert "ประจำปีงบประมาณ พ.ศ. ๒๕๖๗ แล้ว" in said[11]
    (table,) = blocks(tree, Table)
    assert said[12:24] == [" ".join(row.cells[0].split()) for row in table.rows]
    assert not blocks(tree, SignatureChain)


def test_without_a_round_none_is_named() -> None:
    for name in ORDER:
        assert not any("รอบ" in line for line in lines(report(name, round_=None)))


def test_indicators_names_the_round_and_its_months() -> None:
    said = lines(report("indicators", year=2569, round_=6))
    assert said[:2] == [
        "รายงานผลการดำเนินการมาตรการส่งเสริมคุณธรรมและความโปร่งใส ของเทศบาลตำบลทุ่งสุขใจ",
        "ประจำปีงบประมาณ พ.ศ. ๒๕๖๙ รอบ ๖ เดือน (ตุลาคม ๒๕๖๘ - มีนาคม ๒๕๖๙)",
    ]
    assert lines(report("indicators", round_=None))[1] == "ประจำปีงบประมาณ พ.ศ. ๒๕๖๘"


def test_preface_has_its_signature_line_and_the_weak_indicators_in_bold() -> None:
    tree = report("preface")
    assert sections(tree) == ["ปก", "คำนำ", "รายงานผลการดำเนินการ"]
    preface = tree.sections[1].blocks
    assert [run.text for block in preface if isinstance(block, Paragraph) for run in block.runs][::2] == [
        "คำนำ",
        "เทศบาลตำบลทุ่งสุขใจ",
    ]
    analysis = next(block for block in blocks(tree, Paragraph) if len(block.runs) == 3)
    bold = [run.text for run in analysis.runs if run.bold]
    assert YEAR is not None
    assert bold == [thai.thai_digits(facts.weak_indicators(EXAMPLE, YEAR))]
    assert bold[0].startswith("ตัวชี้วัดที่ ")


def test_instruments_has_three_sections_with_group_rows_and_two_sign_offs_side_by_side() -> None:
    tree = report("instruments")
    tables = blocks(tree, Table)
    assert [table.caption for table in tables] == [
        "๑. ด้านการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (Internal Integrity and Transparency Assessment: IIT)",
        "๒. ด้านการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (External Integrity and Transparency Assessment: EIT)",
        "๓. ด้านการวัดการเปิดเผยข้อมูลสาธารณะ (Open Data Integrity and Transparency Assessment: OIT)",
    ]
    groups = [[row.cells[0] for row in table.rows if row.group] for table in tables]
    assert groups[0][:2] == ["๑. การปฏิบัติหน้าที่", "๒. การใช้งบประมาณ"]
    assert groups[2] == ["๑. ข้อมูลพื้นฐาน"]
    (chain,) = blocks(tree, SignatureChain)
    assert chain.columns == 2
    assert [block.label for block in chain.blocks] == ["ผู้รายงาน", "ผู้บังคับบัญชา"]


def signatory(document: Document, role: str, name: str) -> Signatory:
    return Signatory(id=new_id(), document_id=document.id, ordinal=len(role), role=role, name=name)


def signed_example(*roles: str) -> Snapshot:
    """The example with an `instruments` document that people of these roles sign."""
    assert YEAR is not None
    document = replace(
        document_for(EXAMPLE, layout_named("instruments"), YEAR.id, 12),
        sections="memo",
        subject="เรื่องของนายตัวอย่าง ผู้รายงาน",
    )
    rows = [signatory(document, role, f"นายตัวอย่าง {role}") for role in roles]
    return Snapshot.of([*EXAMPLE.rows(), document, *rows])


def test_with_a_memo_in_front_each_signs_in_his_own_place() -> None:
    snapshot = signed_example("ผู้รายงาน", DRAFTER, "ความเห็นของปลัดเทศบาล", "รองปลัดเทศบาล")
    tree = report("instruments", snapshot)
    assert sections(tree) == ["บันทึกข้อความ", "รายงานผลการดำเนินการ"]
    assert isinstance(tree.sections[0].blocks[0], MemoHead)
    memo, sign_off = blocks(tree, SignatureChain)
    assert [block.opinion for block in memo.blocks] == ["", "ความเห็นของปลัดเทศบาล"]
    assert [block.label for block in sign_off.blocks] == ["ผู้รายงาน", "รองปลัดเทศบาล"]


def test_a_memo_in_front_has_the_signatories_of_the_last_memo() -> None:
    memo, sign_off = blocks(report("instruments", signed_example("ผู้รายงาน")), SignatureChain)
    own_memo = next(row for row in EXAMPLE.all(Document).values() if row.fiscal_year_id == YEAR_ID)
    names = [f"({row.name})" for row in EXAMPLE.children(Signatory, own_memo.id)]
    assert [block.lines[0] for block in memo.blocks] == names
    assert len(sign_off.blocks) == 1


def test_without_any_memo_its_roles_stand_blank() -> None:
    rows = [
        row
        for row in signed_example("ผู้รายงาน").rows()
        if not (isinstance(row, Document) and row.layout == "memo")
    ]
    memo, _sign_off = blocks(report("instruments", Snapshot.of(rows)), SignatureChain)
    assert [block.opinion for block in memo.blocks][1:] == [
        "ความเห็นของหัวหน้าสำนักปลัด",
        "ความเห็นของปลัด",
        "ความเห็นของนายก",
    ]


def texts_of(value: object) -> Iterable[str]:
    """Every text in a tree."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))


def test_the_website_version_names_nobody() -> None:
    snapshot = signed_example("ผู้รายงาน", "ผู้บังคับบัญชา")
    layout = layout_named("instruments")
    assert YEAR is not None
    document = document_for(snapshot, layout, YEAR.id, 12)
    first = snapshot.children(Measure, YEAR.id)[0]
    named = Snapshot.of(
        [
            *(row for row in snapshot.rows() if row is not first),
            replace(first, steps="มอบนายตัวอย่าง ผู้รายงาน ดูแล"),
        ]
    )
    whole = " ".join(texts_of(compose(named, layout, document)))
    without = " ".join(texts_of(compose(named, layout, document, names=False)))
    assert whole.count("ตัวอย่าง ผู้รายงาน") == 4  # title, subject, cell, signature
    assert "ตัวอย่าง ผู้" not in without
    assert "มอบ........ ดูแล" in without
    assert "ผู้บังคับบัญชา" in without


def test_digits_are_thai_or_arabic_but_never_inside_addresses() -> None:
    thai_tree, arabic = report("outcomes"), report("outcomes", digits=Digits.ARABIC)
    assert "เว็บไซต์ https://www.thungsukjai.example" in lines(thai_tree)
    assert "ประจำปีงบประมาณ พ.ศ. 2568" in lines(arabic)
    assert not any(digit in text for text in texts_of(arabic) for digit in "๐๑๒๓๔๕๖๗๘๙")


def test_addresses_keep_their_digits_in_arabic_reports_too() -> None:
    text = "ปี ๒๕๖๕ ที่ https://a.example/รายงาน-๒๕๖๕/๑ saraban_๐๕@dla.example แผน-๒๕๖๕.pdf"
    assert thai.arabic_text(text) == text.replace("ปี ๒๕๖๕", "ปี 2565")


def test_a_report_of_no_part_at_all_is_refused() -> None:
    part = '[[section.part]]\nkind = "space"\nheight = 1\n'
    own = parse('title = "ก"\n[[section]]\nname = "a"\noptional = true\n' + part, "own")
    assert YEAR is not None
    document = replace(document_for(EXAMPLE, own, YEAR.id, 12), sections="")
    with pytest.raises(UserError) as refusal:
        compose(EXAMPLE, own, document)
    assert refusal.value.advice


def test_a_value_of_the_memo_head_without_fields_is_printed() -> None:
    head = '[[section]]\n[[section.part]]\nkind = "memo_head"\ntitle = "บันทึก"\n'
    head += 'salutation_label = "เรียน"\nsalutation = "นายก"\n'
    own = parse('title = "ก"\n' + head + 'lines = [[{ label = "ชั้น", value = "ด่วน" }]]', "own")
    assert YEAR is not None
    (block,) = blocks(compose(EXAMPLE, own, document_for(EXAMPLE, own, YEAR.id, 12)), MemoHead)
    assert (block.lines[0][0].value, block.salutation) == ("ด่วน", "นายก")


def test_names_are_found_however_they_are_spaced() -> None:
    names = facts.spellings(["นายสมชาย ใจดี"])
    assert facts.without_names("มอบนายสมชาย  ใจดี และ สมชาย\nใจดี", names) == "มอบ........ และ ........"
