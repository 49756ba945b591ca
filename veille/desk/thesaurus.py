"""What is said to change the themes of a team: each gesture, as facts. Nothing is recorded here.

A thing keeps the label that somebody typed: renaming or merging touches no thing, only the words
of concepts, and so is one operation or a few, whatever the number of things.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from veille.desk import chance
from veille.desk.house import House
from veille.domain import ids
from veille.domain import operation as op
from veille.domain.errors import BadName, BadTheme, NotFound, Refused, TooLong
from veille.domain.facts import Fact
from veille.domain.fields import MAX_LINE, MAX_PASSAGE
from veille.domain.operation import Json
from veille.domain.text import key
from veille.store import themes, things
from veille.themes.told import MOST_ALTS, passage, word
from veille.themes.vocabulary import Concept, Vocabulary


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be said of a concept; None for what stays as it is."""

    label: str | None = None
    alts: Sequence[str] | None = None
    broader: str | None = None
    note: str | None = None


def concepts(house: House) -> list[Concept]:
    """Give every concept that I may read."""
    with house.database.reading() as db:
        return themes.concepts(db)


def named(vocabulary: Vocabulary, what: str) -> Concept:
    """Find a concept by its id or one of its words. Raises NotFound."""
    found = vocabulary.concepts.get(what) or vocabulary.find(what)
    if found is None:
        raise NotFound(what=what)
    return found


def checked(label: str) -> str:
    """Give a label as it is recorded. Raises BadTheme."""
    label = word(label)
    if not key(label) or len(label) > MAX_LINE:
        raise BadTheme(theme=label[:80])
    return label


def new(house: House, concept: Concept) -> Fact:
    """State a new concept; its ``id`` is found here. Two people who state the same label meet."""
    space = concept.space or house.personal
    data: dict[str, Json] = {
        "label": concept.label,
        "alts": list(concept.alts),
        "broader": concept.broader,
        "note": concept.note,
        "uri": concept.uri,
    }
    return Fact(_free_id(house, space, concept.label), op.CONCEPT_SET, data, space)


def _free_id(house: House, space: str, label: str) -> str:
    """Name a concept by its label, unless that is the name of one which was called so once."""
    derived = str(ids.derived_entity("concept", space, key(label)))
    with house.database.reading() as db:
        taken = [row for row in things.rows(db, [derived]) if row.hidden != things.DELETED]
    return chance.entity("concept") if taken else derived


def changed(vocabulary: Vocabulary, concept: Concept, wanted: Wanted) -> list[Fact]:
    """Say of a concept what is new; a label that is replaced stays as a synonym.

    Raises BadTheme, BadName (a word is another concept's), Refused (``broader``: a circle), TooLong.
    """
    label = concept.label if wanted.label is None else checked(wanted.label)
    if key(label) != key(concept.label):
        check_free(vocabulary, [label], owner=concept.id)
    alts = concept.alts if wanted.alts is None else tuple(wanted.alts)
    if wanted.alts is None and label != concept.label:
        alts = (*alts, concept.label)
    alts = synonyms(alts, label)
    known = {key(one) for one in concept.words}
    check_free(vocabulary, (one for one in alts if key(one) not in known), owner=concept.id)
    broader = concept.broader if wanted.broader is None else wanted.broader
    if broader != concept.broader and broader and vocabulary.circles(concept.id, broader=broader):
        raise Refused(what="broader")
    note = concept.note if wanted.note is None else _note(wanted.note)
    after = replace(concept, label=label, alts=alts, broader=broader, note=note)
    return said(concept, after)


def said(before: Concept, after: Concept) -> list[Fact]:
    """State what differs between two states of a concept, if anything does."""
    data: dict[str, Json] = {
        name: value
        for name, value, old in (
            ("label", after.label, before.label),
            ("broader", after.broader, before.broader),
            ("note", after.note, before.note),
            ("uri", after.uri, before.uri),
        )
        if value != old
    }
    if after.alts != before.alts:
        data["alts"] = list(after.alts)
    return [Fact(before.id, op.CONCEPT_SET, data)] if data else []


def check_free(vocabulary: Vocabulary, words: Iterable[str], *, owner: str = "") -> None:
    """Refuse the words of other concepts. Raises BadName."""
    for one in words:
        found = vocabulary.find(one)
        if found is not None and found.id != owner:
            raise BadName(name=one)


def synonyms(said: Iterable[str], label: str) -> tuple[str, ...]:
    """Give synonyms as they are recorded: each once, without the label. Raises BadTheme, TooLong."""
    known = {key(label), ""}
    found: list[str] = []
    for one in map(word, said):
        if key(one) not in known:
            known.add(key(one))
            found.append(checked(one))
    if len(found) > MOST_ALTS:
        raise TooLong(limit=MOST_ALTS)
    return tuple(found)


def _note(text: str) -> str:
    if len(note := passage(text)) > MAX_PASSAGE:
        raise TooLong(limit=MAX_PASSAGE)
    return note


def merged(
    vocabulary: Vocabulary, into: Concept, others: Sequence[Concept], free: Sequence[str]
) -> list[Fact]:
    """Make several concepts, and labels without concept, one: the words of all are its words.

    What was below the others is below it. It keeps its own note and place; a new one, or one that
    was below what is merged, takes the place of the first that has one.
    """
    gone = {one.id for one in others}
    broader = into.broader if into.broader not in gone else ""
    places = [one.broader for one in others if one.broader]
    stays = bool(into.began) and not into.broader
    for place in (
        () if stays else (*places, *(above for one in others for above in vocabulary.above(one.id)))
    ):
        if not broader and place not in gone and not vocabulary.circles(into.id, broader=place):
            broader = place
    words = (*into.alts, *(one for other in others for one in other.words), *free)
    after = replace(
        into,
        alts=synonyms(words, into.label),
        broader=broader,
        note=into.note or next((one.note for one in others if one.note), ""),
        uri=into.uri or next((one.uri for one in others if one.uri), ""),
    )
    moved: dict[str, Json] = {"broader": into.id}
    below = [child for one in others for child in vocabulary.children(one.id)]
    return [
        *said(into, after),
        *(
            Fact(child.id, op.CONCEPT_SET, moved)
            for child in below
            if child.id != into.id and child.id not in gone
        ),
        *(Fact(one.id, op.DELETE) for one in others),
    ]


def removed(vocabulary: Vocabulary, gone: Sequence[Concept]) -> list[Fact]:
    """Take concepts away; what was below one is below the nearest above it that stays."""
    names = {one.id for one in gone}
    facts: list[Fact] = []
    for one in gone:
        above = next((high for high in vocabulary.above(one.id) if high not in names), "")
        place: dict[str, Json] = {"broader": above}
        below = [child for child in vocabulary.children(one.id) if child.id not in names]
        facts += [Fact(child.id, op.CONCEPT_SET, place) for child in below]
    return [*facts, *(Fact(one.id, op.DELETE) for one in gone)]
