"""The tab of offices: the table, and beside it the office in hand with the district's note."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QLabel, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from itadesk.domain.consolidated import OfficeCounts
from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.collection.note_box import NoteBox
from itadesk.ui.collection.office_table import OfficeRow, OfficeTable
from itadesk.ui.collection.session import CollectionSession, View
from itadesk.ui.thai_text import display


class OfficesTab(QWidget):
    """All signals carry the office in hand."""

    look_wanted = Signal(object)
    versions_wanted = Signal(object)
    measures_wanted = Signal(object)

    def __init__(self, session: CollectionSession) -> None:
        super().__init__()
        self._session = session
        self.offices = OfficeTable()
        self.table = self.offices.table
        self.table.opened.connect(self._opened)
        self.table.selectionModel().currentChanged.connect(lambda _new, _old: self.follow())
        self.table.model_rows.modelReset.connect(self.follow)
        self.name = QLabel()
        self.name.setWordWrap(True)
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        self.look_button = self._button(_("&Look into its file"), self.look_wanted)
        self.versions_button = self._button(_("Versio&ns received…"), self.versions_wanted)
        self.measures_button = self._button(_("&Measures of this office"), self.measures_wanted)
        self.note = NoteBox(session)
        self.note.kept.connect(self._mark_note)
        self._lay_out()

    @property
    def begins_at(self) -> QWidget:
        return self.table

    @property
    def office(self) -> OfficeCounts | None:
        """The office in hand, if it has sent something."""
        row = self.table.current
        return None if row is None else row.office

    def show_view(self, view: View) -> None:
        self._stack.setCurrentIndex(0 if view.offices or view.missing else 1)
        self.note.know(view.notes, view.year)
        self.offices.show_view(view)
        self.follow()

    def follow(self) -> None:
        """Show the office in hand."""
        row, office = self.table.current, self.office
        self.name.setText("" if row is None else display(row.name))
        for button in (self.look_button, self.versions_button, self.measures_button):
            button.setEnabled(office is not None)
        self.note.go_to(office.office_id if office else None, self._session.view.year)

    def _opened(self, row: OfficeRow) -> None:
        if row.office is not None:
            self.look_wanted.emit(row.office)

    def _mark_note(self, office_id: str, text: str) -> None:
        """Which offices have a note is seen in the table."""
        at = self.table.model_rows.position(office_id)
        if at is not None and self.table.shown[at].noted != bool(text):
            self._session.load()

    def _button(self, text: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(lambda: signal.emit(self.office))
        return button

    def _lay_out(self) -> None:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(4, 0, 0, 0)
        for widget in (
            self.name, self.look_button, self.versions_button, self.measures_button, self.note,
        ):  # fmt: skip
            column.addWidget(widget)
        side.setMinimumWidth(210)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.offices)
        split.addWidget(side)
        split.setStretchFactor(0, 1)
        split.setSizes([1100, 230])
        split.setChildrenCollapsible(False)
        nothing = QLabel(
            display(
                _(
                    "No office has sent a file yet.\n\nDrop what came by e-mail or on a stick on this window: files"
                    " (.itadesk), folders or ZIP files; or press"
                    " “Take files in”.\nYou see what each of them is before anything is taken in."
                )
            )
        )
        nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        nothing.setWordWrap(True)
        nothing.setStyleSheet(f"color: {theme.QUIET}")
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self._stack)
