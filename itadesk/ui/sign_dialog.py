"""Asks when a report was signed, and for the scan of the paper."""

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from itadesk import whole_file
from itadesk.domain import thai
from itadesk.domain.model import Printout
from itadesk.domain.short_code import short_code
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import thai_text, theme
from itadesk.ui.date_field import DateField

_SCAN_MEGABYTES = 20
_DATE_WIDTH = 240


class SignDialog(QDialog):
    """When the paper was signed, and its scan if there is one."""

    def __init__(self, parent: QWidget, printout: Printout) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("The report was signed"))
        self.scan: Path | None = None
        self.date = DateField()
        self.date.setText(thai.long_date(dt.date.today()))
        self.date.setMinimumWidth(_DATE_WIDTH)
        self.choose = QPushButton(_("Choose a file…"))
        self.choose.clicked.connect(self._choose)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        self.fault.setStyleSheet(f"color: {theme.FAULT}")
        form = QFormLayout(self)
        form.addRow(_("Document code"), QLabel(short_code(printout.code)))
        form.addRow(_("Signed on"), self.date)
        form.addRow(_("Scan"), self.choose)
        form.addRow("", self.fault)
        form.addRow(self.buttons)
        self.fault.hide()

    def _choose(self) -> None:
        if path := ask_scan(self, Path.home()):
            self.scan = path
            self.choose.setText(path.name)

    def _accept(self) -> None:
        if self.date.date() is None:
            self.fault.setText(
                thai_text.display(_("Type day, month and year, such as 31/3/2568 or 31 มี.ค. 68."))
            )
            self.fault.show()
            self.date.setFocus()
        else:
            self.accept()


def ask_scan(parent: QWidget, folder: Path) -> Path | None:
    """The file of a scan that the clerk chooses."""
    kinds = _("Scans (*.pdf *.png *.jpg *.jpeg)")
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Choose the scan"), str(folder), kinds)
    return Path(chosen) if chosen else None


def read_scan(path: Path) -> bytes:
    """The bytes of the file. UserError when it is too large or cannot be read."""
    try:
        large = path.stat().st_size > _SCAN_MEGABYTES * 2**20
    except OSError:
        large = False  # reading it says why it cannot be read
    if large:
        raise UserError(
            _("The scan is larger than {limit} MB.").format(limit=_SCAN_MEGABYTES),
            _("Scan it in fewer dots per inch, or in grey."),
        )
    return whole_file.read(path)
