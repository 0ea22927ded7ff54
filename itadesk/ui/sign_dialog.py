"""Asks which printout was signed, when, and for the scan of the paper."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from itadesk import whole_file
from itadesk.domain import thai
from itadesk.domain.model import Printout
from itadesk.domain.short_code import short_code
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import signing
from itadesk.storage.edit import ATTACHMENT_LIMIT
from itadesk.ui import messages, thai_text, theme
from itadesk.ui.date_field import DateField
from itadesk.ui.quiet_box import QuietBox

_WIDTH = 420
_NAME_WIDTH = 280


class Scan(NamedTuple):
    """A scan that was read and can be attached."""

    name: str
    data: bytes


class SignDialog(QDialog):
    """Which of the printouts was signed and when, and its scan if there is one. `printouts`: newest first."""

    def __init__(self, parent: QWidget, printouts: Sequence[Printout], today: dt.date) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("The report was signed"))
        self._today = today
        self.scan: Scan | None = None
        self.printouts = QuietBox()
        for printout in printouts:
            self.printouts.addItem(_told(printout), printout)
        self.date = DateField(lambda: today)
        self.date.setText(thai.long_date(today))
        self.choose = QPushButton(_("Choose a file…"))
        self.choose.clicked.connect(self._choose)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.fault = QLabel()
        self._arrange()
        self.date.textChanged.connect(self._follow)
        self.printouts.currentIndexChanged.connect(self._follow)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)

    @property
    def printout(self) -> Printout:
        """The one that was signed."""
        return self.printouts.currentData()

    def take_scan(self, path: Path) -> None:
        """Attach this file; say why where it cannot be."""
        try:
            self.scan = read_scan(path)
        except UserError as error:
            messages.show_error(self, error)
            return
        name = self.fontMetrics().elidedText(self.scan.name, Qt.TextElideMode.ElideMiddle, _NAME_WIDTH)
        self.choose.setText(name.replace("&", "&&"))
        self.choose.setToolTip(self.scan.name)

    def _arrange(self) -> None:
        form = QFormLayout()
        one = QLabel(self.printouts.currentText())
        form.addRow(_("Printout"), self.printouts if self.printouts.count() > 1 else one)
        form.addRow(_("Signed on"), self.date)
        form.addRow(_("Scan"), self.choose)
        self.fault.setWordWrap(True)
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setStyleSheet(f"color: {theme.FAULT}")
        self.fault.hide()
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.fault)
        layout.addWidget(self.buttons)
        # The dialog is as high as the fault needs, which is not there at first.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        self.setMinimumWidth(_WIDTH)

    def _choose(self) -> None:
        if path := ask_scan(self, Path.home()):
            self.take_scan(path)

    def _accept(self) -> None:
        self._tell(self._fault_now())
        if self.fault.isHidden():
            self.accept()
        else:
            self.date.setFocus()

    def _follow(self) -> None:
        """A fault that was told goes as soon as it is mended."""
        if not self.fault.isHidden():
            self._tell(self._fault_now())

    def _tell(self, fault: str) -> None:
        self.fault.setText(thai_text.display(fault))
        self.fault.setVisible(bool(fault))

    def _fault_now(self) -> str:
        date, printed = self.date.date(), self.printout.printed_at.date()
        if date is None:
            return _("Type day, month and year, such as 31/3/2568 or 31 มี.ค. 68.")
        if date > self._today:
            return _("This day is still to come.")
        if date < printed:
            text = _("It was printed on {date} and cannot have been signed before.")
            return text.format(date=thai.long_date(printed))
        return ""


def _told(printout: Printout) -> str:
    return _("{date} at {time} · code {code}").format(
        date=thai.long_date(printout.printed_at.date()),
        time=f"{printout.printed_at:%H:%M}",
        code=short_code(printout.code),
    )


def ask_scan(parent: QWidget, folder: Path) -> Path | None:
    """The file of a scan that the clerk chooses."""
    kinds = _("Scans (*.pdf *.png *.jpg *.jpeg)")
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Choose the scan"), str(folder), kinds)
    return Path(chosen) if chosen else None


def read_scan(path: Path) -> Scan:
    """The file as a scan. UserError when it is none, is too large or cannot be read."""
    try:
        large = path.stat().st_size > ATTACHMENT_LIMIT
    except OSError:
        large = False  # reading it says why it cannot be read
    if large:
        raise UserError(
            _("The scan is larger than {limit} MB.").format(limit=ATTACHMENT_LIMIT >> 20),
            _("Scan it in fewer dots per inch, or in grey."),
        )
    data = whole_file.read(path)
    signing.scan_type(data)
    return Scan(path.name, data)
