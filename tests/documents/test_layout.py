"""Layouts: the built-in ones are whole; a faulty one is refused with its line or key."""

from dataclasses import replace

import pytest

from itadesk.documents.layout import Layout
from itadesk.documents.layout_toml import parse, write
from itadesk.documents.layouts import ORDER, built_in_layouts, layout_named, layouts
from itadesk.documents.template import LABELS, fields_in
from itadesk.domain.model import LayoutText, Office, new_id
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError

SMALL = """
title = "ตาราง"
[[section]]
[[section.part]]
kind = "table"
[[section.part.column]]
field = "title"
heading = "มาตรการ"
"""


ANNEX = ["ที่", "มาตรการ", "หลักฐาน", "ลิงก์หรือชื่อแฟ้ม"]


def office_with(*own: LayoutText) -> Snapshot:
    return Snapshot.of([Office(id=new_id()), *own])


def test_the_memo_has_its_two_tables_and_the_annex() -> None:
    memo = layout_named("memo")
    plan, status, annex = memo.tables
    assert [column.heading for column in plan.columns] == [
        "มาตรการ",
        "ขั้นตอนหรือวิธีการปฏิบัติ",
        "ผู้รับผิดชอบ",
        "การกำกับติดตาม",
    ]
    assert [column.heading for column in status.columns[2:]] == [
        "ยังไม่ดำเนินงาน",
        "อยู่ระหว่างดำเนินงาน",
        "ดำเนินงานเสร็จแล้ว",
    ]
    assert [column.heading for column in annex.columns] == ANNEX
    assert memo.fields == {"title", "steps", "responsible", "follow_up", "status"}


def test_built_in_texts_use_known_fields() -> None:
    for layout in layouts():
        for text in layout.texts.values():
            assert set(fields_in(text.default)) <= {*LABELS, *layout.texts}


def test_an_office_layout_stands_in_the_list_and_goes_first() -> None:
    own = LayoutText(id=new_id(), name="memo", toml=SMALL)
    snapshot = office_with(own)
    assert layout_named("memo", snapshot).title == "ตาราง"
    listed = {layout.name: layout.title for layout in layouts(snapshot)}
    assert list(listed) == list(ORDER)
    assert listed["memo"] == "ตาราง"


def test_an_unknown_layout_names_those_there_are() -> None:
    with pytest.raises(UserError) as refusal:
        layout_named("nothing")
    assert "memo" in refusal.value.advice


HEAD = """
title = "บันทึก"
[[section]]
[[section.part]]
kind = "memo_head"
title = "บันทึกข้อความ"
salutation_label = "เรียน"
salutation = "{to}"
lines = [[LINE]]
"""


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ('title = "ก\nround = 6', "line 1"),
        ("title = 5", "title"),
        (SMALL.replace('kind = "table"', 'kind = "chart"'), "section[1].part[1].kind"),
        (SMALL.replace('field = "title"', 'field = "titel"'), "section[1].part[1].column[1].field"),
        (SMALL + 'wide = "5"', "section[1].part[1].column[1].wide"),
        (SMALL + "width = 500", "section[1].part[1].column[1].width"),
        (SMALL.replace("[[section]]", "[section]"), "section"),
        ('title = "ก"\n[[section]]\n[[section.part]]\nkind = "table"', "column"),
        ('title = "ก"\n[[section]]\n[[section.part]]\nkind = "paragraph"\ntext = "gone"', "gone"),
        ('title = "ก"\ntexts = 4', "texts"),
        ("x" * 10_000, "at the end of the text"),
        ('title = "ก"\nmore = [' + "[" * 5_000, "end"),
        ('title = "ก"', "no section"),
        (SMALL + 'format = "{code}"', "section[1].part[1].column[1].format"),
        (SMALL.replace('kind = "table"', 'kind = "table"\ngroup_heading = "{nunber}"'), "{nunber}"),
        (SMALL + '[[section.part.column]]\nfield = "title"\nheading = "ก"\n' * 60, "60"),
        (SMALL + '[texts.a]\nlabel = "ก"\ndefault = "{officee}"', "{officee}"),
        (SMALL + '[[section]]\nname = "section1"', "section1"),
        (SMALL + '[[section]]\nuse = "cover"', "section[2].use"),
        (SMALL + '[[section]]\nuse = "memo"\nlandscape = true', "section[2].landscape"),
        (SMALL.replace('"ตาราง"', '" "'), "“title”"),
        (SMALL.replace('"ตาราง"', '"{office}"'), "{office}"),
        ('subject = "{round_title}"' + SMALL, "subject"),
        (SMALL.replace('"มาตรการ"', '"ปี {fiscal_year}"'), "section[1].part[1].column[1].heading"),
        (SMALL + 'empty = "{x}"', "section[1].part[1].column[1].empty"),
        (SMALL + 'over = "{x}"', "section[1].part[1].column[1].over"),
        (SMALL.replace("[[section]]", '[[section]]\ntitle = "{x}"'), "section[1].title"),
        (SMALL.replace('kind = "table"', 'kind = "table"\nothers = "{x}"'), "section[1].part[1].others"),
        (SMALL.replace('kind = "table"', 'kind = "table"\nsplit_names.iit = "{x}"'), "split_names.iit"),
        (SMALL.replace('kind = "table"', 'kind = "table"\nsplit_names.itt = "ก"'), "split_names.itt"),
        (SMALL.replace('kind = "table"', 'kind = "table"\nsplit_names.itt = "ก"'), "eit, iit, oit"),
        (
            SMALL.replace('kind = "table"', 'kind = "table"\nstatus_words.doen = "ก"'),
            "done, in_progress, not_",
        ),
        (SMALL + '[[section.part]]\nkind = "signatures"\nroles = ["{x}"]', "section[1].part[2].roles"),
        (
            SMALL.replace('kind = "table"', 'kind = "table"\ngroup_as = "column"\ngroup_by = "heading"'),
            "“heading”",
        ),
        (SMALL + '[[section]]\nname = "leer"', "“leer”"),
        (SMALL.replace("[[section]]", "[[section]]\nprinted = false"), "section[1].printed"),
        (HEAD.replace("LINE", '{ label = "ก", value = "" }, ' * 3), "section[1].part[1].lines"),
        (HEAD.replace("LINE", ""), "section[1].part[1].lines"),
        (HEAD.replace("LINE", '{ label = "{x}", value = "" }'), "section[1].part[1].lines[1][1].label"),
        (HEAD.replace("LINE", '{ label = "ก", value = "{x}" }'), "section[1].part[1].lines[1][1].value"),
    ],
)
def test_a_fault_is_named(fault: str, named: str) -> None:
    with pytest.raises(UserError) as refusal:
        parse(fault, "own")
    assert named in refusal.value.message + refusal.value.advice
    assert refusal.value.advice


def test_a_mark_of_byte_order_does_no_harm() -> None:
    assert parse("\ufeff" + SMALL, "own") == parse(SMALL, "own")


def test_a_section_that_is_optional_no_longer_is_there_at_first() -> None:
    hidden = parse(SMALL.replace("[[section]]", "[[section]]\noptional = true\nprinted = false"), "own")
    fixed = replace(hidden, sections=(replace(hidden.sections[0], optional=False),))
    assert parse(write(fixed), "own").sections[0].printed


def test_what_is_known_is_named_in_one_order() -> None:
    text = SMALL + '[texts.z]\nlabel = "ก"\ndefault = "{x}"\n[texts.b]\nlabel = "ก"\ndefault = ""\n'
    with pytest.raises(UserError) as refusal:
        parse(text, "own")
    named = fields_in(refusal.value.advice)
    assert named == sorted({*LABELS, "z", "b"})


@pytest.mark.parametrize("layout", built_in_layouts(), ids=lambda layout: layout.name)
def test_a_layout_written_is_read_as_the_same(layout: Layout) -> None:
    assert parse(write(layout), layout.name) == layout


HEADINGS = {
    "outcomes": "มาตรการ/กิจกรรม|ขั้นตอน/วิธีการปฏิบัติ|หน่วยงานผู้รับผิดชอบ|ระยะเวลาดำเนินการ|สรุปผลการดำเนินการ|ผลลัพธ์หรือความสำเร็จ",
    "indicators": "ตัวชี้วัด|มาตรการ/แนวทาง|ขั้นตอน/วิธีการปฏิบัติ|ผู้รับผิดชอบ|ระยะเวลาดำเนินการ|ผลการดำเนินการ|ข้อเสนอแนะ",
    "preface": "มาตรการ/กิจกรรมที่ดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน|ขั้นตอน/วิธีการปฏิบัติ|"
    "หน่วยงานรับผิดชอบ|ระยะเวลาดำเนินการ|สรุปผลการดำเนินการตามมาตรการหรือกิจกรรม|ผลลัพธ์/ความสำเร็จของการดำเนินการ",
    "instruments": "มาตรการ/แนวทาง|วิธีการดำเนินการ|ผู้รับผิดชอบ|ระยะเวลา|ผลการดำเนินการ|ข้อเสนอแนะ",
}


@pytest.mark.parametrize("name", HEADINGS)
def test_the_headings_are_those_of_the_form(name: str) -> None:
    table, annex = layout_named(name).tables
    assert annex == layout_named("memo").tables[-1]
    assert "|".join(column.heading for column in table.columns) == HEADINGS[name]


USING = 'title = "ก"\n[[section]]\nuse = "memo"\n'


def test_the_memo_page_can_stand_in_any_layout_with_its_texts() -> None:
    layout = parse(USING, "own")
    (section,) = layout.sections
    assert section.parts == layout_named("memo").sections[0].parts
    assert section.page_number == "hyphens"
    assert set(layout.texts) == {"memo_body", "memo_closing", "item_no"}


def test_a_text_of_the_same_name_goes_before_the_memos() -> None:
    layout = parse(USING + '[texts.memo_closing]\nlabel = "ก"\ndefault = "จึงเรียนมาเพื่อโปรดทราบ"\n', "own")
    assert layout.texts["memo_closing"].default == "จึงเรียนมาเพื่อโปรดทราบ"
    assert parse(write(layout), "own") == layout


def test_optional_sections_are_printed_as_chosen() -> None:
    layout = layout_named("preface")
    assert [section.name for section in layout.printed(None)] == ["cover", "preface", "report"]
    assert [section.name for section in layout.printed("memo preface")] == ["memo", "preface", "report"]
    assert [section.name for section in layout.printed("")] == ["report"]


def test_the_fields_it_prints_are_those_of_tables_groups_and_lists() -> None:
    assert layout_named("instruments").fields >= {"indicator", "suggestion", "title"}
    assert layout_named("memo").fields == {"title", "steps", "responsible", "follow_up", "status"}


def test_a_broken_layout_of_the_office_does_not_take_the_others_away() -> None:
    broken = LayoutText(id=new_id(), name="own", toml="title = ")
    assert [layout.name for layout in layouts(office_with(broken))] == list(ORDER)
    with pytest.raises(UserError):
        layout_named("own", office_with(broken))


def test_own_layouts_stand_in_the_order_of_the_dictionary() -> None:
    titles = ("เก็บหลักฐาน", "กา", "ขอ", "เกณฑ์")
    own = [
        LayoutText(id=new_id(), name=f"own{at}", toml=SMALL.replace("ตาราง", title))
        for at, title in enumerate(titles)
    ]
    shown = [layout.title for layout in layouts(office_with(*own))]
    assert shown[len(ORDER) :] == ["กา", "เกณฑ์", "เก็บหลักฐาน", "ขอ"]


def test_a_key_of_very_many_parts_is_refused_before_it_fills_the_memory() -> None:
    with pytest.raises(UserError, match="line 2, "):
        parse("# x\n" + ".".join("a" * 40_000) + " = 1\n" + SMALL, "x")
    with pytest.raises(UserError):
        parse("[" + ".".join(['"x"'] * 20_000) + "]", "x")


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_text_that_ends_in_a_quote_hides_no_key_behind_it(quote: str) -> None:
    text = f"a = [{quote * 3}x{quote * 4}, {{{'.'.join('a' * 1_000)} = 1}}]"
    with pytest.raises(UserError, match="line 1, "):
        parse(f"{text}\n{SMALL}", "x")


@pytest.mark.parametrize("quote", ['"""', "'''", '"', "'"])
def test_dots_in_a_text_are_no_parts_of_a_key(quote: str) -> None:
    text = f"[texts.a]\nlabel = {quote}ก{quote}\ndefault = {quote}" + "พ.ศ. " * 3_000 + quote
    layout = parse(f"{SMALL}\n{text}  # {'.' * 99}\n", "x")
    assert parse(write(layout), "x") == layout
