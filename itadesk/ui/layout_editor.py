"""The office's own forms of report: edited in the program, copied, taken in from a file, handed on, deleted."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from itadesk import whole_file
from itadesk.documents import layout_edits, layout_toml
from itadesk.documents.layout import Layout
from itadesk.documents.layout_edits import Place
from itadesk.documents.layouts import built_in_layouts, layouts
from itadesk.domain import thai
from itadesk.domain.model import Document, LayoutText
from itadesk.domain.snapshot import TABLE_OF, ChangeSet, Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import layout_operations
from itadesk.ui import messages, thai_text, theme
from itadesk.ui.layout_details import Chosen, LayoutDetails
from itadesk.ui.layout_preview import LayoutPreview
from itadesk.ui.layout_tree import Change, LayoutTree
from itadesk.ui.session import FileSession

_ENDING = ".toml"
_LARGEST = QSize(1600, 1000)
_WIDTHS = (250, 440, 640)


# Keeping forms


def duplicate_layout(session: FileSession, layout: Layout) -> str | None:
    """Keep a copy of a layout in the office's file and say its name; None after the reason why not was shown."""
    year = session.fiscal_year
    if year is None:
        return _keep(session, layout, _("Copy a form"), layout_operations.add_layout)
    copy = layout_operations.copy_layout
    return _keep(session, layout, _("Copy a form"), partial(copy, model=layout.name, fiscal_year_id=year.id))


def import_layout(session: FileSession, parent: QWidget) -> str | None:
    """Take a layout in from a file that the clerk chooses, and say its name; None when there is none."""
    name, _kind = QFileDialog.getOpenFileName(
        parent, _("Take a form in from a file"), str(session.path.parent), _kinds()
    )
    if not name:
        return None
    try:
        layout = _read(Path(name))
    except UserError as error:
        messages.show_error(parent, error)
        return None
    return _keep(session, layout, _("Take a form in"), layout_operations.add_layout)


def export_layout(layout: Layout, parent: QWidget) -> None:
    """Write a layout to a file where the clerk says, for another office to take in."""
    path = _ask_path(parent, layout)
    if path is None:
        return
    try:
        whole_file.write(path, layout_toml.write(layout).encode())
    except UserError as error:
        messages.show_error(parent, error)
    else:
        messages.toast(parent, _("Saved as {name}").format(name=path.name))


def rename_layout(session: FileSession, name: str, title: str) -> None:
    """Give an own layout another name for the clerk; what the file calls it stays."""
    layout = replace(_own(session, name), title=title)
    session.edit(_("Rename a form"), layout_operations.set_layout, name, layout_edits.stored_text(layout))


def delete_layout(session: FileSession, name: str) -> None:
    """Take an own layout out of the office's file, as one step that can be undone."""
    session.edit(_("Delete a form"), layout_operations.delete_layout, name)


def _own(session: FileSession, name: str) -> Layout:
    """The office's own layout of that name; LookupError when it has none."""
    row = _row(session.snapshot, name)
    if row is None:
        raise LookupError(f"no layout {name}")
    return layout_toml.parse(row.toml, name)


def _row(snapshot: Snapshot, name: str) -> LayoutText | None:
    return next((row for row in snapshot.children(LayoutText) if row.name == name), None)


def _keep(session: FileSession, layout: Layout, label: str, verb: Callable[..., str]) -> str | None:
    """Store a layout as one more, under a name and a title that are free."""
    taken = {row.name for row in session.snapshot.children(LayoutText)}
    name = layout_edits.free_name(layout.name, taken | {built_in.name for built_in in built_in_layouts()})
    text = layout_edits.stored_text(replace(layout, title=_free_title(session, layout.title)))
    stored = session.edit(label, verb, name, text)
    return None if stored is None else name


def _free_title(session: FileSession, title: str) -> str:
    titles = {layout.title for layout in layouts(session.snapshot)}
    free, number = title, 2
    if title in titles:
        free = _("{title} (copy)").format(title=title)
    while free in titles:
        free = _("{title} (copy {number})").format(title=title, number=number)
        number += 1
    return free


def _read(path: Path) -> Layout:
    try:
        text = whole_file.read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            _("“{path}” is not a text in UTF-8.").format(path=path.name),
            _("Save it as UTF-8 and try again."),
        ) from error
    name = thai.normalise(path.stem).strip() or "layout"
    return layout_toml.parse(thai.normalise(text), name)


def _ask_path(parent: QWidget, layout: Layout) -> Path | None:
    """Where to write a layout; None when the clerk gives up."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, _("Save the form as a file"), folder, _kinds())
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(_ENDING)
    dialog.selectFile("".join("-" if letter in '<>:"/\\|?*' else letter for letter in layout.title) + _ENDING)
    chosen = dialog.selectedFiles()[0] if dialog.exec() else ""
    dialog.deleteLater()
    if not chosen or chosen.lower().endswith(_ENDING):
        return Path(chosen) if chosen else None
    return _named_anew(parent, Path(chosen + _ENDING))


def _named_anew(parent: QWidget, path: Path) -> Path | None:
    """Qt takes any dot for an ending ("แบบ พ.ศ. 2568"), and so has not asked about the file of this name."""
    if not path.exists():
        return path
    error = UserError(_("{name} exists already.").format(name=path.name), _("Please choose another name."))
    messages.show_error(parent, error)
    return None


def _kinds() -> str:
    return _("Forms of report") + f" (*{_ENDING})"


# The editor


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
        self.layout_in_hand = _own(session, layout_name)
        self.chosen: Chosen = None
        self._first = self._last = session.undo_stack.index()
        self.tree = LayoutTree(read_only=session.read_only)
        self.details = LayoutDetails(self._store, read_only=session.read_only)
        self.pane = LayoutPreview(session, document)
        self.undo_action = self._action("undo", _("Undo"), self._undo, "Ctrl+Z")
        self.redo_action = self._action("redo", _("Redo"), self._redo, "Ctrl+Y", "Ctrl+Shift+Z")
        self._arrange()
        self.tree.chosen_changed.connect(self._choose)
        self.tree.acted.connect(self._act)
        self.details.own_wanted.connect(self._make_own)
        session.changed.connect(self._follow)
        session.undo_stack.indexChanged.connect(self._name_steps)
        self._name_steps()
        self._show()
        self.pane.show_layout(self.layout_in_hand)
        self.tree.tree.setFocus()

    def done(self, result: int) -> None:
        """What is being typed is stored before the editor goes."""
        self.details.commit()
        self._session.changed.disconnect(self._follow)
        self._session.undo_stack.indexChanged.disconnect(self._name_steps)
        self.pane.finish()
        super().done(result)

    # Changing

    def _store(self, layout: Layout, what: str) -> None:
        self._edit(layout, _("Change the form: {what}").format(what=what))

    def _edit(self, layout: Layout, label: str) -> None:
        """One undo step; UserError for a layout that could not be read again."""
        text = layout_edits.stored_text(layout)
        self._session.edit(label, layout_operations.set_layout, self._name, text)
        self._last = self._session.undo_stack.index()
        self._name_steps()

    def _act(self, label: str, change: Change) -> None:
        """Change what the layout consists of, and take in hand what the change is about."""
        self.details.commit()
        before = self.chosen
        layout, self.chosen = change(self.layout_in_hand, before)
        self.details.renew()
        try:
            self._edit(layout, label)
        except UserError as error:
            messages.show_error(self, error)
        self._show()
        if _section(self.chosen) != _section(before):
            self._look()

    def _make_own(self) -> None:
        def change(layout: Layout, chosen: Chosen) -> tuple[Layout, Chosen]:
            assert isinstance(chosen, Place), "a section or a part of it is chosen"
            return layout_edits.with_own_pages(layout, chosen.section), chosen

        self._act(_("Make the memo the form's own"), change)

    def _undo(self) -> None:
        self.details.commit()
        if self._session.undo_stack.index() > self._first:
            self.details.renew()
            self._session.undo()

    def _redo(self) -> None:
        self.details.commit()
        if self._session.undo_stack.index() < self._last:
            self.details.renew()
            self._session.redo()

    # Showing

    def _choose(self, chosen: Chosen) -> None:
        self.chosen = chosen
        self.details.show_chosen(self.layout_in_hand, chosen)
        self._look()

    def _look(self) -> None:
        """Bring the section in hand into view."""
        if isinstance(self.chosen, Place):
            self.pane.go_to_section(self.chosen.section)

    def _follow(self, snapshot: Snapshot, changes: ChangeSet) -> None:
        if TABLE_OF[LayoutText] in changes.tables():
            if _row(snapshot, self._name) is None:
                self.reject()
                return
            self.layout_in_hand = _own(self._session, self._name)
            self._show()
        self.pane.show_layout(self.layout_in_hand)

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
        for action, name, able, what in (
            (self.undo_action, _("Undo"), at > self._first, stack.undoText()),
            (self.redo_action, _("Redo"), at < self._last, stack.redoText()),
        ):
            action.setEnabled(able)
            action.setToolTip(f"{name} {what}" if able else name)

    # Building

    def _action(self, icon: str, text: str, act: Callable[[], None], *keys: str) -> QAction:
        action = QAction(theme.icon(icon), text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda: act())
        return action

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
        for action in (self.undo_action, self.redo_action):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            foot.addWidget(button)
        foot.addWidget(note)
        foot.addStretch()
        foot.addWidget(close)
        return foot


def _section(chosen: Chosen) -> int | None:
    return chosen.section if isinstance(chosen, Place) else None
