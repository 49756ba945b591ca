"""What a note says when two people wrote at once: both texts, woven paragraph by paragraph.

Three-way merge (merge3, the algorithm of bzr) on the best common ancestor, by lines, then by words
inside the lines that both changed. Where words merge cleanly the result is shown, but it is still
a passage to look at: people often meant something else (measured on real conflicts: 14 in 18).
Where they do not, both versions stand one after the other. Nothing is written to merge: the next
save has all heads as parents, and lists the passages that nobody has settled yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

import merge3

from veille.domain.facts import ancestors
from veille.domain.merge import parents
from veille.domain.operation import Json, Operation

MAX_OPEN: Final = 100
_CONTEXT: Final = 40
_SENTENCES: Final = re.compile(r"\n|[^\S\n]+|\S[^\n]*?[.!?…]+[»”\")*_]*(?=\s|\Z)|\S[^\n]*")
_WORDS: Final = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a passage: its words, and the revision they are from ("": not known)."""

    text: str
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that two people changed at once.

    Attributes:
        shown: what the woven text shows there.
        before: the words just before it, to find it again among equal ones.
        ours, theirs: the two versions; "" when it was taken out.
        merged: whether ``shown`` is one text made of both, and not both in a row.
    """

    shown: str
    ours: Side
    theirs: Side
    merged: bool
    before: str = ""


@dataclass(frozen=True, slots=True)
class Woven:
    """The text to show, and the passages that stand in two versions."""

    text: str
    passages: tuple[Passage, ...] = ()

    @property
    def conflicts(self) -> int:
        """Count the passages to look at."""
        return len(self.passages)


def body(revision: Operation) -> str:
    """Give the text of a revision."""
    text = revision.data.get("x")
    return text if isinstance(text, str) else ""


def weave(heads: Sequence[Operation], revisions: Mapping[str, Operation]) -> Woven:
    """Fold the heads of a note into one text, in an order that does not depend on arrival."""
    ordered = sorted(heads, key=lambda one: one.order)
    if not ordered:
        return Woven("")
    text = body(ordered[0])
    found = list(_left_open(ordered[0]))
    seen = ancestors(ordered[0], revisions)
    for turn, head in enumerate(ordered[1:], start=1):
        theirs = ancestors(head, revisions)
        base = _base(seen & theirs, revisions)
        merged = merge_text(base, text, body(head))
        text = merged.text
        found += [_cited(one, ordered[:turn], head) for one in merged.passages]
        found += _left_open(head)
        seen |= theirs
    return Woven(text, tuple(one for _at, one in standing(found, text)))


def _base(common: AbstractSet[str], revisions: Mapping[str, Operation]) -> str:
    """Give the text that two heads come from.

    Of the common ancestors, those that no other descends from, whatever the clocks; when two
    people settled the same passage at once there are several, and they are woven first.
    """
    above = {parent for one in common for parent in parents(revisions[one])}
    nearest = [revisions[one] for one in common if one not in above]
    if len(nearest) < 2:
        return body(nearest[0]) if nearest else ""
    # Strictly fewer revisions at each turn: a forged cycle ends too.
    older = {one: revisions[one] for one in common}
    return (
        weave(nearest, older).text
        if len(older) < len(revisions)
        else body(max(nearest, key=_order))
    )


def _order(one: Operation) -> tuple[str, str]:
    return one.order


def merge_text(base: str, ours: str, theirs: str) -> Woven:
    """Merge two texts that come from ``base``; of a true conflict both sides are kept."""
    if ours in (theirs, base):
        return Woven(theirs)
    if theirs == base:
        return Woven(ours)
    parts: list[str] = []
    passages: list[Passage] = []
    for before, mine, other in _apart(_lines(base), _lines(ours), _lines(theirs), parts):
        _merge_lines(before, mine, other, parts, passages)
    return Woven("".join(parts).removesuffix("\n"), tuple(passages))


def _merge_lines(
    base: str, ours: str, theirs: str, parts: list[str], passages: list[Passage]
) -> None:
    """Merge lines that both changed: other sentences of a paragraph are no conflict."""
    sides = [_SENTENCES.findall(side) for side in (base, ours, theirs)]
    for before, mine, other in _apart(sides[0], sides[1], sides[2], parts):
        words = _merge_words(before, mine, other)
        shown = _both(mine, other) if words is None else words
        parts.append(shown)
        two = Side(mine.strip()), Side(other.strip())
        before = _end("".join(parts[:-1]))
        passages.append(Passage(shown.strip(), *two, merged=words is not None, before=before))


def _apart(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], parts: list[str]
) -> Iterator[tuple[str, str, str]]:
    """Merge pieces; what agrees goes to ``parts``, what does not is given, in its place."""
    for group in merge3.Merge3(base, ours, theirs).merge_groups():
        if group[0] == "conflict":
            yield "".join(group[1]), "".join(group[2]), "".join(group[3])
        else:
            parts.extend(group[1])


def standing(passages: Iterable[Passage], text: str) -> list[tuple[int, Passage]]:
    """Give ``(place, passage)`` of those whose words are still in a text, in its order."""
    placed: dict[int, Passage] = {}
    for one in passages:
        places = [at for at in _places(one.shown, text) if at not in placed]
        if places:
            placed[max(places, key=lambda at: (_alike(one.before, text[:at]), -at))] = one
    return sorted(placed.items())


def _places(words: str, text: str) -> list[int]:
    """Give the places where words stand whole: ``deux`` is not in ``deuxième``."""
    if not words:
        return []
    whole = rf"(?<!\w){re.escape(words)}(?!\w)"
    return [found.start() for found in re.finditer(whole, text)]


def _alike(before: str, text: str) -> int:
    """Count the letters that a text and the words before a passage end with in common."""
    count = 0
    for mine, other in zip(reversed(before), reversed(text), strict=False):
        if mine != other:
            break
        count += 1
    return count


def _end(text: str) -> str:
    return text[-_CONTEXT:]


def with_open(data: Mapping[str, Json], passages: Iterable[Passage]) -> dict[str, Json]:
    """Add to a revision the passages that it leaves in two versions."""
    text = data.get("x")
    still = [one for _at, one in standing(passages, text if isinstance(text, str) else "")]
    return {**data, "open": written(still)} if still else dict(data)


def written(passages: Sequence[Passage]) -> list[Json]:
    """Write passages as a revision bears them while nobody has settled them."""
    return [
        {
            "s": one.shown,
            "c": one.before,
            "m": one.merged,
            "a": [one.ours.text, one.ours.revision],
            "b": [one.theirs.text, one.theirs.revision],
        }
        for one in passages[:MAX_OPEN]
    ]


def _left_open(revision: Operation) -> list[Passage]:
    """Read the passages that a revision left in two versions."""
    listed = revision.data.get("open")
    found = []
    for one in listed[:MAX_OPEN] if isinstance(listed, list) else []:
        if not isinstance(one, dict):
            continue
        shown, before = one.get("s"), one.get("c", "")
        ours, theirs = _side(one.get("a")), _side(one.get("b"))
        if isinstance(shown, str) and isinstance(before, str) and ours and theirs:
            merged = one.get("m") is True
            found.append(Passage(shown, ours, theirs, merged, _end(before)))
    return found


def _side(value: Json) -> Side | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    text, revision = value
    return Side(text, revision) if isinstance(text, str) and isinstance(revision, str) else None


def _cited(one: Passage, earlier: Sequence[Operation], head: Operation) -> Passage:
    """Say which revisions the two versions are from: who and when is read there."""
    ours = next((o for o in reversed(earlier) if one.ours.text in body(o)), earlier[-1])
    return replace(one, ours=Side(one.ours.text, ours.id), theirs=Side(one.theirs.text, head.id))


def _merge_words(base: str, ours: str, theirs: str) -> str | None:
    """Merge lines that both changed, word by word; None when the same words were changed."""
    if not (base.strip() and ours.strip() and theirs.strip()):
        return None
    sides = [_WORDS.findall(side) for side in (base, ours, theirs)]
    groups = list(merge3.Merge3(sides[0], sides[1], sides[2]).merge_groups())
    if any(group[0] == "conflict" for group in groups):
        return None
    return "".join(word for group in groups for word in group[1])


def _both(ours: str, theirs: str) -> str:
    """Keep both sides: sentences after one another, lines apart, as Markdown reads paragraphs."""
    if not (ours.strip() and theirs.strip()):
        return f"{ours}{theirs}"
    if "\n" in ours:
        return f"{ours}\n{theirs}"
    return f"{ours.rstrip()} {theirs}"


def _lines(text: str) -> list[str]:
    # Not splitlines(): U+2028 and U+0085 are ordinary characters of a text.
    return [f"{one}\n" for one in text.split("\n")]
