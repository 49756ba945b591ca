"""Finding typed words in a text that is read: case, accents and kinds of space make no difference.

Places are those of the text as it is, character for character.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from veille.domain.text import fold

_MOST: Final = 5_000
_PART: Final = 20_000


@lru_cache(maxsize=4)
def _folded(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Fold a text; the places of its letters, None when each stands where it stood."""
    # By parts: folding a megabyte in one call would keep every other thread waiting for 60 ms.
    plain = "".join(fold(text[at : at + _PART]) for at in range(0, len(text), _PART))
    if len(plain) == len(text):
        # Each character gave one: nothing moved (accents are single characters in our texts).
        return plain, None
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in fold(character):
            letters.append(letter)
            places.append(place)
    return "".join(letters), tuple(places)


def occurrences(text: str, typed: str) -> list[tuple[int, int]]:
    """Give the places where typed words stand, in order; [] for blank words."""
    words = [re.escape(one) for one in fold(typed).split()]
    if not words:
        return []
    plain, places = _folded(text)
    found = []
    for match in re.finditer(r"\s+".join(words), plain):
        start, end = match.span()
        if places is not None:
            start, end = places[start], places[end - 1] + 1
        found.append((start, end))
        if len(found) == _MOST:
            break
    return found
