"""What a new operation replaces: the part of the rules that its author must follow.

``merge`` reads ``over``; this writes it. Both sit side by side because one is the other's mirror.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from veille.domain import operation as op
from veille.domain.merge import Thing, parents
from veille.domain.operation import Json, Operation
from veille.domain.text import key


@dataclass(frozen=True, slots=True)
class Fact:
    """A wish to record something: an operation without its who and when.

    Attributes:
        entity: what it is about.
        kind: a kind of operation.
        data: what is said.
        space: where to record it; "" for the home of the thing.
        seen: the fields as their author had them before her eyes, when that was a while ago: what
            a colleague said since is not replaced, but stands beside.
    """

    entity: str
    kind: str
    data: Mapping[str, Json] = field(default_factory=dict)
    space: str = ""
    seen: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a gesture, or a colleague's news, changed. Broadcast once; screens decide."""

    entities: frozenset[str] = frozenset()
    gesture: str = ""
    initiator: str = ""

    def touches(self, *prefixes: str) -> bool:
        """Tell whether anything with one of these id prefixes ("a-", "n-") changed."""
        return any(one.startswith(prefixes) for one in self.entities)


def replaced_by(fact: Fact, thing: Thing | None) -> tuple[str, ...]:
    """Name the operations that a new fact replaces, from what its author has in view."""
    if thing is None:
        return ()
    if fact.kind == op.DELETE:
        return thing.seen
    if fact.kind == op.UNDELETE:
        return thing.delete_heads
    if fact.kind in {op.TAG_RM, op.MEMBER_RM, op.READ_RM}:
        return _taken_out(fact, thing)
    seen = thing.fields if fact.seen is None else fact.seen
    heads = (
        thing.field_heads.get(name, ())
        for name in fact.data
        if thing.fields.get(name) == seen.get(name)
    )
    return tuple(sorted({one for some in heads for one in some}))


def _taken_out(fact: Fact, thing: Thing) -> tuple[str, ...]:
    """Name the additions that what is taken out of a set had been put in by."""
    if fact.kind == op.TAG_RM:
        return thing.set_heads.get(("tag", key(str(fact.data.get("tag", "")))), ())
    item = str(fact.data.get("item", ""))
    if fact.kind == op.MEMBER_RM:
        return thing.set_heads.get(("item", item), ())
    # Of everybody: ``merge`` lets nobody take back what another person said to have read.
    said = (heads for (_who, what), heads in thing.read_heads.items() if what == item)
    return tuple(sorted({one for heads in said for one in heads}))


def with_parents(fact: Fact, thing: Thing | None) -> Fact:
    """Give a revision the heads it was written from, unless its author named them."""
    if fact.kind != op.NOTE_REV or "p" in fact.data or thing is None:
        return fact
    known: list[Json] = [one.id for one in thing.revision_heads]
    return Fact(fact.entity, fact.kind, {**fact.data, "p": known}, fact.space)


def ancestors(revision: Operation, by_id: Mapping[str, Operation]) -> set[str]:
    """Give the ids of all revisions a revision descends from, itself included."""
    seen: set[str] = set()
    waiting = [revision.id]
    while waiting:
        current = waiting.pop()
        if current in seen or current not in by_id:
            continue
        seen.add(current)
        waiting.extend(parents(by_id[current]))
    return seen
