"""Rows of the file in words: what they are called, and what they say, field by field."""

from collections.abc import Iterable, Mapping
from typing import Any

from itadesk.domain import fields
from itadesk.domain.family import PARENTS
from itadesk.domain.fields import FIELDS, Value, field_of
from itadesk.domain.model import FiscalYear, Measure, Office, Row
from itadesk.domain.naming import KINDS, said
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import N_, _
from itadesk.storage.bin_operations import Restored

_TITLE = 60
"""Letters of what a row says of itself that stand in its name."""

FILES: Mapping[str, str] = {
    "emblem": N_("Emblem on the memo"),
    "logo": N_("Seal on covers"),
    "attachment": N_("Attached file"),
    "scan": N_("Scan of the signed paper"),
}
"""Columns that are no fields, for nobody types them, but tell something."""


def shown_names(row_class: type[Row]) -> list[str]:
    """The columns of a class that a clerk can read, in the order of its fields."""
    names = [field.name for field in FIELDS[row_class]]
    return names + [name for name in FILES if name in row_class.__dataclass_fields__]


def label(row_class: type[Row], name: str) -> str:
    return _(FILES[name]) if name in FILES else _(field_of(row_class, name).label)


def shown(row_class: type[Row], name: str, value: Value) -> str:
    if name in FILES:
        return _("(a file)") if value else ""
    try:
        return fields.show(field_of(row_class, name), value)
    except LookupError:
        return str(value)  # of a file from elsewhere


def told(row_class: type[Row], image: Mapping[str, Any]) -> str:
    """All that a row says, a field a paragraph; what is empty is left out."""
    pairs = (
        (label(row_class, name), shown(row_class, name, image.get(name))) for name in shown_names(row_class)
    )
    return "\n".join(f"{name}: {text}" for name, text in pairs if text)


def row_from(row_class: type[Row], image: Mapping[str, Any]) -> Row | None:
    """A row as an image tells of it, enough to name it."""
    values = dict(image)
    if "ordinal" in row_class.__dataclass_fields__:
        values.setdefault("ordinal", 0)
    try:
        return row_class(**values)
    except TypeError:
        return None


def kind_and_title(row: Row) -> str:
    """Unit “name”."""
    return _("{kind} “{title}”").format(kind=_(KINDS[type(row)]), title=_short(said(row)))


def restored_words(restored: Restored, done: str) -> str:
    """What a clerk is told after something came back."""
    words = [done]
    if restored.along:
        names = ", ".join(map(kind_and_title, restored.along))
        words.append(_("What it belongs to came back as well: {names}.").format(names=names))
    if restored.lost:
        words.append(_("{count} attached files are not kept any more.").format(count=len(restored.lost)))
    return "\n".join(words)


class RowNames:
    """Names rows of a content, and those gone from it."""

    def __init__(self, snapshot: Snapshot, year_id: str) -> None:
        self._snapshot = snapshot
        self._year_id = year_id
        self._gone: dict[str, Row] = {}
        self._names: dict[str, str] = {}
        self._numbers: dict[str, dict[str, int]] = {}

    def add_gone(self, rows: Iterable[Row | None]) -> None:
        """Know these rows too, which are in the content no more."""
        self._gone |= {row.id: row for row in rows if row is not None}

    def of_row(self, row_class: type[Row], row_id: str, image: Mapping[str, Any]) -> str:
        """The name of a row of which an image tells, in case it is nowhere."""
        row = self._row(row_class, row_id) or row_from(row_class, image)
        return self.of(row) if row else _(KINDS[row_class])

    def of(self, row: Row) -> str:
        """Measure 3 “title”; what hangs below a measure or a report is named with that."""
        if row.id not in self._names:
            self._names[row.id] = self._named(row)
        return self._names[row.id]

    def _named(self, row: Row) -> str:
        if isinstance(row, Measure):
            return self._measure(row)
        name = kind_and_title(row)
        parent_field, parent_class = PARENTS.get(type(row), ("", Office))
        if parent_class is Office:
            return name
        parent = self._row(parent_class, getattr(row, parent_field))
        if parent is None:
            return name
        if isinstance(parent, FiscalYear):
            return name if parent.id == self._year_id else f"{name} · {parent.year}"
        return f"{self.of(parent)} › {name}"

    def _measure(self, row: Measure) -> str:
        year = self._row(FiscalYear, row.fiscal_year_id)
        number = self._number(row)
        text = _("Measure {number} “{title}”") if number else _("Measure “{title}”")
        name = text.format(number=number, title=_short(said(row)))
        return f"{name} · {said(year)}" if year and year.id != self._year_id else name

    def _number(self, measure: Measure) -> int | None:
        """As the table counts it; None when it is not there any more."""
        year = measure.fiscal_year_id
        if year not in self._numbers:
            rows = self._snapshot.children(Measure, year)
            self._numbers[year] = {row.id: number for number, row in enumerate(rows, 1)}
        return self._numbers[year].get(measure.id)

    def _row(self, row_class: type[Row], row_id: str) -> Row | None:
        return self._snapshot.get(row_class, row_id) or self._gone.get(row_id)


def _short(text: str) -> str:
    return text if len(text) <= _TITLE else f"{text[:_TITLE].rstrip()}…"
