"""Kill a process again and again while it edits and publishes, and see what of its work is left.

Promised: no edit that was acknowledged is lost, no publication that was acknowledged is lost, an edit is there whole or
not at all, and at every moment the document alone is a sound file. `python3 dev.py campaign kill` kills 200 times.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from itadesk.domain.model import FiscalYear, Measure, Office, Status
from itadesk.domain.snapshot import Snapshot
from itadesk.storage import opener, operations
from itadesk.storage.office_file import Edit, OfficeFile

USER = "สมศรี"
MEASURES = 40


def an_id(number: int) -> str:
    return f"{number:032x}"


YEAR = an_id(1)
COUNTERS = (an_id(100), an_id(101))
"""Two measures that every edit numbers alike."""


def an_office() -> Snapshot:
    measures = [
        Measure(id=an_id(100 + n), fiscal_year_id=YEAR, ordinal=n, title="0", steps="ขั้นตอน\n" * 40)
        for n in range(MEASURES)
    ]
    return Snapshot.of([Office(id=an_id(0)), FiscalYear(id=YEAR, office_id=an_id(0), year=2569), *measures])


def number_in(content: Snapshot) -> int:
    """The number of the last edit in `content`; -1 when one is there by half."""
    numbers = {int(content.all(Measure)[counter].title) for counter in COUNTERS}
    return numbers.pop() if len(numbers) == 1 else -1


def numbered(number: int, chance: random.Random) -> Callable[[Edit], None]:
    """Edit `number`: a small or a large one."""

    def operation(edit: Edit) -> None:
        for counter in COUNTERS:
            operations.set_field(edit, Measure, counter, "title", str(number))
        ids = [row.id for row in edit.snapshot.children(Measure, YEAR)]
        match chance.randrange(4):
            case 0:
                operations.set_status(edit, ids, 12, chance.choice(list(Status)))
            case 1:
                operations.add_measure(
                    edit, YEAR, after=ids[1], title="เพิ่ม", steps="ข้อความ" * chance.randrange(5000)
                )
            case 2 if len(ids) > MEASURES:
                operations.delete_measures(edit, ids[2 : len(ids) - MEASURES + 2])
            case _:
                pass

    return operation


def clerk(path: Path) -> None:
    """The process that is killed: edits for ever, publishes without pause, and says what was acknowledged."""
    file = OfficeFile.open(path, user=USER)
    chance = random.Random()

    edited = threading.Event()

    def publish_without_pause() -> None:
        while edited.wait():
            edited.clear()
            number = number_in(file.snapshot)
            file.publish()
            say("published", number)

    threading.Thread(target=publish_without_pause, daemon=True).start()
    number = number_in(file.snapshot)
    while True:
        number += 1
        file.edit(numbered(number, chance))
        say("edited", number)
        edited.set()


def say(what: str, number: int) -> None:
    os.write(1, f"{what} {number}\n".encode())


@dataclass
class Result:
    """What was seen; a promise is broken when `broken` says how."""

    name: str = "kill"
    kills: int = 0
    edits: int = 0
    publications: int = 0
    recovered: int = 0
    half_written: int = 0
    broken: list[str] = field(default_factory=list[str])

    def __str__(self) -> str:
        return (
            f"{self.name}: {self.kills} times; {self.edits} edits and {self.publications} publications acknowledged; "
            f"{self.recovered} times unpublished work came back, {self.half_written} half-written files swept; "
            f"broken promises: {len(self.broken)}"
        )

    def count(self, said: str) -> None:
        """One more clerk was stopped, who had said this."""
        self.kills += 1
        self.edits += said.count("edited")
        self.publications += said.count("published")


def campaign(kills: int, seed: int, folder: Path) -> Result:
    """Kill a clerk `kills` times in one `folder`, whose data folder the environment already names."""
    chance = random.Random(seed)
    path = folder / "แฟ้ม.itadesk"
    OfficeFile.create(path, an_office().rows(), user=USER).close()
    result = Result()
    edited = published = 0
    for _ in range(kills):
        said = killed_after(path, chance.randrange(1, 80))
        result.count(said)
        edited = max([edited, *numbers(said, "edited")])
        published = max([published, *numbers(said, "published")])
        examine(path, published, result)
        publish = chance.random() < 0.5
        edited = reopened(path, edited, result, publish=publish)
        published = edited if publish else published
    return result


def killed_after(path: Path, lines: int) -> str:
    """What a clerk at `path` said, killed when it had said so many lines or a few more."""
    command = [sys.executable, __file__, "--clerk", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        rest, errors = process.communicate()
    assert not errors, errors.decode()
    return b"".join([*said, rest]).decode()


def numbers(said: str, what: str) -> list[int]:
    """The numbers in whole lines that begin with `what`."""
    lines = [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]
    return [int(line[1]) for line in lines if line[0] == what]


def examine(path: Path, published: int, result: Result) -> None:
    """The document by itself, as if copied to a stick at this moment."""
    report = opener.verify(path)
    if report.verdict != opener.Verdict.CLEAN:
        result.broken.append(f"document {report.verdict}: {report.problems}")
        return
    file = OfficeFile.view(path)
    number = number_in(file.snapshot)
    file.close()
    if number < published:
        result.broken.append(f"published {published}, but the document holds {number}")


def reopened(path: Path, edited: int, result: Result, *, publish: bool) -> int:
    """Open the document as the next session does; the number of the edit it then holds."""
    result.half_written += len(list(path.parent.glob("*.tmp")))
    file = OfficeFile.open(path, user=USER)
    result.recovered += file.recovered is not None
    number = number_in(file.snapshot)
    if number < edited:
        result.broken.append(f"edited {edited}, but {number} came back")
    file.close(publish=publish)
    ours = (path.name, "data", "lost+found")
    if beside := [other.name for other in path.parent.iterdir() if other.name not in ours]:
        result.broken.append(f"left beside the document: {beside}")
    return number


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--clerk", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.clerk:
        clerk(chosen.clerk)
    with tempfile.TemporaryDirectory(prefix="itadesk-kill-") as folder:
        os.environ["ITADESK_DATA"] = str(Path(folder, "data"))
        result = campaign(chosen.kills, chosen.seed, Path(folder))
    print(f"{result}; seed {chosen.seed}", *result.broken, sep="\n")
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(main())
