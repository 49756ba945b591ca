"""``python tests/simulation/run.py [--seeds N] [--only NAME]``: many runs, the figures at the end.

A failing run prints its environment and seed; the same two give the same run again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.simulation.model import ENVIRONMENTS, Report, Run  # noqa: E402

STEPS = 60


def once(environment: str, seed: int, steps: int = STEPS) -> Report:
    """Play one run in a folder of its own."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as home:
        return Run(seed, environment, Path(home)).play(steps)


def _once(asked: tuple[str, int, int]) -> Report:
    return once(*asked)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.seeds)
    runs = [(name, seed, asked.steps) for name in ENVIRONMENTS for seed in seeds]
    runs = [one for one in runs if asked.only in one[0]]
    faults: Counter[str] = Counter()
    total = Counter[str]()
    failed = []
    with ProcessPoolExecutor() as pool:
        for report in pool.map(_once, runs, chunksize=2):
            faults.update(report.faults)
            total["recorded"] += report.recorded
            total["rounds"] += report.rounds
            total["crashes"] += report.crashes
            total["lost"] += sum("lost" in one for one in report.wrong)
            total["diverged"] += sum("differs" in one for one in report.wrong)
            if report.wrong:
                failed.append(report)
    print(f"runs                 {len(runs):>10,}  ({len(ENVIRONMENTS)} environments)")
    print(f"edits recorded       {total['recorded']:>10,}")
    print(f"rounds               {total['rounds']:>10,}")
    print(f"crashes              {total['crashes']:>10,}")
    print(f"faults injected      {sum(faults.values()):>10,}")
    for name, count in faults.most_common():
        print(f"    {name:16} {count:>10,}")
    print(f"lost                 {total['lost']:>10,}")
    print(f"diverged             {total['diverged']:>10,}")
    print(f"runs with a fault not survived {len(failed):>7,}")
    for report in failed[:20]:
        print(f"  {report.environment!r} seed {report.seed}: {'; '.join(report.wrong[:4])}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
