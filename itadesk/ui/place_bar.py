"""Chooses the fiscal year and the round in hand; adds and deletes fiscal years."""

import datetime as dt
from itertools import count

from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from itadesk.domain import carry_forward, periods, progress
from itadesk.domain.fields import ROUND_LABELS
from itadesk.domain.model import ROUNDS, FiscalYear
from itadesk.domain.snapshot import ChangeSet, Snapshot
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.ui import messages, theme
from itadesk.ui.session import FileSession
from itadesk.ui.year_dialog import YearDialog


class PlaceBar(QWidget):
    """Follows the session's place and sets it."""

    def __init__(self, session: FileSession) -> None:
        super().__init__()
        self._session = session
        self.years = QComboBox()
        self.years.setAccessibleName(_("Fiscal year"))
        self.years.activated.connect(self._year_chosen)
        self.add_button = QToolButton()
        self.add_button.setIcon(theme.icon("add"))
        self.add_button.setToolTip(_("Add a fiscal year"))
        self.add_button.setAccessibleName(_("Add a fiscal year"))
        self.add_button.setEnabled(not session.read_only)
        self.add_button.clicked.connect(self.add_fiscal_year)
        self.rounds = QButtonGroup(self)
        label = QLabel(_("Fiscal &year"))
        label.setBuddy(self.years)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(self.years)
        layout.addWidget(self.add_button)
        layout.addSpacing(12)
        for round_ in ROUNDS:
            button = QToolButton()
            button.setText(_(ROUND_LABELS[round_]))
            theme.make_toggle(button)
            self.rounds.addButton(button, round_)
            layout.addWidget(button)
        self.rounds.idClicked.connect(self._round_chosen)
        session.changed.connect(self._changed)
        session.place_changed.connect(self._follow)
        self._fill()

    def add_fiscal_year(self) -> None:
        """Ask for the year, and whether the measures of the last one go along.

        The next year without measures is offered, also one that is there: that of a new file is.
        """
        snapshot = self._session.snapshot
        years, source = snapshot.fiscal_years, carry_forward.source(snapshot)
        following = years[-1].year + 1 if years else periods.fiscal_year_of(dt.date.today())
        if source is not None:
            following = next(
                year for year in count(source.year + 1) if carry_forward.wants_measures(snapshot, year)
            )
        self._ask(following, source)

    def take_measures_over(self) -> None:
        """Ask what of the measures of another year comes into the one in hand, which has none."""
        year, source = self._session.fiscal_year, carry_forward.source(self._session.snapshot)
        if year is not None:
            self._ask(year.year, source)

    def _ask(self, offered: int, source: FiscalYear | None) -> None:
        wanted = YearDialog.ask(self, offered, source.year if source else None)
        if wanted is None:
            return
        year = wanted.year
        label = _("Add fiscal year {year}").format(year=year)
        if source is not None and wanted.taken is not None:
            if self._session.snapshot.fiscal_year(year) is not None:
                label = _("Take over the measures of fiscal year {year}").format(year=source.year)
            row_id = self._session.edit(label, operations.carry_forward, source.id, year, wanted.taken)
        else:
            row_id = self._session.edit(label, operations.add_fiscal_year, year, analysed_year=year - 1)
        if row_id is not None:
            self._session.set_place(row_id, progress.round_to_begin(self._session.snapshot, row_id))

    def delete_fiscal_year(self) -> None:
        """Delete the one in hand with its measures and documents; undo brings it all back."""
        year = self._session.fiscal_year
        if year is None:
            return
        label = _("Delete fiscal year {year}").format(year=year.year)
        self._session.edit(label, operations.delete_row, FiscalYear, year.id)
        messages.toast(self, _("Fiscal year {year} deleted. Ctrl+Z brings it back.").format(year=year.year))

    def _changed(self, snapshot: Snapshot, changes: ChangeSet) -> None:
        if "fiscal_year" in changes.tables():
            self._fill()

    def _fill(self) -> None:
        self.years.clear()
        for row in reversed(self._session.snapshot.fiscal_years):
            self.years.addItem(str(row.year), row.id)
        self._follow()

    def _follow(self) -> None:
        year = self._session.fiscal_year
        self.years.setCurrentIndex(-1 if year is None else self.years.findData(year.id))
        self.rounds.button(self._session.round).setChecked(True)

    def _year_chosen(self, index: int) -> None:
        self._session.set_place(self.years.itemData(index), self._session.round)

    def _round_chosen(self, round_: int) -> None:
        year = self._session.fiscal_year
        if year is not None:
            self._session.set_place(year.id, 6 if round_ == 6 else 12)
