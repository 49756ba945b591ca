"""Finding a passage again, in the same capture or another: a ladder, from certain to lost.

1. the recorded position still holds the exact words;
2. the exact words, elsewhere: the occurrence whose surroundings and place fit best;
3. nearly the words, in nearly their surroundings (``nearly``), where that stands out from the
   next best place: *near* or *doubtful*, shown as such until a person confirms;
4. otherwise the passage is an orphan: listed with its words, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from veille.annotate.nearly import Near, measured, nearly
from veille.annotate.selectors import Selector

Status = Literal["exact", "near", "doubtful", "orphan"]

NEAR: Final = 90.0
DOUBTFUL: Final = 63.0
_MAX_OCCURRENCES: Final = 500
# A side of a passage agrees from here on; two French texts that say different things reach 55.
_AGREES: Final = 70.0
# With its surroundings. A passage of which 25 words in 100 were edited keeps 75 (19 times in 20),
# 40 in 100 keep 66; the look-alikes of one that was taken out reach 72, and do not stand out.
_ALIKE: Final = 76.0
_PERHAPS: Final = 64.0
_APART: Final = 8.0
# Both sides agree so well only where the passage was.
_SURE: Final = 85.0
# Characters on each side that tell a passage that nobody touched.
_BESIDE: Final = 16
# So many characters do not stand twice by chance.
_TELLING: Final = 64
# What replaced a passage between the same neighbours shares some of its words.
_SHARED: Final = 0.4
_BETWEEN: Final = 85.0
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage is. An orphan has ``start == end == 0``."""

    start: int
    end: int
    status: Status
    score: float


ORPHAN: Final = Anchor(0, 0, "orphan", 0.0)


def anchor(text: str, selector: Selector) -> Anchor:
    """Find a passage in a text."""
    if not selector.exact:
        return ORPHAN
    text, selector = _spaced(text), _plain(selector)
    here = Anchor(selector.start, selector.end, "exact", 100.0)
    if _is_at(text, selector, beside=_BESIDE):
        return here
    same = _same_words(text, selector)
    # The same words may have come to that very place, when the text before grew by as much.
    if same is not None and same.start == here.start and _is_at(text, selector, beside=1):
        return here
    if same is not None and min(_sides(same, selector), default=100.0) >= _SURE:
        return Anchor(same.start, same.end, "exact", 100.0)
    near = nearly(text, selector)
    judged = _judged(text, selector, near) if near is not None else ORPHAN
    if same is None or (near is not None and near.around > same.around and judged != ORPHAN):
        return judged
    stands_out = near is None or (near.start == same.start and near.margin >= _APART)
    return _doubted(same, selector, stands_out=stands_out)


def anchor_all(text: str, selectors: Sequence[Selector]) -> list[Anchor]:
    """Find several passages in one text, in the order given."""
    return [anchor(text, one) for one in selectors]


def anchor_best(text: str, selectors: Sequence[Selector]) -> Anchor:
    """Find a passage that was described more than once: the surest place; the last one on a tie."""
    found = [anchor(text, one) for one in selectors]
    order = {"exact": 3, "near": 2, "doubtful": 1, "orphan": 0}
    return max(reversed(found), key=lambda one: (order[one.status], one.score), default=ORPHAN)


def _spaced(text: str) -> str:
    """Make spaces that hold two words together ordinary ones: nobody edited what differs by them.

    Each stays one character, so that places are the same.
    """
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _plain(selector: Selector) -> Selector:
    return replace(
        selector,
        exact=_spaced(selector.exact),
        prefix=_spaced(selector.prefix),
        suffix=_spaced(selector.suffix),
    )


def _is_at(text: str, selector: Selector, *, beside: int) -> bool:
    """Tell whether the words stand where they did.

    Args:
        text: what is read now.
        selector: the words, and what stood around them.
        beside: how many characters of either side must stand beside them still; of both, when
            more than one.
    """
    at, end = selector.start, selector.end
    if text[at:end] != selector.exact:
        return False
    before, after = selector.prefix[-beside:], selector.suffix[:beside]
    sides = [text[max(at - len(before), 0) : at] == before] if before else []
    sides += [text[end : end + len(after)] == after] if after else []
    return (all if beside > 1 else any)(sides) if sides else True


def _same_words(text: str, selector: Selector) -> Near | None:
    """Give the occurrence of the exact words whose surroundings and place fit best."""
    places: list[int] = []
    at = text.find(selector.exact)
    while at >= 0 and len(places) < _MAX_OCCURRENCES:
        places.append(at)
        at = text.find(selector.exact, at + 1)
    if not places:
        return None
    length = len(selector.exact)
    found = [measured(text, selector, one, one + length) for one in places]
    return max(found, key=lambda one: (one.before + one.after, -abs(one.start - selector.start)))


def _sides(near: Near, selector: Selector) -> list[float]:
    """Give how much each side agrees, of those that were recorded."""
    sides = ((near.before, selector.prefix), (near.after, selector.suffix))
    return [agreement for agreement, stood in sides if stood]


def _doubted(same: Near, selector: Selector, *, stands_out: bool) -> Anchor:
    """Judge the very words where a side changed: a few words may stand there by chance."""
    agrees = max(_sides(same, selector)) >= _AGREES or len(selector.exact) >= _TELLING
    if agrees and stands_out:
        return Anchor(same.start, same.end, "exact", 100.0)
    if not agrees and len(_WORD.findall(selector.exact)) < 3:
        return ORPHAN
    return Anchor(same.start, same.end, "doubtful", max(same.around, DOUBTFUL))


def _judged(text: str, selector: Selector, near: Near) -> Anchor:
    if near.end <= near.start or not _stands_out(near):
        return ORPHAN
    if near.words >= NEAR and near.around >= _ALIKE and near.margin >= _APART:
        return Anchor(near.start, near.end, "near", near.words)
    if near.words >= DOUBTFUL or _is_between(text, selector, near):
        return Anchor(near.start, near.end, "doubtful", near.words)
    return ORPHAN


def _stands_out(near: Near) -> bool:
    """Tell a passage that was edited from one that was taken out and has a look-alike elsewhere."""
    return near.around >= _ALIKE or (near.around >= _PERHAPS and near.margin >= _APART)


def _is_between(text: str, selector: Selector, near: Near) -> bool:
    """Tell whether a passage was rewritten where it stood: the same neighbours, some same words."""
    if not (selector.prefix and selector.suffix) or min(near.before, near.after) < _BETWEEN:
        return False
    said = _WORD.findall(selector.exact.lower())
    now = set(_WORD.findall(text[near.start : near.end].lower()))
    return bool(said) and sum(word in now for word in said) >= _SHARED * len(said)
