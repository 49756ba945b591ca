"""Queries chosen in a corpus, the same ones for the same corpus and the same seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping

from tests.benchmarks.search.rivals import Doc, Q

_COUNT = 60
_TYPED = 12  # sequences; each is some fifteen keys
_TYPED_FROM = 2  # a single letter is not searched for
_KEPT = 500  # documents whose phrases and titles are used
_ALL = ""  # the term of every document
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def query_sets(docs: Iterable[Doc], seed: int = 1) -> dict[str, list[Q]]:
    """About 60 queries for each line of the table."""
    counts, kept = _read(docs, random.Random(seed))
    return _Chooser(counts, kept, random.Random(seed)).sets()


def _read(docs: Iterable[Doc], chance: random.Random) -> tuple[Counter[str], list[Doc]]:
    """In how many documents each term stands, and some documents drawn evenly."""
    counts: Counter[str] = Counter()
    kept: list[Doc] = []
    for doc in docs:
        counts.update({_ALL, *doc.title.split(), *doc.text.split()})
        if len(kept) < _KEPT:
            kept.append(doc)
        elif (place := chance.randrange(counts[_ALL])) < _KEPT:
            kept[place] = doc
    return counts, kept


class _Chooser:
    """Draws queries."""

    def __init__(self, counts: Mapping[str, int], kept: list[Doc], chance: random.Random) -> None:
        total = counts[_ALL]
        words = sorted(word for word in counts if len(word) > 2 and not word[0].isdigit())
        self._chance = chance
        self._kept = kept
        self._rare = [word for word in words if 5 <= counts[word] <= 50]
        self._common = [word for word in words if 0.1 * total <= counts[word] <= 0.4 * total]
        self._known = [word for word in words if counts[word] >= 5]
        self._long = [word for word in self._known if len(word) > 4]
        self._telling = {word for word in words if counts[word] <= 0.4 * total}

    def sets(self) -> dict[str, list[Q]]:
        """Every set, by the name of its line."""
        common = [self._some(self._common, 1) for _ in range(_COUNT)]
        return {
            "term, rare": [Q("term", self._some(self._rare, 1)) for _ in range(_COUNT)],
            "term, common": [Q("term", one) for one in common],
            "and of two common": [Q("and", self._some(self._common, 2)) for _ in range(_COUNT)],
            "or of three common": [Q("or", self._some(self._common, 3)) for _ in range(_COUNT)],
            "phrase": [Q("phrase", self._run("text", self._chance.choice((2, 3)))) for _ in common],
            "prefix": [Q("prefix", (self._prefix(),)) for _ in common],
            "fuzzy": [Q("fuzzy", (self._typo(),)) for _ in common],
            "term + dates": [self._dated(one) for one in common],
            "term + facets": [Q("facets", one) for one in common],
            "term, newest first": [Q("newest", one) for one in common],
            "term + snippets": [Q("snippets", one) for one in common],
            "each key typed": [key for _ in range(_TYPED) for key in self._keys()],
        }

    def _some(self, words: list[str], count: int) -> tuple[str, ...]:
        return tuple(self._chance.sample(words, count))

    def _run(self, field: str, length: int) -> tuple[str, ...]:
        """Consecutive words of a document, none of them in nearly every document."""
        while True:
            doc = self._chance.choice(self._kept)
            words = (doc.title if field == "title" else doc.text).split()
            start = self._chance.randrange(max(len(words) - length, 1))
            run = tuple(words[start : start + length])
            if len(run) == length and self._telling.issuperset(run):
                return run

    def _prefix(self) -> str:
        word = self._chance.choice(self._known)
        return word[: self._chance.randint(3, 5)]

    def _typo(self) -> str:
        """A known word with a letter changed, added or left out."""
        word = self._chance.choice(self._long)
        at = self._chance.randrange(len(word))
        letter = self._chance.choice(_LETTERS)
        wrong = (word[:at] + letter + word[at + 1 :], word[:at] + letter + word[at:],
                 word[:at] + word[at + 1 :])  # fmt: skip
        return self._chance.choice(wrong)

    def _dated(self, words: tuple[str, ...]) -> Q:
        """One to twelve months of a year."""
        year, first = self._chance.randint(2016, 2026), self._chance.randint(1, 12)
        last = self._chance.randint(first, 12)
        return Q("dated", words, year * 10_000 + first * 100 + 1, year * 10_000 + last * 100 + 28)

    def _keys(self) -> Iterable[Q]:
        """What is asked at each key while two or three words of a title are typed."""
        words = self._run("title", self._chance.choice((2, 2, 3)))
        for number, word in enumerate(words):
            for length in range(_TYPED_FROM, len(word) + 1):
                yield Q("typed", (*words[:number], word[:length]))
