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
        raise gone()
    tree = unpack(data)
    if code_of(tree) != printout.code:
        raise UserError(
            _("What was printed is damaged in the file: it does not fit its document code."),
            _("Compare with the paper itself, and print the document again if it has to be signed."),
        )
    return tree


def gone() -> UserError:
    """What to tell where the file does not have what was printed."""
    return UserError(
        _("What was printed is not in the file any more."), _("Please print the document again.")
    )


_Key = tuple[str, str, str | None]


def _key(printout: Printout) -> _Key:
    """What is read of a printout: signing it changes nothing of that."""
    return printout.id, printout.code, printout.tree


class PaperReader(QObject):
    """Knows what the report says otherwise than one printout. `changed` comes when it knows more.

    A printout is read once; one that cannot be read is not tried again.
    """

    changed = Signal()

    def __init__(self, session: FileSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._newest = Newest(session.tasks, self)
        self._read: tuple[_Key, DocumentTree] | None = None
        self._compared: tuple[_Key, tuple[Change, ...]] | None = None
        self._faults: dict[_Key, UserError] = {}

    def compare(self, printout: Printout, now: DocumentTree) -> None:
        """Find out what `now` says otherwise."""
        key = _key(printout)
        if key in self._faults:
            return
        known = self._read[1] if self._read and self._read[0] == key else None
        data = self._session.attachment(printout.tree) if printout.tree and known is None else None

        def compared() -> tuple[DocumentTree, tuple[Change, ...]]:
            tree = known or read(printout, data)
            return tree, tuple(changes(tree, now))

        self._newest.ask(compared, partial(self._keep, key), partial(self._refuse, key))

    def changes(self, printout: Printout) -> tuple[Change, ...]:
        """What the report says otherwise, as far as is known."""
        return self._compared[1] if self._compared and self._compared[0] == _key(printout) else ()

    def fault(self, printout: Printout) -> UserError | None:
        """Why the printout cannot be compared."""
        return self._faults.get(_key(printout))

    def _keep(self, key: _Key, compared: tuple[DocumentTree, tuple[Change, ...]]) -> None:
        self._read = (key, compared[0])
        self._compared = (key, compared[1])
        self.changed.emit()

    def _refuse(self, key: _Key, error: Exception) -> None:
        known = isinstance(error, UserError)
        self._faults[key] = error if known else UserError(_("What was printed cannot be compared."))
        self.changed.emit()
        if not known:
            raise error
