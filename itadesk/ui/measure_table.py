"""The table of measures: a column for each field with its fitting editor, sorted and arranged at its head."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from itadesk.domain import fields
from itadesk.domain.model import FiscalYear
from itadesk.i18n import _
from itadesk.ui import preferences, theme
from itadesk.ui.cell_table import CellTable
from itadesk.ui.column_choice import ColumnChoice
from itadesk.ui.delegates import CellDelegate, CellInput, ChoiceDelegate, FlagDelegate, TextDelegate
from itadesk.ui.field_extras import add_cell_picker
from itadesk.ui.measure_order import Order
from itadesk.ui.measure_rows import MeasureRows, column, evidence_column, number_column, status_column
from itadesk.ui.measure_words import indicator_choices
from itadesk.ui.rows_table import PADDING, line_height
from itadesk.ui.session import FileSession
from itadesk.ui.writing_aids import WritingAids

_WIDTHS: Mapping[str, int] = {
    "title": 24, "steps": 24, "responsible": 11, "period": 11, "follow_up": 11, "indicator": 8, "heading": 12,
    "continuous": 8, "status": 16, "result": 20, "outcome": 16, "suggestion": 16,
    "evidence": 7,
}  # fmt: skip
"""Widths of columns in the widths of a wide letter."""
_SHOWN = ("title", "responsible", "period", "indicator", "status")
_TYPED = (
    "title",
    "steps",
    "responsible",
    "period",
    "follow_up",
    "heading",
    "result",
    "outcome",
    "suggestion",
)


def table_rows(session: FileSession, parent: QObject) -> MeasureRows:
    """The rows of the table: all that is said of a measure and of its progress in the round in hand."""
    made = {"status": status_column, "evidence": evidence_column}
    columns = [made[name]() if name in made else column(name) for name in _WIDTHS]
    return MeasureRows(session, [number_column(), *columns], parent)


class MeasureTable(CellTable):
    """A click on a head sorts what is shown, up, down, and back to the order of the report; a right click chooses."""

    def __init__(self, session: FileSession, model: MeasureRows) -> None:
        super().__init__(model)
        self._session = session
        self.model_rows = model
        self.setAccessibleName(_("Measures"))
        self._indicators = ChoiceDelegate(self, [])
        self._set_delegates()
        self._set_up_head()
        self.choice = ColumnChoice(
            self,
            shown=_SHOWN,
            widths=_WIDTHS,
            rest="title",
            look=preferences.look_of(session.path),
            remember=lambda look: preferences.remember_look(session.path, look),
        )
        self.setDragDropMode(self.DragDropMode.InternalMove)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.follow_order()
        model.rows_changed.connect(self.follow_order)

    def offer_indicators(self, year: FiscalYear) -> None:
        """The pick-list of the indicators of a fiscal year."""
        self._indicators.choices = indicator_choices(year)

    def follow_order(self) -> None:
        """Say at the head how the rows are sorted; rows that are sorted cannot be dragged."""
        order, head = self.model_rows.order, self.horizontalHeader()
        at = -1 if order is None else self.rows.column(order.name)
        # The style draws its arrows the other way round than Excel.
        upwards = order is not None and not order.descending
        head.setSortIndicator(at, Qt.SortOrder.DescendingOrder if upwards else Qt.SortOrder.AscendingOrder)
        self.setDragEnabled(self.model_rows.draggable and order is None)

    def _set_delegates(self) -> None:
        self.setItemDelegate(TextDelegate(self))
        for name in _TYPED:
            self.setItemDelegateForColumn(self.rows.column(name), CellDelegate(self, self._aid_for(name)))
        statuses = [(text, text) for text in map(_, fields.STATUS_LABELS.values())]
        self.setItemDelegateForColumn(self.rows.column("status"), ChoiceDelegate(self, statuses))
        self.setItemDelegateForColumn(self.rows.column("indicator"), self._indicators)
        self.setItemDelegateForColumn(self.rows.column("continuous"), FlagDelegate(self))

    def _aid_for(self, name: str) -> Callable[[CellInput], WritingAids]:
        def aid(editor: CellInput) -> WritingAids:
            add_cell_picker(editor, self._session, name)
            return WritingAids(editor, self._session, name, in_table=True)

        return aid

    def _set_up_head(self) -> None:
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        head.setFixedHeight(2 * line_height(head) + 2 * PADDING)
        head.setSectionsClickable(True)
        for selects in (head.sectionPressed, head.sectionEntered):
            selects.disconnect()  # Qt would select the column whose head sorts
        head.setSortIndicatorShown(True)
        head.setToolTip(
            _(
                "A click sorts what is shown, a third one goes back to the report's order. Pull to move a column."
            )
        )
        head.sectionClicked.connect(self._sort_next)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._open_head_menu)

    def sort_by(self, order: Order | None) -> None:
        """Show the rows in another order, from its first row on; back in the report's order, the current one."""
        self.commit()
        self.model_rows.sort_by(order)
        if order is not None:
            self.scrollToTop()
        elif self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _sort_next(self, at: int) -> None:
        """Upwards, downwards, and back to the report's order, which the numbers stand for as well."""
        name, order = self.rows.columns[at].name, self.model_rows.order
        if self.rows.columns[at].field is None or order == Order(name, descending=True):
            self.sort_by(None)
        else:
            self.sort_by(Order(name, descending=order == Order(name)))

    def _open_head_menu(self, point: QPoint) -> None:
        menu = theme.menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_head_menu(menu, self.horizontalHeader().logicalIndexAt(point))
        menu.popup(self.horizontalHeader().mapToGlobal(point))

    def fill_head_menu(self, menu: QMenu, at: int) -> None:
        """What can be done with the column `at`, and with all of them."""
        if at >= 0 and self.rows.columns[at].field is not None:
            name = self.rows.columns[at].name
            menu.addAction(_("Sort &upwards (ก–ฮ)"), lambda: self.sort_by(Order(name)))
            menu.addAction(_("Sort &downwards (ฮ–ก)"), lambda: self.sort_by(Order(name, descending=True)))
        back = menu.addAction(_("As the &report has them"), lambda: self.sort_by(None))
        back.setEnabled(self.model_rows.order is not None)
        menu.addSeparator()
        self.choice.fill(menu)
