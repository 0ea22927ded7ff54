"""The command that takes measures in: from interchange data, and from the tables of Word, Excel and CSV files."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from itadesk import whole_file
from itadesk.commands import editing, fiscal_year_asked, read_form
from itadesk.domain.fields import STATUS_LABELS
from itadesk.domain.merging import Match
from itadesk.domain.model import Evidence, Measure, Progress, Round, Unit
from itadesk.domain.progress import round_in_hand
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import N_, _

if TYPE_CHECKING:
    from itadesk.exchange.grid import Grid
    from itadesk.exchange.reading import Choices, Reading
    from itadesk.storage.merge_operations import MergeResult
    from itadesk.storage.office_file import Edit


def import_(
    file: Path,
    source: Path,
    year: int | None,
    round_: Round | None,
    match: Match,
    join_lines: bool,
    dry_run: bool,
    as_json: bool,
) -> bool:
    """Measures of another file into this one, all years as one edit; prints what was understood, row by row."""
    take = _taker(source, join_lines)
    with editing(file, publish=not dry_run) as office_file:
        incoming = take(office_file.snapshot, year, round_)
        if not dry_run:
            office_file.back_up()
        report = _Import(incoming, match)
        with suppress(_Undone):
            office_file.edit(lambda edit: report.run(edit, dry_run))
    (report.show_json if as_json else report.show)()
    return True


def _taker(
    source: Path, join_lines: bool
) -> "Callable[[Snapshot, int | None, Round | None], list[_Incoming]]":
    """What makes of a file, now read, measures for an office file."""
    if source.suffix.lower() == ".json":
        form = read_form(source)
        return lambda _snapshot, year, round_: list(_years(form, year, round_))
    from itadesk.documents.paper import segment
    from itadesk.exchange import sources
    from itadesk.exchange.reading import Choices

    grids = sources.grids(source, whole_file.read(source))
    choices = Choices(joined_by=segment.words if join_lines else None)
    return lambda snapshot, year, round_: _understood(snapshot, grids, year, round_, choices)


@dataclass(frozen=True)
class _Incoming:
    """What goes into one fiscal year, and how it was understood when it came from tables."""

    year: int
    form: Snapshot
    reading: "Reading | None" = None
    remarks: tuple[str, ...] = ()
    """What of the source was left out."""


def _years(form: Snapshot, year: int | None, round_: Round | None) -> Iterator[_Incoming]:
    """The measures to add, per fiscal year they go to. The only year of a form may go to any year asked for."""
    years = form.fiscal_years
    if year is not None and len(years) > 1:
        years = [fiscal_year_asked(form, year)]
    for row in years:
        measures = form.children(Measure, row.id)
        kept: list[Any] = [form.office, row, *measures]
        other_rounds: Counter[Round] = Counter()
        for measure in measures:
            kept += form.children(Evidence, measure.id)
            for item in form.children(Progress, measure.id):
                if round_ in (None, item.round):
                    kept.append(item)
                else:
                    other_rounds[item.round] += 1
        told = _("Left out: what {count} measures say of the {other}-month round, which was not asked for.")
        remarks = tuple(told.format(count=count, other=other) for other, count in other_rounds.items())
        yield _Incoming(row.year if year is None else year, Snapshot.of(kept), remarks=remarks)


def _understood(
    snapshot: Snapshot, grids: "Sequence[Grid]", year: int | None, round_: Round | None, choices: "Choices"
) -> list[_Incoming]:
    """What the tables say of each year they name. Of several years the one asked for; a single one goes there.

    What names no year goes into the newest of the file; what names no round is of the one asked for, or in hand.
    """
    from itadesk.exchange import measure_tables, reading

    tables = reading.by_year(grids)
    found: list[_Incoming] = []
    if year is not None and len(tables) > 1 and year in tables:
        tables = {year: tables[year]}
    for named, its in tables.items():
        if year is not None and len(tables) == 1:
            named = year
        its_year = named or fiscal_year_asked(snapshot, None).year
        found.append(_of_year(snapshot, its, its_year, round_, choices))
    if not any(part.reading and part.reading.entries for part in found):
        raise measure_tables.no_measures(part.reading for part in found if part.reading)
    return found


def _of_year(
    snapshot: Snapshot, grids: "Sequence[Grid]", year: int, round_: Round | None, choices: "Choices"
) -> _Incoming:
    from itadesk.exchange import measure_form, measure_tables
    from itadesk.exchange.reading import round_named

    here = snapshot.fiscal_year(year)
    in_hand = round_in_hand(snapshot, here.id) if here else 12
    round_ = round_ or round_named(grids) or in_hand
    units = snapshot.children(Unit, snapshot.office.id)
    reading = measure_tables.read(grids, year, round_, choices, units)
    return _Incoming(year, measure_form.snapshot_of(reading, year, snapshot), reading, reading.remarks)


class _Undone(Exception):
    """Ends the edit of a dry run so that it is rolled back."""


class _Import:
    """One import: what comes in, and what became of it."""

    def __init__(self, incoming: Sequence[_Incoming], match: Match) -> None:
        self._incoming = incoming
        self._match: Match = match
        self._results: list[MergeResult] = []

    def run(self, edit: "Edit", dry_run: bool) -> None:
        from itadesk.storage import merge_operations, operations

        for part in self._incoming:
            here = edit.snapshot.fiscal_year(part.year)
            year_id = here.id if here else operations.add_fiscal_year(edit, year=part.year)
            self._results.append(merge_operations.merge_measures(edit, year_id, part.form, self._match))
        if dry_run:
            raise _Undone

    def show(self) -> None:
        for part, result in zip(self._incoming, self._results, strict=True):
            print(_("Fiscal year {year}").format(year=part.year))
            _show_rows(part)
            counts = _("{added} added, {updated} updated, {skipped} left as they were")
            print(counts.format(**asdict(result)))

    def show_json(self) -> None:
        years = [
            {
                "fiscal_year": part.year,
                "measures": _titles(part.form),
                **_rows_as_json(part),
                **asdict(result),
            }
            for part, result in zip(self._incoming, self._results, strict=True)
        ]
        print(json.dumps(years, ensure_ascii=False, indent=1))


KINDS = {
    "group": N_("group"),
    "head": N_("headings"),
    "outside": N_("passed over"),
    "continued": N_("measure {number}, continued"),
    "hidden": N_("hidden in the file, left out"),
    "left_out": N_("left out"),
}
"""How a row that begins no measure is called."""


def _show_rows(part: _Incoming) -> None:
    for remark in part.remarks:
        print(f"      ! {remark}")
    if part.reading is None:
        for number, title in enumerate(_titles(part.form), 1):
            print(f"{number:4}. {_line(title)}")
        return
    for heading in part.reading.untaken:
        print("      ! " + _("The column “{heading}” is not taken.").format(heading=heading))
    for row in part.reading.rows:
        number = 0 if row.measure is None else row.measure + 1
        if row.kind == "measure":
            print(f"{number:4}. {_line(part.reading.entries[number - 1].said.get('title', ''))}")
        else:
            text = next((text for text in row.texts if text.strip()), "")
            print(f"      [{_(KINDS[row.kind]).format(number=number)}] {_line(text)[:80]}")
        if row.told is not None:
            message = _("The status “{status}” was taken from the words of the result.")
            print("      " + message.format(status=_(STATUS_LABELS[row.told])))
        for warning in row.warnings:
            print(f"      ! {row.place}: {warning}")


def _rows_as_json(part: _Incoming) -> dict[str, Any]:
    remarks = list(part.remarks)
    if part.reading is None:
        return {"remarks": remarks} if remarks else {}
    rows = [
        {"place": row.place, "kind": row.kind, "measure": None if row.measure is None else row.measure + 1,
         "status_from_result": row.told, "warnings": row.warnings}
        for row in part.reading.rows
    ]  # fmt: skip
    return {"rows": rows, "remarks": remarks}


def _titles(form: Snapshot) -> list[str]:
    (year,) = form.fiscal_years
    return [measure.title for measure in form.children(Measure, year.id)]


def _line(text: str) -> str:
    return " ".join(text.split())
