"""The bin of the file: what was deleted, when and by whom; to look at, bring back, or delete for good."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from itadesk.domain import thai
from itadesk.domain.family import PARENTS
from itadesk.domain.model import Deletion, Office, Row
from itadesk.domain.naming import KINDS
from itadesk.domain.snapshot import TABLES
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import bin, bin_operations
from itadesk.ui import messages, text_difference, thai_text, theme
from itadesk.ui.buttons import text_button
from itadesk.ui.delegates import TextDelegate
from itadesk.ui.newest import Newest
from itadesk.ui.row_names import kind_and_title, restored_words, told
from itadesk.ui.rows_model import Column, RowsModel
from itadesk.ui.rows_table import RowsTable
from itadesk.ui.session import FileSession

_WIDTHS = {"when": 9, "who": 9, "kind": 9, "within": 16, "below": 11}
"""Widths of columns in the widths of a wide letter; the title takes the rest."""
_MOST = 300
"""Rows of an entry that are shown; a whole fiscal year has thousands."""


class _Look(NamedTuple):
    rows: Sequence[Row]
    size: int


class BinDialog(QDialog):
    """Follows the file; what is done here are undo steps like any other."""

    def __init__(self, session: FileSession, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Bin"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._looking = Newest(session.tasks, self)
        self._make_list()
        self.content = QTextBrowser()
        self.content.setAccessibleName(_("What was deleted"))
        self.summary = QLabel()
        self.summary.setStyleSheet(f"color: {theme.QUIET}")
        self.restore = text_button(_("&Bring back"), self._restore)
        self.forget = text_button(_("&Delete for good"), self._forget)
        self.empty = text_button(_("&Empty the bin"), self._empty)
        self.close_button = text_button(_("C&lose"), self.accept)
        self._arrange()
        for key, act in (("Ctrl+Z", session.undo), ("Ctrl+Y", session.redo), ("Ctrl+Shift+Z", session.redo)):
            QShortcut(QKeySequence(key), self, act)
        session.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        text = [thai.fold(word) for word in self.text.text().split()]
        newest = reversed(self._session.snapshot.children(Deletion))
        self.model.set_rows(row for row in newest if all(word in _folded(row) for word in text))
        if self.model.rows and not self.table.selected_ids():
            self.table.select([self.table.current_id() or self.model.rows[0].id], 0)
        self.nothing.setText(
            thai_text.display(
                _("Nothing was found.") if text else _("The bin is empty. What you delete lies here.")
            )
        )
        self.nothing.setVisible(not self.model.rows)
        self._look()

    def _look(self) -> None:
        """Show what the entry in hand holds."""
        index = self.table.currentIndex()
        deletion = self.model.row(index) if index.isValid() else None
        self._offer()

        def look() -> _Look:
            return self._session.read(
                lambda database: _Look(
                    bin.rows_of(database, deletion) if deletion else (), bin.size(database)
                )
            )

        self._looking.ask(look, self._show, self._refused)

    def _offer(self) -> None:
        writing = not self._session.read_only
        chosen = bool(self.table.selected_ids())
        self.restore.setEnabled(writing and chosen)
        self.forget.setEnabled(writing and chosen)
        self.empty.setEnabled(writing and bool(self._session.snapshot.all(Deletion)))

    def _show(self, look: _Look) -> None:
        shown = [_shown(row) for row in look.rows[:_MOST]]
        if (more := len(look.rows) - len(shown)) > 0:
            shown.append(text_difference.plain(_("and {count} more").format(count=more)))
        self.content.setHtml("".join(f'<p style="margin: 0 0 6px 0">{row}</p>' for row in shown))
        count = len(self._session.snapshot.all(Deletion))
        text = _("{count} in the bin, {size:,} KB of the file. The newest {limit} are kept.")
        self.summary.setText(text.format(count=count, size=-(-look.size >> 10), limit=bin.LIMIT))

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.content.setPlainText(thai_text.display(f"{error.message}\n{error.advice}"))

    def _restore(self) -> None:
        ids = self.table.selected_ids()
        restored = self._session.edit(_("Bring back from the bin"), bin_operations.restore, ids)
        if restored is not None:
            done = _("Brought back {count}. Ctrl+Z takes that back.").format(count=len(ids))
            messages.toast(self, restored_words(restored, done))

    def _forget(self) -> None:
        ids = self.table.selected_ids()
        self._session.edit(_("Delete from the bin for good"), bin_operations.forget, ids)
        messages.toast(self, _("Deleted {count} for good. Ctrl+Z takes that back.").format(count=len(ids)))

    def _empty(self) -> None:
        ids = list(self._session.snapshot.all(Deletion))
        self._session.edit(_("Empty the bin"), bin_operations.forget, ids)
        messages.toast(self, _("The bin is empty. Ctrl+Z takes that back."))

    # Building

    def _make_list(self) -> None:
        self.text = QLineEdit(placeholderText=_("Search in the bin"), clearButtonEnabled=True)
        self.text.setAccessibleName(_("Search"))
        self.text.textChanged.connect(self._refresh)
        columns = [
            Column[Any]("when", _("When"), _when),
            Column[Any]("who", _("Deleted by"), lambda row: row.deleted_by),
            Column[Any]("kind", _("Kind"), _kind),
            Column[Any]("title", _("What was deleted"), lambda row: row.title or "–"),
            Column[Any]("within", _("Where it was"), _within),
            Column[Any]("below", _("With it"), lambda row: str(row.below) if row.below else ""),
        ]
        self.model: RowsModel[Deletion] = RowsModel(columns, parent=self)
        self.table = RowsTable(self.model)
        self.table.setAccessibleName(_("Bin"))
        self.table.setItemDelegate(TextDelegate(self.table))
        self.table.set_lines(3)
        letter = self.fontMetrics().horizontalAdvance("ม")
        for name, width in _WIDTHS.items():
            self.table.setColumnWidth(self.model.column(name), width * letter)
        stretch = QHeaderView.ResizeMode.Stretch
        self.table.horizontalHeader().setSectionResizeMode(self.model.column("title"), stretch)
        self.table.selectionModel().selectionChanged.connect(lambda: self._look())
        self.nothing = QLabel()
        self.nothing.setStyleSheet(f"color: {theme.QUIET}")
        self.nothing.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        QVBoxLayout(self.table.viewport()).addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignCenter)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        for button in (self.restore, self.forget, self.empty):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.table)
        splitter.addWidget(self.content)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.summary)
        layout.addLayout(buttons)
        self.resize(1080, 600)
        self.table.setFocus()


def _when(row: Deletion) -> str:
    return f"{thai.short_date(row.deleted_at.date())} {row.deleted_at:%H:%M}"


def _kind(row: Deletion) -> str:
    row_class = TABLES.get(row.table_name)
    return _(KINDS[row_class]) if row_class is not None and row_class in KINDS else row.table_name


def _within(row: Deletion) -> str:
    """What it hung below; that everything is the office's goes without saying."""
    row_class = TABLES.get(row.table_name)
    if row_class is None or row_class not in PARENTS or PARENTS[row_class][1] is Office:
        return ""
    return f"{_(KINDS[PARENTS[row_class][1]])} {row.within}"


def _folded(row: Deletion) -> str:
    return thai.fold("¦".join((_when(row), row.deleted_by, _kind(row), row.title, _within(row))))


def _shown(row: Row) -> str:
    if type(row) not in KINDS:
        return ""
    texts = told(type(row), vars(row))
    return f"<b>{text_difference.plain(kind_and_title(row))}</b><br>{text_difference.plain(texts)}"
