"""Differences between two states of a file in words: where, what, and the text of each field before and after."""

from collections.abc import Iterator

from itadesk.documents.record import Change
from itadesk.domain.differences import Difference, differences
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
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import N_, _

_FILES = {
    (Office, "emblem"): N_("Emblem on the memo"),
    (Office, "logo"): N_("Seal on covers"),
    (Evidence, "attachment"): N_("Attached file"),
    (Document, "scan"): N_("Scan of the signed paper"),
    (Printout, "signed"): N_("Signed"),
}
"""What differs but has no text."""

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
_TITLE = 60
"""Letters of a measure's title by which it is known."""


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
        known = {field.name for field in FIELDS[row_class]}
        for name in difference.names:
            if name in known:
                field = field_of(row_class, name)
                texts = [show(field, getattr(row, name)) for row in (difference.before, difference.after)]
                yield Change("changed", " · ".join([*place, _(field.label)]), *texts)
            elif (label := _FILES.get((row_class, name))) is not None:
                yield Change("changed", " · ".join([*place, _(label)]), "", "")

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
        names = ("fiscal_year_id", "measure_id", "document_id", "assessment_id", "office_id")
        classes = (FiscalYear, Measure, Document, Assessment, Office)
        for name, row_class in zip(names, classes, strict=True):
            if (row_id := getattr(row, name, None)) is not None:
                found = (state.get(row_class, row_id) for state in self._states)
                return next((parent for parent in found if parent is not None), None)
        return None


def _name(row: Row) -> str:
    """What a clerk calls a row."""
    match row:
        case FiscalYear():
            return _("Fiscal year {year}").format(year=row.year)
        case Assessment():
            return _("ITA result {year}").format(year=row.year)
        case AssessmentIndicator():
            return _("Indicator {number}").format(number=row.indicator)
        case Measure():
            return _("Measure “{title}”").format(title=_short(row.title))
        case Progress():
            return _(ROUND_LABELS[row.round])
        case Unit() | Person() | LayoutText():
            return f"{_(_KINDS[type(row)])} “{_short(row.name)}”"
        case Document():
            return _("Report “{subject}”").format(subject=_short(row.subject or row.layout))
        case Printout():
            return _("Printed on {date}").format(date=f"{row.printed_at:%d/%m}/{row.printed_at.year + 543}")
        case _:
            return _(_KINDS[type(row)])


_KINDS: dict[type[Row], str] = {
    Unit: N_("Unit"),
    Person: N_("Person"),
    Phrase: N_("Phrase"),
    LayoutText: N_("Form"),
    Finding: N_("Finding"),
    Evidence: N_("Evidence"),
    DocumentText: N_("Wording"),
    Signatory: N_("Signatory"),
    Publication: N_("Publication on the website"),
    Office: N_("Office"),
}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE else line[:_TITLE] + "…"


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
