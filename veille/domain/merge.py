"""Who wins when two facts meet: a thing is a pure function of the *set* of its operations.

The rules, whatever the order, the repetition and the clocks:

* a **field** is a multi-value register: an operation wins over those it names in ``over``;
  between those that remain (truly concurrent), the later stamp then the greater id is shown and
  the others stay readable as alternatives;
* **synonyms and other titles** said at once are all kept: two people who add one mean two;
* **themes and members** are observed-remove sets: an addition that the remover had not seen stays;
* what a person says she **read** of a dossier is hers: nobody else takes it back;
* **revisions** of a note form a graph by their parents; its heads are merged where they are read;
* **captures** only accumulate;
* **erasing** leaves a mark that says nothing: a newcomer, to whom the content never came, folds
  the same thing as those who once had it;
* **deleting** hides, and yields to whatever the deleter had not seen;
* a thing that lives in a shared space follows what is recorded there; what its owner recorded in
  the personal space before still serves for fields, captures and revisions not found there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from veille.domain import operation as op
from veille.domain.fields import MAX_TEXT, believable
from veille.domain.ids import kind_of
from veille.domain.operation import Json, Operation
from veille.domain.sets import fold_reads, fold_set

_WRITES_FIELDS: Final = {
    op.CLIP: "article",
    op.ARRIVE: "article",
    op.ARTICLE_SET: "article",
    op.QUOTE_ADD: "quote",
    op.QUOTE_SET: "quote",
    op.COMMENT_ADD: "annotation",
    op.COMMENT_REV: "annotation",
    op.NOTE_SET: "note",
    op.DOSSIER_SET: "dossier",
    op.SEARCH_SET: "search",
    op.FEED_SET: "feed",
    op.RULE_SET: "rule",
    op.CONCEPT_SET: "concept",
    op.PERSON_SET: "person",
    op.SPACE_SET: "space",
}
# Without one of these (its part of the journal has not arrived yet) a thing is not shown.
_CREATES: Final = {
    op.CLIP,
    op.ARRIVE,
    op.QUOTE_ADD,
    op.COMMENT_ADD,
    op.NOTE_REV,
    op.NOTE_SET,
    op.DOSSIER_SET,
    op.SEARCH_SET,
    op.FEED_SET,
    op.RULE_SET,
    op.CONCEPT_SET,
    op.PERSON_SET,
    op.SPACE_SET,
}
KINDS: Final = {
    *_WRITES_FIELDS, op.CAPTURE, op.NOTE_REV, op.MEMBER_ADD, op.MEMBER_RM, op.TAG_ADD, op.TAG_RM,
    op.READ_ADD, op.READ_RM, op.MOVE, op.DELETE, op.UNDELETE, op.PURGE,
}  # fmt: skip
_KIND_OF_OTHER: Final = {op.CAPTURE: "article", op.NOTE_REV: "note"}
# Lists to which people add: what was said at once is brought together, nothing is to be chosen.
_UNITED: Final = frozenset({("concept", "alts"), ("note", "aliases")})
_FOR_ANY: Final = {op.TAG_ADD, op.TAG_RM, op.MOVE, op.DELETE, op.UNDELETE}
_READING: Final = frozenset({op.READ_ADD, op.READ_RM})
_FOR_DOSSIER: Final = {op.MEMBER_ADD, op.MEMBER_RM, op.READ_ADD, op.READ_RM}


@dataclass(frozen=True, slots=True)
class Alternative:
    """A value that lost to a concurrent one, and who said it."""

    value: Json
    by: str
    at: int
    operation: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What the operations on one entity amount to.

    ``field_heads`` and ``set_heads`` are what a new operation must name in ``over``;
    ``alternatives`` holds only real disagreements, and ``said`` who said what is shown, and when.
    ``began`` is the stamp of what created it: it orders what was said within one millisecond.
    ``reads`` holds who said to have read which member, and when; its heads are apart, because a
    colleague who reads on is no reason to bring back what was deleted.
    """

    id: str
    kind: str
    space: str
    fields: Mapping[str, Json]
    field_heads: Mapping[str, tuple[str, ...]]
    alternatives: Mapping[str, tuple[Alternative, ...]]
    said: Mapping[str, tuple[str, int]]
    tags: Mapping[str, str]
    members: tuple[str, ...]
    places: Mapping[str, str]
    reads: Mapping[tuple[str, str], int]
    read_heads: Mapping[tuple[str, str], tuple[str, ...]]
    set_heads: Mapping[tuple[str, str], tuple[str, ...]]
    captures: tuple[Operation, ...]
    revisions: tuple[Operation, ...]
    revision_heads: tuple[Operation, ...]
    deleted: bool
    delete_heads: tuple[str, ...]
    moved_to: str
    created_by: str
    created_at: int
    began: str
    updated_by: str
    updated_at: int
    known: bool

    def text_field(self, name: str) -> str:
        """Give a field as text, ``""`` when it was never said."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ""

    @property
    def seen(self) -> tuple[str, ...]:
        """Give everything that somebody who deletes this now has in view."""
        return _standing(self.field_heads, self.set_heads, self.captures, self.revision_heads)


def _standing(
    field_heads: Mapping[str, tuple[str, ...]],
    set_heads: Mapping[tuple[str, str], tuple[str, ...]],
    captures: Iterable[Operation],
    revision_heads: Iterable[Operation],
) -> tuple[str, ...]:
    ids = {one for heads in field_heads.values() for one in heads}
    ids.update(one for heads in set_heads.values() for one in heads)
    ids.update(one.id for one in captures)
    ids.update(one.id for one in revision_heads)
    return tuple(sorted(ids))


@dataclass(slots=True)
class _Registers:
    fields: dict[str, Json] = field(default_factory=dict)
    heads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    alternatives: dict[str, tuple[Alternative, ...]] = field(default_factory=dict)
    said: dict[str, tuple[str, int]] = field(default_factory=dict)


def fold(operations: Iterable[Operation], *, personal: str) -> Thing | None:
    """Derive a thing from all operations on one entity; None when none of them is understood.

    Args:
        operations: any order, repetitions allowed.
        personal: the id of this profile's personal space.
    """
    ordered = _distinct(operations)
    kind = kind_of(ordered[0].entity) if ordered else ""
    usable = [one for one in ordered if _speaks_of(one, kind) and not one.is_tombstone]
    if not usable:
        return None
    home = _home(usable, personal)
    # Of what was moved and erased where it went, what its owner recorded before is all there is.
    at_home = [one for one in usable if one.space == home] or usable
    registers = _fold_fields(at_home if home == personal else usable, kind, home)
    tags, tag_heads = fold_set(at_home, op.TAG_ADD, op.TAG_RM, "tag")
    members, member_heads = fold_set(at_home, op.MEMBER_ADD, op.MEMBER_RM, "item")
    reads, read_heads = fold_reads(at_home)
    revisions = tuple(one for one in usable if one.kind == op.NOTE_REV and _is_revision(one))
    revision_heads = _heads_of_graph(revisions)
    captures = tuple(one for one in usable if one.kind == op.CAPTURE)
    standing = _standing(registers.heads, {**tag_heads, **member_heads}, captures, revision_heads)
    created = _creation(at_home)
    # Who read a dossier changed nothing in it.
    changed = next((one for one in reversed(at_home) if one.kind not in _READING), at_home[-1])
    # Nobody files in another's name: who shares what was hers keeps the date, no more.
    mine = registers.fields.get("filed_by") == created.by
    filed_at, at = registers.fields.get("filed_at"), created.at
    return Thing(
        id=usable[0].entity,
        kind=kind,
        space=home,
        fields=registers.fields,
        field_heads=registers.heads,
        alternatives=registers.alternatives,
        said=registers.said,
        tags={name: label for name, (label, _) in tags.items()},
        members=tuple(sorted(members, key=lambda item: (members[item][1], item))),
        places={item: place for item, (_label, place) in members.items()},
        reads=reads,
        read_heads=read_heads,
        set_heads={**tag_heads, **member_heads},
        captures=captures,
        revisions=revisions,
        revision_heads=revision_heads,
        deleted=_is_deleted(at_home, standing),
        delete_heads=tuple(sorted(one.id for one in _standing_deletions(at_home))),
        moved_to=_moved_to(usable, personal),
        created_by=created.by,
        created_at=min(filed_at, at) if isinstance(filed_at, int) and mine else at,
        began=created.stamp,
        updated_by=changed.by,
        updated_at=changed.at,
        known=any(one.kind in _CREATES for one in usable),
    )


def _creation(operations: Sequence[Operation]) -> Operation:
    """Give the operation that began a thing: it replaces nothing, whatever the clocks say."""
    begins = [one for one in operations if one.kind in _CREATES]
    first = [one for one in begins if not one.over and not parents(one)]
    return next(iter(first or begins or operations))


def _distinct(operations: Iterable[Operation]) -> list[Operation]:
    """Order operations, repetitions left out; two contents under one id are two operations."""
    unique: dict[str, list[tuple[str, Operation]]] = {}
    for one in operations:
        same = unique.setdefault(one.id, [])
        if not same:
            same.append(("", one))
            continue
        if len(same) == 1 and not same[0][0]:
            same[0] = (_content(same[0][1]), same[0][1])
        content = _content(one)
        if all(content != other for other, _one in same):
            same.append((content, one))
    for same in unique.values():
        same.sort(key=lambda pair: pair[0])
    return sorted((one for same in unique.values() for _c, one in same), key=lambda one: one.order)


def _content(one: Operation) -> str:
    """Write everything that an operation says, to tell two of one id apart."""
    said = (one.by, one.stamp, one.space, one.entity, one.kind, one.data, one.over, one.gesture,
            one.undoes)  # fmt: skip
    return json.dumps(said, sort_keys=True)


def _speaks_of(one: Operation, kind: str) -> bool:
    if one.kind in _FOR_ANY:
        return True
    if one.kind in _FOR_DOSSIER:
        return kind == "dossier"
    return kind != "" and kind in {_WRITES_FIELDS.get(one.kind), _KIND_OF_OTHER.get(one.kind)}


def _home(operations: Sequence[Operation], personal: str) -> str:
    """Tell where a thing lives.

    What was begun in the personal space stays there until its owner moves it: an operation that
    a colleague records on it elsewhere neither moves nor hides it.
    """
    mine = [one for one in operations if one.space == personal]
    if any(one.kind in _CREATES for one in mine):
        moves = [one for one in mine if one.kind == op.MOVE]
        went = bool(moves) and moves[-1].data.get("to") == moves[-1].entity
        last = moves[-1].data.get("space") if went else None
        return last if isinstance(last, str) and last else personal
    first: dict[str, int] = {}
    for one in operations:
        if one.space != personal:
            first[one.space] = min(one.received, first.get(one.space, one.received))
    # A thing that came by one space is not taken into another by whoever writes there too.
    return min(first, key=lambda space: (first[space], space)) if first else personal


def _fold_fields(operations: Sequence[Operation], kind: str, home: str) -> _Registers:
    writers: dict[str, list[tuple[Operation, Json]]] = {}
    for one in operations:
        if one.kind not in _WRITES_FIELDS:
            continue
        for name, value in one.data.items():
            if believable(kind, name, value):
                writers.setdefault(name, []).append((one, value))
    folded = _Registers()
    for name, said in writers.items():
        here = [w for w in said if w[0].space == home] or said
        _fold_register(folded, name, here, united=(kind, name) in _UNITED)
    return folded


def _fold_register(
    folded: _Registers, name: str, said: list[tuple[Operation, Json]], *, united: bool
) -> None:
    over = {old for one, _ in said for old in one.over if old != one.id}
    heads = [(one, value) for one, value in said if one.id not in over] or said
    winner, value = max(heads, key=lambda head: head[0].order)
    folded.fields[name] = value
    folded.said[name] = (winner.by, winner.at)
    folded.heads[name] = tuple(sorted(one.id for one, _ in heads))
    if united:
        lists = [
            said for _one, said in sorted(heads, key=lambda h: h[0].order) if isinstance(said, list)
        ]
        folded.fields[name] = list(dict.fromkeys(str(one) for some in lists for one in some))
        return
    others = tuple(
        Alternative(other, one.by, one.at, one.id)
        for one, other in heads
        if one is not winner and other != value
    )
    if others:
        folded.alternatives[name] = others


def _is_revision(one: Operation) -> bool:
    body = one.data.get("x")
    return isinstance(body, str) and len(body) <= MAX_TEXT


def parents(revision: Operation) -> tuple[str, ...]:
    """Give the ids of the revisions that a revision was written from."""
    listed = revision.data.get("p")
    return tuple(p for p in listed if isinstance(p, str)) if isinstance(listed, list) else ()


def _heads_of_graph(revisions: Sequence[Operation]) -> tuple[Operation, ...]:
    known = {one.id for one in revisions}
    superseded = {p for one in revisions for p in parents(one) if p in known and p != one.id}
    # A forged cycle leaves no head: fall back on all, so that no text disappears.
    return tuple(one for one in revisions if one.id not in superseded) or tuple(revisions)


def _standing_deletions(operations: Sequence[Operation]) -> list[Operation]:
    restored = {old for one in operations if one.kind == op.UNDELETE for old in one.over}
    return [one for one in operations if one.kind == op.DELETE and one.id not in restored]


def _is_deleted(operations: Sequence[Operation], standing: Iterable[str]) -> bool:
    """Tell whether some deletion has seen everything that stands; ``standing``: ids."""
    by_id = {one.id: one for one in operations}
    at_stake = {one for one in standing if one in by_id}
    return any(at_stake <= _closure(one, by_id) for one in _standing_deletions(operations))


def _closure(one: Operation, by_id: Mapping[str, Operation]) -> set[str]:
    seen: set[str] = set()
    waiting = list(one.over)
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        if (known := by_id.get(current)) is not None:
            waiting.extend(known.over)
            waiting.extend(parents(known))
    return seen


def _moved_to(operations: Sequence[Operation], personal: str) -> str:
    moves = [one for one in operations if one.kind == op.MOVE and one.space == personal]
    if not moves:
        return ""
    target = moves[-1].data.get("to")
    return target if isinstance(target, str) and target != moves[-1].entity else ""
