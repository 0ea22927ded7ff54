"""The layout editor in the hands of a clerk: undo, closing, what is looked at, files that cannot be changed."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from ui.desk import end
from ui.example_office import USER
from ui.keyboard import type_text
from ui.layout_steps import (
    ALT,
    CTRL,
    FORM,
    MEMO,
    PLAN,
    PLAN_HEADING,
    PLAN_TABLE,
    STATUS,
    choose,
    click,
    copied,
    form,
    grid,
    opened,
    paper,
    press,
    shown,
    stored,
    table,
    toml,
    write,
)

from itadesk.documents.layout import TablePart
from itadesk.documents.layout_edits import Place
from itadesk.documents.layouts import layout_named
from itadesk.domain.model import Office, new_id
from itadesk.storage import layout_operations, operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.layout_editor import LayoutEditor
from itadesk.ui.layout_form import SettingsForm
from itadesk.ui.layout_items import ItemsEditor
from itadesk.ui.session import FileSession

# Undo, closing, the place looked at


@pytest.fixture
def session(example):
    return example


def test_everything_is_undone_to_the_same_text_and_no_further(qtbot, editor, session) -> None:
    before, steps = toml(session), session.undo_stack.index()
    choose(qtbot, editor, FORM)
    write(form(editor), "title", "บันทึกของเรา")
    choose(qtbot, editor, PLAN_TABLE)
    write(form(editor), "heading", "หัวใหม่")
    click(qtbot, grid(editor).down)
    choose(qtbot, editor, PLAN_HEADING)
    editor.tree.kinds[TablePart].trigger()
    click(qtbot, editor.tree.up)
    after = toml(session)
    assert session.undo_stack.index() == steps + 5
    assert editor.windowTitle().endswith("บันทึกของเรา")
    for _step in range(7):
        press(Qt.Key.Key_Z, CTRL)
    assert toml(session) == before
    assert session.undo_stack.index() == steps
    assert not editor.undo_action.isEnabled()
    for _step in range(7):
        press(Qt.Key.Key_Y, CTRL)
    assert toml(session) == after
    assert not editor.redo_action.isEnabled()


def test_steps_from_before_are_not_done_again_from_here(qtbot, session) -> None:
    name = copied(session, "memo")
    session.edit("name", operations.set_field, Office, session.snapshot.office.id, "name", "ฟ้าใส")
    session.undo()
    editor = shown(qtbot, session, name)
    assert not editor.redo_action.isEnabled()
    editor.redo_action.trigger()
    assert session.snapshot.office.name != "ฟ้าใส"


def test_what_is_being_typed_is_stored_when_the_editor_closes(qtbot, editor, session) -> None:
    title: Any = form(editor).editors["title"].input
    title.setFocus()
    title.selectAll()
    type_text(title, "เพิ่งพิมพ์")
    press(Qt.Key.Key_Escape)
    assert editor.isVisible()
    title.selectAll()
    type_text(title, "พิมพ์อีกครั้ง")
    editor.close()
    assert not editor.isVisible()
    assert stored(session).title == "พิมพ์อีกครั้ง"


def test_enter_in_a_field_stores_it_and_nothing_else(qtbot, editor, session) -> None:
    write(form(editor), "subject", "เรื่องใหม่", then=Qt.Key.Key_Return)
    assert stored(session).subject == "เรื่องใหม่"
    assert editor.isVisible()


def test_the_editor_goes_when_its_form_goes(qtbot, editor, session) -> None:
    session.edit("delete", layout_operations.delete_layout, "memo-2")
    assert not editor.isVisible()


def test_nothing_jumps_when_something_is_changed(qtbot, session) -> None:
    editor = opened(qtbot, session, "outcomes")
    editor.resize(1340, 420)
    choose(qtbot, editor, Place(2, 5))
    paper(qtbot, editor)
    size = form(editor, 1).editors["size"].input
    size.setFocus()
    qtbot.waitUntil(lambda: editor.details.verticalScrollBar().maximum() > 0)
    editor.details.ensureWidgetVisible(size)
    tree, details, preview = (
        bar.verticalScrollBar() for bar in (editor.tree.tree, editor.details, editor.pane.preview)
    )
    preview.setValue(preview.value() + 40)
    before = [bar.value() for bar in (tree, details, preview)]
    assert all(before)
    with qtbot.waitSignal(editor.pane.maker.made):
        write(form(editor, 1), "size", "15", then=Qt.Key.Key_Return)
    assert table(session, Place(2, 5), "outcomes-2").size == 15
    assert [bar.value() for bar in (tree, details)] == before[:2]
    assert editor.pane.preview.page == 3
    assert size.hasFocus()
    assert editor.chosen == Place(2, 5)


def test_the_section_in_hand_is_brought_into_view(qtbot, editor) -> None:
    paper(qtbot, editor)
    choose(qtbot, editor, PLAN)
    second = editor.pane.preview.page
    assert second == 2
    choose(qtbot, editor, STATUS)
    assert editor.pane.preview.page > second
    choose(qtbot, editor, MEMO)
    assert editor.pane.preview.page == 1


def test_pages_that_a_report_may_do_without_are_shown_too(qtbot, session) -> None:
    editor = opened(qtbot, session, "outcomes")
    assert not layout_named("outcomes").sections[0].printed
    assert "จึงเรียนมา" in paper(qtbot, editor)


def test_data_that_change_elsewhere_are_seen(qtbot, editor, session) -> None:
    session.edit("name", operations.set_field, Office, session.snapshot.office.id, "name", "ฟ้าใส")
    assert "ฟ้าใส" in paper(qtbot, editor)


# What there is not


def test_without_a_fiscal_year_the_form_can_be_edited_all_the_same(qtbot, tmp_path) -> None:
    office = Office(id=new_id(), kind="เทศบาลตำบล", name="งามดี")
    session = FileSession(OfficeFile.create(tmp_path / "empty.itadesk", [office], user=USER))
    name = copied(session, "memo")
    editor = LayoutEditor(session, name, None, None)
    qtbot.addWidget(editor)
    editor.show()
    qtbot.waitUntil(editor.pane.trouble.isVisible)
    write(form(editor), "title", "แบบใหม่", then=Qt.Key.Key_Return)
    assert stored(session).title == "แบบใหม่"
    editor.close()
    end(session)


def test_in_a_file_for_looking_only_nothing_can_be_changed(qtbot, session) -> None:
    copied(session, "memo")
    session.save_copy(session.path.with_name("copy.itadesk"))
    looking = FileSession(OfficeFile.view(session.path.with_name("copy.itadesk")))
    editor = shown(qtbot, looking, "memo-2")
    before = toml(looking)
    title: Any = form(editor).editors["title"].input
    assert title.isReadOnly()
    for chosen in (PLAN_TABLE, PLAN_HEADING, PLAN, Place(0, 0)):
        choose(qtbot, editor, chosen)
        buttons = [editor.tree.add, editor.tree.remove, editor.tree.up, editor.tree.down]
        blocks = editor.details.blocks()
        for block in blocks:
            if isinstance(block, ItemsEditor):
                buttons += [block.add, block.remove, block.up, block.down]
                index = block.table.rows.index(0, 1)
                assert not block.table.rows.flags(index) & Qt.ItemFlag.ItemIsEditable
        assert not any(button.isEnabled() for button in buttons)
        press(Qt.Key.Key_Delete)
        press(Qt.Key.Key_Up, ALT)
    assert toml(looking) == before
    editor.close()
    end(looking)


def test_everything_has_a_name_for_those_who_do_not_see(qtbot, editor) -> None:
    for chosen in (FORM, PLAN, PLAN_TABLE, PLAN_HEADING, Place(0, 0), Place(0, 3)):
        choose(qtbot, editor, chosen)
        for block in editor.details.blocks():
            fields = form_of(block).editors.values()
            assert all(field.input.accessibleName() for field in fields)
    assert editor.tree.tree.accessibleName()
    assert all(button.accessibleName() for button in (editor.tree.add, editor.tree.remove, editor.tree.up))


def form_of(block: SettingsForm | ItemsEditor) -> SettingsForm:
    return block.form if isinstance(block, ItemsEditor) else block


def test_the_form_fits_a_small_office_screen(qtbot, editor) -> None:
    for chosen in (PLAN, PLAN_TABLE, PLAN_HEADING, Place(0, 0), Place(0, 3)):
        choose(qtbot, editor, chosen)
        QApplication.processEvents()
        assert editor.minimumSizeHint().width() <= 1366
        assert editor.minimumSizeHint().height() <= 700
        inside = editor.details.widget()
        assert inside.minimumSizeHint().width() <= editor.details.viewport().width()
        assert inside.mapTo(editor.details.viewport(), QPoint()).x() == 0
