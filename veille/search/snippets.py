"""The sentence that answers: where in a text the words stand, every inflection marked.

Texts are scanned by one regular expression over a folded copy of the same length, which takes
20 times less than analysing them. Words that only the analysis recognises (*cnil* in C.N.I.L.) are
looked for by it, in the texts where the quick way found nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from veille.domain.text import fold
from veille.search.french import tokens

_LENGTH: Final = 200
_MAX_SCAN: Final = 400_000
_MAX_MARKS: Final = 2_000
_PIECE: Final = 2_000
# Places among which the best window is chosen.
_ENOUGH: Final = 30
# Between the telling words of an expression: spaces, and a few little words.
_BETWEEN: Final = r"\W+(?:\w{1,3}\W+){0,3}"
_SPACE: Final = re.compile(r"\s")
# Letters of Latin scripts whose folded form is one letter: the copy keeps its length.
_FOLDED: Final = {
    code: folded
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if len(folded := fold(chr(code))) == 1 and folded != chr(code)
}


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text, with the places to mark in it (``(start, end)`` of ``text``)."""

    text: str
    marks: tuple[tuple[int, int], ...]


class Mark(NamedTuple):
    """A place of a text where a form stands. ``form`` is folded."""

    start: int
    end: int
    form: str


def found(text: str, forms: Iterable[str], *, most: int = _MAX_MARKS) -> list[Mark]:
    """Give the places where one of the folded forms stands; ``inond*`` is any word so begun."""
    wanted = frozenset(forms)
    if not wanted or not text:
        return []
    text = text[:_MAX_SCAN]
    pattern = _pattern(wanted)
    quick: list[Mark] = []
    end = 0
    while end < len(text) and len(quick) < most:
        # Folding costs more than looking: go on only as far as is needed, at a space.
        start, end = end, text.find(" ", end + _PIECE)
        end = len(text) if end < 0 else end
        piece = text[start:end].translate(_FOLDED)
        quick += [Mark(start + one.start(), start + one.end(), fold(one[0]))
                  for one in pattern.finditer(piece)]  # fmt: skip
    return quick[:most] or _analysed(text, wanted)


def marks(text: str, forms: Iterable[str]) -> list[tuple[int, int]]:
    """Give every place where one of the folded forms stands."""
    return [(one.start, one.end) for one in found(text, forms)]


def snippet(text: str, forms: Iterable[str]) -> Snippet:
    """Choose the window in which most different words stand; the beginning when none does."""
    terms = found(text, forms, most=_ENOUGH)
    if not terms:
        return Snippet(_tidy(text[:_LENGTH]), ())
    best = _best_window(terms, _LENGTH * 3 // 4)
    begin = _word_start(text, max(best - _LENGTH // 4, 0))
    end = min(begin + _LENGTH, len(text))
    end = text.rfind(" ", begin + _LENGTH // 2, end) if end < len(text) else end
    end = end if end > begin else min(begin + _LENGTH, len(text))
    shown = _tidy(text[begin:end])
    before, after = ("… " if begin else ""), (" …" if end < len(text) else "")
    places = tuple(
        (one.start - begin + len(before), one.end - begin + len(before))
        for one in terms
        if begin <= one.start and one.end <= end
    )
    return Snippet(f"{before}{shown}{after}", places)


def _best_window(terms: list[Mark], width: int) -> int:
    best, most = terms[0].start, 0
    for number, first in enumerate(terms):
        inside = set()
        for one in terms[number : number + 40]:
            if one.end - first.start > width:
                break
            inside.add(one.form)
        if len(inside) > most:
            best, most = first.start, len(inside)
    return best


@lru_cache(maxsize=64)
def _pattern(forms: frozenset[str]) -> re.Pattern[str]:
    """Compile one expression for all forms."""
    words = sorted(one for one in forms if not one.endswith("*") and " " not in one)
    said = [_BETWEEN.join(map(re.escape, one.split())) for one in forms if " " in one]
    begun = [re.escape(one[:-1]) + r"\w*" for one in forms if one.endswith("*")]
    parts = "|".join((*said, *map(re.escape, words), *begun)).replace("oe", "(?:oe|œ|Œ)")
    return re.compile(rf"(?<!\w)(?:{parts.replace('ae', '(?:ae|æ|Æ)')})(?![\w\u0300-\u036f])")


def _analysed(text: str, forms: frozenset[str]) -> list[Mark]:
    begun = tuple(one[:-1] for one in forms if one.endswith("*")) or (chr(sys.maxunicode),)
    places = {
        Mark(one.start, one.end, one.term)
        for one in tokens(text)
        if one.term in forms or one.term.startswith(begun)
    }
    return sorted(places)[:_MAX_MARKS]


def _word_start(text: str, at: int) -> int:
    """Give the beginning of a line or of a word near a place, else the place."""
    if at == 0:
        return 0
    newline = text.rfind("\n", max(at - 40, 0), at + 40)
    if newline > 0:
        return newline + 1
    space = _SPACE.search(text, at, at + 30)
    return space.end() if space is not None else at


def _tidy(text: str) -> str:
    """Put lines side by side, character for character, so that places stay right."""
    return text.replace("\n", " ").replace("\t", " ")
