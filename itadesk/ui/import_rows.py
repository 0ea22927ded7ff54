"""The rows of a table that measures are taken from: what each was understood as, under what its columns hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt

from itadesk.domain.fields import FIELDS, STATUS_LABELS
from itadesk.domain.model import Measure, Progress
from itadesk.exchange.columns import Column as SourceColumn
from itadesk.exchange.headings import LEFT_OUT, NUMBER, STATUS_COLUMNS
from itadesk.exchange.measure_cells import place_of
from itadesk.exchange.reading import Kind, ReadRow
from itadesk.i18n import N_, _
from itadesk.ui import import_outcome, thai_text
from itadesk.ui.import_outcome import Outcome
from itadesk.ui.rows_model import Column, RowsModel

KIND_LABELS = {
    Kind.GROUP: N_("Group"),
    Kind.HEAD: N_("Headings"),
    Kind.OUTSIDE: N_("Passed over"),
    Kind.HIDDEN: N_("Hidden in the file"),
    Kind.LEFT_OUT: N_("Left out"),
}


def target_label(target: str) -> str:
    """What the clerk calls a target of a column."""
    labels = {field.name: field.label for row_class in (Measure, Progress) for field in FIELDS[row_class]}
    labels |= {name: STATUS_LABELS[status] for status, name in STATUS_COLUMNS.items()}
    labels |= {NUMBER: N_("Row number"), LEFT_OUT: N_("Not taken"), "evidence": N_("Evidence")}
    return _(labels[target])


@dataclass(frozen=True)
class ShownRow:
    """One row of the source as it is understood at the moment, and what would become of it."""

    read: ReadRow
    outcome: str
    alone: int | None = None
    """The column that shows all that a row says which is no measure; its own may hold numbers and be narrow."""

    @property
    def id(self) -> str:
        return f"{self.read.table}.{self.read.row}"

    @property
    def taken(self) -> bool:
        return self.read.kind not in (Kind.LEFT_OUT, Kind.HIDDEN)


class ImportRows(RowsModel[ShownRow]):
    """The rows of tables that have the same columns; the first of those tables is `table`."""

    def __init__(self, width: int, parent: QObject | None = None) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        columns = [
            Column[ShownRow]("taken", _("Take"), _tick, alignment=centre),
            Column[ShownRow]("kind", _("Understood as"), _kind),
        ]
        columns += [Column[ShownRow](f"text{at}", "", _text_of(at)) for at in range(width)]
        columns.append(Column[ShownRow]("status", _("Status"), _status))
        columns.append(
            Column[ShownRow]("warnings", _("To look at"), lambda row: "\n".join(row.read.warnings))
        )
        super().__init__(columns, parent=parent)
        self.first_text = 2
        self._titles: list[str] = []

    def show_outcome(self, outcome: Outcome, tables: Sequence[int], *, only_remarked: bool) -> None:
        """Show what was understood of these tables, which have the same columns; of all rows or those with remarks."""
        reading = outcome.reading
        self._titles = [_title(column) for column in reading.columns[tables[0]]]
        wanted = set(tables)
        self.set_rows(
            ShownRow(row, import_outcome.told(outcome.of(row)), _alone(row, reading.columns[row.table]))
            for row in reading.rows
            if row.table in wanted and (row.warnings or not only_remarked)
        )
        last = self.first_text + len(self._titles) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, self.first_text, last)

    def source_column(self, section: int) -> int | None:
        """The column of the source under a section of the head; None for a column of our own."""
        at = section - self.first_text
        return at if 0 <= at < len(self._titles) else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        at = self.source_column(section)
        if at is not None and orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return thai_text.display(self._titles[at])
            if role == Qt.ItemDataRole.ToolTipRole:
                return _("Click to say what the column holds.")
        return super().headerData(section, orientation, role)


def _title(column: SourceColumn) -> str:
    label = target_label(column.target)
    if column.round is not None:
        label += f" ({column.round})"
    return f"{label} ▾"


def _tick(row: ShownRow) -> str:
    """What rows that are no measures say is not taken anyway."""
    return "✓" if row.read.kind in (Kind.MEASURE, Kind.CONTINUED, Kind.GROUP) else ""


def _kind(row: ShownRow) -> str:
    number = 0 if row.read.measure is None else row.read.measure + 1
    match row.read.kind:
        case Kind.MEASURE:
            return _("Measure {number}").format(number=number) + f"\n{row.outcome}"
        case Kind.CONTINUED:
            return _("Measure {number}, continued").format(number=number)
        case kind:
            return _(KIND_LABELS[kind])


def _status(row: ShownRow) -> str:
    """Where it was not in a column of the table."""
    return "" if row.read.told is None else _(STATUS_LABELS[row.read.told])


def _text_of(at: int) -> Callable[[ShownRow], str]:
    def text(row: ShownRow) -> str:
        if row.alone is not None:
            return "\n".join(filter(None, row.read.texts)) if at == row.alone else ""
        return row.read.texts[at] if at < len(row.read.texts) else ""

    return text


def _alone(row: ReadRow, columns: Sequence[SourceColumn]) -> int | None:
    """A row with one text that is no measure stands where the titles are."""
    if row.kind not in (Kind.GROUP, Kind.OUTSIDE) or sum(map(bool, row.texts)) != 1:
        return None
    return place_of(columns, "title")
