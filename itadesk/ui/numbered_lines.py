"""Lists in a text box: the next number comes with the Enter key, and all of them are put in order on demand."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from itadesk.domain import numbering
from itadesk.ui.rows_table import ENTER, plain_modifiers

_TAKES_AWAY = (Qt.Key.Key_Backspace, Qt.Key.Key_Escape, *ENTER)


class NumberedLines:
    """A number that the program wrote stays only when something is typed behind it.

    Backspace, Esc or another Enter take it away, and so does leaving the box; Ctrl+Z does, too.
    """

    def __init__(self, box: QPlainTextEdit) -> None:
        self._box = box
        self._written = ""
        """The line that holds nothing but what the program wrote last."""

    def key_pressed(self, event: QKeyEvent) -> bool:
        if plain_modifiers(event) != Qt.KeyboardModifier.NoModifier:
            return False
        if event.key() in _TAKES_AWAY and self.take_back():
            return True
        return event.key() in ENTER and self.new_line()

    def new_line(self) -> bool:
        """Begin a line with the next number, where the caret stands behind a line of a list."""
        cursor = self._box.textCursor()
        line = cursor.block().text()
        lead = numbering.next_lead(line)
        bare = not line[len(numbering.lead_of(line)) :].strip()
        if not lead or bare or cursor.hasSelection() or not cursor.atBlockEnd():
            return False
        cursor.insertBlock()
        cursor.beginEditBlock()  # a step of its own for Ctrl+Z
        cursor.insertText(lead)
        cursor.endEditBlock()
        self._box.setTextCursor(cursor)
        self._box.ensureCursorVisible()
        self._written = lead
        return True

    def take_back(self) -> bool:
        """Take away the number that the program wrote, while nothing was typed behind it."""
        cursor = self._box.textCursor()
        if not self._written or cursor.block().text() != self._written or not cursor.atBlockEnd():
            return False
        self._written = ""
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        return True

    def renumber(self) -> bool:
        """Put the numbers of the box in order as one step of its undo. False when they are."""
        text = self._box.toPlainText()
        ordered = numbering.renumbered(text)
        if ordered == text:
            return False
        cursor = QTextCursor(self._box.document())
        cursor.beginEditBlock()
        for at, (old, new) in enumerate(zip(text.split("\n"), ordered.split("\n"), strict=True)):
            if old != new:
                cursor.setPosition(self._box.document().findBlockByNumber(at).position())
                lead = len(numbering.lead_of(old))
                cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, n=lead)
                cursor.insertText(numbering.lead_of(new))
        cursor.endEditBlock()
        return True
