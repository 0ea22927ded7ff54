"""A fiscal year is typed in any digits."""

import pytest
from PySide6.QtTest import QTest
from ui.keyboard import type_text

from itadesk.ui.year_box import YearBox, YearDialog


@pytest.mark.parametrize("typed", ["2571", "๒๕๗๑", "25๗๑"])
def test_thai_digits_are_taken(qtbot, typed):
    box = YearBox(2568)
    qtbot.addWidget(box)
    with qtbot.waitActive(box):
        box.show()
        box.activateWindow()
    box.setFocus()
    box.selectAll()
    type_text(box.lineEdit(), typed)
    box.interpretText()
    assert box.value() == 2571
    assert box.text() == "2571"


def test_the_year_offered_is_ready_to_be_written_over(qtbot):
    dialog = YearDialog(None, 2569)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    assert dialog.year.hasFocus()
    QTest.keyClicks(dialog.year.lineEdit(), "2600")
    assert dialog.year.value() == 2600
