"""What can still be read of a damaged file, in a new and valid one of our own making, with a list of what is missing.

The damaged file is only read, page by page and without SQLite. The new one is the same document, but a branch without
ancestors: as something is missing in it, it must never pass for a newer version of the one that was whole.
"""

import contextlib
import hashlib
import itertools
import os
import sqlite3
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from itadesk.domain.model import Document, Evidence, FiscalYear, Measure, Office, Row, new_id
from itadesk.domain.snapshot import TABLE_OF, TABLES
from itadesk.errors import UserError
from itadesk.i18n import N_, _
from itadesk.storage import attachments, connection, contents, faults, generation, opener, publish, workspace
from itadesk.storage.lock import DocumentLock
from itadesk.storage.pages import Pages, Values
from itadesk.storage.salvaged_rows import Arranged, Loose, images
from itadesk.storage.snapshot import stored

NAMES: Mapping[str, str] = {
    "office": N_("Office"),
    "unit": N_("Units"),
    "person": N_("People"),
    "phrase": N_("Phrases"),
    "fiscal_year": N_("Fiscal years"),
    "finding": N_("Findings"),
    "assessment": N_("ITA results"),
    "assessment_indicator": N_("Scores of indicators"),
    "measure": N_("Measures"),
    "progress": N_("Progress of measures"),
    "evidence": N_("Evidence"),
    "document": N_("Reports"),
    "document_text": N_("Wordings of reports"),
    "signatory": N_("Signatories"),
    "publication": N_("Publications"),
    "printout": N_("Printouts"),
    "layout": N_("Own forms of report"),
    "deletion": N_("Deletions in the bin"),
    "deleted_file": N_("Files in the bin"),
    "sending": N_("Notes of what was sent"),
    "template_measure": N_("Texts of the district’s template"),
    "joined": N_("Copies merged in"),
    "attachment": N_("Attached files"),
}
"""What people call the rows of each table."""

_TITLE = 80


@dataclass(frozen=True)
class Count:
    """Of one table, how many rows came back, and how many the file had as far as can be known."""

    table: str
    found: int
    expected: int

    def __str__(self) -> str:
        return _("{what}: {found} of {expected}").format(
            what=_(NAMES[self.table]), found=self.found, expected=self.expected
        )


@dataclass(frozen=True)
class Salvaged:
    """What came back. `lost`: titles of measures that did not; `remarks`: translated sentences about the rest."""

    path: Path
    counts: tuple[Count, ...]
    lost: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def missing(self) -> list[str]:
        """For people, what is not there; nothing when all came back."""
        lost = [_("Lost: measure “{title}”").format(title=title) for title in self.lost]
        return [*self.remarks, *lost, *(str(count) for count in self.counts if count.found < count.expected)]

    @property
    def complete(self) -> list[str]:
        """For people, what came back whole."""
        return [str(count) for count in self.counts if count.found == count.expected]


def salvage(path: Path, out: Path, *, user: str) -> Salvaged:
    """Write what can be read of the file at `path` to a new document at `out`. The file itself is only read.

    UserError when there is nothing of ours in it, or `out` is there already.
    """
    out = out.absolute()
    if os.path.lexists(out):
        raise UserError(
            _("{name} exists already.").format(name=out.name),
            _("Please choose another name; what was salvaged never replaces a file."),
        )
    with faults.of_this_computer(), workspace.incoming() as source, workspace.incoming() as target:
        _copy(path, source)
        generation.create(target)
        with source.open("rb") as file, connection.private(target, scratch=True) as fresh:
            salvaged = _filled(path, out, Pages.of(file), fresh)
        with contextlib.closing(DocumentLock(out, user)):
            publish.copy_to(target, out, user)
    return salvaged


def uuid_of(path: Path) -> str | None:
    """Which document a damaged file was, if that can be read."""
    with opener.reading(path), path.open("rb") as file:
        documents = (values for values in Pages.of(file).rows() if _is_document(values))
        return next((str(values[1]) for values in documents), None)


def _copy(path: Path, private: Path) -> None:
    with opener.reading(path), path.open("rb") as source, private.open("wb") as target:
        header = source.read(100)
        made_by = int.from_bytes(header[60:64], "big")
        if header[68:72] == generation.APPLICATION_ID.to_bytes(4, "big") and made_by > generation.GENERATION:
            raise opener.newer(path, made_by)
        target.write(header)
        while (block := source.read(1 << 20)) and target.tell() < opener.LARGEST:
            target.write(block)


class _Heap:
    """What lay on the pages, by kind; attached files, which are large, go into the fresh file at once."""

    def __init__(self, pages: Pages, fresh: sqlite3.Connection) -> None:
        self.content = Loose()
        self.document: Mapping[str, Any] = {}
        self.history: list[Values] = []
        self.roots = dict(_usual_roots())
        self.attachments: set[str] = set()
        self._counts: Counter[str] = Counter()
        said = 0
        for values in itertools.islice(pages.rows(), contents.ROWS):
            if self.content.add(values):
                said += sum(len(value) for value in values if isinstance(value, str))
                if said > contents.TEXT:
                    break
            else:
                self._sort(values, fresh)

    def _sort(self, values: Values, fresh: sqlite3.Connection) -> None:
        if _is_document(values):
            self.document = self.document or dict(zip(generation.columns()["doc"], values, strict=True))
        elif _is_attachment(values):
            if self._kept(fresh, "attachment", values):
                self.attachments.add(str(values[0]))
        elif len(values) == len(generation.columns()["history"]):
            if self._kept(fresh, "history", values):
                self.history.append(values)
        elif len(values) == len(generation.columns()["setting"]):
            self._kept(fresh, "setting", values)
        elif _is_schema(values):
            self.roots[str(values[1])] = int(str(values[3]))

    def _kept(self, fresh: sqlite3.Connection, table: str, values: Values) -> bool:
        self._counts[table] += 1
        most = contents.MOST_ROWS.get(table, contents.ANY_TABLE)
        return self._counts[table] <= most and _stored(fresh, table, values)


def _is_document(values: Values) -> bool:
    # The first column is the row's number, which stands elsewhere.
    return len(values) == len(generation.columns()["doc"]) and contents.is_id(values[1])


def _is_attachment(values: Values) -> bool:
    match values:
        case (str(sha256), int(size), str(media_type), bytes(data)):
            named = contents.is_attachment(sha256, media_type)
            return named and size == len(data) and hashlib.sha256(data).hexdigest() == sha256
        case _:
            return False


def _is_schema(values: Values) -> bool:
    match values:
        case ("index" | "table", str(), str(), int(), str() | None):
            return True
        case _:
            return False


def _stored(fresh: sqlite3.Connection, table: str, values: Sequence[Any]) -> bool:
    """Whether the row came into the fresh file: its constraints, and ours on texts, decide."""
    try:
        contents.check_texts(table, values)
        places = ", ".join("?" * len(values))
        return fresh.execute(f'INSERT OR IGNORE INTO "{table}" VALUES ({places})', values).rowcount == 1
    except (ValueError, OverflowError, sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError):
        return False


@cache
def _usual_roots() -> Mapping[str, int]:
    """On which page each table and index begins in a file of ours, for when it no longer says so itself."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as usual:
        generation.fill(usual)
        usual.execute("VACUUM")
        return dict(usual.execute("SELECT name, rootpage FROM sqlite_schema").fetchall())


def _filled(path: Path, out: Path, pages: Pages, fresh: sqlite3.Connection) -> Salvaged:
    fresh.execute("BEGIN")
    heap = _Heap(pages, fresh)
    known = images(heap.history)
    arranged = Arranged(heap.content, known)
    if not any(arranged.rows()):
        raise UserError(
            _("Nothing can be read of {name}.").format(name=path.name),
            _("Please take the newest backup, or ask the sender for the file again."),
        )
    files = tuple(_files_lost(arranged, heap.attachments))
    stored = _insert(fresh, arranged, heap.attachments)
    _begin(fresh, heap.document)
    fresh.execute("COMMIT")
    came = {table: ids - {row.id for row in arranged.made_up} for table, ids in stored.items()}
    came["attachment"] = heap.attachments
    # Others speak of lost rows too, but only where the index is lost as well are they more to be believed than it.
    had = {
        table: ids | (_ids(pages, heap.roots, table) or arranged.missed.get(table, set()))
        for table, ids in came.items()
    }
    titles = (str(known.get(row_id, {}).get("title") or "") for row_id in had["measure"] - came["measure"])
    counts = (Count(table, len(came[table]), len(had[table])) for table in came if table != "joined")
    return Salvaged(
        out,
        tuple(count for count in counts if count.expected),
        tuple(sorted(title[:_TITLE] for title in titles if title)),
        (*_remarks(arranged, pages), *files),
    )


def _ids(pages: Pages, roots: Mapping[str, int], table: str) -> set[str]:
    """The keys that the table had, by its index."""
    keys = pages.keys(roots.get(f"sqlite_autoindex_{table}_1", 0))
    return {
        key for key in keys if isinstance(key, str) and (contents.is_id(key) or contents.is_attachment(key))
    }


def _files_lost(arranged: Arranged, there: Container[str]) -> Iterator[str]:
    for row in arranged.rows():
        for column in attachments.ALL.get(TABLE_OF[type(row)], ()):
            if (sha256 := getattr(row, column)) is not None and sha256 not in there and type(row) in _FILES:
                name = getattr(row, _FILES[type(row)], "") or getattr(row, "title", "")
                yield _("Attached file lost: {name}").format(name=name or sha256[:8])


_FILES: Mapping[type[Row], str] = {Evidence: "file_name", Document: "scan_name", Office: "name"}
"""Rows whose attached files people know, and the column that names them."""


def _insert(fresh: sqlite3.Connection, arranged: Arranged, there: Container[str]) -> dict[str, set[str]]:
    """Store the rows in their tables, without references to lost files; the ids of those the database took."""
    taken: dict[str, set[str]] = {}
    for table, row_class in TABLES.items():
        names = generation.columns()[table]
        references = attachments.ALL.get(table, ())
        taken[table] = set()
        most = contents.MOST_ROWS.get(table, contents.ANY_TABLE)
        for row in itertools.islice(arranged.of(row_class).values(), most):
            columns: dict[str, Any] = dict(stored(row))
            columns |= {name: None for name in references if columns[name] not in there}
            if _stored(fresh, table, [columns[name] for name in names]):
                taken[table].add(row.id)
    return taken


def _begin(fresh: sqlite3.Connection, document: Mapping[str, Any]) -> None:
    """The same document where it can be told which it was; a branch with nothing before it."""
    revision = document.get("revision")
    if type(revision) is not int or not 0 <= revision <= generation.HIGHEST // 2:
        revision = 0
    fresh.execute(
        "INSERT INTO doc (id, uuid, role, min_reader, branch, revision, created_at)"
        " VALUES (1, ?, 'office', ?, ?, ?, ?)",
        (document.get("uuid", new_id()), generation.MIN_READER, new_id(), revision, workspace.now()),
    )


def _remarks(arranged: Arranged, pages: Pages) -> Iterator[str]:
    if pages.gaps:
        yield _("Parts of the file are gone altogether: more may be missing than is listed here.")
    for row in arranged.made_up:
        if isinstance(row, FiscalYear):
            yield _("A fiscal year was lost; what belonged to it is under {year}.").format(year=row.year)
        if isinstance(row, Office):
            yield _("The name of the office and its address were lost.")
    if made_up := sum(isinstance(row, Measure) for row in arranged.made_up):
        yield _("{count} measures were lost, but not their progress and evidence.").format(count=made_up)
    if arranged.spoiled:
        yield _("{count} entries have letters that could not be read; each shows as “{sign}”.").format(
            count=arranged.spoiled, sign="\ufffd"
        )
