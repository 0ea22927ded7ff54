"""Which columns a table shows, in which order and how wide: chosen at its head, remembered for the file on this PC."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QHeaderView, QMenu

from itadesk.i18n import _
from itadesk.ui.cell_table import CellTable
from itadesk.ui.preferences import TableLook

SETTLED = 400
"""Milliseconds after the last change when the look is remembered: a pull at a border is many changes."""
_LEAST = 18
"""Letters: the column that takes the rest is never narrower by itself; the table then scrolls."""


class ColumnChoice(QObject):
    """`shown`: the columns that the program shows, from left to right; `widths`: of all, in letters.

    The column `rest` takes what the others leave of the table, until the clerk pulls its border.
    `remember(look)` gets each look that the clerk makes; None when it is the program's own again.
    """

    def __init__(
        self,
        table: CellTable,
        *,
        shown: Sequence[str],
        widths: Mapping[str, int],
        rest: str,
        look: TableLook | None,
        remember: Callable[[TableLook | None], object],
    ) -> None:
        super().__init__(table)
        self._table = table
        self._shown = tuple(shown)
        self._widths = widths
        self._rest = rest
        self._remember = remember
        self._pulled: dict[str, int] = {}
        self._busy = False
        self._settled = QTimer(self, singleShot=True, interval=SETTLED)
        self._settled.timeout.connect(self.save)
        head = table.horizontalHeader()
        head.setSectionsMovable(True)
        head.setFirstSectionMovable(False)
        head.setMinimumSectionSize(2 * self._letter())
        head.setSectionResizeMode(table.rows.column("number"), QHeaderView.ResizeMode.Fixed)
        self._show(look or TableLook(self._shown))
        head.sectionResized.connect(self._resized)
        head.sectionMoved.connect(lambda *_places: self._changed())
        table.viewport().installEventFilter(self)

    def shown(self) -> list[str]:
        """Names of the columns that are shown, from left to right."""
        return [self._name(at) for at in self._table.columns()]

    def show_column(self, name: str, shown: bool) -> None:
        """Show a column behind the one that comes before it by nature, or hide it; the last one stays."""
        if not shown and self.shown() == [name]:
            return
        at = self._table.rows.column(name)
        if shown and self._table.isColumnHidden(at):
            head = self._table.horizontalHeader()
            before = max((other for other in self._table.columns() if other < at), default=0)
            place = head.visualIndex(before) + 1
            head.moveSection(head.visualIndex(at), place - (head.visualIndex(at) < place))
        self._table.setColumnHidden(at, not shown)
        self._table.stay_in_sight()
        self._changed()

    def go_back(self) -> None:
        """The columns as the program shows them."""
        self._show(TableLook(self._shown))
        self._settled.stop()
        self._remember(None)

    def save(self) -> None:
        """Remember the look that is shown."""
        self._settled.stop()
        self._remember(TableLook(tuple(self.shown()), dict(self._pulled)))

    def save_pending(self) -> None:
        """Remember a change that was made just now."""
        if self._settled.isActive():
            self.save()

    def fill(self, menu: QMenu) -> None:
        """An entry for each column, and the way back."""
        shown = self.shown()
        for column in self._table.rows.columns:
            if column.text is not None:
                entry = menu.addAction(column.label.replace("&", "&&"))
                entry.setCheckable(True)
                entry.setChecked(column.name in shown)
                entry.setEnabled(shown != [column.name])
                entry.toggled.connect(partial(self.show_column, column.name))
        menu.addSeparator()
        menu.addAction(_("&Columns as usual"), self.go_back)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _show(self, look: TableLook) -> None:
        """Names that are not known here are passed over."""
        head, columns = self._table.horizontalHeader(), self._table.rows.columns
        known = [column.name for column in columns if column.text is not None]
        shown = [name for name in dict.fromkeys(look.shown) if name in known] or list(self._shown)
        self._busy = True
        self._pulled = {name: width for name, width in look.widths.items() if name in known and width > 0}
        for place, name in enumerate([*shown, *(name for name in known if name not in shown)], 1):
            at = self._table.rows.column(name)
            head.moveSection(head.visualIndex(at), place)
            self._table.setColumnHidden(at, False)
            self._table.setColumnWidth(at, self._pulled.get(name, self._widths[name] * self._letter()))
            self._table.setColumnHidden(at, name not in shown)
        self._busy = False
        self._table.stay_in_sight()
        self._fit()

    def _resized(self, at: int, _old: int, new: int) -> None:
        name = self._name(at)
        if self._busy:
            return
        if name in self._widths and new > 0:
            self._pulled[name] = new
            self._changed()
        else:
            self._fit()

    def _changed(self) -> None:
        if not self._busy:
            self._fit()
            self._settled.start()

    def _fit(self) -> None:
        """Let one column have what the others leave."""
        at = self._table.rows.column(self._rest)
        if self._busy or self._rest in self._pulled or self._table.isColumnHidden(at):
            return
        others = self._table.horizontalHeader().length() - self._table.columnWidth(at)
        self._busy = True
        self._table.setColumnWidth(at, max(self._table.viewport().width() - others, _LEAST * self._letter()))
        self._busy = False

    def _name(self, at: int) -> str:
        return self._table.rows.columns[at].name

    def _letter(self) -> int:
        return self._table.fontMetrics().horizontalAdvance("ม")
