"""What the window keeps of a person's choices, read and written without Qt: ``window.ini``.

Qt writes it too (``ui/state.py``): it merges what others wrote there, line by line. Only plain words
under ``[General]`` concern us; everything else is left as it stands.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from veille.desk.paths import ProfilePaths
from veille.domain.errors import StoreDamaged

_GENERAL: Final = "[General]"
_PLAIN: Final = re.compile(r"[A-Za-z0-9 ._-]*")
_LARGEST: Final = 1_000_000


def path(place: ProfilePaths) -> Path:
    """Give the file."""
    return place.root / "window.ini"


def words(place: ProfilePaths) -> dict[str, str]:
    """Give the plain words of the file; none when it is not there, or cannot be read."""
    told: dict[str, str] = {}
    section = ""
    for line in _lines(place):
        if line.startswith("["):
            section = line
        elif section == _GENERAL and "=" in line:
            name, _equal, value = line.partition("=")
            value = value.strip('"')
            if _PLAIN.fullmatch(value):
                told[name] = value
    return told


def keys(place: ProfilePaths) -> int:
    """Count the actions that were given other keys."""
    section, found = "", 0
    for line in _lines(place):
        if line.startswith("["):
            section = line
        elif section == "[keys]" and line.partition("=")[2]:
            found += 1
    return found


def set_word(place: ProfilePaths, name: str, value: str) -> None:
    """Keep a plain word, "" to forget it. Raises StoreDamaged when the file cannot be written."""
    kept = [one for one in _lines(place) if not one.startswith(f"{name}=")]
    if value:
        at = kept.index(_GENERAL) + 1 if _GENERAL in kept else 0
        kept[at:at] = [f"{name}={value}"] if at else [_GENERAL, f"{name}={value}", ""]
    target = path(place)
    try:
        new = target.with_name(f"{target.name}.new")
        new.write_text("\n".join(kept) + "\n", encoding="utf-8")
        new.replace(target)
    except OSError as problem:
        raise StoreDamaged(detail="window.ini") from problem


def _lines(place: ProfilePaths) -> list[str]:
    try:
        with path(place).open(encoding="utf-8", errors="replace") as file:
            return file.read(_LARGEST).splitlines()
    except OSError:
        return []
