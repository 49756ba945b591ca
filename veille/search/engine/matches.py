"""Sets of documents with scores, as sorted arrays, and what is done with two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from veille.search.engine.container import Array

# Below so many postings, sorting a few numbers costs less than filling an array for every document.
_FEW: Final = 2_048
_NONE: Final = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Matches:
    """Documents, in order, each once; ``scores`` are above 0, None when they do not matter."""

    documents: Array
    scores: Array | None = None

    def __len__(self) -> int:
        """Count them."""
        return len(self.documents)

    def kept(self, mask: Array) -> Matches:
        """Keep those of a mask over themselves."""
        return Matches(self.documents[mask], None if self.scores is None else self.scores[mask])


NOTHING: Final = Matches(_NONE)


def pooled(documents: Array, values: Array, every: int) -> tuple[Array, Array]:
    """Add up values by document. The documents may come in any order, several times each."""
    if len(documents) < _FEW:
        order = np.argsort(documents, kind="stable")
        documents, values = documents[order], values[order]
        first = np.empty(len(documents), dtype=bool)
        first[:1] = True
        np.not_equal(documents[1:], documents[:-1], out=first[1:])
        at = np.flatnonzero(first)
        return documents[at], np.add.reduceat(values, at) if len(at) else values
    sums = np.bincount(documents, weights=values, minlength=every)
    found = np.flatnonzero(sums > 0)
    return found, sums[found]


def counted(documents: Array) -> tuple[Array, Array]:
    """Give each of some documents in order once, with the number of times it stands there."""
    first = np.ones(len(documents), dtype=bool)
    np.not_equal(documents[1:], documents[:-1], out=first[1:])
    at = np.append(np.flatnonzero(first), len(documents))
    return documents[at[:-1]], at[1:] - at[:-1]


def union(several: Sequence[Matches], every: int) -> Matches:
    """Give what is in one at least; scores add up."""
    several = [one for one in several if len(one)]
    if len(several) < 2:
        return several[0] if several else NOTHING
    if len(several) == 2:
        few, many = sorted(several, key=len)
        if len(few) * 8 < len(many) and few.scores is not None and many.scores is not None:
            return _added(many.documents, many.scores, few.documents, few.scores)
    scored = [one.scores if one.scores is not None else np.full(len(one), 1e-9, dtype=np.float32)
              for one in several]  # fmt: skip
    if sum(map(len, several)) < _FEW:
        documents = np.concatenate([one.documents for one in several])
        return Matches(*pooled(documents, np.concatenate(scored), every))
    sums = np.zeros(every, dtype=np.float32)
    for one, scores in zip(several, scored, strict=True):
        sums[one.documents] += scores
    found = np.flatnonzero(sums > 0)
    return Matches(found, sums[found])


def _added(documents: Array, scores: Array, others: Array, more: Array) -> Matches:
    """Add a few to many without going through every document."""
    at = np.searchsorted(documents, others)
    known = documents[np.minimum(at, len(documents) - 1)] == others
    scores = scores.copy()
    scores[at[known]] += more[known]
    if known.all():
        return Matches(documents, scores)
    new = ~known
    return Matches(
        np.insert(documents, at[new], others[new]), np.insert(scores, at[new], more[new])
    )


def both(one: Matches, other: Matches, every: int) -> Matches:
    """Give what is in both; scores add up."""
    if len(one) > len(other):
        one, other = other, one
    if not len(one):
        return NOTHING
    at = where(one.documents, other.documents, every)
    kept = at >= 0
    documents = one.documents[kept]
    scores = None if one.scores is None else one.scores[kept]
    if other.scores is not None:
        added = other.scores[at[kept]]
        scores = added if scores is None else scores + added
    return Matches(documents, scores)


def without(one: Matches, refused: Matches, every: int) -> Matches:
    """Give what is in one and not in the other."""
    if not len(refused) or not len(one):
        return one
    return one.kept(where(one.documents, refused.documents, every) < 0)


def where(few: Array, many: Array, every: int) -> Array:
    """Give the place of each of some documents among others, -1 when it is not there."""
    if len(few) * 16 < len(many):
        at = np.minimum(np.searchsorted(many, few), len(many) - 1)
        return np.where(many[at] == few, at, -1)
    places = np.full(every, -1, dtype=np.int32)
    places[many] = np.arange(len(many), dtype=np.int32)
    return places[few]
