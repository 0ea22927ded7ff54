"""The forms of the report page on a real file: the paper's own facts, its wording, who signs."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QToolButton
from ui.keyboard import type_text
from ui.layout_steps import insertions
from ui.report_steps import form, paper, shown, stored, take_new_report, words, write

from itadesk.documents.document import roles_of
from itadesk.domain.model import Document, DocumentText, Signatory
from itadesk.storage import operations
from itadesk.ui.document_form import DocumentForm, TextsForm
from itadesk.ui.session import FileSession
from itadesk.ui.signatories_form import SignatoriesForm


@pytest.fixture
def session(example):
    return example


@pytest.fixture
def fresh(qtbot, session):
    """The page with a report in hand that is not stored yet."""
    take_new_report(session)
    return shown(qtbot, session)


# The paper's own facts


def test_a_fact_of_a_new_report_stores_the_report_in_the_same_step(qtbot, fresh, session):
    assert stored(session) == []
    write(fresh, "number", "กส ๗๓๕๐๑/๑๒")
    fresh.commit()
    (document,) = stored(session)
    assert (document.number, document.round, document.layout) == ("กส ๗๓๕๐๑/๑๒", 6, "memo")
    assert document.to == fresh.current.document.to
    session.undo()
    assert stored(session) == []
    session.redo()
    assert stored(session) == [document]


def test_a_report_stored_for_no_round_is_edited_as_the_one_it_is(qtbot, fresh, session):
    write(fresh, "number", "๑")
    fresh.commit()
    (document,) = stored(session)
    session.edit("round", operations.set_field, Document, document.id, "round", None)
    write(fresh, "number", "๒")
    fresh.commit()
    session.set_place(session.fiscal_year.id, 12)
    write(fresh, "subject", "เรื่องทดลอง")
    fresh.commit()
    (now,) = stored(session)
    assert (now.id, now.round, now.number, now.subject) == (document.id, None, "๒", "เรื่องทดลอง")
    fresh.options.names_round.click()
    (now,) = stored(session)
    assert (now.id, now.round, now.names_round) == (document.id, 12, True)


def test_facts_are_seen_on_paper(qtbot, fresh, session):
    write(fresh, "number", "กส ๗๓๕๐๑/๑๒")
    write(fresh, "date", "๓๑ มี.ค. ๖๕")
    write(fresh, "subject", "เรื่องทดลอง")
    fresh.commit()
    text = words(paper(qtbot, fresh))
    for printed in ("กส๗๓๕๐๑/๑๒", "๓๑มีนาคม๒๕๖๕", "เรื่องทดลอง"):
        assert printed in text
    assert form(fresh, DocumentForm).form.editors["date"].text() == "31 มีนาคม 2565"


def test_a_date_that_is_none_stays_to_be_mended(fresh, session):
    write(fresh, "date", "31/2/65")
    fresh.commit()
    editor = form(fresh, DocumentForm).form.editors["date"]
    assert (editor.text(), bool(editor.fault())) == ("31/2/65", True)
    assert stored(session) == []


def test_digits_are_a_choice_of_the_paper(qtbot, fresh, session):
    box: Any = form(fresh, DocumentForm).form.editors["digits"].input
    box.setFocus()
    with qtbot.waitSignal(fresh.maker.made):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert str(session.fiscal_year.year) in words(paper(qtbot, fresh))


def test_a_text_is_worded_anew_and_restored(qtbot, fresh, session):
    texts = form(fresh, TextsForm)
    editor = texts.editors["memo_closing"]
    editor.editor.input.setFocus()
    editor.editor.input.selectAll()
    type_text(editor.editor.input, "จึงเรียนมาเพื่อโปรดทราบ ปี {fiscal_year}")
    fresh.commit()
    assert "โปรดทราบปี๒๕" in words(paper(qtbot, fresh))
    restore = editor.findChild(QToolButton)
    assert restore.isVisibleTo(editor)
    qtbot.mouseClick(restore, Qt.MouseButton.LeftButton)
    assert session.snapshot.all(DocumentText) == {}
    assert editor.editor.text() == fresh.current.layout.texts["memo_closing"].default
    assert not restore.isVisibleTo(editor)


def test_a_text_with_a_field_that_nobody_fills_is_refused_where_it_is_typed(fresh, session):
    editor = form(fresh, TextsForm).editors["memo_closing"].editor
    editor.input.setFocus()
    type_text(editor.input, "{ไม่มี}")
    fresh.commit()
    assert "{ไม่มี}" in editor.fault()
    assert session.snapshot.all(DocumentText) == {}


# Who signs


def signed(session: FileSession) -> list[Signatory]:
    return session.snapshot.children(Signatory, stored(session)[-1].id)


def pick(chain: SignatoriesForm, line: int, person: int) -> None:
    chain.chain.setCurrentRow(line)
    chain.people.setCurrentIndex(person)
    chain.people.activated.emit(person)


def test_the_form_asks_for_its_signatories(fresh):
    assert form(fresh, SignatoriesForm).chain.count() == len(
        roles_of(fresh.current.layout, fresh.current.document)
    )


def test_people_sign_with_their_posts_even_twice(qtbot, fresh, session):
    chain = form(fresh, SignatoriesForm)
    pick(chain, 2, 2)
    pick(chain, 3, 3)
    rows = signed(session)
    assert rows[2].name == rows[3].name != ""
    assert rows[3].acting_for
    text = words(paper(qtbot, fresh))
    assert text.count("".join(rows[2].name.split())) == 2
    assert "".join(rows[3].acting_for.split()) in text


def test_a_signatory_is_added_typed_moved_and_removed(qtbot, fresh, session):
    chain = form(fresh, SignatoriesForm)
    count = chain.chain.count()
    chain.chain.setCurrentRow(0)
    qtbot.mouseClick(chain.add, Qt.MouseButton.LeftButton)
    line: Any = chain.form.editors["name"].findChild(QLineEdit)
    line.setFocus()
    type_text(line, "นางสาวพิมพ์เอง")
    qtbot.mouseClick(chain.down, Qt.MouseButton.LeftButton)
    assert [row.name for row in signed(session)].index("นางสาวพิมพ์เอง") == 2
    assert chain.chain.currentRow() == 2
    qtbot.mouseClick(chain.remove, Qt.MouseButton.LeftButton)
    assert len(signed(session)) == count
    for _step in range(4):
        session.undo()
    assert stored(session) == []
    assert chain.chain.count() == count


def test_a_new_report_begins_with_the_signatories_of_the_last_one(fresh, session):
    session.set_place(session.snapshot.fiscal_years[-1].id, 6)
    before = signed(session)
    assert any(row.name for row in before)
    later = session.edit("year", operations.add_fiscal_year, session.fiscal_year.year + 1)
    session.set_place(later, 12)
    chain = form(fresh, SignatoriesForm)
    assert chain.chain.count() == len(before)
    fresh.current.set_fact("number", "1/1")
    assert [(row.role, row.name) for row in signed(session)] == [(row.role, row.name) for row in before]
    assert {row.id for row in signed(session)}.isdisjoint(row.id for row in before)


def test_the_role_of_the_drafter_is_a_word_the_clerk_knows(fresh, session):
    chain = form(fresh, SignatoriesForm)
    chain.chain.setCurrentRow(0)
    assert chain.form.editors["role"].text() != "drafter"
    pick(chain, 0, 0)
    assert signed(session)[0].role == "drafter"


def test_a_field_is_inserted_by_the_name_clerks_know(qtbot, fresh, session):
    texts = form(fresh, TextsForm).editors["memo_closing"]
    texts.editor.input.selectAll()
    insertions(texts.insert)["Full name of the office"].trigger()
    assert texts.editor.text() == "{Full name of the office}"
    fresh.commit()
    (row,) = session.snapshot.children(DocumentText, stored(session)[0].id)
    assert (row.name, row.text) == ("memo_closing", "{office}")
    assert texts.editor.text() == "{Full name of the office}"


def test_an_unknown_field_is_told_while_it_is_typed_and_the_next_letter_mends_it(qtbot, fresh, session):
    editor = form(fresh, TextsForm).editors["memo_closing"].editor
    editor.input.setFocus()
    editor.input.selectAll()
    type_text(editor.input, "ที่ {Provinc}")
    qtbot.waitUntil(lambda: "{Provinc}" in editor.fault())
    editor.input.moveCursor(editor.input.textCursor().MoveOperation.Left)
    type_text(editor.input, "e")
    qtbot.waitUntil(lambda: not editor.fault())
    assert editor.text() == "ที่ {Province}"
    assert session.snapshot.all(DocumentText) == {}


def test_only_texts_that_stand_in_others_are_offered_to_a_report(fresh):
    texts = form(fresh, TextsForm).editors
    layout = fresh.current.layout
    offered = insertions(texts["memo_body"].insert)
    assert layout.texts["item_no"].label in offered
    assert not {layout.texts["memo_body"].label, layout.texts["memo_closing"].label} & offered.keys()
    assert layout.texts["item_no"].label not in insertions(texts["item_no"].insert)


def test_a_text_that_has_another_in_it_in_this_report_cannot_stand_in_one(fresh, session):
    texts = form(fresh, TextsForm).editors
    fresh.current.set_text("score", "{item_no}")
    label = fresh.current.layout.texts["score"].label
    assert label not in insertions(texts["memo_closing"].insert)
    editor = texts["memo_closing"].editor
    editor.input.setFocus()
    type_text(editor.input, f"{{{label}}}")
    fresh.commit()
    assert label in editor.fault()
    assert fresh.current.own_text("memo_closing") is None
