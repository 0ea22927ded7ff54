"""Examining files of unknown origin in another process, which may die or be killed without harm.

One such process serves all, one file after another; it is started when the first comes and ends by itself when no more
do. It tells what it found in a few words only: the rows are read from the examined copy, by whoever wants them.
"""

import atexit
import contextlib
import json
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import itadesk
from itadesk import i18n
from itadesk.errors import UserError
from itadesk.i18n import _
from itadesk.storage import contents, faults, opener
from itadesk.storage.examiner_process import KINDS
from itadesk.storage.opener import Examined, Report, Watch

VERB = "--examiner"
"""The word by which the program, started once more, becomes the other process; __main__ knows it."""

SILENCE = 60.0
"""Seconds without a byte after which a drive is taken for gone."""

PATIENCE = 4
"""So many times its CPU time an examination may take, on a busy computer."""

_STEP = 0.05
_log = logging.getLogger(__name__)


class Silent(UserError):
    """The drive does not answer."""


def examine(path: Path, private: Path, watch: Watch | None = None, *, newer_too: bool = False) -> Examined:
    """As opener.examine, in the other process. `watch` is asked often; what it raises gives the file up.

    The process may have ended because it had nothing to do; when it dies twice, the file is to blame. Where no process
    can be started this one does the work.
    """
    with _turn(watch):
        try:
            return _examine(path, private, watch, newer_too)
        except _NotStarted as refusal:
            _log.warning("no process to examine files in: %s", refusal)
            return opener.examine(path, private, watch or opener.unwatched, newer_too=newer_too)


def _examine(path: Path, private: Path, watch: Watch | None, newer_too: bool) -> Examined:
    request = {"path": str(path), "copy": str(private), "language": i18n.language(), "newer_too": newer_too}
    with contextlib.suppress(_Died):
        return _process().examine(path, request, watch)
    try:
        return _process().examine(path, request, watch)
    except _Died as death:
        raise opener.damaged(path, f"the examination broke off: {death}") from death


@contextlib.contextmanager
def _turn(watch: Watch | None) -> Generator[None]:
    """One file at a time; who waits for another to end may give up as well."""
    while not _lock.acquire(timeout=_STEP):
        if watch is not None:
            watch(0, 0)
    try:
        yield
    finally:
        _lock.release()


def verify(path: Path, watch: Watch | None = None) -> Report:
    """As opener.verify, in the other process."""
    with _private() as private:
        try:
            return opener.found(examine(path, private, watch))
        except opener.Refused as refusal:
            return opener.refused(refusal)


@dataclass(frozen=True)
class Result:
    """One file of a batch: what it is, or why it cannot be read at all.

    `copy` is where to read it from, until the next result is asked for; None when it must not be read.
    """

    path: Path
    report: Report | None = None
    trouble: UserError | None = None
    examined: Examined | None = None
    copy: Path | None = None


def examine_all(files: Iterable[Path], watch: Watch | None = None) -> Iterator[Result]:
    """Examine files one after another; one that cannot be read, or that kills the process, only tells so."""
    for path in files:
        with _private() as private:
            yield _result(path, private, watch)


def _result(path: Path, private: Path, watch: Watch | None) -> Result:
    try:
        examined = examine(path, private, watch)
    except opener.Refused as refusal:
        return Result(path, report=opener.refused(refusal))
    except UserError as trouble:
        return Result(path, trouble=trouble)
    return Result(path, opener.found(examined), None, examined, private)


@contextlib.contextmanager
def _private() -> Generator[Path]:
    with faults.temporary_folder() as folder:
        yield folder / "copy.sqlite"


class _Died(Exception):
    """The process ended before it answered."""


class _NotStarted(Exception):
    """The system, or a guard against viruses, does not let it begin."""


class _Process:
    """The other process, and a thread that reads what it says: no system lets us wait for a pipe and a clock alike."""

    def __init__(self) -> None:
        hidden = subprocess.CREATE_NO_WINDOW if sys.platform == "win32" else 0
        try:
            self._popen = subprocess.Popen(
                _command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": str(Path(itadesk.__file__).parents[1])},
                creationflags=hidden,
            )
        except OSError as error:
            raise _NotStarted(str(error)) from error
        self._ready = False
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._popen.stdout is not None
        with self._popen.stdout as stdout:
            for line in iter(stdout.readline, b""):
                self._lines.put(line)
        self._lines.put(b"")

    def alive(self) -> bool:
        return self._popen.poll() is None

    def end(self) -> None:
        self._popen.kill()
        assert self._popen.stdin is not None
        with contextlib.suppress(OSError):
            self._popen.stdin.close()
        self._popen.wait()

    def examine(self, path: Path, request: dict[str, Any], watch: Watch | None) -> Examined:
        """What the process finds; whatever else ends this than its answer ends the process, still at work, too."""
        try:
            self._ask(request)
            answer = self._answer(path, watch)
        except (ValueError, LookupError, TypeError) as error:  # it does not speak as we do any more
            self.end()
            raise _Died(repr(error)) from error
        except BaseException:
            self.end()
            raise
        return _outcome(answer)

    def _ask(self, request: dict[str, Any]) -> None:
        assert self._popen.stdin is not None
        try:
            self._popen.stdin.write(json.dumps(request).encode() + b"\n")
            self._popen.stdin.flush()
        except OSError as error:
            if not self._ready:  # its last words tell whether it had begun
                return
            raise _Died(str(error)) from error

    def _answer(self, path: Path, watch: Watch | None) -> dict[str, Any]:
        copied = size = 0
        until = time.monotonic() + SILENCE
        while True:
            if watch is not None:
                watch(copied, size)
            try:
                line = self._lines.get(timeout=_STEP)
            except queue.Empty:
                if time.monotonic() > until:
                    raise _too_slow(path, copied, size) from None
                continue
            if not line:
                raise (_Died if self._ready else _NotStarted)(f"exit code {self._popen.wait()}")
            answer: dict[str, Any] = json.loads(line)
            if "ready" in answer:
                self._ready = True
                continue
            if "copied" not in answer:
                return answer
            copied, size = answer["copied"], answer["size"]
            until = time.monotonic() + (SILENCE if copied < size else PATIENCE * contents.seconds(size))


def _command() -> list[str]:
    # -P: a folder full of files that somebody sent is no place to load modules from.
    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-P", "-m", "itadesk"]
    return [*start, VERB]


def _too_slow(path: Path, copied: int, size: int) -> UserError:
    if size and copied >= size:
        return opener.rejected(path, "takes too long to examine")
    return Silent(
        _("The drive with {name} does not answer.").format(name=path.name),
        _("Please plug the drive in again or check the network, then try once more."),
    )


def _outcome(answer: dict[str, Any]) -> Examined:
    if "examined" in answer:
        seal, sha256, alterations, remarks, made_by = answer["examined"]
        return Examined(seal, sha256, tuple(alterations), tuple(remarks), made_by)
    kind = KINDS[answer["refused"]]
    if issubclass(kind, opener.Refused):
        raise kind(answer["message"], answer["advice"], answer["reason"])
    raise kind(answer["message"], answer["advice"])


_lock = threading.Lock()
_running: list[_Process] = []
"""The process, if there is one; several threads may want something examined."""


def _process() -> _Process:
    if _running and not _running[0].alive():
        end()
    if not _running:
        _running.append(_Process())
    return _running[0]


def end() -> None:
    """End the other process now."""
    while _running:
        _running.pop().end()


atexit.register(end)
