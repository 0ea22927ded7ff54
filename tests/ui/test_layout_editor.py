"""The layout editor on a real file: columns, parts and sections are changed and seen in the report."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from ui.keyboard import type_text
from ui.layout_steps import (
    ALT,
    CLOSING,
    GO_ON,
    MEMO,
    PLAN,
    PLAN_HEADING,
    PLAN_TABLE,
    STATUS,
    choice,
    choose,
    click,
    form,
    grid,
    insertions,
    opened,
    paper,
    press,
    stored,
    table,
    toml,
    write,
)
from ui.report_steps import answer

from itadesk.documents import layout_toml
from itadesk.documents.layout import ParagraphPart, SectionSpec, TablePart
from itadesk.documents.layout_edits import Place
from itadesk.documents.layouts import layout_named
from itadesk.ui.delegates import CellInput

# Columns


@pytest.fixture
def session(example):
    return example


def test_a_heading_is_typed_in_the_grid_and_printed(qtbot, editor, session) -> None:
    choose(qtbot, editor, PLAN_TABLE)
    view = grid(editor).table
    cell = view.visualRect(view.rows.index(2, 1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    box = view.indexWidget(view.currentIndex())
    assert isinstance(box, CellInput)
    box.selectAll()
    type_text(box, "หน่วยงานเจ้าภาพ")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert table(session).columns[2].heading == "หน่วยงานเจ้าภาพ"
    assert "หน่วยงานเจ้าภาพ" in paper(qtbot, editor)
    session.undo()
    assert toml(session) == layout_toml.write(stored(session))
    assert table(session) == layout_named("memo").tables[0]


def test_columns_move_by_keys_and_keep_the_one_in_hand(qtbot, editor, session) -> None:
    choose(qtbot, editor, PLAN_TABLE)
    columns = grid(editor)
    columns.table.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down, ALT)
    assert [column.field for column in table(session).columns] == [
        "title",
        "responsible",
        "steps",
        "follow_up",
    ]
    assert columns.chosen == 2
    assert form(editor).editors["heading"].text() == "ขั้นตอนหรือวิธีการปฏิบัติ"
    assert columns.table.hasFocus()
    press(Qt.Key.Key_Up, ALT)
    assert table(session) == layout_named("memo").tables[0]


def test_columns_are_added_and_deleted(qtbot, editor, session) -> None:
    choose(qtbot, editor, PLAN_TABLE)
    columns = grid(editor)
    entries = {action.text(): action for action in columns.add.menu().actions()}
    entries["Tick for “Done”"].trigger()
    assert [column.field for column in table(session).columns][:2] == ["title", "tick_done"]
    assert columns.chosen == 1
    columns.table.setFocus()
    press(Qt.Key.Key_Delete)
    assert table(session) == layout_named("memo").tables[0]
    for _step in range(3):
        click(qtbot, columns.remove)
    assert len(table(session).columns) == 1
    assert not columns.remove.isEnabled()


def test_a_width_is_set_and_a_wrong_one_stays_to_be_mended(qtbot, editor, session) -> None:
    choose(qtbot, editor, PLAN_TABLE)
    write(form(editor), "width", "๔.๕", then=Qt.Key.Key_Return)
    assert table(session).columns[0].width == 4.5
    assert grid(editor).table.rows.index(0, 2).data() == "4.5"
    count = session.undo_stack.count()
    write(form(editor), "width", "99")
    width = form(editor).editors["width"]
    assert (width.text(), bool(width.fault())) == ("99", True)
    assert session.undo_stack.count() == count
    assert editor.isVisible()
    write(form(editor), "width", "Fitted")
    assert table(session).columns[0].width is None
    assert not width.fault()


def test_a_refused_text_does_not_go_over_to_what_takes_its_place(qtbot, editor, session) -> None:
    choose(qtbot, editor, PLAN_TABLE)
    write(form(editor), "width", "99")
    click(qtbot, grid(editor).remove)
    width = form(editor).editors["width"]
    assert (width.text(), width.fault()) == ("Fitted", "")
    choose(qtbot, editor, Place(2, 0))
    write(form(editor, 1), "size", "5")
    assert form(editor, 1).editors["size"].fault()
    answer(QMessageBox, choice(GO_ON))
    click(qtbot, editor.tree.remove)
    assert form(editor).editors["label"].text() == "หัวตารางสถานะ"
    size = form(editor, 1).editors["size"]
    assert (size.text(), size.fault()) == ("16", "")


def test_a_width_is_typed_in_the_grid_and_refused_there(qtbot, editor, session) -> None:
    choose(qtbot, editor, PLAN_TABLE)
    view = grid(editor).table
    view.setCurrentIndex(view.rows.index(1, 2))
    view.setFocus()
    for text, width in (("99", None), ("6", 6)):
        view.edit(view.currentIndex()) if view.indexWidget(view.currentIndex()) is None else None
        box = view.indexWidget(view.currentIndex())
        assert isinstance(box, CellInput)
        box.selectAll()
        type_text(box, text)
        qtbot.keyClick(box, Qt.Key.Key_Return)
        assert table(session).columns[1].width == width


# What a layout consists of


def test_a_section_is_turned_across(qtbot, editor, session) -> None:
    choose(qtbot, editor, PLAN)
    box = form(editor).editors["landscape"].input
    box.setFocus()
    press(Qt.Key.Key_Down)
    assert stored(session).sections[1].landscape
    assert box.hasFocus()
    assert "มาตรการ" in paper(qtbot, editor)
    width, height = editor.pane.preview._sizes[1]
    assert width > height


def test_rows_are_grouped_by_indicator(qtbot, session) -> None:
    editor = opened(qtbot, session, "outcomes")
    choose(qtbot, editor, Place(2, 5))
    box = form(editor, 1).editors["group_by"].input
    box.setFocus()
    assert "1.การปฏิบัติหน้าที่" not in paper(qtbot, editor).replace("๑", "1")
    press(Qt.Key.Key_Down)
    assert table(session, Place(2, 5), "outcomes-2").group_by == "indicator"
    assert "1.การปฏิบัติหน้าที่" in paper(qtbot, editor).replace("๑", "1")
    assert form(editor, 1).editors["group_as"].isVisible()
    assert box.hasFocus()


def test_a_paragraph_with_a_field_is_added_and_printed(qtbot, editor, session) -> None:
    choose(qtbot, editor, PLAN_HEADING)
    editor.tree.kinds[ParagraphPart].trigger()
    assert editor.chosen == Place(1, 1)
    text: Any = form(editor).editors["default"].input
    text.setFocus()
    text.selectAll()
    type_text(text, "อำเภอเมือง ")
    insertions(form(editor).inserts["default"])["Telephone"].trigger()
    press(Qt.Key.Key_Tab)
    part = stored(session).sections[1].parts[1]
    assert isinstance(part, ParagraphPart)
    assert stored(session).texts[part.text].default == "อำเภอเมือง {phone}"
    assert "อำเภอเมือง" in paper(qtbot, editor)


def test_a_text_of_the_form_can_stand_in_another_one(qtbot, editor, session) -> None:
    choose(qtbot, editor, CLOSING)
    text: Any = form(editor).editors["default"].input
    text.setFocus()
    entries = insertions(form(editor).inserts["default"])
    assert "คำลงท้าย" not in entries
    entries["มาตรการอยู่ในข้อ"].trigger()
    editor.details.commit()
    assert "{item_no}" in stored(session).texts["memo_closing"].default


def test_a_wording_that_cannot_be_filled_is_refused_where_it_is_typed(qtbot, editor, session) -> None:
    choose(qtbot, editor, CLOSING)
    before = toml(session)
    write(form(editor), "default", "เรียน {ไม่มี}")
    assert "{ไม่มี}" in form(editor).editors["default"].fault()
    assert toml(session) == before


def test_the_list_is_walked_by_keys_from_the_start(editor) -> None:
    assert editor.tree.tree.hasFocus()
    for chosen in (MEMO, Place(0, 0), Place(0, 1)):
        press(Qt.Key.Key_Down)
        assert editor.chosen == chosen
    press(Qt.Key.Key_End)
    assert editor.chosen == "item_no"
    assert form(editor).editors["default"].text() == "....."


def test_parts_move_by_keys_also_into_the_next_section(qtbot, editor, session) -> None:
    choose(qtbot, editor, PLAN_TABLE)
    press(Qt.Key.Key_Up, ALT)
    assert editor.chosen == Place(1, 0)
    press(Qt.Key.Key_Up, ALT)
    assert editor.chosen == Place(0, 4)
    assert isinstance(stored(session).sections[0].parts[4], TablePart)
    press(Qt.Key.Key_Down, ALT)
    click(qtbot, editor.tree.down)
    assert stored(session).sections == layout_named("memo").sections
    assert editor.tree.tree.hasFocus()


def test_a_part_is_deleted_with_its_text(qtbot, editor, session) -> None:
    choose(qtbot, editor, CLOSING)
    press(Qt.Key.Key_Delete)
    assert "memo_closing" not in stored(session).texts
    assert len(stored(session).sections[0].parts) == 3
    assert editor.chosen == Place(0, 2)


def test_sections_are_added_and_deleted_but_for_the_last(qtbot, editor, session) -> None:
    choose(qtbot, editor, STATUS)
    editor.tree.new_section.trigger()
    assert editor.chosen == Place(3)
    write(form(editor), "title", "ภาคผนวก")
    assert [section.title for section in stored(session).sections][3] == "ภาคผนวก"
    for _step in range(4):
        click(qtbot, editor.tree.remove)
    assert len(stored(session).sections) == 1
    assert not editor.tree.remove.isEnabled()


def test_the_list_of_evidence_is_put_at_the_end(qtbot, session) -> None:
    editor = opened(qtbot, session, "outcomes")
    assert not editor.tree.annex.isEnabled()
    choose(qtbot, editor, Place(3))
    click(qtbot, editor.tree.remove)
    assert "annex_heading" not in stored(session, "outcomes-2").texts
    editor.tree.annex.trigger()
    assert editor.chosen == Place(3)
    assert stored(session, "outcomes-2").sections == layout_named("outcomes").sections


def test_the_memo_is_put_in_front_and_made_the_forms_own(qtbot, session) -> None:
    editor = opened(qtbot, session, "outcomes")
    assert not editor.tree.memo.isEnabled()
    choose(qtbot, editor, MEMO)
    assert not editor.tree.kinds[ParagraphPart].isEnabled()
    click(qtbot, editor.tree.remove)
    assert "memo_body" not in stored(session, "outcomes-2").texts
    editor.tree.memo.trigger()
    assert stored(session, "outcomes-2").sections == layout_named("outcomes").sections
    choose(qtbot, editor, Place(0, 1))
    write(form(editor), "default", "เนื้อความของเรา")
    assert "เนื้อความของเรา" in paper(qtbot, editor)
    assert len(editor.details.blocks()) == 1
    click(qtbot, editor.details.make_own)
    own = stored(session, "outcomes-2")
    assert own.sections[0].use == ""
    assert own.texts["memo_body"].default == "เนื้อความของเรา"
    assert len(editor.details.blocks()) == 2


def test_the_head_of_the_memo_has_its_lines(qtbot, editor, session) -> None:
    choose(qtbot, editor, Place(0, 0))
    click(qtbot, grid(editor).add)
    assert grid(editor).chosen == 1
    write(form(editor, 1), "label", "โทรศัพท์")
    write(form(editor, 1), "value", "{phone}")
    form(editor, 1).editors["beside"].input.setFocus()
    press(Qt.Key.Key_Space)
    head: Any = stored(session).sections[0].parts[0]
    assert [cell.label for cell in head.lines[0]] == ["ส่วนราชการ", "โทรศัพท์"]
    assert "โทรศัพท์" in paper(qtbot, editor)


def test_a_section_without_a_name_goes_by_its_number(qtbot, editor, session) -> None:
    choose(qtbot, editor, PLAN)
    write(form(editor), "title", "")
    assert stored(session).sections[1] == SectionSpec(
        **{**vars(layout_named("memo").sections[1]), "title": ""}
    )
    item = editor.tree.tree.topLevelItem(2)
    assert item is not None
    assert item.text(0) == "Section 2"


# Wording


def test_a_field_is_seen_and_typed_by_its_label_and_stored_by_its_name(qtbot, editor, session) -> None:
    choose(qtbot, editor, CLOSING)
    write(form(editor), "default", "เรียน {District and province}")
    assert stored(session).texts["memo_closing"].default == "เรียน {place}"
    assert form(editor).editors["default"].text() == "เรียน {District and province}"
    choose(qtbot, editor, Place(0, 0))
    value = form(editor, 1).editors["value"]
    assert value.text() == "{Issuing unit, office and telephone}"
    assert "To" in insertions(form(editor, 1).inserts["value"])


def test_the_report_follows_while_a_wording_is_typed_and_forgets_it_with_it(qtbot, editor, session) -> None:
    choose(qtbot, editor, CLOSING)
    before = toml(session)
    text: Any = form(editor).editors["default"].input
    text.setFocus()
    type_text(text, "กำลังพิมพ์")
    qtbot.waitUntil(lambda: "กำลังพิมพ์" in paper(qtbot, editor))
    assert toml(session) == before
    type_text(text, "{ไม่มี}")
    qtbot.waitUntil(lambda: "{ไม่มี}" in form(editor).editors["default"].fault())
    press(Qt.Key.Key_Tab)
    assert "กำลังพิมพ์" not in paper(qtbot, editor)
    assert toml(session) == before


def test_escape_loses_no_wording(qtbot, editor, session) -> None:
    choose(qtbot, editor, CLOSING)
    text: Any = form(editor).editors["default"].input
    text.setFocus()
    text.selectAll()
    type_text(text, "ข้อความยาว")
    press(Qt.Key.Key_Escape)
    assert editor.isVisible()
    assert stored(session).texts["memo_closing"].default == "ข้อความยาว"
