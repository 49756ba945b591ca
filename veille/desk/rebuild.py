"""Throwing the derived away and deriving it again; checking that it is what it should be."""

from __future__ import annotations

from dataclasses import dataclass

from veille.desk import mending
from veille.desk.house import House
from veille.domain.errors import BlobDamaged, IndexError_, StoreDamaged
from veille.store import local, operations, project, things, verify


@dataclass(frozen=True, slots=True)
class Verified:
    """What reading everything back showed. ``problems`` are ``(where, what)``."""

    operations: int
    things: int
    blobs: int
    problems: tuple[tuple[str, str], ...]


def rebuild_tables(house: House) -> int:
    """Derive the tables again. Returns how many things were folded."""
    with house.database.writing() as db:
        return project.rebuild(db, personal=house.personal)


def rebuild_if_stale(house: House) -> bool:
    """Derive the tables again when another version of the program made them."""
    with house.database.reading() as db:
        stale = project.is_stale(db)
    if stale:
        rebuild_tables(house)
    return stale


def check(house: House) -> Verified:
    """Read everything back: database, operations against tables, blobs, index."""
    problems: list[tuple[str, str]] = []
    with house.database.reading() as db:
        try:
            differing = verify.differences(db, personal=house.personal)
        except StoreDamaged as problem:
            differing = [str(problem.data["detail"])]
        problems.extend(("tables", one) for one in differing)
        count = operations.count(db)
        visible = things.visible(db)
        waiting = {thing for _, thing in local.outbox(db, limit=-1)}
        cited = things.clean_forms(db)
    problems.extend(("blobs", clean) for _article, clean in cited if not house.blobs.has(clean))
    blobs = 0
    for name in house.blobs.names():
        blobs += 1
        try:
            house.blobs.get(name)
        except BlobDamaged:
            problems.append(("blobs", name))
    problems.extend(("share", f"{folder} {path}".strip()) for folder, path in mending.audit(house))
    try:
        indexed = house.index.ids()
        problems.extend(("index", one) for one in sorted((indexed ^ visible) - waiting))
    except IndexError_ as problem:
        problems.append(("index", problem.code))
    return Verified(count, len(visible), blobs, tuple(problems))
