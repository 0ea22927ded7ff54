"""Differences of two versions as rows: which measure, which field, what it was and what it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from itadesk.domain.fields import ROUND_LABELS
from itadesk.domain.naming import KINDS
from itadesk.domain.news import NewsItem
from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.collection.tables import SignDelegate, SortedTable
from itadesk.ui.rows_model import Column


@dataclass(frozen=True)
class DifferenceRow:
    id: str
    item: NewsItem

    @property
    def field(self) -> str:
        one = self.item
        if one.field is None:
            added = _("{kind} added") if one.kind == "added" else _("{kind} removed")
            return added.format(kind=_(KINDS[one.row_class]))
        label = _(one.field.label)
        return f"{label} ({_(ROUND_LABELS[one.round])})" if one.round else label


class DifferencesTable(SortedTable[DifferenceRow]):
    """In their own order: measure by measure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = [
            Column[DifferenceRow]("about", _("Measure"), lambda row: row.item.about),
            Column[DifferenceRow]("field", _("What"), lambda row: row.field),
            Column[DifferenceRow]("old", _("Before"), lambda row: row.item.old),
            Column[DifferenceRow]("new", _("After"), lambda row: row.item.new),
        ]
        super().__init__(columns, {}, {"field": 190}, _("Differences"), parent)
        self.set_lines(4)
        self.setItemDelegate(SignDelegate(self, _colour))

    def show_differences(self, news: Sequence[NewsItem]) -> None:
        self.fill(DifferenceRow(str(at), one) for at, one in enumerate(news))


def _colour(row: DifferenceRow, name: str) -> str:
    if name == "old":
        return theme.FAULT
    return theme.STATUS_COLOURS["done"] if name == "new" else ""
