"""Reads in the background what was printed of a document, and compares it with the report as it now stands."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from itadesk.documents.record import Change, changes, code_of
from itadesk.documents.tree import DocumentTree
from itadesk.documents.tree_json import unpack
from itadesk.domain.model import Printout
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui.newest import Newest
from itadesk.ui.session import FileSession


def read(printout: Printout, data: bytes | None) -> DocumentTree:
    """What was printed, from its pack. UserError when it is not there, or is another than that with the code."""
    if data is None:
        raise UserError(
            _("What was printed was not kept in the file."), _("Please print the document again.")
        )
    tree = unpack(data)
    if code_of(tree) != printout.code:
        raise UserError(
            _("What was printed is damaged in the file: it does not fit its document code."),
            _("Compare with the paper itself, and print the document again if it has to be signed."),
        )
    return tree


class PaperReader(QObject):
    """Knows what the report says otherwise than one printout. `changed` comes when it knows more.

    A printout is read once; one that cannot be read is not tried again.
    """

    changed = Signal()

    def __init__(self, session: FileSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._newest = Newest(session.tasks, self)
        self._read: tuple[str, DocumentTree] | None = None
        self._compared: tuple[str, tuple[Change, ...]] = ("", ())
        self._faults: dict[str, UserError] = {}

    def compare(self, printout: Printout, now: DocumentTree) -> None:
        """Find out what `now` says otherwise."""
        if printout.id in self._faults:
            return
        known = self._read[1] if self._read and self._read[0] == printout.id else None
        data = self._session.attachment(printout.tree) if printout.tree and known is None else None

        def compared() -> tuple[DocumentTree, tuple[Change, ...]]:
            tree = known or read(printout, data)
            return tree, tuple(changes(tree, now))

        self._newest.ask(compared, partial(self._keep, printout.id), partial(self._refuse, printout.id))

    def changes(self, printout: Printout) -> tuple[Change, ...]:
        """What the report says otherwise, as far as is known."""
        return self._compared[1] if self._compared[0] == printout.id else ()

    def fault(self, printout: Printout) -> UserError | None:
        """Why the printout cannot be compared."""
        return self._faults.get(printout.id)

    def _keep(self, printout_id: str, compared: tuple[DocumentTree, tuple[Change, ...]]) -> None:
        self._read = (printout_id, compared[0])
        self._compared = (printout_id, compared[1])
        self.changed.emit()

    def _refuse(self, printout_id: str, error: Exception) -> None:
        known = isinstance(error, UserError)
        self._faults[printout_id] = error if known else UserError(_("What was printed cannot be compared."))
        self.changed.emit()
        if not known:
            raise error
