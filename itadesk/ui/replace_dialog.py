"""Find and replace: every place in a list with how it will read, to be looked at and ticked before anything changes."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import replace, thai
from itadesk.domain.model import Evidence, Progress
from itadesk.domain.replace import Hit, Part, Scope, Wanted
from itadesk.domain.snapshot import ChangeSet, Snapshot
from itadesk.i18n import N_, _
from itadesk.storage import text_operations
from itadesk.ui import thai_text, theme
from itadesk.ui.actions import HERE, action
from itadesk.ui.delegates import TextDelegate
from itadesk.ui.replace_rows import Key, ReplaceRows, now_delegate, then_delegate
from itadesk.ui.rows_table import RowsTable
from itadesk.ui.session import FileSession

PAUSE = 150
"""Milliseconds after a key before the file is looked through."""
_FOOT = 40
"""Pixels of the window's foot that stay in sight."""
_SHOWN = 20
"""Letters of a text in the name of the undo step."""

PARTS = {
    None: N_("Everywhere"),
    Part.MEASURES: N_("Measures, progress and evidence"),
    Part.DOCUMENTS: N_("Findings and reports"),
    Part.OFFICE: N_("Office, units and people"),
}


class ReplaceDialog(QDialog):
    """Stays open beside the window and follows the file. `hit_wanted(Hit)`: the clerk wants to see where it stands;
    `replacing()`: what is being typed in the window is to be stored first; `undo_wanted()`."""

    hit_wanted = Signal(object)
    replacing = Signal()
    undo_wanted = Signal()

    def __init__(self, session: FileSession, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Find and replace"))
        self._session = session
        self._window = parent
        self._hits: list[Hit] = []
        self._left_out: set[Key] = set()
        self._told = ""
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.look)
        self.rows = ReplaceRows(self)
        self._make_choices()
        self._make_table()
        self._arrange()
        session.changed.connect(self._follow)
        session.place_changed.connect(self._follow_place)
        self._follow_place()

    def begin(self, text: str) -> None:
        """Come to the front, `text` to be found, unless it is empty."""
        if text:
            self.text.setText(text)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()
        self.text.selectAll()
        self.look()

    def look(self) -> None:
        """Look through the file as it is now."""
        self._timer.stop()
        scope = Scope(self.years.currentData(), self.part.currentData())
        self._hits = replace.find(self._session.snapshot, self._wanted, scope)
        self._show()

    def switch(self) -> None:
        """Leave the selected places as they are; replace them when none of them is ticked."""
        ids = set(self.table.selected_ids())
        rows = [row for row in self.rows.rows if row.id in ids]
        self._choose({row.hit.key for row in rows}, not any(row.chosen for row in rows))

    def switch_all(self) -> None:
        """Tick all places, or none when all are ticked."""
        rows = self.rows.rows
        self._choose({row.hit.key for row in rows}, not all(row.chosen for row in rows))

    def replace(self) -> None:
        """Replace the ticked places as one undo step."""
        self.replacing.emit()
        self.look()
        hits = [row.hit for row in self.rows.rows if row.chosen]
        if not hits or self._too_many:
            return
        label = _("Replace “{text}”").format(text=_short(self.text.text()))
        count = self._session.edit(label, text_operations.replace_texts, hits, self.by.text())
        if count is not None:
            self._told = _("{count} places replaced. Ctrl+Z brings them back.").format(count=count)
            self._sum_up()
            self.table.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Below in the window, so that the head of its table stays in sight."""
        super().showEvent(event)
        if not event.spontaneous():
            self._move(above=False)

    def make_way(self, field: QWidget) -> None:
        """Go to the other half of the window when this covers a field of it."""
        shown = QRect(field.mapToGlobal(QPoint()), field.size())
        if self.frameGeometry().intersects(shown):
            self._move(above=shown.center().y() > self._window.window().geometry().center().y())

    def _move(self, *, above: bool) -> None:
        window = self._window.window().geometry()
        left = window.center().x() - self.width() // 2
        self.move(left, window.top() if above else window.bottom() - self.height() - _FOOT)

    @property
    def _wanted(self) -> Wanted:
        return Wanted(self.text.text(), self.digits.isChecked(), not self.case.isChecked())

    @property
    def _too_many(self) -> bool:
        return len(self._hits) > replace.MOST

    def _choose(self, keys: set[Key], chosen: bool) -> None:
        self._left_out = self._left_out - keys if chosen else self._left_out | keys
        self._show()

    def _ask_anew(self) -> None:
        """Something else is wanted: what was left out before means nothing now."""
        self._left_out = set()
        self._told = ""
        self._timer.start()

    def _show_others(self) -> None:
        """Something else is to stand in the same places."""
        self._told = ""
        self._show()

    def _show(self) -> None:
        by = thai.normalise(self.by.text())
        changing = [] if self._too_many else [hit for hit in self._hits if hit.found != by]
        snapshot, several = self._session.snapshot, self.years.currentData() is None
        self.rows.show_hits(snapshot, changing, by, self._left_out, several_years=several)
        self._sum_up()

    def _sum_up(self) -> None:
        chosen = sum(row.chosen for row in self.rows.rows)
        self.summary.setText(thai_text.display(self._told or self._found_words()))
        self.go.setEnabled(chosen > 0 and not self._session.read_only)
        self.go.setText(_("&Replace {count} places").format(count=chosen))
        self.all.setEnabled(bool(self.rows.rows))
        self.all.setText(_("&Untick all") if chosen == len(self.rows.rows) and chosen else _("&Tick all"))

    def _found_words(self) -> str:
        rows, text = self.rows.rows, self.text.text()
        if not text:
            return _("Type what is to be found.")
        if self._too_many:
            return _("More than {count:,} places. Please type more of the text.").format(count=replace.MOST)
        if not self._hits:
            return _("“{text}” was not found.").format(text=_short(text))
        if not rows:
            return _("It reads so already in all {count} places.").format(count=len(self._hits))
        found = _("{places} places in {records} records found")
        return found.format(places=len(rows), records=len(set(map(_record, (row.hit for row in rows)))))

    def _follow(self, _snapshot: Snapshot, changes: ChangeSet) -> None:
        if "fiscal_year" in changes.tables():
            self._follow_place()
        elif self.isVisible():
            self._told = ""
            self.look()

    def _follow_place(self) -> None:
        year = self._session.fiscal_year
        at = max(self.years.currentIndex(), 0)
        self.years.clear()
        if year is not None:
            self.years.addItem(_("Fiscal year {year}").format(year=year.year), year.id)
        self.years.addItem(_("All fiscal years"), None)
        self.years.setCurrentIndex(min(at, self.years.count() - 1))
        if self.isVisible():
            self.look()

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == self.rows.column("chosen"):
            self.switch()

    def _lead(self, index: QModelIndex) -> None:
        if index.isValid() and index.column() != self.rows.column("chosen"):
            self.hit_wanted.emit(self.rows.rows[index.row()].hit)

    # Making

    def _make_choices(self) -> None:
        self.text, self.by = QLineEdit(clearButtonEnabled=True), QLineEdit(clearButtonEnabled=True)
        self.years, self.part = QComboBox(), QComboBox()
        self.years.setAccessibleName(_("Fiscal year"))
        self.part.setAccessibleName(_("Where to look"))
        for part, label in PARTS.items():
            self.part.addItem(_(label), part)
        self.digits = QCheckBox(_("Thai and Arabic &digits are the same"))
        self.digits.setChecked(True)
        self.case = QCheckBox(_("&Capital letters differ from small ones"))
        self.text.textChanged.connect(self._ask_anew)
        self.text.returnPressed.connect(self.look)
        self.by.textChanged.connect(self._show_others)
        for box in (self.years, self.part):
            box.activated.connect(self._ask_anew)
        for tick in (self.digits, self.case):
            tick.toggled.connect(self._ask_anew)

    def _make_table(self) -> None:
        table = self.table = RowsTable(self.rows)
        table.setAccessibleName(_("Places found"))
        table.setItemDelegate(TextDelegate(table))
        table.setItemDelegateForColumn(self.rows.column("now"), now_delegate(table))
        table.setItemDelegateForColumn(self.rows.column("then"), then_delegate(table))
        table.set_lines(1)
        table.setEditTriggers(RowsTable.EditTrigger.NoEditTriggers)
        letter = self.fontMetrics().horizontalAdvance("ม")
        for name, width in (("chosen", 3), ("place", 23), ("field", 16)):
            table.setColumnWidth(self.rows.column(name), width * letter)
        for name in ("now", "then"):
            head = table.horizontalHeader()
            head.setSectionResizeMode(self.rows.column(name), QHeaderView.ResizeMode.Stretch)
        table.clicked.connect(self._clicked)
        table.doubleClicked.connect(self._lead)
        action(table, _("Tick or untick these places"), self.switch, "Space", context=HERE)
        action(
            table,
            _("Show where it stands"),
            lambda: self._lead(table.currentIndex()),
            "Return",
            "Enter",
            context=HERE,
        )
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        action(self, "", self.undo_wanted.emit, "Ctrl+Z")

    def _arrange(self) -> None:
        self.summary = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.all = QPushButton()
        self.all.setAutoDefault(False)
        self.all.clicked.connect(self.switch_all)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.go = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.go.setAutoDefault(False)
        self.go.clicked.connect(self.replace)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        top = QGridLayout()
        for column, (words, line) in enumerate(((_("&Find"), self.text), (_("Replace &with"), self.by))):
            label = QLabel(words)
            label.setBuddy(line)
            top.addWidget(label, 0, 2 * column)
            top.addWidget(line, 0, 2 * column + 1)
        within = QLabel(_("&In"))
        within.setBuddy(self.years)
        top.addWidget(within, 1, 0)
        top.addWidget(_beside((self.years, self.part, self.digits, self.case)), 1, 1, 1, 3)
        bottom = QHBoxLayout()
        bottom.addWidget(self.summary, 1)
        bottom.addWidget(self.all)
        bottom.addWidget(buttons)
        hint = QLabel(
            thai_text.display(_("Double-click a place to see it in the window. Space ticks and unticks."))
        )
        hint.setStyleSheet(f"color: {theme.QUIET}")
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addWidget(hint)
        layout.addLayout(bottom)
        self.resize(1120, 384)


def _beside(widgets: Iterable[QWidget]) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch()
    return row


def _record(hit: Hit) -> str:
    """What counts as one: a measure with its progress and evidence, else the row."""
    return hit.row.measure_id if isinstance(hit.row, Progress | Evidence) else hit.row.id


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
