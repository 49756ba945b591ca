"""A round with each shared folder: learn theirs, publish mine. May be cut at any instant.

Every segment learned is one transaction (kept verbatim, its operations recorded, the tables
projected), every segment of ours is sealed in one transaction before anything is written to the
folder: the next round goes on from there. *Shared* is said only of what was read back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from veille import __version__
from veille.desk import attachments, backups, chance, learning, mending, roles
from veille.desk.house import House
from veille.desk.learning import Learner
from veille.desk.round import Round
from veille.domain import ids, merge
from veille.domain import operation as op
from veille.domain.clock import Stamp
from veille.domain.errors import ShareError, ShareSlow
from veille.domain.operation import Operation
from veille.domain.views import Event, Space
from veille.journal import segment as segments
from veille.journal.segment import Header, SegmentError
from veille.share import carry
from veille.share.carry import Learned, Problem
from veille.share.folder import ShareFolder
from veille.share.layout import Name
from veille.share.plan import Survey
from veille.store import append, local, operations, project, things
from veille.store import erasing as eraser
from veille.store import segments as shelf
from veille.store.connection import Rows
from veille.store.segments import Kept

ANNOUNCE_EVERY: Final = 16
# Beyond this, dates and the order of simultaneous changes suffer: the person is told.
CLOCK_MS: Final = 10 * 60_000


def sync(
    house: House, *, only: Space | None = None, whole: bool = True, most: int = 0
) -> list[Round]:
    """Do one round with the shared spaces. An unreachable folder is a problem in its report.

    Args:
        house: the profile.
        only: one space.
        whole: look at everything, not only at what is announced.
        most: learn no more segments than this, 0 for all.
    """
    rounds = []
    for space in house.spaces():
        if space.personal or not space.folder or (only and only.id != space.id):
            continue
        done = Round(space.id, space.name)
        everything = whole or bool(space.problem) or not space.looked_at
        problem = ""
        try:
            everything = _round(house, space, done, whole=everything, most=most)
        except ShareError as trouble:
            problem = trouble.code
            done.tell(problem, space.folder)
        done.failed = bool(problem)
        with house.database.writing() as db:
            local.note_round(
                db, space.id, at=house.now(), problem=problem, remaining=done.remaining,
                whole=everything,
            )  # fmt: skip
            done.conflicts = things.conflicted(db, space.id)
        rounds.append(done)
    backups.clean_if_due(house)
    return rounds


def note_slow(house: House) -> None:
    """Remember that a folder did not answer in time; the next round looks at everything."""
    with house.database.writing() as db:
        for one in local.spaces(db):
            if not one.personal and one.folder:
                local.note_round(
                    db, one.id, at=house.now(), problem=ShareSlow(folder=one.folder).code,
                    remaining=one.remaining, whole=False,
                )  # fmt: skip


def _round(house: House, space: Space, done: Round, *, whole: bool, most: int) -> bool:
    """Do a round with one space; tells whether everything was looked at."""
    folder = house.open_folder(space.folder)
    carry.found(folder, space=space.id)
    before = mending.standing(house, space.id) if whole else set()
    seen = learning.look(house, folder, space.id, whole=whole)
    set_back = not whole and mending.is_set_back(house, space.id, seen.heads)
    # Who only reads puts nothing back: she would look at everything each time.
    if set_back and not roles.only_reads(house, space.id):
        return _round(house, space, done, whole=True, most=most)
    for path in seen.unread:
        done.tell("unreadable_file", path)
    learner = Learner(house, space, folder, seen, done, lambda one: _take(house, space, one, done))
    learner.learn(most)
    if whole:
        learner.absorb()
    attachments.fetch(house, folder, space.id, done.entities, late=whole, most=most)
    if roles.only_reads(house, space.id):
        if space.waiting:
            done.problems.append(Event("reader_waits", space.name, space.waiting))
        return whole
    if whole and not done.remaining:
        for told in mending.restore(house, folder, space.id, seen, before):
            told_as = done.problems if told.code == "files_missing" else done.notices
            told_as.append(told)
    _seal(house, space.id)
    _publish(house, space.id, folder, seen, done)
    if whole and not done.remaining:
        mending.pack(house, folder, space.id, seen)
    return whole


def _take(house: House, space: Space, one: Learned | Problem, done: Round) -> None:
    if isinstance(one, Problem):
        if one.code != carry.LATER:
            done.tell(one.code, one.path)
        return
    header = one.segment.header
    with house.database.writing() as db:
        if _is_copy(house, db, space.id, header):
            # Another machine writes under our name: take a new one, and read on as of a colleague.
            local.rename_device(db, space.id, chance.device())
        kept = Kept(
            header.device, header.sequence, one.segment.id, len(one.data), len(one.segment.lines),
            min(max(header.stamp_ms, 0), house.now()), mine=False, shared=True, pack=one.pack,
        )  # fmt: skip
        done.read += 1
        # With lines taken out it is not the whole of what was said: the whole may still come,
        # unless they were erased by who may.
        if eraser.is_explained(db, one.segment):
            if not shelf.keep(db, space.id, kept, one.data):
                if one.pack:
                    shelf.mark(db, space.id, [kept.id], pack=one.pack)
                return
            shelf.note_post(
                db, space.id, header.device, person=header.author, app=header.app,
                seen=header.seen,
            )  # fmt: skip
        new = append.append(
            db, one.segment.operations, one.segment.lines, device=header.device,
            segment=kept.id, received=house.now(),
        )  # fmt: skip
        clock = operations.last_stamp(db)
        for operation in new:
            clock = clock.merged(Stamp.parse(operation.stamp), house.now())
        append.keep_stamp(db, clock)
        entities = {operation.entity for operation in new}
        entities |= _settle(house, db, one, new, entities)
    done.count(new)
    done.entities |= entities
    for refused in one.segment.quarantined:
        done.tell(f"line_{refused.reason.replace(' ', '_')}", f"{one.name.path}:{refused.number}")
    if any(operation.kind not in merge.KINDS for operation in new):
        done.tell("newer_kinds", header.app)


def _settle(
    house: House, db: Rows, one: Learned, new: Iterable[Operation], entities: Iterable[str]
) -> set[str]:
    """Erase what is to be erased, and derive the tables; gives the entities whose content went."""
    header = one.segment.header
    said = {operation.entity for operation in one.segment.operations}
    if any(operation.kind == op.SPACE_SET for operation in new):
        # Who may erase is known better now.
        said |= eraser.entities(db, header.space)
    gone = eraser.settle(db, sorted(said), segments=[one.segment.id])
    project.project(db, sorted({*entities, *gone}), personal=house.personal)
    project.drop_gone(db, sorted(gone))
    return gone


def _is_copy(house: House, db: Rows, space: str, header: Header) -> bool:
    """Tell whether a segment that we do not have was written with our name and our key."""
    device = local.devices(db)[space]
    return header.device == device and header.author in {
        house.person,
        ids.unsigned_author(device),
    }


def _seal(house: House, space: str) -> None:
    """Seal what was recorded since; all of it or nothing."""
    with house.database.writing() as db:
        loose = operations.loose(db, space)
        if not loose:
            return
        device = local.devices(db)[space]
        # Only ours: anybody can put a file with a great number under our name.
        mine = [one for one in shelf.kept(db, space, device=device) if one.mine]
        sequence = max((one.sequence for one in mine), default=0)
        previous = mine[-1].id if mine else ""
        seen = _news_of_others(db, space, device)
        at = 0
        for batch in segments.batches([one.line for one in loose]):
            sequence += 1
            header = Header(space, device, sequence, previous, house.now(), __version__, seen=seen)
            previous, data = segments.seal(header, batch, secret=house.secret)
            kept = Kept(
                device, sequence, previous, len(data), len(batch), header.stamp_ms, mine=True,
                shared=False,
            )  # fmt: skip
            shelf.keep(db, space, kept, data)
            shelf.note_post(db, space, device, person=house.person, app=__version__, seen=seen)
            append.mark_sealed(db, [one.n for one in loose[at : at + len(batch)]], previous)
            at += len(batch)
            seen = {}


def _news_of_others(db: Rows, space: str, device: str) -> dict[str, int]:
    """Give how far we have read the others, where that changed since we last said so."""
    posts = shelf.posts(db, space)
    told = next((one.seen for one in posts if one.device == device), {})
    return {
        one.device: one.newest
        for one in posts
        if one.device != device and told.get(one.device, 0) < one.newest
    }


def _publish(house: House, space: str, folder: ShareFolder, seen: Survey, done: Round) -> None:
    with house.database.reading() as db:
        waiting = shelf.kept(db, space, waiting=True)
        older = eraser.older_sizes(db, space)
    # What was said first: who sees lines taken out is to know why.
    waiting.sort(key=lambda one: one.id in older)
    told = set(seen.heads)
    for turn, one in enumerate(waiting, start=1):
        with house.database.reading() as db:
            data = shelf.data(db, space, one.id)
        name = mending.name_of(one)
        try:
            written = segments.open_segment(data)
        except SegmentError:
            done.tell("local_damaged", name.path)
            continue
        for blob in attachments.post(house, folder, written.operations):
            done.tell("blob_missing", blob)
        if not carry.post(folder, name.path, data):
            done.tell("not_read_back", name.path)
            break
        with house.database.writing() as db:
            shelf.mark(db, space, [one.id], shared=True, missed=False)
        done.sent += 0 if one.id in older else one.count
        if turn == 1 and seen.whole:
            _check_clock(house, folder, name, done)
        if turn % ANNOUNCE_EVERY == 0:
            _announce(house, space, folder, told)
    _announce(house, space, folder, told)


def _check_clock(house: House, folder: ShareFolder, name: Name, done: Round) -> None:
    """Compare our clock with the one that dated a file we have just written."""
    now = house.now()
    written = folder.written_at(name.path)
    if written is not None and abs(now - written * 1000) > CLOCK_MS:
        done.problems.append(Event("clock_wrong", age_ms=round(now - written * 1000)))


def _announce(house: House, space: str, folder: ShareFolder, told: set[Name]) -> None:
    """Announce the newest of ours that stands on the share, under each name we wrote with."""
    with house.database.reading() as db:
        newest = [mending.name_of(one) for one in shelf.newest_shared(db, space)]
        device = local.devices(db)[space]
    for name in newest:
        # A copy of this machine may go on under a name that we have left; under ours, whatever
        # number a stranger announces, ours is announced too.
        left = name.device != device
        ahead = any(one.device == name.device and one.sequence >= name.sequence for one in told)
        if name not in told and not (left and ahead):
            carry.announce(folder, name, told)
            told.add(name)
