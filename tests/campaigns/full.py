"""Let the disk be full at every step of what a clerk does, and see that nothing is lost and nothing half done.

On a real small disk, each time with a little more room, from none to enough: so every single write is refused once.
And with every call of the program to the system refused once, as a disk does that fails in other ways.
`python3 dev.py campaign full` goes through all of it; the small disk needs root on Linux.
"""

import argparse
import contextlib
import errno
import itertools
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from campaigns import kill
from campaigns.power import Impossible, run

from itadesk.domain.model import Measure
from itadesk.domain.snapshot import Snapshot
from itadesk.errors import UserError
from itadesk.storage import lock, opener, operations, publish
from itadesk.storage.office_file import OfficeFile

KILOBYTES = 12288
"""The log of the working copy alone grows to four megabytes."""

PAGE = 4096
CALLS = (
    *((os, name) for name in ("fsync", "replace", "open", "write", "mkdir")),
    (Path, "open"),
    (shutil, "copyfile"),
    (sqlite3, "connect"),
)
FAULTS = (
    OSError(errno.ENOSPC, "full"),
    PermissionError(errno.EACCES, "forbidden"),
    OSError(errno.EIO, "unplugged"),
)


@dataclass
class Result:
    """What was seen; a promise is broken when `broken` says how."""

    refused: dict[str, int] = field(default_factory=dict[str, int])
    done: dict[str, int] = field(default_factory=dict[str, int])
    broken: list[str] = field(default_factory=list[str])

    def __str__(self) -> str:
        told = ", ".join(f"{name} {count}" for name, count in self.refused.items())
        return (
            f"full: refused {sum(self.refused.values())} times ({told}); broken promises: {len(self.broken)}"
        )


class Clerk:
    """A document with one session, on one disk, and what may be done to it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "แฟ้ม.itadesk"
        self.others = (folder / "ที่อื่น.itadesk", folder / "สำเนา.itadesk")
        OfficeFile.create(self.path, kill.an_office().rows(), user=kill.USER).close()
        self.file = OfficeFile.open(self.path, user=kill.USER)
        self._numbers = itertools.count(1)

    def acts(self) -> dict[str, Callable[[], object]]:
        return {
            "edit": self.edit,
            "publish": self.file.publish,
            "backup": self.file.back_up,
            "copy": lambda: self.file.save_copy(self.others[1]),
            "save as": self.save_as,
            "reopen": self.reopen,
        }

    def edit(self) -> None:
        """A long text, whose pages are new each time."""
        text = str(next(self._numbers)) * 20_000
        self.file.edit(lambda edit: operations.set_field(edit, Measure, kill.an_id(105), "steps", text))

    def save_as(self) -> None:
        """To the other place, from wherever the work is."""
        there = next(path for path in (self.path, self.others[0]) if path != self.file.path)
        self.file.save_as(there)

    def reopen(self) -> None:
        """A session that ends without publishing, and the next one."""
        self.file.close(publish=False)
        self.file = OfficeFile.open(self.file.path, user=kill.USER)

    def again(self) -> None:
        """The same when nothing is in the way, whatever became of the last try."""
        self.file.close(publish=False)
        self.file = OfficeFile.open(self.file.path, user=kill.USER)


def prepared(clerk: Clerk, name: str) -> None:
    """What makes an act have something to do."""
    number = next(clerk._numbers)
    if name != "edit":
        clerk.file.edit(
            lambda edit: operations.set_field(edit, Measure, kill.an_id(106), "title", f"ก่อน {number}")
        )


def attempt(clerk: Clerk, name: str, result: Result, where: str) -> bool:
    """Do one act on a disk that may refuse; whether it was done. Nothing else than a refusal may come of it."""
    try:
        clerk.acts()[name]()
    except UserError:
        result.refused[name] = result.refused.get(name, 0) + 1
        return False
    except Exception as error:
        result.broken.append(f"{name}, {where}: {type(error).__name__}: {error}")
        return False
    result.done[name] = result.done.get(name, 0) + 1
    return True


def on_disk(path: Path) -> Snapshot | None:
    """What the document says by itself; None when it is not clean."""
    if opener.verify(path).verdict != opener.Verdict.CLEAN:
        return None
    file = OfficeFile.view(path)
    file.close()
    return file.snapshot


def look(clerk: Clerk, name: str, before: Snapshot, result: Result, where: str) -> None:
    """The session and the document after an act: each one state or the other, none lost, nothing left lying about."""
    here = f"{name}, {where}"
    if name != "edit" and clerk.file.snapshot != before:
        result.broken.append(f"{here}: the session lost an edit")
    for path in (clerk.path, *clerk.others):
        if path.exists() and on_disk(path) is None:
            result.broken.append(f"{here}: {path.name} is not whole")
    known = {path.name for path in (clerk.path, *clerk.others)}
    known |= {lock.path_of(clerk.file.path).name, "data", "ballast"}
    if left := [other.name for other in clerk.path.parent.iterdir() if other.name not in known]:
        result.broken.append(f"{here}: left behind {left}")


def settle(clerk: Clerk, name: str, result: Result, where: str) -> None:
    """With room again everything works, and the document says what the session says."""
    try:
        clerk.file.publish()
    except Exception as error:
        result.broken.append(f"{name}, {where}: afterwards {type(error).__name__}: {error}")
        return
    if on_disk(clerk.file.path) != clerk.file.snapshot:
        result.broken.append(f"{name}, {where}: the document lacks edits")


@contextlib.contextmanager
def room(folder: Path, left: int) -> Iterator[None]:
    """So many bytes of room on the disk."""
    ballast = folder / "ballast"
    free = shutil.disk_usage(folder).free
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        os.posix_fallocate(file.fileno(), 0, max(free - left, PAGE))
    try:
        yield
    finally:
        ballast.unlink(missing_ok=True)


def small_disk(folder: Path, step: int, result: Result) -> None:
    """Every act with more and more room, until it is done."""
    clerk = Clerk(folder)
    for name in clerk.acts():
        for left in range(0, KILOBYTES << 10, step):
            prepared(clerk, name)
            before, where = clerk.file.snapshot, f"{left} bytes left"
            with room(folder, left):
                done = attempt(clerk, name, result, where)
            if name == "reopen":
                done = done and not clerk.file.read_only
                clerk.again()
            look(clerk, name, before, result, where)
            settle(clerk, name, result, where)
            if done:
                break
        else:
            result.broken.append(f"{name}: not done with {KILOBYTES} kilobytes of room")
    clerk.file.close()


def reads(_path: object = None, mode: object = "", *_args: object, **_more: object) -> bool:
    """Whether a call opens a file for reading only, which no full disk refuses."""
    return mode in ("r", "rb")


@contextlib.contextmanager
def refusing(number: int, fault: OSError) -> Iterator[list[bool]]:
    """Let the system refuse the `number`th of the program's calls; the list then says that it did."""
    hit: list[bool] = []
    left = itertools.count(number, -1)

    def refusing_one(call: Callable[..., Any]) -> Callable[..., Any]:
        def refuse(*args: Any, **kwargs: Any) -> Any:
            if not reads(*args, **kwargs) and next(left) == 0:
                hit.append(True)
                raise type(fault)(*fault.args)
            return call(*args, **kwargs)

        return refuse

    before = [(module, name, getattr(module, name)) for module, name in CALLS]
    for module, name, call in before:
        setattr(module, name, refusing_one(call))
    try:
        yield hit
    finally:
        for module, name, call in before:
            setattr(module, name, call)


def every_call(folder: Path, result: Result, faults: Sequence[OSError]) -> None:
    """Every act with each of its calls to the system refused, in each of these ways."""
    clerk = Clerk(folder)
    for fault in faults:
        for name in clerk.acts():
            for number in itertools.count():
                prepared(clerk, name)
                before, where = clerk.file.snapshot, f"call {number} refused as {fault}"
                with refusing(number, fault) as hit:
                    attempt(clerk, name, result, where)
                if name == "reopen":
                    clerk.again()
                look(clerk, name, before, result, where)
                settle(clerk, name, result, where)
                if not hit:
                    break
    clerk.file.close()


def campaign(folder: Path, step: int, faults: Sequence[OSError] = FAULTS) -> tuple[Result, str]:
    """Both ways; the second value says why the small disk was left out, if it was."""
    result = Result()
    publish.WAITS = tuple(0 for _ in publish.WAITS)  # what is refused is tried again at once
    calls = folder / "calls"
    calls.mkdir()
    os.environ["ITADESK_DATA"] = str(calls / "data")
    every_call(calls, result, faults)
    small = folder / "small"
    small.mkdir()
    os.environ["ITADESK_DATA"] = str(small / "data")
    try:
        run("mount", "-t", "tmpfs", "-o", f"size={KILOBYTES}k", "tmpfs", small)
    except (Impossible, FileNotFoundError) as reason:
        return result, f"the small disk was left out: {reason}"
    try:
        small_disk(small, step, result)
    finally:
        subprocess.run(["umount", "--lazy", small], check=True)
    return result, ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=4 * PAGE, help="bytes of room added each time")
    chosen = parser.parse_args()
    logging.disable()  # a backup that cannot be made is only logged
    with tempfile.TemporaryDirectory(prefix="itadesk-full-") as folder:
        result, remark = campaign(Path(folder), chosen.step)
    print(result, *filter(None, [remark]), *result.broken, sep="\n")
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(main())
