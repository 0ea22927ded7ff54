"""The tab of charts: how far each office is, or each indicator in all offices."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from itadesk.domain import ita
from itadesk.domain.model import Status
from itadesk.i18n import _
from itadesk.ui import theme
from itadesk.ui.collection.chart import Bar, Chart
from itadesk.ui.collection.session import CollectionSession, View


class ChartsTab(QWidget):
    """`measures_wanted(office id or None, indicator or None, status or None)`: a part of a bar was clicked."""

    measures_wanted = Signal(object, object, object)

    def __init__(self, session: CollectionSession) -> None:
        super().__init__()
        self._session = session
        self.chart = Chart()
        self.chart.bars.chosen.connect(self._chosen)
        self.kinds = QButtonGroup(self)
        bar = QHBoxLayout()
        for number, text in enumerate((_("By office"), _("By indicator"))):
            button = QToolButton()
            button.setText(text)
            theme.make_toggle(button)
            self.kinds.addButton(button, number)
            bar.addWidget(button)
        self.kinds.button(0).setChecked(True)
        self.kinds.idClicked.connect(lambda _number: self.show_view(session.view))
        bar.addSpacing(16)
        bar.addWidget(QLabel(_("Click a bar to see its measures.")))
        bar.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addLayout(bar)
        layout.addWidget(self.chart)

    @property
    def begins_at(self) -> QWidget:
        return self.chart.bars

    @property
    def _by_office(self) -> bool:
        return self.kinds.checkedId() == 0

    def show_view(self, view: View) -> None:
        if self._by_office:
            bars = [Bar(one.office_id, one.full_name, one.counts) for one in view.offices]
            self.chart.bars.show_bars(bars, _("Measures of each office by status"))
        else:
            bars = [
                Bar(one.indicator, indicator_words(one.indicator, view.year), one.counts)
                for one in view.indicators
            ]
            self.chart.bars.show_bars(bars, _("Measures of each indicator by status"))

    def _chosen(self, key: str, status: Status | None) -> None:
        if self._by_office:
            self.measures_wanted.emit(key, None, status)
        else:
            self.measures_wanted.emit(None, key, status)


def indicator_words(code: str, fiscal_year: int | None) -> str:
    """An indicator by number and name."""
    if not code:
        return _("No indicator")
    names = ita.indicators((fiscal_year or 2569) - 1)
    found = names.get(code) or names.get(code.partition(".")[0])
    return f"{code} {found.name}" if found else code
