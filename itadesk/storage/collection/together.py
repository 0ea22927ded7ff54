"""What files that come together are to each other: of several versions of one office, which is the newest."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from itadesk.domain.lineage import Past, Relation, relation
from itadesk.domain.model import Office
from itadesk.i18n import N_, _
from itadesk.storage.collection.arrival import Arrival
from itadesk.storage.collection.plan import TAKEN_BY_ITSELF, Decision, Step, same_office


@dataclass(frozen=True)
class Brought:
    """As much of an arrival as is compared with what comes with it: it is kept, for as many files as there are."""

    document: str
    office: Office
    past: Past
    digests: Mapping[int, str]

    @classmethod
    def of(cls, arrival: Arrival) -> "Brought":
        return cls(arrival.document, arrival.office, arrival.past, arrival.digests)


@dataclass(frozen=True, eq=False)
class Coming:
    """One fiscal year of a file that comes with others, and the name by which people tell the file from them."""

    name: str
    step: Step
    brought: Brought

    @property
    def digest(self) -> str:
        return self.brought.digests[self.step.fiscal_year]

    @property
    def keys(self) -> Iterator[Hashable]:
        """Two that mean one year of one office have one of these in common."""
        year = self.step.fiscal_year
        yield "place", year, self.step.office_id
        yield "document", year, self.brought.document
        yield "name", year, self.brought.office.full_name

    def meets(self, other: "Coming") -> bool:
        """Whether both mean what is, or may be, one office; their year is the same."""
        one, two = self.brought, other.brought
        same = self.step.office_id == other.step.office_id or one.document == two.document
        return same or same_office(one.office, two.office)

    def is_rival_of(self, other: "Coming") -> bool:
        """One document for two offices, or two documents for one office: as the collection would say of them."""
        one, two = self.brought, other.brought
        return (one.document == two.document) != same_office(one.office, two.office)

    def is_before(self, other: "Coming") -> bool:
        return relation(self.brought.past, other.brought.past) is Relation.NEWER


@dataclass(frozen=True)
class Beside:
    """What a fiscal year of a file is beside what comes with it.

    ADDED: the newest; SAME, OLDER: compared with the newest; FORK, RIVAL: none is the newest, somebody must choose.
    """

    decision: Decision
    message: str


MESSAGES = {
    Decision.ADDED: N_("Of the files of this office that came together it is the newest."),
    Decision.SAME: N_("Says the same as {other}, which came with it."),
    Decision.OLDER: N_("Older than {other}, which came with it."),
    Decision.FORK: N_("This file and {other}, which came with it, were changed separately."),
}
SAME_OFFICE = N_("{other}, which came with it, is another file of this office.")
SAME_ORIGIN = N_(
    "The file has the same origin as {other}, which came with it: renamed, or a copy made for another office."
)


def beside(coming: Sequence[Coming]) -> list[Beside | None]:
    """What each is beside the others it meets; None where it meets none, or waits for a choice anyway."""
    found: list[Beside | None] = [None] * len(coming)
    for group in groups(coming):
        certain = [at for at in group if coming[at].step.decision in TAKEN_BY_ITSELF]
        if len(certain) > 1:
            for at, told in zip(certain, _among([coming[at] for at in certain]), strict=True):
                found[at] = told
    return found


def groups(coming: Sequence[Coming]) -> list[list[int]]:
    """The places of those that mean one fiscal year of one office."""
    group_of: list[list[int]] = []
    known: dict[Hashable, list[int]] = {}
    for at, one in enumerate(coming):
        group = [at]
        group_of.append(group)
        for key in one.keys:
            for other in known.setdefault(key, []):
                if (met := group_of[other]) is not group and one.meets(coming[other]):
                    group += met
                    for place in met:
                        group_of[place] = group
            known[key].append(at)
    distinct = {id(group): group for group in group_of}
    return [sorted(group) for group in distinct.values()]


def _among(group: Sequence[Coming]) -> list[Beside]:
    if any(one.is_rival_of(group[0]) for one in group):
        return [_rivalling(one, group) for one in group]
    last = [one for one in group if not any(one.is_before(other) for other in group)]
    newest = last[0]
    if any(one.digest != newest.digest for one in last):
        return [_forked(one, last) for one in group]
    return [_behind(one, newest, group) for one in group]


def _rivalling(one: Coming, group: Sequence[Coming]) -> Beside:
    rival = next((other for other in group if one.is_rival_of(other)), None)
    other = rival or next(other for other in group if other is not one)
    text = SAME_ORIGIN if one.brought.document == other.brought.document else SAME_OFFICE
    return Beside(Decision.RIVAL, _(text).format(other=other.name))


def _forked(one: Coming, last: Sequence[Coming]) -> Beside:
    if one in last:
        return _told(Decision.FORK, next(other for other in last if other.digest != one.digest))
    return _told(Decision.OLDER, next(other for other in last if one.is_before(other)))


def _behind(one: Coming, newest: Coming, group: Sequence[Coming]) -> Beside:
    if one is newest:
        return _told(Decision.ADDED, next(other for other in group if other is not one))
    return _told(Decision.SAME if one.digest == newest.digest else Decision.OLDER, newest)


def _told(decision: Decision, other: Coming) -> Beside:
    return Beside(decision, _(MESSAGES[decision]).format(other=other.name))
