"""The difference between two states of a page: a bag of lines first, then word by word.

A line that is on both sides was kept, wherever it stands: a list that is sorted anew did not
change. What went and what came in its place are shown as one line, rewritten.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from typing import Final

from veille.domain.text import clip
from veille.feeds import ignoring

_NEAR: Final = 0.4
_MOST_PAIRS: Final = 2_500
_MOST_REWRITTEN: Final = 30
_MOST_WORDS: Final = 600
_MOST_PIECES: Final = 400
_CONTEXT: Final = 1
_TITLE: Final = 200
_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
_TAGS: Final = {"added": "ins", "removed": "del"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the difference: ``kept``, ``added``, ``removed``, ``rewritten``, or a ``gap``.

    ``parts`` of a rewritten one are ``(kept | added | removed, text)``; its text is the new line.
    """

    kind: str
    text: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """Two states line by line: ``kept`` gives, for a line before, which one it is after."""

    old: Sequence[str]
    new: Sequence[str]
    kept: Mapping[int, int]
    old_keys: Sequence[str]
    new_keys: Sequence[str]

    def removed(self) -> list[int]:
        """Give the lines that went, by their numbers."""
        return [at for at, one in enumerate(self.old_keys) if one and at not in self.kept]

    def added(self) -> list[int]:
        """Give the lines that came, by their numbers."""
        known = set(self.kept.values())
        return [at for at, one in enumerate(self.new_keys) if one and at not in known]

    @property
    def share(self) -> float:
        """Tell how much of the old state is still there, from 0 to 1."""
        return len(self.kept) / max(sum(1 for one in self.old_keys if one), 1)


def matched(old: Sequence[str], new: Sequence[str], rules: Sequence[str]) -> Matched:
    """Find each line again, wherever it stands; as many times as it stands on both sides."""
    old_keys, new_keys = ignoring.keys(old, rules), ignoring.keys(new, rules)
    places: dict[str, list[int]] = defaultdict(list)
    for at in range(len(new_keys) - 1, -1, -1):
        places[new_keys[at]].append(at)
    kept = {at: places[one].pop() for at, one in enumerate(old_keys) if one and places.get(one)}
    return Matched(old, new, kept, old_keys, new_keys)


def rewritten(pair: Matched) -> dict[int, int]:
    """Pair a line that went with one that came in its place, in other words, by their numbers."""
    removed, added = pair.removed(), pair.added()
    if len(removed) * len(added) > _MOST_PAIRS:
        return {}
    old_words = {at: set(pair.old_keys[at].split()) for at in removed}
    new_words = {at: set(pair.new_keys[at].split()) for at in added}
    around_old, around_new = _around_old(pair), _around_new(pair)
    likely = sorted(
        (-_shared(old_words[a], new_words[b]), a, b)
        for a in removed
        for b in added
        if around_old[a] & around_new[b]
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for share, a, b in likely:
        if -share >= _NEAR and a not in found and b not in taken:
            found[a] = b
            taken.add(b)
    return dict(list(found.items())[:_MOST_REWRITTEN])


def _around_old(pair: Matched) -> list[set[tuple[str, int]]]:
    """Give, for each line before, the kept lines it stands between, by their numbers after."""
    return _between([pair.kept.get(at) for at in range(len(pair.old))], len(pair.new))


def _around_new(pair: Matched) -> list[set[tuple[str, int]]]:
    known = set(pair.kept.values())
    return _between([at if at in known else None for at in range(len(pair.new))], len(pair.new))


def _between(anchors: Sequence[int | None], end: int) -> list[set[tuple[str, int]]]:
    found: list[set[tuple[str, int]]] = []
    last = -1
    for anchor in anchors:
        found.append({("after", last)})
        last = anchor if anchor is not None else last
    last = end
    for at in range(len(anchors) - 1, -1, -1):
        found[at].add(("before", last))
        anchor = anchors[at]
        last = anchor if anchor is not None else last
    return found


def _shared(one: set[str], other: set[str]) -> float:
    """Give how much two lines have in common: Dice's measure of their words."""
    return 2 * len(one & other) / max(len(one) + len(other), 1)


def letters(pair: Matched, rewrites: Mapping[int, int]) -> int:
    """Count the letters that changed: those of new and lost lines, and of words rewritten."""
    new = set(rewrites.values())
    whole = sum(_solid(pair.old_keys[at]) for at in pair.removed() if at not in rewrites)
    whole += sum(_solid(pair.new_keys[at]) for at in pair.added() if at not in new)
    for a, b in rewrites.items():
        counts = Counter(pair.old_keys[a].split()), Counter(pair.new_keys[b].split())
        gone, come = counts[0] - counts[1], counts[1] - counts[0]
        # The same words in another order are a change of one letter at least.
        whole += max(*(sum(map(len, one.elements())) for one in (gone, come)), 1)
    return whole


def _solid(text: str) -> int:
    return len(text) - text.count(" ")


def pieces(pair: Matched, rewrites: Mapping[int, int]) -> list[Piece]:
    """Write the new state in order, what went at the place it had, what is far off left out."""
    came = {b: a for a, b in rewrites.items()}
    known = set(pair.kept.values())
    gone: dict[int, list[int]] = defaultdict(list)
    last = -1
    for at in range(len(pair.old)):
        if at in pair.kept:
            last = pair.kept[at]
        elif pair.old_keys[at] and at not in rewrites:
            gone[last].append(at)
    shown = [Piece("removed", pair.old[at]) for at in gone[-1]]
    for at, line in enumerate(pair.new):
        if at in came:
            shown.append(Piece("rewritten", line, _parts(pair.old[came[at]], line)))
        elif at in known or not pair.new_keys[at]:
            shown.append(Piece("kept", line))
        else:
            shown.append(Piece("added", line))
        shown += [Piece("removed", pair.old[one]) for one in gone[at]]
    return _near(shown)


def _near(whole: Sequence[Piece]) -> list[Piece]:
    """Keep the changes and what stands right beside them."""
    wanted: set[int] = set()
    for at, one in enumerate(whole):
        if one.kind != "kept":
            wanted.update(range(at - _CONTEXT, at + _CONTEXT + 1))
    shown: list[Piece] = []
    for at, one in enumerate(whole):
        if at in wanted:
            shown.append(one)
        elif not shown or shown[-1].kind != "gap":
            shown.append(Piece("gap", ""))
    return shown if len(shown) <= _MOST_PIECES else [*shown[:_MOST_PIECES], Piece("gap", "")]


def _parts(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Compare two lines word by word."""
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    parts = [("kept", "".join(a[:head])), *_middle(middle_a, middle_b)]
    parts.append(("kept", "".join(a[len(a) - tail :])))
    return tuple(one for one in parts if one[1])


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _middle(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[str, str]]:
    if len(a) + len(b) > _MOST_WORDS:
        yield "removed", "".join(a)
        yield "added", "".join(b)
        return
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "kept", "".join(a[i:j])
        else:
            yield "removed", "".join(a[i:j])
            yield "added", "".join(b[k:m])


def hint(shown: Sequence[Piece]) -> str:
    """Choose the line that would do as a title: new, and two words at least that are no date."""
    new = [one.text for one in shown if one.kind == "added"]
    new = new or [one.text for one in shown if one.kind == "rewritten"]
    bare = ignoring.keys(new, ignoring.KINDS)
    best = next((one for one, key in zip(new, bare, strict=True) if " " in key), "")
    return clip(best or (new[0] if new else ""), length=_TITLE)


def difference_html(pieces: Sequence[Piece], *, links: Mapping[str, str] | None = None) -> str:
    """Write a difference as harmless HTML: what came in ``<ins>``, what went in ``<del>``.

    Args:
        pieces: those of a look.
        links: where a line leads, for lines that lead somewhere; only http and https are written.
    """
    return "".join(f"<p>{_line_html(one, links or {})}</p>" for one in pieces)


def _line_html(one: Piece, links: Mapping[str, str]) -> str:
    if one.kind == "gap":
        return "…"
    parts = one.parts or ((one.kind, one.text),)
    inside = "".join(_marked(kind, text) for kind, text in parts)
    target = links.get(one.text, "") if one.kind != "removed" else ""
    if not target.startswith(("http://", "https://")):
        return inside
    return f'<a href="{escape(target)}">{inside}</a>'


def _marked(kind: str, text: str) -> str:
    tag = _TAGS.get(kind)
    said = escape(text, quote=False)
    return f"<{tag}>{said}</{tag}>" if tag else said
