"""Which themes of the vocabulary a text is about, from the words that it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from veille.domain.text import fold, key
from veille.themes.vocabulary import Concept, Vocabulary, dictionary_order

Stem = Callable[[str], str]

# A word in the title says more than many in the text, where the fifth mention adds nothing.
_TITLE: Final = 8
_LEAD: Final = 4
_MOST_MENTIONS: Final = 4
# A theme that counts this many times less than the best one was only mentioned.
_FAR_BEHIND: Final = 6
_LONGEST_TEXT: Final = 200_000
# A word may hold soft hyphens, and accents apart from their letter.
_WORD: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d])+")
# Stems of short words meet where words do not: “porte” is no port.
_SHORT: Final = 5
_PLURALS: Final = ("", "s", "x")


class _Phrase(NamedTuple):
    """A label, as stems; ``exact`` are its folded words."""

    stems: tuple[str, ...]
    exact: tuple[str, ...]
    is_acronym: bool
    concept: str


@dataclass(slots=True)
class _Found:
    """How much a text says of a concept, and where it does first."""

    score: int = 0
    first: int = 0
    mentions: dict[int, int] = field(default_factory=dict)


def suggest(
    title: str, lead: str, text: str, vocabulary: Vocabulary, *, stem: Stem, limit: int = 6
) -> list[str]:
    """Give the ids of the concepts that a text is about, the surest first.

    A label counts when all its words stand in the text in sequence, whatever their inflections;
    what stands inside a longer label does not. A narrower concept stands for its broader one,
    unless that one is said much more.

    Args:
        title: counts more than the lead, which counts more than the text.
        lead: the first sentences.
        text: the body; its first 200,000 characters.
        vocabulary: nothing else is ever suggested. Labels are analysed once a vocabulary.
        stem: gives what the inflections of a folded word share.
        limit: how many at most.
    """
    phrases = _phrases(vocabulary, stem)
    found: dict[str, _Found] = {}
    place = 0
    for part, weight in ((title, _TITLE), (lead, _LEAD), (text[:_LONGEST_TEXT], 1)):
        words = _WORD.findall(part)
        for at, concept in _mentions(words, phrases, stem):
            one = found.setdefault(concept, _Found(first=place + at))
            one.mentions[weight] = one.mentions.get(weight, 0) + 1
        place += len(words)
    for one in found.values():
        one.score = sum(
            min(many, _MOST_MENTIONS) if weight == 1 else weight
            for weight, many in one.mentions.items()
        )
    return _best(found, vocabulary)[:limit]


def _best(found: Mapping[str, _Found], vocabulary: Vocabulary) -> list[str]:
    floor = max((one.score for one in found.values()), default=0)
    kept = {one: said for one, said in found.items() if said.score * _FAR_BEHIND >= floor}
    covered = {
        above
        for one, said in kept.items()
        for above in vocabulary.above(one)
        if above in kept and said.score * 2 >= kept[above].score
    }
    return sorted(
        (one for one in kept if one not in covered),
        key=lambda one: (
            -kept[one].score, kept[one].first, dictionary_order(vocabulary.concepts[one])
        ),
    )  # fmt: skip


def _mentions(
    words: Sequence[str], phrases: Mapping[str, Sequence[_Phrase]], stem: Stem
) -> Iterator[tuple[int, str]]:
    """Give where concepts are named; the longest label of a place takes it."""
    folded = [fold(one) for one in words]
    stems = [stem(one) for one in folded]
    at = 0
    while at < len(stems):
        phrase = _longest(phrases.get(stems[at], ()), at, words, (folded, stems))
        if phrase is not None:
            yield at, phrase.concept
        at += len(phrase.stems) if phrase else 1


def _longest(
    phrases: Sequence[_Phrase],
    at: int,
    words: Sequence[str],
    forms: tuple[Sequence[str], Sequence[str]],
) -> _Phrase | None:
    """Find the longest label that stands at a place; of two, the one in these very words."""
    folded, stems = forms
    best: _Phrase | None = None
    for phrase in phrases:
        end = at + len(phrase.stems)
        if best and len(phrase.stems) < len(best.stems):
            break
        if tuple(stems[at:end]) != phrase.stems or not _is_said(phrase, words[at], folded[at]):
            continue
        if tuple(folded[at:end]) == phrase.exact:
            return phrase
        best = best or phrase
    return best


def _is_said(phrase: _Phrase, word: str, folded: str) -> bool:
    """Tell whether a word that has the stem of a label is a form of it."""
    if phrase.is_acronym:
        return word.isupper()
    if len(phrase.exact) > 1 or len(phrase.exact[0]) > _SHORT:
        return True
    said = phrase.exact[0]
    return any(folded == said + end or folded + end == said for end in _PLURALS)


@lru_cache(maxsize=4)
def _phrases(vocabulary: Vocabulary, stem: Stem) -> Mapping[str, Sequence[_Phrase]]:
    """Give labels by the stem of their first word, the longest first."""
    found: dict[str, list[_Phrase]] = {}
    for concept in vocabulary.concepts.values():
        for label in concept.words:
            if phrase := _phrase(label, concept, vocabulary, stem):
                found.setdefault(phrase.stems[0], []).append(phrase)
    for some in found.values():
        some.sort(key=lambda one: (-len(one.stems), one.exact, one.concept))
    return found


def _phrase(label: str, concept: Concept, vocabulary: Vocabulary, stem: Stem) -> _Phrase | None:
    """Analyse a label, unless it is somebody else's word."""
    owner = vocabulary.find(label)
    words = _WORD.findall(label)
    if owner is None or owner.id != concept.id or not words or not key(label):
        return None
    exact = tuple(fold(one) for one in words)
    is_acronym = len(words) == 1 and words[0].isupper() and len(words[0]) <= 5
    return _Phrase(tuple(stem(one) for one in exact), exact, is_acronym, concept.id)
