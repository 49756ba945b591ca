"""What the changelog says of each release, for the systems that show it to people.

Under ``## Veille 1.0.0 — 27 novembre 2026`` stand a list in French and a paragraph in English that
says that it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_HEADING: Final = re.compile(r"^##\s+(?:Veille\s+)?\[?(\d+\.\d+(?:\.\d+)?)\]?(.*)$", re.MULTILINE)
_ISO: Final = re.compile(r"(\d{4}-\d{2}-\d{2})")
_FRENCH: Final = re.compile(rf"(\d{{1,2}})(?:er)?\s+({'|'.join(_MONTHS)})\s+(\d{{4}})")
_ENGLISH: Final = "In English: "


@dataclass(frozen=True, slots=True)
class Release:
    """One release, and what is new in it; "" where nothing is said in a language."""

    version: str
    date: str
    french: str = ""
    english: str = ""


def read(changelog: Path) -> list[Release]:
    """Read the releases that have a date, as they stand; none where there is no changelog."""
    if not changelog.is_file():
        return []
    text = changelog.read_text(encoding="utf-8")
    found = list(_HEADING.finditer(text))
    ends = [*(one.start() for one in found[1:]), len(text)]
    told = [
        _release(one[1], _date(one[2]), text[one.end() : end])
        for one, end in zip(found, ends, strict=True)
    ]
    return [one for one in told if one.date]


def _date(told: str) -> str:
    if found := _ISO.search(told):
        return found[1]
    if found := _FRENCH.search(told.lower()):
        return f"{found[3]}-{_MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}"
    return ""


def _release(version: str, date: str, text: str) -> Release:
    blocks = [" ".join(one.split()) for one in re.split(r"\n\s*\n|\n(?=[-*] )", text)]
    points = [_plain(one[2:]) for one in blocks if one.startswith(("- ", "* "))]
    english = next((_plain(one) for one in blocks if one.startswith(_ENGLISH)), "")
    english = english.removeprefix(_ENGLISH)
    return Release(version, date, " ".join(points), english[:1].upper() + english[1:])


def _plain(text: str) -> str:
    """Take the marks of Markdown away."""
    return re.sub(r"\*\*|`|\[([^\]]*)\]\([^)]*\)", r"\1", text)
