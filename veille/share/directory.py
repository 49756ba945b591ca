"""A shared folder that the operating system shows as a directory: a drive, a synchronised folder.

OSError stops here. Nothing is created in the place of a drive that is away.
"""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Final, TypeVar

from veille.domain.errors import ShareError, ShareFull, ShareReadOnly, ShareUnavailable

T = TypeVar("T")

_READ_ONLY: Final = {errno.EACCES, errno.EPERM, errno.EROFS}
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# Some shares cannot flush to disk and say so: the checksum in the name is what protects.
_NO_FLUSH: Final = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}
_EASY: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# Windows: access denied, sharing violation, lock violation. An antivirus holds the file a moment.
_BUSY: Final = {5, 32, 33}
_BUSY_TURNS: Final = 6
_BUSY_SECONDS: Final = 0.05


class Directory:
    """A ``ShareFolder`` that the operating system shows as a directory."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def name(self) -> str:
        """Give the path, as people know it."""
        return str(self._root)

    def make(self) -> None:
        """Make the folder itself, beside existing ones, when a space is opened in a new folder."""
        if self._root.parent.is_dir():
            self._try(lambda: self._root.mkdir(exist_ok=True))

    def list(self, path: str) -> Mapping[str, int] | None:
        """See ShareFolder."""

        def scan() -> dict[str, int] | None:
            try:
                with os.scandir(self._root / path) as entries:
                    return {_shown(one.name): _size(one) for one in entries}
            except (FileNotFoundError, NotADirectoryError):
                return None

        return self._try(scan, writing=False)

    def read(self, path: str, *, limit: int) -> bytes | None:
        """See ShareFolder."""

        def fetch() -> bytes | None:
            try:
                # Not blocking: a pipe put there in place of a file must not hold us.
                handle = os.open(self._root / path, os.O_RDONLY | _EASY)
                with os.fdopen(handle, "rb") as file:
                    if not stat.S_ISREG(os.fstat(handle).st_mode):
                        return None
                    return file.read(limit + 1)
            except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
                return None

        return self._try(fetch, writing=False)

    def create(self, path: str, data: bytes) -> bool:
        """See ShareFolder. Folders below the root are made; the root itself never."""

        def write() -> bool:
            target = self._root / path
            if not self._root.is_dir():
                # Never create the path: an unmounted drive must not become a local folder.
                raise FileNotFoundError(errno.ENOENT, "unmounted", str(self._root))
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                file = target.open("xb", buffering=0)
            except FileExistsError:
                return False
            try:
                with file:
                    _write_all(file, data)
            except OSError:
                # Ours, and not whole: leave no half file behind where the disk lets us.
                with suppress(OSError):
                    target.unlink()
                raise
            return True

        return self._try(write)

    def delete(self, path: str) -> None:
        """See ShareFolder."""
        self._try(lambda: (self._root / path).unlink(missing_ok=True))

    def written_at(self, path: str) -> float | None:
        """See ShareFolder."""
        try:
            return (self._root / path).stat().st_mtime
        except OSError:
            # Packed meanwhile by another process of ours, or gone: it is asked again next time.
            return None

    def _try(self, act: Callable[[], T], *, writing: bool = True) -> T:
        for turn in range(_BUSY_TURNS):
            try:
                return act()
            except OSError as problem:
                if getattr(problem, "winerror", 0) not in _BUSY or turn == _BUSY_TURNS - 1:
                    raise self._meaning(problem, writing=writing) from problem
            threading.Event().wait(_BUSY_SECONDS * 2**turn)
        raise ShareUnavailable(folder=self.name)

    def _meaning(self, problem: OSError, *, writing: bool) -> ShareError:
        if problem.errno in _FULL:
            return ShareFull(folder=self.name)
        if writing and problem.errno in _READ_ONLY:
            return ShareReadOnly(folder=self.name)
        return ShareUnavailable(folder=self.name)


def _shown(name: str) -> str:
    """Give a name as text: what is not UTF-8 is nobody's here, and must not break a listing."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _size(entry: os.DirEntry[str]) -> int:
    """Give a size: -1 for a folder, and for what vanished or leads nowhere."""
    try:
        return -1 if entry.is_dir(follow_symlinks=False) else entry.stat().st_size
    except OSError:
        return -1


def _write_all(file: FileIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
    try:
        os.fsync(file.fileno())
    except OSError as problem:
        if problem.errno not in _NO_FLUSH:
            raise
