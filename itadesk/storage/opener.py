"""Is this one of our files, and whole? Looked at in a private copy before anything is read from it.

The order matters: the schema's text is compared before any statement could evaluate a foreign CHECK or view, and rows
are counted before they are read; companions (-journal, -wal) beside a received file are never read; the file itself is
only copied. A file of unknown origin is examined by another process: see examiner.
"""

import contextlib
import errno
import hashlib
import sqlite3
import stat
import struct
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from itadesk.domain.short_code import short_code
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import connection, contents, faults, generation, migration, projection, seal

LARGEST = 2 << 30
_HEADER = 100
_MAGIC = b"SQLite format 3\0"
_TAIL = 64 << 10
"""Bytes some mail and archive programs append; they never reach SQLite."""
_NOTHING_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}
_BLOCK = 1 << 20
_UTF_8 = {0, 1}
"""SQLite takes the lowest two bits, and what says nothing for UTF-8."""
_OWN_DISK = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
"""Result codes of the disk that holds the private copy: no fault of the file."""
_TOO_MUCH = {sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_TOOBIG}
"""Result codes of what no file of ours asks for: more time or more memory than it is given."""

Watch = Callable[[int, int], object]
"""Is told how many bytes of how many were copied; whatever it raises ends the examination."""


def unwatched(copied: int, size: int) -> None:
    """Nobody waits."""


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
    """A file that may be opened: its seal as computed, and the hash of its bytes. What it says is in the copy.

    Translated sentences: `alterations` tell what another program, or a fault of the disk, changed since it was saved,
    `remarks` what else is odd and harmless. `generation`: of the file; what is held is of the present one.
    """

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
    with faults.temporary_folder() as folder:
        try:
            return found(examine(path, folder / "copy.sqlite"))
        except Refused as refusal:
            return refused(refusal)


def found(examined: Examined) -> Report:
    verdict = Verdict.ALTERED if examined.altered else Verdict.CLEAN
    return Report(verdict, short_code(examined.seal), examined.alterations + examined.remarks)


def refused(refusal: Refused) -> Report:
    reason = (refusal.reason,) if refusal.reason else ()
    return Report(refusal.verdict, None, (refusal.message, refusal.advice, *reason))


def examine(path: Path, private: Path, watch: Watch = unwatched, *, newer_too: bool = False) -> Examined:
    """Copy `path` to `private` and examine the copy; Refused, by its kind, when it must not be opened.

    A file of an earlier generation is brought up to the present one in the copy. With `newer_too`, of one made by a
    newer program the copy holds what this one knows, if its maker allows that: to be looked at only.
    """
    connection.check_sqlite()
    sha256, tail = private_copy(path, private, watch, newer_too=newer_too)
    try:
        return _contents(path, private, sha256, tail)
    except contents.NotOurs as error:
        raise rejected(path, str(error)) from error
    except (sqlite3.Error, OSError, ValueError, OverflowError, MemoryError) as error:
        code = faults.sqlite_code(error) & 0xFF
        if code in _OWN_DISK or isinstance(error, OSError):
            raise faults.this_computer(error) from error
        raise (rejected if code in _TOO_MUCH else damaged)(
            path, f"{type(error).__name__}: {error}"
        ) from error


def check_readable(path: Path) -> None:
    """That there may be one of our files at `path`, of any program's age, by its header: before all of it is read.

    Missing, Refused or UserError otherwise.
    """
    with reading(path), path.open("rb") as file:
        _check_header(path, file.read(_HEADER), path.stat().st_size, newer_too=True)


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


def rejected(path: Path, reason: str) -> Rejected:
    return Rejected(
        _("{name} is not in the form that ITADesk writes.").format(name=path.name),
        _(
            "It may come from an early trial version or another program. Please ask the sender for the original."
        ),
        reason,
    )


def private_copy(
    path: Path, private: Path, watch: Watch = unwatched, *, newer_too: bool = False
) -> tuple[str, int]:
    """SHA-256 of the file, and how many bytes of it are too many.

    The copy holds only the pages its header speaks of, in rollback mode.
    """
    digest = hashlib.sha256()
    with reading(path), path.open("rb") as source:
        size = _check_header(path, source.read(_HEADER), path.stat().st_size, newer_too=newer_too)
        source.seek(0)
        with private.open("wb") as target:
            while block := source.read(_BLOCK):
                digest.update(block)
                target.write(block)
                watch(target.tell(), size)
                if target.tell() > size + _TAIL + _BLOCK:  # it grows while it is read
                    raise damaged(path, f"more than {target.tell()} bytes")
            tail = target.tell() - size
            if tail < 0:
                raise damaged(path, f"cut short while it was read: {target.tell()} of {size} bytes")
            target.truncate(size)
            # Log mode asks for companions; SQLite reads what does not say that it is UTF-8, but cannot make it compact.
            for place, said in ((18, b"\1\1"), (56, b"\0\0\0\1")):
                target.seek(place)
                target.write(said)
    return digest.hexdigest(), tail


def _check_header(path: Path, header: bytes, size: int, *, newer_too: bool) -> int:
    """How many bytes of the file count. Refuses what is not ours before SQLite sees it."""
    if size == 0:
        raise _foreign(path, _("{name} is empty."), "0 bytes")
    if not header.startswith(_MAGIC) or len(header) < _HEADER:
        if _was_ours(path, header):
            raise damaged(path, "the file's mark is spoiled")
        raise _foreign(path, _kind(header))
    page_size, page_count, encoding, made_by, application = _facts(header, size)
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
    if encoding not in _UTF_8 or size > LARGEST:
        raise rejected(path, f"encoding {encoding}, {size} bytes")
    return _counted(path, page_size * page_count, size)


def newer(path: Path, generation: int) -> Newer:
    return Newer(
        _("{name} was made by a newer version of ITADesk.").format(name=path.name),
        _("Please update ITADesk on this computer, then open the file again."),
        f"generation {generation}",
    )


def _facts(header: bytes, size: int) -> tuple[int, int, int, int, int]:
    """Page size, page count, text encoding, user_version, application_id: SQLite file format 1.3."""
    (page_size,) = struct.unpack(">H", header[16:18])
    page_size = 65536 if page_size == 1 else page_size
    (page_count,) = struct.unpack(">I", header[28:32])
    if page_size and (not page_count or header[24:28] != header[92:96]):
        # As SQLite does where the header does not say it, or may be out of date.
        page_count = size // page_size
    encoding, generation = struct.unpack(">Ii", header[56:64])
    (application,) = struct.unpack(">I", header[68:72])
    return page_size, page_count, encoding & 3, generation, application


def _was_ours(path: Path, header: bytes) -> bool:
    """Whether a file without SQLite's mark is one of ours all the same: ours is there, or a part of the schema."""
    if header[68:72] == generation.APPLICATION_ID.to_bytes(4, "big"):
        return True
    with path.open("rb") as file:
        return generation.ddl(generation.GENERATION).encode()[:60] in file.read(_BLOCK)


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
    """The file by its own generation, then, brought up or projected, by the present one, and then its rows."""
    budget = contents.Budget(private.stat().st_size)
    with connection.private(private) as copy:
        contents.limit(copy, budget)
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
        contents.limit(copy, budget)
        if made_by != generation.GENERATION:
            _check_parts(path, copy, generation.GENERATION)
        contents.check_attachments(copy, budget)
        contents.check_rows(copy, budget)
        sealed = seal.seal(copy)
        return Examined(sealed, sha256, tuple(_alterations(copy, sealed)), tuple(_remarks(tail)), made_by)


def _check_parts(path: Path, copy: sqlite3.Connection, number: int) -> None:
    """That it is a sound file of that generation: schema, how much there is, then structure and bookkeeping."""
    if generation.objects(copy) != generation.expected(number):
        raise rejected(path, "schema differs")
    contents.count(copy, number)
    check_structure(copy)
    _check_bookkeeping(path, copy)


def _check_newer(path: Path, copy: sqlite3.Connection) -> None:
    """Not by its structure: nothing that a text says which we do not know is to be evaluated."""
    if (fault := projection.fault(copy)) is not None:
        raise rejected(path, fault)
    contents.count(copy, generation.GENERATION)
    _check_bookkeeping(path, copy)


def _remarks(tail: int) -> Iterator[str]:
    if tail:
        yield _("{count} bytes behind the end of the file do not count.").format(count=tail)


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
        raise rejected(path, f"{role} with {offices} offices")
    if revision > generation.HIGHEST // 2:  # edits to come count on
        raise damaged(path, f"revision {revision}")


def _alterations(copy: sqlite3.Connection, sealed: str) -> Iterator[str]:
    carried, checksum, descends = copy.execute(
        "SELECT seal, checksum,"
        " EXISTS (SELECT 1 FROM lineage WHERE branch = doc.branch AND last_revision = doc.revision) FROM doc"
    ).fetchone()
    if carried != sealed:
        yield _("The content does not match the seal of the file.")
    elif checksum != seal.checksum(copy, sealed):
        yield _("The content is unaltered, but not what the file says of its history and printouts.")
    if not descends:
        yield _("The file does not say which earlier versions it comes from.")
