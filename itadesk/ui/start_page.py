"""The first page: a new office, an existing file, the example, recent files, and work not yet in its file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QBrush, QColor, QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from itadesk.i18n import _
from itadesk.ui import preferences, theme
from itadesk.ui.main_window import COLLECTION
from itadesk.ui.tasks import Tasks
from itadesk.ui.thai_text import display

if TYPE_CHECKING:
    from itadesk.storage.left_work import Unpublished

PATH = Qt.ItemDataRole.UserRole


class StartPage(QWidget):
    """Only asks: the window does what was chosen. Paths are `pathlib.Path`, unpublished work is the storage's row."""

    new_wanted = Signal()
    open_wanted = Signal()
    example_wanted = Signal()
    collect_wanted = Signal()
    open_collection_wanted = Signal()
    database_wanted = Signal()
    recent_wanted = Signal(object)
    unpublished_wanted = Signal(object)
    rescue_wanted = Signal(object)
    discard_wanted = Signal(object)
    backups_wanted = Signal()

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self.unpublished = QWidget()
        self._unpublished_rows = QVBoxLayout()
        block = QVBoxLayout(self.unpublished)
        block.setContentsMargins(0, 0, 0, 16)
        block.addWidget(_heading(_("Work not yet in its file"), 1))
        block.addLayout(self._unpublished_rows)
        self.unpublished.hide()
        self.recent = _Recent()
        self.recent.itemActivated.connect(self._recent_activated)
        self._no_recent = _quiet(_("No file has been opened on this PC yet."))
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.unpublished)
        right.addWidget(_heading(_("Recent files"), 1))
        right.addWidget(self._no_recent)
        right.addWidget(self.recent, 1)
        self.backups_button = QPushButton(theme.icon("copy"), _("&Backups on this computer…"))
        self.backups_button.clicked.connect(lambda: self.backups_wanted.emit())
        right.addWidget(self.backups_button, 0, Qt.AlignmentFlag.AlignLeft)
        right.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(48, 32, 48, 32)
        layout.setSpacing(48)
        layout.addLayout(self._ways_in())
        layout.addLayout(right, 1)

    def refresh(self) -> None:
        """Show the recent files as they are now; a share that does not answer must not hold up the window."""
        paths = [Path(name) for name in preferences.load().recent]
        self.recent.fill(paths)
        self.recent.setVisible(bool(paths))
        self._no_recent.setVisible(not paths)
        (self.recent if paths else self.new_button).setFocus()
        self._tasks.run(lambda: [path for path in paths if not path.exists()], self.recent.grey, _ignore)
        self._tasks.run(_load_storage, lambda _done: self._show_unpublished(_unpublished_work()), _ignore)

    def _show_unpublished(self, works: Sequence["Unpublished"]) -> None:
        while (row := self._unpublished_rows.takeAt(0)) is not None:
            if (widget := row.widget()) is not None:
                widget.deleteLater()
        for work in works:
            self._unpublished_rows.addWidget(self._unpublished_row(work))
        self.unpublished.setVisible(bool(works))

    def _ways_in(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(_heading(_("ITADesk"), 12))
        what = _("Integrity measures of the office: typed once, tracked, printed as the official reports")
        said = QLabel(display(what))
        said.setWordWrap(True)
        said.setFixedWidth(320)
        column.addWidget(said)
        column.addSpacing(16)
        self.new_button = _big_button("new", _("&New office file…"), self.new_wanted)
        self.open_button = _big_button("open", _("&Open a file…"), self.open_wanted)
        self.example_button = _big_button("example", _("Look at the &example"), self.example_wanted)
        for button in (self.new_button, self.open_button, self.example_button):
            column.addWidget(button)
        column.addSpacing(12)
        self.collect_button = _big_button("collection", _("Files of many offices (&district)…"))
        self.collect_button.setMenu(self._ways_to_collect())
        column.addWidget(self.collect_button)
        column.addStretch(1)
        column.addWidget(_quiet(_("You can also drop an office file or a collection on this window.")))
        return column

    def _ways_to_collect(self) -> QMenu:
        menu = theme.menu(self)
        for text, signal in (
            (_("&New collection…"), self.collect_wanted),
            (_("&Open a collection…"), self.open_collection_wanted),
            (_("Connect to a &database…"), self.database_wanted),
        ):
            menu.addAction(text).triggered.connect(lambda _checked, signal=signal: signal.emit())
        return menu

    def _unpublished_row(self, work: "Unpublished") -> QWidget:
        row = QFrame()
        said = QLabel(display(_unpublished_text(work)))
        said.setWordWrap(True)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(said, 1)
        for label, signal in (
            (_("Open"), self.unpublished_wanted),
            (_("Save as…"), self.rescue_wanted),
            (_("Discard…"), self.discard_wanted),
        ):
            button = QPushButton(label)
            button.clicked.connect(lambda _checked, signal=signal: signal.emit(work))
            layout.addWidget(button)
        return row

    def _recent_activated(self, item: QListWidgetItem) -> None:
        self.recent_wanted.emit(item.data(PATH))


class _Recent(QListWidget):
    """Recent files; one that is not there any more is grey and can be taken out (Delete key or menu)."""

    def __init__(self) -> None:
        super().__init__()
        self.setAlternatingRowColors(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Recent files"))
        remove = QAction(_("Take off this list"), self)
        remove.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(self._remove_current)
        self.addAction(remove)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def fill(self, paths: Sequence[Path]) -> None:
        self.clear()
        for path in paths:
            item = QListWidgetItem(f"{_named(path)}\n{path.parent}")
            item.setData(PATH, path)
            item.setToolTip(str(path))
            self.addItem(item)
        self.setCurrentRow(0)

    def grey(self, missing: Sequence[Path]) -> None:
        for index in range(self.count()):
            item = self.item(index)
            path = item.data(PATH)
            if path in missing:
                item.setForeground(QBrush(QColor(theme.QUIET)))
                item.setText(_("{file} (not found)").format(file=_named(path)) + f"\n{path.parent}")

    def _remove_current(self) -> None:
        if (item := self.currentItem()) is not None:
            preferences.forget_recent(item.data(PATH))
            self.takeItem(self.row(item))


def _named(path: Path) -> str:
    is_collection = path.suffix.lower() == COLLECTION
    return _("{name} (collection)").format(name=path.stem) if is_collection else path.stem


def _unpublished_text(work: "Unpublished") -> str:
    if work.changes == 0:
        return _("{file}: a new file, not written yet").format(file=work.name)
    return _("{file}: {count} changes, last on {when}").format(
        file=work.name, count=work.changes, when=work.changed_at.astimezone().strftime("%d/%m %H:%M")
    )


def _load_storage() -> None:
    """The database library takes its time: a worker loads it while the user looks at the page."""
    import itadesk.storage.office_file  # noqa: F401


def _unpublished_work() -> "list[Unpublished]":
    """Not by a worker: what is being looked at cannot be opened meanwhile."""
    from itadesk.storage import left_work

    return left_work.unpublished_work()


def _ignore(error: Exception) -> None:
    """A disk that cannot be read now only leaves the list as it stands."""


def _heading(text: str, larger: int) -> QLabel:
    label = QLabel(text)
    font = QFont(label.font())
    font.setPointSize(font.pointSize() + larger)
    font.setBold(True)
    label.setFont(font)
    return label


def _quiet(text: str) -> QLabel:
    label = QLabel(display(text))
    label.setWordWrap(True)
    label.setStyleSheet(f"color: {theme.QUIET};")
    return label


class _BigButton(QPushButton):
    """Takes Enter as well as the space bar, as buttons of dialogs do."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def _big_button(icon: str, text: str, signal: SignalInstance | None = None) -> QPushButton:
    button = _BigButton(theme.icon(icon), text)
    button.setIconSize(QSize(24, 24))
    button.setMinimumSize(320, 52)
    # Qt's own mark of the focus would leave the padding out; the border shows the focus.
    button.setStyleSheet("text-align: left; padding-left: 16px; outline: none;")
    if signal is not None:
        button.clicked.connect(lambda: signal.emit())
    return button
