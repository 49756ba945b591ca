"""How long notes that hang together take: ``python -m tests.benchmarks.wiki``.

The memory is that of ``tests/benchmarks/memory`` (``--notes`` notes, four links each, one note
linked from 300 others), indexed. Each thing is
asked of many notes: the median, one in twenty, the worst.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterable
from time import perf_counter

from tests.benchmarks import hanging, memory
from veille.desk import paths
from veille.desk.desk import Desk
from veille.domain.views import Filter
from veille.sentences import catalogue, embedding

TARGET_MS, ASIDE_MS = 100, 300


def timed(name: str, acts: Iterable[Callable[[], object]], *, target: float) -> None:
    """Run acts, and print how long they took."""
    taken: list[float] = []
    for act in acts:
        start = perf_counter()
        act()
        taken.append(1000 * (perf_counter() - start))
    taken.sort()
    worst, late = taken[-1], taken[min(int(len(taken) * 0.95), len(taken) - 1)]
    verdict = "" if late < target else f"   over {target:.0f} ms"
    print(f"{name:26} {taken[len(taken) // 2]:7.1f} ms  p95 {late:7.1f}  worst {worst:7.1f}"
          f"  ({len(taken)}){verdict}")  # fmt: skip


def main() -> None:
    """Make the memory, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=40)
    asked = parser.parse_args()
    catalogue.use("fr", paths.resources() / "i18n")
    size = memory.Size(articles=4_000, quotes=0, notes=asked.notes, comments=0)
    with memory.lent(size) as profile:
        desk = Desk.open(str(profile))
        _tell(desk, asked.times)
        desk.close()


def _tell(desk: Desk, times: int) -> None:
    with desk._house.database.reading() as db:
        links = db.execute("SELECT count(*) FROM links").fetchone()[0]
    hub = hanging.note_id(0)
    print(f"{desk.count(Filter(kinds=('note',)))} notes, {links} links,"
          f" {len(desk.read(hub).backlinks)} of them to “{hanging.HUB}”")  # fmt: skip
    desk.warm()
    _ask(desk, hub, times)


def _ask(desk: Desk, hub: str, times: int) -> None:
    dice = random.Random(3)
    some = [one for one in desk.ids(Filter(kinds=("note",))) if one != hub]
    some = dice.sample(some, min(times, len(some)))
    pages = [(one, desk.read(one)) for one in some]
    timed("open: read", (_of(desk.read, one) for one in some), target=TARGET_MS)
    timed("open: read, 300 backlinks", (_of(desk.read, hub) for _ in some), target=TARGET_MS)
    timed("page", (lambda n=note, r=read: desk.wiki.page(n, voice=embedding).pieces(
        r.row.title, r.text) for note, read in pages), target=TARGET_MS)  # fmt: skip
    for length in range(1, 6):
        typed = [read.row.title[:length] for _note, read in pages]
        timed(f"completion, {length} letters", (_of(desk.wiki.complete, "link", one)
              for one in typed), target=TARGET_MS)  # fmt: skip
    timed("backlinks", (_of(desk.wiki.backlinks, one) for one in some), target=TARGET_MS)
    timed("backlinks, 300", (_of(desk.wiki.backlinks, hub) for _ in some), target=TARGET_MS)
    timed("near", (_of(desk.wiki.near, one) for one in some), target=TARGET_MS)
    timed("near, 300", (_of(desk.wiki.near, hub) for _ in some), target=TARGET_MS)
    timed("mentions", (_of(desk.wiki.mentions, one) for one in some), target=ASIDE_MS)
    timed("mentions, 300", (_of(desk.wiki.mentions, hub) for _ in some[:5]), target=ASIDE_MS)
    timed("orphans", (desk.wiki.orphans for _ in some[:9]), target=ASIDE_MS)
    timed("wanted", (desk.wiki.wanted for _ in some[:9]), target=ASIDE_MS)
    timed("rename", (_of(desk.rename_note, one, read.row.title) for one, read in pages),
          target=TARGET_MS)  # fmt: skip
    timed("rename, 300 backlinks", (_of(desk.rename_note, hub, hanging.HUB) for _ in some),
          target=TARGET_MS)  # fmt: skip


def _of(act: Callable[..., object], *given: object) -> Callable[[], object]:
    return lambda: act(*given)


if __name__ == "__main__":
    main()
