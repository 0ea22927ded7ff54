"""Kill a process again and again while it opens a file of an earlier generation, and see what is left.

Promised: the old file stays as it was, byte by byte, and the next opening brings it up whole.
`python3 dev.py campaign migrate` kills 100 times.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from storage import made_up_past
from storage.office import USER, an_office

from itadesk.domain.model import Evidence, Measure
from itadesk.storage import lock
from itadesk.storage.office_file import OfficeFile


def clerk(path: Path) -> None:
    """The process that is killed: opens the old file, and says when it begins and when it is done."""
    with made_up_past.lived():
        os.write(1, b"begin\n")
        OfficeFile.open(path, user=USER)
        os.write(1, b"done\n")
        time.sleep(60)


@dataclass
class Result:
    """What was seen; a promise is broken when `broken` says how."""

    kills: int = 0
    midway: int = 0
    broken: list[str] = field(default_factory=list[str])

    def __str__(self) -> str:
        return (
            f"migrate: {self.kills} kills, {self.midway} of them before the file was open; "
            f"broken promises: {len(self.broken)}"
        )


def campaign(kills: int, seed: int, folder: Path, measures: int) -> Result:
    """Kill a clerk `kills` times in one `folder`, whose data folder the environment already names."""
    chance = random.Random(seed)
    path = folder / "แฟ้มเก่า.itadesk"
    result = Result()
    with made_up_past.lived():
        OfficeFile.create(path, an_office(measures).rows(), user=USER).close()
        made_up_past.made_then(path, 1)
        whole = path.read_bytes()
        started = time.monotonic()
        sound(path, measures, result)
        duration = time.monotonic() - started
        for _ in range(kills):
            result.midway += not killed_after(path, chance.uniform(0, 0.6 * duration))
            result.kills += 1
            if path.read_bytes() != whole:
                result.broken.append("the old file changed")
            sound(path, measures, result)
    return result


def killed_after(path: Path, seconds: float) -> bool:
    """Whether a clerk had opened the file when it was killed, so long after it began."""
    command = [sys.executable, __file__, "--clerk", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begin\n"
        time.sleep(seconds)
        process.kill()
        said, errors = process.communicate()
    assert not errors, errors.decode()
    return said == b"done\n"


def opened(path: Path) -> OfficeFile:
    try:
        return OfficeFile.open(path, user=USER)
    except lock.Locked as held:
        if held.owner is not None:
            raise
    # Killed between making its lock and signing it: seconds later nobody holds it.
    ago = time.time() - lock.EMPTY_SECONDS
    os.utime(lock.path_of(path), (ago, ago))
    return OfficeFile.open(path, user=USER)


def sound(path: Path, measures: int, result: Result) -> None:
    """Open the old file as the next session does: all there, nothing left beside it."""
    file = opened(path)
    if not file.of_earlier_program or file.altered or len(file.snapshot.all(Measure)) != measures:
        result.broken.append("the old file was not brought up whole")
    if file.snapshot.all(Evidence):
        result.broken.append("evidence that nobody entered")
    file.close()
    if beside := [other.name for other in path.parent.iterdir() if other.name not in (path.name, "data")]:
        result.broken.append(f"left beside the document: {beside}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--clerk", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.clerk:
        clerk(chosen.clerk)
    with tempfile.TemporaryDirectory(prefix="itadesk-migrate-") as folder:
        os.environ["ITADESK_DATA"] = str(Path(folder, "data"))
        result = campaign(chosen.kills, chosen.seed, Path(folder), measures=1000)
    print(f"{result}; seed {chosen.seed}", *result.broken, sep="\n")
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(main())
