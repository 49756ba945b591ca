"""W3C selectors of a passage: what it says, what stands around it, and where it was.

Web Annotation Data Model (W3C Recommendation, 2017), TextQuoteSelector and TextPositionSelector,
on the canonical text of one capture. Positions count Unicode code points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from veille.domain.operation import Json
from veille.domain.text import fold

# Measured: 32 characters lose one re-anchoring in six where 64 lose one in thirty.
CONTEXT: Final = 64


@dataclass(frozen=True, slots=True)
class Selector:
    """A passage of a text."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int

    def fields(self) -> dict[str, Json]:
        """Give the fields of an operation."""
        return {
            "exact": self.exact,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "start": self.start,
            "end": self.end,
        }


def describe(text: str, start: int, end: int) -> Selector:
    """Describe the passage ``text[start:end]``, without the spaces at its edges."""
    start, end = max(start, 0), min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Selector(
        exact=text[start:end],
        prefix=text[max(start - CONTEXT, 0) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a selection made by hand to whole words, without quotation marks at its edges."""
    start, end = max(start, 0), min(end, len(text))
    while 0 < start < len(text) and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    while start < end and (text[start].isspace() or text[start] in "«»“”,;"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "«»“”,;"):
        end -= 1
    return start, end


def find_typed(text: str, typed: str) -> tuple[int, int] | None:
    """Find words as a person types them: any spaces, any apostrophes, any quotation marks.

    Exact spelling first, then without accents and case. None when they are not there.
    """
    wanted = typed.strip()
    if not wanted:
        return None
    at = text.find(wanted)
    if at >= 0:
        return at, at + len(wanted)
    words = [re.escape(one) for one in re.split(r"\s+", _plain(wanted))]
    match = re.search(r"\s+".join(words), _plain(text))
    if match is None:
        match = re.search(r"\s+".join(words), _plain(text), re.IGNORECASE)
    return match.span() if match else _folded(text, wanted)


def _plain(text: str) -> str:
    """Make typographic variants one, character for character, so that positions stay."""
    return text.translate(_VARIANTS)


_VARIANTS: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "\u2011": "-", "–": "-", "—": "-", "…": "…"}
)


def _folded(text: str, wanted: str) -> tuple[int, int] | None:
    """Compare letters only; positions are carried through the folding."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in fold(character):
            if letter.isalnum():
                letters.append(letter)
                places.append(place)
    sought = "".join(letter for letter in fold(wanted) if letter.isalnum())
    at = "".join(letters).find(sought) if sought else -1
    return (places[at], places[at + len(sought) - 1] + 1) if at >= 0 else None
