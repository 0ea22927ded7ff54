"""The received files that a collection keeps of an office: to look into, to compare, to take back."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from itadesk.domain.news import NewsItem, of_year
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import connection as files
from itadesk.storage import faults, snapshot
from itadesk.storage.collection import schema
from itadesk.storage.collection.arrival import Arrival, unpack
from itadesk.storage.collection.plan import Decision, Step


@dataclass(frozen=True)
class Kept:
    """One received file. `years`: the fiscal years whose rows are from it now."""

    id: str
    file_name: str
    revision: int
    saved_at: str | None
    received_at: str
    received_by: str
    seal: str
    years: tuple[int, ...]


def kept(connection: Connection, office_id: str) -> list[Kept]:
    """What is kept of an office, what came last first."""
    source, received = schema.source, schema.received
    used: dict[str, list[int]] = {}
    query = select(source.c.received_id, source.c.fiscal_year).where(source.c.office_id == office_id)
    for row in connection.execute(query):
        used.setdefault(row.received_id, []).append(row.fiscal_year)
    rows = connection.execute(
        select(
            received.c.id, received.c.file_name, received.c.revision, received.c.saved_at,
            received.c.received_at, received.c.received_by, received.c.seal,
        )
        .where(received.c.office_id == office_id)
        .order_by(received.c.received_at.desc(), received.c.revision.desc(), received.c.id)
    )  # fmt: skip
    return [
        Kept(
            row.id, row.file_name, row.revision, row.saved_at, row.received_at, row.received_by, row.seal,
            tuple(sorted(used.get(row.id, ()))),
        )
        for row in rows
    ]  # fmt: skip


def in_use(connection: Connection, office_id: str, year: int) -> str | None:
    """The received file from which the rows of an office's fiscal year are."""
    source = schema.source
    return connection.execute(
        select(source.c.received_id).where(source.c.office_id == office_id, source.c.fiscal_year == year)
    ).scalar()


def packed(connection: Connection, received_id: str) -> tuple[str, bytes]:
    """The name and the packed bytes of a received file; UserError when it is kept no longer."""
    received = schema.received
    row = connection.execute(
        select(received.c.file_name, received.c.packed).where(received.c.id == received_id)
    ).first()
    if row is None:
        raise UserError(_("This version is kept no longer."), _("Please look at the list of versions again."))
    return row.file_name, row.packed


def content(connection: Connection, received_id: str) -> Snapshot:
    """All that a received file says."""
    with _unpacked(packed(connection, received_id)[1]) as path, files.private(path) as file:
        return snapshot.read(file)


def compared(connection: Connection, before: str, after: str, year: int) -> list[NewsItem]:
    """What two received files say differently of a fiscal year."""
    return of_year(content(connection, before), content(connection, after), year)


def news(connection: Connection, arrival: Arrival, step: Step) -> list[NewsItem]:
    """What would change if a step of a plan were done; nothing where it changes nothing, or nothing is held."""
    if step.held is None or step.decision is Decision.SAME:
        return []
    return of_year(content(connection, step.held.received_id), arrival.content, step.fiscal_year)


@contextmanager
def _unpacked(data: bytes) -> Generator[Path]:
    with faults.temporary_folder() as folder:
        path = folder / "copy.sqlite"
        unpack(data, path)
        yield path
