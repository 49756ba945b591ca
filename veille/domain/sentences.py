"""Where sentences begin and end in a French or English paragraph, for who selects from the keyboard.

A full stop ends a sentence only where what follows could begin one: not after « M. », « art. », an
initial or within a number. A closing mark belongs to the sentence that it closes.
"""

from __future__ import annotations

import re
from typing import Final

# One or several end marks, what closes after them, then space or the end.
_END: Final = re.compile(
    r"(?:[.!?…]+|\u203d)[\s\u00a0\u202f]*[»”\")\]’]*(?=\s|\Z)|[.!?…]+[»”\")\]]+"
)
_SHORT: Final = frozenset(
    {
        "m", "mm", "mme", "mmes", "mlle", "dr", "pr", "me", "st", "ste", "mgr", "gal", "col",
        "art", "al", "cf", "p", "pp", "n", "no", "nos", "vol", "chap", "fig", "ex", "env", "tél",
        "av", "bd", "bld", "hab", "min", "max", "mr", "mrs", "ms", "vs", "approx", "dept", "jr",
    }
)  # fmt: skip
_WORD_BEFORE: Final = re.compile(r"(\w+)\Z")
# What can begin a sentence: a capital, a digit, an opening mark, a dash.
_BEGINS: Final = re.compile(r"[\s]*[«“\"(\[—–-]*[\s\u00a0\u202f]*[^\W_a-zà-öø-ÿ]")


def sentences(paragraph: str) -> list[tuple[int, int]]:
    """Give the sentences of a paragraph, without the spaces between them; [] for a blank one."""
    found: list[tuple[int, int]] = []
    start = 0
    for end in _ends(paragraph):
        span = _trimmed(paragraph, start, end)
        if span is not None:
            found.append(span)
        start = end
    rest = _trimmed(paragraph, start, len(paragraph))
    return [*found, rest] if rest is not None else found


def _ends(paragraph: str) -> list[int]:
    return [
        found.end()
        for found in _END.finditer(paragraph)
        if _BEGINS.match(paragraph, found.end()) and not _is_short(paragraph, found)
    ]


def _is_short(paragraph: str, mark: re.Match[str]) -> bool:
    """Tell whether a full stop only shortens the word before it."""
    if mark[0].strip() != ".":
        return False
    before = _WORD_BEFORE.search(paragraph, max(mark.start() - 12, 0), mark.start())
    if before is None:
        return False
    word = before[1]
    return word.lower() in _SHORT or (len(word) == 1 and word.isupper())


def _trimmed(paragraph: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and paragraph[start].isspace():
        start += 1
    while end > start and paragraph[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
