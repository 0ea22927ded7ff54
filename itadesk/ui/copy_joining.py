"""Brings what was typed in another copy of the open file into it, once the clerk has looked at the differences."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from itadesk.domain import copy_join, thai
from itadesk.domain.choices import Choice
from itadesk.domain.copy_join import Comparison
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import files, messages, patience

if TYPE_CHECKING:
    from itadesk.storage.other_copy import OtherCopy
    from itadesk.ui.row_names import RowNames
    from itadesk.ui.session import FileSession


def choose(session: "FileSession", parent: QWidget) -> None:
    """Ask for the other copy and show what it says otherwise."""
    path = files.ask_open_path(parent)
    if path is not None:
        look_at(session, parent, path)


def look_at(session: "FileSession", parent: QWidget, path: Path) -> None:
    """Show what the copy at `path` says otherwise, to be taken as one undo step."""
    if path.absolute() == session.path:
        messages.toast(parent, _("This file is open already."))
        return
    from itadesk.storage import other_copy

    try:
        text = _("Opening {file}…").format(file=path.name)
        copy = patience.wait(
            parent, text, lambda watch: other_copy.opened(path, session, watch), lambda late: late.close()
        )
    except UserError as error:
        messages.show_error(parent, error)
        return
    except patience.GivenUp:
        return
    if copy.document != session.read(other_copy.document_of):
        copy.close()
        messages.show_error(parent, _another(path, copy))
        return
    comparison = copy_join.compare(session.snapshot, copy.content, copy.our_own, copy.their_own)
    _show(session, parent, path, copy, comparison)


def _another(path: Path, copy: "OtherCopy") -> UserError:
    office = copy.content.office.full_name or _("Office without a name")
    return UserError(
        _("{name} is no copy of this file, but a file of its own: {office}.").format(
            name=path.name, office=office
        ),
        _("To take its measures in, use “Import measures…” in the File menu."),
    )


def _show(
    session: "FileSession", parent: QWidget, path: Path, copy: "OtherCopy", comparison: Comparison
) -> None:
    def take(chosen: list[Choice]) -> bool:
        return _take(session, parent, copy, comparison, chosen)

    if not comparison.choices:
        take([])
        copy.close()
        return
    from itadesk.ui.choices_dialog import ChoicesDialog, Names

    names = Names(
        _("Merge with another copy"), _("In this file"), _("In the other copy"), _("&Merge: take {count}")
    )
    dialog = ChoicesDialog(
        parent,
        names,
        _said(path, copy, comparison),
        comparison.choices,
        _row_names(session, comparison),
        take,
    )
    dialog.finished.connect(lambda _result: copy.close())
    dialog.open()


def _row_names(session: "FileSession", comparison: Comparison) -> "RowNames":
    """Rows that only the other copy has are named by it."""
    from itadesk.ui.row_names import RowNames

    ours, year = session.snapshot, session.fiscal_year
    names = RowNames(ours, year.id if year else "")
    names.add_gone(row for row in comparison.theirs.rows() if ours.get(type(row), row.id) is None)
    return names


def _said(path: Path, copy: "OtherCopy", comparison: Comparison) -> str:
    from itadesk.storage.other_copy import saved

    at, who = copy.file.read(saved)
    lines = [path.name]
    if at is not None:
        text = _("{name}, saved {date} {time} by {who}")
        date, time = thai.short_date(at.date()), f"{at:%H:%M}"
        lines = [text.format(name=path.name, date=date, time=time, who=who or "–")]
    lines.append(_("Ticked is what will be taken from the other copy. Nothing else changes."))
    if comparison.kept:
        lines.append(_("{count} entries are only in this file; they stay.").format(count=comparison.kept))
    return "\n".join(lines)


def _take(
    session: "FileSession", parent: QWidget, copy: "OtherCopy", comparison: Comparison, chosen: list[Choice]
) -> bool:
    from itadesk.storage import choice_operations

    label = _("Merge with another copy")
    count = session.edit(label, choice_operations.join_copy, comparison, chosen, copy.attached, copy.past)
    if count is None:
        return False
    if comparison.choices:
        messages.toast(parent, _("{count} taken over. Ctrl+Z takes that back.").format(count=count))
    else:
        messages.toast(parent, _("Both copies say the same."))
    return True
