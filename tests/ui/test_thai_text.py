"""Thai text for display: lines end between words, whether Qt knows Thai words or not, and the text stays the same."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTextBoundaryFinder
from PySide6.QtWidgets import QLabel

from itadesk.ui import thai_text

SENTENCE = "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงานขององค์กรปกครองส่วนท้องถิ่น"

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def no_libthai(monkeypatch):
    """A computer on which Qt finds no libthai."""
    monkeypatch.setattr(thai_text, "qt_breaks_thai", lambda: False)


def test_a_label_wraps_thai(qtbot):
    label = QLabel(thai_text.display(SENTENCE))
    label.setWordWrap(True)
    qtbot.addWidget(label)
    assert label.heightForWidth(150) >= 2 * label.fontMetrics().lineSpacing()


def test_with_libthai_the_text_is_shown_as_it_is():
    if not thai_text.qt_breaks_thai():
        pytest.skip("this computer has no libthai")
    assert thai_text.display(SENTENCE) is SENTENCE


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("เจ้าหน้าที่อบต.โคกสะอาด", "อบต."),
        ("ประสานผู้บริหารอบจ.", "อบจ."),
        ("แจ้งจนท.แล้ว\nให้สนง.ทราบ", "จนท."),
        ("ติดตามในรอบต.ค. ๖๘", "รอบ"),
        ("อบต.โคกสะอาด", "อบต."),
    ],
)
def test_a_line_never_ends_inside_an_abbreviation(text, wanted):
    if not thai_text.qt_breaks_thai():
        pytest.skip("this computer has no libthai")
    shown = thai_text.display(text)
    assert shown.replace(thai_text.BREAK, "") == text
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, shown)
    ends = [0]
    while (end := finder.toNextBoundary()) != -1:
        ends.append(end)
    lines = [shown[start:end] for start, end in pairwise(ends)]
    assert any(wanted in line for line in lines), lines


def test_without_libthai_words_are_told_apart_by_spaces_without_width(no_libthai):
    shown = thai_text.display(SENTENCE)
    assert "มาตรการ" in shown.split(thai_text.BREAK)
    assert shown.replace(thai_text.BREAK, "") == SENTENCE
    assert thai_text.display("E-Service\nสวัสดี").split("\n")[0] == "E-Service"


@given(st.text(alphabet="กขคงปราี่้ำเแะ ๑1a.\n-", max_size=80))
def test_the_shown_form_only_adds_breaks(text):
    shown = thai_text._with_breaks(text)
    assert shown.replace(thai_text.BREAK, "") == text
    assert shown.count("\n") == text.count("\n")
