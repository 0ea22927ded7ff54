"""Templates in the window: made, begun with, and joined later; the clerk's own texts stay."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from ui.desk import TITLES, YEAR, measure_id, titles
from ui.window import answers, banner_buttons, dialog_of, message, open_area, saves_to, toasts

from itadesk.domain.model import FiscalYear, Measure, Office, Progress, Unit
from itadesk.domain.snapshot import Snapshot
from itadesk.storage import operations
from itadesk.storage.office_file import OfficeFile
from itadesk.ui import files, templates
from itadesk.ui.choices_dialog import ChoicesDialog
from itadesk.ui.new_office import NewOfficeDialog


@pytest.fixture
def template(area, tmp_path, monkeypatch) -> Path:
    """A template made from the open file by its menu."""
    path = tmp_path / "แม่แบบ.itadesk"
    saves_to(monkeypatch, path)
    answers(monkeypatch, 1)
    area.make_template()
    return path


def content_of(path: Path) -> Snapshot:
    with contextlib.closing(OfficeFile.view(path)) as file:
        return file.snapshot


def later(path: Path, **changes: str) -> Snapshot:
    """The template after the district has changed its first measure and added one."""
    with contextlib.closing(OfficeFile.open(path, user="อำเภอ")) as file:
        for name, text in changes.items():
            file.edit(
                lambda edit, name=name, text=text: operations.set_field(
                    edit, Measure, measure_id(0), name, text
                )
            )
        file.edit(lambda edit: operations.add_measure(edit, YEAR, title="มาตรการใหม่ของอำเภอ"))
        return file.snapshot


def test_a_template_has_the_measures_and_nothing_of_the_office(content, template):
    made = content_of(template)
    assert [row.title for row in made.children(Measure, YEAR)] == list(TITLES)
    assert made.office.full_name == ""
    assert not made.all(Progress)
    assert [row.name for row in made.all(Unit).values()] == ["สำนักปลัด", "กองคลัง"]
    assert any("แม่แบบ.itadesk" in text for text in toasts(content))


def test_a_new_office_file_begins_with_the_template(qtbot, area, template):
    dialog = NewOfficeDialog(None)
    qtbot.addWidget(dialog)
    dialog.name.setText("โคกสะอาด")
    dialog.begin_with(content_of(template))
    assert dialog.year.value() == 2568
    new = Snapshot.of(dialog.rows())
    assert new.office.name == "โคกสะอาด"
    (year,) = new.fiscal_years
    assert [row.title for row in new.children(Measure, year.id)] == list(TITLES)
    assert not {row.id for row in new.rows()} & {row.id for row in area.session.snapshot.rows()}


def test_a_later_template_joins_without_touching_what_the_office_typed(
    qtbot, content, area, template, tmp_path, monkeypatch
):
    office = Office(id="9" * 32, kind="เทศบาลตำบล", name="โคกสะอาด")
    dialog = NewOfficeDialog(None)
    qtbot.addWidget(dialog)
    dialog.name.setText(office.name)
    dialog.begin_with(content_of(template))
    place = tmp_path / "โคกสะอาด.itadesk"
    OfficeFile.create(place, dialog.rows(), user="สมศรี").close()
    content.open_path(place)
    session = content.area.session
    year = session.fiscal_year.id
    first = session.snapshot.children(Measure, year)[0]
    session.edit("edit", operations.set_field, Measure, first.id, "title", "ของเรา")
    session.edit("tick", operations.set_progress, first.id, 12, result="ทำแล้ว")
    before = session.snapshot
    templates.join(session, content.area, later(template, title="ชื่อใหม่", period="ก.ย. 68"))
    joining = dialog_of(content.area)
    assert [(row.what, row.chosen) for row in joining.rows.rows] == [
        ("Measure", False),
        ("Period", True),
        ("Whole entry", True),
    ]
    joining.go.click()
    now = session.snapshot
    measures = now.children(Measure, year)
    assert (measures[0].title, measures[0].period) == ("ของเรา", "ก.ย. 68")
    assert measures[-1].title == "มาตรการใหม่ของอำเภอ"
    assert now.all(Progress) == before.all(Progress)
    templates.join(session, content.area, content_of(template))
    assert any("Nothing new" in text for text in toasts(content))
    content.area.undo()
    assert session.snapshot.children(Measure, year) == before.children(Measure, year)


def test_a_template_of_a_year_that_is_not_there_adds_it_and_takes_it_in_hand(qtbot, area, template):
    with contextlib.closing(OfficeFile.open(template, user="อำเภอ")) as file:
        file.edit(lambda edit: operations.set_field(edit, FiscalYear, YEAR, "year", 2570))
    area.session.edit("delete", operations.delete_measures, [measure_id(3)])
    templates.join(area.session, area, content_of(template))
    dialog_of(area).go.click()
    assert area.session.fiscal_year.year == 2570
    assert len(area.session.snapshot.children(Measure, area.session.fiscal_year.id)) == 4
    assert len(titles(area.session)) == 3
    area.undo()
    assert [year.year for year in area.session.snapshot.fiscal_years] == [2568]


def test_a_file_without_measures_is_no_template(qtbot, area, tmp_path, monkeypatch):
    path = tmp_path / "เปล่า.itadesk"
    OfficeFile.create(path, [Office(id="8" * 32)], user="อื่น").close()
    monkeypatch.setattr(files, "ask_open_path", lambda parent: path)
    area.receive_template()
    assert "เปล่า.itadesk" in message()
    assert not [
        one for one in QApplication.topLevelWidgets() if isinstance(one, ChoicesDialog) and one.isVisible()
    ]


def test_without_measures_there_is_nothing_to_make_a_template_of(qtbot, area, monkeypatch):
    area.session.edit("delete", operations.delete_measures, [measure_id(number) for number in range(4)])
    area.make_template()
    assert "no measures" in message()


def test_a_template_that_is_opened_itself_begins_the_office_s_own_file(
    qtbot, content, template, tmp_path, monkeypatch
):
    """Filled in and sent as it is, all offices' files would be one document to the district."""
    content.open_path(template)
    (begin,) = banner_buttons(open_area(content), "template")
    place = tmp_path / "โคกสะอาด.itadesk"
    saves_to(monkeypatch, place)

    def named(dialog: NewOfficeDialog) -> int:
        dialog.name.setText("โคกสะอาด")
        return 1

    monkeypatch.setattr(NewOfficeDialog, "exec", named)
    begin.click()
    area = open_area(content)
    assert area.session.path == place
    assert area.session.snapshot.office.name == "โคกสะอาด"
    assert len(area.session.snapshot.all(Measure)) == len(TITLES)
    assert "template" not in area.banners.shown
    area.session.tasks.wait()
    with sqlite3.connect(place) as ours, sqlite3.connect(template) as theirs:
        assert (
            ours.execute("SELECT uuid FROM doc").fetchone()
            != theirs.execute("SELECT uuid FROM doc").fetchone()
        )


def test_a_template_that_was_given_a_name_is_an_office_s_file(content, template):
    content.open_path(template)
    session = open_area(content).session
    assert "template" in open_area(content).banners.shown
    session.edit("name", operations.set_field, Office, session.snapshot.office.id, "name", "งามดี")
    assert "template" not in open_area(content).banners.shown
