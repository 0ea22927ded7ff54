"""Measures out of a table, before they are taken in: row by row what was understood, to be put right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import thai
from itadesk.domain.fields import ROUND_LABELS
from itadesk.domain.model import ROUNDS, Measure, Unit
from itadesk.errors import UserError
from itadesk.exchange import measure_form, measure_tables
from itadesk.exchange.grid import Grid
from itadesk.exchange.headings import LEFT_OUT, TARGETS
from itadesk.exchange.reading import Choices, Reading, fiscal_year_named, round_named
from itadesk.i18n import N_, _
from itadesk.ui import messages, thai_text, theme
from itadesk.ui.delegates import TextDelegate
from itadesk.ui.import_rows import ImportRows, target_label
from itadesk.ui.newest import Newest
from itadesk.ui.rows_table import PADDING, RowsTable, line_height
from itadesk.ui.session import FileSession

MATCHES = {
    "update": N_("update measures with the same title"),
    "skip": N_("leave measures with the same title as they are"),
    "add": N_("add all as new measures"),
}


class ImportDialog(QDialog):
    """`taken(Snapshot, match)`: the clerk wants the measures, as an office file of the year in hand."""

    taken = Signal(object, str)

    def __init__(self, session: FileSession, grids: Sequence[Grid], name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Take measures in from {name}").format(name=name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._grids = grids
        self._columns: dict[int, dict[int, str]] = {}
        self._left_out: set[tuple[int, int]] = set()
        self._reading: Reading | None = None
        self._work = Newest(session.tasks, self)
        self.rows = ImportRows(max(grid.width for grid in grids), self)
        self._make_choices(grids)
        self._make_table()
        self._arrange()
        self.read()

    @property
    def year(self) -> int:
        year = self._session.fiscal_year
        assert year is not None, "measures are taken into a fiscal year"
        return year.year

    def read(self) -> None:
        """Understand the tables anew, beside the window."""
        choices = Choices(
            {table: dict(columns) for table, columns in self._columns.items()}, frozenset(self._left_out)
        )
        round_ = ROUNDS[self.round.currentIndex()]
        snapshot = self._session.snapshot
        units = snapshot.children(Unit, snapshot.office.id)
        job = partial(measure_tables.read, self._grids, self.year, round_, choices, units)
        self._work.ask(job, self._show, self._failed)

    def _show(self, reading: Reading) -> None:
        first = self._reading is None
        self._reading = reading
        parts = _parts(reading)
        if first:
            self._offer_parts(parts)
        self.rows.show_reading(reading, parts[max(self.part.currentIndex(), 0)])
        self._fit_columns(reading)
        self._sum_up(reading)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        messages.show_error(self, error)

    def _offer_parts(self, parts: Sequence[Sequence[int]]) -> None:
        for tables in parts:
            last = f"–{tables[-1] + 1}" if len(tables) > 1 else ""
            self.part.addItem(_("Table {number}").format(number=f"{tables[0] + 1}{last}"))
        self._part_label.setVisible(len(parts) > 1)
        self.part.setVisible(len(parts) > 1)

    def _sum_up(self, reading: Reading) -> None:
        year = self._session.fiscal_year
        known = (
            {thai.fold(row.title) for row in self._session.snapshot.children(Measure, year.id)}
            if year
            else set()
        )
        count = len(reading.entries)
        there = sum(thai.fold(entry.said.get("title", "")) in known for entry in reading.entries)
        text = _("{count} measures, {known} of them are there already.").format(count=count, known=there)
        if told := sum(len(row.warnings) for row in reading.rows):
            text += " " + _("{count} remarks.").format(count=told)
        self.summary.setText(thai_text.display(text))
        self.take.setEnabled(count > 0)
        self.take.setText(_("&Take {count} measures in").format(count=count))

    # Choices

    def change_column(self, section: int, target: str) -> None:
        """Let a column hold something else, in all tables shown; another one that held it holds nothing."""
        column = self.rows.source_column(section)
        if column is None or self._reading is None:
            return
        for table in _parts(self._reading)[max(self.part.currentIndex(), 0)]:
            chosen = self._columns.setdefault(table, {})
            for other, held in enumerate(self._reading.columns[table]):
                if (
                    held.target == target != LEFT_OUT
                    and held.round == self._reading.columns[table][column].round
                ):
                    chosen[other] = LEFT_OUT
            chosen[column] = target
        self.read()

    def switch_rows(self) -> None:
        """Leave the selected rows out; take them when none of them is taken."""
        wanted = set(self.table.selected_ids())
        rows = [row for row in self.rows.rows if row.id in wanted]
        places = {(row.read.table, row.read.row) for row in rows}
        if any(row.taken for row in rows):
            self._left_out |= places
        else:
            self._left_out -= places
        self.read()

    def _column_menu(self, section: int) -> None:
        column = self.rows.source_column(section)
        if column is None or self._reading is None:
            return
        current = self._reading.columns[self.rows.rows[0].read.table][column].target if self.rows.rows else ""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for target in (*TARGETS, LEFT_OUT):
            entry = menu.addAction(target_label(target), partial(self.change_column, section, target))
            entry.setCheckable(True)
            entry.setChecked(target == current)
        head = self.table.horizontalHeader()
        menu.popup(head.mapToGlobal(QPoint(head.sectionViewportPosition(section), head.height())))

    def _accept(self) -> None:
        if self._reading is not None and self._reading.entries:
            form = measure_form.snapshot_of(self._reading, self.year, self._session.snapshot)
            self.taken.emit(form, list(MATCHES)[self.match.currentIndex()])
            self.accept()

    # Making

    def _make_choices(self, grids: Sequence[Grid]) -> None:
        named = fiscal_year_named(grids)
        told = _("Into fiscal year {year}.").format(year=self.year)
        if named is not None and named != self.year:
            told += " " + _("Its titles speak of fiscal year {year}.").format(year=named)
        self.told = QLabel(thai_text.display(told))
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.round = QComboBox()
        self.round.addItems([_(ROUND_LABELS[round_]) for round_ in ROUNDS])
        self.round.setCurrentIndex(ROUNDS.index(round_named(grids) or self._session.round))
        self.round.activated.connect(self.read)
        self.match = QComboBox()
        self.match.addItems([_(text) for text in MATCHES.values()])
        self.part = QComboBox()
        self.part.activated.connect(lambda _at: self._reading and self._show(self._reading))
        self._part_label = QLabel(_("Shown"))
        self.part.hide()
        self._part_label.hide()
        self.summary = QLabel()

    def _make_table(self) -> None:
        self.table = RowsTable(self.rows)
        self.table.setAccessibleName(_("What was understood"))
        self.table.setItemDelegate(TextDelegate(self.table))
        self.table.set_lines(4)
        self.table.setEditTriggers(RowsTable.EditTrigger.NoEditTriggers)
        head = self.table.horizontalHeader()
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._column_menu)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        head.setFixedHeight(2 * line_height(head) + 2 * PADDING)
        self.table.clicked.connect(lambda index: self.switch_rows() if index.column() == 0 else None)
        switch = QAction(_("Take these rows, or leave them out"), self.table)
        switch.setShortcut("Space")
        switch.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        switch.triggered.connect(self.switch_rows)
        self.table.addAction(switch)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _fit_columns(self, reading: Reading) -> None:
        """Each column its share of the window; columns that these tables do not have are hidden."""
        table = self.rows.rows[0].read.table if self.rows.rows else 0
        shares: dict[int, int] = {}
        for section, column in enumerate(self.rows.columns):
            source = self.rows.source_column(section)
            missing = source is None and column.name.startswith("text")
            self.table.setColumnHidden(section, missing)
            if not missing:
                name = column.name if source is None else reading.columns[table][source].target
                shares[section] = _SHARES.get(name, 9)
        room = self.table.width() - 2 * self.table.verticalScrollBar().sizeHint().width()
        for section, share in shares.items():
            self.table.setColumnWidth(section, room * share // sum(shares.values()))
        self.table.horizontalHeader().setStretchLastSection(True)

    def _arrange(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = buttons.addButton(
            _("&Take {count} measures in").format(count=0), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.take.setEnabled(False)
        self.take.setIcon(theme.icon("add"))
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        top = QHBoxLayout()
        top.addWidget(self.told)
        top.addSpacing(16)
        for label, box in (
            (QLabel(_("Round")), self.round),
            (QLabel(_("and")), self.match),
            (self._part_label, self.part),
        ):
            label.setBuddy(box)
            top.addWidget(label)
            top.addWidget(box)
        top.addStretch()
        bottom = QHBoxLayout()
        bottom.addWidget(self.summary, 1)
        bottom.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addLayout(bottom)
        self.resize(1280, 620)
        self.table.setFocus()


_SHARES = {
    "taken": 4, "kind": 9, "title": 18, "steps": 22, "result": 18, "outcome": 14, "suggestion": 14, "number": 4,
    "indicator": 10, "period": 10, "status": 8, "status_not_started": 6, "status_in_progress": 6, "status_done": 6,
    "warnings": 14,
}  # fmt: skip
"""How wide the columns are beside each other."""


def _parts(reading: Reading) -> list[list[int]]:
    """The tables that are shown together: one after the other with the same columns."""
    parts: list[list[int]] = []
    for table, columns in enumerate(reading.columns):
        targets = [column.target for column in columns]
        before = [column.target for column in reading.columns[parts[-1][0]]] if parts else None
        if targets == before:
            parts[-1].append(table)
        else:
            parts.append([table])
    return parts
