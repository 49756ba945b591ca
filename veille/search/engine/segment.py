"""A segment: some documents, inverted, in one container. Reading a term is slicing arrays."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np

from veille.search.engine.container import Array, Container, Damaged
from veille.search.engine.layout import TEXTS
from veille.search.engine.strings import Words


class Shapes(NamedTuple):
    """The terms of a segment, the shortest first: places, bytes, letters as bits, documents."""

    places: Array
    lengths: Array
    letters: Array
    often: Array


class Segment:
    """An open segment. Raises Damaged, at opening or when what is asked of it proves altered."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._file = Container(path)
        try:
            self.documents = int(self._file.about["documents"])
            self.tokens: dict[str, int] = self._file.about["tokens"]
            self.terms = Words(self._file, "term")
            self._starts = {name: self._file.whole(f"{name}.start") for name in TEXTS}
            self._over = {name: self._file.whole(f"{name}.over").reshape(-1, 2) for name in TEXTS}
        except (KeyError, ValueError, TypeError) as problem:
            raise Damaged(self.name) from problem

    # --- documents -----------------------------------------------------------------------------

    @cached_property
    def ids(self) -> Words:
        """Give the ids of the documents, by number."""
        return Words(self._file, "id")

    def number_of(self, thing: str) -> int:
        """Give the number of a document, -1 when it is not here."""
        order, wanted = self._file.whole("id.order"), thing.encode("utf-8", "replace")
        at = bisect_left(range(len(order)), wanted, key=lambda place: self.ids[int(order[place])])
        return int(order[at]) if at < len(order) and self.ids[int(order[at])] == wanted else -1

    def lengths(self, field: str) -> Array:
        """Give how many words a field has in each document, as Whoosh's quantised bytes."""
        return self._file.whole(f"{field}.length")

    def column(self, name: str) -> tuple[Array, list[str]]:
        """Give a column of one value a document: codes by document, and what they stand for."""
        return self._file.whole(f"{name}.code"), self._values(name)

    def many(self, name: str) -> tuple[Array, Array, list[str]]:
        """Give a column of several values: how many by document, their codes, what these mean."""
        return (
            self._file.whole(f"{name}.count"),
            self._file.whole(f"{name}.code"),
            self._values(name),
        )

    def numbers(self, name: str) -> Array:
        """Give a column of numbers, by document."""
        return self._file.whole(name)

    def _values(self, name: str) -> list[str]:
        return [one.decode() for one in Words(self._file, f"{name}.value").all()]

    # --- postings ------------------------------------------------------------------------------

    def bounds(self, field: str, term: int, last: int = -1) -> tuple[int, int]:
        """Give where the postings of a term stand; up to those of ``last``, itself left out."""
        starts = self._starts[field]
        return int(starts[term]), int(starts[last if last >= 0 else term + 1])

    def frequencies(self, field: str) -> Array:
        """Give how many documents hold each term in a field."""
        return np.diff(self._starts[field].astype(np.int64))

    def numbers_in(self, field: str, start: int, stop: int) -> Array:
        """Give the document numbers of some postings."""
        return self._file.part(f"{field}.doc", start, stop)

    def counts(self, field: str, start: int, stop: int) -> Array:
        """Give how many times each of some postings has its term."""
        counts = self._file.part(f"{field}.count", start, stop)
        over = self._over[field]
        if not len(over):
            return counts
        first, last = np.searchsorted(over[:, 0], (start, stop))
        if first == last:
            return counts
        exact = counts.astype(np.uint32)
        exact[over[first:last, 0] - start] = over[first:last, 1]
        return exact

    def positions(self, field: str, term: int, chosen: Array | None) -> tuple[Array, Array]:
        """Give the places of a term in some of its postings, and how many each has.

        ``chosen`` tells which postings, counted from the term's first; None for all.
        """
        start, stop = self.bounds(field, term)
        counts = self.counts(field, start, stop)
        sizes = counts if chosen is None else counts[chosen]
        if not len(sizes):
            return sizes, sizes
        place = int(self._file.part(f"{field}.place", term, term + 1)[0])
        ends = counts.cumsum(dtype=np.int64)
        every = self._file.part(f"{field}.position", place, place + int(ends[-1]))
        if chosen is None:
            return every, sizes
        # Where each posting begins, less what those before it take: an even step from there.
        at = (ends[chosen] - sizes.cumsum(dtype=np.int64)).repeat(sizes)
        at += np.arange(len(at))
        return every[at], sizes

    @cached_property
    def shapes(self) -> Shapes:
        """Give the terms by length, to look for those that resemble one."""
        lengths = np.diff(self.terms.starts).astype(np.uint16)
        order = np.argsort(lengths, kind="stable")
        return Shapes(order, lengths[order], self.terms.letters()[order], self.often[order])

    @cached_property
    def often(self) -> Array:
        """Give about how many documents hold each term."""
        return (self.frequencies("text") + self.frequencies("title")).astype(np.int32)

    def raw(self, name: str, start: int, stop: int) -> Array:
        """Give a part of a section as it is stored, for a merge."""
        return self._file.part(name, start, stop)

    def check(self) -> None:
        """Read everything and compare it with its checksums."""
        self._file.check()
