"""The status board: the memo's grid of ticks, and the same measures as cards; both share the selection."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import progress
from itadesk.domain.fields import ROUND_LABELS
from itadesk.domain.model import Status
from itadesk.domain.progress import Counts
from itadesk.i18n import _
from itadesk.ui import measure_rows, thai_text, theme
from itadesk.ui.actions import action, separator
from itadesk.ui.board_cards import BoardCards
from itadesk.ui.board_grid import BoardGrid, board_rows
from itadesk.ui.measure_actions import status_actions
from itadesk.ui.search_bar import SearchBar
from itadesk.ui.session import FileSession


class BoardPage(QWidget):
    """Sets the status of measures in the round in hand; every way of doing so is one undo step."""

    def __init__(self, session: FileSession) -> None:
        super().__init__()
        self._session = session
        self.model = board_rows(session, self)
        self.grid = BoardGrid(self.model)
        self.cards = BoardCards(self.model, writable=not session.read_only)
        self.total = QLabel()
        self.grid.status_chosen.connect(self.set_status)
        self.cards.status_chosen.connect(self._set_status_of)
        self._arrange()
        self._make_actions()
        self.model.rows_changed.connect(self._show_counts)
        self.show_cards(False)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the measure in hand."""
        super().showEvent(event)
        self.model.set_hidden(False)
        self._show_counts()
        in_hand = self.model.find(self._session.measure_id)
        if in_hand is not None and in_hand.id not in self.selected_ids():
            self.select([in_hand.id])

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.set_hidden(not event.spontaneous())
        self._session.measure_id = next(iter(self.selected_ids()), self._session.measure_id)

    @property
    def begins_at(self) -> QWidget:
        return self.cards if self.shows_cards else self.grid

    @property
    def shows_cards(self) -> bool:
        return self._views.currentWidget() is self.cards

    def show_cards(self, cards: bool) -> None:
        """Show the cards, or the grid; what is selected in one is selected in the other."""
        ids = self.selected_ids()
        self._views.setCurrentWidget(self.cards if cards else self.grid)
        self._switch.button(int(cards)).setChecked(True)
        if cards:
            self.cards.select(ids)
            self.cards.focus_cards()
        else:
            self.grid.select(ids)
            self.grid.setFocus()

    def select(self, ids: Sequence[str]) -> None:
        """Select these measures and no others."""
        (self.cards if self.shows_cards else self.grid).select(ids)

    def selected_ids(self) -> list[str]:
        return self.cards.selected_ids() if self.shows_cards else self.grid.selected_ids()

    def set_status(self, status: Status) -> None:
        """Set the status of the selected measures."""
        self._set_status_of(self.selected_ids(), status)

    def _set_status_of(self, ids: list[str], status: Status) -> None:
        rows = [row for row_id in ids if (row := self.model.find(row_id)) is not None]
        measure_rows.set_status(self._session, rows, status)

    def _show_counts(self) -> None:
        if not self.isVisible():
            return
        year = self._session.fiscal_year
        counts = Counts(0, 0, 0)
        if year is not None:
            counts = progress.counts(self._session.snapshot, year.id, self._session.round)
        self.grid.head.show_counts(counts)
        self.cards.show_counts(counts)
        words = _("{round}: {total} measures, {done} done")
        round_ = _(ROUND_LABELS[self._session.round])
        self.total.setText(words.format(round=round_, total=counts.total, done=counts.done))
        self._content.setCurrentIndex(0 if counts.total else 1)

    def _make_actions(self) -> None:
        statuses = status_actions(self, self.set_status)
        for act in statuses:
            act.setEnabled(not self._session.read_only)
        switch = action(self, _("&Grid or cards"), lambda: self.show_cards(not self.shows_cards), "F6")
        self.page_actions = [*statuses, separator(self), *self.search.page_actions, switch]

    def _arrange(self) -> None:
        self._views = QStackedWidget()
        self._views.addWidget(self.grid)
        self._views.addWidget(self.cards)
        nothing = QLabel(
            thai_text.display(_("No measures yet. Add them on the measures page; here they get their ticks."))
        )
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nothing.setWordWrap(True)
        self._content = QStackedWidget()
        self._content.addWidget(self._views)
        self._content.addWidget(nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.addLayout(self._bar())
        self.search = SearchBar(self._session, self.model, self._views, self)
        layout.addWidget(self.search)
        layout.addWidget(self._content)

    def _bar(self) -> QHBoxLayout:
        """The switch between grid and cards, and the total."""
        self._switch = QButtonGroup(self)
        bar = QHBoxLayout()
        for number, text in enumerate((_("Grid of the memo"), _("Cards"))):
            button = QToolButton()
            button.setText(text)
            theme.make_toggle(button)
            self._switch.addButton(button, number)
            bar.addWidget(button)
        self._switch.idClicked.connect(lambda number: self.show_cards(bool(number)))
        bar.addStretch()
        bar.addWidget(self.total)
        return bar
