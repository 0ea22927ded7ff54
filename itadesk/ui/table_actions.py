"""What can be done with the selection of the measures table, as actions that menus and keys share."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.actions import HERE, action
from itadesk.ui.cell_block import CellBlock
from itadesk.ui.measure_rows import MeasureRow
from itadesk.ui.measure_table import MeasureTable
from itadesk.ui.session import FileSession

if TYPE_CHECKING:
    from itadesk.ui.measures_page import MeasuresPage


class TableActions:
    """Their keys work while the table itself has the focus: an open editor has its own."""

    def __init__(self, page: "MeasuresPage", session: FileSession, table: MeasureTable) -> None:
        self._page = page
        self._session = session
        self._table = table
        self.cells = CellBlock(session, table, table.model_rows)
        cells, writing = self.cells, not session.read_only
        self.cut = self._action(_("Cu&t"), cells.cut, "Ctrl+X", "Shift+Del", enabled=writing)
        self.copy = self._action(_("&Copy"), cells.copy, "Ctrl+C", "Ctrl+Ins")
        self.fill = self._action(_("Fill do&wn"), cells.fill_down, "Ctrl+D", enabled=writing)
        self.clear = self._action(_("Cl&ear"), self._clear, "Del", enabled=writing)
        self.all = self._action(_("Select al&l"), table.selectAll, "Ctrl+A")
        self._action(_("Whole rows"), table.select_rows, "Shift+Space")
        self._action(_("Whole columns"), table.select_columns, "Ctrl+Space")
        self.as_measures = self._action(
            _("Paste as &new measures…"), cells.paste_as_measures, "Ctrl+Shift+V", enabled=writing
        )
        self.into_cells = self._action(_("Paste into the ce&lls"), cells.paste_into_cells, enabled=writing)
        self.above = self._action(_("Add a&bove"), page.add_above, "Alt+Ins", enabled=writing)
        self.batch = self._action(_("Chan&ge many measures…"), self.change_many, enabled=writing)
        table.customContextMenuRequested.connect(self._open_menu)

    @property
    def by_name(self) -> dict[str, QAction]:
        """What the edit menu offers while the table has the keyboard."""
        return {
            "cut": self.cut,
            "copy": self.copy,
            "paste": self._page.paste_action,
            "fill_down": self.fill,
            "clear": self.clear,
            "select_all": self.all,
        }

    def change_many(self) -> None:
        """One field of the selected measures gets one value."""
        from itadesk.ui.batch_dialog import BatchDialog

        self._page.commit()
        rows, year = self._rows(), self._session.fiscal_year
        if rows and year is not None:
            BatchDialog(self._session, year, rows, self._page).open()

    def menu(self) -> QMenu:
        """What a right click in the table offers."""
        page, menu = self._page, theme.menu(self._table)
        menu.addActions([self.cut, self.copy, page.paste_action, self.as_measures, self.into_cells])
        menu.addSeparator()
        menu.addActions([self.fill, self.clear])
        menu.addSeparator()
        menu.addActions([self.above, page.add_action, page.delete_action])
        menu.addSeparator()
        statuses = menu.addMenu(_("&Status"))
        statuses.addActions(page.status_actions)
        statuses.setEnabled(not self._session.read_only)
        menu.addAction(self.batch)
        menu.addSeparator()
        menu.addActions([page.evidence_action, page.history_action])
        return menu

    def _open_menu(self, point: QPoint) -> None:
        here: QRect = self._table.visualRect(self._table.currentIndex())
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        inside = self._table.viewport().rect().contains(here.center())
        menu.popup(
            self._table.viewport().mapToGlobal(
                here.center() if self._by_keyboard(point) and inside else point
            )
        )

    def _by_keyboard(self, point: QPoint) -> bool:
        """Qt gives the middle of a widget to a menu that was asked for with a key."""
        return point == self._table.viewport().rect().center()

    def _clear(self) -> None:
        """Measures that are selected whole are deleted, cells are emptied."""
        if self._table.whole_rows:
            self._page.delete()
        else:
            self.cells.clear()

    def _rows(self) -> list[MeasureRow]:
        return [self._table.model_rows.rows[at] for at in self._table.selected_rows()]

    def _action(self, text: str, act: Callable[[], object], *keys: str, enabled: bool = True) -> QAction:
        made = action(self._table, text, act, *keys, context=HERE)
        made.setEnabled(enabled)
        return made
