"""A fiscal year is added, with the measures of the last one or without."""

from PySide6.QtTest import QTest
from ui.desk import in_window, measures

from itadesk.domain.carry_forward import Taken
from itadesk.domain.model import FiscalYear, Measure
from itadesk.storage import operations
from itadesk.ui.place_bar import PlaceBar
from itadesk.ui.year_dialog import NewYear, YearDialog


def shown(qtbot, source: int | None) -> YearDialog:
    dialog = YearDialog(None, 2569, source)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


def test_the_year_offered_is_ready_to_be_written_over(qtbot):
    dialog = shown(qtbot, None)
    assert dialog.year.hasFocus()
    QTest.keyClicks(dialog.year.lineEdit(), "2600")
    assert dialog.wanted() == NewYear(2600)


def test_what_goes_along_is_chosen(qtbot):
    dialog = shown(qtbot, 2568)
    assert dialog.wanted() == NewYear(2569, Taken())
    dialog.periods.setChecked(False)
    dialog.years.setChecked(True)
    assert dialog.wanted() == NewYear(2569, Taken(periods=False, years=True))
    dialog.carry.setChecked(False)
    assert not dialog.steps.isEnabled()
    assert dialog.wanted() == NewYear(2569)


def test_the_measures_of_the_last_year_come_along_as_one_step(qtbot, session, monkeypatch):
    before = measures(session)
    session.edit("ระยะเวลา", operations.set_field, Measure, before[0].id, "period", "ต.ค. ๖๗ - ก.ย. ๖๘")
    bar = in_window(qtbot, PlaceBar(session))
    asked = []
    monkeypatch.setattr(YearDialog, "ask", lambda *words: asked.append(words[1:]) or NewYear(2569, Taken()))
    bar.add_button.click()
    assert asked == [(2569, 2568)]
    year = session.fiscal_year
    assert (year.year, year.analysed_year) == (2569, 2568)
    rows = session.snapshot.children(Measure, year.id)
    assert [row.title for row in rows] == [row.title for row in before]
    assert rows[0].period == "ต.ค. ๖๘ - ก.ย. ๖๙"
    assert all(session.snapshot.progress(row.id, 12) is None for row in rows)
    session.undo()
    assert [row.year for row in session.snapshot.children(FiscalYear, session.snapshot.office.id)] == [2568]


def test_a_new_year_begins_with_its_first_round(qtbot, session, monkeypatch):
    bar = in_window(qtbot, PlaceBar(session))
    for new in (NewYear(2569), NewYear(2570, Taken())):
        session.set_place(session.fiscal_year.id, 12)
        monkeypatch.setattr(YearDialog, "ask", lambda *_words, new=new: new)
        bar.add_button.click()
        assert (session.fiscal_year.year, session.round) == (new.year, 6)


def test_a_year_that_is_there_is_refused(qtbot, session, monkeypatch):
    from ui.window import message

    bar = in_window(qtbot, PlaceBar(session))
    monkeypatch.setattr(YearDialog, "ask", lambda *_words: NewYear(2568, Taken()))
    bar.add_button.click()
    assert "2568" in message()
    assert not session.undo_stack.canUndo()


def test_the_empty_year_of_a_new_file_takes_the_measures_of_the_last_one(qtbot, area, monkeypatch):
    """What was taken into the year before comes into the year that the file began with."""
    session, bar, page = area.session, area.place_bar, area.page
    empty = []
    for year in (2570, 2569):
        session.edit("ปี", lambda edit, year=year: empty.append(operations.add_fiscal_year(edit, year)))
    asked = []
    taken = [NewYear(2569, Taken()), NewYear(2570, Taken())]
    monkeypatch.setattr(YearDialog, "ask", lambda *words: asked.append(words[1:]) or taken[len(asked) - 1])
    bar.add_button.click()
    before = [row.title for row in session.snapshot.children(Measure, session.fiscal_year.id)]
    assert before == [row.title for row in measures(session)]
    session.set_place(empty[0], 12)
    assert page.others.isVisible()
    assert "2569" in page.others.text()
    page.others.setFocus()
    page.others.click()
    assert page.table.hasFocus()
    assert asked == [(2569, 2568), (2570, 2569)]
    assert session.fiscal_year.id == empty[0]
    assert [row.title for row in session.snapshot.children(Measure, empty[0])] == before
    assert len(session.snapshot.fiscal_years) == 3
    session.undo()
    assert not session.snapshot.children(Measure, empty[0])
    assert session.snapshot.fiscal_year(2570) is not None
