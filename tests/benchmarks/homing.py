"""How long coming back takes in a large memory: ``python -m tests.benchmarks.homing``.

The memory is that of ``tests/benchmarks/memory``: articles of who is at the desk, a visit, then what
three colleagues did since. The first time is told apart, for it opens what the others
find open.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from statistics import median
from time import perf_counter, thread_time

from tests.benchmarks import memory
from veille.desk.desk import Desk
from veille.domain.views import Filter


def _time(told: str, act: Callable[[], object], times: int) -> None:
    taken, worked = [], []
    for _turn in range(times):
        start, cpu = perf_counter(), thread_time()
        act()
        taken.append(1000 * (perf_counter() - start))
        worked.append(1000 * (thread_time() - cpu))
    print(f"{told:36} first {taken[0]:6.1f} ms, then {median(taken[1:]):6.1f} ms,"
          f" best {min(taken):6.1f} ms; {median(worked):.1f} ms of work")  # fmt: skip


def main() -> None:
    """Look, and print the times."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--operations", type=int, default=5_000)
    parser.add_argument("--times", type=int, default=9)
    asked = parser.parse_args()
    size = memory.Size(articles=asked.items, deeds=asked.operations // 5)
    with memory.lent(size) as profile:
        desk = Desk.open(str(profile))
        _look(desk, asked.times)
        desk.close()


def _look(desk: Desk, times: int) -> None:
    articles = desk.count(Filter(kinds=("article",)))
    seen = desk.home.look(full=False)
    print(f"{articles} articles; {len(seen.news)} news, more: {seen.more}")
    _time("look, without what takes longer", lambda: desk.home.look(full=False), times)
    _time("look", desk.home.look, times)


if __name__ == "__main__":
    main()
