"""Which person the words around a quote point to, by the rules of the language."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Final

from veille.extract.quotes.grammar import Language
from veille.extract.quotes.names import Who
from veille.extract.quotes.people import NOBODY, People, Person
from veille.extract.quotes.rules import SIGNS, Rule
from veille.extract.quotes.tokens import Words
from veille.extract.quotes.who import read_who

_WINDOW: Final = 90
_AFTER: Final = 24
_NEAR: Final = 5
_INITIALS: Final = 9
_start: Final = attrgetter("start")


@dataclass(slots=True)
class Reading:
    """What a reader keeps in mind from one paragraph to the next; ``spoke``: the last speaker."""

    language: Language
    people: People = field(default_factory=People)
    spoke: Person = NOBODY
    waiting: Who | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Who says a quote; ``sure``: a verb of saying or a colon stands right beside the marks."""

    person: Person
    sure: bool
    after: bool = False
    written: bool = False


def mentions(found: Words, language: Language) -> Iterator[Who]:
    """Give everybody a paragraph tells, in order, once."""
    at = 0
    while begins := language.may_begin.search(found.codes, at):
        who = None
        if not _verb_after_quote(found, begins.start(), language):
            who = read_who(found, begins.start(), language)
        if who is not None:
            yield who
        at = who.end if who is not None else begins.end()


def _verb_after_quote(found: Words, at: int, language: Language) -> bool:
    """Tell *philosophe* and *juge*, verbs after a quote, from the same words as capacities."""
    named = found.codes[at - 1 : at] == SIGNS["COMMA"] and language.is_a(
        found.codes[at + 1 : at + 2], "CAP"
    )
    if named and language.is_a(found.codes[at], "SAY"):
        return True
    return language.is_a(found.codes[at], "SAY") and found.codes[max(0, at - 2) : at].startswith(
        SIGNS["QUOTE"]
    )


def meet(who: Who, found: Words, reading: Reading) -> None:
    """Remember somebody the text names, when it is surely a person."""
    weight = _subject(found, who, reading.language)
    if who.kind == "role" and weight:
        _told_later(who, reading)
    if who.kind in {"name", "part"} and weight:
        who = _awaited(who, reading)
    given = reading.language.is_a(found.codes[who.start], "GIVEN")
    named = who.kind == "name" or (who.kind == "part" and given and weight)
    if named and (who.lemma or who.gender != "mf" or reading.people.knows(who.name)):
        person = Person(who.name, who.role, who.lemma, who.gender)
        reading.people.meet(person, weight=weight)


def _told_later(who: Who, reading: Reading) -> None:
    """Give *la maire de Lorival* to the only person it can be, named without capacity before."""
    person = reading.people.only(who.gender)
    plain = len(who.role.split()) == 1 and who.lemma in reading.language.offices
    seen = reading.people.by_role(who.lemma, who.gender)
    if seen is not None:
        reading.people.meet(seen)
    elif person and not person.role and not plain:
        reading.people.meet(replace(person, role=who.role, lemma=who.lemma), weight=False)
    elif who.told:
        reading.waiting = who


def _awaited(who: Who, reading: Reading) -> Who:
    """Give the capacity told alone just before to the person first named now."""
    waiting, reading.waiting = reading.waiting, None
    if waiting is None or who.role or reading.people.knows(who.name):
        return who
    if who.gender not in {waiting.gender, "mf"} and waiting.gender != "mf":
        return who
    return replace(who, role=waiting.role, lemma=waiting.lemma)


def _subject(found: Words, who: Who, language: Language) -> bool:
    before = found.codes[max(0, who.start - 2) : who.start]
    return not language.is_a(before[-1:], "PREP") or language.is_a(before[:1], "ABOUT")


def after(found: Words, at: int, told: list[Who], reading: Reading) -> Told | None:
    """Read what follows the quote at a word: *», explique X*."""
    written = reading.language.rules.get("written", ())
    if any(rule.head.match(found.codes, at + 1) for rule in written):
        return Told(NOBODY, sure=False, written=True)
    stop = found.codes.find(SIGNS["QUOTE"], at + 1, at + _AFTER)
    near = between(told, at + 1, stop if stop > 0 else at + _AFTER)
    for rule in reading.language.rules.get("after", ()):
        for who in near:
            placed = _placed(found, who, rule, reading.language) and _sure_name(found, who, reading)
            if placed and _holds(rule, found, at + 1, who):
                return Told(_known(who, reading), sure=True, after=True)
    somebody = reading.language.rules.get("somebody", ())
    if any(rule.head.match(found.codes, at + 1) for rule in somebody):
        return Told(NOBODY, sure=True, after=True)
    return None


def introduced(found: Words, at: int, told: list[Who], reading: Reading) -> Told | None:
    """Read the person whom a quote at the head of the text introduces: *« … » Assise là, X*."""
    if at > 0 or reading.spoke.name:
        return None
    for rule in reading.language.rules.get("introduced", ()):
        for who in between(told, at + 1, at + _AFTER):
            named = who.kind == "name" and _subject(found, who, reading.language)
            if named and _holds(rule, found, at + 1, who):
                return Told(_known(who, reading), sure=False)
    return None


def incise(found: Words, at: int, told: list[Who], reading: Reading) -> Told | None:
    """Read *, dit-il,* from a comma inside a quote."""
    for rule in reading.language.rules.get("incise", ()):
        for who in between(told, at + 1, at + _AFTER):
            if _subject(found, who, reading.language) and _holds(rule, found, at, who):
                person = _known(who, reading)
                return Told(person, sure=True, after=True) if person.name else None
    return None


def before(found: Words, place: tuple[int, int], told: list[Who], reading: Reading) -> Told | None:
    """Read the sentence between two words that leads to a quote: *X affirme : «*."""
    start, at = max(place[0], place[1] - _WINDOW), place[1]
    near = between(told, start, at)[::-1]
    language = reading.language
    verb = any(
        language.is_a(code, name)
        for code in found.codes[max(start, at - _NEAR) : at]
        for name in ("SAY", "SAID", "TOSAY", "SAYING")
    )
    sure = verb or found.codes[at - 1 : at] == SIGNS["COLON"]
    for rule in language.rules.get("before", ()):
        if rule.again:
            if rule.head.fullmatch(found.codes, start, at):
                return Told(reading.spoke, sure=True)
            continue
        for who in near:
            if _placed(found, who, rule, language) and _holds(rule, found, start, who, end=at):
                return Told(_known(who, reading), sure=sure)
    if sure and start < at:
        return Told(_by_initials(found, at, reading) or NOBODY, sure=True)
    return None


def _by_initials(found: Words, at: int, reading: Reading) -> Person | None:
    """Read *A. L. : «* at the head of a paragraph."""
    if at > _INITIALS or found.codes[at - 1] != SIGNS["COLON"]:
        return None
    label = found.between(0, at - 1)
    letters = "".join(one for one in label if one.isalpha())
    return reading.people.by_initials(letters) if letters.isupper() and len(letters) <= 4 else None


def topic(found: Words, at: int, told: list[Who], reading: Reading) -> Person | None:
    """Give the person the paragraph is about: the subject of its last verb of saying."""
    rules = reading.language.rules.get("topic", ())
    for who in reversed(between(told, at - _WINDOW, at)):
        if who.kind == "name" and _subject(found, who, reading.language):
            if any(rule.tail.match(found.codes, who.end, at) for rule in rules):
                return _known(who, reading)
            break
    alone = reading.people.only("mf")
    return alone if alone and found.codes[at - 1] == SIGNS["STOP"] else None


def interviewed(found: Words, told: list[Who], reading: Reading) -> Person | None:
    """Give whom a heading says the questions go to."""
    for rule in reading.language.rules.get("interview", ()):
        for who in told:
            if who.kind == "name" and _holds(rule, found, 0, who):
                return _known(who, reading)
    return None


def between(told: list[Who], first: int, last: int) -> list[Who]:
    """Give who begins between two words."""
    return told[bisect_left(told, first, key=_start) : bisect_left(told, last, key=_start)]


def _sure_name(found: Words, who: Who, reading: Reading) -> bool:
    """Take a single unknown capital for a person only right beside the verb: not *Twitter*."""
    if who.kind != "part" or reading.people.knows(who.name):
        return True
    language = reading.language
    beside = found.codes[who.start - 1 : who.start]
    return language.is_a(found.codes[who.start], "GIVEN") or any(
        language.is_a(beside, name) for name in ("SAY", "SAID", "TOSAY", "ADV", "UNKNOWN", "ACC")
    )


def _placed(found: Words, who: Who, rule: Rule, language: Language) -> bool:
    return rule.prepositional or _subject(found, who, language)


def _holds(rule: Rule, found: Words, start: int, who: Who, *, end: int = -1) -> bool:
    if rule.head.fullmatch(found.codes, start, who.start) is None:
        return False
    if end >= 0:
        return rule.tail.fullmatch(found.codes, who.end, end) is not None
    return rule.tail.match(found.codes, who.end) is not None


def _known(who: Who, reading: Reading) -> Person:
    people = reading.people
    if who.kind in {"name", "part"}:
        who = _awaited(who, reading)
        return people.meet(Person(who.name, who.role, who.lemma, who.gender))
    if who.kind == "group":
        return Person(who.name)
    person = _resolved(who, reading)
    if person is not None:
        return people.meet(person)
    people.somebody(who.gender)
    return Person("", who.role)


def _resolved(who: Who, reading: Reading) -> Person | None:
    people = reading.people
    if who.kind == "role":
        return people.by_role(who.lemma, who.gender) or _only(who, reading)
    if who.kind == "noun":
        return people.last(who.gender) if who.told else people.only(who.gender)
    if who.kind == "latter":
        return people.latest(who.gender)
    if who.kind in {"0", "1"}:
        return people.first_of_two(int(who.kind))
    return people.last(who.gender) if who.kind == "taken_up" else None


def _only(who: Who, reading: Reading) -> Person | None:
    """Take *la maire de Lorival* for the only woman named, when no capacity contradicts it."""
    person = reading.people.only(who.gender)
    if person is None or not person.role:
        return replace(person, role=who.role, lemma=who.lemma) if person else None
    return person if who.lemma not in reading.language.offices else None
