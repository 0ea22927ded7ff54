"""The office page on a real file: the record, units and people, undo, and looking only."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit
from ui.example_office import USER
from ui.keyboard import type_text

from itadesk.domain.model import Person, Unit
from itadesk.domain.names import without_title
from itadesk.domain.thai import normalise, sort_key
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.office_page import OfficePage
from itadesk.ui.row_list import RowList
from itadesk.ui.session import FileSession


@pytest.fixture
def session(example):
    return example


@pytest.fixture
def page(qtbot, session):
    page = OfficePage(session)
    page.resize(1300, 680)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def field(page: OfficePage, name: str) -> Any:
    widget: Any = page.form.editors[name].findChild(QLineEdit)
    widget.setFocus()
    widget.selectAll()
    return widget


def units(session: FileSession) -> list[str]:
    return [row.name for row in session.snapshot.children(Unit, session.snapshot.office.id)]


def people(session: FileSession) -> list[Person]:
    return session.snapshot.children(Person, session.snapshot.office.id)


def test_what_is_typed_is_stored_and_can_be_undone(qtbot, page, session):
    before = session.snapshot.office.district
    type_text(field(page, "district"), "เมืองใหม่")
    page.commit()
    assert session.snapshot.office.district == "เมืองใหม่"
    session.undo()
    assert session.snapshot.office.district == before
    assert page.form.editors["district"].text() == before


def test_the_full_name_follows_every_letter(page, session):
    type_text(field(page, "name"), "ฟ้าใส")
    assert "เทศบาลตำบลฟ้าใส" in normalise(page.full_name.text())
    assert session.snapshot.office.name != "ฟ้าใส"


def test_a_phone_number_keeps_its_digits_as_typed(page, session):
    type_text(field(page, "phone"), "๐ ๕๔๖๙ ๓๐๖๑")
    page.commit()
    assert session.snapshot.office.phone == "๐ ๕๔๖๙ ๓๐๖๑"


def test_a_value_too_long_is_refused_at_its_field(page, session):
    before = session.snapshot.office.province
    field(page, "province").setText("ก" * 501)
    page.form.editors["province"].touch()
    page.commit()
    assert session.snapshot.office.province == before
    assert page.form.editors["province"].fault()


def cell(rows: RowList, at: int, name: str) -> Any:
    """The editor of a cell, open."""
    rows.table.edit_cell(rows.model.rows[at].id, rows.model.column(name))
    return rows.table.findChild(QPlainTextEdit) or rows.table.findChild(QComboBox)


def test_a_unit_is_added_and_named_in_place(qtbot, page, session):
    count = len(units(session))
    page.units.table.select([page.units.model.rows[-1].id])
    qtbot.mouseClick(page.units.add, Qt.MouseButton.LeftButton)
    editor: Any = page.units.table.findChild(QPlainTextEdit)
    type_text(editor, "กองการประปา")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert units(session)[-1] == "กองการประปา"
    assert len(units(session)) == count + 1


def test_a_unit_is_moved_and_stays_current(qtbot, page, session):
    first, second, *rest = units(session)
    page.units.table.select([page.units.model.rows[0].id])
    qtbot.mouseClick(page.units.down, Qt.MouseButton.LeftButton)
    assert units(session) == [second, first, *rest]
    qtbot.mouseClick(page.units.up, Qt.MouseButton.LeftButton)
    assert units(session) == [first, second, *rest]
    page.units.table.setFocus()
    for _step in range(2):
        qtbot.keyClick(page.units.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert units(session)[:3] == [second, rest[0], first]


def test_a_unit_is_deleted_with_one_key_and_comes_back(qtbot, page, session):
    before = units(session)
    page.units.table.select([page.units.model.rows[1].id])
    page.units.table.setFocus()
    qtbot.keyClick(page.units.table, Qt.Key.Key_Delete)
    assert units(session) == [before[0], *before[2:]]
    session.undo()
    assert units(session) == before
    assert [row.name for row in page.units.model.rows] == before


def test_the_ends_of_a_list_offer_no_way_further(page):
    page.units.table.select([page.units.model.rows[0].id])
    assert not page.units.up.isEnabled()
    page.units.table.select([page.units.model.rows[-1].id])
    assert not page.units.down.isEnabled()


def test_other_spellings_of_a_unit_stand_one_a_line(qtbot, page, session):
    editor = cell(page.units, 0, "aliases")
    editor.selectAll()
    type_text(editor, "สนง.ปลัด")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    type_text(editor, "สป.")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert session.snapshot.children(Unit, session.snapshot.office.id)[0].aliases == "สนง.ปลัด\nสป."


def test_the_acting_form_of_a_person_is_picked(qtbot, page, session):
    box = cell(page.people, 0, "acting")
    box.setCurrentIndex(box.findData("รักษาราชการแทน"))
    box.activated.emit(box.currentIndex())
    assert people(session)[0].acting == "รักษาราชการแทน"


def test_a_file_for_looking_only_cannot_be_changed(qtbot, session):
    session.publish_now()
    session.tasks.wait()
    looking = FileSession(OfficeFile.view(session.path, user=USER))
    page = OfficePage(looking)
    qtbot.addWidget(page)
    page.show()
    assert field(page, "name").isReadOnly()
    assert not page.emblem.choose.isEnabled()
    assert not page.units.add.isEnabled()
    page.units.table.select([page.units.model.rows[0].id])
    assert not page.units.remove.isEnabled()
    assert not page.units.model.flags(page.units.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    looking.close()


def test_units_and_people_are_sorted_by_name_as_one_step(qtbot, page, session):
    before = session.snapshot
    for name in ("เขตชุมชน", "กองก่อสร้าง"):
        session.edit("เพิ่ม", operations.add_unit, name=name)
    added = session.snapshot
    qtbot.mouseClick(page.units.sort, Qt.MouseButton.LeftButton)
    assert units(session) == sorted((row.name for row in page.units.model.rows), key=sort_key)
    assert units(session).index("เขตชุมชน") > units(session).index("กองก่อสร้าง")
    qtbot.mouseClick(page.people.sort, Qt.MouseButton.LeftButton)
    names = [without_title(row.name) for row in people(session)]
    assert names == sorted(names, key=sort_key)
    while session.snapshot != added:
        session.undo()
    session.undo()
    session.undo()
    assert session.snapshot == before
