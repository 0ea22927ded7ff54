"""The bin in the file: what was deleted, with all that hung below it and its attached files, so that it can come back.

An edit puts what it deletes there in the same transaction. The entries are rows of the domain, so that undo and redo
take them along; the deleted rows themselves lie packed in an attachment, which like every attachment stays until the
document is written without a reference to it. Undoing an insertion is no deletion and leaves nothing here.
"""

import datetime as dt
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from itadesk.domain import family
from itadesk.domain.fields import FIELDS
from itadesk.domain.model import (
    Assessment,
    DeletedFile,
    Deletion,
    Document,
    Evidence,
    Finding,
    FiscalYear,
    LayoutText,
    Measure,
    Person,
    Phrase,
    Publication,
    Row,
    Signatory,
    Unit,
    new_id,
)
from itadesk.domain.naming import said
from itadesk.domain.rules import LAST_PLACE
from itadesk.domain.snapshot import TABLE_OF, TABLES, ChangeSet, Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import attachments, contents
from itadesk.storage.snapshot import row_of, stored

LIMIT = 500
"""Entries kept in a document, the newest."""

BUDGET = 50 << 20
"""Bytes that the bin may take of a document; the newest entry stays whatever it takes."""

LARGEST = 20 << 20
"""Bytes of one packed entry. What is larger is not kept: it is deleted all the same, and undo brings it back."""

_UNPACKED = 256 << 20
"""Bytes of an entry as read from a file that may come from anywhere."""

_PIECES = 2_000_000
"""Values in one packed entry: the largest year of an office has a tenth. They are counted before any is made."""

MEDIA_TYPE = "application/zlib"

KEPT: frozenset[type[Row]] = frozenset(
    (
        Unit, Person, Phrase, FiscalYear, Finding, Assessment, Measure, Evidence, Document, Signatory, Publication,
        LayoutText,
    )
)  # fmt: skip
"""What has an entry of its own. Scores, wordings and notes of printing that are taken out are known to the history."""


def put(
    connection: sqlite3.Connection, made: ChangeSet, before: Snapshot, who: str, now: dt.datetime
) -> None:
    """Put what an edit deleted into the bin, in the transaction at hand.

    `made`: what the edit changed in the content `before`.
    """
    entries = list(_entries(made, before, who, now))
    if not entries:
        return
    ordinal = _next_ordinal(made, before)
    packs = [_attachment(content) for _deletion, _files, content in entries]
    connection.executemany(
        "INSERT INTO attachment (sha256, size, media_type, data) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        packs,
    )
    for number, (deletion, _files, _content) in enumerate(entries):
        place = min(ordinal + number, LAST_PLACE)
        _insert(connection, replace(deletion, ordinal=place, content=packs[number][0]))
    for _deletion, files, _content in entries:
        for file in files:
            _insert(connection, file)


def _next_ordinal(made: ChangeSet, before: Snapshot) -> int:
    come = [change.after for change in made.changes if isinstance(change.after, Deletion)]
    there = before.last(Deletion)
    return max((deletion.ordinal for deletion in (there, *come) if deletion is not None), default=-1) + 1


_Entry = tuple[Deletion, list[DeletedFile], bytes]


def _entries(made: ChangeSet, before: Snapshot, who: str, now: dt.datetime) -> Iterator[_Entry]:
    gone = _gone(made)
    entered = {change.after.row_id for change in made.changes if isinstance(change.after, Deletion)}
    for root in gone.values():
        if type(root) not in KEPT or family.parent_id(root) in gone or root.id in entered:
            continue
        rows = [root, *family.below(before, root)]
        if len(rows) == 1 and _says_nothing(root):
            continue
        content = pack(rows)
        if len(content) <= LARGEST:
            deletion = _deletion(root, len(rows) - 1, before, who, now)
            yield deletion, [_file(deletion, sha) for sha in sorted(_files(rows))], content


def _gone(made: ChangeSet) -> Mapping[str, Row]:
    """The rows that were there before the edit and are not after it, as they were when it deleted them."""
    came = {change.id for change in made.changes if change.before is None}
    gone: dict[str, Row] = {}
    for change in made.changes:
        if change.after is None and change.before is not None and change.id not in came:
            gone[change.id] = change.before
    return gone


def _says_nothing(row: Row) -> bool:
    texts = (getattr(row, field.name) for field in FIELDS[type(row)] if field.kind in ("line", "cell"))
    return not said(row) and not any(texts)


def _deletion(root: Row, below: int, before: Snapshot, who: str, now: dt.datetime) -> Deletion:
    place = family.PARENTS.get(type(root))
    parent = before.get(place[1], getattr(root, place[0])) if place else None
    return Deletion(
        id=new_id(),
        ordinal=0,
        deleted_at=now.replace(microsecond=0),
        table_name=TABLE_OF[type(root)],
        row_id=root.id,
        deleted_by=who,
        title=said(root),
        within=said(parent) if parent else "",
        below=below,
    )


def _files(rows: Iterable[Row]) -> set[str]:
    names = {TABLES[table]: names for table, names in attachments.ALL.items()}
    found = {getattr(row, name) for row in rows for name in names.get(type(row), ())}
    return {sha for sha in found if sha is not None}


def _file(deletion: Deletion, sha256: str) -> DeletedFile:
    return DeletedFile(id=new_id(), deletion_id=deletion.id, attachment=sha256)


def _attachment(content: bytes) -> tuple[str, int, str, bytes]:
    return hashlib.sha256(content).hexdigest(), len(content), MEDIA_TYPE, content


def _insert(connection: sqlite3.Connection, row: Row) -> None:
    columns = stored(row)
    named, places = ", ".join(columns), ", ".join("?" * len(columns))
    table = TABLE_OF[type(row)]
    connection.execute(f"INSERT INTO {table} ({named}) VALUES ({places})", tuple(columns.values()))


def pack(rows: Iterable[Row]) -> bytes:
    images = [{"table": TABLE_OF[type(row)], **stored(row)} for row in rows]
    # Small buffers: to make zlib's own of 256 KB costs more than to pack a single row.
    packing = zlib.compressobj(wbits=12, memLevel=4)
    return packing.compress(json.dumps(images, ensure_ascii=False).encode()) + packing.flush()


def rows_of(connection: sqlite3.Connection, deletion: Deletion) -> Sequence[Row]:
    """The rows of an entry: the deleted one, then what hung below it. UserError when they cannot be read."""
    found = connection.execute("SELECT data FROM attachment WHERE sha256 = ?", (deletion.content,)).fetchone()
    try:
        if found is None:
            raise ValueError("no content")
        rows = [_row(image) for image in json.loads(_unpacked(found[0]))]
        if not rows or rows[0].id != deletion.row_id:
            raise ValueError("another row")
        _check(rows)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise unreadable(deletion.title) from error
    return rows


def unreadable(title: str) -> UserError:
    return UserError(
        _("What was deleted as “{title}” cannot be read any more.").format(title=title),
        _("An earlier copy of the file may have it: look into the backups on this PC."),
    )


def _unpacked(data: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    text = unpacking.decompress(data, _UNPACKED)
    if not unpacking.eof or sum(map(text.count, (b",", b"[", b"{"))) > _PIECES:
        raise ValueError("cut short or too large")
    return text


def _check(rows: Sequence[Row]) -> None:
    """ValueError when they are not one row and what hangs below it."""
    ids = {row.id for row in rows}
    if (
        type(rows[0]) not in KEPT
        or len(ids) < len(rows)
        or any(family.parent_id(row) not in ids for row in rows[1:])
    ):
        raise ValueError("not of one row")
    for row in rows:
        contents.check_row(row)


def _row(image: dict[str, Any]) -> Row:
    return row_of(TABLES[str(image.pop("table"))], image)


def size(connection: sqlite3.Connection) -> int:
    """Bytes of the file that the bin takes: what emptying it would save."""
    content = attachments.referenced(attachments.IN_USE)
    (taken,) = connection.execute(
        "SELECT coalesce(sum(size), 0) FROM attachment WHERE sha256 IN ("
        f"SELECT content FROM deletion UNION SELECT attachment FROM deleted_file) AND sha256 NOT IN ({content})"
    ).fetchone()
    return taken


def trim(connection: sqlite3.Connection) -> None:
    """Forget all but the newest entries, and those that the bin has no room for."""
    connection.execute(
        "DELETE FROM deletion WHERE id IN (SELECT id FROM ("
        " SELECT id, row_number() OVER newest AS place, sum(bytes) OVER newest AS total FROM ("
        "  SELECT deletion.id AS id, ordinal, (SELECT coalesce(sum(size), 0) FROM attachment"
        "   WHERE sha256 = content OR sha256 IN"
        "    (SELECT attachment FROM deleted_file WHERE deletion_id = deletion.id)) AS bytes FROM deletion)"
        " WINDOW newest AS (ORDER BY ordinal DESC, id)) WHERE place > ? OR (place > 1 AND total > ?))",
        (LIMIT, BUDGET),
    )
    connection.execute("DELETE FROM deleted_file WHERE deletion_id NOT IN (SELECT id FROM deletion)")
