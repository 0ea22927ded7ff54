"""The district's note on the office in hand: typed, and kept at once."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage.collection import reviews
from itadesk.ui import theme
from itadesk.ui.collection.session import CollectionSession

_PAUSE = 600
"""Milliseconds after the last letter until the note is kept."""

Place = tuple[str, int]
"""Office id and fiscal year."""


class NoteBox(QWidget):
    """One note is written at a time, so the last letter typed is the last one kept. `kept(office id, text)`."""

    kept = Signal(str, str)

    def __init__(self, session: CollectionSession) -> None:
        super().__init__()
        self._session = session
        self._place: Place | None = None
        self._known: dict[Place, str] = {}
        self._unsaved: dict[Place, str] = {}
        self._writing = False
        self._refused: dict[Place, UserError] = {}
        self.heading = QLabel(_("District's note"))
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.heading.text())
        self.text.setPlaceholderText(
            _("A note on this office. It stays when the office sends its file again.")
        )
        self.text.textChanged.connect(self._typed)
        self.text.installEventFilter(self)
        self.state = QLabel()
        self.state.setStyleSheet(f"color: {theme.QUIET}")
        self.state.setWordWrap(True)
        self._timer = QTimer(self, singleShot=True)
        self._timer.setInterval(_PAUSE)
        self._timer.timeout.connect(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.heading, self.text, self.state):
            layout.addWidget(widget)

    def know(self, notes: Mapping[str, str], year: int | None) -> None:
        """The notes of a year, as they are kept."""
        if year is not None:
            self._known = {place: text for place, text in self._known.items() if place[1] != year}
            self._known |= {(office, year): text for office, text in notes.items()}
        self._refused.clear()  # the collection answers, so what was refused may pass now
        self.keep()
        if self._place is not None and self._place not in self._unsaved:
            self._show(self._known.get(self._place, ""))

    def go_to(self, office_id: str | None, year: int | None) -> None:
        """The note on another office; the one before is kept."""
        place = None if office_id is None or year is None else (office_id, year)
        if place == self._place:
            return
        self.keep()
        self._place = place
        self.text.setEnabled(place is not None)
        self.state.clear()
        if place is not None and (error := self._refused.get(place)) is not None:
            self._say_refused(error)
        self._show("" if place is None else self._unsaved.get(place, self._known.get(place, "")))

    def keep(self) -> None:
        """Write what was typed and is not kept yet; what was refused waits until it is typed anew."""
        self._timer.stop()
        place = next((place for place in self._unsaved if place not in self._refused), None)
        if self._writing or place is None:
            return
        text, before, user = self._unsaved[place], self._known.get(place, ""), self._session.user
        self._writing = True
        self._session.write(
            lambda connection: reviews.note(connection, *place, text, before, user),
            lambda kept: self._kept(place, text, kept),
            lambda error: self._refuse(place, text, error),
        )

    def finish(self) -> UserError | None:
        """Everything typed is kept now; else the reason why not."""
        self._refused.clear()
        self.keep()
        while self._writing:
            self._session.tasks.wait()
        return next(iter(self._refused.values()), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.keep()
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        if self._place is not None:
            self._unsaved[self._place] = self.text.toPlainText()
            self._refused.pop(self._place, None)
            self.state.clear()
            self._timer.start()

    def _kept(self, place: Place, written: str, kept: str) -> None:
        self._writing = False
        self._known[place] = kept
        if self._unsaved.get(place) == written:
            del self._unsaved[place]
            if place == self._place:
                self.state.setText(_("Kept."))
                if kept != written:
                    self._show(kept)
        self.kept.emit(place[0], kept)
        self.keep()

    def _refuse(self, place: Place, text: str, error: UserError) -> None:
        self._writing = False
        if self._unsaved.get(place) == text:  # else it was typed anew meanwhile
            self._refused[place] = error
            if place == self._place:
                self._say_refused(error)
        self.keep()

    def _say_refused(self, error: UserError) -> None:
        self.state.setText(_("Not kept: {why}").format(why=f"{error.message} {error.advice}".strip()))

    def _show(self, text: str) -> None:
        if self.text.toPlainText() != text:
            self.text.blockSignals(True)
            self.text.setPlainText(text)
            self.text.blockSignals(False)
