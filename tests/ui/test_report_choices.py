"""What is chosen on the report page: the form by its picture, the parts printed, the round, the document code."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from ui.report_steps import paper, shown, stored, take_new_report, words

from itadesk.documents.layouts import ORDER
from itadesk.documents.record import code_of
from itadesk.domain.model import Document, Measure, Office
from itadesk.domain.short_code import short_code
from itadesk.storage import operations
from itadesk.ui.report_advice import Place


@pytest.fixture
def session(example):
    return example


@pytest.fixture
def page(qtbot, session):
    return shown(qtbot, session)


def choose(qtbot, page, name: str) -> None:
    gallery = page.gallery
    item = gallery.item(ORDER.index(name))
    gallery.scrollToItem(item)
    with qtbot.waitSignal(page.maker.made):
        qtbot.mouseClick(
            gallery.viewport(), Qt.MouseButton.LeftButton, pos=gallery.visualItemRect(item).center()
        )


def pictures(page) -> list[int]:
    """Of each form, how many colours its small picture has: an empty sheet has few."""
    found = []
    for row in range(page.gallery.count()):
        image = page.gallery.item(row).icon().pixmap(page.gallery.iconSize()).toImage()
        found.append(len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}))
    return found


def test_every_form_shows_a_picture_of_the_offices_own_report(qtbot, page):
    assert page.gallery.count() == len(ORDER)
    qtbot.waitUntil(lambda: min(pictures(page)) > 20)


def test_the_form_of_the_last_report_is_in_hand_and_another_is_a_click_away(qtbot, page):
    assert page.current.layout.name == "memo"
    assert page.gallery.currentRow() == ORDER.index("memo")
    choose(qtbot, page, "instruments")
    assert page.current.layout.name == "instruments"
    assert "ด้านการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน" in words(paper(qtbot, page))


def test_another_form_is_looked_at_from_its_first_page(qtbot, page):
    page.pane.preview.go_to(4)
    choose(qtbot, page, "outcomes")
    qtbot.waitUntil(lambda: page.pane.preview.page == 1)


def test_the_memo_is_put_in_front_by_a_tick_and_that_is_remembered(qtbot, page, session):
    choose(qtbot, page, "outcomes")
    assert "บันทึกข้อความ" not in words(paper(qtbot, page))
    with qtbot.waitSignal(page.maker.made):
        page.options.sections["memo"].click()
    assert words(paper(qtbot, page)).startswith("บันทึกข้อความ")
    document = next(row for row in stored(session) if row.layout == "outcomes")
    assert document.sections == "memo cover"
    other = 12 if session.round == 6 else 6
    session.set_place(session.fiscal_year.id, other)
    assert page.options.sections["memo"].isChecked()


def test_the_cover_can_be_left_out(qtbot, page):
    choose(qtbot, page, "preface")
    pages = page.pane.preview.page_count
    with qtbot.waitSignal(page.maker.made):
        page.options.sections["cover"].click()
    assert page.pane.preview.page_count == pages - 1


def test_the_round_is_named_or_not(qtbot, page, session):
    choose(qtbot, page, "outcomes")
    assert f"(รอบ{'๖' if session.round == 6 else '๑๒'}เดือน)" in words(paper(qtbot, page))
    with qtbot.waitSignal(page.maker.made):
        page.options.names_round.click()
    assert "เดือน)" not in words(paper(qtbot, page))
    assert not page.options.names_round.isChecked()


def test_a_form_that_says_no_round_does_not_ask_for_one(qtbot, page):
    choose(qtbot, page, "outcomes")
    assert page.options.names_round.isVisible()
    choose(qtbot, page, "instruments")
    assert not page.options.names_round.isVisible()


def test_the_code_stands_at_the_foot_and_changes_with_what_the_report_says(qtbot, page, session):
    with qtbot.waitSignal(page.maker.made):
        page.options.show_code.click()
    first = short_code(code_of(page._job.tree))
    assert words(paper(qtbot, page)).count(f"รหัสเอกสาร{first}") == page.pane.preview.page_count
    measure = session.snapshot.children(Measure, session.fiscal_year.id)[0]
    with qtbot.waitSignal(page.maker.made):
        session.edit("title", operations.set_field, Measure, measure.id, "title", "มาตรการใหม่")
    assert f"รหัสเอกสาร{first}" not in words(paper(qtbot, page))


def test_each_tick_is_one_step_to_undo(qtbot, page, session):
    take_new_report(session)
    choose(qtbot, page, "outcomes")
    before = session.undo_stack.index()
    page.options.sections["cover"].click()
    page.options.show_code.click()
    assert session.undo_stack.index() == before + 2
    session.undo()
    assert not page.options.show_code.isChecked()
    session.undo()
    assert page.options.sections["cover"].isChecked()


def problem(page, place: Place) -> int:
    """The row of the advice about a place; -1 while there is none."""
    return next((at for at, one in enumerate(page.problems.advice) if one.place == place), -1)


def go(page, place: Place) -> None:
    page.problems.list.itemActivated.emit(page.problems.list.item(problem(page, place)))


def test_problems_are_counted_and_lead_to_their_measure(qtbot, page, session):
    measure = session.snapshot.children(Measure, session.fiscal_year.id)[2]
    place = Place(measure=measure.id)
    session.edit("x", operations.set_field, Measure, measure.id, "responsible", "")
    qtbot.waitUntil(lambda: problem(page, place) >= 0)
    at = page.forms.index(page.problems)
    assert str(len(page.problems.advice)) in page.tabs.tabText(at)
    page.tabs.setCurrentIndex(at)
    with qtbot.waitSignal(page.page_wanted) as wanted:
        go(page, place)
    assert wanted.args == ["measures"]
    assert session.measure_id == measure.id


def test_what_is_missing_on_the_paper_leads_to_where_it_is_filled_in(qtbot, page, session):
    session.edit("x", operations.set_field, Document, page.current.document.id, "date", None)
    session.edit("x", operations.set_field, Office, session.snapshot.office.id, "name", "")
    session.edit("x", operations.set_field, Office, session.snapshot.office.id, "kind", "")
    qtbot.waitUntil(
        lambda: problem(page, Place(form="document")) >= 0 and problem(page, Place(page="office")) >= 0
    )
    page.tabs.setCurrentIndex(page.forms.index(page.problems))
    go(page, Place(form="document"))
    assert page.tabs.currentIndex() == 0
    with qtbot.waitSignal(page.page_wanted) as wanted:
        go(page, Place(page="office"))
    assert wanted.args == ["office"]


def test_a_report_that_names_no_round_shows_the_progress_of_the_round_in_hand(qtbot, page, session):
    choose(qtbot, page, "outcomes")
    with qtbot.waitSignal(page.maker.made):
        page.options.names_round.click()
    measure = session.snapshot.children(Measure, session.fiscal_year.id)[0]
    for round_, result in ((6, "ผลครึ่งปีแรก"), (12, "ผลทั้งปีนี้")):
        session.edit("x", operations.set_progress, measure.id, round_, result=result)
    for round_, result, other in ((6, "ผลครึ่งปีแรก", "ผลทั้งปีนี้"), (12, "ผลทั้งปีนี้", "ผลครึ่งปีแรก")):
        session.set_place(session.fiscal_year.id, round_)
        text = words(paper(qtbot, page))
        assert result in text
        assert other not in text


def test_a_signatory_without_a_name_is_taken_in_hand_with_the_keyboard_in_the_name(qtbot, page):
    choose(qtbot, page, "instruments")
    second = page.current.signatories[1]
    qtbot.waitUntil(lambda: problem(page, Place(form="signatories", signatory=second.id)) >= 0)
    page.tabs.setCurrentIndex(page.forms.index(page.problems))
    go(page, Place(form="signatories", signatory=second.id))
    form = page.forms[1]
    assert form.chain.currentRow() == 1
    assert form.form.editors["name"].isAncestorOf(QApplication.focusWidget())
