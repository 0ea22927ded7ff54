"""The head of บันทึกข้อความ: emblem, title and dotted field lines.

Geometry after the typing guidance of the Office of the Prime Minister's Secretariat for official letters.
"""

from typing import NamedTuple

from itadesk.documents.paper.page import CM, DOTS_BELOW, OpenPicture, Sheet
from itadesk.documents.paper.text import LEADING, Line, Typesetter
from itadesk.documents.tree import MemoField, MemoHead, Run

_EMBLEM_TOP = 1.5 * CM
"""From the upper edge of the paper."""
_TITLE_SIZE, _TITLE_LINE = 29, 35.0
_LABEL_SIZE, _SIZE = 20, 16
_LABEL_LINE, _LINE = _LABEL_SIZE * LEADING, _SIZE * LEADING
_GAP = 6.0
"""Points between a label and its value, and before the salutation."""


class _Field(NamedTuple):
    """A label at `x`, and the lines of its value: the first from `start`, others from `x`, all up to `end`."""

    x: float
    label: Line
    start: float
    end: float
    value: list[Line]


class SetMemoHead:
    """The head of the memo; at the top of a page its place does not depend on the margin."""

    keep_with_next = clings = False
    whole = True

    def __init__(self, head: MemoHead, sheet: Sheet) -> None:
        self._head = head
        self._emblem = OpenPicture(head.emblem) if head.emblem else None
        self._title = sheet.type.line(head.title, _TITLE_SIZE, bold=True)
        self._title_height = max(head.emblem_height * CM, _TITLE_LINE)
        self._lines = [self._fields(fields, sheet) for fields in head.lines]
        self._salutation = self._addressed(sheet)
        lines = sum(map(_count, self._lines))
        self._height = self._title_height + lines * _LABEL_LINE + _GAP + _count(self._salutation) * _LINE

    def start(self, behind: float, room: float) -> float:
        return self._height + behind

    def end(self) -> float:
        return self._height

    def place(self, sheet: Sheet, behind: float) -> None:
        if sheet.fresh:
            sheet.start_at(_EMBLEM_TOP)
        sheet.need(self._height + behind)
        self._place_title(sheet)
        for fields in self._lines:
            _place_fields(fields, _LABEL_LINE, _LABEL_SIZE, sheet, dotted=True)
        sheet.space(_GAP)
        _place_fields(self._salutation, _LINE, _SIZE, sheet, dotted=False)

    def _addressed(self, sheet: Sheet) -> list[_Field]:
        """The salutation, a field of its own."""
        label = sheet.type.line(self._head.salutation_label, _SIZE)
        start, end = sheet.left + label.width + _GAP, sheet.left + sheet.width
        return [_field(sheet.left, label, start, end, self._head.salutation, sheet.type)]

    def _title_x(self, sheet: Sheet) -> float:
        return sheet.left + (sheet.width - self._title.width) / 2

    def _place_title(self, sheet: Sheet) -> None:
        """Emblem and title; the title's line ends where the emblem does."""
        top = sheet.take(self._title_height)
        x = self._title_x(sheet)
        if self._emblem:
            tall = min(
                self._head.emblem_height * CM, max(x - _GAP - sheet.left, _TITLE_LINE) / self._emblem.shape
            )
            sheet.picture(self._emblem, sheet.left, top - tall, tall)
        upper = top - self._title_height + _TITLE_LINE
        sheet.text(self._title, _TITLE_SIZE, x, upper - sheet.type.baseline(_TITLE_SIZE, _TITLE_LINE))

    def _fields(self, fields: tuple[MemoField, ...], sheet: Sheet) -> list[_Field]:
        """The fields of one line. The second of two stands under "ข" of the title, its value begins after "ม"."""
        whole = sum(field.width for field in fields)
        starts = [
            sheet.left + sheet.width * sum(f.width for f in fields[:at]) / whole for at in range(len(fields))
        ]
        value = 0.0
        if len(fields) == 2 and (places := self._under_title(sheet)):
            starts[1], value = places
        ends = [*(start - _GAP for start in starts[1:]), sheet.left + sheet.width]
        placed: list[_Field] = []
        for field, x, end in zip(fields, starts, ends, strict=True):
            label = sheet.type.line(field.label, _LABEL_SIZE, bold=True)
            start = max(x + label.width + _GAP, value if x == starts[-1] else 0)
            placed.append(_field(x, label, start, end, field.value, sheet.type))
        return placed

    def _under_title(self, sheet: Sheet) -> tuple[float, float] | None:
        """Where "ข" of the title begins and the "ม" after it ends; None for a title without them."""
        first = self._head.title.find("ข")
        last = self._head.title.find("ม", first)
        if first < 0 or last < 0:
            return None
        before = sheet.type.line(self._head.title[:first], _TITLE_SIZE, bold=True).width
        through = sheet.type.line(self._head.title[: last + 1], _TITLE_SIZE, bold=True).width
        return self._title_x(sheet) + before, self._title_x(sheet) + through


def _field(x: float, label: Line, start: float, end: float, value: str, typesetter: Typesetter) -> _Field:
    return _Field(x, label, start, end, typesetter.lines((Run(value),), _SIZE, end - x, start - x))


def _count(fields: list[_Field]) -> int:
    """Lines of fields side by side."""
    return max((len(field.value) for field in fields), default=0)


def _place_fields(
    fields: list[_Field], leading: float, label_size: float, sheet: Sheet, *, dotted: bool
) -> None:
    """Fields side by side, each drawn whole before the next: that is the order in which the page is read."""
    done, count = 0, _count(fields)
    while done < count:
        sheet.need(leading)
        here = min(max(int(sheet.room / leading), 1), count - done)
        first = sheet.take(here * leading) - sheet.type.baseline(label_size, leading)
        for field in fields:
            for at in range(done, min(done + here, len(field.value))):
                _place_line(field, at, first - (at - done) * leading, label_size, sheet, dotted=dotted)
        done += here


def _place_line(
    field: _Field, at: int, baseline: float, label_size: float, sheet: Sheet, *, dotted: bool
) -> None:
    """A line of a field: after its label, or below it. There readers see that it goes on (pdfminer's layout)."""
    if at == 0:
        sheet.text(field.label, label_size, field.x, baseline)
    opens = at == 0 or field.value[at - 1].last
    sheet.text(field.value[at], _SIZE, field.start if opens else field.x, baseline)
    if dotted:
        begin = field.x + field.label.width + 1 if at == 0 else field.x
        sheet.dots(begin, field.end, baseline - DOTS_BELOW)
