"""The table of the import page: what each column holds stands in its head, whole, and can be chosen there."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStyle, QWidget

from itadesk.exchange.reading import Reading
from itadesk.i18n import _
from itadesk.ui.delegates import TextDelegate
from itadesk.ui.import_rows import ImportRows
from itadesk.ui.rows_table import PADDING, RowsTable, line_height

_WRAPPED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_MOST_HEAD_LINES = 5


class ImportTable(RowsTable):
    """`switched()`: the selected rows go in or out; `column_wanted(section)`: that column may hold something else."""

    switched = Signal()
    column_wanted = Signal(int)

    def __init__(self, rows: ImportRows, parent: QWidget | None = None) -> None:
        super().__init__(rows, parent)
        self._rows = rows
        self.setAccessibleName(_("What was understood"))
        self.setItemDelegate(TextDelegate(self))
        self.set_lines(4)
        self.setEditTriggers(RowsTable.EditTrigger.NoEditTriggers)
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setDefaultAlignment(_WRAPPED)
        head.setStretchLastSection(True)
        head.sectionClicked.connect(self.column_wanted)
        head.sectionResized.connect(self._fit_head)
        self.clicked.connect(lambda index: self.switched.emit() if index.column() == 0 else None)
        self._add(_("Take these rows, or leave them out"), "Space", self.switched.emit)
        self._add(
            _("What the column holds…"), "F4", lambda: self.column_wanted.emit(self.currentIndex().column())
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def fit_columns(self, reading: Reading, tables: Sequence[int]) -> None:
        """Each column its share of the window, at least the words of its head; those without anything are hidden."""
        shown = [row for row in reading.rows if row.table in tables]
        told = any(row.told is not None for row in shown)
        filled = {
            at
            for row in shown
            if row.measure is not None
            for at, text in enumerate(row.texts)
            if text.strip()
        }
        shares: dict[int, int] = {}
        for section, column in enumerate(self._rows.columns):
            source = self._rows.source_column(section)
            missing = source is None and column.name.startswith("text")
            missing |= column.name == "status" and not told
            self.setColumnHidden(section, missing)
            if missing:
                continue
            name = column.name if source is None else reading.columns[tables[0]][source].target
            shares[section] = _SHARES.get(name, 9) if source is None or source in filled else _EMPTY
        room = self.width() - 2 * self.verticalScrollBar().sizeHint().width()
        least = {section: self._least_width(section, share) for section, share in shares.items()}
        for section, width in _shared(room, shares, least).items():
            self.setColumnWidth(section, width)
        self._fit_head()

    def _least_width(self, section: int, share: int) -> int:
        """As wide as the longest word of the head; a column for long texts has room for a few words."""
        from itadesk.documents.paper import segment

        metrics = self.horizontalHeader().fontMetrics()
        words = [word for line in self._title(section).split() for word in segment.words(line)]
        few_words = _LEAST_OF_TEXT * metrics.averageCharWidth() if share >= _LONG_TEXT else 0
        return max(few_words, *map(metrics.horizontalAdvance, words), 0) + 2 * self._margin()

    def _fit_head(self) -> None:
        """As high as the longest title needs in its column."""
        head = self.horizontalHeader()
        metrics, line = head.fontMetrics(), line_height(head)
        heights = [
            metrics.boundingRect(self._room_for_title(section), _WRAPPED, self._title(section)).height()
            for section in range(head.count())
            if not head.isSectionHidden(section)
        ]
        lines = -(-max(heights, default=0) // metrics.lineSpacing())
        head.setFixedHeight(min(max(lines, 2), _MOST_HEAD_LINES) * line + 2 * PADDING)

    def _room_for_title(self, section: int) -> QRect:
        wide = self.horizontalHeader().sectionSize(section) - 2 * self._margin()
        return QRect(0, 0, max(wide, 1), 10_000)

    def _title(self, section: int) -> str:
        return str(self._rows.headerData(section, Qt.Orientation.Horizontal))

    def _margin(self) -> int:
        return self.style().pixelMetric(QStyle.PixelMetric.PM_HeaderMargin, None, self) + 1

    def _add(self, text: str, key: str, act: Callable[[], object]) -> None:
        action = QAction(text, self)
        action.setShortcut(key)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: act())
        self.addAction(action)


def _shared(room: int, shares: Mapping[int, int], least: Mapping[int, int]) -> dict[int, int]:
    """The width of each column: its share of the room, where that is not less than it needs."""
    widths: dict[int, int] = {}
    while left := shares.keys() - widths.keys():
        part = max(room - sum(widths.values()), 0) / sum(shares[section] for section in left)
        narrow = {section: least[section] for section in left if part * shares[section] < least[section]}
        widths |= narrow or {section: int(part * shares[section]) for section in left}
    return widths


_SHARES = {
    "taken": 4, "kind": 12, "title": 18, "steps": 22, "result": 18, "outcome": 14, "suggestion": 14, "number": 4,
    "indicator": 10, "period": 10, "status": 8, "status_not_started": 8, "status_in_progress": 8, "status_done": 8,
    "warnings": 14,
}  # fmt: skip
"""How wide the columns are beside each other."""
_LONG_TEXT, _LEAST_OF_TEXT = 12, 11
"""Share of a column for long texts, and the letters that stand beside each other there."""
_EMPTY = 3
"""Of a column in which no measure says anything."""
