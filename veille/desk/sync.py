"""A round with each shared folder: learn theirs, publish mine. May be cut at any instant.

Every segment learned is one transaction (kept verbatim, its operations recorded, the tables
projected), every segment of ours is sealed in one transaction before anything is written to the
folder: the next round goes on from there. *Shared* is said only of what was read back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from veille import __version__
from veille.desk import chance
from veille.desk.house import House
from veille.domain import merge
from veille.domain import operation as op
from veille.domain.clock import Stamp
from veille.domain.errors import BlobDamaged, ShareError
from veille.domain.operation import Operation
from veille.domain.views import Filter, Space
from veille.journal import segment as segments
from veille.journal.segment import Header
from veille.share import carry, plan
from veille.share.carry import Learned, Problem
from veille.share.folder import Directory, ShareFolder
from veille.share.layout import Name
from veille.share.plan import Mine
from veille.store import append, local, operations, project, things
from veille.store.local import Kept

_BLOB: Final = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(slots=True)
class Round:
    """What a round did.

    Attributes:
        sent, received: operations.
        problems: ``(code, path or detail)``.
        conflicts: things that stand in two versions.
        failed: whether the folder could not be used; other problems were passed over.
        entities: what changed here.
    """

    space: str
    name: str
    sent: int = 0
    received: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)
    conflicts: int = 0
    failed: bool = False
    entities: set[str] = field(default_factory=set)


def sync(house: House, *, only: Space | None = None, whole: bool = True) -> list[Round]:
    """Do one round with the shared spaces. An unreachable folder is a problem in its report."""
    rounds = []
    for space in house.spaces():
        if space.personal or not space.folder or (only and only.id != space.id):
            continue
        done = Round(space.id, space.name)
        problem = ""
        try:
            _round(house, space, done, whole=whole or bool(space.problem))
        except ShareError as trouble:
            problem = trouble.code
            done.problems.append((problem, space.folder))
        done.problems = list(dict.fromkeys(done.problems))
        done.failed = bool(problem)
        with house.database.writing() as db:
            local.note_round(db, space.id, at=house.now(), problem=problem)
            done.conflicts = sum(
                one.conflicts > 0
                for one in things.rows(db, things.listed(db, Filter(space=space.id)))
            )
        rounds.append(done)
    return rounds


def _round(house: House, space: Space, done: Round, *, whole: bool) -> None:
    folder = Directory(Path(space.folder))
    carry.found(folder, space=space.id)
    with house.database.reading() as db:
        known = {_name(one) for one in local.segments(db, space.id)}
    seen = carry.look(folder, known, whole=whole)
    with house.database.reading() as db:
        # Another process of this profile may have posted between the two looks.
        known = {_name(one) for one in local.segments(db, space.id)}
    if plan.is_copy(seen, space.device, known):
        # Another machine writes under our name: take a new one and read its work as a colleague's.
        with house.database.writing() as db:
            local.rename_device(db, space.id, chance.device())
    for one in carry.learn(folder, plan.to_read(seen, known), space=space.id):
        if isinstance(one, Problem):
            done.problems.append((one.code, one.path))
        else:
            _take(house, space.id, one, done)
    _fetch_blobs(house, folder, space.id, done, whole=whole)
    _seal(house, space)
    _publish(house, space, folder, seen, done)


def _name(kept: Kept) -> Name:
    return Name(kept.device, kept.sequence, kept.id[:16])


def _take(house: House, space: str, learned: Learned, done: Round) -> None:
    segment = learned.segment
    header = segment.header
    with house.database.writing() as db:
        kept = Kept(
            header.device, header.sequence, segment.id, len(learned.data), mine=False, shared=True
        )
        local.keep_segment(db, space, kept, learned.data)
        new = append.append(
            db, segment.operations, segment.lines, device=header.device, segment=segment.id
        )
        clock = operations.last_stamp(db)
        for one in new:
            clock = clock.merged(Stamp.parse(one.stamp), house.now())
        append.keep_stamp(db, clock)
        entities = {one.entity for one in new}
        project.project(db, sorted(entities), personal=house.personal)
    done.received += len(new)
    done.entities |= entities
    done.problems.extend(
        (f"line_{one.reason.replace(' ', '_')}", f"{learned.name.path}:{one.number}")
        for one in segment.quarantined
    )


def _seal(house: House, space: Space) -> None:
    """Seal what was recorded since; all of it or nothing."""
    with house.database.writing() as db:
        loose = operations.loose(db, space.id)
        device = next(one.device for one in local.spaces(db) if one.id == space.id)
        mine = [one for one in local.segments(db, space.id) if one.device == device]
        sequence = max((one.sequence for one in mine), default=0)
        previous = mine[-1].id if mine else ""
        at = 0
        for batch in segments.batches([one.line for one in loose]):
            sequence += 1
            header = Header(space.id, device, sequence, previous, house.now(), __version__)
            previous, data = segments.seal(header, batch)
            kept = Kept(device, sequence, previous, len(data), mine=True, shared=False)
            local.keep_segment(db, space.id, kept, data)
            append.mark_sealed(db, [one.n for one in loose[at : at + len(batch)]], previous)
            at += len(batch)


def _publish(house: House, space: Space, folder: ShareFolder, seen: plan.Seen, done: Round) -> None:
    with house.database.reading() as db:
        kept = [one for one in local.segments(db, space.id) if one.mine]
    mine = [Mine(_name(one), one.id, one.size, one.shared) for one in kept]
    for one in plan.to_post(mine, seen):
        with house.database.reading() as db:
            data = local.segment_data(db, space.id, one.id)
        written = segments.open_segment(data)
        _post_blobs(house, folder, written.operations, done)
        if not carry.post(folder, one, data):
            done.problems.append(("not_read_back", one.name.path))
            return
        with house.database.writing() as db:
            local.mark_shared(db, space.id, one.id)
        done.sent += len(written.lines)
        carry.announce(folder, one.name, seen.heads)
    newest = max((one.name for one in mine), default=None)
    if newest is not None and seen.whole and newest not in seen.heads:
        carry.announce(folder, newest, seen.heads)


def _cited(one: Operation) -> list[str]:
    """Give the blobs that colleagues need to read a capture: its clean form and its images."""
    if one.kind != op.CAPTURE or one.data.get("excerpt") is True:
        return []
    images = one.data.get("images")
    names = [one.data.get("clean"), *(images.values() if isinstance(images, dict) else ())]
    return [name for name in names if isinstance(name, str) and _BLOB.match(name)]


def _post_blobs(
    house: House, folder: ShareFolder, written: Iterable[Operation], done: Round
) -> None:
    for one in written:
        for name in _cited(one):
            try:
                carry.post_blob(folder, name, house.blobs.get(name))
            except BlobDamaged:
                done.problems.append(("blob_missing", name))


def _fetch_blobs(
    house: House, folder: ShareFolder, space: str, done: Round, *, whole: bool
) -> None:
    """Fetch what newly learned captures cite; at whole rounds, also what had not arrived before."""
    with house.database.reading() as db:
        late = things.clean_forms(db, space) if whole else []
    articles = {one for one in done.entities if one.startswith("a-")}
    articles |= {article for article, clean in late if not house.blobs.has(clean)}
    for article in sorted(articles):
        with house.database.reading() as db:
            thing = merge.fold(operations.of_entity(db, article), personal=house.personal)
        for capture in thing.captures if thing else ():
            for name in _cited(capture):
                if not house.blobs.has(name) and (data := carry.read_blob(folder, name)):
                    house.blobs.put(data)


def audit(house: House) -> list[tuple[str, str]]:
    """Read our segments back from the shared folders: ``(folder, path)`` of what differs.

    A folder that cannot be reached now is named with an empty path.
    """
    problems: list[tuple[str, str]] = []
    for space in house.spaces():
        if space.personal or not space.folder:
            continue
        folder = Directory(Path(space.folder))
        with house.database.reading() as db:
            mine = [one for one in local.segments(db, space.id) if one.mine and one.shared]
        try:
            carry.found(folder, space=space.id)
            for one in mine:
                with house.database.reading() as db:
                    data = local.segment_data(db, space.id, one.id)
                path = _name(one).path
                if folder.read(path, limit=segments.MAX_SEGMENT_BYTES) != data:
                    problems.append((space.folder, path))
        except ShareError:
            problems.append((space.folder, ""))
    return problems
