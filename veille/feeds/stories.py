"""Which incoming items tell the same news, so that it takes one line of a person's morning.

An item is compared only with the stories that hold one of its rarest words, or one of the runs of
words that copies meet by: placing it costs the same whatever the number of items, and memory
grows with what the window holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from heapq import nlargest
from math import log
from statistics import fmean
from typing import Final, TypeVar

from veille.feeds.item import Item
from veille.feeds.sameness import FEWEST_RARE, RARE, closeness, comparable, copied
from veille.feeds.traces import Terms, Trace, keys, trace

# As close as that to what a story holds, an item belongs to it.
_ENOUGH: Final = 0.19
# What many tell is told in more words, and each is further from all the others on average.
_VARIETY: Final = 0.2
# The last so many members speak for a story.
_MEMBERS: Final = 8
# A word that more stories hold leads nowhere.
_SPREAD: Final = 100
_RAREST: Final = 24
_LOOKED_AT: Final = 12
# As if so many other stories had been seen: on the first day, no word is known to be common.
_UNSEEN: Final = 100

_Key = TypeVar("_Key", str, int)


class Window:
    """The stories of the last days, by what was told of them.

    Stories are found in the order in which items come; the same order gives the same stories.
    """

    __slots__ = ("_copies", "_holding", "_members", "_terms")

    def __init__(self, *, terms: Terms) -> None:
        """Begin with nothing; ``terms`` gives the folded, stemmed words of a text."""
        self._terms = terms
        self._members: dict[str, list[Trace]] = {}
        # Which stories hold a term, or a run, and in how many of their members.
        self._holding: dict[str, dict[str, int]] = {}
        self._copies: dict[int, dict[str, int]] = {}

    def learn(self, item: Item, *, story: str) -> None:
        """Take in an item whose story is known."""
        self._add(trace(item, terms=self._terms), story)

    def place(self, item: Item) -> str:
        """Take in an item; returns the id of its story, which is the one of its first item."""
        new = trace(item, terms=self._terms)
        story = self._story_of(new) or item.id
        self._add(new, story)
        return story

    def keep(self, *, since: int, until: int) -> None:
        """Forget all that is not of this time, in milliseconds since 1970, UTC, both included."""
        for story, members in list(self._members.items()):
            for one in members:
                if not since <= one.at <= until:
                    _less(self._holding, one.terms, story)
                    _less(self._copies, keys(one.runs), story)
            self._members[story] = [one for one in members if since <= one.at <= until]
            if not self._members[story]:
                del self._members[story]

    def _add(self, new: Trace, story: str) -> None:
        self._members.setdefault(story, []).append(new)
        _more(self._holding, new.terms, story)
        _more(self._copies, keys(new.runs), story)

    def _story_of(self, new: Trace) -> str | None:
        rarity = cache(self._rarity)
        best, found = _ENOUGH, None
        for story in self._candidates(new, rarity):
            members = self._members[story][-_MEMBERS:]
            if any(copied(new, one) for one in members):
                return story
            close = [closeness(new, one, rarity=rarity) for one in members if comparable(new, one)]
            whole = fmean(close) * len(close) ** _VARIETY if close else 0.0
            if whole > best:
                best, found = whole, story
        return found

    def _candidates(self, new: Trace, rarity: Callable[[str], float]) -> list[str]:
        """Give the stories that share the most of what is rare in an item, likeliest first."""
        rare = [term for term in new.terms if term in self._holding and rarity(term) >= RARE]
        held = [
            (rarity(term) ** 2, self._holding[term])
            for term in sorted(rare, key=rarity, reverse=True)[:_RAREST]
        ]
        copies = [(1.0, self._copies[key]) for key in keys(new.runs) if key in self._copies]
        hits: defaultdict[str, list[float]] = defaultdict(list)
        for weight, stories in (*held, *copies):
            if len(stories) <= _SPREAD:
                for story in stories:
                    hits[story].append(weight)
        several = (story for story, weights in hits.items() if len(weights) >= FEWEST_RARE)
        return nlargest(_LOOKED_AT, several, key=lambda story: sum(hits[story]))

    def _rarity(self, term: str) -> float:
        """Give 0 for a word that is everywhere, near 1 for one that stands in a single story.

        Stories are counted, not items: what makes the news does not become common by it.
        """
        stories = len(self._members) + _UNSEEN
        holding = len(self._holding.get(term, ())) + 0.5
        return max(log(stories / holding) / log(stories), 0.0)


def _more(holding: dict[_Key, dict[str, int]], held: Iterable[_Key], story: str) -> None:
    for one in held:
        stories = holding.get(one)
        if stories is None:
            stories = holding[one] = {}
        stories[story] = stories.get(story, 0) + 1


def _less(holding: dict[_Key, dict[str, int]], held: Iterable[_Key], story: str) -> None:
    for one in held:
        holding[one][story] -= 1
        if not holding[one][story]:
            del holding[one][story]
        if not holding[one]:
            del holding[one]


def gather(
    items: Sequence[Item], *, known: Iterable[tuple[Item, str]], terms: Terms
) -> dict[str, str]:
    """Give the story of each item, by its id, from the recent items whose story is known.

    Args:
        items: in the order in which they came.
        known: what came in the last days, with its story; older than three days is of no use.
        terms: gives the words of a text, folded, stemmed, without the little ones.
    """
    window = Window(terms=terms)
    for item, story in known:
        window.learn(item, story=story)
    return {item.id: window.place(item) for item in items}
