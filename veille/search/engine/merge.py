"""Making one segment of several, without the documents that are gone, a slice at a time.

Postings are already sorted: merging is copying runs to where they belong. Each slice takes some
terms, so that memory stays bounded and whoever merges can do something else in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from veille.search.engine import invert, strings
from veille.search.engine.container import Array, ContainerWriter
from veille.search.engine.layout import MANIES, NUMBERS, SINGLES, TEXTS
from veille.search.engine.segment import Segment

# Postings copied in a slice: some 20 ms.
_SLICE: Final = 400_000


@dataclass(frozen=True, slots=True)
class Source:
    """A segment to merge, and the numbers of its documents that are gone."""

    segment: Segment
    gone: Array

    def kept(self) -> Array:
        """Give a mask of the documents that stay."""
        mask = np.ones(self.segment.documents, dtype=bool)
        mask[self.gone] = False
        return mask


def merge(path: Path, sources: Sequence[Source]) -> Iterator[None]:
    """Write the merged segment; yields after each slice. The file is whole when this ends."""
    masks = [one.kept() for one in sources]
    bases = np.cumsum([0, *(int(mask.sum()) for mask in masks)])
    # Where each document goes, of those that stay.
    maps = [np.cumsum(mask) - 1 + base for mask, base in zip(masks, bases, strict=False)]
    words, places = _vocabulary(sources)
    total = int(bases[-1])
    with ContainerWriter(path) as out:
        strings.write(out, "term", words, heads=True)
        yield
        tokens = {}
        for name in TEXTS:
            job = _Field(name, sources, masks, maps, places, len(words))
            yield from job.write(out)
            lengths = [s.segment.lengths(name)[m] for s, m in zip(sources, masks, strict=True)]
            out.add(f"{name}.length", np.concatenate(lengths))
            tokens[name] = job.tokens
        yield
        _documents(out, sources, masks)
        yield
        out.close({"documents": total, "tokens": tokens})


def _vocabulary(sources: Sequence[Source]) -> tuple[list[bytes], list[Array]]:
    """Give the words of all, sorted, and where each word of each segment stands among them."""
    lists = [one.segment.terms.all() for one in sources]
    words = sorted(set().union(*lists))
    place = {word: number for number, word in enumerate(words)}
    return words, [
        np.fromiter(map(place.__getitem__, one), dtype=np.int64, count=len(one)) for one in lists
    ]


class _Field:
    """The postings of one field, on their way."""

    def __init__(
        self,
        name: str,
        sources: Sequence[Source],
        masks: list[Array],
        maps: list[Array],
        places: list[Array],
        words: int,
    ) -> None:
        self._name = name
        self._sources, self._masks, self._maps, self._places = sources, masks, maps, places
        self._words = words
        self._sizes = np.zeros(words, dtype=np.int64)
        self._totals = np.zeros(words, dtype=np.int64)
        self._over: list[Array] = []
        self._written = 0
        self.tokens = 0

    def write(self, out: ContainerWriter) -> Iterator[None]:
        """Write the sections of the field. Postings first, then where they stand."""
        name = self._name
        slices = list(self._slices())
        for what, dtype in (("doc", "<u2"), ("count", "u1"), ("position", self._wide())):
            out.begin(f"{name}.{what}", dtype)
            for low, high in slices:
                out.append(self._slice(what, low, high))
                yield
        over = np.concatenate(self._over) if self._over else np.zeros(0, dtype=np.int64)
        out.add(f"{name}.over", over.astype("<u4").reshape(-1))
        out.add(f"{name}.start", invert.starts(self._sizes))
        out.add(f"{name}.place", invert.starts(self._totals)[:-1])
        self.tokens = int(self._totals.sum())

    def _wide(self) -> np.dtype[np.unsignedinteger]:
        kinds = [s.segment.raw(f"{self._name}.position", 0, 0).dtype for s in self._sources]
        return np.result_type(*kinds).newbyteorder("<")

    def _slices(self) -> Iterator[tuple[int, int]]:
        """Give ranges of merged terms whose postings make a slice."""
        sizes = np.zeros(self._words, dtype=np.int64)
        for source, places in zip(self._sources, self._places, strict=True):
            sizes[places] += source.segment.frequencies(self._name)
        ends = np.cumsum(sizes)
        low = 0
        while low < self._words:
            done = ends[low - 1] if low else 0
            high = int(np.searchsorted(ends, done + _SLICE, "right"))
            high = min(max(high, low + 1), self._words)
            yield low, high
            low = high

    def _slice(self, what: str, low: int, high: int) -> Array:
        """Give a section's part for the merged terms from ``low`` to ``high``."""
        parts, terms = [], []
        for number in range(len(self._sources)):
            values, term = self._part(number, what, low, high)
            parts.append(values)
            terms.append(term)
        # Segments in order, terms in order in each: a stable sort by term interleaves them.
        term = np.concatenate(terms)
        order = np.argsort(term, kind="stable")
        merged = np.concatenate(parts)[order]
        if what == "doc":
            self._sizes[low:high] = np.bincount(term - low, minlength=high - low)
        elif what == "position":
            self._totals[low:high] = np.bincount(term - low, minlength=high - low)
        else:
            merged = self._cap(merged)
        return merged

    def _cap(self, counts: Array) -> Array:
        over = np.flatnonzero(counts > 255)
        if len(over):
            self._over.append(np.stack([over + self._written, counts[over]], axis=1))
        self._written += len(counts)
        return np.minimum(counts, 255).astype(np.uint8)

    def _part(self, number: int, what: str, low: int, high: int) -> tuple[Array, Array]:
        """Give what a segment brings to a slice, and the merged term of each value."""
        segment, places = self._sources[number].segment, self._places[number]
        first, last = (int(one) for one in np.searchsorted(places, (low, high)))
        if first == last:
            return np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.int64)
        start, stop = segment.bounds(self._name, first, last)
        sizes = segment.frequencies(self._name)[first:last]
        documents = segment.numbers_in(self._name, start, stop)
        stays = self._masks[number][documents]
        term = np.repeat(places[first:last], sizes)
        if what == "doc":
            return self._maps[number][documents[stays]], term[stays]
        counts = segment.counts(self._name, start, stop).astype(np.int64)
        if what == "count":
            return counts[stays], term[stays]
        place = int(segment.raw(f"{self._name}.place", first, first + 1)[0])
        every = segment.raw(f"{self._name}.position", place, place + int(counts.sum()))
        kept = np.repeat(stays, counts)
        return every[kept], np.repeat(term, counts)[kept]


def _documents(out: ContainerWriter, sources: Sequence[Source], masks: list[Array]) -> None:
    both = list(zip(sources, masks, strict=True))
    ids: list[bytes] = []
    for source, mask in both:
        ids += source.segment.ids.at(np.flatnonzero(mask))
    invert.write_ids(out, ids)
    for name in SINGLES:
        texts: list[str] = []
        for source, mask in both:
            codes, values = source.segment.column(name)
            texts += [values[code] for code in codes[mask].tolist()]
        invert.write_column(out, name, texts)
    for name in MANIES:
        sizes, texts = [], []
        for source, mask in both:
            counts, codes, values = source.segment.many(name)
            sizes.append(counts[mask])
            texts += [values[code] for code in codes[np.repeat(mask, counts)].tolist()]
        out.add(f"{name}.count", np.concatenate(sizes))
        invert.write_column(out, name, texts)
    for name in NUMBERS:
        out.add(name, np.concatenate([s.segment.numbers(name)[m] for s, m in both]))
