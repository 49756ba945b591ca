"""What keeps a shared folder whole: putting back what vanished, packing, reading ours back.

Absence there changes nothing here. What we wrote is sent again at once; what a colleague wrote is
put back by whoever has it, in a place of its own, when she has not done it herself by the next
whole look.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from typing import Final

from veille.desk import attachments
from veille.desk.house import House
from veille.domain.errors import ShareError, ShareFull, ShareReadOnly
from veille.domain.views import Event
from veille.journal import pack as packs
from veille.journal import segment as segments
from veille.share import carry, layout, plan
from veille.share.folder import ShareFolder
from veille.share.layout import Name, PackName
from veille.share.plan import Known, Survey
from veille.store import erasing, local
from veille.store import segments as shelf
from veille.store.segments import Kept

AUDIT_MS: Final = 7 * 86_400_000


def name_of(one: Kept) -> Name:
    """Name a segment as the folder does."""
    return Name(one.device, one.sequence, one.id[:16])


def known(one: Kept) -> Known:
    """Tell the plan of a segment that is kept here."""
    return Known(
        name_of(one), one.id, one.size, one.count, one.stamp, one.mine, one.shared, one.pack,
        one.missed,
    )  # fmt: skip


def standing(house: House, space: str) -> set[str]:
    """Give what stood on the share before a look: another process may post meanwhile."""
    with house.database.reading() as db:
        return {one.id for one in shelf.kept(db, space) if one.shared}


def is_set_back(house: House, space: str, heads: Iterable[Name]) -> bool:
    """Tell from what is announced that a backup was brought back, or that files were taken out."""
    with house.database.reading() as db:
        ours = [name_of(one) for one in shelf.newest_shared(db, space)]
    return plan.is_set_back(heads, ours)


def restore(
    house: House, folder: ShareFolder, space: str, seen: Survey, before: AbstractSet[str]
) -> list[Event]:
    """Find what vanished from the folder since it was there, see to its return, and tell.

    Args:
        house: the profile.
        folder: the shared folder.
        space: the space in it.
        seen: a look at everything.
        before: what stood there before that look (``standing``).
    """
    with house.database.reading() as db:
        kept = [known(one) for one in shelf.kept(db, space) if one.id in before]
        sizes = _pack_sizes(shelf.packs(db, space))
        older = erasing.older_sizes(db, space)
    lost = [one for one in plan.gone(seen, kept, sizes) if not _stands_whole(seen, one, older)]
    mine = [one for one in lost if one.mine]
    theirs = [one for one in lost if not one.mine]
    names = {one.id for one in lost}
    with house.database.writing() as db:
        shelf.mark(db, space, [one.id for one in mine], shared=False, pack="")
        shelf.mark(db, space, [one.id for one in theirs], missed=True)
        back = [one.id for one in kept if one.missed and one.id not in names]
        shelf.mark(db, space, back, missed=False)
    told = _vanished(house, lost, mine, kept)
    with suppress(ShareReadOnly, ShareFull):
        late = [one for one in theirs if one.missed]
        if done := _rescue(house, folder, space, late):
            told.append(Event("rescued", count=done))
        _tidy_rescues(house, folder, space, seen, kept, sizes)
        _renew_rescues(house, folder, space, seen, older)
    return told


def _stands_whole(seen: Survey, one: Known, older: Mapping[str, Sequence[int]]) -> bool:
    """Tell whether a colleague's segment stands as it was before lines were erased from it.

    She rewrites it at her next round; until then nothing is missing.
    """
    there = {seen.loose.get(one.name, -1), *seen.rescued.get(one.name.id16, {}).values()}
    return not one.mine and not there.isdisjoint(older.get(one.id, ()))


def _renew_rescues(
    house: House, folder: ShareFolder, space: str, seen: Survey,
    older: Mapping[str, Sequence[int]],
) -> None:  # fmt: skip
    """Put back again, without what was erased since, what we put back for others."""
    ours = f"{layout.RESCUE}/{_device(house, space)}/"
    for identity, sizes in older.items():
        for path, size in seen.rescued.get(identity[:16], {}).items():
            if path.startswith(ours) and size in sizes and folder.read(path, limit=1) is not None:
                with house.database.reading() as db:
                    data = shelf.data(db, space, identity)
                carry.post(folder, path, data)


def _vanished(
    house: House, lost: Sequence[Known], mine: Sequence[Known], kept: Sequence[Known]
) -> list[Event]:
    told = []
    if mine:
        code = "went_back" if plan.went_back(lost, kept) else "sent_again"
        gone_ids = {one.id for one in lost}
        left = [one.stamp_ms for one in kept if one.shared and one.id not in gone_ids]
        age = max(house.now() - max(left, default=house.now()), 0)
        told.append(Event(code, count=sum(one.count for one in mine), age_ms=age))
    waiting = [one for one in lost if not one.mine and not one.missed]
    if waiting:
        told.append(Event("files_missing", count=len(waiting)))
    return told


def _rescue(house: House, folder: ShareFolder, space: str, late: Iterable[Known]) -> int:
    """Put back, verbatim, what a colleague wrote and nobody has put back. Counts the files."""
    device = _device(house, space)
    done = 0
    for one in late:
        with house.database.reading() as db:
            data = shelf.data(db, space, one.id)
        if _is_whole(data, one.id):
            done += carry.post(folder, layout.rescue_path(device, one.name.id16), data)
    return done


def _tidy_rescues(
    house: House, folder: ShareFolder, space: str, seen: Survey, kept: Sequence[Known],
    sizes: dict[PackName, int],
) -> None:  # fmt: skip
    """Take down what we put back, once it stands again where it belongs."""
    ours = f"{layout.RESCUE}/{_device(house, space)}/"
    alone = Survey(seen.heads, seen.loose, seen.packs, whole=True)
    lacking = {one.name.id16 for one in plan.gone(alone, kept, sizes)}
    for id16, paths in seen.rescued.items():
        if id16 not in lacking and any(one.name.id16 == id16 for one in kept):
            for path in paths:
                if path.startswith(ours):
                    folder.delete(path)


def pack(house: House, folder: ShareFolder, space: str, seen: Survey) -> None:
    """Pack our own loose segments; each stays loose until its pack was read back."""
    with house.database.reading() as db:
        mine = [known(one) for one in shelf.kept(db, space) if one.mine]
        sizes = _pack_sizes(shelf.packs(db, space))
    with suppress(ShareReadOnly, ShareFull):
        _settle_packs(house, folder, space, seen, mine)
        for run in plan.to_pack(mine, seen, now_ms=house.now()):
            _pack(house, folder, space, run)
        for one in plan.replaced(seen, mine, sizes):
            folder.delete(one.name.path)


def _settle_packs(
    house: House, folder: ShareFolder, space: str, seen: Survey, mine: Sequence[Known]
) -> None:
    """Look into packs of ours that a cut left unfinished: whole, they count; torn, they go."""
    with house.database.reading() as db:
        noted, older = shelf.packs(db, space), erasing.older_sizes(db, space)
    for pack, inside in plan.packs_known(seen, mine).items():
        if noted.get((pack.device, pack.file)) == seen.packs[pack]:
            continue
        with house.database.reading() as db:
            data = [shelf.data(db, space, one.id) for one in inside]
        size = seen.packs[pack]
        is_whole = _unpacked(folder, pack.path) == data
        if not is_whole and any(one.id in older for one in inside):
            # Lines were erased from it. A cut in between is made good from here.
            new = packs.packed(data)
            is_whole, size = carry.post(folder, pack.path, new), len(new)
        if is_whole:
            with house.database.writing() as db:
                shelf.keep_pack(db, space, pack.device, pack.file, size)
                shelf.mark(db, space, [one.id for one in inside], pack=pack.file)
        else:
            folder.delete(pack.path)
            with house.database.writing() as db:
                shelf.drop_pack(db, space, pack.device, pack.file)


def _pack(house: House, folder: ShareFolder, space: str, run: Sequence[Known]) -> None:
    with house.database.reading() as db:
        inside = [shelf.data(db, space, one.id) for one in run]
    if [len(one) for one in inside] != [one.size for one in run]:
        return
    first, last = run[0].name, run[-1].name
    name = PackName(
        first.device, first.sequence, last.sequence, packs.sum16([one.id for one in run])
    )
    data = packs.packed(inside)
    if not carry.post(folder, name.path, data):
        return
    with house.database.writing() as db:
        shelf.keep_pack(db, space, name.device, name.file, len(data))
        shelf.mark(db, space, [one.id for one in run], pack=name.file)
    for one in run:
        folder.delete(one.name.path)


def audit_if_due(house: House) -> int:
    """Read ours back once a week, and have the next round send what differs. Counts it."""
    now = house.now()
    due = [
        one
        for one in house.spaces()
        if one.folder and not one.personal and not 0 <= now - one.audited_at < AUDIT_MS
    ]
    found = 0
    for space in due:
        wrong = audit(house, only=space.id)
        found += len(wrong)
        if (space.folder, "") not in wrong:
            with house.database.writing() as db:
                local.note_audit(db, space.id, at=now)
    return found


def audit(house: House, *, only: str = "") -> list[tuple[str, str]]:
    """Read what is ours back from the shared folders: ``(folder, path)`` of what differs.

    A folder that cannot be reached now is named with an empty path. What differs is noted, so
    that the next round sends it again.
    """
    problems: list[tuple[str, str]] = []
    for space in house.spaces():
        if space.personal or not space.folder or (only and space.id != only):
            continue
        try:
            folder = house.open_folder(space.folder)
            carry.found(folder, space=space.id)
            for path, inside in _differing(house, folder, space.id).items():
                problems.append((space.folder, path))
                _note_wrong(house, space.id, path, inside)
        except ShareError:
            problems.append((space.folder, ""))
    return problems


def _note_wrong(house: House, space: str, path: str, inside: Sequence[str]) -> None:
    device, _slash, file = path.removeprefix(f"{layout.JOURNAL}/").partition("/")
    with house.database.writing() as db:
        shelf.mark(db, space, inside, shared=False, pack="")
        shelf.drop_pack(db, space, device, file)


def _differing(house: House, folder: ShareFolder, space: str) -> dict[str, list[str]]:
    """Give ``{path: segments}`` of our files that do not say what we wrote."""
    seen = carry.look_at_all(folder)
    with house.database.reading() as db:
        noted_packs, older = shelf.packs(db, space), erasing.older_sizes(db, space)
        mine = [
            one
            for one in shelf.kept(db, space)
            # A pack to be written again without what was erased: the next whole round does it.
            if one.mine
            and one.shared
            and not (one.id in older and one.pack and (one.device, one.pack) not in noted_packs)
        ]
    listed = {(pack.device, pack.file): pack.path for pack in seen.packs}
    noted = {one.id: listed.get((one.device, one.pack), "") for one in mine}
    packed = {one: path for one, path in noted.items() if path}
    packed |= {
        one.id: pack.path
        for pack, inside in plan.packs_known(seen, map(known, mine)).items()
        for one in inside
    }
    wrong: dict[str, list[str]] = {}
    inside: dict[str, list[bytes]] = {}
    for one in mine:
        # Where it stands today, whatever was noted: a backup may have brought back older files.
        loose = name_of(one).path
        path = loose if name_of(one) in seen.loose else packed.get(one.id, loose)
        with house.database.reading() as db:
            data = shelf.data(db, space, one.id)
        if path not in inside:
            inside[path] = _unpacked(folder, path) if path != loose else _read(folder, path)
        if not _is_whole(data, one.id):
            # Ours is the bad one: the share may have what was lost here.
            _heal(house, space, one, inside[path])
        elif data not in inside[path]:
            wrong.setdefault(path, []).append(one.id)
    for blob, citing in _missing_blobs(house, folder, space, mine).items():
        wrong[layout.blob_path(blob)] = citing
    return wrong


def _is_whole(data: bytes, identity: str) -> bool:
    try:
        return segments.open_segment(data).id == identity
    except segments.SegmentError:
        return False


def _heal(house: House, space: str, one: Kept, there: Iterable[bytes]) -> None:
    good = next((data for data in there if _is_whole(data, one.id)), None)
    if good is not None:
        with house.database.writing() as db:
            shelf.replace_data(db, space, one.id, good)
            said = {each.entity for each in segments.open_segment(good).operations}
            erasing.settle(db, sorted(said), segments=[one.id])


def _read(folder: ShareFolder, path: str) -> list[bytes]:
    data = folder.read(path, limit=segments.MAX_SEGMENT_BYTES)
    return [] if data is None else [data]


def _unpacked(folder: ShareFolder, path: str) -> list[bytes]:
    try:
        return packs.unpacked(folder.read(path, limit=packs.MAX_PACK_BYTES) or b"")
    except segments.SegmentError:
        return []


def _missing_blobs(
    house: House, folder: ShareFolder, space: str, mine: Iterable[Kept]
) -> dict[str, list[str]]:
    """Give ``{blob: segments that cite it}`` of what we have and the folder has not."""
    cited: dict[str, list[str]] = {}
    for one in mine:
        with house.database.reading() as db:
            data = shelf.data(db, space, one.id)
        with suppress(segments.SegmentError):
            for operation in segments.open_segment(data).operations:
                for blob in attachments.cited(operation):
                    cited.setdefault(blob, []).append(one.id)
    there: set[str] = set()
    for drawer in sorted({one[:2] for one in cited}):
        there.update(folder.list(f"{layout.BLOBS}/{drawer}") or {})
    return {
        blob: citing
        for blob, citing in sorted(cited.items())
        if blob not in there and house.blobs.has(blob)
    }


def _pack_sizes(noted: dict[tuple[str, str], int]) -> dict[PackName, int]:
    sizes = {}
    for (device, file), size in noted.items():
        name = layout.read_pack(device, file)
        if name is not None:
            sizes[name] = size
    return sizes


def _device(house: House, space: str) -> str:
    with house.database.reading() as db:
        return local.devices(db)[space]
