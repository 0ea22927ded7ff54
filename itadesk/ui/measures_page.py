"""The measures page: the year's measures as a table, and the current one as a form beside it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFont, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import carry_forward
from itadesk.domain.model import Measure, Status
from itadesk.domain.search import Search
from itadesk.domain.snapshot import ChangeSet, RowChange, Snapshot
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.ui import measure_import, measure_rows, measure_table, messages, thai_text, theme
from itadesk.ui.actions import HERE, WINDOW, WITHIN, action, separator
from itadesk.ui.file_drops import FileDrops
from itadesk.ui.main_window import MEASURES
from itadesk.ui.measure_actions import status_actions
from itadesk.ui.measure_table import MeasureTable
from itadesk.ui.record_form import RecordForm
from itadesk.ui.search_bar import SearchBar
from itadesk.ui.session import FileSession
from itadesk.ui.sorted_bar import SortedBar
from itadesk.ui.table_actions import TableActions


class MeasuresPage(QWidget):
    """Table and form show the same rows; both write through the session.

    `others_wanted()`: those of another fiscal year are to come into the one in hand, which has none.
    """

    others_wanted = Signal()

    def __init__(self, session: FileSession) -> None:
        super().__init__()
        self._session = session
        self.model = measure_table.table_rows(session, self)
        self.table = self.begins_at = MeasureTable(session, self.model)
        self.search = SearchBar(session, self.model, self.table, self.table)
        self.form = RecordForm(session)
        self.form.unit_wanted.connect(self._add_unit)
        self._make_actions()
        self.table.dropped.connect(self._move_before)
        self.table.row_wanted.connect(self.add)
        FileDrops(self.table.viewport(), self._wants_files, self._take_files)
        self._arrange()
        self.model.rows_changed.connect(self._follow_rows)
        self.table.selectionModel().currentRowChanged.connect(self._follow_current)
        session.changed.connect(self._follow_edit)
        session.place_changed.connect(self._follow_place)
        session.search_changed.connect(self._keep_in_sight)
        self._follow_place()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the measure in hand."""
        super().showEvent(event)
        self.model.set_hidden(False)
        in_hand = self.model.find(self._session.measure_id)
        if in_hand is not None and in_hand.id != self.table.current_id():
            self.table.go_to(in_hand.id)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.model.set_hidden(not event.spontaneous())
        self._session.measure_id = self.table.current_id()
        self.table.choice.save_pending()

    def commit(self) -> None:
        """Store what is being typed in the table or the form."""
        self.table.commit()
        self.form.commit()

    def show_measure(self, measure_id: str) -> None:
        """Take a measure in hand, also one that is not looked for."""
        if self.model.position(measure_id) is None:
            self._session.look_for(Search())
        self.table.go_to(measure_id)

    def add(self) -> None:
        """A new measure behind the current one, its title ready to be typed."""
        self._add_behind(self.table.current_id())

    def add_above(self) -> None:
        """A new measure before the current one."""
        year, current = self._session.fiscal_year, self.table.current_id()
        everyone = self._session.snapshot.children(Measure, year.id) if year else []
        ids = [operations.FIRST, *(row.id for row in everyone)]
        self._add_behind(ids[ids.index(current) - 1] if current else None)

    def _add_behind(self, after: str | None) -> None:
        year = self._session.fiscal_year
        if year is None or self._session.read_only:
            return
        self.commit()
        self._show_all()
        self.table.setFocus()
        measure_id = self._session.edit(_("Add a measure"), operations.add_measure, year.id, after)
        if measure_id is not None:
            self.table.edit_cell(measure_id, self.model.column("title"))

    def _show_all(self) -> None:
        """Neither searched nor sorted: what is new is seen where it stands."""
        self._session.look_for(Search())
        self.model.sort_by(None)  # last: it brings up the rows of a hidden page, too

    def delete(self) -> None:
        """Delete the measures that the selection touches; undo brings them back."""
        ids, whole = self.table.selected_ids(), self.table.whole_rows
        if not ids or self._session.read_only:
            return
        following = self._row_after(ids)
        self._session.edit(_("Delete measures"), operations.delete_measures, ids)
        if following is not None:
            self.table.go_to(following)
        if whole:
            self.table.select_rows()
        if self.model.position(ids[0]) is None:
            told = _("Deleted {count} measures. Ctrl+Z brings them back.").format(count=len(ids))
            messages.toast(self, told)

    def paste(self) -> None:
        """What is on the clipboard goes into cells, or comes as measures: `CellBlock.paste` says which."""
        self.commit()
        self.actions_of_table.cells.paste()

    def fill_columns(self, menu: QMenu) -> None:
        """The columns of the table, for the menu."""
        self.table.choice.fill(menu)

    def make_unit_forms(self) -> None:
        """Forms by which the units say how far they are in the round in hand."""
        from itadesk.ui.unit_forms_dialog import UnitFormsDialog

        self.commit()
        if (year := self._session.fiscal_year) is not None:
            UnitFormsDialog(self._session, year, self).open()

    def show_history(self) -> None:
        """What was changed in the current measure, its progress and evidence."""
        from itadesk.ui.history_dialog import HistoryDialog

        self.commit()
        HistoryDialog(self._session, self, self.table.current_id()).open()

    def move_selected(self, step: int) -> None:
        """Move the selected measures together one place up (-1) or down (1)."""
        places = self.table.selected_rows()
        if places and self.model.order is not None:
            messages.toast(
                self, _("Rows that are shown sorted cannot be moved. Go back to the report's order first.")
            )
        elif places:
            before = places[0] - 1 if step < 0 else places[-1] + 2
            self._move_before(self.table.selected_ids(), min(max(before, 0), self.model.rowCount()))

    def set_status(self, status: Status) -> None:
        """Set the status of the selected measures in the round in hand."""
        self.commit()
        rows = [row for row_id in self.table.selected_ids() if (row := self.model.find(row_id)) is not None]
        measure_rows.set_status(self._session, rows, status)

    def _move_before(self, ids: list[str], position: int) -> None:
        """Put measures before the one that stands at `position` now."""
        if self._session.read_only:
            return
        year = self._session.fiscal_year
        everyone = self._session.snapshot.children(Measure, year.id) if year else []
        shown = self.model.rows
        target = shown[position].id if position < len(shown) else None
        moved = set(ids)
        # Counted among all measures of the year: those that are not looked for keep their places.
        before = next((at for at, row in enumerate(everyone) if row.id == target), len(everyone))
        to_index = sum(row.id not in moved for row in everyone[:before])
        self._session.edit(_("Move measures"), operations.move_measures, ids, to_index)
        current = self.table.currentIndex()
        if current.isValid():
            self.table.scrollTo(current)

    def _row_after(self, ids: list[str]) -> str | None:
        """The measure that takes the place of deleted ones: the next that stays, else the last that stays."""
        gone = set(ids)
        first = self.model.position(ids[0]) or 0
        staying = [row.id for row in self.model.rows if row.id not in gone]
        later = [row.id for row in self.model.rows[first:] if row.id not in gone]
        return next(iter(later), staying[-1] if staying else None)

    def _wants_files(self, paths: Sequence[Path], at: QPoint) -> bool:
        """Files dropped on a measure are its evidence, but those that measures are taken in from."""
        tables = any(path.suffix.lower() in MEASURES for path in paths)
        return not self._session.read_only and not tables and self.table.indexAt(at).isValid()

    def _take_files(self, paths: Sequence[Path], at: QPoint) -> None:
        if (index := self.table.indexAt(at)).isValid():
            self.table.go_to(self.model.row(index).id)
            self.form.evidence.add_files(paths)

    def _add_unit(self, name: str) -> None:
        self._session.edit(_("Add a unit"), operations.add_unit, name=name)

    def _follow_rows(self) -> None:
        self.table.fit_numbers()
        empty = not self.model.last_number
        focus = self.window().focusWidget()
        going = not empty and focus in (self.first, self.bring, self.others)
        self._stack.setCurrentIndex(1 if empty else 0)
        if going:  # else the search would have it
            self.table.setFocus()
        if empty:
            self._offer_others()
        if self.model.rows and not self.table.currentIndex().isValid():
            self.table.go_to(self.model.rows[0].id, self.model.column("title"))
        else:
            self._show_current()

    def _offer_others(self) -> None:
        source = carry_forward.source(self._session.snapshot)
        self.others.setVisible(self._session.fiscal_year is not None and source is not None)
        if source is not None:
            words = _("Take over the measures of fiscal year {year}…").format(year=source.year)
            self.others.setText(words)

    def _follow_place(self) -> None:
        year = self._session.fiscal_year
        if year is not None:
            self.table.offer_indicators(year)
        words = _(
            "No measures yet in this fiscal year. Type the first one, or copy a table in Word and press Ctrl+V."
        )
        if year is None:
            words = _(
                "No fiscal year yet. Add one with the + beside the fiscal years; then come the measures."
            )
        self.nothing.setText(thai_text.display(words))
        for button in (self.first, self.bring, self.others):
            button.setEnabled(year is not None and not self._session.read_only)
        self._follow_rows()

    def _follow_edit(self, snapshot: Snapshot, changes: ChangeSet) -> None:
        if changes.tables() & {"unit", "fiscal_year"}:
            self._follow_place()
        # New ones, or deleted ones that came back.
        if come := [change.id for change in changes.changes if _is_new_measure(change)]:
            self._show_all()
            self.table.select(come)

    def _follow_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._show_current()

    def _keep_in_sight(self) -> None:
        """When others are found, or all are shown again, the clerk goes on where they were."""
        if (current := self.table.currentIndex()).isValid():
            self.table.scrollTo(current)

    def _show_current(self) -> None:
        self.form.show_measure(self.table.current_id())
        for needs_row in self._need_rows:
            needs_row.setEnabled(bool(self.model.rows) and not self._session.read_only)

    def _switch_side(self) -> None:
        """From the table to the form and back."""
        focus = QApplication.focusWidget()
        if focus is not None and self.form.isAncestorOf(focus):
            self.table.setFocus()
        else:
            self.form.focus_first()

    def _make_actions(self) -> None:
        writing = not self._session.read_only
        # Elsewhere these keys write, paste, or open a list.
        in_table = partial(action, self.table, context=HERE)
        self.add_action = in_table(_("&Add a measure"), self.add, "Ins", icon=theme.icon("add"))
        # Who has filled the form begins the next measure.
        QShortcut(QKeySequence("Ins"), self.form, self.add_action.trigger).setContext(WITHIN)
        self.delete_action = in_table(
            _("&Delete measures"), self.delete, "Ctrl+-", "Ctrl+Del", icon=theme.icon("remove")
        )
        self._up = in_table(_("Move &up"), lambda: self.move_selected(-1), "Alt+Up", icon=theme.icon("up"))
        self._down = in_table(
            _("Move d&own"), lambda: self.move_selected(1), "Alt+Down", icon=theme.icon("down")
        )
        self.paste_action = in_table(_("&Paste"), self.paste, "Ctrl+V", "Shift+Ins")
        self.paste_action.setEnabled(writing)
        self.status_actions = status_actions(self, self.set_status)
        self.actions_of_table = of_table = TableActions(self, self._session, self.table)
        self.edit_actions = of_table.by_name
        forms = action(self, _("Forms for the un&its…"), self.make_unit_forms)
        self.evidence_action = evidence = action(
            self, _("&Evidence of the measure"), self.form.evidence.begin, "Ctrl+E"
        )
        self.history_action = history = action(self, _("&History of this measure…"), self.show_history)
        switch = action(self, _("Table or &form"), self._switch_side, "F6")
        self._need_rows = [
            self.delete_action,
            self._up,
            self._down,
            of_table.above,
            of_table.batch,
            *self.status_actions,
        ]
        self.add_action.setEnabled(writing)
        self.page_actions = [
            self.add_action,
            of_table.above,
            of_table.as_measures,
            self.delete_action,
            self._up,
            self._down,
            separator(self),
            *self.status_actions,
            of_table.batch,
            separator(self),
            *self.search.page_actions,
            history,
            forms,
            separator(self),
            evidence,
            switch,
        ]

    def _arrange(self) -> None:
        bar = QToolBar()
        theme.show_whole(bar)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.addActions([self.add_action, self.delete_action, self._up, self._down])
        left = QWidget()
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(bar)
        layout.addWidget(self.table)
        # Below: the head must not move away under the mouse that sorts.
        self.sorted = SortedBar(self._session, self.table)
        layout.addWidget(self.sorted)
        splitter = QSplitter()
        splitter.addWidget(left)
        splitter.addWidget(self.form)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        desk = QWidget()
        whole = QVBoxLayout(desk)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addWidget(self.search)
        whole.addWidget(splitter, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(desk)
        self._stack.addWidget(self._empty())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 4, 8, 4)
        outer.addWidget(self._stack)

    def _empty(self) -> QWidget:
        """What stands here before the first measure."""
        self.nothing = QLabel()
        font = QFont(self.font())
        font.setPointSizeF(1.2 * font.pointSizeF())
        self.nothing.setFont(font)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.first = QPushButton(theme.icon("add"), _("Add the first measure"))
        self.first.clicked.connect(self.add)
        self.bring = QPushButton(_("Take measures in from Word or Excel…"))
        self.bring.clicked.connect(lambda: measure_import.from_file(self._session, self))
        self.others = QPushButton()
        self.others.clicked.connect(self.others_wanted)
        empty = QWidget()
        # Whatever has the focus: nothing of the page may have.
        for act, *keys in ((self.paste, "Ctrl+V", "Shift+Ins"), (self.add, "Ins")):
            action(empty, "", act, *keys, context=WINDOW).setEnabled(not self._session.read_only)
        layout = QVBoxLayout(empty)
        layout.addStretch()
        layout.addWidget(self.nothing)
        for button in (self.first, self.bring, self.others):
            layout.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        return empty


def _is_new_measure(change: RowChange) -> bool:
    return change.before is None and isinstance(change.row, Measure)
