"""What ended sessions left on this computer: found again with its document, listed, given up, set aside when damaged.

What a disk or another program did to it in between must cost neither the document nor other work: a working copy goes
on only when it is whole and says more than its document, and is deleted only when it says nothing new.
"""

import contextlib
import datetime as dt
import logging
import shutil
import sqlite3
import sys
import time
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

from itadesk import paths
from itadesk.domain.file_names import OFFICE_FILE
from itadesk.storage import connection, contents, faults, generation, known_files, opener, workspace
from itadesk.storage.lock import Hold, Locked
from itadesk.storage.meta import MISSING, Meta, Version, noted, read_meta_or_none
from itadesk.storage.workspace import GONE, INCOMING, Workspace, hash_of

_log = logging.getLogger(__name__)

_DAMAGED, _TOLD = "damaged-", "told-"
"""How the folders begin of working copies that are set aside, and of those the clerk knows of."""

_BROKEN = "broken"
_DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Unpublished:
    """Work of a session that ended before it could write the document: the office's name, where the document was."""

    name: str
    path: Path
    changed_at: dt.datetime
    changes: int
    folder: Path


@dataclass(frozen=True)
class _Content:
    """What a working copy holds: the office's name, its revision, and that with which its session began.

    `name`: None before anything was put into it.
    """

    name: str | None
    revision: int
    began: int


@dataclass(frozen=True)
class Found:
    """`broken`: what was entered last may be missing, as it could not be read."""

    space: Workspace
    broken: bool


def recover(document: Path, sha256: str) -> Found | None:
    """The working copy that a session left behind of the document `document`, which now has the hash `sha256`."""
    for folder in _folders():
        meta = read_meta_or_none(folder)
        if meta is None or not _is_of(meta, document, sha256) or _is_newer(folder):
            continue
        with contextlib.suppress(BlockingIOError):  # in use: by a session on a copy of this document
            space = workspace.held(folder)
            with _left_on_error(space):
                broken = _is_broken(space)
                if _goes_on(space, meta.version_of(sha256), broken=broken):
                    _settle(space, meta, sha256)
                    for of_no_use in (folder / _BROKEN, *folder.glob("*.next")):
                        with contextlib.suppress(OSError):  # held by another program
                            of_no_use.unlink()
                    return Found(space, broken)
    return None


def _is_broken(space: Workspace) -> bool:
    """Whether changes made last are lost; noted, for SQLite puts the log away as soon as the work is looked at."""
    note = space.folder / _BROKEN
    with contextlib.suppress(sqlite3.DatabaseError, ValueError):  # then the work itself will tell
        if space.work.is_file() and connection.log_is_broken(space.work):
            note.touch()
    return note.exists()


def _goes_on(space: Workspace, published: Version, *, broken: bool) -> bool:
    content = _content(space.work)
    # Older than the document, its log is lost; as old and broken, all that came after.
    if content is None or content.revision < published.revision + broken:
        _set_aside(space)
    elif content.revision == published.revision:  # the document says it all, and was examined more lately
        space.remove()
    elif _brought_up(space):
        return True
    else:
        _set_aside(space)
    return False


def _brought_up(space: Workspace) -> bool:
    """Whether work of an earlier program could be made work of this one."""
    try:
        space.bring_up()
    except ValueError:
        _log.warning("work of an earlier program cannot be brought up", exc_info=True)
        return False
    return True


@contextlib.contextmanager
def _left_on_error(space: Workspace) -> Generator[None]:
    """A disk that refuses for a moment must not keep the work held: the next try would pass it over as in use."""
    try:
        yield
    except BaseException:
        space.leave()
        raise


def _is_of(meta: Meta, document: Path, sha256: str) -> bool:
    if sha256 == MISSING or not meta.knows(sha256):
        return False
    own = Path(meta.path)
    if own == document:
        return True
    # Not of a mere copy: while the document stands at its own path as we left it, the work belongs there.
    there = _found(own)
    return there == MISSING or not meta.knows(there)


def _is_newer(folder: Path) -> bool:
    """Left by a newer program, which has since been replaced by this one: it stays in the list until that is back."""
    with contextlib.suppress(OSError):
        return generation.of_file(folder / workspace.WORK) > generation.GENERATION
    return False


def _found(document: Path) -> str:
    """The hash of a document; MISSING as well when its stick is out or its share is down."""
    with contextlib.suppress(OSError):
        return hash_of(document)
    return MISSING


def _settle(space: Workspace, meta: Meta, sha256: str) -> None:
    """The session may have ended between writing the document and noting it: `next` is then what is there."""
    if meta.next is not None and meta.next.sha256 == sha256:
        space.remember(replace(meta, base=meta.next, next=None))


def _content(work: Path) -> _Content | None:
    """What a working copy holds, looked at like a file from elsewhere; None when it is missing or damaged.

    A disk that cannot be read at the moment is no damage: sqlite3.OperationalError or OSError then.
    """
    if not work.is_file():
        return None
    for _attempt in range(2):  # what a disk gives wrong once is no damage
        try:
            hash_of(work)  # OSError: where bytes cannot be read, SQLite speaks of damage
            with connection.private(work) as copy:
                return _checked(copy)
        except sqlite3.OperationalError as error:
            if faults.sqlite_code(error) != sqlite3.SQLITE_ERROR:
                raise
        except (sqlite3.Error, ValueError, TypeError, OverflowError, contents.NotOurs):
            continue
    return None


def _checked(copy: sqlite3.Connection) -> _Content:
    """ValueError, NotOurs or sqlite3.Error when the program would not have made it so."""
    copy.text_factory = bytes.decode  # what is no text is then a ValueError, not as if the disk refused
    opener.check_structure(copy)
    made_by = generation.of(copy)
    known = 0 < made_by <= generation.GENERATION and generation.objects(copy) == generation.expected(made_by)
    if not known and made_by <= generation.GENERATION:
        raise ValueError("other tables than those of our files")
    if made_by == generation.GENERATION:
        budget = contents.Budget(sys.maxsize)  # that a computer is slow, or busy, is no damage
        contents.check_attachments(copy, budget)
        contents.check_rows(copy, budget)
    ((revision, began),) = copy.execute(
        "SELECT revision, (SELECT first_revision FROM lineage WHERE branch = doc.branch) FROM doc"
    ).fetchall()
    (name,) = copy.execute("SELECT kind || name FROM office").fetchone() or (None,)
    return _Content(name, revision, revision if began is None else began)


def _set_aside(space: Workspace) -> None:
    """Keep a damaged working copy, for what can be read of it, where no document goes on with it any more.

    Where another program holds it, it stays in its place, and is found damaged once more.
    """
    _log.error("working copy %s is damaged", space.folder.name)
    with contextlib.suppress(sqlite3.Error, OSError, ValueError):  # who reads what is left looks into no log
        if generation.of_file(space.work) == generation.GENERATION:
            connection.fold_log(space.work)
    with contextlib.suppress(OSError):
        space.folder.rename(space.folder.with_name(f"{_DAMAGED}{space.folder.name}"))
    space.leave()


def damaged(uuid: str) -> list[Path]:
    """Working copies of a document that are damaged and set aside, and of which the clerk was not told yet."""
    return [folder / workspace.WORK for folder in sorted(paths.workspaces().glob(f"{_DAMAGED}{uuid}-*/"))]


def was_told(work: Path) -> None:
    """The clerk knows of a damaged working copy: it stays for support, and is not told again."""
    folder = work.parent
    with contextlib.suppress(OSError):
        folder.rename(folder.with_name(folder.name.replace(_DAMAGED, _TOLD, 1)))


def unpublished_work(uuid: str = "") -> list[Unpublished]:
    """What sessions that ended left unpublished, of one document or of all, the latest first.

    Forgets working copies that hold nothing new.
    """
    with contextlib.suppress(OSError):
        _sweep()
    found: list[Unpublished] = []
    for folder in _folders(uuid):
        try:
            found += filter(None, [_looked_at(folder)])
        except (OSError, sqlite3.OperationalError):  # it stays; no reason not to list the rest
            _log.warning("a working copy cannot be looked at", exc_info=True)
    return sorted(found, key=lambda work: work.changed_at, reverse=True)


def _looked_at(folder: Path) -> Unpublished | None:
    try:
        space = workspace.held(folder)
    except BlockingIOError:
        return None  # a living session has it
    if not space.hold.certain:  # or may have it
        space.hold.release(delete=False)
        return None
    with _left_on_error(space):
        broken = _is_broken(space)
        content = _content(space.work)
        if content is not None:
            return _described(space, content, broken=broken)
        if noted(folder):
            _set_aside(space)
        else:  # its session ended while making it
            space.remove()
        return None


def _described(space: Workspace, content: _Content, *, broken: bool) -> Unpublished | None:
    """None when its document lacks nothing of it."""
    meta = read_meta_or_none(space.folder) or _meta_anew(space, content)
    published = meta.base
    if meta.next is not None and _found(Path(meta.path)) == meta.next.sha256:
        published = meta.next
    changes = content.revision - published.revision
    if changes < broken:
        _set_aside(space)
        return None
    if changes == 0 or content.name is None:
        space.remove()
        return None
    changes = content.revision - max(published.revision, 0)
    work = Unpublished(content.name, Path(meta.path), _changed_at(space), changes, space.folder)
    space.leave()
    return work


def _meta_anew(space: Workspace, content: _Content) -> Meta:
    """For lost or spoiled notes: what was changed since the session began may be in no document."""
    path = known_files.path_of(space.uuid) or f"{content.name}{OFFICE_FILE}"
    return Meta(path, Version(MISSING, content.began, ""))


def _sweep() -> None:
    """Delete what could not be deleted before, and what sessions, now long ended, were about to examine."""
    for folder in paths.workspaces().glob(f"{GONE}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for path in paths.workspaces().glob("*.hold"):
        if not path.with_suffix("").is_dir():  # of one that is gone, or just being made: then it is held
            with contextlib.suppress(OSError):
                orphan = Hold(path)
                orphan.release(delete=orphan.certain)
    for path in paths.workspaces().glob(f"*{INCOMING}*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _DAY_SECONDS:
                path.unlink()


def _changed_at(space: Workspace) -> dt.datetime:
    """The last commit wrote either the database or the log beside it."""
    files = space.folder.glob(f"{space.work.name}*")
    return dt.datetime.fromtimestamp(max(file.stat().st_mtime for file in files))


def hold(work: Unpublished) -> Workspace:
    """Take listed work for this session; Locked when another session has it meanwhile."""
    try:
        return workspace.held(work.folder)
    except BlockingIOError as error:
        raise Locked(None) from error


def discard(work: Unpublished) -> None:
    """Delete listed work for good."""
    hold(work).remove()


def _folders(uuid: str = "") -> list[Path]:
    aside = (_DAMAGED, _TOLD, GONE)
    try:
        folders = [folder for folder in paths.workspaces().iterdir() if folder.name.startswith(uuid)]
        return sorted(folder for folder in folders if folder.is_dir() and not folder.name.startswith(aside))
    except OSError:
        return []
