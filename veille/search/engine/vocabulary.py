"""The words of an index: those that begin so, those that look like one, those that share a stem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from veille.search.engine.container import Array
from veille.search.engine.segment import Segment
from veille.search.engine.snapshot import Snapshot

# One bit for each letter and figure of folded text; other bytes share the last ones.
_BITS: Final = np.array(
    [
        1 << (code - 97) if 97 <= code <= 122 else 1 << (26 + code % 5)
        for code in range(256)
    ],
    dtype=np.uint32,
)  # fmt: skip


def starting(snapshot: Snapshot, prefix: str, *, most: int) -> list[tuple[str, int]]:
    """Give the words that begin so with the number of documents, the most frequent first."""
    totals: dict[bytes, int] = defaultdict(int)
    for one in snapshot.segments:
        first, last = one.terms.starting(prefix.encode())
        if first == last:
            continue
        counts = _frequencies(one)[first:last]
        chosen = np.arange(len(counts))
        if len(counts) > most * 4:
            chosen = np.argpartition(counts, -most * 4)[-most * 4 :]
        for place in chosen.tolist():
            totals[one.terms[first + place]] += int(counts[place])
    best = sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [(word.decode(), count) for word, count in best if count]


def sharing(
    snapshot: Snapshot, word: str, root: str, same: Callable[[str], bool], *, longest: int = 6
) -> list[str]:
    """Give the words that begin with ``root`` and that ``same`` recognises.

    ``longest`` is how many letters more than ``root`` they may have.
    """
    found = {
        text
        for one in snapshot.segments
        for text in _within(one, root, longest)
        if text != word and same(text)
    }
    return sorted(found)


def within(snapshot: Snapshot, word: str, distance: int, *, prefix: int = 0) -> list[str]:
    """Give the words at so many edits at most, two letters exchanged being one."""
    return [one for one, far in near(snapshot, word, distance) if one[:prefix] == word[:prefix]]


def near(snapshot: Snapshot, word: str, distance: int) -> list[tuple[str, int]]:
    """Give the words at so many edits at most, with how many."""
    candidates: set[bytes] = set()
    for one in snapshot.segments:
        candidates.update(one.terms.at(_alike(one, word, distance).tolist()))
    if not candidates:
        return []
    words = [one.decode() for one in candidates]
    far = cdist([word], words, scorer=OSA.distance, score_cutoff=distance, dtype=np.uint8)[0]
    return [(words[place], int(far[place])) for place in np.flatnonzero(far <= distance).tolist()]


def _alike(segment: Segment, word: str, distance: int) -> Array:
    """Give the terms whose length and letters do not forbid so few edits."""
    lengths, letters = segment.shapes(_BITS)
    size = len(word.encode())
    # A byte that is not ASCII may be one of two of a letter: let twice the edits pass.
    slack = distance if word.isascii() else 2 * distance
    close = np.flatnonzero((lengths >= size - slack) & (lengths <= size + 2 * slack))
    own = np.bitwise_or.reduce(_BITS[np.frombuffer(word.encode(), dtype=np.uint8)])
    differ = np.bitwise_count(letters[close] ^ own)
    return np.asarray(close[differ <= 2 * slack])


def _within(segment: Segment, root: str, longest: int) -> Iterator[str]:
    first, last = segment.terms.starting(root.encode())
    sizes = np.diff(segment.terms.starts[first : last + 1])
    short = np.flatnonzero(sizes <= len(root.encode()) + longest) + first
    for one in segment.terms.at(short.tolist()):
        yield one.decode()


def _frequencies(segment: Segment) -> Array:
    return segment.frequencies("text") + segment.frequencies("title")
