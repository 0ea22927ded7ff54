"""Differences between two states of a file in words: where, what, and the text of each field before and after."""

from collections.abc import Iterator

from itadesk.documents.record import Change
from itadesk.domain.differences import Difference, differences
from itadesk.domain.family import PARENTS
from itadesk.domain.fields import FIELDS, ROUND_LABELS, field_of, show
from itadesk.domain.model import (
    Assessment,
    AssessmentIndicator,
    Document,
    DocumentText,
    Evidence,
    Finding,
    FiscalYear,
    LayoutText,
    Measure,
    Office,
    Person,
    Phrase,
    Printout,
    Progress,
    Publication,
    Row,
    Signatory,
    Unit,
)
from itadesk.domain.naming import KINDS
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import N_, _
from itadesk.ui import row_names

_ORDERS = {
    Unit: N_("Order of the units"),
    Person: N_("Order of the people"),
    Measure: N_("Order of the measures"),
    Finding: N_("Order of the findings"),
    Evidence: N_("Order of the evidence"),
    Document: N_("Order of the reports"),
    Signatory: N_("Order of the signatories"),
    Publication: N_("Order of the publications"),
}


def changes(before: Snapshot, after: Snapshot) -> list[Change]:
    """What `after` says otherwise than `before`, field by field; empty when nothing a clerk sees differs."""
    words = _Words(before, after)
    return [change for difference in differences(before, after) for change in words.of(difference)]


class _Words:
    def __init__(self, before: Snapshot, after: Snapshot) -> None:
        self._states = (after, before)

    def of(self, difference: Difference) -> Iterator[Change]:
        row = difference.row
        match difference.kind:
            case "order":
                parent = self._parent(row)
                place = [_(_ORDERS[type(row)])] if type(row) in _ORDERS else []
                yield Change("changed", " · ".join([*self._place(parent), *place]), "", "")
            case "changed":
                yield from self._fields(difference)
            case "added":
                yield Change("added", self._whole(difference), "", _said(row))
            case "removed":
                yield Change("removed", self._whole(difference), _said(row), "")

    def _fields(self, difference: Difference) -> Iterator[Change]:
        assert difference.before is not None
        assert difference.after is not None
        row_class, place = type(difference.row), self._place(difference.row)
        for name in difference.names:
            texts = ["", ""]
            if name in row_names.FILES:
                label = row_names.label(row_class, name)
            elif (row_class, name) == (Printout, "signed"):
                label = _("Signed")
            elif name in {field.name for field in FIELDS[row_class]}:
                field = field_of(row_class, name)
                label = _(field.label)
                texts = [show(field, getattr(row, name)) for row in (difference.before, difference.after)]
            else:
                continue
            yield Change("changed", " · ".join([*place, label]), *texts)

    def _whole(self, difference: Difference) -> str:
        place = " · ".join(self._place(difference.row))
        if difference.along:
            place += " " + _("(with {count} entries in it)").format(count=len(difference.along))
        return place

    def _place(self, row: Row | None) -> list[str]:
        """The words that lead to a row, from the fiscal year down."""
        if row is None or isinstance(row, Office):
            return [_("Office")]
        above = self._parent(row)
        return [*([] if isinstance(above, Office | None) else self._place(above)), _name(row)]

    def _parent(self, row: Row) -> Row | None:
        name, row_class = PARENTS.get(type(row), ("id", Office))
        found = (state.get(row_class, getattr(row, name)) for state in self._states)
        return next((parent for parent in found if parent is not None), None)


def _name(row: Row) -> str:
    """What a clerk calls a row."""
    match row:
        case FiscalYear():
            return _("Fiscal year {year}").format(year=row.year)
        case Assessment():
            return _("ITA result {year}").format(year=row.year)
        case AssessmentIndicator():
            return _("Indicator {number}").format(number=row.indicator)
        case Progress():
            return _(ROUND_LABELS[row.round])
        case Printout():
            return _("Printed on {date}").format(date=f"{row.printed_at:%d/%m}/{row.printed_at.year + 543}")
        case Measure() | Unit() | Person() | Document() | LayoutText():
            return row_names.kind_and_title(row)
        case _:
            return _(KINDS[type(row)])


def _said(row: Row) -> str:
    """What a row that came or went says beyond its name."""
    match row:
        case Progress():
            field = field_of(Progress, "status")
            return " ".join(filter(None, (show(field, row.status), row.result)))
        case Evidence():
            return " ".join(filter(None, (row.title, row.url, row.file_name)))
        case Finding() | DocumentText() | Phrase():
            return row.text
        case Signatory():
            return row.name
        case Publication():
            return row.url
        case AssessmentIndicator():
            return show(field_of(AssessmentIndicator, "score"), row.score)
        case _:
            return ""
