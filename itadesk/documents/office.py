"""What Word and Excel files share: the font, where a table's cells stand, and a zip that can be made again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import accumulate, groupby
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from itadesk.documents.tree import Table

FONT = "TH SarabunPSK"
"""The official font: the tree's sizes are its sizes, so they go into office files as they are."""

LANGUAGE = "th-TH"

_FIRST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def merged_rows(table: Table, column: int) -> Iterator[range]:
    """The rows of a merged column that are one cell: equal neighbours with a text, of one group."""
    if not table.columns[column].merged:
        return
    start = 0
    parts = accumulate(row.starts for row in table.rows)
    cells = (
        ("" if row.group else row.cells[column], part) for row, part in zip(table.rows, parts, strict=True)
    )
    for (text, _part), rows in groupby(cells):
        after = start + len(list(rows))
        if text.strip() and after - start > 1:
            yield range(start, after)
        start = after


def in_utc(created: datetime | None) -> datetime:
    """The moment that a file carries as its date: now when none is given."""
    return (created or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)


def repacked(data: bytes, moment: datetime) -> bytes:
    """The same zip with one date on all that is in it: equal contents are equal bytes."""
    date = max(moment.timetuple()[:6], _FIRST_ZIP_DATE)
    out = BytesIO()
    with ZipFile(BytesIO(data)) as packed, ZipFile(out, "w", ZIP_DEFLATED) as fresh:
        for name in packed.namelist():
            fresh.writestr(ZipInfo(name, date), packed.read(name), ZIP_DEFLATED)
    return out.getvalue()
