"""What people no longer want to see come in, said in data, and which rule discards an item.

"Discard what (all of these) … unless (any of these) …". A rule that asks for nothing matches
nothing, and a rule that is not wholly understood is no rule: dropping one of its conditions would
discard more than was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import islice
from typing import Final, TypeVar

from veille.domain.operation import Json
from veille.domain.text import CONTROLS, key
from veille.feeds.item import Item

Terms = Callable[[str], Sequence[str]]
Why = tuple[tuple[str, str], ...]
_Value = TypeVar("_Value")

MOST_VALUES: Final = 50
LONGEST_VALUE: Final = 200
_MOST_SOURCES: Final = 100_000
# What an item is about stands in its title and first lines; further down, anything may.
LEAD: Final = 80
LONGEST_TEXT: Final = 20_000
_SHOWN: Final = 5
# Weights are written with three decimals: three thirds are enough.
ENOUGH: Final = 0.999
_NAMES: Final = ("words", "sources", "feeds", "sections", "authors", "languages")


@dataclass(frozen=True, slots=True)
class Like:
    """A word, or a section, that tells what resembles an example.

    Attributes:
        stem: what its inflections share, as ``terms`` gives it; for a section ``section_mark``.
        weight: from 0 to 1; an item resembles when the words it holds weigh 1 together.
        shown: the word as people read it.
    """

    stem: str
    weight: float
    shown: str


def section_mark(section: str) -> str:
    """Give the stem of a section among words, which never begin so."""
    return f"§{key(section)}"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a rule asks of an item; what is empty asks for nothing.

    Attributes:
        words: one of these words or phrases, inflected or not, in the title or the text. A phrase
            of little words only ("à la une") is never found.
        languages: ``"fr"`` is also ``"fr-BE"``.
        least_sources: how many sources tell the story, at least; 0 for no bound.
        most_sources: how many at most; 0 for no bound.
        like: enough of these words in the title or the first lines, the section being one.
    """

    words: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    least_sources: int = 0
    most_sources: int = 0
    like: tuple[Like, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Discard what meets all of ``when``, unless it meets any of ``unless``.

    Attributes:
        spare: the contrary: what it matches is never discarded by another rule.
    """

    id: str
    title: str
    when: Conditions
    unless: Conditions = field(default_factory=Conditions)
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Which rule discards an item, and what answered.

    Attributes:
        rule: its id.
        why: pairs of a code (``feed source section author language size word like``) and a value.
    """

    rule: str
    why: Why


# --- deciding ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Seen:
    """An item as conditions look at it: names folded, text cut into terms."""

    item: Item
    source: str
    sections: frozenset[str]
    authors: frozenset[str]
    words: frozenset[str]
    lead: frozenset[str]
    line: str


_Check = Callable[[_Seen], Why]


@dataclass(frozen=True, slots=True)
class _Ready:
    rule: Rule
    when: tuple[_Check, ...]
    unless: tuple[_Check, ...]


def prepare(rules: Sequence[Rule], *, terms: Terms) -> Callable[[Item], Match | None]:
    """Compile rules once for many items; see ``decide``.

    Args:
        rules: in any order; the answer does not depend on it.
        terms: gives the folded stems of a text in order, without small words.
    """
    ready = [_ready(rule, terms) for rule in sorted(rules, key=lambda rule: rule.id)]
    discarding = [one for one in ready if not one.rule.spare]
    sparing = [one for one in ready if one.rule.spare]
    reads = any(_reads(rule.when) or _reads(rule.unless) for rule in rules)

    def answer(item: Item) -> Match | None:
        seen = _seen(item, terms if reads else None)
        found = _first(discarding, seen)
        return None if found is None or _first(sparing, seen) is not None else found

    return answer


def decide(rules: Sequence[Rule], item: Item, *, terms: Terms) -> Match | None:
    """Tell which rule discards an item, None when none does; of several, that of the least id."""
    return prepare(rules, terms=terms)(item)


def preview(rule: Rule, items: Iterable[Item], *, terms: Terms) -> list[tuple[Item, Why]]:
    """Give the items that a rule matches, with what answered, whatever other rules say."""
    ready = [_ready(rule, terms)]
    found = ((item, _first(ready, _seen(item, terms))) for item in items)
    return [(item, match.why) for item, match in found if match is not None]


def _first(ready: Sequence[_Ready], seen: _Seen) -> Match | None:
    for one in ready:
        why = _all(one.when, seen)
        if why and not any(check(seen) for check in one.unless):
            return Match(one.rule.id, why)
    return None


def _all(checks: tuple[_Check, ...], seen: _Seen) -> Why:
    """Give what answered to each; empty when one did not, or when nothing is asked."""
    found: Why = ()
    for check in checks:
        why = check(seen)
        if not why:
            return ()
        found += why
    return found


def _seen(item: Item, terms: Terms | None) -> _Seen:
    title = list(terms(item.title)) if terms else []
    text = list(terms(item.text[:LONGEST_TEXT])) if terms else []
    return _Seen(
        item,
        key(item.source),
        frozenset(map(key, item.sections)),
        frozenset(map(key, item.authors)),
        frozenset(title + text),
        frozenset(title + text[:LEAD]).union(map(section_mark, item.sections)),
        f" {' '.join(title)} | {' '.join(text)} ",
    )


def _reads(conditions: Conditions) -> bool:
    return bool(conditions.words or conditions.like)


# --- compiling --------------------------------------------------------------------------------


def _ready(rule: Rule, terms: Terms) -> _Ready:
    return _Ready(rule, _checks(rule.when, terms), _checks(rule.unless, terms))


def _checks(asked: Conditions, terms: Terms) -> tuple[_Check, ...]:
    """Give a check for each thing asked, the quick ones first."""
    found: list[_Check] = []
    if asked.feeds:
        found.append(_feed(asked.feeds))
    if asked.sources:
        found.append(_named("source", asked.sources, lambda seen: (seen.source,)))
    if asked.languages:
        found.append(_language(asked.languages))
    if asked.least_sources or asked.most_sources:
        found.append(_size(asked.least_sources, asked.most_sources))
    if asked.sections:
        found.append(_named("section", asked.sections, lambda seen: seen.sections))
    if asked.authors:
        found.append(_named("author", asked.authors, lambda seen: seen.authors))
    if asked.words:
        found.append(_words(asked.words, terms))
    if asked.like:
        found.append(_like(asked.like))
    return tuple(found)


def _feed(feeds: tuple[str, ...]) -> _Check:
    wanted = frozenset(feeds) - {""}

    def check(seen: _Seen) -> Why:
        return (("feed", seen.item.feed),) if seen.item.feed in wanted else ()

    return check


def _named(code: str, names: tuple[str, ...], of: Callable[[_Seen], Iterable[str]]) -> _Check:
    # A blank name would be that of every item whose source is not known.
    wanted = {key(name): name for name in reversed(names) if key(name)}

    def check(seen: _Seen) -> Why:
        found = next((wanted[name] for name in sorted(of(seen)) if name in wanted), "")
        return ((code, found),) if found else ()

    return check


def _language(languages: tuple[str, ...]) -> _Check:
    wanted = {_tag(one) for one in languages} - {""}

    def check(seen: _Seen) -> Why:
        tag = _tag(seen.item.language)
        found = tag in wanted or tag.partition("-")[0] in wanted
        return (("language", seen.item.language),) if found else ()

    return check


def _tag(language: str) -> str:
    return language.strip().lower().replace("_", "-")


def _size(least: int, most: int) -> _Check:
    def check(seen: _Seen) -> Why:
        size = seen.item.sources
        fits = size >= least and (not most or size <= most)
        return (("size", str(size)),) if fits else ()

    return check


def _words(words: tuple[str, ...], terms: Terms) -> _Check:
    runs = [(tuple(terms(word)), word) for word in words]
    needles = [(run, f" {' '.join(run)} ", word) for run, word in runs if run]
    first = frozenset(run[0] for run, _needle, _word in needles)

    def check(seen: _Seen) -> Why:
        if first.isdisjoint(seen.words):
            return ()
        # Looking for a run in a line is slow: its first word must stand there.
        found = (
            ("word", word)
            for run, needle, word in needles
            if run[0] in seen.words and needle in seen.line
        )
        return tuple(islice(found, _SHOWN))

    return check


def _like(like: tuple[Like, ...]) -> _Check:
    weights = {one.stem: one for one in sorted(like, key=lambda one: one.weight)}

    def check(seen: _Seen) -> Why:
        found = [weights[stem] for stem in weights.keys() & seen.lead]
        if sum(one.weight for one in found) < ENOUGH:
            return ()
        found.sort(key=lambda one: (-one.weight, one.stem))
        return tuple(("like", one.shown) for one in found[:_SHOWN])

    return check


# --- writing and reading ----------------------------------------------------------------------


def to_data(rule: Rule) -> dict[str, Json]:
    """Write a rule for the journal, without its id; what is empty is left out."""
    data: dict[str, Json] = {"title": rule.title, "when": _written(rule.when)}
    if rule.unless != Conditions():
        data["unless"] = _written(rule.unless)
    if rule.spare:
        data["spare"] = True
    return data


def from_data(id: str, data: Mapping[str, Json]) -> Rule | None:  # noqa: A002 - its name in a rule
    """Read a rule that somebody's journal holds; None when a part of it is not understood.

    Refused as well: more than 50 values in a list, a value of more than 200 characters.
    """
    title, spare = data.get("title"), data.get("spare", False)
    when, unless = _read(data.get("when")), _read(data.get("unless", {}))
    if not isinstance(title, str) or not isinstance(spare, bool) or when is None or unless is None:
        return None
    return Rule(id, title.translate(CONTROLS)[:LONGEST_VALUE], when, unless, spare)


def _written(asked: Conditions) -> dict[str, Json]:
    data: dict[str, Json] = {
        name: list(getattr(asked, name)) for name in _NAMES if getattr(asked, name)
    }
    if asked.least_sources:
        data["least_sources"] = asked.least_sources
    if asked.most_sources:
        data["most_sources"] = asked.most_sources
    if asked.like:
        data["like"] = [[one.stem, one.weight, one.shown] for one in asked.like]
    return data


_KNOWN: Final = frozenset(one.name for one in fields(Conditions))


def _read(data: Json) -> Conditions | None:
    """Read conditions; an unknown one, which a later version wrote, makes them unreadable."""
    if not isinstance(data, dict) or not _KNOWN.issuperset(data):
        return None
    names = [_each(data.get(name, []), _value) for name in _NAMES]
    least, most = _bound(data.get("least_sources", 0)), _bound(data.get("most_sources", 0))
    like = _each(data.get("like", []), _one_like)
    if any(one is None for one in (*names, least, most, like)):
        return None
    words, sources, feeds, sections, authors, languages = (one or () for one in names)
    return Conditions(
        words, sources, feeds, sections, authors, languages, least or 0, most or 0, like or ()
    )


def _each(data: Json, read: Callable[[Json], _Value | None]) -> tuple[_Value, ...] | None:
    """Read a list of values; None when it is no list, too long, or one is not understood."""
    if not isinstance(data, list) or len(data) > MOST_VALUES:
        return None
    read_ones = [read(one) for one in data]
    found = tuple(one for one in read_ones if one is not None)
    return found if len(found) == len(data) else None


def _value(data: Json) -> str | None:
    if not isinstance(data, str) or len(data) > LONGEST_VALUE:
        return None
    return data.translate(CONTROLS)


def _bound(data: Json) -> int | None:
    # True is an int of Python, not a number of sources.
    if isinstance(data, bool) or not isinstance(data, int):
        return None
    return data if 0 <= data <= _MOST_SOURCES else None


def _one_like(data: Json) -> Like | None:
    if not isinstance(data, list) or len(data) != 3:
        return None
    stem, weight, shown = _value(data[0]), data[1], _value(data[2])
    if not stem or not shown or isinstance(weight, bool) or not isinstance(weight, int | float):
        return None
    return Like(stem, float(weight), shown) if 0 < weight <= 1 else None
