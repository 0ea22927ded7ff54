"""One field of many measures is given one value, as one undo step; how many change is said before."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import fields
from itadesk.domain.model import FiscalYear, Unit
from itadesk.domain.thai import sort_key
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import cell_operations
from itadesk.ui import thai_text, theme
from itadesk.ui.field_editors import FieldEditor, editor_for
from itadesk.ui.measure_rows import MeasureRow, field, read, value_shown
from itadesk.ui.record_form import IndicatorBox
from itadesk.ui.session import FileSession
from itadesk.ui.unit_picker import UnitPicker

NAMES = (
    "responsible", "period", "follow_up", "indicator", "heading", "continuous", "status", "steps", "result", "outcome",
    "suggestion",
)  # fmt: skip
"""What can be changed; titles differ."""
_OFFERED = 20
"""Texts that were used before, the most used ones."""
_LONG = 60
"""Letters of such a text in the list."""


class _Input(Protocol):
    """Where the new value is typed or chosen."""

    def text(self) -> str: ...


class BatchDialog(QDialog):
    """`rows` are the measures to be changed, in the round in hand."""

    def __init__(
        self, session: FileSession, year: FiscalYear, rows: Sequence[MeasureRow], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Change {count} measures").format(count=len(rows)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._year = year
        self._rows = rows
        self.inputs: dict[str, _Input] = {}
        self.field = QComboBox()
        for name in NAMES:
            self.field.addItem(_(field(name).label), name)
        self.only_empty = QCheckBox(_("Only where &nothing stands yet"))
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self._inputs = QStackedWidget()
        self._label = QLabel(_("New &value"))
        self._arrange()
        self.field.activated.connect(self._follow_field)
        self.only_empty.toggled.connect(self._tell)
        self._follow_field()

    @property
    def name(self) -> str:
        return self.field.currentData()

    def accept(self) -> None:
        self._tell()
        if not self.change.isEnabled():
            return
        changes = self.changes()
        label = _("Change {field} of {count} measures").format(
            field=_(field(self.name).label), count=len(changes)
        )
        if self._session.edit(label, self._set_cells, changes):
            super().accept()

    def _set_cells(self, edit: Any, changes: Mapping[str, Mapping[str, Any]]) -> bool:
        cell_operations.set_cells(edit, self._session.round, changes)
        return True

    def changes(self) -> dict[str, dict[str, Any]]:
        """The new value by the measures that it is new to. UserError when the text means none."""
        name, value = self.name, read(self.name, self.inputs[self.name].text())
        rows = (row for row in self._rows if not (self.only_empty.isChecked() and value_shown(row, name)))
        return {row.id: {name: value} for row in rows if value_shown(row, name) != value}

    def _follow_field(self) -> None:
        if self.name not in self.inputs:
            self._inputs.addWidget(self._made(self.name))
        self._inputs.setCurrentIndex(list(self.inputs).index(self.name))
        self._order_keys()
        self.only_empty.setVisible(field(self.name).kind in ("cell", "line", "indicator"))
        self._tell()

    def _order_keys(self) -> None:
        """The Tab key and the label's own key lead to the input that is shown: it was made last."""
        before: QWidget = self.field
        holder = self._inputs.currentWidget()
        assert holder is not None, "a field is chosen"
        stops = [
            widget
            for widget in holder.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(holder)
        ]
        for widget in (*stops, self.only_empty):
            self.setTabOrder(before, widget)
            before = widget
        self._label.setBuddy(stops[0])

    def _tell(self) -> None:
        """How many change, or why none can."""
        count, told = 0, _("Type or choose the new value.")
        try:
            # Emptying is what the Delete key does; here nothing typed is nothing wanted.
            if self.inputs[self.name].text() or field(self.name).kind == "flag":
                count = len(self.changes())
                told = _("{count} of {total} measures change.").format(count=count, total=len(self._rows))
        except UserError as error:
            told = f"{error.message} {error.advice}".strip()
        self.told.setText(thai_text.display(told))
        self.change.setText(_("&Change {count} measures").format(count=count))
        self.change.setEnabled(count > 0)

    # Making

    def _made(self, name: str) -> QWidget:
        """The input that fits a field, and below it what helps to fill it."""
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        if name == "indicator":
            box = _IndicatorInput(self._year)
            box.activated.connect(self._tell)
            self.inputs[name] = box
            layout.addWidget(box)
            layout.addStretch()
            return holder
        editor = editor_for(field(name))
        if name == "status":
            editor.show_text(fields.show(field(name), self._rows[0].status))
        editor.typed.connect(self._tell)
        self.inputs[name] = editor
        layout.addWidget(editor)
        if name == "responsible":
            layout.addWidget(self._unit_picker(editor), alignment=Qt.AlignmentFlag.AlignLeft)
        if used := _used(value_shown(row, name) for row in self._rows):
            layout.addWidget(_UsedTexts(editor, used), alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        return holder

    def _unit_picker(self, editor: FieldEditor) -> UnitPicker:
        snapshot = self._session.snapshot
        picker = UnitPicker()
        picker.set_units(snapshot.children(Unit, snapshot.office.id))
        picker.text_changed.connect(partial(_type, editor))
        editor.typed.connect(lambda: setattr(picker, "ticked_in", editor.text()))
        return picker

    def _arrange(self) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.change = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(_("&Field"), self.field)
        form.addRow(self._label, self._inputs)
        form.addRow(self.only_empty)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addStretch()
        layout.addWidget(self.told)
        layout.addWidget(buttons)
        self.change.setDefault(True)
        self.resize(560, 320)


class _IndicatorInput(IndicatorBox):
    def __init__(self, year: FiscalYear) -> None:
        super().__init__()
        self.set_year(year)

    def text(self) -> str:
        return self.currentData()


class _UsedTexts(QToolButton):
    """Puts a text that was used before into an editor."""

    def __init__(self, editor: FieldEditor, texts: Iterable[str]) -> None:
        super().__init__()
        self.setText(_("Used before…"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = theme.menu(self)
        for text in texts:
            plain = " ".join(text.split())
            shown = plain if len(plain) <= _LONG else plain[:_LONG] + "…"
            menu.addAction(shown.replace("&", "&&"), partial(_type, editor, text))
        self.setMenu(menu)


def _type(editor: FieldEditor, text: str) -> None:
    editor.show_text(text)
    editor.touch()


def _used(values: Iterable[Any]) -> list[str]:
    """The texts among these values: the most used ones, in the order of a dictionary."""
    counted = Counter(value for value in values if isinstance(value, str) and value.strip())
    return sorted((text for text, _count in counted.most_common(_OFFERED)), key=sort_key)
