"""The places of a page where an article could stand: containers of prose, best first.

The classic measure of readers' modes: a paragraph counts for its length and its commas, and lends
its weight to what contains it, less and less with the distance; what is mostly links counts for
nothing. Class names tell what a part is for, where their authors say it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from veille.domain.text import word_count
from veille.extract.canonical import canonical_text
from veille.extract.layout import lay_out
from veille.extract.sanitise import sanitise
from veille.extract.tree import Run, ancestors, parsed, runs

_FEW: Final = 25
_MOST: Final = 12
_REACH: Final = 5
# Whole words of class names and ids: "comment-list", not "commentary".
_ASIDE: Final = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentaires?|disqus|respond|sidebar|footer|nav|navbar|menu"
    r"|breadcrumbs?|related|recommended|recommendations?|newsletter|subscribe|promo|ads?|advert"
    r"|advertisement|publicite|social|share|sharing|partage|cookies?|consent|popup|modal|outbrain"
    r"|taboola|most-?read|trending|lire-?aussi|a-?lire)(?:$|[\s_-])",
    re.IGNORECASE,
)
# What readers say below is never the article, whatever else the name holds: "comment-body".
_TALK: Final = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|commentaires?|disqus|respond|replies|reply|forum)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ARTICLE: Final = re.compile(
    r"(?:^|[\s_-])(?:article|articlebody|body|content|contenu|entry|post|story|texte?|main"
    r"|chapo|prose)(?:$|[\s_-])",
    re.IGNORECASE,
)
# What stands beside is taken in when it adds half as much prose again, and little else.
_GROWN: Final = 1.5
_CLEAN: Final = 0.85
_NEVER: Final = frozenset({"nav", "footer", "form"})


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page that could be the article."""

    html: str
    text: str
    words: int


@dataclass(slots=True)
class _Place:
    """What was counted in an element: weight, characters, those of prose, those of links."""

    score: float = 0.0
    chars: int = 0
    prose: int = 0
    linked: int = 0

    @property
    def worth(self) -> float:
        return self.score * (1 - self.linked / self.chars) if self.chars else 0.0


def found(page: str, *, url: str, most: int = _MOST) -> list[Block]:
    """Give the places of a page, best first; none is nearly the same as one before it."""
    tree = parsed(page)
    if tree is None:
        return []
    shown = runs(tree, url=url)
    chosen: list[Block] = []
    for some in numbers(shown, most=most):
        block = _block([shown[number] for number in some])
        if block.words >= _FEW:
            chosen.append(block)
    return chosen


def numbers(shown: Sequence[Run], *, most: int = _MOST) -> list[list[int]]:
    """Give the runs of each place, by their numbers, best first."""
    known: dict[etree._Element, bool | None] = {}
    could = [number for number, one in enumerate(shown) if not is_aside(one, known)]
    ranked = _ranked([shown[number] for number in could])[: 4 * most]
    if not ranked:
        # Some pages stand in one form as a whole, or name everything "nav".
        could = list(range(len(shown)))
        ranked = _ranked(shown)[: 4 * most]
    inside = _inside(shown, could, ranked)
    chosen: list[list[int]] = []
    for element in ranked:
        which = set(inside[element])
        if which and not any(
            len(which & set(other)) > 0.8 * len(which | set(other)) for other in chosen
        ):
            chosen.append(inside[element])
        if len(chosen) == most:
            break
    return chosen


def _block(inside: Sequence[Run]) -> Block:
    fragment = sanitise(lay_out(inside))
    text = canonical_text(fragment) if fragment else ""
    return Block(fragment, text, word_count(text))


def is_aside(one: Run, known: dict[etree._Element, bool | None]) -> bool:
    """Tell whether a run stands beside the article; what elements told is noted in ``known``."""
    for node in ancestors(one.owner, most=12):
        if node not in known:
            known[node] = _told_by(node)
        told = known[node]
        if told is not None:
            return told
    return False


def _told_by(node: etree._Element) -> bool | None:
    """Tell what an element says of what it holds: an aside, none, or nothing about it."""
    if node.tag in _NEVER:
        return True
    if node.tag in {"body", "html", "article", "main"}:
        return False
    told = names(node)
    is_aside = _TALK.search(told) or (_ASIDE.search(told) and not _ARTICLE.search(told))
    return True if is_aside else None


def names(node: etree._Element) -> str:
    """Give the class and the id of an element, words apart."""
    told = f"{node.get('class') or ''} {node.get('id') or ''}"[:300]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", told)


def _ranked(shown: Sequence[Run]) -> list[etree._Element]:
    places: dict[etree._Element, _Place] = defaultdict(_Place)
    for one in shown:
        length = len(one.text)
        worth = _worth(one)
        for step, node in enumerate(ancestors(one.owner)):
            place = places[node]
            place.chars += length
            place.linked += min(one.linked, length)
            place.prose += length if worth else 0
            # What contains the paragraph, not the paragraph itself, is a place.
            if worth and 0 < step <= _REACH:
                place.score += worth / (1, 1, 2, 6, 9, 12)[step]
            elif worth and step == 0 and one.owner.tag not in {"p", "li", "td", "blockquote"}:
                place.score += worth
    for node, place in places.items():
        told = names(node)
        place.score *= 1.25 if node.tag == "article" or _ARTICLE.search(told) else 1.0
        place.score *= 0.3 if _ASIDE.search(told) and not _ARTICLE.search(told) else 1.0
    ranked = sorted(
        (one for one in places if places[one].score > 0), key=lambda one: -places[one].worth
    )
    return [_grown(ranked[0], places), *ranked] if ranked else []


def _grown(best: etree._Element, places: Mapping[etree._Element, _Place]) -> etree._Element:
    """Widen the best place when the article goes on beside it, in parts of their own."""
    for node in list(ancestors(best, most=6))[1:]:
        around, inside = places.get(node), places[best]
        if node.tag in {"body", "html"} or around is None or around.chars == 0:
            break
        if around.prose > _GROWN * inside.prose and around.prose > _CLEAN * around.chars:
            best = node
    return best


def _worth(one: Run) -> float:
    if one.picture or len(one.text) < _FEW or one.linked > 0.5 * len(one.text):
        return 0.0
    return 1 + one.text.count(",") + min(len(one.text) / 100, 3)


def _inside(
    shown: Sequence[Run], could: Sequence[int], places: Sequence[etree._Element]
) -> Mapping[etree._Element, list[int]]:
    """Give the runs of places, less those that are nothing but links, in one walk."""
    found: dict[etree._Element, list[int]] = {place: [] for place in places}
    for number in could:
        one = shown[number]
        if one.picture or one.linked < 0.66 * len(one.text) or one.owner.tag in {"h2", "h3"}:
            for node in ancestors(one.owner):
                if node in found:
                    found[node].append(number)
    return found
