"""What a rule made from an example discards, and what rules cost: ``python -m tests.benchmarks.feeds.rules``.

The sets are in ``tests/data/rules``, with a README. Precision and recall are those of an item
taken over all examples of all themes:

- *live*: the background is all the rest of the half, and so is what is judged: what a person sees;
- *unseen*: the background is every other item, what is judged the others: what comes in next;
- *cold*: as unseen, and the background holds nothing of the theme but the examples.

Speed depends on the machine. ``--held`` adds the half that nobody tunes on.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import median

from veille.domain.text import fold
from veille.feeds.item import Item
from veille.feeds.resemblance import by_example
from veille.feeds.rules import Conditions, Rule, prepare
from veille.search.small_words import QUESTION_WORDS, STOP_WORDS
from veille.search.stems import stem

DATA = Path(__file__).resolve().parents[2] / "data" / "rules"
MODES = ("live", "unseen", "cold")
SMALL = STOP_WORDS | QUESTION_WORDS
WORDS = re.compile(r"\w+")


def terms(text: str) -> list[str]:
    """Folded stems in order, without small words."""
    return [stem(word) for word in WORDS.findall(fold(text)) if word not in SMALL]


# An item is judged by the rule of every example; it is cut into terms once.
_cut = cache(terms)


@dataclass(frozen=True, slots=True)
class Judged:
    """An item and what it is about; empty for what is to be kept."""

    item: Item
    theme: str


def load(half: str, *, sections: bool = True) -> list[Judged]:
    """Read a half, with or without the sections that its feeds tell."""
    found = []
    for line in (DATA / f"{half}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        told = tuple(row["sections"]) if sections else ()
        item = Item(row["id"], row["title"], row["text"], row["source"], row["feed"], told)
        found.append(Judged(item, row["theme"]))
    return found


def groups(rows: Sequence[Judged], size: int) -> list[tuple[int, ...]]:
    """The examples: each item of a theme in turn, or with the ones two and four places further."""
    found = []
    for theme in sorted({one.theme for one in rows} - {""}):
        places = [at for at, one in enumerate(rows) if one.theme == theme]
        count = len(places)
        found += [
            tuple(places[(at + 2 * step) % count] for step in range(size)) for at in range(count)
        ]
    return found


def background(
    rows: Sequence[Judged], group: Sequence[int], mode: str
) -> tuple[list[Judged], list[Judged]]:
    """What the examples are compared with, and what is judged."""
    theme, parity = rows[group[0]].theme, group[0] % 2
    rest = [(at, one) for at, one in enumerate(rows) if at not in group]
    if mode == "live":
        return [one for _, one in rest], [one for _, one in rest]
    same = [(at, one) for at, one in rest if at % 2 == parity]
    if mode == "cold":
        known = [one for _, one in same if one.theme != theme]
        return known, [one for at, one in rest if at % 2 != parity or one.theme == theme]
    return [one for _, one in same], [one for at, one in rest if at % 2 != parity]


@dataclass
class Score:
    """What was taken: rightly, wrongly, and what was not."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    def add(self, other: Score) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed


def judge(rows: Sequence[Judged], group: Sequence[int], mode: str) -> tuple[Score, Counter[str]]:
    """Make the rule of a group and count what it takes; what it wrongly takes, by id."""
    known, judged = background(rows, group, mode)
    examples = [rows[at].item for at in group]
    proposed = by_example(examples, [one.item for one in known], terms=_cut)
    discards = prepare([Rule("r", "", proposed)], terms=_cut)
    score, wrong = Score(), Counter[str]()
    for one in judged:
        taken, due = discards(one.item) is not None, one.theme == rows[group[0]].theme
        score.right += taken and due
        score.wrong += taken and not due
        score.missed += due and not taken
        wrong[one.item.id] += taken and not due
    return score, wrong


def quality(
    half: str, *, size: int, mode: str, sections: bool = True, every: int = 1
) -> tuple[Score, dict[str, Score], Counter[str]]:
    """Judge all examples of a half, or one in ``every``: in all, by theme, and the wrong ones."""
    rows = load(half, sections=sections)
    total, themes, wrong = Score(), dict[str, Score](), Counter[str]()
    for group in groups(rows, size)[::every]:
        score, taken = judge(rows, group, mode)
        total.add(score)
        themes.setdefault(rows[group[0]].theme, Score()).add(score)
        wrong += taken
    return total, themes, wrong


def speed() -> None:
    """Print what a proposal costs among 500 items, and an item under 50 rules."""
    rows = [one.item for one in load("tuned")]
    many = [*rows, *(replace(one, id=f"{one.id}+") for one in rows)][:500]
    times = []
    for at in range(5):
        started = time.process_time()
        by_example([many[at]], many[5:], terms=terms)
        times.append(time.process_time() - started)
    print(f"by_example, 500 items: {1000 * median(times):.0f} ms")
    like = by_example(many[:3], many[3:], terms=terms).like
    rules = [_rule(at, like=like) for at in range(50)]
    for name, text in (("summaries", None), ("articles of 5,000 characters", 5_000)):
        items = (
            many if text is None else [replace(one, text=(one.text * 60)[:text]) for one in many]
        )
        items = items[:200]
        answer = prepare(rules, terms=terms)
        whole = _each(answer, items)
        cut = _each(lambda item: (terms(item.title), terms(item.text)), items)
        print(f"50 rules, {name}: {whole:.0f} µs an item, of which cutting into terms {cut:.0f} µs")


def _rule(at: int, *, like: tuple) -> Rule:
    """Give a rule of one of five usual kinds; none matches."""
    nothing = (f"motrare{at}", f"ligue {at + 100}", f"conseil rare{at}", f"autre{at}")
    kinds = (
        Conditions(words=nothing),
        Conditions(sources=(f"Source {at}", "La Voix"), words=nothing),
        Conditions(sections=(f"Rubrique {at}",), languages=("fr",)),
        Conditions(like=tuple(replace(one, stem=f"{one.stem}{at}") for one in like)),
        Conditions(feeds=("voix",), least_sources=2, words=nothing),
    )
    return Rule(f"{at:02}", "", kinds[at % 5], Conditions(words=("conseil municipal",)))


def _each(call, items: Sequence[Item]) -> float:
    times = []
    for _ in range(7):
        started = time.process_time()
        for item in items:
            call(item)
        times.append(time.process_time() - started)
    return 1e6 * min(times) / len(items)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--themes", action="store_true", help="by theme, and what is wrongly taken")
    asked = parser.parse_args()
    for half in ("tuned", "held") if asked.held else ("tuned",):
        for mode in MODES:
            for sections in (True, False):
                for size in (1, 3):
                    total, themes, wrong = quality(half, size=size, mode=mode, sections=sections)
                    told = "with sections" if sections else "without      "
                    figures = f"precision {total.precision:.2f} recall {total.recall:.2f}"
                    print(f"{half:5} {mode:6} {told} {size} example(s): {figures}", flush=True)
                    if asked.themes and mode == "live" and sections:
                        for name, one in themes.items():
                            print(f"    {name:17} {one.precision:.2f} {one.recall:.2f}")
                        print("    wrongly:", wrong.most_common(12))
    speed()


if __name__ == "__main__":
    sys.exit(main())
