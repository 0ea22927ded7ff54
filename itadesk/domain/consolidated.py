"""What a district sees of many offices: counted lines, made by the collection and printed by the district's report."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from itadesk.domain import offices
from itadesk.domain.model import Round, Status
from itadesk.domain.progress import Counts


@dataclass(frozen=True)
class OfficeCounts:
    """One office in one fiscal year and round. `received_at`: when this version first arrived."""

    office_id: str
    kind: str
    name: str
    district: str
    province: str
    fiscal_year: int
    round: Round
    counts: Counts
    overdue: int
    received_at: str
    saved_at: str | None
    revision: int

    @property
    def full_name(self) -> str:
        return self.kind + self.name


@dataclass(frozen=True)
class IndicatorCounts:
    """All offices' measures of one indicator, "" = of none, by status."""

    indicator: str
    counts: Counts
    overdue: int


@dataclass(frozen=True)
class CellCounts:
    """The measures of one office that answer one indicator, "" = none."""

    office_id: str
    indicator: str
    counts: Counts
    overdue: int


@dataclass(frozen=True)
class Sender:
    """An office that sends its file, or is to send it."""

    kind: str
    name: str
    district: str = ""
    province: str = ""

    @property
    def full_name(self) -> str:
        return self.kind + self.name


def same_sender(one: Sender, other: Sender) -> bool:
    """Whether two entries mean one office: what one of them leaves out does not tell them apart."""
    return offices.key(one.kind, one.name) == offices.key(other.kind, other.name) and all(
        not a or not b or a == b for a, b in ((one.district, other.district), (one.province, other.province))
    )


@dataclass(frozen=True)
class OfficeMeasure:
    """One measure of one office, as the table of all offices shows it. `last_day`: of its period, where it is read."""

    measure_id: str
    office_id: str
    office: str
    indicator: str
    title: str
    responsible: str
    period: str
    status: Status
    last_day: dt.date | None


@dataclass(frozen=True)
class DistrictYear:
    """A fiscal year of all offices: who sent what, who sent nothing, what is late on a day.

    `round`: the round they were asked for; None = the latest of each. `late`: the first of them, there may be many.
    """

    fiscal_year: int
    day: dt.date
    round: Round | None
    offices: tuple[OfficeCounts, ...]
    indicators: tuple[IndicatorCounts, ...]
    missing: tuple[Sender, ...]
    late: tuple[OfficeMeasure, ...]

    @property
    def district(self) -> str:
        """The district, or else the province, that all offices name; "" when they differ."""
        for label, names in (
            ("อำเภอ", {one.district for one in self.offices}),
            ("จังหวัด", {one.province for one in self.offices}),
        ):
            if len(names) == 1 and (name := next(iter(names))):
                return name if name.startswith(label) else label + name
        return ""


def total(counts: Iterable[Counts]) -> Counts:
    """The sum of counts."""
    listed = list(counts)
    return Counts(
        sum(one.not_started for one in listed),
        sum(one.in_progress for one in listed),
        sum(one.done for one in listed),
    )


def share(part: int, whole: int) -> int:
    """Per cent, rounded half up; 0 of nothing."""
    return 0 if whole == 0 else (200 * part + whole) // (2 * whole)


_NUMBER_BEFORE = re.compile(r"\s*[\d๐-๙]+\s*[.)]?\s+|\s*[\d๐-๙]+[.)]\s*")
_WORDS = ("อำเภอ", "จังหวัด", "อ.", "จ.")


def senders_in(text: str) -> list[Sender]:
    """The offices of a list, one a line, as it comes out of a table: name, then district and province if they are told.

    Numbers before the names count for nothing; an office that is named twice is one.
    """
    found: dict[tuple[str, str], Sender] = {}
    for line in text.splitlines():
        cells = [" ".join(cell.split()) for cell in _NUMBER_BEFORE.sub("", line, count=1).split("\t")]
        name, *place = [cell for cell in cells if cell and not cell.isdigit()] or [""]
        if name:
            district, province, *_more = [*map(_bare, place), "", ""]
            sender = Sender(*offices.told(name), district, province)
            found.setdefault((offices.key(sender.kind, sender.name), district), sender)
    return list(found.values())


def _bare(place: str) -> str:
    return next((place.removeprefix(word).strip() for word in _WORDS if place.startswith(word)), place)


def line_of(sender: Sender) -> str:
    """A sender as `senders_in` reads it."""
    return "\t".join((sender.full_name, sender.district, sender.province)).rstrip("\t")
