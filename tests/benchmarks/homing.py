"""How long coming back takes in a large memory: ``python -m tests.benchmarks.homing``.

The profile is made once and kept in the temporary folder: articles of who is at the desk, a visit,
then what three colleagues did since. The first time is told apart, for it opens what the others
find open.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time

from tests.benchmarks.triage import now
from veille.desk.desk import Desk
from veille.desk.record import record
from veille.domain import ids
from veille.domain import operation as op
from veille.domain.facts import Fact
from veille.domain.views import Filter

_BATCH = 1_200
_FILED = 40


def _id(kind: str, *number: object) -> str:
    return str(ids.derived_entity(kind, "bench", " ".join(map(str, number))))


def _clip(number: int) -> Fact:
    day = f"20{10 + number % 16}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    return Fact(_id("article", number), op.CLIP, {
        "title": f"Le conseil municipal vote le budget de la rue {number}",
        "source": f"Courrier {number % 40}", "url": f"https://x.example/{number}",
        "canonical": f"x.example/{number}", "published": day, "language": "fr", "state": "kept",
    })  # fmt: skip


def fill(desk: Desk, count: int) -> None:
    """Record so many articles."""
    for start in range(0, count, _BATCH):
        some = range(start, min(start + _BATCH, count))
        record(desk._house, [_clip(one) for one in some])


def _deeds(number: int, items: int) -> list[Fact]:
    """Give what a colleague does one morning: five operations."""
    old, note = _id("article", number * 7 % max(items, 1)), _id("note", number)
    about = {"article": old, "exact": f"le budget de la rue {number}"}
    dossier = _id("dossier", number % _FILED)
    return [
        Fact(note, op.NOTE_SET, {"title": f"Fiche {number}"}),
        Fact(note, op.NOTE_REV, {"p": [], "x": f"Le budget de la rue {number}."}),
        Fact(_id("annotation", number), op.COMMENT_ADD, {
            **about, "comment": "À vérifier", "visibility": "team", "motivation": "commenting",
        }),
        Fact(old, op.ARTICLE_SET, {"state": "published"}),
        Fact(dossier, op.MEMBER_ADD, {"item": old}),
    ]  # fmt: skip


def work(desk: Desk, operations: int, items: int) -> None:
    """Record what three colleagues did."""
    people = [_id("person", name) for name in ("Bruno", "Chloé", "Denis")]
    named = [
        Fact(one, op.PERSON_SET, {"name": name}) for one, name in zip(people, "BCD", strict=True)
    ]
    record(desk._house, named)
    record(desk._house, [Fact(_id("dossier", one), op.DOSSIER_SET, {"title": f"Dossier {one}"})
                         for one in range(_FILED)])  # fmt: skip
    desk.home.leave()
    for number, person in zip(range(operations // 5), cycle(people), strict=False):
        record(desk._house, _deeds(number, items), by=person)


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
    home = Path(tempfile.gettempdir()) / f"veille-homing-{asked.items}-{asked.operations}"
    is_new, started = not home.exists(), perf_counter()
    desk = Desk.open(str(home), now=now)
    if is_new:
        fill(desk, asked.items)
        work(desk, asked.operations, asked.items)
        print(f"made in {perf_counter() - started:.0f} s")
    articles = desk.count(Filter(kinds=("article",)))
    seen = desk.home.look(full=False)
    print(f"{articles} articles; {len(seen.news)} news, more: {seen.more}")
    _time("look, without what takes longer", lambda: desk.home.look(full=False), asked.times)
    _time("look", desk.home.look, asked.times)
    desk.close()


if __name__ == "__main__":
    main()
