"""Questions to a collection about many offices at once: counted in the database, whatever their number."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, Select, Subquery, and_, case, func, literal, or_, select

from itadesk.domain import offices as office_names
from itadesk.domain import thai
from itadesk.domain.consolidated import (
    CellCounts,
    DistrictYear,
    IndicatorCounts,
    OfficeCounts,
    OfficeMeasure,
    Sender,
    same_sender,
)
from itadesk.domain.model import Round, Status
from itadesk.domain.progress import Counts
from itadesk.storage.collection import expected, schema

_MEASURE, _PROGRESS, _YEAR, _OFFICE = schema.measure, schema.progress, schema.fiscal_year, schema.office


def newest_year(connection: Connection) -> int | None:
    return connection.execute(select(func.max(_YEAR.c.year))).scalar_one()


def years(connection: Connection) -> list[int]:
    """The fiscal years there are, the newest first."""
    return list(connection.execute(select(_YEAR.c.year).distinct().order_by(_YEAR.c.year.desc())).scalars())


def by_office(
    connection: Connection, today: dt.date, year: int | None = None, round_: Round | None = None
) -> list[OfficeCounts]:
    """Each office in each fiscal year, or in one, in Thai dictionary order.

    In the round asked for, else in the latest in which the office has progress, else 12.
    """
    rounds = _rounds(round_).subquery()
    tallies = {
        (row.office_id, row.year): row for row in connection.execute(_tallies(rounds, today, year, "office"))
    }
    source, received = schema.source, schema.received
    query = (
        select(
            _OFFICE.c.id, _OFFICE.c.kind, _OFFICE.c.name, _OFFICE.c.district, _OFFICE.c.province, _YEAR.c.year,
            rounds.c.round, received.c.received_at, received.c.saved_at, received.c.revision,
        )
        .join(_YEAR, _YEAR.c.office_id == _OFFICE.c.id)
        .join(rounds, rounds.c.id == _YEAR.c.id)
        .join(source, and_(source.c.office_id == _OFFICE.c.id, source.c.fiscal_year == _YEAR.c.year))
        .join(received, received.c.id == source.c.received_id)
    )  # fmt: skip
    if year is not None:
        query = query.where(_YEAR.c.year == year)
    found = [_office_counts(row, tallies.get((row.id, row.year))) for row in connection.execute(query)]
    return sorted(found, key=lambda one: (-one.fiscal_year, thai.sort_key(one.full_name), one.office_id))


def _office_counts(row: Row[*tuple[Any, ...]], tally: Row[*tuple[Any, ...]] | None) -> OfficeCounts:
    counts, overdue = _counted(tally)
    return OfficeCounts(
        row.id, row.kind, row.name, row.district, row.province, row.year, row.round, counts, overdue,
        row.received_at, row.saved_at, row.revision,
    )  # fmt: skip


def by_indicator(
    connection: Connection, today: dt.date, year: int, round_: Round | None = None
) -> list[IndicatorCounts]:
    """The measures of one fiscal year by indicator, "" for those without one last."""
    rounds = _rounds(round_).subquery()
    found: list[IndicatorCounts] = []
    for row in connection.execute(_tallies(rounds, today, year, "indicator")):
        counts, overdue = _counted(row)
        found.append(IndicatorCounts(row.indicator, counts, overdue))
    return sorted(found, key=lambda one: indicator_order(one.indicator))


def by_office_and_indicator(
    connection: Connection, today: dt.date, year: int, round_: Round | None = None
) -> list[CellCounts]:
    """The measures of each office by indicator, in no order."""
    rounds = _rounds(round_).subquery()
    found: list[CellCounts] = []
    for row in connection.execute(_tallies(rounds, today, year, "both")):
        counts, overdue = _counted(row)
        found.append(CellCounts(row.office_id, row.indicator, counts, overdue))
    return found


def indicator_order(indicator: str) -> tuple[bool, list[int]]:
    """Sorts "9" before "10" and what has none last."""
    return not indicator, [int(part) for part in indicator.split(".") if part.isdigit()]


def _counted(tally: Row[*tuple[Any, ...]] | None) -> tuple[Counts, int]:
    if tally is None:
        return Counts(0, 0, 0), 0
    done, going = int(tally.done), int(tally.in_progress)
    return Counts(tally.total - done - going, going, done), int(tally.overdue)


def _rounds(round_: Round | None) -> Select[*tuple[Any, ...]]:
    """The round in which each fiscal year is looked at."""
    if round_ is not None:
        return select(_YEAR.c.id, literal(round_).label("round"))
    latest = schema.latest_round
    return select(latest.c.fiscal_year_id.label("id"), latest.c.round)


STATUS = case(
    (_PROGRESS.c.status == Status.DONE, Status.DONE),
    # As domain.progress.status says: one that goes on all year never stands as not started.
    (_MEASURE.c.continuous == 1, Status.IN_PROGRESS),
    else_=func.coalesce(_PROGRESS.c.status, Status.NOT_STARTED),
)
"""The status that counts, of a measure joined with its progress."""


def _tallies(rounds: Subquery, today: dt.date, year: int | None, by: str) -> Select[*tuple[Any, ...]]:
    grouped = {
        "office": [_YEAR.c.office_id, _YEAR.c.year],
        "indicator": [_MEASURE.c.indicator],
        "both": [_YEAR.c.office_id, _MEASURE.c.indicator],
    }[by]
    late = and_(schema.due.c.day < today.isoformat(), STATUS != Status.DONE)
    query = (
        select(
            *grouped,
            func.count().label("total"),
            func.sum(case((STATUS == Status.DONE, 1), else_=0)).label("done"),
            func.sum(case((STATUS == Status.IN_PROGRESS, 1), else_=0)).label("in_progress"),
            func.sum(case((late, 1), else_=0)).label("overdue"),
        )
        .select_from(_MEASURE)
        .join(_YEAR, _YEAR.c.id == _MEASURE.c.fiscal_year_id)
        .join(rounds, rounds.c.id == _YEAR.c.id)
        .outerjoin(
            _PROGRESS,
            and_(_PROGRESS.c.measure_id == _MEASURE.c.id, _PROGRESS.c.round == rounds.c.round),
        )
        .outerjoin(schema.due, schema.due.c.measure_id == _MEASURE.c.id)
        .group_by(*grouped)
    )
    return query if year is None else query.where(_YEAR.c.year == year)


def missing(connection: Connection, year: int) -> list[Sender]:
    """Expected offices that have not sent this fiscal year, in their order."""
    query = select(_OFFICE).join(_YEAR, _YEAR.c.office_id == _OFFICE.c.id).where(_YEAR.c.year == year)
    sent: dict[str, list[Sender]] = {}
    for row in connection.execute(query):
        sent.setdefault(office_names.key(row.kind, row.name), []).append(
            Sender(row.kind, row.name, row.district, row.province)
        )
    return [
        sender
        for sender in expected.senders(connection)
        if not any(
            same_sender(sender, one) for one in sent.get(office_names.key(sender.kind, sender.name), ())
        )
    ]


def measures(
    connection: Connection,
    year: int,
    round_: Round | None = None,
    *,
    office_ids: Collection[str] | None = None,
    indicator: str | None = None,
    status: Status | None = None,
    late_on: dt.date | None = None,
    text: str = "",
    limit: int | None = None,
) -> list[OfficeMeasure]:
    """Measures of all offices, or of those asked for, office by office in Thai order, as each office orders its own.

    `late_on`: only those not done whose last day is before it. `text`: found in title or responsible, as typed.
    `limit` is for what one can look at; the offices' order is not that of the database, so it is no page.
    """
    rounds = _rounds(round_).subquery()
    query = _of_measures(rounds).where(_YEAR.c.year == year)
    if office_ids is not None:
        query = query.where(_OFFICE.c.id.in_(office_ids))
    if indicator is not None:
        query = query.where(_MEASURE.c.indicator == indicator)
    if status is not None:
        query = query.where(STATUS.in_((status,)))
    if late_on is not None:
        query = query.where(schema.due.c.day < late_on.isoformat(), STATUS != Status.DONE)
    if text:
        pattern = _MEASURE.c.title.icontains(text, autoescape=True)
        query = query.where(or_(pattern, _MEASURE.c.responsible.icontains(text, autoescape=True)))
    ordered = query.order_by(_OFFICE.c.id, _MEASURE.c.ordinal, _MEASURE.c.id)
    rows = connection.execute(ordered.limit(limit)).all()
    order = {name: thai.sort_key(name) for name in {row.kind + row.name for row in rows}}
    rows = sorted(rows, key=lambda row: (order[row.kind + row.name], row.office_id, row.ordinal, row.id))
    return [_office_measure(row) for row in rows]


def _of_measures(rounds: Subquery) -> Select[*tuple[Any, ...]]:
    return (
        select(
            _MEASURE.c.id, _MEASURE.c.ordinal, _MEASURE.c.indicator, _MEASURE.c.title, _MEASURE.c.responsible,
            _MEASURE.c.period, _OFFICE.c.id.label("office_id"), _OFFICE.c.kind, _OFFICE.c.name,
            STATUS.label("status"), schema.due.c.day,
        )
        .join(_YEAR, _YEAR.c.id == _MEASURE.c.fiscal_year_id)
        .join(_OFFICE, _OFFICE.c.id == _YEAR.c.office_id)
        .join(rounds, rounds.c.id == _YEAR.c.id)
        .outerjoin(_PROGRESS, and_(_PROGRESS.c.measure_id == _MEASURE.c.id, _PROGRESS.c.round == rounds.c.round))
        .outerjoin(schema.due, schema.due.c.measure_id == _MEASURE.c.id)
    )  # fmt: skip


def _office_measure(row: Row[*tuple[Any, ...]]) -> OfficeMeasure:
    day = None if row.day is None else dt.date.fromisoformat(row.day)
    return OfficeMeasure(
        row.id, row.office_id, row.kind + row.name, row.indicator, row.title, row.responsible, row.period,
        Status(row.status), day,
    )  # fmt: skip


LATE_SHOWN = 500
"""Late measures that a report lists; their number is counted in full."""


def district_year(
    connection: Connection, today: dt.date, year: int, round_: Round | None = None
) -> DistrictYear:
    """All that the district's report says of a fiscal year."""
    return DistrictYear(
        year,
        today,
        round_,
        tuple(by_office(connection, today, year, round_)),
        tuple(by_indicator(connection, today, year, round_)),
        tuple(missing(connection, year)),
        tuple(measures(connection, year, round_, late_on=today, limit=LATE_SHOWN)),
    )
