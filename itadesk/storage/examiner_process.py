"""The process that examines files of unknown origin: should one of them break it, nothing else breaks.

It answers one line of JSON a request, in the order they come; in between it tells how much it has copied. It ends when
nobody asks any more, and is killed when it does not answer.
"""

import contextlib
import json
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, TextIO

from itadesk import i18n
from itadesk.errors import UserError
from itadesk.storage import faults, opener

IDLE_SECONDS = 20
"""For so long it waits for another file: reading a batch or a backup after another starts it once."""

_HEAP = 400 << 20
_MEMORY = 1 << 30
_TELL_SECONDS = 0.1

KINDS: dict[str, type[UserError]] = {
    kind.__name__: kind
    for kind in (
        opener.Missing, opener.Foreign, opener.Newer, opener.Older, opener.Damaged, opener.Rejected,
        faults.NotWritten, UserError,
    )
}  # fmt: skip
"""What an examination may end with, by its name on the line."""


def serve() -> int:
    """Answer requests from the standard input until it ends."""
    _bound()
    answers = os.fdopen(os.dup(1), "w", encoding="ascii", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing but answers goes there, whatever a library prints
    answers.write(json.dumps({"ready": True}) + "\n")
    with open(0, "rb", buffering=0, closefd=False) as requests:
        for line in _while_asked(iter(requests.readline, b"")):
            answers.write(json.dumps(_answer(json.loads(line), answers)) + "\n")
    return 0


def _while_asked(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Each request; the process ends when none has come for a while."""
    while True:
        with _ending():
            line = next(lines, None)
        if line is None:
            return
        yield line


@contextlib.contextmanager
def _ending() -> Generator[None]:
    timer = threading.Timer(IDLE_SECONDS, os._exit, [0])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _bound() -> None:
    """This process alone may be held so short: the limits cannot be taken back."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA hard_heap_limit = {_HEAP}")
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _answer(request: dict[str, Any], answers: TextIO) -> dict[str, Any]:
    i18n.install(request["language"])
    told = 0.0

    def watch(copied: int, size: int) -> None:
        nonlocal told
        if copied >= size or time.monotonic() - told > _TELL_SECONDS:
            told = time.monotonic()
            answers.write(json.dumps({"copied": copied, "size": size}) + "\n")

    try:
        path, copy = Path(request["path"]), Path(request["copy"])
        examined = opener.examine(path, copy, watch, newer_too=request["newer_too"])
    except UserError as error:
        reason = error.reason if isinstance(error, opener.Refused) else ""
        return {
            "refused": type(error).__name__,
            "message": error.message,
            "advice": error.advice,
            "reason": reason,
        }
    said = examined.seal, examined.sha256, examined.alterations, examined.remarks, examined.generation
    return {"examined": said}
