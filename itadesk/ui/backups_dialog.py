"""The dated copies on this computer: what each holds, how it differs, to be looked into and restored."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from itadesk.domain.fields import ROUND_LABELS, STATUS_LABELS
from itadesk.domain.model import Status
from itadesk.domain.overview import Overview
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage.backup import Backup
from itadesk.storage.generation import GENERATION
from itadesk.ui import backup_reading, messages, restoring, theme
from itadesk.ui.backup_reading import Copied, Looked
from itadesk.ui.change_words import paragraph
from itadesk.ui.delegates import TextDelegate
from itadesk.ui.newest import Newest
from itadesk.ui.quiet_box import QuietBox
from itadesk.ui.rows_model import Column, RowsModel
from itadesk.ui.rows_table import RowsTable
from itadesk.ui.session import FileSession
from itadesk.ui.tasks import Tasks

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True)
class _Line:
    """One copy in the list; `looked` comes when it has been read."""

    id: str
    copy: Backup
    looked: Looked | None = None


class BackupsDialog(QDialog):
    """Of every document on this computer; that of `session` first. `open_wanted(Path)`: a restored file."""

    open_wanted = Signal(object)

    def __init__(self, parent: QWidget | None, tasks: Tasks, session: FileSession | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Backups on this computer"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._tasks = tasks
        self._comparing = Newest(tasks, self)
        self._documents: list[Copied] = []
        self.document = QuietBox()
        self.document.setAccessibleName(_("Document"))
        self.document.activated.connect(lambda _at: self._show_document())
        self.lines: RowsModel[_Line] = RowsModel(_columns(), parent=self)
        self.table = self._made_table()
        self.told = QTextBrowser()
        self.told.setAccessibleName(_("What has changed since the copy"))
        self.view = QPushButton(_("&Look into it"))
        self.restore = QPushButton(theme.icon("copy"), _("&Restore as a file of its own…"))
        self.replace = QPushButton(_("&Put in place of what the file says now"))
        self.view.clicked.connect(self._look_into)
        self.restore.clicked.connect(self._restore)
        self.replace.clicked.connect(self._put_in_place)
        self._arrange()
        self._enable()
        first = None if session is None else session.uuid
        tasks.run(partial(backup_reading.documents, first), self._list_documents, self._failed)

    # The list

    def _list_documents(self, found: list[Copied]) -> None:
        if not isValid(self):
            return
        self._documents = found
        for document in found:
            self.document.addItem(_("Unknown file") if document.path is None else document.path.name)
            if document.path is not None:
                tip = str(document.path)
                self.document.setItemData(self.document.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self._show_document()

    def _show_document(self) -> None:
        document = self._chosen_document()
        copies = () if document is None else document.backups
        self.lines.set_rows(_Line(str(copy.path), copy) for copy in copies)
        where = "" if document is None or document.path is None else str(document.path)
        self.where.setText(where)
        self.where.setToolTip(where)
        if copies:
            self.table.select([str(copies[0].path)], 0)
            self._look_at_next()
        else:
            self.told.setHtml(paragraph(_("There are no backups on this computer yet.")))
        self._enable()

    def _look_at_next(self) -> None:
        """Read one copy after the other, the newest first, so that the list fills from the top."""
        line = next((line for line in self.lines.rows if line.looked is None), None)
        if line is not None:
            self._tasks.run(
                partial(backup_reading.look, line.copy), partial(self._looked_at, line.id), self._failed
            )

    def _looked_at(self, line_id: str, looked: Looked) -> None:
        if not isValid(self) or self.lines.position(line_id) is None:
            return
        self.lines.set_rows(
            replace(line, looked=looked) if line.id == line_id else line for line in self.lines.rows
        )
        document, at = self._chosen_document(), self.document.currentIndex()
        if looked.overview is not None and document is not None and self.lines.position(line_id) == 0:
            name = _("Unknown file") if document.path is None else document.path.name
            self.document.setItemText(at, " – ".join(filter(None, (looked.overview.office, name))))
        self._enable()
        self._look_at_next()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        if isValid(self):
            messages.show_error(self, error)

    # The copy in hand

    def _chosen_document(self) -> Copied | None:
        at = self.document.currentIndex()
        return self._documents[at] if at >= 0 else None

    def _line(self) -> _Line | None:
        position = None if (row_id := self.table.current_id()) is None else self.lines.position(row_id)
        return None if position is None else self.lines.rows[position]

    @property
    def _of_open_file(self) -> bool:
        document = self._chosen_document()
        return self._session is not None and document is not None and document.uuid == self._session.uuid

    def _compare(self) -> None:
        line, document = self._line(), self._chosen_document()
        self._enable()
        if line is None or document is None:
            return
        present = self._session.snapshot if self._session is not None and self._of_open_file else None
        job = partial(backup_reading.told, line.copy, document.path, present)
        self.told.setHtml(paragraph(_("Comparing…")))
        self._comparing.ask(job, self.told.setHtml, self._cannot_compare)

    def _cannot_compare(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.told.setHtml(paragraph(f"{error.message} {error.advice}"))

    def _enable(self) -> None:
        line = self._line()
        readable = line is not None and line.looked is not None and line.looked.overview is not None
        self.view.setEnabled(readable)
        self.restore.setEnabled(readable)
        session = self._session
        writable = self._of_open_file and session is not None and not session.read_only
        self.replace.setVisible(session is not None and not session.read_only)
        self.replace.setEnabled(readable and writable)

    def _look_into(self) -> None:
        if (line := self._line()) is not None:
            restoring.look_into(self, line.copy, _when(line))

    def _restore(self) -> None:
        line, document = self._line(), self._chosen_document()
        if line is None or document is None:
            return
        path = restoring.as_file(self, line.copy, document.path)
        if path is not None and restoring.wants_to_open(self, path):
            self.accept()
            self.open_wanted.emit(path)

    def _put_in_place(self) -> None:
        line = self._line()
        if (
            line is not None
            and self._session is not None
            and restoring.in_place(self, self._session, line.copy, _when(line))
        ):
            messages.toast(self.parentWidget() or self, _("Restored. Ctrl+Z takes it back."))
            self.accept()

    # Making

    def _made_table(self) -> RowsTable:
        table = RowsTable(self.lines)
        table.setItemDelegate(TextDelegate(table))
        table.setAccessibleName(_("Backups"))
        table.setEditTriggers(RowsTable.EditTrigger.NoEditTriggers)
        table.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        for at, width in enumerate(_WIDTHS):
            table.setColumnWidth(at, width)
        table.horizontalHeader().setStretchLastSection(True)
        table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._compare())
        return table

    def _arrange(self) -> None:
        self.where = QLabel()
        self.where.setStyleSheet(f"color: {theme.QUIET};")
        self.where.setTextFormat(Qt.TextFormat.PlainText)
        self.where.setMinimumWidth(1)
        top = QHBoxLayout()
        label = QLabel(_("&Document"))
        label.setBuddy(self.document)
        self.document.setMinimumWidth(420)
        for widget, stretch in ((label, 0), (self.document, 0), (self.where, 1)):
            top.addWidget(widget, stretch)
        below = QWidget()
        since = QVBoxLayout(below)
        since.setContentsMargins(0, 0, 0, 0)
        since.addWidget(QLabel(_("What has changed since the copy")))
        since.addWidget(self.told)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self.table)
        halves.addWidget(below)
        halves.setSizes([260, 260])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        bottom = QHBoxLayout()
        for button in (self.view, self.restore, self.replace):
            button.setAutoDefault(False)
            bottom.addWidget(button)
        bottom.addStretch()
        bottom.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(halves, 1)
        layout.addLayout(bottom)
        self.resize(1080, 640)
        self.table.setFocus()


def _columns() -> list[Column[_Line]]:
    return [
        Column("when", _("Copied on"), _when),
        Column("measures", _("Measures"), _seen(lambda seen: f"{seen.measures:,}"), None, _RIGHT),
        Column("years", _("Fiscal years"), _seen(lambda seen: _years(seen.fiscal_years))),
        *(Column(name, _(STATUS_LABELS[status]), _seen(partial(_count, name)), None, _RIGHT)
          for status, name in _COUNTED.items()),
        Column("size", _("Size"), lambda line: _size(line.copy.size), None, _RIGHT),
        Column("remark", _("Remark"), _remark),
    ]  # fmt: skip


_COUNTED = {Status.NOT_STARTED: "not_started", Status.IN_PROGRESS: "in_progress", Status.DONE: "done"}


_WIDTHS = (150, 80, 110, 125, 150, 145, 80)


def _when(line: _Line) -> str:
    at = line.copy.at
    return f"{at.day}/{at.month}/{at.year + 543} {at:%H:%M}"


def _seen(words: Callable[[Overview], str]) -> Callable[[_Line], str]:
    """What a column says of a copy that has been read."""
    return lambda line: (
        "" if line.looked is None or line.looked.overview is None else words(line.looked.overview)
    )


def _count(name: str, seen: Overview) -> str:
    return "" if seen.counts is None else f"{getattr(seen.counts, name):,}"


def _years(years: tuple[int, ...]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}" if years else ""


def _size(count: int) -> str:
    return _("{size} MB").format(size=f"{count / 1e6:.1f}")


def _remark(line: _Line) -> str:
    if line.looked is None:
        return _("being read…")
    seen = line.looked.overview
    told = [line.looked.trouble]
    if line.copy.generation < GENERATION:
        told.append(_("in the form of an earlier version"))
    if seen is not None and seen.year is not None:
        told.append(_("status: {year}, {round}").format(year=seen.year, round=_(ROUND_LABELS[seen.round])))
    return ", ".join(filter(None, told))
