"""The shared thesaurus: what a person can ask of themes. A part of the Desk.

A theme is a *concept* (a word, its synonyms, its place) or *free*: a label that things bear, and
nothing more is known of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from veille.desk import looking, thesaurus, thesaurus_file
from veille.desk.house import House
from veille.desk.record import record
from veille.desk.thesaurus import Wanted
from veille.desk.thesaurus_file import Format, Imported
from veille.domain.errors import NotFound, Refused
from veille.domain.facts import Changes, Fact
from veille.domain.text import key, order
from veille.search.stems import stem
from veille.store import themes
from veille.themes.suggest import suggest
from veille.themes.vocabulary import Concept, Vocabulary

# How well a word answers to what was typed, when it does not.
_NOT: Final = 3
_SUGGESTED: Final = 6


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, and how many things bear it.

    Attributes:
        label: as people read it.
        id: of the concept; "" for a free theme.
        path: labels from the top down to it.
        count: how many things bear it, by any of its words.
        total: how many bear it or something narrower.
        alts: its synonyms.
        broader: the id of the concept right above, or "".
    """

    label: str
    id: str = ""
    path: tuple[str, ...] = ()
    count: int = 0
    total: int = 0
    alts: tuple[str, ...] = ()
    broader: str = ""
    note: str = ""
    space: str = ""

    @property
    def is_free(self) -> bool:
        """Tell whether it is a label without concept."""
        return not self.id


@dataclass(frozen=True, slots=True)
class ThemeChoice:
    """A theme to choose.

    Attributes:
        label: what things bear once it is chosen.
        path: labels from the top down to it; its label alone for a free theme.
        said: the synonym that answers to what was typed, or "".
        is_suggested: whether the thing's own words name it.
    """

    label: str
    path: tuple[str, ...]
    said: str = ""
    is_suggested: bool = False
    is_free: bool = False
    count: int = 0


class Themes:
    """One method for each thing that can be asked. ``what`` names a concept by its id or a word."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._known = Vocabulary([])

    # --- looking -------------------------------------------------------------------------------

    def vocabulary(self) -> Vocabulary:
        """Give the concepts as they are now; the same value as long as nothing changed."""
        found = thesaurus.concepts(self._house)
        if {one.id: one for one in found} != self._known.concepts:
            self._known = Vocabulary(found)
        return self._known

    def listed(self) -> list[Theme]:
        """Give concepts, each under its broader one, then free themes; both as dictionaries do."""
        vocabulary = self.vocabulary()
        with self._house.database.reading() as db:
            counts = themes.counts(db)
            bearing = themes.bearing(db)
        totals = _totals(vocabulary, bearing)
        found = [
            replace(_theme(concept, vocabulary, counts), total=totals[concept.id])
            for _depth, concept in vocabulary.walk()
        ]
        return found + _free(vocabulary, counts)

    def theme(self, what: str) -> Theme:
        """Give one theme, by id or by any of its words. Raises NotFound."""
        named = self.vocabulary().find(what)
        sought, label = (named.id, "") if named else (what, key(what))
        for one in self.listed():
            if one.id == sought or (one.is_free and key(one.label) == label):
                return one
        raise NotFound(what=what)

    def suggest(self, thing: str, *, limit: int = _SUGGESTED) -> list[ThemeChoice]:
        """Give the concepts that the words of a thing name and that it does not bear yet.

        Raises NotFound.
        """
        return self._suggested(self.vocabulary(), thing, limit)

    def _suggested(self, vocabulary: Vocabulary, thing: str, limit: int) -> list[ThemeChoice]:
        if not vocabulary.concepts:
            return []
        read = looking.read(self._house, thing)
        borne = {key(one) for one in read.row.tags}
        lead = read.row.text("lead")
        found = suggest(
            read.row.title, lead, read.text, vocabulary, stem=stem, limit=limit + len(borne)
        )
        chosen = (vocabulary.concepts[one] for one in found)
        return [
            ThemeChoice(one.label, vocabulary.path(one.id), is_suggested=True)
            for one in chosen
            if key(one.label) not in borne
        ][:limit]

    def choices(self, typed: str = "", *, thing: str = "", limit: int = 50) -> list[ThemeChoice]:
        """Give the themes that answer to what was typed; what the thing is about comes first.

        A word that begins so comes before one that holds it; among these, what more things bear.
        """
        vocabulary = self.vocabulary()
        with self._house.database.reading() as db:
            # They order what is offered, and are not shown.
            counts = themes.counts(db, exact=False)
        sought = key(typed)
        named = self._suggested(vocabulary, thing, _SUGGESTED) if thing else []
        suggested = {one.label: place for place, one in enumerate(named)}
        ranked = [
            (suggested.get(one.label, len(suggested)), rank, -one.count, key(one.label), one)
            for rank, one in _answering(vocabulary, counts, sought)
        ]
        ranked.sort(key=lambda found: found[:4])
        return [replace(one, is_suggested=one.label in suggested) for *_rank, one in ranked[:limit]]

    # --- changing: one gesture each ------------------------------------------------------------

    def add(
        self, label: str, *, broader: str = "", alts: Sequence[str] = (), note: str = "",
        space: str = "",
    ) -> str:  # fmt: skip
        """Make a concept and give its id.

        Args:
            label: the preferred word; things that bear it have the concept at once.
            broader: what is above it, by id or word.
            alts: synonyms.
            note: when to use it.
            space: where; "" for where its broader concept is, else the personal space.

        Raises BadTheme, BadName (a word is another concept's), NotFound, TooLong.
        """
        vocabulary = self.vocabulary()
        label = thesaurus.checked(label)
        above = thesaurus.named(vocabulary, broader) if broader else None
        thesaurus.check_free(vocabulary, [label])
        place = space or (above.space if above else self._house.personal)
        made = thesaurus.new(self._house, Concept("", label, space=place))
        wanted = Wanted(alts=alts, note=note, broader=above.id if above else "")
        later = thesaurus.changed(vocabulary, Concept(made.entity, label), wanted)
        data = {**made.data, **(later[0].data if later else {})}
        record(self._house, [replace(made, data=data)])
        return made.entity

    def promote(self, *labels: str, space: str = "") -> Changes:
        """Make concepts of free themes; those that are concepts already stay. Raises BadTheme."""
        vocabulary = self.vocabulary()
        free = {key(one): one for one in reversed(labels) if vocabulary.find(one) is None}
        made = [Concept("", thesaurus.checked(one), space=space) for one in free.values()]
        return record(self._house, [thesaurus.new(self._house, one) for one in made])

    def place(self, whats: Sequence[str], broader: str) -> Changes:
        """Put themes below a concept, or at the top (""); free ones become concepts.

        Raises NotFound, BadTheme, and Refused (``what="broader"``) for what would stand above
        itself.
        """
        vocabulary = self.vocabulary()
        above = thesaurus.named(vocabulary, broader) if broader else None
        name, space = (above.id, above.space) if above else ("", "")
        facts: list[Fact] = []
        for what in whats:
            concept = vocabulary.concepts.get(what) or vocabulary.find(what)
            if concept is None:
                new = Concept("", thesaurus.checked(what), broader=name, space=space)
                facts.append(thesaurus.new(self._house, new))
            else:
                facts += thesaurus.changed(vocabulary, concept, Wanted(broader=name))
        return record(self._house, facts)

    def change(
        self, what: str, *, label: str | None = None, alts: Sequence[str] | None = None,
        broader: str | None = None, note: str | None = None,
    ) -> Changes:  # fmt: skip
        """Change a concept; what is None stays. The old label stays as a synonym, unless ``alts``.

        Raises NotFound, BadTheme, BadName (a word is another concept's), TooLong, and
        Refused (``what="broader"``) for what would stand above itself.
        """
        vocabulary = self.vocabulary()
        above = thesaurus.named(vocabulary, broader).id if broader else broader
        wanted = Wanted(label, alts, above, note)
        concept = thesaurus.named(vocabulary, what)
        return record(self._house, thesaurus.changed(vocabulary, concept, wanted))

    def rename(self, what: str, new: str, *, space: str = "") -> Changes:
        """Rename a theme everywhere; of a free one, that makes a concept there (``space``).

        Raises as ``change``.
        """
        vocabulary = self.vocabulary()
        if what in vocabulary.concepts or vocabulary.find(what):
            return self.change(what, label=new)
        label = thesaurus.checked(new)
        thesaurus.check_free(vocabulary, [label])
        alts = thesaurus.synonyms([what], label)
        made = Concept("", label, alts=alts, space=space)
        return record(self._house, [thesaurus.new(self._house, made)])

    def merge(self, into: str, others: Sequence[str], *, space: str = "") -> Changes:
        """Make several themes one, concepts or free, by id or word.

        ``space``: where a free one becomes a concept. Raises BadTheme, TooLong, and Refused
        (``what="space"``) when colleagues would lose a theme to one that they cannot see.
        """
        vocabulary = self.vocabulary()
        target = vocabulary.concepts.get(into) or vocabulary.find(into)
        facts: list[Fact] = []
        if target is None:
            label = thesaurus.checked(into)
            made = thesaurus.new(self._house, Concept("", label, space=space))
            target, facts = Concept(made.entity, label, space=made.space), [made]
        found = [vocabulary.concepts.get(one) or vocabulary.find(one) for one in others]
        gone = {one.id: one for one in found if one and one.id != target.id}
        free = [label for label, one in zip(others, found, strict=True) if one is None]
        own = {self._house.personal, target.space or self._house.personal}
        if any(one.space not in own for one in gone.values()):
            raise Refused(what="space")
        facts += thesaurus.merged(vocabulary, target, list(gone.values()), free)
        return record(self._house, facts)

    def remove(self, *whats: str) -> Changes:
        """Take concepts away: things keep their words, as free themes. Raises NotFound."""
        vocabulary = self.vocabulary()
        gone = {one.id: one for one in (thesaurus.named(vocabulary, what) for what in whats)}
        return record(self._house, thesaurus.removed(vocabulary, list(gone.values())))

    # --- files ---------------------------------------------------------------------------------

    def import_file(self, file: Path | bytes, *, space: str = "") -> Imported:
        """Take the themes of a file: SKOS or a table. Raises FileUnreadable.

        Reading twenty megabytes takes the better part of a minute.
        """
        data = file if isinstance(file, bytes) else thesaurus_file.opened(file)
        return thesaurus_file.take(self._house, thesaurus_file.read(data), space=space)

    def export(self, form: Format = "skos", *, name: str = "Veille") -> bytes:
        """Write every concept: ``skos`` (RDF/XML), ``turtle`` or ``csv``."""
        concepts = list(self.vocabulary().concepts.values())
        return thesaurus_file.written(concepts, form=form, name=name)


def _totals(vocabulary: Vocabulary, bearing: Mapping[str, frozenset[int]]) -> dict[str, int]:
    """Count what bears each concept or something narrower, from the leaves up."""
    found: dict[str, frozenset[int]] = {}
    for _depth, concept in reversed(list(vocabulary.walk())):
        below = (found[child.id] for child in vocabulary.children(concept.id))
        found[concept.id] = bearing.get(key(concept.label), frozenset()).union(*below)
    return {one: len(some) for one, some in found.items()}


def _theme(
    concept: Concept, vocabulary: Vocabulary, counts: Mapping[str, tuple[str, int]]
) -> Theme:
    _label, count = counts.get(key(concept.label), ("", 0))
    return Theme(
        label=concept.label,
        id=concept.id,
        path=vocabulary.path(concept.id),
        count=count,
        total=count,
        alts=concept.alts,
        broader=vocabulary.parent(concept.id),
        note=concept.note,
        space=concept.space,
    )


def _free(vocabulary: Vocabulary, counts: Mapping[str, tuple[str, int]]) -> list[Theme]:
    found = [
        Theme(label, path=(label,), count=count, total=count)
        for label, count in counts.values()
        if vocabulary.find(label) is None
    ]
    return sorted(found, key=lambda one: order(one.label))


def _answering(
    vocabulary: Vocabulary, counts: Mapping[str, tuple[str, int]], sought: str
) -> Iterator[tuple[int, ThemeChoice]]:
    """Give the themes that answer, with how well their best word does."""
    for one, words in _folded(vocabulary):
        rank, place = min((_rank(word, sought), at) for at, word in enumerate(words))
        if rank < _NOT:
            count = counts.get(words[0], ("", 0))[1]
            said = one.words[place] if place else ""
            yield rank, ThemeChoice(one.label, vocabulary.path(one.id), said, count=count)
    for theme in _free(vocabulary, counts):
        if (rank := _rank(key(theme.label), sought)) < _NOT:
            yield rank, ThemeChoice(theme.label, theme.path, is_free=True, count=theme.count)


@lru_cache(maxsize=2)
def _folded(vocabulary: Vocabulary) -> list[tuple[Concept, list[str]]]:
    """Fold the words of each concept, once a vocabulary: a letter that is typed does not wait."""
    return [(one, [key(word) for word in one.words]) for _depth, one in vocabulary.walk()]


def _rank(folded: str, sought: str) -> int:
    """Tell how well a word answers: 0 begins so, 1 one of its words does, 2 holds it."""
    if folded.startswith(sought):
        return 0
    if f" {sought}" in folded:
        return 1
    return 2 if sought in folded else _NOT
