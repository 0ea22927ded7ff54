"""Cut the power again and again while a clerk edits and publishes, and see what of the work is on the disk.

Working copies and document stand on a disk of their own, an image mounted through a loop device. At a random moment the
clerk is stopped and the image copied: what the file system had not yet put on the disk is not in it. The copy is then
mounted in its place, as the computer would find the disk when it is switched on again. Promised: the same as when the
program is killed, no acknowledged edit or publication lost, every document whole.
`python3 dev.py campaign power` cuts 100 times; it needs root on Linux.
"""

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from campaigns import kill
from campaigns.kill import Result

from itadesk.storage.office_file import OfficeFile

MEGABYTES = 48
TRIES = 50


class Impossible(Exception):
    """No disk can be mounted here; the text says why."""


def run(*words: str | Path) -> str:
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        raise Impossible(f"{words[0]}: {done.stderr.strip()}")
    return done.stdout


def check() -> None:
    """Impossible when power cannot be cut here."""
    if sys.platform != "linux" or os.geteuid() != 0:
        raise Impossible("mounting a disk needs root on Linux")
    for program in ("mkfs.ext4", "losetup", "mount", "umount"):
        if shutil.which(program) is None:
            raise Impossible(f"{program} is not installed")


class Disk:
    """An image mounted at `place`."""

    def __init__(self, folder: Path) -> None:
        self.image = folder / "disk"
        self.place = folder / "mounted"
        self.place.mkdir()
        with self.image.open("wb") as file:
            file.truncate(MEGABYTES << 20)
        # At once, or the kernel goes on writing for a while by itself.
        run("mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,lazy_journal_init=0", self.image)

    @contextlib.contextmanager
    def mounted(self) -> Iterator[None]:
        """The disk, switched on."""
        run("mount", "-o", "loop", self.image, self.place)
        try:
            yield
        finally:
            run("umount", self.place)

    def _writes(self) -> str:
        """How often the device has been written to, as the kernel counts."""
        device = run("losetup", "--noheadings", "--output", "NAME", "--associated", self.image).strip()
        return Path("/sys/block", Path(device).name, "stat").read_text().split()[4]

    def copied(self) -> Path:
        """The image as it is at one moment: copied anew when anything was written meanwhile."""
        copy = self.image.with_name("copy")
        for _ in range(TRIES):
            before = self._writes()
            run("cp", "--sparse=always", self.image, copy)
            if self._writes() == before:
                return copy
            time.sleep(0.02)
        raise RuntimeError("the disk never rests")


def campaign(cuts: int, seed: int, folder: Path) -> Result:
    """Cut the power `cuts` times."""
    check()
    chance = random.Random(seed)
    disk = Disk(folder)
    path = disk.place / "แฟ้ม.itadesk"
    os.environ["ITADESK_DATA"] = str(disk.place / "data")
    result = Result("power")
    edited = published = 0
    with disk.mounted():
        OfficeFile.create(path, kill.an_office().rows(), user=kill.USER).close()
    for _ in range(cuts):
        with disk.mounted():
            said, copy = cut_after(disk, path, chance.uniform(0.05, 0.6))
        copy.replace(disk.image)
        with disk.mounted():
            result.count(said)
            edited = max([edited, *kill.numbers(said, "edited")])
            published = max([published, *kill.numbers(said, "published")])
            kill.examine(path, published, result)
            publish = chance.random() < 0.5
            edited = kill.reopened(path, edited, result, publish=publish)
            published = edited if publish else published
    return result


def cut_after(disk: Disk, path: Path, seconds: float) -> tuple[str, Path]:
    """What a clerk at `path` said in so many seconds, and the disk as it was then."""
    command = [sys.executable, kill.__file__, "--clerk", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        os.set_blocking(process.stdout.fileno(), False)
        rest = process.stdout.read() or b""
        try:
            copy = disk.copied()
        finally:
            process.kill()
            os.set_blocking(process.stdout.fileno(), True)
            _more, errors = process.communicate()
    assert not errors, errors.decode()
    return (first + rest).decode(), copy


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="itadesk-power-") as folder:
        try:
            result = campaign(chosen.cuts, chosen.seed, Path(folder))
        except Impossible as reason:
            print(f"power: skipped, {reason}")
            return 0
    print(f"{result}; seed {chosen.seed}", *result.broken, sep="\n")
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(main())
