"""A form of fields: reads what is typed, shows what is stored, asks its page to store the rest."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QWidget

from itadesk.domain import fields
from itadesk.domain.fields import Field, Value, field_of
from itadesk.domain.model import Row
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui.field_editors import FieldEditor, FlagEditor, editor_for


class FieldForm(QWidget):
    """One editor a field. `edited(name, value)` asks to store a value that differs from the one shown.

    Whoever listens stores it and shows what is stored then; a value that does not come back so is marked.
    """

    edited = Signal(str, object)

    def __init__(
        self, form_fields: Sequence[Field], suggestions: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        super().__init__()
        self._id = ""
        self._values: Mapping[str, Value] = {}
        self.editors: dict[str, FieldEditor] = {}
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(4)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in form_fields:
            editor = editor_for(field, (suggestions or {}).get(field.name))
            editor.committed.connect(lambda text, name=field.name: self._take(name, text))
            self.editors[field.name] = editor
            layout.addRow("" if isinstance(editor, FlagEditor) else _(field.label), editor)

    def show_row(self, row: Row) -> None:
        """Show the fields of a row."""
        self.show_values(row.id, {name: getattr(row, name) for name in self.editors})

    def show_values(self, record_id: str, values: Mapping[str, Value]) -> None:
        """Show values by field name. As long as `record_id` is the same, texts being typed stay."""
        same = record_id == self._id
        self._id, self._values = record_id, values
        for name, editor in self.editors.items():
            text = fields.show(editor.field, values[name])
            if same:
                editor.set_text(text)
            else:
                editor.reset(text)

    def show_only(self, names: Iterable[str]) -> None:
        """Show the rows of these fields and no others."""
        shown = set(names)
        layout = self.layout()
        assert isinstance(layout, QFormLayout)
        for name, editor in self.editors.items():
            layout.setRowVisible(editor, name in shown)

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
        if value == self._values[name]:
            editor.reset(fields.show(editor.field, value))
            return
        editor.set_fault("")
        self.edited.emit(name, value)
        if self._values[name] != value:
            editor.set_fault(_("This is not stored yet."))


def fields_of(row_class: type[Row], names: Sequence[str]) -> list[Field]:
    """Some fields of a row class, in this order."""
    return [field_of(row_class, name) for name in names]
