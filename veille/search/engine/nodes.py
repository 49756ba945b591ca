"""Nodes that a search in French adds to Whoosh's query tree.

Each is a Whoosh query of an ordinary class, refined: Whoosh itself can run it through its own
matchers, which score the forms of a word apart where we score them together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from whoosh import query

# How much a word counts that was completed from its beginning; the word as it is typed counts 1.
COMPLETED: Final = 0.7


class Word(query.Or):  # type: ignore[misc]
    """A word in any of its forms and in any field, scored as one word.

    Attributes:
        boosts: how much each field counts.
        weights: how much an occurrence of each form counts.
        english: forms that count in English documents only.
        prefix: when the word is still being typed, every word that begins so is a form of it,
            that counts ``COMPLETED``.
    """

    def __init__(
        self,
        boosts: Mapping[str, float],
        weights: Mapping[str, float],
        *,
        english: frozenset[str] = frozenset(),
        prefix: str = "",
    ) -> None:
        terms: list[Any] = [
            query.Term(field, form, boost=weight * boost)
            for field, boost in boosts.items()
            for form, weight in weights.items()
        ]
        if prefix:
            terms += [query.Prefix(field, prefix) for field in boosts]
        super().__init__(terms)
        self.boosts, self.weights = dict(boosts), dict(weights)
        self.english = english
        self.prefix = prefix


class FormsPhrase(query.Phrase):  # type: ignore[misc]
    """Words one after the other, each in any of its forms. The first of each is the exact one."""

    def __init__(self, field: str, words: Sequence[Mapping[str, float]], *, boost: float) -> None:
        super().__init__(field, [next(iter(one)) for one in words], boost=boost)
        self.forms = [dict(one) for one in words]


class Most(query.Or):  # type: ignore[misc]
    """A question: what holds more of its words comes first.

    Attributes:
        least: the part of what its words tell (the rarer, the more) that a document must hold.
        power: how strongly the part that is lacking counts against it.
        hints: what tells between the answers without being asked for.
    """

    def __init__(
        self,
        parts: Sequence[Any],
        *,
        least: float,
        power: float = 0.5,
        hints: Sequence[Any] = (),
    ) -> None:
        super().__init__(list(parts))
        self.least = least
        self.power = power
        self.hints = list(hints)
