"""The report page: which report and what is printed of it on the left, the paper itself on the right."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from itadesk.documents.layout import Layout
from itadesk.documents.layouts import layouts
from itadesk.documents.paper.families import families
from itadesk.domain.fields import FIELDS
from itadesk.domain.model import Document, DocumentText, Measure, Progress, Row, Signatory
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import messages, preferences, printing, thai_text, theme
from itadesk.ui.buttons import text_button
from itadesk.ui.current_document import CurrentDocument
from itadesk.ui.document_form import DocumentForm, TextsForm
from itadesk.ui.layout_gallery import LayoutGallery
from itadesk.ui.layout_menu import LayoutMenu
from itadesk.ui.preview_pane import PreviewPane
from itadesk.ui.problems_list import ProblemsList
from itadesk.ui.publications_form import PublicationsForm
from itadesk.ui.quiet_box import QuietBox
from itadesk.ui.report_advice import Place
from itadesk.ui.report_job import Made, ReportJob
from itadesk.ui.report_maker import ReportMaker
from itadesk.ui.report_options import ReportOptions
from itadesk.ui.report_saving import ReportSaving
from itadesk.ui.session import FileSession
from itadesk.ui.signatories_form import SignatoriesForm
from itadesk.ui.signing_form import SigningForm

_PAUSE = 120
"""Milliseconds after a change before the report is made anew: several changes at once make it once."""
_FORMS_WIDTH, _PREVIEW_WIDTH = 510, 850


class ReportPage(QWidget):
    """One report of the fiscal year and round in hand. Preview, file and printer get the same bytes.

    `page_wanted(str)` asks for another page of the window.
    """

    page_wanted = Signal(str)

    def __init__(self, session: FileSession, now: Callable[[], dt.datetime] = dt.datetime.now) -> None:
        super().__init__()
        self._session = session
        self._stale = True
        self._job: ReportJob | None = None
        self._made: Made | None = None
        self._from_the_first = False
        self.current = CurrentDocument(session, self, now)
        self.maker = ReportMaker(session.tasks, self)
        self.pane = PreviewPane(self.maker)
        self.options = ReportOptions(session, self.current)
        self.problems = ProblemsList(session, self.current)
        self.signing = SigningForm(session, self.current, now)
        self.publications = PublicationsForm(session, self.current)
        self.forms = (
            DocumentForm(session, self.current),
            SignatoriesForm(session, self.current),
            TextsForm(session, self.current),
            self.problems,
            self.signing,
            self.publications,
        )
        self.gallery = LayoutGallery(session.tasks, self._sample)
        self.fonts = self._font_list()
        self.printed = QLabel()
        self.tabs = QTabWidget()
        self.saving = ReportSaving(self, session, self.current, self.fonts.currentData)
        self.layout_menu = LayoutMenu(self, session, self.current)
        self.page_actions = [*self.saving.actions_to_offer, *self.pane.actions_to_offer]
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._make_in_sight)
        self._arrange()
        self._connect()
        self._show_layouts()

    def commit(self) -> None:
        """Store what is being typed."""
        for form in self.forms:
            form.commit()

    def save_pdf(self) -> None:
        """Ask where, and write the report there once it is made."""
        self.commit()
        if (path := self.saving.ask(".pdf")) is not None:
            name = self.current.layout.name
            self.when_made(lambda data: self._write(path, data, self._asked_for(name)))

    def show_text(self, layout_name: str, row: Row, name: str) -> None:
        """Take a report in hand, and that of its texts which stands in field `name` of `row`."""
        self.current.choose(layout_name)
        facts, chain, texts, *_others = self.forms
        match row:
            case Document():
                self.tabs.setCurrentIndex(0)
                facts.form.editors[name].setFocus()
            case Signatory():
                self.tabs.setCurrentIndex(1)
                chain.choose(row.id)
            case DocumentText():
                self.tabs.setCurrentIndex(2)
                if row.name in texts.editors:  # the form may have changed since it was written
                    texts.editors[row.name].editor.write()
            case _:
                pass

    def print_report(self) -> None:
        """Ask which printer, and print the report once it is made."""
        self.commit()
        if self.current.document is not None:
            self.when_made(partial(self._print_asked, self.current.layout.name, self.current.layout.title))

    def when_made(self, take: Callable[[bytes], None]) -> None:
        """Hand the bytes of the report as it now stands to `take`; say why when there are none."""
        if self._timer.isActive() or self._stale:
            self._make()
        self.maker.when_made(take, lambda error: messages.show_error(self, error))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._timer.start(0)

    # Building

    def _font_list(self) -> QComboBox:
        box = QuietBox()
        # A pick-list that does not insist on the room of its longest entry.
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        for family in families():
            box.addItem(family.name, family)
        box.setCurrentIndex(max(box.findText(preferences.load().report_font), 0))
        box.activated.connect(self._choose_font)
        return box

    def _arrange(self) -> None:
        self.pane.tools.addWidget(self.saving.button)
        self.pane.tools.addWidget(text_button(_("Print…"), self.print_report, theme.icon("print")))
        self.printed.setWordWrap(True)
        self.printed.setStyleSheet(f"color: {theme.QUIET}")
        head = QFormLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addRow(self.gallery)
        about = QHBoxLayout()
        about.addWidget(self.printed, 1)
        about.addWidget(self.layout_menu.button, 0, Qt.AlignmentFlag.AlignTop)
        head.addRow(about)
        head.addRow(_("Print"), self.options)
        head.addRow(_("Font"), self.fonts)
        titles = (
            _("Document"),
            _("Signatories"),
            _("Wording"),
            _("Problems"),
            _("Signing"),
            _("Published"),
        )
        for form, title in zip(self.forms, titles, strict=True):
            self.tabs.addTab(_scrolled(form), title)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_FORMS_WIDTH, _PREVIEW_WIDTH])
        layout = QVBoxLayout(self)
        layout.addWidget(splitter)

    def _connect(self) -> None:
        self.current.changed.connect(self._mark_stale)
        self.current.changed.connect(self._show_layouts)
        self.gallery.chosen.connect(self._choose_layout)
        self.maker.made.connect(self._follow_paper)
        self.problems.counted.connect(self._count_problems)
        self.problems.place_wanted.connect(self._go_to)
        self.signing.print_wanted.connect(lambda data, title: self._print(data, title))
        self.signing.save_wanted.connect(self._save_signed)
        self.signing.flagged.connect(self._flag_signing)
        self.saving.pdf_wanted.connect(self.save_pdf)

    def _show_layouts(self) -> None:
        """The forms there are, and which columns the one in hand prints: not every form prints all the clerk fills."""
        self.gallery.show_layouts(layouts(self._session.snapshot), self.current.layout.name)
        printed = self.current.layout.fields
        labels = [
            _(field.label) for row in (Measure, Progress) for field in FIELDS[row] if field.name in printed
        ]
        text = _("This form prints: {fields}").format(fields=" · ".join(labels))
        self.printed.setText(thai_text.display(text))

    def _count_problems(self, count: int) -> None:
        title = _("Problems ({count})").format(count=count) if count else _("Problems")
        self.tabs.setTabText(self.forms.index(self.problems), title)

    def _flag_signing(self, on: bool) -> None:
        mark = theme.icon("warning") if on else QIcon()
        self.tabs.setTabIcon(self.forms.index(self.signing), mark)

    def _go_to(self, place: Place) -> None:
        """Where the clerk can mend what the advice is about."""
        if place.measure:
            self._session.measure_id = place.measure
        if place.form:
            named = {
                "document": self.forms[0],
                "signatories": self.forms[1],
                "publications": self.publications,
            }
            form = named[place.form]
            self.tabs.setCurrentIndex(self.forms.index(form))
            if isinstance(form, SignatoriesForm):
                form.choose(place.signatory)
            else:
                form.setFocus()
        else:
            self.page_wanted.emit(place.page or "measures")

    # Making

    def _mark_stale(self) -> None:
        self._stale = True
        self.gallery.refresh()
        if self.isVisible():
            self._timer.start()

    def _choose_layout(self, name: str) -> None:
        """Another report is looked at from its first page."""
        self._from_the_first = True
        self.current.choose(name)

    def _choose_font(self, at: int) -> None:
        preferences.remember(report_font=self.fonts.itemText(at))
        self._mark_stale()

    def _make_in_sight(self) -> None:
        """While a dialog covers the page, as that in which the form is changed, nothing is made for nobody."""
        if QApplication.activeModalWidget() is None:
            self._make()
        else:
            self._timer.start()

    def _make(self) -> None:
        self._timer.stop()
        self._stale = False
        document = self.current.document
        if document is None:
            self._job = None
            self.pane.clear(
                UserError(_("There is no fiscal year yet."), _("Add one, then there is a report to show."))
            )
            return
        self._job = ReportJob.of(
            self._session, self.current.layout, document, self.fonts.currentData(), self._made
        )
        self.maker.ask(self._job)

    def _follow_paper(self, pdf: bytes) -> None:
        """What the paper said is compared with the report just made."""
        if self._from_the_first:
            self._from_the_first = False
            self.pane.preview.go_to(1)
        document = self.current.document
        if self._job is not None and document is not None and self._job.document.id == document.id:
            self._made = Made(self._job.tree, self._job.family, pdf)
            self.signing.follow(self._job.tree)

    def _sample(self, layout: Layout) -> Callable[[], bytes] | None:
        """What makes the small picture of a form."""
        document = self.current.document_of(layout)
        if document is None:
            return None
        return ReportJob.of(self._session, layout, document, self.fonts.currentData()).sample

    # Saving and printing

    def _asked_for(self, name: str) -> ReportJob | None:
        """The job just made, if it is of the form that was in hand when the report was asked for."""
        if self._job is not None and self._job.layout.name == name:
            return self._job
        error = UserError(
            _("Another form was chosen before the report was made."), _("Please save or print it once more.")
        )
        messages.show_error(self, error)
        return None

    def _write(self, path: Path, data: bytes, job: ReportJob | None) -> None:
        if job is not None and self.saving.write(path, data):
            self.current.note_paper(job)

    def _save_signed(self, data: bytes) -> None:
        if (path := self.saving.ask(".pdf", _("signed"))) is not None:
            self.saving.write(path, data)

    def _print_asked(self, name: str, title: str, data: bytes) -> None:
        if (job := self._asked_for(name)) is not None:
            self._print(data, title, job)

    def _print(self, data: bytes, title: str, job: ReportJob | None = None) -> None:
        try:
            printer = printing.ask_printer(self, data, title)
            if printer is not None:
                self.send(data, printer, title, job)
        except UserError as error:
            messages.show_error(self, error)

    def send(self, data: bytes, printer: QPrinter, title: str, job: ReportJob | None = None) -> None:
        """Print on the printer chosen; a print system that does not answer never stops the window.

        `job`: the report whose printing is to be noted.
        """
        if printing.has_cups():
            options = printing.cups_options(printer, title)
            send = self._session.tasks.run
            send(lambda: printing.send_to_cups(data, options), lambda _none: self._sent(job), self._not_sent)
        else:
            printing.paint(data, printer)
            self._sent(job)

    def _sent(self, job: ReportJob | None) -> None:
        messages.toast(self, _("The report was sent to the printer."))
        if job is not None:
            self.current.note_paper(job)

    def _not_sent(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        messages.show_error(self, error)


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area
