"""A short list of rows edited in place, with buttons to add, delete and reorder: units, people, findings."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLabel, QVBoxLayout

from itadesk.domain import fields
from itadesk.domain.fields import Value, field_of
from itadesk.domain.model import Phrase
from itadesk.domain.snapshot import TABLE_OF, ChangeSet, Snapshot
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.ui import theme
from itadesk.ui.buttons import icon_button
from itadesk.ui.delegates import CellDelegate, CellInput, ChoiceDelegate
from itadesk.ui.row_tools import row_tools
from itadesk.ui.rows_model import Column, RowsModel
from itadesk.ui.rows_table import RowsTable
from itadesk.ui.section import Section
from itadesk.ui.session import FileSession
from itadesk.ui.writing_aids import WritingAids

Choices = Sequence[tuple[str, str]]
"""Pairs of the text stored and the text shown in a pick-list."""


class RowList(Section):
    """The rows of one class under one parent of the file, in their order.

    `parent_id` says which parent is in hand, None for none; `widths` names the columns with their widths, 0 for what
    is left; a column with `choices` is a pick-list. `sortable`: the rows can be put into the order of their names.
    """

    def __init__(
        self,
        session: FileSession,
        row_class: type[Any],
        title: str,
        *,
        parent_id: Callable[[], str | None],
        widths: Mapping[str, int],
        choices: Mapping[str, Choices] | None = None,
        sortable: bool = False,
    ) -> None:
        super().__init__(title)
        self._session = session
        self._row_class = row_class
        self._parent_id = parent_id
        self._widths = widths
        write = None if session.read_only else self._write
        self.model = RowsModel([_column(row_class, name) for name in widths], (), write, parent=self)
        self.table = RowsTable(self.model)
        self.table.setAccessibleName(title)
        self.table.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self._set_delegates(choices or {})
        self.add = icon_button("add", _("Add"), self._add)
        self.remove, self.up, self.down = self._row_tools = row_tools(self.table, self._remove, self._move)
        self.sort = icon_button("sort", _("Sort by name"), self._sort)
        self.sort.setVisible(sortable)
        for button in (self.add, *self._row_tools, self.sort):
            self.tools.addWidget(button)
        self.body.addWidget(self.table)
        self._fit()
        self._empty = self._notice()
        self.table.selectionModel().currentRowChanged.connect(self._follow)
        session.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the rows of the parent in hand."""
        parent_id = self._parent_id()
        rows = [] if parent_id is None else self._session.snapshot.children(self._row_class, parent_id)
        self.model.set_rows(rows)
        self._empty.setVisible(not rows)
        self._follow()

    def _changed(self, _snapshot: Snapshot, changes: ChangeSet) -> None:
        if TABLE_OF[self._row_class] in changes.tables():
            self.refresh()

    def _write(self, row: Any, name: str, value: Value) -> bool:
        label = _("Change {field}").format(field=_(field_of(self._row_class, name).label))
        self._session.edit(label, operations.set_field, self._row_class, row.id, name, value)
        stored = self._session.snapshot.get(self._row_class, row.id)
        return stored is not None and getattr(stored, name) == value

    def _add(self) -> None:
        parent_id = self._parent_id()
        assert parent_id is not None
        row_id = self._session.edit(
            _("Add a row"), operations.add_row, self._row_class, parent_id, self.table.current_id()
        )
        if row_id is not None:
            self.table.edit_cell(row_id, 0)

    def _remove(self) -> None:
        row_id = self.table.current_id()
        if row_id is not None:
            self._session.edit(_("Delete a row"), operations.delete_row, self._row_class, row_id)

    def _move(self, step: int) -> None:
        row_id = self.table.current_id()
        at = self.table.currentIndex().row() + step
        if row_id is not None and 0 <= at < len(self.model.rows):
            self._session.edit(_("Move a row"), operations.move_row, self._row_class, row_id, at)
            self._follow()

    def _sort(self) -> None:
        parent_id = self._parent_id()
        if parent_id is not None:
            self._session.edit(_("Sort by name"), operations.sort_rows, self._row_class, parent_id)
            self._follow()

    def _follow(self) -> None:
        """Offer what can be done with the current row."""
        writing = not self._session.read_only and self._parent_id() is not None
        count = len(self.model.rows)
        self.add.setEnabled(writing)
        self._row_tools.follow(self.table.currentIndex().row(), count, writing=writing)
        self.sort.setEnabled(writing and count > 1)

    def _set_delegates(self, choices: Mapping[str, Choices]) -> None:
        for at, name in enumerate(self._widths):
            offered = choices.get(name)
            if offered is None:
                delegate = CellDelegate(self.table, self._aid_for(name))
            else:
                delegate = ChoiceDelegate(self.table, offered)
            self.table.setItemDelegateForColumn(at, delegate)

    def _aid_for(self, name: str) -> Callable[[CellInput], WritingAids] | None:
        """Boxes of many lines have writing aids; phrases are not put into phrases."""
        if self._row_class is Phrase or field_of(self._row_class, name).kind != "cell":
            return None
        return lambda editor: WritingAids(editor, self._session, name, in_table=True)

    def _notice(self) -> QLabel:
        """What an empty list says."""
        notice = QLabel(_("Nothing here yet. Press + to add."))
        notice.setStyleSheet(f"color: {theme.QUIET}")
        notice.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        QVBoxLayout(self.table.viewport()).addWidget(notice, 0, Qt.AlignmentFlag.AlignCenter)
        return notice

    def _fit(self) -> None:
        header = self.table.horizontalHeader()
        for at, width in enumerate(self._widths.values()):
            if width:
                self.table.setColumnWidth(at, width)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)


def _column(row_class: type[Any], name: str) -> Column[Any]:
    field = field_of(row_class, name)
    return Column(name, _(field.label), lambda row: fields.show(field, getattr(row, name)), field)
