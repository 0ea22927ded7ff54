"""A quiet list below what is being typed: texts to go on with, taken by arrow key or mouse and never by themselves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import numbering
from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.rows_table import ENTER, plain_modifiers

_LEAST_WIDTH = 320
_ROW_PADDING = 6


@dataclass(frozen=True)
class Offer:
    """`text` takes the place of what is typed; `shown` is its line in the list, `value` whatever it stands for."""

    text: str
    shown: str = ""
    value: Any = None


class OfferList(QFrame):
    """The drop-down, a part of the window that never takes the focus. `pressed(row)`: the mouse chose."""

    pressed = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("OfferList { background: white; border: 1px solid #8a95a1 }")
        self.items = QListWidget()
        self.items.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.items.setFrameShape(QFrame.Shape.NoFrame)
        self.items.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.items.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.items.itemPressed.connect(lambda item: self.pressed.emit(self.items.row(item)))
        keys = QLabel(_("↓ choose · Enter take · Esc close"))
        keys.setStyleSheet(f"color: {theme.QUIET}; padding: 0 4px")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self.items)
        layout.addWidget(keys)
        self._foot = keys.sizeHint().height()
        self.hide()

    def show_offers(self, offers: Sequence[Offer], caret: QRect, width: int) -> None:
        """Stand below the caret, or above it where the window ends; nothing is chosen yet."""
        self.items.clear()
        for offer in offers:
            item = QListWidgetItem(" ".join((offer.shown or offer.text).split("\n")), self.items)
            item.setToolTip(offer.text)
        self.items.setCurrentRow(-1)
        row = self.items.sizeHintForRow(0)
        self.items.setFixedHeight(row * len(offers) + _ROW_PADDING)
        room = self.window().rect()
        self.resize(
            min(max(width, _LEAST_WIDTH), room.width()), row * len(offers) + _ROW_PADDING + self._foot + 2
        )
        above = caret.top() - self.height()
        below = caret.bottom() + 2
        fits = below + self.height() <= room.bottom() or above < room.top()
        self.move(min(caret.left(), room.right() - self.width()), below if fits else above)
        self.raise_()
        self.show()


class Completion(QObject):
    """Offers what `source` says to the line being typed in a box. `taken(Offer)` after one took the line's place.

    Keys come through `key_pressed`, which says whether they were meant for the list: arrows, Enter on a chosen line,
    Esc. All other keys keep their meaning.
    """

    taken = Signal(object)

    def __init__(
        self, box: QPlainTextEdit | QLineEdit, source: Callable[[str], Sequence[Offer]], *, keys: bool = True
    ) -> None:
        """`keys`: whether keys are looked at here; else who owns the box hands them on."""
        super().__init__(box)
        self._box = box
        self._source = source
        self._keys = keys
        self._offers: Sequence[Offer] = ()
        self._offered_for = ""
        self._typing = False
        self._list: OfferList | None = None
        box.installEventFilter(self)
        box.textChanged.connect(self._text_changed)
        box.cursorPositionChanged.connect(self._caret_moved)

    @property
    def is_open(self) -> bool:
        return self._list is not None and self._list.isVisible()

    @property
    def list(self) -> OfferList:
        if self._list is None:
            self._list = OfferList(self._box.window())
            self._list.pressed.connect(self._take)
            self._box.destroyed.connect(self._list.deleteLater)
        return self._list

    def close(self) -> None:
        if self._list is not None:
            self._list.hide()

    def key_pressed(self, event: QKeyEvent) -> bool:
        if self.is_open and plain_modifiers(event) == Qt.KeyboardModifier.NoModifier:
            items = self.list.items
            match event.key():
                case Qt.Key.Key_Down:
                    items.setCurrentRow(min(items.currentRow() + 1, items.count() - 1))
                    return True
                case Qt.Key.Key_Up if items.currentRow() >= 0:
                    items.setCurrentRow(items.currentRow() - 1)
                    return True
                case Qt.Key.Key_Escape:
                    self.close()
                    return True
                case key if key in ENTER and items.currentRow() >= 0:
                    self._take(items.currentRow())
                    return True
                case Qt.Key.Key_Tab if items.currentRow() >= 0:
                    self._take(items.currentRow())
                case _:
                    pass
        erases = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        command = plain_modifiers(event) == Qt.KeyboardModifier.ControlModifier
        self._typing = not command and (erases or (bool(event.text()) and event.text().isprintable()))
        if not self._typing:
            self.close()
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.KeyPress if self._keys and isinstance(event, QKeyEvent):
                return self.key_pressed(event)
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent) and self.is_open:
                if event.key() == Qt.Key.Key_Escape:
                    event.accept()
                    return True
            case QEvent.Type.InputMethod if isinstance(event, QInputMethodEvent):
                self._typing = bool(event.commitString())
            case QEvent.Type.FocusOut | QEvent.Type.Hide | QEvent.Type.Wheel | QEvent.Type.MouseButtonPress:
                self.close()
            case _:
                pass
        return False

    def _text_changed(self) -> None:
        typing, self._typing = self._typing, False
        if typing and self._box.hasFocus():
            self._offer()
        else:
            self.close()

    def _caret_moved(self) -> None:
        if self.is_open and self._typed() != self._offered_for:
            self.close()

    def _offer(self) -> None:
        self._offered_for = self._typed()
        self._offers = self._source(self._offered_for) if self._offered_for else ()
        if not self._offers or [offer.text for offer in self._offers] == [self._offered_for]:
            self.close()
            return
        caret = self._box.cursorRect()
        area = self._box.viewport() if isinstance(self._box, QPlainTextEdit) else self._box
        # Below the line, from the left edge of the box: there the eye finds it again.
        corner = area.mapTo(self._box.window(), QPoint(0, caret.top()))
        self.list.show_offers(
            self._offers, QRect(corner.x(), corner.y(), 1, caret.height()), self._box.width()
        )

    def _typed(self) -> str:
        """What stands in the line before the caret, its number left aside; "" while more stands behind the caret."""
        if isinstance(self._box, QLineEdit):
            at_end = self._box.cursorPosition() == len(self._box.text())
            return self._box.text().strip() if at_end and not self._box.hasSelectedText() else ""
        cursor = self._box.textCursor()
        line = cursor.block().text()
        at_end = cursor.atBlockEnd() and not cursor.hasSelection()
        return line[len(numbering.lead_of(line)) :].strip() if at_end else ""

    def _take(self, row: int) -> None:
        offer = self._offers[row]
        self.close()
        if isinstance(self._box, QLineEdit):
            self._box.selectAll()
            self._box.insert(offer.text)
        else:
            cursor = self._box.textCursor()
            lead = numbering.lead_of(cursor.block().text())
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
            cursor.movePosition(QTextCursor.MoveOperation.Right, n=len(lead))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(offer.text)
            self._box.setTextCursor(cursor)
        self.taken.emit(offer)
