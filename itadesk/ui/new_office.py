"""Asks for the few things a new office file needs."""

import datetime as dt

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import fields, periods
from itadesk.domain.fields import LINE_LIMIT
from itadesk.domain.model import FiscalYear, Office, Row, new_id
from itadesk.domain.offices import EXECUTIVES
from itadesk.i18n import _
from itadesk.ui.year_box import YearBox


class NewOfficeDialog(QDialog):
    """Kind, name, place and fiscal year; everything else can wait for the office page."""

    @classmethod
    def ask(cls, parent: QWidget | None) -> list[Row] | None:
        """The rows of the new file; None when the user cancels."""
        dialog = cls(parent)
        rows = dialog.rows() if dialog.exec() else None
        dialog.deleteLater()
        return rows

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("New office file"))
        self.kind = QComboBox()
        self.kind.setEditable(True)
        self.kind.addItems(list(EXECUTIVES))
        self.name = QLineEdit(placeholderText=_("without the kind, such as งามดี"))
        self.district = QLineEdit()
        self.province = QLineEdit()
        self.year = YearBox(periods.fiscal_year_of(dt.date.today()))
        self.name.textChanged.connect(self._say_full_name)
        self.kind.currentTextChanged.connect(self._say_full_name)
        self._full_name = QLabel()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.choose_button = self._buttons.addButton(
            _("&Choose where to keep it…"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out()
        self._say_full_name()
        self.name.setFocus()

    def rows(self) -> list[Row]:
        """The office and its first fiscal year, which answers the ITA result of the year before."""
        office = Office(
            id=new_id(),
            kind=_value("kind", self.kind.currentText()),
            name=_value("name", self.name.text()),
            district=_value("district", self.district.text()),
            province=_value("province", self.province.text()),
        )
        year = self.year.value()
        return [office, FiscalYear(id=new_id(), office_id=office.id, year=year, analysed_year=year - 1)]

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_("&Kind of office"), self.kind)
        form.addRow(_("&Name"), self.name)
        form.addRow("", self._full_name)
        form.addRow(_("&District"), self.district)
        form.addRow(_("&Province"), self.province)
        form.addRow(_("&Fiscal year (B.E.)"), self.year)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self._buttons)
        for line in self.findChildren(QLineEdit):
            line.setMaxLength(LINE_LIMIT)
        self.setMinimumWidth(480)

    def _say_full_name(self) -> None:
        name = self.name.text().strip()
        self._full_name.setText(self.kind.currentText().strip() + name)
        self.choose_button.setEnabled(bool(name))


def _value(name: str, text: str) -> str:
    return str(fields.parse(fields.field_of(Office, name), text))
