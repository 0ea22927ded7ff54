"""Receiving files: each is examined, the plan is shown before anything is written, then what was ticked is taken in."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTemporaryDir, Signal
from PySide6.QtGui import QKeyEvent
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
from itadesk.storage import faults
from itadesk.storage.collection import batch, gather
from itadesk.storage.collection.batch import Outcome
from itadesk.storage.collection.gather import Gathered
from itadesk.storage.collection.plan import Decision
from itadesk.ui import messages, theme
from itadesk.ui.collection import plan_rows
from itadesk.ui.collection.plan_detail import PlanDetail
from itadesk.ui.collection.plan_rows import PlanRow, Way
from itadesk.ui.collection.plan_table import PlanTable
from itadesk.ui.collection.session import CollectionSession
from itadesk.ui.collection.stream import Stream
from itadesk.ui.thai_text import display

if TYPE_CHECKING:
    from itadesk.storage.opener import Watch

_NAMED, _LISTED = 4, 40
"""Names of what was passed over that are told in the window, and in its tool tip."""


class PlanPage(QWidget):
    """`closed(changed)`: back to the offices, with whether anything was taken in."""

    closed = Signal(bool)

    def __init__(self, session: CollectionSession) -> None:
        super().__init__()
        self._session = session
        self._stream: Stream[Outcome | Gathered] = Stream(session.tasks, self)
        self._rows: dict[str, PlanRow] = {}
        self._mates: dict[str, list[str]] = {}
        self._count = self._far = 0
        self._changed = False
        self._room: QTemporaryDir | None = None
        """Where what came out of archives is."""
        self._passed_over: list[str] = []
        self.heading, self.passed = QLabel(), QLabel()
        for label in (self.heading, self.passed):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.passed.setStyleSheet(f"color: {theme.QUIET}")
        self.progress = QProgressBar()
        self.progress.setFormat("%v/%m")
        self.table = PlanTable()
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
        """Look at these files, and those in these folders, and show what taking them in would do.

        Those of the plan before are kept.
        """
        if self.running:
            messages.toast(self, _("Please wait until the files at hand are through, then add more."))
            return
        self._room = self._room or QTemporaryDir()
        if not self._room.isValid():
            messages.show_error(self, faults.this_computer(OSError(self._room.errorString())))
            return
        room, collection = Path(self._room.path()), self._session.collection
        if self._changed:  # what is left of the plan before may be something else by now
            paths = [*dict.fromkeys(row.path for row in self.rows if row.step and not row.result), *paths]

        def examined(watch: "Watch") -> Iterator[Outcome | Gathered]:
            found = gather.gather(paths, room, watch)
            yield found
            yield from (Outcome(path, refusal=refusal) for path, refusal in found.refused)
            yield from batch.planned(collection, found.files, watch)

        self._begin(0, _("Looking for the files…"), examined, self._planned, self._tell_plan)

    def apply(self) -> None:
        """Take in what is ticked, one file after another; stopping leaves the rest ticked."""
        wanted: dict[Path, list[PlanRow]] = {}
        for row in self.waiting:
            wanted.setdefault(row.path, []).append(row)
        if not wanted or self.running:
            return
        self._begin(
            len(wanted), _("Taking the files in…"), lambda watch: self._taking(wanted, watch),
            self._taken, self._tell_result,
        )  # fmt: skip

    def leave(self) -> None:
        """Back to the offices; what is not taken in by now is not."""
        if not self.running:
            self._rows.clear()
            self._passed_over.clear()
            self._room = None  # which empties it
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
        count: int,
        words: str,
        make: "Callable[[Watch], Iterator[Outcome | Gathered]]",
        take: Callable[[Outcome], None],
        tell: Callable[[], None],
    ) -> None:
        """`count`: how many files there are; none when they are still looked for."""
        self._say_begin(count, words)

        def took(outcome: Outcome | Gathered) -> None:
            if isinstance(outcome, Gathered):
                self._found(outcome)
                return
            self._far += 1
            self.progress.setValue(self._far)
            take(outcome)
            self._fill()

        def ended(error: Exception | None) -> None:
            tell()
            self.table.setFocus()
            if isinstance(error, UserError):
                messages.show_error(self, error)
            elif error is not None:
                raise error

        self._stream.start(make, took, ended)
        self._fill()

    def _say_begin(self, count: int, words: str) -> None:
        self._count, self._far = count, 0
        self.heading.setText(display(words))
        self.progress.setRange(0, self._count)
        self.progress.setValue(0)

    def _found(self, found: Gathered) -> None:
        count = len(found.files) + len(found.refused)
        self._say_begin(count, _("Examining the files… Nothing is taken in yet."))
        self._passed_over += found.passed_over
        self._forget({*found.files, *(path for path, _refusal in found.refused)})
        if not count:
            messages.toast(self, _("There are no office files (.itadesk) among them."))

    def _taking(self, wanted: dict[Path, list[PlanRow]], watch: "Watch") -> Iterator[Outcome]:
        collection = self._session.collection
        try:
            for path, rows in wanted.items():
                yield from batch.taken(
                    collection,
                    [path],
                    self._session.user,
                    lambda step, rows=rows: plan_rows.choice(rows, step),
                    watch,
                )
        finally:
            collection.settle()

    def _planned(self, outcome: Outcome) -> None:
        self._rows |= {row.id: row for row in plan_rows.rows_of(outcome)}

    def _taken(self, outcome: Outcome) -> None:
        for row in [row for row in self.rows if row.path == outcome.path]:
            self._rows[row.id] = plan_rows.done(row, outcome)
            self._changed = self._changed or outcome.refusal is None

    def _forget(self, paths: Collection[Path]) -> None:
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
        stays = "" if row is None or self.running else self._stays(row)
        self.detail.show_row(row, stays=stays, writable=not self.running)
        self._say_passed_over()

    def _stays(self, row: PlanRow) -> str:
        """Where several files bring this year of the office: which of them it will be in the end."""
        rows = [self._rows[row_id] for row_id in self._mates.get(row.id, ())]
        if len(rows) < 2 or row.result:
            return ""
        taken = next((one for one in rows if one.taken and one.way is Way.TAKE), None)
        if taken is not None:
            return _("In the end {file} stays.").format(file=taken.name)
        if any(one.step and one.step.held for one in rows):
            return _("In the end the version that is here now stays.")
        return _("None of them is taken in yet: please choose one.")

    def _say_passed_over(self) -> None:
        names = self._passed_over
        text = _("Passed over, for they are no office files: {names}").format(names=", ".join(names[:_NAMED]))
        if len(names) > _NAMED:
            text += " " + _("and {count} more").format(count=len(names) - _NAMED)
        self.passed.setText(display(text))
        listed = "<br>".join(map(escape, names[:_LISTED]))
        self.passed.setToolTip(f"<p>{listed}</p>")  # so that no name is taken for markup
        self.passed.setVisible(bool(names))

    def _tell_plan(self) -> None:
        self._rows = {row.id: row for row in plan_rows.compared(self.rows)}
        self._mates = plan_rows.mates(self.rows)
        if not self._rows:
            self.leave()
            return
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
            if len(ids) == 1 or way is not Way.TAKE or row.beside is None or row.is_newest:
                self._set(row, way)
        self._fill()

    def _choose(self, way: Way) -> None:
        if (row := self.table.current) is not None and not self.running:
            self._set(self._rows[row.id], way)
            self._fill()

    def _set(self, row: PlanRow, way: Way) -> None:
        """A file that is another office's is so in all its years."""
        self._go(row, way)
        if row.decision is not Decision.RIVAL or way is Way.LEAVE:
            return
        for other in [one for one in self.rows if one.path == row.path and one.taken]:
            if other.decision is Decision.RIVAL:
                self._go(other, way)

    def _go(self, row: PlanRow, way: Way) -> None:
        """Of several files that bring one year of an office only one is taken: what is ticked is what stays."""
        self._rows[row.id] = plan_rows.going(row, way)
        if way is Way.TAKE:
            for other in self._mates.get(row.id, ()):
                if other != row.id and self._rows[other].way is Way.TAKE:
                    self._rows[other] = replace(self._rows[other], way=Way.LEAVE)

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
        split.setSizes([400, 220])
        split.setChildrenCollapsible(False)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.close_button)
        foot.addWidget(self.apply_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addLayout(head)
        layout.addWidget(self.passed)
        layout.addWidget(split, 1)
        layout.addLayout(foot)
