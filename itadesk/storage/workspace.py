"""The private working copy of an open document: made, found again after a crash, listed, removed.

It lives on a local disk of this user, in a folder named by the document's uuid and the branch it begins, never by a
path: a renamed file and a stick with another letter find theirs. `meta.json` says which document it came from and what
that document held when it was last read or written.
"""

import contextlib
import datetime as dt
import errno
import hashlib
import json
import logging
import os
import shutil
import sqlite3
import stat
import sys
import time
from collections.abc import Generator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from itadesk import paths
from itadesk.domain.model import new_id
from itadesk.storage import connection, faults, generation, migration, opener
from itadesk.storage.lock import Hold, Locked
from itadesk.storage.meta import (
    MISSING,
    NOTHING,
    Meta,
    Version,
    note_landed,
    read_meta,
    read_meta_or_none,
)

_log = logging.getLogger(__name__)
_DAMAGED = "damaged-"
_INCOMING = ".in"
_WORK = "work.sqlite"
_DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Workspace:
    """One working copy, held by this session."""

    folder: Path
    hold: Hold

    @property
    def work(self) -> Path:
        return self.folder / _WORK

    @property
    def uuid(self) -> str:
        """The document's, by which its backups are filed."""
        return self.folder.name.partition("-")[0]

    @property
    def meta(self) -> Meta:
        return read_meta(self.folder)

    def remember(self, meta: Meta) -> None:
        """Write meta.json whole or not at all, and onto the disk."""
        temporary = self.folder / "meta.json.tmp"
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(asdict(meta), file)  # all ASCII: the document's name may hold bytes that are no text
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.folder / "meta.json")
        sync_folder(self.folder)

    def note_landed(self, version: Version) -> None:
        """What meta.json calls `next` stands in the document. Without haste: where this is lost, the document tells."""
        note_landed(self.folder, version)

    def bring_up(self) -> None:
        """Make work of an earlier generation work of the present one: its session ended before the program's update.

        opener.Newer when a newer program left it.
        """
        with connection.private(self.work) as work:
            made_by = generation.of(work)
        if made_by > generation.GENERATION:
            raise opener.newer(self.work, made_by)
        if made_by < generation.GENERATION:
            connection.fold_log(self.work)  # what is in the log would be taken for the new file's
            migration.bring_up(self.work)
            sync_file(self.work)

    def leave(self) -> None:
        """Let go of the working copy; it stays for the next opening of its document."""
        self.hold.release(delete=True)

    def remove(self) -> None:
        """Delete the working copy."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.leave()


@dataclass(frozen=True)
class Unpublished:
    """Work of a session that ended before it could write the document: the office's name, where the document was."""

    name: str
    path: Path
    changed_at: dt.datetime
    changes: int
    folder: Path


def now() -> str:
    return dt.datetime.now().isoformat(timespec="seconds")


def sync_folder(folder: Path) -> None:
    """Put a folder's entries onto the disk, where the system can (not Windows, and not every disk)."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sync_file(path: Path) -> None:
    """Put a file's bytes onto the disk."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def hash_of(path: Path) -> str:
    """The hash of a file's bytes, or MISSING; OSError for what cannot be read or is no file."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # reading a pipe would wait for ever
            raise OSError(errno.EINVAL, "not a file")
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return MISSING


@contextlib.contextmanager
def incoming() -> Generator[Path]:
    """Where a document is copied to be examined, on the disk of the working copies."""
    paths.workspaces().mkdir(parents=True, exist_ok=True)
    path = paths.workspaces() / f"{new_id()}{_INCOMING}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def create(document: Path) -> Workspace:
    """A working copy, without rows, of a document that is yet to be."""
    uuid, branch = new_id(), new_id()
    with _making(uuid, branch) as workspace:
        generation.create(workspace.work)
        with connection.private(workspace.work, scratch=True) as work:
            work.execute(
                "INSERT INTO doc (id, uuid, role, min_reader, branch, revision, created_at)"
                " VALUES (1, ?, 'office', ?, ?, 0, ?)",
                (uuid, generation.MIN_READER, branch, now()),
            )
            begin_branch(work, branch)
        sync_file(workspace.work)
        workspace.remember(Meta(str(document), NOTHING))
    return workspace


def take(document: Path, copy: Path, sha256: str) -> Workspace:
    """A working copy of `document`, from its examined private `copy`, whose bytes had the hash `sha256`."""
    branch = new_id()
    with connection.private(copy, scratch=True) as work:
        begin_branch(work, branch)
        uuid, revision = work.execute("SELECT uuid, revision FROM doc").fetchone()
    sync_file(copy)  # the log of later edits is worth nothing without the pages it builds on
    with _making(uuid, branch) as workspace:
        copy.replace(workspace.work)
        workspace.remember(Meta(str(document), Version(sha256, revision, now())))
    return workspace


@contextlib.contextmanager
def _making(uuid: str, branch: str) -> Generator[Workspace]:
    """A new workspace; nothing of it stays when it cannot be made."""
    folder = paths.workspaces() / f"{uuid}-{branch}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Held before it is there, lest it be taken for an abandoned one.
    workspace = Workspace(folder, Hold(_hold_path(folder)))
    try:
        folder.mkdir()
        yield workspace
    except BaseException:
        workspace.remove()
        raise


def _hold_path(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.hold")


def begin_branch(work: sqlite3.Connection, branch: str) -> None:
    """From here the content goes its own way: the lineage tells from which revision of which branch."""
    # Revisions are of one branch, so a high one begins anew: edits to come must not lead to where a file is refused.
    work.execute(
        "UPDATE doc SET branch = ?, revision = iif(revision > ?, 0, revision)",
        (branch, generation.HIGHEST // 4),
    )
    work.execute(
        "INSERT INTO lineage (branch, ordinal, first_revision, last_revision)"
        " SELECT ?, (SELECT count(*) FROM lineage), revision, revision FROM doc",
        (branch,),
    )


def recover(document: Path, sha256: str) -> Workspace | None:
    """The working copy that a session left behind of the document `document`, which now has the hash `sha256`."""
    for folder in _folders():
        meta = read_meta_or_none(folder)
        if meta is None or not _is_of(meta, document, sha256) or _is_newer(folder):
            continue
        with contextlib.suppress(BlockingIOError):  # in use: by a session on a copy of this document
            workspace = Workspace(folder, Hold(_hold_path(folder)))
            with _left_on_error(workspace):
                if _is_sound(workspace.work):
                    _settle(workspace, meta, sha256)
                    for half_made in folder.glob("*.next"):
                        half_made.unlink()
                    return workspace
                _set_aside(workspace)
    return None


@contextlib.contextmanager
def _left_on_error(workspace: Workspace) -> Generator[None]:
    """A disk that refuses for a moment must not keep the work held: the next try would pass it over as in use."""
    try:
        yield
    except BaseException:
        workspace.leave()
        raise


def _is_of(meta: Meta, document: Path, sha256: str) -> bool:
    if sha256 == MISSING or not meta.knows(sha256):
        return False
    # Not of a mere copy: while the document stands unchanged at its own path, the work belongs there.
    own = Path(meta.path)
    return own == document or not _holds(own, sha256)


def _is_newer(folder: Path) -> bool:
    """Left by a newer program, which has since been replaced by this one: it stays in the list until that is back."""
    with contextlib.suppress(FileNotFoundError):
        return generation.of_file(folder / _WORK) > generation.GENERATION
    return False


def _holds(document: Path, sha256: str) -> bool:
    """Whether the document has this hash; not when its stick is out or its share is down."""
    with contextlib.suppress(OSError):
        return hash_of(document) == sha256
    return False


def _settle(workspace: Workspace, meta: Meta, sha256: str) -> None:
    """The session may have ended between writing the document and noting it: `next` is then what is there."""
    if meta.next is not None and meta.next.sha256 == sha256:
        workspace.remember(replace(meta, base=meta.next, next=None))


def _is_sound(work: Path) -> bool:
    """Only what SQLite calls corrupt counts as damage, not a disk that cannot be read at the moment."""
    if not work.exists():
        return False
    try:
        with connection.private(work) as copy:
            opener.check_structure(copy)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False
    return True


def _set_aside(workspace: Workspace) -> None:
    """Keep a damaged working copy for support, where no document finds it any more."""
    _log.error("working copy %s is damaged", workspace.folder.name)
    workspace.folder.rename(workspace.folder.with_name(f"{_DAMAGED}{workspace.folder.name}"))
    workspace.leave()


def unpublished_work() -> list[Unpublished]:
    """What sessions that ended left unpublished, the latest first; forgets working copies that hold nothing new."""
    with faults.of_this_computer():
        _forget_incoming()
        found = [work for folder in _folders() if (work := _looked_at(folder)) is not None]
    return sorted(found, key=lambda work: work.changed_at, reverse=True)


def _looked_at(folder: Path) -> Unpublished | None:
    try:
        workspace = Workspace(folder, Hold(_hold_path(folder)))
    except BlockingIOError:
        return None  # a living session has it
    meta = read_meta_or_none(folder)
    with _left_on_error(workspace):
        if meta is not None and not _is_sound(workspace.work):
            _set_aside(workspace)
            return None
        # Without meta.json its session ended while making it.
        work = None if meta is None else _described(workspace, meta)
    if work is None:
        workspace.remove()
    else:
        workspace.leave()
    return work


def _forget_incoming() -> None:
    """Delete copies of documents that a session, now long ended, was about to examine."""
    for path in paths.workspaces().glob(f"*{_INCOMING}"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _DAY_SECONDS:
                path.unlink()


def _described(workspace: Workspace, meta: Meta) -> Unpublished | None:
    """None when its document lacks nothing of it."""
    with connection.private(workspace.work) as work:
        (revision,) = work.execute("SELECT revision FROM doc").fetchone()
        (name,) = work.execute("SELECT kind || name FROM office").fetchone() or ("",)
    path = Path(meta.path)
    published = meta.base
    if meta.next is not None and _holds(path, meta.next.sha256):
        published = meta.next
    if revision <= published.revision:
        return None
    return Unpublished(
        name, path, _changed_at(workspace), revision - max(published.revision, 0), workspace.folder
    )


def _changed_at(workspace: Workspace) -> dt.datetime:
    """The last commit wrote either the database or the log beside it."""
    files = workspace.folder.glob(f"{workspace.work.name}*")
    return dt.datetime.fromtimestamp(max(file.stat().st_mtime for file in files))


def hold(work: Unpublished) -> Workspace:
    """Take listed work for this session; Locked when another session has it meanwhile."""
    try:
        return Workspace(work.folder, Hold(_hold_path(work.folder)))
    except BlockingIOError as error:
        raise Locked(None) from error


def discard(work: Unpublished) -> None:
    """Delete listed work for good."""
    hold(work).remove()


def _folders() -> list[Path]:
    folders = paths.workspaces().glob("*/") if paths.workspaces().is_dir() else ()
    return sorted(folder for folder in folders if folder.is_dir() and not folder.name.startswith(_DAMAGED))
