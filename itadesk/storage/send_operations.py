"""The verb that notes what was sent, and what has been changed since."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from itadesk.domain.fields import LINE_LIMIT, URL_LIMIT
from itadesk.domain.model import Sending, new_id
from itadesk.domain.thai import normalise

if TYPE_CHECKING:  # the pages of the window name verbs before the database library is there
    from itadesk.domain.sending import Copy
    from itadesk.storage.edit import Edit


def record_sending(edit: Edit, copy: Copy, path: Path, to: str, user: str, now: dt.datetime) -> str:
    """Note that `copy` was written to `path` to be sent, and say the note's id."""
    earlier = edit.snapshot.children(Sending)
    row = Sending(
        id=new_id(),
        ordinal=earlier[-1].ordinal + 1 if earlier else 0,
        sent_at=now.replace(microsecond=0),
        revision=copy.revision,
        seal=copy.seal,
        sent_by=normalise(user)[:LINE_LIMIT],
        to=normalise(to)[:LINE_LIMIT],
        years=" ".join(map(str, sorted(copy.years))),
        round=copy.round,
        attached=copy.attached,
        path=normalise(str(path).replace("\n", " "))[-URL_LIMIT:],
    )
    edit.insert(row)
    return row.id


def changed_since(database: sqlite3.Connection, sending: Sending) -> int:
    """How many rows of the content were added, changed or deleted after it was sent."""
    moment = sending.sent_at.isoformat(timespec="seconds")
    (count,) = database.execute(
        "SELECT count(DISTINCT row_id) FROM history WHERE at > ?", (moment,)
    ).fetchone()
    return count
