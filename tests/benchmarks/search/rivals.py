"""What the measure asks of an engine: documents, queries, answers.

Texts are analysed before the engines see them (``prepare``): every engine indexes the same terms,
separated by spaces, and keeps the raw text for the snippets, which one function cuts for all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple, Protocol

from tests.benchmarks.search.corpus import Article

Kind = Literal[
    "term", "and", "or", "phrase", "prefix", "fuzzy", "dated", "facets", "newest", "snippets",
    "typed",
]  # fmt: skip
Analyse = Callable[[str], str]

TITLE_WEIGHT: Final = 2.5
LIMIT: Final = 20
FACETS: Final = ("source", "kind", "state", "by", "tags")
_ACCENTED: Final = {"a": "àâäæ", "c": "ç", "e": "éèêë", "i": "îï", "o": "ôöœ", "u": "ùûü"}
_SNIPPET: Final = 200  # characters


@dataclass(frozen=True, slots=True)
class Q:
    """A query. ``words`` are terms of the index; the last one is a prefix for prefix and typed."""

    kind: Kind
    words: tuple[str, ...]
    since: int = 0
    until: int = 99_999_999


@dataclass(frozen=True, slots=True)
class Doc:
    """What an engine is given: an article, and the terms of its title and of its text."""

    article: Article
    title: str
    text: str


class Found(NamedTuple):
    """How many documents match, the best 20, and what the kind of query asks for besides."""

    total: int
    ids: list[str]
    facets: Mapping[str, Mapping[str, int]] = {}
    snippets: Sequence[str] = ()


class Engine(Protocol):
    """What the measure asks of an engine. Its constructor imports what it needs."""

    name: str

    def build(self, docs: Iterable[Doc], folder: Path) -> None:
        """Index everything into an empty folder, and close."""

    def open(self, folder: Path) -> None:
        """Open what ``build`` made, to search and to add."""

    def add(self, doc: Doc) -> None:
        """Add one document, durably; the next ``run`` finds it."""

    def run(self, query: Q) -> Found:
        """Answer."""

    def raw_bytes(self, folder: Path) -> int:
        """How much of the folder is the raw text kept for snippets."""


def prepare(article: Article, analyse: Analyse) -> Doc:
    """Analyse an article, once for all engines."""
    return Doc(article, analyse(article["title"]), analyse(article["text"]))


def snippet(text: str, words: Iterable[str], analyse: Analyse) -> str:
    """The window of the raw text where most different words stand, the words in brackets."""
    wanted = set(words)
    begun = _beginning(frozenset(word[0] for word in wanted))
    spots = [one.span() for one in begun.finditer(text) if analyse(one[0]) in wanted]
    best = max((start for start, _ in spots), key=lambda at: _variety(text, spots, at), default=0)
    begin = max(text.rfind(" ", 0, max(best - _SNIPPET // 4, 0)), 0)
    shown, at = "", begin
    for start, end in spots:
        if begin <= start and end <= begin + _SNIPPET:
            shown += f"{text[at:start]}[{text[start:end]}]"
            at = end
    return (shown + text[at : begin + _SNIPPET]).strip()


@lru_cache(maxsize=1000)
def _beginning(letters: frozenset[str]) -> re.Pattern[str]:
    """The words that begin with one of these letters, whatever their accents."""
    spelt = "".join(letter + _ACCENTED.get(letter, "") for letter in sorted(letters))
    return re.compile(rf"(?<![^\W_])[{spelt}][^\W_]*", re.IGNORECASE)


def _variety(text: str, spots: Sequence[tuple[int, int]], first: int) -> int:
    """How many different words stand in the window that begins at a place."""
    last = first + _SNIPPET * 3 // 4
    return len({text[start:end] for start, end in spots if first <= start and end <= last})
