"""The foot of the window: office, place in hand, counts per status, and how the file stands to the work."""

import datetime as dt

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from itadesk.domain.fields import ROUND_LABELS, STATUS_LABELS
from itadesk.domain.model import Status
from itadesk.domain.progress import Counts, counts
from itadesk.domain.snapshot import ChangeSet, Snapshot
from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.session import FileSession, SaveState, Saving

COUNTED = frozenset({"office", "fiscal_year", "measure", "progress"})


class StatusLine(QWidget):
    """A click on the state of the file tries to publish at once."""

    def __init__(self, session: FileSession) -> None:
        super().__init__()
        self._session = session
        self.place = _Elided()
        self.counts = {status: QLabel() for status in Status}
        self.saving = QToolButton(autoRaise=True)
        self.saving.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.saving.clicked.connect(lambda: session.publish_now())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.addWidget(self.place)
        for status, label in self.counts.items():
            picture = QLabel()
            picture.setPixmap(theme.status_icon(status).pixmap(QSize(14, 14)))
            layout.addSpacing(10)
            layout.addWidget(picture)
            layout.addWidget(label)
        layout.addStretch(1)
        layout.addWidget(self.saving)
        session.changed.connect(self._changed)
        session.place_changed.connect(self._count)
        session.saved.connect(self._show_saving)
        self._count()
        self._show_saving(session.save_state)

    def _changed(self, snapshot: Snapshot, changes: ChangeSet) -> None:
        if changes.tables() & COUNTED:
            self._count()

    def _count(self) -> None:
        snapshot, year = self._session.snapshot, self._session.fiscal_year
        now = Counts(0, 0, 0) if year is None else counts(snapshot, year.id, self._session.round)
        numbers = {
            Status.NOT_STARTED: now.not_started,
            Status.IN_PROGRESS: now.in_progress,
            Status.DONE: now.done,
        }
        for status, label in self.counts.items():
            label.setText(f"{_(STATUS_LABELS[status])} {numbers[status]}")
        place = [snapshot.office.full_name]
        if year is not None:
            place += [
                _("Fiscal year {year}").format(year=year.year),
                _(ROUND_LABELS[self._session.round]),
                _("{count} measures").format(count=now.total),
            ]
        self.place.setText(" · ".join(filter(None, place)))
        self.place.setToolTip(self.place.text())

    def _show_saving(self, state: SaveState) -> None:
        icon, text = ("locked", _("View only")) if self._session.read_only else _saving_words(state)
        self.saving.setIcon(theme.icon(icon))
        self.saving.setText(text)
        self.saving.setToolTip(state.trouble.message if state.trouble else _("Everything is kept by itself."))


class _Elided(QLabel):
    """One line that gives way to its neighbours: what has no room is cut off in the middle, never at the end."""

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("…") * 4, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        QPainter(self).drawText(room, Qt.AlignmentFlag.AlignVCenter, text)


def _saving_words(state: SaveState) -> tuple[str, str]:
    match state.saving:
        case Saving.SAVED:
            return "status_done", _("Saved {time}").format(time=_clock(state.at)) if state.at else _("Saved")
        case Saving.WAITING:
            return "status_in_progress", _("Kept; into the file in a moment")
        case Saving.RUNNING:
            return "save", _("Saving…")
        case Saving.FAILED:
            return "warning", _("Not yet in the file – try again")


def _clock(at: dt.datetime) -> str:
    return at.astimezone().strftime("%H:%M")
