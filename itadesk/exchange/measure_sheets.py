"""Measures as an Excel or CSV file that can be filled in and taken in again: a sheet a year, all fields as columns."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from itadesk.domain import fields
from itadesk.domain.fields import ROUND_LABELS, STATUS_LABELS, field_of
from itadesk.domain.model import ROUNDS, Evidence, FiscalYear, Measure, Progress, Round, Unit
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

PLAN = ("indicator", "heading", "title", "steps", "responsible", "period", "follow_up", "continuous")
DONE = ("status", "result", "outcome", "suggestion")
CELL_LIMIT = 32_767
"""Characters that a cell of Excel holds."""
_WIDTHS = {
    "indicator": 10, "heading": 16, "title": 36, "steps": 44, "responsible": 20, "period": 20, "follow_up": 18,
    "continuous": 10, "status": 20, "result": 40, "outcome": 30, "suggestion": 30, "evidence": 36,
}  # fmt: skip
_EMPTY_ROWS = 200
"""Rows below the last measure that offer choices, too."""


@dataclass(frozen=True)
class Sheet:
    """The measures of a fiscal year, or those of a unit, with what was done in `rounds`."""

    year: FiscalYear
    measures: Sequence[Measure]
    rounds: Sequence[Round] = ROUNDS
    unit: str = ""

    @property
    def title(self) -> str:
        title = _("Measures, fiscal year {year}").format(year=self.year.year)
        if len(self.rounds) == 1:
            title += f" ({_(ROUND_LABELS[self.rounds[0]])})"
        if self.unit:
            title = _("{title}, responsible unit: {unit}").format(title=title, unit=self.unit)
        return title


@dataclass(frozen=True)
class _Column:
    name: str
    round: Round | None = None

    @property
    def heading(self) -> str:
        label = _(_label(self.name))
        return label if self.round is None else f"{label} ({_(ROUND_LABELS[self.round])})"


def _label(name: str) -> str:
    if name == "evidence":
        return field_of(Evidence, "title").label
    return field_of(Measure if name in PLAN else Progress, name).label


def sheets(snapshot: Snapshot) -> list[Sheet]:
    """All years, the newest first."""
    return [Sheet(year, snapshot.children(Measure, year.id)) for year in reversed(snapshot.fiscal_years)]


def xlsx(snapshot: Snapshot, wanted: Iterable[Sheet]) -> bytes:
    """An Excel file of these sheets. UserError for a text that no cell of Excel holds."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in wanted:
        _fill(workbook.create_sheet(str(sheet.year.year)), snapshot, sheet)
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def csv_bytes(snapshot: Snapshot, sheet: Sheet) -> bytes:
    """A CSV file of one sheet, in UTF-8 with the mark by which Excel knows it."""
    lines = StringIO()
    writer = csv.writer(lines)
    columns = _columns(sheet)
    writer.writerow([column.heading for column in columns])
    writer.writerows([_text(snapshot, measure, column) for column in columns] for measure in sheet.measures)
    return lines.getvalue().encode("utf-8-sig")


def _columns(sheet: Sheet) -> list[_Column]:
    done = [_Column(name, round_) for round_ in sheet.rounds for name in DONE]
    return [*(_Column(name) for name in PLAN), *done, _Column("evidence")]


def _fill(page: "Worksheet", snapshot: Snapshot, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    columns = _columns(sheet)
    thin = Side(style="thin", color="999999")
    wrapped = Alignment(wrap_text=True, vertical="top")
    page.cell(1, 1, sheet.title).font = Font(bold=True, size=14)
    for at, column in enumerate(columns, 1):
        head = page.cell(2, at, column.heading)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", fgColor="DDE7F2")
        head.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        page.column_dimensions[get_column_letter(at)].width = _WIDTHS[column.name]
        if choices := _choices(snapshot, column.name):
            strict = column.name in ("status", "continuous")
            _offer(page, get_column_letter(at), len(sheet.measures), choices, strict=strict)
    for row, measure in enumerate(sheet.measures, 3):
        for at, column in enumerate(columns, 1):
            text = _text(snapshot, measure, column)
            if len(text) > CELL_LIMIT:
                raise _too_long(text)
            cell = page.cell(row, at, _ILLEGAL.sub("", text))
            cell.data_type = "s"  # whatever it begins with, it is no formula
            cell.alignment = wrapped
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    for row in range(len(sheet.measures) + 3, len(sheet.measures) + 3 + _EMPTY_ROWS):
        for at in range(1, len(columns) + 1):
            page.cell(row, at).alignment = wrapped
            page.cell(row, at).number_format = "@"  # what looks like a number or a date stays as typed
    page.freeze_panes = "D3"


_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def _choices(snapshot: Snapshot, name: str) -> list[str]:
    """What Excel offers for a column: a suggestion where a measure may have several units, or a sub-indicator."""
    match name:
        case "status":
            return [_(label) for label in STATUS_LABELS.values()]
        case "indicator":
            return [str(number) for number in range(1, 11)]
        case "continuous":
            return ["✓"]
        case "responsible":
            return [unit.name for unit in snapshot.children(Unit, snapshot.office.id) if unit.name]
        case _:
            return []


_LIST_LIMIT = 255
"""Letters that Excel takes in a list of choices."""


def _offer(page: "Worksheet", letter: str, measures: int, choices: Sequence[str], *, strict: bool) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    taken = [choice for choice in choices if not set(choice) & set('",')]
    while len(",".join(taken)) > _LIST_LIMIT:
        taken.pop()
    if not taken:
        return
    rule = DataValidation(
        sqref=f"{letter}3:{letter}{measures + 2 + _EMPTY_ROWS}",
        type="list",
        formula1=f'"{",".join(taken)}"',
        allow_blank=True,
    )
    rule.showErrorMessage = strict
    if strict:
        rule.error = _("Please choose from the list.")
    page.add_data_validation(rule)


def _text(snapshot: Snapshot, measure: Measure, column: _Column) -> str:
    if column.name == "evidence":
        return "\n".join(_evidence(snapshot, measure))
    if column.round is None:
        return fields.show(field_of(Measure, column.name), getattr(measure, column.name))
    progress = snapshot.progress(measure.id, column.round)
    return (
        ""
        if progress is None
        else fields.show(field_of(Progress, column.name), getattr(progress, column.name))
    )


def _evidence(snapshot: Snapshot, measure: Measure) -> Iterator[str]:
    """What is attached as a file is named, and stays behind."""
    for row in snapshot.children(Evidence, measure.id):
        yield " ".join(filter(None, (row.title or row.file_name, row.url)))


def _too_long(text: str) -> UserError:
    return UserError(
        _("A text is too long for a cell of Excel: {start}…").format(start=text[:60]),
        _("Please shorten it, or export the office as interchange data (.json)."),
    )
