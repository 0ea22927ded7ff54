"""The evidence of a measure in the round in hand and of the whole year: links and files, added, opened, taken out."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
)

from itadesk import whole_file
from itadesk.domain import file_names, links
from itadesk.domain.fields import ROUND_LABELS, Value, field_of
from itadesk.domain.model import Evidence
from itadesk.domain.snapshot import ChangeSet, Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.ui import messages, thai_text, theme
from itadesk.ui.attached_total import AttachedTotal
from itadesk.ui.buttons import icon_button
from itadesk.ui.evidence_intake import EvidenceIntake
from itadesk.ui.evidence_table import EvidenceRows, EvidenceTable
from itadesk.ui.file_drops import local_files
from itadesk.ui.link_editor import LinkEditor
from itadesk.ui.new_files import size_words
from itadesk.ui.opened_files import OpenedFiles
from itadesk.ui.section import Section
from itadesk.ui.session import FileSession


class EvidenceList(Section):
    """Shows the evidence of the measure it is told to. Every change is one undo step.

    `begun()`: the keyboard was taken here, perhaps out of sight.
    """

    begun = Signal()

    def __init__(self, session: FileSession) -> None:
        super().__init__(_("Evidence"))
        self._session = session
        self._measure: str | None = None
        self._opened = OpenedFiles()
        self.total = AttachedTotal(session)
        self.intake = EvidenceIntake(session, self)
        self.intake.working.connect(self.refresh)
        self.intake.added.connect(self._show_added)
        acts = {
            "open": self.open,
            "save": self.save,
            "remove": self.remove,
            "up": partial(self.move_current, -1),
            "down": partial(self.move_current, 1),
            "paste": self.paste,
        }
        self.model = EvidenceRows(self._size_of, None if session.read_only else self._write)
        self.table = EvidenceTable(self.model, acts)
        self.table.menu_wanted.connect(self._fill_menu)
        self.table.selectionModel().currentRowChanged.connect(self._follow)
        words = (
            ("open", "open", _("Open")),
            ("save", "save", _("Save as…")),
            ("paste", "paste", _("Paste a picture, a file or a link (Ctrl+V)")),
            ("remove", "remove", _("Remove the evidence")),
            ("up", "up", _("Move up")),
            ("down", "down", _("Move down")),
        )
        self.buttons = {name: icon_button(icon, text, acts[name]) for name, icon, text in words}
        for button in self.buttons.values():
            self.tools.addWidget(button)
        self.link = LinkEditor(field_of(Evidence, "url"))
        self.link.set_placeholder(_("Type or paste a link, then Enter"))
        self.link.input.installEventFilter(self)
        self.link.committed.connect(self._take_link)
        self.attach = QPushButton(theme.icon("clip"), _("Attach files…"))
        self.attach.clicked.connect(self._choose_files)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setStyleSheet(f"color: {theme.QUIET}")
        self._arrange()
        session.changed.connect(self._changed)
        self.refresh()

    def show_measure(self, measure_id: str | None) -> None:
        """Show the evidence of a measure; a link being typed stays only with its own."""
        if measure_id != self._measure:
            self._measure = measure_id
            self.link.reset("")
        self.refresh()

    def commit(self) -> None:
        """Store what is being typed."""
        self.table.commit()
        self.link.commit()

    def begin(self) -> None:
        """Take the keyboard to the evidence, or to where a link is typed."""
        (self.table if self.model.rows else self.link.input).setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.begun.emit()

    def refresh(self) -> None:
        rows, session = self._all(), self._session
        shown = [row for row in rows if row.round in (None, session.round)]
        self.model.set_rows(shown)
        self.heading.setText(_("Evidence ({count})").format(count=len(shown)) if shown else _("Evidence"))
        self.table.setVisible(bool(shown))
        self.table.fit()
        self._say(len(rows) - len(shown))
        self._follow()

    # What can be done

    def add_files(self, paths: Sequence[Path], _at: object = None) -> None:
        """Attach files to the measure in hand."""
        if self.takes_files and self._measure:
            self.intake.add_files(self._measure, paths)

    def paste(self) -> None:
        """Take what was copied: files, a link, or a picture."""
        if self.takes_files and self._measure and not self.intake.paste(self._measure):
            messages.toast(self, _("What was copied is no picture, no file and no link."))

    def open(self) -> None:
        """Show the current evidence in the program that the system has for it; what might run is saved instead."""
        row = self.current
        if row is None:
            return
        try:
            if row.attachment is not None:
                if not self._opened.open(row.file_name, self._bytes(row)):
                    messages.toast(
                        self, _("Files of this kind are not opened from here. Save it, then look at it.")
                    )
                    self.save()
            elif row.url:
                links.check(row.url)
                QDesktopServices.openUrl(QUrl(row.url))
            elif not self._session.read_only:
                self.table.edit_cell(row.id, self.model.column("title"))
        except UserError as error:
            messages.show_error(self, error)

    def save(self) -> None:
        """Write the current file where the clerk wants it."""
        row = self.current
        if row is None or row.attachment is None:
            return
        suggested = self._session.path.parent / file_names.safe(row.file_name)
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the file"), str(suggested))
        if not chosen:
            return
        try:
            whole_file.write(Path(chosen), self._bytes(row))
        except UserError as error:
            messages.show_error(self, error)
            return
        messages.toast(self, _("Saved as {name}.").format(name=Path(chosen).name))

    def remove(self) -> None:
        row = self.current
        if row is not None and self.takes_files:
            self._session.edit(_("Remove evidence"), operations.delete_row, Evidence, row.id)

    def move_current(self, step: int) -> None:
        """One place up (-1) or down (1) among those shown; others of the measure keep their places."""
        row, at = self.current, self.table.currentIndex().row() + step
        if row is None or not self.takes_files or not 0 <= at < len(self.model.rows):
            return
        others = [other.id for other in self._all() if other.id != row.id]
        to_index = others.index(self.model.rows[at].id) + (step > 0)
        self._session.edit(_("Move evidence"), operations.move_row, Evidence, row.id, to_index)
        self._follow()

    @property
    def current(self) -> Evidence | None:
        index = self.table.currentIndex()
        return self.model.row(index) if index.isValid() else None

    # Adding

    @property
    def takes_files(self) -> bool:
        """Whether anything can be added here."""
        return self._measure is not None and not self._session.read_only

    def _take_link(self, text: str) -> None:
        """What was typed; several links at once are one step."""
        typed_here = self.link.input.hasFocus()
        try:
            added = self.intake.add_typed_links(self._measure, text) if self._measure else None
        except UserError as error:
            self.link.set_fault(f"{error.message} {error.advice}".strip())
            return
        if added is not None or not text.strip(" -"):
            self.link.reset("")
        if (
            added and typed_here and self.model.position(added) is not None
        ):  # another measure may be shown by now
            self.table.edit_cell(added, self.model.column("title"))

    def _choose_files(self) -> None:
        folder = str(self._session.path.parent)
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Choose files to attach"), folder)
        if chosen:
            self.add_files([Path(name) for name in chosen])

    def _show_added(self, measure: str, ids: list[str]) -> None:
        if measure == self._measure:
            self.refresh()
            self.table.select(ids[-1:])

    # Showing

    def _all(self) -> list[Evidence]:
        return self._session.snapshot.children(Evidence, self._measure) if self._measure else []

    def _size_of(self, row: Evidence) -> str:
        size = self.total.sizes.get(row.attachment or "")
        return "" if size is None else size_words(size)

    def _say(self, elsewhere: int) -> None:
        """What is going on, or how evidence is added while there is none, or that there is more in the other round."""
        said: list[str] = []
        if self.intake.waiting:
            said.append(_("Making the files ready…"))
        elif not self.model.rows and self.takes_files:
            said.append(_("Drop files or pictures here, paste them with Ctrl+V, or add a link."))
        if elsewhere:
            other = next(round_ for round_ in ROUND_LABELS if round_ != self._session.round)
            text = _("{count} more in the {round}").format(count=elsewhere, round=_(ROUND_LABELS[other]))
            said.append(text)
        self.note.setText(thai_text.display(" · ".join(said)))
        self.note.setVisible(bool(said))

    def _follow(self) -> None:
        """Offer what can be done with the current row."""
        row, writing = self.current, self.takes_files
        at, last = self.table.currentIndex().row(), len(self.model.rows) - 1
        self.buttons["open"].setEnabled(row is not None and bool(row.attachment or row.url))
        self.buttons["save"].setEnabled(row is not None and row.attachment is not None)
        self.buttons["remove"].setEnabled(writing and row is not None)
        self.buttons["up"].setEnabled(writing and at > 0)
        self.buttons["down"].setEnabled(writing and 0 <= at < last)
        for widget in (self.buttons["paste"], self.link, self.attach):
            widget.setEnabled(writing)

    def _fill_menu(self, menu: QMenu) -> None:
        for name in ("open", "save"):
            self._offer(menu, name)
        if self.takes_files and self.current is not None:
            index = self.table.currentIndex()
            edit = menu.addAction(_("&Edit"), lambda: self.table.edit(index))
            edit.setShortcut(QKeySequence("F2"))
        menu.addSeparator()
        for name in ("paste", "remove", "up", "down"):
            self._offer(menu, name)

    def _offer(self, menu: QMenu, name: str) -> None:
        button = self.buttons[name]
        action = menu.addAction(button.icon(), button.accessibleName(), button.click)
        action.setEnabled(button.isEnabled())

    def _changed(self, _snapshot: Snapshot, changes: ChangeSet) -> None:
        if "evidence" in changes.tables():
            self.refresh()

    def _write(self, row: Evidence, name: str, value: Value) -> bool:
        label = _("Change {field}").format(field=_(field_of(Evidence, name).label))
        self._session.edit(label, operations.set_field, Evidence, row.id, name, value)
        stored = self._session.snapshot.get(Evidence, row.id)
        return stored is not None and getattr(stored, name) == value

    def _bytes(self, row: Evidence) -> bytes:
        data = self._session.attachment(row.attachment or "")
        if data is None:
            raise UserError(_("The file “{name}” is not in the office file.").format(name=row.file_name))
        return data

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where a link is pasted, a picture or file may be pasted as well."""
        if (
            watched is self.link.input
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.matches(QKeySequence.StandardKey.Paste)
        ):
            data = QApplication.clipboard().mimeData()
            if local_files(data) or (data.hasImage() and not data.text().strip()):
                self.paste()
                return True
        return super().eventFilter(watched, event)

    # Building

    def _arrange(self) -> None:
        adding = QHBoxLayout()
        adding.addWidget(self.link, 1)
        adding.addWidget(self.attach, 0, Qt.AlignmentFlag.AlignTop)
        assert isinstance(self.link.input, QLineEdit)
        self.link.input.addAction(theme.icon("link"), QLineEdit.ActionPosition.LeadingPosition)
        self.body.addWidget(self.table)
        self.body.addWidget(self.note)
        self.body.addLayout(adding)
        self.body.addWidget(self.total)
