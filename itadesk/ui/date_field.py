"""A date in the Buddhist era: typed in any usual form, stepped with keys, or picked from a calendar."""

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QToolButton, QWidget

from itadesk.domain import thai
from itadesk.i18n import _
from itadesk.ui import messages, theme

_YEARS_AROUND = 6

_DAY_KEYS: Mapping[int, int] = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_MONTH_KEYS: Mapping[int, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_DAY_TEXTS = {"+": 1, "=": 1, "-": -1}
_MONTH_TEXTS = {"[": -1, "]": 1}
_MONTH_START, _MONTH_END = ("m", "M"), ("h", "H")
# "ะ" is the T key of a Thai keyboard; no month and no date word has it.
_TODAY_TEXTS = ("t", "T", "ะ")
_SAME_KEYS: Mapping[str, str] = {"ช": "=", "ข": "-", "บ": "[", "ล": "]", "ท": "m", "้": "h"}
"""What the same keys give on a Thai keyboard. Months have some of these letters, so while a date is typed they type."""


class DateField(QLineEdit):
    """A line that reads a date however it is typed and shows it as "31 มีนาคม 2565" when it is left.

    A text that is no date stays as it is; `date` is then None. Keys, on a Thai keyboard the same ones: t today,
    + - and up down a day, [ ] and page up down a month, m and h its first and last day. Without a year it is one of
    this fiscal year. `picked` tells that the calendar gave a date.
    """

    picked = Signal()

    def __init__(self, today: Callable[[], dt.date] = dt.date.today) -> None:
        super().__init__()
        self._today = today
        self._typing = False
        self._christian: int | None = None
        self._told: set[int] = set()
        self.setPlaceholderText(_("e.g. 31/3/65"))
        self.setToolTip(_("t = today, + − = a day, [ ] = a month, m h = start and end of the month"))
        self.textEdited.connect(self._begin_typing)
        self.editingFinished.connect(self._tidy)
        calendar = self.addAction(theme.icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        calendar.setText(_("Choose from the calendar"))
        calendar.setToolTip(_("Choose from the calendar (Alt+Down)"))
        calendar.triggered.connect(self.open_calendar)
        self._calendar_action = calendar

    def date(self) -> dt.date | None:
        """The date that stands here; None when there is none or it cannot be read."""
        return thai.parse_date(self.text(), self._today())

    def setReadOnly(self, read_only: bool) -> None:
        super().setReadOnly(read_only)
        self._calendar_action.setEnabled(not read_only)

    def open_calendar(self) -> None:
        calendar = BuddhistCalendar(self.date() or self._today(), self)
        calendar.chosen.connect(self._pick)
        calendar.move(self._place_for(calendar.sizeHint()))
        calendar.show()
        calendar.setFocus()

    def _place_for(self, size: QSize) -> QPoint:
        """Below the field, or above it where the screen ends."""
        below, above = self.mapToGlobal(QPoint(0, self.height())), self.mapToGlobal(QPoint(0, -size.height()))
        return above if below.y() + size.height() > self.screen().availableGeometry().bottom() else below

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return
        date = None if self.isReadOnly() else self._stepped(event)
        if date is None:
            super().keyPressEvent(event)
        else:
            self.setText(thai.long_date(date))
            self.textEdited.emit(self.text())
            self._typing = False

    def _stepped(self, event: QKeyEvent) -> dt.date | None:
        """The date a quick key leads to; None when the key may be typing."""
        text, key = event.text(), event.key()
        if not self._typing:
            text = _SAME_KEYS.get(text, text)
        if text in _TODAY_TEXTS:
            return self._today()
        # While a date is typed "-" may part day and month.
        if text == "-" and self._typing:
            return None
        date = self.date() or (None if self.text() else self._today())
        if date is None:
            return None
        if days := _DAY_KEYS.get(key) or _DAY_TEXTS.get(text):
            return date + dt.timedelta(days=days)
        if months := _MONTH_KEYS.get(key) or _MONTH_TEXTS.get(text):
            return _python_date(_qdate(date).addMonths(months))
        if text in _MONTH_START:
            return date.replace(day=1)
        return date.replace(day=_qdate(date).daysInMonth()) if text in _MONTH_END else None

    def _begin_typing(self) -> None:
        self._typing = True
        self._christian = thai.christian_year(self.text())

    def _tidy(self) -> None:
        self._typing = False
        if date := self.date():
            self._tell_era()
            self.setText(thai.long_date(date))

    def _tell_era(self) -> None:
        """Say once what became of a year of the Common Era that was typed."""
        year, self._christian = self._christian, None
        if year is not None and year not in self._told:
            self._told.add(year)
            told = _("{christian} is the year {buddhist} of the Buddhist era.")
            messages.toast(self, told.format(christian=year, buddhist=year + thai.BUDDHIST_ERA))

    def _pick(self, date: dt.date) -> None:
        self.setText(thai.long_date(date))
        self.setFocus()
        self.picked.emit()


class BuddhistCalendar(QCalendarWidget):
    """A pop-up calendar in Thai with years of the Buddhist era. `chosen` carries a `datetime.date`."""

    chosen = Signal(object)

    def __init__(self, date: dt.date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setLocale(QLocale(QLocale.Language.Thai, QLocale.Country.Thailand))
        self.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        # Qt's own year field counts in the Common Era and has no setting for it: a menu of years takes its place.
        year = self.findChild(QToolButton, "qt_calendar_yearbutton")
        assert year is not None, "Qt's calendar has a year button"
        self._year = year
        menu = theme.menu(self._year)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self._year.setMenu(menu)
        self._year.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setSelectedDate(_qdate(date))
        self.currentPageChanged.connect(self._show_year)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        self._show_year()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_year()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.close()
        else:
            super().keyPressEvent(event)

    def _show_year(self) -> None:
        self._year.setText(str(self.yearShown() + thai.BUDDHIST_ERA))

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        shown = self.yearShown()
        for year in range(shown - _YEARS_AROUND, shown + _YEARS_AROUND + 1):
            entry = menu.addAction(str(year + thai.BUDDHIST_ERA))
            entry.triggered.connect(lambda _checked=False, year=year: self._go(year))

    def _go(self, year: int) -> None:
        self.setCurrentPage(year, self.monthShown())

    def _choose(self, date: QDate) -> None:
        # A click on a day sends `clicked` and then `activated`.
        if self.isVisible():
            self.hide()
            self.chosen.emit(_python_date(date))
            self.close()


def _qdate(date: dt.date) -> QDate:
    return QDate(date.year, date.month, date.day)


def _python_date(date: QDate) -> dt.date:
    return dt.date(date.year(), date.month(), date.day())
