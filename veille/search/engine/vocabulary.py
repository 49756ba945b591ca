"""The words of an index: those that begin so, those that look like one, those that share a stem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from veille.search.engine import strings
from veille.search.engine.segment import Segment
from veille.search.engine.snapshot import Snapshot


def starting(snapshot: Snapshot, prefix: str, *, most: int) -> list[tuple[str, int]]:
    """Give the words that begin so with the number of documents, the most frequent first."""
    totals: dict[bytes, int] = defaultdict(int)
    for one in snapshot.segments:
        first, last = one.terms.starting(prefix.encode())
        if first == last:
            continue
        counts = one.often[first:last]
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


def within(snapshot: Snapshot, word: str, distance: int, prefix: int = 0) -> list[str]:
    """Give the words at so many edits at most, two letters exchanged being one."""
    found = near(snapshot, word, distance)
    return [one for one, _far, _often in found if one[:prefix] == word[:prefix]]


def near(
    snapshot: Snapshot, word: str, distance: int, *, least: int = 0
) -> list[tuple[str, int, int]]:
    """Give the words at so many edits at most, with how many, and in how many documents they are.

    Words in fewer than ``least`` documents are left aside.
    """
    # What is frequent in all is frequent enough in one.
    floor = least / max(len(snapshot.segments), 1)
    close = {text for one in snapshot.segments for text in _alike(one, word, distance, floor)}
    words = [one.decode() for one in close]
    if not words:
        return []
    far = cdist([word], words, scorer=OSA.distance, score_cutoff=distance, dtype=np.uint8)[0]
    found = []
    for place in np.flatnonzero(far <= distance).tolist():
        often = max(snapshot.frequency(words[place], name) for name in ("text", "title"))
        if often >= least:
            found.append((words[place], int(far[place]), often))
    return found


def _alike(segment: Segment, word: str, distance: int, floor: float) -> list[bytes]:
    """Give the terms whose length and letters do not forbid so few edits."""
    shapes = segment.shapes
    size = len(word.encode())
    # A letter that is not ASCII may be two or three bytes: let more of them differ.
    slack = distance if word.isascii() else 2 * distance
    least, most = max(size - slack, 0), size + slack + 1
    low, high = np.searchsorted(shapes.lengths, np.array((least, most), dtype=np.uint16))
    letters, often = shapes.letters[low:high], shapes.often[low:high]
    own = np.uint32(strings.letters_of(word.encode()))
    close = np.bitwise_count(letters ^ own) <= 2 * slack
    kept = np.flatnonzero(close & (often >= floor) if floor else close) + low
    return segment.terms.at(shapes.places[kept].tolist())


def _within(segment: Segment, root: str, longest: int) -> Iterator[str]:
    first, last = segment.terms.starting(root.encode())
    sizes = np.diff(segment.terms.starts[first : last + 1])
    short = np.flatnonzero(sizes <= len(root.encode()) + longest) + first
    for one in segment.terms.at(short.tolist()):
        yield one.decode()
