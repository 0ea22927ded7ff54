"""What would become of the measures read from a table: new, changed and how, or the same; in words for the clerk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from itadesk.domain import fields, merging
from itadesk.domain.fields import FIELDS
from itadesk.domain.merging import Match, Merged
from itadesk.domain.model import Evidence, Measure, Progress, Round, Row, Unit
from itadesk.domain.snapshot import Snapshot
from itadesk.exchange import measure_form, measure_tables
from itadesk.exchange.columns import Column
from itadesk.exchange.grid import Grid
from itadesk.exchange.headings import NUMBER
from itadesk.exchange.reading import Choices, Kind, Reading, ReadRow
from itadesk.i18n import _

_FIELDS_NAMED = 4
"""Fields that a row names before it says "and more"."""


@dataclass(frozen=True)
class Outcome:
    """The tables as they were understood, the measures as an office file, and what would become of each of them."""

    reading: Reading
    form: Snapshot
    merged: Sequence[Merged]

    def of(self, row: ReadRow) -> Merged | None:
        """What would become of the measure that begins in a row."""
        return self.merged[row.measure] if row.kind is Kind.MEASURE and row.measure is not None else None


def understand(
    grids: Sequence[Grid], here: Snapshot, year: int, round_: Round, choices: Choices, match: Match
) -> Outcome:
    """Read the tables as measures of a fiscal year of `here`."""
    units = here.children(Unit, here.office.id)
    reading = measure_tables.read(grids, year, round_, choices, units)
    form = measure_form.snapshot_of(reading, year, here)
    (theirs,) = form.fiscal_years
    ours = here.fiscal_year(year)
    measures = form.children(Measure, theirs.id)
    return Outcome(reading, form, merging.merged(here, ours.id if ours else "", form, measures, match))


def told(merged: Merged | None) -> str:
    """In a few words."""
    if merged is None:
        return ""
    if merged.ours is None:
        return _("new")
    labels = list(dict.fromkeys(label for label, _before, _after in _changes(merged)))
    if not labels:
        return _("stays as it is")
    named = ", ".join(labels[:_FIELDS_NAMED]) + ("…" if len(labels) > _FIELDS_NAMED else "")
    return _("changes {fields}").format(fields=named)


def details(row: ReadRow, outcome: Outcome) -> str:
    """All that there is to say of a row, as rich text: remarks, lines that were joined, fields old and new.

    Of a row without these its texts, whole: the table shows a few lines of them.
    """
    from itadesk.ui import change_words
    from itadesk.ui.import_rows import target_label

    columns, merged = outcome.reading.columns[row.table], outcome.of(row)
    lines = [escape(warning) for warning in row.warnings]
    for column, typed, text in zip(columns, row.typed, row.texts, strict=True):
        if typed != text and not row.exchanged:
            label = _("{field}, joined").format(field=target_label(column.target))
            lines.append(f"<b>{escape(label)}</b>: {change_words.difference(typed, text)}")
    if merged is not None and merged.ours is not None:
        lines += [
            f"<b>{escape(label)}</b>: {change_words.difference(before, after)}"
            for label, before, after in _changes(merged)
        ]
    return "<br>".join([*(lines or _whole(row, columns)), *_given(row, outcome)])


def _given(row: ReadRow, outcome: Outcome) -> Iterator[str]:
    """The unit that a new measure gets from the form it stands in."""
    merged = outcome.of(row)
    if merged is not None and merged.ours is None and row.measure is not None:
        entry = outcome.reading.entries[row.measure]
        if entry.unit and not entry.said.get("responsible"):
            yield escape(_("This is the form of {unit}, which becomes responsible.").format(unit=entry.unit))


def _whole(row: ReadRow, columns: Sequence[Column]) -> Iterator[str]:
    from itadesk.ui.import_rows import target_label

    for column, text in zip(columns, row.texts, strict=True):
        if text.strip() and (row.measure is None or column.target != NUMBER):
            label = "" if row.measure is None else f"<b>{escape(target_label(column.target))}</b>: "
            yield label + escape(text).replace("\n", "<br>")


def _changes(merged: Merged) -> Iterator[tuple[str, str, str]]:
    """The fields that would change, with what stands there now and what would."""
    if merged.ours is None:
        return
    for before, after in merged.changed:
        yield from _differences(before, after)
    for row in merged.new:
        if isinstance(row, Evidence):
            yield _("Evidence"), "", " ".join(filter(None, (row.title, row.url)))
        else:
            yield from _differences(Progress(id="", measure_id="", round=row.round), row, all_of_them=True)


def _differences(before: Row, after: Row, *, all_of_them: bool = False) -> Iterator[tuple[str, str, str]]:
    for field in FIELDS[type(after)]:
        old, new = (fields.show(field, getattr(row, field.name)) for row in (before, after))
        if old != new:
            yield _(field.label), old, new
        elif all_of_them and field.name == "status":
            yield _(field.label), "", new
