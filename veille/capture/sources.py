"""Where the pictures of a page are: their addresses rewritten in its source, in linear time.

A page that came in keeps its bytes but for these addresses, so it is not parsed and written anew:
what is read later is what was saved. Every quantifier that follows a tag is possessive.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from html import escape, unescape
from typing import Final

_TAG: Final = re.compile(
    r"""<(?:img|source)\b(?:[^<>"']++|"[^"]*+"|'[^']*+'){0,200}+>""", re.IGNORECASE
)
_ATTRIBUTE: Final = re.compile(
    r"""([^\s=<>"'/]++)(\s*+=\s*+)("[^"]*+"|'[^']*+'|[^\s>"']++)""",
)
_ONE: Final = frozenset({"src", "data-src", "data-lazy-src", "data-original"})
_SEVERAL: Final = frozenset({"srcset", "data-srcset"})
# Longer than any address: what is written in the page itself.
_MOST_TAGS: Final = 20_000
_MOST_CANDIDATES: Final = 30
_TINY: Final = 2

Take = Callable[[str], str]


def address_of(data: bytes) -> str:
    """Give the address of a picture that came along without one.

    It is https, so that the rules of ``domain/markup.py`` keep it, in a domain that can never
    exist (RFC 2606), and made of what the picture holds: twice the same picture is one file.
    """
    return f"https://veille.invalid/{hashlib.sha256(data).hexdigest()[:40]}"


def rewrite(page: str, take: Take) -> str:
    """Give a page whose pictures are where ``take`` says; it answers "" to leave one as it is."""
    return each(page, lambda tag: _ATTRIBUTE.sub(lambda one: _attribute(one, take), tag))


def each(page: str, change: Callable[[str], str]) -> str:
    """Give a page whose tags of pictures are as ``change`` makes them."""
    return _TAG.sub(lambda match: change(match[0]), page, count=_MOST_TAGS)


def _attribute(match: re.Match[str], take: Take) -> str:
    name = match[1].lower()
    if name not in _ONE and name not in _SEVERAL:
        return match[0]
    value = match[3].strip("\"'") if match[3][0] in "\"'" else match[3]
    told = unescape(value) if "&" in value else value
    new = take(told.strip()) if name in _ONE else _candidates(told, take)
    return f'{match[1]}{match[2]}"{escape(new)}"' if new else match[0]


def _candidates(srcset: str, take: Take) -> str:
    """Rewrite the addresses of a ``srcset``, each with its size behind it."""
    found = []
    changed = False
    for one in re.split(r",\s+", srcset, maxsplit=_MOST_CANDIDATES):
        address, space, size = one.strip().partition(" ")
        new = take(address) if address else ""
        changed = changed or bool(new)
        found.append(f"{new or address}{space}{size}")
    return ", ".join(found) if changed else ""


def is_spacer(data: bytes) -> bool:
    """Tell a picture that holds a place until the real one is loaded: it is not worth keeping."""
    if data.startswith(b"GIF8") and len(data) >= 10:
        sides = (int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little"))
    elif data.startswith(b"\x89PNG") and len(data) >= 24:
        sides = (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))
    else:
        return len(data) < 40
    return min(sides) < _TINY
