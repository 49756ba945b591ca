"""Turning documents into a segment, by sorting.

Each distinct surface of the texts is analysed once. Words become whole numbers through one
dictionary; two stable sorts of 16 bits bring the occurrences of each word together, still in the
order of documents and places. Nothing is done word by word in Python but a look-up.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from whoosh.util.numeric import length_to_byte

from veille.search import french
from veille.search.document import Document
from veille.search.engine import strings
from veille.search.engine.container import Array, ContainerWriter
from veille.search.engine.layout import MANIES, NUMBERS, SINGLES, TEXTS

# Words kept in memory before a segment is written: about 250 MB at the height of the sorting, while
# the words of the next one are gathered.
MAX_WORDS: Final = 5_000_000
_BYTES: Final = np.array([length_to_byte(n) for n in range(1 << 16)], dtype=np.uint8)
_MAX_BYTE: Final = int(length_to_byte(1 << 30))


class _Surfaces(dict[str, int]):
    """Numbers surfaces as they are met, and remembers their analysis in flat arrays."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: dict[str, int] = {}
        self.first, self.count, self.width = array("I"), array("I"), array("I")
        self.term, self.shift = array("I"), array("I")

    def __missing__(self, surface: str) -> int:
        core = surface.strip('.,;:!?()«»"“”…[]')
        if core and core != surface and "." not in core:
            # The same word before a comma, or between quotation marks.
            number = self[core]
        else:
            number = self._number(surface)
        self[surface] = number
        return number

    def _number(self, surface: str) -> int:
        tokens, width = french.analysed(surface)
        self.first.append(len(self.term))
        self.count.append(len(tokens))
        self.width.append(width)
        for one in tokens:
            self.term.append(self.terms.setdefault(one.term, len(self.terms)))
            self.shift.append(one.position)
        return len(self.first) - 1


class Inverter:
    """Gathers documents, then writes them as one segment."""

    def __init__(self) -> None:
        self._surfaces = _Surfaces()
        self._codes = {name: array("I") for name in TEXTS}
        self._ends = {name: array("Q") for name in TEXTS}
        self._documents: list[Document] = []

    def add(self, document: Document) -> int:
        """Add a document. Returns its number in the segment to come."""
        number = self._surfaces.__getitem__
        for name in TEXTS:
            codes = self._codes[name]
            codes.extend(map(number, french.surfaces(getattr(document, name))))
            self._ends[name].append(len(codes))
        self._documents.append(_light(document))
        return len(self._documents) - 1

    @property
    def documents(self) -> int:
        """Count the documents gathered."""
        return len(self._documents)

    @property
    def words(self) -> int:
        """Count the words gathered, nearly."""
        return sum(map(len, self._codes.values()))

    def write(self, path: Path) -> None:
        """Write the segment, sorted, and flush it to the disk."""
        names = sorted(self._surfaces.terms)
        rank = np.zeros(len(names), dtype=np.uint32)
        numbers = np.fromiter(map(self._surfaces.terms.__getitem__, names), dtype=np.int64)
        rank[numbers] = np.arange(len(names), dtype=np.uint32)
        # Code points sort as their UTF-8 bytes do.
        encoded = [one.encode("utf-8", "replace") for one in names]
        tokens: dict[str, int] = {}
        with ContainerWriter(path) as out:
            strings.write(out, "term", encoded, heads=True)
            for name in TEXTS:
                tokens[name] = self._field(out, name, rank, len(names))
            _write_documents(out, self._documents)
            out.close({"documents": len(self._documents), "tokens": tokens})

    def _field(self, out: ContainerWriter, name: str, rank: Array, terms: int) -> int:
        term, document, position = self._occurrences(name, rank)
        lengths = np.bincount(document, minlength=len(self._documents))
        order = _order(term)
        term, document, position = term[order], document[order], position[order]
        wide = position.dtype if len(position) else np.dtype(np.uint16)
        new = np.empty(len(term), dtype=bool)
        new[:1] = True
        np.logical_or(term[1:] != term[:-1], document[1:] != document[:-1], out=new[1:])
        at = np.flatnonzero(new)
        counts = np.diff(at, append=len(term))
        postings = np.bincount(term[at], minlength=terms) if terms else np.zeros(0, dtype=np.int64)
        places = np.zeros(terms, dtype="<u4")
        np.cumsum(np.bincount(term, minlength=terms)[:-1], out=places[1:])
        over = np.flatnonzero(counts > 255)
        out.add(f"{name}.start", starts(postings))
        out.add(f"{name}.doc", document[at].astype("<u2"))
        out.add(f"{name}.count", np.minimum(counts, 255).astype(np.uint8))
        out.add(f"{name}.over", np.stack([over, counts[over]], axis=1).astype("<u4").reshape(-1))
        out.add(f"{name}.place", places)
        out.add(f"{name}.position", position.astype(wide))
        out.add(f"{name}.length", as_bytes(lengths))
        return int(lengths.sum())

    def _occurrences(self, name: str, rank: Array) -> tuple[Array, Array, Array]:
        """Give the term, document and place of every word of a field, in reading order."""
        known = self._surfaces
        codes = np.frombuffer(self._codes[name], dtype=np.uint32)
        ends = np.frombuffer(self._ends[name], dtype=np.uint64).astype(np.int64)
        sizes = np.diff(ends, prepend=0)
        width, count = _values(known.width)[codes], _values(known.count)[codes]
        before = np.cumsum(width, dtype=np.int64) - width
        base = np.append(before, before[-1] + width[-1] if len(before) else 0)[ends - sizes]
        document = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)
        place = before - np.repeat(base, sizes)
        piece = np.repeat(_values(known.first)[codes] - (np.cumsum(count) - count), count)
        piece += np.arange(len(piece))
        term = rank[_values(known.term)[piece]] if len(piece) else np.zeros(0, dtype=np.uint32)
        position = np.repeat(place, count) + _values(known.shift)[piece]
        wide = np.uint16 if not len(position) or position.max() < 1 << 16 else np.uint32
        return term, np.repeat(document, count), position.astype(wide)


def starts(sizes: Array) -> Array:
    """Give where each of some runs begins, and where the last ends."""
    found = np.zeros(len(sizes) + 1, dtype="<u4")
    np.cumsum(sizes, out=found[1:])
    return found


def as_bytes(lengths: Array) -> Array:
    """Quantise lengths as Whoosh does."""
    return np.where(lengths < len(_BYTES), _BYTES[np.minimum(lengths, len(_BYTES) - 1)],
                    _MAX_BYTE).astype(np.uint8)  # fmt: skip


def write_column(out: ContainerWriter, name: str, values: list[str]) -> None:
    """Write a column of one value a document."""
    known = sorted(set(values))
    code = {value: number for number, value in enumerate(known)}
    out.add(f"{name}.code", np.array([code[one] for one in values], dtype="<u4"))
    strings.write(out, f"{name}.value", [one.encode("utf-8", "replace") for one in known])


def write_ids(out: ContainerWriter, ids: list[bytes]) -> None:
    """Write the ids of the documents, and the order in which they are searched."""
    strings.write(out, "id", ids)
    out.add("id.order", np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype="<u4"))


def _write_documents(out: ContainerWriter, documents: list[Document]) -> None:
    write_ids(out, [one.id.encode("utf-8", "replace") for one in documents])
    for name in SINGLES:
        write_column(out, name, [getattr(one, name) for one in documents])
    for name in MANIES:
        values = [tuple(dict.fromkeys(getattr(one, name))) for one in documents]
        out.add(f"{name}.count", np.array(list(map(len, values)), dtype="<u4"))
        write_column(out, name, [value for several in values for value in several])
    for name in NUMBERS:
        out.add(name, np.array([getattr(one, name) for one in documents], dtype="<i8"))


def _light(document: Document) -> Document:
    """Forget the texts, once their words are gathered."""
    return replace(document, title="", text="", names="")


def _values(numbers: array[int]) -> Array:
    return np.frombuffer(numbers, dtype=np.uint32).astype(np.int64)


def _order(term: Array) -> Array:
    """Sort by term, stably: two passes of 16 bits, which numpy does by radix."""
    low = np.argsort((term & 0xFFFF).astype(np.uint16), kind="stable")
    high = (term >> 16).astype(np.uint16)
    if not len(high) or not high.any():
        return low
    return np.asarray(low[np.argsort(high[low], kind="stable")])
