"""Print thousands of random tables and read each back: every cell once in its place, what belongs together together.

The tables and what is asked of them are those of `tests/documents/test_paper_shapes.py`.
`python3 dev.py campaign tables` prints 3,000 of them; `--seed` repeats a run that found something.
"""

import argparse
import random
import sys
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from documents.test_paper_shapes import Shape, check, shapes


def campaign(count: int, number: int) -> None:
    """Judge so many tables; the smallest one that is printed badly is raised."""
    done = 0

    @seed(number)
    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(shapes())
    def judge(shape: Shape) -> None:
        nonlocal done
        check(shape)
        done += 1
        if done % 100 == 0:
            print(f"\r{done} tables", end="", flush=True)

    judge()
    print(f"\r{done} tables printed and read back")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}")
    campaign(chosen.tables, chosen.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
