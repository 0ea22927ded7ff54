"""The facts and the wording that only this paper has: number, date, to whom, and each text the clerk may change."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from itadesk.documents import template
from itadesk.documents.document import fields_used
from itadesk.documents.layout import Layout, ParagraphPart, Text
from itadesk.domain.fields import field_of
from itadesk.domain.model import Document, DocumentText, Unit
from itadesk.domain.offices import executive
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import thai_text, theme
from itadesk.ui.current_document import CurrentDocument
from itadesk.ui.field_editors import CellEditor, ChoiceEditor
from itadesk.ui.field_form import FieldForm, fields_of
from itadesk.ui.session import FileSession

_FACTS = ("unit", "number", "date", "subject", "to", "digits", "grade")
_ALWAYS = {"subject", "digits"}
"""Of use in any report: the subject is the title of the PDF."""


class DocumentForm(QWidget):
    """The paper's own facts, as far as it prints them. Units of the office and the post of its head are offered."""

    def __init__(self, session: FileSession, current: CurrentDocument) -> None:
        super().__init__()
        self._session = session
        self._current = current
        self.form = FieldForm(fields_of(Document, _FACTS), {"unit": (), "to": ()})
        self.form.set_read_only(session.read_only)
        self.form.edited.connect(current.set_fact)
        layout = QVBoxLayout(self)
        layout.addWidget(self.form)
        layout.addStretch()
        current.changed.connect(self._show)
        self._show()

    def commit(self) -> None:
        self.form.commit()

    def _show(self) -> None:
        snapshot = self._session.snapshot
        units = [unit.name for unit in snapshot.children(Unit, snapshot.office.id)]
        for name, choices in (("unit", units), ("to", [executive(snapshot.office)])):
            editor = self.form.editors[name]
            if isinstance(editor, ChoiceEditor):
                editor.set_choices(choices)
        if code := snapshot.office.letter_code:
            self.form.editors["number"].set_placeholder(f"{code}/")
        document = self._current.document
        self.setEnabled(document is not None)
        if document is not None:
            self.form.show_row(document)
            used = fields_used(snapshot, self._current.layout, document)
            used |= _ALWAYS | ({"unit"} if "from" in used else set())
            self.form.show_only(name for name in _FACTS if name in used)


class TextsForm(QWidget):
    """Every text of the layout, each with a way back to the layout's own wording."""

    def __init__(self, session: FileSession, current: CurrentDocument) -> None:
        super().__init__()
        self._session = session
        self._current = current
        self._layout: Layout | None = None
        self.editors: dict[str, _TextEditor] = {}
        self._column = QVBoxLayout(self)
        current.changed.connect(self._show)
        self._show()

    def commit(self) -> None:
        for editor in self.editors.values():
            editor.editor.commit()

    def _show(self) -> None:
        if self._current.layout != self._layout:
            self._build(self._current.layout)
        self.setEnabled(self._current.document is not None)
        for name, editor in self.editors.items():
            editor.show_wording(self._current.own_text(name))

    def _build(self, layout: Layout) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        self._column.addWidget(_note())
        self._layout = layout
        self.editors = {name: _TextEditor(self._current, name) for name in layout.texts}
        for editor in self.editors.values():
            editor.set_read_only(self._session.read_only)
            self._column.addWidget(editor)
        self._column.addStretch()


def _note() -> QLabel:
    text = _("Words in braces, such as {office}, are filled in from the file when the report is printed.")
    note = QLabel(thai_text.display(text))
    note.setWordWrap(True)
    note.setStyleSheet(f"color: {theme.QUIET}")
    return note


class _TextEditor(QWidget):
    """One text of the layout: its label, the way back, and its wording."""

    def __init__(self, current: CurrentDocument, name: str) -> None:
        super().__init__()
        self._current = current
        self._name = name
        self._default = current.layout.texts[name].default
        label = QLabel(current.layout.texts[name].label)
        label.setTextFormat(Qt.TextFormat.PlainText)  # a form may come from anywhere
        self._restore = QToolButton()
        self._restore.setText(_("Restore the form's wording"))
        self._restore.clicked.connect(lambda: current.set_text(name, None))
        self.insert = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self.insert.setText(_("Insert a field"))
        self.insert.setMenu(self._field_menu())
        self.editor = CellEditor(field_of(DocumentText, "text"))
        self.editor.input.setAccessibleName(label.text())
        self.editor.committed.connect(self._take)
        label.setBuddy(self.editor)
        head = QHBoxLayout()
        head.addWidget(label, 1)
        head.addWidget(self._restore)
        head.addWidget(self.insert)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 6)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self.editor)

    def show_wording(self, own: str | None) -> None:
        """Show the clerk's wording, or the layout's where there is none."""
        self._restore.setVisible(own is not None)
        self.editor.set_text(self._default if own is None else own)

    def set_read_only(self, read_only: bool) -> None:
        self.editor.set_read_only(read_only)
        self._restore.setEnabled(not read_only)
        self.insert.setEnabled(not read_only)

    def _field_menu(self) -> QMenu:
        """What can be filled in, by the names that clerks know."""
        menu = QMenu(self)
        for name, label in template.LABELS.items():
            menu.addAction(_(label), partial(self._insert, name))
        menu.addSeparator()
        for name, text in _inner_texts(self._current.layout).items():
            if name != self._name:
                menu.addAction(text.label, partial(self._insert, name))
        return menu

    def _insert(self, name: str) -> None:
        assert isinstance(self.editor.input, QPlainTextEdit)
        self.editor.input.insertPlainText("{" + name + "}")
        self.editor.input.setFocus()

    def _take(self, text: str) -> None:
        known = {**template.LABELS, **self._current.layout.texts}
        try:
            template.check(text, known)
        except UserError as error:
            self.editor.set_fault(f"{error.message} {error.advice}")
            return
        self.editor.set_fault("")
        self._current.set_text(self._name, None if text == self._default else text)


def _inner_texts(layout: Layout) -> dict[str, Text]:
    """The texts that are no paragraph of their own: they are there to stand in others."""
    printed = {part.text for part in layout.parts if isinstance(part, ParagraphPart)}
    return {name: text for name, text in layout.texts.items() if name not in printed}
