"""Folding: what two spellings have in common for a person who searches.

Case, accents, ligatures, the two apostrophes, invisible characters and kinds of space are
differences nobody means.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import filterfalse
from typing import Final

_LIGATURES: Final = str.maketrans(
    {"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss", "’": "'", "ʼ": "'", "‘": "'"}
)
# Soft hyphen, zero-width space and joiners, word joiner, byte order mark.
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACES: Final = re.compile(r"\s+")
_NUMBERS: Final = re.compile(r"(\d+)")
_BEFORE_WORDS: Final = re.compile(r"^\W+")
_WORDS: Final = re.compile(r"\w+(?:['’-]\w+)*")


# No text holds these: C0 and C1 controls but tab and newline, and halves of surrogate pairs.
CONTROLS: Final = {
    code: None
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
    if chr(code) not in "\t\n"
}


def fold(text: str) -> str:
    """Fold a word or a title: ``"Écœurant"`` and ``"ecoeurant"`` meet."""
    plain = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).translate(_LIGATURES)).lower()
    if plain.isascii():
        return plain
    return "".join(filterfalse(unicodedata.combining, plain))


def key(text: str) -> str:
    """Fold a name that people type (theme, title, source): spaces are collapsed too."""
    return _SPACES.sub(" ", fold(text)).strip()


def order(text: str) -> tuple[object, ...]:
    """Give the place of a name in a list, as a dictionary orders it.

    Accents and capitals count last, the marks before the first word do not count, and numbers go by
    what they are worth: « œuvre » after « office », « n° 9 » before « n° 10 ».
    """
    parts = _NUMBERS.split(_BEFORE_WORDS.sub("", key(text)))
    # By its length without zeros, then as it is written: a number may be longer than Python reads.
    worth = [(len(one.lstrip("0")), one.lstrip("0")) for one in parts[1::2]]
    return (*(two for pair in zip(parts[::2], [*worth, ()], strict=True) for two in pair), text)


def collapse(text: str) -> str:
    """Put one ordinary space where there are several, or other kinds."""
    return _SPACES.sub(" ", text).strip()


def clip(text: str, *, length: int) -> str:
    """Shorten to at most ``length`` characters, at a word, with an ellipsis."""
    text = collapse(text)
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > length // 2 else cut).rstrip(" ,;:.–-") + "…"


def word_count(text: str) -> int:
    """Count words as a person would: runs of letters or digits."""
    return len(_WORDS.findall(text))


def word_places(text: str) -> list[int]:
    """Give where each word of a text begins, counted as ``word_count`` counts them."""
    return [found.start() for found in _WORDS.finditer(text)]
