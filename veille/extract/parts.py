"""A page as the parts that hold its text: elements, and what stands below a heading.

Where no element holds "Arrêtés du maire" and what follows, the heading and the next one of its
level do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from veille.domain.text import word_count
from veille.extract import landmarks, places
from veille.extract.landmarks import Traits
from veille.extract.tree import Run, ancestors, parsed, runs

LISTS: Final = frozenset({"ul", "ol", "dl", "table"})
SECTIONS: Final = frozenset({"section", "article", "main", "aside"})
_TAGS: Final = LISTS | SECTIONS | {
    "div", "form", "fieldset", "details", "center", "td", "header", "footer", "nav", "blockquote",
}  # fmt: skip
_HEADING: Final = re.compile(r"h([1-6])\Z")
_MAIN: Final = 25
_LEAST: Final = 0.3
# A cell of so many runs lays out a page, others are cells of a table.
_LAID_OUT: Final = 5


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: ``part`` for an element, ``under`` for what stands below a heading.

    It holds the runs from ``start`` to before ``end``.
    """

    kind: str
    node: etree._Element
    start: int
    end: int


@dataclass(slots=True)
class Page:
    """A page as its runs, and the parts that hold them."""

    shown: list[Run]
    words: list[frozenset[int]] = field(default_factory=list)
    spans: dict[etree._Element, tuple[int, int]] = field(default_factory=dict)
    # For each run, the last heading at or before it, -1 for none; whether it stands beside.
    heads: list[int] = field(default_factory=list)
    aside: list[bool] = field(default_factory=list)


def read_page(page: str, *, url: str) -> Page:
    """Read a page, whatever it is; one without text has no runs."""
    tree = parsed(page)
    read = Page(runs(tree, url=url) if tree is not None else [])
    last = -1
    known: dict[etree._Element, bool | None] = {}
    for number, one in enumerate(read.shown):
        read.aside.append(places.is_aside(one, known))
        read.words.append(landmarks.word_marks(one.text))
        last = number if _level(one) else last
        read.heads.append(last)
        for node in ancestors(one.owner):
            start, _end = read.spans.get(node, (number, number))
            read.spans[node] = (start, number + 1)
    return read


def _level(one: Run) -> int:
    told = _HEADING.match(str(one.owner.tag))
    return int(told[1]) if told and not one.picture else 0


def main_content(read: Page) -> Sequence[int]:
    """Give the runs of the main content: what the page calls so, or all that is not beside it."""
    start, end = _main(read)
    every = range(start, end)
    inside = [one for one in every if not read.aside[one]]
    total = sum(len(read.shown[one].text) for one in every)
    kept = sum(len(read.shown[one].text) for one in inside)
    # Some pages stand in one form as a whole, or name everything "nav".
    return inside if kept > _LEAST * total else list(every)


def _main(read: Page) -> tuple[int, int]:
    for node, (start, end) in read.spans.items():
        if node.tag == "main" or node.get("role") == "main":
            words = sum(word_count(one.text) for one in read.shown[start:end])
            if words >= _MAIN:
                return start, end
    return 0, len(read.shown)


def parts_of(read: Page) -> list[Part]:
    """Give the parts of a page, in order, those below a heading after the elements."""
    elements = [
        Part("part", node, start, end)
        for node, (start, end) in read.spans.items()
        if (node.tag in _TAGS or "-" in str(node.tag))
        and (node.tag != "td" or end - start >= _LAID_OUT)
    ]
    return sorted(elements, key=lambda one: (one.start, -one.end)) + list(_under(read))


def _under(read: Page) -> Iterator[Part]:
    """Give what stands below each heading, up to the next one of its level in its container."""
    below: list[tuple[int, int]] = []
    ends: dict[int, int] = {}
    for number, one in enumerate(read.shown):
        level = _level(one)
        while level and below and below[-1][1] >= level:
            ends[below.pop()[0]] = number
        if level:
            below.append((number, level))
    for number in sorted({*ends, *(start for start, _level in below)}):
        node = read.shown[number].owner
        around = (read.spans[one][1] for one in ancestors(node) if read.spans[one][1] > number + 1)
        end = min(next(around, number + 1), ends.get(number, len(read.shown)))
        while end > number + 1 and read.aside[end - 1] and not read.aside[number]:
            end -= 1
        if end > number + 1:
            yield Part("under", node, number, end)


def heading_of(read: Page, part: Part) -> int:
    """Give the heading that a part begins with, or stands below where its own are its items'."""
    own = read.heads[part.start]
    if own < part.start:
        own = read.heads[min(part.start + 1, part.end - 1)]
    above = read.heads[part.start - 1] if part.start else -1
    if above >= 0 and read.aside[above] != read.aside[part.start]:
        above = -1
    if own < part.start:
        return above
    level = _level(read.shown[own])
    others = read.shown[own + 1 : part.end]
    is_item = part.kind == "part" and any(0 < _level(one) <= level for one in others)
    return above if is_item and above >= 0 else own


def aligned(read: Page, part: Part, *, wanted: Traits) -> tuple[int, int]:
    """Give the runs of a part with its heading, or without, as the wanted one had it."""
    head = heading_of(read, part)
    if head < 0 or not landmarks.is_headed(wanted, read.words[head]):
        return part.start, part.end
    if head >= part.start and not wanted.led and head + 1 < part.end:
        return head + 1, part.end
    return (head if wanted.led and head == part.start - 1 else part.start), part.end
