"""One file of named arrays, written once, mapped in memory, every block of it under a checksum.

A file is its sections end to end, the CRC-32 of each block of 4 KiB, a footer in JSON that tells
where each section stands, and a trailer of fixed size. A file cut short has no trailer; a flipped
byte is found the first time its block is read, before anything is answered from it. Nothing is
read at opening but the footer, so a file of 200 MB opens in a fraction of a millisecond.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

# A page: what is read for a rare word is little more than what it has.
_BLOCK: Final = 1 << 12
_ALIGN: Final = 64
_MAGIC: Final = b"VEILLEIX"
_TRAILER: Final = struct.Struct("<QII8s")
_MAX_FOOTER: Final = 1 << 24


class Damaged(Exception):
    """A file of the index is not what was written. ``name`` is the file's."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class ContainerWriter:
    """Writes one file. Nobody reads it before ``close``, which flushes it to the disk."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")
        self._at = 0
        self._crc = 0
        self._sums: list[int] = []
        self._sections: dict[str, tuple[str, int, int]] = {}

    def add(self, name: str, array: Array) -> None:
        """Write a whole section."""
        self.begin(name, array.dtype)
        self.append(array)

    def begin(self, name: str, dtype: npt.DTypeLike) -> None:
        """Begin a section that ``append`` will fill."""
        self._write(bytes(-self._at % _ALIGN))
        self._name = name
        self._sections[name] = (np.dtype(dtype).newbyteorder("<").str, self._at, 0)

    def append(self, array: Array) -> None:
        """Go on with the section begun last."""
        dtype, at, count = self._sections[self._name]
        self._write(np.ascontiguousarray(array, dtype=dtype).view(np.uint8).data)
        self._sections[self._name] = (dtype, at, count + len(array))

    def close(self, about: Mapping[str, Any]) -> None:
        """Finish the file. ``about`` is kept with it, and must fit JSON."""
        sums = np.array([*self._sums, self._crc], dtype="<u4").tobytes()
        footer = {
            "about": about,
            "sections": self._sections,
            "sums": [self._at, len(sums), zlib.crc32(sums)],
        }
        text = json.dumps(footer).encode()
        total = self._at + len(sums) + len(text) + _TRAILER.size
        trailer = _TRAILER.pack(total, len(text), zlib.crc32(text), _MAGIC)
        self._file.write(sums + text + trailer)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the file."""
        self._file.close()

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        done = 0
        while done < len(data):
            part = data[done : done + _BLOCK - self._at % _BLOCK]
            self._crc = zlib.crc32(part, self._crc)
            self._at += len(part)
            done += len(part)
            if self._at % _BLOCK == 0:
                self._sums.append(self._crc)
                self._crc = 0


class Container:
    """An open file of arrays. ``about`` is what its writer said of it.

    Every method raises Damaged when what it would give is not what was written.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        with path.open("rb") as file:
            self._size = os.fstat(file.fileno()).st_size
            if self._size < _TRAILER.size:
                raise Damaged(self.name)
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            footer = self._footer()
            self.about: dict[str, Any] = footer["about"]
            self._sections: dict[str, tuple[str, int, int]] = footer["sections"]
            at, length, crc = footer["sums"]
        except (KeyError, TypeError, ValueError) as problem:
            raise Damaged(self.name) from problem
        sums = self._map[at : at + length]
        if zlib.crc32(sums) != crc:
            raise Damaged(self.name)
        self._end = at
        self._sums = np.frombuffer(sums, dtype="<u4")
        self._bytes = memoryview(self._map)
        self._checked = bytearray(len(self._sums))
        self._views: dict[str, tuple[Array, int, int]] = {}

    def _footer(self) -> dict[str, Any]:
        total, length, crc, magic = _TRAILER.unpack(self._map[-_TRAILER.size :])
        if magic != _MAGIC or total != self._size or length > _MAX_FOOTER:
            raise Damaged(self.name)
        text = self._map[-_TRAILER.size - length : -_TRAILER.size]
        if zlib.crc32(text) != crc:
            raise Damaged(self.name)
        found: dict[str, Any] = json.loads(text)
        return found

    def __contains__(self, name: str) -> bool:
        """Tell whether there is such a section."""
        return name in self._sections

    def whole(self, name: str) -> Array:
        """Give a section, checked."""
        return self.part(name, 0, len(self._view(name)[0]))

    def part(self, name: str, start: int, stop: int) -> Array:
        """Give a part of a section, only that part checked."""
        view, at, size = self._view(name)
        if start < stop:
            self._check_bytes(at + start * size, at + stop * size)
        return view[start:stop]

    def check(self) -> None:
        """Read everything, and compare it with its checksums."""
        if self._end:
            self._check_bytes(0, self._end)

    def _view(self, name: str) -> tuple[Array, int, int]:
        """Give a section unchecked, where it begins, and the bytes of an item."""
        known = self._views.get(name)
        if known is None:
            dtype, at, count = self._sections[name]
            view = np.frombuffer(self._map, dtype=dtype, count=count, offset=at)
            known = self._views[name] = view, at, view.itemsize
        return known

    def _check_bytes(self, start: int, stop: int) -> None:
        first, last = start // _BLOCK, (stop - 1) // _BLOCK
        checked = self._checked
        if checked.count(1, first, last + 1) != last + 1 - first:
            for block in range(first, last + 1):
                if not checked[block]:
                    self._check_block(block)

    def _check_block(self, block: int) -> None:
        data = self._bytes[block * _BLOCK : min((block + 1) * _BLOCK, self._end)]
        if zlib.crc32(data) != int(self._sums[block]):
            raise Damaged(self.name)
        self._checked[block] = 1
