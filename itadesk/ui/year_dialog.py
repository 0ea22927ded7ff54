"""Asks for the fiscal year to add, and what of the last one goes along."""

from dataclasses import dataclass

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain.carry_forward import Taken
from itadesk.i18n import _
from itadesk.ui import thai_text
from itadesk.ui.year_box import YearBox


@dataclass(frozen=True)
class NewYear:
    """`taken`: what of the measures of the year before goes along; None = the year begins empty."""

    year: int
    taken: Taken | None = None


class YearDialog(QDialog):
    """`source` is the year whose measures may go along; None when there are none."""

    @classmethod
    def ask(cls, parent: QWidget, offered: int, source: int | None) -> NewYear | None:
        """The year wanted; None when the user cancels."""
        dialog = cls(parent, offered, source)
        wanted = dialog.wanted() if dialog.exec() else None
        dialog.deleteLater()
        return wanted

    def __init__(self, parent: QWidget | None, offered: int, source: int | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Add a fiscal year"))
        self.year = YearBox(offered)
        self.year.selectAll()
        self.carry = QCheckBox(_("&Take over the measures of fiscal year {year}").format(year=source))
        self.steps = QCheckBox(_("&Steps"))
        self.responsible = QCheckBox(_("&Responsible"))
        self.periods = QCheckBox(_("&Periods and follow-up, their years moved on"))
        self.years = QCheckBox(_("Move the fiscal year on that titles and steps &name"))
        for box in (self.carry, self.steps, self.responsible, self.periods):
            box.setChecked(True)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QFormLayout(self)
        layout.addRow(_("&Fiscal year (B.E.)"), self.year)
        if source is not None:
            layout.addRow(self.carry)
            layout.addRow(self._choices())
        layout.addRow(buttons)

    def wanted(self) -> NewYear:
        if self.carry.isHidden() or self.carry.parent() is None or not self.carry.isChecked():
            return NewYear(self.year.value())
        taken = Taken(
            steps=self.steps.isChecked(),
            responsible=self.responsible.isChecked(),
            periods=self.periods.isChecked(),
            years=self.years.isChecked(),
        )
        return NewYear(self.year.value(), taken)

    def _choices(self) -> QWidget:
        choices = QWidget()
        layout = QVBoxLayout(choices)
        layout.setContentsMargins(24, 0, 0, 0)
        for box in (self.steps, self.responsible, self.periods, self.years):
            layout.addWidget(box)
        left = QLabel(thai_text.display(_("Statuses, results and evidence stay with their year.")))
        layout.addWidget(left)
        self.carry.toggled.connect(choices.setEnabled)
        return choices
