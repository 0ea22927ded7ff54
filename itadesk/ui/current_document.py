"""The report in hand: its layout, and its document, which is stored with the first fact the clerk sets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from itadesk.documents import compose
from itadesk.documents.layout import Layout, layout_named, layouts
from itadesk.domain.fields import Value, field_of
from itadesk.domain.model import Document, DocumentText, Signatory
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.storage.office_file import Edit
from itadesk.ui.session import FileSession


class CurrentDocument(QObject):
    """The document of one layout for the fiscal year and round in hand. `changed` comes when it or its data may differ.

    There is none, and nothing to print, while the file has no fiscal year.
    """

    changed = Signal()

    def __init__(self, session: FileSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.layout: Layout = layouts(session.snapshot)[0]
        self.document: Document | None = None
        self.signatories: list[Signatory] = []
        self._blank: list[Signatory] = []
        session.changed.connect(self._follow)
        session.place_changed.connect(self._follow)
        self._follow()

    def choose(self, layout_name: str) -> None:
        """Take the report of another layout in hand."""
        self.layout = layout_named(layout_name, self._session.snapshot)
        self._follow()

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

    def set_signatories(self, rows: Sequence[Signatory], label: str) -> None:
        """Store who signs, in this order."""
        self._edit(label, then=lambda edit, row_id: operations.set_signatories(edit, row_id, rows))

    def _edit(
        self,
        label: str,
        facts: Mapping[str, Value] | None = None,
        then: Callable[[Edit, str], object] | None = None,
    ) -> None:
        """One undo step: the document with these facts, stored as it is shown where it is not stored yet; then more."""
        document = self.document
        assert document is not None, "facts are set of a document in hand"
        told, signatories = replace(document, **(facts or {})), self.signatories

        def run(edit: Edit) -> None:
            if edit.snapshot.get(Document, document.id) is None:
                edit.insert(told, *(row for row in signatories if row.name))
            elif facts:
                edit.update(told)
            if then is not None:
                then(edit, document.id)

        self._session.edit(label, run)

    def _follow(self) -> None:
        snapshot, year = self._session.snapshot, self._session.fiscal_year
        if year is None:
            self.document, self.signatories = None, []
            self.changed.emit()
            return
        document = compose.document_for(snapshot, self.layout, year.id, self._session.round)
        shown = self.document
        if shown is not None and _same_but_id(shown, document):
            document = document if snapshot.get(Document, document.id) else shown
        self.document = document
        self.signatories = snapshot.children(Signatory, document.id) or self._blank_signatories(document)
        self.changed.emit()

    def _blank_signatories(self, document: Document) -> list[Signatory]:
        """Those the layout asks for; the same ones as long as the same document is in hand."""
        if not self._blank or self._blank[0].document_id != document.id:
            self._blank = compose.signatories_for(self._session.snapshot, self.layout, document)
        return self._blank


def _same_but_id(one: Document, other: Document) -> bool:
    return replace(one, id=other.id) == other
