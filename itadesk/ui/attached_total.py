"""How much all files attached in the office file weigh, with a mild warning once it can hardly be mailed."""

from PySide6.QtWidgets import QLabel

from itadesk.domain.sending import MAIL_LIMIT
from itadesk.domain.snapshot import ChangeSet, Snapshot
from itadesk.i18n import _
from itadesk.ui import thai_text, theme
from itadesk.ui.new_files import size_words
from itadesk.ui.session import FileSession

_REFERRING = frozenset({"evidence", "office", "document", "printout"})
"""Tables whose rows refer to attached files."""


class AttachedTotal(QLabel):
    """`sizes`: bytes of each attached file, by its SHA-256. Listens before the list it is made for."""

    def __init__(self, session: FileSession) -> None:
        super().__init__()
        self._session = session
        self.sizes: dict[str, int] = {}
        self.setWordWrap(True)
        session.changed.connect(self._changed)
        self._weigh()

    def _changed(self, _snapshot: Snapshot, changes: ChangeSet) -> None:
        if changes.tables() & _REFERRING:
            self._weigh()

    def _weigh(self) -> None:
        self.sizes = self._session.attachment_sizes()
        total = sum(self.sizes.values())
        said = _("All files in this office file: {size}").format(size=size_words(total))
        if total > MAIL_LIMIT:
            advice = _(
                "More than {limit} can hardly be mailed. Put large files on the website and add their links."
            )
            said = f"{said} · {advice.format(limit=size_words(MAIL_LIMIT))}"
        self.setText(thai_text.display(said))
        self.setStyleSheet(
            f"background: {theme.WARNING_FILL}; padding: 4px 8px"
            if total > MAIL_LIMIT
            else f"color: {theme.QUIET}"
        )
        self.setVisible(total > 0)
