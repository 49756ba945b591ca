"""What to read, to post, to pack and to put back, decided from what is seen and known. Pure.

``known`` is what this profile keeps; ``Survey`` what a look at the folder showed. Absence in the
folder never changes what is known: it only makes us put things back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from veille.journal import pack as packs
from veille.share.layout import Name, PackName

# A device packs its own segments when it has more loose ones than this, or older ones.
LOOSE: Final = 64
LOOSE_MS: Final = 7 * 86_400_000
ALONE: Final = 8


@dataclass(frozen=True, slots=True)
class Known:
    """A segment this profile keeps.

    Attributes:
        id: 64 hexadecimal digits.
        size: bytes.
        count: operations in it.
        stamp_ms: when it was sealed.
        mine: whether this profile wrote it.
        shared: whether it was read back from the share (mine), or read there (others').
        pack: the file name of the pack that holds it on the share, "" when it is loose.
        missed: whether the last whole look missed it.
    """

    name: Name
    id: str
    size: int
    count: int = 0
    stamp_ms: int = 0
    mine: bool = False
    shared: bool = True
    pack: str = ""
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """What a look at the folder showed.

    Attributes:
        heads: the newest segment each device announces.
        loose, packs: ``{name: size}`` of the device folders that were listed.
        rescued: ``{id16: {path: size}}`` of segments put back by others.
        strays: ``{path: size}`` of files that are not ours to name.
        unread: folders that could not be listed.
        whole: whether everything was listed.
    """

    heads: Collection[Name] = ()
    loose: Mapping[Name, int] = field(default_factory=dict)
    packs: Mapping[PackName, int] = field(default_factory=dict)
    rescued: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    strays: Mapping[str, int] = field(default_factory=dict)
    unread: Collection[str] = ()
    whole: bool = False


def to_look_into(heads: Iterable[Name], newest: Mapping[str, int]) -> list[str]:
    """Give the devices whose folder must be listed: what simply follows is opened by its name.

    Args:
        heads: those of segments that are not known.
        newest: the greatest sequence known of each device.
    """
    by_device: dict[str, list[Name]] = {}
    for one in heads:
        by_device.setdefault(one.device, []).append(one)
    # Two heads of one device are a clone, or an old head not taken down: look.
    return sorted(
        device
        for device, ones in by_device.items()
        if len(ones) > 1 or ones[0].sequence != newest.get(device, 0) + 1
    )


def packs_known(seen: Survey, known: Iterable[Known]) -> dict[PackName, list[Known]]:
    """Tell which packs hold nothing new: the name says the ids, and these are kept here."""
    by_device: dict[str, dict[int, list[Known]]] = {}
    for one in known:
        by_device.setdefault(one.name.device, {}).setdefault(one.name.sequence, []).append(one)
    held: dict[PackName, list[Known]] = {}
    for pack in seen.packs:
        kept = by_device.get(pack.device, {})
        if pack.last - pack.first >= len(kept):
            continue
        inside = [kept.get(n, []) for n in range(pack.first, pack.last + 1)]
        if all(len(ones) == 1 for ones in inside):
            members = [ones[0] for ones in inside]
            if packs.sum16([one.id for one in members]) == pack.sum16:
                held[pack] = members
    return held


def to_read(seen: Survey, known: Collection[Name]) -> list[Name]:
    """Give the segments to read, in order of writing within each device."""
    return sorted({one for one in (*seen.loose, *seen.heads) if one not in known})


def rescues_to_read(seen: Survey, known: Iterable[Name]) -> list[str]:
    """Give the paths of segments that others put back and that are not kept here.

    Every copy of one is given: the first may be torn.
    """
    have = {one.id16 for one in known}
    return sorted(
        path for id16, paths in seen.rescued.items() if id16 not in have for path in paths
    )


def gone(seen: Survey, known: Iterable[Known], sizes: Mapping[PackName, int]) -> list[Known]:
    """Give what was on the share and is no longer there whole: not loose, in a pack, or put back.

    Args:
        seen: a whole look.
        known: what is kept here.
        sizes: of packs that were read and found whole. The size of another pack is believed.
    """
    if not seen.whole:
        return []
    kept = list(known)
    whole = {pack for pack, size in seen.packs.items() if sizes.get(pack, size) == size > 0}
    files = {(pack.device, pack.file) for pack in whole}
    held = packs_known(Survey(packs={pack: seen.packs[pack] for pack in whole}), kept)
    inside = {one.id for members in held.values() for one in members}
    return [
        one
        for one in kept
        if one.shared
        and f"journal/{one.name.device}" not in seen.unread
        and (one.mine or one.size not in seen.rescued.get(one.name.id16, {}).values())
        and seen.loose.get(one.name) != one.size
        and (one.name.device, one.pack) not in files
        and one.id not in inside
    ]


def went_back(lost: Collection[Known], known: Iterable[Known]) -> bool:
    """Tell a folder brought back to an older state from files taken out: only the newest lack."""
    first: dict[str, int] = {}
    for one in lost:
        device = one.name.device
        first[device] = min(first.get(device, one.name.sequence), one.name.sequence)
    names = {one.name for one in lost}
    never = 2**60
    since = (
        one
        for one in known
        if one.shared and one.name.sequence >= first.get(one.name.device, never)
    )
    stands = {one.name.device for one in known if one.shared and one.name not in names}
    return bool(lost) and bool(stands) and all(one.name in names for one in since)


def is_set_back(heads: Iterable[Name], ours: Iterable[Name]) -> bool:
    """Tell whether the folder announces less of ours than stood there when we last wrote.

    Args:
        heads: what is announced.
        ours: the newest of ours that stood on the share, for each name we wrote with.
    """
    told: dict[str, int] = {}
    for one in heads:
        told[one.device] = max(told.get(one.device, 0), one.sequence)
    return any(told.get(one.device, 0) < one.sequence for one in ours)


def to_pack(mine: Iterable[Known], seen: Survey, *, now_ms: int) -> list[list[Known]]:
    """Give the runs of our loose segments that are worth a pack each."""
    loose = sorted(
        (one for one in mine if one.shared and seen.loose.get(one.name) == one.size),
        key=lambda one: one.name,
    )
    old = bool(loose) and now_ms - loose[0].stamp_ms > LOOSE_MS and len(loose) > ALONE
    if len(loose) <= LOOSE and not old:
        return []
    runs: list[list[Known]] = []
    for device in sorted({one.name.device for one in loose}):
        here = {one.name.sequence: one for one in loose if one.name.device == device}
        sizes = [(number, one.size) for number, one in here.items()]
        for first, last in packs.runs(sizes):
            run = [here[number] for number in range(first, last + 1)]
            if len(run) > 1:
                runs.append(run)
    return runs


def replaced(seen: Survey, mine: Iterable[Known], sizes: Mapping[PackName, int]) -> list[Known]:
    """Give our loose files whose pack stands whole beside them: a cut came before their end."""
    whole = {pack.file for pack, size in seen.packs.items() if sizes.get(pack) == size}
    return [one for one in mine if one.pack in whole and one.name in seen.loose]


def old_heads(heads: Iterable[Name], newest: Name) -> list[Name]:
    """Give our heads that the newest one replaces."""
    return [one for one in heads if one.device == newest.device and one < newest]
