"""Which words tell what resembles an example: from one or a few items to conditions of a rule.

One short item does not say what it is about: "Lens" or football? What came in lately does. Items
that speak of the same thing are found by latent semantic analysis (Deerwester et al., 1990): in a
few dimensions, two items meet by the words that go together elsewhere, even when they share none.
The words that this company has and the rest has not are the proposal, in plain sight: people read
them and remove what they did not mean.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

import numpy as np

from veille.feeds.item import Item
from veille.feeds.rules import ENOUGH, LEAD, LONGEST_TEXT, Conditions, Like, Terms, section_mark

_MOST_EXAMPLES: Final = 20
_MOST_OTHERS: Final = 1_000
_MOST_WORDS: Final = 30
_MOST_COMPANY: Final = 12
# Fewer items say nothing of what is rare.
_LEAST_BACKGROUND: Final = 100
# A word that more than one item in seven or so holds tells nothing.
_RARE: Final = 2.0
# Dimensions by square root of the number of items, and how near is company (cosine).
_DIMENSIONS: Final = 1.8
_NEAR: Final = 0.65
# What a word of the company is worth: the log of how much likelier it is there, within bounds,
# a third of it for each item that holds it beside the first; all over what is enough to be alike.
_LEAST_WORTH: Final = 1.5
_MOST_WORTH: Final = 3.0
_ALIKE: Final = 4.5
_FULL: Final = 3
# A word that a single example holds may be chance; in the title it is less so.
_ALONE: Final = 0.5
_ALONE_IN_TITLE: Final = 0.6
# Company that the words of the company do not nearly take is none.
_KEPT: Final = 0.8
# In a small memory nothing that is meant is rare: a subject is a word that many titles hold, and that
# stands less often in a text alone. How many, which part of what came in, which part in a title.
_LEAST_TITLED: Final = 4
_OFTEN: Final = 0.1
_IN_TITLE: Final = 0.5
_LEAST_LETTERS: Final = 3
_MOST_LETTERS: Final = 40
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"\w+")
# A capital after a small letter or a comma: not where a sentence begins.
_NAME: Final = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)*")
_SMALL: Final = re.compile(r"\b[a-zà-ÿ]{3,}")
# They say when, where, how many or how; never what it is about.
_EMPTY: Final = """
un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt
trente quarante cinquante soixante cent cents mille million millions milliard milliards
premier deuxième troisième quatrième cinquième dernier derniers prochain second nouveau nouveaux
nouvelle lundi mardi mercredi jeudi vendredi samedi dimanche week end jour journée semaine mois an
ans année heure heures minute minutes matin midi après soir soirée nuit veille demain hier
aujourd hui ici janvier février mars avril mai juin juillet août septembre octobre novembre décembre
printemps été automne hiver euro euros prix fois fin début moitié tiers quart reste point points
nombre plusieurs chaque tous tout toute toutes autre autres même avant depuis pendant jusqu contre
entre selon vers chez moins plus près loin encore toujours déjà jamais désormais aussi ainsi enfin
lors dès puis alors grand grande petit bon bonne beau gros haut long seul seule homme femme personne
personnes gens monde saint sainte rue avenue place ville commune être avoir faire aller venir voir
savoir vouloir devoir falloir mettre prendre donner rester tenir passer arriver partir demander
annoncer attendre présenter ouvrir proposer permettre compter trouver suivre rendre sera seront
serait fera feront va vont aura auront âgé âge suite cas part côté lieu retour question tour france
français française
"""


@dataclass(frozen=True, slots=True)
class _Read:
    """An item as its topic shows: telling words, sections as marks, and those of the title."""

    words: frozenset[str]
    title: frozenset[str]


def by_example(examples: Sequence[Item], others: Sequence[Item], *, terms: Terms) -> Conditions:
    """Propose conditions that take what resembles the examples, and not the rest.

    Args:
        examples: what a person pointed at; several say better what they have in common.
        others: what came in lately, whatever it is about: some hundreds.
        terms: gives the folded stems of a text in order, without small words.

    Returns:
        Words that weigh, the section being one when it tells as they do; nothing at all, which
        matches nothing, when the examples hold no telling word.
    """
    examples = examples[:_MOST_EXAMPLES]
    shown = {one.id for one in examples}
    others = [one for one in others if one.id not in shown][:_MOST_OTHERS]
    empty = frozenset(terms(_EMPTY)) | _names([*examples, *others], terms)
    own = [_read(one, empty, terms) for one in examples]
    rest = [_read(one, empty, terms) for one in others]
    if not own:
        return Conditions()
    weights, company = _resembling(own, rest)
    if not any(_weight(weights, one.words) >= ENOUGH for one in rest):
        weights = _subject(own, rest) or weights
    texts = [*examples, *(others[at] for at in company)]
    return Conditions(like=_readable(weights, texts, terms))


def _names(items: Iterable[Item], terms: Terms) -> frozenset[str]:
    """Give the stems of names: they say who or where, and what resembles is told of others.

    Written with a capital within a sentence, and never without one; acronyms are no names.
    """
    within: set[str] = set()
    small: set[str] = set()
    for item in items:
        for told in (item.title, item.text[:LONGEST_TEXT]):
            small.update(_SMALL.findall(told))
            within.update(_NAME.findall(told))
    small_stems = {stem for word in small for stem in terms(word)}
    named = {stem for word in within for stem in terms(word)}
    return frozenset(named - small_stems)


def _read(item: Item, empty: frozenset[str], terms: Terms) -> _Read:
    title, text = terms(item.title), terms(item.text[:LONGEST_TEXT])[:LEAD]
    words = frozenset(one for one in (*title, *text) if _telling(one) and one not in empty)
    return _Read(words.union(map(section_mark, item.sections)), frozenset(title))


def _telling(word: str) -> bool:
    return _LEAST_LETTERS <= len(word) <= _MOST_LETTERS and not _DIGIT.search(word)


# --- company ----------------------------------------------------------------------------------


def _resembling(own: list[_Read], rest: list[_Read]) -> tuple[dict[str, float], list[int]]:
    """Weigh the words that tell the examples and their company from the rest."""
    count = Counter(word for one in (*own, *rest) for word in one.words)
    size = max(len(own) + len(rest), _LEAST_BACKGROUND)
    rarity = {word: log((size + 1) / (held + 0.5)) for word, held in count.items()}
    rare = {word: worth for word, worth in rarity.items() if worth >= _RARE}
    company = _company(own, rest, rare)
    for _ in range(2):
        weights = _weights(own, [rest[at] for at in company], count, size)
        company = [at for at in company if _weight(weights, rest[at].words) >= _KEPT]
    weights = _weights(own, [rest[at] for at in company], count, size)
    return {word: worth for word, worth in weights.items() if word in rare}, company


def _subject(own: list[_Read], rest: list[_Read]) -> dict[str, float]:
    """Give the word of the examples that titles hold most, when it says what much is about."""
    shared = frozenset.intersection(*(one.title & one.words for one in own))
    titled = Counter(word for one in rest for word in one.title & shared)
    held = Counter(word for one in rest for word in one.words & shared)
    often = {
        word: count
        for word, count in titled.items()
        if max(_LEAST_TITLED, _OFTEN * len(rest)) <= count
        and held[word] <= min(len(rest) / 2, count / _IN_TITLE)
    }
    return {max(often, key=lambda word: (often[word], word)): 1.0} if often else {}


def _company(own: list[_Read], rest: list[_Read], rare: Mapping[str, float]) -> list[int]:
    """Find what speaks of the same thing, the nearest first, by its place in ``rest``."""
    near = _nearness(own, rest, rare)
    said = {word for one in own for word in one.words if word in rare}
    order = np.argsort(-near, kind="stable")[:_MOST_COMPANY]
    return [int(at) for at in order if near[at] >= _NEAR and said & rest[at].words]


def _nearness(own: list[_Read], rest: list[_Read], rare: Mapping[str, float]) -> np.ndarray:
    """Give the cosine of each other item with the middle of the examples, in a few dimensions."""
    items = [one.words for one in (*own, *rest)]
    held = Counter(word for one in items for word in one if word in rare)
    place = {word: at for at, word in enumerate(sorted(w for w, n in held.items() if n > 1))}
    if not place:
        return np.zeros(len(rest))
    table = np.zeros((len(items), len(place)))
    for row, words in enumerate(items):
        for word in words & place.keys():
            table[row, place[word]] = rare[word]
    table = _unit(table)
    values, vectors = np.linalg.eigh(table @ table.T)
    few = max(4, round(_DIMENSIONS * sqrt(len(items))))
    reduced = _unit(vectors[:, -few:] * np.sqrt(np.maximum(values[-few:], 0)))
    middle = _unit(reduced[: len(own)].mean(axis=0, keepdims=True))
    near: np.ndarray = (reduced[len(own) :] @ middle[0]).round(6)
    return near


def _unit(table: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    divided: np.ndarray = table / np.maximum(lengths, 1e-9)
    return divided


# --- words ------------------------------------------------------------------------------------


def _weights(
    own: list[_Read], company: list[_Read], count: Mapping[str, int], size: int
) -> dict[str, float]:
    """Weigh each word by how much likelier it is here than elsewhere, and by who says so."""
    said = Counter(word for one in own for word in one.words)
    around = Counter(word for one in company for word in one.words)
    title = frozenset(word for one in own for word in one.title)
    here, there = len(own) + len(company), size - len(own) - len(company)
    weights = {}
    for word in said.keys() | around.keys():
        held = said[word] + around[word]
        inside, outside = (held - 0.5) / (here + 1), (count[word] - held + 0.5) / (there + 1)
        worth = log(inside / outside)
        trust = _trust(said[word], around[word], in_title=word in title)
        if worth >= _LEAST_WORTH and trust:
            weights[word] = min(worth, _MOST_WORTH) / _ALIKE * trust
    return weights


def _trust(said: int, around: int, *, in_title: bool) -> float:
    """Tell how far a word may be believed: by how many items hold it, 0 for chance."""
    if said > 1 or around > 1:
        return min(1.0, (said + around - 1) / _FULL)
    if said:
        return _ALONE_IN_TITLE if in_title else _ALONE
    return 0.0


def _weight(weights: Mapping[str, float], words: Iterable[str]) -> float:
    return sum(weights.get(word, 0.0) for word in words)


def _readable(
    weights: Mapping[str, float], items: Sequence[Item], terms: Terms
) -> tuple[Like, ...]:
    """Give the heaviest words in the form that the items write most."""
    forms = _forms(weights, items, terms)
    order = sorted(weights, key=lambda word: (-weights[word], word))
    found = (Like(one, round(weights[one], 3), forms[one]) for one in order if one in forms)
    return tuple(found)[:_MOST_WORDS]


def _forms(weights: Mapping[str, float], items: Sequence[Item], terms: Terms) -> dict[str, str]:
    written: Counter[str] = Counter()
    for item in items:
        written.update(_WORD.findall(item.title))
        written.update(_WORD.findall(" ".join(item.text.split()[: 2 * LEAD])))
    by_stem: dict[str, Counter[str]] = {}
    for form, times in written.items():
        stems = terms(form)
        if len(stems) == 1 and stems[0] in weights:
            by_stem.setdefault(stems[0], Counter())[_plain(form, written)] += times
    words = {
        stem: min(forms, key=lambda one: (-forms[one], len(one), one))
        for stem, forms in by_stem.items()
    }
    return words | {section_mark(one): one for item in items for one in item.sections if one}


def _plain(form: str, written: Mapping[str, int]) -> str:
    """Give the small letters of a word that also begins sentences; a name keeps its capital."""
    return form.lower() if form.lower() in written else form
