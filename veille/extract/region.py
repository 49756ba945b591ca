"""The parts of a page that a person may follow, and each of them again on a later state.

Who follows "Actes administratifs" follows one list of a page whose menu, counters and banners
change every day. A part is an element, or what stands below a heading where no element holds it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from html import unescape
from itertools import accumulate
from math import log2
from typing import Final

from veille.domain.text import clip, collapse, word_count
from veille.extract import landmarks
from veille.extract.canonical import canonical_text
from veille.extract.landmarks import Traits
from veille.extract.layout import lay_out
from veille.extract.parts import (
    LISTS,
    SECTIONS,
    Page,
    Part,
    aligned,
    heading_of,
    main_content,
    parts_of,
    read_page,
)
from veille.extract.sanitise import sanitise
from veille.extract.tree import Run

MOST: Final = 25
# Below, a block is another one that happens to stand there.
SURE: Final = 0.6
# Above, a block is so surely the same that its new signs replace the old ones.
_SURER: Final = 0.75
_MOST_LINES: Final = 3_000
_COMPARED: Final = 40
_DESCRIBED: Final = 200
_DIGITS: Final = re.compile(r"\d+")
_LINK: Final = re.compile(r'<a href="([^"]{1,2000})"')
# So many elements of one kind side by side, this short, are the items of a list.
_ITEMS: Final = 3
_SHORT: Final = 40
_ITEM, _INSIDE = 1, 2
_AN_ITEM: Final = 0.3
_HEADS: Final = frozenset({"h1", "h2"})
_LEAST_WORDS: Final = 2
_SAME: Final = 0.9
_AHEAD: Final = 30
# How many headings before its own may be that of a part, when others were put between.
_FAR: Final = 2


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page that a person may choose to follow.

    Attributes:
        number: from 0, best first.
        words: how many it has.
        text: its first words.
        mark: by which ``find`` finds it again; "" for the main content.
        kind: ``content``, ``list``, ``table``, ``section`` or ``part``.
        title: the heading it begins with or stands below, "" for none.
    """

    number: int
    words: int
    text: str
    mark: str
    kind: str = "part"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A part of a page, found again.

    Attributes:
        html: harmless, its addresses whole.
        lines: of its canonical text, empty ones left out.
        sure: from 0 to 1.
        mark: what to look for next time: the signs move with the page, as long as it is sure.
        links: where a line leads, for those that do.
    """

    html: str
    lines: tuple[str, ...]
    sure: float
    mark: str
    links: Mapping[str, str]


def regions(page: str, *, url: str) -> list[Region]:
    """Give the parts of a page worth following, best first; the main content is the first.

    None is nearly the same as one before it. Never raises; a page without text has none.
    """
    read = read_page(page, url=url)
    whole = main_content(read)
    if not whole:
        return []
    found = [_region(read, whole, kind="content", mark="")]
    taken: list[set[int]] = []
    parts = parts_of(read)
    nth = _numbered(read, parts)
    for part in _ranked(read, parts, set(whole)):
        inside = set(range(part.start, part.end))
        if any(len(inside & one) > _SAME * len(inside | one) for one in taken):
            continue
        taken.append(inside)
        traits = _whole_traits(read, part, nth[part])
        number = len(found)
        made = _region(read, sorted(inside), kind=_kind(part), mark=landmarks.written(traits))
        found.append(replace(made, number=number, title=_title(read, part)))
        if len(found) == MOST:
            break
    return found


def find(page: str, mark: str, *, url: str) -> Found | None:
    """Find a part again on a later state of its page; None when it is not there any more.

    Args:
        page: the page, decoded.
        mark: of the region that was chosen, "" for the main content.
        url: where the page was had.
    """
    read = read_page(page, url=url)
    if not mark:
        whole = main_content(read)
        return _found(read, whole, sure=1.0, mark="") if whole else None
    wanted = landmarks.read(mark)
    if wanted is None:
        return None
    best, sure = _best(read, wanted)
    if best is None or sure < SURE:
        return None
    part, traits = best
    fresh = replace(traits, led=wanted.led)
    kept = landmarks.written(fresh) if sure >= _SURER else mark
    inside = range(*aligned(read, part, wanted=wanted))
    return _found(read, inside, sure=round(sure, 3), mark=kept)


# --- Choosing what to offer -----------------------------------------------------------------------


def _ranked(
    read: Page,
    parts: Sequence[Part],
    whole: set[int],
) -> list[Part]:
    """Give the parts that are worth offering, best first; of those that say the same, one."""
    before = [0, *accumulate(word_count(one.text) for one in read.shown)]
    same: dict[tuple[int, int], Part] = {}
    items = _items(parts, before)
    for part in parts:
        span = part.start, part.end
        other = same.get(span)
        if before[part.end] - before[part.start] < _LEAST_WORDS or items.get(span) == _INSIDE:
            continue
        if other is None or _named(part) > _named(other):
            same[span] = part
    worth = {
        part: _worth(read, part, before[span[1]] - before[span[0]], whole)
        * (_AN_ITEM if span in items else 1.0)
        for span, part in same.items()
        if span not in items or heading_of(read, part) >= part.start
    }
    return nlargest(4 * MOST, worth, key=lambda one: worth[one])


def _items(parts: Sequence[Part], before: Sequence[int]) -> dict[tuple[int, int], int]:
    """Give the items of lists, as the runs they hold: ``_ITEM``, or ``_INSIDE`` for parts of one."""
    siblings = Counter(_like(part) for part in parts)
    found: dict[tuple[int, int], int] = {}
    last = 0
    for part in sorted(parts, key=lambda one: (one.start, -one.end)):
        span = part.start, part.end
        words = before[part.end] - before[part.start]
        if part.node.tag in LISTS or span in found:
            continue
        if part.end <= last:
            found[span] = _INSIDE
        elif siblings[_like(part)] >= _ITEMS and words < _SHORT and part.node.tag not in _HEADS:
            found[span] = _ITEM
            last = part.end
    return found


def _like(part: Part) -> tuple[object, ...]:
    classes = _DIGITS.sub("", str(part.node.get("class") or "")[:300])
    return part.kind, part.node.getparent(), part.node.tag, classes


def _named(part: Part) -> tuple[bool, bool, bool]:
    is_element = part.kind == "part"
    told = is_element and part.node.get("id"), is_element and part.node.get("class")
    return bool(told[0]), is_element and part.node.tag in LISTS | SECTIONS, bool(told[1])


def _worth(
    read: Page,
    part: Part,
    words: int,
    whole: set[int],
) -> float:
    head = read.heads[part.start]
    worth = log2(2 + min(words, 300)) * (1.3 if part.node.tag in LISTS else 1.0)
    worth *= 1.2 if part.node.tag in SECTIONS or part.kind == "under" else 1.0
    worth *= 1.3 if head >= 0 and part.start - head <= 2 else 1.0
    worth *= 0.4 if read.aside[part.start] else 1.0
    held = len(whole.intersection(range(part.start, part.end)))
    # Nearly the whole content is the first choice already.
    return worth * (0.5 if held > _SAME * len(whole) else 1.0)


def _kind(part: Part) -> str:
    if part.node.tag == "table":
        return "table"
    if part.node.tag in LISTS:
        return "list"
    return "section" if part.kind == "under" or part.node.tag in SECTIONS else "part"


def _region(read: Page, inside: Sequence[int], *, kind: str, mark: str) -> Region:
    texts = [read.shown[one].text for one in inside]
    start = clip(" ".join(texts[:40])[: 4 * _DESCRIBED], length=_DESCRIBED)
    return Region(0, sum(word_count(one) for one in texts), start, mark, kind)


def _title(read: Page, part: Part) -> str:
    head = heading_of(read, part)
    return clip(read.shown[head].text, length=_DESCRIBED) if head >= 0 else ""


# --- Finding it again -----------------------------------------------------------------------------


def _numbered(read: Page, parts: Sequence[Part]) -> dict[Part, Traits]:
    """Give what the markup says of each part, its number among its likes, its heading."""
    counts: dict[tuple[object, ...], int] = {}
    found = {}
    for part in parts:
        traits = landmarks.of_element(part.node, kind=part.kind)
        like = (traits.kind, traits.tag, traits.name, traits.classes)
        nth = counts.get(like, 0)
        counts[like] = nth + 1
        head = heading_of(read, part)
        words = landmarks.heading(read.words[head]) if head >= 0 else frozenset()
        before = tuple(read.words[one] for one in _headings_before(read, head))
        led = head >= part.start
        found[part] = replace(traits, nth=nth, head=words, led=led, before=before)
    return found


def _headings_before(read: Page, head: int) -> Iterator[int]:
    for _step in range(_FAR):
        head = read.heads[head - 1] if head > 0 else -1
        if head < 0:
            return
        yield head


def _whole_traits(read: Page, part: Part, traits: Traits) -> Traits:
    inside = read.words[part.start : part.end]
    return replace(traits, size=sum(map(len, inside)), words=landmarks.sketch(inside))


def _best(read: Page, wanted: Traits) -> tuple[tuple[Part, Traits] | None, float]:
    """Give the part most like the wanted one, and how sure that is."""
    parts = parts_of(read)
    traits = _numbered(read, parts)
    told = {part: landmarks.place(wanted, one) for part, one in traits.items()}
    likely = dict.fromkeys(nlargest(_COMPARED, parts, key=lambda one: told[one]))
    likely |= dict.fromkeys(nlargest(_COMPARED, parts, key=_by_words(read, wanted)))
    best, sure, named = None, 0.0, False
    for part in likely:
        whole = _whole_traits(read, part, traits[part])
        words = frozenset().union(*read.words[part.start : part.end])
        content = landmarks.content(wanted, whole, words=words)
        here = landmarks.likeness(told[part], content, words=len(wanted.words))
        # Of two that say the same in the same place, a name, or none, tells which was chosen.
        if (here, whole.name == wanted.name) > (sure, named):
            best, sure, named = (part, whole), here, whole.name == wanted.name
    return best, sure


def _by_words(read: Page, wanted: Traits) -> Callable[[Part], float]:
    """Give a quick measure of how much a part says what the wanted one said."""
    hits = [0, *accumulate(len(one & wanted.words) for one in read.words)]
    sizes = [0, *accumulate(map(len, read.words))]

    def told(part: Part) -> float:
        here = hits[part.end] - hits[part.start]
        return here / (hits[-1] + sizes[part.end] - sizes[part.start] + 1)

    return told


def _found(read: Page, inside: Sequence[int], *, sure: float, mark: str) -> Found:
    shown = [read.shown[one] for one in inside]
    fragment = sanitise(lay_out(shown))
    text = canonical_text(fragment) if fragment else ""
    lines = tuple(one for line in text.split("\n") if (one := collapse(line)))[:_MOST_LINES]
    return Found(fragment, lines, sure, mark, _links(lines, shown))


def _links(lines: Sequence[str], shown: Iterable[Run]) -> dict[str, str]:
    """Give where lines lead: runs and lines come in one order, a row is made of several runs."""
    found: dict[str, str] = {}
    at = 0
    for one in shown:
        link = _LINK.search(one.html)
        here = (n for n in range(at, min(at + _AHEAD, len(lines))) if one.text in lines[n])
        if (line := next(here, None)) is not None:
            at = line
            if link:
                found.setdefault(lines[at], unescape(link[1]))
    return found
