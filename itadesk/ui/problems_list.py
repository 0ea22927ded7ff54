"""What looks wrong in the data that a report prints; a double click leads to the measure."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from itadesk.domain import lint
from itadesk.domain.lint import Problem
from itadesk.i18n import _
from itadesk.ui import thai_text, theme
from itadesk.ui.current_document import CurrentDocument
from itadesk.ui.newest import Newest
from itadesk.ui.session import FileSession

_PAUSE = 400
"""Milliseconds after a change before the data is looked through again."""
_ICONS = {"error": "warning", "warning": "warning", "info": "info"}


class ProblemsList(QWidget):
    """`measure_wanted(str)` brings the id of the measure to go to; `counted(int)` how many problems there are."""

    measure_wanted = Signal(str)
    counted = Signal(int)

    def __init__(self, session: FileSession, current: CurrentDocument) -> None:
        super().__init__()
        self._session = session
        self._current = current
        self.problems: list[Problem] = []
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
        """Look through the data that the report in hand prints, in the background."""
        self._timer.stop()
        document, snapshot = self._current.document, self._session.snapshot
        if document is None:
            self._show([])
            return
        round_ = document.round or self._session.round
        told = (self._current.layout.fields, document, tuple(self._current.signatories))
        job = partial(lint.lint, snapshot, document.fiscal_year_id, round_, *told)
        self._newest.ask(job, self._show, _raise)

    def _show(self, problems: list[Problem]) -> None:
        self.problems = problems
        row = self.list.currentRow()
        self.list.clear()
        for problem in self.problems:
            self.list.addItem(_item(problem))
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        found = _("Advice only: the report prints all the same. Double click to go to the measure.")
        self.note.setText(thai_text.display(found if self.problems else _("Nothing looks wrong.")))
        self.counted.emit(len(self.problems))

    def _go(self, item: QListWidgetItem) -> None:
        if measure_id := item.data(Qt.ItemDataRole.UserRole):
            self.measure_wanted.emit(measure_id)


def _item(problem: Problem) -> QListWidgetItem:
    words = f"{problem.measure}. {problem.message}" if problem.measure is not None else problem.message
    item = QListWidgetItem(theme.icon(_ICONS[problem.severity]), thai_text.display(words))
    item.setData(Qt.ItemDataRole.UserRole, problem.measure_id)
    return item


def _raise(error: Exception) -> None:
    raise error
