"""The tab of offices against indicators: in each cell how many measures are done of how many."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QLabel, QToolTip, QVBoxLayout, QWidget

from itadesk.domain.consolidated import CellCounts, OfficeCounts
from itadesk.i18n import _
from itadesk.storage.collection import counts
from itadesk.ui import theme
from itadesk.ui.collection.charts_tab import indicator_words
from itadesk.ui.collection.session import CollectionSession, View
from itadesk.ui.collection.tables import CENTRE, SignDelegate, SortedTable
from itadesk.ui.rows_model import Column
from itadesk.ui.thai_text import display


@dataclass(frozen=True)
class MatrixRow:
    id: str
    name: str
    cells: Mapping[str, CellCounts]


class MatrixTab(QWidget):
    """`measures_wanted(office id, indicator or None, None)`: a cell was double-clicked, or Enter pressed on it."""

    measures_wanted = Signal(object, object, object)

    def __init__(self, session: CollectionSession) -> None:
        super().__init__()
        self._session = session
        self._stale = True
        self.table: _Matrix | None = None
        said = QLabel(
            display(_("Done / all measures of the indicator; ! = some are overdue, – = the office has none."))
        )
        said.setStyleSheet(f"color: {theme.QUIET}")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 4, 0, 0)
        self._layout.addWidget(said)
        self._layout.addStretch()

    @property
    def begins_at(self) -> QWidget | None:
        return self.table

    def show_view(self, view: View) -> None:
        self._stale = True
        if self.isVisible():
            self.look()

    def look_if_stale(self) -> None:
        if self._stale:
            self.look()

    def look(self) -> None:
        """Ask for the counts of the year that is seen."""
        self._stale = False
        view, round_, today = self._session.view, self._session.round, self._session.today()
        year = view.year
        if year is None:
            self._show(view, [])
            return
        self._session.ask(
            "matrix",
            lambda connection: counts.by_office_and_indicator(connection, today, year, round_),
            lambda cells: self._show(view, cells),
        )

    def _show(self, view: View, cells: list[CellCounts]) -> None:
        codes = sorted({cell.indicator for cell in cells}, key=counts.indicator_order)
        if self.table is None or self.table.codes != codes or self.table.year != view.year:
            self._make(codes, view.year)
        assert self.table is not None
        self.table.fill(_rows(view.offices, cells))

    def _make(self, codes: list[str], year: int | None) -> None:
        """A table of these columns, in place of the one before."""
        if self.table is not None:
            self._layout.removeWidget(self.table)
            self.table.deleteLater()
        else:
            self._layout.takeAt(1)
        self.table = _Matrix(codes, year)
        self.table.wanted.connect(lambda row, code: self.measures_wanted.emit(row.id, code, None))
        self._layout.addWidget(self.table, 1)


def _rows(offices: tuple[OfficeCounts, ...], cells: list[CellCounts]) -> list[MatrixRow]:
    by_office: dict[str, dict[str, CellCounts]] = {}
    for cell in cells:
        by_office.setdefault(cell.office_id, {})[cell.indicator] = cell
    return [MatrixRow(one.office_id, one.full_name, by_office.get(one.office_id, {})) for one in offices]


class _Matrix(SortedTable[MatrixRow]):
    """`wanted(row, indicator or None)`."""

    wanted = Signal(object, object)

    def __init__(self, codes: list[str], year: int | None) -> None:
        self.codes, self.year = codes, year
        columns = [Column[MatrixRow]("office", _("Office"), lambda row: row.name)]
        columns += [
            Column(f"indicator {code}", code or _("None"), _said(code), alignment=CENTRE) for code in codes
        ]
        widths = {column.name: 84 for column in columns[1:]} | {"office": 260 if len(codes) > 8 else 0}
        keys = {f"indicator {code}": _key(code) for code in codes}
        super().__init__(columns, keys, widths, _("Offices and indicators"))
        self.setItemDelegate(SignDelegate(self, _colour))
        self.opened.connect(self._want)

    def viewportEvent(self, event: QEvent) -> bool:
        """The heads are numbers; what they are called is said over each cell."""
        if isinstance(event, QHelpEvent):
            at = self.columnAt(event.pos().x()) - 1
            QToolTip.showText(event.globalPos(), self._name(at) if at >= 0 else "", self)
            return True
        return super().viewportEvent(event)

    def _name(self, at: int) -> str:
        return indicator_words(self.codes[at], self.year)

    def _want(self, row: MatrixRow) -> None:
        at = self.currentIndex().column() - 1
        self.wanted.emit(row, self.codes[at] if at >= 0 else None)


def _said(code: str) -> Callable[[MatrixRow], str]:
    def said(row: MatrixRow) -> str:
        cell = row.cells.get(code)
        if cell is None:
            return "–"
        return f"{cell.counts.done}/{cell.counts.total}{' !' if cell.overdue else ''}"

    return said


def _key(code: str) -> Callable[[MatrixRow], float | None]:
    def key(row: MatrixRow) -> float | None:
        cell = row.cells.get(code)
        return None if cell is None else cell.counts.done / max(cell.counts.total, 1)

    return key


def _colour(row: MatrixRow, name: str) -> str:
    cell = row.cells.get(name.removeprefix("indicator "))
    if name == "office":
        return ""
    if cell is None:
        return theme.QUIET
    if cell.overdue:
        return theme.FAULT
    return theme.STATUS_COLOURS["done"] if cell.counts.done == cell.counts.total else ""
