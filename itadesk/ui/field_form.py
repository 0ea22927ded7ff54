"""Forms of field editors: what is typed is read and stored, or stays with the reason why it cannot be."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QWidget

from itadesk.domain import fields
from itadesk.domain.fields import Field, Value, field_of
from itadesk.domain.model import Row
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui.field_editors import FieldEditor, FlagEditor, editor_for


class EditorForm(QWidget):
    """Editors with their labels below each other. What each shows, and where it goes, is said by the form's kind."""

    def __init__(self) -> None:
        super().__init__()
        self._key: object = None
        self.editors: dict[str, FieldEditor] = {}
        self._rows: dict[str, QWidget] = {}
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def commit(self) -> None:
        """Store what is being typed."""
        for editor in self.editors.values():
            editor.commit()

    def set_read_only(self, read_only: bool) -> None:
        for editor in self.editors.values():
            editor.set_read_only(read_only)

    def _value(self, name: str) -> Any:
        """What is stored now."""
        raise NotImplementedError

    def _shown(self, name: str, value: Any) -> str:
        """A value as its editor shows it."""
        raise NotImplementedError

    def _read(self, name: str, text: str) -> Any:
        """The value that a text means; UserError when it means none."""
        raise NotImplementedError

    def _store(self, name: str, value: Any) -> None:
        """Have another value stored, and the form shown what is stored then. UserError when it cannot be."""
        raise NotImplementedError

    def _add(self, name: str, editor: FieldEditor, label: str, row: QWidget | None = None) -> None:
        """One more editor; `row`: the widget that it stands in with something else."""
        editor.committed.connect(partial(self._take, name))
        self.editors[name] = editor
        self._rows[name] = row or editor
        self._form.addRow("" if isinstance(editor, FlagEditor) else label, self._rows[name])
        if named := self._form.labelForField(self._rows[name]):
            named.setBuddy(editor)  # type: ignore[attr-defined]

    def _show_values(self, key: object) -> None:
        """Show what is stored. As long as `key` is the same, texts being typed stay."""
        same, self._key = key == self._key, key
        for name, editor in self.editors.items():
            text = self._shown(name, self._value(name))
            if same:
                editor.set_text(text)
            else:
                editor.reset(text)

    def _take(self, name: str, text: str) -> None:
        editor = self.editors[name]
        try:
            value = self._read(name, text)
            if value != self._value(name):
                self._store(name, value)
        except UserError as error:
            editor.set_fault(f"{error.message} {error.advice}".strip())
            return
        if self._value(name) == value:
            editor.reset(self._shown(name, value))
        else:
            editor.set_fault(_("This is not stored yet."))


class FieldForm(EditorForm):
    """One editor a field. `edited(name, value)` asks to store a value that differs from the one shown.

    Whoever listens stores it and shows what is stored then; a value that does not come back so is marked.
    """

    edited = Signal(str, object)

    def __init__(
        self, form_fields: Sequence[Field], suggestions: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        super().__init__()
        self._values: Mapping[str, Value] = {}
        for field in form_fields:
            self._add(field.name, editor_for(field, (suggestions or {}).get(field.name)), _(field.label))

    def show_row(self, row: Row) -> None:
        """Show the fields of a row."""
        self.show_values(row.id, {name: getattr(row, name) for name in self.editors})

    def show_values(self, record_id: str, values: Mapping[str, Value]) -> None:
        """Show values by field name. As long as `record_id` is the same, texts being typed stay."""
        self._values = values
        self._show_values(record_id)

    def show_only(self, names: Iterable[str]) -> None:
        """Show the rows of these fields and no others."""
        shown = set(names)
        for name, row in self._rows.items():
            self._form.setRowVisible(row, name in shown)

    def _value(self, name: str) -> Value:
        return self._values[name]

    def _shown(self, name: str, value: Value) -> str:
        return fields.show(self.editors[name].field, value)

    def _read(self, name: str, text: str) -> Value:
        return fields.parse(self.editors[name].field, text)

    def _store(self, name: str, value: Value) -> None:
        self.editors[name].set_fault("")
        self.edited.emit(name, value)


def fields_of(row_class: type[Row], names: Sequence[str]) -> list[Field]:
    """Some fields of a row class, in this order."""
    return [field_of(row_class, name) for name in names]
