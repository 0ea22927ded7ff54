"""A form of settings of one thing in a layout: shows what holds, and stores what is typed or says why it cannot be."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui.field_editors import CellEditor, ChoiceEditor, FieldEditor, FlagEditor, LineEditor
from itadesk.ui.field_form import EditorForm
from itadesk.ui.field_words import FieldWords
from itadesk.ui.layout_values import Setting
from itadesk.ui.wording_editor import InsertButton, WordingEditor

Change = Callable[[Any, str], None]
"""Stores another version of the thing; the text says what was changed. UserError when it cannot be."""

Check = Callable[[Any], object]
"""The whole layout with another version of the thing; UserError when that could not be stored."""


class Refused(NamedTuple):
    """A text that cannot be stored, in the input where it was typed, and why."""

    input: QWidget
    text: str
    reason: str

    @property
    def told(self) -> str:
        """What the clerk hears of it: so much of the text that it is known again."""
        line = " ".join(self.text.split())
        return _("“{text}” is not stored.").format(text=line if len(line) <= _TOLD else f"{line[:_TOLD]}…")


_TOLD = 40
"""Letters."""
_NARROW = 16
"""Letters that fit an input for a number."""


class SettingsForm(EditorForm):
    """One input a setting. `words`: the fields that a running text of the layout may have.

    `drafted` brings the layout as it would be, when the clerk pauses while typing a running text, and None when what
    was typed is stored or refused.
    """

    drafted = Signal(object)

    def __init__(
        self,
        settings: Sequence[Setting],
        change: Change,
        check: Check,
        words: Callable[[], FieldWords],
    ) -> None:
        super().__init__()
        self._settings = {setting.name: setting for setting in settings}
        self._change = change
        self._check = check
        self._words = words
        self._thing: Any = None
        self.inserts: dict[str, InsertButton] = {}
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for setting in settings:
            self._add_setting(setting)

    def show_thing(self, key: object, thing: Any) -> None:
        """Show what holds of `thing`. As long as `key` is the same, texts being typed stay."""
        self._thing = thing
        self._show_values(key)
        for name, setting in self._settings.items():
            self.editors[name].set_placeholder(setting.empty(thing))
            self._form.setRowVisible(self._rows[name], setting.applies(thing))

    def refused(self) -> Refused | None:
        """The first text that could not be stored and stands here to be mended."""
        for editor in self.editors.values():
            if editor.fault():
                return Refused(editor.input, editor.text(), editor.fault())
        return None

    def tab_stops(self) -> list[QWidget]:
        """What the Tab key comes to, in its order."""
        stops: list[QWidget] = []
        for name, editor in self.editors.items():
            stops += [editor, *([self.inserts[name]] if name in self.inserts else [])]
        return stops

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        for button in self.inserts.values():
            button.setEnabled(not read_only)

    def _value(self, name: str) -> Any:
        return self._settings[name].get(self._thing)

    def _shown(self, name: str, value: Any) -> str:
        setting = self._settings[name]
        text = setting.show(value)
        return self._words().shown(text) if setting.wording else text

    def _read(self, name: str, text: str) -> Any:
        setting = self._settings[name]
        if setting.wording:
            text = self._words().read(text, self._thing.label, setting.get(self._thing))
        return setting.read(text)

    def _store(self, name: str, value: Any) -> None:
        setting = self._settings[name]
        self._change(setting.put(self._thing, value), setting.label)

    def _take(self, name: str, text: str) -> None:
        super()._take(name, text)
        if self._settings[name].wording:
            self.drafted.emit(None)

    def _draft(self, name: str) -> None:
        """While a running text is typed: a fault in it is told, and without one it is seen as it would print."""
        editor = self.editors[name]
        try:
            draft = self._check(self._settings[name].put(self._thing, self._read(name, editor.text())))
        except UserError as error:
            editor.set_fault(f"{error.message} {error.advice}".strip())
            return
        editor.set_fault("")
        self.drafted.emit(draft)

    # Building

    def _add_setting(self, setting: Setting) -> None:
        editor = _editor_for(setting)
        editor.setFocusPolicy(editor.input.focusPolicy())  # else Qt cannot give it a place in the Tab order
        if isinstance(editor, WordingEditor):
            editor.rested.connect(partial(self._draft, setting.name))
        if setting.narrow:
            editor.input.setMaximumWidth(self.fontMetrics().averageCharWidth() * _NARROW)
        inserts = setting.wording or bool(setting.fields)
        self._add(
            setting.name, editor, setting.label, self._with_insert(setting, editor) if inserts else None
        )

    def _with_insert(self, setting: Setting, editor: FieldEditor) -> QWidget:
        """The editor with a button for the fields that may stand in its text: beside a line, below a longer text."""
        words = self._words if setting.wording else partial(FieldWords.of, setting.fields)
        button = self.inserts[setting.name] = InsertButton(editor, words)
        row = QWidget()
        line = QVBoxLayout(row) if setting.wording else QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(editor, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        if not setting.wording:
            button.setText(_("Insert"))
            button.setToolTip(_("Insert a field"))
        return row


def _editor_for(setting: Setting) -> FieldEditor:
    if setting.choices:
        labels = [setting.show(value) for value in setting.choices]
        return ChoiceEditor(setting.field, labels, free=False)
    if setting.suggestions:
        return ChoiceEditor(setting.field, [_(text) for text in setting.suggestions], free=True)
    if setting.wording:
        return WordingEditor(setting.field)
    if setting.field.kind == "flag":
        return FlagEditor(setting.field)
    return CellEditor(setting.field) if setting.field.kind == "cell" else LineEditor(setting.field)
