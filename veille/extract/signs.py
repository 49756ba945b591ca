"""What a page shows around its article: the signs a verdict rests on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lxml import etree

from veille.domain.text import fold
from veille.extract.shown import MOST_LINKS, MOST_SHOWN, walked
from veille.extract.wording import Wording

_LISTING: Final = frozenset({"collectionpage", "searchresultspage", "profilepage"})
_MEDIA: Final = frozenset({"videoobject", "imagegallery", "mediagallery", "audioobject"})
_SENTENCE: Final = re.compile(r"[.!?…»”\"')\]。！？।]\s*\Z")
_PROSE: Final = 8
_LAST: Final = 7
_KNOWN: Final = 50
_MOST_LINES: Final = 400
_SIMPLE: Final = re.compile(r"\s*([.#])([\w-]{1,100})\s*\Z")


@dataclass(frozen=True, slots=True)
class Signs:
    """What a verdict rests on.

    Attributes:
        text: the canonical text, its ``words``, and how many of them stand in ``prose``.
        title: of the page.
        page: the HTML, as it came.
        shown: the text that the whole page shows but in consent dialogs, folded and bounded:
            a line for each block.
        asked: the text of consent dialogs.
        silent: what it says to browsers that run no scripts, folded.
        after: where in ``shown`` the article's text ends; None when it is not found there.
        locks: where in ``shown`` something begins that is named as what hides the rest.
        longest: words of the longest sentence-like line.
        lines: how many lines the text has, and how many are a link as a whole (``linked_lines``).
        led: how many lines stand on the page right below a line that is a link: the cards of a
            list, even when the extraction left their titles out.
        linked: share of the text's letters that are links.
        dialog: share of the text that stands in a consent dialog, by its markup.
        free: whether everybody may read it, as the page says; None when it does not.
        places: where in ``shown`` each line of the text stands, and how many words of prose it has.
        hollow: whether the part the page says is not free is there, and empty.
        expected: how many words the page says it has, 0 when it does not.
    """

    text: str
    title: str
    page: str
    words: int
    free: bool | None
    expected: int
    shown: str = ""
    asked: str = ""
    silent: str = ""
    after: int | None = None
    locks: tuple[int, ...] = ()
    prose: int = 0
    longest: int = 0
    lines: int = 0
    linked_lines: int = 0
    led: int = 0
    linked: float = 0.0
    dialog: float = 0.0
    places: tuple[tuple[int, int], ...] = ()
    hollow: bool = False
    is_article: bool = False
    is_listing: bool = False
    is_media: bool = False
    asks_password: bool = False
    moves: bool = False


def signs_of(  # noqa: PLR0913 - what is known of a page, given by name
    tree: etree._Element | None,
    page: str,
    *,
    text: str,
    title: str,
    words: int,
    free: bool | None,
    kinds: frozenset[str],
    expected: int,
    wording: Wording,
    closed: Iterable[str] = (),
) -> Signs:
    """Collect the signs of an extraction.

    Args:
        tree: the page, parsed.
        page: its source.
        text: the canonical text of what was extracted.
        title: of the page.
        words: how many the text has.
        free: isAccessibleForFree.
        kinds: the types of schema.org the page gives itself, in small letters.
        expected: how many words the page says it has.
        wording: how walls speak, and what their elements are called.
        closed: the ``cssSelector`` of the parts that are not free.
    """
    seen = walked(tree, wording)
    shown = " ".join(seen.parts)[:MOST_SHOWN]
    asked = " ".join(seen.asked)[: MOST_SHOWN // 10]
    whole = {_packed(one) for one in seen.links}
    metas = _metas(tree)
    lines = [fold(one).strip() for one in text[:MOST_SHOWN].split("\n") if one.strip()]
    shared = metas.get("og:type", "").lower()
    places = _places(lines, shown)
    return Signs(
        text=text,
        title=title,
        page=page,
        words=words,
        free=False
        if metas.get("article:content_tier") in {"locked", "metered"} and free is None
        else free,
        expected=expected,
        shown=shown,
        asked=asked,
        silent=" ".join(seen.silent)[:2_000],
        after=_end(lines, shown),
        locks=tuple(seen.locks),
        prose=sum(_prose(one) for one in lines),
        longest=max(map(_prose, lines), default=0),
        lines=len(lines),
        linked_lines=sum(_packed(one) in whole for one in lines[:MOST_LINKS]),
        linked=_linked(lines, list(seen.links), whole),
        dialog=_in_dialog(lines, asked),
        places=places,
        led=sum(_packed(_above(shown, one)) in whole for one, _words in places),
        hollow=tree is not None and any(_is_hollow(tree, one) for one in closed),
        is_article=shared == "article"
        or any(one.endswith(("article", "posting")) for one in kinds),
        is_listing=bool(kinds & _LISTING),
        is_media=bool(kinds & _MEDIA) or shared.startswith(("video", "music")),
        asks_password=seen.password,
        moves="refresh" in metas,
    )


def _metas(tree: etree._Element | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in [] if tree is None else tree.iter("meta"):
        name = (one.get("property") or one.get("name") or one.get("http-equiv") or "").lower()
        if name in {"og:type", "article:content_tier", "refresh"}:
            found.setdefault(name, (one.get("content") or "").strip())
    return found


def _end(lines: list[str], shown: str) -> int | None:
    """Give where the text ends in what the page shows, by its last words."""
    for line in reversed(lines[-3:]):
        last = re.findall(r"\w+", line)[-_LAST:]
        if len(last) < 3:
            continue
        ends = [one.end() for one in re.finditer(r"\W{1,20}".join(map(re.escape, last)), shown)]
        if ends:
            return ends[-1]
    return None


def _places(lines: list[str], shown: str) -> tuple[tuple[int, int], ...]:
    found = ((shown.find(one[:_KNOWN]), _prose(one)) for one in lines[:_MOST_LINES])
    return tuple(one for one in found if one[0] >= 0)


def _above(shown: str, place: int) -> str:
    """Give the line above the one that a place is in."""
    end = shown.rfind("\n", max(place - _MOST_LINES, 0), place)
    return shown[shown.rfind("\n", max(end - _MOST_LINES, 0), end) + 1 : end] if end > 0 else ""


def _prose(line: str) -> int:
    """Count the words of a line that reads as a sentence."""
    words = line.count(" ") + 1
    return words if words >= _PROSE and _SENTENCE.search(line) else 0


def _packed(text: str) -> str:
    return re.sub(r"\W+", "", text)


def _linked(lines: list[str], links: list[str], whole: set[str]) -> float:
    """Give the share of the text that links make: whole lines, or each link where it is in one."""
    text = "\n".join(lines)[:20_000]
    if not text:
        return 0.0
    inside = sum(len(one) for one in links if len(one) > 2 and one in text)
    alone = sum(len(one) for one in lines[:MOST_LINKS] if _packed(one) in whole)
    return min(max(inside, alone) / len(text), 1.0)


def _in_dialog(lines: list[str], asked: str) -> float:
    """Give the share of the text that stands in a consent dialog."""
    if not asked or not lines:
        return 0.0
    inside = _packed(asked)
    held = sum(len(one) for one in lines[:200] if _packed(one) in inside)
    return held / sum(len(one) for one in lines[:200])


def _is_hollow(tree: etree._Element, selector: str) -> bool:
    """Tell whether what a simple selector names is next to empty: many name what is nowhere."""
    told = _SIMPLE.match(selector)
    if told is None:
        return False
    name = "class" if told[1] == "." else "id"
    nodes = tree.xpath(
        f"//*[contains(concat(' ', normalize-space(@{name}), ' '), $wanted)]", wanted=f" {told[2]} "
    )
    return bool(nodes) and all(
        len(" ".join("".join(one.itertext()).split())) < 200 for one in nodes[:50]
    )


def around(signs: Signs, place: int) -> tuple[int, int]:
    """Give how many words of the text's prose stand before a place of the page, and behind it."""
    before = sum(words for at, words in signs.places if at < place)
    return before, sum(words for at, words in signs.places if at >= place)


def near(places: tuple[int, ...], start: int, end: int) -> bool:
    """Tell whether one of some places, in order, lies between two."""
    at = bisect_left(places, start)
    return at < len(places) and places[at] <= end
