"""Notes that hang together, for the memory of the benchmarks: links, one that many lead to, loose ones."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import Final

from veille.domain import ids
from veille.domain import operation as op
from veille.domain.facts import Fact
from veille.domain.operation import Json
from veille.domain.text import key
from veille.wiki import bindings

HUB: Final = "Plan de mobilité"
LINKS, HUB_LINKS, RED = 4, 300, 30
# One note in so many hangs on nothing.
ALONE: Final = 97
_SENTENCE: Final = re.compile(r"[^.!?\n]{30,240}[.!?]")
_HEAD: Final = re.compile(r"\w[\w'’-]*(?: [\w'’-]+){2,4}")


def bench_id(kind: str, *number: object) -> str:
    """Name a thing by its number."""
    return str(ids.derived_entity(kind, "bench", " ".join(map(str, number))))


def notes(count: int, texts: Sequence[str]) -> Iterator[Fact]:
    """Say so many notes, four links each, one of them linked from 300 others."""
    if not count:
        return
    dice = random.Random(11)
    titles = [HUB, *(_title(texts[one % len(texts)], one) for one in range(count - 1))]
    for number in range(count):
        yield from _note(number, titles, texts[number % len(texts)], dice)


def note_id(number: int) -> str:
    """Name the note of a number."""
    return bench_id("note", number)


def _title(text: str, number: int) -> str:
    found = _HEAD.findall(text[:4_000])
    return f"{found[number % len(found)] if found else 'Note'} {number}"


def _note(number: int, titles: list[str], text: str, dice: random.Random) -> list[Fact]:
    """Write a note: sentences of an article, and a link at the end of some."""
    sentences = _SENTENCE.findall(text) or [text[:200]]
    some = [one.strip() for one in dice.sample(sentences, min(12, len(sentences)))]
    if number % ALONE == 1 or len(titles) < 2 * LINKS + 2:
        return _note_facts(number, titles[number], "\n\n".join(some), {})
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
    return _note_facts(number, titles[number], "\n\n".join(some), led)


def _note_facts(number: int, title: str, text: str, led: dict[str, str]) -> list[Fact]:
    said: dict[str, Json] = {"p": [], "x": text, **bindings.written(led)}
    note = note_id(number)
    return [Fact(note, op.NOTE_SET, {"title": title}), Fact(note, op.NOTE_REV, said)]
