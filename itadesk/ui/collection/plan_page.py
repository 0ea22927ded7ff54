"""Receiving files: each is examined, the plan is shown before anything is written, then what was ticked is taken in."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage.collection import batch
from itadesk.storage.collection.plan import Decision
from itadesk.ui import messages, theme
from itadesk.ui.collection import plan_rows
from itadesk.ui.collection.plan_detail import PlanDetail
from itadesk.ui.collection.plan_rows import PlanRow, Way
from itadesk.ui.collection.session import CollectionSession
from itadesk.ui.collection.stream import Stream
from itadesk.ui.collection.tables import CENTRE, SignDelegate, SortedTable
from itadesk.ui.rows_model import Column
from itadesk.ui.thai_text import display

if TYPE_CHECKING:
    from itadesk.storage.collection.batch import Outcome
    from itadesk.storage.opener import Watch

_TICKED, _OPEN = "☑", "☐"
_WIDTHS = {"tick": 46, "file": 250, "year": 64, "decision": 190, "news": 260, "way": 250}


def _columns() -> list[Column[PlanRow]]:
    return [
        Column("tick", _("Accept"), _tick, alignment=CENTRE),
        Column("file", _("File"), lambda row: row.path.name),
        Column("office", _("Office"), lambda row: row.office),
        Column("year", _("Year"), lambda row: row.year, alignment=CENTRE),
        Column("decision", _("What it is"), lambda row: row.word),
        Column("news", _("Differences"), lambda row: plan_rows.tally_words(row.tally)),
        Column("way", _("What is done"), _done),
    ]


def _tick(row: PlanRow) -> str:
    return (_TICKED if row.taken else _OPEN) if row.ways else ""


def _done(row: PlanRow) -> str:
    if row.result or row.step is None:
        return row.result or row.message
    if not row.ways:
        return _("Nothing to do")
    return plan_rows.way_words(row.step.decision, row.way)


def _colour(row: PlanRow, name: str) -> str:
    attention = row.step is None or row.step.decision in (Decision.FORK, Decision.RIVAL)
    if name == "decision":
        return theme.FAULT if attention else ""
    return "" if row.ways or row.result else theme.QUIET


def _icon(row: PlanRow, name: str) -> QIcon | None:
    return theme.icon(row.icon) if name == "decision" else None


class _PlanTable(SortedTable[PlanRow]):
    """`toggled(ids)`: a click on the tick of one, or the space bar for all that are selected."""

    toggled = Signal(list)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            index = self.indexAt(event.position().toPoint())
            if index.isValid() and index.column() == 0:
                self.toggled.emit([self.model_rows.row(index).id])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggled.emit(self.selected_ids())
        else:
            super().keyPressEvent(event)


class PlanPage(QWidget):
    """`closed(changed)`: back to the offices, with whether anything was taken in."""

    closed = Signal(bool)

    def __init__(self, session: CollectionSession) -> None:
        super().__init__()
        self._session = session
        self._stream: Stream[Outcome] = Stream(session.tasks, self)
        self._rows: dict[str, PlanRow] = {}
        self._count = self._far = 0
        self._changed = False
        self.heading = QLabel()
        self.heading.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setFormat("%v/%m")
        self.table = _PlanTable(
            _columns(), {"file": lambda row: row.path.name, "decision": lambda row: row.word}, _WIDTHS,
            _("Files to take in"),
        )  # fmt: skip
        self.table.setItemDelegate(SignDelegate(self.table, _colour, _icon))
        self.table.toggled.connect(self._toggle)
        self.table.opened.connect(lambda row: self._toggle([row.id]))
        self.detail = PlanDetail()
        self.detail.way_chosen.connect(self._choose)
        self.table.selectionModel().currentChanged.connect(lambda _new, _old: self._follow())
        self.apply_button, self.stop_button, self.close_button = QPushButton(), QPushButton(), QPushButton()
        self.apply_button.clicked.connect(self.apply)
        self.stop_button.setText(_("Stop"))
        self.stop_button.clicked.connect(self._stream.stop)
        self.close_button.setText(_("Back to the offices"))
        self.close_button.clicked.connect(self.leave)
        self._lay_out()

    @property
    def rows(self) -> list[PlanRow]:
        return list(self._rows.values())

    @property
    def running(self) -> bool:
        return self._stream.running

    @property
    def waiting(self) -> list[PlanRow]:
        """What is still to be taken in."""
        return [row for row in self.rows if row.taken]

    def examine(self, paths: Sequence[Path]) -> None:
        """Look at these files and show what taking them in would do; those of the plan before are kept."""
        if self.running:
            messages.toast(self, _("Please wait until the files at hand are through, then add more."))
            return
        self._forget(paths)
        collection = self._session.collection
        self._begin(
            paths, _("Examining the files… Nothing is taken in yet."),
            lambda watch: batch.planned(collection, paths, watch), self._planned, self._tell_plan,
        )  # fmt: skip

    def apply(self) -> None:
        """Take in what is ticked, one file after another; stopping leaves the rest ticked."""
        wanted: dict[Path, list[PlanRow]] = {}
        for row in self.waiting:
            wanted.setdefault(row.path, []).append(row)
        if not wanted or self.running:
            return
        self._begin(
            list(wanted), _("Taking the files in…"), lambda watch: self._taking(wanted, watch),
            self._taken, self._tell_result,
        )  # fmt: skip

    def leave(self) -> None:
        """Back to the offices; what is not taken in by now is not."""
        if not self.running:
            self._rows.clear()
            changed, self._changed = self._changed, False
            self.closed.emit(changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def stop(self) -> None:
        """The collection is to be closed: end soon."""
        self._stream.stop()

    # Streams

    def _begin(
        self,
        paths: Sequence[Path],
        words: str,
        make: "Callable[[Watch], Iterator[Outcome]]",
        take: "Callable[[Outcome], None]",
        tell: Callable[[], None],
    ) -> None:
        self._count, self._far = len(paths), 0
        self.heading.setText(display(words))
        self.progress.setRange(0, self._count)
        self.progress.setValue(0)

        def took(outcome: "Outcome") -> None:
            self._far += 1
            self.progress.setValue(self._far)
            take(outcome)
            self._fill()

        def ended(error: Exception | None) -> None:
            self._fill()
            tell()
            self.table.setFocus()
            if isinstance(error, UserError):
                messages.show_error(self, error)
            elif error is not None:
                raise error

        self._stream.start(make, took, ended)
        self._fill()

    def _taking(self, wanted: "dict[Path, list[PlanRow]]", watch: "Watch") -> "Iterator[Outcome]":
        for path, rows in wanted.items():
            yield from batch.taken(
                self._session.collection,
                [path],
                self._session.user,
                lambda step, rows=rows: plan_rows.choice(rows, step),
                watch,
            )

    def _planned(self, outcome: "Outcome") -> None:
        self._rows |= {row.id: row for row in plan_rows.rows_of(outcome)}

    def _taken(self, outcome: "Outcome") -> None:
        for row in [row for row in self.rows if row.path == outcome.path]:
            self._rows[row.id] = plan_rows.done(row, outcome)
            self._changed = self._changed or outcome.refusal is None

    def _forget(self, paths: Sequence[Path]) -> None:
        self._rows = {key: row for key, row in self._rows.items() if row.path not in paths and not row.result}

    # Showing

    def _fill(self) -> None:
        self.table.fill(self.rows)
        if self.table.current is None and self._rows:
            self.table.go_to(next(iter(self._rows)))
        running, count = self.running, len({row.path for row in self.waiting})
        self.progress.setVisible(running)
        self.stop_button.setVisible(running)
        self.close_button.setEnabled(not running)
        self.apply_button.setText(_("T&ake in {count} files").format(count=count))
        self.apply_button.setEnabled(bool(count) and not running)
        self._follow()

    def _follow(self) -> None:
        row = self.table.current
        twice = row is not None and row.step is not None and self._times(row) > 1
        self.detail.show_row(row, twice=twice, writable=not self.running)

    def _times(self, row: PlanRow) -> int:
        """How many files bring this year of this office."""
        assert row.step is not None
        places = Counter((one.step.office_id, one.step.fiscal_year) for one in self.rows if one.step)
        return places[row.step.office_id, row.step.fiscal_year]

    def _tell_plan(self) -> None:
        words = Counter(row.word for row in self.rows)
        told = ", ".join(f"{word} {count}" for word, count in words.items())
        text = _(
            "{files} files examined: {told}. Nothing is taken in yet: look through the ticks, then take in."
        )
        if self._far < self._count:
            text = _("Stopped after {files} files: {told}. Nothing is taken in yet.")
        self.heading.setText(display(text.format(files=len({row.path for row in self.rows}), told=told)))
        self._fill()

    def _tell_result(self) -> None:
        finished = len({row.path for row in self.rows if row.result})
        left = len({row.path for row in self.waiting})
        text = _("{count} files are through; what became of each stands at its right.")
        if left:
            text = _("Stopped: {count} files are through, {left} are still ticked and can be taken in now.")
        self.heading.setText(display(text.format(count=finished, left=left)))
        self._fill()

    # Choosing

    def _toggle(self, ids: Sequence[str]) -> None:
        """These rows are taken as they are best taken, or left, all as the current one."""
        current = self.table.current
        if current is None or self.running:
            return
        take = not current.taken
        for row_id in ids:
            row = self._rows[row_id]
            way = next((way for way in row.ways if (way is not Way.LEAVE) == take), row.way)
            self._set(row, way)
        self._fill()

    def _choose(self, way: Way) -> None:
        if (row := self.table.current) is not None and not self.running:
            self._set(self._rows[row.id], way)
            self._fill()

    def _set(self, row: PlanRow, way: Way) -> None:
        """A file that is another office's is so in all its years."""
        self._rows[row.id] = plan_rows.going(row, way)
        rival = row.step is not None and row.step.decision is Decision.RIVAL
        if not rival or way is Way.LEAVE:
            return
        for other in [one for one in self.rows if one.path == row.path and one.taken]:
            if other.step and other.step.decision is Decision.RIVAL:
                self._rows[other.id] = replace(other, way=way)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.progress)
        head.addWidget(self.stop_button)
        self.progress.setFixedWidth(240)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        split.setSizes([420, 200])
        split.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.close_button)
        foot.addWidget(self.apply_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addLayout(head)
        layout.addWidget(split, 1)
        layout.addLayout(foot)
