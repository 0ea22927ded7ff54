"""Writing the user's file: one whole new file put in the place of the old one, which stays until then.

The new file is made and checked in the private folder and only its finished bytes go to the document's folder, so that
SQLite never works on a stick or a share and leaves no companion there.
"""

import contextlib
import errno
import hashlib
import os
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from itadesk import __version__
from itadesk.domain.model import new_id
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import attachments, backup, bin, connection, faults, generation, history, seal
from itadesk.storage.lock import name_beside
from itadesk.storage.meta import MISSING, Version
from itadesk.storage.workspace import (
    Workspace,
    begin_branch,
    hash_of,
    now,
    sync_folder,
)

WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0, 1.0)
"""Seconds between tries while an antivirus or sync program holds the document."""

_BLOCK = 1 << 20
_CACHE = 64 << 10
"""Kilobytes of a new file that are kept at hand while it is made."""


class Moved(UserError):
    """The document is not where it was."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{name} is no longer in its place: it was moved or deleted.").format(name=path.name),
            _("Your work is safe on this computer. Write the file again here, or save it in another place."),
        )


class Replaced(UserError):
    """Somebody else changed the document since we read or wrote it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("{name} was changed by somebody else meanwhile.").format(name=path.name),
            _("Your work is safe on this computer. Save it as another file and compare the two."),
        )


Change = Callable[[sqlite3.Connection], object]
"""What is done to a file in the making, before it is sealed."""


@dataclass(frozen=True)
class Written:
    """A file that was written: its seal, revision and bytes."""

    seal: str
    revision: int
    size: int


@dataclass(frozen=True)
class _Ready:
    """A finished file in the private folder."""

    path: Path
    uuid: str
    revision: int
    seal: str


def publish(workspace: Workspace, user: str, leaves: seal.Leaves, *, force: bool = False) -> Version:
    """Write the working copy to its document and say what that holds now; the document is untouched on any error.

    `leaves`: of this working copy, told of every edit.

    Moved or Replaced when the document is not what we last read or wrote, unless `force`; faults.NotWritten otherwise.
    Nothing is noted in the working copy: what is unpublished is told against meta.json, which speaks of the disk. (A
    note made before a failed publication once said that all was saved.)
    """
    meta = workspace.meta
    document = Path(meta.path)
    check_writable(document)
    with (
        _ready(workspace.work, user, leaves=leaves) as ready,
        _hashing(document) as hashed,
        _landed(ready, document) as landed,
    ):
        found = hashed()
        if not (force or meta.knows(found)):
            raise Moved(document) if found == MISSING else Replaced(document)
        version = Version(landed.sha256, ready.revision, now())
        # Noted before the document changes, so that after a crash our own file is not taken for somebody else's.
        workspace.remember(replace(meta, next=version))
        if found != MISSING:
            _back_up(document, ready.uuid, known=meta.knows(found))
        _put(landed.path, document)
    workspace.note_landed(version)
    return version


@contextlib.contextmanager
def _hashing(document: Path) -> Generator[Callable[[], str]]:
    """The hash of `document`, read while the new file goes to the disk; read again when it was touched meanwhile."""
    with ThreadPoolExecutor(1) as other:
        begun = _touched(document)
        reading = other.submit(hash_of, document)

        def hashed() -> str:
            with faults.of_document(document):
                found = reading.result()
                return found if _touched(document) == begun else hash_of(document)

        yield hashed


def _touched(document: Path) -> tuple[int, ...] | None:
    """What differs when a file was written or replaced."""
    try:
        found = document.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _back_up(document: Path, uuid: str, *, known: bool) -> None:
    """Keep what is about to be replaced. Without a copy nothing of an earlier generation is."""
    if generation.of_file(document) < generation.GENERATION:
        backup.ensure(document, uuid)
    else:
        backup.keep(document, uuid, every=backup.INTERVAL if known else None)


def copy_to(database: Path, path: Path, user: str) -> None:
    """Write an independent copy of `database` to `path`, over what is there; it begins a branch of its own."""
    write_to(database, path, user, lambda file: begin_branch(file, new_id()))


def write_to(database: Path, path: Path, user: str, change: Change) -> Written:
    """Write `database` to `path`, over what is there, after `change` was made to what is written."""
    check_writable(path)
    with _ready(database, user, change) as ready, _landed(ready, path) as landed:
        _put(landed.path, path)
        return Written(ready.seal, ready.revision, ready.path.stat().st_size)


def sweep(document: Path) -> None:
    """Delete what killed sessions left of their publications beside `document`, whose lock we hold."""
    start, end = f".~{name_beside(document)}.", ".tmp"
    with contextlib.suppress(OSError):
        for path in document.parent.iterdir():
            process = path.name.removeprefix(start).removesuffix(end)
            if process.isdigit() and path.name == f"{start}{process}{end}":
                path.unlink()


def check_writable(document: Path) -> None:
    """NotWritten for a read-only file: on some systems a rename would replace it without a word."""
    with contextlib.suppress(OSError):  # unreachable: the writing itself will tell
        if not document.stat().st_mode & stat.S_IWUSR or not os.access(document, os.W_OK):
            raise faults.protected(document)


@dataclass(frozen=True)
class _Landed:
    """A finished file beside the document, and the hash of its bytes."""

    path: Path
    sha256: str


@contextlib.contextmanager
def _ready(
    database: Path, user: str, change: Change | None = None, leaves: seal.Leaves | None = None
) -> Generator[_Ready]:
    """A working copy as a finished file: compact, sealed, checked; as of one moment, while editing goes on."""
    path = database.with_name(f"{new_id()}.next")
    try:
        _vacuum_into(database, path)
        with connection.private(path, scratch=True) as file:
            file.execute(f"PRAGMA cache_size = -{_CACHE}")  # each page is looked at twice
            if _finish(file, user, change):
                leaves = None  # the file holds less than the working copy
            _check(file, path)
            sealed, checksum = _sealed(file, leaves)  # last, of the file as it will be read
            file.execute("UPDATE doc SET seal = ?, checksum = ?", (sealed, checksum))
            uuid, revision = file.execute("SELECT uuid, revision FROM doc").fetchone()
        yield _Ready(path, uuid, revision, sealed)
    finally:
        path.unlink(missing_ok=True)


def _vacuum_into(work: Path, path: Path) -> None:
    with connection.private(work) as source:
        source.execute("PRAGMA query_only = OFF")  # it forbids VACUUM INTO too, which only reads the source
        # What is made here need not be on the disk before it stands at its place.
        source.execute("PRAGMA synchronous = OFF")
        source.execute("VACUUM INTO ?", (str(path),))


def _sealed(file: sqlite3.Connection, leaves: seal.Leaves | None) -> tuple[str, str]:
    if leaves is not None:
        leaves.renew(file)
    sealed = seal.seal(file, leaves)
    return sealed, seal.checksum(file, sealed, leaves)


def _finish(file: sqlite3.Connection, user: str, change: Change | None) -> bool:
    """Make the copy what is to be written; whether its rows are other ones than the working copy's now."""
    changed = file.total_changes
    if change is not None:
        change(file)
    file.execute("BEGIN")
    bin.trim(file)
    kept = attachments.referenced(attachments.ALL)
    file.execute(f"DELETE FROM attachment WHERE sha256 NOT IN ({kept})")
    history.trim(file)
    shrunk = file.total_changes > changed
    file.execute(
        "UPDATE lineage SET last_revision = (SELECT revision FROM doc) WHERE branch = (SELECT branch FROM doc)"
    )
    said = now(), user, __version__
    file.execute("UPDATE doc SET saved_at = ?, saved_by = ?, saved_app = ?", said)
    file.execute("COMMIT")
    if shrunk:  # else it is compact as it was made, and nothing deleted is left in its pages
        file.execute("VACUUM")
    return shrunk


def _check(file: sqlite3.Connection, path: Path) -> None:
    """RuntimeError, a fault of ours, or NotWritten, one of the disk, when the new file is not fit for the user."""
    # Not whether the indexes agree with their tables: VACUUM has just made them.
    found = [str(fault) for fault, *_where in file.execute("PRAGMA quick_check(5)") if fault != "ok"]
    found += [f"broken references in {table}" for table, *_where in file.execute("PRAGMA foreign_key_check")]
    ours = generation.objects(file) == generation.expected()
    with path.open("rb") as opened:
        rollback_mode = opened.read(20)[18:] == b"\1\1"  # else readers would look for companions
    if found:
        raise faults.spoiled(found[0].splitlines()[-1])
    if not rollback_mode or not ours:
        raise RuntimeError("the new file is not as it was made")


@contextlib.contextmanager
def _landed(ready: _Ready, document: Path) -> Generator[_Landed]:
    """The finished file beside `document` (a rename must not cross disks), read back as it was written."""
    path = document.with_name(f".~{name_beside(document)}.{os.getpid()}.tmp")
    try:
        with faults.of_document(document):
            sha256 = _copy(ready.path, path)
            with contextlib.suppress(OSError):  # a new document, or a disk without permissions
                shutil.copymode(document, path)
            if not _are_same(path, ready.path):
                raise OSError(errno.EIO, "read back differently")
        yield _Landed(path, sha256)
    finally:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> str:
    """Copy a file onto the disk and give its hash.

    Block by block: behind a whole file that goes there at once, the commit of an edit waits long.
    """
    digest = hashlib.sha256()
    with source.open("rb") as read, target.open("wb") as written:
        while block := read.read(_BLOCK):
            written.write(block)
            written.flush()
            digest.update(block)
            os.fsync(written.fileno())
    return digest.hexdigest()


def _are_same(one: Path, other: Path) -> bool:
    with one.open("rb") as left, other.open("rb") as right:
        while (block := left.read(_BLOCK)) == right.read(_BLOCK):
            if not block:
                return True
    return False


def _put(new: Path, document: Path) -> None:
    """Put the new file in the place of the document, trying again while another program holds that."""
    with faults.of_document(document):
        for wait in (*WAITS, None):
            try:
                new.replace(document)
                break
            except PermissionError as error:
                if wait is None:
                    raise faults.held(document) from error
                time.sleep(wait)
    sync_folder(document.parent)
