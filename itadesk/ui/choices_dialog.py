"""What another file says otherwise, thing by thing, to be looked at and ticked before it is taken as one undo step."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain.choices import Choice, Reason
from itadesk.i18n import N_, _
from itadesk.ui import text_difference, theme
from itadesk.ui.actions import HERE, action
from itadesk.ui.delegates import TextDelegate
from itadesk.ui.row_names import RowNames, label, shown, told
from itadesk.ui.rows_model import Column, RowsModel
from itadesk.ui.rows_table import RowsTable
from itadesk.ui.thai_text import display

REASONS: Mapping[Reason, str] = {
    Reason.ONLY_THERE: N_("Only there"),
    Reason.FILLED: N_("Empty here"),
    Reason.THEIRS_CHANGED: N_("Changed there"),
    Reason.OURS_CHANGED: N_("Changed here"),
    Reason.BOTH_CHANGED: N_("Changed in both"),
    Reason.DIFFERENT: N_("Different"),
    Reason.DELETED_HERE: N_("Deleted here"),
    Reason.DELETED_THERE: N_("Deleted there"),
}
_WIDTHS = {"chosen": 3, "place": 22, "what": 13, "why": 12}
"""Widths of columns in the widths of a wide letter; the two texts share the rest."""
_LONG = 300
"""Letters of a text that stand in a cell; below the table it is whole."""


@dataclass(frozen=True)
class Names:
    """What the two sides are called: at the head of the table, and on the button that takes what is ticked."""

    title: str
    ours: str
    theirs: str
    go: str
    """With {count}."""


@dataclass(frozen=True)
class ChoiceRow:
    """One choice in words."""

    choice: Choice
    place: str
    what: str
    ours: str
    theirs: str
    chosen: bool

    @property
    def id(self) -> str:
        return self.choice.id


class ChoicesDialog(QDialog):
    """`row_names` knows the rows of both files; `take(chosen)` stores what is ticked and says whether it went well."""

    def __init__(
        self,
        parent: QWidget | None,
        names: Names,
        said: str,
        choices: Iterable[Choice],
        row_names: RowNames,
        take: Callable[[list[Choice]], bool],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(names.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._names = names
        self._take = take
        self._make_table(names)
        self._make_sides(names)
        self.rows.set_rows([_row(choice, row_names) for choice in choices])
        self._arrange(said)
        self._sum_up()
        if self.rows.rows:
            self.table.select([self.rows.rows[0].id], self.rows.column("place"))
        self.table.setFocus()

    @property
    def chosen(self) -> list[Choice]:
        return [row.choice for row in self.rows.rows if row.chosen]

    def switch(self) -> None:
        """Untick the selected things; tick them when none of them is."""
        ids = set(self.table.selected_ids())
        tick = not any(row.chosen for row in self.rows.rows if row.id in ids)
        self._tick(lambda row: tick if row.id in ids else row.chosen)

    def switch_all(self) -> None:
        """Tick everything, or nothing when everything is ticked."""
        tick = not all(row.chosen for row in self.rows.rows)
        self._tick(lambda _row: tick)

    def propose(self) -> None:
        """Tick what was ticked at first."""
        self._tick(lambda row: row.choice.wanted)

    def accept(self) -> None:
        if self._take(self.chosen):
            super().accept()

    def _tick(self, chosen: Callable[[ChoiceRow], bool]) -> None:
        self.rows.set_rows([replace(row, chosen=chosen(row)) for row in self.rows.rows])
        self._sum_up()

    def _sum_up(self) -> None:
        rows = self.rows.rows
        count = sum(row.chosen for row in rows)
        self.go.setText(self._names.go.format(count=count))
        self.all.setText(_("&Untick all") if count == len(rows) and count else _("&Tick all"))
        text = _("{count} differences, {chosen} of them ticked").format(count=len(rows), chosen=count)
        if both := sum(row.choice.reason is Reason.BOTH_CHANGED for row in rows):
            text += " · " + _("{count} changed in both: please look at these").format(count=both)
        self.summary.setText(display(text))

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == self.rows.column("chosen"):
            self.switch()

    def _look(self) -> None:
        """Both sides of the thing in hand, whole, with what differs marked."""
        index = self.table.currentIndex()
        row = self.rows.row(index) if index.isValid() else None
        left, right = text_difference.sides(row.ours, row.theirs) if row else ("", "")
        self.ours.setHtml(left)
        self.theirs.setHtml(right)

    # Building

    def _make_table(self, names: Names) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        columns = [
            Column[ChoiceRow]("chosen", "✓", lambda row: "✓" if row.chosen else "", alignment=centre),
            Column[ChoiceRow]("place", _("Where"), lambda row: row.place),
            Column[ChoiceRow]("what", _("Field"), lambda row: row.what),
            Column[ChoiceRow]("ours", names.ours, lambda row: row.ours[:_LONG]),
            Column[ChoiceRow]("theirs", names.theirs, lambda row: row.theirs[:_LONG]),
            Column[ChoiceRow]("why", _("Why"), lambda row: _(REASONS[row.choice.reason])),
        ]
        self.rows: RowsModel[ChoiceRow] = RowsModel(columns, parent=self)
        table = self.table = RowsTable(self.rows)
        table.setAccessibleName(_("Differences"))
        table.setItemDelegate(TextDelegate(table))
        table.set_lines(3)
        table.setEditTriggers(RowsTable.EditTrigger.NoEditTriggers)
        letter = self.fontMetrics().horizontalAdvance("ม")
        for name, width in _WIDTHS.items():
            table.setColumnWidth(self.rows.column(name), width * letter)
        for name in ("ours", "theirs"):
            head = table.horizontalHeader()
            head.setSectionResizeMode(self.rows.column(name), QHeaderView.ResizeMode.Stretch)
        table.clicked.connect(self._clicked)
        table.selectionModel().currentChanged.connect(self._look)
        action(table, _("Tick or untick these"), self.switch, "Space", context=HERE)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _make_sides(self, names: Names) -> None:
        self.ours, self.theirs = QTextBrowser(), QTextBrowser()
        self.sides = QWidget()
        layout = QGridLayout(self.sides)
        layout.setContentsMargins(0, 0, 0, 0)
        for column, (browser, name) in enumerate(((self.ours, names.ours), (self.theirs, names.theirs))):
            browser.setAccessibleName(name)
            head = QLabel(name)
            head.setStyleSheet(f"color: {theme.QUIET}")
            layout.addWidget(head, 0, column)
            layout.addWidget(browser, 1, column)

    def _arrange(self, said: str) -> None:
        self.said = QLabel(display(said))
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.summary = QLabel()
        self.all, self.proposed = QPushButton(), QPushButton(_("As &proposed"))
        self.all.clicked.connect(self.switch_all)
        self.proposed.clicked.connect(self.propose)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        for button in (self.all, self.proposed, self.go):
            button.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.table)
        splitter.addWidget(self.sides)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        bottom = QHBoxLayout()
        bottom.addWidget(self.summary, 1)
        for widget in (self.all, self.proposed, buttons):
            bottom.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.addWidget(self.said)
        layout.addWidget(splitter, 1)
        layout.addLayout(bottom)
        self.resize(1180, 620)


def _row(choice: Choice, names: RowNames) -> ChoiceRow:
    row_class = type(choice.row)
    place = names.of(choice.row if choice.ours is None else choice.ours)
    if choice.kind == "changed":
        ours, theirs = (
            shown(row_class, choice.name, getattr(row, choice.name)) for row in (choice.ours, choice.theirs)
        )
        return ChoiceRow(choice, place, label(row_class, choice.name), ours, theirs, choice.wanted)
    ours, theirs = ("" if row is None else told(row_class, vars(row)) for row in (choice.ours, choice.theirs))
    what = _("Whole entry")
    if choice.along:
        what = _("Whole entry, with {count} below it").format(count=len(choice.along))
    return ChoiceRow(choice, place, what, ours, theirs or _("(deleted)"), choice.wanted)
