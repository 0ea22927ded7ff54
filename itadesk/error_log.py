"""The log of unexpected errors: what happened and where in the program, never to whom nor in what file.

Of an error its kind and the lines of the program are told, not its text, which may quote what was typed; of a message
its own words and numbers, not the names and texts put into it.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from itadesk import paths

LIMIT = 500_000
"""Bytes after which the log goes to `.1`, in the place of the one before."""

_MOST_FRAMES = 40
_MOST_CAUSES = 5
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”|\S*[/\\]\S*|[^\x00-\x7f]+")
"""What another program's message may have from a file: quotations, paths, and all that is not plain English."""

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def start() -> None:
    """From now on what is logged goes to a file of this user; without a word when that cannot be written."""
    path = paths.data() / "log" / "itadesk.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = _Handler(path)
    except OSError:
        return
    handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger("itadesk").setLevel(logging.INFO)


def trace(error: BaseException) -> str:
    """An error without its texts: kinds, and lines of the program from the outermost to the innermost."""
    return "\n".join(_lines(error))


def harmless(text: str) -> str:
    """A message of another program without what it may quote from a file."""
    return _QUOTED.sub("…", text)


def _lines(error: BaseException | None) -> Iterator[str]:
    for _ in range(_MOST_CAUSES):
        if error is None:
            return
        yield from map(_line, _shortened(list(traceback.walk_tb(error.__traceback__))))
        yield _kind(error)
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if cause is not None:
            yield "because of:"
        error = cause


_Frame = tuple[object, int]


def _shortened(frames: list[_Frame]) -> list[_Frame]:
    """Of an endless recursion the two ends."""
    half = _MOST_FRAMES // 2
    return frames if len(frames) <= _MOST_FRAMES else [*frames[:half], *frames[-half:]]


def _line(place: _Frame) -> str:
    frame, number = place
    module = getattr(frame, "f_globals", {}).get("__name__", "?")
    return f"  {module}:{number} {getattr(getattr(frame, 'f_code', None), 'co_qualname', '?')}"


def _kind(error: BaseException) -> str:
    """The class of an error with the number that the system or SQLite gives, which says nothing of a file."""
    kind = type(error)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    number = getattr(error, "sqlite_errorname", None) or getattr(error, "errno", None)
    return name if number is None else f"{name} ({number})"


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told = logging.makeLogRecord(record.__dict__)
        args = record.args if isinstance(record.args, tuple) else ()
        told.args = tuple(arg if isinstance(arg, (int, float)) else "…" for arg in args)
        told.exc_text = None
        return super().format(told)

    def formatException(self, ei: "_ExcInfo | tuple[None, None, None]") -> str:
        return "" if ei[1] is None else trace(ei[1])


class _Handler(logging.FileHandler):
    """A file that begins anew when it is full; a disk that refuses costs the line, not the program."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "a", encoding="utf-8", delay=True)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream is not None and self.stream.tell() > LIMIT:
                self.close()
                path = Path(self.baseFilename)
                path.replace(path.with_suffix(".log.1"))
            super().emit(record)
        except OSError:
            return

    def handleError(self, record: logging.LogRecord) -> None:
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)
