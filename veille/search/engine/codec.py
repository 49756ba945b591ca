"""Our segments as a Whoosh codec: what Whoosh's own readers, matchers and scorers ask for.

The nodes we do not run on whole arrays go through here, and so do the tests that compare our
answers with Whoosh's. Only the reading half is written: segments are made by sorting
(``invert``), never posting by posting.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from typing_extensions import override
from whoosh import matching, reading, scoring, searching
from whoosh.codec import base
from whoosh.collectors import Collector
from whoosh.util.numeric import byte_to_length

from veille.search.engine.container import Array
from veille.search.engine.layout import MANIES, SINGLES, TEXTS
from veille.search.engine.matches import NOTHING, Matches
from veille.search.engine.schema import schema
from veille.search.engine.segment import Segment
from veille.search.engine.snapshot import K1, B, Snapshot

_FIELDS: Final = (*TEXTS, *SINGLES, *MANIES)


def searcher(snapshot: Snapshot) -> Any:
    """Give a Whoosh searcher over a snapshot."""
    readers = [
        reading.SegmentReader(None, schema(), _Described(one, entry.gone), codec=NumpyCodec())
        for one, entry in zip(snapshot.segments, snapshot.toc.entries, strict=True)
    ]
    reader = readers[0] if len(readers) == 1 else reading.MultiReader(readers)
    return searching.Searcher(reader, weighting=_Weighting())


def run(snapshot: Snapshot, node: Any) -> Matches:
    """Run a query with Whoosh's own matchers."""
    if not snapshot.segments:
        return NOTHING
    collector = _All()
    searcher(snapshot).search_with_collector(node, collector)
    found = sorted(collector.found)
    return Matches(
        np.array([number for number, _ in found], dtype=np.intp),
        np.array([max(score, 1e-9) for _, score in found], dtype=np.float32),
    )


class _Weighting(scoring.BM25F):  # type: ignore[misc]
    """Whoosh's BM25F, each field with its own parameters."""

    @override
    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> Any:
        if fieldname not in TEXTS:
            return scoring.WeightScorer(1.0)
        return scoring.BM25FScorer(searcher, fieldname, text, B[fieldname], K1[fieldname], qf=qf)


class _All(Collector):  # type: ignore[misc]
    """Keeps every document with its score."""

    def __init__(self) -> None:
        self.found: list[tuple[int, float]] = []

    @override
    def collect_matches(self) -> None:
        while self.matcher.is_active():
            self.found.append((self.offset + self.matcher.id(), self.matcher.score()))
            self.matcher.next()

    @override
    def results(self) -> None:
        """Give nothing: what was found is read off the collector."""


class NumpyCodec(base.Codec):  # type: ignore[misc]
    """Gives Whoosh its readers of one of our segments."""

    @override
    def terms_reader(self, storage: Any, segment: _Described) -> _Terms:
        return _Terms(segment.data)

    @override
    def per_document_reader(self, storage: Any, segment: _Described) -> _Documents:
        return _Documents(segment)


class _Described(base.Segment):  # type: ignore[misc]
    """A segment as Whoosh speaks of it."""

    def __init__(self, data: Segment, gone: Array) -> None:
        super().__init__("veille")
        self.data = data
        self.gone = frozenset(gone.tolist())

    @override
    def codec(self) -> NumpyCodec:
        return NumpyCodec()

    @override
    def doc_count_all(self) -> int:
        return self.data.documents

    @override
    def deleted_count(self) -> int:
        return len(self.gone)

    @override
    def deleted_docs(self) -> frozenset[int]:
        return self.gone

    @override
    def is_deleted(self, docnum: int) -> bool:
        return docnum in self.gone


class _Cursor(base.FieldCursor):  # type: ignore[misc]
    """Walks the terms of a field, as Whoosh's fuzzy search does."""

    def __init__(self, terms: list[bytes]) -> None:
        self._terms = terms
        self._at = 0

    @override
    def find(self, string: bytes | str) -> str | None:
        wanted = string.encode() if isinstance(string, str) else string
        self._at = bisect_left(self._terms, wanted)
        return self.text()

    @override
    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """Give the term under the cursor."""
        return self._terms[self._at].decode() if self._at < len(self._terms) else None


class _Terms(base.TermsReader):  # type: ignore[misc]
    """The terms of a segment, by field."""

    def __init__(self, data: Segment) -> None:
        self._data = data

    def _values(self, field: str) -> tuple[list[str], list[list[int]]]:
        """Give the values of a column, with the documents of each."""
        if field in SINGLES:
            codes, values = self._data.column(field)
            owner = np.arange(len(codes))
        else:
            counts, codes, values = self._data.many(field)
            owner = np.repeat(np.arange(len(counts)), counts)
        return values, [np.unique(owner[codes == code]).tolist() for code in range(len(values))]

    def _postings(self, field: str, text: bytes) -> tuple[list[int], list[float], int]:
        """Give the documents of a term, how often each has it, and the place of the term."""
        if field not in TEXTS:
            values, documents = self._values(field)
            if (value := text.decode()) not in values:
                return [], [], -1
            found = documents[values.index(value)]
            return found, [1.0] * len(found), -1
        place = self._data.terms.find(text)
        if place < 0:
            return [], [], -1
        start, stop = self._data.bounds(field, place)
        return (
            self._data.numbers_in(field, start, stop).tolist(),
            self._data.counts(field, start, stop).astype(float).tolist(),
            place,
        )

    @override
    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return bool(self._postings(*term)[0])

    @override
    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in sorted(_FIELDS):
            yield from self.terms_from(field, b"")

    @override
    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for one in self._of(fieldname):
            if one >= prefix:
                yield fieldname, one

    def _of(self, field: str) -> list[bytes]:
        if field not in TEXTS:
            return sorted(one.encode() for one in self._values(field)[0])
        used = np.flatnonzero(self._data.frequencies(field))
        return self._data.terms.at(used.tolist())

    @override
    def cursor(self, fieldname: str, fieldobj: Any) -> _Cursor:
        return _Cursor(self._of(fieldname))

    @override
    def items(self) -> Iterator[tuple[tuple[str, bytes], reading.TermInfo]]:
        for field, text in self.terms():
            yield (field, text), self.term_info(field, text)

    @override
    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], reading.TermInfo]]:
        for field, text in self.terms_from(fieldname, prefix):
            yield (field, text), self.term_info(field, text)

    @override
    def term_info(self, fieldname: str, text: bytes) -> reading.TermInfo:
        numbers, counts, _place = self._postings(fieldname, text)
        if not numbers:
            raise KeyError((fieldname, text))
        lengths = self._lengths(fieldname, numbers)
        return reading.TermInfo(sum(counts), len(numbers), min(lengths), max(lengths), max(counts),
                                numbers[0], numbers[-1])  # fmt: skip

    def _lengths(self, field: str, numbers: list[int]) -> list[int]:
        if field not in TEXTS:
            return [1]
        return [byte_to_length(one) for one in self._data.lengths(field)[numbers].tolist()]

    @override
    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        numbers, counts, place = self._postings(fieldname, text)
        return _Postings(self._data, fieldname, place, numbers, counts, format_, scorer,
                         self.term_info(fieldname, text), (fieldname, text))  # fmt: skip

    @override
    def indexed_field_names(self) -> list[str]:
        return list(_FIELDS)


class _Postings(matching.ListMatcher):  # type: ignore[misc]
    """The postings of a term; places are read when they are asked for."""

    def __init__(  # noqa: PLR0913, PLR0917 - what Whoosh's matcher is made of
        self,
        data: Segment,
        field: str,
        place: int,
        numbers: list[int],
        counts: list[float],
        format_: Any,
        scorer: Any,
        info: Any,
        term: Any,
    ) -> None:
        super().__init__(numbers, counts, format=format_, scorer=scorer, terminfo=info, term=term)
        self._data, self._field, self._place = data, field, place

    @override
    def value_as(self, astype: str) -> Any:
        if astype != "positions" or self._place < 0:
            return self.weight()
        chosen = np.array([self._i])
        return self._data.positions(self._field, self._place, chosen)[0].tolist()

    @override
    def copy(self) -> _Postings:
        other = _Postings(self._data, self._field, self._place, self._ids, self._weights,
                          self._format, self._scorer, self._terminfo, self._term)  # fmt: skip
        other._i = self._i
        return other


class _Documents(base.PerDocumentReader):  # type: ignore[misc]
    """The documents of a segment: their lengths and ids."""

    def __init__(self, segment: _Described) -> None:
        self._segment, self._data = segment, segment.data

    @override
    def doc_count(self) -> int:
        return self._data.documents - len(self._segment.gone)

    @override
    def doc_count_all(self) -> int:
        return self._data.documents

    @override
    def has_deletions(self) -> bool:
        return bool(self._segment.gone)

    @override
    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._segment.gone

    @override
    def deleted_docs(self) -> frozenset[int]:
        return self._segment.gone

    @override
    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        if fieldname not in TEXTS:
            return default
        return int(byte_to_length(int(self._data.lengths(fieldname)[docnum])))

    @override
    def field_length(self, fieldname: str) -> int:
        return int(self._data.tokens.get(fieldname, 0))

    @override
    def min_field_length(self, fieldname: str) -> int:
        return self._length(fieldname, 0)

    @override
    def max_field_length(self, fieldname: str) -> int:
        return self._length(fieldname, -1)

    def _length(self, field: str, place: int) -> int:
        if field not in TEXTS:
            return 1
        lengths = np.sort(self._data.lengths(field))
        return int(byte_to_length(int(lengths[place]))) if len(lengths) else 0

    @override
    def stored_fields(self, docnum: int) -> dict[str, str]:
        return {"id": self._data.ids[docnum].decode()}
