"""Asks what of the 6-month round the 12-month round begins with, and says of how many measures."""

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from itadesk.domain.model import FiscalYear
from itadesk.domain.open_round import Kept, opened
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.ui import messages, thai_text, theme
from itadesk.ui.session import FileSession


class RoundDialog(QDialog):
    """One undo step when it is accepted; the 12-month round is in hand then."""

    def __init__(self, session: FileSession, year: FiscalYear, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._year = year
        self.setWindowTitle(_("Begin the 12-month round"))
        labels = {
            "status": _("&Statuses"),
            "result": _("&Results"),
            "outcome": _("&Outcomes"),
            "suggestion": _("Su&ggestions"),
        }
        self.boxes = {name: QCheckBox(label) for name, label in labels.items()}
        self.count = QLabel()
        self.count.setStyleSheet(f"color: {theme.QUIET}")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self._open_round)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        told = _(
            "What the 6-month round of fiscal year {year} says is taken over, to be written on from there:"
        )
        layout.addWidget(QLabel(thai_text.display(told.format(year=year.year))))
        for box in self.boxes.values():
            box.setChecked(True)
            box.toggled.connect(self._show_count)
            layout.addWidget(box)
        layout.addWidget(QLabel(thai_text.display(_("Measures that have a 12-month report keep it."))))
        layout.addWidget(self.count)
        layout.addWidget(self.buttons)
        self.finished.connect(lambda: self.deleteLater())
        self._show_count()

    def kept(self) -> Kept:
        return Kept(**{name: box.isChecked() for name, box in self.boxes.items()})

    def _show_count(self) -> None:
        count = sum(1 for _row in opened(self._session.snapshot, self._year.id, self.kept()))
        self.count.setText(_("{count} measures will begin so.").format(count=count))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(count > 0)

    def _open_round(self) -> None:
        self.accept()
        parent = self.parentWidget()
        label = _("Begin the 12-month round")
        count = self._session.edit(label, operations.open_round, self._year.id, self.kept())
        self._session.set_place(self._year.id, 12)
        if count and parent is not None:
            messages.toast(
                parent, _("{count} measures taken over. Ctrl+Z takes it back.").format(count=count)
            )
