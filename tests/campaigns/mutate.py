"""Spoil and craft thousands of files and open each: no crash, no hang, nothing altered taken for whole, and back again.

Promised: whatever a file holds, the program lives and answers within seconds; a file that passes says exactly what was
saved, one that is whole passes; nothing is written beside it; what is salvaged is a valid file.
`python3 dev.py campaign mutate` makes 5,000 of them; `--seed` repeats a run that found something.
"""

import argparse
import os
import random
import resource
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from storage.crafted import crafted
from storage.mutations import MUTATIONS
from storage.spoiling import Judge, Judged, originals

from itadesk.storage.opener import Verdict

SALVAGE_EVERY = 3
"""Of the files, so many each one that is not whole is salvaged."""


def campaign(count: int, seed: int, folder: Path, *, heavy: bool = True) -> Judged:
    """Judge `count` files in a new `folder`, the crafted ones among them; its data folder is in the environment.

    Without the `heavy` ones, which take seconds to make.
    """
    chance = random.Random(seed)
    place = folder / "ที่รับแฟ้ม"
    place.mkdir()
    sound, expected = originals(folder)
    judge = Judge(place, expected, salvage_every=SALVAGE_EVERY if heavy else 2 * SALVAGE_EVERY)
    path = place / "รับมา.itadesk"
    cases = [case for case in crafted() if heavy or not case.heavy]
    for case in cases:
        path.write_bytes(sound.this)
        case.make(path)
        _without_companions(path)
        judge.judge(f"crafted: {case.name}", path, case.verdicts)
        path.unlink()
    kinds = list(MUTATIONS.items())
    for number in range(max(count - len(cases), 0)):
        kind, mutation = kinds[number % len(kinds)]
        path.write_bytes(mutation(chance, sound))
        judge.judge(kind, path)
        path.unlink()
        if number % 100 == 99:
            print(f"\r{judge.result.files} files", end="", flush=True)
    return judge.end()


def _without_companions(path: Path) -> None:
    for companion in path.parent.glob(f"{path.name}-*"):
        companion.unlink()


def table(result: Judged) -> str:
    """How many of each kind were taken for what; the crafted ones together."""
    names = [str(verdict) for verdict in Verdict]
    lines = ["", f"{'':22}" + "".join(f"{name:>10}" for name in names)]
    kinds = {kind: counts for kind, counts in result.verdicts.items() if not kind.startswith("crafted")}
    made = [counts for kind, counts in result.verdicts.items() if kind.startswith("crafted")]
    kinds["crafted"] = sum(made, start=type(made[0])())
    lines += [
        f"{kind:22}" + "".join(f"{counts[name]:10}" for name in names) for kind, counts in kinds.items()
    ]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    share = 100 * result.share / max(result.salvaged, 1)
    lines += [
        f"mutate: {result.files} files, slowest {result.slowest:.2f} s, examiner's memory at most {peak} MB",
        f"salvaged {result.salvaged} of {result.salvaged + result.unsalvaged}, {share:.0f} % of the measures",
        f"broken promises: {len(result.broken)}",
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="itadesk-mutate-") as folder:
        os.environ["ITADESK_DATA"] = str(Path(folder, "data"))
        result = campaign(chosen.files, chosen.seed, Path(folder))
    print(f"{table(result)}; seed {chosen.seed}", *result.broken, sep="\n")
    return 1 if result.broken else 0


if __name__ == "__main__":
    sys.exit(main())
