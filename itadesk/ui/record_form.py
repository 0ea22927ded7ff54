"""The form beside the table: all fields of one measure, and its progress in the round in hand."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain.fields import ROUND_LABELS, STATUS_LABELS, Value
from itadesk.domain.model import FiscalYear, Measure, Round, Status, Unit
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.actions import action
from itadesk.ui.evidence_list import EvidenceList
from itadesk.ui.field_extras import PeriodExtras, ResponsibleExtras
from itadesk.ui.field_form import FieldForm
from itadesk.ui.file_drops import FileDrops
from itadesk.ui.measure_rows import MeasureRow, field, row_of, set_status, value_of, write_field
from itadesk.ui.measure_words import indicator_choices
from itadesk.ui.session import FileSession
from itadesk.ui.writing_aids import assist

_NAMES = (
    "title", "steps", "responsible", "period", "follow_up", "heading", "continuous", "result", "outcome", "suggestion"
)  # fmt: skip


class RecordForm(QScrollArea):
    """Shows the measure it is told to; what is typed is stored field by field, each as one undo step.

    `unit_wanted(name)`: a unit typed as responsible is to join the office's units.
    """

    unit_wanted = Signal(str)

    def __init__(self, session: FileSession) -> None:
        super().__init__()
        self._session = session
        self._record: tuple[str | None, Round] = (None, session.round)
        self._row: MeasureRow | None = None
        self._place: object = None
        self._filled_from: Snapshot | None = None
        self.fields = FieldForm([field(name) for name in _NAMES])
        self.fields.edited.connect(self._store)
        self.aids = assist(self.fields, session)
        self.indicator = IndicatorBox()
        self.indicator.chosen.connect(lambda code: self._store("indicator", code))
        self.responsible = ResponsibleExtras(self.fields.editors["responsible"])
        self.responsible.unit_wanted.connect(self.unit_wanted)
        self.periods = {
            name: PeriodExtras(self.fields.editors[name], session) for name in ("period", "follow_up")
        }
        self.status = StatusButtons()
        self.status.chosen.connect(self._set_status)
        self._round = QLabel()
        self.evidence = EvidenceList(session)
        self.evidence.begun.connect(self._keep_evidence_in_sight)
        self.verticalScrollBar().rangeChanged.connect(self._keep_evidence_in_sight)
        self._arrange()
        FileDrops(self, lambda _paths, _at: self.evidence.takes_files, self.evidence.add_files)
        action(self, "", self.commit, "Ctrl+Return", "Ctrl+Enter")
        self.fields.set_read_only(session.read_only)
        self.indicator.setEnabled(not session.read_only)
        self.status.setEnabled(not session.read_only)
        self.responsible.setVisible(not session.read_only)
        for extras in self.periods.values():
            extras.picker.setVisible(not session.read_only)

    def show_measure(self, measure_id: str | None) -> None:
        """Show a measure in the round in hand, or its next state: what is being typed into it stays. None: no measure.

        What was being typed into another measure or round is stored there first.
        """
        record = (measure_id, self._session.round)
        place = record, self._session.fiscal_year
        if place == self._place and self._session.snapshot is self._filled_from:
            return  # as when rows come and go around it
        if record != self._record:
            self.commit()
        focus = QApplication.focusWidget()
        if measure_id != self._record[0] and (focus is None or not self.isAncestorOf(focus)):
            self.verticalScrollBar().setValue(0)
        row = row_of(self._session, measure_id)
        self._record, self._row = record, row
        self._place, self._filled_from = (record, self._session.fiscal_year), self._session.snapshot
        self.fields.setEnabled(row is not None)
        shown = row or MeasureRow(Measure(id="", fiscal_year_id="", ordinal=0), None)
        self.fields.show_values(str(record), {name: value_of(shown, name) for name in _NAMES})
        self.status.show_status(shown.status)
        self._show_place()
        self.indicator.show_code(shown.measure.indicator)
        self.evidence.show_measure(row.id if row else None)

    def commit(self) -> None:
        """Store what is being typed."""
        self.fields.commit()
        self.evidence.commit()

    def focus_first(self) -> None:
        """Take the focus to the first field."""
        self.fields.editors["title"].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _keep_evidence_in_sight(self) -> None:
        """While the clerk is at it, the list may grow out of what is seen."""
        focus = QApplication.focusWidget()
        if focus is not None and self.evidence.isAncestorOf(focus):
            self.ensureWidgetVisible(self.evidence)

    def _store(self, name: str, value: Value) -> None:
        measure_id, round_ = self._record
        if measure_id is not None and self._session.snapshot.get(Measure, measure_id) is not None:
            write_field(self._session, measure_id, round_, name, value)

    def _set_status(self, status: Status) -> None:
        if self._row is not None:
            set_status(self._session, [self._row], status)
            self.status.show_status(self._row.status)

    def _show_place(self) -> None:
        """What the form says depends on the fiscal year and round in hand, and on the office's units."""
        snapshot, year = self._session.snapshot, self._session.fiscal_year
        self._round.setText(_("Progress, {round}").format(round=_(ROUND_LABELS[self._session.round])))
        self.responsible.set_units(snapshot.children(Unit, snapshot.office.id))
        if year is not None:
            for extras in self.periods.values():
                extras.set_year(year.year)
            self.indicator.set_year(year)

    def _arrange(self) -> None:
        layout = self.fields.layout()
        assert isinstance(layout, QFormLayout)
        layout.insertRow(_NAMES.index("heading"), _(field("indicator").label), self.indicator)
        heading = QFont(self.font())
        heading.setBold(True)
        self._round.setFont(heading)
        after = _NAMES.index("result") + 1
        layout.insertRow(after, _rule())
        layout.insertRow(after + 1, self._round)
        layout.insertRow(after + 2, self.status)
        content = QWidget()
        column = QVBoxLayout(content)
        column.addWidget(self.fields)
        column.addWidget(self.evidence)
        column.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width())


class StatusButtons(QWidget):
    """The three statuses as big buttons, one of them down. `chosen(status)` when the clerk presses another."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for number, status in enumerate(Status):
            button = QPushButton(theme.status_icon(status), _(STATUS_LABELS[status]))
            theme.make_toggle(button)
            button.setToolTip(f"Ctrl+{number + 1}")
            button.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
            self._group.addButton(button, number)
            layout.addWidget(button)
        self._group.idClicked.connect(lambda number: self.chosen.emit(list(Status)[number]))

    def show_status(self, status: Status) -> None:
        self._group.button(list(Status).index(status)).setChecked(True)


class IndicatorBox(QComboBox):
    """The indicators of an ITA year by number and name. `chosen(code)` when the clerk picks one."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._year: FiscalYear | None = None
        self.setAccessibleName(_(field("indicator").label))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(lambda: self.chosen.emit(self.currentData()))

    def set_year(self, year: FiscalYear) -> None:
        """Offer the indicators of a fiscal year."""
        if year != self._year:
            self._year = year
            self.clear()
            for code, words in indicator_choices(year):
                self.addItem(words, code)

    def show_code(self, code: str) -> None:
        if self.findData(code) < 0:
            self.addItem(code, code)
        self.setCurrentIndex(self.findData(code))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self.hasFocus():
            event.ignore()  # The form scrolls; a value never changes because the wheel passed over it.
            return False
        return super().event(event)


def _rule() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Sunken)
    return line
