"""A form for the fields of one row: reads what is typed, shows what is stored, asks its page to store the rest."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QWidget

from itadesk.domain import fields
from itadesk.domain.fields import field_of
from itadesk.domain.model import Row
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui.field_editors import FieldEditor, FlagEditor, editor_for


class FieldForm(QWidget):
    """One editor for each of `names`. `edited(name, value)` asks to store a value that differs from the row's.

    Whoever listens stores it and calls `show_row` with the new row; a value that does not come back so is marked.
    """

    edited = Signal(str, object)

    def __init__(
        self,
        row_class: type[Row],
        names: Sequence[str],
        suggestions: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        super().__init__()
        self._row: Row | None = None
        self.editors: dict[str, FieldEditor] = {}
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name in names:
            editor = editor_for(field_of(row_class, name), (suggestions or {}).get(name))
            editor.committed.connect(lambda text, name=name: self._take(name, text))
            self.editors[name] = editor
            label = "" if isinstance(editor, FlagEditor) else _(editor.field.label)
            layout.addRow(label, editor)

    def show_row(self, row: Row) -> None:
        """Show a row, or the next state of the row shown; of the same row, texts being typed stay."""
        same = self._row is not None and self._row.id == row.id
        self._row = row
        for name, editor in self.editors.items():
            text = fields.show(editor.field, getattr(row, name))
            if same:
                editor.set_text(text)
            else:
                editor.reset(text)

    def commit(self) -> None:
        """Store what is being typed."""
        for editor in self.editors.values():
            editor.commit()

    def set_read_only(self, read_only: bool) -> None:
        for editor in self.editors.values():
            editor.set_read_only(read_only)

    def _take(self, name: str, text: str) -> None:
        editor = self.editors[name]
        try:
            value = fields.parse(editor.field, text)
        except UserError as error:
            editor.set_fault(f"{error.message} {error.advice}".strip())
            return
        if value == getattr(self._row, name):
            editor.reset(fields.show(editor.field, value))
            return
        editor.set_fault("")
        self.edited.emit(name, value)
        if getattr(self._row, name) != value:
            editor.set_fault(_("This is not stored yet."))
