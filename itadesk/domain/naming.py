"""What rows are called: the kind of a row, and what it says of itself in a line."""

from collections.abc import Callable, Mapping
from typing import Any

from itadesk.domain.fields import LINE_LIMIT, ROUND_LABELS
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
    Progress,
    Publication,
    Row,
    Signatory,
    Unit,
)
from itadesk.i18n import N_, _

KINDS: Mapping[type[Row], str] = {
    Office: N_("Office"),
    Unit: N_("Unit"),
    Person: N_("Person"),
    Phrase: N_("Phrase"),
    FiscalYear: N_("Fiscal year"),
    Finding: N_("Finding"),
    Assessment: N_("ITA result"),
    AssessmentIndicator: N_("Score of indicator"),
    Measure: N_("Measure"),
    Progress: N_("Progress"),
    Evidence: N_("Evidence"),
    Document: N_("Report"),
    DocumentText: N_("Wording"),
    Signatory: N_("Signatory"),
    Publication: N_("Publication"),
    LayoutText: N_("Form of report"),
}
"""What clerks call a row of each class; the classes about paper and the bin are not spoken of."""

_SAID: Mapping[type[Row], Callable[[Any], object]] = {
    Office: lambda row: row.full_name,
    Unit: lambda row: row.name,
    Person: lambda row: row.name or row.position,
    Phrase: lambda row: row.text,
    FiscalYear: lambda row: row.year,
    Finding: lambda row: row.text or row.indicator,
    Assessment: lambda row: row.year,
    AssessmentIndicator: lambda row: row.indicator,
    Measure: lambda row: row.title or row.steps or row.heading,
    Progress: lambda row: _(ROUND_LABELS[row.round]),
    Evidence: lambda row: row.title or row.url or row.file_name,
    Document: lambda row: row.subject or row.layout,
    DocumentText: lambda row: row.name,
    Signatory: lambda row: row.name or row.position or row.role,
    Publication: lambda row: row.oit_item or row.url or row.click_path,
    LayoutText: lambda row: row.name,
}


def said(row: Row) -> str:
    """What a row says of itself, in one line of at most LINE_LIMIT characters; "" when it says nothing."""
    say = _SAID.get(type(row))
    return "" if say is None else " ".join(str(say(row)).split())[:LINE_LIMIT]
