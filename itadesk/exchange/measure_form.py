"""What was read from tables as rows of an office file, to be merged into another."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from itadesk.domain import merging
from itadesk.domain.model import (
    ROUNDS,
    Evidence,
    FiscalYear,
    Measure,
    Office,
    Progress,
    Row,
    Status,
    new_id,
)
from itadesk.domain.snapshot import Snapshot
from itadesk.exchange.reading import Entry, Reading


def snapshot_of(reading: Reading, year: int, here: Snapshot) -> Snapshot:
    """The measures as an office file of one fiscal year, to be merged into `here`.

    Where the source tells a result or a suggestion, but no status, the status stays as it is there. A measure that a
    unit wrote into its form, and that is not there yet, is the unit's unless it says whose it is.
    """
    office = Office(id=new_id())
    fiscal_year = FiscalYear(id=new_id(), office_id=office.id, year=year)
    measures = [_measure(entry, fiscal_year.id, at) for at, entry in enumerate(reading.entries)]
    ours = here.fiscal_year(year)
    twins = merging.matches(here, ours.id if ours else "", measures)
    rows: list[Row] = [office, fiscal_year]
    for entry, measure, twin in zip(reading.entries, measures, twins, strict=True):
        unsaid = twin is None and not measure.responsible
        rows.append(replace(measure, responsible=entry.unit) if unsaid else measure)
        rows += _belongings(entry, measure, here, twin)
    return Snapshot.of(rows)


def _measure(entry: Entry, fiscal_year_id: str, ordinal: int) -> Measure:
    said: dict[str, Any] = dict(entry.said)
    return Measure(
        id=new_id(),
        fiscal_year_id=fiscal_year_id,
        ordinal=ordinal,
        indicator=entry.indicator,
        heading=entry.heading,
        continuous=entry.continuous,
        **said,
    )


def _belongings(
    entry: Entry, measure: Measure, here: Snapshot, twin: Measure | None
) -> Iterator[Progress | Evidence]:
    for round_ in ROUNDS:
        texts: dict[str, Any] = dict(entry.progress.get(round_, {}))
        status = entry.status.get(round_)
        if texts or status is not None:
            if status is None:
                known = here.progress(twin.id, round_) if twin else None
                status = known.status if known else Status.NOT_STARTED
            yield Progress(id=new_id(), measure_id=measure.id, round=round_, status=status, **texts)
    for place, line in enumerate(entry.links):
        url = _URL.search(line)
        title = line if url is None else (line[: url.start()] + line[url.end() :]).strip(" -–:|")
        yield Evidence(
            id=new_id(), measure_id=measure.id, ordinal=place, title=title, url=url[0] if url else ""
        )


_URL = re.compile(r"https?://\S+")
