"""The index as one search sees it: the segments of one table of contents, side by side.

Documents are numbered through all segments. Columns and lengths are brought together when a
snapshot is made, which costs about a millisecond for 100,000 documents; postings stay where they
are, mapped. A snapshot never changes: a search that began goes on with it whatever is committed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from whoosh.util.numeric import byte_to_length

from veille.domain.text import key
from veille.search.engine import toc
from veille.search.engine.container import Array
from veille.search.engine.layout import SINGLES, TEXTS
from veille.search.engine.segment import Segment

# BM25's two parameters, by field: measured on the French relevance sets (tests/benchmarks).
K1: Final = {"title": 1.2, "text": 2.0, "names": 1.2}
B: Final = {"title": 0.5, "text": 0.75, "names": 0.5}
_BROAD: Final = 200_000
_APART: Final = re.compile(r"[\s\-'’]+")
_LENGTHS: Final = np.array([byte_to_length(one) for one in range(256)], dtype=np.float32)


def compared(value: str) -> str:
    """Fold a value as typed ones are compared with it: one space between words."""
    return _APART.sub(" ", key(value)).strip()


@dataclass(frozen=True)
class Column:
    """Values of documents, coded. ``owner`` is the document of each code, None when it is its own."""

    codes: Array
    values: list[str]
    numbers: Mapping[str, int]
    owner: Array | None = None

    @cached_property
    def folded(self) -> list[str]:
        """Give the values as they are compared: folded, one space between words."""
        return [compared(one) for one in self.values]

    def mask(self, wanted: Sequence[str], documents: int) -> Array:
        """Mark the documents that have one of some values."""
        codes = [self.numbers[one] for one in wanted if one in self.numbers]
        chosen = np.zeros(len(self.values), dtype=bool)
        chosen[codes] = True
        if self.owner is None:
            return chosen[self.codes] if len(self.values) else np.zeros(documents, dtype=bool)
        mask = np.zeros(documents, dtype=bool)
        if codes:
            mask[self.owner[chosen[self.codes]]] = True
        return mask

    def counts(self, documents: Array, every: int) -> Mapping[str, int]:
        """Count some documents by value; "" and values nobody has are left out."""
        if self.owner is None:
            codes = self.codes[documents]
        else:
            mask = np.zeros(every, dtype=bool)
            mask[documents] = True
            codes = self.codes[mask[self.owner]]
        found = np.bincount(codes, minlength=len(self.values))
        return {
            self.values[code]: int(found[code])
            for code in np.flatnonzero(found).tolist()
            if self.values[code]
        }


class Snapshot:
    """An index, opened. Raises Damaged, and OSError when a segment has just been merged away."""

    def __init__(self, folder: Path, told: toc.Toc, known: Mapping[str, Segment]) -> None:
        self.toc = told
        self.segments = [known.get(one.name) or Segment(folder / one.name) for one in told.entries]
        sizes = [one.documents for one in self.segments]
        self.bases: list[int] = np.cumsum([0, *sizes])[:-1].tolist()
        self.documents = sum(sizes)
        self.deleted = sum(len(one.gone) for one in told.entries)
        self.live = self._live() if self.deleted else None
        self._columns: dict[str, Column] = {}
        self._places: dict[bytes, list[tuple[int, int]]] = {}

    def _live(self) -> Array:
        mask = np.ones(self.documents, dtype=bool)
        for base, entry in zip(self.bases, self.toc.entries, strict=True):
            mask[entry.gone + base] = False
        return mask

    @property
    def count(self) -> int:
        """Count the documents that are there."""
        return self.documents - self.deleted

    # --- words ---------------------------------------------------------------------------------

    def places(self, word: str) -> list[tuple[int, int]]:
        """Give where a word stands: segments, and its place among their terms."""
        key = word.encode("utf-8", "replace")
        known = self._places.get(key)
        if known is None:
            found = [(number, one.terms.find(key)) for number, one in enumerate(self.segments)]
            known = [(number, place) for number, place in found if place >= 0]
            if len(self._places) > 10_000:
                self._places.clear()
            self._places[key] = known
        return known

    def frequency(self, word: str, field: str = "text") -> int:
        """Tell how many documents hold a word, gone ones included."""
        total = 0
        for number, place in self.places(word):
            start, stop = self.segments[number].bounds(field, place)
            total += stop - start
        return total

    def postings(self, field: str, places: Sequence[tuple[int, int]]) -> tuple[Array, Array]:
        """Give the documents of a term in order, and how often each has it."""
        numbers, counts = [], []
        for segment, place in places:
            start, stop = self.segments[segment].bounds(field, place)
            if start < stop:
                numbers.append(self._based(field, segment, start, stop))
                counts.append(self.segments[segment].counts(field, start, stop))
        return _joined(numbers), _joined(counts)

    def begun(self, field: str, prefix: bytes) -> tuple[Array, Array]:
        """Give the postings of all the terms that begin so: a document as often as it has them.

        When they are very many, each document is given once, and counted once: one letter is in
        every document, and nobody can tell a ranking by it from another.
        """
        runs = []
        for segment, one in enumerate(self.segments):
            first, last = one.terms.starting(prefix)
            if first < last:
                runs.append((segment, *one.bounds(field, first, last)))
        if sum(stop - start for _segment, start, stop in runs) > _BROAD:
            return self._marked(field, runs)
        return (
            _joined([self._based(field, *run) for run in runs]),
            _joined([self.segments[run[0]].counts(field, *run[1:]) for run in runs]),
        )

    def _marked(self, field: str, runs: Sequence[tuple[int, int, int]]) -> tuple[Array, Array]:
        mask = np.zeros(self.documents, dtype=bool)
        for segment, start, stop in runs:
            base = self.bases[segment]
            part = mask[base : base + self.segments[segment].documents]
            part[self.segments[segment].numbers_in(field, start, stop)] = True
        found = np.flatnonzero(mask)
        return found, np.ones(len(found), dtype=np.float32)

    def _based(self, field: str, segment: int, start: int, stop: int) -> Array:
        found = self.segments[segment].numbers_in(field, start, stop).astype(np.intp)
        if self.bases[segment]:
            found += self.bases[segment]
        return found

    # --- documents -----------------------------------------------------------------------------

    @cached_property
    def norms(self) -> dict[str, Array]:
        """Give, by field and document, what BM25 adds to a count for the length of the field."""
        found = {}
        for field in TEXTS:
            words = sum(one.tokens[field] for one in self.segments)
            average = max(words / max(self.documents, 1), 1e-6)
            k1, b = K1[field], B[field]
            table = (k1 * ((1 - b) + b * _LENGTHS / average)).astype(np.float32)
            found[field] = table[_joined([one.lengths(field) for one in self.segments])]
        return found

    def column(self, name: str) -> Column:
        """Give a column, the codes of all segments brought to one list of values."""
        known = self._columns.get(name)
        if known is None:
            known = self._single(name) if name in SINGLES else self._many(name)
            self._columns[name] = known
        return known

    def _single(self, name: str) -> Column:
        read = [one.column(name) for one in self.segments]
        values = sorted(set().union(*(one for _, one in read)))
        numbers = {value: number for number, value in enumerate(values)}
        codes = [_recoded(codes, known, numbers) for codes, known in read]
        return Column(_joined(codes), values, numbers)

    def _many(self, name: str) -> Column:
        read = [one.many(name) for one in self.segments]
        values = sorted(set().union(*(one for _, _, one in read)))
        numbers = {value: number for number, value in enumerate(values)}
        codes = [_recoded(codes, known, numbers) for _, codes, known in read]
        sizes = _joined([one.astype(np.intp) for one, _, _ in read])
        return Column(_joined(codes), values, numbers, np.repeat(np.arange(len(sizes)), sizes))

    @cached_property
    def days(self) -> Array:
        """Give the day of each document, YYYYMMDD, 0 for unknown."""
        return self.numbers("day").astype(np.int32)

    def numbers(self, name: str) -> Array:
        """Give a column of numbers, by document."""
        return _joined([one.numbers(name) for one in self.segments])

    @cached_property
    def months(self) -> Array:
        """Give the month of each document: twelve times the year and the month from 0, or 0."""
        days = np.maximum(self.days, 0)
        months = days // 10_000 * 12 + np.clip(days // 100 % 100, 1, 12) - 1
        return np.where(days > 0, np.minimum(months, 9_999 * 12 + 11), 0).astype(np.int32)

    def id_of(self, document: int) -> str:
        """Give the id of a document."""
        number = bisect_right(self.bases, document) - 1
        return self.segments[number].ids[document - self.bases[number]].decode()

    def ids(self) -> Iterator[str]:
        """Give the id of every document that is there."""
        for segment, entry in zip(self.segments, self.toc.entries, strict=True):
            gone = set(entry.gone.tolist())
            for number, one in enumerate(segment.ids.all()):
                if number not in gone:
                    yield one.decode()


def _recoded(codes: Array, known: list[str], numbers: Mapping[str, int]) -> Array:
    table = np.array([numbers[one] for one in known], dtype=np.int32)
    return table[codes] if len(known) else np.zeros(0, dtype=np.int32)


def _joined(parts: list[Array]) -> Array:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.intp)
