"""What a search feels of commits and merges: ``python -m tests.benchmarks.search.pause``.

One process searches without end; another commits and merges, as the worker does.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.search.corpus import articles
from tests.benchmarks.search.ours import document
from veille.search.document import Options
from veille.search.index import Index, create_index, open_index

WORDS = Path(__file__).parents[3] / "resources" / "words"
ASKED = ("commune", "droit enfant", "travail salarié", "conseil", "demande service public")
_STEP = 500


def fill(index: Index, first: int, last: int) -> list[float]:
    """Commit so many articles by slices, and merge; gives the seconds of each step."""
    steps = []
    every = islice(articles(last), first, last)
    while some := [document(one, one["title"], one["text"]) for one in islice(every, _STEP)]:
        steps.append(_timed(index, some))
        while True:
            started = perf_counter()
            more = index.tidy(slices=1)
            steps.append(perf_counter() - started)
            if not more:
                break
    return steps


def _timed(index: Index, some: list[object]) -> float:
    started = perf_counter()
    index.update(some, [])  # type: ignore[arg-type]
    return perf_counter() - started


def searches(index: Index, until: subprocess.Popen[bytes] | None, turns: int) -> list[float]:
    """Search without end; gives milliseconds."""
    times = []
    options = Options(limit=20, facets=True, today=date(2026, 11, 24))
    while (until.poll() is None) if until is not None else len(times) < turns:
        for text in ASKED:
            started = perf_counter()
            index.search(text, options)
            times.append(1000 * (perf_counter() - started))
    return sorted(times)


def told(name: str, times: list[float]) -> str:
    """Say some times."""
    return (f"{name:28} p50 {median(times):6.2f}  p95 {times[int(len(times) * 0.95)]:6.2f}"
            f"  p99 {times[int(len(times) * 0.99)]:6.2f}  worst {times[-1]:6.2f} ms"
            f"  ({len(times)} searches)")  # fmt: skip


def main() -> None:
    """Measure quiet, then disturbed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--more", type=int, default=6_000)
    parser.add_argument("--write", default="", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.write:
        steps = fill(
            open_index(Path(asked.write), words=WORDS), asked.items, asked.items + asked.more
        )
        print(f"the writer's longest step   {1000 * max(steps):6.0f} ms, of {len(steps)}")
        return
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "index"
        index = create_index(folder, words=WORDS)
        fill(index, 0, asked.items)
        searches(index, None, 200)
        print(told("nobody writes", searches(index, None, 3_000)))
        command = [sys.executable, "-m", "tests.benchmarks.search.pause", "--write", str(folder),
                   "--items", str(asked.items), "--more", str(asked.more)]  # fmt: skip
        with subprocess.Popen(command) as writer:
            print(told("commits and merges beside", searches(index, writer, 0)))
        index.close()


if __name__ == "__main__":
    main()
