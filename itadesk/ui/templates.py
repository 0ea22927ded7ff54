"""Templates of the district: a file with a year's measures for offices to begin with, and a later one that joins in."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from itadesk.domain import template_join
from itadesk.domain.choices import Choice
from itadesk.domain.model import FiscalYear, Measure, Unit, new_id
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import files, messages, patience

if TYPE_CHECKING:
    from itadesk.ui.session import FileSession


def make(session: "FileSession", parent: QWidget) -> None:
    """Write the measures of the fiscal year in hand as a template, where the user says."""
    year = session.fiscal_year
    if year is None or not session.snapshot.children(Measure, year.id):
        messages.show_error(
            parent, UserError(_("This fiscal year has no measures yet."), _("Add the measures first."))
        )
        return
    units = False
    if session.snapshot.children(Unit, session.snapshot.office.id):
        choices = [_("&Measures and forms only"), _("With the &units of this office")]
        question = _("Make a template of the measures of {year}?").format(year=year.year)
        advice = _(
            "Measures, periods and own forms of report go along. Statuses, results, evidence, people and the office’s"
            " name stay here."
        )
        answer = messages.ask(parent, question, advice, choices)
        if answer is None:
            return
        units = answer == 1
    name = _("Template {year}").format(year=year.year)
    path = files.ask_save_path(parent, _("Where to keep the template"), name)
    if path is not None:
        _write(parent, path, session.snapshot, year, units=units)


def _write(parent: QWidget, path: Path, content: Snapshot, year: FiscalYear, *, units: bool) -> None:
    from itadesk.storage.office_file import OfficeFile

    try:
        with files.busy():
            rows = template_join.made(content, year, units=units)
            OfficeFile.create(path, rows, user=getpass.getuser()).close()
    except UserError as error:
        messages.show_error(parent, error)
    else:
        messages.toast(parent, _("Template saved: {file}").format(file=path.name))


def choose(parent: QWidget | None) -> Snapshot | None:
    """The content of a template that the user names; None after it has been told why there is none."""
    path = files.ask_open_path(parent)
    return None if path is None else read(parent, path)


def read(parent: QWidget | None, path: Path) -> Snapshot | None:
    from itadesk.storage.office_file import OfficeFile

    try:
        text = _("Opening {file}…").format(file=path.name)
        file = patience.wait(
            parent, text, lambda watch: OfficeFile.view(path, watch=watch), lambda late: late.close()
        )
    except UserError as error:
        messages.show_error(parent, error)
        return None
    except patience.GivenUp:
        return None
    file.close()
    if template_join.year_of(file.snapshot) is None:
        error = UserError(
            _("{name} has no measures.").format(name=path.name),
            _("Please choose a template of the district."),
        )
        messages.show_error(parent, error)
        return None
    return file.snapshot


def receive(session: "FileSession", parent: QWidget) -> None:
    """Let a template join the fiscal year it is for, once the clerk has looked at what it says otherwise."""
    template = choose(parent)
    if template is not None:
        join(session, parent, template)


def join(session: "FileSession", parent: QWidget, template: Snapshot) -> None:
    """Show what a template would change in its fiscal year, which is added when the file does not have it."""
    source = template_join.year_of(template)
    assert source is not None, "a template has measures"
    content = session.snapshot
    year = content.fiscal_year(source.year) or FiscalYear(
        id=new_id(), office_id=content.office.id, year=source.year, analysed_year=source.analysed_year
    )
    joining = template_join.joining(content, year, template)

    def take(chosen: list[Choice]) -> bool:
        from itadesk.storage import choice_operations

        label = _("Receive a template")
        count = session.edit(label, choice_operations.join_template, year, joining, chosen)
        if count is not None:
            session.set_place(year.id, session.round)
            text = (
                _("{count} taken over. Ctrl+Z takes that back.")
                if count
                else _("Nothing new in the template.")
            )
            messages.toast(parent, text.format(count=count))
        return count is not None

    if not joining.choices:
        take([])
        return
    from itadesk.ui.choices_dialog import ChoicesDialog, Names
    from itadesk.ui.row_names import RowNames

    names = Names(
        _("Template for fiscal year {year}").format(year=year.year),
        _("In this file"), _("In the template"), _("Take {count} &over"),
    )  # fmt: skip
    said = _(
        "Ticked is what will be taken over: new measures, and texts that you have not changed yourself. Statuses,"
        " results and evidence stay as they are; measures that the template no longer has stay too."
    )
    row_names = RowNames(content, year.id)
    row_names.add_gone([year])  # which may be yet to come
    ChoicesDialog(parent, names, said, joining.choices, row_names, take).open()
