"""The table of offices: how far each is, who has not sent, and the sums below."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from itadesk.domain import thai
from itadesk.domain.consolidated import OfficeCounts, Sender, share, total
from itadesk.domain.progress import Counts
from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.collection.session import View
from itadesk.ui.collection.tables import CENTRE, RIGHT, SignDelegate, SortedTable
from itadesk.ui.rows_model import Column
from itadesk.ui.rows_table import PADDING, line_height

_WIDTHS = {
    "number": 40, "district": 96, "round": 62, "total": 78, "not_started": 74, "in_progress": 88, "done": 88,
    "share": 66, "overdue": 70, "received": 132, "version": 56,
}  # fmt: skip


@dataclass(frozen=True)
class OfficeRow:
    """An office that sent its file, one that did not (`counts` None), or the sum of all (`office` None too)."""

    id: str
    name: str
    district: str
    counts: Counts | None
    overdue: int = 0
    office: OfficeCounts | None = None
    noted: bool = False

    @property
    def is_missing(self) -> bool:
        return self.counts is None


def rows_of(view: View) -> list[OfficeRow]:
    """Those that sent in dictionary order, then those that did not in the district's own."""
    sent = [
        OfficeRow(one.office_id, one.full_name, one.district, one.counts, one.overdue, one,
                  bool(view.notes.get(one.office_id)))
        for one in view.offices
    ]  # fmt: skip
    return sent + [_missing(at, sender) for at, sender in enumerate(view.missing)]


def _missing(at: int, sender: Sender) -> OfficeRow:
    return OfficeRow(f"missing {at} {sender.full_name}", sender.full_name, sender.district, None)


def sum_of(rows: Iterable[OfficeRow]) -> OfficeRow:
    listed = list(rows)
    sent = [row for row in listed if row.counts is not None]
    name = _("Total of {sent} offices").format(sent=len(sent))
    if len(listed) > len(sent):
        name += _(", {missing} not sent").format(missing=len(listed) - len(sent))
    counts = total(row.counts for row in sent if row.counts is not None)
    return OfficeRow("total", name, "", counts, sum(row.overdue for row in sent))


def moment(text: str | None) -> str:
    """A stored date and time as clerks write it."""
    if not text:
        return ""
    at = dt.datetime.fromisoformat(text)
    return f"{thai.short_date(at.date())} {at:%H:%M}"


def _counted(pick: Callable[[Counts], int]) -> Callable[[OfficeRow], str]:
    return lambda row: "" if row.counts is None else str(pick(row.counts))


def _office(pick: Callable[[OfficeCounts], str]) -> Callable[[OfficeRow], str]:
    return lambda row: "" if row.office is None else pick(row.office)


def _received(row: OfficeRow) -> str:
    return _("Not sent yet") if row.is_missing else _office(lambda one: moment(one.received_at))(row)


def _done_share(counts: Counts) -> int:
    return share(counts.done, counts.total)


def _columns(*, numbered: bool = True) -> list[Column[OfficeRow]]:
    number = None if numbered else lambda _row: ""
    return [
        Column("number", _("No."), number, alignment=RIGHT),
        Column("name", _("Office"), lambda row: row.name + (" ✎" if row.noted else "")),
        Column("district", _("District"), lambda row: row.district),
        Column("round", _("Round"), _office(lambda one: str(one.round)), alignment=CENTRE),
        Column("total", _("Measures"), _counted(lambda one: one.total), alignment=RIGHT),
        Column("not_started", _("Not started"), _counted(lambda one: one.not_started), alignment=RIGHT),
        Column("in_progress", _("In progress"), _counted(lambda one: one.in_progress), alignment=RIGHT),
        Column("done", _("Done"), _counted(lambda one: one.done), alignment=RIGHT),
        Column("share", _("Done, %"), _counted(_done_share), alignment=RIGHT),
        Column(
            "overdue", _("Overdue"), lambda row: "" if row.is_missing else str(row.overdue), alignment=RIGHT
        ),
        Column("received", _("Received"), _received),
        Column("version", _("Version"), _office(lambda one: f"r{one.revision}"), alignment=RIGHT),
    ]


def _of_counts(pick: Callable[[Counts], Any]) -> Callable[[OfficeRow], Any]:
    return lambda row: None if row.counts is None else pick(row.counts)


def _of_office(pick: Callable[[OfficeCounts], Any]) -> Callable[[OfficeRow], Any]:
    return lambda row: None if row.office is None else pick(row.office)


_KEYS: Mapping[str, Callable[[OfficeRow], Any]] = {
    "name": lambda row: thai.sort_key(row.name),
    "district": lambda row: (thai.sort_key(row.district), thai.sort_key(row.name)),
    "round": _of_office(lambda one: one.round),
    "total": _of_counts(lambda one: one.total),
    "not_started": _of_counts(lambda one: one.not_started),
    "in_progress": _of_counts(lambda one: one.in_progress),
    "done": _of_counts(lambda one: one.done),
    "share": _of_counts(_done_share),
    "overdue": lambda row: None if row.is_missing else row.overdue,
    "received": _of_office(lambda one: one.received_at),
    "version": _of_office(lambda one: one.revision),
}


def _colour(row: OfficeRow, name: str) -> str:
    if row.is_missing:
        return theme.QUIET
    if name == "overdue" and row.overdue:
        return theme.FAULT
    return theme.STATUS_COLOURS.get(name, "")


class OfficeTable(QWidget):
    """The table, and below it one line of sums that stays in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.table: SortedTable[OfficeRow] = SortedTable(_columns(), _KEYS, _WIDTHS, _("Offices"))
        self.table.two_line_head()
        self.table.setItemDelegate(SignDelegate(self.table, _colour))
        self.sums: SortedTable[OfficeRow] = SortedTable(_columns(numbered=False), {}, _WIDTHS, _("Total"))
        self.sums.setItemDelegate(SignDelegate(self.sums, lambda _row, _name: ""))
        self._make_sums()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.table)
        layout.addWidget(self.sums)

    def show_view(self, view: View) -> None:
        rows = rows_of(view)
        self.table.fill(rows)
        self.sums.fill([sum_of(rows)])
        self.sums.setVisible(bool(rows))
        if self.table.current is None and rows:
            self.table.go_to(rows[0].id)

    def _make_sums(self) -> None:
        """The sums stand below their columns, whatever widths are pulled and however far one scrolls."""
        sums, table = self.sums, self.table
        sums.horizontalHeader().hide()
        sums.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sums.setSelectionMode(SortedTable.SelectionMode.NoSelection)
        for bars in (sums.setVerticalScrollBarPolicy, sums.setHorizontalScrollBarPolicy):
            bars(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        font = QFont(sums.font())
        font.setBold(True)
        sums.setFont(font)
        sums.setFixedHeight(line_height(sums) + 2 * PADDING + 2)
        for at in range(len(sums.rows.columns)):
            sums.horizontalHeader().setSectionResizeMode(at, sums.horizontalHeader().ResizeMode.Fixed)
            sums.setColumnWidth(at, table.columnWidth(at))
        table.horizontalHeader().sectionResized.connect(
            lambda at, _old, width: sums.setColumnWidth(at, width)
        )
        table.horizontalScrollBar().valueChanged.connect(sums.horizontalScrollBar().setValue)
