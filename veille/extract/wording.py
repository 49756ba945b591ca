"""How walls speak: patterns that ship as data, one list for each kind of page and language."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

SECTIONS: Final = ("cut", "subscribers", "consent", "robot", "error", "markup")
_SECTION: Final = re.compile(r"\[(\w+)\]\Z")
# What stands for "…": a few words of the same sentence. Bounded, so that no page takes long.
_GAP: Final = r"[^.\n]{0,40}?"


@dataclass(frozen=True, slots=True)
class Wording:
    """One pattern for each kind of page, to search in folded text.

    Attributes:
        cut: says that the rest is not there; ``subscribers`` only that one may subscribe.
    """

    cut: re.Pattern[str]
    subscribers: re.Pattern[str]
    consent: re.Pattern[str]
    robot: re.Pattern[str]
    error: re.Pattern[str]
    markup: re.Pattern[str]


def parse_wording(*files: str) -> Wording:
    """Read the lists of some languages. Raises ValueError for a line that is no pattern."""
    found: dict[str, list[str]] = defaultdict(list)
    for text in files:
        section = ""
        for line in (one.strip() for one in text.splitlines()):
            if named := _SECTION.match(line):
                section = named[1]
            elif line and not line.startswith("#"):
                found[section].append(_pattern(line))
    if set(found) - set(SECTIONS):
        raise ValueError(*sorted(set(found) - set(SECTIONS)))
    # A list that is empty matches nothing.
    joined = {name: "|".join(found[name]) or r"(?!)" for name in SECTIONS}
    return Wording(**{name: re.compile(text) for name, text in joined.items()})


def _pattern(line: str) -> str:
    try:
        re.compile(line.replace("…", _GAP))
    except re.error as problem:
        raise ValueError(line) from problem
    return f"(?:{line.replace('…', _GAP)})"
