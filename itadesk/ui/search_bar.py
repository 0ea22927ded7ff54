"""Looks for measures as the clerk types: words, status, unit, indicator, time; table and board then show no others."""

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from itadesk.domain import periods
from itadesk.domain.deadlines import SOON, Deadline
from itadesk.domain.fields import STATUS_LABELS
from itadesk.domain.model import Status, Unit
from itadesk.domain.search import Search
from itadesk.domain.snapshot import ChangeSet, Snapshot
from itadesk.i18n import N_, _
from itadesk.ui import theme
from itadesk.ui.actions import action
from itadesk.ui.measure_rows import MeasureRows
from itadesk.ui.measure_words import indicator_choices
from itadesk.ui.quiet_box import QuietBox
from itadesk.ui.rows_table import ENTER
from itadesk.ui.session import FileSession

_WIDEST = 10
"""Letters that a list shows of its choice."""


DEADLINES = {
    Deadline.OVERDUE: N_("Overdue"),
    Deadline.SOON: N_("Due within {days} days"),
    Deadline.NO_DATE: N_("Without a date"),
}


class Selecting(Protocol):
    """Has measures, some of them selected."""

    def selected_ids(self) -> list[str]: ...
    def select(self, ids: list[str], /) -> None: ...


class SearchBar(QWidget):
    """Sets what the session looks for, and follows it: the bars of two pages say the same. Esc ends the search.

    `view` shows the measures found, and gets the keyboard back; F3 goes from one to the next in `chooser`.
    """

    def __init__(self, session: FileSession, rows: MeasureRows, view: QWidget, chooser: Selecting) -> None:
        super().__init__()
        self._session = session
        self._rows = rows
        self._view = view
        self._chooser = chooser
        view.installEventFilter(self)
        self.text = QLineEdit(placeholderText=_("Search in all texts (Ctrl+F)"), clearButtonEnabled=True)
        self.text.setAccessibleName(_("Search"))
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._look)
        self.status = self._list(
            _("Any status"), [(_(label), status.value) for status, label in STATUS_LABELS.items()]
        )
        self.unit = self._list(_("Any unit"), [])
        self.indicator = self._list(_("Any indicator"), [])
        self.time = self._list(_("Any time"), [])
        self.found = QLabel()
        self.end = QToolButton()
        self.end.setText(_("Show all"))
        self.end.setIcon(theme.icon("remove"))
        self.end.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.end.clicked.connect(self.stop)
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(theme.INFO_FILL))
        self.setPalette(palette)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.addWidget(self.text, 1)
        for box in (self.status, self.unit, self.indicator, self.time):
            layout.addWidget(box)
        layout.addWidget(self.found)
        layout.addWidget(self.end)
        session.changed.connect(self._follow_edit)
        session.place_changed.connect(self._fill)
        session.search_changed.connect(self._follow)
        rows.rows_changed.connect(self._count)
        window = Qt.ShortcutContext.WindowShortcut
        self.page_actions = [
            action(self, _("&Search"), self.begin, "Ctrl+F", context=window),
            action(self, _("Ne&xt found"), lambda: self.step(1), "F3", context=window),
            action(self, _("Pre&vious found"), lambda: self.step(-1), "Shift+F3", context=window),
        ]
        self._fill()

    def begin(self) -> None:
        """Let the clerk type what to look for."""
        self.text.setFocus()
        self.text.selectAll()

    def stop(self) -> None:
        """Show all measures again, the keyboard back in them."""
        self._session.look_for(Search())
        self._view.setFocus()

    def step(self, rows: int) -> None:
        """Go to the next measure found, from the last one on to the first; without a search, begin one."""
        if self._session.search == Search():
            self.begin()
        elif ids := [row.id for row in self._rows.rows]:
            selected = self._chooser.selected_ids()
            at = self._rows.position(selected[0]) if selected else None
            start = min(-rows, 0) if at is None else at
            self._chooser.select([ids[(start + rows) % len(ids)]])
            self._view.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and watched is self.text:
            self._rows.prepare_search()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and (
                watched is self.text or self._session.search != Search()
            ):
                self.stop()
                return True
            if watched is self.text and event.key() in (*ENTER, Qt.Key.Key_Down):
                self._view.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _list(self, nothing: str, choices: list[tuple[str, object]]) -> QuietBox:
        box = QuietBox()
        box.setAccessibleName(nothing)
        box.setSizeAdjustPolicy(QuietBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_WIDEST)
        box.offer(nothing, choices)
        box.activated.connect(self._look)
        box.installEventFilter(self)
        return box

    def _look(self) -> None:
        status, time = self.status.currentData(), self.time.currentData()
        self._session.look_for(
            Search(
                self.text.text(),
                None if status is None else Status(status),
                self.unit.currentData(),
                self.indicator.currentData() or "",
                time if isinstance(time, int) else None,
                Deadline(time) if isinstance(time, str) else None,
            )
        )

    def _fill(self) -> None:
        snapshot, year = self._session.snapshot, self._session.fiscal_year
        units = [(row.name, row) for row in snapshot.children(Unit, snapshot.office.id) if row.name.strip()]
        self.unit.offer(_("Any unit"), units)
        if year is not None:
            codes = [(text, code) for code, text in indicator_choices(year)[1:]]
            self.indicator.offer(_("Any indicator"), codes)
            months = [periods.month_span(year.year, number).start for number in range(1, 13)]
            named = [(periods.month_text(day, short=True), number) for number, day in enumerate(months, 1)]
            late = [(_(text).format(days=SOON.days), deadline.value) for deadline, text in DEADLINES.items()]
            self.time.offer(_("Any time"), [*late, *named])
            self.time.insertSeparator(1 + len(late))
        self._follow()

    def _follow_edit(self, _snapshot: Snapshot, changes: ChangeSet) -> None:
        if changes.tables() & {"unit", "fiscal_year"}:
            self._fill()

    def _follow(self) -> None:
        """Say what is looked for; a unit that is gone is looked for no more."""
        search = self._session.search
        if self.text.text() != search.text:
            self.text.setText(search.text)
        wanted: tuple[tuple[QuietBox, object], ...] = (
            (self.status, search.status),
            (self.unit, search.unit),
            (self.indicator, search.indicator or None),
            (self.time, search.month if search.deadline is None else search.deadline.value),
        )
        for box, value in wanted:
            box.choose(value)
            if box.font().bold() != (value is not None):
                font = QFont(self.font())
                font.setBold(value is not None)
                box.setFont(font)
        self._count()

    def _count(self) -> None:
        looking = self._session.search != Search()
        found, total = len(self._rows.rows), self._rows.last_number
        self.found.setText(_("{found} of {total}").format(found=found, total=total))
        self.found.setVisible(looking)
        self.end.setVisible(looking)
        self.setAutoFillBackground(looking)
