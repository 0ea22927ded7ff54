"""What the layout editor has in hand: kept by undo, told before it is lost, gone through by the Tab key."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from ui.keyboard import type_text
from ui.layout_steps import (
    CLOSING,
    CTRL,
    FORM,
    GO_ON,
    MEMO,
    PLAN,
    PLAN_HEADING,
    PLAN_TABLE,
    choice,
    choose,
    click,
    form,
    grid,
    press,
    shown,
    stored,
    table,
    toml,
    write,
)
from ui.report_steps import answer

from itadesk.documents import layout_edits
from itadesk.documents.layout import ParagraphPart, Text
from itadesk.documents.layout_edits import Place
from itadesk.documents.layouts import layout_named
from itadesk.storage import layout_operations
from itadesk.ui.layout_editor import LayoutEditor

# Undo


@pytest.fixture
def session(example):
    return example


def test_undo_takes_the_column_in_hand_that_the_step_was_about(qtbot, editor) -> None:
    choose(qtbot, editor, PLAN_TABLE)
    columns = grid(editor)
    columns.choose(1)
    click(qtbot, columns.down)
    columns.choose(0)
    columns.choose(3)
    click(qtbot, columns.remove)
    assert columns.chosen == 2
    press(Qt.Key.Key_Z, CTRL)
    assert columns.chosen == 3
    press(Qt.Key.Key_Z, CTRL)
    assert columns.chosen == 1
    assert form(editor).editors["heading"].text() == "ขั้นตอนหรือวิธีการปฏิบัติ"
    press(Qt.Key.Key_Y, CTRL)
    assert columns.chosen == 2
    press(Qt.Key.Key_Y, CTRL)
    assert (editor.chosen, columns.chosen) == (PLAN_TABLE, 2)


def test_undo_takes_the_part_in_hand_that_the_step_was_about(qtbot, editor) -> None:
    choose(qtbot, editor, PLAN_TABLE)
    click(qtbot, editor.tree.up)
    choose(qtbot, editor, CLOSING)
    press(Qt.Key.Key_Delete)
    choose(qtbot, editor, FORM)
    editor.undo_action.trigger()
    assert editor.chosen == CLOSING
    editor.undo_action.trigger()
    assert editor.chosen == PLAN_TABLE
    editor.redo_action.trigger()
    assert editor.chosen == Place(1, 0)
    assert editor.tree.tree.currentItem().text(0).startswith("Table")


def test_a_step_of_typing_keeps_the_column_in_hand_too(qtbot, editor, session) -> None:
    choose(qtbot, editor, PLAN_TABLE)
    grid(editor).choose(2)
    write(form(editor), "heading", "ผู้ทำ", then=Qt.Key.Key_Return)
    assert grid(editor).chosen == 2
    grid(editor).choose(0)
    press(Qt.Key.Key_Z, CTRL)
    assert grid(editor).chosen == 2
    assert table(session) == layout_named("memo").tables[0]


# What was refused


def refused_width(qtbot: Any, editor: LayoutEditor) -> Any:
    choose(qtbot, editor, PLAN_TABLE)
    write(form(editor), "width", "99")
    return form(editor).editors["width"]


def test_the_editor_stays_when_a_refused_text_is_not_to_be_lost(qtbot, editor) -> None:
    width = refused_width(qtbot, editor)
    asked: list[str] = []

    def stay(box: QMessageBox) -> None:
        asked.append(f"{box.text()} {box.informativeText()}")
        box.defaultButton().click()

    answer(QMessageBox, stay)
    editor.close()
    assert "99" in asked[0]
    assert width.fault() in asked[0]
    assert editor.isVisible()
    assert width.text() == "99"
    assert editor.focusWidget() is width.input
    for _time in range(2):  # the first gives the text up, so that the second closes the editor unasked
        qtbot.keyClick(width.input, Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_a_refused_text_is_lost_by_choice_only(qtbot, editor, session) -> None:
    refused_width(qtbot, editor)
    before = toml(session)
    answer(QMessageBox, choice(GO_ON))
    editor.close()
    assert not editor.isVisible()
    assert toml(session) == before


def test_a_text_refused_in_the_grid_is_asked_about_too(qtbot, editor) -> None:
    choose(qtbot, editor, PLAN_TABLE)
    view = grid(editor).table
    view.edit_cell("1", 2)
    box: Any = view.indexWidget(view.currentIndex())
    box.selectAll()
    type_text(box, "99")
    answer(QMessageBox, choice("Cancel"))
    editor.close()
    assert editor.isVisible()
    assert view.indexWidget(view.currentIndex()) is box


def test_a_refused_text_is_left_for_another_part_by_choice_only(qtbot, editor, session) -> None:
    width, before, tree = refused_width(qtbot, editor), toml(session), editor.tree.tree

    def go_to(name: str, act: Any) -> None:
        asked: list[str] = []
        answer(QMessageBox, lambda box: (asked.append(box.text()), act(box)))
        item = tree.findItems(name, Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive)[0]
        pos = tree.visualItemRect(item).center()
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=pos)
        qtbot.waitUntil(lambda: bool(asked))
        assert "99" in asked[0]

    go_to("Signatures", choice("Cancel"))
    qtbot.waitUntil(lambda: tree.currentItem().text(0) == "Table of 4 columns")
    assert [item.text(0) for item in tree.selectedItems()] == ["Table of 4 columns"]
    assert (editor.chosen, width.text(), bool(width.fault())) == (PLAN_TABLE, "99", True)
    go_to("Signatures", choice(GO_ON))
    qtbot.waitUntil(lambda: editor.chosen == Place(0, 3))
    choose(qtbot, editor, PLAN_TABLE)
    assert (width.text(), width.fault(), toml(session)) == ("Fitted", "", before)


def test_a_refused_text_goes_with_a_step_by_choice_only(qtbot, editor, session) -> None:
    choose(qtbot, editor, CLOSING)
    write(form(editor), "label", "ลงท้าย")
    write(form(editor), "default", "เรียน {ไม่มี}")
    before = toml(session)
    for act in (editor.tree.kinds[ParagraphPart].trigger, editor.undo_action.trigger):
        answer(QMessageBox, choice("Cancel"))
        act()
        box: Any = form(editor).editors["default"].input
        assert (box.toPlainText(), toml(session)) == ("เรียน {ไม่มี}", before)
        assert not box.textCursor().hasSelection()
    answer(QMessageBox, choice(GO_ON))
    editor.tree.kinds[ParagraphPart].trigger()
    assert editor.chosen == Place(0, 3)
    assert stored(session).texts["memo_closing"].default == layout_named("memo").texts["memo_closing"].default


def test_a_text_refused_of_a_column_that_is_left_is_told(qtbot, editor) -> None:
    refused_width(qtbot, editor)
    grid(editor).choose(2)
    assert any("“99”" in label.text() for label in editor.findChildren(QLabel))
    assert form(editor).editors["width"].text() == "Fitted"


def test_the_editor_goes_unasked_when_its_form_is_gone(qtbot, editor, session) -> None:
    refused_width(qtbot, editor)
    session.edit("delete", layout_operations.delete_layout, "memo-2")
    assert not editor.isVisible()


def test_what_cannot_be_done_is_told_and_changes_nothing(qtbot, session) -> None:
    """The form's own text stands in the memo, too, and has another one in it there."""
    plain = layout_edits.without(layout_named("outcomes"), MEMO)
    texts = {**plain.texts, "item_no": Text("ข้อ", "{ours}"), "ours": Text("ของเรา", "1")}
    text = layout_edits.stored_text(replace(plain, texts=texts))
    session.edit("keep", layout_operations.add_layout, "ours", text)
    editor = shown(qtbot, session, "ours")
    choose(qtbot, editor, PLAN)
    editor.tree.memo.trigger()
    told: list[str] = []
    answer(QMessageBox, lambda box: (told.append(box.text()), box.accept()))
    qtbot.waitUntil(lambda: bool(told))
    assert "item_no" in told[0]
    assert (editor.chosen, toml(session, "ours")) == (PLAN, text)


# Focus


def test_the_words_of_a_new_paragraph_are_typed_at_once(qtbot, editor, session) -> None:
    choose(qtbot, editor, PLAN_HEADING)
    editor.tree.kinds[ParagraphPart].trigger()
    box: Any = QApplication.focusWidget()
    assert box is form(editor).editors["default"].input
    type_text(box, "ย่อหน้าใหม่")
    press(Qt.Key.Key_Tab)
    part: Any = stored(session).sections[1].parts[1]
    assert stored(session).texts[part.text].default == "ย่อหน้าใหม่"


def test_a_new_section_takes_the_page_of_its_neighbour(qtbot, editor, session) -> None:
    choose(qtbot, editor, PLAN)
    box = form(editor).editors["landscape"].input
    box.setFocus()
    press(Qt.Key.Key_Down)
    write(form(editor), "margins.left", "4")
    editor.tree.new_section.trigger()
    before, new = stored(session).sections[1:3]
    assert (new.landscape, new.margins, new.page_number) == (True, before.margins, before.page_number)
    assert new.margins.left == 4
    assert len(new.parts) == 1, "a section without parts could not be kept"


def stops(editor: LayoutEditor) -> list[Any]:
    """Where the Tab key goes from the list, once round."""
    editor.tree.tree.setFocus()
    found = [editor.tree.tree]
    while len(found) < 80:
        press(Qt.Key.Key_Tab)
        focus: Any = QApplication.focusWidget()
        if focus is found[0]:
            break
        found.append(focus)
    return found


def test_the_tab_key_goes_through_the_editor_as_the_eye_does(qtbot, editor) -> None:
    for chosen in (FORM, PLAN_TABLE, PLAN_HEADING, Place(0, 0), PLAN):
        choose(qtbot, editor, chosen)
        inside = [stop for stop in stops(editor) if editor.details.widget().isAncestorOf(stop)]
        blocks = editor.details.blocks()
        wanted: list[Any] = [stop.focusProxy() or stop for block in blocks for stop in block.tab_stops()]
        assert inside
        assert inside == [stop for stop in wanted if stop.isVisible() and stop.isEnabled()]
    parts: Any = (editor.tree, editor.details, editor.pane, editor)
    places = [next(at for at, part in enumerate(parts) if part.isAncestorOf(stop)) for stop in stops(editor)]
    assert places == sorted(places)
    assert set(places) == {0, 1, 2, 3}


def test_columns_have_no_more_than_the_page_together(qtbot, editor, session) -> None:
    choose(qtbot, editor, PLAN_TABLE)
    write(form(editor), "width", "13", then=Qt.Key.Key_Return)
    assert table(session).columns[0].width == 13
    grid(editor).choose(1)
    write(form(editor), "width", "3")
    width = form(editor).editors["width"]
    assert "16 cm" in width.fault()
    assert "1.6 cm" in width.fault()
    assert table(session).columns[1].width is None
    write(form(editor), "width", "1.4")
    assert not width.fault()
    assert table(session).columns[1].width == 1.4


# What a form says is text, never markup


def test_a_form_may_be_called_anything(qtbot, editor) -> None:
    choose(qtbot, editor, CLOSING)
    write(form(editor), "label", "<h1>ใหญ่</h1>")
    item = editor.tree.tree.currentItem()
    assert item.text(0) == "Paragraph: <h1>ใหญ่</h1>"
    assert "&lt;h1&gt;" in item.toolTip(0)
    labels = editor.details.findChildren(QLabel)
    told = [label for label in labels if label.textFormat() is Qt.TextFormat.PlainText]
    assert editor.details.heading in told
    assert editor.details.note in told
