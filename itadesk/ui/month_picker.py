"""The months of a fiscal year to choose a period from, beside whatever else the clerk types there."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QWidget,
)

from itadesk.domain import period_words
from itadesk.domain.period_words import MONTHS_OF_YEAR, WHOLE_YEAR, Wording
from itadesk.domain.periods import month_span as days_of
from itadesk.domain.periods import month_text
from itadesk.domain.thai import thai_digits
from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.drop_panel import DropPanel
from itadesk.ui.rows_table import ENTER

_MONTH_WIDTH = 50
_QUARTERS = range(1, 5)


class MonthPicker(QToolButton):
    """A button that opens the months. `text_changed(text)` after each choice, `closed()` when the months go.

    `current` is what stands in the box: the months that it means are marked. `wording` says how the office writes
    periods.
    """

    text_changed = Signal(str)
    closed = Signal()

    def __init__(self, wording: Callable[[], Wording]) -> None:
        super().__init__()
        self.current = ""
        self._wording = wording
        self._year = 0
        self.setIcon(theme.icon("calendar"))
        self.setToolTip(_("Choose months (F4)"))
        self.setAccessibleName(_("Choose months (F4)"))
        self.clicked.connect(self.open)
        self.strip = MonthStrip()
        self.strip.chosen.connect(self._write)
        self.strip.whole_year.connect(lambda: self._take(WHOLE_YEAR))
        self.panel = DropPanel(self, self.strip)
        self.strip.done.connect(self.panel.close)
        self.panel.hidden.connect(self.closed)

    def set_year(self, year: int) -> None:
        self._year = year

    def open(self) -> None:
        """Show the months below the button, those of the text marked."""
        self.strip.show_months(self._year, period_words.months_of(self.current, self._year))
        self.panel.adjustSize()
        self.panel.show_below()
        self.strip.setFocus(Qt.FocusReason.PopupFocusReason)

    def _write(self, months: Collection[int]) -> None:
        if months:
            self._take(self._wording().text(months, self._year))

    def _take(self, text: str) -> None:
        self.current = text
        self.text_changed.emit(text)


class MonthStrip(QWidget):
    """Twelve months in a row below their quarters: chosen like cells in Excel.

    `chosen(months)`, 1 = October; `whole_year()`: the year as such is wanted; `done()`: Enter or a double click.
    """

    chosen = Signal(object)
    whole_year = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.months = _Months(1, len(MONTHS_OF_YEAR))
        self.months.setAccessibleName(_("Months of the fiscal year"))
        self.months.itemSelectionChanged.connect(lambda: self.chosen.emit(self.selected()))
        self.months.finished.connect(self.done)
        self.setFocusProxy(self.months)
        self.quarters = [self._quarter(number) for number in _QUARTERS]
        self.year = QPushButton(WHOLE_YEAR)
        self.year.setAutoDefault(False)
        self.year.clicked.connect(self._take_year)
        how = QLabel(_("Drag or Shift: a range · Ctrl: several · Enter: done"))
        how.setStyleSheet(f"color: {theme.QUIET}")
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setSpacing(4)
        for at, button in enumerate(self.quarters):
            grid.addWidget(button, 0, 3 * at, 1, 3)
        grid.addWidget(self.months, 1, 0, 1, 12)
        grid.addWidget(self.year, 2, 0, 1, 4)
        grid.addWidget(how, 2, 4, 1, 8, Qt.AlignmentFlag.AlignRight)

    def show_months(self, year: int, marked: Collection[int]) -> None:
        """The months of this fiscal year, these of them marked."""
        blocked = self.months.blockSignals(True)
        for number in MONTHS_OF_YEAR:
            name, digits = month_text(days_of(year, number).start, short=True).split(" ")
            item = QTableWidgetItem(f"{name}\n{thai_digits(digits)}")
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            self.months.setItem(0, number - 1, item)
        self._mark(marked)
        self.months.blockSignals(blocked)

    def selected(self) -> set[int]:
        return {index.column() + 1 for index in self.months.selectedIndexes()}

    def _mark(self, months: Collection[int]) -> None:
        flag = QItemSelectionModel.SelectionFlag
        model, selection = self.months.model(), self.months.selectionModel()
        first = model.index(0, min(months, default=1) - 1)
        selection.setCurrentIndex(first, flag.NoUpdate)
        selection.clearSelection()
        for number in months:
            selection.select(model.index(0, number - 1), flag.Select)

    def _quarter(self, number: int) -> QPushButton:
        button = QPushButton(_("Quarter {number}").format(number=number))
        button.setAutoDefault(False)
        first = 3 * number - 2
        button.clicked.connect(lambda: self._take_months(range(first, first + 3)))
        return button

    def _take_months(self, months: Collection[int]) -> None:
        blocked = self.months.blockSignals(True)
        self._mark(months)
        self.months.blockSignals(blocked)
        self.chosen.emit(set(months))

    def _take_year(self) -> None:
        blocked = self.months.blockSignals(True)
        self._mark(MONTHS_OF_YEAR)
        self.months.blockSignals(blocked)
        self.whole_year.emit()


class _Months(QTableWidget):
    finished = Signal()

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__(rows, columns)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        bars = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(bars)
        self.setVerticalScrollBarPolicy(bars)
        height = 2 * self.fontMetrics().lineSpacing() + 14
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setRowHeight(0, height)
        self.setFixedHeight(height + 2)
        self.setMinimumWidth(columns * _MONTH_WIDTH + 2)
        self.doubleClicked.connect(lambda: self.finished.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.finished.emit()
        else:
            super().keyPressEvent(event)
