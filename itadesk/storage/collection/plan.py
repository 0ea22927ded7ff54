"""What taking a file into a collection would do, year by year, told before anything is written."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select

from itadesk.domain.keys import derived
from itadesk.domain.lineage import Past, Relation, Stretch, Version, relation
from itadesk.domain.model import Office
from itadesk.i18n import N_, _
from itadesk.storage.collection import schema
from itadesk.storage.collection.arrival import Arrival


class Decision(StrEnum):
    """What a fiscal year of a file is to the collection; `itadesk collect --json` says the same words.

    Of a file that cannot be opened at all it says "refused".
    """

    ADDED = "added"
    REPLACED = "replaced"
    SAME = "same"
    OLDER = "older"
    FORK = "fork"
    RIVAL = "rival"


TAKEN_BY_ITSELF = (Decision.ADDED, Decision.REPLACED)
"""What is done unless the officer says otherwise; everything else waits for a choice."""

MESSAGES = {
    Decision.ADDED: N_("New in this collection."),
    Decision.REPLACED: N_("Newer than the version in this collection, which it replaces."),
    Decision.SAME: N_("Says the same as the version in this collection."),
    Decision.OLDER: N_("Older than the version in this collection."),
    Decision.FORK: N_("Two copies of this office's file were changed separately."),
}


@dataclass(frozen=True)
class Held:
    """The version of an office's fiscal year that a collection has."""

    received_id: str
    past: Past
    digest: str
    file_name: str
    saved_at: str | None
    received_at: str


@dataclass(frozen=True)
class Step:
    """One fiscal year of one file. `office_id`: where in the collection it goes; `held`: what is there now."""

    file_name: str
    office: str
    fiscal_year: int
    decision: Decision
    message: str
    office_id: str
    held: Held | None = None
    newer: bool = False
    """Same content, but of a later version, which is noted."""


@dataclass(frozen=True)
class Place:
    """Where an office's rows go; `rival`: why that is not certain."""

    office_id: str
    rival: str = ""


def plan(connection: Connection, arrival: Arrival) -> list[Step]:
    """A step for each fiscal year of the file."""
    place = place_of(connection, arrival)
    return [_step(connection, arrival, place, year) for year in sorted(arrival.digests)]


def _step(connection: Connection, arrival: Arrival, place: Place, year: int) -> Step:
    held = held_version(connection, place.office_id, year)
    decision, newer = (Decision.RIVAL, False) if place.rival else _decided(arrival, year, held)
    message = place.rival or _(MESSAGES[decision])
    name = arrival.office.full_name
    return Step(arrival.file_name, name, year, decision, message, place.office_id, held, newer)


def _decided(arrival: Arrival, year: int, held: Held | None) -> tuple[Decision, bool]:
    if held is None:
        return Decision.ADDED, False
    match relation(held.past, arrival.past):
        case Relation.NEWER if held.digest == arrival.digests[year]:
            return Decision.SAME, True
        case _ if held.digest == arrival.digests[year]:
            return Decision.SAME, False
        case Relation.NEWER:
            return Decision.REPLACED, False
        case Relation.OLDER:
            return Decision.OLDER, False
        case Relation.SAME | Relation.FORK:
            # The same version with other content: changed by another program.
            return Decision.FORK, False


def place_of(connection: Connection, arrival: Arrival) -> Place:
    """The office of the collection that a file belongs to, by its document, then by its name.

    Nothing is decided silently: a file that was copied for another office carries the same document, and two offices'
    clerks may each have begun a file for one office.
    """
    own = arrival.office
    namesake = None
    for office_id, office in _offices_of_document(connection, arrival.document):
        if same_office(own, office):
            return Place(office_id)
        namesake = (office_id, office)
    if namesake is not None:
        text = _(
            "The file has the same origin as that of {office}: renamed, or a copy made for another office."
        )
        return Place(namesake[0], text.format(office=namesake[1].full_name))
    for office_id, office in _offices_named(connection, own):
        if same_office(own, office):
            text = _("Another file of {office} is in this collection already.")
            return Place(office_id, text.format(office=office.full_name))
    return Place(own_place(arrival))


def own_place(arrival: Arrival) -> str:
    """The id of the office when the file is the first of its document."""
    return derived(arrival.document, arrival.office.id)


def separate_place(arrival: Arrival) -> str:
    """The id of the office when a file of the same document or name is in the collection for another office."""
    own = arrival.office
    return derived(arrival.document, own.id, own.kind, own.name, own.district, own.province)


def same_office(one: Office, other: Office) -> bool:
    """Whether two files mean one office: what one of them leaves out does not tell them apart."""
    return one.full_name == other.full_name and all(
        not a or not b or a == b for a, b in ((one.district, other.district), (one.province, other.province))
    )


def _offices_of_document(connection: Connection, document: str) -> Iterator[tuple[str, Office]]:
    office, received = schema.office, schema.received
    query = (
        select(office).where(
            office.c.id.in_(select(received.c.office_id).where(received.c.document == document))
        )
    ).order_by(office.c.id)
    yield from ((row.id, _office(row)) for row in connection.execute(query))


def _offices_named(connection: Connection, own: Office) -> Iterator[tuple[str, Office]]:
    query = select(schema.office).where(schema.office.c.name == own.name).order_by(schema.office.c.id)
    yield from ((row.id, _office(row)) for row in connection.execute(query))


def _office(row: object) -> Office:
    return Office(**{name: getattr(row, name) for name in ("id", "kind", "name", "district", "province")})


def held_version(connection: Connection, office_id: str, year: int) -> Held | None:
    """What a collection has of an office's fiscal year."""
    source, received = schema.source, schema.received
    query = (
        select(received, source.c.digest)
        .join(source, source.c.received_id == received.c.id)
        .where(source.c.office_id == office_id, source.c.fiscal_year == year)
    )
    columns = [column for column in query.selected_columns if column.name != "packed"]
    row = connection.execute(query.with_only_columns(*columns)).first()
    if row is None:
        return None
    past = Past.of(Version(row.branch, row.revision), _stretches(connection, row.id))
    return Held(row.id, past, row.digest, row.file_name, row.saved_at, row.received_at)


def _stretches(connection: Connection, received_id: str) -> list[Stretch]:
    lineage = schema.received_lineage
    query = select(lineage.c.branch, lineage.c.first_revision, lineage.c.last_revision).where(
        lineage.c.received_id == received_id
    )
    return [Stretch(*row) for row in connection.execute(query)]
