"""The district's report of the year in hand, saved as PDF, Word or Excel."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from itadesk.domain.fields import ROUND_LABELS
from itadesk.i18n import _
from itadesk.storage.collection import counts
from itadesk.ui import preferences, report_files
from itadesk.ui.collection.session import CollectionSession


def save(parent: QWidget, session: CollectionSession, ending: str) -> None:
    """Ask where, then read, compose and write it beside the window."""
    year, round_, today = session.view.year, session.round, session.today()
    if year is None:
        return
    label = _(ROUND_LABELS[round_]) if round_ else ""
    name = report_files.file_name(_("District's report"), str(year), label)
    path = report_files.ask_path(parent, _folder(session), name, ending)
    if path is None:
        return
    preferences.remember(report_folder=str(path.parent))

    def made() -> bytes:
        from itadesk.documents import district_report
        from itadesk.documents.writers import WRITERS

        with session.collection.reading() as connection:
            district_year = counts.district_year(connection, today, year, round_)
        return WRITERS[ending](district_report.report(district_year), None)

    report_files.make(parent, session.tasks, path, made)


def _folder(session: CollectionSession) -> Path:
    """Where the last report was written, as long as that is there; else beside the collection."""
    last = Path(preferences.load().report_folder)
    if last.is_absolute() and last.is_dir():
        return last
    return session.path.parent if session.path else Path.home()
