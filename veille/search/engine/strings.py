"""A sorted list of words in three arrays, searched without reading it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from veille.search.engine.container import Array, Container, ContainerWriter

# One bit for each letter of folded text; other bytes share the last ones.
_BITS: Final = np.array(
    [1 << (byte - 97) if 97 <= byte <= 122 else 1 << (26 + byte % 5) for byte in range(256)],
    dtype=np.uint32,
)
_AFTER: Final = b"\xff" * 8


def write(out: ContainerWriter, name: str, words: Sequence[bytes], *, heads: bool = False) -> None:
    """Write words under a name; with ``heads``, what ``Words.find`` needs, if they are sorted."""
    out.add(f"{name}.bytes", np.frombuffer(b"".join(words), dtype=np.uint8))
    starts = np.zeros(len(words) + 1, dtype="<u4")
    np.cumsum(np.fromiter(map(len, words), dtype="<u4", count=len(words)), out=starts[1:])
    out.add(f"{name}.start", starts)
    if heads:
        out.add(f"{name}.head", np.fromiter(map(head, words), dtype="<u8", count=len(words)))


def letters_of(word: bytes) -> int:
    """Give one bit for each letter a word holds: how two differ bounds their distance."""
    return int(np.bitwise_or.reduce(_BITS[np.frombuffer(word, dtype=np.uint8)]))


def head(word: bytes) -> int:
    """Give the first eight bytes as a number that sorts as they do."""
    return int.from_bytes(word[:8].ljust(8, b"\0"), "big")


class Words:
    """Words of a container. Places are numbers from 0, in the order they were written."""

    def __init__(self, container: Container, name: str) -> None:
        self._bytes = container.whole(f"{name}.bytes").tobytes()
        self.starts = container.whole(f"{name}.start")
        self._head = container.whole(f"{name}.head") if f"{name}.head" in container else None

    def __len__(self) -> int:
        """Count the words."""
        return len(self.starts) - 1

    def __getitem__(self, place: int) -> bytes:
        """Give a word."""
        return self._bytes[int(self.starts[place]) : int(self.starts[place + 1])]

    def at(self, places: Iterable[int]) -> list[bytes]:
        """Give the words at some places."""
        whole, chosen = self._bytes, np.fromiter(places, dtype=np.intp)
        starts, ends = self.starts[chosen].tolist(), self.starts[chosen + 1].tolist()
        return [whole[start:end] for start, end in zip(starts, ends, strict=True)]

    def all(self) -> list[bytes]:
        """Give every word."""
        starts = self.starts.tolist()
        whole = self._bytes
        return [whole[a:b] for a, b in pairwise(starts)]

    def find(self, word: bytes) -> int:
        """Give the place of a word, -1 when it is not there."""
        place = self._left(word)
        return place if place < len(self) and self[place] == word else -1

    def starting(self, prefix: bytes) -> tuple[int, int]:
        """Give the places of the words that begin so, as a range."""
        if not prefix:
            return 0, len(self)
        if len(prefix) <= 8 and self._head is not None:
            last = int.from_bytes((prefix + _AFTER)[:8], "big")
            low = int(np.searchsorted(self._head, np.uint64(head(prefix)), "left"))
            return low, int(np.searchsorted(self._head, np.uint64(last), "right"))
        # No UTF-8 text holds the byte 0xff.
        return self._left(prefix), self._left(prefix + b"\xff")

    def letters(self) -> Array:
        """Give, for each word, one bit for each letter it holds (see ``letters_of``)."""
        if not len(self):
            return np.zeros(0, dtype=np.uint32)
        bits = _BITS[np.frombuffer(self._bytes, dtype=np.uint8)]
        return np.asarray(np.bitwise_or.reduceat(bits, self.starts[:-1].astype(np.int64)))

    def _left(self, word: bytes) -> int:
        low, high = 0, len(self)
        if self._head is not None:
            key = np.uint64(head(word))
            low = int(np.searchsorted(self._head, key, "left"))
            high = int(np.searchsorted(self._head, key, "right"))
        return bisect_left(range(high), word, lo=low, key=self.__getitem__)
