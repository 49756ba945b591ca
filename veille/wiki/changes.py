"""What changed between two states of a note, paragraph by paragraph; one change taken back.

A paragraph is a block of lines that are not empty.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import dropwhile
from typing import Final

from veille.wiki.runs import Run, runs

_WORD: Final = re.compile(r"\w+")
# Beyond, texts are compared as wholes: the time of a comparison grows with the square.
_MOST_PARAGRAPHS: Final = 4_000
# A word that more paragraphs hold does not tell them apart.
_RARE: Final = 8
_CANDIDATES: Final = 3
# How many of its words a paragraph keeps when it is rewritten, and not another one.
_NEAR: Final = 0.4


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a text; lines from 0, ``end`` past the last."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a paragraph.

    Attributes:
        kind: ``same``, ``added``, ``removed`` or ``rewritten``.
        runs: its words; without the new ones it is the old paragraph, and the other way round.
        old, new: its lines in the two texts, ``(first, past the last)``, from 0. In the text that
            does not hold it, both are where it would stand: past the paragraph before it.
    """

    kind: str
    runs: tuple[Run, ...]
    old: tuple[int, int]
    new: tuple[int, int]

    @property
    def before(self) -> str:
        """Give the paragraph as it was, "" when it was not there."""
        return "".join(one.text for one in self.runs if one.kind != "new")

    @property
    def after(self) -> str:
        """Give the paragraph as it became, "" when it was taken out."""
        return "".join(one.text for one in self.runs if one.kind != "gone")


def paragraphs(text: str) -> list[Block]:
    """Give the blocks of lines that are not empty."""
    lines = text.split("\n")
    found: list[Block] = []
    start = -1
    for number, line in enumerate([*lines, ""]):
        if line.strip():
            start = number if start < 0 else start
        elif start >= 0:
            found.append(Block("\n".join(lines[start:number]), start, number))
            start = -1
    return found


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Tell what became of each paragraph, in the order of reading."""
    old, new = paragraphs(before), paragraphs(after)
    found: list[Change] = []
    i = j = 0
    for is_old, is_new in _steps([one.text for one in old], [one.text for one in new]):
        left, right = old[i].text if is_old else "", new[j].text if is_new else ""
        told = runs(left, right)
        kind = ("same" if left == right else "rewritten") if is_old and is_new else ""
        kind = kind or ("removed" if is_old else "added")
        found.append(Change(kind, told, _span(old, i, there=is_old), _span(new, j, there=is_new)))
        i, j = i + is_old, j + is_new
    return tuple(found)


def _span(blocks: Sequence[Block], at: int, *, there: bool) -> tuple[int, int]:
    """Give the lines of a paragraph, or where it would stand: just past the one before it."""
    if there:
        return blocks[at].start, blocks[at].end
    stands = blocks[at - 1].end if at else blocks[0].start if blocks else 0
    return stands, stands


def restored(before: str, after: str, which: Change) -> str:
    """Take one of ``changes(before, after)`` back, the others standing; gives the whole text."""
    lines = after.split("\n")
    first, past = which.new
    back = before.split("\n")[slice(*which.old)]
    if which.kind == "removed":
        lines = _with(lines, back, first)
    elif which.kind == "added":
        lines = _without(lines, first, past)
    else:
        lines[first:past] = back
    return "\n".join(lines)


def _with(lines: Sequence[str], back: Sequence[str], first: int) -> list[str]:
    """Put a paragraph in at a line, set apart from its neighbours by empty lines."""
    above, below = lines[:first], lines[first:]
    if not any(one.strip() for one in lines):
        return [*above, *back]
    lead = [""] if above and above[-1].strip() else []
    trail = [""] if below and below[0].strip() else []
    return [*above, *lead, *back, *trail, *below]


def _without(lines: Sequence[str], first: int, past: int) -> list[str]:
    """Take a paragraph out, with the empty lines that set it apart from one of its neighbours."""
    above, below = list(lines[:first]), list(lines[past:])
    if any(one.strip() for one in below):
        return [*above, *dropwhile(lambda one: not one.strip(), below)]
    while any(one.strip() for one in above) and not above[-1].strip():
        above.pop()
    return above or [""]


# --- paragraphs ------------------------------------------------------------------------------


def alike(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Pair the paragraphs of ``new`` with those of ``old`` that they may be rewritten from.

    Words that few paragraphs hold vote, and only those with most votes are compared: the time
    grows with the length of the texts, not with its square.
    """
    held = [_words(one) for one in old]
    where: dict[str, list[int]] = {}
    for number, words in enumerate(held):
        for word in words:
            where.setdefault(word, []).append(number)
    found = sorted(_candidates(new, held, where), reverse=True)
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _nearness, _place, at, number in found:
        if at not in pairs and number not in taken:
            pairs[at] = number
            taken.add(number)
    return pairs


def _candidates(
    new: Sequence[str], held: Sequence[frozenset[str]], where: Mapping[str, Sequence[int]]
) -> Iterator[tuple[float, int, int, int]]:
    for at, one in enumerate(new):
        words = _words(one)
        rare = (
            where[word] for word in words if len(where.get(word, ())) <= _RARE and word in where
        )
        votes = Counter(number for some in rare for number in some)
        chosen = {number for number, _votes in votes.most_common(_CANDIDATES)}
        # Where every word is common, the place says more than words do.
        chosen |= {at} if at < len(held) else set()
        for number in sorted(chosen):
            nearness = _nearness(words, held[number])
            if nearness > _NEAR:
                yield nearness, -abs(at - number), at, number


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _nearness(one: frozenset[str], other: frozenset[str]) -> float:
    every = len(one) + len(other)
    return 2 * len(one & other) / every if every else 0.0


def _steps(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, bool]]:
    """Give whether the next paragraph is of the old text, of the new one, or of both."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        yield True, True
        head += 1
    old, new = old[head:], new[head:]
    for tag, a, b, c, d in _opcodes(old, new):
        if tag == "equal":
            yield from ((True, True) for _one in range(a, b))
        else:
            yield from _rewritten(old[a:b], new[c:d])


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    if len(old) + len(new) > _MOST_PARAGRAPHS:
        return [("replace", 0, len(old), 0, len(new))]
    return [*SequenceMatcher(None, old, new, autojunk=False).get_opcodes()]


def _rewritten(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, bool]]:
    """Pair what was rewritten, in order; the others are gone, then new."""
    i = j = 0
    for left, right in [*_in_order(old, new), (len(old), len(new))]:
        if left - i == right - j == 1:
            # Nothing else can have taken its place.
            yield True, True
        else:
            yield from ((True, False) for _one in range(i, left))
            yield from ((False, True) for _one in range(j, right))
        if left < len(old):
            yield True, True
        i, j = left + 1, right + 1


def _in_order(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Give the most pairs of ``(old, new)`` that do not cross (longest increasing run)."""
    pairs = sorted((right, left) for right, left in alike(old, new).items())
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_right, left) in enumerate(pairs):
        at = bisect_left(ends, left)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1], last[at : at + 1] = [left], [number]
    found: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append((pairs[number][1], pairs[number][0]))
        number = before[number]
    return found[::-1]
