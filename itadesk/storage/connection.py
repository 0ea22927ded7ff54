"""How SQLite files are opened: the working copy for editing, private copies for everything else."""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Generator
from pathlib import Path

from itadesk.errors import UserError
from itadesk.i18n import _

_OLDEST_SQLITE = (3, 37)
"""STRICT tables came with it."""

BUSY_SECONDS = 10

_LOG = 5 << 20
"""Bytes: SQLite begins again at its start when it has a thousand pages of four kilobytes."""
_AMPLE = 100 * _LOG
"""Of room on a disk, for something that is not needed."""


def check_sqlite() -> None:
    """UserError when this computer's SQLite is too old for our files."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise UserError(
            _("The SQLite library of this computer ({version}) is too old.").format(
                version=sqlite3.sqlite_version
            ),
            _("Please install a newer Python or the complete ITADesk program."),
        )


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Generator[None]:
    """One edit: it takes the write lock at once, is on the disk when it ends, and undone whole on any error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it
            connection.execute("ROLLBACK")
        raise


def editing(path: Path) -> sqlite3.Connection:
    """The one connection that edits the working copy at `path`; may pass from thread to thread, one at a time."""
    # isolation_level=None: the driver would begin transactions by itself, too late and not IMMEDIATE.
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _configure(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _configure(connection: sqlite3.Connection) -> None:
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode == "wal":
        connection.execute("PRAGMA synchronous = FULL")  # WAL with NORMAL loses the last edits at a power cut
    else:
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    # Without it INSERT OR REPLACE deletes rows unseen by the triggers that record changes.
    connection.execute("PRAGMA recursive_triggers = ON")


def make_room(path: Path) -> None:
    """Let the log of the working copy at `path` have the size that it will grow to; before its first edit only.

    A log that grows makes the disk write down its size with every edit, and with that what other files wait for:
    beside a publication an edit took twice as long. SQLite passes over what stands behind the last frame (WAL format).
    """
    log = path.with_name(f"{path.name}-wal")
    with contextlib.suppress(OSError):  # without it edits are slower, no more
        size = log.stat().st_size
        if size < _LOG and shutil.disk_usage(log.parent).free > _AMPLE:
            with log.open("r+b") as file:
                file.seek(size)
                file.write(bytes(_LOG - size))
                file.flush()
                os.fsync(file.fileno())


def log_is_broken(path: Path) -> bool:
    """Whether the log of a working copy that nobody has open holds commits behind a place that cannot be read.

    SQLite passes over them without a word. (WAL format: a header of 32 bytes, frames of 24 bytes and a page; the salts
    of a frame that counts are those of the header, and it ends a commit when it tells the size of the database.)
    """
    log = path.with_name(f"{path.name}-wal")
    try:
        content = log.read_bytes()
    except FileNotFoundError:
        return False
    with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as database:
        _busy, read, _folded = database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    page, salts = int.from_bytes(content[8:12], "big"), content[16:24]
    first = 32 + max(read, 0) * (24 + page)
    frames = (content[at : at + 24] for at in range(first, len(content), 24 + page)) if page else ()
    return any(frame[8:16] == salts and any(frame[4:8]) for frame in frames)


def fold_log(path: Path) -> None:
    """Put what the log of a working copy holds into the database itself; nobody else may have it open."""
    with contextlib.closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as database:
        (mode,) = database.execute("PRAGMA journal_mode = DELETE").fetchone()
        if mode != "delete":
            raise sqlite3.OperationalError(f"the log cannot be folded: {mode}")


@contextlib.contextmanager
def private(path: Path, *, scratch: bool = False) -> Generator[sqlite3.Connection]:
    """A private copy, or the working copy beside its editor, for reading.

    Opened read-write all the same: on a read-only connection integrity_check silently skips the CHECK constraints.
    `scratch`: a file of ours in the making, to be changed without care for power cuts.
    """
    # mode=rw: a file that is gone is an error, not a new empty one.
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", timeout=BUSY_SECONDS, isolation_level=None, uri=True
    )
    with contextlib.closing(connection):
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        if scratch:
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("PRAGMA synchronous = OFF")
        else:
            connection.execute("PRAGMA query_only = ON")
        yield connection
