"""Connecting the browsers to this profile, and letting them go."""

from __future__ import annotations

import sys
from pathlib import Path

from veille.capture import register
from veille.capture.register import Where
from veille.desk import program
from veille.desk.house import House
from veille.domain.errors import FileUnreadable


def connect(house: House) -> list[str]:
    """Let the extension speak to this profile. Gives what was written. Raises FileUnreadable."""
    try:
        return register.register(_where(house))
    except OSError as problem:
        raise FileUnreadable(path=str(problem.filename or problem)) from problem


def disconnect(house: House) -> list[str]:
    """Take back what ``connect`` wrote."""
    return register.unregister(_where(house))


def _where(house: House) -> Where:
    if program.is_packaged():
        host: tuple[str, ...] = (program.beside("veille-host"),)
    else:
        host = register.module_host(sys.executable)
    return Where(
        home=Path.home(),
        folder=house.paths.root / "browser",
        host=host,
        program=(*program.from_outside(), "--profile", str(house.paths.root)),
        spool=house.paths.spool,
    )
