"""What an item leaves behind, by which a later one is known to tell the same news."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final
from zlib import crc32

from veille.domain.text import fold
from veille.feeds.item import Item

# Gives the words of a text, folded, stemmed, without the little ones.
Terms = Callable[[str], Sequence[str]]

# News is told in its first sentences; the context that follows is shared with other news.
_TITLE: Final = 300
_NAMED: Final = 400
_TOLD: Final = 40
# Copies are known by more of the text: each site may put a line of its own before it.
_READ: Final = 1_200
_LONGEST: Final = 40
# Spreads the runs over 32 bits, so that the least ones are any ones.
_MIX: Final = 0x9E3779B1
_MASK: Final = 0xFFFFFFFF
_KEYS: Final = 8
# A word of the title counts twice.
_IN_TITLE: Final = 2.0

_SENTENCE: Final = re.compile(r"[.!?…:|«»“”\"()]+")
_CAPITAL: Final = "[A-ZÀ-ÖØ-ÞŒŸ]"
_NAME: Final = re.compile(rf"\b{_CAPITAL}\w*(?:[ \u00a0-]{_CAPITAL}\w*)*")
_LIVE: Final = re.compile(r"\W*(?:en direct|direct|live|minute par minute)\b")
# Their words come back every day or every week, whatever happens.
_RUBRIC: Final = re.compile(
    r"\W*(?:l'|la |le |votre |vos )?"
    r"(?:agenda|horoscope|meteo d|mots croises|sudoku|programme tele|programme tv|carnet d"
    r"|avis de deces|avis d'obseques|revue de presse|essentiel de l'actualite)"
)


@dataclass(frozen=True, slots=True)
class Trace:
    """What is kept of an item.

    Attributes:
        source: folded.
        at: milliseconds since 1970, UTC.
        language: the first part of its code, empty when unknown.
        title: the terms of the title.
        terms: these and those of the beginning of the text, each with what it counts for: more in
            the title, less as a part of a name, so that a full name counts as one word.
        names: which of them are written as names.
        runs: the runs of three terms of the beginning of the text, each as a number.
        live: the title says that it follows something as it happens.
        rubric: the title is the one of a column, and tells no news.
    """

    source: str
    at: int
    language: str
    title: frozenset[str]
    terms: Mapping[str, float]
    names: frozenset[str]
    runs: frozenset[int]
    live: bool
    rubric: bool


def trace(item: Item, *, terms: Terms) -> Trace:
    """Read what is kept of an item; ``terms`` gives the words of a text."""
    head = item.title[:_TITLE]
    titled, read = terms(head), terms(item.text[:_READ])
    title = frozenset(_short(titled))
    names = _names(head, item.text[:_NAMED], terms=terms)
    folded = fold(head)
    return Trace(
        source=fold(item.source or item.feed).strip(),
        at=item.at,
        language=item.language.replace("_", "-").partition("-")[0].lower(),
        title=title,
        terms={
            term: names.get(term, 1.0) * (_IN_TITLE if term in title else 1.0)
            for term in (*_short(titled), *_short(read))
        },
        names=frozenset(names),
        runs=_runs(read),
        live=_LIVE.match(folded) is not None,
        rubric=_RUBRIC.match(folded) is not None,
    )


def keys(runs: frozenset[int]) -> list[int]:
    """Give the few runs by which copies meet: the least ones, whatever surrounds them."""
    return nsmallest(_KEYS, runs)


def _short(found: Sequence[str]) -> list[str]:
    return [term[:_LONGEST] for term in found[:_TOLD]]


def _runs(found: Sequence[str]) -> frozenset[int]:
    """Number the runs of three terms, the same everywhere and at every start."""
    words = [crc32(term.encode("utf-8", "replace")) for term in found]
    return frozenset(
        (one * 961 ^ two * 31 ^ three) * _MIX & _MASK
        for one, two, three in zip(words, words[1:], words[2:], strict=False)
    )


def _names(title: str, text: str, *, terms: Terms) -> dict[str, float]:
    """Give the parts of names, and what each counts for: "Sylvie Aubertin" makes two halves.

    A lone capital at the beginning of a sentence makes no name, a title in capitals neither.
    """
    found: dict[str, float] = {}
    for sentence in _SENTENCE.split(text if title.isupper() else f"{title}.{text}"):
        for match in _NAME.finditer(sentence):
            parts = _short(terms(match[0]))
            if len(parts) > 1 or sentence[: match.start()].strip():
                found |= {part: min(found.get(part, 1.0), 1 / len(parts)) for part in parts}
    return found
