"""The title of a page: what most of the places that tell it agree on, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from veille.domain.text import collapse, key

_SEPARATORS: Final = re.compile(r"\s+[|–—•·»:-]\s+|\s*[|ㅣ]\s*")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# At equal agreement: what the reader sees, then what is written for machines, then for sharing.
_TRUST: Final = ("page", "jsonld", "opengraph", "meta")
_MOST: Final = 4
_A_TITLE: Final = 3

Told = tuple[str, str]


def ranked(told: Sequence[Told], *, source: str) -> list[Told]:
    """Order titles, best first, each once.

    Args:
        told: ``(title, origin)`` as the page gives them: "page" (headings), "jsonld",
            "opengraph", "meta" (the window's title).
        source: the site's name, "" when it is not known.
    """
    whole = [(_INVISIBLE.sub("", collapse(text)), origin) for text, origin in told]
    bare = [
        (_bare(text, [other for other, _o in whole if other != text], source), origin)
        for text, origin in whole
        if text
    ]
    votes: dict[str, set[str]] = {}
    for text, origin in bare:
        votes.setdefault(key(text), set()).add(origin)
    first_heading = next((key(text) for text, origin in bare if origin == "page"), "")

    def rank(one: Told) -> tuple[int, bool, int]:
        folded = key(one[0])
        is_other_heading = one[1] == "page" and folded != first_heading
        return (-len(votes[folded]), is_other_heading, _TRUST.index(one[1]))

    best: dict[str, Told] = {}
    for one in sorted(bare, key=rank):
        if key(one[0]):
            best.setdefault(key(one[0]), one)
    return _without_label(list(best.values()))[:_MOST]


def _without_label(rivals: list[Told]) -> list[Told]:
    """Prefer "X" to "Opinion X" when both are told: a section is no part of a title."""
    if len(rivals) < 2 or rivals[0][1] != "page":
        return rivals
    shown = key(rivals[0][0])
    for one in rivals[1:]:
        inner = key(one[0])
        if one[1] == "jsonld" and inner.count(" ") >= _A_TITLE and shown.endswith(f" {inner}"):
            return [one, *(other for other in rivals if other is not one)]
    return rivals


def _bare(text: str, others: Iterable[str], source: str) -> str:
    """Take the site off a title: what remains is told elsewhere, or what goes is its name."""
    known = {key(one) for one in others}
    if key(text) in known:
        return text
    cuts = list(_SEPARATORS.finditer(text))
    for cut in reversed(cuts):
        if key(text[: cut.start()]) in known:
            return text[: cut.start()]
    for cut in cuts:
        if key(text[cut.end() :]) in known:
            return text[cut.end() :]
    return without_site(text, source)


def without_site(text: str, source: str) -> str:
    """Take the site's name off the end of a title, or off its beginning."""
    text = collapse(text)
    cuts = list(_SEPARATORS.finditer(text))
    if not cuts or not source:
        return text
    head, tail = text[: cuts[-1].start()], text[cuts[-1].end() :]
    if head and _is_site(tail, source):
        return head
    first, rest = text[: cuts[0].start()], text[cuts[0].end() :]
    return rest if rest and key(first).replace(" ", "") == key(source).replace(" ", "") else text


def _is_site(tail: str, source: str) -> bool:
    packed = re.sub(r"\W+", "", key(tail)), re.sub(r"\W+", "", key(source))
    return packed[0] == packed[1] or (key(source) in key(tail) and len(tail) < 3 * len(source))
