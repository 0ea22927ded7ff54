"""Dated copies of documents on this computer, thinned with age: what to go back to when a document is spoiled."""

import datetime as dt
import logging
import os
import shutil
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from itadesk import paths
from itadesk.storage import generation
from itadesk.storage.workspace import hash_of, sync_file

INTERVAL = dt.timedelta(minutes=10)
"""At most one copy in this time of editing."""

ALL_DAYS, DAILY, WEEKLY, MONTHLY = 2, 7, 4, 12
"""Every copy of two days; then the newest of each of 7 days, 4 weeks and 12 months."""

BUDGET = 500 << 20
FREE_SHARE = 10
"""All copies together: at most BUDGET bytes and a tenth of the disk's free space."""

_WHERE = "document"
_STAMP = "%Y%m%d-%H%M%S-%f"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Backup:
    """One dated copy of the document with `uuid`, made by programs of a `generation`."""

    path: Path
    uuid: str
    at: dt.datetime
    size: int
    generation: int


def backups(uuid: str = "*") -> list[Backup]:
    """The copies of one document, or of all, the oldest first."""
    found = (_backup(path) for path in paths.backups().glob(f"{uuid}/*.itadesk"))
    return sorted((backup for backup in found if backup is not None), key=_order(dt.datetime.now()))


def _order(now: dt.datetime) -> Callable[[Backup], tuple[bool, dt.datetime]]:
    """By age. Copies of the future, made while the clock was wrong, or is now, count as older than all others."""
    return lambda copy: (copy.at <= now, copy.at)


def _backup(path: Path) -> Backup | None:
    try:
        at = dt.datetime.strptime(path.stem, _STAMP)
    except ValueError:
        return None  # put there by hand: not ours to count or delete
    try:
        return Backup(path, path.parent.name, at, path.stat().st_size, generation.of_file(path))
    except FileNotFoundError:
        return None  # thinned out by another session meanwhile


def last_path(uuid: str) -> Path | None:
    """Where the document was when it was last copied; None when that is not known."""
    try:
        return Path(os.fsdecode((paths.backups() / uuid / _WHERE).read_bytes()))
    except FileNotFoundError:
        return None


def keep(document: Path, uuid: str, *, every: dt.timedelta | None = None) -> None:
    """Copy `document`, unless the last copy is the same or younger than `every`; then thin out.

    A copy that cannot be made must not keep the document from being saved: it is only logged.
    """
    try:
        ensure(document, uuid, every=every)
    except Exception:
        _log.warning("no backup of %s", document, exc_info=True)


def ensure(document: Path, uuid: str, *, every: dt.timedelta | None = None) -> None:
    """As `keep`, but OSError when there is no such copy afterwards: before something that cannot be taken back."""
    now = dt.datetime.now()
    if _is_due(document, uuid, now, every or dt.timedelta()):
        _copy(document, paths.backups() / uuid / f"{now:{_STAMP}}.itadesk")
        (paths.backups() / uuid / _WHERE).write_bytes(os.fsencode(document))
        for backup in surplus(backups(), now, _budget()):
            backup.path.unlink(missing_ok=True)


def _is_due(document: Path, uuid: str, now: dt.datetime, every: dt.timedelta) -> bool:
    earlier = backups(uuid)
    if not earlier:
        return True
    lately = now - every < earlier[-1].at <= now
    return not lately and hash_of(earlier[-1].path) != hash_of(document)


def _copy(document: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".tmp")
    try:
        shutil.copyfile(document, temporary)
        sync_file(temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _budget() -> int:
    return min(BUDGET, shutil.disk_usage(paths.backups()).free // FREE_SHARE)


def surplus(copies: Sequence[Backup], now: dt.datetime, budget: int) -> list[Backup]:
    """Those of `copies` to delete: thinned by age, then the oldest beyond `budget` bytes.

    Never a document's newest, nor its newest of an earlier generation: as it was before it was brought up.
    """
    kept: list[Backup] = []
    for line in {_line(copy) for copy in copies}:
        kept += _thinned([copy for copy in copies if _line(copy) == line], now)
    staying = frozenset(_within(sorted(kept, key=_order(now), reverse=True), budget))
    return [copy for copy in copies if copy not in staying]


def _line(copy: Backup) -> Hashable:
    return copy.uuid, copy.generation


def _thinned(copies: Iterable[Backup], now: dt.datetime) -> list[Backup]:
    newest_first = sorted(copies, key=_order(now), reverse=True)
    edge = now - dt.timedelta(days=ALL_DAYS)
    kept = [copy for copy in newest_first if copy.at >= edge]
    older = [copy for copy in newest_first if copy.at < edge]
    for count, period in ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month)):
        newest: dict[Hashable, Backup] = {}
        for copy in older:
            newest.setdefault(period(copy.at), copy)
        chosen = list(newest.values())[:count]
        kept += chosen
        older = [copy for copy in older if chosen and copy.at < chosen[-1].at]
    return kept


def _day(at: dt.datetime) -> Hashable:
    return at.date()


def _week(at: dt.datetime) -> Hashable:
    return at.isocalendar()[:2]


def _month(at: dt.datetime) -> Hashable:
    return at.year, at.month


def _within(newest_first: Iterable[Backup], budget: int) -> list[Backup]:
    kept: list[Backup] = []
    lines: set[Hashable] = set()
    for copy in newest_first:
        budget -= copy.size
        if budget >= 0 or _line(copy) not in lines:
            kept.append(copy)
        lines.add(_line(copy))
    return kept
