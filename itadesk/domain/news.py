"""What a newer version of an office says otherwise of a fiscal year, field by field, and how many of what."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from itadesk.domain import family, identities, merging, progress
from itadesk.domain.differences import TYPED, Difference, Kind, differences
from itadesk.domain.fields import FIELDS, Field, show
from itadesk.domain.keys import derived
from itadesk.domain.model import ROUNDS, Evidence, Measure, Office, Progress, Round, Row
from itadesk.domain.naming import said
from itadesk.domain.snapshot import Snapshot


@dataclass(frozen=True)
class NewsItem:
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


def tally(news: Iterable[NewsItem]) -> Tally:
    """The items counted."""
    return Tally(**Counter(map(_counted_as, news)))


def _counted_as(one: NewsItem) -> str:
    if one.row_class is Evidence:
        return "evidence"
    if one.row_class is Progress and one.field is not None and one.field.name == "status":
        return "statuses"
    if one.row_class is Measure and one.field is None:
        return one.kind
    return "texts" if one.row_class in (Measure, Progress) else "others"


def of_year(before: Snapshot, after: Snapshot, year: int) -> list[NewsItem]:
    """What `after` says otherwise of a year: measure by measure in its order, those that went last; then the rest.

    Measures are told by their identity, then by their titles: a file begun anew has other identities.
    """
    old, theirs = _part(before, year), _part(after, year)
    new, _same = identities.in_ours(old, theirs, _twins(old, theirs, year))
    row = old.fiscal_year(year) or new.fiscal_year(year)
    found = differences(old, new, (Office,))
    if row is not None:
        found += differences(old, new, TYPED, row.id)
    return sorted((item for one in found for item in _items(one, (new, old))), key=_place)


def _part(content: Snapshot, year: int) -> Snapshot:
    """The office and the year. Every measure has a progress in each round, as it counts before anything is typed."""
    row = content.fiscal_year(year)
    if row is None:
        return Snapshot.of([content.office])
    below = (
        one for one in family.below(content, row) if type(one) in TYPED and not isinstance(one, Progress)
    )
    counted = (
        replace(
            content.progress(measure.id, round_)
            or Progress(id=derived(measure.id, str(round_)), measure_id=measure.id, round=round_),
            status=progress.status(measure, content.progress(measure.id, round_)),
        )
        for measure in content.children(Measure, row.id)
        for round_ in ROUNDS
    )
    return Snapshot.of((content.office, row, *below, *counted))


def _twins(ours: Snapshot, theirs: Snapshot, year: int) -> Mapping[str, str]:
    """Measures that are the same by their titles, with their evidence: their ids to ours."""
    our_year, their_year = ours.fiscal_year(year), theirs.fiscal_year(year)
    if our_year is None or their_year is None:
        return {}
    here = ours.all(Measure)
    left = [row for row in theirs.children(Measure, their_year.id) if row.id not in here]
    twins: dict[str, str] = {}
    for their, our in zip(left, merging.matches(ours, our_year.id, left), strict=True):
        if our is not None and theirs.get(Measure, our.id) is None:
            twins[their.id] = our.id
            links = {_link(row): row.id for row in ours.children(Evidence, our.id)}
            for row in theirs.children(Evidence, their.id):
                if (twin := links.pop(_link(row), None)) is not None:
                    twins[row.id] = twin
    return twins


def _link(row: Evidence) -> tuple[str, str, str]:
    return row.title, row.url, row.file_name


def _items(one: Difference, states: tuple[Snapshot, Snapshot]) -> Iterator[NewsItem]:
    """A difference field by field, or row by row; the order of rows is no news, nor is what came with a measure."""
    match one.kind:
        case "added" | "removed":
            for row in [one.row] if isinstance(one.row, Measure) else [one.row, *one.along]:
                text = _text(row)
                old, new = (text, "") if one.kind == "removed" else ("", text)
                yield NewsItem(one.kind, type(row), _about(row, states), None, old, new)
        case "changed":
            row, about = one.row, _about(one.row, states)
            round_ = row.round if isinstance(row, Progress) else None
            for field in FIELDS[type(row)]:
                if field.name in one.names:
                    old, new = (show(field, getattr(state, field.name)) for state in (one.before, one.after))
                    yield NewsItem("changed", type(row), about, field, old, new, round_)
        case _:
            pass


def _about(row: Row, states: tuple[Snapshot, Snapshot]) -> str:
    if isinstance(row, Progress | Evidence):
        found = (state.get(Measure, row.measure_id) for state in states)
        return next((said(measure) for measure in found if measure is not None), "")
    return said(row)


def _text(row: Row) -> str:
    return " ".join(filter(None, _link(row))) if isinstance(row, Evidence) else said(row)


def _place(item: NewsItem) -> tuple[bool, bool]:
    of_measure = item.row_class in (Measure, Progress, Evidence)
    return not of_measure, item.row_class is Measure and item.kind == "removed"
