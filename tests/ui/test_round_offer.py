"""The 12-month round begun from the 6-month one: offered when it is due, one step, put off, never forced."""

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QPushButton
from ui.desk import YEAR, measure_id
from ui.window import toasts

from itadesk.domain.model import Progress, Status
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.ui.round_dialog import RoundDialog

pytestmark = pytest.mark.usefixtures("data")


@pytest.fixture
def due(area):
    """The 12-month round in hand, with reports in the 6-month round only."""
    session = area.session
    for row in list(session.snapshot.all(Progress).values()):
        session.edit("", operations.delete_row, Progress, row.id)
    told = {"status": Status.DONE, "result": "เสร็จ", "suggestion": "ทำต่อ"}
    session.edit("", operations.set_progress, measure_id(0), 6, **told)
    session.edit("", operations.set_progress, measure_id(1), 6, status=Status.IN_PROGRESS)
    session.set_place(YEAR, 12)
    return area


def buttons(area) -> list[QPushButton]:
    return area.round_offer.findChildren(QPushButton)


def begin(area) -> RoundDialog:
    buttons(area)[0].click()
    (dialog,) = area.window().findChildren(RoundDialog)
    return dialog


def accept(dialog: RoundDialog) -> None:
    dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).click()


def of_round(area, number: int) -> Progress | None:
    return area.session.snapshot.progress(measure_id(number), 12)


def test_it_is_offered_in_the_12_month_round_only(due):
    assert due.round_offer.shown
    due.session.set_place(YEAR, 6)
    assert not due.round_offer.shown
    due.session.set_place(YEAR, 12)
    assert due.round_offer.shown


def test_what_was_reported_is_taken_over_as_one_step(content, due):
    steps = due.session.undo_stack.count()
    accept(begin(due))
    taken = of_round(due, 0)
    assert taken is not None
    assert (taken.status, taken.result, taken.suggestion) == (Status.DONE, "เสร็จ", "ทำต่อ")
    other = of_round(due, 1)
    assert other is not None
    assert other.status is Status.IN_PROGRESS
    assert of_round(due, 2) is None
    assert not due.round_offer.shown
    assert due.session.undo_stack.count() == steps + 1
    assert due.session.undo_stack.undoText() == _("Begin the 12-month round")
    told = _("{count} measures taken over. Ctrl+Z takes it back.").format(count=2)
    assert toasts(content) == [told]
    due.session.undo()
    assert of_round(due, 0) is None
    assert due.round_offer.shown


def test_the_choices_say_how_many_measures_begin_so(due):
    dialog = begin(due)
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert dialog.count.text() == _("{count} measures will begin so.").format(count=2)
    dialog.boxes["status"].setChecked(False)
    assert dialog.count.text() == _("{count} measures will begin so.").format(count=1)
    for box in dialog.boxes.values():
        box.setChecked(False)
    assert not ok.isEnabled()
    dialog.boxes["result"].setChecked(True)
    accept(dialog)
    taken = of_round(due, 0)
    assert taken is not None
    assert (taken.status, taken.result, taken.suggestion) == (Status.NOT_STARTED, "เสร็จ", "")


def test_who_puts_it_off_is_left_alone(due):
    buttons(due)[1].click()
    assert not due.round_offer.shown
    due.session.set_place(YEAR, 6)
    due.session.set_place(YEAR, 12)
    assert not due.round_offer.shown


def test_one_report_in_the_12_month_round_ends_the_offer_and_the_menu_goes_on(content, due):
    due.session.edit("", operations.set_progress, measure_id(0), 12, result="แล้วเสร็จทั้งปี")
    assert not due.round_offer.shown
    due.session.set_place(YEAR, 6)
    due.begin_round()
    (dialog,) = due.window().findChildren(RoundDialog)
    accept(dialog)
    kept = of_round(due, 0)
    assert kept is not None
    assert (kept.status, kept.result) == (Status.NOT_STARTED, "แล้วเสร็จทั้งปี")
    assert of_round(due, 1) is not None
    assert due.session.round == 12
