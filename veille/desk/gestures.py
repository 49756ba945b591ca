"""The history of the memory as people lived it: gestures, who did them, whether they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from veille.desk.house import House
from veille.domain import operation as op
from veille.store import following, gestures, local
from veille.store.gestures import Done, Part

# A gesture that marked things as read: this, then its moment. It is nobody else's business.
READ: Final = "read:"
# What is taken back where it was said: who one is, what one read.
_PRESENTING: Final = frozenset({op.PERSON_SET, op.SPACE_SET, op.READ_ADD, op.READ_RM})
# What colleagues may have, and what was erased for good, is never taken back.
_FOR_GOOD: Final = frozenset({op.MOVE, op.PURGE})


@dataclass(frozen=True, slots=True)
class Gesture:
    """Something that somebody did at once.

    Attributes:
        at: milliseconds.
        mine: whether it can be taken back here: by who is at the desk, on this computer, and
            standing.
        undone_by: who took it back, "" while it stands.
        undone_at: when, milliseconds.
    """

    id: str
    by: str
    at: int
    parts: tuple[Part, ...]
    mine: bool
    undone_by: str = ""
    undone_at: int = 0


def listed(house: House, *, limit: int) -> list[Gesture]:
    """Give the latest gestures, newest first; taking one back is said with the one taken back.

    What the owner of this profile marked as read at once is among them.
    """
    with house.database.reading() as db:
        done = gestures.newest(db, limit=limit)
        marked = following.marked(db, limit=limit)
        devices = set(local.devices(db).values())
        since = int(local.meta(db, "undo_from") or 0)
    undone = {one.undoes: one for one in done if one.undoes}
    found = [
        _gesture(one, undone.get(one.id), own=_own(house, one, devices, since))
        for one in done
        if not one.undoes
    ]
    oldest = found[-1].at if len(done) == limit and found else 0
    found += [_marked(house, at, count) for at, count in marked if at >= oldest]
    return sorted(found, key=lambda one: one.at, reverse=True)


def taken_back(house: House, gesture: str) -> Gesture | None:
    """Give what a gesture took back."""
    with house.database.reading() as db:
        undone = gestures.named(db, gesture)
        done = gestures.named(db, undone.undoes) if undone is not None else None
    return _gesture(done, undone, own=False) if done is not None else None


def _marked(house: House, at: int, count: int) -> Gesture:
    part = Part(READ, "a", "", count, "", "", is_new=False)
    return Gesture(f"{READ}{at}", house.person, at, (part,), mine=True)


def _own(house: House, one: Done, devices: set[str], since: int) -> bool:
    kinds = {part.kind for part in one.parts}
    stands = kinds <= _PRESENTING or kinds & _FOR_GOOD
    return one.by == house.person and one.device in devices and one.last > since and not stands


def _gesture(one: Done, undone: Done | None, *, own: bool) -> Gesture:
    if undone is None:
        return Gesture(one.id, one.by, one.at, one.parts, mine=own)
    return Gesture(one.id, one.by, one.at, one.parts, False, undone.by, undone.at)
