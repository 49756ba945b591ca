"""Invented French press articles, the same ones for the same seed, made of real sentences.

An article takes 2 or 3 source documents as its topics, and most of its sentences from them. In
each, some of the proper nouns give way to invented places and people drawn from a long-tailed
law, so that the vocabulary keeps growing with the number of articles, as that of a press does.
Articles come in the order of their days, as a watch collects them.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Final, TypedDict

ASSETS: Final = Path(__file__).parents[4] / "shared" / "assets"
DEMO: Final = Path(__file__).parents[3] / "resources" / "demo" / "articles"
KINDS: Final = ("article", "quote", "note")
STATES: Final = ("inbox", "kept", "discarded", "published", "archived")
SPACES: Final = ("commun", "presse", "cabinet")
AUTHORS: Final = ("Anaïs", "Benoît", "Chloé", "David", "Élise", "Farid", "Gaëlle", "Hugo")

_FIRST_DAY: Final = date(2016, 1, 1)
_DAYS: Final = (date(2026, 12, 31) - _FIRST_DAY).days + 1
_WORDS_MEDIAN, _WORDS_SIGMA = 700, 0.6
_WORDS_LEAST, _WORDS_MOST = 150, 3000
_FROM_TOPICS: Final = 0.7  # the share of sentences that come from the topics
_RENAMED: Final = 0.6  # the share of the proper nouns of an article that are replaced
_NAME_TAIL: Final = 0.26  # the smaller, the faster new names keep coming
_NAME_HEAD: Final = 300.0  # the larger, the rarer the most frequent names
_NAMES: Final = 40_000_000
_CHAPTER: Final = 60  # a novel is cut into topics of so many sentences

_SENTENCE_END: Final = re.compile(r"(?<=[.!?…»])\s+(?=[A-ZÀ-Ý«—])")
_PROPER: Final = re.compile(
    r"(?<=[a-zà-ÿ,«] |[a-z][’'])([A-ZÀ-Ý][a-zà-ÿ]{2,}(?:-[A-ZÀ-Ý][a-zà-ÿ]+)*)"
)
_MARKUP: Final = re.compile(r"[<>{}|\[\]`*_]|https?:|::|^#|-{3,}|\w+: ?$")
_SOUNDS: Final = (
    "ba bel ber bon bré ca chan char clo cor cour da del dor du fa fer flo gan gel gri gué ha hel "
    "jar jo ker la lan lé lor lu ma mar mé mon mou na nan né or pa pé pel plou pon qui ra ré rou "
    "sa sel sou ta tan tré va vé ver vil"
)
_SYLLABLES: Final = tuple(_SOUNDS.split())
_PLACE_ENDS: Final = ("ac", "ay", "court", "gny", "lès", "mont", "ois", "rive", "val", "ville")
_PERSON_ENDS: Final = ("ard", "aud", "eau", "ec", "el", "ier", "in", "ot", "oux", "wski")


class Article(TypedDict):
    """One item of the press watch."""

    id: str
    title: str
    text: str
    day: int
    source: str
    kind: str
    state: str
    space: str
    by: str
    tags: list[str]
    dossiers: list[str]
    speaker: str


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The text around the proper nouns (one piece more than there are nouns), and its words."""

    pieces: tuple[str, ...]
    nouns: tuple[str, ...]
    words: int


Topics = tuple[tuple[_Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class _Wheel:
    """Choices with falling odds: 1/1, 1/2, 1/3..."""

    choices: Sequence[str]
    odds: Sequence[float]

    @classmethod
    def of(cls, choices: Sequence[str]) -> _Wheel:
        """The first choice is the most frequent."""
        return cls(choices, list(accumulate(1 / (rank + 1) for rank in range(len(choices)))))

    def some(self, chance: random.Random, count: int) -> list[str]:
        """So many different choices at most."""
        return sorted(set(chance.choices(self.choices, cum_weights=self.odds, k=count)))


def articles(n: int, seed: int = 1, *, topics: Topics | None = None) -> Iterator[Article]:
    """The n articles of a seed, in the order of their days, made of the assets by default."""
    writer = _Writer(topics or _topics())
    for number in range(n):
        day = _FIRST_DAY + timedelta(days=number * _DAYS // n)
        yield writer.article(number, day, random.Random(seed * 1_000_003 + number))


class _Writer:
    """Holds what articles are made of."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics
        self._topic_odds = list(accumulate(1 / (rank + 30) for rank in range(len(self._topics))))
        self._others = [sentence for topic in self._topics for sentence in topic]
        self._sources = _Wheel.of([_title_of_press(rank) for rank in range(120)])
        self._tags = _Wheel.of([_name(rank + 900).lower() for rank in range(60)])
        self._dossiers = _Wheel.of([f"Dossier {_name(rank + 700)}" for rank in range(40)])
        self._speakers = _Wheel.of([f"{AUTHORS[r % 8]} {_name(2 * r + 1)}" for r in range(300)])

    def article(self, number: int, day: date, chance: random.Random) -> Article:
        """One article; the same whatever came before."""
        sentences = self._sentences(chance)
        names: dict[str, str] = {}
        kind = chance.choices(KINDS, (90, 7, 3))[0]
        spoken = kind == "quote" or chance.random() < 0.15
        return Article(
            id=f"a-{number:06d}",
            title=_title(sentences, names, chance),
            text=_text(sentences, names, chance),
            day=day.year * 10_000 + day.month * 100 + day.day,
            source=self._sources.some(chance, 1)[0],
            kind=kind,
            state=chance.choices(STATES, (30, 35, 15, 12, 8))[0],
            space=chance.choices(SPACES, (60, 30, 10))[0],
            by=chance.choices(AUTHORS, (30, 20, 15, 10, 10, 7, 5, 3))[0],
            tags=self._tags.some(chance, chance.randrange(5)),
            dossiers=self._dossiers.some(chance, chance.randrange(3)),
            speaker=self._speakers.some(chance, 1)[0] if spoken else "",
        )

    def _sentences(self, chance: random.Random) -> list[_Sentence]:
        wanted = _WORDS_MEDIAN * math.exp(chance.gauss(0, _WORDS_SIGMA))
        wanted = min(max(wanted, _WORDS_LEAST), _WORDS_MOST)
        topics = chance.choices(self._topics, cum_weights=self._topic_odds, k=chance.choice((2, 3)))
        own = [sentence for topic in topics for sentence in topic]
        chance.shuffle(own)
        kept: list[_Sentence] = []
        words = 0
        while words < wanted:
            on_topic = own and chance.random() < _FROM_TOPICS
            kept.append(own.pop() if on_topic else chance.choice(self._others))
            words += kept[-1].words
        return kept


def _title(sentences: list[_Sentence], names: dict[str, str], chance: random.Random) -> str:
    """The first 6 to 12 words of a sentence long enough."""
    of = next((one for one in sentences if one.words >= 12), sentences[0])
    words = _said(of, names, chance).split()[: chance.randint(6, 12)]
    return " ".join(words).strip(" ,;:.!?«»—")


def _text(sentences: list[_Sentence], names: dict[str, str], chance: random.Random) -> str:
    parts: list[str] = []
    for sentence in sentences:
        parts.append(_said(sentence, names, chance))
        parts.append("\n\n" if chance.random() < 0.2 else " ")
    return "".join(parts[:-1])


def _said(sentence: _Sentence, names: dict[str, str], chance: random.Random) -> str:
    """The sentence with the names that the article gives to people and places."""
    if not sentence.nouns:
        return sentence.pieces[0]
    said = [sentence.pieces[0]]
    for noun, piece in zip(sentence.nouns, sentence.pieces[1:], strict=True):
        name = names.get(noun)
        if name is None:
            name = _drawn_name(chance) if chance.random() < _RENAMED else noun
            names[noun] = name
        said += (name, piece)
    return "".join(said)


def _drawn_name(chance: random.Random) -> str:
    rank = _NAME_HEAD * (chance.random() ** (-1 / _NAME_TAIL) - 1)
    return _name(int(rank % _NAMES))


def _name(rank: int) -> str:
    """A place for an even rank, a person for an odd one; the rarer, the longer."""
    rest, which = divmod(rank, 20)
    end = (_PERSON_ENDS if which % 2 else _PLACE_ENDS)[which // 2]
    parts = [end]
    while rest or len(parts) < 2:
        rest, syllable = divmod(rest, len(_SYLLABLES))
        parts.append(_SYLLABLES[syllable])
    word = "".join(reversed(parts)).capitalize()
    return f"Saint-{word}" if rank % 14 == 0 else word


def _title_of_press(rank: int) -> str:
    kinds = ("Le Courrier de", "L'Écho de", "La Gazette de", "Radio", "Le Journal de", "Info")
    return f"{kinds[rank % len(kinds)]} {_name(2 * rank)}"


@cache
def _topics() -> Topics:
    """Every document that has a few usable sentences, in an order of chance."""
    return _usable(_documents())


@cache
def demo_topics() -> Topics:
    """What the demo memory is made of: there without any asset, and read in no time."""
    told = (path.read_text(encoding="utf-8") for path in sorted(DEMO.glob("*.md")))
    return _usable(_split(one.partition("---")[2], wrapped=False) for one in told)


def _usable(documents: Iterable[Sequence[str]]) -> Topics:
    topics = [tuple(filter(None, map(_sentence, one))) for one in documents]
    topics = [one for one in topics if len(one) > 1]
    random.Random(0).shuffle(topics)
    return tuple(topics)


def _documents() -> Iterator[Sequence[str]]:
    """The sentences of each document, then of each chapter of the novels."""
    search, volume = ASSETS / "07-search-fr", ASSETS / "09-volume-fr"
    for path in (search / "spf/corpus.jsonl.gz", search / "piaf/corpus.jsonl.gz",
                 *sorted(volume.glob("*.jsonl.gz"))):  # fmt: skip
        wrapped = path.name == "code-civil.jsonl.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield _split(json.loads(line)["text"], wrapped=wrapped)
    for path in sorted((volume / "eltec").glob("*.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as novel:
            sentences = _split(novel.read(), wrapped=False)
        for start in range(0, len(sentences), _CHAPTER):
            yield sentences[start : start + _CHAPTER]


def _split(text: str, *, wrapped: bool) -> list[str]:
    paragraphs = text.split("\n\n" if wrapped else "\n")
    return [
        sentence
        for paragraph in paragraphs
        for sentence in _SENTENCE_END.split(" ".join(paragraph.split()))
    ]


def _sentence(text: str) -> _Sentence | None:
    """None for a heading, a scrap or a line of markup."""
    words = len(text.split())
    if not 5 <= words <= 80 or _MARKUP.search(text):
        return None
    parts = _PROPER.split(text)
    return _Sentence(tuple(parts[::2]), tuple(parts[1::2]), words)
