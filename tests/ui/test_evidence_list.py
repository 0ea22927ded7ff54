"""The evidence of a measure below its form: links typed, changed, moved and taken out; all of it undone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from ui.desk import YEAR, in_window, measure_id, measures, open_session, press
from ui.evidence_steps import LINK, add_links, attach, choose, drop, files, pdf, photo, rows, shown, type_link
from ui.keyboard import type_text

from itadesk.domain.model import Measure
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.attached_total import MAIL_LIMIT
from itadesk.ui.delegates import CellInput
from itadesk.ui.measures_page import MeasuresPage
from itadesk.ui.session import FileSession

ALT = Qt.KeyboardModifier.AltModifier


# Links


def test_a_typed_link_is_one_step_and_its_title_comes_next(qtbot, page, session, evidence):
    type_link(qtbot, evidence, LINK)
    assert [(row.url, row.round) for row in rows(session)] == [(LINK, 12)]
    title = QApplication.focusWidget()
    assert isinstance(title, CellInput)
    type_text(title, "รายงานผล")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    assert shown(evidence) == [["รายงานผล", LINK.removeprefix("https://"), "12 months", ""]]
    assert evidence.heading.text() == "Evidence (1)"
    assert evidence.link.text() == ""
    session.undo()
    assert rows(session)[0].title == ""
    session.undo()
    assert shown(evidence) == []
    session.redo()
    assert rows(session)[0].url == LINK


def test_a_link_that_does_not_work_stays_to_be_mended_and_what_was_meant_is_one_click_away(
    qtbot, session, evidence
):
    type_link(qtbot, evidence, "www.ngamdee.example/a b")
    assert rows(session) == []
    assert evidence.link.text() == "www.ngamdee.example/a b"
    assert evidence.link.fault()
    assert evidence.link.offer.isVisibleTo(evidence)
    evidence.link.offer.click()
    assert [row.url for row in rows(session)] == ["https://www.ngamdee.example/a%20b"]
    assert not evidence.link.offer.isVisibleTo(evidence)
    assert evidence.link.fault() == ""


def test_a_link_of_which_nobody_knows_what_was_meant_offers_nothing(qtbot, evidence):
    type_link(qtbot, evidence, "แนบท้าย")
    assert evidence.link.fault()
    assert not evidence.link.offer.isVisibleTo(evidence)


def test_several_links_pasted_at_once_are_one_step(qtbot, page, session, evidence):
    type_link(qtbot, evidence, f"{LINK} https://a.example/2")
    assert [row.url for row in rows(session)] == [LINK, "https://a.example/2"]
    page.commit()
    session.undo()
    assert rows(session) == []


def test_what_is_being_typed_goes_to_its_own_measure_or_is_forgotten(page, session, evidence):
    evidence.link.input.setFocus()
    type_text(evidence.link.input, LINK)
    page.table.select([measure_id(1)])
    assert [row.url for row in rows(session, 0)] == [LINK]
    type_text(evidence.link.input, "www.x")
    page.table.select([measure_id(2)])
    assert rows(session, 1) == rows(session, 2) == []
    assert evidence.link.text() == ""


def test_a_link_is_changed_in_place_and_refused_when_it_does_not_work(qtbot, session, evidence):
    add_links(session, LINK)
    url = evidence.model.column("url")
    index = evidence.model.index(0, url)
    assert index.data(Qt.ItemDataRole.EditRole) == LINK
    assert evidence.model.refusal(index, "ngamdee.example") is not None
    assert not evidence.model.setData(index, "ngamdee.example")
    assert evidence.model.setData(index, "https://b.example")
    assert rows(session)[0].url == "https://b.example"


# Order, rounds, taking out


def test_keys_move_and_remove_without_touching_the_measures(qtbot, page, session, evidence):
    add_links(session, "https://a.example/1", "https://a.example/2")
    add_links(session, "https://a.example/half", round_=6)
    add_links(session, "https://a.example/3")
    evidence.table.select([rows(session)[3].id])
    evidence.table.setFocus()
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    assert [row.url[-1] for row in rows(session)] == ["1", "3", "2", "f"]
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    press(qtbot, page, Qt.Key.Key_Up, ALT)
    press(qtbot, page, Qt.Key.Key_Down, ALT)
    assert [row.url[-1] for row in rows(session)] == ["1", "3", "2", "f"]
    press(qtbot, page, Qt.Key.Key_Delete)
    assert [row.url[-1] for row in rows(session)] == ["1", "2", "f"]
    assert len(measures(session)) == 4
    session.undo()
    assert [row.url[-1] for row in rows(session)] == ["1", "3", "2", "f"]


def test_the_round_in_hand_and_the_whole_year_are_shown_and_how_many_there_are_besides(session, evidence):
    add_links(session, LINK)
    add_links(session, "https://a.example/half", round_=6)
    add_links(session, "https://a.example/year", round_=None)
    assert [row[2] for row in shown(evidence)] == ["12 months", "Whole year"]
    assert evidence.note.text().replace("\u200b", "") == "1 more in the 6-month round"
    session.set_place(YEAR, 6)
    assert [row[2] for row in shown(evidence)] == ["6 months", "Whole year"]
    index = evidence.model.index(0, evidence.model.column("round"))
    assert evidence.model.setData(index, "")
    assert [row.round for row in rows(session)] == [12, None, None]


def test_a_file_keeps_its_name(session, evidence, tmp_path):
    evidence.add_files([pdf(tmp_path / "a.pdf")])
    session.tasks.wait()
    index = evidence.model.index(0, evidence.model.column("url"))
    assert index.data() == "a.pdf"
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable


def test_the_table_counts_the_evidence_of_the_round_in_hand(page, session):
    def counted() -> list[str]:
        at = page.model.column("evidence")
        return [page.model.index(row, at).data() for row in range(4)]

    add_links(session, LINK, "https://a.example", number=1)
    add_links(session, LINK, number=1, round_=None)
    add_links(session, LINK, number=3, round_=6)
    assert counted() == ["", "3", "", ""]
    session.set_place(YEAR, 6)
    assert counted() == ["", "1", "", "1"]
    session.undo()
    assert counted() == ["", "1", "", ""]


# The whole


def test_a_mild_warning_comes_once_the_file_can_hardly_be_mailed(session, evidence):
    assert evidence.total.isHidden()
    attach(session, "a.bin", bytes(MAIL_LIMIT // 2))
    assert "5.0 MB" in evidence.total.text()
    assert "mailed" not in evidence.total.text()
    attach(session, "b.bin", b"1" * (MAIL_LIMIT // 2 + 1))
    assert "mailed" in evidence.total.text().replace("\u200b", "")
    session.undo()
    assert "mailed" not in evidence.total.text()


def test_a_file_that_is_only_looked_at_is_opened_and_saved_but_not_changed(qtbot, tmp_path, data, sent):
    path = tmp_path / "office.itadesk"
    session = open_session(tmp_path)
    add_links(session, LINK)
    attach(session, "a.pdf", b"%PDF-")
    session.close()
    session = FileSession(OfficeFile.view(path))
    page = in_window(qtbot, MeasuresPage(session))
    evidence = page.form.evidence
    assert len(shown(evidence)) == 2
    QApplication.clipboard().setText("https://b.example")
    evidence.paste()
    evidence.add_files([path])
    choose(session, evidence, 1)
    evidence.remove()
    evidence.move_current(-1)
    assert not drop(page.form, files(tmp_path / "b.pdf"))
    assert not evidence.attach.isEnabled()
    assert not evidence.link.isEnabled()
    assert not evidence.model.setData(evidence.model.index(0, 0), "x")
    assert len(rows(session)) == 2
    evidence.open()
    assert len(sent) == 1
    session.close()


def test_the_keyboard_gets_there_and_on(qtbot, page, session, evidence):
    press(qtbot, page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is evidence.link.input
    assert not evidence.link.visibleRegion().isEmpty()
    add_links(session, LINK)
    page.table.setFocus()
    press(qtbot, page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is evidence.table
    press(qtbot, page, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is evidence.link.input


def test_the_list_stays_in_sight_while_it_grows(qtbot, page, session, evidence):
    press(qtbot, page, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    for number in range(6):
        add_links(session, f"https://a.example/{number}")
    QApplication.processEvents()
    QApplication.processEvents()
    assert evidence.link.visibleRegion().boundingRect() == evidence.link.rect()


def test_everything_is_undone_and_done_again_with_its_bytes(session, evidence, tmp_path, page):
    before = session.snapshot
    evidence.add_files([pdf(tmp_path / "a.pdf"), photo(tmp_path / "b.jpg", (400, 300))])
    session.tasks.wait()
    add_links(session, LINK)
    evidence.table.select([rows(session)[0].id])
    evidence.move_current(1)
    evidence.remove()
    session.edit("gone", operations.delete_row, Measure, measure_id(0))
    after = session.snapshot
    session.publish_now()
    session.tasks.wait()
    while session.undo_stack.canUndo():
        session.undo()
    session.publish_now()
    session.tasks.wait()
    assert session.snapshot == before
    while session.undo_stack.canRedo():
        session.redo()
    assert session.snapshot == after
    session.undo()
    assert all(session.attachment(row.attachment) for row in rows(session) if row.attachment)
    session.undo()
    assert session.attachment(rows(session)[1].attachment or "") == (tmp_path / "a.pdf").read_bytes()


def test_evidence_that_is_being_retitled_outlives_every_refresh(qtbot, page, session, evidence):
    add_links(session, LINK)
    evidence.table.edit_cell(rows(session)[0].id, 0)
    title = QApplication.focusWidget()
    assert isinstance(title, CellInput)
    type_text(title, "ประกาศ")
    session.edit("other", operations.set_field, Measure, measure_id(0), "steps", "ทำ")
    add_links(session, "https://b.example")
    assert title.toPlainText() == "ประกาศ"
    page.commit()
    assert rows(session)[0].title == "ประกาศ"


def test_the_last_of_four_thousand_measures_gets_its_evidence(qtbot, tmp_path, data):
    session = open_session(tmp_path, 4000)
    page = in_window(qtbot, MeasuresPage(session))
    page.table.select([measure_id(3999)])
    add_links(session, LINK, number=3999)
    assert len(page.form.evidence.model.rows) == 1
    assert page.model.index(3999, page.model.column("evidence")).data() == "1"
    session.close()
