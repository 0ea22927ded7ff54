"""Who signs, typed: completed from people and earlier signatories, with position and acting in the same step."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from ui.keyboard import type_text
from ui.report_steps import form, shown, take_new_report

from itadesk.domain.model import Person
from itadesk.ui.session import FileSession
from itadesk.ui.signatories_form import SignatoriesForm


@pytest.fixture
def session(example):
    return example


@pytest.fixture
def signers(qtbot, session):
    """The signatories of a report that is not stored yet."""
    take_new_report(session)
    page = shown(qtbot, session)
    return form(page, SignatoriesForm)


def line(signers: SignatoriesForm, name: str) -> QLineEdit:
    found: Any = signers.form.editors[name].input
    found.setFocus()
    found.selectAll()
    return found


def people(session: FileSession) -> list[Person]:
    return session.snapshot.children(Person, session.snapshot.office.id)


def test_a_name_brings_position_and_acting_as_one_step(qtbot, session, signers):
    acting = next(person for person in people(session) if person.acting)
    steps = session.undo_stack.count()
    name = line(signers, "name")
    type_text(name, acting.name[:-1])
    items = signers.completion.list.items
    wanted = next(at for at in range(items.count()) if acting.acting_for in items.item(at).text())
    for _row in range(wanted + 1):
        qtbot.keyClick(name, Qt.Key.Key_Down)
    qtbot.keyClick(name, Qt.Key.Key_Return)
    row = signers._rows[signers.chain.currentRow()]
    assert (row.name, row.position, row.acting, row.acting_for) == (
        acting.name, acting.position, acting.acting, acting.acting_for
    )  # fmt: skip
    assert session.undo_stack.count() == steps + 1
    assert name.text() == acting.name


def test_somebody_new_can_join_the_people(qtbot, session, signers):
    name = line(signers, "name")
    type_text(name, "นางสาวคนใหม่ มาดี")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    type_text(line(signers, "position"), "นิติกร")
    signers.commit()
    assert "นางสาวคนใหม่ มาดี" in signers.keep.text()
    before = people(session)
    signers.keep.click()
    assert [(person.name, person.position) for person in people(session)[len(before) :]] == [
        ("นางสาวคนใหม่ มาดี", "นิติกร")
    ]
    assert signers.keep.isHidden()
    session.undo()
    assert people(session) == before
    assert not signers.keep.isHidden()


def test_a_new_report_that_begins_with_known_signatories_takes_another(qtbot, session):
    session.set_place(session.snapshot.fiscal_years[-1].id, 12)
    page = shown(qtbot, session)
    signers = form(page, SignatoriesForm)
    before = [row.name for row in signers._rows]
    assert any(before)
    type_text(line(signers, "name"), "นายอื่น ไม่ใช่คนเดิม")
    signers.commit()
    assert [row.name for row in signers._rows] == ["นายอื่น ไม่ใช่คนเดิม", *before[1:]]
    signers.remove.click()
    assert [row.name for row in signers._rows] == before[1:]
    session.undo()
    session.undo()
    assert [row.name for row in signers._rows] == before


def test_a_signatory_of_a_new_report_can_go(qtbot, session):
    session.set_place(session.snapshot.fiscal_years[-1].id, 12)
    page = shown(qtbot, session)
    signers = form(page, SignatoriesForm)
    before = [row.name for row in signers._rows]
    signers.remove.click()
    assert [row.name for row in signers._rows] == before[1:]


def test_keys_in_the_chain_move_and_take_out_as_its_buttons_do(qtbot, session):
    take_new_report(session)
    page = shown(qtbot, session)
    signers = form(page, SignatoriesForm)
    page.tabs.setCurrentIndex(page.forms.index(signers))
    before = [row.role for row in signers._rows]
    signers.chain.setCurrentRow(0)
    signers.chain.setFocus()
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(signers.chain, Qt.Key.Key_Up, alt)
    qtbot.keyClick(signers.chain, Qt.Key.Key_Down, alt)
    moved = [before[1], before[0], *before[2:]]
    assert ([row.role for row in signers._rows], signers.chain.currentRow()) == (moved, 1)
    qtbot.keyClick(signers.chain, Qt.Key.Key_Delete)
    assert [row.role for row in signers._rows] == [before[1], *before[2:]]
    session.undo()
    assert [row.role for row in signers._rows] == moved
    for _row in before:
        qtbot.keyClick(signers.chain, Qt.Key.Key_Delete)
    assert signers.chain.count() == 1, "somebody signs"


def test_what_is_typed_stays_as_typed(qtbot, session, signers):
    known = people(session)[0].name
    name = line(signers, "name")
    type_text(name, known[:6])
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert signers._rows[signers.chain.currentRow()].name == known[:6]


def test_positions_are_completed(qtbot, session, signers):
    known = people(session)[0].position
    position = line(signers, "position")
    type_text(position, known[:4])
    qtbot.keyClick(position, Qt.Key.Key_Down)
    qtbot.keyClick(position, Qt.Key.Key_Return)
    assert known[:4] in position.text()
    assert position.text() != known[:4]
