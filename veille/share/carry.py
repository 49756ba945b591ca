"""A round with a shared folder: look, read what is new, post what is ours. A thin loop.

Nothing is decided here (``plan`` decides) and nothing is remembered (``desk/sync`` does, one
transaction a segment), so a round may stop at any instant and the next one goes on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from veille.domain.errors import ShareExists, ShareNotASpace, ShareOther, ShareUnavailable
from veille.journal.segment import (
    MAX_SEGMENT_BYTES,
    Segment,
    SegmentError,
    SegmentTooRecent,
    open_segment,
)
from veille.share import layout, plan
from veille.share.folder import ShareFolder
from veille.share.layout import Marker, Name
from veille.share.plan import Mine, Seen

MAX_BLOB: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the folder that was passed over: the rest went on."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Learned:
    """A segment that was read and verified."""

    name: Name
    segment: Segment
    data: bytes


def found(folder: ShareFolder, *, space: str) -> Marker:
    """Check that the folder holds this space ("" for any).

    Raises ShareUnavailable (nothing there), ShareNotASpace, ShareOther, ShareTooRecent.
    """
    if folder.list("") is None:
        raise ShareUnavailable(folder=folder.name)
    data = folder.read(layout.MARKER, limit=layout.MAX_MARKER)
    if data is None:
        raise ShareNotASpace(folder=folder.name)
    marker = layout.read_marker(data, folder=folder.name)
    if space and marker.space != space:
        raise ShareOther(folder=folder.name)
    return marker


def create(folder: ShareFolder, marker: Marker, *, created: str, readme: bytes) -> None:
    """Make a folder a space. Raises ShareExists when it is one already."""
    if folder.list("") is None:
        raise ShareUnavailable(folder=folder.name)
    if not folder.create(layout.MARKER, layout.write_marker(marker, created=created)):
        raise ShareExists(folder=folder.name)
    folder.create(layout.README, readme)


def look(folder: ShareFolder, known: Collection[Name], *, whole: bool) -> Seen:
    """Look at the heads, and into the folders of the devices that have something new."""
    names = (layout.read_head(one) for one in folder.list(layout.HEADS) or {})
    heads = [one for one in names if one is not None]
    if whole:
        devices = [one for one in folder.list(layout.JOURNAL) or {} if layout.is_device(one)]
    else:
        devices = plan.devices_to_list(heads, known)
    listed: dict[Name, int] = {}
    for device in devices:
        for file, size in (folder.list(f"{layout.JOURNAL}/{device}") or {}).items():
            name = layout.read_segment(device, file)
            if name is not None:
                listed[name] = size
    return Seen(heads, listed, whole)


def learn(folder: ShareFolder, names: Iterable[Name], *, space: str) -> Iterator[Learned | Problem]:
    """Read and verify segments, one by one. A bad one is a Problem, never an exception."""
    stopped: set[str] = set()
    for name in names:
        if name.device in stopped:
            continue
        data = folder.read(name.path, limit=MAX_SEGMENT_BYTES)
        if data is None:
            # Announced, not yet arrived: a sync client delivers in any order.
            continue
        try:
            segment = open_segment(data)
        except SegmentTooRecent:
            stopped.add(name.device)
            yield Problem("update_veille", name.path)
            continue
        except SegmentError:
            yield Problem("damaged_segment", name.path)
            continue
        if _is_named(segment, name, space):
            yield Learned(name, segment, data)
        else:
            yield Problem("foreign_segment", name.path)


def _is_named(segment: Segment, name: Name, space: str) -> bool:
    header = segment.header
    return (
        header.space == space
        and header.device == name.device
        and header.sequence == name.sequence
        and segment.id.startswith(name.id16)
    )


def post(folder: ShareFolder, mine: Mine, data: bytes) -> bool:
    """Put a segment in the folder and read it back. True when it is there, byte for byte."""
    if not folder.create(mine.name.path, data):
        there = folder.read(mine.name.path, limit=MAX_SEGMENT_BYTES)
        if there == data:
            return True
        # Torn by a cut in mid-write, and ours: only then is a file replaced.
        folder.delete(mine.name.path)
        folder.create(mine.name.path, data)
    return folder.read(mine.name.path, limit=MAX_SEGMENT_BYTES) == data


def announce(folder: ShareFolder, newest: Name, heads: Iterable[Name]) -> None:
    """Announce our newest segment, then take down our older heads."""
    folder.create(newest.head, b"{}")
    for old in plan.old_heads(heads, newest):
        folder.delete(old.head)


def post_blob(folder: ShareFolder, sha256: str, data: bytes) -> None:
    """Put a blob in the folder, before the operation that cites it."""
    path = layout.blob_path(sha256)
    if not folder.create(path, data):
        there = folder.read(path, limit=MAX_BLOB)
        if there is not None and hashlib.sha256(there).hexdigest() != sha256:
            folder.delete(path)
            folder.create(path, data)


def read_blob(folder: ShareFolder, sha256: str) -> bytes | None:
    """Give a blob of the folder, verified; None when it is not there, or not what it should be."""
    data = folder.read(layout.blob_path(sha256), limit=MAX_BLOB)
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        return None
    return data
