"""What makes typing in a box comfortable: completion, lists that go on, phrases, and undo word by word."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QToolButton

from itadesk.i18n import _
from itadesk.ui.completion import Completion, Offer
from itadesk.ui.field_editors import GrowingText, menu_is_open
from itadesk.ui.field_form import FieldForm
from itadesk.ui.numbered_lines import NumberedLines
from itadesk.ui.phrase_menu import PHRASES_KEY, RENUMBER_KEY, PhraseMenu
from itadesk.ui.rows_table import ENTER, plain_modifiers
from itadesk.ui.session import FileSession

_BUTTON = 22
"""Pixels at the right of a box in a form that its button has for itself."""
_FOR_A_WHILE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class WritingAids(QObject):
    """The aids of one box for the texts of `field`. In a table the delegate hands over the keys (`in_table`)."""

    def __init__(
        self, box: QPlainTextEdit, session: FileSession, field: str, *, in_table: bool = False
    ) -> None:
        super().__init__(box)
        self._box = box
        self._session = session
        self._field = field
        self._in_table = in_table
        self.lines = NumberedLines(box)
        self.phrases = PhraseMenu(box, session, field, self.lines)
        self.completion = Completion(box, self._earlier, keys=False)
        for watched in (box, box.viewport()):
            watched.installEventFilter(self)
        self.button = None if in_table else self._make_button()

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Whether a key was meant for the aids."""
        if self._box.isReadOnly():
            return False
        if self.completion.key_pressed(event):
            return True
        stores = self._in_table and event.key() in ENTER
        if not stores and self.lines.key_pressed(event):
            return True
        keys = QKeySequence(event.keyCombination())
        if keys == QKeySequence(PHRASES_KEY):
            self.phrases.open()
        elif keys == QKeySequence(RENUMBER_KEY):
            self.phrases.renumber()
        elif event.text() == " " and plain_modifiers(event) == Qt.KeyboardModifier.NoModifier:
            self._type_blank()
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QKeyEvent() if event.type() == QEvent.Type.KeyPress and not self._in_table:
                return self.key_pressed(event)
            case QContextMenuEvent() if not self._box.isReadOnly():
                self.phrases.open_context(event.globalPos())
                return True
            case QFocusEvent():
                self._focus_moved(event)
            case QResizeEvent() if self.button is not None and watched is self._box:
                frame = self._box.frameWidth()
                self.button.move(self._box.width() - _BUTTON - frame, frame)
            case _:
                pass
        return False

    def _focus_moved(self, event: QFocusEvent) -> None:
        if event.reason() in _FOR_A_WHILE or menu_is_open(self._box):
            return
        if event.gotFocus():
            self._session.look_back(self._field)
        else:
            self.lines.take_back()
        if self.button is not None:
            self.button.setVisible(event.gotFocus() and not self._box.isReadOnly())

    def _earlier(self, typed: str) -> list[Offer]:
        return [Offer(text) for text in self._session.earlier.like(self._field, typed)]

    def _type_blank(self) -> None:
        """A blank is a step of its own for Ctrl+Z, which else takes back all that was typed in one go."""
        cursor = self._box.textCursor()
        cursor.beginEditBlock()
        cursor.insertText(" ")
        cursor.endEditBlock()
        self._box.setTextCursor(cursor)
        self._box.ensureCursorVisible()

    def _make_button(self) -> QToolButton:
        button = QToolButton(self._box)
        button.setText("≡")
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setFixedSize(_BUTTON, _BUTTON)
        told = _("Phrases and numbers ({keys})").format(keys=PHRASES_KEY)
        button.setToolTip(told)
        button.setAccessibleName(told)
        button.clicked.connect(self.phrases.open)
        button.hide()
        if isinstance(self._box, GrowingText):
            self._box.keep_free(_BUTTON)
        return button


def assist(form: FieldForm, session: FileSession) -> dict[str, WritingAids | Completion]:
    """Give every box of a form its aids, and every line what the office wrote there before."""
    aids: dict[str, WritingAids | Completion] = {}
    for name, editor in form.editors.items():
        match editor.input:
            case QPlainTextEdit() as box:
                aids[name] = WritingAids(box, session, name)
            case QLineEdit() as line:
                aids[name] = Completion(
                    line, lambda typed, name=name: [Offer(text) for text in session.earlier.like(name, typed)]
                )
            case _:
                pass
    return aids
