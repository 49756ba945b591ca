"""What changed in the words of a paragraph, as people read it.

Words that one or two little words keep apart are told as one change: nobody reads confetti.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

_WORD: Final = re.compile(r"\w+")
# Lines, and sentences within them: each begins with the space that sets it apart.
_SENTENCES: Final = re.compile(r"(?=\n)|(?<=[.!?…»”])(?=[^\S\n])")
# A number is one word, with its decimals and the spaces of its thousands; so is an elided article.
_TOKENS: Final = re.compile(
    r"\d+(?:[.,\u00a0\u202f]\d+)*(?!\w)|\w+[’'](?=\w)|\w+|[^\S\n]+|\n|[^\w\s]"
)
# Beyond, paragraphs are compared as wholes: the time of a comparison grows with the square.
_MOST_TOKENS: Final = 2_500
_MANY_TOKENS: Final = 400
# Less than this of the shorter in common, and old and new are read one after the other.
_LITTLE: Final = 0.34
_SHORT_WORD: Final = 3


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words: ``same``, ``gone`` or ``new``."""

    kind: str
    text: str


@dataclass(slots=True)
class _Step:
    """Words that stayed (``gone`` and ``new`` are the same), or words put for others."""

    is_same: bool
    gone: list[str]
    new: list[str]


def runs(before: str, after: str) -> tuple[Run, ...]:
    """Tell what stayed, what went and what came, in the order of reading."""
    if before == after:
        return (Run("same", before),)
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if not old or not new or len(old) + len(new) > _MOST_TOKENS:
        return _told([_Step(is_same=False, gone=[before], new=[after])])
    steps = _joined(_slid(_compared(before, after)))
    kept = sum(len(word) for one in steps if one.is_same for word in one.gone)
    if kept < _LITTLE * min(len(before), len(after)):
        steps = [_Step(is_same=False, gone=old, new=new)]
    return _told(steps)


def _compared(before: str, after: str) -> list[_Step]:
    """Compare by lines and sentences, then by words inside those that changed."""
    old, new = _SENTENCES.split(before), _SENTENCES.split(after)
    found: list[_Step] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left = _TOKENS.findall("".join(old[a:b]))
        right = _TOKENS.findall("".join(new[c:d]))
        steps = [_Step(tag == "equal", left, right)]
        for one in _by_words(left, right) if tag == "replace" else steps:
            if found and found[-1].is_same == one.is_same:
                found[-1].gone += one.gone
                found[-1].new += one.new
            else:
                found.append(one)
    return found


def _by_words(old: Sequence[str], new: Sequence[str]) -> list[_Step]:
    # Among many words, those that come back all the time are no landmarks (``autojunk``): without
    # that, words of one letter would keep the machine busy for half a minute.
    many = len(old) + len(new) > _MANY_TOKENS
    codes = SequenceMatcher(None, old, new, autojunk=many).get_opcodes()
    return [_Step(tag == "equal", [*old[a:b]], [*new[c:d]]) for tag, a, b, c, d in codes]


def _slid(steps: list[_Step]) -> list[_Step]:
    """Have what was only added, or only taken out, begin with its space: whole sentences.

    ``Fin[. Suite].`` says the same as ``Fin.[ Suite.]``, which reads better.
    """
    for number, one in enumerate(steps[1:-1], start=1):
        if not (one.gone and one.new):
            # Between two changes, something stays to keep them apart.
            least = 0 if number == len(steps) - 2 else 1
            _slide(steps[number - 1], one.gone or one.new, steps[number + 1], least=least)
    return [one for one in steps if one.gone or one.new]


def _slide(before: _Step, moving: list[str], after: _Step, *, least: int) -> None:
    while len(after.gone) > least and not moving[0].isspace() and moving[0] == after.gone[0]:
        word = moving.pop(0)
        moving.append(word)
        for side in (before.gone, before.new):
            side.append(word)
        del after.gone[0], after.new[0]


def _joined(steps: Sequence[_Step]) -> list[_Step]:
    """Take two changes that little words keep apart for one."""
    found: list[_Step] = []
    for one in steps:
        between = found[-1] if len(found) > 1 and not one.is_same else None
        if between is not None and _is_little(between.gone):
            found.pop()
            found[-1].gone += [*between.gone, *one.gone]
            found[-1].new += [*between.gone, *one.new]
        else:
            found.append(one)
    return found


def _is_little(words: Sequence[str]) -> bool:
    real = [one for one in words if _WORD.match(one)]
    short = all(len(one) <= _SHORT_WORD for one in real)
    return len(real) <= 2 and short and "\n" not in words


def _told(steps: Sequence[_Step]) -> tuple[Run, ...]:
    found: list[Run] = []
    for one in steps:
        if one.is_same:
            found.append(Run("same", "".join(one.gone)))
        else:
            found += [Run("gone", "".join(one.gone)), Run("new", "".join(one.new))]
    return tuple(one for one in found if one.text)
