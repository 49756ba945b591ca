"""How walls speak: patterns that ship as data, one list for each kind of page and language."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, fields
from typing import Final

_SECTION: Final = re.compile(r"\[(\w+)\]\Z")
# What stands for "…": a few words of the same sentence. Bounded, so that no page takes long.
_GAP: Final = r"[^.\n]{0,40}?"


@dataclass(frozen=True, slots=True)
class Wording:
    """One pattern for each kind of page, to search in folded text.

    Attributes:
        cut: says that the rest of the article is not there.
        subscribers: asks to subscribe or to sign in; ``offers``: what such a box sells.
        letters: speaks of newsletters.
        consent: speaks to the reader of cookies; ``topics``: what a page that does so speaks of
            besides; ``choices``: what its buttons say.
        robot: what guards say; ``reader``: the words by which a page speaks to who reads it.
        error: says that there is no such page; ``listing``: that it leads to others.
        scripts: asks for a browser that runs scripts.
        markup: marks of a guard, in the page's source; ``dialogs`` begin the id or class of a
            consent dialog, ``locks`` are in those of what hides the rest.
    """

    cut: re.Pattern[str]
    subscribers: re.Pattern[str]
    offers: re.Pattern[str]
    consent: re.Pattern[str]
    topics: re.Pattern[str]
    choices: re.Pattern[str]
    robot: re.Pattern[str]
    reader: re.Pattern[str]
    error: re.Pattern[str]
    listing: re.Pattern[str]
    scripts: re.Pattern[str]
    letters: re.Pattern[str]
    markup: re.Pattern[str]
    dialogs: re.Pattern[str]
    locks: re.Pattern[str]


SECTIONS: Final = tuple(one.name for one in fields(Wording))


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
