"""What changed between two captures of one page, paragraph by paragraph, then word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
# Beyond, paragraphs are compared as wholes: the time of a comparison grows with the square.
_MOST_WORDS: Final = 3_000
_NEAR: Final = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: ``same``, ``gone`` or ``new``; paragraphs end with a newline."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """Tell what was taken out and what was put in. The pieces hold both texts, in order."""
    old, new = _paragraphs(before), _paragraphs(after)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces += [Piece("same", f"{one}\n") for one in old[a:b]]
        else:
            pieces += _changed(old[a:b], new[c:d])
    return _joined(pieces)


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _changed(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """Pair the paragraphs that were rewritten; the others are gone, or new."""
    pieces: list[Piece] = []
    left = list(new)
    for one in old:
        near = next((other for other in left if _is_near(one, other)), None)
        if near is None:
            pieces.append(Piece("gone", f"{one}\n"))
            continue
        at = left.index(near)
        pieces += [Piece("new", f"{other}\n") for other in left[:at]]
        left = left[at + 1 :]
        pieces += [*_words(one, near), Piece("same", "\n")]
    return pieces + [Piece("new", f"{other}\n") for other in left]


def _is_near(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, _WORDS.findall(one)[:200], _WORDS.findall(other)[:200], False)
    return matcher.quick_ratio() > _NEAR and matcher.ratio() > _NEAR


def _words(one: str, other: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(one), _WORDS.findall(other)
    if len(old) + len(new) > _MOST_WORDS:
        yield Piece("gone", one)
        yield Piece("new", other)
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[a:b]))
        else:
            yield Piece("gone", "".join(old[a:b]))
            yield Piece("new", "".join(new[c:d]))


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Bring together neighbours of one kind."""
    joined: list[Piece] = []
    for one in pieces:
        if not one.text:
            continue
        if joined and joined[-1].kind == one.kind:
            joined[-1] = Piece(one.kind, joined[-1].text + one.text)
        else:
            joined.append(one)
    return joined
