"""Editors inside the cells of a table: wrapped text with Thai, and pick-lists."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QStaticText, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QFrame,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from itadesk.ui import cell_text
from itadesk.ui.rows_table import DOWN, ENTER, PADDING, RowsTable, line_height, plain_modifiers

if TYPE_CHECKING:
    from itadesk.ui.writing_aids import WritingAids

_FOCUSED = QStyle.StateFlag.State_HasFocus
_State = QStyle.StateFlag
_Hint = QAbstractItemDelegate.EndEditHint
_Index = QModelIndex | QPersistentModelIndex
TICKED = "✓"
"""What `fields.parse` takes for yes."""


class CellInput(QPlainTextEdit):
    """The editor in a cell: covers it and grows downwards with its text."""

    def __init__(self, parent: QWidget, index: _Index) -> None:
        super().__init__(parent)
        self._viewport = parent
        self.index = QPersistentModelIndex(index)
        self._cell = QRect()
        self.aids: WritingAids | None = None
        self.setFrameShape(QFrame.Shape.Box)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(PADDING - 1)
        self.document().setModified(False)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def new_line(self) -> None:
        """A line break; a list goes on with its next number."""
        if self.aids is None or not self.aids.lines.new_line():
            self.insertPlainText("\n")

    def cover(self, cell: QRect) -> None:
        """Stand over this cell."""
        self._cell = QRect(cell)  # what Qt hands over is gone after the call
        self.setGeometry(cell)
        self._grow()

    def _grow(self) -> None:
        # A plain text document measures its height in lines.
        lines = int(self.document().documentLayout().documentSize().height())
        wanted = lines * line_height(self) + 2 * (PADDING + self.frameWidth())
        room = self._viewport.height()
        cell = QRect(self._cell)
        cell.setHeight(min(max(wanted, cell.height()), room))
        cell.moveTop(max(min(cell.top(), room - cell.height()), 0))
        self.setGeometry(cell)


class TextDelegate(QStyledItemDelegate):
    """Wrapped text with room above and below it, so that no tone mark touches a line."""

    def __init__(self, table: RowsTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        size = self._text(option, index).size().toSize()
        return QSize(size.width(), size.height() + 2 * PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        cell_text.draw(painter, self._text(option, index), option)
        if option.state & _FOCUSED:
            cell_text.draw_focus(painter, option.rect)

    def _text(self, cell: QStyleOptionViewItem, index: _Index) -> QStaticText:
        # Asked of the model directly: through Qt's variants the same costs several times as much.
        rows = self._table.rows
        alignment = rows.columns[index.column()].alignment
        return cell_text.laid_out(rows.shown(index), cell.rect.width(), alignment, self._table.font_key)

    def finish(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Store what the editor holds and close it."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)


class CellDelegate(TextDelegate):
    """Text in place. Enter stores it and goes down, Tab right; Alt+Enter begins a new line, Esc gives up.

    A text that cannot be stored stays in its editor, with the reason beside it. `aid` gives an editor its writing aids.
    """

    def __init__(self, table: RowsTable, aid: "Callable[[CellInput], WritingAids] | None" = None) -> None:
        super().__init__(table)
        self._aid = aid

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = CellInput(parent, index)
        editor.aids = self._aid(editor) if self._aid else None
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        assert isinstance(editor, CellInput)
        if editor.document().isModified():
            return  # The rows were refreshed while the clerk is typing.
        editor.setPlainText(index.data(Qt.ItemDataRole.EditRole))
        editor.moveCursor(QTextCursor.MoveOperation.End)
        if self._table.overtyping:
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        assert isinstance(editor, CellInput)
        text = editor.toPlainText()
        if text == index.data(Qt.ItemDataRole.EditRole) or model.setData(index, text):
            editor.document().setModified(False)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        assert isinstance(editor, CellInput)
        editor.cover(option.rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, CellInput):
            return super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key_pressed(watched, event)
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._focus_lost(watched, event.reason())
            return False
        return False

    def _key_pressed(self, editor: CellInput, event: QKeyEvent) -> bool:
        if editor.aids is not None and editor.aids.key_pressed(event):
            return True
        modified = plain_modifiers(event)
        match event.key():
            case Qt.Key.Key_Escape:
                self.closeEditor.emit(editor, _Hint.RevertModelCache)
            case Qt.Key.Key_Tab:
                self.finish(editor, _Hint.EditNextItem)
            case Qt.Key.Key_Backtab:
                self.finish(editor, _Hint.EditPreviousItem)
            case key if key in ENTER and modified == Qt.KeyboardModifier.AltModifier:
                editor.new_line()
            case key if key in ENTER and modified == Qt.KeyboardModifier.NoModifier:
                self.finish(editor, DOWN)
            case key if key in ENTER and modified == Qt.KeyboardModifier.ControlModifier:
                self.finish(editor, _Hint.NoHint)
                self._table.row_wanted.emit()
            case _:
                return False
        return True

    def _focus_lost(self, editor: CellInput, reason: Qt.FocusReason) -> None:
        if reason == Qt.FocusReason.PopupFocusReason:
            return
        if reason == Qt.FocusReason.ActiveWindowFocusReason:
            self.commitData.emit(editor)  # Another program came to the front; back here the clerk types on.
        else:
            self.finish(editor, _Hint.NoHint)

    def finish(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        assert isinstance(editor, CellInput)
        if editor.aids is not None:
            editor.aids.lines.take_back()
        if (refusal := self._table.rows.refusal(editor.index, editor.toPlainText())) is not None:
            corner = editor.mapToGlobal(QPoint(0, editor.height()))
            QToolTip.showText(corner, f"{refusal.message} {refusal.advice}".strip(), editor)
            return
        self.commitData.emit(editor)
        if not editor.document().isModified():  # else the disk refused it, and that has been said
            self.closeEditor.emit(editor, hint)


class ChoiceInput(QComboBox):
    """A pick-list that opens at once. `left()`: its list was closed, whether something was chosen or not."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        QTimer.singleShot(0, self, self.showPopup)

    def showPopup(self) -> None:
        super().showPopup()
        self.view().window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            QTimer.singleShot(0, self, self.left.emit)
        return super().eventFilter(watched, event)


class ChoiceDelegate(TextDelegate):
    """A pick-list in place: `choices` are pairs of the text stored and the text shown in the list."""

    def __init__(self, table: RowsTable, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(table)
        self.choices = choices

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        box = ChoiceInput(parent)
        for text, shown in self.choices:
            box.addItem(shown, text)
        box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + 2 * PADDING)
        box.activated.connect(lambda: self.finish(box, _Hint.NoHint))
        box.left.connect(lambda: self.closeEditor.emit(box, _Hint.RevertModelCache))
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        assert isinstance(editor, QComboBox)
        chosen: Any = editor.currentData()
        if chosen is not None and chosen != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, chosen)


class FlagDelegate(TextDelegate):
    """A tick box in place: a click on it or the space bar ticks it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        box = QStyleOptionButton()
        box.rect = self._box(option)  # type: ignore[misc]
        ticked = bool(index.data(Qt.ItemDataRole.EditRole))
        box.state = _State.State_On if ticked else _State.State_Off  # type: ignore[misc]
        box.state |= _State.State_Enabled  # type: ignore[misc]
        self._table.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_IndicatorCheckBox, box, painter, self._table
        )
        if option.state & _FOCUSED:
            cell_text.draw_focus(painter, option.rect)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        return None  # type: ignore[return-value]  # Nothing is typed here.

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        clicked = (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and self._box(option).contains(event.position().toPoint())
        )
        if not (pressed or clicked):
            return False
        return model.setData(index, "" if index.data(Qt.ItemDataRole.EditRole) else TICKED)  # type: ignore[arg-type]

    def _box(self, option: QStyleOptionViewItem) -> QRect:
        metric = QStyle.PixelMetric
        style = self._table.style()
        size = QSize(
            style.pixelMetric(metric.PM_IndicatorWidth), style.pixelMetric(metric.PM_IndicatorHeight)
        )
        cell = option.rect.adjusted(PADDING, PADDING, -PADDING, -PADDING)
        return QStyle.alignedRect(
            Qt.LayoutDirection.LeftToRight,
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
            size,
            cell,
        )
