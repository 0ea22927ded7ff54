"""The versions of an office that the collection keeps: what they say differently, and which of them counts."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import news
from itadesk.domain.news import NewsItem
from itadesk.domain.short_code import short_code
from itadesk.i18n import _
from itadesk.storage.collection import take, versions
from itadesk.storage.collection.versions import Kept
from itadesk.ui import messages, theme
from itadesk.ui.buttons import text_button
from itadesk.ui.collection.differences_table import DifferencesTable
from itadesk.ui.collection.office_table import moment
from itadesk.ui.collection.plan_rows import tally_words
from itadesk.ui.collection.session import CollectionSession
from itadesk.ui.collection.tables import CENTRE, SignDelegate, SortedTable
from itadesk.ui.rows_model import Column
from itadesk.ui.thai_text import display


@dataclass(frozen=True)
class VersionRow:
    id: str
    kept: Kept


def _columns() -> list[Column[VersionRow]]:
    return [
        Column("years", _("In use for"), lambda row: ", ".join(map(str, row.kept.years)) or "–"),
        Column("received", _("Received"), lambda row: moment(row.kept.received_at)),
        Column("by", _("Received by"), lambda row: row.kept.received_by),
        Column("saved", _("Saved by the office"), lambda row: moment(row.kept.saved_at)),
        Column("version", _("Version"), lambda row: f"r{row.kept.revision}", alignment=CENTRE),
        Column("file", _("File"), lambda row: row.kept.file_name),
        Column("seal", _("Seal code"), lambda row: short_code(row.kept.seal), alignment=CENTRE),
    ]


_WIDTHS = {"years": 110, "received": 140, "by": 120, "saved": 150, "version": 60, "seal": 160}


class VersionsDialog(QDialog):
    """`changed()`: another version counts now; `look_wanted(received id)`."""

    changed = Signal()
    look_wanted = Signal(str)

    def __init__(
        self, session: CollectionSession, office_id: str, name: str, year: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Versions of {office}, fiscal year {year}").format(office=name, year=year))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._office_id, self._year = session, office_id, year
        self.table: SortedTable[VersionRow] = SortedTable(_columns(), {}, _WIDTHS, _("Versions"))
        self.table.setItemDelegate(SignDelegate(self.table, _colour))
        self.table.selectionModel().selectionChanged.connect(lambda _new, _old: self._follow())
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.differences = DifferencesTable()
        self.take_back_button = text_button(_("&Use this version again"), self.take_back)
        self.look_button = text_button(_("&Look into the file"), self._look)
        self._lay_out()
        self._load()

    def take_back(self) -> None:
        """Let the chosen version count again for the year in hand; the one that does now can be taken back as well."""
        row = self.table.current
        if row is not None:
            year = self._year
            self._session.write(
                lambda connection: take.take_back(connection, row.id, [year]),
                lambda _done: self._taken_back(),
                lambda error: messages.show_error(self, error),
            )

    def _taken_back(self) -> None:
        self._load()
        self.changed.emit()
        messages.toast(self, _("The version counts again. The other one is still in this list."))

    def _look(self) -> None:
        if (row := self.table.current) is not None:
            self.look_wanted.emit(row.id)
            self.accept()

    def _load(self) -> None:
        office_id = self._office_id
        self._session.ask("versions", lambda connection: versions.kept(connection, office_id), self._show)

    def _show(self, kept: list[Kept]) -> None:
        self.table.fill(VersionRow(one.id, one) for one in kept)
        if self.table.current is None and kept:
            self.table.go_to(next((one.id for one in kept if self._year not in one.years), kept[0].id))
        self._follow()

    def _in_use(self) -> VersionRow | None:
        return next((row for row in self.table.shown if self._year in row.kept.years), None)

    def _pair(self) -> tuple[VersionRow, VersionRow] | None:
        """The older and the newer of the two versions that are compared."""
        by_id = {row.id: row for row in self.table.shown}
        chosen = [by_id[row_id] for row_id in self.table.selected_ids()]
        used = self._in_use()
        if len(chosen) == 1 and used is not None and used is not chosen[0]:
            chosen.append(used)
        if len(chosen) != 2:
            return None
        first, second = sorted(chosen, key=lambda row: (row.kept.received_at, row.kept.revision))
        return first, second

    def _follow(self) -> None:
        row, pair = self.table.current, self._pair()
        one = row is not None and len(self.table.selected_ids()) == 1
        self.take_back_button.setEnabled(one and row is not None and self._year not in row.kept.years)
        self.look_button.setEnabled(one)
        if pair is None:
            self.differences.show_differences([])
            text = _(
                "This version counts now. Choose another one, or two with Ctrl, to see what they say differently."
            )
            self.said.setText(display(text))
            return
        first, second = pair
        self.said.setText(_("Comparing…"))
        year = self._year
        self._session.ask(
            "compared",
            lambda connection: versions.compared(connection, first.id, second.id, year),
            lambda found: self._compared(first, second, found),
        )

    def _compared(self, first: VersionRow, second: VersionRow, found: list[NewsItem]) -> None:
        told = tally_words(news.tally(found)) or _("both say the same of this year")
        text = _("From {first} to {second}: {told}")
        self.said.setText(display(text.format(first=_named(first), second=_named(second), told=told)))
        self.differences.show_differences(found)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.addWidget(self.said, 1)
        tools.addWidget(self.take_back_button)
        tools.addWidget(self.look_button)
        below = QWidget()
        part = QVBoxLayout(below)
        part.setContentsMargins(0, 0, 0, 0)
        part.addLayout(tools)
        part.addWidget(self.differences)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(below)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(split)
        layout.addWidget(buttons)
        self.resize(1100, 560)


def _named(row: VersionRow) -> str:
    return f"r{row.kept.revision} ({moment(row.kept.received_at)})"


def _colour(row: VersionRow, name: str) -> str:
    return theme.STATUS_COLOURS["done"] if name == "years" and row.kept.years else ""
