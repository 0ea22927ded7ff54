"""Who has a document open: a file `.~lock.NAME#` beside it, for people and programs on other machines.

The lock is advice: a publish compares the document with what it last wrote as well. On one machine the operating system
says whether the holder is alive; of another machine the file's age tells, for the holder touches it every minute.
"""

import contextlib
import datetime as dt
import hashlib
import json
import logging
import os
import platform
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from itadesk.domain.model import new_id
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import faults

_log = logging.getLogger(__name__)

BEAT_SECONDS = 60
STALE_SECONDS = 180
"""Three beats missed: the other machine crashed, sleeps or lost the network."""

EMPTY_SECONDS = 5
"""A process killed between making and filling the lock leaves it empty; one that lives fills it at once."""

_LONGEST_NAME = 230
"""Bytes; disks take 255, and a Thai letter is three."""

_FAR = 1 << 30
"""The locked byte on Windows, beyond the content, which must stay readable."""


@dataclass(frozen=True)
class Owner:
    """Who holds a lock; `token` tells two sessions of one user apart."""

    user: str
    machine: str
    since: str
    token: str


class Locked(UserError):
    """Somebody has the document open; `owner` is None when the lock does not say who."""

    def __init__(self, owner: Owner | None) -> None:
        advice = _("You can look at it read-only, or work on a copy.")
        if owner is not None and owner.machine == platform.node():
            advice = _(
                "Please go to that window. Besides it you can look at the file read-only, or work on a copy."
            )
        super().__init__(_locked_by(owner), advice)
        self.owner = owner


def _locked_by(owner: Owner | None) -> str:
    if owner is None:
        return _("This file is being opened by somebody else.")
    since = dt.datetime.fromisoformat(owner.since)
    when = f"{since:%H:%M}" if since.date() == dt.date.today() else f"{since:%d/%m %H:%M}"
    if owner.machine == platform.node():
        text = _("This file has been open in another window on this computer since {time} ({user}).")
    else:
        text = _("{user} ({machine}) has had this file open since {time}.")
    return text.format(user=owner.user, machine=owner.machine, time=when)


class NotWritable(UserError):
    """No lock can be made beside the document: its folder is read-only."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Nothing can be written in the folder {folder}.").format(folder=folder),
            _("Please save the file in another place."),
        )


class Hold:
    """An open file with the operating system's lock on it, which ends with the process that holds it.

    `certain`: the disk knows locks, so nobody else on this machine has it.
    """

    def __init__(self, path: Path) -> None:
        """Open `path`, made when missing, and lock it; BlockingIOError when another session has it."""
        self.path = path
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        try:
            self.certain = _lock(self._descriptor)
            if not self._is_at_path():  # its former holder deleted it between our opening and locking
                raise BlockingIOError(path)
        except BaseException:
            os.close(self._descriptor)
            raise

    def _is_at_path(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self._descriptor), self.path.stat())
        except FileNotFoundError:
            return False

    def write(self, text: str) -> None:
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, text.encode())
        os.fsync(self._descriptor)

    def touch(self) -> None:
        os.utime(self.path)

    def release(self, *, delete: bool) -> None:
        """Let go. Deleted while still locked, lest another session's fresh lock go with it; Windows cannot do that.

        A file that cannot be deleted stays, held by nobody.
        """
        with contextlib.suppress(OSError):
            if delete and sys.platform != "win32" and self._is_at_path():
                self.path.unlink(missing_ok=True)
        os.close(self._descriptor)
        with contextlib.suppress(OSError):
            if delete and sys.platform == "win32":
                self.path.unlink(missing_ok=True)


def _lock(descriptor: int) -> bool:
    """BlockingIOError when another session holds it; False on disks that know no locks, as some shares."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error
    else:
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise
        except OSError:
            return False
    return True


class DocumentLock:
    """This session's lock on one document, beating from its acquisition to its release."""

    def __init__(self, document: Path, user: str) -> None:
        """Take the lock; Locked when a living session has it, NotWritable when the folder allows no file."""
        self.path = path_of(document)
        self.owner = Owner(user, platform.node(), dt.datetime.now().isoformat(timespec="seconds"), new_id())
        self._hold = self._taken()
        self._released = threading.Event()
        self._heart = threading.Thread(target=self._beat, name="lock", daemon=True)
        self._heart.start()

    def _taken(self) -> Hold:
        before = owner_in(self.path)
        existed = self.path.exists()
        try:
            hold = Hold(self.path)
        except BlockingIOError:
            raise Locked(before) from None
        except OSError as error:
            raise self._refusal(error) from error
        try:
            if existed:
                if _alive(self.path, self.owner.machine if hold.certain else ""):
                    raise Locked(before)
                _log.info("a lock that its session left behind was taken over")
            self._sign(hold)
        except OSError as error:
            hold.release(delete=not existed)
            raise self._refusal(error) from error
        except Locked:
            hold.release(delete=False)
            raise
        return hold

    def _refusal(self, error: OSError) -> UserError:
        full = error.errno in faults.FULL
        return faults.not_written(self.path, error) if full else NotWritable(self.path.parent)

    def _sign(self, hold: Hold) -> None:
        """Say whose the lock is. A full disk gives a file, but no room in it: held all the same, signed later."""
        try:
            hold.write(json.dumps(asdict(self.owner), ensure_ascii=False))
        except OSError as error:
            if error.errno not in faults.FULL:
                raise

    def _beat(self) -> None:
        while not self._released.wait(BEAT_SECONDS):
            # Not when another session took it over while this machine slept, nor (OSError) while the stick is out.
            if owner_in(self.path) in (None, self.owner):
                with contextlib.suppress(OSError):
                    self._hold.touch()

    def confirm(self) -> None:
        """Locked when another session took this lock over, as it may while this machine sleeps."""
        owner = owner_in(self.path)
        if owner is not None and owner.token != self.owner.token:
            raise Locked(owner)
        if owner is None:
            with contextlib.suppress(OSError):
                self._sign(self._hold)

    def close(self) -> None:
        """Let go; a lock that another session took over stays."""
        self._released.set()
        self._heart.join()
        owner = owner_in(self.path)
        with contextlib.suppress(OSError):
            self._hold.release(delete=owner is None or owner.token == self.owner.token)


def path_of(document: Path) -> Path:
    """Where the lock of `document` stands."""
    return document.with_name(f".~lock.{name_beside(document)}#")


def name_beside(document: Path) -> str:
    """The document's name within names of files beside it; a stand-in when those would be too long for the disk."""
    name = os.fsencode(document.name)  # not every name on a disk is UTF-8
    return document.name if len(name) <= _LONGEST_NAME else hashlib.sha256(name).hexdigest()[:16]


def owner_in(path: Path) -> Owner | None:
    """What a lock file says; None when there is none or it says nothing yet."""
    try:
        owner = Owner(**json.loads(path.read_text(encoding="utf-8")))
        dt.datetime.fromisoformat(owner.since)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    return replace(owner, user=str(owner.user), machine=str(owner.machine))


def _alive(path: Path, machine: str) -> bool:
    """Whether the lock at `path` has a living holder; none on `machine`, where the operating system lets us lock it."""
    owner = owner_in(path)
    if owner is None:
        return age(path) < EMPTY_SECONDS
    return owner.machine != machine and age(path) < STALE_SECONDS and _watched(path) < STALE_SECONDS


_seen: dict[Path, tuple[int, float]] = {}
"""When a lock had been touched last, and since when this process knows it so."""


def _watched(path: Path) -> float:
    """Seconds in which we know a lock to be untouched: the other computer's clock may be hours ahead, its beats too."""
    touched, now = path.stat().st_mtime_ns, time.monotonic()
    known = _seen.get(path, (0, now))
    _seen[path] = known if known[0] == touched else (touched, now)
    return now - _seen[path][1]


def age(path: Path) -> float:
    """Seconds since the lock was touched, by the clock of the disk it is on: a share's clock may differ from ours."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".~clock.") as probe:
        return os.fstat(probe.fileno()).st_mtime - path.stat().st_mtime
