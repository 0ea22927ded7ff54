"""The form of a measure on a real file: each field one undo step, nothing typed is lost, units, period, status."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QScrollBar
from ui.desk import TITLES, YEAR, measure_id, measures
from ui.keyboard import type_text

from itadesk import i18n
from itadesk.domain.model import FiscalYear, Measure, Progress, Status, Unit
from itadesk.domain.units import has_unit, unknown_units, with_unit, without_unit
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.ui.measure_words import indicator_choices, period_words
from itadesk.ui.measures_page import MeasuresPage

CTRL = Qt.KeyboardModifier.ControlModifier


def typing(page: MeasuresPage, name: str) -> QPlainTextEdit:
    """The input of a field, in focus, what is in it selected."""
    found = page.form.fields.editors[name].input
    assert isinstance(found, QPlainTextEdit)
    found.setFocus()
    found.selectAll()
    return found


def of_round(session) -> Progress:
    found = session.snapshot.progress(measure_id(0), 12)
    assert found is not None
    return found


def test_every_field_is_stored_as_one_named_step(qtbot, page, session):
    for name in ("title", "steps", "period", "follow_up"):
        text = typing(page, name)
        type_text(text, f"ข้อความ {name}")
        qtbot.keyClick(text, Qt.Key.Key_Return, CTRL)
        assert getattr(measures(session)[0], name) == f"ข้อความ {name}"
        assert session.undo_stack.count() == ["title", "steps", "period", "follow_up"].index(name) + 1
    assert session.undo_stack.undoText()
    assert page.model.index(0, page.model.column("title")).data() == "ข้อความ title"
    session.undo()
    session.undo()
    session.undo()
    session.undo()
    assert measures(session)[0].title == TITLES[0]
    assert typing(page, "title").toPlainText() == TITLES[0]


def test_leaving_a_field_stores_it(page, session):
    type_text(typing(page, "title"), "ชื่อใหม่")
    typing(page, "steps")
    assert measures(session)[0].title == "ชื่อใหม่"


def test_another_row_gets_nothing_of_what_is_being_typed(page, session):
    type_text(typing(page, "title"), "ชื่อใหม่")
    page.table.select([measure_id(2)])
    assert [measure.title for measure in measures(session)] == ["ชื่อใหม่", *TITLES[1:]]
    assert typing(page, "title").toPlainText() == TITLES[2]


def test_a_field_being_typed_into_outlives_every_refresh(qtbot, page, session):
    result = typing(page, "result")
    type_text(result, "ดำเนินการแล้ว")
    qtbot.keyClick(result, Qt.Key.Key_2, CTRL)
    session.edit("other", operations.set_field, Measure, measure_id(0), "title", "จากที่อื่น")
    assert result.toPlainText() == "ดำเนินการแล้ว"
    assert QApplication.focusWidget() is result
    page.commit()
    assert of_round(session).result == "ดำเนินการแล้ว"
    assert of_round(session).status is Status.IN_PROGRESS


def test_text_typed_into_a_measure_that_is_deleted_meanwhile_does_no_harm(page, session):
    type_text(typing(page, "title"), "ชื่อใหม่")
    session.edit("other", operations.delete_measures, [measure_id(0)])
    page.commit()
    assert [measure.title for measure in measures(session)] == list(TITLES[1:])


def test_big_buttons_set_the_status(qtbot, page, session):
    buttons = page.form.status.findChildren(type(page.first))
    qtbot.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    assert of_round(session).status is Status.DONE
    assert [button.isChecked() for button in buttons] == [False, False, True]
    session.undo()
    assert [button.isChecked() for button in buttons] == [True, False, False]


def test_progress_belongs_to_the_round_in_hand(page, session):
    type_text(typing(page, "outcome"), "สำเร็จ")
    page.commit()
    session.set_place(YEAR, 6)
    assert typing(page, "outcome").toPlainText() == ""
    type_text(typing(page, "outcome"), "ครึ่งปี")
    session.set_place(YEAR, 12)
    assert typing(page, "outcome").toPlainText() == "สำเร็จ"
    half = session.snapshot.progress(measure_id(0), 6)
    assert half is not None
    assert half.outcome == "ครึ่งปี", "what was being typed went to the round it was typed in"
    assert of_round(session).outcome == "สำเร็จ"


def test_a_title_being_typed_while_the_round_changes_is_stored_and_shown(page, session):
    type_text(typing(page, "title"), "ชื่อใหม่")
    session.set_place(YEAR, 6)
    assert measures(session)[0].title == "ชื่อใหม่"
    assert typing(page, "title").toPlainText() == "ชื่อใหม่"


def test_the_indicators_follow_the_analysed_year(page, session):
    session.edit("year", operations.set_field, FiscalYear, YEAR, "analysed_year", 2567)
    year = session.fiscal_year
    words = [page.form.indicator.itemText(at) for at in range(page.form.indicator.count())]
    assert words == [words for code, words in indicator_choices(year)]


def test_the_indicator_is_picked_by_name(page, session):
    box = page.form.indicator
    box.setCurrentIndex(box.findData("9.4"))
    box.activated.emit(box.currentIndex())
    assert measures(session)[0].indicator == "9.4"
    session.undo()
    assert box.currentData() == ""


def test_indicators_are_offered_in_their_order(session):
    year = session.fiscal_year
    assert year is not None
    codes = [code for code, words in indicator_choices(year)]
    assert codes[:4] == ["", "1", "2", "3"]
    assert codes.index("9") < codes.index("9.4") < codes.index("10") < codes.index("10.1")


def test_the_period_says_how_it_is_understood_and_stays_as_typed(page, session):
    hint = page.form.periods["period"].hint
    assert not hint.isVisible()
    text = typing(page, "period")
    type_text(text, "ต.ค. ๖๗ - ก.ย. ๖๘")
    assert "ตุลาคม 2567" in hint.text()
    assert "กันยายน 2568" in hint.text()
    page.commit()
    assert measures(session)[0].period == "ต.ค. ๖๗ - ก.ย. ๖๘"
    type_text(typing(page, "period"), "เมื่อพร้อม")
    assert hint.text() == period_words("เมื่อพร้อม", 2568)
    assert "=" not in hint.text()
    page.commit()
    assert measures(session)[0].period == "เมื่อพร้อม"


def test_ticking_units_writes_lines_as_one_step(qtbot, page, session):
    picker = page.form.responsible.picker
    qtbot.mouseClick(picker, Qt.MouseButton.LeftButton)
    items = picker.list.items
    assert [items.item(at).checkState() for at in range(2)] == [
        Qt.CheckState.Checked,
        Qt.CheckState.Unchecked,
    ]
    rect = items.visualItemRect(items.item(1))
    qtbot.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    qtbot.keyClick(items, Qt.Key.Key_Space)
    qtbot.keyClick(items, Qt.Key.Key_Space)
    qtbot.keyClick(items, Qt.Key.Key_Escape)
    assert not picker.list.isVisible()
    assert measures(session)[0].responsible == "สำนักปลัด\nกองคลัง"
    assert session.undo_stack.count() == 1


def test_a_new_unit_is_offered_and_joins_the_office(qtbot, page, session):
    offer = page.form.responsible.offer
    assert not offer.isVisible()
    type_text(typing(page, "responsible"), "กองช่าง")
    assert "กองช่าง" in offer.text()
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    page.commit()
    assert [unit.name for unit in session.snapshot.children(Unit, "a" * 32)] == [
        "สำนักปลัด",
        "กองคลัง",
        "กองช่าง",
    ]
    assert measures(session)[0].responsible == "กองช่าง"
    assert not offer.isVisible()


UNIT = Unit(id="a", office_id="b", ordinal=0, name="สำนักปลัด", aliases="สำนักปลัดฯ\nสำนักงานปลัด")


def test_a_unit_is_known_in_all_its_spellings():
    assert has_unit("กองคลัง\nสำนักปลัดฯ", UNIT)
    assert with_unit("สำนักงานปลัด", UNIT) == "สำนักงานปลัด"
    assert with_unit("", UNIT) == "สำนักปลัด"
    assert with_unit("กองช่าง\n", UNIT) == "กองช่าง\nสำนักปลัด"
    assert without_unit("กองช่าง\nสำนักปลัดฯ\nสำนักปลัด", UNIT) == "กองช่าง"
    assert unknown_units("สำนักงานปลัด\nกองช่าง\n\nทุกสำนัก/กอง", [UNIT]) == ["กองช่าง"]


def test_what_was_typed_and_given_up_is_offered_no_more(qtbot, page):
    offer = page.form.responsible.offer
    text = typing(page, "responsible")
    type_text(text, "กองช่าง")
    assert offer.isVisible()
    qtbot.keyClick(text, Qt.Key.Key_Escape)
    assert not offer.isVisible()


def test_the_unit_offered_is_the_line_being_typed(page):
    text = typing(page, "responsible")
    text.setPlainText("กองช่าง\nกองการศึกษา")
    text.moveCursor(QTextCursor.MoveOperation.End)
    assert "กองการศึกษา" in page.form.responsible.offer.text()
    text.moveCursor(QTextCursor.MoveOperation.Start)
    assert "กองช่าง" in page.form.responsible.offer.text()


def test_an_office_without_units_says_where_to_add_them(qtbot, page, session):
    for unit in session.snapshot.children(Unit, "a" * 32):
        session.edit("ลบ", operations.delete_row, Unit, unit.id)
    picker = page.form.responsible.picker
    qtbot.mouseClick(picker, Qt.MouseButton.LeftButton)
    items = picker.list.items
    assert [items.item(at).text() for at in range(items.count())] == [
        _("No units yet. Add them on the office page.")
    ]
    qtbot.mouseClick(
        items.viewport(), Qt.MouseButton.LeftButton, pos=items.visualItemRect(items.item(0)).center()
    )
    assert measures(session)[0].responsible == "สำนักปลัด"


def test_the_tab_key_comes_to_the_end_of_a_text(qtbot, page, session):
    qtbot.keyClick(typing(page, "title"), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    responsible = page.form.fields.editors["responsible"].input
    assert QApplication.focusWidget() is responsible
    type_text(responsible, "ฯ")
    page.commit()
    assert measures(session)[0].responsible == "สำนักปลัดฯ"


def scrolled_down(qtbot, page: MeasuresPage) -> QScrollBar:
    bar = page.form.verticalScrollBar()
    page.resize(1366, 400)
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    return bar


def test_the_next_measure_is_shown_from_the_top(qtbot, page):
    bar = scrolled_down(qtbot, page)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert bar.value() == 0


def test_a_measure_added_from_the_form_is_shown_from_the_top(qtbot, page):
    bar = scrolled_down(qtbot, page)
    page.form.fields.editors["suggestion"].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier)
    assert bar.value() == 0


def test_after_adding_a_unit_the_clerk_is_still_at_the_same_field(qtbot, page):
    text = typing(page, "responsible")
    type_text(text, "กองช่าง")
    qtbot.mouseClick(page.form.responsible.offer, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is text


def test_the_offer_to_add_a_unit_is_read_whole_however_long_its_name(page):
    i18n.install("th")
    type_text(typing(page, "responsible"), "งานการเจ้าหน้าที่ & สำนักปลัดเทศบาลตำบล ฝ่ายบริหารงานทั่วไป")
    offer = page.form.responsible.offer
    shown = offer.text()
    assert shown.endswith(_("Add {unit} to the units").partition("{unit}")[2])
    room = offer.width() - offer.iconSize().width()
    assert offer.fontMetrics().horizontalAdvance(shown) <= room
    assert "&&" in shown
