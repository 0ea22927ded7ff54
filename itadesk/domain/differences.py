"""What two versions of one office say differently of a fiscal year, field by field, and how many of what."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from itadesk.domain import family, merging, progress
from itadesk.domain.fields import FIELDS, STATUS_LABELS, Field, show
from itadesk.domain.model import Evidence, Measure, Printout, Progress, Round, Row, Status
from itadesk.domain.naming import said
from itadesk.domain.snapshot import Snapshot
from itadesk.i18n import _

R = TypeVar("R", bound=Row)


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """One field, or one row that came or went: then `field` is None. `about`: the measure, or else what it belongs to.

    `old` and `new` are texts as a clerk sees them; `round`: of a measure's progress.
    """

    kind: Kind
    row_class: type[Row]
    about: str
    field: Field | None = None
    old: str = ""
    new: str = ""
    round: Round | None = None


@dataclass(frozen=True)
class Tally:
    """How many of what: measures that came and went, statuses and texts that changed, evidence, and all the rest."""

    added: int = 0
    removed: int = 0
    statuses: int = 0
    texts: int = 0
    evidence: int = 0
    others: int = 0

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.statuses, self.texts, self.evidence, self.others))


def tally(differences: Iterable[Difference]) -> Tally:
    counted = {"added": 0, "removed": 0, "statuses": 0, "texts": 0, "evidence": 0, "others": 0}
    for one in differences:
        counted[_counted_as(one)] += 1
    return Tally(**counted)


def _counted_as(one: Difference) -> str:
    if one.row_class is Evidence:
        return "evidence"
    if one.row_class is Progress and one.field is not None and one.field.name == "status":
        return "statuses"
    if one.row_class is Measure and one.field is None:
        return "added" if one.kind is Kind.ADDED else "removed"
    return "texts" if one.row_class in (Measure, Progress) else "others"


def differences(before: Snapshot, after: Snapshot, year: int) -> list[Difference]:
    """Measure by measure in the order of `after`, those that went last; then what else the year and its office say.

    Measures are told by their identity, then by their titles: a file begun anew has other identities.
    """
    old, new = _measures(before, year), _measures(after, year)
    pairs = _paired(before, old, new, year)
    found = [one for theirs in new for one in _of_measure(before, after, pairs.get(theirs.id), theirs)]
    kept = {row.id for row in pairs.values()}
    found += [
        Difference(Kind.REMOVED, Measure, said(row), old=said(row)) for row in old if row.id not in kept
    ]
    return found + list(_of_others(before, after, year))


def _measures(snapshot: Snapshot, year: int) -> list[Measure]:
    row = snapshot.fiscal_year(year)
    return [] if row is None else snapshot.children(Measure, row.id)


def _paired(
    before: Snapshot, old: Sequence[Measure], new: Sequence[Measure], year: int
) -> dict[str, Measure]:
    """The measure before that each of the new ones is, by the new one's id."""
    by_id = {row.id: row for row in old}
    pairs = {row.id: by_id[row.id] for row in new if row.id in by_id}
    row = before.fiscal_year(year)
    taken, left = {twin.id for twin in pairs.values()}, [row for row in new if row.id not in pairs]
    if row is None or not left or len(taken) == len(old):
        return pairs
    twins = merging.matches(before, row.id, left)
    return pairs | {
        theirs.id: twin
        for theirs, twin in zip(left, twins, strict=True)
        if twin is not None and twin.id not in taken
    }


def _of_measure(
    before: Snapshot, after: Snapshot, ours: Measure | None, theirs: Measure
) -> Iterator[Difference]:
    about = said(theirs)
    if ours is None:
        yield Difference(Kind.ADDED, Measure, about, new=about)
        return
    yield from _of_fields(about, ours, theirs)
    for round_ in (6, 12):
        old, new = before.progress(ours.id, round_), after.progress(theirs.id, round_)
        yield from _of_progress(about, round_, (ours, old), (theirs, new))
    links = [{_link(row) for row in snapshot.children(Evidence, row_id)}
             for snapshot, row_id in ((before, ours.id), (after, theirs.id))]  # fmt: skip
    for link in sorted(links[0] - links[1]):
        yield Difference(Kind.REMOVED, Evidence, about, old=" ".join(filter(None, link)))
    for link in sorted(links[1] - links[0]):
        yield Difference(Kind.ADDED, Evidence, about, new=" ".join(filter(None, link)))


def _link(row: Evidence) -> tuple[str, str, str]:
    return row.title, row.url, row.file_name


def _of_progress(
    about: str,
    round_: Round,
    before: tuple[Measure, Progress | None],
    after: tuple[Measure, Progress | None],
) -> Iterator[Difference]:
    old, new = (progress.status(*one) for one in (before, after))
    if old is not new:
        yield Difference(
            Kind.CHANGED, Progress, about, _field(Progress, "status"), _status(old), _status(new), round_
        )
    for field in FIELDS[Progress]:
        if field.kind == "cell":
            texts = ["" if one is None else str(getattr(one, field.name)) for one in (before[1], after[1])]
            if texts[0] != texts[1]:
                yield Difference(Kind.CHANGED, Progress, about, field, texts[0], texts[1], round_)


def _status(status: Status) -> str:
    return _(STATUS_LABELS[status])


def _field(row_class: type[Row], name: str) -> Field:
    return next(field for field in FIELDS[row_class] if field.name == name)


def _of_fields(about: str, old: Row, new: Row) -> Iterator[Difference]:
    for field in FIELDS.get(type(new), ()):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            yield Difference(Kind.CHANGED, type(new), about, field, show(field, before), show(field, after))


def _of_others(before: Snapshot, after: Snapshot, year: int) -> Iterator[Difference]:
    """What the year says besides its measures, and the office's own fields, row by row."""
    old, new = _others(before, year), _others(after, year)
    yield from _of_fields(said(after.office), before.office, after.office)
    for row_id, row in new.items():
        if row_id in old:
            yield from _of_fields(said(row), old[row_id], row)
        else:
            yield Difference(Kind.ADDED, type(row), said(row), new=said(row))
    for row_id, row in old.items():
        if row_id not in new:
            yield Difference(Kind.REMOVED, type(row), said(row), old=said(row))


def _others(snapshot: Snapshot, year: int) -> Mapping[str, Row]:
    top = snapshot.fiscal_year(year)
    if top is None:
        return {}
    left_out = (Measure, Progress, Evidence, Printout)
    return {row.id: row for row in family.below(snapshot, top) if not isinstance(row, left_out)}
