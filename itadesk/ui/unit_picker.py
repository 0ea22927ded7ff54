"""Units of the office to tick as responsible: each is a line of the text, whatever else the clerk types there."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from itadesk.domain import thai
from itadesk.domain.model import Unit
from itadesk.i18n import _

ALL_UNITS = ("ทุกสำนัก/กอง", "ทุกส่วนงาน")
"""What reports write when every unit is responsible; no unit of its own."""
MOST_SHOWN = 12


def _names(unit: Unit) -> set[str]:
    return {thai.fold(name) for name in (unit.name, *unit.aliases.split("\n")) if name.strip()}


def has_unit(text: str, unit: Unit) -> bool:
    """Whether a line of `text` is this unit, in any of its spellings."""
    return any(thai.fold(line) in _names(unit) for line in text.split("\n") if line.strip())


def with_unit(text: str, unit: Unit) -> str:
    return text if has_unit(text, unit) else "\n".join(filter(str.strip, (*text.split("\n"), unit.name)))


def without_unit(text: str, unit: Unit) -> str:
    return "\n".join(line for line in text.split("\n") if thai.fold(line) not in _names(unit))


def unknown_units(text: str, units: Sequence[Unit]) -> list[str]:
    """Lines of `text` that name no unit of the office: a unit it has not listed yet, or something else."""
    known = {thai.fold(name) for name in ALL_UNITS}.union(*map(_names, units))
    return [line.strip() for line in text.split("\n") if line.strip() and thai.fold(line) not in known]


class UnitPicker(QToolButton):
    """A button that opens the list of units. `text_changed(text)` after each tick, `closed()` when the list goes.

    `ticked_in` is the text; whoever shows it keeps it up to date.
    """

    text_changed = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ticked_in = ""
        self._units: Sequence[Unit] = ()
        self.setText(_("Choose units…"))
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
            ticked = has_unit(self.ticked_in, unit)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        if not self._units:
            nothing = QListWidgetItem(_("No units yet. Add them on the office page."), items)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
        items.blockSignals(False)
        items.setCurrentRow(0)
        self.list.show_below(self)

    def _ticked(self, item: QListWidgetItem) -> None:
        unit = self._units[self.list.items.row(item)]
        change = with_unit if item.checkState() == Qt.CheckState.Checked else without_unit
        self.ticked_in = change(self.ticked_in, unit)
        self.text_changed.emit(self.ticked_in)


class _Popup(QWidget):
    """A list that stands over the window until the clerk clicks elsewhere or presses Esc."""

    hidden = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.items = QListWidget()
        self.items.itemActivated.connect(self.close)
        self.items.itemPressed.connect(self._pressed)
        self.items.itemClicked.connect(self._clicked)
        self._before = Qt.CheckState.Unchecked
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.items)
        self.setFocusProxy(self.items)

    def show_below(self, button: QWidget) -> None:
        rows = min(self.items.count(), MOST_SHOWN)
        width = self.items.sizeHintForColumn(0) + self.items.verticalScrollBar().sizeHint().width() + 16
        self.resize(max(width, button.width()), rows * self.items.sizeHintForRow(0) + 8)
        corner = button.mapToGlobal(QPoint(0, button.height()))
        room = self.screen().availableGeometry()
        self.move(
            min(corner.x(), room.right() - self.width()),
            corner.y()
            if corner.y() + self.height() <= room.bottom()
            else corner.y() - button.height() - self.height(),
        )
        self.show()
        self.items.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hidden.emit()

    def _pressed(self, item: QListWidgetItem) -> None:
        self._before = item.checkState()

    def _clicked(self, item: QListWidgetItem) -> None:
        # Qt itself ticks only when the little box is hit.
        if item.flags() & Qt.ItemFlag.ItemIsUserCheckable and item.checkState() == self._before:
            unticked = self._before == Qt.CheckState.Unchecked
            item.setCheckState(Qt.CheckState.Checked if unticked else Qt.CheckState.Unchecked)
