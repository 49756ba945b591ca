"""What to read and what to post, decided from what is seen and what is known. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from veille.share.layout import Name


@dataclass(frozen=True, slots=True)
class Mine:
    """A segment of this device: its name, its size, whether it was read back from the share."""

    name: Name
    id: str
    size: int
    shared: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the folder showed.

    Attributes:
        heads: the newest segment each device announces.
        listed: ``{name: size}`` of the device folders that were listed.
        whole: whether every device folder was listed.
    """

    heads: Collection[Name]
    listed: Mapping[Name, int]
    whole: bool


def devices_to_list(heads: Iterable[Name], known: Collection[Name]) -> list[str]:
    """Give the devices whose head we do not have: only these folders are looked into."""
    return sorted({one.device for one in heads if one not in known})


def to_read(seen: Seen, known: Collection[Name]) -> list[Name]:
    """Give the segments to read, in order of writing within each device."""
    return sorted(one for one in (*seen.listed, *seen.heads) if one not in known)


def is_copy(seen: Seen, device: str, known: Collection[Name]) -> bool:
    """Tell whether somebody else writes under our name: a cloned or restored machine."""
    return any(one.device == device and one not in known for one in (*seen.listed, *seen.heads))


def to_post(mine: Iterable[Mine], seen: Seen) -> list[Mine]:
    """Give the segments to post: never shared, or no longer there whole when all was listed."""
    return sorted(
        (
            one
            for one in mine
            if not one.shared or (seen.whole and seen.listed.get(one.name) != one.size)
        ),
        key=lambda one: one.name,
    )


def old_heads(heads: Iterable[Name], newest: Name) -> list[Name]:
    """Give our heads that the newest one replaces."""
    return [one for one in heads if one.device == newest.device and one < newest]
