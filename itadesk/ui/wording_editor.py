"""The box for a running text with fields, and the button that inserts a field into a box or line."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QPlainTextEdit, QToolButton

from itadesk.domain.fields import Field
from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.field_editors import CellEditor, FieldEditor
from itadesk.ui.field_words import FieldWords

_REST = 600
"""Milliseconds without a key after which what is typed is worth a look."""


class WordingEditor(CellEditor):
    """`rested()`: the clerk paused while typing. Esc gives nothing up here: a long text would be gone for good."""

    rested = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._pause = QTimer(self, singleShot=True, interval=_REST)
        self._pause.timeout.connect(self.rested)
        self.typed.connect(self._pause.start)

    def commit(self) -> None:
        self._pause.stop()
        super().commit()

    def reset(self, text: str) -> None:
        self._pause.stop()
        super().reset(text)

    def write(self) -> None:
        """Let the clerk type in the place of what stands here."""
        self._cell.setFocus()
        self._cell.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() != Qt.Key.Key_Escape:
            return super().eventFilter(watched, event)
        typing = self._edited and not self.fault()
        self.commit()
        return typing


class InsertButton(QToolButton):
    """Offers the fields that a text may have, and puts the one chosen where the caret is. `words`: those fields now."""

    def __init__(self, editor: FieldEditor, words: Callable[[], FieldWords]) -> None:
        super().__init__()
        self._editor = editor
        self._words = words
        self.setText(_("Insert a field"))
        self.setAccessibleName(_("Insert a field"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = theme.menu(self)
        menu.aboutToShow.connect(lambda: self._offer(menu))
        self.setMenu(menu)

    def _offer(self, menu: QMenu) -> None:
        for group in menu.findChildren(QMenu):
            group.deleteLater()
        menu.clear()
        words = self._words()
        for label, fields in words.groups().items():
            group = menu.addMenu(_plain(label)) if label else menu
            for name, word in fields.items():
                group.addAction(_plain(word), partial(self._insert, words.shown_field(name)))

    def _insert(self, field: str) -> None:
        box = self._editor.input
        if isinstance(box, QPlainTextEdit):
            box.insertPlainText(field)
        elif isinstance(box, QLineEdit):
            box.insert(field)
            self._editor.touch()
        box.setFocus()


def _plain(text: str) -> str:
    """As a menu shows it: there & marks the access key."""
    return text.replace("&", "&&")
