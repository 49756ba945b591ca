"""Files kept by what they hold: pages, clean forms, images. A name never lies about its content."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from veille.domain.errors import BlobDamaged, StoreDamaged, StoreFull

_NAME: Final = re.compile(r"[0-9a-f]{64}\Z")
MAX_BLOB: Final = 64 * 1024 * 1024


class Blobs:
    """A folder of blobs, each compressed, named by the SHA-256 of its content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Keep bytes and return their name. Keeping the same twice costs nothing."""
        name = hashlib.sha256(data).hexdigest()
        path = self._path(name)
        if path.exists():
            return name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f"{name}.{os.getpid()}-{threading.get_ident()}.new")
            with draft.open("wb") as file:
                file.write(zlib.compress(data, 6))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError as problem:
            full = problem.errno in {errno.ENOSPC, errno.EDQUOT}
            raise (StoreFull() if full else StoreDamaged(detail=str(problem))) from problem
        return name

    def get(self, name: str) -> bytes:
        """Give bytes back, verified. Raises BlobDamaged when missing or altered."""
        if not _NAME.match(name):
            raise BlobDamaged(sha256=name)
        try:
            packed = self._path(name).read_bytes()
            data = zlib.decompressobj().decompress(packed, MAX_BLOB)
        except (OSError, zlib.error) as problem:
            raise BlobDamaged(sha256=name) from problem
        if hashlib.sha256(data).hexdigest() != name:
            raise BlobDamaged(sha256=name)
        return data

    def has(self, name: str) -> bool:
        """Tell whether a blob is here, without reading it."""
        return _NAME.match(name) is not None and self._path(name).exists()

    def names(self) -> Iterator[str]:
        """Give every blob kept."""
        for path in sorted(self._folder.glob("??/*")):
            if _NAME.match(path.name):
                yield path.name

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name
