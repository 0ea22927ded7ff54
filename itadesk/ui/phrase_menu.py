"""The menu of a text box: phrases to put in at the caret, keeping one, and putting numbers in order."""

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPlainTextEdit

from itadesk.domain import phrases
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.ui import messages, theme
from itadesk.ui.numbered_lines import NumberedLines
from itadesk.ui.session import FileSession

_LETTERS = 60
MOST_OWN = 20
RENUMBER_KEY = "Ctrl+Shift+L"
PHRASES_KEY = "Ctrl+Space"


class PhraseMenu:
    """`field`: for which there may be ready phrases."""

    def __init__(self, box: QPlainTextEdit, session: FileSession, field: str, lines: NumberedLines) -> None:
        self._box = box
        self._session = session
        self._field = field
        self._lines = lines

    def open(self) -> None:
        """Show the menu at the caret."""
        menu = theme.menu(self._box)
        self.fill(menu)
        corner = self._box.cursorRect().bottomLeft()
        self._pop_up(menu, self._box.viewport().mapToGlobal(corner))

    def open_context(self, place: QPoint) -> None:
        """The usual menu of a text box with these entries behind it."""
        menu = self._box.createStandardContextMenu()
        theme.show_whole(menu)
        menu.addSeparator()
        own = menu.addMenu(_("P&hrases"))
        self._add_phrases(own)
        own.setEnabled(not own.isEmpty())
        self._add_commands(menu)
        self._pop_up(menu, place)

    def fill(self, menu: QMenu) -> None:
        self._add_phrases(menu)
        menu.addSeparator()
        self._add_commands(menu)

    def renumber(self) -> None:
        if not self._lines.renumber():
            messages.toast(self._box, _("The numbers are in order."))

    def _pop_up(self, menu: QMenu, place: QPoint) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _add_phrases(self, menu: QMenu) -> None:
        own = phrases.own(self._session.snapshot)
        for text in own[:MOST_OWN]:
            menu.addAction(_line(text), partial(self._insert, text))
        if len(own) > MOST_OWN:
            rest = menu.addMenu(_("&More phrases"))
            for text in own[MOST_OWN:]:
                rest.addAction(_line(text), partial(self._insert, text))
        if own:
            menu.addSeparator()
        for text in phrases.ready(self._field):
            if not phrases.is_kept(self._session.snapshot, text):
                menu.addAction(_line(text), partial(self._insert, text))

    def _add_commands(self, menu: QMenu) -> None:
        text = self._chosen_text()
        told = _("&Keep “{text}” as a phrase").format(text=_line(text)) if text else _("&Keep as a phrase")
        keep = menu.addAction(theme.icon("add"), told, partial(self._keep, text))
        keep.setEnabled(bool(text) and not phrases.is_kept(self._session.snapshot, text))
        renumber = menu.addAction(_("Put the &numbers in order"), self.renumber)
        renumber.setShortcut(RENUMBER_KEY)

    def _chosen_text(self) -> str:
        """What is selected, else the line with the caret."""
        cursor = self._box.textCursor()
        if cursor.hasSelection():
            return cursor.selectedText().replace("\u2029", "\n").strip()
        return cursor.block().text().strip()

    def _insert(self, text: str) -> None:
        self._box.insertPlainText(text)
        self._box.setFocus()

    def _keep(self, text: str) -> None:
        self._session.edit(_("Keep a phrase"), operations.add_phrase, text)
        messages.toast(self._box, _("Kept. All phrases are on the office page."))


def _line(text: str) -> str:
    """A phrase as an entry of a menu, where & marks the access key."""
    line = " ".join(text.split())
    shown = line if len(line) <= _LETTERS else line[:_LETTERS] + "…"
    return shown.replace("&", "&&")
