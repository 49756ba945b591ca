"""The themes of a team as one immutable value: who owns a word, and what stands above what.

Concepts come from several people and from files, so that nothing here trusts them: a broader
concept may be missing or lead round in circles, and two concepts may claim one word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from veille.domain.text import key, order

# Levels from the top down; deeper ones begin again at the top.
DEEPEST: Final = 40


@dataclass(frozen=True, slots=True)
class Concept:
    """An idea that people mark things with.

    Attributes:
        id: names it; a concept without id has no place in a vocabulary.
        label: the preferred word, as people read it.
        alts: other words for it, as people type them.
        broader: the id of the concept above, or "".
        note: when to use it, or "".
        space: where it was recorded.
        uri: where it came from, or "".
        began: what orders claims to a word, the oldest first: the stamp of its first operation.
    """

    id: str
    label: str
    alts: tuple[str, ...] = ()
    broader: str = ""
    note: str = ""
    space: str = ""
    uri: str = ""
    began: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Give every word that stands for it, the preferred one first."""
        return (self.label, *self.alts)


class Vocabulary:
    """Concepts, found by their words and by what is above and below.

    Every question has an answer, whatever the concepts: a broader concept that is unknown counts
    as none, and a circle is cut at its oldest member, which stands at the top.
    """

    __slots__ = ("_below", "_claims", "_parents", "concepts")

    concepts: Mapping[str, Concept]

    def __init__(self, concepts: Iterable[Concept]) -> None:
        ordered = sorted(concepts, key=_age)
        by_id: dict[str, Concept] = {}
        for concept in ordered:
            if concept.id:
                by_id.setdefault(concept.id, concept)
        self.concepts = MappingProxyType(by_id)
        self._parents = _parents(by_id)
        self._claims = _claims(by_id.values())
        self._below = _children(by_id, self._parents)

    def __len__(self) -> int:
        return len(self.concepts)

    def find(self, label: str) -> Concept | None:
        """Find whose word this is, whatever its case, accents and spaces; ``None`` for nobody's.

        A preferred word beats a synonym; then the concept that is older has it.
        """
        return self._claims.get(key(label))

    def parent(self, concept_id: str) -> str:
        """Give the id of the concept right above; "" at the top or for an unknown id."""
        return self._parents.get(concept_id, "")

    def path(self, concept_id: str) -> tuple[str, ...]:
        """Give the preferred words from the top down to a concept; empty for an unknown id."""
        if concept_id not in self.concepts:
            return ()
        above = reversed(self.above(concept_id))
        return tuple(self.concepts[one].label for one in (*above, concept_id))

    def above(self, concept_id: str) -> tuple[str, ...]:
        """Give the ids of the broader concepts, the nearest first."""
        found: list[str] = []
        parent = self.parent(concept_id)
        while parent:
            found.append(parent)
            parent = self._parents[parent]
        return tuple(found)

    def children(self, concept_id: str = "") -> tuple[Concept, ...]:
        """Give the concepts right below, in the order of the dictionary; "" for those at the top."""
        return self._below.get(concept_id, ())

    def walk(self) -> Iterator[tuple[int, Concept]]:
        """Give every concept under its broader one, with its depth from 0."""
        waiting = [(0, concept) for concept in reversed(self.children())]
        while waiting:
            depth, concept = waiting.pop()
            yield depth, concept
            waiting += [(depth + 1, child) for child in reversed(self.children(concept.id))]

    def circles(self, concept_id: str, *, broader: str) -> bool:
        """Tell whether a concept would stand above itself, were it put below another one."""
        return broader == concept_id or concept_id in self.above(broader)


def dictionary_order(concept: Concept) -> tuple[object, ...]:
    """Order concepts as a dictionary does."""
    return (*order(concept.label), concept.id)


def _age(concept: Concept) -> tuple[str, str]:
    return (concept.began, concept.id)


def _claims(concepts: Iterable[Concept]) -> dict[str, Concept]:
    """Give every word to one concept; concepts come the oldest first."""
    ordered = list(concepts)
    owned: dict[str, Concept] = {}
    for words in (_preferred, _synonyms):
        for concept in ordered:
            for word in words(concept):
                if folded := key(word):
                    owned.setdefault(folded, concept)
    return owned


def _preferred(concept: Concept) -> tuple[str, ...]:
    return (concept.label,)


def _synonyms(concept: Concept) -> tuple[str, ...]:
    return concept.alts


def _parents(concepts: Mapping[str, Concept]) -> dict[str, str]:
    """Give the parent of each, without circles; concepts come the oldest first."""
    said = {one: _known(concepts, concept.broader) for one, concept in concepts.items()}
    settled: set[str] = set()
    for start in said:
        way: list[str] = []
        here = start
        while here and here not in settled:
            settled.add(here)
            way.append(here)
            here = said[here]
        if here in way:
            # The circle is the end of the way; its oldest member comes first among all.
            said[_oldest(way[way.index(here) :], concepts)] = ""
    return _shallow(said)


def _shallow(parents: dict[str, str]) -> dict[str, str]:
    """Cut what is deeper than anybody files: the cost of a question grows with the depth."""
    depths: dict[str, int] = {"": 0}
    for start in parents:
        way = []
        here = start
        while here not in depths:
            way.append(here)
            here = parents[here]
        for one in reversed(way):
            if depths[parents[one]] >= DEEPEST:
                parents[one] = ""
            depths[one] = depths[parents[one]] + 1
    return parents


def _oldest(circle: list[str], concepts: Mapping[str, Concept]) -> str:
    return min(circle, key=lambda one: _age(concepts[one]))


def _known(concepts: Mapping[str, Concept], broader: str) -> str:
    return broader if broader in concepts else ""


def _children(
    concepts: Mapping[str, Concept], parents: Mapping[str, str]
) -> dict[str, tuple[Concept, ...]]:
    found: dict[str, list[Concept]] = {}
    for one, parent in parents.items():
        found.setdefault(parent, []).append(concepts[one])
    return {parent: tuple(sorted(below, key=dictionary_order)) for parent, below in found.items()}
