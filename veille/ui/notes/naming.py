"""What is being named before the cursor: a note, something to show, a person, a theme."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 60
_LOOKED_AT: Final = 400
_MOST_WORDS: Final = 3
_WIKI: Final = re.compile(r"(!?)\[\[([^\[\]|\n]*)\Z")
# A word begins at a space, an opening bracket or quotation mark, an apostrophe, a dash, a mark.
_SIGN: Final = re.compile(r"(?:^|(?<=[\s(«“\"‘’'—–*_>-]))([@#])(\w[^@#\[\]|\n]*|)\Z")
_KINDS: Final = {"@": "person", "#": "theme"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the text asks to be completed.

    Attributes:
        kind: "link", "embed", "person" or "theme".
        typed: what was typed after the opening mark.
        number: tells this question from earlier ones.
    """

    kind: str
    typed: str
    number: int


@dataclass(frozen=True, slots=True)
class Fragment:
    """What is being named.

    Attributes:
        kind: as in Asked.
        typed: what was typed after the opening mark.
        mark: the opening mark, such as ``![[``.
    """

    kind: str
    typed: str
    mark: str


def fragment(before: str) -> Fragment | None:
    """Find what is being named at the end of what stands before the cursor in its line."""
    if before.count("`") % 2:
        return None
    tail = before[-_LOOKED_AT:]
    found = _wiki(tail) or _sign(tail)
    return found if found is not None and len(found.typed) <= _LONGEST else None


def _wiki(before: str) -> Fragment | None:
    found = _WIKI.search(before)
    if found is None:
        return None
    shown, typed = found[1], found[2]
    if not shown and typed[:1] in _KINDS:
        return Fragment(_KINDS[typed[0]], typed[1:], f"[[{typed[0]}")
    return Fragment("embed" if shown else "link", typed, f"{shown}[[")


def _sign(before: str) -> Fragment | None:
    found = _SIGN.search(before)
    if found is None or "  " in found[2] or found[2].count(" ") >= _MOST_WORDS:
        return None
    # A heading begins with the same sign: at the beginning of a line a letter tells.
    if found[1] == "#" and not found[2] and not before[: found.start(1)].strip():
        return None
    return Fragment(_KINDS[found[1]], found[2], found[1])
