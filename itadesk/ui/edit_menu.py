"""The entries of the edit menu that act where the keyboard is: in a text that is being typed, else in the table."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QMenuBar, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from itadesk.i18n import N_, _

_ENTRIES = (
    # what a text or the table is asked to do, its words, its key
    ("cut", N_("Cu&t"), "Ctrl+X"),
    ("copy", N_("&Copy"), "Ctrl+C"),
    ("paste", N_("&Paste"), "Ctrl+V"),
    ("fill_down", N_("&Fill down"), "Ctrl+D"),
    ("clear", N_("Cl&ear"), "Del"),
    ("select_all", N_("Select al&l"), "Ctrl+A"),
)
_Text = QLineEdit | QPlainTextEdit | QTextEdit


class EditMenu(QObject):
    """The keys are only shown here: whoever has the focus answers them.

    `of_page` gives the actions of the page in front by the same words, those it has.
    """

    def __init__(self, menu: QMenu, of_page: Callable[[], Mapping[str, QAction]]) -> None:
        super().__init__(menu)
        self._of_page = of_page
        self._focus: QWidget | None = None
        self.entries: dict[str, QAction] = {}
        for name, text, key in _ENTRIES:
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            self.entries[name] = menu.addAction(f"{_(text)}\t{shown}", partial(self._do, name))
        menu.aboutToShow.connect(self._follow)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_changed)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and not isinstance(new, (QMenuBar, QMenu)):
            self._focus = new

    def _follow(self) -> None:
        """Offer what can be done where the keyboard is."""
        text, of_page = self._text(), self._of_page()
        for name, entry in self.entries.items():
            can = name in of_page and of_page[name].isEnabled() if text is None else _can(text, name)
            entry.setEnabled(can)

    def _text(self) -> _Text | None:
        """The text with the keyboard in it, or that had it before it went to the menu bar."""
        focus = QApplication.focusWidget()
        if (
            (focus is None or isinstance(focus, QMenuBar))
            and self._focus is not None
            and isValid(self._focus)
        ):
            focus = self._focus
        return focus if isinstance(focus, _Text) else None

    def _do(self, name: str) -> None:
        if (text := self._text()) is not None:
            _do(text, name)
        elif (of_page := self._of_page()).get(name) is not None:
            of_page[name].trigger()


def _can(text: _Text, name: str) -> bool:
    selected = text.hasSelectedText() if isinstance(text, QLineEdit) else text.textCursor().hasSelection()
    match name:
        case "copy":
            return selected
        case "cut" | "clear":
            return selected and not text.isReadOnly()
        case "paste":
            return not text.isReadOnly()
        case _:
            return name == "select_all"


def _do(text: _Text, name: str) -> None:
    match name:
        case "clear" if isinstance(text, QLineEdit):
            text.del_()
        case "clear":
            text.textCursor().removeSelectedText()  # type: ignore[union-attr]
        case "select_all":
            text.selectAll()
        case _:
            getattr(text, name)()
