"""What arrives by itself: files saved in the folder “À clipper”, gestures left by the browser.

A file is taken once it has stopped growing: two looks a moment apart see it the same. It is then
kept as a blob and queued, and only afterwards moved to a folder beside: a stop at any instant
leaves it to the next look, which recognises what it has already. Reading comes behind.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import platformdirs

from veille.capture import door, spool
from veille.capture.caught import Caught
from veille.desk import clipping
from veille.desk.clipping import ClipOptions, Clipped
from veille.desk.house import House
from veille.domain.errors import FileUnreadable, StoreError, VeilleError
from veille.store import local

# Seconds during which a file must not have changed.
SETTLED: Final = 0.8
_MOST: Final = 500
_A_DAY: Final = 86_400
_MOST_INSIDE: Final = 2_000
_FOLDER: Final = "drop_folder"
# How browsers and copying programs call what is not finished.
_UNFINISHED: Final = (
    ".crdownload",
    ".part",
    ".partial",
    ".download",
    ".tmp",
    ".!ut",
    ".opdownload",
)
_NOT_OURS: Final = frozenset({"desktop.ini", "thumbs.db"})


@dataclass(frozen=True, slots=True)
class FolderNames:
    """What the watched folder and those beside it are called, in the language spoken."""

    inbox: str
    done: str
    unread: str
    about: str
    explained: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of one file or gesture: in the queue, or the problem it had."""

    name: str
    clipped: tuple[Clipped, ...] = ()
    problem: VeilleError | None = None


@dataclass(slots=True)
class Arrivals:
    """Looks at both places; remembers what it saw growing.

    Attributes:
        house: the profile.
        seen: size and time of each file at the last look, and since when they stand.
    """

    house: House
    seen: dict[Path, tuple[tuple[int, ...], int]] = field(default_factory=dict)

    def look(self, names: FolderNames) -> list[Arrived]:
        """Take what has settled. Never raises for one file; StoreError stops the round."""
        return [*self._gestures(), *self._files(names)]

    @property
    def is_settling(self) -> bool:
        """Tell whether something was seen that has still to settle."""
        return bool(self.seen)

    def _gestures(self) -> Iterator[Arrived]:
        folder = self.house.paths.spool
        spool.tidy(folder, before=self.house.now() / 1000 - _A_DAY)
        for path in spool.waiting(folder)[:_MOST]:
            try:
                caught = spool.read(path)
                clipped = _taken(self.house, [caught], door_="browser")
            except StoreError:
                raise
            except VeilleError as problem:
                _move(path, folder / "unread")
                yield Arrived(path.name, problem=problem)
                continue
            with suppress(OSError):
                path.unlink()
            yield Arrived(path.name, clipped)

    def _files(self, names: FolderNames) -> Iterator[Arrived]:
        folder = folder_of(self.house, names)
        for path in self._settled(folder):
            try:
                caught = door.open_file(path, limit=self.house.limits.file_bytes)
                clipped = _taken(self.house, caught, door_="folder")
            except StoreError:
                raise
            except VeilleError as problem:
                if isinstance(problem, FileUnreadable) and not path.exists():
                    continue
                _move(path, folder / names.unread)
                yield Arrived(path.name, problem=problem)
                continue
            _move(path, folder / names.done)
            yield Arrived(path.name, clipped)

    def _settled(self, folder: Path) -> list[Path]:
        now = self.house.now()
        found: dict[Path, tuple[tuple[int, ...], int]] = {}
        ready = []
        for path in _candidates(folder):
            state = _state(path)
            if not state:
                continue
            before, since = self.seen.get(path, ((), now))
            if before != state:
                found[path] = (state, now)
            elif now - since >= SETTLED * 1000:
                ready.append(path)
            else:
                found[path] = (state, since)
        self.seen = found
        return ready


def folder_of(house: House, names: FolderNames) -> Path:
    """Give the watched folder; it is made, with a word about it, when it is not there yet."""
    told = chosen(house)
    folder = Path(told) if told else _place(house) / names.inbox
    if not told:
        set_folder(house, folder)
    if not folder.exists():
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / names.about).write_text(names.explained, encoding="utf-8")
    return folder


def chosen(house: House) -> str:
    """Give the watched folder as it was noted, "" before the first look."""
    with house.database.reading() as db:
        return local.meta(db, _FOLDER)


def is_usual(house: House, folder: str) -> bool:
    """Tell whether a watched folder is the one that nobody chose, in whatever language."""
    return not folder or Path(folder).parent == _place(house)


def set_folder(house: House, folder: Path | None) -> None:
    """Watch another folder from now on; None for the usual one."""
    with house.database.writing() as db:
        if folder is None:
            local.drop_meta(db, _FOLDER)
        else:
            local.set_meta(db, _FOLDER, str(folder.expanduser().absolute()))


def _place(house: House) -> Path:
    root = house.paths.root
    if root == Path(platformdirs.user_data_path("veille", appauthor=False)):
        return platformdirs.user_documents_path() / "Veille"
    return root


def _candidates(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            files = [Path(one.path) for one in entries if one.is_file(follow_symlinks=False)]
    except OSError:
        return []
    return sorted(one for one in files if _is_finished(one.name))[:_MOST]


def _is_finished(name: str) -> bool:
    low = name.lower()
    hidden = low.startswith((".", "~")) or low.endswith("~")
    ours = low.startswith(("lisez-moi", "read-me"))
    return not hidden and not ours and low not in _NOT_OURS and not low.endswith(_UNFINISHED)


def _state(path: Path) -> tuple[int, ...]:
    """Sum up a file and the folder saved along with it; () when it is gone or held."""
    try:
        told = path.stat()
        state = [told.st_size, told.st_mtime_ns]
        for beside in door.companions(path):
            with os.scandir(beside) as entries:
                inside = [
                    one.stat(follow_symlinks=False)
                    for one, _n in zip(entries, range(_MOST_INSIDE), strict=False)
                ]
            state += [len(inside), sum(one.st_size for one in inside)]
    except OSError:
        return ()
    return tuple(state) if told.st_size else ()


def _taken(house: House, caught: list[Caught], *, door_: str) -> tuple[Clipped, ...]:
    return tuple(clipping.take(house, one, ClipOptions(), door=door_) for one in caught)


def finished(house: House, taken: Clipped) -> Clipped:
    """Read what was taken. What cannot be had waits in the queue, with its problem."""
    try:
        return clipping.finish(house, taken.id)
    except StoreError:
        raise
    except VeilleError:
        return taken


def _move(path: Path, folder: Path) -> None:
    """Put a file aside under a name of its own; what cannot be moved stays, and is known."""
    for one in (path, *door.companions(path)):
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / one.name
            number = 1
            while target.exists():
                number += 1
                target = folder / f"{one.stem} ({number}){one.suffix}"
            one.rename(target)
