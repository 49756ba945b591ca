"""How French words are recognised whatever their dress: the analysis, and the light stemmer.

Folded surface forms are indexed; inflections are added at query time through the lexicon, exact
form first. That keeps exact search, completions and highlights on real words, and lets the
stemmer change without indexing again (SEARCH, "French").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from veille.domain.text import fold

MAX_TERM: Final = 64
_WORD: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"
    r"|[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d])*"
)
_APOSTROPHES: Final = frozenset("'’ʼ")
_HYPHENS: Final = frozenset("-\u2010\u2011")
_ELISIONS: Final = frozenset(
    [
        "l",
        "d",
        "j",
        "m",
        "t",
        "s",
        "n",
        "c",
        "qu",
        "jusqu",
        "lorsqu",
        "puisqu",
        "quoiqu",
        "presqu",
        "quelqu",
    ]
)
STOP_WORDS: Final = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "du",
        "de",
        "d",
        "au",
        "aux",
        "a",
        "et",
        "ou",
        "ni",
        "mais",
        "donc",
        "or",
        "car",
        "en",
        "dans",
        "par",
        "pour",
        "sur",
        "sous",
        "avec",
        "sans",
        "ce",
        "cet",
        "cette",
        "ces",
        "se",
        "s",
        "sa",
        "son",
        "ses",
        "leur",
        "leurs",
        "il",
        "elle",
        "ils",
        "elles",
        "on",
        "je",
        "tu",
        "nous",
        "vous",
        "me",
        "m",
        "te",
        "t",
        "qui",
        "que",
        "qu",
        "quoi",
        "dont",
        "ne",
        "n",
        "pas",
        "plus",
        "est",
        "sont",
        "etait",
        "ete",
        "etre",
        "ont",
        "ai",
        "as",
        "c",
        "y",
        "the",
        "of",
        "and",
        "to",
        "in",
        "is",
        "that",
        "for",
        "on",
        "with",
        "as",
        "by",
        "at",
        "it",
        "from",
        "are",
        "this",
        "be",
    ]
)


class Token(NamedTuple):
    """A word of a text: the indexed term, its place among words, its place among characters."""

    term: str
    position: int
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Cut a text into terms.

    An elided article goes (``l'inondation`` is *inondation*); other parts around an apostrophe or
    a hyphen are indexed one by one, and joined at the place of the first (``Cap'Com`` is *cap*,
    *com* and *capcom*).
    """
    position = 0
    parts: list[Token] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        link = text[parts[-1].end] if parts and parts[-1].end == start - 1 else ""
        if link not in _APOSTROPHES and link not in _HYPHENS:
            yield from _joined(parts)
            parts = []
        term = normal(match[0])
        if term and not (term in _ELISIONS and text[end : end + 1] in _APOSTROPHES):
            parts.append(Token(term, position, start, end))
            yield parts[-1]
            position += 1
    yield from _joined(parts)


def _joined(parts: list[Token]) -> Iterator[Token]:
    if len(parts) > 1:
        term = "".join(part.term for part in parts)[:MAX_TERM]
        yield Token(term, parts[0].position, parts[0].start, parts[-1].end)


@lru_cache(maxsize=200_000)
def normal(word: str) -> str:
    """Give the indexed term of a word: folded, without the dots of C.N.I.L."""
    return fold(word).replace(".", "")[:MAX_TERM]


@lru_cache(maxsize=200_000)
def stem(term: str) -> str:
    """Give what the inflections of a folded word share: plural, feminine, -aux, final e and r.

    Light on purpose: *commune* and *communication*, *maire* and *mairie* stay apart, which
    Snowball confuses (DOMAIN, F.1).
    """
    if len(term) < 4 or term.isdigit():
        return term
    word = term
    if word.endswith("aux") and len(word) > 4:
        word = f"{word[:-3]}au" if word.endswith("eaux") else f"{word[:-3]}al"
    elif word[-1] in "sx" and word[-2] != "s":
        word = word[:-1]
    if word.endswith("ique") and len(word) > 5:
        return f"{word[:-4]}ic"
    for ending in ("ee", "e", "er", "r"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            # actuelle is actuel; but conseiller is not conseil.
            doubled = ending in {"ee", "e"} and len(word) > 3 and word[-1] == word[-2]
            return word[:-1] if doubled else word
    return word
