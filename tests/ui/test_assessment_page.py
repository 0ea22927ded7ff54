"""The ITA page on a real file: scores, the grade they give, and which year the fiscal year answers."""

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from ui.keyboard import type_text

from itadesk.domain import fields
from itadesk.domain.model import AssessmentIndicator, Finding, FindingKind
from itadesk.domain.thai import normalise
from itadesk.ui.assessment_page import AssessmentPage
from itadesk.ui.field_form import FieldForm

KIND = fields.field_of(Finding, "kind")


@pytest.fixture
def session(example):
    example.set_place(example.snapshot.fiscal_years[0].id, 12)
    return example


@pytest.fixture
def page(qtbot, session):
    page = AssessmentPage(session)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def write(form: FieldForm, name: str, text: str) -> None:
    line: Any = form.editors[name].findChild(QLineEdit)
    line.setFocus()
    line.selectAll()
    type_text(line, text)


def choose_year(page: AssessmentPage, year: int) -> None:
    page.years.setCurrentIndex(page.years.findData(year))
    page.years.activated.emit(page.years.currentIndex())


def put_scores(page: AssessmentPage, **scores: str) -> None:
    for name, text in scores.items():
        write(page.scores, name, text)
    page.commit()


def test_the_year_that_the_fiscal_year_answers_is_shown(page, session):
    assert page.year == session.fiscal_year.analysed_year
    session.set_place(session.snapshot.fiscal_years[-1].id, 12)
    assert page.year == session.fiscal_year.analysed_year


def test_scores_take_thai_digits_and_keep_two_decimals(page, session):
    choose_year(page, 2564)
    put_scores(page, total="๗๔.๘๓", iit="80")
    stored = session.snapshot.assessment(2564)
    assert (stored.total, stored.iit) == (Decimal("74.83"), Decimal("80.00"))
    assert page.scores.editors["iit"].text() == "80.00"


@pytest.mark.parametrize("wrong", ["101", "-1", "ดี"])
def test_what_is_no_score_is_refused_at_its_field(page, session, wrong):
    choose_year(page, 2564)
    put_scores(page, total=wrong)
    assert page.scores.editors["total"].fault()
    assert session.snapshot.assessment(2564) is None


@pytest.mark.parametrize(
    ("year", "scores", "grade"),
    [
        (2564, {"total": "74.83"}, "C"),
        (2567, {"total": "91", "iit": "90", "eit": "85", "oit": "96"}, "ผ่านดี"),
        (2567, {"total": "91", "iit": "90", "eit": "84.99", "oit": "96"}, "ผ่าน"),
    ],
)
def test_the_grade_follows_the_scale_of_the_year(page, year, scores, grade):
    choose_year(page, year)
    put_scores(page, **scores)
    assert normalise(page.grade.text()).endswith(f": {grade}")


def test_the_grade_follows_while_a_score_is_typed(page, session):
    choose_year(page, 2564)
    write(page.scores, "total", "96")
    assert normalise(page.grade.text()).endswith(": AA")
    assert session.snapshot.assessment(2564) is None


def test_a_grade_that_does_not_agree_is_hinted_at_and_kept(page, session):
    choose_year(page, 2564)
    put_scores(page, total="74.83", grade_as_printed="E")
    assert page.hint.isVisible()
    assert "E" in page.hint.text()
    assert session.snapshot.assessment(2564).grade_as_printed == "E"
    put_scores(page, grade_as_printed="C")
    assert not page.hint.isVisible()


def test_scores_that_do_not_add_up_are_hinted_at(page):
    choose_year(page, 2564)
    put_scores(page, total="98.04", iit="100", eit="93.47", oit="100")
    assert not page.hint.isVisible()
    put_scores(page, total="89")
    assert "98.04" in page.hint.text()


def test_an_indicator_of_a_year_without_a_result_makes_one_in_one_step(page, session):
    choose_year(page, 2564)
    write(page.indicators, "9", "82.3")
    page.commit()
    assessment = session.snapshot.assessment(2564)
    rows = session.snapshot.children(AssessmentIndicator, assessment.id)
    assert [(row.indicator, row.score) for row in rows] == [(9, Decimal("82.30"))]
    session.undo()
    assert session.snapshot.assessment(2564) is None
    assert page.indicators.editors["9"].text() == ""


def test_ten_indicators_are_named(page):
    assert list(page.indicators.editors) == [str(number) for number in range(1, 11)]
    assert "การใช้อำนาจ" in page.indicators.editors["3"].field.label


def test_a_result_is_deleted_and_comes_back(qtbot, page, session):
    choose_year(page, 2564)
    put_scores(page, total="80")
    qtbot.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    assert session.snapshot.assessment(2564) is None
    assert page.scores.editors["total"].text() == ""
    session.undo()
    assert page.scores.editors["total"].text() == "80.00"


def test_another_analysed_year_can_be_set_and_taken_back(page, session):
    usual = session.fiscal_year.year - 1
    write(page.fiscal_year, "analysed_year", str(usual - 1))
    page.commit()
    assert session.fiscal_year.analysed_year == usual - 1
    assert page.year == usual - 1
    write(page.fiscal_year, "analysed_year", " ")
    page.commit()
    assert session.fiscal_year.analysed_year is None
    assert page.year == usual
    assert page.fiscal_year.editors["analysed_year"].fault() == ""


def test_a_finding_is_added_with_its_kind_and_indicator(qtbot, page, session):
    def rows() -> list[Finding]:
        return session.snapshot.children(Finding, session.fiscal_year.id)

    count = len(rows())
    page.findings.table.select([row.id for row in page.findings.model.rows[-1:]])
    qtbot.mouseClick(page.findings.add, Qt.MouseButton.LeftButton)
    for column, choice in (("indicator", "9.4"), ("kind", fields.show(KIND, FindingKind.DEVELOP))):
        page.findings.table.edit_cell(rows()[-1].id, page.findings.model.column(column))
        box: Any = page.findings.table.indexWidget(page.findings.table.currentIndex())
        box.setCurrentIndex(box.findData(choice))
        box.activated.emit(box.currentIndex())
    assert len(rows()) == count + 1
    assert (rows()[-1].indicator, rows()[-1].kind) == ("9.4", FindingKind.DEVELOP)


def test_the_tab_key_goes_down_one_column_after_the_other(qtbot, page):
    wanted = [
        page.scores.editors["grade_as_printed"],
        *page.indicators.editors.values(),
        page.fiscal_year.editors["analysed_year"],
    ]
    wanted[0].setFocus()
    reached: list[object] = []
    for _editor in wanted:
        reached.append(QApplication.focusWidget())
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert reached == [editor.input for editor in wanted]
    assert page.findings.isAncestorOf(QApplication.focusWidget())
