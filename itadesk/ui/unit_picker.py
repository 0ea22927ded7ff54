"""Units of the office to tick as responsible, beside whatever else the clerk types there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QToolButton

from itadesk.domain.model import Unit
from itadesk.domain.units import has_unit, with_unit, without_unit
from itadesk.i18n import _
from itadesk.ui.drop_panel import DropPanel

MOST_SHOWN = 12


class UnitPicker(QToolButton):
    """A button that opens the list of units. `text_changed(text)` after each tick, `closed()` when the list goes.

    `current` is the text; whoever shows it keeps it up to date.
    """

    text_changed = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.current = ""
        self._units: Sequence[Unit] = ()
        self.setText(_("Choose units…"))
        self.setToolTip(_("Choose units (F4)"))
        self.clicked.connect(self.open)
        self.list = _Popup(self)
        self.list.items.itemChanged.connect(self._ticked)
        self.list.hidden.connect(self.closed)

    def set_units(self, units: Sequence[Unit]) -> None:
        self._units = [unit for unit in units if unit.name.strip()]

    def open(self) -> None:
        """Show the list below the button, the units in the text ticked."""
        items = self.list.items
        items.blockSignals(True)
        items.clear()
        for unit in self._units:
            item = QListWidgetItem(unit.name, items)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            ticked = has_unit(self.current, unit)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        if not self._units:
            nothing = QListWidgetItem(_("No units yet. Add them on the office page."), items)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
        items.blockSignals(False)
        items.setCurrentRow(0)
        self.list.show_below()

    def _ticked(self, item: QListWidgetItem) -> None:
        unit = self._units[self.list.items.row(item)]
        change = with_unit if item.checkState() == Qt.CheckState.Checked else without_unit
        self.current = change(self.current, unit)
        self.text_changed.emit(self.current)


class _Popup(DropPanel):
    def __init__(self, button: QToolButton) -> None:
        self.items = QListWidget()
        super().__init__(button, self.items)
        self.items.itemActivated.connect(self.close)
        self.items.itemPressed.connect(self._pressed)
        self.items.itemClicked.connect(self._clicked)
        self._before = Qt.CheckState.Unchecked

    def show_below(self) -> None:
        rows = min(self.items.count(), MOST_SHOWN)
        width = self.items.sizeHintForColumn(0) + self.items.verticalScrollBar().sizeHint().width() + 16
        self.resize(max(width, self._button.width()), rows * self.items.sizeHintForRow(0) + 8)
        super().show_below()
        self.items.setFocus(Qt.FocusReason.PopupFocusReason)

    def _pressed(self, item: QListWidgetItem) -> None:
        self._before = item.checkState()

    def _clicked(self, item: QListWidgetItem) -> None:
        # Qt itself ticks only when the little box is hit.
        if item.flags() & Qt.ItemFlag.ItemIsUserCheckable and item.checkState() == self._before:
            unticked = self._before == Qt.CheckState.Unchecked
            item.setCheckState(Qt.CheckState.Checked if unticked else Qt.CheckState.Unchecked)
