"""A form of settings of one thing in a layout: shows what holds, and stores what is typed or says why it cannot be."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from itadesk.documents import template
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui.field_editors import CellEditor, ChoiceEditor, FieldEditor, FlagEditor, LineEditor
from itadesk.ui.layout_values import Setting

Change = Callable[[Any, str], None]
"""Stores another version of the thing; the text says what was changed. UserError when it cannot be."""

_NARROW = 16
"""Letters that fit an input for a number."""


class SettingsForm(QWidget):
    """One input a setting. `texts` are those of the layout that can be inserted, with their labels, beside the fields
    that any wording may have."""

    def __init__(
        self,
        settings: Sequence[Setting],
        change: Change,
        texts: Callable[[], Mapping[str, str]] | None = None,
    ) -> None:
        super().__init__()
        self._settings = {setting.name: setting for setting in settings}
        self._change = change
        self._texts = texts
        self._key: object = None
        self._thing: Any = None
        self.editors: dict[str, FieldEditor] = {}
        self.inserts: dict[str, QToolButton] = {}
        self._rows: dict[str, QWidget] = {}
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(4)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for setting in settings:
            self._add(setting)

    def show_thing(self, key: object, thing: Any) -> None:
        """Show what holds of `thing`. As long as `key` is the same, texts being typed stay."""
        same = key == self._key
        self._key, self._thing = key, thing
        for name, editor in self.editors.items():
            setting = self._settings[name]
            text = setting.show(setting.get(thing))
            if same:
                editor.set_text(text)
            else:
                editor.reset(text)
            editor.set_placeholder(setting.empty(thing))
            self._form.setRowVisible(self._rows[name], setting.applies(thing))

    def commit(self) -> None:
        """Store what is being typed."""
        for editor in self.editors.values():
            editor.commit()

    def set_read_only(self, read_only: bool) -> None:
        for editor in self.editors.values():
            editor.set_read_only(read_only)
        for button in self.inserts.values():
            button.setEnabled(not read_only)

    def _add(self, setting: Setting) -> None:
        editor = _editor_for(setting)
        editor.committed.connect(partial(self._take, setting))
        if setting.narrow:
            editor.input.setMaximumWidth(self.fontMetrics().averageCharWidth() * _NARROW)
        self.editors[setting.name] = editor
        self._rows[setting.name] = row = self._with_insert(setting, editor)
        self._form.addRow("" if isinstance(editor, FlagEditor) else setting.label, row)
        if label := self._form.labelForField(row):
            label.setBuddy(editor)  # type: ignore[attr-defined]

    def _with_insert(self, setting: Setting, editor: FieldEditor) -> QWidget:
        """The editor, with a button for the fields that may stand in its text."""
        if not setting.fields and not (self._texts and isinstance(editor, CellEditor)):
            return editor
        button = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setText(_("Insert"))
        button.setToolTip(_("Insert a field"))
        button.setAccessibleName(_("Insert a field"))
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._offer(menu, setting, editor))
        button.setMenu(menu)
        self.inserts[setting.name] = button
        row = QWidget()
        line = QVBoxLayout(row) if isinstance(editor, CellEditor) else QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(editor, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        return row

    def _offer(self, menu: QMenu, setting: Setting, editor: FieldEditor) -> None:
        """What can be filled in, by the names that clerks know."""
        menu.clear()
        texts = {} if setting.fields or self._texts is None else self._texts()
        if texts:
            _offer_fields(menu.addMenu(_("Texts of the form")), texts, editor)
        fields = setting.fields or {
            name: label for name, label in template.LABELS.items() if name not in texts
        }
        _offer_fields(menu, fields, editor)

    def _take(self, setting: Setting, text: str) -> None:
        editor = self.editors[setting.name]
        try:
            value = setting.read(text)
            if value != setting.get(self._thing):
                self._change(setting.put(self._thing, value), setting.label)
        except UserError as error:
            editor.set_fault(f"{error.message} {error.advice}".strip())
            return
        if setting.get(self._thing) == value:
            editor.reset(setting.show(value))
        else:
            editor.set_fault(_("This is not stored yet."))


def _editor_for(setting: Setting) -> FieldEditor:
    if setting.choices:
        labels = [setting.show(value) for value in setting.choices]
        return ChoiceEditor(setting.field, labels, free=False)
    if setting.suggestions:
        return ChoiceEditor(setting.field, [_(text) for text in setting.suggestions], free=True)
    if setting.field.kind == "flag":
        return FlagEditor(setting.field)
    return CellEditor(setting.field) if setting.field.kind == "cell" else LineEditor(setting.field)


def _offer_fields(menu: QMenu, fields: Mapping[str, str], editor: FieldEditor) -> None:
    for name, label in fields.items():
        menu.addAction(_(label).replace("&", "&&"), partial(_insert, editor, name))


def _insert(editor: FieldEditor, name: str) -> None:
    field = "{" + name + "}"
    if isinstance(editor.input, QPlainTextEdit):
        editor.input.insertPlainText(field)
    elif isinstance(editor.input, QLineEdit):
        editor.input.insert(field)
        editor.touch()
    editor.input.setFocus()
