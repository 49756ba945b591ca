"""How long notes that hang together take: ``python -m tests.benchmarks.wiki``.

The memory (``--notes`` notes, four links each, one note linked from 300 others, one note in thirty
with a title that nobody wrote, one in a hundred alone) is made once and kept in the temporary folder, indexed. Each thing is
asked of many notes: the median, one in twenty, the worst.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter

from tests.benchmarks.search.corpus import articles
from veille.desk import paths
from veille.desk.clock import now_ms as now
from veille.desk.desk import Desk
from veille.desk.record import record
from veille.domain import ids
from veille.domain import operation as op
from veille.domain.facts import Fact
from veille.domain.operation import Json
from veille.domain.text import key
from veille.domain.views import Filter
from veille.sentences import catalogue, embedding
from veille.wiki import bindings

HUB = "Plan de mobilité"
LINKS, HUB_LINKS, RED = 4, 300, 30
# One note in so many hangs on nothing.
ALONE = 97
TARGET_MS, ASIDE_MS = 100, 300
_SENTENCE = re.compile(r"[^.!?\n]{30,200}[.!?]")
_HEAD = re.compile(r"\w[\w'’-]*(?: [\w'’-]+){2,4}")


def note_id(number: int) -> str:
    """Name the note of a number."""
    return str(ids.derived_entity("note", "bench", str(number)))


def fill(desk: Desk, count: int) -> None:
    """Record so many notes in bulk, each bound to what it links to."""
    dice = random.Random(11)
    texts = [one["text"] for one in articles(min(count, 4_000))]
    titles = [HUB, *(_title(text, number) for number, text in enumerate(_around(texts, count - 1)))]
    facts: list[Fact] = []
    for number, text in enumerate(_around(texts, count)):
        facts += _note(number, titles, text, dice)
        if len(facts) >= 1_200:
            record(desk._house, facts)
            facts = []
    record(desk._house, facts)


def _around(texts: list[str], count: int) -> Iterable[str]:
    return (texts[number % len(texts)] for number in range(count))


def _title(text: str, number: int) -> str:
    found = _HEAD.findall(text[:4_000])
    return f"{found[number % len(found)] if found else 'Note'} {number}"


def _note(number: int, titles: list[str], text: str, dice: random.Random) -> list[Fact]:
    """Write a note: sentences of an article, and a link at the end of some."""
    sentences = _SENTENCE.findall(text) or [text[:200]]
    some = [one.strip() for one in dice.sample(sentences, min(12, len(sentences)))]
    if number % ALONE == 1:
        return _facts(number, titles[number], "\n\n".join(some), {})
    some_of = [one for one in dice.sample(range(1, len(titles)), 2 * LINKS) if one % ALONE != 1]
    targets = some_of[:LINKS]
    if number and number % max(len(titles) // HUB_LINKS, 1) == 0:
        targets[0] = 0
    named = [titles[one] for one in targets]
    if number % RED == 0:
        named[-1] = f"À écrire {number % 900}"
    for place, title in enumerate(named):
        some[place % len(some)] += f" Voir [[{title}]]."
    led = {key(title): note_id(one) for title, one in zip(named, targets, strict=True)
           if title == titles[one]}  # fmt: skip
    return _facts(number, titles[number], "\n\n".join(some), led)


def _facts(number: int, title: str, text: str, led: dict[str, str]) -> list[Fact]:
    said: dict[str, Json] = {"p": [], "x": text, **bindings.written(led)}
    note = note_id(number)
    return [Fact(note, op.NOTE_SET, {"title": title}), Fact(note, op.NOTE_REV, said)]


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
    home = Path(tempfile.gettempdir()) / f"veille-wiki-{asked.notes}"
    catalogue.use("fr", paths.resources() / "i18n")
    is_new, started = not home.exists(), perf_counter()
    desk = Desk.open(str(home), now=now)
    if is_new:
        fill(desk, asked.notes)
        desk.drain()
        while desk.tidy_index(slices=50):
            pass
        print(f"made in {perf_counter() - started:.0f} s")
    with desk._house.database.reading() as db:
        links = db.execute("SELECT count(*) FROM links").fetchone()[0]
    hub = note_id(0)
    print(f"{desk.count(Filter(kinds=('note',)))} notes, {links} links,"
          f" {len(desk.wiki.backlinks(hub))} of them to “{HUB}”")  # fmt: skip
    desk.warm()
    _ask(desk, hub, asked.times)
    desk.close()


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
    timed("rename, 300 backlinks", (_of(desk.rename_note, hub, HUB) for _ in some),
          target=TARGET_MS)  # fmt: skip


def _of(act: Callable[..., object], *given: object) -> Callable[[], object]:
    return lambda: act(*given)


if __name__ == "__main__":
    main()
