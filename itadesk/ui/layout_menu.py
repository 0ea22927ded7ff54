"""What can be done with the forms of report: change one, copy it, take one in from a file, hand one on, delete one."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from itadesk.domain.model import LayoutText
from itadesk.i18n import _
from itadesk.ui import layout_editor
from itadesk.ui.current_document import CurrentDocument
from itadesk.ui.session import FileSession


class LayoutMenu(QObject):
    """A button with its menu. Only the office's own forms can be changed; a built-in one is copied first."""

    def __init__(self, page: QWidget, session: FileSession, current: CurrentDocument) -> None:
        super().__init__(page)
        self._page = page
        self._session = session
        self._current = current
        self.change = self._action(_("&Change this form…"), self._change)
        self.copy = self._action(_("Co&py this form"), self._copy)
        self.take_in = self._action(_("&Take a form in from a file…"), self._take_in)
        self.hand_on = self._action(_("&Save this form as a file…"), self._hand_on)
        self.delete = self._action(_("&Delete this form"), self._delete)
        self.button = QToolButton()
        self.button.setText(_("Change the form"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.button)
        menu.addActions([self.change, self.copy, self.delete, self.take_in, self.hand_on])
        menu.insertSeparator(self.take_in)
        menu.aboutToShow.connect(self._follow)
        self.button.setMenu(menu)

    @property
    def _own(self) -> bool:
        """Is the form in hand the office's own?"""
        rows = self._session.snapshot.children(LayoutText)
        return any(row.name == self._current.layout.name for row in rows)

    def _action(self, text: str, act: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.triggered.connect(lambda: act())
        return action

    def _follow(self) -> None:
        writing = not self._session.read_only
        for action in (self.change, self.copy, self.take_in):
            action.setEnabled(writing)
        self.delete.setEnabled(writing and self._own)

    def _change(self) -> None:
        """Of a built-in form a copy is changed: the built-in one stays as it is for everybody."""
        if self._own or self._copy():
            editor = layout_editor.LayoutEditor(
                self._session, self._current.layout.name, self._current.document, self._page
            )
            editor.exec()
            editor.deleteLater()

    def _copy(self) -> bool:
        return self._choose(layout_editor.duplicate_layout(self._session, self._current.layout))

    def _take_in(self) -> None:
        self._choose(layout_editor.import_layout(self._session, self._page))

    def _hand_on(self) -> None:
        layout_editor.export_layout(self._current.layout, self._page)

    def _delete(self) -> None:
        layout_editor.delete_layout(self._session, self._current.layout.name)

    def _choose(self, name: str | None) -> bool:
        if name is not None:
            self._current.choose(name)
        return name is not None
