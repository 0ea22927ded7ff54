"""The measures page: the year's measures as a table, and the current one as a form beside it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QFont, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import fields
from itadesk.domain.model import Measure, Status
from itadesk.domain.search import Search
from itadesk.domain.snapshot import ChangeSet, RowChange, Snapshot
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.ui import measure_import, measure_rows, messages, thai_text, theme
from itadesk.ui.delegates import CellDelegate, ChoiceDelegate, TextDelegate
from itadesk.ui.file_drops import FileDrops
from itadesk.ui.main_window import MEASURES
from itadesk.ui.measure_actions import HERE, action, separator, status_actions
from itadesk.ui.measure_rows import MeasureRows, column, evidence_column, number_column, status_column
from itadesk.ui.measure_words import indicator_choices
from itadesk.ui.record_form import RecordForm
from itadesk.ui.rows_table import PADDING, RowsTable, line_height
from itadesk.ui.search_bar import SearchBar
from itadesk.ui.session import FileSession

_WIDTHS = {"responsible": 10, "period": 11, "indicator": 8, "status": 16, "evidence": 7}
"""Widths of columns in the widths of a wide letter; the title takes the rest."""


class MeasuresPage(QWidget):
    """Table and form show the same rows; both write through the session."""

    def __init__(self, session: FileSession) -> None:
        super().__init__()
        self._session = session
        names = ("title", "responsible", "period", "indicator")
        columns = [number_column(), *map(column, names), status_column(), evidence_column()]
        self.model = MeasureRows(session, columns, self)
        self.table = self.begins_at = RowsTable(self.model)
        self.form = RecordForm(session)
        self.form.unit_wanted.connect(self._add_unit)
        self._make_actions()
        self._set_up_table()
        self._arrange()
        self.model.rows_changed.connect(self._follow_rows)
        self.table.selectionModel().currentRowChanged.connect(self._follow_current)
        session.changed.connect(self._follow_edit)
        session.place_changed.connect(self._follow_place)
        self._follow_place()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the measure in hand."""
        super().showEvent(event)
        in_hand = self.model.find(self._session.measure_id)
        if in_hand is not None and in_hand.id != self.table.current_id():
            self.table.select([in_hand.id])

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.measure_id = self.table.current_id()

    def commit(self) -> None:
        """Store what is being typed in the table or the form."""
        self.table.commit()
        self.form.commit()

    def add(self) -> None:
        """A new measure behind the current one, its title ready to be typed."""
        year = self._session.fiscal_year
        if year is None or self._session.read_only:
            return
        self.commit()
        self._session.look_for(Search())
        self.table.setFocus()
        after = self.table.current_id()
        measure_id = self._session.edit(_("Add a measure"), operations.add_measure, year.id, after)
        if measure_id is not None:
            self.table.edit_cell(measure_id, self.model.column("title"))

    def delete(self) -> None:
        """Delete the selected measures; undo brings them back."""
        ids = self.table.selected_ids()
        if not ids or self._session.read_only:
            return
        following = self._row_after(ids)
        self._session.edit(_("Delete measures"), operations.delete_measures, ids)
        if following is not None:
            self.table.select([following])
        if self.model.position(ids[0]) is None:
            told = _("Deleted {count} measures. Ctrl+Z brings them back.").format(count=len(ids))
            messages.toast(self, told)

    def paste(self) -> None:
        """Take a copied table in as measures; any other text goes into the current cell."""
        if self._session.read_only:
            return
        self.commit()
        if not measure_import.from_clipboard(self._session, self):
            self._paste_text(QApplication.clipboard().text())

    def _paste_text(self, text: str) -> None:
        index = self.table.currentIndex()
        if not text or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return
        if (refusal := self.model.refusal(index, text)) is not None:
            messages.show_error(self, refusal)
        else:
            self.model.setData(index, text)

    def make_unit_forms(self) -> None:
        """Forms by which the units say how far they are in the round in hand."""
        from itadesk.ui.unit_forms_dialog import UnitFormsDialog

        self.commit()
        if (year := self._session.fiscal_year) is not None:
            UnitFormsDialog(self._session, year, self).open()

    def move_selected(self, step: int) -> None:
        """Move the selected measures together one place up (-1) or down (1)."""
        places = [
            at for row_id in self.table.selected_ids() if (at := self.model.position(row_id)) is not None
        ]
        if places:
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
            self.table.select([self.model.row(index).id])
            self.form.evidence.add_files(paths)

    def _add_unit(self, name: str) -> None:
        self._session.edit(_("Add a unit"), operations.add_unit, name=name)

    def _follow_rows(self) -> None:
        self.table.fit_numbers()
        year = self._session.fiscal_year
        empty = year is None or not self._session.snapshot.children(Measure, year.id)
        self._stack.setCurrentIndex(1 if empty else 0)
        if self.model.rows and not self.table.currentIndex().isValid():
            self.table.select([self.model.rows[0].id], self.model.column("title"))
        self._show_current()

    def _follow_place(self) -> None:
        year = self._session.fiscal_year
        self._indicators.choices = indicator_choices(year) if year is not None else []
        words = _(
            "No measures yet in this fiscal year. Type the first one, or copy a table in Word and press Ctrl+V."
        )
        if year is None:
            words = _(
                "No fiscal year yet. Add one with the + beside the fiscal years; then come the measures."
            )
        self.nothing.setText(thai_text.display(words))
        for button in (self.first, self.bring):
            button.setEnabled(year is not None and not self._session.read_only)
        self._follow_rows()

    def _follow_edit(self, snapshot: Snapshot, changes: ChangeSet) -> None:
        if changes.tables() & {"unit", "fiscal_year"}:
            self._follow_place()
        # New ones, or deleted ones that came back.
        if come := [change.id for change in changes.changes if _is_new_measure(change)]:
            self._session.look_for(Search())  # else they might not be seen
            self.table.select(come)

    def _follow_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._show_current()

    def _show_current(self) -> None:
        self.form.show_measure(self.table.current_id())
        for needs_row in self._need_rows:
            needs_row.setEnabled(bool(self.model.rows) and not self._session.read_only)

    def _begin_search(self) -> None:
        self.search.begin()

    def _switch_side(self) -> None:
        """From the table to the form and back."""
        focus = QApplication.focusWidget()
        if focus is not None and self.form.isAncestorOf(focus):
            self.table.setFocus()
        else:
            self.form.focus_first()

    def _make_actions(self) -> None:
        self._add = action(self, _("&Add a measure"), self.add, "Ins", icon=theme.icon("add"))
        self._delete = action(
            self.table, _("&Delete measures"), self.delete, "Del", icon=theme.icon("remove"), context=HERE
        )
        self._up = action(
            self, _("Move &up"), lambda: self.move_selected(-1), "Alt+Up", icon=theme.icon("up")
        )
        self._down = action(
            self, _("Move d&own"), lambda: self.move_selected(1), "Alt+Down", icon=theme.icon("down")
        )
        # Whatever has the focus: on a page without measures nothing of it may have.
        paste = action(self, _("&Paste"), self.paste, "Ctrl+V", context=Qt.ShortcutContext.WindowShortcut)
        paste.setEnabled(not self._session.read_only)
        forms = action(self, _("Forms for the un&its…"), self.make_unit_forms)
        evidence = action(self, _("E&vidence of the measure"), self.form.evidence.begin, "Ctrl+E")
        switch = action(self, _("Table or &form"), self._switch_side, "F6")
        statuses = status_actions(self, self.set_status)
        self._need_rows = [self._delete, self._up, self._down, *statuses]
        self._add.setEnabled(not self._session.read_only)
        self.page_actions = [self._add, paste, self._delete, self._up, self._down, separator(self), *statuses]
        find = action(
            self, _("&Search"), self._begin_search, "Ctrl+F", context=Qt.ShortcutContext.WindowShortcut
        )
        self.page_actions += [separator(self), find, forms, separator(self), evidence, switch]

    def _set_up_table(self) -> None:
        table, model = self.table, self.model
        table.setAccessibleName(_("Measures"))
        table.setItemDelegate(TextDelegate(table))
        for name in ("title", "responsible", "period"):
            table.setItemDelegateForColumn(model.column(name), CellDelegate(table))
        statuses = [(text, text) for text in map(_, fields.STATUS_LABELS.values())]
        table.setItemDelegateForColumn(model.column("status"), ChoiceDelegate(table, statuses))
        self._indicators = ChoiceDelegate(table, [])
        table.setItemDelegateForColumn(model.column("indicator"), self._indicators)
        letter = self.fontMetrics().horizontalAdvance("ม")
        for name, width in _WIDTHS.items():
            table.setColumnWidth(model.column(name), width * letter)
        head = table.horizontalHeader()
        head.setSectionResizeMode(model.column("title"), QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(2 * letter)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        head.setFixedHeight(2 * line_height(head) + 2 * PADDING)
        table.setDragDropMode(RowsTable.DragDropMode.InternalMove)
        table.setDragEnabled(not self._session.read_only)
        table.dropped.connect(self._move_before)
        table.row_wanted.connect(self.add)
        FileDrops(table.viewport(), self._wants_files, self._take_files)

    def _arrange(self) -> None:
        bar = QToolBar()
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.addActions([self._add, self._delete, self._up, self._down])
        self.search = SearchBar(self._session, self.model, self.table)
        left = QWidget()
        layout = QVBoxLayout(left)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(bar)
        layout.addWidget(self.table)
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
        empty = QWidget()
        layout = QVBoxLayout(empty)
        layout.addStretch()
        layout.addWidget(self.nothing)
        layout.addWidget(self.first, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.bring, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        return empty


def _is_new_measure(change: RowChange) -> bool:
    return change.before is None and isinstance(change.row, Measure)
