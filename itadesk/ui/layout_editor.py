"""The layout editor: one of the office's own forms of report is changed, and seen as it will be printed."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from itadesk.documents import layout_edits
from itadesk.documents.layout import Layout
from itadesk.documents.layout_edits import Place
from itadesk.documents.layouts import own_layout
from itadesk.domain.model import Document, LayoutText
from itadesk.domain.snapshot import TABLE_OF, ChangeSet, Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import layout_operations
from itadesk.ui import messages, thai_text, theme
from itadesk.ui.actions import WINDOW, action
from itadesk.ui.layout_details import Chosen, LayoutDetails
from itadesk.ui.layout_preview import LayoutPreview
from itadesk.ui.layout_tools import set_tab_order
from itadesk.ui.layout_tree import Change, LayoutTree
from itadesk.ui.session import FileSession

_LARGEST = QSize(1600, 1000)
_WIDTHS = (250, 440, 640)


class _Hand(NamedTuple):
    """What is in hand: the thing chosen, and which of its columns or lines."""

    chosen: Chosen
    item: int


class LayoutEditor(QDialog):
    """One of the office's own layouts: its parts, what can be set of the chosen one, and the report as it is printed.

    Each change is one undo step of the file. Undo goes back as far as the opening of the editor.
    """

    def __init__(
        self, session: FileSession, layout_name: str, document: Document | None, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._name = layout_name
        layout = own_layout(layout_name, session.snapshot)
        if layout is None:
            raise LookupError(f"no layout {layout_name}")
        self.layout_in_hand = layout
        self.chosen: Chosen = None
        self._hands: dict[int, tuple[_Hand, _Hand]] = {}
        self._first = self._last = session.undo_stack.index()
        self.tree = LayoutTree(read_only=session.read_only)
        self.details = LayoutDetails(self._store, read_only=session.read_only)
        self.pane = LayoutPreview(session, document)
        self.undo_action = self._action("undo", _("Undo"), self._undo, "Ctrl+Z")
        self.redo_action = self._action("redo", _("Redo"), self._redo, "Ctrl+Y", "Ctrl+Shift+Z")
        self._arrange()
        self.tree.chosen_changed.connect(self._choose)
        self.tree.acted.connect(self._act)
        self.tree.wording_wanted.connect(self.details.write)
        self.details.drafted.connect(self._preview)
        self.details.own_wanted.connect(self._make_own)
        session.changed.connect(self._follow)
        session.undo_stack.indexChanged.connect(self._name_steps)
        self._name_steps()
        self._show()
        self.pane.show_layout(self.layout_in_hand)
        self.tree.tree.setFocus()

    def done(self, result: int) -> None:
        """What is being typed is stored before the editor goes, or the clerk says that it may be lost."""
        there = own_layout(self._name, self._session.snapshot) is not None
        if there and not self._may_go_on():
            return
        self._session.changed.disconnect(self._follow)
        self._session.undo_stack.indexChanged.disconnect(self._name_steps)
        self.pane.finish()
        super().done(result)

    def _may_go_on(self) -> bool:
        """Store what is being typed; when that is refused the clerk says whether it may be lost."""
        self.details.commit()
        refused = self.details.refused()
        if refused is None:
            return True
        if messages.ask(self, refused.told, refused.reason, [_("&Go on without it")], careful=True) is None:
            refused.input.setFocus()
            return False
        self.details.renew()
        self._show()
        return True

    # Changing

    def _store(self, layout: Layout, what: str) -> None:
        self._edit(layout, _("Change the form: {what}").format(what=what), self._hand)

    def _edit(self, layout: Layout, label: str, before: _Hand) -> None:
        """One undo step; UserError for a layout that could not be read again."""
        text = layout_edits.stored_text(layout)
        stack = self._session.undo_stack
        at = stack.index()
        self._session.edit(label, layout_operations.set_layout, self._name, text)
        self._last = stack.index()
        if self._last > at:
            self._hands[self._last] = before, self._hand
        self._name_steps()

    def _act(self, label: str, change: Change) -> None:
        """Change what the layout consists of, and take in hand what the change is about."""
        if not self._may_go_on():
            return
        before = self._hand
        try:
            layout, self.chosen = change(self.layout_in_hand, before.chosen)
            self.details.renew()
            self._edit(layout, label, before)
        except UserError as error:
            self.chosen = before.chosen
            messages.show_error(self, error)
        self._show()
        if _section(self.chosen) != _section(before.chosen):
            self._look()

    def _make_own(self) -> None:
        def change(layout: Layout, chosen: Chosen) -> tuple[Layout, Chosen]:
            assert isinstance(chosen, Place), "a section or a part of it is chosen"
            return layout_edits.with_own_pages(layout, chosen.section), chosen

        self._act(_("Make the memo the form's own"), change)

    def _undo(self) -> None:
        if not self._may_go_on():
            return
        at = self._session.undo_stack.index()
        if at > self._first:
            self._walk(self._session.undo, self._hands.get(at, (self._hand,))[0])

    def _redo(self) -> None:
        if not self._may_go_on():
            return
        at = self._session.undo_stack.index()
        if at < self._last:
            self._walk(self._session.redo, self._hands.get(at + 1, (self._hand,))[-1])

    def _walk(self, step: Callable[[], None], hand: _Hand) -> None:
        """Undo or redo a step, and take in hand what was in hand before or after it."""
        before, self.chosen = self.chosen, hand.chosen
        self.details.renew()
        step()
        self._show()
        self.details.choose_item(hand.item)
        if _section(self.chosen) != _section(before):
            self._look()

    # Showing

    @property
    def _hand(self) -> _Hand:
        return _Hand(self.chosen, self.details.item)

    def _choose(self, chosen: Chosen) -> None:
        self.details.commit()
        if self.details.refused() is None:
            self._take(chosen)
        else:
            # The list has to do its part of the click first.
            QTimer.singleShot(0, self, lambda: self._leave_for(chosen))

    def _leave_for(self, chosen: Chosen) -> None:
        if self._may_go_on():
            self.chosen = chosen
        self._show()
        self._look()

    def _take(self, chosen: Chosen) -> None:
        self.chosen = chosen
        self.details.show_chosen(self.layout_in_hand, chosen)
        self._look()

    def _look(self) -> None:
        """Bring the section in hand into view."""
        if isinstance(self.chosen, Place):
            self.pane.go_to_section(self.chosen.section)

    def _follow(self, snapshot: Snapshot, changes: ChangeSet) -> None:
        if TABLE_OF[LayoutText] in changes.tables():
            layout = own_layout(self._name, snapshot)
            if layout is None:
                self.reject()
                return
            self.layout_in_hand = layout
            self._show()
        self._preview()

    def _preview(self, draft: Layout | None = None) -> None:
        self.pane.show_layout(draft or self.layout_in_hand)

    def _show(self) -> None:
        layout, chosen = self.layout_in_hand, self.chosen
        if isinstance(chosen, Place):
            self.chosen = layout_edits.nearest(layout, chosen)
        elif chosen is not None and chosen not in layout.texts:
            self.chosen = None
        self.setWindowTitle(_("Form of report: {title}").format(title=layout.title))
        self.tree.show_layout(layout, self.chosen)
        self.details.show_chosen(layout, self.chosen)

    def _name_steps(self) -> None:
        """Undo and redo say what they would undo and redo."""
        stack = self._session.undo_stack
        at = stack.index()
        for step, name, able, what in (
            (self.undo_action, _("Undo"), at > self._first, stack.undoText()),
            (self.redo_action, _("Redo"), at < self._last, stack.redoText()),
        ):
            step.setEnabled(able)
            step.setToolTip(f"{name} {what}" if able else name)

    # Building

    def _action(self, icon: str, text: str, act: Callable[[], None], *keys: str) -> QAction:
        return action(self, text, act, *keys, icon=theme.icon(icon), context=WINDOW)

    def _arrange(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        for widget in (self.tree, self.details, self.pane):
            splitter.addWidget(widget)
        splitter.setSizes(list(_WIDTHS))
        splitter.setStretchFactor(2, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(splitter, 1)
        layout.addLayout(self._foot())
        set_tab_order([*self.tree.tab_stops(), self.details.make_own])
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        room = self.screen().availableSize()
        self.resize(QSize(room.width() - 24, room.height() - 60).boundedTo(_LARGEST))

    def _foot(self) -> QHBoxLayout:
        note = QLabel(thai_text.display(_("Each change is stored at once and can be undone.")))
        note.setStyleSheet(f"color: {theme.QUIET}")
        close = QPushButton(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(lambda: self.accept())
        foot = QHBoxLayout()
        for step in (self.undo_action, self.redo_action):
            button = QToolButton()
            button.setDefaultAction(step)
            button.setAccessibleName(step.text())
            foot.addWidget(button)
        foot.addWidget(note)
        foot.addStretch()
        foot.addWidget(close)
        return foot


def _section(chosen: Chosen) -> int | None:
    return chosen.section if isinstance(chosen, Place) else None
