"""The small things in a row that some parts of a layout have: columns of a table, lines of the memo's head."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QToolButton, QWidget

from itadesk.documents import layout_parts
from itadesk.errors import UserError
from itadesk.i18n import N_, _
from itadesk.ui import layout_settings, messages, theme
from itadesk.ui.delegates import CellDelegate, CellInput
from itadesk.ui.field_words import FieldWords
from itadesk.ui.layout_form import Change, Check, Refused, SettingsForm
from itadesk.ui.layout_tools import tool
from itadesk.ui.layout_values import Setting
from itadesk.ui.row_tools import row_tools
from itadesk.ui.rows_model import Column, RowsModel
from itadesk.ui.rows_table import PADDING, RowsTable, line_height
from itadesk.ui.section import Section

_FEWEST_SHOWN, _MOST_SHOWN = 3, 9

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Item:
    """One of them, known by where it stands."""

    id: str
    value: Any


@dataclass(frozen=True)
class Items:
    """What there is of one kind, and what can be done with it. Each act gives another version of the whole part.

    `shown`: settings that are columns of the grid, those in `typed` can be typed there. `offered`: what can be added.
    """

    title: str
    settings: Sequence[Setting]
    shown: Mapping[str, int]
    typed: Sequence[str]
    offered: Callable[[], Mapping[str, str]]
    of: Callable[[Any], Sequence[Any]]
    put: Callable[[Any, int, Any], Any]
    add: Callable[[Any, int, str], Any]
    remove: Callable[[Any, int], Any]
    move: Callable[[Any, int, int], Any]
    least: int = 0


class ItemsEditor(Section):
    """A grid of them with buttons to add, delete and reorder, and a form for the one chosen."""

    def __init__(self, items: Items, change: Change, check: Check) -> None:
        super().__init__(_(items.title))
        self._items = items
        self._change = change
        self._check = check
        self._key: tuple[int, object] | None = None
        self._part: Any = None
        self._then: int | None = None
        self._shown: tuple[object, int, int] = (None, 0, 0)
        self._read_only = False
        self._age = 0
        self.model = _ItemsModel(
            [_by_name(items, name) for name in items.shown], items.typed, self._put, self._try
        )
        self.table = RowsTable(self.model)
        self.table.setAccessibleName(_(items.title))
        self.table.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.form = SettingsForm(items.settings, self._put_chosen, self._check_chosen, lambda: FieldWords({}))
        self.add = self._add_button()
        self.remove, self.up, self.down = self._row_tools = row_tools(self.table, self._remove, self._move)
        for button in self._row_tools:
            self.tools.addWidget(button)
        self.body.addWidget(self.table)
        self.body.addWidget(self.form)
        self._fit()
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)

    def show_thing(self, key: tuple[int, object], part: Any) -> None:
        """Show those of `part`. The second half of `key` says which part: of the same one the position chosen stays."""
        same = self._key is not None and key[1] == self._key[1]
        self._key, self._part = key, part
        self.model.set_rows([Item(str(at), value) for at, value in enumerate(self._items.of(part))])
        self._grow()
        if self._then is not None:
            self.choose(self._then)
        elif not same or self.table.current_id() is None:
            self.choose(0)
        self._show_chosen()

    def commit(self) -> None:
        self.table.commit()
        self.form.commit()

    def refused(self) -> Refused | None:
        """A text that could not be stored, in the grid or in the form."""
        index = self.table.currentIndex()
        box = self.table.indexWidget(index)
        if isinstance(box, CellInput) and (error := self.model.refusal(index, box.toPlainText())) is not None:
            return Refused(box, box.toPlainText(), f"{error.message} {error.advice}".strip())
        return self.form.refused()

    def tab_stops(self) -> list[QWidget]:
        """What the Tab key comes to, in its order."""
        return [self.table, self.add, self.remove, self.up, self.down, *self.form.tab_stops()]

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self.model.locked = read_only
        self.form.set_read_only(read_only)
        self._follow()

    def choose(self, at: int) -> None:
        """Take the one at `at` in hand."""
        self.table.select([str(min(at, len(self.model.rows) - 1))])

    @property
    def chosen(self) -> int:
        """Which one is in hand, -1 for none."""
        return self.table.currentIndex().row()

    def _show_chosen(self) -> None:
        at = self.chosen
        self.form.setVisible(at >= 0)
        if at >= 0:
            before, self._shown = self._shown, (self._key, self._age, at)
            if before[0] == self._key and before != self._shown and (refused := self.form.refused()):
                messages.toast(self, refused.told)
            self.form.show_thing(self._shown, self.model.rows[at].value)
        self._follow()

    def _follow(self) -> None:
        at, count, writing = self.chosen, len(self.model.rows), not self._read_only
        self.add.setEnabled(writing)
        self._row_tools.follow(at, count, writing=writing, least=self._items.least)

    def _put_chosen(self, value: Any, what: str) -> None:
        self._change(self._items.put(self._part, self.chosen, value), what)

    def _check_chosen(self, value: Any) -> object:
        return self._check(self._items.put(self._part, self.chosen, value))

    def _put(self, item: Item, setting: Setting, value: Any) -> None:
        self._change(self._with(item, setting, value), setting.label)

    def _try(self, item: Item, setting: Setting, value: Any) -> None:
        self._check(self._with(item, setting, value))

    def _with(self, item: Item, setting: Setting, value: Any) -> Any:
        return self._items.put(self._part, int(item.id), setting.put(item.value, value))

    def _add(self, what: str) -> None:
        at = self.chosen + 1
        self._act(lambda: self._items.add(self._part, at, what), at, _("Add"))

    def _remove(self) -> None:
        at = self.chosen
        self._act(lambda: self._items.remove(self._part, at), at, _("Delete"))

    def _move(self, step: int) -> None:
        at = self.chosen
        self._act(lambda: self._items.move(self._part, at, step), at + step, _("Move"))

    def _act(self, make: Callable[[], Any], then: int, what: str) -> None:
        self.commit()
        self._age += 1  # what comes next may be another one in the same place
        self._then = then
        try:
            self._change(make(), what)
        except UserError as error:
            messages.show_error(self, error)
        finally:
            self._then = None

    # Building

    def _add_button(self) -> QToolButton:
        button = tool(self, "add", _("Add"))
        offered = self._items.offered()
        if len(offered) == 1:
            button.clicked.connect(partial(self._add, *offered))
            return button
        menu = theme.menu(button)
        for name, label in offered.items():
            menu.addAction(label.replace("&", "&&"), partial(self._add, name))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _fit(self) -> None:
        header = self.table.horizontalHeader()
        letter = self.table.fontMetrics().averageCharWidth()
        for at, letters in enumerate(self._items.shown.values()):
            self.table.setItemDelegateForColumn(at, CellDelegate(self.table))
            if letters:
                self.table.setColumnWidth(at, letters * letter)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def _grow(self) -> None:
        """As high as most grids need; a longer one scrolls."""
        shown = min(max(len(self.model.rows), _FEWEST_SHOWN), _MOST_SHOWN)
        row = line_height(self.table) + 2 * PADDING + 1
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + shown * row + 2 * self.table.frameWidth())


class _ItemsModel(RowsModel[Item]):
    """Cells are read and stored as their settings say."""

    def __init__(
        self,
        settings: Sequence[Setting],
        typed: Sequence[str],
        put: Callable[[Item, Setting, Any], None],
        check: Callable[[Item, Setting, Any], None],
    ) -> None:
        columns = [
            Column[Item](
                setting.name,
                setting.label,
                lambda item, setting=setting: setting.show(setting.get(item.value)),
                setting.field if setting.name in typed else None,
            )
            for setting in settings
        ]
        super().__init__(columns, (), lambda _item, _name, _value: False)
        self._settings = settings
        self._put = put
        self._check = check
        self.locked = False

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags & ~Qt.ItemFlag.ItemIsEditable if self.locked else flags

    def refusal(self, index: _Index, text: str) -> UserError | None:
        setting = self._settings[index.column()]
        try:
            self._check(self.row(index), setting, setting.read(text))
        except UserError as error:
            return error
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or self.refusal(index, value) is not None:
            return False
        setting = self._settings[index.column()]
        try:
            self._put(self.row(index), setting, setting.read(value))
        except UserError as error:
            messages.show_error(None, error)
            return False
        return True


def _by_name(items: Items, name: str) -> Setting:
    return next(setting for setting in items.settings if setting.name == name)


def _fields_offered() -> dict[str, str]:
    return {name: layout_settings.field_label(name) for name in layout_settings.FIELD_LABELS}


COLUMNS = Items(
    title=N_("Columns"),
    settings=layout_settings.COLUMN,
    shown={"field": 20, "heading": 0, "width": 9},
    typed=("heading", "width"),
    offered=_fields_offered,
    of=lambda table: table.columns,
    put=layout_parts.changed_column,
    add=layout_parts.with_column,
    remove=layout_parts.without_column,
    move=layout_parts.moved_column,
    least=1,
)


HEAD_LINES = Items(
    title=N_("Lines of the head"),
    settings=layout_settings.HEAD_LINE,
    shown={"label": 14, "value": 0, "beside": 12},
    typed=("label", "value"),
    offered=lambda: {"": _("Line")},
    of=layout_parts.head_lines,
    put=layout_parts.changed_head_line,
    add=lambda head, at, _what: layout_parts.with_head_line(head, at),
    remove=layout_parts.without_head_line,
    move=layout_parts.moved_head_line,
    least=1,
)
