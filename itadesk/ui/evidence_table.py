"""The evidence of a measure as a table: titles and links typed in place, Enter opens, other keys as in a file list."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu

from itadesk.domain import fields
from itadesk.domain.fields import ROUND_LABELS, field_of
from itadesk.domain.model import ROUNDS, Evidence
from itadesk.i18n import N_, _
from itadesk.ui import theme
from itadesk.ui.delegates import CellDelegate, ChoiceDelegate, TextDelegate
from itadesk.ui.rows_model import Column, RowsModel, Write, shorten
from itadesk.ui.rows_table import ENTER, PADDING, RowsTable, line_height, plain_modifiers

_LINES = 2
_MOST_SHOWN = 8
"""Lines of text that the table shows before it scrolls."""
_LABELS = {"url": N_("Link or file"), "round": N_("For")}
"""Heads of columns that are called otherwise than their field: they are narrow."""
_Trigger = QAbstractItemView.EditTrigger
_Index = QModelIndex | QPersistentModelIndex


class EvidenceRows(RowsModel[Evidence]):
    """A file has its name where a link has its address, and keeps it."""

    def __init__(self, size: Callable[[Evidence], str], write: Write[Evidence] | None) -> None:
        super().__init__([_column("title"), _column("url"), _column("round"), _size_column(size)], (), write)

    def shown(self, index: _Index) -> str:
        row, name = self.row(index), self.columns[index.column()].name
        if name == "round":
            return _("{months} months").format(months=row.round) if row.round else _("Whole year")
        if name == "url":
            # A file name as it is: a blank put in to break it would look like one of its own.
            return shorten(row.url.removeprefix("https://") or row.file_name)
        return super().shown(index)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        fixed = (
            index.isValid()
            and self.columns[index.column()].name == "url"
            and self.row(index).attachment is not None
        )
        return flags & ~Qt.ItemFlag.ItemIsEditable if fixed else flags


def _column(name: str) -> Column[Evidence]:
    field = field_of(Evidence, name)
    return Column(
        name, _(_LABELS.get(name, field.label)), lambda row: fields.show(field, getattr(row, name)), field
    )


def _size_column(size: Callable[[Evidence], str]) -> Column[Evidence]:
    return Column("size", _("Size"), size, alignment=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)


class EvidenceTable(RowsTable):
    """`act` says what can be done with the current row, by name: "open", "save", "remove", "up", "down", "paste".

    `menu_wanted(QMenu)` asks for its context menu to be filled.
    """

    menu_wanted = Signal(QMenu)

    def __init__(self, model: EvidenceRows, acts: Mapping[str, Callable[[], None]]) -> None:
        super().__init__(model)
        self._acts = acts
        self.setAccessibleName(_("Evidence"))
        self.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(_Trigger.SelectedClicked | _Trigger.EditKeyPressed | _Trigger.AnyKeyPressed)
        self.doubleClicked.connect(self._double_clicked)
        self.set_lines(_LINES)
        for at, column in enumerate(model.columns):
            self.setItemDelegateForColumn(at, CellDelegate(self) if column.field else TextDelegate(self))
        rounds = [_(ROUND_LABELS[round_]) for round_ in ROUNDS]
        choices = [("", _("Whole year")), *((label, label) for label in rounds)]
        self.setItemDelegateForColumn(model.column("round"), ChoiceDelegate(self, choices))
        letter = self.fontMetrics().horizontalAdvance("ม")
        header = self.horizontalHeader()
        for name in ("title", "url"):
            header.setSectionResizeMode(model.column(name), QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(model.column("round"), 7 * letter)
        self.setColumnWidth(model.column("size"), 7 * letter)
        header.setMinimumSectionSize(2 * letter)

    def fit(self) -> None:
        """As high as its rows, up to a limit; then it scrolls."""
        self._fit_rows()
        rows = sum(self._height(row) for row in range(self.rows.rowCount()))
        line = line_height(self) + 2 * PADDING
        frame = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        self.setFixedHeight(frame + min(max(rows, line), _MOST_SHOWN * line))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def event(self, event: QEvent) -> bool:
        """The keys of this table come before those of the page: there they mean the measure."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _act_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if name := _act_of(event):
            self._acts[name]()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = theme.menu(self)
        self.menu_wanted.emit(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _double_clicked(self, index: QModelIndex) -> None:
        if self.rows.columns[index.column()].name == "round":
            self.edit(index)
        else:
            self._acts["open"]()


def _act_of(event: QKeyEvent) -> str:
    """What a key means here; "" for another key."""
    modified = plain_modifiers(event)
    if event.key() in ENTER and modified == Qt.KeyboardModifier.NoModifier:
        return "open"
    if event.matches(QKeySequence.StandardKey.Paste):
        return "paste"
    if event.matches(QKeySequence.StandardKey.Delete):
        return "remove"
    if modified == Qt.KeyboardModifier.AltModifier:
        return {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}.get(Qt.Key(event.key()), "")
    return ""
