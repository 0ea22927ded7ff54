"""An open collection in the window: tabs over the year in hand, receiving files, the district's report."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain.consolidated import OfficeCounts, OfficeMeasure, Sender
from itadesk.domain.fields import ROUND_LABELS
from itadesk.domain.model import ROUNDS, Round
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage.collection import expected, gather, take
from itadesk.ui import files, messages, theme
from itadesk.ui.actions import WINDOW, action
from itadesk.ui.banners import Banners
from itadesk.ui.collection import report
from itadesk.ui.collection.charts_tab import ChartsTab
from itadesk.ui.collection.expected_dialog import ExpectedDialog
from itadesk.ui.collection.matrix_tab import MatrixTab
from itadesk.ui.collection.measures_tab import MeasuresTab
from itadesk.ui.collection.offices_tab import OfficesTab
from itadesk.ui.collection.plan_page import PlanPage
from itadesk.ui.collection.session import CollectionSession, Look, View
from itadesk.ui.collection.tables import SortedTable
from itadesk.ui.collection.versions_dialog import VersionsDialog
from itadesk.ui.main_window import SUFFIX
from itadesk.ui.quiet_box import QuietBox

_LATEST = 0
"""The button of no certain round."""
_SHORT = 400
"""Milliseconds that pass without a word."""


class CollectionPage(QWidget):
    """`look_wanted(Look)`: the file of an office is to be looked into."""

    look_wanted = Signal(object)

    def __init__(self, session: CollectionSession) -> None:
        super().__init__()
        self.session = session
        self.banners = Banners()
        self.offices = OfficesTab(session)
        self.measures = MeasuresTab(session)
        self.matrix = MatrixTab(session)
        self.charts = ChartsTab(session)
        self.plan = PlanPage(session)
        self.tabs = QTabBar(expanding=False, drawBase=False)
        self._tabs = {
            _("Offices"): self.offices,
            _("All measures"): self.measures,
            _("By indicator"): self.matrix,
            _("Charts"): self.charts,
        }
        self.years = QuietBox()
        self.rounds = QButtonGroup(self)
        self.loading = QLabel(_("Loading…"))
        self.loading.setStyleSheet(f"color: {theme.QUIET}")
        self.loading.hide()
        self._waiting = QTimer(self, singleShot=True)
        self._waiting.setInterval(_SHORT)
        self._waiting.timeout.connect(self.loading.show)
        self._make_actions()
        self._lay_out()
        self._connect()
        self.load()

    @property
    def begins_at(self) -> QWidget:
        return self._tab.begins_at or self

    @property
    def _tab(self) -> OfficesTab | MeasuresTab | MatrixTab | ChartsTab:
        return list(self._tabs.values())[max(self.tabs.currentIndex(), 0)]

    @property
    def receiving(self) -> bool:
        """Whether the plan of files to take in is in front."""
        return self._stack.currentWidget() is self.plan

    def load(self) -> None:
        """See what the collection has now: others may work in it, too."""
        self.banners.take("trouble")
        self.session.load()
        self._waiting.start()

    def receive(self, paths: Sequence[Path]) -> None:
        """Show what taking in these files, and those in these folders and archives, would do."""
        self._stack.setCurrentWidget(self.plan)
        self.plan.examine(paths)

    def ask_for_files(self) -> None:
        kinds = _("Office files") + f" (*{SUFFIX} *{gather.ARCHIVE})"
        names, _kind = QFileDialog.getOpenFileNames(self, _("Files that offices sent"), files.folder(), kinds)
        if names:
            self.receive([Path(name) for name in names])

    def ask_for_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, _("Folder with files that offices sent"), files.folder()
        )
        if name:
            self.receive([Path(name)])

    def show_measures(self, office: str | None, indicator: str | None, status: object) -> None:
        """All measures of an office, an indicator or a status."""
        self.tabs.setCurrentIndex(1)
        self.measures.look_for(office, indicator, status)  # type: ignore[arg-type]

    def show_versions(self, office: OfficeCounts) -> None:
        dialog = VersionsDialog(
            self.session, office.office_id, office.full_name, office.fiscal_year, self.window()
        )
        dialog.changed.connect(self.load)
        dialog.look_wanted.connect(
            lambda received: self.look_wanted.emit(Look(office.office_id, office.fiscal_year, received))
        )
        dialog.open()

    def remove(self, office: OfficeCounts) -> None:
        """Take an office out that was taken in by mistake, after asking: this cannot be taken back."""
        question = _("Take {office} out of the collection?").format(office=office.full_name)
        advice = _(
            "All its years and every file received from it go. Your notes stay. To have it back, take its file in"
            " again."
        )
        if messages.ask(self, question, advice, [_("&Take it out")], careful=True) == 0:
            self.session.write(
                lambda connection: take.remove(connection, office.office_id), lambda _done: self.load()
            )

    def _sort(self) -> None:
        if isinstance(table := self._tab.begins_at, SortedTable):
            table.sort_by_current()

    def edit_expected(self) -> None:
        """Change the list of offices that are to send."""
        view = self.session.view
        known = [Sender(one.kind, one.name, one.district, one.province) for one in view.offices]
        dialog = ExpectedDialog(view.expected, known, self.window())
        dialog.accepted_list.connect(self._expect)
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()

    def save_report(self, ending: str) -> None:
        report.save(self, self.session, ending)

    def leave(self) -> UserError | None:
        """Everything typed is kept and what runs has ended; else why a note could not be kept."""
        self.plan.stop()
        return self.offices.note.finish()

    def _expect(self, senders: list[Sender]) -> None:
        self.session.write(
            lambda connection: expected.set_senders(connection, senders), lambda _done: self.load()
        )

    # Showing

    def _show(self, view: View) -> None:
        self._waited()
        self.banners.take("trouble")
        self.years.clear()
        for year in view.years:
            self.years.addItem(str(year), year)
        self.years.setCurrentIndex(self.years.findData(view.year))
        self.years.setEnabled(bool(view.years))
        self.rounds.button(self.session.round or _LATEST).setChecked(True)
        for tab in self._tabs.values():
            tab.show_view(view)
        for one in self.report_actions:
            one.setEnabled(bool(view.offices))
        self._follow()

    def _follow(self) -> None:
        office = self.offices.office if self.tabs.currentIndex() == 0 else None
        for one in (self.look_action, self.versions_action, self.remove_action):
            one.setEnabled(office is not None)
        self.sort_action.setEnabled(isinstance(self._tab.begins_at, SortedTable))

    def _waited(self) -> None:
        self._waiting.stop()
        self.loading.hide()

    def _fail(self, error: UserError) -> None:
        self._waited()
        text = f"{error.message} {error.advice}".strip()
        self.banners.put("trouble", "warning", text, [(_("Try again"), self.load)])

    def _place_chosen(self) -> None:
        round_ = self.rounds.checkedId()
        self.session.look_at(self.years.currentData(), _round(round_))
        self._waiting.start()

    def _tab_chosen(self, index: int) -> None:
        self._tab_stack.setCurrentIndex(index)
        tab = self._tab
        if isinstance(tab, MeasuresTab | MatrixTab):
            tab.look_if_stale()
        self._follow()
        if not self.tabs.hasFocus():
            (tab.begins_at or tab).setFocus()

    def _plan_closed(self, changed: bool) -> None:
        self._stack.setCurrentIndex(0)
        if changed:
            self.load()
        self.begins_at.setFocus()

    def _look(self, office: OfficeCounts) -> None:
        self.look_wanted.emit(Look(office.office_id, office.fiscal_year))

    def _look_at_measure(self, measure: OfficeMeasure) -> None:
        if (year := self.session.view.year) is not None:
            self.look_wanted.emit(Look(measure.office_id, year, measure_id=measure.measure_id))

    # Building

    def _connect(self) -> None:
        self.session.loaded.connect(self._show)
        self.session.failed.connect(self._fail)
        self.plan.closed.connect(self._plan_closed)
        self.tabs.currentChanged.connect(self._tab_chosen)
        self.years.activated.connect(lambda _at: self._place_chosen())
        self.rounds.idClicked.connect(lambda _round: self._place_chosen())
        self.offices.look_wanted.connect(self._look)
        self.offices.versions_wanted.connect(self.show_versions)
        self.offices.measures_wanted.connect(lambda one: self.show_measures(one.office_id, None, None))
        self.offices.table.selectionModel().currentChanged.connect(lambda _new, _old: self._follow())
        self.charts.measures_wanted.connect(self.show_measures)
        self.matrix.measures_wanted.connect(self.show_measures)
        self.measures.opened.connect(self._look_at_measure)

    def _make_actions(self) -> None:
        self.receive_action = self._action(_("&Take files in…"), self.ask_for_files, "Ctrl+R", "add")
        self.folder_action = self._action(_("Take a &folder in…"), self.ask_for_folder)
        self.expected_action = self._action(_("Offices that are to &send…"), self.edit_expected)
        self.look_action = self._action(
            _("&Look into the office's file"), lambda: self._of_office(self._look)
        )
        self.versions_action = self._action(
            _("&Versions received…"), lambda: self._of_office(self.show_versions)
        )
        self.remove_action = self._action(
            _("Take the office &out of the collection…"), lambda: self._of_office(self.remove)
        )
        self.sort_action = self._action(_("S&ort by the column in hand"), self._sort, "Ctrl+Shift+O", "sort")
        self.load_action = self._action(_("Load &anew"), self.load, "F5")
        self.report_actions = [
            self._action(text, lambda ending=ending: self.save_report(ending), key, icon)
            for ending, text, key, icon in (
                (".pdf", _("District's report as P&DF…"), "Ctrl+Shift+E", "pdf"),
                (".docx", _("District's report as &Word…"), "", ""),
                (".xlsx", _("District's report as &Excel…"), "", ""),
            )
        ]
        self.page_actions = [
            self.receive_action, self.folder_action, self.expected_action, self.look_action, self.versions_action,
            self.remove_action, *self.report_actions, self.sort_action, self.load_action,
        ]  # fmt: skip

    def _of_office(self, act: Callable[[OfficeCounts], None]) -> None:
        if (office := self.offices.office) is not None:
            act(office)

    def _action(self, text: str, act: Callable[[], None], key: str = "", icon: str = "") -> QAction:
        keys = [key] if key else []
        return action(self, text, act, *keys, icon=theme.icon(icon) if icon else None, context=WINDOW)

    def _lay_out(self) -> None:
        self._tab_stack = QStackedWidget()
        for title, tab in self._tabs.items():
            self.tabs.addTab(title)
            self._tab_stack.addWidget(tab)
        overview = QWidget()
        column = QVBoxLayout(overview)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(2)
        column.addLayout(self._bar())
        column.addWidget(self._tab_stack, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(overview)
        self._stack.addWidget(self.plan)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banners)
        layout.addWidget(self._stack, 1)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.addWidget(self.tabs, 1)
        bar.addWidget(self.loading)
        label = QLabel(_("Fiscal &year"))
        label.setBuddy(self.years)
        self.years.setAccessibleName(_("Fiscal year"))
        self.years.setMinimumWidth(76)
        bar.addWidget(label)
        bar.addWidget(self.years)
        bar.addSpacing(8)
        for number, text in ((_LATEST, _("Latest round")), *((one, _(ROUND_LABELS[one])) for one in ROUNDS)):
            button = QToolButton()
            button.setText(text)
            theme.make_toggle(button)
            self.rounds.addButton(button, number)
            bar.addWidget(button)
        bar.addSpacing(8)
        # A button says what its action's icon text is, whatever becomes of the action.
        self.receive_action.setIconText(_("Take files in…"))
        self.report_actions[0].setIconText(_("District's report"))
        bar.addWidget(_button(self.receive_action))
        bar.addWidget(_button(self.report_actions[0], self.report_actions))
        return bar


def _round(number: int) -> Round | None:
    return 6 if number == 6 else 12 if number == 12 else None


def _button(action: QAction, offered: Sequence[QAction] = ()) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(theme.BESIDE_ICON)
    if offered:
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        menu = theme.menu(button)
        menu.addActions(list(offered))
        button.setMenu(menu)
    return button
