"""Measures out of a table, before they are taken in: row by row what was understood, to be put right."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain.fields import ROUND_LABELS
from itadesk.domain.merging import Match
from itadesk.domain.model import ROUNDS
from itadesk.errors import UserError
from itadesk.exchange.grid import Grid
from itadesk.exchange.headings import LEFT_OUT, TARGETS
from itadesk.exchange.reading import Choices, Kind, Reading, fiscal_year_named, round_named
from itadesk.i18n import N_, _
from itadesk.ui import import_outcome, messages, thai_text, theme
from itadesk.ui.import_outcome import Outcome
from itadesk.ui.import_rows import ImportRows, target_label
from itadesk.ui.import_table import ImportTable
from itadesk.ui.newest import Newest
from itadesk.ui.rows_table import PADDING, line_height
from itadesk.ui.session import FileSession

MATCHES: Mapping[Match, str] = {
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
        self._hidden_taken: set[tuple[int, int]] = set()
        self._outcome: Outcome | None = None
        self._accept_when_read = False
        self._work = Newest(session.tasks, self)
        self.rows = ImportRows(max(grid.width for grid in grids), self)
        self._make_choices(grids)
        self._make_ticks()
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
        from itadesk.documents.paper import segment

        choices = Choices(
            {table: dict(columns) for table, columns in self._columns.items()},
            frozenset(self._left_out),
            frozenset(self._hidden_taken),
            exchange=self.exchange.isChecked(),
            joined_by=segment.words if self.join.isChecked() else None,
        )
        round_, match = ROUNDS[self.round.currentIndex()], list(MATCHES)[self.match.currentIndex()]
        job = partial(
            import_outcome.understand, self._grids, self._session.snapshot, self.year, round_, choices, match
        )
        self._work.ask(job, self._show, self._failed)

    def _show(self, outcome: Outcome) -> None:
        first = self._outcome is None
        self._outcome = outcome
        if first:
            self._offer_parts(_parts(outcome.reading))
        self.rows.show_outcome(outcome, self._tables(), only_remarked=self.only_remarked.isChecked())
        self.table.fit_columns(outcome.reading, self._tables())
        self._sum_up(outcome)
        if first:
            self._begin_at_a_remark()
        self._tell_more()
        if self._accept_when_read:
            self._accept()

    def _begin_at_a_remark(self) -> None:
        rows = [row for row in self.rows.rows if row.read.warnings] or self.rows.rows
        self.table.select([row.id for row in rows[:1]], 0)

    def _tables(self) -> list[int]:
        """The tables that are shown."""
        assert self._outcome is not None
        parts = _parts(self._outcome.reading)
        return parts[min(max(self.part.currentIndex(), 0), len(parts) - 1)]

    def _show_again(self) -> None:
        if self._outcome is not None:
            self._show(self._outcome)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        if self._outcome is None:
            self.reject()  # there is nothing to look at
        messages.show_error(self.parentWidget(), error)

    def _offer_parts(self, parts: Sequence[Sequence[int]]) -> None:
        for tables in parts:
            last = f"–{tables[-1] + 1}" if len(tables) > 1 else ""
            self.part.addItem(_("Table {number}").format(number=f"{tables[0] + 1}{last}"))
        self._part_label.setVisible(len(parts) > 1)
        self.part.setVisible(len(parts) > 1)

    def _sum_up(self, outcome: Outcome) -> None:
        reading = outcome.reading
        count = len(outcome.merged)
        new = sum(row.ours is None for row in outcome.merged)
        changed = sum(row.ours is not None and bool(row.changed or row.new) for row in outcome.merged)
        text = _("{count} measures: {new} new, {changed} changed, {same} as they are.").format(
            count=count, new=new, changed=changed, same=count - new - changed
        )
        if not count:
            text = _("No measures were found. Click the head of a column to say what it holds.")
        if hidden := sum(row.kind is Kind.HIDDEN for row in reading.rows):
            text += " " + _("{count} hidden rows are left out.").format(count=hidden)
        if told := sum(len(row.warnings) for row in reading.rows):
            text += " " + _("{count} remarks.").format(count=told)
        self.summary.setText(thai_text.display(text))
        self.only_remarked.setVisible(told > 0 or self.only_remarked.isChecked())
        exchanged = sum(row.exchanged for row in reading.rows)
        self.exchange.setText(_("&Exchange responsible and period in {count} rows").format(count=exchanged))
        self.exchange.setVisible(exchanged > 0 or self.exchange.isChecked())
        remarks = list(reading.remarks)
        if reading.untaken:
            named = ", ".join(f"“{heading}”" for heading in reading.untaken)
            remarks.append(_("Columns that are not taken: {headings}").format(headings=named))
        self.remarks.setText(thai_text.display("  ·  ".join(remarks)))
        self.remarks.setVisible(bool(remarks))
        self.take.setEnabled(count > 0)
        self.take.setText(_("&Take {count} measures in").format(count=count))

    def _tell_more(self) -> None:
        """All that there is to say of the current row."""
        index = self.table.currentIndex()
        text = ""
        if self._outcome is not None and index.isValid():
            text = import_outcome.details(self.rows.row(index).read, self._outcome)
        self.details.setHtml(text)

    # Choices

    def change_column(self, section: int, target: str) -> None:
        """Let a column hold something else, in all tables shown; another one that held it holds nothing."""
        column = self.rows.source_column(section)
        if column is None or self._outcome is None:
            return
        for table in self._tables():
            columns = self._outcome.reading.columns[table]
            chosen = self._columns.setdefault(table, {})
            for other, held in enumerate(columns):
                if held.target == target != LEFT_OUT and held.round == columns[column].round:
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
            self._hidden_taken -= places
        else:
            self._left_out -= places
            self._hidden_taken |= places
        self.read()

    def _column_menu(self, section: int) -> None:
        column = self.rows.source_column(section)
        if column is None or self._outcome is None:
            return
        current = self._outcome.reading.columns[self._tables()[0]][column].target
        menu = theme.menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for target in (*TARGETS, LEFT_OUT):
            entry = menu.addAction(target_label(target), partial(self.change_column, section, target))
            entry.setCheckable(True)
            entry.setChecked(target == current)
            if target == current:
                menu.setActiveAction(entry)
        head = self.table.horizontalHeader()
        menu.popup(head.mapToGlobal(QPoint(head.sectionViewportPosition(section), head.height())))

    def _accept(self) -> None:
        if self._work.busy:
            self._accept_when_read = True
        elif self._outcome is not None and self._outcome.reading.entries:
            self.taken.emit(self._outcome.form, list(MATCHES)[self.match.currentIndex()])
            self.accept()

    # Making

    def _make_choices(self, grids: Sequence[Grid]) -> None:
        named = fiscal_year_named(grids)
        told = _("Into fiscal year {year}.").format(year=self.year)
        if named is not None and named != self.year:
            told += " " + _("Its titles speak of fiscal year {year}.").format(year=named)
        self.told = QLabel(thai_text.display(told))
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        if named is not None and named != self.year:
            self.told.setStyleSheet(_WARNING)
        self.round = QComboBox()
        self.round.addItems([_(ROUND_LABELS[round_]) for round_ in ROUNDS])
        self.round.setCurrentIndex(ROUNDS.index(round_named(grids) or self._session.round))
        self.round.activated.connect(self.read)
        self.match = QComboBox()
        self.match.addItems([_(text) for text in MATCHES.values()])
        self.match.activated.connect(self.read)
        self.part = QComboBox()
        self.part.activated.connect(self._show_again)
        self._part_label = QLabel(_("Shown"))
        self.part.hide()
        self._part_label.hide()
        self.summary = QLabel(_("Reading the table…"))

    def _make_ticks(self) -> None:
        self.join = QCheckBox(_("&Join lines that were only wrapped"))
        self.join.setToolTip(
            _("For text copied from a PDF, whose lines end in the middle of sentences and words.")
        )
        self.join.clicked.connect(self.read)
        self.exchange = QCheckBox()
        self.exchange.clicked.connect(self.read)
        self.exchange.hide()
        self.only_remarked = QCheckBox(_("Only rows to &look at"))
        self.only_remarked.clicked.connect(self._show_again)
        self.only_remarked.hide()
        self.remarks = QLabel()
        self.remarks.setTextFormat(Qt.TextFormat.PlainText)
        self.remarks.setWordWrap(True)
        self.remarks.setStyleSheet(_WARNING)
        self.remarks.hide()
        self.details = QTextBrowser()
        self.details.setAccessibleName(_("About this row"))
        self.details.setPlaceholderText(_("What there is to say of the row you stand on is told here."))
        self.details.setFixedHeight(4 * line_height(self.details) + 2 * PADDING)

    def _make_table(self) -> None:
        self.table = ImportTable(self.rows)
        self.table.switched.connect(self.switch_rows)
        self.table.column_wanted.connect(self._column_menu)
        self.table.selectionModel().currentRowChanged.connect(self._tell_more)

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
        ticks = QHBoxLayout()
        for tick in (self.join, self.exchange, self.only_remarked):
            ticks.addWidget(tick)
            ticks.addSpacing(16)
        ticks.addStretch()
        bottom = QHBoxLayout()
        bottom.addWidget(self.summary, 1)
        bottom.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addLayout(ticks)
        layout.addWidget(self.remarks)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.details)
        layout.addLayout(bottom)
        self.resize(1340, 660)
        self.table.setFocus()


_WARNING = f"color: {theme.FAULT}; font-weight: bold"


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
