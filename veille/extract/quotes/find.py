"""Quotes found in a text, with who says them and in which capacity.

A proposal only: a person confirms it. Nothing is guessed when no name stands near, for a wrong
name is worse than none. The words and the rules are data: ``resources/quotes``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final

from veille.domain.text import word_count
from veille.extract.quotes import speaker
from veille.extract.quotes.grammar import Grammar, Language
from veille.extract.quotes.marks import Quoted, quoted
from veille.extract.quotes.names import Who
from veille.extract.quotes.people import NOBODY, Person
from veille.extract.quotes.rules import SIGNS
from veille.extract.quotes.speaker import Reading, Told
from veille.extract.quotes.tokens import Words, words

_MAX_TEXT: Final = 500_000
_MAX_QUOTES: Final = 2_000
_FEW_WORDS: Final = 4
_SENTENCE: Final = 6
_LEADS: Final = ("SAY", "SAID", "OF", "ONE", "QUE", "ADV")
_SAMPLE: Final = 20_000
_SURE_WORDS: Final = 80
_SMALL_WORDS: Final = {
    "fr": frozenset(
        ["et", "est", "une", "dans", "pour", "le", "les", "sur", "avec", "aux", "par", "qui", "ce"]
    ),
    "en": frozenset(["the", "and", "of", "is", "with", "that", "was", "by", "it"]),
}
_MAX_INCISES: Final = 20
_SIGNS: Final = str.maketrans("\u00a0\u202f\u2009’ʼ\u2011", "   ''-")
_ENDING: Final = frozenset(".!?…")


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A passage between quotation marks; ``start`` and ``end`` count code points of the text."""

    exact: str
    speaker: str
    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage judged: ``open_`` when the next one may tell who says it."""

    quoted: Quoted
    person: Person
    kept: bool
    open_: bool


def find_quotes(text: str, grammar: Grammar) -> list[FoundQuote]:
    """Propose the quotes of a text, in order, with speaker and role where the text says them.

    The work is proportional to the text, which is read up to its first half million characters.
    """
    plain = text[:_MAX_TEXT].translate(_SIGNS)
    language, known = _language_of(plain, grammar)
    reading = Reading(language)
    found: list[_Passage] = []
    read = chain.from_iterable(_read((plain, text), place, reading) for place in _paragraphs(plain))
    for passage in islice(read, _MAX_QUOTES):
        _tell_earlier(found, passage)
        found.append(passage)
    kept = [_as_found(text, one, reading) for one in found if one.kept]
    return kept if known else [replace(one, speaker="", role="") for one in kept]


def _as_found(text: str, passage: _Passage, reading: Reading) -> FoundQuote:
    start, end = passage.quoted.inner
    person = passage.person
    # A capacity told further down counts for what was said before.
    role = person.role or (reading.people.now(person).role if person.name else "")
    return FoundQuote(text[start:end], person.name, role, start, end)


def _tell_earlier(found: list[_Passage], passage: _Passage) -> None:
    """Give the speaker to the paragraphs of the same speech, which ends with the name."""
    if not passage.person.name:
        return
    for at in range(len(found) - 1, -1, -1):
        if not found[at].open_:
            return
        found[at] = replace(found[at], person=passage.person, open_=False, kept=True)


def _language_of(plain: str, grammar: Grammar) -> tuple[Language, bool]:
    """Choose by the small words; a long text that has few of either is in neither language."""
    sample = plain[:_SAMPLE].lower().split()
    share = {name: sum(word in some for word in sample) for name, some in _SMALL_WORDS.items()}
    name = "en" if share["en"] > share["fr"] else "fr"
    known = len(sample) < _SURE_WORDS or share[name] > len(sample) // 25
    return grammar.languages[name], known


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for paragraph in text.split("\n"):
        yield at, at + len(paragraph)
        at += len(paragraph) + 1


def _read(texts: tuple[str, str], place: tuple[int, int], reading: Reading) -> Iterator[_Passage]:
    passages = list(quoted(texts[0], *place))
    found = words(texts, place, passages, reading.language)
    told = list(speaker.mentions(found, reading.language))
    asked = speaker.interviewed(found, told[:12], reading)
    last, seen = -1, 0
    for at in found.quotes:
        while seen < len(told) and told[seen].end <= at:
            speaker.meet(told[seen], found, reading)
            seen += 1
        said = _said(found, (last, at), told, reading)
        if said.person.name or said.sure:
            reading.spoke = said.person
        last = at
        yield _judged(found, at, said)
    for one in told[seen:]:
        speaker.meet(one, found, reading)
    if asked is not None:
        reading.spoke = asked


def _said(found: Words, place: tuple[int, int], told: list[Who], reading: Reading) -> Told:
    """Try what follows the quote, what it holds, its sentence, then who spoke just before."""
    last, at = place
    sentence = max(found.codes.rfind(SIGNS["STOP"], 0, at), last) + 1
    said = speaker.after(found, at, told, reading)
    if said is not None:
        return said
    led = speaker.before(found, (sentence, at), told, reading)
    if led is not None and led.sure and at > 0 and found.codes[at - 1] == SIGNS["COLON"]:
        return led
    return (
        _inside(found, at, reading)
        or led
        or speaker.introduced(found, at, told, reading)
        or Told(_goes_on(found, place, told, reading) or NOBODY, sure=False)
    )


def _goes_on(
    found: Words, place: tuple[int, int], told: list[Who], reading: Reading
) -> Person | None:
    """Give who spoke before, when nothing but the end of their sentence stands between."""
    last, at = place
    if last < 0:
        if at == 0 or (at == 1 and found.codes[0] == SIGNS["DASH"]):
            return reading.spoke if len(found.codes) <= at + 2 else None
        return speaker.topic(found, at, told, reading)
    stops = found.codes.count(SIGNS["STOP"], last, at)
    bare = found.codes[at - 1] == SIGNS["STOP"]
    return reading.spoke if stops <= 1 and (bare or stops == 0) else None


def _inside(found: Words, at: int, reading: Reading) -> Told | None:
    """Read *« Au début, avoue-t-elle, j'ai cru… »*: the words between two commas."""
    start, end = found.quotes[at].inner
    inner = words((found.text, found.original), (start, end), [], reading.language)
    told = list(speaker.mentions(inner, reading.language))
    comma = -1
    for _ in range(_MAX_INCISES):
        comma = inner.codes.find(SIGNS["COMMA"], comma + 1)
        if comma < 0:
            return None
        said = speaker.incise(inner, comma, told, reading)
        if said is not None:
            return said
    return None


def _announced(found: Words, at: int, *, capital: bool, size: int, named: bool) -> bool:
    """Tell words quoted from the name of a thing: *juge « trop cher »*, not *répète le « Boléro »*."""
    if size >= _SENTENCE or found.codes[at - 1] == SIGNS["COLON"]:
        return True
    if capital and found.codes[at - 1] not in {SIGNS["COMMA"], SIGNS["STOP"]}:
        return False
    before = [name for name in _LEADS if found.language.is_a(found.codes[at - 1], name)]
    if named and not capital and size > 1:
        return True
    loose = bool(before) and before[0] in {"OF", "ONE"} and not named
    return size >= _FEW_WORDS or (bool(before) and not loose)


def _begins(found: Words, at: int) -> bool:
    """Tell a mark that opens a sentence: one that is never closed counts only there."""
    return found.codes[max(0, at - 1) : at] in {"", SIGNS["STOP"], SIGNS["COLON"]}


def _judged(found: Words, at: int, said: Told) -> _Passage:
    passage = found.quotes[at]
    start, end = passage.inner
    size = word_count(found.text[start:end])
    capital = found.text[start : start + 1].isupper()
    ended = found.text[end - 1 : end] in _ENDING and end > start
    alone = at == 0 and len(found.codes) <= 2
    if said.sure:
        kept = size > 0 and (
            said.after
            or _announced(found, at, capital=capital, size=size, named=bool(said.person.name))
        )
    elif said.person.name:
        kept = size >= _FEW_WORDS
    else:
        whole = capital and size > 0 and (ended or not passage.closed)
        kept = whole or size >= (_SENTENCE if capital else _FEW_WORDS)
    if said.written:
        kept = False
    if not said.after and at > 0 and found.titled(at, colon=not said.person.name):
        kept = False
    return _Passage(
        passage, said.person, kept and (passage.closed or bool(said.person.name) or _begins(found, at)),
        open_=size > 0 and not said.person.name and at == 0 and (alone or not passage.closed),
    )  # fmt: skip
