"""Same news, one line: quality on both halves and pace, beside two plain ways of doing it.

``python -m tests.benchmarks.feeds.stories [--stream N]``
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from veille.domain.text import fold
from veille.extract.likeness import ALIKE, alike, runs, sketch
from veille.feeds.item import Item
from veille.feeds.stories import Window, gather
from veille.search.small_words import QUESTION_WORDS, STOP_WORDS
from veille.search.stems import stem

DATA = Path(__file__).resolve().parents[2] / "data" / "stories"
HALVES = ("tuned", "held")
DAY = 86_400_000
LITTLE = STOP_WORDS | QUESTION_WORDS
WORD = re.compile(r"[^\W_]+")
Stories = dict[str, str]


def terms(text: str) -> list[str]:
    """The words of a text as the desk gives them."""
    words = (word for word in WORD.findall(fold(text)) if word not in LITTLE)
    return [stem(word) for word in words if len(word) > 1 or word.isdigit()]


@dataclass(frozen=True, slots=True)
class Half:
    """Items in the order in which they came, the gold story of each, the trap it is."""

    items: list[Item]
    gold: Stories
    traps: dict[str, str]


def half(name: str) -> Half:
    """Read one half of the corpus."""
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    fields = ("id", "title", "text", "source", "feed", "language", "at")
    return Half(
        [Item(**{field: row[field] for field in fields}) for row in rows],
        {row["id"]: row["story"] or row["id"] for row in rows},
        {row["id"]: row["trap"] for row in rows},
    )


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of items (found, missed), and B-cubed: the same averaged over items."""

    precision: float
    recall: float
    b3_precision: float
    b3_recall: float
    false: list[tuple[str, str]]
    missed: list[tuple[str, str]]


def score(gold: Stories, found: Stories) -> Score:
    """Compare stories with the gold ones."""
    wanted, got = pairs(gold), pairs(found)
    ours, theirs = members(found), members(gold)
    common = {one: len(ours[found[one]] & theirs[gold[one]]) for one in gold}
    return Score(
        len(wanted & got) / max(len(got), 1),
        len(wanted & got) / max(len(wanted), 1),
        sum(common[one] / len(ours[found[one]]) for one in gold) / len(gold),
        sum(common[one] / len(theirs[gold[one]]) for one in gold) / len(gold),
        sorted(got - wanted),
        sorted(wanted - got),
    )


def members(stories: Stories) -> dict[str, set[str]]:
    """The items of each story."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, story in stories.items():
        found[story].add(one)
    return found


def pairs(stories: Stories) -> set[tuple[str, str]]:
    """The pairs of items that stand under one line."""
    together = members(stories).values()
    return {pair for some in together for pair in combinations(sorted(some), 2)}


def single_link(items: Sequence[Item], same: Callable[[Item, Item], bool]) -> Stories:
    """The plain way: an item joins the first recent one that is the same."""
    found: Stories = {}
    for number, item in enumerate(items):
        near = (one for one in items[:number] if item.at - one.at <= 3 * DAY and same(item, one))
        first = next(near, None)
        found[item.id] = found[first.id] if first else item.id
    return found


def by_copies(items: Sequence[Item]) -> Stories:
    """Near-identical texts alone, as captures are compared in the library."""
    bands = {item.id: set(sketch(item.text)) for item in items}
    whole = {item.id: runs(item.text) for item in items}
    return single_link(
        items,
        lambda one, other: (
            bool(bands[one.id] & bands[other.id]) and alike(whole[one.id], whole[other.id]) >= ALIKE
        ),
    )


def by_titles(items: Sequence[Item], *, share: float) -> Stories:
    """Titles that have a share of their words in common, in items of different sources."""
    words = {item.id: frozenset(terms(item.title)) for item in items}
    return single_link(
        items,
        lambda one, other: (
            one.source != other.source and alike_sets(words[one.id], words[other.id]) >= share
        ),
    )


def alike_sets(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words in common."""
    return len(one & other) / max(len(one | other), 1)


def ours(items: Sequence[Item]) -> Stories:
    """What is measured."""
    return gather(items, known=(), terms=terms)


def best_titles(items: Sequence[Item], gold: Stories) -> float:
    """The share of words of titles that does best on a half, F0.5 of pairs."""

    def worth(share: float) -> float:
        told = score(gold, by_titles(items, share=share))
        low = 0.25 * told.precision + told.recall
        return 1.25 * told.precision * told.recall / low if low else 0.0

    return max((n / 20 for n in range(2, 15)), key=worth)


def quality() -> None:
    """Print the table of both halves."""
    tuned = half("tuned")
    share = best_titles(tuned.items, tuned.gold)
    ways: list[tuple[str, Callable[[Sequence[Item]], Stories]]] = [
        ("stories", ours),
        ("copies alone (MinHash)", by_copies),
        (f"titles (Jaccard >= {share:.2f})", lambda items: by_titles(items, share=share)),
    ]
    print(f"{'':8}{'':26}{'pair P':>8}{'pair R':>8}{'B3 P':>8}{'B3 R':>8}{'false':>7}{'missed':>7}")
    for name in HALVES:
        data = half(name)
        for label, way in ways:
            told = score(data.gold, way(data.items))
            print(
                f"{name:8}{label:26}{told.precision:8.3f}{told.recall:8.3f}{told.b3_precision:8.3f}"
                f"{told.b3_recall:8.3f}{len(told.false):7}{len(told.missed):7}"
            )


SYLLABLES = "ba ca do fe gi lo ma ne pi ra so tu va bre cla dri flo gra pla tri vre an ou"


def press(count: int, *, seed: int = 7) -> Iterable[Item]:
    """Invent a stream: 1,000 items a day of some 40 sources, a third of them retold or copied."""
    chance = random.Random(seed)
    words = sorted(
        {
            "".join(chance.choices(SYLLABLES.split(), k=chance.choice((2, 2, 3, 3))))
            for _ in range(9_000)
        }
    )
    often = [1 / (rank + 5) for rank in range(len(words))]
    recent: list[list[str]] = []
    for number in range(count):
        if recent and chance.random() < 0.33:
            told = chance.choice(recent[-300:])
            own = chance.choices(words, often, k=20)
            body = [*chance.sample(told, int(len(told) * chance.choice((0.4, 0.6, 1)))), *own]
        else:
            body = chance.choices(words, often, k=55)
            recent = [*recent[-299:], body]
        names = [word.capitalize() if chance.random() < 0.1 else word for word in body]
        yield Item(
            id=f"i{number}",
            title=" ".join(chance.sample(names, 9)),
            text=" ".join(names),
            source=f"s{chance.randrange(40)}",
            feed="",
            language="fr",
            at=number * 86_400,
        )


def pace(length: int) -> None:
    """Print the seconds of a round, and of a stream through a window of four days."""
    items = list(press(max(4_300, length)))
    first = gather(items[:4_000], known=(), terms=terms)
    known = [(item, first[item.id]) for item in items[:4_000]]
    started, busy = time.perf_counter(), time.process_time()
    gather(items[4_000:4_300], known=known, terms=terms)
    seconds, own = time.perf_counter() - started, time.process_time() - busy
    print(f"300 items against 4,000 known: {seconds:.2f} s, of which {own:.2f} s of processor")
    window = Window(terms=terms)
    started = marked = time.perf_counter()
    busy = time.process_time()
    for number, item in enumerate(items[:length], 1):
        window.place(item)
        if number % 300 == 0:
            window.keep(since=item.at - 4 * DAY, until=item.at)
        if number % max(length // 5, 1) == 0:
            now = time.perf_counter()
            print(f"  {number:7,}: {length // 5 / (now - marked):7.0f} items/s")
            marked = now
    print(
        f"{length:,} items streamed: {length / (time.perf_counter() - started):.0f} items/s, "
        f"{length / (time.process_time() - busy):.0f} a second of processor"
    )


def main(arguments: Sequence[str]) -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--stream", type=int, default=100_000)
    length = parser.parse_args(arguments).stream
    quality()
    pace(length)


if __name__ == "__main__":
    main(sys.argv[1:])
