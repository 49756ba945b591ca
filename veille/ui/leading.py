"""Where a link leads: a thing, a passage, a theme, a person, a search, a note, the web."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from veille.desk.desk import Desk
from veille.domain.ids import kind_of

_SCHEME: Final = "veille:"
_NEW, _THEME, _SEARCH, _NOTE = "new/", "theme/", "?", "note/"


@dataclass(frozen=True, slots=True)
class Ways:
    """What the window does for each kind of link; each takes what the link names.

    Attributes:
        note: asks for the note that a quote is put in.
        section: brings a heading of what was just opened to the top.
    """

    web: Callable[[str], None]
    write: Callable[[str], None]
    note: Callable[[str], None]
    search: Callable[[str], None]
    passage: Callable[[str], None]
    open: Callable[[str], None]
    section: Callable[[str], None]


def follow(address: str, desk: Desk, ways: Ways) -> None:
    """Go where a link leads."""
    if not address.startswith(_SCHEME):
        ways.web(address)
        return
    rest = address.removeprefix(_SCHEME)
    for beginning, go in ((_NEW, ways.write), (_SEARCH, ways.search), (_NOTE, ways.note)):
        if rest.startswith(beginning):
            go(unquote(rest.removeprefix(beginning)))
            return
    if rest.startswith(_THEME):
        ways.search(filtered("theme", unquote(rest.removeprefix(_THEME))))
        return
    thing, _hash, part = rest.partition("#")
    if kind_of(thing) == "person":
        ways.search(filtered("par", desk.title(thing)))
    elif part == "passage" or kind_of(thing) == "quote":
        ways.passage(thing)
    else:
        ways.open(thing)
        if part:
            ways.section(unquote(part))


def filtered(name: str, value: str) -> str:
    """Write a query that asks for one value of a filter."""
    return f'{name}:"{value.replace(chr(34), " ")}"'
