"""The measures of the fiscal year and round in hand, as rows: what table, form, board and cards show and edit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from itadesk.domain import fields, progress
from itadesk.domain.fields import FIELDS, field_of
from itadesk.domain.model import Evidence, Measure, Progress, Round, Row, Status
from itadesk.domain.search import Search, folded
from itadesk.domain.snapshot import ChangeSet, Snapshot
from itadesk.i18n import _
from itadesk.storage import operations
from itadesk.storage.cell_operations import PROGRESS_FIELDS
from itadesk.ui import measure_order, messages
from itadesk.ui.measure_order import Order
from itadesk.ui.rows_model import Column, RowsModel
from itadesk.ui.session import FileSession

FIELD_NAMES = tuple(
    field.name for row_class in (Measure, Progress) for field in FIELDS[row_class] if field.name != "round"
)
"""All that is said of a measure and of its progress in one round; no name is in both."""
_NO_PROGRESS = Progress(id="", measure_id="", round=12)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure and its progress in the round in hand; None = nothing written. `status` is what counts and prints.

    `evidence`: how much of it there is for that round or the whole year.
    """

    measure: Measure
    progress: Progress | None
    evidence: int = 0

    @property
    def id(self) -> str:
        return self.measure.id

    @property
    def status(self) -> Status:
        return progress.status(self.measure, self.progress)


_Searched = tuple[MeasureRow, str]
"""A row, and all that is said in it, folded."""


class MeasureRows(RowsModel[MeasureRow]):
    """Follows the session; cells are written through it, each as one undo step.

    `rows_changed()` comes after the model holds other rows, or the same ones in another state.
    """

    rows_changed = Signal()

    def __init__(
        self, session: FileSession, columns: Sequence[Column[MeasureRow]], parent: QObject | None = None
    ) -> None:
        self._session = session
        self._texts: dict[str, _Searched] = {}
        self._said: tuple[Sequence[str], list[_Searched]] = (), []
        self._texts_of: Sequence[MeasureRow] = ()
        self._numbers_of: dict[str, int] = {}
        self._all: list[MeasureRow] = []
        self._order: Order | None = None
        self._hidden = self._missed = False
        self._arranged: list[MeasureRow] = []
        self._gather()
        rows = self._wanted()
        write = None if session.read_only else self._write
        super().__init__(columns, rows, write, draggable=not session.read_only, parent=parent)
        session.changed.connect(self._changed)
        session.place_changed.connect(self._fill)
        session.search_changed.connect(self._look)

    def find(self, measure_id: str | None) -> MeasureRow | None:
        """The row of a measure of the fiscal year in hand."""
        at = None if measure_id is None else self.position(measure_id)
        return None if at is None else self.rows[at]

    def set_hidden(self, hidden: bool) -> None:
        """While nobody sees the rows, no key of the search waits for them: what is looked for is found when shown."""
        self._hidden = hidden
        if self._missed:
            self._look()

    @property
    def order(self) -> Order | None:
        """The column by which the rows are shown sorted; None = as the report has them."""
        return self._order

    def sort_by(self, order: Order | None) -> None:
        """Show the rows in another order; the report keeps its own. What is edited then stays where it is shown."""
        self._order = order
        self._arrange()
        self._show()

    def _write(self, row: MeasureRow, name: str, value: fields.Value) -> bool:
        if isinstance(value, Status):
            set_status(self._session, [row], value)
            return True
        return write_field(self._session, row.id, self._session.round, name, value)

    def _changed(self, snapshot: Snapshot, changes: ChangeSet) -> None:
        if not changes.tables() & {"measure", "progress", "evidence"}:
            return
        if _moves_rows(changes):
            self._fill()
        else:
            self._refresh(snapshot, _measures_of(changes))

    def _fill(self) -> None:
        self._gather()
        self._show()

    def _show(self) -> None:
        self.set_rows(self._wanted())
        self.rows_changed.emit()

    def _look(self) -> None:
        """Another search: where it leaves the same rows, as most letters do, nobody has anything to do."""
        self._missed = self._hidden
        if self._hidden:
            return
        wanted = self._wanted()
        if wanted != self.rows:
            self.set_rows(wanted)
            self.rows_changed.emit()

    def _gather(self) -> None:
        """All rows of the year in hand; those that are still true are taken again."""
        session, known = self._session, {row.id: row for row in self._all}
        self._numbers_of = {}
        self._all = _rows(session.snapshot, _year_id(session), session.round, known)
        self._arrange()

    def _arrange(self) -> None:
        self._arranged = self._all
        year = self._session.fiscal_year
        if self._order is not None and year is not None:
            self._arranged = measure_order.arranged(self._all, self._order, year.year, value_of)

    def _wanted(self) -> list[MeasureRow]:
        """The rows that are looked for."""
        session, search, year = self._session, self._session.search, self._session.fiscal_year
        if year is None or search == Search():
            return self._arranged
        rows = self._saying(words) if (words := search.words) else self._arranged
        if search != Search(search.text):
            today = session.today()
            rows = [row for row in rows if search.fits(row.measure, row.progress, year.year, today)]
        return rows

    def prepare_search(self) -> None:
        """Fold the texts of all rows, so that the first letter is answered as fast as the others."""
        if self._texts_of is self._arranged:
            return
        known, self._texts = self._texts, {}
        for row in self._arranged:
            text = known.get(row.id)
            if text is None or text[0] is not row:  # each text is folded once for each state of its row
                text = row, folded(row.measure, row.progress)
            self._texts[row.id] = text
        self._texts_of = self._arranged
        self._said = (), list(self._texts.values())

    def _saying(self, words: Sequence[str]) -> list[MeasureRow]:
        """The rows with all these words in their texts; longer ones are looked for where the shorter were found."""
        self.prepare_search()
        shorter, found = self._said
        if not all(any(word in longer for longer in words) for word in shorter):
            found = list(self._texts.values())
        for word in words:
            found = [searched for searched in found if word in searched[1]]
        self._said = words, found
        return [row for row, _text in found]

    def text_at(self, at: int, column: int) -> str:
        """A measure keeps its number of the year when others are left out or stand before it."""
        if self.columns[column].text is not None:
            return super().text_at(at, column)
        if not self._numbers_of:
            self._numbers_of = {row.id: number for number, row in enumerate(self._all, 1)}
        return str(self._numbers_of.get(self.rows[at].id, 0))

    @property
    def last_number(self) -> int:
        return len(self._all)

    def _refresh(self, snapshot: Snapshot, measure_ids: set[str]) -> None:
        """Only these measures or their progress changed, none came, went or moved."""
        round_ = self._session.round
        fresh = {row.id: _row(snapshot, row.id, round_) for row in self._all if row.id in measure_ids}
        if not fresh:
            return
        self._all = [fresh.get(row.id, row) for row in self._all]
        self._arranged = [fresh.get(row.id, row) for row in self._arranged]
        # What is edited stays in sight, also when it is no longer what was looked for.
        self.set_rows([fresh.get(row.id, row) for row in self.rows])
        self.rows_changed.emit()


_NEW = MeasureRow(Measure(id="", fiscal_year_id="", ordinal=0), None)


def row_of(session: FileSession, measure_id: str | None) -> MeasureRow | None:
    """A measure of the file with its progress in the round in hand; None when it is not there."""
    snapshot = session.snapshot
    there = measure_id is not None and snapshot.get(Measure, measure_id) is not None
    return _row(snapshot, measure_id, session.round) if measure_id is not None and there else None


def write_field(session: FileSession, measure_id: str, round_: Round, name: str, value: fields.Value) -> bool:
    """Store one field of a measure, or of its progress in a round, as one undo step. False when refused."""
    label = _("Edit {field}").format(field=_(field(name).label))
    if name in PROGRESS_FIELDS:
        session.edit(label, operations.set_progress, measure_id, round_, **{name: value})
    else:
        session.edit(label, operations.set_field, Measure, measure_id, name, value)
    return value_of(_row(session.snapshot, measure_id, round_), name) == value


def set_status(session: FileSession, rows: Sequence[MeasureRow], status: Status) -> None:
    """Tick these measures in the round in hand as one undo step; those that are there already stay untouched."""
    if status is Status.NOT_STARTED and any(row.measure.continuous for row in rows):
        _say_continuous()
    ids = [row.id for row in rows if row.status is not status]
    if ids and not session.read_only:
        label = _("Set status to {status}").format(status=_(fields.STATUS_LABELS[status]))
        session.edit(label, operations.set_status, ids, session.round, status)


def _say_continuous() -> None:
    """Why the tick of a measure that goes on all year does not move to the first column."""
    if window := QApplication.activeWindow():
        messages.toast(window, _("A measure that goes on all year counts as in progress until it is done."))


def field(name: str) -> fields.Field:
    """The field of a measure or of its progress; no name is in both."""
    row_class: type[Row] = Progress if name in PROGRESS_FIELDS else Measure
    return field_of(row_class, name)


def value_of(row: MeasureRow, name: str) -> Any:
    """The value of a field of a measure or of its progress; what progress begins with when there is none."""
    return getattr((row.progress or _NO_PROGRESS) if name in PROGRESS_FIELDS else row.measure, name)


def value_shown(row: MeasureRow, name: str) -> Any:
    """The value that the table shows: of the status, the one that counts."""
    return row.status if name == "status" else value_of(row, name)


def nothing(name: str) -> Any:
    """What a field holds before anything is said of it."""
    return value_of(_NEW, name)


def read(name: str, text: str) -> Any:
    """The value that a text means for a field, nothing where it is empty. UserError when it means none.

    A status is understood in all the words that offices have for it; a number alone is none.
    """
    from itadesk.exchange import row_words

    described = field(name)
    if described.required and not text.strip():
        return nothing(name)
    words = name == "status" and not text.strip().isdecimal()
    if words and (status := row_words.status_named(text)) is not None:
        return status
    return fields.parse(described, text)


def number_column() -> Column[MeasureRow]:
    return Column("number", _("No."), alignment=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)


def column(
    name: str, text: Callable[[MeasureRow], str] | None = None, *, editable: bool = True
) -> Column[MeasureRow]:
    """A column for a field; `text` where a cell says more than the field's value."""
    described = field(name)
    return Column(
        name,
        _(described.label),
        text or (lambda row: fields.show(described, value_of(row, name))),
        described if editable else None,
    )


def status_column() -> Column[MeasureRow]:
    """The status that counts, to be picked."""
    return column("status", lambda row: _(fields.STATUS_LABELS[row.status]))


def evidence_column() -> Column[MeasureRow]:
    """How much evidence there is; nothing where there is none."""
    centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
    return Column("evidence", _("Evidence"), lambda row: str(row.evidence or ""), alignment=centre)


def _row(snapshot: Snapshot, measure_id: str, round_: Round) -> MeasureRow:
    measure, progress = snapshot.get(Measure, measure_id), snapshot.progress(measure_id, round_)
    assert measure is not None, "only measures that are there have a row"
    return MeasureRow(measure, progress, _evidence(snapshot, measure_id, round_))


def _evidence(snapshot: Snapshot, measure_id: str, round_: Round) -> int:
    return sum(row.round in (None, round_) for row in snapshot.children(Evidence, measure_id))


def _rows(
    snapshot: Snapshot, fiscal_year_id: str, round_: Round, shown: dict[str, MeasureRow]
) -> list[MeasureRow]:
    """A row for each measure; rows of `shown` that are still true are taken again, so that only news is news."""
    by_measure = {row.measure_id: row for row in snapshot.all(Progress).values() if row.round == round_}
    rows: list[MeasureRow] = []
    for measure in snapshot.children(Measure, fiscal_year_id):
        old, its = shown.get(measure.id), by_measure.get(measure.id)
        evidence = _evidence(snapshot, measure.id, round_)
        same = old is not None and old.measure is measure and old.progress is its and old.evidence == evidence
        rows.append(old if old is not None and same else MeasureRow(measure, its, evidence))
    return rows


def _year_id(session: FileSession) -> str:
    year = session.fiscal_year
    return "" if year is None else year.id


def _moves_rows(changes: ChangeSet) -> bool:
    """Whether measures came, went or changed places."""
    return any(
        _place(change.before) != _place(change.after)
        for change in changes.changes
        if isinstance(change.row, Measure)
    )


def _place(row: Row | None) -> tuple[str, int] | None:
    return (row.fiscal_year_id, row.ordinal) if isinstance(row, Measure) else None


def _measures_of(changes: ChangeSet) -> set[str]:
    """Ids of the measures that these changes concern."""
    rows = [change.row for change in changes.changes]
    return {row.id for row in rows if isinstance(row, Measure)} | {
        row.measure_id for row in rows if isinstance(row, (Progress, Evidence))
    }
