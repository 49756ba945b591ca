"""Nearly the words, in nearly their surroundings: where a passage that was edited stands now.

Seed and extend, as genomes are searched: words of the passage and of its surroundings that are
rare in the text vote for a place, and only the places with most votes are aligned (rapidfuzz).
Aligning 250 characters with a whole text of a million takes seconds; this takes milliseconds.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from veille.annotate.selectors import Selector

# Up to here the whole text is one place to look at.
_SHORT: Final = 1_000
_WORD: Final = re.compile(r"\w{3,}")
# In a text that repeats itself every word is common, but not what stands beside it.
_RUN: Final = 16
_MOST_SEEDS: Final = 40
# A word that stands in more places than this says nothing of where a passage is.
_COMMON: Final = 60
_BUCKET: Final = 128
_PLACES: Final = 5
_MARGIN: Final = 120
# Between two places as good as each other, the nearer to where it was is the likelier.
_NEARBY: Final = 2.0
_LEAST: Final = 45.0


@dataclass(frozen=True, slots=True)
class Near:
    """Where a passage may stand.

    Attributes:
        words: how much the words are those of the passage, 0 to 100.
        around: how much the passage and its surroundings agree as a whole, 0 to 100.
        before, after: how much each side agrees, 0 to 100; 100 where nothing was recorded.
        margin: by how much ``around`` exceeds that of the next best place.
    """

    start: int
    end: int
    words: float
    around: float
    before: float
    after: float
    margin: float = 100.0


def nearly(text: str, selector: Selector) -> Near | None:
    """Find where a passage stands, changed or not; None when nothing resembles it."""
    pattern = selector.prefix + selector.exact + selector.suffix
    found = [
        near
        for start, end in _places(text, selector, pattern)
        if (near := _align(text, selector, pattern, start, end)) is not None
    ]
    found.sort(key=lambda one: _merit(one, selector, len(text)), reverse=True)
    if not found:
        return None
    best = found[0]
    apart = [one.around for one in found if one.end <= best.start or one.start >= best.end]
    return replace(best, margin=best.around - max(apart, default=0.0))


def _merit(one: Near, selector: Selector, length: int) -> float:
    far = abs(one.start - selector.start) / max(length, 1)
    return one.around + one.words / 6 + _NEARBY * (1 - far)


def _places(text: str, selector: Selector, pattern: str) -> list[tuple[int, int]]:
    """Give the parts of a text worth aligning, those with most votes first."""
    if len(text) <= _SHORT:
        return [(0, len(text))]
    votes: Counter[int] = Counter()
    for offset, word in _seeds(pattern):
        places = _where(text, word)
        for at in places:
            # Rare words weigh more; half a bucket on each side, so that none is cut in two.
            weight = 1_000 // len(places)
            diagonal = at - offset
            votes[diagonal // _BUCKET] += weight
            votes[(diagonal + _BUCKET // 2) // _BUCKET + (1 << 40)] += weight
    starts = []
    for bucket, _weight in votes.most_common(4 * _PLACES):
        low, half = bucket % (1 << 40), bucket >= 1 << 40
        starts.append(low * _BUCKET - (_BUCKET // 2 if half else 0))
    chosen: list[int] = []
    for one in starts:
        if all(abs(one - other) > _BUCKET for other in chosen):
            chosen.append(one)
    reach = len(pattern) + _BUCKET + _MARGIN + len(selector.exact) // 2
    here = selector.start - len(selector.prefix)
    return [
        (max(one - _MARGIN - len(selector.exact) // 2, 0), min(max(one, 0) + reach, len(text)))
        for one in (*chosen[:_PLACES], here)
    ]


def _seeds(pattern: str) -> list[tuple[int, str]]:
    """Give what to look for and where it stands in the pattern: runs, then the longest words."""
    words = [(found.start(), found[0]) for found in _WORD.finditer(pattern)]
    runs = [(at, pattern[at : at + _RUN]) for at, _word in words if at + _RUN <= len(pattern)]
    words.sort(key=lambda one: -len(one[1]))
    return [*runs[:_MOST_SEEDS], *words[:_MOST_SEEDS]]


def _where(text: str, word: str) -> list[int]:
    places: list[int] = []
    at = text.find(word)
    while at >= 0:
        places.append(at)
        if len(places) > _COMMON:
            return []
        at = text.find(word, at + len(word))
    return places


def _align(text: str, selector: Selector, pattern: str, start: int, end: int) -> Near | None:
    """Align the passage with its surroundings, then take out the part that is the passage."""
    # Loaded by the first passage that is looked for: a start has none.
    from rapidfuzz import fuzz

    part = text[start:end]
    if not part or len(part) < len(selector.exact) // 2:
        return None
    found = fuzz.partial_ratio_alignment(pattern, part, score_cutoff=_LEAST)
    if found is None:
        return None
    first, last = _project(pattern, part, selector, (found.dest_start, found.dest_end))
    return measured(text, selector, start + first, start + last)


def measured(text: str, selector: Selector, start: int, end: int) -> Near:
    """Measure how much what stands at a place is the passage."""
    from rapidfuzz import fuzz

    before = text[max(start - len(selector.prefix), 0) : start]
    after = text[end : end + len(selector.suffix)]
    around = fuzz.ratio(
        selector.prefix + selector.exact + selector.suffix, before + text[start:end] + after
    )
    return Near(
        start,
        end,
        words=fuzz.ratio(selector.exact, text[start:end]),
        around=around,
        before=fuzz.ratio(selector.prefix, before) if selector.prefix else 100.0,
        after=fuzz.ratio(selector.suffix, after) if selector.suffix else 100.0,
    )


def _project(
    pattern: str, part: str, selector: Selector, window: tuple[int, int]
) -> tuple[int, int]:
    """Carry the edges of the passage through the alignment of pattern and window."""
    from rapidfuzz.distance import Indel

    # An insertion inside makes what is aligned longer than the pattern.
    begin = max(window[0] - len(selector.exact) // 4, 0)
    finish = min(window[1] + len(selector.exact) // 4, len(part))
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
