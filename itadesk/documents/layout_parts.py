"""Changes inside a part of a layout: columns of a table, lines of the memo's head; what new parts are like."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from itadesk.documents.layout import (
    NAMED_FIELDS,
    TICKS,
    ColumnSpec,
    FieldLine,
    Grouping,
    ListPart,
    LogoPart,
    MemoHeadPart,
    Part,
    SignaturesPart,
    SpacePart,
    TablePart,
)
from itadesk.documents.layout_checks import MOST_IN_A_LINE
from itadesk.documents.layout_toml import MOST_COLUMNS
from itadesk.errors import UserError
from itadesk.i18n import _

T = TypeVar("T")

HEADINGS: Mapping[str, str] = {
    "title": "มาตรการ",
    "steps": "ขั้นตอนหรือวิธีการปฏิบัติ",
    "responsible": "ผู้รับผิดชอบ",
    "period": "ระยะเวลาดำเนินการ",
    "follow_up": "การกำกับติดตาม",
    "result": "ผลการดำเนินการ",
    "outcome": "ผลลัพธ์หรือความสำเร็จ",
    "suggestion": "ข้อเสนอแนะ",
    "status": "สถานะ",
    "evidence": "หลักฐาน",
    "evidence_title": "หลักฐาน",
    "evidence_link": "ลิงก์หรือชื่อแฟ้ม",
    "indicator": "ตัวชี้วัด",
    "instrument": "เครื่องมือ",
    "heading": "หัวข้อ",
    "number": "ที่",
    "tick_not_started": "ยังไม่ดำเนินงาน",
    "tick_in_progress": "อยู่ระหว่างดำเนินงาน",
    "tick_done": "ดำเนินงานเสร็จแล้ว",
}
"""What a new column says at its head, by field. It is printed, so it is Thai."""

TICKS_HEADING = "สถานการณ์ดำเนินงาน"
"""Over the three tick columns."""

LEAST_WIDTH = 0.8
"""Centimetres that any column needs."""

# Columns of a table


def with_column(table: TablePart, at: int, field: str) -> TablePart:
    """A new column for a field, so that it stands at `at`. UserError when there are too many."""
    if len(table.columns) >= MOST_COLUMNS:
        raise UserError(
            _("A table has at most {most} columns.").format(most=MOST_COLUMNS),
            _("Remove another column first."),
        )
    tick = field in TICKS
    column = ColumnSpec(
        field=field,
        heading=HEADINGS[field],
        over=TICKS_HEADING if tick else "",
        align="center" if tick or field == "number" else "left",
    )
    return replace(table, columns=inserted(table.columns, at, column))


def without_column(table: TablePart, at: int) -> TablePart:
    """Without a column; the last one stays."""
    return table if len(table.columns) == 1 else _with_columns(table, dropped(table.columns, at))


def moved_column(table: TablePart, at: int, step: int) -> TablePart:
    """A column one place to the left (-1) or right (1)."""
    to = at + step
    return replace(table, columns=shifted(table.columns, at, to)) if 0 <= to < len(table.columns) else table


def changed_column(table: TablePart, at: int, changed: ColumnSpec) -> TablePart:
    """Another version of one column. A wording goes when the field is none that has one."""
    if changed.format and changed.field not in NAMED_FIELDS:
        changed = replace(changed, format="")
    return _with_columns(table, put(table.columns, at, changed))


def _with_columns(table: TablePart, columns: tuple[ColumnSpec, ...]) -> TablePart:
    """Other columns; groups whose column is gone have rows."""
    shown = any(column.field == table.group_by for column in columns)
    return replace(table, columns=columns, group_as=table.group_as if shown else "row")


def check_widths(before: TablePart, after: TablePart, room: float) -> None:
    """Refuse fixed widths that were made larger and leave too little of `room` cm to the other columns."""
    wanted = sum(max(column.width or 0, LEAST_WIDTH) for column in after.columns)
    if _fixed(after) > _fixed(before) and wanted > room:
        raise UserError(
            _("The columns have {room} cm together.").format(room=f"{room:.4g}"),
            _("Make this one narrower by {surplus} cm, or another one.").format(
                surplus=f"{math.ceil(10 * (wanted - room) - 1e-6) / 10:g}"
            ),
        )


def _fixed(table: TablePart) -> float:
    return sum(column.width or 0 for column in table.columns)


def grouped(table: TablePart, by: Grouping, *, as_column: bool) -> TablePart:
    """Measures of one indicator, instrument or heading together; the column that shows the group is there then."""
    table = replace(table, group_by=by, group_as="column" if as_column else "row")
    shown = by == "none" or any(column.field == by for column in table.columns)
    return with_column(table, 0, by) if as_column and not shown else table


# Lines of the memo's head


@dataclass(frozen=True)
class HeadLine:
    """A label and the template of its value; `beside` puts it on the line of the one above."""

    label: str
    value: str
    beside: bool = False


def head_lines(head: MemoHeadPart) -> list[HeadLine]:
    """What the head's lines hold, one after the other."""
    return [HeadLine(cell.label, cell.value, at > 0) for line in head.lines for at, cell in enumerate(line)]


def with_head_line(head: MemoHeadPart, at: int) -> MemoHeadPart:
    """A new line, so that it stands at `at`."""
    return _with_lines(head, inserted(head_lines(head), at, HeadLine("", "")))


def without_head_line(head: MemoHeadPart, at: int) -> MemoHeadPart:
    return _with_lines(head, dropped(head_lines(head), at))


def moved_head_line(head: MemoHeadPart, at: int, step: int) -> MemoHeadPart:
    """A line one place up (-1) or down (1)."""
    lines, to = head_lines(head), at + step
    return _with_lines(head, shifted(lines, at, to)) if 0 <= to < len(lines) else head


def changed_head_line(head: MemoHeadPart, at: int, changed: HeadLine) -> MemoHeadPart:
    """Another version of one line; the first has none to stand beside."""
    return _with_lines(head, put(head_lines(head), at, changed))


def _with_lines(head: MemoHeadPart, lines: Sequence[HeadLine]) -> MemoHeadPart:
    found: list[tuple[FieldLine, ...]] = []
    for line in lines:
        cell = FieldLine(line.label, line.value)
        if line.beside and found and len(found[-1]) < MOST_IN_A_LINE:
            found[-1] = (*found[-1], cell)
        else:
            found.append((cell,))
    return replace(head, lines=tuple(found))


# What new parts are like


def _new_memo_head() -> MemoHeadPart:
    return MemoHeadPart(
        title="บันทึกข้อความ",
        lines=(
            (FieldLine("ส่วนราชการ", "{from}"),),
            (FieldLine("ที่", "{number}"), FieldLine("วันที่", "{date}")),
            (FieldLine("เรื่อง", "{subject}"),),
        ),
        salutation_label="เรียน",
        salutation="{to}",
    )


def _new_table() -> TablePart:
    fields = ("title", "steps", "responsible", "result")
    return TablePart(tuple(ColumnSpec(field, HEADINGS[field]) for field in fields))


NEW_PARTS: Mapping[type[Part], Callable[[], Part]] = {
    TablePart: _new_table,
    ListPart: lambda: ListPart(indent=2.5),
    SignaturesPart: lambda: SignaturesPart(roles=("ผู้รายงาน",), roles_as="label"),
    LogoPart: LogoPart,
    SpacePart: lambda: SpacePart(height=1),
    MemoHeadPart: _new_memo_head,
}
"""The parts that stand by themselves, as they begin; a paragraph needs a text."""


# Items of a row


def put(items: Sequence[T], at: int, item: T) -> tuple[T, ...]:
    return (*items[:at], item, *items[at + 1 :])


def inserted(items: Sequence[T], at: int, item: T) -> tuple[T, ...]:
    return (*items[:at], item, *items[at:])


def dropped(items: Sequence[T], at: int) -> tuple[T, ...]:
    return (*items[:at], *items[at + 1 :])


def shifted(items: Sequence[T], at: int, to: int) -> tuple[T, ...]:
    return inserted(dropped(items, at), to, items[at])
