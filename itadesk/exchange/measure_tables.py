"""Measures out of the tables of a Word, Excel or CSV file or of the clipboard."""

import re
from collections.abc import Iterable, Sequence

from itadesk.domain import ita, thai
from itadesk.domain.fields import INDICATOR
from itadesk.domain.model import Measure, Progress, Round, Unit
from itadesk.errors import UserError
from itadesk.exchange import other_year, row_words, torn_lines
from itadesk.exchange.column_contents import by_content, unknown_head, with_unknown_title
from itadesk.exchange.columns import Column, Head, chosen, find_head, is_tick, repeats_head
from itadesk.exchange.grid import Grid, GridRow
from itadesk.exchange.headings import STATUS_COLUMNS
from itadesk.exchange.measure_cells import (
    QUOTED,
    check,
    exchanged_row,
    go_on,
    has_status,
    is_continued,
    is_same_title,
    keep,
    place_of,
    seems_exchanged,
    settle_status,
    text_of,
)
from itadesk.exchange.reading import Choices, Entry, Kind, Reading, ReadRow, round_named, units_named
from itadesk.i18n import _


def read(
    grids: Sequence[Grid],
    year: int,
    round_: Round,
    choices: Choices | None = None,
    units: Sequence[Unit] = (),
) -> Reading:
    """Understand `grids` as measures of fiscal year `year`; what names no round is of `round_`.

    With the `units` of the office a row warns of those it does not know.

    UserError when a text is longer than its field.
    """
    reader = _Reader(grids, year, round_, choices or Choices(), units)
    reader.read()
    remarks = [remark for grid in grids for remark in grid.remarks]
    remarks += other_year.remark(grids, reader.columns, reader.entries, year)
    return Reading(tuple(reader.columns), tuple(reader.rows), tuple(reader.entries), tuple(remarks))


def no_measures(readings: Iterable[Reading] = ()) -> UserError:
    """What to say of a source in which no measure was found, and why, as far as that is known."""
    found = list(readings)
    rows = [row for reading in found for row in reading.rows]
    told = [warning for row in rows for warning in row.warnings]
    told += [remark for reading in found for remark in reading.remarks]
    if any(row.kind is Kind.HIDDEN for row in rows):
        told.insert(0, _("Its rows are hidden: show them in Excel, save the file and choose it again."))
    usual = _("Choose a file with a table that has a column of measures, with its headings.")
    return UserError(_("There is no table of measures in it."), next(iter(told), usual))


class _Reader:
    """Goes through the tables in their order."""

    def __init__(
        self, grids: Sequence[Grid], year: int, round_: Round, choices: Choices, units: Sequence[Unit]
    ) -> None:
        self._grids = grids
        self._year = year
        self._round: Round = round_
        self._choices = choices
        self._units = units
        self._forms_of = units_named(grids, units)
        self.columns: list[tuple[Column, ...]] = []
        self.rows: list[ReadRow] = []
        self.entries: list[Entry] = []
        self._signed = False
        self._indicator = self._heading = ""
        self._first: dict[str, list[int]] = {}
        """Entries of the tables before, by folded title, that a table of other columns may go on with."""
        self._order: list[int] = []

    def read(self) -> None:
        heads = [find_head(grid) for grid in self._grids]
        rounds = self._rounds()
        asked = self._round
        for number, (grid, head) in enumerate(zip(self._grids, heads, strict=True)):
            before = self.columns[-1] if self.columns else ()
            if head:
                found = with_unknown_title(grid, head)
            else:
                found, head = self._columns_without_head(grid, before, any(heads))
            columns = chosen(found, self._choices.columns.get(number, {}))
            round_ = rounds.get(number, asked)
            if not _same(columns, before) or round_ != self._round:
                self._begin_other_columns()
            self._round = round_
            self._signed = False
            for line in grid.above[-2:]:
                if row_words.INDICATOR_NUMBER.match(thai.arabic_digits(line)):
                    self._begin_group(line)
            self.columns.append(columns)
            self._read_rows(number, grid, head)

    def _read_rows(self, number: int, typed: Grid, head: Head | None) -> None:
        columns, words = self.columns[number], self._choices.joined_by
        grid = torn_lines.joined(typed, columns, words) if words else typed
        first = head.last + 1 if head else 0
        for at, row in enumerate(grid.rows):
            if not row.filled() and not row.remarks:
                continue
            read_row = ReadRow(number, at, row.place, (), _texts(typed.rows[at], columns), Kind.MEASURE)
            exchanged = at >= first and seems_exchanged(row, columns, self._year)
            if exchanged and self._choices.exchange:
                row = exchanged_row(row, columns)
            read_row.texts = _texts(row, columns)
            read_row.exchanged = exchanged
            self.rows.append(read_row)
            is_head = head is not None and head.first <= at < first
            self._take(read_row, row, Kind.HEAD if is_head else Kind.OUTSIDE if at < first else None)
            self._remark(read_row, row)

    def _remark(self, read_row: ReadRow, row: GridRow) -> None:
        if read_row.kind in (Kind.HEAD, Kind.HIDDEN, Kind.LEFT_OUT):
            read_row.exchanged = False
            return
        read_row.exchanged &= read_row.kind in (Kind.MEASURE, Kind.CONTINUED)
        if read_row.exchanged and self._choices.exchange:
            read_row.warnings.insert(0, _("Responsible and period were exchanged."))
        elif read_row.exchanged:
            read_row.warnings.insert(0, _("Responsible and period seem to be exchanged."))
        read_row.warnings += row.remarks

    def _rounds(self) -> dict[int, Round]:
        """The round of each table, where they are of different rounds and say so."""
        named: dict[int, Round] = {}
        for number, grid in enumerate(self._grids):
            if (round_ := round_named([grid])) is not None:
                named[number] = round_
        if len(set(named.values())) < 2:
            named.clear()
        return named

    def _columns_without_head(
        self, grid: Grid, before: tuple[Column, ...], elsewhere: bool
    ) -> tuple[tuple[Column, ...], Head | None]:
        """A table without headings goes on with the one before, if it has as many columns.

        Otherwise, where another table has headings, it is one of something else.
        """
        if len(before) == grid.width:
            return before, None
        if elsewhere:
            return (Column(),) * grid.width, None
        columns = by_content(grid, self._year)
        head = unknown_head(grid, columns, self._year)
        return (head.columns if head else columns), head

    def _begin_other_columns(self) -> None:
        """What comes now may be the same measures told otherwise: the plan first, then the status."""
        self._indicator = self._heading = ""
        self._first = {}
        for at, entry in enumerate(self.entries):
            self._first.setdefault(thai.fold(entry.said.get("title", "")), []).append(at)
        self._order = list(range(len(self.entries)))

    def _take(self, read_row: ReadRow, row: GridRow, kind: Kind | None) -> None:
        columns = self.columns[read_row.table]
        place = read_row.table, read_row.row
        if place in self._choices.left_out:
            kind = Kind.LEFT_OUT
        elif row.hidden and place not in self._choices.taken:
            kind = Kind.HIDDEN
        read_row.kind = self._kind(row, columns) if kind is None else kind
        match read_row.kind:
            case Kind.GROUP:
                self._begin_group(row.text(row.filled()[0]))
            case Kind.CONTINUED:
                self._go_on(read_row, row, columns)
            case Kind.MEASURE:
                self._begin_measure(read_row, row, columns)
            case _:
                pass

    def _kind(self, row: GridRow, columns: Sequence[Column]) -> Kind:
        filled = row.filled()
        if not filled:
            return Kind.OUTSIDE
        if repeats_head(row, columns):
            return Kind.HEAD
        texts = [row.text(at) for at in filled]
        self._signed = self._signed or self._is_signature(row, texts, columns)
        if self._signed or row_words.number_columns(texts):
            return Kind.OUTSIDE
        alone = len(filled) == 1  # such a row may be a group, whatever its column holds
        if not alone and not any(columns[at].target for at in filled if at < len(columns)):
            return Kind.OUTSIDE
        title = place_of(columns, "title")
        cell = row.cells[title] if title is not None and title < len(row.cells) else None
        reaches_down = cell is not None and cell.from_above
        if alone and not reaches_down:
            return self._kind_of_one(row, filled[0], columns)
        if cell is not None and row_words.is_total(cell.text):
            return Kind.OUTSIDE
        if cell is None or reaches_down or not cell.text.strip() or self._is_cut(row, columns):
            return Kind.CONTINUED if self._in_hand() else Kind.OUTSIDE
        return Kind.MEASURE

    def _is_signature(self, row: GridRow, texts: Sequence[str], columns: Sequence[Column]) -> bool:
        """Whether the table has ended and what signs it begins."""
        title = text_of(row, columns, "title").strip()
        return any(map(row_words.is_signature, texts)) and (not title or row_words.is_signature(title))

    def _kind_of_one(self, row: GridRow, at: int, columns: Sequence[Column]) -> Kind:
        """A row with a single text: a group, a title of a page, the rest of a cell, or a measure with only a name."""
        cell, text = row.cells[at], row.text(at)
        if cell and cell.wide > 1:
            return Kind.OUTSIDE if cell.wide >= len(columns) and row_words.is_outside(text) else Kind.GROUP
        if row_words.is_outside(text):
            return Kind.OUTSIDE
        first_text = next(
            (place for place, column in enumerate(columns) if column.target not in ("", "number")), 0
        )
        if at <= first_text and (
            self._indicator_of(text) or row_words.is_section(text) or row_words.CONTINUED.search(text)
        ):
            return Kind.GROUP
        if at >= len(columns) or not columns[at].target:
            return Kind.OUTSIDE
        if columns[at].target == "title":
            return Kind.MEASURE
        return Kind.CONTINUED if self._in_hand() else Kind.OUTSIDE

    def _is_cut(self, row: GridRow, columns: Sequence[Column]) -> bool:
        """The rest of a measure that the end of a page cut: no owner and no time, where the measure above has both,
        no number where that one has one, and no second status."""
        before = self._in_hand()
        if before is None:
            return False
        if (before.unclear or before.status.keys() - before.told) and has_status(row, columns):
            return False
        title, above = text_of(row, columns, "title"), before.said.get("title", "")
        said_again = is_same_title(title, above)
        if said_again and is_continued(title):
            return True
        missing = [
            name
            for name in ("responsible", "period", "follow_up")
            if before.said.get(name, "").strip() and not text_of(row, columns, name).strip()
        ]
        said = [
            name for name in ("responsible", "period", "follow_up") if place_of(columns, name) is not None
        ]
        # Below its own measures a unit writes others into its form, with little more than a title.
        numbered = not before.unit and thai.has_number(above) and not thai.has_number(title)
        return (numbered or said_again) and bool(said) and len(missing) == len(said)

    def _in_hand(self) -> Entry | None:
        last = next((row for row in reversed(self.rows[:-1]) if row.measure is not None), None)
        return None if last is None or last.measure is None else self.entries[last.measure]

    # Groups

    def _begin_group(self, text: str) -> None:
        plain = row_words.CONTINUED.sub("", text).strip()
        if row_words.is_section(plain):
            self._indicator = self._heading = ""
        elif code := self._indicator_of(plain):
            self._indicator, self._heading = code, ""
        else:
            self._indicator, self._heading = "", " ".join(plain.split())

    def _indicator_of(self, text: str) -> str:
        """The indicator that a text names by its number or its name; "" when it names none."""
        plain = " ".join(row_words.CONTINUED.sub("", text).split())
        if found := row_words.INDICATOR_NUMBER.match(thai.arabic_digits(plain)):
            return found[1] if INDICATOR.fullmatch(found[1]) else ""
        name = re.sub(r"^(?:ตัวชี้วัด|ด้าน|ประเด็น)\s*:?\s*", "", thai.without_number(plain))
        return ita.indicator_named(name, self._year - 1) or ita.indicator_named(name, self._year)

    # Measures

    def _begin_measure(self, read_row: ReadRow, row: GridRow, columns: Sequence[Column]) -> None:
        title = text_of(row, columns, "title")
        at = self._told_before(title)
        if at is None:
            at = len(self.entries)
            unit = self._forms_of[read_row.table]
            self.entries.append(Entry(indicator=self._indicator, heading=self._heading, unit=unit))
        read_row.measure = at
        entry = self.entries[at]
        for place, column in enumerate(columns):
            if text := row.text(place).strip():
                self._say(read_row, entry, column, text)
        settle_status(read_row, entry, row, columns, self._round)
        if not read_row.exchanged or self._choices.exchange:
            check(read_row, entry, self._year, self._units)

    def _told_before(self, title: str) -> int | None:
        """The measure of an earlier table of other columns that this is: by its title, else by its turn."""
        if same := self._first.get(thai.fold(title)):
            at = same.pop(0)
        elif self._order and row_words.alike(title, self.entries[self._order[0]].said.get("title", "")):
            at = self._order[0]
        else:
            return None
        if at in self._order:
            self._order.remove(at)
        return at

    def _say(self, read_row: ReadRow, entry: Entry, column: Column, text: str) -> None:
        match column.target:
            case "" | "number":
                pass
            case "indicator":
                plain = thai.arabic_digits(text).strip()
                code = plain if INDICATOR.fullmatch(plain) else self._indicator_of(text)
                entry.indicator, entry.heading = code, "" if code else " ".join(text.split())
                # Below it the cell is often left empty for the same indicator.
                self._indicator, self._heading = entry.indicator, entry.heading
            case "heading":
                entry.heading = " ".join(text.split())
            case "continuous":
                entry.continuous = is_tick(text) or thai.fold(text) in _GOES_ON
            case "evidence":
                entry.links += [line.strip() for line in text.split("\n") if line.strip()]
            case "status":
                if (status := row_words.status_named(text)) is None:
                    entry.unclear.add(self._round_of(column))
                    read_row.warnings.append(_("“{text}” is no status.").format(text=text[:QUOTED]))
                else:
                    entry.status[self._round_of(column)] = status
            case "result" | "outcome" | "suggestion" as name:
                keep(read_row, entry.progress.setdefault(self._round_of(column), {}), name, text, Progress)
            case name if name in STATUS_COLUMNS.values():
                pass
            case name:
                keep(read_row, entry.said, name, text, Measure)

    def _round_of(self, column: Column) -> Round:
        return self._round if column.round is None else column.round

    def _go_on(self, read_row: ReadRow, row: GridRow, columns: Sequence[Column]) -> None:
        last = next(other for other in reversed(self.rows[:-1]) if other.measure is not None)
        assert last.measure is not None, "a row goes on only after a measure"
        read_row.measure = last.measure
        entry = self.entries[last.measure]
        at_title = place_of(columns, "title")
        cell = row.cells[at_title] if at_title is not None and at_title < len(row.cells) else None
        own_row = cell is not None and cell.from_above
        for at in row.filled():
            if at < len(columns):
                go_on(entry, columns[at], row.text(at).strip(), self._round_of(columns[at]), own_row=own_row)
        settle_status(last, entry, row, columns, self._round)
        read_row.warnings.append(_("Joined with the row above."))


_GOES_ON = frozenset({"ใช่", "ต่อเนื่อง", "yes"})


def _texts(row: GridRow, columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(row.text(at) for at in range(len(columns)))


def _same(columns: Sequence[Column], before: Sequence[Column]) -> bool:
    return [(column.target, column.round) for column in columns] == [
        (column.target, column.round) for column in before
    ]
