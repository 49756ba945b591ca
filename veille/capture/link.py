"""What a ``veille:`` address asks for. Anybody may write one: it asks, the person decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

from veille.domain.errors import BadAddress
from veille.domain.ids import ENTITY
from veille.domain.text import CONTROLS, collapse
from veille.extract.address import web_address

SCHEME: Final = "veille:"
# What every system passes on to a program without cutting it.
_LONGEST: Final = 4_000


@dataclass(frozen=True, slots=True)
class Link:
    """A wish: to ``open`` a thing, or to ``clip`` a page with the words selected on it."""

    wish: str
    thing: str = ""
    url: str = ""
    words: str = ""


def read(address: str) -> Link:
    """Read ``veille:a-…``, ``veille:clip?url=…&text=…`` or ``veille://…``. Raises BadAddress."""
    if len(address) > _LONGEST or not address.lower().startswith(SCHEME):
        raise BadAddress(url=address[:200])
    try:
        parts = urlsplit(address[len(SCHEME) :].lstrip("/"))
        asked = parse_qs(parts.query, max_num_fields=20)
    except ValueError as problem:
        raise BadAddress(url=address[:200]) from problem
    what = parts.path.strip("/")
    if ENTITY.match(what):
        return Link("open", thing=what)
    if what != "clip":
        raise BadAddress(url=address[:200])
    words = collapse(asked.get("text", [""])[0].translate(CONTROLS))
    return Link("clip", url=web_address(asked.get("url", [""])[0]), words=words)
