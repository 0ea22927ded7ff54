"""Layouts: the built-in ones are whole; a faulty one is refused with its line or key."""

import pytest

from itadesk.documents.layout import TablePart, layout_named, layouts, parse
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


def office_with(*own: LayoutText) -> Snapshot:
    return Snapshot.of([Office(id=new_id()), *own])


def test_the_memo_has_its_two_tables() -> None:
    memo = layout_named("memo")
    plan, status = (
        part for section in memo.sections for part in section.parts if isinstance(part, TablePart)
    )
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
    assert memo.fields == {"title", "steps", "responsible", "follow_up", "status"}


def test_built_in_texts_use_known_fields() -> None:
    for layout in layouts():
        for text in layout.texts.values():
            assert set(fields_in(text.default)) <= {*LABELS, *layout.texts}


def test_an_office_layout_stands_in_the_list_and_goes_first() -> None:
    own = LayoutText(id=new_id(), name="memo", toml=SMALL)
    snapshot = office_with(own)
    assert layout_named("memo", snapshot).title == "ตาราง"
    assert [layout.title for layout in layouts(snapshot)][-1] == "ตาราง"


def test_an_unknown_layout_names_those_there_are() -> None:
    with pytest.raises(UserError) as refusal:
        layout_named("nothing")
    assert "memo" in refusal.value.advice


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
    ],
)
def test_a_fault_is_named(fault: str, named: str) -> None:
    with pytest.raises(UserError) as refusal:
        parse(fault, "own")
    assert named in refusal.value.message + refusal.value.advice
    assert refusal.value.advice
