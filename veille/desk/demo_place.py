"""Where the demo memory of a profile is, whether it is there, and how it goes away without trace.

It is a profile of its own inside that of who looks at it: a folder that is deleted whole.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from veille.desk.paths import ProfilePaths
from veille.domain.errors import StoreBusy

_FOLDER: Final = "demo"
_MARK: Final = "this-is-the-demo-memory"


def place(own: ProfilePaths) -> ProfilePaths:
    """Give where the demo memory of a profile is, or would be."""
    return own if is_demo(own) else ProfilePaths(own.root / _FOLDER)


def is_demo(profile: ProfilePaths) -> bool:
    """Tell whether a profile is a demo memory that may be removed whole."""
    return profile.root.name == _FOLDER and (profile.root / _MARK).is_file()


def mark(begun: ProfilePaths) -> None:
    """Mark a profile as one that may be removed whole."""
    (begun.root / _MARK).touch()


def is_there(own: ProfilePaths) -> bool:
    """Tell whether a profile has a demo memory beside its own."""
    return is_demo(place(own))


def remove(own: ProfilePaths) -> bool:
    """Remove the demo memory, whole; tells whether there was one. Raises StoreBusy.

    Nobody may have it open any more. What is there without the mark is somebody's: it stays.
    """
    there = place(own)
    if not is_demo(there):
        return False
    gone = there.root.with_name(f"{_FOLDER}.gone")
    try:
        # At once, or not at all: what is half deleted could still be opened.
        there.root.rename(gone)
    except OSError as problem:
        raise StoreBusy from problem
    clear(gone)
    return True


def clear(folder: Path) -> None:
    """Delete a folder, if it is there."""
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
