"""The best of many, and how many of each: top-k without sorting everything, facets by counting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from veille.search.engine.container import Array
from veille.search.engine.matches import Matches
from veille.search.engine.snapshot import Snapshot

_BLOCK: Final = 64


def best(snapshot: Snapshot, found: Matches, most: int, *, newest_first: bool) -> Array:
    """Give the places in ``found`` of the best, in order: by score then day, or by day."""
    if most <= 0 or not len(found):
        return np.zeros(0, dtype=np.intp)
    days = snapshot.days
    if newest_first or found.scores is None:
        primary = days[found.documents]
        chosen = _candidates(primary, most)
        order = np.lexsort((found.documents[chosen], primary[chosen]))[::-1]
    else:
        chosen = _candidates(found.scores, most)
        order = np.lexsort((days[found.documents[chosen]], found.scores[chosen]))[::-1]
    return np.asarray(chosen[order[:most]])


def _candidates(values: Array, most: int) -> Array:
    """Give the places of all values that reach the last of the best ones."""
    if len(values) <= max(most, 4 * _BLOCK):
        return np.arange(len(values))
    blocks = len(values) // _BLOCK
    if blocks <= most:
        floor = np.partition(values, len(values) - most)[len(values) - most]
        return np.flatnonzero(values >= floor)
    # The k-th best block maximum is at most the k-th best value.
    maxima = values[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
    floor = np.partition(maxima, blocks - most)[blocks - most]
    chosen = np.flatnonzero(values >= floor)
    if len(chosen) > 4 * most:
        kept = values[chosen]
        floor = np.partition(kept, len(kept) - most)[len(kept) - most]
        chosen = chosen[kept >= floor]
    return chosen


def facets(
    snapshot: Snapshot, documents: Array, fields: Sequence[str]
) -> dict[str, Mapping[str, int]]:
    """Count documents by the values of some columns, and by month under ``month``."""
    found = {
        name: snapshot.column(name).counts(documents, snapshot.documents)
        for name in fields
        if name != "month"
    }
    if "month" in fields:
        found["month"] = _months(snapshot, documents)
    return found


def _months(snapshot: Snapshot, documents: Array) -> dict[str, int]:
    months = snapshot.months[documents]
    counts = np.bincount(months)
    return {
        f"{code // 12:04}{code % 12 + 1:02}": int(counts[code])
        for code in np.flatnonzero(counts).tolist()
        if code
    }
