"""Sums of the files of the index: they are written once, so a flipped bit on a disk is found."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

_FILE: Final = "sums.json"
_KINDS: Final = ("*.seg", "*.toc")


def write(folder: Path) -> None:
    """Sum the files that a commit has made, and forget those it has taken away."""
    known = _known(folder)
    sums = {path.name: known.get(path.name) or _sum(path) for path in _files(folder)}
    draft = folder / f"{_FILE}.new"
    draft.write_text(json.dumps(sums, sort_keys=True), encoding="utf-8")
    draft.replace(folder / _FILE)


def altered(folder: Path) -> list[str]:
    """Name the files that are not what was written; a file without a sum says nothing."""
    known = _known(folder)
    return [
        path.name
        for path in _files(folder)
        if path.name in known and known[path.name] != _sum(path)
    ]


def _files(folder: Path) -> list[Path]:
    return sorted(path for kind in _KINDS for path in folder.glob(kind))


def _sum(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:32]
    except OSError:
        # Merged away meanwhile: nothing to compare.
        return ""


def _known(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
