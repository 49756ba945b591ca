"""How alike two texts are, and a short sketch by which near-identical ones meet in an index.

A press release is published by ten sites, each with its own first line. MinHash (Broder, 1997)
over runs of three words: the share of equal values estimates the share of runs in common. The
values are cut in bands: two texts that share ``ALIKE`` of their runs share a band in 98 cases
out of 100, and what shares one is then compared run by run.
"""

from __future__ import annotations

import re
from typing import Final
from zlib import crc32

import numpy as np

from veille.domain.text import fold

ALIKE: Final = 0.8
RULE: Final = 1
_BANDS: Final = 8
_IN_BAND: Final = 4
_RUN: Final = 3
_FEW: Final = 40
_MOST: Final = 20_000
_WORDS: Final = re.compile(r"\w+")


def _multipliers() -> tuple[np.ndarray, np.ndarray]:
    """Give fixed odd multipliers and shifts: the same text has the same sketch everywhere."""
    numbers = [crc32(f"veille-sketch-{RULE}-{n}".encode()) for n in range(4 * _BANDS * _IN_BAND)]
    high, low = np.array(numbers[0::2], np.uint64), np.array(numbers[1::2], np.uint64)
    mixed = (high << np.uint64(32)) | low
    half = _BANDS * _IN_BAND
    return mixed[:half] | np.uint64(1), mixed[half : 2 * half]


_TIMES, _PLUS = _multipliers()


def runs(text: str) -> frozenset[int]:
    """Give the runs of three words of a text, each as a number."""
    words = _WORDS.findall(fold(text))[:_MOST]
    return frozenset(
        crc32(" ".join(words[at : at + _RUN]).encode()) for at in range(len(words) - _RUN + 1)
    )


def sketch(text: str) -> tuple[int, ...]:
    """Give the bands of a text, each below 2**40; empty when it is too short to be told apart."""
    found = runs(text)
    if len(found) < _FEW:
        return ()
    values = np.fromiter(found, np.uint64, len(found))
    # Multiply, add, keep the high bits: overflow is the rule of the game.
    mixed = values[:, None] * _TIMES[None, :] + _PLUS[None, :]
    least = (mixed >> np.uint64(32)).min(axis=0).reshape(_BANDS, _IN_BAND)
    return tuple(
        (number << 32) | crc32(band.astype("<u8").tobytes()) for number, band in enumerate(least)
    )


def alike(one: frozenset[int], other: frozenset[int]) -> float:
    """Give the share of runs in common, from 0 to 1."""
    both = len(one | other)
    return len(one & other) / both if both else 0.0
