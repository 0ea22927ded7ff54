"""The Buddhist-era date field: typing, quick keys and the calendar."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTableView, QToolButton
from ui.keyboard import type_text

from itadesk.i18n import _
from itadesk.ui.date_field import BuddhistCalendar, DateField

TODAY = dt.date(2022, 3, 31)


@pytest.fixture
def field(qtbot):
    widget = DateField(lambda: TODAY)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.setFocus()
    return widget


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("31/3/65", "31 มีนาคม 2565"),
        ("๓๑ มี.ค. ๖๕", "31 มีนาคม 2565"),
        ("310365", "31 มีนาคม 2565"),
        ("1-2-2565", "1 กุมภาพันธ์ 2565"),
        ("21/11", "21 พฤศจิกายน 2564"),
        ("วันนี้", "31 มีนาคม 2565"),
        ("29/2/2567", "29 กุมภาพันธ์ 2567"),
    ],
)
def test_a_typed_date_is_shown_in_full(qtbot, field, typed, shown):
    type_text(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == shown


@pytest.mark.parametrize("typed", ["29/2/2568", "31/4/68", "สิ้นเดือน"])
def test_what_is_no_date_stays_as_typed(qtbot, field, typed):
    type_text(field, typed)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.date()) == (typed, None)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("+", "1 มีนาคม 2565"),
        ("-", "27 กุมภาพันธ์ 2565"),
        ("[", "28 มกราคม 2565"),
        ("]", "28 มีนาคม 2565"),
        ("t", "31 มีนาคม 2565"),
        ("ะ", "31 มีนาคม 2565"),
        ("=", "1 มีนาคม 2565"),
        ("m", "1 กุมภาพันธ์ 2565"),
        ("h", "28 กุมภาพันธ์ 2565"),
        # The same keys of a Thai keyboard.
        ("ช", "1 มีนาคม 2565"),
        ("ข", "27 กุมภาพันธ์ 2565"),
        ("บ", "28 มกราคม 2565"),
        ("ล", "28 มีนาคม 2565"),
        ("ท", "1 กุมภาพันธ์ 2565"),
        ("้", "28 กุมภาพันธ์ 2565"),
    ],
)
def test_quick_keys_step_a_date_that_stands(field, key, shown):
    field.setText("28 กุมภาพันธ์ 2565")
    type_text(field, key)
    assert field.text() == shown


def test_arrows_and_page_keys_step_too(qtbot, field):
    field.setText("31 มีนาคม 2565")
    for key in (Qt.Key.Key_Up, Qt.Key.Key_PageDown):
        qtbot.keyClick(field, key)
    assert field.date() == dt.date(2022, 5, 1)


def test_a_hyphen_inside_a_date_is_typing(qtbot, field):
    type_text(field, "21-11-68")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.date() == dt.date(2025, 11, 21)


def test_the_end_of_a_month_is_its_last_day(field):
    field.setText("1 กุมภาพันธ์ 2567")
    type_text(field, "h")
    assert field.date() == dt.date(2024, 2, 29)


@pytest.mark.parametrize("typed", ["วันที่ 1 ตุลาคม 2567", "1 กุมภาพันธ์ 68", "9 ก.ค. 68"])
def test_letters_of_a_date_being_typed_are_no_quick_keys(field, typed):
    type_text(field, typed)
    assert field.text() == typed


def test_a_year_of_the_common_era_is_said_once(qtbot, field):
    for _time in range(2):
        field.selectAll()
        type_text(field, "31/3/2022")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert field.text() == "31 มีนาคม 2565"
    said = [label.text() for label in field.window().findChildren(QLabel)]
    assert said == [
        _("{christian} is the year {buddhist} of the Buddhist era.").format(christian=2022, buddhist=2565)
    ]


def test_in_an_empty_field_the_quick_keys_start_from_today(field):
    type_text(field, "+")
    assert field.date() == dt.date(2022, 4, 1)


def test_a_read_only_field_does_not_step(field):
    field.setText("31 มีนาคม 2565")
    field.setReadOnly(True)
    type_text(field, "+t]")
    assert field.text() == "31 มีนาคม 2565"


@pytest.fixture
def calendar(qtbot, field):
    field.setText("31 มีนาคม 2565")
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    widget = field.findChild(BuddhistCalendar)
    assert widget.isVisible()
    return widget


def year_button(calendar):
    return calendar.findChild(QToolButton, "qt_calendar_yearbutton")


def test_the_calendar_counts_in_the_buddhist_era(calendar):
    assert year_button(calendar).text() == "2565"
    calendar.showNextYear()
    assert year_button(calendar).text() == "2566"


def test_the_calendar_speaks_thai_and_begins_on_sunday(calendar):
    assert calendar.findChild(QToolButton, "qt_calendar_monthbutton").text() == "มีนาคม"
    header = calendar.findChild(QTableView, "qt_calendar_calendarview").model()
    first = next(column for column in range(8) if header.index(0, column).data())
    assert header.index(0, first).data().startswith("อา")


def test_another_year_is_chosen_from_a_menu(calendar):
    menu = year_button(calendar).menu()
    menu.aboutToShow.emit()
    next(entry for entry in menu.actions() if entry.text() == "2568").trigger()
    assert (calendar.yearShown(), year_button(calendar).text()) == (2025, "2568")


def test_a_day_picked_from_the_calendar_stands_in_the_field_once(qtbot, field, calendar):
    picked = []
    field.picked.connect(lambda: picked.append(field.text()))
    view = calendar.findChild(QTableView, "qt_calendar_calendarview")
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert picked == ["30 มีนาคม 2565"]


def test_escape_leaves_the_calendar_and_the_date(qtbot, field, calendar):
    qtbot.keyClick(calendar, Qt.Key.Key_Escape)
    assert field.text() == "31 มีนาคม 2565"
    assert not any(child.isVisible() for child in field.findChildren(BuddhistCalendar))
