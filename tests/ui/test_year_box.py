"""A fiscal year is typed in any digits."""

import pytest
from ui.keyboard import type_text

from itadesk.ui.year_box import YearBox


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
