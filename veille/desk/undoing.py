"""Taking back what was recorded: an inverse gesture, history is never edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from veille.desk.house import House
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import ErasedForGood, NothingToUndo, NotUndoable
from veille.domain.facts import Changes, Fact
from veille.domain.merge import Thing, fold
from veille.domain.operation import Json, Operation
from veille.domain.text import key
from veille.store import local, operations, reading
from veille.store.connection import Rows
from veille.wiki.weave import body, weave, with_open

_CREATE: Final = {op.CLIP, op.QUOTE_ADD, op.COMMENT_ADD}
_MAY_CREATE: Final = {
    op.DOSSIER_SET, op.NOTE_SET, op.NOTE_REV, op.FEED_SET, op.RULE_SET, op.SEARCH_SET,
    op.CONCEPT_SET,
}  # fmt: skip
_FIELDS: Final = {
    op.CLIP, op.ARTICLE_SET, op.QUOTE_SET, op.COMMENT_REV, op.NOTE_SET, op.DOSSIER_SET,
    op.FEED_SET, op.RULE_SET, op.SEARCH_SET, op.CONCEPT_SET,
}  # fmt: skip
_SETS: Final = {
    op.TAG_ADD: op.TAG_RM, op.TAG_RM: op.TAG_ADD,
    op.MEMBER_ADD: op.MEMBER_RM, op.MEMBER_RM: op.MEMBER_ADD,
}  # fmt: skip
# Nearly always, the last gesture is the one: fifty of thousands of things each take a while to walk.
_DEPTHS: Final = (1, 50)
_DEFAULTS: Final[dict[str, Json]] = {
    "state": "inbox", "authors": [], "confirmed": {}, "gone": 0,
    "aliases": [], "alts": [],
}  # fmt: skip


def undo(house: House, *, last: int = 1) -> list[Changes]:
    """Take back the last gestures of the person at the desk.

    A gesture that later ones have covered entirely is passed over. Raises NothingToUndo,
    NotUndoable.
    """
    undone: list[Changes] = []
    for _turn in range(last):
        changes = next(filter(None, (_attempt(house, one) for one in _last(house))), None)
        if changes is None:
            break
        undone.append(changes)
    if not undone:
        raise NothingToUndo
    return undone


def _last(house: House) -> Iterator[str]:
    """Give the gestures of the person at the desk, the last first."""
    given: set[str] = set()
    for depth in _DEPTHS:
        with house.database.reading() as db:
            devices = list(local.devices(db).values())
            found = reading.last_gestures(db, by=house.person, devices=devices, limit=depth)
        yield from (one for one in found if one not in given)
        given.update(found)


def _attempt(house: House, gesture: str) -> Changes | None:
    try:
        return undo_gesture(house, gesture)
    except NothingToUndo:
        return None


def undo_gesture(house: House, gesture: str) -> Changes:
    """Take back one gesture. What was changed again since stays as it is.

    Raises NothingToUndo, NotUndoable (a thing that was shared: colleagues may have it).
    """
    with house.database.reading() as db:
        said = operations.of_gesture(db, gesture)
        # Whoever began it: an operation of somebody else that claims to belong to it does not.
        whose = {one.by for one in said if one.id == gesture}
        said = [one for one in said if one.by in whose]
        if not said:
            raise NothingToUndo
        if any(one.kind == op.PURGE for one in said):
            raise ErasedForGood(what=said[0].entity)
        # Of what was erased since there is nothing to take back.
        said = [one for one in said if not one.is_tombstone]
        if any(one.kind == op.MOVE for one in said):
            raise NotUndoable(what=said[0].entity)
        facts = _inverse(db, said, house.personal)
    if not facts:
        raise NothingToUndo
    return record(house, facts, undoes=gesture)


def _inverse(db: Rows, said: Sequence[Operation], personal: str) -> list[Fact]:
    facts: list[Fact] = []
    gone: set[str] = set()
    mine = {one.id for one in said}
    for one in reversed(said):
        if one.entity in gone:
            continue
        today = operations.of_entity(db, one.entity)
        before = [old for old in today if old.id not in mine]
        if _creates(one, before, personal):
            now = fold(today, personal=personal)
            if now is not None and (now.moved_to or now.space != one.space):
                # It was shared since: colleagues may have it.
                raise NotUndoable(what=one.entity)
            gone.add(one.entity)
            facts = [fact for fact in facts if fact.entity != one.entity]
            facts.append(Fact(one.entity, op.DELETE))
        else:
            facts.extend(_inverse_of(one, before, today, personal))
    return facts


def _creates(one: Operation, before: Sequence[Operation], personal: str) -> bool:
    if one.kind in _CREATE:
        return not any(old.kind == one.kind for old in before)
    earlier = [old for old in before if old.order < one.order]
    if one.kind not in _MAY_CREATE:
        return False
    # A theme that had been removed, and was made again under the same name, is new as well.
    then = fold(earlier, personal=personal) if earlier and one.kind == op.CONCEPT_SET else None
    begins = {"label", "alts", "broader", "note", "uri"} <= one.data.keys()
    return not earlier or (then is not None and then.deleted and begins)


def _inverse_of(
    one: Operation, before: Sequence[Operation], today: Sequence[Operation], personal: str
) -> list[Fact]:
    if one.kind in _SETS:
        return _inverse_in_set(one, before, today, personal)
    if one.kind in {op.DELETE, op.UNDELETE}:
        opposite = op.UNDELETE if one.kind == op.DELETE else op.DELETE
        return [Fact(one.entity, opposite, dict(one.data))]
    now = fold(today, personal=personal)
    if now is None:
        return []
    if one.kind == op.NOTE_REV and _is_shown(one, now):
        # What everybody else wrote stays: the graph without this gesture, woven.
        then = fold(before, personal=personal)
        woven = weave(then.revision_heads, {r.id: r for r in then.revisions}) if then else None
        in_view: list[Json] = [head.id for head in now.revision_heads]
        data: dict[str, Json] = {"x": woven.text if woven else "", "p": in_view}
        return [Fact(one.entity, op.NOTE_REV, with_open(data, woven.passages if woven else ()))]
    if one.kind in _FIELDS:
        by_id = {said.id: said for said in today}
        standing = {name for name in one.data if _stands(one, name, now, by_id)}
        then = fold([old for old in before if old.order < one.order], personal=personal)
        old_fields = then.fields if then else {}
        values = {name: old_fields.get(name, _DEFAULTS.get(name, "")) for name in sorted(standing)}
        return [Fact(one.entity, one.kind, values)] if values else []
    return []


def _inverse_in_set(
    one: Operation, before: Sequence[Operation], today: Sequence[Operation], personal: str
) -> list[Fact]:
    """Take out what was put in, put back what was taken out, as it was: its spelling, its place.

    A colleague may have moved it since, taken it out, or put it in again: then it stays as she
    left it. Of a move both halves go back together, or none does.
    """
    now = fold(today, personal=personal)
    standing = now.set_heads.get(_in_set(one), ()) if now is not None else ()
    same = [each for each in today if each.gesture == one.gesture and _in_set(each) == _in_set(one)]
    put_in = {each.id for each in same if each.kind in {op.TAG_ADD, op.MEMBER_ADD}}
    brought_back = {each.id for each in today if each.undoes}
    stands = bool(put_in & set(standing)) or (bool(standing) and set(standing) <= brought_back)
    if one.kind in {op.TAG_ADD, op.MEMBER_ADD}:
        data = {name: value for name, value in one.data.items() if name != "place"}
        return [Fact(one.entity, _SETS[one.kind], data)] if stands else []
    added = [old for old in before if old.id in one.over]
    if not added or (not stands if put_in else bool(standing)):
        return []
    data = dict(added[-1].data)
    if one.kind == op.MEMBER_RM:
        # What was never moved stood where its stamp says.
        data.setdefault("place", added[-1].stamp)
    return [Fact(one.entity, added[-1].kind, data)]


def _in_set(one: Operation) -> tuple[str, str]:
    """Name what an operation puts in a set, or takes out; ("", "") for another kind."""
    if one.kind in {op.TAG_ADD, op.TAG_RM}:
        return "tag", key(str(one.data.get("tag", "")))
    return ("item", str(one.data.get("item", ""))) if one.kind in _SETS else ("", "")


def _is_shown(one: Operation, now: Thing) -> bool:
    """Tell whether a revision is what the note says today, itself or brought back by undoing."""
    heads = now.revision_heads
    return any(head.id == one.id or (head.undoes and body(head) == body(one)) for head in heads)


def _stands(one: Operation, name: str, now: Thing, by_id: Mapping[str, Operation]) -> bool:
    """Tell whether a field is still what an operation said, itself or brought back by undoing."""
    heads = now.field_heads.get(name, ())
    brought_back = all(by_id[head].undoes for head in heads if head in by_id)
    return one.id in heads or (brought_back and now.fields.get(name) == one.data[name])
