"""The sentence that answers: where in a text the words stand, every inflection marked."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from veille.search.french import tokens

_LENGTH: Final = 200
_MAX_SCAN: Final = 400_000


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text, with the places to mark in it (``(start, end)`` of ``text``)."""

    text: str
    marks: tuple[tuple[int, int], ...]


def marks(text: str, forms: AbstractSet[str]) -> list[tuple[int, int]]:
    """Give every place where one of the folded forms stands."""
    found = [(one.start, one.end) for one in tokens(text[:_MAX_SCAN]) if one.term in forms]
    return sorted(set(found))


def snippet(text: str, forms: AbstractSet[str], *, length: int = _LENGTH) -> Snippet:
    """Choose the window in which most different words stand; the beginning when none does."""
    terms = [one for one in tokens(text[:_MAX_SCAN]) if one.term in forms]
    if not terms:
        cut = text[:length]
        return Snippet(_tidy(cut), ())
    best, most = terms[0].start, 0
    for number, first in enumerate(terms):
        inside = set()
        for one in terms[number : number + 40]:
            if one.end - first.start > length * 3 // 4:
                break
            inside.add(one.term)
        if len(inside) > most:
            best, most = first.start, len(inside)
    begin = _word_start(text, max(best - length // 4, 0))
    end = min(begin + length, len(text))
    end = text.rfind(" ", begin + length // 2, end) if end < len(text) else end
    end = end if end > begin else min(begin + length, len(text))
    shown = _tidy(text[begin:end])
    before, after = ("… " if begin else ""), (" …" if end < len(text) else "")
    places = tuple(
        (one.start - begin + len(before), one.end - begin + len(before))
        for one in terms
        if begin <= one.start and one.end <= end
    )
    return Snippet(f"{before}{shown}{after}", tuple(sorted(set(places))))


def _word_start(text: str, at: int) -> int:
    if at == 0:
        return 0
    space = max(text.find(" ", at), 0)
    newline = text.rfind("\n", max(at - 40, 0), at + 40)
    return newline + 1 if newline > 0 else space + 1 if space - at < 30 else at


def _tidy(text: str) -> str:
    """Put lines side by side, character for character, so that places stay right."""
    return text.replace("\n", " ").replace("\t", " ")
