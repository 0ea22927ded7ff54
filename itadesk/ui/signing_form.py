"""What became of the paper: printed, signed, scanned, and whether the report says something else since."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from itadesk.documents import pdf
from itadesk.documents.paper import families
from itadesk.documents.record import Change
from itadesk.documents.tree import DocumentTree
from itadesk.domain import thai
from itadesk.domain.model import Document, Printout
from itadesk.domain.short_code import short_code
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import signing
from itadesk.ui import change_words, messages, paper_reader, thai_text, theme
from itadesk.ui.buttons import text_button
from itadesk.ui.current_document import CurrentDocument
from itadesk.ui.opened_files import OpenedFiles
from itadesk.ui.paper_reader import PaperReader
from itadesk.ui.session import FileSession
from itadesk.ui.sign_dialog import Scan, SignDialog, ask_scan, read_scan

if TYPE_CHECKING:
    from itadesk.storage.edit import Edit

_FEW_LINES = 48
"""The least height of the list of changes."""
_NARROWEST = 60
"""The least width of a button."""


class _Copy(NamedTuple):
    """The PDF that is kept as what was signed; `lost`: the font of the paper that is not there any more."""

    pdf: bytes
    lost: UserError | None


class _ChangeList(QTextBrowser):
    """On a small screen the list scrolls, and not the form that it stands in."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _FEW_LINES)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), _FEW_LINES)


class SigningForm(QWidget):
    """The paper that counts is the signed one, else the one printed last.

    `print_wanted(bytes, str)` asks to print the PDF that was signed, under a title, `save_wanted(bytes)` to save it.
    `flagged(bool)` tells whether the report says something else than the signed paper, or that cannot be read.
    """

    print_wanted = Signal(bytes, str)
    save_wanted = Signal(bytes)
    flagged = Signal(bool)

    def __init__(
        self, session: FileSession, current: CurrentDocument, now: Callable[[], dt.datetime]
    ) -> None:
        super().__init__()
        self._session = session
        self._current = current
        self._clock = now
        self._signing = False
        self._listed: tuple[Change, ...] = ()
        self._opened = OpenedFiles()
        self.paper: Printout | None = None
        self.reader = PaperReader(session, self)
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.changes = _ChangeList()
        self.changes.setAccessibleName(_("Changes since the paper"))
        self.sign = text_button(_("Signed…"), self._sign)
        self.unsign = text_button(_("Not signed after all"), self._unsign)
        self.scan = text_button(_("Attach the scan…"), self._attach)
        self.open_scan = text_button(_("Open the scan"), self._open_scan)
        self.save_signed = text_button(_("Save as it was signed…"), self._save_signed)
        self.print_signed = text_button(_("Print as it was signed…"), self._print_signed)
        self._arrange()
        self.reader.changed.connect(self.show_state)
        current.changed.connect(self.show_state)
        self.show_state()

    def commit(self) -> None:
        """Nothing is typed here."""

    def follow(self, tree: DocumentTree) -> None:
        """The report as it now stands: what it says otherwise than the paper is looked for in the background."""
        if self.paper is not None:
            self.reader.compare(self.paper, tree)

    def show_state(self) -> None:
        """Show what is known of the paper of the document in hand."""
        document, snapshot = self._current.document, self._session.snapshot
        signed = signing.signed_printout(snapshot, document.id) if document else None
        self.paper = signed or next(iter(self._signable()), None)
        self._say(document)
        self._enable(document)
        changes = self.reader.changes(self.paper) if self.paper else ()
        self._list(changes)
        self.flagged.emit(signed is not None and bool(changes or self.reader.fault(signed)))

    # Building

    def _arrange(self) -> None:
        # The buttons stand above the list, so that they are in sight however long it is.
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(2)
        for button in self._buttons:
            button.setMinimumWidth(_NARROWEST)
        self._place_buttons()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.state)
        layout.addLayout(self._grid)
        layout.addWidget(self.changes, 1)
        layout.addStretch()

    @property
    def _buttons(self) -> list[QPushButton]:
        return [self.sign, self.unsign, self.scan, self.open_scan, self.save_signed, self.print_signed]

    def _place_buttons(self) -> None:
        """Three side by side where their words have room, else two."""
        needed = max(button.sizeHint().width() for button in self._buttons) + self._grid.horizontalSpacing()
        columns = 3 if self.width() >= 3 * needed else 2
        for at, button in enumerate(self._buttons):
            self._grid.addWidget(button, at // columns, at % columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons()

    # Showing

    def _signable(self) -> list[Printout]:
        document = self._current.document
        return signing.signable_printouts(self._session.snapshot, document.id) if document else []

    def _enable(self, document: Document | None) -> None:
        signed = document is not None and document.signed_on is not None
        scanned = document is not None and signed and document.scan is not None
        writing = not self._session.read_only
        self.sign.setEnabled(writing and bool(self._signable()) and not self._signing)
        self.unsign.setEnabled(writing and signed)
        self.scan.setEnabled(writing and signed)
        self.scan.setText(_("Change the scan…") if scanned else _("Attach the scan…"))
        self.open_scan.setEnabled(scanned)
        for button in (self.save_signed, self.print_signed):
            button.setEnabled(self.paper is not None and self.paper.pdf is not None)

    def _list(self, changes: tuple[Change, ...]) -> None:
        if changes != self._listed:  # the clerk may be reading far down
            self._listed = changes
            self.changes.setHtml(change_words.html(changes))
        self.changes.setVisible(bool(changes))

    def _say(self, document: Document | None) -> None:
        flagged = self.paper is not None and bool(
            self.reader.changes(self.paper) or self.reader.fault(self.paper)
        )
        self.state.setText(thai_text.display("\n".join(self._said(document))))
        ground = theme.WARNING_FILL if flagged else theme.INFO_FILL
        self.state.setStyleSheet(f"background: {ground}; padding: 6px 10px;")

    def _said(self, document: Document | None) -> list[str]:
        if document is None:
            return [_("There is no fiscal year yet.")]
        if document.signed_on is None and self.paper is None:
            advice = _("Print it, or save it as PDF, and have it signed; then note here that it was signed.")
            return [_("Not printed yet."), advice]
        said: list[str] = []
        if document.signed_on is not None:
            signed = _("Signed on {date}").format(date=thai.long_date(document.signed_on))
            scan = _("Scan: {name}").format(name=document.scan_name)
            said.append(f"{signed} · {scan if document.scan else _('no scan')}")
        return [*said, *(self._said_of_paper(self.paper) if self.paper else [])]

    def _said_of_paper(self, paper: Printout) -> list[str]:
        printed = _("Printed or saved as PDF on {date} {time} · code {code}").format(
            date=thai.short_date(paper.printed_at.date()),
            time=f"{paper.printed_at:%H:%M}",
            code=short_code(paper.code),
        )
        if fault := self.reader.fault(paper):
            return [printed, *filter(None, (fault.message, fault.advice))]
        if not (count := len(self.reader.changes(paper))):
            return [printed]
        changed = (
            _("Changed after signing: {count} places") if paper.signed else _("Changed since: {count} places")
        )
        return [printed, changed.format(count=count)]

    # Signing

    def _sign(self) -> None:
        document = self._current.document
        if document is None:
            return
        dialog = SignDialog(self, self._signable(), self._clock().date())
        if dialog.exec() and (date := dialog.date.date()) is not None:
            self._make_copy(document.id, dialog.printout, date, dialog.scan)
        dialog.deleteLater()

    def _make_copy(self, document_id: str, printout: Printout, date: dt.date, scan: Scan | None) -> None:
        """Have a worker make the PDF that is kept; once it is there, the signing is noted."""
        data = self._session.attachment(printout.tree) if printout.tree else None

        def note(edit: "Edit", copy: bytes) -> bool:
            signing.sign_document(edit, document_id, printout.id, date, copy)
            if scan is not None:
                signing.attach_scan(edit, document_id, scan.data, scan.name)
            return True

        def done(copy: _Copy) -> None:
            self._ended()
            if printout.id not in self._session.snapshot.all(Printout):
                messages.show_error(self, paper_reader.gone())  # printing it was undone meanwhile
            elif self._session.edit(_("Note that the report was signed"), note, copy.pdf):
                messages.toast(self, _("Noted that the report was signed."))
                if copy.lost:
                    messages.show_error(self, copy.lost)

        self._signing = True
        self.show_state()
        messages.toast(self, _("Keeping the report as it was signed…"))
        self._session.tasks.run(lambda: _copy(printout, data), done, self._not_signed)

    def _not_signed(self, error: Exception) -> None:
        self._ended()
        if not isinstance(error, UserError):
            raise error
        messages.show_error(self, error)

    def _ended(self) -> None:
        self._signing = False
        self.show_state()

    def _unsign(self) -> None:
        if document := self._current.document:
            self._session.edit(_("Take the signing back"), signing.unsign_document, document.id)

    # The scan

    def _attach(self) -> None:
        document = self._current.document
        path = ask_scan(self, self._session.path.parent)
        if document is None or path is None:
            return
        try:
            scan = read_scan(path)
        except UserError as error:
            messages.show_error(self, error)
            return
        self._session.edit(_("Attach the scan"), signing.attach_scan, document.id, scan.data, scan.name)

    def _open_scan(self) -> None:
        """In the program that the system has for it, from a copy that is gone when this program ends."""
        document = self._current.document
        data = self._session.attachment(document.scan) if document and document.scan else None
        if document is None or data is None:
            return
        try:
            signing.scan_type(data)
            self._opened.open(document.scan_name, data)
        except UserError as error:
            messages.show_error(self, error)

    # What was signed

    def _signed_pdf(self) -> bytes | None:
        return self._session.attachment(self.paper.pdf) if self.paper and self.paper.pdf else None

    def _save_signed(self) -> None:
        if data := self._signed_pdf():
            self.save_wanted.emit(data)

    def _print_signed(self) -> None:
        if data := self._signed_pdf():
            self.print_wanted.emit(data, self._current.layout.title)


def _copy(printout: Printout, data: bytes | None) -> _Copy:
    """What was printed as a PDF, in the font of the paper; in the shipped one where that is not installed any more."""
    tree = paper_reader.read(printout, data)
    lost, family = None, families.family()
    try:
        family = families.family(printout.family or families.DEFAULT)
    except UserError:
        lost = UserError(
            _("The paper was set in {font}, which is not installed on this computer.").format(
                font=printout.family
            ),
            _("It is kept in {font}, so that lines and pages may end elsewhere; attach the scan.").format(
                font=families.DEFAULT
            ),
        )
    return _Copy(pdf.write(tree, family, created=printout.printed_at), lost)
