"""Questions to a collection about many offices at once: counted in the database, whatever their number."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Select, and_, case, func, literal, select

from itadesk.domain import thai
from itadesk.domain.model import Round, Status
from itadesk.domain.progress import Counts
from itadesk.storage.collection import schema

_MEASURE, _PROGRESS, _YEAR, _OFFICE = schema.measure, schema.progress, schema.fiscal_year, schema.office


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

    @property
    def full_name(self) -> str:
        return self.kind + self.name


@dataclass(frozen=True)
class IndicatorCounts:
    """All offices' measures of one indicator by status."""

    indicator: str
    counts: Counts
    overdue: int


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
            rounds.c.round, received.c.received_at, received.c.saved_at,
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


def _office_counts(row: object, tally: object | None) -> OfficeCounts:
    facts = {
        name: getattr(row, name)
        for name in ("kind", "name", "district", "province", "received_at", "saved_at")
    }
    counts, overdue = _counted(tally)
    year, round_ = row.year, row.round
    return OfficeCounts(
        office_id=row.id, fiscal_year=year, round=round_, counts=counts, overdue=overdue, **facts
    )


def by_indicator(
    connection: Connection, today: dt.date, year: int, round_: Round | None = None
) -> list[IndicatorCounts]:
    """The measures of one fiscal year by indicator, "" for those without one last."""
    rounds = _rounds(round_).subquery()
    found: list[IndicatorCounts] = []
    for row in connection.execute(_tallies(rounds, today, year, "indicator")):
        counts, overdue = _counted(row)
        found.append(IndicatorCounts(row.indicator, counts, overdue))
    return sorted(found, key=lambda one: _indicator_order(one.indicator))


def _indicator_order(indicator: str) -> tuple[bool, list[int]]:
    return not indicator, [int(part) for part in indicator.split(".") if part.isdigit()]


def _counted(tally: object | None) -> tuple[Counts, int]:
    if tally is None:
        return Counts(0, 0, 0), 0
    total, done, in_progress, overdue = (
        int(getattr(tally, name)) for name in ("total", "done", "in_progress", "overdue")
    )
    return Counts(total - done - in_progress, in_progress, done), overdue


def _rounds(round_: Round | None) -> Select[tuple[str, int]]:
    """The round in which each fiscal year is looked at."""
    if round_ is not None:
        return select(_YEAR.c.id, literal(round_).label("round"))
    latest = func.coalesce(func.max(_PROGRESS.c.round), 12).label("round")
    return (
        select(_YEAR.c.id, latest)
        .select_from(_YEAR)
        .outerjoin(_MEASURE, _MEASURE.c.fiscal_year_id == _YEAR.c.id)
        .outerjoin(_PROGRESS, _PROGRESS.c.measure_id == _MEASURE.c.id)
        .group_by(_YEAR.c.id)
    )


STATUS = case(
    (_PROGRESS.c.status == Status.DONE, Status.DONE),
    # As domain.progress.status says: one that goes on all year never stands as not started.
    (_MEASURE.c.continuous == 1, Status.IN_PROGRESS),
    else_=func.coalesce(_PROGRESS.c.status, Status.NOT_STARTED),
)
"""The status that counts, of a measure joined with its progress."""


def _tallies(rounds: object, today: dt.date, year: int | None, by: str) -> Select[tuple[object, ...]]:
    grouped = [_YEAR.c.office_id, _YEAR.c.year] if by == "office" else [_MEASURE.c.indicator]
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
        .join(rounds, rounds.c.id == _YEAR.c.id)  # type: ignore[attr-defined]
        .outerjoin(
            _PROGRESS,
            and_(_PROGRESS.c.measure_id == _MEASURE.c.id, _PROGRESS.c.round == rounds.c.round),  # type: ignore[attr-defined]
        )
        .outerjoin(schema.due, schema.due.c.measure_id == _MEASURE.c.id)
        .group_by(*grouped)
    )
    return query if year is None else query.where(_YEAR.c.year == year)


@dataclass(frozen=True)
class Missing:
    """An office that is to send its file and has not sent one with the fiscal year asked for."""

    kind: str
    name: str
    district: str
    province: str


def missing(connection: Connection, year: int) -> list[Missing]:
    """Expected offices without this fiscal year, in their order."""
    sent = {one.kind + one.name for one in by_year(connection, year)}
    rows = connection.execute(select(schema.expected).order_by(schema.expected.c.ordinal)).all()
    return [
        Missing(row.kind, row.name, row.district, row.province)
        for row in rows
        if row.kind + row.name not in sent
    ]


def by_year(connection: Connection, year: int) -> Iterator[Missing]:
    """The offices that have sent a fiscal year."""
    query = select(_OFFICE).join(_YEAR, _YEAR.c.office_id == _OFFICE.c.id).where(_YEAR.c.year == year)
    for row in connection.execute(query):
        yield Missing(row.kind, row.name, row.district, row.province)
