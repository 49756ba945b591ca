"""Who wrote what in a note: for each paragraph of today, the revisions that made it what it is.

From the oldest revision on, each paragraph takes its past from the same paragraph of a parent,
wherever it stood there, else from the one it was rewritten from. Words are compared only where
paragraphs differ, so the time grows with what was written, not with its square.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Final

from veille.domain.facts import ancestors
from veille.domain.merge import parents
from veille.domain.operation import Operation
from veille.wiki.changes import alike, paragraphs
from veille.wiki.weave import body, weave

# Of a longer history only the last revisions are looked at: 500 of 50 kB take half a second, and
# six when each of them rewrites everything.
MOST: Final = 500
# Nor more paragraphs than this, all revisions together.
_MOST_PARAGRAPHS: Final = 200_000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of today.

    Attributes:
        line: of its first words, from 0.
        revision_id: the revision that last changed it; "" when it is older than those looked at.
        edits: those that changed it before, newest first.
        earlier: whether it was there before the revisions that were looked at.
    """

    text: str
    line: int
    revision_id: str
    edits: tuple[str, ...]
    earlier: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Trace:
    """What a revision ("": one that is not looked at) made of the paragraphs ``before``."""

    revision: str
    before: tuple[_Trace, ...] = ()


_EARLIER: Final = _Trace("")
_Traced = list[tuple[str, _Trace]]


def authorship(
    revisions: Mapping[str, Operation], heads: Sequence[Operation], *, most: int = MOST
) -> tuple[Paragraph, ...]:
    """Tell who wrote each paragraph of today's text, woven from its heads.

    A paragraph that a merge took as it was from a parent stays its author's. Parents that are
    not here, or that a forged cycle puts after their child, are passed over.

    Args:
        revisions: all that is known of the note, by id.
        heads: those that today's text is woven from.
        most: how many revisions to look at, the last ones.
    """
    looked = _last(in_order(revisions)[-most:], revisions)
    looking = _Looking(revisions, {one: number for number, one in enumerate(looked)})
    for one in looked:
        looking.read(one)
    return tuple(looking.today(weave(heads, revisions).text, [one.id for one in heads]))


def _last(names: Sequence[str], revisions: Mapping[str, Operation]) -> list[str]:
    """Give the last revisions that can be looked at in a few seconds."""
    sizes = accumulate(body(revisions[name]).count("\n\n") + 1 for name in reversed(names))
    few = takewhile(lambda size: size <= _MOST_PARAGRAPHS, sizes)
    return list(names[-max(sum(1 for _size in few), 1) :])


def in_order(revisions: Mapping[str, Operation]) -> list[str]:
    """Give the revisions, parents first, else by their stamps; a forged cycle by its stamps."""
    waiting = {name: _known(one, revisions) for name, one in revisions.items()}
    children: dict[str, list[str]] = defaultdict(list)
    for name, some in waiting.items():
        for parent in some:
            children[parent].append(name)
    ready = [(revisions[name].order, name) for name, some in waiting.items() if not some]
    heapq.heapify(ready)
    rest = deque(sorted(waiting, key=lambda name: revisions[name].order))
    found: dict[str, None] = {}
    while rest:
        # Nothing is ready but in a cycle: its first revision is taken as it is.
        name = heapq.heappop(ready)[1] if ready else rest.popleft()
        if name in found:
            continue
        found[name] = None
        for child in children[name]:
            waiting[child].discard(name)
            if not waiting[child] and child not in found:
                heapq.heappush(ready, (revisions[child].order, child))
    return list(found)


def _known(one: Operation, revisions: Mapping[str, Operation]) -> set[str]:
    return {parent for parent in parents(one) if parent in revisions and parent != one.id}


class _Looking:
    """Follows paragraphs from revision to revision."""

    def __init__(self, revisions: Mapping[str, Operation], rank: Mapping[str, int]) -> None:
        self._revisions, self._rank = revisions, rank
        self._read: dict[str, _Traced] = {}
        # Words that were taken out, and that an older text brings back.
        self._once: dict[str, _Trace] = {}

    def read(self, name: str) -> None:
        """Trace the paragraphs of a revision whose parents were read."""
        one = self._revisions[name]
        known = _known(one, self._revisions)
        older = any(parent not in self._rank for parent in known)
        texts = [block.text for block in paragraphs(body(one))]
        above = sorted(parent for parent in known if parent in self._read)
        came = _came(texts, [self._read[parent] for parent in above], self._newest)
        past: AbstractSet[str] | None = None
        traced: _Traced = []
        for text, (same, some) in zip(texts, came, strict=True):
            if same is not None:
                traced.append((text, same))
                continue
            if (once := self._once.get(text)) is not None:
                past = ancestors(one, self._revisions) if past is None else past
                some = (*some, once) if once is _EARLIER or once.revision in past else some
            # What a parent that is not looked at may hold was perhaps not written here.
            made = _EARLIER if older and not some else _Trace(name, some)
            traced.append((text, made))
            self._once[text] = made
        self._read[name] = traced

    def today(self, text: str, heads: Sequence[str]) -> Iterator[Paragraph]:
        """Tell who wrote each paragraph of a text that was woven from heads."""
        blocks = paragraphs(text)
        above = [self._read[head] for head in heads if head in self._read]
        came = _came([one.text for one in blocks], above, self._newest)
        last = max((head for head in heads if head in self._rank), key=self._rank.__getitem__,
                   default="")  # fmt: skip
        for block, (same, some) in zip(blocks, came, strict=True):
            # Woven of two versions, nobody has written it yet: it is of those who wrote them.
            traces = (same,) if same is not None else some or (_Trace(last),)
            edits = self._edits(traces)
            earlier = "" in edits
            named = tuple(one for one in edits if one)
            yield Paragraph(block.text, block.start, next(iter(named), ""), named[1:], earlier)

    def _newest(self, one: _Trace) -> int:
        return self._rank.get(one.revision, -1)

    def _edits(self, traces: Sequence[_Trace]) -> list[str]:
        """Give the revisions of a past, newest first."""
        seen: set[int] = set()
        found: set[str] = set()
        waiting = list(traces)
        while waiting:
            one = waiting.pop()
            if id(one) not in seen:
                seen.add(id(one))
                found.add(one.revision)
                waiting.extend(one.before)
        return sorted(found, key=lambda name: -self._rank.get(name, -1))


def _came(
    texts: Sequence[str], above: Sequence[_Traced], newest: Callable[[_Trace], int]
) -> list[tuple[_Trace | None, tuple[_Trace, ...]]]:
    """Give for each paragraph its trace when a parent has it, and those it was rewritten from."""
    same: list[list[_Trace]] = [[] for _one in texts]
    left: list[_Traced] = []
    for parent in above:
        where: dict[str, deque[_Trace]] = defaultdict(deque)
        for text, trace in parent:
            where[text].append(trace)
        for number, text in enumerate(texts):
            if where.get(text):
                same[number].append(where[text].popleft())
        left.append([(text, trace) for text, some in where.items() for trace in some])
    new = [number for number, some in enumerate(same) if not some]
    some = _rewritten([texts[number] for number in new], left)
    from_: dict[int, tuple[_Trace, ...]] = dict(zip(new, some, strict=True))
    return [
        (max(found, key=newest) if found else None, from_.get(number, ()))
        for number, found in enumerate(same)
    ]


def _rewritten(texts: Sequence[str], left: Sequence[_Traced]) -> list[tuple[_Trace, ...]]:
    found: list[tuple[_Trace, ...]] = [() for _one in texts]
    for parent in left:
        if texts and parent:
            for number, at in alike([text for text, _trace in parent], texts).items():
                found[number] = (*found[number], parent[at][1])
    return found
