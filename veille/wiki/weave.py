"""What a note says when two people wrote at once: both texts, woven paragraph by paragraph.

Three-way merge of lines (merge3, the algorithm of bzr) on the best common ancestor. Where the
same lines were changed twice, both versions are kept, one after the other, and counted, so that
the window can ask for a look. Nothing is written to merge: the next save has all heads as parents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import merge3

from veille.domain.facts import ancestors
from veille.domain.operation import Operation


@dataclass(frozen=True, slots=True)
class Woven:
    """The text to show, and how many passages stand in two versions."""

    text: str
    conflicts: int


def body(revision: Operation) -> str:
    """Give the text of a revision."""
    text = revision.data.get("x")
    return text if isinstance(text, str) else ""


def weave(heads: Sequence[Operation], revisions: Mapping[str, Operation]) -> Woven:
    """Fold the heads of a note into one text, in an order that does not depend on arrival."""
    ordered = sorted(heads, key=lambda one: one.order)
    if not ordered:
        return Woven("", 0)
    text, conflicts = body(ordered[0]), 0
    seen = ancestors(ordered[0], revisions)
    for head in ordered[1:]:
        theirs = ancestors(head, revisions)
        common = seen & theirs
        base = max((revisions[one] for one in common), key=lambda one: one.order, default=None)
        merged = merge_text(body(base) if base else "", text, body(head))
        text, conflicts = merged.text, conflicts + merged.conflicts
        seen |= theirs
    return Woven(text, conflicts)


def merge_text(base: str, ours: str, theirs: str) -> Woven:
    """Merge two texts that come from ``base``; of a true conflict both sides are kept."""
    if ours in (theirs, base):
        return Woven(theirs, 0)
    if theirs == base:
        return Woven(ours, 0)
    groups = merge3.Merge3(_lines(base), _lines(ours), _lines(theirs)).merge_groups()
    parts: list[str] = []
    conflicts = 0
    for group in groups:
        if group[0] == "conflict":
            conflicts += 1
            parts.extend(_both(group[2], group[3]))
        else:
            parts.extend(group[1])
    return Woven("".join(parts).removesuffix("\n"), conflicts)


def _both(ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Keep both sides, apart, so that Markdown reads them as two paragraphs."""
    return [*ours, *(["\n"] if ours and theirs and ours[-1].strip() else []), *theirs]


def _lines(text: str) -> list[str]:
    # Not splitlines(): U+2028 and U+0085 are ordinary characters of a text.
    return [f"{one}\n" for one in text.split("\n")]
