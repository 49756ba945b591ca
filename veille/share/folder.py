"""The verbs asked of a shared folder, and nothing more: list, read, create, delete one's own.

These exist on SMB, NFS, USB, sync clients, WebDAV and S3 alike. No lock, no rename, no append,
no time of modification, and absence means nothing. Every trouble is a ShareError.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class ShareFolder(Protocol):
    """What ``carry`` asks of a folder. Paths are relative, with "/"."""

    @property
    def name(self) -> str:
        """Give what people call it, for messages."""

    def list(self, path: str) -> Mapping[str, int] | None:
        """Give ``{name: size}`` of a folder (-1 for a folder); None when it does not exist."""

    def read(self, path: str, *, limit: int) -> bytes | None:
        """Give the bytes of a file, ``limit`` at most; None when it does not exist."""

    def create(self, path: str, data: bytes) -> bool:
        """Create a file that must not exist; False when it does."""

    def delete(self, path: str) -> None:
        """Delete a file of one's own; a missing one is no error."""

    def written_at(self, path: str) -> float | None:
        """Give when a file was written, in seconds since 1970, by the folder's own clock.

        None when it does not say. Only to find a clock that is wrong: nothing is decided by it.
        """

    def make(self) -> None:
        """Make the folder itself, when a space is opened in a new one beside existing ones."""
