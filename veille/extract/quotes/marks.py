"""Where the quotation marks of a text open and close, whatever their shape and their mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_MARK: Final = re.compile(r'[«»“”„"]')
_OPENS: Final = {"«": "»", "“": "”", "„": "“"}
_BEFORE_OPENING: Final = frozenset(" \n\t([{'-–—:,«“/…")
_MAX_DEPTH: Final = 4


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage between marks: positions with the marks, then without marks and outer spaces."""

    outer: tuple[int, int]
    inner: tuple[int, int]
    closed: bool


def quoted(text: str, start: int, end: int) -> Iterator[Quoted]:
    """Give the outermost passages between marks of one paragraph, in order.

    A mark that is never closed runs to the end of the paragraph, unless another one opens
    after it: then nobody knows where it stopped, and it is left out.
    """
    pairs = _pairs(text, start, end)
    at = start
    for opened, closed in sorted(pairs):
        if opened < at:
            continue
        stop = closed if closed >= 0 else end
        at = min(stop + 1, end)
        yield Quoted((opened, at), _stripped(text, opened + 1, stop), closed >= 0)


def _pairs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    open_: list[tuple[str, int]] = []
    for match in _MARK.finditer(text, start, end):
        mark, at = match[0], match.start()
        closes = _closed_by(mark, text, at, start, open_)
        if closes >= 0:
            pairs.append((open_[closes][1], at))
            del open_[closes:]
        elif _may_open(mark, text, at, start) and len(open_) < _MAX_DEPTH:
            open_.append((mark, at))
    if open_ and not any(opened > open_[0][1] for opened, _ in pairs):
        pairs.append((open_[0][1], -1))
    return pairs


def _closed_by(mark: str, text: str, at: int, start: int, open_: list[tuple[str, int]]) -> int:
    """Give which opened mark this one closes, -1 when none."""
    for index in range(len(open_) - 1, -1, -1):
        opening = open_[index][0]
        if _OPENS.get(opening) == mark or (opening == "“" and mark == '"'):
            return index
        if opening == mark == '"' and not _opens_again(text, at, start):
            return index
    return -1


def _opens_again(text: str, at: int, start: int) -> bool:
    """Tell a straight mark that opens from one that closes, by its neighbours."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return before in " (" and after.isalnum() and text.count('"', start, at) % 2 == 0


def _may_open(mark: str, text: str, at: int, start: int) -> bool:
    if mark in _OPENS:
        return True
    if mark == '"':
        return at == start or text[at - 1] in _BEFORE_OPENING
    return False


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
