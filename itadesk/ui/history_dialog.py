"""Who changed what, and when: a list to search, old and new side by side, and the way back."""

import csv
import datetime as dt
from collections.abc import Callable
from functools import partial
from io import StringIO
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import thai
from itadesk.domain.model import Measure, Row
from itadesk.i18n import N_, _
from itadesk.storage import history_operations, history_reading
from itadesk.storage.history_reading import Entry, Wanted
from itadesk.ui import messages, text_difference, thai_text, theme
from itadesk.ui.buttons import text_button
from itadesk.ui.delegates import TextDelegate
from itadesk.ui.history_lines import Found, HistoryLine, HistoryLines
from itadesk.ui.newest import Newest
from itadesk.ui.row_names import RowNames, restored_words, told
from itadesk.ui.rows_model import Column, RowsModel
from itadesk.ui.rows_table import RowsTable
from itadesk.ui.session import FileSession

FIRST = 400
"""Lines shown at first; twice as many when the clerk has come to the end of them."""

_WIDTHS = {"when": 8, "who": 8, "what": 21, "field": 9, "old": 20}
"""Widths of columns in the widths of a wide letter; the new value takes the rest."""

_SINCE = {None: N_("Any day"), 0: N_("Today"), 7: N_("The last 7 days"), 30: N_("The last 30 days")}

_UNDO = {"update": N_("&Undo this change"), "insert": N_("&Delete it again"), "delete": N_("&Bring it back")}
_DONE = {
    "update": N_("The change is undone. Ctrl+Z takes that back."),
    "insert": N_("It is deleted, and in the bin. Ctrl+Z brings it back."),
    "delete": N_("It is back. Ctrl+Z takes that back."),
}


class HistoryDialog(QDialog):
    """Begins with the measure `measure_id` and what belongs to it, or with the whole file."""

    def __init__(self, session: FileSession, parent: QWidget | None, measure_id: str | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("History of changes"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._measure_id = measure_id
        self._most = FIRST
        self._more = False
        self._later: list[Entry] = []
        self._reading = Newest(session.tasks, self)
        self._asking = Newest(session.tasks, self)
        self._make_filters()
        self._make_list()
        self._make_details()
        self._arrange()
        for key, act in (("Ctrl+Z", session.undo), ("Ctrl+Y", session.redo), ("Ctrl+Shift+Z", session.redo)):
            QShortcut(QKeySequence(key), self, act)
        session.changed.connect(self._refresh)
        self._refresh()

    @property
    def line(self) -> HistoryLine | None:
        """The line in hand."""
        index = self.table.currentIndex()
        return self.model.row(index) if index.isValid() else None

    # Finding

    def _choose(self) -> None:
        """Read what is chosen anew, from the newest."""
        self._most = FIRST
        self._refresh()

    def _refresh(self) -> None:
        session, year = self._session, self._session.fiscal_year
        measure_id, days = self.scope.currentData(), self.since.currentData()
        wanted = Wanted(
            (Measure, measure_id) if measure_id else None,
            self.who.currentData(),
            None if days is None else dt.date.today() - dt.timedelta(days),
        )
        self._lines = HistoryLines(session.snapshot, year.id if year else "", wanted)
        self._find()

    def _search(self) -> None:
        self._most = FIRST
        self._find()

    def _find(self) -> None:
        find = partial(self._lines.find, text=self.text.text(), most=self._most)
        self._reading.ask(partial(self._session.read, find), self._show, _raise)

    def _show(self, found: Found) -> None:
        self._more = found.more
        self._offer_people(found.people)
        self.model.set_rows(found.lines)
        self.nothing.setVisible(not found.lines)
        if found.lines and not self.table.selected_ids():
            self.table.select([self.table.current_id() or found.lines[0].id], 0)
        self._show_line()

    def _scrolled(self, value: int) -> None:
        if self._more and value == self.table.verticalScrollBar().maximum():
            self._more = False
            self._most *= 2
            self._find()

    def _offer_people(self, names: tuple[str, ...]) -> None:
        known = {self.who.itemData(at) for at in range(self.who.count())}
        for name in names:
            if name not in known:
                self.who.addItem(name or "–", name)

    # The line in hand

    def _show_line(self) -> None:
        line = self.line
        self._later = []
        old, new = ("", "") if line is None else _sides(line)
        self.old.setHtml(old)
        self.new.setHtml(new)
        self._offer()
        if line is not None:
            entry = line.entry
            question = partial(history_reading.later, entry=entry)
            self._asking.ask(partial(self._session.read, question), partial(self._warn, entry), _raise)

    def _warn(self, entry: Entry, later: list[Entry]) -> None:
        if self.line is not None and self.line.entry == entry:
            self._later = later
            self._offer()

    def _offer(self) -> None:
        """What can be done about the line in hand, and what is to be known before."""
        line = self.line
        row = self._session.snapshot.get(line.entry.row_class, line.entry.row_id) if line else None
        possible = line is not None and not self._session.read_only
        self.restore.setEnabled(possible and line is not None and _differs(line, row, [line.name]))
        self.undo.setEnabled(possible and line is not None and _can_undo(line, row))
        op = line.entry.op if line else "update"
        fields = len(line.entry.before) if line and op == "update" else 1
        words = _(_UNDO[op]) if fields < 2 else _("&Undo this change of {count} fields").format(count=fields)
        self.undo.setText(words)
        self.restore.setVisible(op == "update")
        self.copy.setEnabled(line is not None)
        self.hint.setText(thai_text.display(self._hint(line, row) if line else ""))
        self.hint.setVisible(bool(self.hint.text()))

    def _hint(self, line: HistoryLine, row: Row | None) -> str:
        if line.entry.op == "delete":
            return _("It is in the file again.") if row is not None else ""
        if row is None:
            return _(
                "It was deleted since. Bring it back first: from the bin, or by the line that tells of its deletion."
            )
        if line.entry.op == "update" and not _can_undo(line, row):
            return _("The old value stands there now.")
        if self._later:
            return _("Changed again later, which would go: {changes}").format(changes=_named(self._later))
        return ""

    def _restore(self) -> None:
        if (line := self.line) is not None and line.name is not None:
            label = _("Set {field} back").format(field=line.field)
            if self._session.edit(label, history_operations.restore_value, line.entry, line.name):
                messages.toast(self, _("The old value is back. Ctrl+Z takes that back."))

    def _undo(self) -> None:
        if (line := self.line) is None:
            return
        label = _("Undo a change of {date}").format(date=line.when)
        restored = self._session.edit(label, history_operations.undo_entry, line.entry)
        if restored is not None:
            messages.toast(self, restored_words(restored, _(_DONE[line.entry.op])))

    def _copy(self) -> None:
        """The selected lines as a spreadsheet pastes them."""
        chosen, text = set(self.table.selected_ids()), StringIO()
        writer = csv.writer(text, csv.excel_tab, lineterminator="\n")
        writer.writerow([column.label for column in self.model.columns])
        for line in self.model.rows:
            if line.id in chosen:
                writer.writerow([column.text(line) for column in self.model.columns if column.text])
        QGuiApplication.clipboard().setText(text.getvalue())
        messages.toast(self, _("Copied {count} lines.").format(count=len(chosen)))

    # Building

    def _make_filters(self) -> None:
        self.text = QLineEdit(placeholderText=_("Search in the history"), clearButtonEnabled=True)
        self.text.setAccessibleName(_("Search"))
        self.text.textChanged.connect(self._search)
        self.scope, self.who, self.since = QComboBox(), QComboBox(), QComboBox()
        measure = self._session.snapshot.get(Measure, self._measure_id or "")
        if measure is not None:
            year = self._session.fiscal_year
            names = RowNames(self._session.snapshot, year.id if year else "")
            self.scope.addItem(names.of(measure), measure.id)
        self.scope.addItem(_("The whole file"), None)
        self.scope.setVisible(measure is not None)
        self.scope.setMaximumWidth(self.fontMetrics().horizontalAdvance("ม") * 24)
        self.who.addItem(_("Everybody"), None)
        for days, words in _SINCE.items():
            self.since.addItem(_(words), days)
        names_of = {self.scope: _("Of what"), self.who: _("Who"), self.since: _("When")}
        for box, name in names_of.items():
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(self._choose)

    def _make_list(self) -> None:
        columns = [
            _column("when", _("When"), lambda line: line.when),
            _column("who", _("Who"), lambda line: line.who),
            _column("what", _("What"), lambda line: line.what),
            _column("field", _("Field"), lambda line: line.field),
            _column("old", _("Old"), lambda line: line.old),
            _column("new", _("New"), lambda line: line.new),
        ]
        self.model = RowsModel(columns, parent=self)
        self.table = RowsTable(self.model)
        self.table.setAccessibleName(_("History of changes"))
        self.table.setItemDelegate(TextDelegate(self.table))
        self.table.set_lines(3)
        letter = self.fontMetrics().horizontalAdvance("ม")
        for name, width in _WIDTHS.items():
            self.table.setColumnWidth(self.model.column(name), width * letter)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.selectionModel().currentRowChanged.connect(lambda: self._show_line())
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.nothing = QLabel(thai_text.display(_("Nothing of the kind was changed.")))
        self.nothing.setStyleSheet(f"color: {theme.QUIET}")
        self.nothing.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        QVBoxLayout(self.table.viewport()).addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignCenter)

    def _make_details(self) -> None:
        self.old, self.new = QTextBrowser(), QTextBrowser()
        self.old.setAccessibleName(_("Old"))
        self.new.setAccessibleName(_("New"))
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setStyleSheet(f"background: {theme.WARNING_FILL}; padding: 4px 10px;")
        self.restore = text_button(_("&Set back to the old value"), self._restore)
        self.undo = text_button("", self._undo)
        self.copy = text_button(_("&Copy the lines"), self._copy)
        self.close_button = text_button(_("C&lose"), self.accept)

    def _arrange(self) -> None:
        filters, buttons = QHBoxLayout(), QHBoxLayout()
        filters.addWidget(self.text, 1)
        for box in (self.scope, self.who, self.since):
            filters.addWidget(box)
        for button in (self.restore, self.undo, self.copy):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        details = QWidget()
        sides = QHBoxLayout(details)
        sides.setContentsMargins(0, 0, 0, 0)
        for words, side in ((_("Old"), self.old), (_("New"), self.new)):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(QLabel(words))
            column.addWidget(side)
            sides.addLayout(column)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.table)
        splitter.addWidget(details)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.addLayout(filters)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.hint)
        layout.addLayout(buttons)
        self.resize(1180, 620)
        self.text.setFocus()


def _column(name: str, label: str, text: Callable[[HistoryLine], str]) -> Column[Any]:
    return Column(name, label, text)


def _sides(line: HistoryLine) -> tuple[str, str]:
    if line.name is not None:
        return text_difference.sides(line.old, line.new)
    entry = line.entry
    images = (entry.before, entry.after)
    old, new = (text_difference.plain(told(entry.row_class, image)) for image in images)
    return old, new


def _differs(line: HistoryLine, row: Row | None, names: list[str | None]) -> bool:
    """Whether what a row says now is not what stood there before the change."""
    before = line.entry.before
    return row is not None and any(name and getattr(row, name) != before.get(name) for name in names)


def _can_undo(line: HistoryLine, row: Row | None) -> bool:
    match line.entry.op:
        case "update":
            return _differs(line, row, list(line.entry.before))
        case "insert":
            return row is not None
        case "delete":
            return row is None


def _named(later: list[Entry]) -> str:
    told = [f"{thai.short_date(entry.at.date())} {entry.at:%H:%M} {entry.who}" for entry in later[:3]]
    if len(later) > len(told):
        told.append(_("and {count} more").format(count=len(later) - len(told)))
    return ", ".join(told)


def _raise(error: Exception) -> None:
    raise error
