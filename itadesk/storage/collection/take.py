"""Takes fiscal years of a file into a collection, whole, in place of what was there; and takes versions back."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from itadesk.domain import deadlines
from itadesk.domain.keys import derived
from itadesk.domain.model import (
    Assessment,
    AssessmentIndicator,
    Measure,
    Progress,
    Row,
    Unit,
    new_id,
)
from itadesk.storage import faults
from itadesk.storage.collection import schema
from itadesk.storage.collection.arrival import ATTACHED, Arrival, below, read, unpack
from itadesk.storage.collection.plan import Decision, Step, plan, separate_place
from itadesk.storage.snapshot import stored

KEPT = 5
"""Received files kept of each office beside those whose rows are in use."""

Choose = Callable[[Step], Decision | None]
"""What to do with a step: its own decision to go on, RIVAL to take it as an office of its own, None to leave it."""


def by_itself(step: Step) -> Decision | None:
    """What is done without being asked."""
    return step.decision if step.decision in (Decision.ADDED, Decision.REPLACED) else None


def take(connection: Connection, arrival: Arrival, user: str, choose: Choose = by_itself) -> list[Step]:
    """Take what `choose` wants of a file, in the transaction at hand, and say what became of each year.

    A step that is not taken keeps its decision; `replaced` and `added` in the answer mean it was done.
    """
    done: list[Step] = []
    received_id = None
    for step in plan(connection, arrival):
        choice = choose(step)
        if step.decision is Decision.SAME and step.newer:
            received_id = received_id or _receive(connection, arrival, step.office_id, user)
            _note_source(connection, step.office_id, step.fiscal_year, received_id, arrival)
        elif choice is not None and step.decision is not Decision.SAME:
            office_id = step.office_id if choice is not Decision.RIVAL else separate_place(arrival)
            put_office(connection, arrival, office_id)
            received_id = received_id or _receive(connection, arrival, office_id, user)
            put_year(connection, arrival, office_id, step.fiscal_year, received_id)
            held = step.held is not None and office_id == step.office_id
            step = replace(step, decision=Decision.REPLACED if held else Decision.ADDED, office_id=office_id)
        done.append(step)
    for office_id in {step.office_id for step in done}:
        _forget_old(connection, office_id)
    return done


def take_back(connection: Connection, received_id: str, years: Iterable[int]) -> None:
    """Put the rows of fiscal years back as an earlier received file says; the present ones can be taken back too."""
    row = connection.execute(select(schema.received).where(schema.received.c.id == received_id)).one()
    with faults.temporary_folder() as folder:
        copy = folder / "copy.sqlite"
        unpack(row.packed, copy)
        arrival = read(copy, row.file_name, row.seal)
        put_office(connection, arrival, row.office_id)
        for year in years:
            put_year(connection, arrival, row.office_id, year, received_id)


def remove(connection: Connection, office_id: str) -> None:
    """Take an office out, with every file that was received of it; the district's notes on it stay."""
    connection.execute(delete(schema.office).where(schema.office.c.id == office_id))


def put_office(connection: Connection, arrival: Arrival, office_id: str) -> None:
    """The office as the file tells, with its units and its ITA results."""
    office, content = arrival.office, arrival.content
    row = _moved(office, office_id) | {"id": office_id}
    table = schema.office
    if connection.execute(update(table).where(table.c.id == office_id).values(row)).rowcount == 0:
        connection.execute(insert(table), row)
    for row_class in (Unit, Assessment):
        table = schema.TABLES[row_class]
        connection.execute(delete(table).where(table.c.office_id == office_id))
    units = content.children(Unit, office.id)
    assessments = sorted(content.all(Assessment).values(), key=lambda row: row.id)
    indicators = [row for one in assessments for row in content.children(AssessmentIndicator, one.id)]
    _put(connection, office_id, [*units, *assessments, *indicators])


def put_year(connection: Connection, arrival: Arrival, office_id: str, year: int, received_id: str) -> None:
    """A fiscal year as the file tells, in place of what is there."""
    table = schema.fiscal_year
    connection.execute(delete(table).where(table.c.office_id == office_id, table.c.year == year))
    row = arrival.content.fiscal_year(year)
    if row is None:
        raise LookupError(f"no fiscal year {year}")
    rows = list(below(arrival.content, row))
    _put(connection, office_id, rows)
    days = ((measure, deadlines.last_day(measure, year)) for measure in rows if isinstance(measure, Measure))
    due = [
        {"measure_id": derived(office_id, measure.id), "day": day.isoformat()}
        for measure, day in days
        if day is not None
    ]
    if due:
        connection.execute(insert(schema.due), due)
    latest = max((progress.round for progress in rows if isinstance(progress, Progress)), default=12)
    place = {"fiscal_year_id": derived(office_id, row.id), "round": latest}
    connection.execute(insert(schema.latest_round), place)
    _note_source(connection, office_id, year, received_id, arrival)


def _put(connection: Connection, office_id: str, rows: Iterable[Row]) -> None:
    by_class: dict[type[Row], list[dict[str, Any]]] = {}
    for row in rows:
        by_class.setdefault(type(row), []).append(_moved(row, office_id))
    for row_class in schema.TAKEN:
        if columns := by_class.get(row_class):
            connection.execute(insert(schema.TABLES[row_class]), columns)


def _moved(row: Row, office_id: str) -> dict[str, Any]:
    """The columns of a row, its identity and that of its parent those of the collection."""
    columns: dict[str, Any] = stored(row)
    for name, value in columns.items():
        if name in ATTACHED:
            columns[name] = None
        elif name == "office_id":
            columns[name] = office_id
        elif name == "id" or name.endswith("_id"):
            columns[name] = derived(office_id, value)
    return columns


def _receive(connection: Connection, arrival: Arrival, office_id: str, user: str) -> str:
    received_id = new_id()
    version = arrival.version
    row = {
        "id": received_id,
        "office_id": office_id,
        "document": arrival.document,
        "branch": version.branch,
        "revision": version.revision,
        "seal": arrival.seal,
        "saved_at": arrival.saved_at,
        "file_name": arrival.file_name,
        "received_at": dt.datetime.now().isoformat(timespec="seconds"),
        "received_by": user,
        "packed": arrival.packed(),
    }
    connection.execute(insert(schema.received), row)
    stretches: list[Mapping[str, Any]] = [
        {
            "received_id": received_id,
            "branch": one.branch,
            "first_revision": one.first,
            "last_revision": one.last,
        }
        for one in arrival.past.stretches
    ]
    if stretches:
        connection.execute(insert(schema.received_lineage), stretches)
    return received_id


def _note_source(
    connection: Connection, office_id: str, year: int, received_id: str, arrival: Arrival
) -> None:
    table = schema.source
    connection.execute(delete(table).where(table.c.office_id == office_id, table.c.fiscal_year == year))
    row = {
        "office_id": office_id,
        "fiscal_year": year,
        "received_id": received_id,
        "digest": arrival.digests[year],
    }
    connection.execute(insert(table), row)


def _forget_old(connection: Connection, office_id: str) -> None:
    """Let go of received files nobody will want back."""
    received, source = schema.received, schema.source
    used = select(source.c.received_id)
    query = (
        select(received.c.id)
        .where(received.c.office_id == office_id, received.c.id.not_in(used))
        .order_by(received.c.received_at.desc(), received.c.id)
        .offset(KEPT)
    )
    old = list(connection.execute(query).scalars())
    if old:
        connection.execute(delete(received).where(received.c.id.in_(old)))
