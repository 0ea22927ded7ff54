"""Asks for the few things a new office file needs."""

import datetime as dt

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import fields, periods, template_join
from itadesk.domain.fields import LINE_LIMIT
from itadesk.domain.model import FiscalYear, Measure, Office, Row, new_id
from itadesk.domain.offices import EXECUTIVES
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import _
from itadesk.ui import templates
from itadesk.ui.thai_text import display
from itadesk.ui.year_box import YearBox


class NewOfficeDialog(QDialog):
    """Kind, name, place and fiscal year; everything else can wait for the office page."""

    @classmethod
    def ask(cls, parent: QWidget | None, template: Snapshot | None = None) -> list[Row] | None:
        """The rows of the new file, begun with the template if there is one; None when the user cancels."""
        dialog = cls(parent)
        if template is not None:
            dialog.begin_with(template)
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
        self._template: Snapshot | None = None
        self.template_button = QPushButton(_("From the district’s &template…"))
        self.template_button.setAutoDefault(False)
        self.template_button.clicked.connect(self._choose_template)
        self.told = QLabel(display(_("Without a template the file begins empty.")))
        self.told.setWordWrap(True)
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
        """The office and its first fiscal year, which answers the ITA result of the year before; what is in the
        template."""
        office = Office(
            id=new_id(),
            kind=_value("kind", self.kind.currentText()),
            name=_value("name", self.name.text()),
            district=_value("district", self.district.text()),
            province=_value("province", self.province.text()),
        )
        year = self.year.value()
        first = FiscalYear(id=new_id(), office_id=office.id, year=year, analysed_year=year - 1)
        begun = () if self._template is None else template_join.begun(self._template, office, first)
        return [office, first, *begun]

    def begin_with(self, template: Snapshot) -> None:
        """Begin with the measures of this template, in its year."""
        year = template_join.year_of(template)
        assert year is not None, "a template has measures"
        self._template = template
        self.year.setValue(year.year)
        self.year.setEnabled(False)
        text = _("{count} measures of fiscal year {year} from the template")
        self.told.setText(
            display(text.format(count=len(template.children(Measure, year.id)), year=year.year))
        )

    def _choose_template(self) -> None:
        template = templates.choose(self)
        if template is not None:
            self.begin_with(template)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(_("&Kind of office"), self.kind)
        form.addRow(_("&Name"), self.name)
        form.addRow("", self._full_name)
        form.addRow(_("&District"), self.district)
        form.addRow(_("&Province"), self.province)
        form.addRow(_("&Fiscal year (B.E.)"), self.year)
        form.addRow(_("Measures"), self.template_button)
        form.addRow("", self.told)
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
