"""One editor for each kind of field: what the clerk types stays as typed until it is stored or taken back."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import fields
from itadesk.domain.fields import Field
from itadesk.domain.model import ROUNDS
from itadesk.i18n import _
from itadesk.ui import thai_text, theme
from itadesk.ui.date_field import DateField
from itadesk.ui.quiet_box import QuietBox

_Keys = QKeySequence.StandardKey
_FAULT_BASE = QColor("#fdeceb")
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_LEAST_LINES, _MOST_LINES = 2, 14


def menu_is_open(box: QObject) -> bool:
    """Whether the keyboard went only to a menu of `box`: X11 tells the loss twice, and the second time no reason."""
    popup = QApplication.activePopupWidget()
    return popup is not None and popup.parent() is box


class FieldEditor(QWidget):
    """An input for one field, and below it the reason while what was typed is refused.

    It works in texts, as `fields.show` gives and `fields.parse` takes them. `committed` carries the text once the
    clerk is done with it (focus left, Enter, a choice made) and only when it was touched since it was shown.
    `typed` comes with every touch before that.
    """

    committed = Signal(str)
    typed = Signal()

    def __init__(self, field: Field, editor_input: QWidget) -> None:
        super().__init__()
        self.field = field
        self.input = editor_input
        self._stored = ""
        self._edited = False
        self._reason = ""
        self._plain = QPalette(editor_input.palette())
        self._fault = QLabel()
        self._fault.setWordWrap(True)
        self._fault.setTextFormat(Qt.TextFormat.PlainText)  # it repeats what was typed
        self._fault.setStyleSheet(f"color: {theme.FAULT}")
        self._fault.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(editor_input)
        layout.addWidget(self._fault)
        editor_input.setAccessibleName(_(field.label))
        editor_input.installEventFilter(self)
        self.setFocusProxy(editor_input)

    def text(self) -> str:
        """What stands in the input now."""
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        """Put `text` into the input."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Show the stored text, unless the clerk is typing here or has a refused text to mend."""
        self._stored = text
        if not self._edited:
            self.reset(text)

    def reset(self, text: str) -> None:
        """Show the stored text and forget whatever was typed: another record came, or the clerk gave up."""
        self._stored = text
        self._edited = False
        self.set_fault("")
        if text != self.text():
            self.show_text(text)

    def commit(self) -> None:
        """Hand over what was typed, if anything."""
        if self._edited:
            self._edited = False
            self.committed.emit(self.text())

    def set_fault(self, reason: str) -> None:
        """Mark the input with why its text was refused; the text stays to be mended. "" takes the mark away."""
        self._edited = self._edited or bool(reason)
        self._reason = reason
        self._fault.setText(thai_text.display(reason))
        self._fault.setVisible(bool(reason))
        self.input.setAccessibleDescription(reason)
        palette = QPalette(self._plain)
        if reason:
            palette.setColor(QPalette.ColorRole.Base, _FAULT_BASE)
        self.input.setPalette(palette)

    def fault(self) -> str:
        """Why the text was refused, "" when it was not."""
        return self._reason

    def set_read_only(self, read_only: bool) -> None:
        self.input.setEnabled(not read_only)

    def set_placeholder(self, text: str) -> None:
        """Say in pale letters what an empty line stands for."""
        if isinstance(self.input, QLineEdit):
            self.input.setPlaceholderText(text)

    def touch(self) -> None:
        """The clerk changed the input."""
        self._edited = True
        self.typed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() != Qt.FocusReason.PopupFocusReason and not menu_is_open(watched):
                self.commit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if not self._edited and (event.matches(_Keys.Undo) or event.matches(_Keys.Redo)):
                event.ignore()  # Nothing is typed here that could be undone: the keys mean the last edit of the file.
                return True
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self._edited:
                self.reset(self._stored)
                return True
        elif isinstance(event, QWheelEvent) and not self.input.hasFocus() and not self.scrolls():
            event.ignore()  # The page scrolls; a value never changes because the wheel passed over it.
            return True
        return super().eventFilter(watched, event)

    def scrolls(self) -> bool:
        """Whether the wheel scrolls inside the input even without focus."""
        return False


class LineEditor(FieldEditor):
    """One line of text; a date gets a calendar."""

    def __init__(self, field: Field) -> None:
        self._line = DateField() if field.kind == "date" else QLineEdit()
        super().__init__(field, self._line)
        self._line.textEdited.connect(self.touch)
        self._line.returnPressed.connect(self.commit)
        if isinstance(self._line, DateField):
            self._line.picked.connect(self._take)

    def text(self) -> str:
        return self._line.text()

    def show_text(self, text: str) -> None:
        self._line.setText(text)
        self._line.setCursorPosition(0)

    def set_read_only(self, read_only: bool) -> None:
        self._line.setReadOnly(read_only)

    def _take(self) -> None:
        self.touch()
        self.commit()


class GrowingText(QPlainTextEdit):
    """Many lines of text, as high as its content up to a limit, then it scrolls. Tab leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.document().contentsChanged.connect(self._grow)
        self._grow()

    def keep_free(self, pixels: int) -> None:
        """Let the text end so many pixels before the right edge."""
        self.setViewportMargins(0, 0, pixels, 0)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With the keyboard the clerk comes to write on behind what is there."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEYBOARD:
            self.moveCursor(QTextCursor.MoveOperation.End)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def _grow(self) -> None:
        lines, content = self._measure()
        line = ceil(QFontMetricsF(self.font()).lineSpacing())
        # Never "as needed": a bar that comes and goes changes the width, and with it the lines, without end.
        bar = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            bar.ScrollBarAlwaysOn if lines > _MOST_LINES else bar.ScrollBarAlwaysOff
        )
        text = min(max(content, _LEAST_LINES * line), _MOST_LINES * line)
        height = text + 2 * (int(self.document().documentMargin()) + self.frameWidth()) + 1
        if height != self.minimumHeight():
            self.setFixedHeight(height)
            # Qt lays out nothing anew while it is told of a new size: the text would cover the frame.
            self.setViewportMargins(self.viewportMargins())

    def _measure(self) -> tuple[int, int]:
        """Lines of the text at the present width and their height, no further than is ever shown."""
        lines, height, block = 0, 0.0, self.document().firstBlock()
        while block.isValid() and lines <= _MOST_LINES:
            height += self.blockBoundingRect(
                block
            ).height()  # lays it out, which else waits for it to be painted
            lines += block.lineCount()
            block = block.next()
        return lines, ceil(height)


class CellEditor(FieldEditor):
    """Text of many lines, a paragraph a line."""

    def __init__(self, field: Field) -> None:
        self._cell = GrowingText()
        super().__init__(field, self._cell)
        self._cell.textChanged.connect(self.touch)

    def text(self) -> str:
        return self._cell.toPlainText()

    def show_text(self, text: str) -> None:
        self._cell.blockSignals(True)
        self._cell.setPlainText(text)
        self._cell.blockSignals(False)

    def set_read_only(self, read_only: bool) -> None:
        self._cell.setReadOnly(read_only)

    def scrolls(self) -> bool:
        return self._cell.verticalScrollBar().maximum() > 0


class ChoiceEditor(FieldEditor):
    """A pick-list; `free` lets the clerk type what is not on it."""

    def __init__(self, field: Field, choices: Sequence[str], *, free: bool) -> None:
        self._box = QuietBox()
        self._box.setEditable(free)
        self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        super().__init__(field, self._box)
        self.set_choices(choices)
        self._box.activated.connect(self._take)
        if line := self._box.lineEdit():
            # Qt writes on in the line itself, where leaving it would store what nobody typed; its list takes the Tab.
            line.setCompleter(None)  # type: ignore[arg-type] # Qt takes none, says its documentation
            line.textEdited.connect(self.touch)
            line.returnPressed.connect(self.commit)

    def set_choices(self, choices: Sequence[str]) -> None:
        """Offer these from now on; what stands in the input stays."""
        if list(choices) == [self._box.itemText(at) for at in range(self._box.count())]:
            return
        text = self.text()
        self._box.clear()
        self._box.addItems(list(choices))
        self.show_text(text)

    def text(self) -> str:
        return self._box.currentText()

    def show_text(self, text: str) -> None:
        self._box.setCurrentIndex(self._box.findText(text))
        if line := self._box.lineEdit():
            line.setText(text)
            line.setCursorPosition(0)

    def _take(self) -> None:
        self.touch()
        self.commit()


class FlagEditor(FieldEditor):
    """A tick box that bears the field's label itself."""

    def __init__(self, field: Field) -> None:
        self._tick = QCheckBox(_(field.label))
        super().__init__(field, self._tick)
        self._tick.clicked.connect(self._take)

    def text(self) -> str:
        return fields.show(self.field, self._tick.isChecked())

    def show_text(self, text: str) -> None:
        self._tick.setChecked(bool(fields.parse(self.field, text)))

    def _take(self) -> None:
        self.touch()
        self.commit()


def editor_for(field: Field, suggestions: Sequence[str] | None = None) -> FieldEditor:
    """An editor for `field`. `suggestions`, else the field's own, make a line a pick-list that takes any text.

    A list of suggestions that is empty yet may be filled later by `ChoiceEditor.set_choices`.
    """
    if field.choices:
        return ChoiceEditor(field, [fields.show(field, value) for value in field.choices], free=False)
    if field.kind == "round":
        return ChoiceEditor(field, [fields.show(field, round_) for round_ in ROUNDS], free=False)
    if suggestions is not None or field.suggestions:
        return ChoiceEditor(field, suggestions or field.suggestions, free=True)
    if field.kind == "flag":
        return FlagEditor(field)
    if field.kind == "link":
        from itadesk.ui.link_editor import LinkEditor

        return LinkEditor(field)
    return CellEditor(field) if field.kind == "cell" else LineEditor(field)
