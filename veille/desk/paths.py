"""Where things are: the profile, and what ships with the program."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from veille.desk import program

UNFINISHED: Final = "unfinished"
TRAVELLING: Final = "profil"


@dataclass(frozen=True, slots=True)
class ProfilePaths:
    """The files of one person's memory on one machine."""

    root: Path

    @property
    def database(self) -> Path:
        """Give the SQLite file."""
        return self.root / "veille.sqlite"

    @property
    def blobs(self) -> Path:
        """Give the folder of pages and images."""
        return self.root / "blobs"

    @property
    def index(self) -> Path:
        """Give the folder of the search index."""
        return self.root / "index"

    @property
    def spool(self) -> Path:
        """Give the folder where the browser leaves what was clipped in it."""
        return self.root / "spool"

    @property
    def backups(self) -> Path:
        """Give the folder of dated copies of the memory."""
        return self.root / "backups"

    @property
    def set_aside(self) -> Path:
        """Give the folder of memories that a restoration replaced."""
        return self.root / "set-aside"

    @property
    def is_unfinished(self) -> bool:
        """Tell whether a restoration was cut short."""
        return any(self.set_aside.glob(f"*/{UNFINISHED}"))

    @property
    def lock(self) -> Path:
        """Give the file that says a window is open."""
        return self.root / "window.lock"

    @property
    def log(self) -> Path:
        """Give the log: what failed, never what was read."""
        return self.root / "veille.log"


def profile(chosen: str | None = None) -> ProfilePaths:
    """Choose the profile: the argument, VEILLE_PROFILE, the folder that travels with the program.

    Where there is none of them: the platform's folder of this person's data.
    """
    named = chosen or os.environ.get("VEILLE_PROFILE") or _travelling()
    root = Path(named) if named else platformdirs.user_data_path("veille", appauthor=False)
    return ProfilePaths(root.expanduser().absolute())


def _travelling() -> Path | None:
    """Give the profile beside a packaged program, on a USB key for instance, if there is one."""
    beside = program.folder() / TRAVELLING
    return beside if program.is_packaged() and beside.is_dir() else None


def resources() -> Path:
    """Give the folder of resources: inside the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "_resources"
    return shipped if shipped.is_dir() else package.parent / "resources"
