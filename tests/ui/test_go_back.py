"""Back to how the file was when it was opened: one step, whatever was done, and nothing is lost."""

import random
from collections.abc import Callable

import pytest
from ui.desk import TITLES, YEAR, measure_id, measures, titles
from ui.window import entries, retitle, toasts

from itadesk.domain.model import Deletion, FiscalYear, Measure, Round, Status, Unit
from itadesk.domain.ways import same_content
from itadesk.storage import bin_operations, operations
from itadesk.storage.edit import Edit
from itadesk.storage.office_file import OfficeFile
from itadesk.ui.session import FileSession


def any_step(dice: random.Random, session: FileSession) -> None:
    """Something a clerk may do, at random."""
    snapshot = session.snapshot
    years = snapshot.fiscal_years
    year = dice.choice(years).id if years else ""
    ids = [row.id for row in snapshot.children(Measure, year)]
    some = dice.sample(ids, dice.randint(0, len(ids)))
    round_: Round = dice.choice((6, 12))
    deletions = list(snapshot.all(Deletion))
    steps: list[Callable[[Edit], object]] = [
        lambda edit: operations.add_unit(edit, name="กองช่าง"),
        lambda edit: operations.set_status(edit, some, round_, dice.choice(list(Status))),
        lambda edit: operations.delete_measures(edit, some),
        lambda edit: operations.move_measures(edit, some, dice.randint(0, 3)),
        lambda edit: bin_operations.forget(edit, deletions[:1]),
    ]
    if year:
        steps += [lambda edit: operations.add_measure(edit, year, title="ใหม่")] * 2
        steps.append(lambda edit: operations.delete_row(edit, FiscalYear, year))
    missing = [number for number in (2567, 2568, 2569) if snapshot.fiscal_year(number) is None]
    if missing:
        steps.append(lambda edit: operations.add_fiscal_year(edit, missing[0]))
    match dice.randint(0, 9):
        case 0:
            session.undo()
        case 1:
            session.go_back()
        case _:
            session.edit("step", dice.choice(steps))


@pytest.mark.parametrize("seed", range(12))
def test_after_any_steps_the_content_is_that_of_the_opening(session, seed):
    dice, opening = random.Random(seed), session.snapshot
    for _number in range(25):
        any_step(dice, session)
    changed, differs, steps = session.snapshot, session.changed_since_opening, session.undo_stack.index()
    session.go_back()
    assert same_content(session.snapshot, opening)
    assert not session.changed_since_opening
    assert session.undo_stack.index() == steps + differs
    if differs:
        session.undo()
        assert session.snapshot == changed
        session.redo()
        assert same_content(session.snapshot, opening)
    while session.undo_stack.canUndo():
        session.undo()
    assert session.snapshot == opening


def test_it_is_one_step_and_the_steps_before_stay(session):
    retitle(session, "หนึ่ง")
    retitle(session, "สอง")
    session.go_back()
    assert titles(session)[0] == TITLES[0]
    session.undo()
    assert titles(session)[0] == "สอง"
    session.undo()
    assert titles(session)[0] == "หนึ่ง"


def test_what_came_since_lies_in_the_bin_and_what_went_is_out_of_it(session):
    session.edit("add", operations.add_unit, name="กองช่าง")
    session.edit("delete", operations.delete_measures, [measure_id(0)])
    session.go_back()
    assert [row.title for row in session.snapshot.children(Deletion)] == ["กองช่าง"]
    assert titles(session) == list(TITLES)


def test_what_the_way_back_put_into_the_bin_stays_there_the_next_time(session):
    for name in ("กองช่าง", "กองการศึกษา"):
        session.edit("add", operations.add_unit, name=name)
        session.go_back()
    assert [row.title for row in session.snapshot.children(Deletion)] == ["กองช่าง", "กองการศึกษา"]


def test_what_lay_in_the_bin_at_the_opening_lies_there_again(session):
    session.edit("delete", operations.delete_measures, [measure_id(0)])
    session._opening = session.snapshot
    (deletion,) = session.snapshot.children(Deletion)
    session.edit("restore", bin_operations.restore, [deletion.id])
    session.go_back()
    assert session.snapshot.children(Deletion) == [deletion]
    session.edit("restore", bin_operations.restore, [deletion.id])
    assert titles(session) == list(TITLES)


def test_a_year_whose_number_was_taken_by_another_comes_back(session):
    session.edit("delete", operations.delete_row, FiscalYear, YEAR)
    session.edit("add", operations.add_fiscal_year, 2568)
    session.go_back()
    assert [row.id for row in session.snapshot.fiscal_years] == [YEAR]
    assert titles(session) == list(TITLES)


def test_the_opening_is_what_the_clerk_saw_first_recovered_work_included(session, tmp_path):
    retitle(session, "งานที่ยังไม่ลงแฟ้ม")
    session.close(publish=False)
    again = FileSession(OfficeFile.open(session.path, user="ผู้ทดสอบ"))
    assert again.recovered
    assert not again.changed_since_opening
    retitle(again, "ต่อ")
    again.go_back()
    assert titles(again)[0] == "งานที่ยังไม่ลงแฟ้ม"
    again.tasks.wait()
    again.close()


def test_the_menu_offers_it_only_after_a_change(qtbot, content, area):
    (back,) = [action for action in entries(content) if action.text().startswith("&Back to how")]
    assert not back.isEnabled()
    retitle(area.session, "ใหม่")
    assert back.isEnabled()
    back.trigger()
    assert measures(area.session)[0].title == TITLES[0]
    assert "as it was" in toasts(content)[-1]
    assert not back.isEnabled()
    area.undo()
    assert back.isEnabled()
    assert Unit in {type(row) for row in area.session.snapshot.rows()}
