"""What is worth telling about a page that has no feed: its lines as they were, and as they are.

Lines are compared as a bag, by what people would call the same: case, spaces, typography, the
ages that pages count by themselves ("il y a 3 heures") and what the person's rules ignore make no
difference, nor does the order of a list. A page that is empty, that a guard or an error stands in
for, or that lost nearly all it had is *suspicious*: the old state stays, and nobody is alerted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from veille.domain.text import collapse
from veille.feeds import difference, ignoring
from veille.feeds.difference import Matched, Piece

# What no alert is raised on, whatever stands there: names of verdicts, and reasons of them.
REFUSED: Final = frozenset({"wall", "empty", "gone", "error_page", "moved"})
_MOST_LINES: Final = 3_000
_MOST_LINE: Final = 4_000
_MOST_LETTERS: Final = 400_000
_MOST_RULES: Final = 50
_MOST_RULE: Final = 200
# What still holds this share of its lines is the page, whatever the verdict says of the rest.
_STILL: Final = 0.5
# A state of fewer lines, or letters, can be replaced as a whole by an ordinary change.
_FEW_LINES: Final = 5
_FEW_LETTERS: Final = 120
_LOST: Final = 0.2
# What replaced them is as much again: the list went on, it was not lost.
_AS_MUCH: Final = 0.5
# Two looks in a row a moment apart are one look: maintenance lasts longer than that.
_APART: Final = 3_600_000


@dataclass(frozen=True, slots=True)
class Watch:
    """How a page is followed.

    Attributes:
        minimum: how many letters must have changed; less waits until it adds up.
        ignore: rules as people write them. A phrase ignores itself, the number right before it
            and the rest of its sentence; with ``*`` for anything in the line, just what it
            matches. Case and accents do not count. "dates", "times" and "numbers" are kinds.
    """

    minimum: int = 1
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What is remembered between two looks.

    Attributes:
        lines: the last state that was believed.
        doubted: the state that was not, last time; ``since`` when, ``doubts`` how many looks
            in a row were suspicious.
    """

    lines: tuple[str, ...]
    doubted: tuple[str, ...] = ()
    since: int = 0
    doubts: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a page found.

    Attributes:
        outcome: ``first``, ``same``, ``below``, ``changed`` or ``suspicious``.
        reason: why it is suspicious: one of REFUSED, or ``shrunk``. A change has ``shrunk`` when
            it is a loss that was believed because it stayed.
        changed: how many letters changed.
        pieces: the difference to show; never without a change in it when it is ``changed``.
        title_hint: the first added line, "" when something was only taken out.
        seen: what to remember in place of the last one; None when nothing is known yet.
    """

    outcome: str
    reason: str = ""
    changed: int = 0
    pieces: tuple[Piece, ...] = ()
    title_hint: str = ""
    seen: Seen | None = None


def look(
    before: Seen | None,
    after: Sequence[str],
    *,
    verdict: str,
    watch: Watch,
    now: int,
    reason: str = "",
) -> Look:
    """Decide what a look at a page means. Never raises.

    Args:
        before: what the last look gave to remember, None for the first one.
        after: the lines of the followed block, as they are now; none when it is not there.
        verdict: what was made of the page as a whole, as ``domain.captures`` ranks it, or
            ``gone`` when the block was not found on it.
        watch: the person's choices.
        now: milliseconds since 1970, UTC.
        reason: of the verdict.
    """
    lines = _bounded(after)
    told = next((one for one in (reason, verdict) if one in REFUSED), "")
    rules = tuple(one[:_MOST_RULE] for one in watch.ignore[:_MOST_RULES])
    if before is None:
        told = told or ("" if any(ignoring.keys(lines, rules)) else "empty")
        return Look("suspicious", told) if told else Look("first", seen=Seen(lines))
    pair = difference.matched(_bounded(before.lines), lines, rules)
    if not pair.removed() and not pair.added():
        return Look("same", seen=Seen(lines))
    doubt = _doubt(pair, told)
    if doubt and not (doubt == "shrunk" and _stayed(before, lines, now=now)):
        return Look("suspicious", doubt, seen=_doubting(before, lines, now=now))
    return _told(pair, watch, doubt)


def _told(pair: Matched, watch: Watch, reason: str) -> Look:
    rewrites = difference.rewritten(pair)
    changed = difference.letters(pair, rewrites)
    if changed < watch.minimum:
        return Look("below", changed=changed, seen=Seen(tuple(pair.old)))
    shown = tuple(difference.pieces(pair, rewrites))
    hint = difference.hint(shown)
    return Look("changed", reason, changed, shown, hint, Seen(tuple(pair.new)))


def _doubt(pair: Matched, told: str) -> str:
    """Tell why a state is not to be believed, "" when it is."""
    if not any(pair.new_keys):
        return told or "empty"
    if told and (pair.share < _STILL or told == "gone"):
        return told
    old, new = (sum(map(len, some)) for some in (pair.old_keys, pair.new_keys))
    many = sum(1 for one in pair.old_keys if one)
    is_long = many >= _FEW_LINES and old >= _FEW_LETTERS
    return "shrunk" if is_long and pair.share < _LOST and new < _AS_MUCH * old else ""


def _stayed(before: Seen, lines: Sequence[str], *, now: int) -> bool:
    """Tell whether what was doubted last time is still there, its numbers aside."""
    return before.doubts > 0 and now - before.since >= _APART and _again(before, lines)


def _doubting(before: Seen, lines: tuple[str, ...], *, now: int) -> Seen:
    is_same = before.doubts > 0 and _again(before, lines)
    since = before.since if is_same else now
    return replace(before, doubted=lines, since=since, doubts=before.doubts + 1)


def _again(before: Seen, lines: Sequence[str]) -> bool:
    one, other = (ignoring.keys(some, ("numbers",)) for some in (before.doubted, lines))
    return Counter(one) == Counter(other)


def _bounded(lines: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    left = _MOST_LETTERS
    for line in lines:
        one = collapse(line[:_MOST_LINE])
        left -= len(one)
        if len(kept) == _MOST_LINES or left < 0:
            break
        if one:
            kept.append(one)
    return tuple(kept)
