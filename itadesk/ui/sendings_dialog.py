"""What was sent to the district so far: when, which version with what in it, to whom, and by which seal code."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from itadesk.domain import thai
from itadesk.domain.fields import ROUND_LABELS
from itadesk.domain.model import Sending
from itadesk.domain.short_code import short_code
from itadesk.i18n import _
from itadesk.ui import messages
from itadesk.ui.collection.tables import CENTRE, SortedTable
from itadesk.ui.rows_model import Column

_WIDTHS = {
    "sent": 128, "years": 112, "round": 126, "version": 56, "attached": 96, "to": 190, "code": 150, "by": 110,
}  # fmt: skip


class SendingsDialog(QDialog):
    """The latest first."""

    def __init__(self, sendings: Sequence[Sending], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What was sent"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table: SortedTable[Sending] = SortedTable(_columns(), {}, _WIDTHS, self.windowTitle())
        self.table.fill(reversed(sendings))
        self.table.opened.connect(lambda _row: self.open_folder())
        self.folder_button = QPushButton(_("Open the fol&der"))
        self.folder_button.setAutoDefault(False)
        self.folder_button.clicked.connect(lambda: self.open_folder())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.folder_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table)
        layout.addWidget(buttons)
        self.resize(1240, 380)
        if sendings:
            self.table.go_to(sendings[-1].id)
        self.table.setFocus()

    def open_folder(self) -> None:
        """Where the copy was written, as long as that is there."""
        row = self.table.current
        if row is None:
            return
        folder = Path(row.path).parent
        if folder.is_absolute() and folder.is_dir():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        else:
            messages.toast(self, _("The folder is not there any more."))


def _columns() -> list[Column[Sending]]:
    return [
        Column("sent", _("Sent"), lambda row: f"{thai.short_date(row.sent_at.date())} {row.sent_at:%H:%M}"),
        Column("years", _("Fiscal years"), lambda row: ", ".join(row.years.split()), alignment=CENTRE),
        Column("round", _("Round"), lambda row: _(ROUND_LABELS[row.round]) if row.round else ""),
        Column("version", _("Version"), lambda row: f"r{row.revision}", alignment=CENTRE),
        Column("attached", _("Attached files"), lambda row: _("with") if row.attached else _("without")),
        Column("to", _("Receiver"), lambda row: row.to),
        Column("file", _("File"), lambda row: Path(row.path).name),
        Column("code", _("Seal code"), lambda row: short_code(row.seal)),
        Column("by", _("Sent by"), lambda row: row.sent_by),
    ]
