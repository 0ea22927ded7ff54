"""The private working copy of an open document: made, held, brought up, removed.

It lives on a local disk of this user, in a folder named by the document's uuid and the branch it begins, never by a
path: a renamed file and a stick with another letter find theirs. `meta.json` says which document it came from and what
that document held when it was last read or written.
"""

import contextlib
import datetime as dt
import errno
import hashlib
import json
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Generator
from dataclasses import asdict, dataclass
from pathlib import Path

from itadesk import paths
from itadesk.domain.model import new_id
from itadesk.storage import connection, generation, migration, opener
from itadesk.storage.lock import Hold
from itadesk.storage.meta import (
    MISSING,
    NOTHING,
    Meta,
    Version,
    note_landed,
    read_meta,
)

INCOMING, GONE, WORK = ".in", "gone-", "work.sqlite"


@dataclass
class Workspace:
    """One working copy, held by this session."""

    folder: Path
    hold: Hold
    _meta: Meta | None = None

    @property
    def work(self) -> Path:
        return self.folder / WORK

    @property
    def uuid(self) -> str:
        """The document's, by which its backups are filed."""
        return self.folder.name.partition("-")[0]

    @property
    def meta(self) -> Meta:
        """What is noted. Read once: this session knows it, whatever becomes of meta.json meanwhile."""
        if self._meta is None:
            self._meta = read_meta(self.folder)
        return self._meta

    def remember(self, meta: Meta) -> None:
        """Write meta.json whole or not at all, and onto the disk."""
        self._meta = meta
        temporary = self.folder / "meta.json.tmp"
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(asdict(meta), file)  # all ASCII: the document's name may hold bytes that are no text
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.folder / "meta.json")
        sync_folder(self.folder)

    def note_landed(self, version: Version) -> None:
        """What meta.json calls `next` stands in the document. Without haste: where this is lost, the document tells."""
        self._meta = Meta(self.meta.path, version)
        with contextlib.suppress(OSError):
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
        """Delete the working copy: whole or, where another program holds it, not at all. Half of one looks damaged."""
        with contextlib.suppress(OSError):
            gone = self.folder.rename(self.folder.with_name(f"{GONE}{self.folder.name}"))
            shutil.rmtree(gone, ignore_errors=True)
        self.leave()


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
            raise IsADirectoryError(errno.EISDIR, "not a file")
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return MISSING


@contextlib.contextmanager
def incoming() -> Generator[Path]:
    """Where a document is copied to be examined, on the disk of the working copies."""
    paths.workspaces().mkdir(parents=True, exist_ok=True)
    path = paths.workspaces() / f"{new_id()}{INCOMING}"
    try:
        yield path
    finally:
        with contextlib.suppress(OSError):  # held by another program: swept up later
            path.unlink()


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
    workspace = held(folder)
    try:
        folder.mkdir()
        yield workspace
    except BaseException:
        workspace.remove()
        raise


def held(folder: Path) -> Workspace:
    """The working copy in `folder`, taken for this session; BlockingIOError when another one has it."""
    return Workspace(folder, Hold(folder.with_name(f"{folder.name}.hold")))


def begin_branch(work: sqlite3.Connection, branch: str) -> None:
    """From here the content goes its own way: the lineage tells from which revision of which branch."""
    work.execute(  # the working copy does not keep it: only what is published says how far its branch has come
        "UPDATE lineage SET last_revision = (SELECT revision FROM doc) WHERE branch = (SELECT branch FROM doc)"
    )
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
