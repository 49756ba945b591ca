"""The title of a page: what most of the places that tell it agree on, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

from veille.domain.text import collapse, fold, key

_SEPARATORS: Final = re.compile(r"\s+[|–—•·»:~/-]\s+|\s*[|ㅣ]\s*")
_JOINTS: Final = "|–—•·-"
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "o", "å": "a", "ł": "l"})
# At equal agreement: what the reader sees, then what is written for machines, then for sharing.
_TRUST: Final = ("page", "jsonld", "opengraph", "meta")
_MOST: Final = 4
_A_TITLE: Final = 3
# An address is made of a title when it has this share of its words, and no rival comes near.
_SHARED: Final = 0.6
_CLEARLY: Final = 0.35

Told = tuple[str, str]
_Ranking = Callable[[Told], tuple[int, bool, int]]


def ranked(told: Sequence[Told], *, sources: Sequence[str], url: str) -> list[Told]:
    """Order titles, best first, each once.

    Args:
        told: ``(title, origin)`` as the page gives them: "page" (headings), "jsonld",
            "opengraph", "meta" (the window's title).
        sources: the site's names, as far as they are known.
        url: the page's address, whose words often are those of its first title.
    """
    whole = [(_INVISIBLE.sub("", collapse(text))[:500], origin) for text, origin in told]
    whole = [one for one in whole if packed(one[0])]
    texts = [text for text, _origin in whole]
    bare = [(_bare(text, [one for one in texts if one != text], sources), o) for text, o in whole]
    bare = [one for one in bare if not _is_name(one[0], sources)] or bare
    best: dict[str, Told] = {}
    for text, origin in sorted(bare, key=_rank(bare)):
        known = best.setdefault(packed(text), (text, origin))
        if len(text.split()) > len(known[0].split()):
            # The same letters: a heading of several elements has lost the spaces between them.
            best[packed(text)] = (text, known[1])
    rivals = list(best.values())
    return _by_address(_without_label(_without_heading_of_site(rivals, texts)), url)[:_MOST]


def packed(text: str) -> str:
    """Fold a title down to its letters and digits: what two spellings of it have in common."""
    return re.sub(r"[\W_]+", "", fold(text))


def _rank(bare: Sequence[Told]) -> _Ranking:
    votes: dict[str, set[str]] = {}
    for text, origin in bare:
        votes.setdefault(packed(text), set()).add(origin)
    first_heading = next((packed(text) for text, origin in bare if origin == "page"), "")

    def rank(one: Told) -> tuple[int, bool, int]:
        is_other_heading = one[1] == "page" and packed(one[0]) != first_heading
        return (-len(votes[packed(one[0])]), is_other_heading, _TRUST.index(one[1]))

    return rank


def _without_heading_of_site(rivals: list[Told], texts: Sequence[str]) -> list[Told]:
    """Pass over a heading "Site" where the window says "Site: Title" and "Title" is told too."""
    if len(rivals) < 2 or rivals[0][1] != "page":
        return rivals
    first = packed(rivals[0][0])
    for other in rivals[1:]:
        if other[1] != "page" and any(packed(text) == first + packed(other[0]) for text in texts):
            return [other, *(one for one in rivals if one is not other)]
    return rivals


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


def _by_address(rivals: list[Told], url: str) -> list[Told]:
    """Put first the title that the address is made of: the article's own, not today's teaser."""
    words = _words(_path(url))
    told = [one for one in rivals if one[1] in {"page", "jsonld", "opengraph"}]
    if len(told) < 2 or len(words) < 4:
        return rivals
    near = {one: _likeness(_words(one[0]), words) for one in told}
    best = max(told, key=lambda one: near[one])
    if near[best] >= _SHARED and near[best] - near.get(rivals[0], 1.0) >= _CLEARLY:
        return [best, *(one for one in rivals if one is not best)]
    return rivals


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path, errors="replace")
    except ValueError:
        return ""


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]{2,}", fold(text.lower().translate(_GERMAN))))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _bare(text: str, others: Iterable[str], sources: Sequence[str]) -> str:
    """Take the site off a title: what remains is told elsewhere, or what goes is its name."""
    known = {packed(one) for one in others} - {""}
    if packed(text) in known:
        return without_site(text, sources)
    cuts = list(_SEPARATORS.finditer(text))
    for cut in reversed(cuts):
        if packed(text[: cut.start()]) in known:
            return text[: cut.start()]
    for cut in cuts:
        if packed(text[cut.end() :]) in known:
            return text[cut.end() :]
    for other in others:
        if len(other) > 15 and text.startswith(other) and text[len(other)] in _JOINTS:
            return other
    return without_site(text, sources)


def without_site(text: str, sources: Sequence[str]) -> str:
    """Take the site's name off the end of a title, or off its beginning."""
    text = collapse(text)
    cuts = list(_SEPARATORS.finditer(text))
    if not cuts:
        return text
    for cut in cuts:
        # A site's name may hold a dash of its own.
        if cut.start() and any(_is_site(text[cut.end() :], one) for one in sources):
            return text[: cut.start()]
    first, rest = text[: cuts[0].start()], text[cuts[0].end() :]
    return rest if rest and _is_name(first, sources) else text


def _is_name(text: str, sources: Sequence[str]) -> bool:
    return packed(text) in {packed(one) for one in sources}


def _is_site(tail: str, source: str) -> bool:
    if packed(tail) == packed(source):
        return True
    return bool(packed(source)) and key(source) in key(tail) and len(tail) < 3 * len(source)
