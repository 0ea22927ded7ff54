"""The table of the plan: what each file is, whether it is ticked, what is done with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent

from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.collection import plan_rows
from itadesk.ui.collection.plan_rows import PlanRow
from itadesk.ui.collection.tables import CENTRE, SignDelegate, SortedTable
from itadesk.ui.rows_model import Column

_TICKED, _OPEN = "☑", "☐"
_WIDTHS = {"tick": 46, "file": 250, "year": 64, "decision": 190, "news": 260, "way": 250}


def _columns() -> list[Column[PlanRow]]:
    return [
        Column("tick", _("Accept"), _tick, alignment=CENTRE),
        Column("file", _("File"), lambda row: row.name),
        Column("office", _("Office"), lambda row: row.office),
        Column("year", _("Year"), lambda row: row.year, alignment=CENTRE),
        Column("decision", _("What it is"), lambda row: row.said),
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
    return plan_rows.way_words(row, row.way)


def _colour(row: PlanRow, name: str) -> str:
    if name == "decision":
        return theme.FAULT if row.waits else ""
    return "" if row.ways or row.result else theme.QUIET


def _icon(row: PlanRow, name: str) -> QIcon | None:
    return theme.icon(row.icon) if name == "decision" else None


class PlanTable(SortedTable[PlanRow]):
    """`toggled(ids)`: a click on the tick of one, or the space bar for all that are selected."""

    toggled = Signal(list)

    def __init__(self) -> None:
        keys = {"file": lambda row: row.name, "decision": lambda row: row.word}
        super().__init__(_columns(), keys, _WIDTHS, _("Files to take in"))
        self.setItemDelegate(SignDelegate(self, _colour, _icon))

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
