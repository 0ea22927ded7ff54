"""What was read from tables as rows of an office file, to be merged into another."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from itadesk.domain.merging import title_key
from itadesk.domain.model import (
    ROUNDS,
    Evidence,
    FiscalYear,
    Measure,
    Office,
    Progress,
    Round,
    Row,
    Status,
    new_id,
)
from itadesk.domain.snapshot import Snapshot
from itadesk.exchange.reading import Entry, Reading


def snapshot_of(reading: Reading, year: int, here: Snapshot) -> Snapshot:
    """The measures as an office file of one fiscal year, to be merged into `here`.

    Where the source tells a result or a suggestion, but no status, the status stays as it is there.
    """
    known = _known_statuses(here, year)
    office = Office(id=new_id())
    fiscal_year = FiscalYear(id=new_id(), office_id=office.id, year=year)
    rows: list[Row] = [office, fiscal_year]
    for ordinal, entry in enumerate(reading.entries):
        rows += _rows_of(entry, fiscal_year.id, ordinal, known)
    return Snapshot.of(rows)


def _known_statuses(snapshot: Snapshot, year: int) -> dict[tuple[str, Round], Status]:
    """The statuses of a fiscal year by folded title and round."""
    fiscal_year = snapshot.fiscal_year(year)
    measures = snapshot.children(Measure, fiscal_year.id) if fiscal_year else ()
    return {
        (title_key(measure.title), row.round): row.status
        for measure in measures
        for row in snapshot.children(Progress, measure.id)
    }


def _rows_of(
    entry: Entry, fiscal_year_id: str, ordinal: int, known: Mapping[tuple[str, Round], Status]
) -> Iterator[Row]:
    said: dict[str, Any] = dict(entry.said)
    measure = Measure(
        id=new_id(),
        fiscal_year_id=fiscal_year_id,
        ordinal=ordinal,
        indicator=entry.indicator,
        heading=entry.heading,
        continuous=entry.continuous,
        **said,
    )
    yield measure
    for round_ in ROUNDS:
        texts: dict[str, Any] = dict(entry.progress.get(round_, {}))
        status = entry.status.get(round_)
        if texts or status is not None:
            if status is None:
                status = known.get((title_key(measure.title), round_), Status.NOT_STARTED)
            yield Progress(id=new_id(), measure_id=measure.id, round=round_, status=status, **texts)
    for place, line in enumerate(entry.links):
        url = _URL.search(line)
        title = line if url is None else (line[: url.start()] + line[url.end() :]).strip(" -–:|")
        yield Evidence(
            id=new_id(), measure_id=measure.id, ordinal=place, title=title, url=url[0] if url else ""
        )


_URL = re.compile(r"https?://\S+")
