"""The places that find and replace found, as rows: where each is, how it reads now, and how it will read."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from itadesk.documents.layouts import layouts
from itadesk.domain.fields import ROUND_LABELS
from itadesk.domain.model import (
    Document,
    DocumentText,
    Evidence,
    Finding,
    FiscalYear,
    Measure,
    Office,
    Person,
    Phrase,
    Progress,
    Publication,
    Row,
    Signatory,
    Unit,
)
from itadesk.domain.replace import Hit
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import N_, _
from itadesk.ui.cell_text import draw_focus
from itadesk.ui.delegates import TextDelegate
from itadesk.ui.rows_model import Column, RowsModel
from itadesk.ui.rows_table import PADDING, RowsTable, line_height

_BEFORE, _BEHIND = 26, 80
"""Letters shown around a place: it stands in sight in the narrowest column."""
_HANGING, _LEADING = frozenset("ะัาำิีึืฺุูๅๆฯ็่้๊๋์ํ๎"), frozenset("เแโใไ")
"""Marks that no piece of a text begins with, and vowels that none ends with: they belong to the letter beside them."""
_FOUND_FILL, _NEW_FILL = QColor("#ffe08a"), QColor("#bfe8c6")

_Index = QModelIndex | QPersistentModelIndex
Key = tuple[str, str, int]


@dataclass(frozen=True)
class Marked:
    """A line of text with a stretch of it marked."""

    text: str
    start: int
    length: int


@dataclass(frozen=True)
class HitRow:
    """One place and what is to become of it."""

    hit: Hit
    place: str
    field: str
    by: str
    chosen: bool

    @property
    def id(self) -> str:
        return "/".join(map(str, self.hit.key))

    @property
    def now(self) -> Marked:
        return self._with(self.hit.found)

    @property
    def then(self) -> Marked:
        return self._with(self.by)

    def _with(self, middle: str) -> Marked:
        text, start, end = self.hit.text, self.hit.start, self.hit.end
        first = _edge(text, max(start - _BEFORE, 0), -1)
        last = _edge(text, min(end + _BEHIND, len(text)), 1)
        left = ("…" if first else "") + text[first:start]
        right = text[end:last] + ("…" if last < len(text) else "")
        return Marked((left + middle + right).replace("\n", " "), len(left), len(middle))


def _edge(text: str, at: int, step: int) -> int:
    """The nearest place from `at` on, to the left or right, where no letter is torn from what belongs to it."""
    while 0 < at < len(text) and (text[at] in _HANGING or text[at - 1] in _LEADING):
        at += step
    return at


class ReplaceRows(RowsModel[HitRow]):
    """What was found, in the order of the file."""

    def __init__(self, parent: QObject | None = None) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        columns = [
            Column[HitRow]("chosen", "✓", lambda row: "✓" if row.chosen else "", alignment=centre),
            Column[HitRow]("place", _("Where"), lambda row: row.place),
            Column[HitRow]("field", _("Field"), lambda row: row.field),
            Column[HitRow]("now", _("Reads now"), lambda row: row.now.text),
            Column[HitRow]("then", _("Will read"), lambda row: row.then.text),
        ]
        super().__init__(columns, parent=parent)

    def show_hits(
        self, snapshot: Snapshot, hits: Iterable[Hit], by: str, left_out: Set[Key], *, several_years: bool
    ) -> None:
        """Show these places, those `left_out` without a tick; of `several_years`, each says its own."""
        places = _Places(snapshot, several_years)
        self.set_rows(
            HitRow(hit, places.words(hit.row), _field_words(hit), by, hit.key not in left_out) for hit in hits
        )


class MarkDelegate(TextDelegate):
    """Draws one line with what is found, or what comes in its place, bold on a ground of its own."""

    def __init__(self, table: RowsTable, marked: Callable[[HitRow], Marked], fill: QColor) -> None:
        super().__init__(table)
        self._marked = marked
        self._format = QTextCharFormat()
        self._format.setBackground(fill)
        self._format.setFontWeight(QFont.Weight.Bold)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, line_height(self._table) + 2 * PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        marked = self._marked(self._table.rows.rows[index.row()])
        layout = self._line(marked, option.font)
        painter.save()
        painter.setClipRect(option.rect)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        layout.draw(painter, option.rect.topLeft() + QPoint(PADDING, PADDING))
        painter.restore()
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, option.rect)

    def _line(self, marked: Marked, font: QFont) -> QTextLayout:
        span = QTextLayout.FormatRange()
        span.start, span.length = (
            utf16(marked.text, marked.start),
            utf16(marked.text, marked.start, marked.length),
        )
        span.format = self._format
        layout = QTextLayout(marked.text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats([span])
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        return layout


def now_delegate(table: RowsTable) -> MarkDelegate:
    return MarkDelegate(table, lambda row: row.now, _FOUND_FILL)


def then_delegate(table: RowsTable) -> MarkDelegate:
    return MarkDelegate(table, lambda row: row.then, _NEW_FILL)


def utf16(text: str, start: int, length: int | None = None) -> int:
    """How many units Qt counts up to `start`, or for `length` letters from there."""
    piece = text[:start] if length is None else text[start : start + length]
    return len(piece.encode("utf-16-le")) // 2


def _field_words(hit: Hit) -> str:
    label = _(hit.field.label)
    return f"{label} ({_(ROUND_LABELS[hit.row.round])})" if isinstance(hit.row, Progress) else label


class _Places:
    """Says where a row of the file is; each is found out once."""

    def __init__(self, snapshot: Snapshot, several_years: bool) -> None:
        self._snapshot = snapshot
        self._titles = {layout.name: layout.title for layout in layouts(snapshot)}
        self._several = several_years
        self._known: dict[str, str] = {}

    def words(self, row: Row) -> str:
        if row.id not in self._known:
            self._known[row.id] = self._words(row)
        return self._known[row.id]

    def _words(self, row: Row) -> str:
        match row:
            case Measure():
                title = " ".join(row.title.split()) or _("Measure without a title")
                return self._in_year(row.fiscal_year_id, title)
            case Progress() | Evidence():
                return self.words(self._snapshot.all(Measure)[row.measure_id])
            case Document():
                return self._in_year(row.fiscal_year_id, self._titles.get(row.layout, row.layout))
            case DocumentText() | Signatory() | Publication():
                return self.words(self._snapshot.all(Document)[row.document_id])
            case Finding():
                return self._in_year(row.fiscal_year_id, _("Findings"))
            case _:
                return _(_OF_THE_OFFICE[type(row)])

    def _in_year(self, year_id: str, words: str) -> str:
        return f"{self._snapshot.all(FiscalYear)[year_id].year} · {words}" if self._several else words


_OF_THE_OFFICE: Mapping[type[Row], str] = {
    Office: N_("Office"),
    Unit: N_("Units"),
    Person: N_("People who sign"),
    Phrase: N_("The office's phrases"),
}
