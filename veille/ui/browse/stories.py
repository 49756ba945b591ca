"""A list folded into one line a story: which lines there are, what stands behind each, what is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain


@dataclass(frozen=True, slots=True)
class Stories:
    """What a list holds, and how.

    Attributes:
        heads: the first thing of each line, in order.
        behind: what tells the same news, by the first; nothing for what stands alone.
        opened: the heads under which the others are shown.
        under: the head of everything that stands behind one.
    """

    heads: Sequence[str] = ()
    behind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    opened: frozenset[str] = frozenset()
    under: Mapping[str, str] = field(default_factory=dict)

    def visible(self) -> list[str]:
        """Give what is shown, line by line."""
        if not self.opened:
            return list(self.heads)
        return list(
            chain.from_iterable(
                (one, *self.behind[one]) if one in self.opened else (one,) for one in self.heads
            )
        )

    def every(self) -> int:
        """Count what the list holds, what is folded included."""
        return len(self.heads) + len(self.under)

    def head_of(self, thing: str) -> str:
        """Give the head of the story in which a thing stands: itself when it stands alone."""
        return self.under.get(thing, thing)

    def together(self, thing: str) -> tuple[str, ...]:
        """Give what an act on a line is about: the whole story when it is folded."""
        if thing in self.behind and thing not in self.opened:
            return (thing, *self.behind[thing])
        return (thing,)

    def open(self, head: str, *, shown: bool) -> Stories:
        """Show what stands behind a head, or hide it."""
        if head not in self.behind:
            return self
        opened = self.opened | {head} if shown else self.opened - {head}
        return replace(self, opened=opened)

    def without(self, gone: Iterable[str]) -> Stories:
        """Give what is left; the next article of a story takes the place of its head."""
        gone = frozenset(gone)
        told = {self.head_of(one) for one in gone} & self.behind.keys()
        behind, opened = dict(self.behind), set(self.opened)
        instead: dict[str, str] = {}
        for head in told:
            left = [one for one in (head, *behind.pop(head)) if one not in gone]
            instead[head] = left[0] if left else ""
            if len(left) > 1:
                behind[left[0]] = tuple(left[1:])
            if head in opened:
                opened = (opened - {head}) | set(left[:1] if len(left) > 1 else ())
        heads = [instead.get(one, one) for one in self.heads if one not in gone or instead.get(one)]
        return stories(heads, behind, opened=opened)

    def become(self, other: Stories) -> Stories:
        """Give another list, with the stories open in it that are open in this one."""
        was = {one for head in self.opened for one in (head, *self.behind[head])}
        opened = {head for head, some in other.behind.items() if not was.isdisjoint((head, *some))}
        return replace(other, opened=frozenset(opened))


def stories(
    heads: Sequence[str],
    behind: Mapping[str, tuple[str, ...]] | None = None,
    *,
    opened: Iterable[str] = (),
) -> Stories:
    """Make a list of its lines."""
    behind = behind or {}
    under = {one: head for head, some in behind.items() for one in some}
    return Stories(heads, behind, frozenset(opened), under)
