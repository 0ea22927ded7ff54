"""The parts of บันทึกข้อความ that only it has: its head with dotted field lines, and the chain of signatories.

Geometry after the typing guidance of the Office of the Prime Minister's Secretariat for official letters.
"""

from typing import NamedTuple

from itadesk.documents.paper.page import CM, OpenPicture, Sheet
from itadesk.documents.paper.text import LEADING, Line, Typesetter
from itadesk.documents.tree import MemoField, MemoHead, Run, SignatureBlock, SignatureChain

_EMBLEM_TOP = 1.5 * CM
"""From the upper edge of the paper."""
_TITLE_SIZE, _TITLE_LINE = 29, 35.0
_LABEL_SIZE, _SIZE = 20, 16
_LABEL_LINE, _LINE = _LABEL_SIZE * LEADING, _SIZE * LEADING
_GAP = 6.0
"""Points between a label and its value, before the salutation, and between the blocks of a chain."""
_DOTS_BELOW = 2.2
"""Points from the baseline down to the dots."""
_SIGNING_LINES = 2
"""Lines high: the room to sign by hand, its dots on the last."""


class _Field(NamedTuple):
    """A label at `x`, and the lines of its value: the first from `start`, others from `x`, all up to `end`."""

    x: float
    label: Line
    start: float
    end: float
    value: list[Line]


class SetMemoHead:
    """The head of the memo; at the top of a page its place does not depend on the margin."""

    keep_with_next = False

    def __init__(self, head: MemoHead, sheet: Sheet) -> None:
        self._head = head
        self._emblem = OpenPicture(head.emblem) if head.emblem else None
        self._title = sheet.type.line(head.title, _TITLE_SIZE, bold=True)

    def least(self, sheet: Sheet) -> float:
        return max(self._head.emblem_height * CM, _TITLE_LINE) + _LABEL_LINE

    def place(self, sheet: Sheet) -> None:
        if sheet.fresh:
            sheet.start_at(_EMBLEM_TOP)
        self._place_title(sheet)
        for fields in self._head.lines:
            _place_fields(self._fields(fields, sheet), _LABEL_LINE, _LABEL_SIZE, sheet, dotted=True)
        sheet.space(_GAP)
        label = sheet.type.line(self._head.salutation_label, _SIZE)
        start = sheet.left + label.width + _GAP
        to = _field(sheet.left, label, start, sheet.left + sheet.width, self._head.salutation, sheet.type)
        _place_fields([to], _LINE, _SIZE, sheet, dotted=False)

    def _title_x(self, sheet: Sheet) -> float:
        return sheet.left + (sheet.width - self._title.width) / 2

    def _place_title(self, sheet: Sheet) -> None:
        """Emblem and title; the title's line ends where the emblem does."""
        height = max(self._head.emblem_height * CM, _TITLE_LINE)
        top = sheet.take(height)
        x = self._title_x(sheet)
        if self._emblem:
            tall = min(
                self._head.emblem_height * CM, max(x - _GAP - sheet.left, _TITLE_LINE) / self._emblem.shape
            )
            sheet.picture(self._emblem, sheet.left, top - tall, tall)
        upper = top - height + _TITLE_LINE
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


def _place_fields(
    fields: list[_Field], leading: float, label_size: float, sheet: Sheet, *, dotted: bool
) -> None:
    """Fields side by side, each drawn whole before the next: that is the order in which the page is read."""
    done, count = 0, max(len(field.value) for field in fields)
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
        sheet.dots(begin, field.end, baseline - _DOTS_BELOW)


class SetChain:
    """Signatories one below the other, no block torn over two pages."""

    keep_with_next = False

    def __init__(self, chain: SignatureChain, sheet: Sheet) -> None:
        self._blocks = [_SetBlock(block, sheet) for block in chain.blocks]

    def least(self, sheet: Sheet) -> float:
        return self._blocks[0].height if self._blocks else 0

    def place(self, sheet: Sheet) -> None:
        for block in self._blocks:
            sheet.space(_GAP)
            sheet.need(block.height)
            block.place(sheet)


class _SetBlock:
    """One signatory: opinion lines over the whole width, then a block that begins at the centre of the page."""

    def __init__(self, block: SignatureBlock, sheet: Sheet) -> None:
        self._block = block
        self._left = sheet.paper[0] / 2
        self._right = sheet.left + sheet.width
        room = self._right - self._left
        self._lines = [line for text in block.lines for line in sheet.type.lines((Run(text),), _SIZE, room)]
        self._opinion = max(block.opinion_lines, 1) if block.opinion else block.opinion_lines
        signing = _SIGNING_LINES if block.sign_label else 0
        self.height = (self._opinion + signing + len(self._lines)) * _LINE

    def place(self, sheet: Sheet) -> None:
        self._place_opinion(sheet)
        if self._block.sign_label:
            self._place_signing(sheet)
        for line in self._lines:
            sheet.need(_LINE)
            x = (self._left + self._right - line.width) / 2
            sheet.text(line, _SIZE, x, _baseline(_LINE, sheet))

    def _place_opinion(self, sheet: Sheet) -> None:
        label = sheet.type.line(self._block.opinion, _SIZE)
        for at in range(self._opinion):
            sheet.need(_LINE)
            baseline = _baseline(_LINE, sheet)
            start = sheet.left
            if at == 0 and label.pieces:
                sheet.text(label, _SIZE, start, baseline)
                start += label.width + 1
            sheet.dots(start, self._right, baseline - _DOTS_BELOW)

    def _place_signing(self, sheet: Sheet) -> None:
        """The label at the block's left edge, and dots with their middle over the name."""
        sheet.take((_SIGNING_LINES - 1) * _LINE)
        baseline = _baseline(_LINE, sheet)
        label = sheet.type.line(self._block.sign_label, _SIZE)
        sheet.text(label, _SIZE, self._left, baseline)
        indent = label.width + 1
        sheet.dots(self._left + indent, self._right - indent, baseline - _DOTS_BELOW)


def _baseline(height: float, sheet: Sheet) -> float:
    """Take a line of text and return its baseline."""
    return sheet.take(height) - sheet.type.baseline(_SIZE, height)
