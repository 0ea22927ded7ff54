"""What can be done with the forms of report: change one, copy it, take one in from a file, hand one on, delete one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from itadesk.documents.layouts import broken_layouts, own_layout
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import messages, own_layouts, theme
from itadesk.ui.actions import action
from itadesk.ui.current_document import CurrentDocument
from itadesk.ui.layout_editor import LayoutEditor
from itadesk.ui.session import FileSession


class LayoutMenu(QObject):
    """A button with its menu. Only the office's own forms can be changed; a built-in one is copied first."""

    def __init__(self, page: QWidget, session: FileSession, current: CurrentDocument) -> None:
        super().__init__(page)
        self._page = page
        self._session = session
        self._current = current
        self.change = self._action("", self._change)
        self.copy = self._action(_("Co&py this form"), self._copy)
        self.take_in = self._action(_("&Take a form in from a file…"), self._take_in)
        self.hand_on = self._action(_("&Save this form as a file…"), self._hand_on)
        self.delete = self._action(_("&Delete this form"), self._delete)
        self.broken = QMenu(_("Delete a form that cannot be &read"))
        theme.show_whole(self.broken)
        self.broken.setToolTipsVisible(True)
        self.button = QToolButton()
        self.button.setText(_("Change the form"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = theme.menu(self.button)
        menu.addActions([self.change, self.copy, self.delete, self.take_in, self.hand_on])
        menu.insertSeparator(self.take_in)
        menu.insertMenu(self.take_in, self.broken)
        menu.aboutToShow.connect(self._follow)
        self.button.setMenu(menu)
        self._follow()

    @property
    def _own(self) -> bool:
        """Is the form in hand the office's own?"""
        return own_layout(self._current.layout.name, self._session.snapshot) is not None

    def _action(self, text: str, act: Callable[[], object]) -> QAction:
        return action(self._page, text, partial(self._try, act))

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            messages.show_error(self._page, error)

    def _follow(self) -> None:
        writing = not self._session.read_only
        self.change.setText(_("&Change this form…") if self._own else _("Copy and &change this form…"))
        for change in (self.change, self.copy, self.take_in):
            change.setEnabled(writing)
        self.delete.setEnabled(writing and self._own)
        broken = broken_layouts(self._session.snapshot) if writing else {}
        self.broken.menuAction().setVisible(bool(broken))
        self.broken.clear()
        for name, fault in broken.items():
            delete = partial(own_layouts.delete_layout, self._session, self._page, name, name)
            entry = self.broken.addAction(name.replace("&", "&&"), delete)
            entry.setToolTip(f"{fault.message}\n{fault.advice}".strip())

    def _change(self) -> None:
        """Of a built-in form a copy is changed: the built-in one stays as it is for everybody."""
        if self._own:
            self._edit()
            return
        if self._copy():
            copied = self._session.undo_stack.index()
            self._edit()
            if self._session.undo_stack.index() == copied:
                self._session.undo()  # nothing was changed, so no copy is wanted

    def _edit(self) -> None:
        editor = LayoutEditor(self._session, self._current.layout.name, self._current.document, self._page)
        editor.exec()
        editor.deleteLater()

    def _copy(self) -> bool:
        return self._choose(own_layouts.duplicate_layout(self._session, self._current.layout))

    def _take_in(self) -> None:
        self._choose(own_layouts.import_layout(self._session, self._page))

    def _hand_on(self) -> None:
        own_layouts.export_layout(self._current.layout, self._page)

    def _delete(self) -> None:
        layout = self._current.layout
        own_layouts.delete_layout(self._session, self._page, layout.name, layout.title)

    def _choose(self, name: str | None) -> bool:
        if name is not None:
            self._current.choose(name)
        return name is not None
