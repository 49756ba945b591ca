"""A round with a shared folder: look, read what is new, post what is ours. A thin loop.

Nothing is decided here (``plan`` decides) and nothing is remembered (``desk/sync`` does, one
transaction a segment), so a round may stop at any instant and the next one goes on.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from veille.domain.errors import (
    ShareEmpty,
    ShareError,
    ShareExists,
    ShareNotASpace,
    ShareOther,
    ShareUnavailable,
    ShareUnmarked,
)
from veille.journal import pack as packs
from veille.journal.segment import (
    MAX_SEGMENT_BYTES,
    Segment,
    SegmentError,
    SegmentTooRecent,
    open_segment,
)
from veille.share import layout, plan
from veille.share.folder import ShareFolder
from veille.share.layout import Marker, Name, PackName
from veille.share.plan import Survey

MAX_BLOB: Final = 64 * 1024 * 1024
# What follows a segment that this version cannot read: told once, looked at after an update.
LATER: Final = "later"
# Reads in flight: each waits for the network, not for us.
AHEAD: Final = 8


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the folder that was passed over: the rest went on."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Learned:
    """A segment that was read and verified, and the pack it was in ("" for none)."""

    name: Name
    segment: Segment
    data: bytes
    pack: str = ""


def found(folder: ShareFolder, *, space: str) -> Marker:
    """Check that the folder holds this space ("" for any).

    Raises ShareUnavailable (nothing there), ShareEmpty and ShareUnmarked (it held this space),
    ShareNotASpace, ShareOther, ShareTooRecent.
    """
    data = folder.read(layout.MARKER, limit=layout.MAX_MARKER)
    if data is None:
        there = folder.list("")
        if there is None:
            raise ShareUnavailable(folder=folder.name)
        if space and not there:
            # What a drive is mounted on is an empty folder while it is away.
            raise ShareEmpty(folder=folder.name)
        if space and folder.list(layout.JOURNAL):
            raise ShareUnmarked(folder=folder.name)
        raise ShareNotASpace(folder=folder.name)
    marker = layout.read_marker(data, folder=folder.name)
    if space and marker.space != space:
        raise ShareOther(folder=folder.name)
    return marker


def create(folder: ShareFolder, marker: Marker, *, created: str, told: dict[str, bytes]) -> None:
    """Make a folder a space, with what explains it. Raises ShareExists when it is one already."""
    if folder.list("") is None:
        raise ShareUnavailable(folder=folder.name)
    data = layout.write_marker(marker, created=created)
    # Looked at before and after: some servers overwrite what they were asked to create.
    there = folder.read(layout.MARKER, limit=layout.MAX_MARKER)
    if there is None and folder.create(layout.MARKER, data):
        there = folder.read(layout.MARKER, limit=layout.MAX_MARKER)
    if there != data:
        raise ShareExists(folder=folder.name)
    for name, data in told.items():
        folder.create(name, data)


def heads(folder: ShareFolder) -> list[Name]:
    """List what each device announces: the whole cost of a round with nothing new."""
    names = (layout.read_head(one) for one in folder.list(layout.HEADS) or {})
    return [one for one in names if one is not None]


def look(folder: ShareFolder, announced: Sequence[Name], devices: Iterable[str]) -> Survey:
    """Look into the folders of some devices."""
    seen = _Seeing(folder)
    for device in devices:
        seen.device(device)
    return Survey(announced, seen.loose, seen.packs, unread=seen.unread)


def look_at_all(folder: ShareFolder) -> Survey:
    """Look at everything but the blobs."""
    seen = _Seeing(folder)
    announced = seen.heads()
    for name in sorted(folder.list(layout.JOURNAL) or {}):
        if layout.is_device(name):
            seen.device(name)
    for name in sorted(folder.list(layout.RESCUE) or {}):
        if layout.is_device(name):
            seen.rescue(name)
    return Survey(
        announced, seen.loose, seen.packs, seen.rescued, seen.strays, seen.unread, whole=True
    )


class _Seeing:
    def __init__(self, folder: ShareFolder) -> None:
        self._folder = folder
        self.loose: dict[Name, int] = {}
        self.packs: dict[PackName, int] = {}
        self.rescued: dict[str, dict[str, int]] = {}
        self.strays: dict[str, int] = {}
        self.unread: list[str] = []

    def heads(self) -> list[Name]:
        announced = []
        for file, size in (self._folder.list(layout.HEADS) or {}).items():
            if (name := layout.read_head(file)) is not None:
                announced.append(name)
            else:
                self._stray(f"{layout.HEADS}/{file}", size)
        return announced

    def device(self, device: str) -> None:
        folder = f"{layout.JOURNAL}/{device}"
        for file, size in self._list(folder).items():
            if (name := layout.read_segment(device, file)) is not None:
                self.loose[name] = size
            elif (pack := layout.read_pack(device, file)) is not None:
                self.packs[pack] = size
            else:
                self._stray(f"{folder}/{file}", size)

    def rescue(self, device: str) -> None:
        folder = f"{layout.RESCUE}/{device}"
        for file, size in self._list(folder).items():
            if id16 := layout.read_rescued(file):
                self.rescued.setdefault(id16, {})[f"{folder}/{file}"] = size
            else:
                self._stray(f"{folder}/{file}", size)

    def _list(self, path: str) -> Mapping[str, int]:
        """List one folder; one that cannot be read does not end the round."""
        try:
            return self._folder.list(path) or {}
        except ShareError:
            if self._folder.read(layout.MARKER, limit=layout.MAX_MARKER) is None:
                raise
            self.unread.append(path)
            return {}

    def _stray(self, path: str, size: int) -> None:
        if 0 <= size <= MAX_SEGMENT_BYTES:
            self.strays[path] = size


def learn(folder: ShareFolder, names: Iterable[Name], *, space: str) -> Iterator[Learned | Problem]:
    """Read and verify segments, one by one. A bad one is a Problem, never an exception."""
    wanted = list(names)
    stopped: set[str] = set()
    paths = [one.path for one in wanted]
    for name, data in zip(wanted, _read_ahead(folder, paths), strict=True):
        if isinstance(data, Problem):
            yield data
            continue
        if data is None:
            # Announced, not yet arrived: a sync client delivers in any order.
            continue
        if name.device in stopped:
            yield Problem(LATER, name.path)
            continue
        one = verified(data, name, space=space)
        if isinstance(one, Problem) and one.code == "update_veille":
            stopped.add(name.device)
        yield one


def learn_packs(
    folder: ShareFolder, names: Iterable[PackName], *, space: str
) -> Iterator[tuple[PackName, int, list[Learned | Problem]]]:
    """Read packs: each with its size and what is in it."""
    wanted = list(names)
    paths = [one.path for one in wanted]
    for name, data in zip(
        wanted, _read_ahead(folder, paths, limit=packs.MAX_PACK_BYTES), strict=True
    ):
        if data is None:
            continue
        if isinstance(data, Problem):
            yield name, -1, [data]
            continue
        try:
            inside = packs.unpacked(data)
        except SegmentError:
            yield name, -1, [Problem("damaged_pack", name.path)]
            continue
        yield name, len(data), [_inside(name, one, space=space) for one in inside]


def learn_strays(
    folder: ShareFolder, paths: Iterable[str], *, space: str
) -> Iterator[tuple[str, Learned | Problem]]:
    """Read files whose name tells nothing: a copy that a sync client made may hold a segment."""
    wanted = list(paths)
    for path, data in zip(wanted, _read_ahead(folder, wanted), strict=True):
        if isinstance(data, Problem):
            yield path, data
        elif data is not None:
            yield path, verified(data, None, space=space, path=path)


def verified(data: bytes, name: Name | None, *, space: str, path: str = "") -> Learned | Problem:
    """Verify a segment against its name, when it has one, and the space it is found in."""
    path = name.path if name else path
    try:
        segment = open_segment(data)
    except SegmentTooRecent:
        return Problem("update_veille", path)
    except SegmentError as problem:
        return Problem("bad_signature" if str(problem) == "signature" else "damaged_segment", path)
    header = segment.header
    own = Name(header.device, header.sequence, segment.id[:16])
    if header.space != space or (name is not None and own != name):
        return Problem("foreign_segment", path)
    return Learned(own, segment, data)


def _inside(pack: PackName, data: bytes, *, space: str) -> Learned | Problem:
    one = verified(data, None, space=space, path=pack.path)
    if isinstance(one, Problem):
        return one
    if one.name.device != pack.device or not pack.first <= one.name.sequence <= pack.last:
        return Problem("foreign_segment", pack.path)
    return Learned(one.name, one.segment, data, pack.file)


def _read_ahead(
    folder: ShareFolder, paths: Sequence[str], *, limit: int = MAX_SEGMENT_BYTES
) -> Iterator[bytes | Problem | None]:
    """Read files in order, a few of them in flight."""

    def read(path: str) -> bytes | Problem | None:
        return _read(folder, path, limit)

    if len(paths) < 3:
        yield from map(read, paths)
        return
    waiting: deque[Future[bytes | Problem | None]] = deque()
    with ThreadPoolExecutor(AHEAD) as pool:
        try:
            for path in paths:
                waiting.append(pool.submit(read, path))
                if len(waiting) == AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for one in waiting:
                one.cancel()


def _read(folder: ShareFolder, path: str, limit: int) -> bytes | Problem | None:
    """Read one file; one that cannot be read does not end the round while the folder answers."""
    try:
        return folder.read(path, limit=limit)
    except ShareError:
        if folder.read(layout.MARKER, limit=layout.MAX_MARKER) is None:
            raise
        return Problem("unreadable_file", path)


def post(folder: ShareFolder, path: str, data: bytes) -> bool:
    """Put a file of ours in the folder and read it back. True when it is there, byte for byte."""
    limit = len(data)
    if not folder.create(path, data):
        if folder.read(path, limit=limit) == data:
            return True
        # Torn by a cut in mid-write, and ours: only then is a file replaced.
        folder.delete(path)
        folder.create(path, data)
    return folder.read(path, limit=limit) == data


def announce(folder: ShareFolder, newest: Name, announced: Iterable[Name]) -> None:
    """Announce our newest segment, then take down our older heads."""
    folder.create(newest.head, b"{}")
    for old in plan.old_heads(announced, newest):
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
