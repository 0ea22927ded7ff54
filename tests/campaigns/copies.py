"""Copy a document again and again while it is edited and published without pause: every copy must be a whole file.

`python3 dev.py campaign copies` takes 400 copies.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from campaigns import kill

from itadesk.storage import opener
from itadesk.storage.office_file import OfficeFile


@dataclass
class Result:
    """What was seen; a promise is broken when `broken` says how."""

    copies: int = 0
    different: set[int] = field(default_factory=set[int])
    publications: int = 0
    broken: list[str] = field(default_factory=list[str])

    def __str__(self) -> str:
        return (
            f"copies: {self.copies} copies of {len(self.different)} different states, taken during "
            f"{self.publications} publications; broken promises: {len(self.broken)}"
        )


class _Said:
    """What the clerk has said so far, read in a thread so that its pipe never fills."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.published = 0
        self.publications = 0
        assert process.stdout is not None
        self._lines = process.stdout
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        for line in self._lines:
            if line.startswith(b"published") and line.endswith(b"\n"):
                self.published = int(line.split()[1])
                self.publications += 1


def campaign(copies: int, seed: int, folder: Path) -> Result:
    """Copy a document in `folder` so often; the environment already names the data folder."""
    chance = random.Random(seed)
    path = folder / "แฟ้ม.itadesk"
    OfficeFile.create(path, kill.an_office().rows(), user=kill.USER).close()
    result = Result()
    command = [sys.executable, kill.__file__, "--clerk", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        said = _Said(process)
        while said.publications == 0:
            if process.poll() is not None:
                raise RuntimeError("the clerk ended before it had published anything")
            time.sleep(0.01)
        for _ in range(copies):
            time.sleep(chance.uniform(0, 0.05))
            published = said.published
            copy = Path(shutil.copyfile(path, folder / "สำเนา.copy"))
            examine(copy, published, result)
        process.kill()
        said.thread.join()
        result.publications = said.publications
    return result


def examine(copy: Path, published: int, result: Result) -> None:
    """A copy by itself: whole, and no older than what had been published when it was taken."""
    result.copies += 1
    report = opener.verify(copy)
    if report.verdict != opener.Verdict.CLEAN:
        result.broken.append(f"copy {result.copies} {report.verdict}: {report.problems}")
        return
    file = OfficeFile.view(copy)
    number = kill.number_in(file.snapshot)
    file.close()
    result.different.add(number)
    if number < published:
        result.broken.append(f"published {published}, but the copy holds {number}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=400)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="itadesk-copies-") as folder:
        os.environ["ITADESK_DATA"] = str(Path(folder, "data"))
        result = campaign(chosen.copies, chosen.seed, Path(folder))
    print(f"{result}; seed {chosen.seed}", *result.broken, sep="\n")
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(main())
