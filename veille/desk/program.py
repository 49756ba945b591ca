"""How Veille is started again: by its window for its workers, by browsers, by the system.

From a checkout or a wheel it is Python that starts, with the name of the module. A package holds
programs instead: ``veille``; ``veille-host`` for browsers, which wait for it, so that it is a small
one; and on Windows, where a program either has a console or has none, ``veille-cli`` for whatever
is said on pipes.
"""

from __future__ import annotations

import sys
from pathlib import Path


def is_packaged() -> bool:
    """Tell whether this is a package, with no Python beside it."""
    return bool(getattr(sys, "frozen", False))


def folder() -> Path:
    """Give the folder of the program that runs."""
    return Path(sys.executable).parent


def on_pipes() -> tuple[str, ...]:
    """Give the command that starts Veille and speaks with it on its pipes."""
    if not is_packaged():
        return (sys.executable, "-m", "veille")
    return (beside("veille-cli" if sys.platform == "win32" else "veille"),)


def from_outside() -> tuple[str, ...]:
    """Give the command with which the system opens the window.

    -P: the folder in which the system happens to run must not be searched for modules.
    """
    if not is_packaged():
        return (sys.executable, "-P", "-m", "veille")
    return (beside("veille"),)


def beside(name: str) -> str:
    """Give the path of another program of the package."""
    running = Path(sys.executable)
    return str(running.with_name(f"{name}{running.suffix}"))
