"""The measures as an Excel file, or an empty table of the same form to be filled in and imported."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from itadesk.domain.model import FiscalYear, Measure
from itadesk.i18n import _
from itadesk.ui import files, report_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from itadesk.domain.snapshot import Snapshot
    from itadesk.ui.session import FileSession


def save_excel(session: "FileSession", parent: QWidget) -> None:
    """Ask where, and write the measures of the year in hand with both rounds."""
    if (year := session.fiscal_year) is not None:
        name = report_files.file_name(_("Measures"), session.snapshot.office.full_name, str(year.year))
        _save(session, parent, name, empty=False)


def save_template(session: "FileSession", parent: QWidget) -> None:
    """Ask where, and write an empty table for the year in hand."""
    if (year := session.fiscal_year) is not None:
        name = report_files.file_name(_("Table of measures to fill in"), str(year.year))
        _save(session, parent, name, empty=True)


def _save(session: "FileSession", parent: QWidget, name: str, *, empty: bool) -> None:
    title = _("Save the table of measures")
    path = report_files.ask_path(parent, Path(files.folder()), name, ".xlsx", title)
    year = session.fiscal_year
    if path is None or year is None:
        return
    measures = [] if empty else session.snapshot.children(Measure, year.id)
    note = _("Fill it in, then take it in with “Import measures”.") if empty else ""
    report_files.make(parent, session.tasks, path, partial(_made, session.snapshot, year, measures), note)


def _made(snapshot: "Snapshot", year: FiscalYear, measures: "Sequence[Measure]") -> bytes:
    from itadesk.exchange import measure_sheets

    return measure_sheets.xlsx(snapshot, [measure_sheets.Sheet(year, measures)])
