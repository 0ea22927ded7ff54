"""The facts and the wording that only this paper has: number, date, to whom, and each text the clerk may change."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from itadesk.documents import layout_edits, template
from itadesk.documents.document import fields_used
from itadesk.documents.layout import Layout
from itadesk.domain.fields import field_of
from itadesk.domain.model import Document, DocumentText, Unit
from itadesk.domain.offices import executive
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.ui import thai_text, theme
from itadesk.ui.current_document import CurrentDocument
from itadesk.ui.field_editors import ChoiceEditor
from itadesk.ui.field_form import FieldForm, fields_of
from itadesk.ui.field_words import FieldWords
from itadesk.ui.session import FileSession
from itadesk.ui.wording_editor import InsertButton, WordingEditor
from itadesk.ui.writing_aids import WritingAids

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
        for editor in self.editors.values():
            editor.show_wording()

    def _build(self, layout: Layout) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        self._column.addWidget(_note())
        self._layout = layout
        self.editors = {name: _TextEditor(self._current, name) for name in layout.texts}
        for editor in self.editors.values():
            if isinstance(box := editor.editor.input, QPlainTextEdit):
                WritingAids(box, self._session, "wording")
            editor.set_read_only(self._session.read_only)
            self._column.addWidget(editor)
        self._column.addStretch()


def _note() -> QLabel:
    text = _("Words in braces, such as {office}, are filled in from the file when the report is printed.")
    office = FieldWords.of(template.LABELS).shown_field("office")
    note = QLabel(thai_text.display(text.format(office=office)))
    note.setWordWrap(True)
    note.setStyleSheet(f"color: {theme.QUIET}")
    return note


class _TextEditor(QWidget):
    """One text of the layout: its label, the way back, and its wording."""

    def __init__(self, current: CurrentDocument, name: str) -> None:
        super().__init__()
        self._current = current
        self._name = name
        text = current.layout.texts[name]
        self._default = text.default
        label = QLabel(text.label)
        label.setTextFormat(Qt.TextFormat.PlainText)  # a form may come from anywhere
        self._restore = QToolButton()
        self._restore.setText(_("Restore the form's wording"))
        self._restore.clicked.connect(lambda: current.set_text(name, None))
        self.editor = WordingEditor(field_of(DocumentText, "text"))
        self.editor.input.setAccessibleName(label.text())
        self.editor.committed.connect(self._take)
        self.editor.rested.connect(lambda: self._read(self.editor.text()))
        self.insert = InsertButton(self.editor, self._words)
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

    def show_wording(self) -> None:
        """Show the clerk's wording, or the layout's where there is none."""
        self._restore.setVisible(self._current.own_text(self._name) is not None)
        self.editor.set_text(self._words().shown(self._wording))

    def set_read_only(self, read_only: bool) -> None:
        self.editor.set_read_only(read_only)
        self._restore.setEnabled(not read_only)
        self.insert.setEnabled(not read_only)

    @property
    def _wording(self) -> str:
        own = self._current.own_text(self._name)
        return self._default if own is None else own

    def _worded(self) -> Layout:
        """The layout with the wordings of this document."""
        layout = self._current.layout
        own = {name: self._current.own_text(name) for name in layout.texts}
        texts = {
            name: text if own[name] is None else replace(text, default=own[name])
            for name, text in layout.texts.items()
        }
        return replace(layout, texts=texts)

    def _words(self) -> FieldWords:
        """Offered are the texts that are no paragraph of their own: they are there to stand in others."""
        layout = self._worded()
        inner = layout_edits.inserted_texts(layout)
        return FieldWords.in_layout(
            layout, (name for name in layout_edits.insertable(layout, self._name) if name in inner)
        )

    def _read(self, typed: str) -> str | None:
        """What is typed as it is stored; None after the reason why it cannot be was shown."""
        layout = self._worded()
        try:
            text = self._words().read(typed, layout.texts[self._name].label, self._wording)
            layout_edits.check_wording(layout, self._name, text)
        except UserError as error:
            self.editor.set_fault(f"{error.message} {error.advice}".strip())
            return None
        self.editor.set_fault("")
        return text

    def _take(self, typed: str) -> None:
        text = self._read(typed)
        if text is None:
            return
        self._current.set_text(self._name, None if text == self._default else text)
        if self._wording == text:
            self.editor.reset(self._words().shown(text))
        else:
            self.editor.set_fault(_("This is not stored yet."))
