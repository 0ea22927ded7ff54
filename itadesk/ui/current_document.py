"""The report in hand: its layout, and its document, which is stored with the first fact the clerk sets."""

import datetime as dt
import getpass
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from itadesk.documents import document as documents
from itadesk.documents.layout import Layout
from itadesk.documents.layouts import layouts
from itadesk.documents.record import code_of
from itadesk.documents.tree_json import pack
from itadesk.domain.fields import Value, field_of
from itadesk.domain.model import Document, DocumentText, FiscalYear, Publication, Signatory
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import _
from itadesk.storage import operations, signing
from itadesk.storage.office_file import Edit
from itadesk.ui.report_job import ReportJob
from itadesk.ui.report_kinds import NOTED
from itadesk.ui.session import FileSession


class CurrentDocument(QObject):
    """The document of one layout for the fiscal year and round in hand. `changed` comes when it or its data may differ.

    There is none, and nothing to print, while the file has no fiscal year.
    """

    changed = Signal()

    def __init__(
        self, session: FileSession, parent: QObject, now: Callable[[], dt.datetime] = dt.datetime.now
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._now = now
        self._choices = _reported(session.snapshot)
        self.layout = _newest(self._choices, session.snapshot)
        self.document: Document | None = None
        self.signatories: list[Signatory] = []
        self._blank: list[Signatory] = []
        self._blank_for: tuple[str, tuple[str, ...]] = ("", ())
        session.changed.connect(self._follow)
        session.place_changed.connect(self._follow)
        self._follow()

    def choose(self, layout_name: str) -> None:
        """Take the report of another layout in hand."""
        self._choices = [*(name for name in self._choices if name != layout_name), layout_name]
        self._follow()

    def document_of(self, layout: Layout) -> Document | None:
        """The document of another layout for the place in hand, stored or not; None without a fiscal year."""
        year = self._session.fiscal_year
        if year is None or layout.name == self.layout.name:
            return self.document
        return documents.document_for(self._session.snapshot, layout, year.id, self._session.round)

    def note_paper(self, job: ReportJob) -> None:
        """Note what was printed, so that it can be signed and compared."""
        if self._session.read_only or job.document.fiscal_year_id not in self._session.snapshot.all(
            FiscalYear
        ):
            return
        shown = self.document is not None and job.document.id == self.document.id
        signatories = (
            self.signatories if shown else documents.signatories_for(job.snapshot, job.layout, job.document)
        )
        moment = self._now().replace(microsecond=0)

        def note(edit: Edit) -> None:
            tree = job.tree
            told = (job.document, code_of(tree), pack(tree), job.family.name, getpass.getuser(), moment)
            signing.record_printout(edit, *told, signatories=signatories)

        self._session.edit(_(NOTED), note)

    def own_text(self, name: str) -> str | None:
        """The clerk's own wording of a text of the layout; None where the layout's holds."""
        if self.document is None:
            return None
        rows = self._session.snapshot.children(DocumentText, self.document.id)
        return next((row.text for row in rows if row.name == name), None)

    def set_fact(self, name: str, value: Value) -> None:
        """Store one of the document's own fields."""
        label = _("Change {field}").format(field=_(field_of(Document, name).label))
        self._edit(label, {name: value})

    def set_text(self, name: str, text: str | None) -> None:
        """Store the clerk's own wording of a text; None takes it back to the layout's."""
        label = _("Change {field}").format(field=self.layout.texts[name].label)
        self._edit(label, then=lambda edit, row_id: operations.set_document_text(edit, row_id, name, text))

    @property
    def publications(self) -> list[Publication]:
        """Where the document in hand was published; nowhere while it is not stored."""
        document = self.document
        return self._session.snapshot.children(Publication, document.id) if document else []

    def set_publications(self, rows: Sequence[Publication], label: str) -> None:
        """Store where it was published, in this order."""
        self._edit(label, then=lambda edit, row_id: operations.set_publications(edit, row_id, rows))

    def set_signatories(self, rows: Sequence[Signatory], label: str) -> None:
        """Store who signs, in this order."""
        self._edit(
            label, then=lambda edit, row_id: operations.set_signatories(edit, row_id, rows), signatories=()
        )

    def _edit(
        self,
        label: str,
        facts: Mapping[str, Value] | None = None,
        then: Callable[[Edit, str], object] | None = None,
        signatories: Sequence[Signatory] | None = None,
    ) -> None:
        """One undo step: the document with these facts, stored as it is shown where it is not stored yet; then more.

        `signatories`: who is stored with a new one in place of those shown.
        """
        document = self.document
        assert document is not None, "facts are set of a document in hand"
        facts = facts or {}
        who = self.signatories if signatories is None else signatories

        def run(edit: Edit) -> None:
            row_id = signing.store_document(edit, replace(document, **facts), who)
            if facts:
                stored = operations.existing(edit, Document, row_id)
                # One stored for no round goes on to serve every round, until it is to name one.
                round_ = document.round if facts.get("names_round") else stored.round
                edit.update(replace(stored, **facts, round=round_))
            if then is not None:
                then(edit, row_id)

        self._session.edit(label, run)

    def _follow(self) -> None:
        snapshot, year = self._session.snapshot, self._session.fiscal_year
        self.layout = _newest(self._choices, snapshot)
        if year is None:
            self.document, self.signatories = None, []
            self.changed.emit()
            return
        document = documents.document_for(snapshot, self.layout, year.id, self._session.round)
        shown = self.document
        if shown is not None and _same_but_id(shown, document):
            document = document if snapshot.get(Document, document.id) else shown
        self.document = document
        stored = snapshot.children(Signatory, document.id)
        missing = documents.missing_signatories(snapshot, self.layout, document, stored) if stored else []
        self.signatories = [*stored, *missing] or self._blank_signatories(document)
        self.changed.emit()

    def _blank_signatories(self, document: Document) -> list[Signatory]:
        """Those the layout asks for; the same ones as long as the same document is in hand."""
        asked = (document.id, tuple(documents.roles_of(self.layout, document)))
        if self._blank_for != asked:
            self._blank_for = asked
            self._blank = documents.signatories_for(self._session.snapshot, self.layout, document)
        return self._blank


def _reported(snapshot: Snapshot) -> list[str]:
    """Names of the layouts of the office's reports, that of the last one last."""
    years = {year.id: year.year for year in snapshot.fiscal_years}
    documents = snapshot.all(Document).values()
    rows = sorted(documents, key=lambda row: (years[row.fiscal_year_id], row.ordinal))
    return [row.layout for row in rows]


def _newest(choices: Sequence[str], snapshot: Snapshot) -> Layout:
    """The layout chosen last, as it is now. One that is gone or broken gives way to the one before until it is back."""
    found = {layout.name: layout for layout in layouts(snapshot)}
    return next((found[name] for name in reversed(choices) if name in found), next(iter(found.values())))


def _same_but_id(one: Document, other: Document) -> bool:
    return replace(one, id=other.id) == other
