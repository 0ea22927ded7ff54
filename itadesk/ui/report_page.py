"""The report page: the facts of the paper on the left, the paper itself on the right, saving and printing it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QIcon, QKeySequence, QShowEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from itadesk import whole_file
from itadesk.documents import pdf
from itadesk.documents.compose import compose
from itadesk.documents.layout import layouts
from itadesk.documents.paper.families import families
from itadesk.domain.fields import FIELDS
from itadesk.domain.model import Measure, Progress
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import messages, preferences, printing, thai_text, theme
from itadesk.ui.current_document import CurrentDocument
from itadesk.ui.document_form import DocumentForm, TextsForm
from itadesk.ui.preview_pane import PreviewPane
from itadesk.ui.report_maker import Job, ReportMaker
from itadesk.ui.session import FileSession
from itadesk.ui.signatories_form import SignatoriesForm

_PAUSE = 120
"""Milliseconds after a change before the report is made anew: several changes at once make it once."""
_FORMS_WIDTH, _PREVIEW_WIDTH = 460, 900


class ReportPage(QWidget):
    """One report of the fiscal year and round in hand. Preview, file and printer get the same bytes."""

    def __init__(self, session: FileSession) -> None:
        super().__init__()
        self._session = session
        self._stale = True
        self.current = CurrentDocument(session, self)
        self.maker = ReportMaker(session.tasks, self)
        self.pane = PreviewPane(self.maker)
        self.forms = (
            DocumentForm(session, self.current),
            SignatoriesForm(session, self.current),
            TextsForm(session, self.current),
        )
        self.layouts, self.fonts = self._layout_list(), self._font_list()
        self.printed = QLabel()
        self.save_action = self._action("pdf", _("Save as P&DF…"), "Ctrl+Shift+E")
        self.save_action.triggered.connect(lambda: self.save_pdf())
        self.page_actions = [self.save_action, *self.pane.actions_to_offer]
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._make)
        self.current.changed.connect(self._mark_stale)
        self._arrange()
        self._say_printed()
        self.current.changed.connect(self._say_printed)

    def commit(self) -> None:
        """Store what is being typed."""
        for form in self.forms:
            form.commit()

    def save_pdf(self) -> None:
        """Ask where, and write the report there once it is made."""
        self.commit()
        if self.current.document is None:
            return
        path = self._ask_path()
        if path is not None:
            self.when_made(lambda data: self._write(path, data))

    def print_report(self) -> None:
        """Ask which printer, and print the report once it is made."""
        self.commit()
        if self.current.document is not None:
            self.when_made(self._print)

    def when_made(self, take: Callable[[bytes], None]) -> None:
        """Hand the bytes of the report as it now stands to `take`; say why when there are none."""
        if self._timer.isActive() or self._stale:
            self._make()
        self.maker.when_made(take, lambda error: messages.show_error(self, error))

    def suggested_name(self) -> str:
        """Office, year, round and layout, without what file systems refuse."""
        year = self._session.fiscal_year
        parts = (
            self._session.snapshot.office.full_name,
            str(year.year) if year else "",
            str(self._session.round),
            self.current.layout.name,
        )
        name = "_".join(part for part in parts if part)
        return "".join("-" if letter in '<>:"/\\|?*' else letter for letter in name) + ".pdf"

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._timer.start(0)

    # Building

    def _action(self, icon: str, text: str, key: str) -> QAction:
        action = QAction(theme.icon(icon), text, self)
        action.setShortcut(QKeySequence(key))
        return action

    def _layout_list(self) -> QComboBox:
        box = _shrinking_box()
        for layout in layouts(self._session.snapshot):
            box.addItem(layout.title, layout.name)
        box.activated.connect(lambda at: self.current.choose(box.itemData(at)))
        return box

    def _font_list(self) -> QComboBox:
        box = _shrinking_box()
        for family in families():
            box.addItem(family.name, family)
        box.setCurrentIndex(max(box.findText(preferences.load().report_font), 0))
        box.activated.connect(self._choose_font)
        return box

    def _arrange(self) -> None:
        self.pane.tools.addWidget(_button(self.save_action.icon(), _("Save as PDF…"), self.save_pdf))
        self.pane.tools.addWidget(_button(theme.icon("print"), _("Print…"), self.print_report))
        head = QFormLayout()
        head.addRow(_("Form of report"), self.layouts)
        self.printed.setWordWrap(True)
        self.printed.setStyleSheet(f"color: {theme.QUIET}")
        head.addRow("", self.printed)
        head.addRow(_("Font"), self.fonts)
        tabs = QTabWidget()
        for form, title in zip(self.forms, (_("Document"), _("Signatories"), _("Wording")), strict=True):
            tabs.addTab(_scrolled(form), title)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(tabs, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_FORMS_WIDTH, _PREVIEW_WIDTH])
        layout = QVBoxLayout(self)
        layout.addWidget(splitter)

    def _say_printed(self) -> None:
        """Not every form prints every column that the clerk fills."""
        printed = self.current.layout.fields
        labels = [
            _(field.label) for row in (Measure, Progress) for field in FIELDS[row] if field.name in printed
        ]
        self.printed.setText(
            thai_text.display(_("This form prints: {fields}").format(fields=" · ".join(labels)))
        )

    # Making

    def _mark_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self._timer.start()

    def _choose_font(self, at: int) -> None:
        preferences.remember(report_font=self.fonts.itemText(at))
        self._mark_stale()

    def _make(self) -> None:
        self._timer.stop()
        self._stale = False
        job = self._job()
        if job is None:
            self.pane.clear(
                UserError(_("There is no fiscal year yet."), _("Add one, then there is a report to show."))
            )
        else:
            self.maker.ask(job)

    def _job(self) -> Job | None:
        """Everything the report is made of, as it stands now; nothing of it changes while a worker reads it."""
        document = self.current.document
        if document is None:
            return None
        snapshot, layout, family = self._session.snapshot, self.current.layout, self.fonts.currentData()
        sha = snapshot.office.emblem
        emblem = self._session.attachment(sha) if sha else None
        return lambda: pdf.write(compose(snapshot, layout, document, emblem=emblem), family)

    def _ask_path(self) -> Path | None:
        folder = str(self._session.path.parent)
        dialog = QFileDialog(self, _("Save the report as PDF"), folder, _("PDF files (*.pdf)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(".pdf")
        dialog.selectFile(self.suggested_name())
        name = dialog.selectedFiles()[0] if dialog.exec() else ""
        dialog.deleteLater()
        if not name or name.lower().endswith(".pdf"):
            return Path(name) if name else None
        return self._named_anew(Path(name + ".pdf"))

    def _named_anew(self, path: Path) -> Path | None:
        """Qt takes any dot for an ending ("รายงาน พ.ศ. 2565"), and so has not asked about the file of this name."""
        if not path.exists():
            return path
        error = UserError(
            _("{name} exists already.").format(name=path.name), _("Please choose another name.")
        )
        messages.show_error(self, error)
        return None

    def _write(self, path: Path, data: bytes) -> None:
        try:
            whole_file.write(path, data)
        except UserError as error:
            messages.show_error(self, error)
        else:
            messages.toast(self, _("Saved as {name}").format(name=path.name))

    def _print(self, data: bytes) -> None:
        title = self.current.layout.title
        try:
            printer = printing.ask_printer(self, data, title)
            if printer is not None:
                self.send(data, printer, title)
        except UserError as error:
            messages.show_error(self, error)

    def send(self, data: bytes, printer: QPrinter, title: str) -> None:
        """Print on the printer chosen; a print system that does not answer never stops the window."""
        if printing.has_cups():
            options = printing.cups_options(printer, title)
            self._session.tasks.run(lambda: printing.send_to_cups(data, options), self._sent, self._not_sent)
        else:
            printing.paint(data, printer)
            self._sent()

    def _sent(self, _result: None = None) -> None:
        messages.toast(self, _("The report was sent to the printer."))

    def _not_sent(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        messages.show_error(self, error)


def _shrinking_box() -> QComboBox:
    """A pick-list that does not insist on the room of its longest entry."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(16)
    return box


def _button(icon: QIcon, text: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(icon, text)
    button.clicked.connect(lambda: act())
    return button


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area
