"""What lint says: a problem and its place, and the texts of a year in which it looks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

from itadesk.domain.model import Evidence, Measure, Progress, Round

Severity = Literal["error", "warning", "info"]

SEVERITIES: Mapping[str, Severity] = {
    "swapped_columns": "error",
    "digits_in_address": "error",
    "date_reversed": "error",
    "grade_mismatch": "warning",
    "analysed_year": "warning",
    "list_mismatch": "warning",
    "numbering_gap": "warning",
    "copied_text": "warning",
    "contact_mismatch": "warning",
    "name_drift": "warning",
    "period_outside_year": "warning",
    "repeated_word": "warning",
    "result_equals_steps": "warning",
    "status_against_result": "warning",
    "missing_field": "warning",
    "done_without_result": "warning",
    "signatory_missing": "warning",
    "link_unusable": "warning",
    "period_unread": "info",
    "mixed_digits": "info",
}
"""Code of a problem -> how much it matters: wrong for certain, most likely wrong, worth a look."""


@dataclass(frozen=True)
class Problem:
    """A fault of the data. `round` None: it is there in every round; `measure`: position in the year, from 1."""

    code: str
    severity: Severity
    fiscal_year: int
    round: Round | None
    measure: int | None
    measure_id: str | None
    field: str
    message: str
    suggestion: str = ""
    signatory_id: str = ""
    """The signatory it is about."""

    def as_json(self) -> dict[str, str | int | None]:
        """The documented form: without ids, and without a suggestion where there is none."""
        form = asdict(self)
        del form["measure_id"], form["signatory_id"]
        return form if self.suggestion else {key: form[key] for key in form if key != "suggestion"}


class Cell(NamedTuple):
    """A text and where it stands; a document's text or a line of the office's record belongs to no measure."""

    text: str
    field: str
    fiscal_year: int
    round: Round | None = None
    measure: int | None = None
    measure_id: str | None = None

    def problem(
        self, code: str, message: str, suggestion: str = "", severity: Severity | None = None
    ) -> Problem:
        severity = severity or SEVERITIES[code]
        return Problem(
            code,
            severity,
            self.fiscal_year,
            self.round,
            self.measure,
            self.measure_id,
            self.field,
            message,
            suggestion,
        )


PLAN_FIELDS = ("title", "steps", "responsible", "period", "follow_up", "indicator", "heading")
PROGRESS_FIELDS = ("result", "outcome", "suggestion")


@dataclass(frozen=True)
class Entry:
    """A measure with its progress and evidence in the round that is looked at, and the texts of both by field."""

    position: int
    measure: Measure
    progress: Progress | None
    cells: Mapping[str, Cell]
    evidence: Sequence[Evidence]

    @classmethod
    def of(
        cls,
        fiscal_year: int,
        position: int,
        measure: Measure,
        progress: Progress | None,
        round_: Round,
        evidence: Sequence[Evidence] = (),
    ) -> "Entry":
        """The texts of the progress are "" while there is none; `evidence` is that of the round and the whole year."""
        place = (position, measure.id)
        cells = {name: Cell(getattr(measure, name), name, fiscal_year, None, *place) for name in PLAN_FIELDS}
        for name in PROGRESS_FIELDS:
            text = getattr(progress, name) if progress else ""
            cells[name] = Cell(text, name, fiscal_year, round_, *place)
        return cls(position, measure, progress, cells, evidence)
