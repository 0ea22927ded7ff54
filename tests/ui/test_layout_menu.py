"""The menu of the forms on the report page: copied and changed in one go, deleted and brought back, broken ones."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMessageBox
from ui.layout_steps import copied, form, stored, toml, write
from ui.report_steps import answer, shown

from itadesk.documents import layout_toml
from itadesk.documents.layouts import broken_layouts, layout_named
from itadesk.domain.model import Document, LayoutText
from itadesk.storage import layout_operations, operations
from itadesk.ui.layout_editor import LayoutEditor


@pytest.fixture
def session(example):
    return example


@pytest.fixture
def page(qtbot, session):
    return shown(qtbot, session)


@pytest.fixture
def menu(page):
    return opened(page)


def opened(page) -> Any:
    """The menu, about to be shown."""
    page.layout_menu.button.menu().aboutToShow.emit()
    return page.layout_menu


def keep(session, name: str, toml: str) -> None:
    session.edit("keep", layout_operations.add_layout, name, toml)


def retitle(qtbot, editor: LayoutEditor) -> None:
    with qtbot.waitActive(editor):
        editor.activateWindow()
    write(form(editor), "title", "บันทึกของเรา")


def told(qtbot) -> str:
    """What the message says that comes."""
    texts: list[str] = []
    answer(QMessageBox, lambda box: (texts.append(f"{box.text()} {box.informativeText()}"), box.accept()))
    qtbot.waitUntil(lambda: bool(texts))
    return texts[0]


def toasts(page) -> list[str]:
    return [
        label.text() for label in page.window().findChildren(QLabel) if "Deleted the form" in label.text()
    ]


# Changing


def test_a_built_in_form_is_copied_and_changed_in_one_go(qtbot, page, menu, session) -> None:
    assert menu.change.text() == "Copy and &change this form…"
    answer(LayoutEditor, lambda editor: (retitle(qtbot, editor), editor.close()))
    menu.change.trigger()
    assert stored(session).title == "บันทึกของเรา"
    assert page.current.layout.title == "บันทึกของเรา"
    opened(page)
    assert menu.change.text() == "&Change this form…"
    answer(LayoutEditor, lambda editor: editor.close())
    menu.change.trigger()
    assert page.current.layout.name == "memo-2"


def test_a_copy_in_which_nothing_was_changed_is_undone(qtbot, page, menu, session) -> None:
    documents = len(session.snapshot.all(Document))

    def change_and_undo(editor: LayoutEditor) -> None:
        retitle(qtbot, editor)
        editor.undo_action.trigger()
        editor.close()

    for act in (LayoutEditor.close, change_and_undo):
        answer(LayoutEditor, act)
        menu.change.trigger()
        assert session.snapshot.all(LayoutText) == {}
        assert len(session.snapshot.all(Document)) == documents
        assert page.current.layout.name == "memo"


def test_an_own_form_of_a_built_ins_name_is_changed(qtbot, page, session) -> None:
    keep(session, "memo", layout_toml.write(replace(layout_named("memo"), title="บันทึกแทน")))
    assert page.current.layout.title == "บันทึกแทน"
    answer(LayoutEditor, lambda editor: (retitle(qtbot, editor), editor.close()))
    page.layout_menu.change.trigger()
    assert stored(session, "memo").title == "บันทึกของเรา"


def test_a_broken_form_of_a_built_ins_name_leaves_the_built_in_to_be_changed(qtbot, page, session) -> None:
    keep(session, "memo", "title = ")
    answer(LayoutEditor, lambda editor: (retitle(qtbot, editor), editor.close()))
    page.layout_menu.change.trigger()
    assert stored(session).title == "บันทึกของเรา"
    assert toml(session, "memo") == "title = "


# Deleting


def test_a_deleted_form_comes_back_into_hand(page, session) -> None:
    page.current.choose(copied(session, "outcomes"))
    opened(page).delete.trigger()
    assert toml(session, "outcomes-2") is None
    assert page.current.layout.name == "memo"
    (toast,) = toasts(page)
    assert layout_named("outcomes").title in toast
    session.undo()
    assert page.current.layout.name == "outcomes-2"
    assert page.gallery.currentItem() is not None
    session.redo()
    assert page.current.layout.name == "memo"


def test_a_deleted_form_gives_way_to_that_of_the_last_report(qtbot, session) -> None:
    name = copied(session, "memo")
    page = shown(qtbot, session)
    assert page.current.layout.name == name
    opened(page).delete.trigger()
    assert page.current.layout.name == "memo"


def test_of_a_deleted_form_its_signed_reports_are_told(page, session) -> None:
    page.current.choose(copied(session, "memo"))
    page.current.set_fact("number", "1")
    document = page.current.document
    session.edit("sign", operations.set_field, Document, document.id, "signed_on", dt.date(2023, 4, 1))
    opened(page).delete.trigger()
    assert toml(session) is None
    (toast,) = toasts(page)
    assert "1 signed" in toast


def test_forms_that_cannot_be_read_are_listed_and_deleted(page, menu, session) -> None:
    assert not menu.broken.menuAction().isVisible()
    keep(session, "เสีย&หาย", 'title = "ก"')
    keep(session, "ours", "title = ")
    opened(page)
    assert menu.broken.menuAction().isVisible()
    first, second = sorted(menu.broken.actions(), key=lambda action: action.text())
    assert second.text() == "เสีย&&หาย"
    assert "section" in second.toolTip()
    first.trigger()
    assert list(broken_layouts(session.snapshot)) == ["เสีย&หาย"]
    session.undo()
    assert toml(session, "ours") == "title = "


# What goes wrong


def test_a_broken_file_is_told(qtbot, page, session, tmp_path) -> None:
    (tmp_path / "ours.toml").write_text("title = ", "utf-8")

    def choose(dialog: Any) -> None:
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "ours.toml"))
        dialog.accept()

    answer(QFileDialog, choose)
    page.layout_menu.take_in.trigger()
    assert "ours" in told(qtbot)
    assert session.snapshot.all(LayoutText) == {}
    assert page.current.layout.name == "memo"
