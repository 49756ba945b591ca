"""A pack: consecutive segments of one device, verbatim, compressed into one file by their owner.

A team that writes little makes thousands of small segments; a newcomer would open each of them.
Packing changes nothing of what they say, so any reader, older or newer, finds them as they were.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from typing import Final

from veille.journal import line as lines
from veille.journal.line import LineError
from veille.journal.segment import MAX_OPERATIONS, SegmentError

MAX_PACK_BYTES: Final = 5 * 1024 * 1024
# What a pack of ours holds at most; a reader takes twice as much, and not a bomb.
MAX_RAW_BYTES: Final = 8 * 1024 * 1024
MAX_SEGMENTS: Final = 20_000
_GZIP: Final = 31
_LONGEST: Final = 20 * MAX_OPERATIONS


def packed(segments: Sequence[bytes]) -> bytes:
    """Compress segments, one after the other; equal segments make equal bytes."""
    engine = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    return b"".join(engine.compress(one) for one in segments) + engine.flush()


def unpacked(data: bytes) -> list[bytes]:
    """Give the segments of a pack, unverified. Raises SegmentError."""
    engine = zlib.decompressobj(_GZIP)
    try:
        raw = engine.decompress(data, 2 * MAX_RAW_BYTES)
    except zlib.error as problem:
        raise SegmentError("pack") from problem
    if not engine.eof:
        raise SegmentError("pack too large" if engine.unconsumed_tail else "torn")
    found: list[bytes] = []
    at = 0
    while at < len(raw):
        if len(found) == MAX_SEGMENTS:
            raise SegmentError("pack too large")
        end = _end(raw, at)
        found.append(raw[at:end])
        at = end
    return found


def sum16(ids: Sequence[str]) -> str:
    """Name a pack by the ids of its segments: who has them all knows it without reading it."""
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()[:16]


def runs(sizes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut ``(sequence, size)`` of one device into runs ``(first, last)`` worth a pack each.

    A run has no gap in its sequences and is not larger than a pack may be.
    """
    done: list[tuple[int, int]] = []
    total = 0
    for sequence, size in sorted(sizes):
        if done and sequence == done[-1][1] + 1 and total + size <= MAX_RAW_BYTES // 2:
            done[-1] = (done[-1][0], sequence)
            total += size
        else:
            done.append((sequence, sequence))
            total = size
    return done


def _end(raw: bytes, at: int) -> int:
    """Find where a segment ends: its header says how many lines it has."""
    stop = raw.find(b"\n", at)
    try:
        count = lines.loads(raw[at:stop].decode("utf-8")).get("n") if stop > 0 else None
    except (LineError, UnicodeDecodeError) as problem:
        raise SegmentError("pack") from problem
    if not isinstance(count, int) or not 0 <= count <= _LONGEST:
        raise SegmentError("pack")
    for _line in range(count + 1):
        stop = raw.find(b"\n", stop + 1)
        if stop < 0:
            raise SegmentError("torn")
    return stop + 1
