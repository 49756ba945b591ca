"""Finding a passage again, in the same capture or another: a ladder, from certain to lost.

1. the recorded position still holds the exact words;
2. the exact words, elsewhere: the occurrence whose surroundings and place fit best;
3. nearly the words, in nearly their surroundings (rapidfuzz, prefix + exact + suffix aligned):
   *near* from 90, *doubtful* from 70, shown as such until a person confirms;
4. otherwise the passage is an orphan: listed with its words, never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz import fuzz

from veille.annotate.selectors import Selector

Status = Literal["exact", "near", "doubtful", "orphan"]

NEAR: Final = 90.0
DOUBTFUL: Final = 70.0
# Weights of Hypothesis: quote 50, prefix 20, suffix 20, position 2; here the quote is exact.
_PREFIX, _SUFFIX, _POSITION = 20.0, 20.0, 2.0
_WINDOW: Final = 4_000
_MAX_OCCURRENCES: Final = 500


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
    exact = selector.exact
    if not exact:
        return ORPHAN
    if text[selector.start : selector.end] == exact and _fits(text, selector, selector.start) > 0:
        return Anchor(selector.start, selector.end, "exact", 100.0)
    places = _occurrences(text, exact)
    if places:
        best = max(places, key=lambda at: _fits(text, selector, at))
        return Anchor(best, best + len(exact), "exact", 100.0)
    near = _aligned(text, selector, max(selector.start - _WINDOW, 0), selector.end + _WINDOW)
    return near if near.score >= NEAR else max(
        near, _aligned(text, selector, 0, len(text)), key=lambda one: one.score
    )  # fmt: skip


def _occurrences(text: str, exact: str) -> list[int]:
    places: list[int] = []
    at = text.find(exact)
    while at >= 0 and len(places) < _MAX_OCCURRENCES:
        places.append(at)
        at = text.find(exact, at + 1)
    return places


def _fits(text: str, selector: Selector, at: int) -> float:
    """Score an occurrence by what stands around it; 1 when nothing was recorded to compare."""
    end = at + len(selector.exact)
    before = text[max(at - len(selector.prefix), 0) : at]
    after = text[end : end + len(selector.suffix)]
    distance = abs(at - selector.start) / max(len(text), 1)
    around = _PREFIX * _common_end(before, selector.prefix) + _SUFFIX * _common_start(
        after, selector.suffix
    )
    bare = 1.0 if not (selector.prefix or selector.suffix) else 0.0
    return around + bare + (_POSITION * (1 - distance) if around or bare else 0.0)


def _common_start(one: str, other: str) -> float:
    length = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    length = min(len(one), len(other)) if length is None else length
    return length / len(other) if other else 0.0


def _common_end(one: str, other: str) -> float:
    return _common_start(one[::-1], other[::-1])


def _aligned(text: str, selector: Selector, start: int, end: int) -> Anchor:
    """Align the passage with its surroundings, then take out the part that is the passage."""
    part = text[start:end]
    pattern = selector.prefix + selector.exact + selector.suffix
    if not part or len(part) < len(selector.exact) // 2:
        return ORPHAN
    found = fuzz.partial_ratio_alignment(pattern, part, score_cutoff=DOUBTFUL)
    if found is None:
        return ORPHAN
    first, last = _project(pattern, part, selector, (found.dest_start, found.dest_end))
    score = fuzz.ratio(selector.exact, part[first:last])
    if score < DOUBTFUL:
        return ORPHAN
    return Anchor(start + first, start + last, "near" if score >= NEAR else "doubtful", score)


def _project(
    pattern: str, part: str, selector: Selector, window: tuple[int, int]
) -> tuple[int, int]:
    """Carry the edges of the passage through the alignment of pattern and window."""
    from rapidfuzz.distance import Indel

    begin, finish = window
    blocks = Indel.opcodes(pattern, part[begin:finish]).as_matching_blocks()
    left, right = len(selector.prefix), len(selector.prefix) + len(selector.exact)
    inside = [
        (max(block.a, left), min(block.a + block.size, right), block.b - block.a)
        for block in blocks
        if block.size and block.a < right and block.a + block.size > left
    ]
    if not inside:
        return begin, finish
    first, last = begin + inside[0][0] + inside[0][2], begin + inside[-1][1] + inside[-1][2]
    return first, max(last, first)
