"""What is noted beside a working copy: which document it is of, and what that held when it was last read or written."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_META, _LANDED = "meta.json", "landed"

MISSING = "missing"
"""The hash of a document that is not there. A word, not None: `next` is None when nothing is being written, and None
equal to None once hid a deleted document."""


@dataclass(frozen=True)
class Version:
    """What a document holds: the hash of its bytes, its revision, and when we read or wrote it."""

    sha256: str
    revision: int
    at: str


NOTHING = Version(MISSING, -1, "")
"""Before the first publication of a new document."""


@dataclass(frozen=True)
class Meta:
    """Where the working copy's document is, what it held, and what is just being written to it."""

    path: str
    base: Version
    next: Version | None = None

    def knows(self, sha256: str) -> bool:
        """Whether a document with this hash is what we last read or wrote, or were just writing."""
        return sha256 == self.base.sha256 or (self.next is not None and sha256 == self.next.sha256)

    def version_of(self, sha256: str) -> Version:
        """What a document with this hash holds, one that we know."""
        return self.next if self.next is not None and sha256 == self.next.sha256 else self.base


def note_landed(folder: Path, version: Version) -> None:
    """Note that `next` stands in the document. Without haste: where this is lost, the document tells."""
    (folder / _LANDED).write_text(version.sha256, encoding="ascii")


def read_meta(folder: Path) -> Meta:
    content = json.loads((folder / _META).read_text(encoding="utf-8"))
    path, base, following = str(content["path"]), _version(content["base"]), content["next"]
    if "\0" in path:
        raise ValueError("no path")
    if following is None:
        return Meta(path, base)
    version = _version(following)
    if _landed(folder) == version.sha256:
        return Meta(path, version)
    return Meta(path, base, version)


def _version(said: Any) -> Version:
    """ValueError, OverflowError, KeyError or TypeError when it says no version: the disk may have spoiled it."""
    version = Version(str(said["sha256"]), int(said["revision"]), str(said["at"]))
    if version.sha256 != MISSING:
        dt.datetime.fromisoformat(version.at)
    return version


def _landed(folder: Path) -> str:
    try:
        return (folder / _LANDED).read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def read_meta_or_none(folder: Path) -> Meta | None:
    """None when there is none that can be read, now or ever."""
    try:
        return read_meta(folder)
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        return None
    except (ValueError, OverflowError, KeyError, TypeError, RecursionError):
        return None


def noted(folder: Path) -> bool:
    """Whether anything was noted, be it spoiled: from then on the working copy was edited."""
    return (folder / _META).exists()
