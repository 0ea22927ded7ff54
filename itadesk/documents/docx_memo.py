"""The head of บันทึกข้อความ in a Word file: emblem, title and dotted field lines.

Dots are tab leaders: a clerk types before them and they give way.
"""

from collections.abc import Sequence

from itadesk.documents.docx_package import DocxPackage, floating
from itadesk.documents.docx_text import SIZE, Form, Tab, lines, paragraph, run, tab
from itadesk.documents.paper.page import CM, Sheet
from itadesk.documents.tree import MemoField, MemoHead

EMBLEM_TOP = 1.5 * CM
"""Where the head begins, from the upper edge of the paper."""
_TITLE_SIZE, _TITLE_LINE = 29, 35.0
_LABEL_SIZE = 20
_GAP = 6.0
"""Points before the second label and before the salutation."""
_BLANKS = "  "
"""Between a label and its value."""


def memo_head(head: MemoHead, sheet: Sheet, package: DocxPackage, *, keep_with_next: bool) -> str:
    """Emblem and title, whose lines end together, the field lines, and the salutation."""
    emblem = ""
    if head.emblem:
        picture = package.add_picture(head.emblem)
        title = sheet.type.line(head.title, _TITLE_SIZE, bold=True).width
        beside = max((sheet.width - title) / 2 - _GAP, _TITLE_LINE)
        emblem = floating(picture, min(head.emblem_height * CM, beside / picture.shape))
    height = max(head.emblem_height * CM, _TITLE_LINE)
    form = Form("center", _TITLE_SIZE, exact=height, bold=True, heading=True, keep_with_next=True)
    found = [paragraph(emblem + run(head.title, _TITLE_SIZE, bold=True), form)]
    for fields in head.lines:
        found += _FieldLine(fields, head.title, sheet).paragraphs()
    first, *others = lines(head.salutation)
    label = run(head.salutation_label + _BLANKS)
    found.append(paragraph(label + run(first), Form(before=_GAP, keep_with_next=keep_with_next)))
    found += [paragraph(run(line), Form(keep_with_next=keep_with_next)) for line in others]
    return "".join(found)


class _FieldLine:
    """Fields that stand side by side when they have room, else one below the other."""

    def __init__(self, fields: Sequence[MemoField], title: str, sheet: Sheet) -> None:
        self._fields = fields
        self._type = sheet.type
        self._end = Tab(sheet.width, "right", dotted=True)
        whole = sum(field.width for field in fields) or 1
        shares = [sum(field.width for field in fields[:at]) / whole for at in range(len(fields))]
        self._starts = [sheet.width * share for share in shares]
        self._value = 0.0
        if len(fields) == 2 and (places := _under_title(title, sheet)):
            self._starts[1], self._value = places

    def paragraphs(self) -> list[str]:
        if all(self._fits(at) for at in range(len(self._fields) - 1)):
            return self._side_by_side()
        return [found for field in self._fields for found in self._dotted(field)]

    def _fits(self, at: int) -> bool:
        field, room = self._fields[at], self._starts[at + 1] - self._starts[at] - _GAP
        value = self._type.line(_BLANKS + field.value, SIZE).width
        return len(lines(field.value)) == 1 and self._label_width(field) + value <= room

    def _label_width(self, field: MemoField) -> float:
        return self._type.line(field.label, _LABEL_SIZE, bold=True).width

    def _side_by_side(self) -> list[str]:
        """All fields on one line: after each one dots up to the next label, and a jump to it."""
        *fields, last = self._fields
        before, stops = "", list[Tab]()
        for field, start in zip(fields, self._starts[1:], strict=True):
            before += run(field.label, _LABEL_SIZE, bold=True) + run(_BLANKS + field.value) + tab() + tab()
            stops += [Tab(start - _GAP, dotted=True), Tab(start)]
        between = run(_BLANKS)
        if self._value > self._starts[-1] + self._label_width(last) + _GAP:
            between = tab()
            stops.append(Tab(self._value, dotted=True))
        return self._dotted(last, before, between, stops)

    def _dotted(
        self, field: MemoField, before: str = "", between: str = run(_BLANKS), stops: Sequence[Tab] = ()
    ) -> list[str]:
        """A field and dots up to the right margin; a paragraph for each line of its value."""
        first, *others = lines(field.value)
        label = before + run(field.label, _LABEL_SIZE, bold=True) + between
        return [
            paragraph(label + run(first) + tab(), Form(tabs=(*stops, self._end), keep_with_next=True)),
            *(paragraph(run(line) + tab(), Form(tabs=(self._end,), keep_with_next=True)) for line in others),
        ]


def _under_title(title: str, sheet: Sheet) -> tuple[float, float] | None:
    """Where "ข" of the title begins and the "ม" after it ends: the places of the second label and its value."""
    first = title.find("ข")
    last = title.find("ม", first)
    if first < 0 or last < 0:
        return None
    whole, before, through = (
        sheet.type.line(part, _TITLE_SIZE, bold=True).width
        for part in (title, title[:first], title[: last + 1])
    )
    left = (sheet.width - whole) / 2
    return left + before, left + through
