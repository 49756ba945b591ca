"""Opening a shared folder from what people write: a path, or an address."""

from __future__ import annotations

from pathlib import Path

from veille.share.directory import Directory
from veille.share.folder import ShareFolder


def opened(folder: str) -> ShareFolder:
    """Open a shared folder. Nothing is read yet."""
    return Directory(Path(folder))
