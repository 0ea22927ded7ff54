"""Measures taken in from a file or the clipboard: chosen, looked at, and brought into the year in hand as one step."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from itadesk import whole_file
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import merge_operations
from itadesk.ui import files, messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from itadesk.domain.merging import Match
    from itadesk.exchange.grid import Grid
    from itadesk.ui.session import FileSession

_LARGE = 100_000_000
"""Bytes of a file that is not even read: no table of measures has so many."""


def from_file(session: "FileSession", parent: QWidget) -> None:
    """Ask for a file and take its measures in: tables after they were looked at, interchange data at once."""
    if session.fiscal_year is None or session.read_only:
        return
    from itadesk.exchange import sources

    endings = " ".join(f"*{ending}" for ending in (*sources.ENDINGS, ".json"))
    kinds = _("Word, Excel and interchange files") + f" ({endings})"
    name, _kind = QFileDialog.getOpenFileName(parent, _("Import measures"), files.folder(), kinds)
    if name:
        open_file(session, parent, Path(name))


def open_file(session: "FileSession", parent: QWidget, path: Path) -> None:
    """Take the measures of a file in, or say why they cannot come."""
    if (reason := _why_not(session)) is not None:
        messages.show_error(parent, reason)
        return
    from itadesk.exchange import json_file, reading, sources

    try:
        with files.busy():
            _check_size(path)
            data = whole_file.read(path)
            form = json_file.read(data) if path.suffix.lower() == ".json" else None
            grids = [] if form is not None else sources.grids(path, data)
    except UserError as error:
        messages.show_error(parent, error)
        return
    if form is not None:
        merge(session, parent, form.snapshot, "update")
        return
    year = session.fiscal_year
    tables = reading.by_year(grids)
    # A file of several years: those of the year in hand, else the first.
    its = tables.get(year.year if year else None) or next(iter(tables.values()), [])
    _look_at(session, parent, its if len(tables) > 1 else grids, path.name)


def from_clipboard(session: "FileSession", parent: QWidget) -> bool:
    """Take the measures of a copied table in; False when no table was copied."""
    from itadesk.exchange import clipboard

    copied = QGuiApplication.clipboard().mimeData()
    try:
        with files.busy():
            grids = clipboard.grids(copied.html(), copied.text())
    except UserError as error:
        messages.show_error(parent, error)
        return True
    if not grids or session.fiscal_year is None:
        return False
    _look_at(session, parent, grids, _("the clipboard"))
    return True


def _why_not(session: "FileSession") -> UserError | None:
    """Why no measures can come into the fiscal year in hand."""
    if session.of_newer_program:
        return UserError(
            _("This file can only be looked at, so no measures were taken in."),
            _("Please update ITADesk on this computer, then drop the table again."),
        )
    if session.read_only:
        return UserError(
            _("This file can only be looked at, so no measures were taken in."),
            _("Choose “{button}” above, then drop the table on the copy.").format(
                button=_("Save a copy and work on it…")
            ),
        )
    if session.fiscal_year is None:
        return UserError(
            _("There is no fiscal year yet, so no measures were taken in."),
            _("Add one with the + beside the fiscal years, then drop the table again."),
        )
    return None


def _check_size(path: Path) -> None:
    if path.exists() and path.stat().st_size > _LARGE:
        raise UserError(
            _("{name} is too large.").format(name=path.name),
            _("Save only the pages that are needed as a file of their own."),
        )


def _look_at(session: "FileSession", parent: QWidget, grids: "Sequence[Grid]", name: str) -> None:
    from itadesk.exchange import measure_tables
    from itadesk.ui.import_dialog import ImportDialog

    if not any(row.filled() for grid in grids for row in grid.rows):
        messages.show_error(parent, measure_tables.no_measures())
        return
    dialog = ImportDialog(session, grids, name, parent)
    dialog.taken.connect(lambda form, match: merge(session, parent, form, match))
    dialog.open()


def merge(session: "FileSession", parent: QWidget, incoming: Snapshot, match: "Match") -> None:
    """Bring measures into the fiscal year in hand, as one undo step, and say how many."""
    year = session.fiscal_year
    if year is None:
        return
    result = session.edit(_("Import measures"), merge_operations.merge_measures, year.id, incoming, match)
    if result is not None:
        text = _("{added} measures added, {updated} updated, {skipped} left as they were.")
        messages.toast(
            parent, text.format(added=result.added, updated=result.updated, skipped=result.skipped)
        )
