"""What the cells of a row say of its measure: texts, status, and what the clerk should look at."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from itadesk.domain import periods, result_words, thai
from itadesk.domain.fields import field_of, too_long
from itadesk.domain.model import ROUNDS, Measure, Progress, Round, Status, Unit
from itadesk.domain.units import unknown_units
from itadesk.errors import UserError
from itadesk.exchange import row_words
from itadesk.exchange.columns import Column, is_tick
from itadesk.exchange.grid import GridRow
from itadesk.exchange.headings import STATUS_COLUMNS
from itadesk.exchange.reading import Entry, ReadRow
from itadesk.i18n import _

_NAMES_SHOWN = 200
"""Letters of unknown units that a warning quotes."""
QUOTED = 60
"""Letters of any other cell that a warning quotes."""
_NOTHING = " \n\t-–—0๐"
"""What stands in a column of ticks for none."""


@lru_cache(maxsize=1024)
def _is_period(text: str, year: int) -> bool:
    """Most measures of a table have one of a few periods."""
    return bool(periods.parse(text, year))


def text_of(row: GridRow, columns: Sequence[Column], target: str) -> str:
    """What a row says in the column of a target; "" where the table has none."""
    at = place_of(columns, target)
    return "" if at is None else row.text(at)


def place_of(columns: Sequence[Column], target: str) -> int | None:
    return next((at for at, column in enumerate(columns) if column.target == target), None)


def keep(
    read_row: ReadRow, texts: dict[str, str], name: str, text: str, row_class: type[Measure] | type[Progress]
) -> None:
    """Take a text for a field; one that another table gave already stays."""
    limit = field_of(row_class, name)
    if len(text) > limit.limit:
        error = too_long(limit, len(text))
        raise UserError(f"{read_row.place}: {error.message}", error.advice)
    before = texts.setdefault(name, text)
    if before != text and thai.fold(before) != thai.fold(text):
        message = _("{field} differs from what an earlier table says; that was kept.")
        read_row.warnings.append(message.format(field=_(limit.label)))


def has_status(row: GridRow, columns: Sequence[Column]) -> bool:
    """Whether a row says a status of its own."""
    ticks = STATUS_COLUMNS.values()
    return any(
        (column.target in ticks and is_tick(row.text(at)))
        or (column.target == "status" and bool(row.text(at).strip()))
        for at, column in enumerate(columns)
    )


def go_on(entry: Entry, column: Column, text: str, round_: Round, *, own_row: bool) -> None:
    """Put what a row says behind what the row above has; what is only said again is passed over.

    `own_row`: the row is a paragraph of the measure, not the rest that a page cut off.
    """
    name = column.target
    if name in ("result", "outcome", "suggestion"):
        texts = entry.progress.setdefault(round_, {})
    elif name in ("title", "steps", "responsible", "period", "follow_up"):
        texts = entry.said
    else:
        return
    before = texts.get(name, "")
    if name == "title" and is_same_title(text, before):
        return
    if name in ("responsible", "period", "follow_up"):
        if thai.fold(text) not in map(thai.fold, (before, *before.split("\n"))):
            texts[name] = row_words.joined_list(before, text) if before else text
    else:
        texts[name] = row_words.joined(before, text, own_row=own_row) if before else text


def is_same_title(text: str, title: str) -> bool:
    """Whether a title is said again, or its beginning, as on the next page: "๒. เผยแพร่แผน (ต่อ)"."""
    plain = thai.fold(row_words.CONTINUED.sub("", text))
    return plain == thai.fold(title) or (is_continued(text) and thai.fold(title).startswith(plain))


def is_continued(text: str) -> bool:
    return row_words.CONTINUED.search(text) is not None


def settle_status(
    read_row: ReadRow, entry: Entry, row: GridRow, columns: Sequence[Column], usual: Round
) -> None:
    """The status by the column that has the tick; without such columns by the words of the result.

    Columns that name no round are of the `usual` one.
    """
    ticks = {target: status for status, target in STATUS_COLUMNS.items()}
    ticked: list[tuple[Round, Status]] = []
    for at, column in enumerate(columns):
        if column.target in ticks and is_tick(row.text(at)):
            ticked.append((column.round or usual, ticks[column.target]))
        elif column.target in ticks and (text := row.text(at).strip(_NOTHING)):
            entry.unclear.add(column.round or usual)
            message = _("“{text}” in a column of the status is no tick.")
            read_row.warnings.append(message.format(text=text[:QUOTED]))
    for round_ in ROUNDS:
        found = [status for of, status in ticked if of == round_]
        if len(found) == 1:
            entry.status[round_] = found[0]
        elif found:
            read_row.warnings.append(_("More than one status is ticked; none was taken."))
            entry.unclear.add(round_)
    for round_, texts in entry.progress.items():
        told = result_words.status_of(texts.get("result", ""))
        free = round_ not in entry.unclear and (round_ not in entry.status or round_ in entry.told)
        if told is not None and free:
            entry.status[round_] = read_row.told = told
            entry.told.add(round_)


def check(read_row: ReadRow, entry: Entry, year: int, units: Sequence[Unit]) -> None:
    """Say what the clerk should look at, though it is taken as it stands."""
    responsible, period = entry.said.get("responsible", ""), entry.said.get("period", "")
    if period.strip(" -–") and not _is_period(period, year):
        message = _("The program cannot read “{text}” as a period.")
        read_row.warnings.append(message.format(text=" ".join(period.split())))
    if units and (unknown := unknown_units(responsible, units)):
        message = _("Not among the units of the office: {names}")
        read_row.warnings.append(message.format(names=", ".join(unknown)[:_NAMES_SHOWN]))


def seems_exchanged(row: GridRow, columns: Sequence[Column], year: int) -> bool:
    """Whether a time stands where who is responsible should, or a unit where the time should."""
    responsible, period = (text_of(row, columns, name).strip() for name in ("responsible", "period"))
    if place_of(columns, "responsible") is None or not period + responsible or _is_period(period, year):
        return False
    if _is_period(responsible, year):
        return place_of(columns, "period") is not None
    return row_words.is_unit(period) and not row_words.is_unit(responsible)


def exchanged_row(row: GridRow, columns: Sequence[Column]) -> GridRow:
    """The row with responsible and period in each other's place."""
    one, other = place_of(columns, "responsible"), place_of(columns, "period")
    assert one is not None
    assert other is not None
    cells = list(row.cells)
    cells += [None] * (max(one, other) + 1 - len(cells))
    cells[one], cells[other] = cells[other], cells[one]
    return replace(row, cells=tuple(cells))
