"""A shared folder that misbehaves on purpose: every fault of a drive, a sync client or a disk.

``World`` is what is really stored; ``View`` is what one device is shown of it, through the same
four verbs as a real folder. All chance comes from the seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random  # noqa: TID251 - seeded by the run

from veille.domain.errors import ShareFull, ShareReadOnly, ShareUnavailable
from veille.share import layout


class Crash(BaseException):
    """The process died here."""


@dataclass(slots=True)
class Faults:
    """How likely each fault is, per call or per step of the run; 0 for never."""

    crash: float = 0.0
    flaky: float = 0.0
    torn: float = 0.0
    full: float = 0.0
    read_only: float = 0.0
    stale_list: float = 0.0
    stale_read: float = 0.0
    lying: float = 0.0
    rot: float = 0.0
    vanish: float = 0.0
    restore: float = 0.0
    half_deleted: float = 0.0
    clone: float = 0.0
    rollback: float = 0.0
    departs: float = 0.0
    copies: float = 0.0
    strangers: float = 0.0
    skew: float = 0.0
    hub: bool = False


@dataclass(slots=True)
class World:
    """What the drive holds, and what was done to it."""

    random: Random
    faults: Faults
    files: dict[str, bytes] = field(default_factory=dict)
    past: list[dict[str, bytes]] = field(default_factory=list)
    injected: Counter[str] = field(default_factory=Counter)
    away: bool = False
    calm: bool = False

    def happens(self, fault: str) -> bool:
        """Draw whether a fault happens now, and count it."""
        if self.calm or self.random.random() >= getattr(self.faults, fault):
            return False
        self.injected[fault] += 1
        return True


class View:
    """A ``ShareFolder`` over the world, as one device sees it."""

    name = "simulated"

    def __init__(self, world: World) -> None:
        self._world = world
        self._old: dict[str, dict[str, int]] = {}
        self._cache: dict[str, bytes] = {}
        self.files = world.files

    def list(self, path: str) -> Mapping[str, int] | None:
        self._touch()
        shown = self._listed(path)
        if shown is None:
            return None
        if path in self._old and self._world.happens("stale_list"):
            return self._old[path]
        self._old[path] = shown
        return shown

    def _listed(self, path: str) -> dict[str, int] | None:
        prefix = f"{path}/" if path else ""
        found: dict[str, int] = {}
        for one, data in self._files().items():
            if one.startswith(prefix):
                name, slash, _rest = one[len(prefix) :].partition("/")
                found[name] = -1 if slash else len(data)
        return found if found or not path else None

    def read(self, path: str, *, limit: int) -> bytes | None:
        self._touch()
        if path != "veille-espace.json" and self._world.happens("stale_read"):
            return None
        if path in self._cache:
            return self._cache.pop(path)
        data = self._files().get(path)
        return None if data is None else data[: limit + 1]

    def create(self, path: str, data: bytes) -> bool:
        self._touch()
        self._writable()
        if not layout.is_ours(path):
            raise AssertionError(path)
        if path in self._files():
            return False
        if self._world.happens("torn"):
            self._files()[path] = data[: self._world.random.randrange(len(data))]
            raise Crash
        at = self._world.random.randrange(len(data))
        if len(data) > 10 and self._world.happens("lying"):
            # The disk says yes, shows it once from its cache, and keeps less.
            self._cache[path] = data
            data = data[:at]
        elif len(data) > 10 and self._world.happens("rot"):
            self._cache[path] = data
            data = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        self._files()[path] = data
        return True

    def delete(self, path: str) -> None:
        self._touch()
        self._writable()
        self._files().pop(path, None)

    def written_at(self, path: str) -> float | None:
        return None

    def make(self) -> None:
        """The folder is there."""

    def _files(self) -> dict[str, bytes]:
        return self.files if self._world.faults.hub else self._world.files

    def _touch(self) -> None:
        if self._world.happens("crash"):
            raise Crash
        if self._world.away or self._world.happens("flaky"):
            raise ShareUnavailable(folder=self.name)

    def _writable(self) -> None:
        if self._world.happens("full"):
            raise ShareFull(folder=self.name)
        if self._world.happens("read_only"):
            raise ShareReadOnly(folder=self.name)


class Hub:
    """A synchronisation program: each device has a replica, news travel late and in any order."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._last: dict[int, dict[str, bytes]] = {}

    def turn(self, number: int, replica: dict[str, bytes], *, everything: bool = False) -> None:
        """Carry some of the changes of one replica, both ways."""
        hub, last, random = self._world.files, self._last.setdefault(number, {}), self._world.random
        paths = sorted(set(hub) | set(replica) | set(last))
        random.shuffle(paths)
        for path in paths:
            if not everything and random.random() < 0.5:
                continue
            ours, theirs, before = replica.get(path), hub.get(path), last.get(path)
            if ours == theirs:
                pass
            elif theirs == before:
                _set(hub, path, ours)
            elif ours == before:
                _set(replica, path, theirs)
            elif ours is None or theirs is None:
                _set(hub, path, ours or theirs)
                _set(replica, path, ours or theirs)
            else:
                # Both changed: what the others have stays, ours is kept beside it.
                self._world.injected["conflict copy"] += 1
                stem, dot, suffix = path.rpartition(".")
                copy = f"{stem} (conflicted copy {number}){dot}{suffix}"
                hub[copy] = replica[copy] = last[copy] = ours
                replica[path] = theirs
            _set(last, path, hub.get(path))


def _set(files: dict[str, bytes], path: str, data: bytes | None) -> None:
    if data is None:
        files.pop(path, None)
    else:
        files[path] = data
