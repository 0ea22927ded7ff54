"""What a received file tells of itself: its version, its past, and what it says of each fiscal year."""

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from itadesk.domain import family
from itadesk.domain.lineage import Past, Version
from itadesk.domain.model import (
    Assessment,
    AssessmentIndicator,
    FiscalYear,
    LayoutText,
    Office,
    Person,
    Phrase,
    Row,
    Unit,
)
from itadesk.domain.snapshot import TABLE_OF, Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import attachments, connection, past, snapshot
from itadesk.storage.snapshot import stored

_BELOW: tuple[type[Row], ...] = (Unit, Person, Phrase, Assessment, AssessmentIndicator, LayoutText)
"""What belongs to the office as a whole, not to one fiscal year."""

ATTACHED = ("emblem", "logo", "attachment", "scan")
"""Columns that name attached files, whose bytes stay in the received file."""

LEVEL = 6
"""Of zlib: an office's file shrinks to a seventh."""


@dataclass(frozen=True)
class Arrival:
    """One examined file on its way into a collection."""

    file_name: str
    document: str
    past: Past
    seal: str
    saved_at: str | None
    content: Snapshot
    copy: Path
    """The private copy that was examined."""

    @property
    def version(self) -> Version:
        return self.past.version

    @property
    def office(self) -> Office:
        return self.content.office

    @cached_property
    def digests(self) -> dict[int, str]:
        """Fiscal year -> SHA-256 over all that the file says of it and of the office."""
        return {year.year: _digest(self.content, year) for year in self.content.fiscal_years}

    def packed(self) -> bytes:
        """The file's bytes, made small."""
        return zlib.compress(self.copy.read_bytes(), LEVEL)


def read(copy: Path, file_name: str, seal: str) -> Arrival:
    """The facts of a file from the private copy in which it was examined."""
    with connection.private(copy) as file:
        document, saved_at = file.execute("SELECT uuid, saved_at FROM doc").fetchone()
        content = snapshot.read(file)
        return Arrival(file_name, document, past.read(file), seal, saved_at, content, copy)


def unpack(packed: bytes, target: Path) -> None:
    """Write the bytes of a received file to `target`; UserError when the collection spoiled them."""
    try:
        data = zlib.decompress(packed)
    except zlib.error as error:
        raise UserError(
            _("The collection no longer holds this file whole."),
            _("Please take a newer copy of the collection, or ask the office for its file again."),
        ) from error
    target.write_bytes(data)


def _digest(content: Snapshot, year: FiscalYear) -> str:
    digest = hashlib.sha256()
    for row in _rows(content, year):
        # Sent with or without its attached files, it says the same.
        columns = {name: value for name, value in stored(row).items() if name not in ATTACHED}
        words = json.dumps(columns, ensure_ascii=False, sort_keys=True)
        digest.update(f"{TABLE_OF[type(row)]}\0{words}\n".encode())
    return digest.hexdigest()


def _rows(content: Snapshot, year: FiscalYear) -> Iterator[Row]:
    """The office's rows and those of one of its years, each class in the order of its keys."""
    yield content.office
    for row_class in _BELOW:
        yield from (row for _id, row in sorted(content.all(row_class).items()))
    yield from sorted(below(content, year), key=lambda row: (TABLE_OF[type(row)], row.id))


def below(content: Snapshot, year: FiscalYear) -> Iterator[Row]:
    """A fiscal year and all that hangs below it but bookkeeping, which is no content."""
    yield year
    yield from (
        row for row in family.below(content, year) if TABLE_OF[type(row)] not in attachments.BOOKKEEPING
    )
