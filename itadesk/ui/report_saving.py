"""The ways out of the report page: PDF, Word, Excel, the version for the website, all reports of the round in one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget

from itadesk.documents import pdf
from itadesk.documents.document import document_for
from itadesk.documents.layouts import layouts
from itadesk.documents.paper.families import Family
from itadesk.domain.fields import ROUND_LABELS
from itadesk.domain.model import Document
from itadesk.i18n import _
from itadesk.ui import preferences, report_files, theme
from itadesk.ui.actions import WINDOW, action
from itadesk.ui.current_document import CurrentDocument
from itadesk.ui.report_files import ReportsDialog
from itadesk.ui.report_job import ReportJob
from itadesk.ui.report_kinds import KINDS
from itadesk.ui.session import FileSession


class ReportSaving(QObject):
    """A button with its menu. `pdf_wanted()` asks the page for the PDF of the preview: it is that very one."""

    pdf_wanted = Signal()

    def __init__(
        self, page: QWidget, session: FileSession, current: CurrentDocument, family: Callable[[], Family]
    ) -> None:
        super().__init__(page)
        self._page = page
        self._session = session
        self._current = current
        self._family = family
        self.pdf = action(
            page,
            _(KINDS["pdf"]),
            self.pdf_wanted.emit,
            "Ctrl+Shift+E",
            icon=theme.icon("pdf"),
            context=WINDOW,
        )
        self.word = action(page, _(KINDS["word"]), lambda: self._save(".docx"))
        self.excel = action(page, _(KINDS["excel"]), lambda: self._save(".xlsx"))
        self.website = action(page, _(KINDS["website"]), self._save_unnamed)
        self.all = action(page, _(KINDS["all"]), self._save_all)
        self.button = QToolButton()
        self.button.setDefaultAction(self.pdf)
        self.button.setText(_("Save as PDF…"))
        self.button.setToolButtonStyle(theme.BESIDE_ICON)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        menu = theme.menu(self.button)
        menu.addActions(self.actions_to_offer)
        menu.insertSeparator(self.website)
        self.button.setMenu(menu)

    @property
    def actions_to_offer(self) -> list[QAction]:
        return list(self.named.values())

    @property
    def named(self) -> dict[str, QAction]:
        return {
            "pdf": self.pdf,
            "word": self.word,
            "excel": self.excel,
            "website": self.website,
            "all": self.all,
        }

    def ask(self, ending: str, kind: str = "", title: str = "") -> Path | None:
        """Where the report in hand is to be written."""
        if self._current.document is None:
            return None
        path = report_files.ask_path(self._page, self._folder(), self.suggested_name(kind, title), ending)
        if path is not None:
            preferences.remember(report_folder=str(path.parent))
        return path

    def _folder(self) -> Path:
        """Where the last report was written, as long as that is there; else beside the office file."""
        last = Path(preferences.load().report_folder)
        return last if last.is_absolute() and last.is_dir() else self._session.path.parent

    def write(self, path: Path, data: bytes) -> bool:
        return report_files.write(self._page, path, data)

    def suggested_name(self, kind: str = "", title: str = "") -> str:
        """What report of which office, year and round; `kind`: which version of it."""
        year = self._session.fiscal_year
        return report_files.file_name(
            title or self._current.layout.title,
            self._session.snapshot.office.full_name,
            str(year.year) if year else "",
            _(ROUND_LABELS[self._session.round]),
            kind,
        )

    def _commit(self) -> None:
        """What is being typed belongs into the file, too."""
        self._page.commit()  # type: ignore[attr-defined]

    def _save(self, ending: str) -> None:
        self._commit()
        job, path = self._job(), self.ask(ending)
        if job is not None and path is not None:
            left_out = (
                _("Excel holds the tables only.") if ending == ".xlsx" and not job.is_table_only else ""
            )
            report_files.make(self._page, self._session.tasks, path, lambda: job.written(ending), left_out)

    def _save_unnamed(self) -> None:
        self._commit()
        job, path = self._job(), self.ask(".pdf", _("website"))
        if job is not None and path is not None:
            make = report_files.make
            make(self._page, self._session.tasks, path, lambda: job.written(".pdf", names=False))

    def _job(self) -> ReportJob | None:
        document = self._current.document
        if document is None:
            return None
        return ReportJob.of(self._session, self._current.layout, document, self._family())

    def _save_all(self) -> None:
        self._commit()
        year = self._session.fiscal_year
        if year is None:
            return
        forms = {layout.name: layout for layout in layouts(self._session.snapshot)}
        stored = {
            row.layout
            for row in self._session.snapshot.children(Document, year.id)
            if row.round in (None, self._session.round)
        }
        dialog = ReportsDialog(
            self._page,
            {name: layout.title for name, layout in forms.items()},
            stored | {self._current.layout.name},
        )
        chosen = [forms[name] for name in dialog.names()] if dialog.exec() else []
        dialog.deleteLater()
        path = self.ask(".pdf", title=_("All reports")) if chosen else None
        if path is None:
            return
        snapshot, round_, family = self._session.snapshot, self._session.round, self._family()
        jobs = [
            ReportJob.of(self._session, form, document_for(snapshot, form, year.id, round_), family)
            for form in chosen
        ]
        title = path.stem
        report_files.make(
            self._page,
            self._session.tasks,
            path,
            lambda: pdf.write_all([job.tree for job in jobs], title, family),
        )
