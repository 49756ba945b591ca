"""Whether two items tell the same news: a copy by its runs of words, a retelling by its rare words.

Judged severely: who discards a line discards all that is behind it, so two news under one line
cost more than one news on two lines.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Final

from veille.feeds.traces import Trace

_DAY: Final = 86_400_000
# News that is older is told again as another: its anniversary, its trial.
RECENT: Final = 3 * _DAY
_SAME_DAY: Final = _DAY // 2
# Copies share so much of the runs of the shorter; less than so many runs prove nothing.
_COPIED: Final = 0.6
_FEWEST_RUNS: Final = 10
# So much of a title is told by the other item: a text that stands under every page of a house has
# nothing to do with the titles above it.
_OF_TITLE: Final = 1 / 4
_FEWEST_TERMS: Final = 3
# So many of them rare; a word is rare when it is in some sixty of four thousand stories.
FEWEST_RARE: Final = 2
RARE: Final = 0.5
# Both name people or places, and not one in common: two fires in two towns.
_ELSEWHERE: Final = 0.6
# Neither a name nor a number in common: the same subject rather than the same event.
_UNNAMED: Final = 0.7
# Nothing but names in common: the same people or town rather than the same event.
_ONLY_NAMES: Final = 0.6
_TELLING: Final = 0.6
# A day of distance halves what words prove: what is told the next day is often what followed.
_PER_DAY: Final = 1.0


def copied(one: Trace, other: Trace) -> bool:
    """Tell whether one text is the other, but for a line before or after it.

    A source that publishes its own text again is believed on the same day and under the same
    title only: its columns are the same text every day.
    """
    least = min(len(one.runs), len(other.runs))
    apart = abs(one.at - other.at)
    if apart > RECENT or least < _FEWEST_RUNS:
        return False
    if len(one.runs & other.runs) < _COPIED * least:
        return False
    if one.source == other.source:
        return apart <= _SAME_DAY and one.title == other.title
    return _about(one, other) and _about(other, one)


def _about(one: Trace, other: Trace) -> bool:
    return len(one.title & other.terms.keys()) >= _OF_TITLE * len(one.title)


def comparable(one: Trace, other: Trace) -> bool:
    """Tell whether the words of two items can prove that they tell the same news.

    Those of one source cannot, but when it follows something live: what it repeats is its habits.
    """
    if abs(one.at - other.at) > RECENT or one.rubric or other.rubric:
        return False
    if one.language and other.language and one.language != other.language:
        return False
    return one.source != other.source or (one.live and other.live)


def closeness(one: Trace, other: Trace, *, rarity: Callable[[str], float]) -> float:
    """Give how much of their rare words two items share, from 0 to 1: a cosine, then discounts.

    ``rarity`` is 0 for a word that is everywhere, near 1 for one that stands in a single story.
    """
    # In the order of a text: the one of a set changes, and the last digit of the sum with it.
    shared = [term for term in one.terms if term in other.terms]
    if len(shared) < _FEWEST_TERMS:
        return 0.0
    if sum(rarity(term) >= RARE for term in shared) < FEWEST_RARE:
        return 0.0
    if not (_about(one, other) or _about(other, one)):
        return 0.0
    common = sum(one.terms[term] * other.terms[term] * rarity(term) ** 2 for term in shared)
    return (
        common
        / sqrt(_square(one, rarity) * _square(other, rarity))
        * _doubt(one, other, shared, rarity)
        / (1 + _PER_DAY * abs(one.at - other.at) / _DAY)
    )


def _square(one: Trace, rarity: Callable[[str], float]) -> float:
    return sum([(count * rarity(term)) ** 2 for term, count in one.terms.items()])


def _doubt(one: Trace, other: Trace, shared: list[str], rarity: Callable[[str], float]) -> float:
    """Give what is left of a closeness: who and where, and what happened, must both be in common."""
    names = {term for term in shared if term in one.names or term in other.names}
    numbered = any(term.isdigit() and len(term) > 1 for term in shared)
    told = numbered or any(rarity(term) >= _TELLING for term in shared if term not in names)
    doubt = 1.0 if names or numbered else _UNNAMED
    if not names and one.names and other.names:
        doubt *= _ELSEWHERE
    return doubt if told else doubt * _ONLY_NAMES
