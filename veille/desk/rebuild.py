"""Throwing the derived away and deriving it again; checking that it is what it should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from veille.desk.house import House
from veille.domain.errors import BlobDamaged, StoreError, VeilleError
from veille.journal import line as lines
from veille.journal.line import LineError
from veille.store import append, erasing, guard, local, operations, project, things, verify
from veille.store import segments as shelf

# In place of a segment that could not be saved.
SALVAGED: Final = "salvaged"


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


def settle_erasures(house: House, entities: Iterable[str] = ()) -> set[str]:
    """Apply what purges say of some entities, of all by default; gives those whose content went."""
    with house.database.writing() as db:
        gone = erasing.settle(db, sorted(entities) or sorted(erasing.entities(db)))
        project.project(db, sorted(gone), personal=house.personal)
        project.drop_gone(db, sorted(gone))
    return gone


def rebuild_if_stale(house: House) -> bool:
    """Derive the tables again when another version of the program made them."""
    with house.database.reading() as db:
        stale = project.is_stale(db)
    if not stale:
        return False
    with house.database.writing() as db:
        # Another process may have done it while this one waited for its turn.
        stale = project.is_stale(db)
        if stale:
            project.rebuild(db, personal=house.personal)
    return stale


def salvage(
    house: House, rows: Iterable[Mapping[str, Any]], segments: Iterable[Mapping[str, Any]]
) -> int:
    """Record again what could be read of a damaged memory. Returns how many were missing here.

    What is ours and in no segment that was saved is sealed and sent again; what colleagues said
    is never: only they sign it.
    """
    found = 0
    with house.database.writing() as db:
        for one in segments:
            shelf.salvage(db, one)
        for row in rows:
            if erasing.is_tombstone(row["line"]):
                erasing.keep_tombstone(db, row)
                continue
            try:
                said = replace(lines.read(row["line"], space=row["space"]), by=row["by"])
            except LineError:
                continue
            known = operations.has_segment(db, row["segment"])
            lost = "" if said.by == house.person else SALVAGED
            found += len(
                append.append(
                    db, [said], [row["line"]], device=row["device"],
                    segment=row["segment"] if known else lost, received=row["received"],
                )
            )  # fmt: skip
        # The copy may hold what was erased since.
        erasing.settle(db, sorted(erasing.entities(db)))
        project.rebuild(db, personal=house.personal)
    return found


def check(house: House, *, shares: bool = True) -> Verified:
    """Read everything back: database, operations against tables, segments, blobs, shares, index.

    What is damaged may break the very reading of it: each part is read for itself. Without
    ``shares``, shared folders, which may not answer, are left alone.
    """
    problems: list[tuple[str, str]] = []
    for where, part in (
        ("rows", _rows),
        ("tables", _tables),
        ("segments", _segments),
        ("blobs", _blobs),
        ("share", _shares),
        ("index", _index),
    ):
        if where == "share" and not shares:
            continue
        try:
            problems.extend(part(house))
        except (VeilleError, ValueError, TypeError, LookupError) as problem:
            problems.append((where, str(problem) or type(problem).__name__))
    counts = [0, 0]
    with suppress(StoreError), house.database.reading() as db:
        counts = [operations.count(db), len(things.visible(db))]
    blobs = sum(1 for _name in house.blobs.names())
    return Verified(counts[0], counts[1], blobs, tuple(problems))


def _rows(house: House) -> Iterator[tuple[str, str]]:
    with house.database.reading() as db:
        yield from guard.altered(db)


def _tables(house: House) -> Iterator[tuple[str, str]]:
    with house.database.reading() as db:
        for one in verify.differences(db, personal=house.personal):
            yield "tables", one


def _segments(house: House) -> Iterator[tuple[str, str]]:
    with house.database.reading() as db:
        for one in shelf.unreadable(db):
            yield "segments", one


def _blobs(house: House) -> Iterator[tuple[str, str]]:
    with house.database.reading() as db:
        cited = things.clean_forms(db)
    yield from (("blobs", clean) for _article, clean in cited if not house.blobs.has(clean))
    for name in house.blobs.names():
        try:
            house.blobs.get(name)
        except BlobDamaged:
            yield "blobs", name


def _shares(house: House) -> Iterator[tuple[str, str]]:
    # Only who verifies waits for what talks to shared folders.
    from veille.desk import mending

    for folder, path in mending.audit(house):
        yield "share", f"{folder} {path}".strip()


def _index(house: House) -> Iterator[tuple[str, str]]:
    with house.database.reading() as db:
        visible = things.visible(db)
        waiting = {thing for _, thing in local.outbox(db, limit=-1)}
    for one in house.index.altered():
        yield "index", one
    for one in sorted((house.index.ids() ^ visible) - waiting):
        yield "index", one
