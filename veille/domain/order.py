"""Places in an order that people change at the same time: there is always one between two others.

A place is a short text, compared as text. Moving one thing writes one place, and leaves those of
the others alone, so that two people who move two things do not undo each other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

# In the order of their code points; the stamps that places begin as are written with these.
_LETTERS: Final = "-0123456789abcdefghijklmnopqrstuvwxyz"
# A place that grew longer is a sign that all of them are better written again.
_LONGEST: Final = 120


def between(low: str, high: str) -> str:
    """Give a place after ``low`` and before ``high``; "" for no bound on that side.

    Of two places that are not in order, the second is left aside: there is nothing between them.
    Of places that are not written with our letters the answer may be out of order.
    """
    bounded = bool(high) and low < high
    place = ""
    at = 0
    while True:
        lowest = _rank(low, at) if at < len(low) else -1
        highest = _rank(high, at) if bounded and at < len(high) else len(_LETTERS)
        middle = (lowest + highest) // 2
        # Never the first letter last: nothing would stand before it.
        if middle > max(lowest, 0):
            return place + _LETTERS[middle]
        place += _LETTERS[max(lowest, 0)]
        bounded = bounded and at < len(high) and place[-1] == high[at]
        at += 1


def spread(low: str, high: str, *, count: int) -> list[str]:
    """Give so many places between two others, in order, all of them short."""
    if count < 1:
        return []
    middle = between(low, high)
    return [
        *spread(low, middle, count=(count - 1) // 2),
        middle,
        *spread(middle, high, count=count // 2),
    ]


def placed(
    moving: Sequence[str], stays: Sequence[str], *, at: int, places: Mapping[str, str], end: str
) -> dict[str, str]:
    """Give a new place to what moves, and to as little else as the order asks for.

    Args:
        moving: what moves, in the order it is to have.
        stays: everything else, in its order.
        at: how many of those that stay come before what moves.
        places: where those that stay are.
        end: a place before which nothing comes that is put in later.
    """
    low = places[stays[at - 1]] if at else ""
    after = [places[one] for one in stays[at:]]
    # Two people may have put two things at one place: the second gives way.
    tied = next((n for n, place in enumerate(after) if place > low), len(after))
    block = [*moving, *stays[at : at + tied]]
    high = after[tied] if tied < len(after) else end
    found = spread(low, high, count=len(block))
    in_order = all(one < other for one, other in pairwise([low, *found, high]))
    if in_order and max(map(len, found), default=0) <= _LONGEST:
        return dict(zip(block, found, strict=True))
    every = [*stays[:at], *moving, *stays[at:]]
    return dict(zip(every, spread("", end, count=len(every)), strict=True))


def _rank(place: str, at: int) -> int:
    """Give the rank of a letter; of one that we do not write, that of the nearest we do."""
    return min(bisect_left(_LETTERS, place[at]), len(_LETTERS) - 1)
