"""The tables of a report: measures in their groups, a row each, numbered as the layout says."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import cast

from itadesk.documents import facts
from itadesk.documents.layout import (
    EVIDENCE_FIELDS,
    INDICATOR_FORMAT,
    MEASURE_FIELDS,
    NAMED_FIELDS,
    STATUS_WORDS,
    TICKS,
    ColumnSpec,
    Grouping,
    TablePart,
)
from itadesk.documents.tree import Column, HeadCell, Row, Table
from itadesk.domain import ita, thai
from itadesk.domain.model import Evidence, FiscalYear, Measure, Progress, Round
from itadesk.domain.progress import status
from itadesk.domain.snapshot import Snapshot

TICK = "/"
_LAST = 1000
"""The place of an indicator that another program wrote and that is none."""


@dataclass(frozen=True)
class Group:
    """Measures that have something in common. `code` "" = they have none of it, and `name` is the layout's word."""

    number: int
    code: str
    name: str
    measures: list[Measure]

    def heading(self, form: str) -> str:
        """The group's heading by a form with {number}, {code} and {name}; those without a group have their word."""
        if not self.code:
            return self.name
        words = {"number": str(self.number), "code": self.code, "name": self.name}
        for field, value in words.items():
            form = form.replace("{" + field + "}", value)
        return form.strip()


class TableComposer:
    """Makes the tables of one table part. `written` brings text into the document's digits; `whole_year`: the report
    names no round, and has the evidence of both."""

    def __init__(
        self,
        snapshot: Snapshot,
        part: TablePart,
        year: FiscalYear,
        round_: Round,
        written: Callable[[str], str],
        *,
        whole_year: bool = False,
    ) -> None:
        self._snapshot = snapshot
        self._part = part
        self._year = year
        self._round: Round = round_
        self._written = written
        self._whole_year = whole_year
        self._number = 0

    def tables(self) -> list[Table]:
        """One table, or one for each instrument, indicator or heading by which the layout splits it."""
        measures = self._snapshot.children(Measure, self._year.id)
        groups = self._groups(measures, self._part.split_by)
        if not groups:
            return [self._table("", measures)]
        tables = [
            self._table(self._written(group.heading(self._part.split_heading)), group.measures)
            for group in groups
        ]
        return [table for table in tables if table.rows] or tables[:1]

    def _table(self, caption: str, measures: Sequence[Measure]) -> Table:
        part = self._part
        return Table(
            columns=tuple(
                Column(column.align, column.width, merged=self._is_merged(column)) for column in part.columns
            ),
            head=head_of([self._headed(column) for column in part.columns]),
            rows=tuple(self._rows(measures)),
            size=part.size,
            caption=caption,
            continued=self._written(part.continued),
        )

    def _is_merged(self, column: ColumnSpec) -> bool:
        """Whether equal cells below each other are one: of a group, and of a measure with several rows."""
        if self._part.rows == "evidence":
            return column.field not in EVIDENCE_FIELDS
        return self._part.group_as == "column" and column.field == self._part.group_by

    def _headed(self, column: ColumnSpec) -> ColumnSpec:
        return replace(column, heading=self._written(column.heading), over=self._written(column.over))

    def _rows(self, measures: Sequence[Measure]) -> Iterator[Row]:
        groups = self._groups(measures, self._part.group_by)
        if not groups:
            yield from self._measure_rows(measures)
        above: Row | None = None
        for group in groups:
            rows = list(self._measure_rows(group.measures))
            if self._part.group_as == "row" and rows:
                yield Row((self._written(group.heading(self._part.group_heading)),), group=True)
            for at, row in enumerate(rows):
                joined = not at and above is not None and self._looks_merged(above, row)
                yield replace(row, starts=row.starts or joined)
                above = row

    def _looks_merged(self, above: Row, row: Row) -> bool:
        """Would two rows be one cell in the group's column? Groups of another code may have equal words."""
        columns = enumerate(self._part.columns)
        return any(
            column.field == self._part.group_by and above.cells[at] == row.cells[at] for at, column in columns
        )

    def _measure_rows(self, measures: Sequence[Measure]) -> Iterator[Row]:
        if self._part.numbering == "per_group":
            self._number = 0
        for measure in measures:
            self._number += 1
            evidence = self._evidence_of(measure)
            if self._part.rows == "measure":
                yield self._row(measure, evidence)
            else:
                for at, piece in enumerate(evidence):
                    yield replace(self._row(measure, [piece]), starts=not at)

    def _row(self, measure: Measure, evidence: Sequence[Evidence]) -> Row:
        return Row(tuple(self._cell(column, measure, evidence) for column in self._part.columns))

    # Groups

    def _groups(self, measures: Sequence[Measure], by: Grouping) -> list[Group]:
        """The groups in the order of their codes, of headings in that of their first measure; none for "none"."""
        if by == "none":
            return []
        together: dict[str, list[Measure]] = {}
        for measure in measures:
            together.setdefault(_code(measure, by), []).append(measure)
        codes = (
            sorted(filter(None, together), key=_order) if by != "heading" else list(filter(None, together))
        )
        groups = [
            Group(number, code, self._name(code, by) or f"ตัวชี้วัดที่ {code}", together[code])
            for number, code in enumerate(codes, 1)
        ]
        rest = together.get("")
        return [*groups, Group(len(groups) + 1, "", self._part.others, rest)] if rest else groups

    def _name(self, code: str, by: Grouping) -> str:
        if by == "heading":
            return code
        if by == "instrument":
            return self._part.split_names.get(code) or ita.instruments()[code].name
        return facts.indicator_name(code, self._year)

    # Cells

    def _cell(self, column: ColumnSpec, measure: Measure, evidence: Sequence[Evidence]) -> str:
        if column.field in EVIDENCE_FIELDS:
            text = "\n".join(filter(None, (self._said(column.field, piece) for piece in evidence)))
        else:
            text = self._written(self._text(column, measure))
        return text if text.strip() else self._written(column.empty)

    def _text(self, column: ColumnSpec, measure: Measure) -> str:
        progress = self._snapshot.progress(measure.id, self._round)
        field = column.field
        if field in TICKS:
            return TICK if status(measure, progress) is TICKS[field] else ""
        if field == "status":
            word = status(measure, progress)
            return self._part.status_words.get(word, STATUS_WORDS[word])
        if field == "number":
            return str(self._number)
        if field in NAMED_FIELDS:
            return self._group_cell(column, measure)
        assert field in MEASURE_FIELDS, field
        source = progress if field in Progress.__dataclass_fields__ else measure
        text = str(getattr(source, field, ""))
        return self._numbered(text) if field == "title" else text

    def _numbered(self, title: str) -> str:
        """The title with the row's number, where the layout numbers; one that was typed stays, or gives way to it."""
        if self._part.numbering == "none" or not title.strip():
            return title
        if thai.has_number(title) and not self._part.renumber:
            return title
        return f"{self._number}. {thai.without_number(title)}"

    def _group_cell(self, column: ColumnSpec, measure: Measure) -> str:
        by = cast(Grouping, column.field)
        code = _code(measure, by)
        if not code:
            grouping = self._part.group_as == "column" and self._part.group_by == by
            return self._part.others if grouping else ""
        form = column.format or (INDICATOR_FORMAT if by == "indicator" else "{name}")
        return Group(0, code, self._name(code, by), []).heading(form)

    def _evidence_of(self, measure: Measure) -> list[Evidence]:
        """The evidence of the round, and of the whole year."""
        rows = self._snapshot.children(Evidence, measure.id)
        return [row for row in rows if self._whole_year or row.round in (None, self._round)]

    def _said(self, field: str, piece: Evidence) -> str:
        """What a column says of one piece of evidence. Links and names of files keep their digits."""
        title = self._written(piece.title)
        match field:
            case "evidence_title":
                return title
            case "evidence_link":
                return "\n".join(filter(None, (piece.url, piece.file_name)))
            case _:
                return " ".join(filter(None, (title or piece.file_name, piece.url)))


def _code(measure: Measure, by: Grouping) -> str:
    if by == "heading":
        return measure.heading.strip()
    return ita.instrument_of(measure.indicator) if by == "instrument" else measure.indicator


def _order(code: str) -> list[int]:
    """Indicators by their numbers, instruments in their order."""
    instruments = list(ita.instruments())
    if code in instruments:
        return [instruments.index(code)]
    return [int(part) if part.isdecimal() else _LAST for part in code.split(".")]


def head_of(columns: Sequence[ColumnSpec]) -> tuple[tuple[HeadCell, ...], ...]:
    """The table's head: two levels as soon as columns stand together under a heading of their own."""
    if not any(column.over for column in columns):
        return (tuple(HeadCell(column.heading) for column in columns),)
    upper: list[HeadCell] = []
    lower: list[HeadCell] = []
    for over, group in groupby(columns, key=lambda column: column.over):
        members = list(group)
        if over:
            upper.append(HeadCell(over, columns=len(members)))
            lower += [HeadCell(column.heading) for column in members]
        else:
            upper += [HeadCell(column.heading, rows=2) for column in members]
    return (tuple(upper), tuple(lower))
