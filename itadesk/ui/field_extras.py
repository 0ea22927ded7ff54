"""What stands below a box of the form: units to tick, months to choose, and how a period is understood."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import period_words, periods
from itadesk.domain.model import Measure, Unit
from itadesk.domain.units import unknown_units
from itadesk.i18n import _
from itadesk.ui import thai_text, theme
from itadesk.ui.field_editors import FieldEditor
from itadesk.ui.measure_words import period_words as in_words
from itadesk.ui.month_picker import MonthPicker
from itadesk.ui.session import FileSession
from itadesk.ui.unit_picker import UnitPicker


class PeriodExtras(QWidget):
    """Below a period: months to choose it from, and how the program understands it, said mildly when it does not."""

    def __init__(self, editor: FieldEditor, session: FileSession) -> None:
        super().__init__()
        self._editor = editor
        self._name = editor.field.name
        self._year = 0
        self.picker = MonthPicker(lambda: usual_wording(session, self._name))
        self.picker.text_changed.connect(self._type)
        self.picker.closed.connect(editor.commit)
        _open_by_key(_cell_of(editor), self.picker)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setStyleSheet(f"color: {theme.QUIET}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.picker, alignment=Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.hint, 1)
        _below(editor, self)
        _cell_of(editor).document().contentsChanged.connect(self._show)

    def set_year(self, year: int) -> None:
        self._year = year
        self.picker.set_year(year)
        self._show()

    def _show(self) -> None:
        text = self.picker.current = self._editor.text()
        # How something is followed up need not be a date.
        told = self._name == "period" or bool(periods.parse(text, self._year))
        words = in_words(text, self._year) if told else ""
        self.hint.setText(thai_text.display(words))
        self.hint.setVisible(bool(words))

    def _type(self, text: str) -> None:
        _write(_cell_of(self._editor), text)
        self._show()


_AROUND = 20
"""Pixels of a flat button that are neither icon nor words."""
_LEAST = 60


class ResponsibleExtras(QWidget):
    """Below the responsible units: the office's units to tick, and an offer to add one that is not among them."""

    unit_wanted = Signal(str)

    def __init__(self, editor: FieldEditor) -> None:
        super().__init__()
        self._editor = editor
        self._units: list[Unit] = []
        self.picker = UnitPicker()
        self.picker.text_changed.connect(self._type)
        self.picker.closed.connect(editor.commit)
        _open_by_key(_cell_of(editor), self.picker)
        self.offer = QPushButton(theme.icon("add"), "")
        self.offer.setFlat(True)
        self.offer.setStyleSheet("text-align: left")
        self.offer.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.offer.clicked.connect(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.picker, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.offer)
        _below(editor, self)
        _cell_of(editor).document().contentsChanged.connect(self._show)
        _cell_of(editor).cursorPositionChanged.connect(self._show)

    def set_units(self, units: list[Unit]) -> None:
        if units != self._units:
            self._units = units
            self.picker.set_units(units)
        self._show()

    def _add(self) -> None:
        self._editor.setFocus()  # The button goes, and would hand the focus on to the next field.
        self.unit_wanted.emit(self._unknown())

    def _unknown(self) -> str:
        """The line being typed when it is no unit of the office, else the first such line."""
        unknown = unknown_units(self._editor.text(), self._units)
        line = _cell_of(self._editor).textCursor().block().text().strip()
        return line if line in unknown else next(iter(unknown), "")

    def _show(self) -> None:
        self.picker.current = self._editor.text()
        name, words = self._unknown(), _("Add {unit} to the units")
        letters = self.offer.fontMetrics()
        around = letters.horizontalAdvance(words.format(unit="")) + self.offer.iconSize().width() + _AROUND
        shown = letters.elidedText(name, Qt.TextElideMode.ElideRight, max(self.width() - around, _LEAST))
        self.offer.setText(words.format(unit=shown.replace("&", "&&")))
        self.offer.setVisible(bool(name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _type(self, text: str) -> None:
        _write(_cell_of(self._editor), text)
        self._show()


def _cell_of(editor: FieldEditor) -> QPlainTextEdit:
    assert isinstance(editor.input, QPlainTextEdit)
    return editor.input


def usual_wording(session: FileSession, name: str) -> period_words.Wording:
    """As a field is written mostly, else as the periods are."""
    measures = session.snapshot.all(Measure).values()
    for field_name in (name, "period"):
        if wording := period_words.usual(getattr(measure, field_name) for measure in measures):
            return wording
    return period_words.Wording()


def add_cell_picker(box: QPlainTextEdit, session: FileSession, name: str) -> None:
    """In a cell of the table F4 alone opens the list that a box of the form has a button for."""
    if name == "responsible":
        picker = UnitPicker()
        picker.set_units(session.snapshot.children(Unit, session.snapshot.office.id))
    elif name == "period" and (year := session.fiscal_year) is not None:
        picker = MonthPicker(lambda: usual_wording(session, name))
        picker.set_year(year.year)
    else:
        return
    picker.setParent(box)
    picker.hide()

    def open_list() -> None:
        picker.setGeometry(0, 0, 0, box.height())  # the list opens below the cell
        picker.current = box.toPlainText()
        picker.open()

    picker.text_changed.connect(partial(_write, box))
    box.setToolTip(picker.toolTip())
    key = QShortcut(QKeySequence("F4"), box, open_list)
    key.setContext(Qt.ShortcutContext.WidgetShortcut)


def _write(box: QPlainTextEdit, text: str) -> None:
    """Another text in a box, as typing does it: Ctrl+Z takes it back."""
    box.selectAll()
    box.insertPlainText(text)


def _open_by_key(box: QPlainTextEdit, picker: MonthPicker | UnitPicker) -> None:
    def open_picker() -> None:
        if picker.isVisible():  # it is hidden where nothing may be changed
            picker.open()

    key = QShortcut(QKeySequence("F4"), box, open_picker)
    key.setContext(Qt.ShortcutContext.WidgetShortcut)


def _below(editor: FieldEditor, widget: QWidget) -> None:
    layout = editor.layout()
    assert layout is not None
    layout.addWidget(widget)
