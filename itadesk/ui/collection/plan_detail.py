"""The row of the plan in hand: what is the matter, what can be done, what would change."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from itadesk.i18n import _
from itadesk.storage.collection.plan import Decision
from itadesk.ui import theme
from itadesk.ui.collection import plan_rows
from itadesk.ui.collection.differences_table import DifferencesTable
from itadesk.ui.collection.office_table import moment
from itadesk.ui.collection.plan_rows import PlanRow, Way
from itadesk.ui.thai_text import display


class PlanDetail(QWidget):
    """`way_chosen(way)`: something else is to be done with the row."""

    way_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.said, self.none = QLabel(), QLabel()
        for label in (self.said, self.none):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._group = QButtonGroup(self)
        self.choices: dict[Way, QRadioButton] = {}
        buttons = QVBoxLayout()
        for way in Way:
            self.choices[way] = button = QRadioButton()
            button.clicked.connect(lambda _checked, way=way: self.way_chosen.emit(way))
            self._group.addButton(button)
            buttons.addWidget(button)
        self.differences = DifferencesTable()
        self.none.setStyleSheet(f"color: {theme.QUIET}")
        told = QWidget()
        left = QVBoxLayout(told)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.said)
        left.addLayout(buttons)
        left.addStretch()
        # Whatever there is to say: lines that have no room are scrolled to, not squeezed.
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(told)
        right = QVBoxLayout()
        right.addWidget(self.none)
        right.addWidget(self.differences)
        right.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.area, 2)
        layout.addLayout(right, 3)
        self.setMinimumHeight(150)

    def show_row(self, row: PlanRow | None, *, stays: str, writable: bool) -> None:
        """`stays`: where several files bring this year of the office, what there will be in the end."""
        self.said.setText(display("" if row is None else _words(row, stays)))
        ways = () if row is None else row.ways
        for way, button in self.choices.items():
            button.setVisible(way in ways)
            button.setEnabled(writable)
            if row is not None and way in ways:
                button.setText(plan_rows.way_words(row, way))
                button.setChecked(row.way is way)
        news = () if row is None else row.news
        self.differences.setVisible(bool(news))
        self.differences.show_differences(news)
        self.none.setText("" if row is None else _heading(row))


def _words(row: PlanRow, stays: str) -> str:
    if row.result:
        return row.result
    lines = [row.message]
    step = row.step
    if step is not None and step.held is not None:
        text = _("Here now: {file}, saved {saved}, received {received}.")
        held = step.held
        lines.append(
            text.format(file=held.file_name, saved=moment(held.saved_at), received=moment(held.received_at))
        )
    if row.decision is Decision.FORK:
        lines.append(
            _("Best ask the office to merge both copies in its own program and to send the file again.")
        )
    if stays:
        lines.append(stays)
    return "\n".join(lines)


def _heading(row: PlanRow) -> str:
    if row.news:
        said = _("What changed here:") if row.result else _("What would change here:")
        return said + " " + plan_rows.tally_words(row.tally)
    return _("Nothing in this collection changes.") if row.step and row.step.decision is Decision.SAME else ""
