"""Thesauri from and to files: SKOS (RDF/XML, Turtle) or a table; in, with a report, as one gesture.

What a team decided stays: a concept of the file that is here already only brings what is lacking.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from veille.desk import thesaurus
from veille.desk.house import House
from veille.desk.record import record
from veille.domain.errors import FileUnreadable
from veille.domain.facts import Changes, Fact
from veille.domain.text import key
from veille.extract.decode import decode
from veille.themes import rdf, skos, table
from veille.themes.told import MOST_ALTS, MOST_BYTES, Problem, Told, ToldConcept
from veille.themes.vocabulary import Concept, Vocabulary

Format = Literal["skos", "turtle", "csv"]
# Who else writes need not wait for thousands of concepts.
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file.

    Attributes:
        new: labels of the concepts that were not here.
        joined: labels of concepts that were here, and had something to take.
        known: labels of concepts that were here as the file says them.
        problems: what was passed over; "taken" is a synonym that is another concept's word.
    """

    new: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    changes: Changes = field(default_factory=Changes)


def read(data: bytes) -> Told:
    """Read a file of themes, whatever its kind. Never raises; it may take seconds."""
    # It warns of every literal that is not what it says to be, and these are passed over anyway.
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    return skos.read(data) if rdf.is_rdf(data) else table.read(decode(data[: MOST_BYTES + 1]))


def opened(file: Path) -> bytes:
    """Read a file. Raises FileUnreadable."""
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as problem:
        raise FileUnreadable(path=str(file)) from problem


def take(house: House, told: Told, *, space: str = "") -> Imported:
    """Record what a file tells, as one gesture; taking it again changes nothing."""
    taking = _Taking(house, space or house.personal)
    # Preferred words first: they beat the synonyms of whoever comes before.
    for one in told.concepts:
        taking.meet(one)
    for one in told.concepts:
        taking.complete(one)
    taking.place(told.concepts)
    changes = Changes()
    facts = taking.facts()
    for start in range(0, len(facts), _AT_ONCE):
        done = record(house, facts[start : start + _AT_ONCE], gesture=changes.gesture)
        changes = Changes(changes.entities | done.entities, done.gesture)
    new, joined, known = taking.sorted_labels()
    return Imported(new, joined, known, (*told.problems, *taking.problems), changes)


def written(concepts: Sequence[Concept], *, form: Format, name: str) -> bytes:
    """Write themes: ``skos`` is RDF/XML, ``csv`` a table that spreadsheets open."""
    if form == "csv":
        return table.write(concepts).encode("utf-8-sig")
    return skos.write(concepts, name=name, form="turtle" if form == "turtle" else "rdfxml")


class _Taking:
    """The concepts of a file, met with those that are here."""

    def __init__(self, house: House, space: str) -> None:
        self._house, self._space = house, space
        concepts = thesaurus.concepts(house)
        self._before = {one.id: one for one in concepts}
        self._now: dict[str, Concept] = dict(self._before)
        self._vocabulary = Vocabulary(concepts)
        self._by_uri = {one.uri: one for one in reversed(concepts) if one.uri}
        self._met: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._facts: dict[str, Fact] = {}
        self.problems: list[Problem] = []

    def meet(self, told: ToldConcept) -> None:
        """Find who a concept is here, or make it new."""
        here = self._vocabulary.find(told.label) or self._by_uri.get(told.uri)
        concept = self._now[here.id] if here else self._made(told)
        self._now[concept.id] = concept
        self._words[key(told.label)] = self._met[key(told.label)] = concept.id

    def complete(self, told: ToldConcept) -> None:
        """Give a concept what the file says and it lacks; its place comes when all are complete."""
        concept = self._now[self._met[key(told.label)]]
        words = [*concept.alts, *self._free(told, concept)][:MOST_ALTS]
        self._now[concept.id] = replace(
            concept,
            alts=thesaurus.synonyms(words, concept.label),
            note=concept.note or told.note,
            uri=concept.uri or told.uri,
        )

    def _made(self, told: ToldConcept) -> Concept:
        fact = thesaurus.new(self._house, Concept("", told.label, space=self._space))
        self._facts[fact.entity] = fact
        return Concept(fact.entity, told.label, space=self._space)

    def _free(self, told: ToldConcept, concept: Concept) -> list[str]:
        """Give the words that a concept brings, but those that are another's."""
        found = []
        for one in (told.label, *told.alts):
            owner = self._vocabulary.find(one)
            owned = owner.id if owner else self._words.setdefault(key(one), concept.id)
            if owned == concept.id:
                found.append(one)
            else:
                self.problems.append(Problem("taken", one))
        return found

    def place(self, told: Sequence[ToldConcept]) -> None:
        """Put below its broader concept whatever has none here, unless that makes a circle."""
        for one in told:
            concept = self._now[self._met[key(one.label)]]
            broader = self._met.get(key(one.broader), "") if one.broader else ""
            if not broader or concept.broader in self._now:
                continue
            if self._is_under(broader, concept.id):
                self.problems.append(Problem("circle", f"{one.label} < {one.broader}"))
            else:
                self._now[concept.id] = replace(concept, broader=broader)

    def _is_under(self, concept: str, other: str) -> bool:
        """Tell whether a concept is another, or below it."""
        seen: set[str] = set()
        while concept in self._now and concept not in seen:
            if concept == other:
                return True
            seen.add(concept)
            concept = self._now[concept].broader
        return False

    def facts(self) -> list[Fact]:
        """State what is new."""
        found: list[Fact] = []
        for one in dict.fromkeys(self._met.values()):
            concept = self._now[one]
            if one not in self._before:
                made = self._facts[one]
                later = thesaurus.said(Concept(one, ""), concept)
                data = {**made.data, **(later[0].data if later else {})}
                found.append(replace(made, data=data))
            else:
                found += thesaurus.said(self._before[one], concept)
        return found

    def sorted_labels(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Give the labels of what is new, of what took something, and of what was known."""
        new: list[str] = []
        joined: list[str] = []
        known: list[str] = []
        for one in dict.fromkeys(self._met.values()):
            before = self._before.get(one)
            which = new if before is None else known if before == self._now[one] else joined
            which.append(self._now[one].label)
        return tuple(new), tuple(joined), tuple(known)
