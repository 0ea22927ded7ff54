"""What looks wrong in the data that a report prints; a double click leads to its place."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from itadesk.i18n import _
from itadesk.ui import thai_text, theme
from itadesk.ui.current_document import CurrentDocument
from itadesk.ui.newest import Newest
from itadesk.ui.report_advice import Advice, advice
from itadesk.ui.session import FileSession

_PAUSE = 400
"""Milliseconds after a change before the data is looked through again."""


class ProblemsList(QWidget):
    """`place_wanted(Place)` says where the clerk wants to go; `counted(int)` how many problems there are."""

    place_wanted = Signal(object)
    counted = Signal(int)

    def __init__(self, session: FileSession, current: CurrentDocument) -> None:
        super().__init__()
        self._session = session
        self._current = current
        self.advice: list[Advice] = []
        self._newest = Newest(session.tasks, self)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setStyleSheet(f"color: {theme.QUIET}")
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName(_("Problems of the data"))
        self.list.itemActivated.connect(self._go)
        layout = QVBoxLayout(self)
        layout.addWidget(self.note)
        layout.addWidget(self.list, 1)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.look)
        current.changed.connect(self._timer.start)
        self._timer.start()

    def commit(self) -> None:
        """Nothing is typed here."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._timer.isActive():
            self._timer.start(0)

    def look(self) -> None:
        """Look through what the report in hand prints, in the background."""
        self._timer.stop()
        document = self._current.document
        if document is None:
            self._show([])
            return
        round_ = document.round or self._session.round
        told = (self._session.snapshot, self._current.layout, document, round_)
        job = partial(advice, *told, tuple(self._current.signatories))
        self._newest.ask(job, self._show, _raise)

    def _show(self, found: list[Advice]) -> None:
        self.advice = found
        row = self.list.currentRow()
        self.list.clear()
        for one in found:
            icon = theme.icon("warning" if one.sure else "info")
            self.list.addItem(QListWidgetItem(icon, thai_text.display(one.text)))
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        told = _("Advice only: the report prints all the same. Double click to go to the place.")
        self.note.setText(thai_text.display(told if found else _("Nothing looks wrong.")))
        self.counted.emit(len(found))

    def _go(self, item: QListWidgetItem) -> None:
        self.place_wanted.emit(self.advice[self.list.row(item)].place)


def _raise(error: Exception) -> None:
    raise error
