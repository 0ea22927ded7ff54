"""Which of two versions of a document came first: by the history they carry, never by dates.

A branch is one life of a working copy, numbered by revisions. A document carries every branch it descends from with
the first and last revision of each; a copy, a restored backup and every opening begin a branch from where they came.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto


@dataclass(frozen=True)
class Version:
    """One state of a document: revision `revision` of the branch `branch`."""

    branch: str
    revision: int


@dataclass(frozen=True)
class Stretch:
    """The revisions of one branch, both ends included, that a document went through."""

    branch: str
    first: int
    last: int

    def holds(self, version: Version) -> bool:
        return self.branch == version.branch and self.first <= version.revision <= self.last


class Relation(Enum):
    """How an incoming version stands to the one at hand."""

    SAME = auto()
    NEWER = auto()
    OLDER = auto()
    FORK = auto()
    """Both were changed since they parted."""


@dataclass(frozen=True)
class Past:
    """A version and every one before it."""

    version: Version
    stretches: tuple[Stretch, ...]

    @classmethod
    def of(cls, version: Version, stretches: Iterable[Stretch]) -> "Past":
        return cls(version, tuple(stretches))

    def holds(self, version: Version) -> bool:
        return any(stretch.holds(version) for stretch in self.stretches)


def relation(ours: Past, theirs: Past) -> Relation:
    """How `theirs`, which comes in, stands to `ours`."""
    if ours.version == theirs.version:
        return Relation.SAME
    if theirs.holds(ours.version):
        return Relation.NEWER
    if ours.holds(theirs.version):
        return Relation.OLDER
    return Relation.FORK
