"""Word lists that correct the rule: families that stay apart, acronyms and what they stand for.

They are data (``resources/words``), read once; whoever disagrees with a line changes the line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from veille.domain.text import fold
from veille.search.french import tokens
from veille.search.small_words import STOP_WORDS


@dataclass(frozen=True, slots=True)
class Families:
    """What the lists say.

    Attributes:
        forms: by word, all the forms of it.
        kin: by word, words to bring near it, less strongly.
        meanings: by sequence of telling words, the other ways to say it, small words included.
    """

    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kin: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    meanings: Mapping[tuple[str, ...], tuple[tuple[str, ...], ...]] = field(default_factory=dict)


def read(folder: Path) -> Families:
    """Read the lists of a folder; one that is missing or cannot be read is empty."""
    forms, kin = _families(_lines(folder / "familles.txt"))
    return Families(forms, kin, _meanings(_lines(folder / "sigles.txt")))


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    return [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]


def _families(
    lines: Iterable[str],
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    forms: dict[str, tuple[str, ...]] = {}
    kin: dict[str, tuple[str, ...]] = {}
    for line in lines:
        own, _sign, near = fold(line).partition("~")
        words, others = tuple(own.split()), tuple(near.split())
        for word in words:
            forms[word] = tuple(dict.fromkeys((*forms.get(word, ()), *words)))
            if others:
                kin[word] = others
        for word in others:
            kin[word] = words
    return forms, kin


def _meanings(lines: Iterable[str]) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    found: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = defaultdict(tuple)
    for line in lines:
        ways = [_terms(part) for part in line.split("=")]
        for way in ways:
            telling = tuple(word for word in way if word not in STOP_WORDS)
            found[telling] += tuple(other for other in ways if other != way and other)
    return dict(found)


def _terms(text: str) -> tuple[str, ...]:
    """Cut as the index does, one term a place."""
    by_place = {one.position: one.term for one in reversed(list(tokens(text)))}
    return tuple(term for _place, term in sorted(by_place.items()))
