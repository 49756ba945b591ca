"""Connecting the browsers to this profile, and letting them go."""

from __future__ import annotations

import sys
from pathlib import Path

from veille.capture import register
from veille.capture.register import Where
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
    root = str(house.paths.root)
    python = Path(sys.executable)
    if getattr(sys, "frozen", False):
        # The second program of a frozen Veille: browsers wait for it, so that it is a small one.
        host: tuple[str, ...] = (str(python.with_name(f"veille-host{python.suffix}")),)
        program: tuple[str, ...] = (str(python), "--profile", root)
    else:
        host = register.module_host(str(python))
        program = (str(python), "-P", "-m", "veille", "--profile", root)
    return Where(
        home=Path.home(),
        folder=house.paths.root / "browser",
        host=host,
        program=program,
        spool=house.paths.spool,
    )
