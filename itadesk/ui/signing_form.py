"""What became of the paper: printed, signed, scanned, and whether the report says something else since."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QDesktopServices
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
from itadesk.documents.record import Change, changes
from itadesk.documents.tree import DocumentTree
from itadesk.documents.tree_json import unpack
from itadesk.domain import thai
from itadesk.domain.model import Document, Printout
from itadesk.domain.short_code import short_code
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import signing
from itadesk.ui import change_words, messages, report_files, thai_text, theme
from itadesk.ui.current_document import CurrentDocument
from itadesk.ui.newest import Newest
from itadesk.ui.session import FileSession
from itadesk.ui.sign_dialog import SignDialog, ask_scan, read_scan

if TYPE_CHECKING:
    from itadesk.storage.edit import Edit


@dataclass(frozen=True)
class Paper:
    """The paper that counts: the signed one, else the one printed last; and what the report says otherwise now."""

    printout: Printout
    tree: DocumentTree
    changes: tuple[Change, ...] = ()


class SigningForm(QWidget):
    """`print_wanted(bytes, str)` asks to print the PDF that was signed, under a title."""

    print_wanted = Signal(bytes, str)

    def __init__(self, session: FileSession, current: CurrentDocument) -> None:
        super().__init__()
        self._session = session
        self._current = current
        self._now: DocumentTree | None = None
        self._tree: tuple[str, DocumentTree] | None = None
        self._compared: tuple[str, tuple[Change, ...]] | None = None
        self._newest = Newest(session.tasks, self)
        self._scans: QTemporaryDir | None = None
        self.paper: Paper | None = None
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.changes = QTextBrowser()
        self.changes.setAccessibleName(_("Changes since the paper"))
        self.sign = self._button(_("Signed…"), self._sign)
        self.unsign = self._button(_("Not signed after all"), self._unsign)
        self.scan = self._button(_("Attach the scan…"), self._attach)
        self.open_scan = self._button(_("Open the scan"), self._open_scan)
        self.save_signed = self._button(_("Save as it was signed…"), self._save_signed)
        self.print_signed = self._button(_("Print as it was signed…"), self._print_signed)
        self._arrange()
        current.changed.connect(self.show_state)
        self.show_state()

    def commit(self) -> None:
        """Nothing is typed here."""

    def follow(self, tree: DocumentTree | None) -> None:
        """The report as it now stands: what it says otherwise than the paper is looked for in the background."""
        self._now = tree
        self._compare()

    def show_state(self) -> None:
        """Show what is known of the paper of the document in hand."""
        document = self._current.document
        self.paper = self._paper(document) if document else None
        signed = document is not None and document.signed_on is not None
        self._say(document)
        self._list(self.paper.changes if self.paper else ())
        writing = not self._session.read_only and document is not None
        printed = self.paper is not None and not self.paper.printout.signed
        self.sign.setEnabled(writing and printed)
        self.unsign.setEnabled(writing and signed)
        self.scan.setEnabled(writing and signed)
        self.open_scan.setEnabled(signed and document is not None and document.scan is not None)
        for button in (self.save_signed, self.print_signed):
            button.setEnabled(signed and self.paper is not None and self.paper.printout.signed)

    # Building

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(lambda: act())
        return button

    def _arrange(self) -> None:
        grid = QGridLayout()
        buttons = (self.sign, self.unsign, self.scan, self.open_scan, self.save_signed, self.print_signed)
        for at, button in enumerate(buttons):
            grid.addWidget(button, at // 2, at % 2)
        layout = QVBoxLayout(self)
        layout.addWidget(self.state)
        layout.addWidget(self.changes, 1)
        layout.addLayout(grid)
        layout.addStretch()

    # Showing

    def _paper(self, document: Document) -> Paper | None:
        rows = self._session.snapshot.children(Printout, document.id)
        signed = signing.signed_printout(self._session.snapshot, document.id)
        printout = signed or (rows[-1] if rows else None)
        tree = self._tree_of(printout) if printout else None
        if printout is None or tree is None:
            return None
        known = self._compared and self._compared[0] == printout.id
        return Paper(printout, tree, self._compared[1] if self._compared and known else ())

    def _compare(self) -> None:
        document, now = self._current.document, self._now
        paper = self._paper(document) if document else None
        if paper is None or now is None:
            self.show_state()
            return
        printout, tree = paper.printout.id, paper.tree
        self._newest.ask(lambda: (printout, tuple(changes(tree, now))), self._show_changes, _raise)

    def _show_changes(self, compared: tuple[str, tuple[Change, ...]]) -> None:
        self._compared = compared
        self.show_state()

    def _tree_of(self, printout: Printout) -> DocumentTree | None:
        """What was printed; None when it cannot be read any more."""
        if self._tree is None or self._tree[0] != printout.id:
            data = self._session.attachment(printout.tree) if printout.tree else None
            try:
                self._tree = (printout.id, unpack(data)) if data else None
            except UserError:
                self._tree = None
        return self._tree[1] if self._tree else None

    def _say(self, document: Document | None) -> None:
        changed = self.paper is not None and bool(self.paper.changes)
        lines = [*self._said(document), *([self._said_changed()] if changed else [])]
        self.state.setText(thai_text.display("\n".join(lines)))
        ground = theme.WARNING_FILL if changed else theme.INFO_FILL
        self.state.setStyleSheet(f"background: {ground}; padding: 6px 10px;")

    def _said(self, document: Document | None) -> list[str]:
        if document is None:
            return [_("There is no fiscal year yet.")]
        if document.signed_on is None and self.paper is None:
            advice = _("Print it, or save it as PDF, and have it signed; then note here that it was signed.")
            return [_("Not printed yet."), advice]
        said: list[str] = []
        if document.signed_on is not None:
            said.append(_("Signed on {date}").format(date=thai.long_date(document.signed_on)))
            said.append(
                _("Scan: {name}").format(name=document.scan_name) if document.scan else _("No scan attached.")
            )
        if self.paper is not None:
            printout = self.paper.printout
            said.append(
                _("Printed on {date} at {time}, document code {code}").format(
                    date=thai.long_date(printout.printed_at.date()),
                    time=f"{printout.printed_at:%H:%M}",
                    code=short_code(printout.code),
                )
            )
        return said

    def _said_changed(self) -> str:
        assert self.paper is not None
        count = len(self.paper.changes)
        if self.paper.printout.signed:
            return _(
                "Changed after signing: {count} places. The list shows what the paper says and what stands there now."
            ).format(count=count)
        return _("Changed since it was printed: {count} places.").format(count=count)

    def _list(self, found: tuple[Change, ...]) -> None:
        self.changes.setVisible(bool(found))
        self.changes.setHtml(change_words.html(found))

    # Acting

    def _sign(self) -> None:
        document, paper = self._current.document, self.paper
        if document is None or paper is None:
            return
        dialog = SignDialog(self, paper.printout)
        if dialog.exec() and (date := dialog.date.date()) is not None:
            self._store_signing(document, paper, date, dialog.scan)
        dialog.deleteLater()

    def _store_signing(self, document: Document, paper: Paper, date: dt.date, scan: Path | None) -> None:
        printout = paper.printout
        try:
            signed = pdf.write(paper.tree, _family(printout.family), created=printout.printed_at)
            data = read_scan(scan) if scan else None
        except UserError as error:
            messages.show_error(self, error)
            return

        def run(edit: "Edit") -> None:
            signing.sign_document(edit, document.id, printout.id, date, signed)
            if scan is not None:
                signing.attach_scan(edit, document.id, data, scan.name)

        self._session.edit(_("Note that the report was signed"), run)

    def _unsign(self) -> None:
        if document := self._current.document:
            self._session.edit(_("Take the signing back"), signing.unsign_document, document.id)

    def _attach(self) -> None:
        document = self._current.document
        path = ask_scan(self, self._session.path.parent)
        if document is None or path is None:
            return
        try:
            data = read_scan(path)
        except UserError as error:
            messages.show_error(self, error)
            return
        self._session.edit(_("Attach the scan"), signing.attach_scan, document.id, data, path.name)

    def _open_scan(self) -> None:
        """In the program that the system has for it, from a copy that is gone when this program ends."""
        document = self._current.document
        data = self._session.attachment(document.scan) if document and document.scan else None
        if document is None or data is None:
            return
        ending = Path(document.scan_name).suffix.lower()
        safe = ending if ending in (".pdf", ".png", ".jpg", ".jpeg") else ".pdf"
        self._scans = self._scans or QTemporaryDir()
        copy = Path(self._scans.path()) / f"scan{safe}"
        copy.write_bytes(data)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))

    def _signed_pdf(self) -> bytes | None:
        printout = self.paper.printout if self.paper else None
        return self._session.attachment(printout.pdf) if printout and printout.pdf else None

    def _save_signed(self) -> None:
        data = self._signed_pdf()
        name = report_files.file_name(
            self._session.snapshot.office.full_name, self._current.layout.name, _("signed")
        )
        path = report_files.ask_path(self, self._session.path.parent, name, ".pdf") if data else None
        if data and path:
            report_files.write(self, path, data)

    def _print_signed(self) -> None:
        if data := self._signed_pdf():
            self.print_wanted.emit(data, self._current.layout.title)


def _family(name: str) -> families.Family:
    """The font the paper was set in; the shipped one where that is not installed any more."""
    try:
        return families.family(name or families.DEFAULT)
    except UserError:
        return families.family()


def _raise(error: Exception) -> None:
    raise error
