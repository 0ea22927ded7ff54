"""The offices that are to send their files, in the district's own order."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from itadesk.domain.consolidated import Sender
from itadesk.domain.model import new_id
from itadesk.storage.collection.schema import expected


def senders(connection: Connection) -> list[Sender]:
    query = select(expected.c.kind, expected.c.name, expected.c.district, expected.c.province).order_by(
        expected.c.ordinal
    )
    return [Sender(*row) for row in connection.execute(query)]


def set_senders(connection: Connection, wanted: Sequence[Sender]) -> None:
    """The whole list, in place of the one before."""
    connection.execute(delete(expected))
    rows = [
        {"id": new_id(), "ordinal": number, "kind": one.kind, "name": one.name,
         "district": one.district, "province": one.province}
        for number, one in enumerate(wanted)
    ]  # fmt: skip
    if rows:
        connection.execute(insert(expected), rows)
