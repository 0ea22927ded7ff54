"""The district's notes on offices, one for each fiscal year; they survive whatever the office sends."""

import datetime as dt

from sqlalchemy import Connection, delete, insert, select

from itadesk.domain.fields import CELL_LIMIT
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage.collection.schema import review


def texts(connection: Connection, year: int) -> dict[str, str]:
    """Office id -> what the district noted on it in a fiscal year."""
    query = select(review.c.office_id, review.c.text).where(review.c.fiscal_year == year)
    return {row.office_id: row.text for row in connection.execute(query)}


def note(connection: Connection, office_id: str, year: int, text: str, before: str, user: str) -> str:
    """Keep a note that was typed over `before`, and say what is kept: what others noted meanwhile stays above it."""
    here = (review.c.office_id == office_id) & (review.c.fiscal_year == year)
    stored = connection.execute(select(review.c.text).where(here)).scalar() or ""
    if stored not in (before, text) and stored:
        text = f"{stored}\n{text}".strip()
    if len(text) > CELL_LIMIT:
        raise UserError(
            _("The note is too long: {length} of {limit} characters.").format(
                length=len(text), limit=CELL_LIMIT
            ),
            _("Please shorten it."),
        )
    connection.execute(delete(review).where(here))
    if text:
        row = {
            "office_id": office_id,
            "fiscal_year": year,
            "text": text,
            "changed_at": dt.datetime.now().isoformat(timespec="seconds"),
            "changed_by": user,
        }
        connection.execute(insert(review), row)
    return text
