"""The tab of all offices' measures, narrowed by office, indicator, status, lateness and text."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from itadesk.domain import thai
from itadesk.domain.consolidated import OfficeMeasure
from itadesk.domain.fields import STATUS_LABELS
from itadesk.domain.model import Status
from itadesk.i18n import _
from itadesk.storage.collection import counts
from itadesk.ui import theme
from itadesk.ui.collection.charts_tab import indicator_words
from itadesk.ui.collection.session import CollectionSession, View
from itadesk.ui.collection.tables import CENTRE, SignDelegate, SortedTable
from itadesk.ui.quiet_box import QuietBox
from itadesk.ui.rows_model import Column

MOST = 5_000
"""Rows that are shown; nobody reads further."""
_PAUSE = 250
"""Milliseconds after the last letter until it is looked for."""


class _Row:
    """A measure under the id that tables know rows by."""

    __slots__ = ("id", "measure")

    def __init__(self, measure: OfficeMeasure) -> None:
        self.id = measure.measure_id
        self.measure = measure

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Row) and other.measure == self.measure

    def __hash__(self) -> int:
        return hash(self.id)


def _text(pick: Callable[[OfficeMeasure], str]) -> Callable[[_Row], str]:
    return lambda row: pick(row.measure)


def _columns() -> list[Column[_Row]]:
    return [
        Column("number", _("No.")),
        Column("office", _("Office"), _text(lambda one: one.office)),
        Column("indicator", _("Indicator"), _text(lambda one: one.indicator), alignment=CENTRE),
        Column("title", _("Measure"), _text(lambda one: one.title)),
        Column("responsible", _("Responsible"), _text(lambda one: one.responsible)),
        Column("period", _("Period"), _text(lambda one: one.period)),
        Column("status", _("Status"), _text(lambda one: _(STATUS_LABELS[one.status]))),
        Column("last_day", _("Last day"), _text(_last_day)),
    ]


def _last_day(measure: OfficeMeasure) -> str:
    return thai.short_date(measure.last_day) if measure.last_day else ""


_KEYS: Mapping[str, Callable[[_Row], Any]] = {
    "office": lambda row: thai.sort_key(row.measure.office),
    "indicator": lambda row: counts.indicator_order(row.measure.indicator),
    "title": lambda row: thai.sort_key(row.measure.title),
    "responsible": lambda row: thai.sort_key(row.measure.responsible),
    "status": lambda row: list(Status).index(row.measure.status),
    "last_day": lambda row: row.measure.last_day,
}
_WIDTHS = {
    "number": 52, "office": 210, "indicator": 78, "responsible": 150, "period": 150, "status": 170,
    "last_day": 96,
}  # fmt: skip


class MeasuresTab(QWidget):
    """`opened(measure)`: it is to be looked at in its office's file."""

    opened = Signal(object)

    def __init__(self, session: CollectionSession) -> None:
        super().__init__()
        self._session = session
        self._stale = True
        self.office, self.indicator, self.status = QuietBox(), QuietBox(), QuietBox()
        for box, name in (
            (self.office, _("Office")), (self.indicator, _("Indicator")), (self.status, _("Status")),
        ):  # fmt: skip
            box.setAccessibleName(name)
            box.setMaximumWidth(250)
            box.activated.connect(lambda _at: self.look())
        self.late = QCheckBox(_("&Overdue only"))
        self.late.clicked.connect(lambda _checked: self.look())
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("Find in measures and who is responsible"))
        self.text.setAccessibleName(self.text.placeholderText())
        self.text.setClearButtonEnabled(True)
        self._timer = QTimer(self, singleShot=True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.look)
        self.text.textChanged.connect(lambda _text: self._timer.start())
        self.found = QLabel()
        self.all = QToolButton()
        self.all.setText(_("Show all"))
        self.all.clicked.connect(lambda: self.look_for(None, None, None))
        self.table: SortedTable[_Row] = SortedTable(_columns(), _KEYS, _WIDTHS, _("Measures of all offices"))
        self.table.setItemDelegate(SignDelegate(self.table, self._colour, _icon))
        self.table.opened.connect(lambda row: self.opened.emit(row.measure))
        self._arrange()

    @property
    def begins_at(self) -> QWidget:
        return self.table

    def show_view(self, view: View) -> None:
        """Offer what there is of this year; the measures are asked for when they are looked at."""
        self.office.offer(_("All offices"), [(one.full_name, one.office_id) for one in view.offices])
        self.indicator.offer(
            _("All indicators"),
            [(indicator_words(one.indicator, view.year), one.indicator) for one in view.indicators],
        )
        self.status.offer(_("All statuses"), [(_(STATUS_LABELS[status]), status) for status in Status])
        self._stale = True
        if self.isVisible():
            self.look()

    def look_for(self, office: str | None, indicator: str | None, status: Status | None) -> None:
        """Show these measures and no others."""
        for box, wanted in ((self.office, office), (self.indicator, indicator), (self.status, status)):
            box.choose(wanted)
        self.late.setChecked(False)
        self.text.clear()
        self.look()

    def look(self) -> None:
        """Ask for the measures that are wanted."""
        self._timer.stop()
        self._stale = False
        year, today = self._session.view.year, self._session.today()
        if year is None:
            self._show([])
            return
        office, round_ = self.office.currentData(), self._session.round
        indicator, status, text = (
            self.indicator.currentData(), self.status.currentData(), self.text.text().strip(),
        )  # fmt: skip
        late = today if self.late.isChecked() else None
        self._session.ask(
            "measures",
            lambda connection: counts.measures(
                connection, year, round_, office_ids=None if office is None else [office],
                indicator=indicator, status=status, late_on=late, text=text, limit=MOST + 1,
            ),
            self._show,
        )  # fmt: skip

    def look_if_stale(self) -> None:
        if self._stale:
            self.look()

    def _show(self, measures: list[OfficeMeasure]) -> None:
        words = (
            _("Only {count} measures are shown: please narrow them")
            if len(measures) > MOST
            else _("{count} measures")
        )
        self.found.setText(words.format(count=min(len(measures), MOST)))
        self.table.fill(map(_Row, measures[:MOST]))

    def _colour(self, row: _Row, name: str) -> str:
        if name == "status":
            return theme.STATUS_COLOURS[row.measure.status]
        return theme.FAULT if name == "last_day" and _is_late(row.measure, self._session.today()) else ""

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        for widget in (self.office, self.indicator, self.status, self.late):
            bar.addWidget(widget)
        bar.addWidget(self.text, 1)
        bar.addWidget(self.found)
        bar.addWidget(self.all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(bar)
        layout.addWidget(self.table)


def _icon(row: _Row, name: str) -> QIcon | None:
    return theme.status_icon(row.measure.status) if name == "status" else None


def _is_late(measure: OfficeMeasure, today: dt.date) -> bool:
    return measure.status is not Status.DONE and measure.last_day is not None and measure.last_day < today
