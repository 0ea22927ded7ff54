"""Is this one of our files, and whole? Looked at in a private copy before anything is read from it.

The order matters: the schema's text is compared before any statement could evaluate a foreign CHECK or view; companions
(-journal, -wal) beside a received file are never read; the file itself is only copied.
"""

import contextlib
import errno
import hashlib
import sqlite3
import stat
import struct
import sys
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from itadesk.domain.short_code import short_code
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import connection, faults, generation, migration, projection, seal, snapshot

LARGEST = 2 << 30
_HEADER = 100
_MAGIC = b"SQLite format 3\0"
_TAIL = 64 << 10
"""Bytes some mail and archive programs append; they never reach SQLite."""
_NOTHING_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}
_OWN_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
"""Result codes of the disk that holds the private copy: no fault of the file."""


class Verdict(StrEnum):
    CLEAN = "clean"
    ALTERED = "altered"
    DAMAGED = "damaged"
    NEWER = "newer"
    OLDER = "older"
    FOREIGN = "foreign"
    REJECTED = "rejected"


class Refused(UserError):
    """The file cannot be opened; `reason` is the fault found, for support, in technical English."""

    verdict = Verdict.REJECTED

    def __init__(self, message: str, advice: str, reason: str = "") -> None:
        super().__init__(message, advice)
        self.reason = reason


class Missing(UserError):
    """There is no such file."""


class Foreign(Refused):
    verdict = Verdict.FOREIGN


class Newer(Refused):
    verdict = Verdict.NEWER


class Older(Refused):
    verdict = Verdict.OLDER


class Damaged(Refused):
    verdict = Verdict.DAMAGED


class Rejected(Refused):
    verdict = Verdict.REJECTED


@dataclass(frozen=True)
class Examined:
    """A file that may be opened: what it holds, its seal as computed, and the hash of its bytes.

    Translated sentences: `alterations` tell what another program, or a fault of the disk, changed since it was saved,
    `remarks` what else is odd and harmless. `generation`: of the file; what is held is of the present one.
    """

    snapshot: Snapshot
    seal: str
    sha256: str
    alterations: tuple[str, ...]
    remarks: tuple[str, ...]
    generation: int

    @property
    def altered(self) -> bool:
        return bool(self.alterations)


@dataclass(frozen=True)
class Report:
    """The answer of `verify`; `problems` are translated sentences, `seal_code` is None when the file is unreadable."""

    verdict: Verdict
    seal_code: str | None
    problems: tuple[str, ...]


def verify(path: Path) -> Report:
    """What kind of file `path` is. Never raises for what the file holds; Missing when there is none."""
    with tempfile.TemporaryDirectory(prefix="itadesk-") as folder:
        try:
            examined = examine(path, Path(folder, "copy.sqlite"))
        except Refused as refusal:
            reason = (refusal.reason,) if refusal.reason else ()
            return Report(refusal.verdict, None, (refusal.message, refusal.advice, *reason))
    verdict = Verdict.ALTERED if examined.altered else Verdict.CLEAN
    return Report(verdict, short_code(examined.seal), examined.alterations + examined.remarks)


def examine(path: Path, private: Path, *, newer_too: bool = False) -> Examined:
    """Copy `path` to `private` and examine the copy; Refused, by its kind, when it must not be opened.

    A file of an earlier generation is brought up to the present one in the copy. With `newer_too`, of one made by a
    newer program the copy holds what this one knows, if its maker allows that: to be looked at only.
    """
    connection.check_sqlite()
    sha256, tail = _copy(path, private, newer_too)
    try:
        return _contents(path, private, sha256, tail)
    except (sqlite3.Error, ValueError, OverflowError, MemoryError) as error:
        if isinstance(error, sqlite3.Error) and faults.sqlite_code(error) & 0xFF in _OWN_DISK:
            raise faults.this_computer(error) from error
        raise damaged(path, f"{type(error).__name__}: {error}") from error


def check_readable(path: Path) -> None:
    """Missing when there is nothing at `path`, Foreign for what is no file, UserError for what cannot be read."""
    with reading(path), path.open("rb"):
        pass


@contextlib.contextmanager
def reading(path: Path) -> Generator[None]:
    """Say in the clerk's words why `path` cannot be read."""
    try:
        _check_kind(path, path.stat().st_mode)
        yield
    except OSError as error:
        raise _unreadable(path, error) from error


def _check_kind(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise _foreign(path, _("{name} is a folder, not a file."))
    if not stat.S_ISREG(mode):  # reading a pipe would wait for ever
        raise _foreign(path, _("{name} is a device, not a file."))


def _unreadable(path: Path, error: OSError) -> UserError:
    if error.errno in faults.FULL:  # never by reading: the private copy did not fit
        return faults.this_computer(error)
    if error.errno in _NOTHING_THERE:
        return Missing(
            _("{name} is not there.").format(name=path.name),
            _("It may have been moved, renamed or deleted. Please choose the file again."),
        )
    return UserError(
        _("{name} cannot be read.").format(name=path.name),
        _("Please check the drive and your right to read the file, then try again."),
    )


def damaged(path: Path, reason: str) -> Damaged:
    return Damaged(
        _("{name} is damaged.").format(name=path.name),
        _("Please take the newest backup, or ask the sender for the file again."),
        reason,
    )


def _foreign(path: Path, message: str, reason: str = "") -> Foreign:
    advice = _("Please choose a file whose name ends in .itadesk.")
    if path.suffix.lower() == ".itadesk":
        advice = _("Please check that it is the right file, or ask the sender for it again.")
    return Foreign(message.format(name=path.name), advice, reason)


def _rejected(path: Path, reason: str) -> Rejected:
    return Rejected(
        _("{name} is not in the form that ITADesk writes.").format(name=path.name),
        _(
            "It may come from an early trial version or another program. Please ask the sender for the original."
        ),
        reason,
    )


def _copy(path: Path, private: Path, newer_too: bool) -> tuple[str, int]:
    """SHA-256 of the file, and how many bytes of it are too many.

    The copy holds only the pages its header speaks of, in rollback mode.
    """
    digest = hashlib.sha256()
    with reading(path), path.open("rb") as source:
        size = _check_header(path, source.read(_HEADER), path.stat().st_size, newer_too)
        source.seek(0)
        with private.open("wb") as target:
            while block := source.read(1 << 20):
                digest.update(block)
                target.write(block)
            tail = target.tell() - size
            target.truncate(size)
            # A file copied while another tool had it open in WAL mode would ask for its companions.
            target.seek(18)
            target.write(b"\1\1")
    return digest.hexdigest(), tail


def _check_header(path: Path, header: bytes, size: int, newer_too: bool) -> int:
    """How many bytes of the file count. Refuses what is not ours before SQLite sees it."""
    if size == 0:
        raise _foreign(path, _("{name} is empty."))
    if not header.startswith(_MAGIC) or len(header) < _HEADER:
        raise _foreign(path, _kind(header))
    page_size, page_count, encoding, made_by, application = _facts(header)
    if application != generation.APPLICATION_ID:
        raise _foreign(path, _("{name} belongs to another program."), f"application_id {application:#x}")
    if made_by > generation.GENERATION and not newer_too:
        raise newer(path, made_by)
    if made_by < 1:
        raise Older(
            _("{name} comes from an early trial version of ITADesk.").format(name=path.name),
            _("This version cannot open it. Please ask the sender to save it with the present version."),
            f"generation {made_by}",
        )
    if page_size < 512 or page_size & (page_size - 1):
        raise damaged(path, f"page size {page_size}")
    if encoding != 1 or size > LARGEST:
        raise _rejected(path, f"encoding {encoding}, {size} bytes")
    return _counted(path, page_size * page_count, size)


def newer(path: Path, generation: int) -> Newer:
    return Newer(
        _("{name} was made by a newer version of ITADesk.").format(name=path.name),
        _("Please update ITADesk on this computer, then open the file again."),
        f"generation {generation}",
    )


def _facts(header: bytes) -> tuple[int, int, int, int, int]:
    """Page size, page count, text encoding, user_version, application_id: SQLite file format 1.3."""
    (page_size,) = struct.unpack(">H", header[16:18])
    (page_count,) = struct.unpack(">I", header[28:32])
    encoding, generation = struct.unpack(">Ii", header[56:64])
    (application,) = struct.unpack(">I", header[68:72])
    return 65536 if page_size == 1 else page_size, page_count, encoding, generation, application


def _counted(path: Path, expected: int, size: int) -> int:
    if size < expected:
        raise damaged(path, f"cut short: {size} of {expected} bytes")
    if size > expected + _TAIL:
        raise damaged(path, f"{size} bytes, {expected} by the header")
    return expected


def _kind(header: bytes) -> str:
    if header.startswith(b"%PDF"):
        return _("{name} is a PDF file, not an ITADesk file.")
    if header.startswith(b"PK"):
        return _("{name} is a Word, Excel or ZIP file, not an ITADesk file.")
    return _("{name} is not an ITADesk file.")


def _contents(path: Path, private: Path, sha256: str, tail: int) -> Examined:
    """Schema, then structure, references, bookkeeping and attachments, then the rows; an earlier file by its own."""
    with connection.private(private) as copy:
        _limit(copy)
        made_by = generation.of(copy)
        if made_by > generation.GENERATION:
            _check_newer(path, copy)
        else:
            _check_parts(path, copy, made_by)
    if made_by > generation.GENERATION:
        projection.project(private)
    elif made_by < generation.GENERATION:
        migration.bring_up(private)
    with connection.private(private) as copy:
        _limit(copy)
        if made_by != generation.GENERATION:
            _check_parts(path, copy, generation.GENERATION)
        content = snapshot.read(copy)
        sealed = seal.seal(copy)
        alterations, remarks = tuple(_alterations(copy, sealed)), tuple(_remarks(tail))
        return Examined(content, sealed, sha256, alterations, remarks, made_by)


def _check_parts(path: Path, copy: sqlite3.Connection, number: int) -> None:
    """That it is a sound file of that generation, its rows apart."""
    if generation.objects(copy) != generation.expected(number):
        raise _rejected(path, "schema differs")
    check_structure(copy)
    _check_bookkeeping(path, copy)
    _check_attachments(copy)


def _check_newer(path: Path, copy: sqlite3.Connection) -> None:
    """Not by its structure: nothing that a text says which we do not know is to be evaluated."""
    if (fault := projection.fault(copy)) is not None:
        raise _rejected(path, fault)
    _check_bookkeeping(path, copy)


def _remarks(tail: int) -> Iterator[str]:
    if tail:
        yield _("{count} bytes behind the end of the file do not count.").format(count=tail)


def _limit(copy: sqlite3.Connection) -> None:
    """Nothing a hostile file holds may run or grow. (Not hard_heap_limit: that is for the whole process, for ever.)"""
    copy.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 64 << 20)
    copy.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    copy.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 0)
    if sys.version_info >= (3, 12):
        copy.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        copy.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
        copy.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)


def check_structure(copy: sqlite3.Connection) -> None:
    """sqlite3.DatabaseError when pages, indexes, constraints or references are broken."""
    faults = [str(fault) for (fault,) in copy.execute("PRAGMA integrity_check(5)")]
    if faults != ["ok"]:
        raise sqlite3.DatabaseError("; ".join(faults))
    if orphans := copy.execute("PRAGMA foreign_key_check").fetchmany(5):
        raise sqlite3.DatabaseError(f"broken references in {sorted({row[0] for row in orphans})}")


def _check_bookkeeping(path: Path, copy: sqlite3.Connection) -> None:
    ((min_reader, role, revision),) = copy.execute("SELECT min_reader, role, revision FROM doc").fetchall()
    if min_reader > generation.GENERATION:
        raise newer(path, min_reader)
    (offices,) = copy.execute("SELECT count(*) FROM office").fetchone()
    if role != "office" or offices != 1:
        raise _rejected(path, f"{role} with {offices} offices")
    if revision > generation.HIGHEST // 2:  # edits to come count on
        raise damaged(path, f"revision {revision}")


def _alterations(copy: sqlite3.Connection, sealed: str) -> Iterator[str]:
    carried, descends = copy.execute(
        "SELECT seal, EXISTS (SELECT 1 FROM lineage WHERE branch = doc.branch AND last_revision = doc.revision)"
        " FROM doc"
    ).fetchone()
    if carried != sealed:
        yield _("The content does not match the seal of the file.")
    if not descends:
        yield _("The file does not say which earlier versions it comes from.")


def _check_attachments(copy: sqlite3.Connection) -> None:
    for number, sha256 in copy.execute("SELECT rowid, sha256 FROM attachment").fetchall():
        with copy.blobopen("attachment", "data", number, readonly=True) as data:
            if hashlib.sha256(data.read()).hexdigest() != sha256:
                raise sqlite3.DatabaseError(f"attachment {sha256[:8]} is not what it was")
