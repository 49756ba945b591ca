"""Which of several captures of one page is shown: a worse one never replaces a better one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from veille.domain.ids import OPERATION
from veille.domain.operation import Json, Operation
from veille.domain.text import clip, key

EXCERPT: Final = 300

_RANK: Final = {
    "complete": 6,
    "truncated": 5,
    # What a feed says of an article: its first sentences, more often than the whole.
    "summary": 4,
    "not_article": 3,
    "wall": 2,
    "empty": 1,
    "unreadable": 0,
}
# A later page of the same verdict that lost more than this share of the words is a worse one.
_SHRUNK: Final = 0.6
_MOST_FINDINGS: Final = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """What a page says of one field, and where it says it.

    Attributes:
        value: a text, or a list of names.
        origin: "jsonld", "opengraph", "meta", "microdata", "page", "text", "address", "mail" or
            "file".
    """

    value: Json
    origin: str


def findings(data: Mapping[str, Json]) -> dict[str, tuple[Finding, ...]]:
    """Give what a capture found of each field, best first; what makes no sense is passed over."""
    told = data.get("found")
    if not isinstance(told, dict):
        return {}
    return {
        name: tuple(
            Finding(one[0], one[1])
            for one in some[:_MOST_FINDINGS]
            if isinstance(one, list) and len(one) == 2 and isinstance(one[1], str)
        )
        for name, some in told.items()
        if isinstance(some, list)
    }


def origin(value: Json, candidates: Sequence[Finding]) -> str:
    """Tell where a value comes from: "person" when no page says it, "" when there is none."""
    if not value:
        return ""
    return next((one.origin for one in candidates if one.value == value), "person")


def sketch_of(capture: Operation) -> tuple[int, ...]:
    """Give the bands under which near-identical texts meet, () when it has none."""
    told = capture.data.get("alike")
    if not isinstance(told, list) or len(told) > 64:
        return ()
    return tuple(one for one in told if isinstance(one, int) and 0 <= one < 2**53)


def rank(verdict: str) -> int:
    """Give how good a verdict is; -1 before there is any."""
    return _RANK.get(verdict, -1)


def verdict_of(capture: Operation) -> str:
    """Give the verdict recorded with a capture, ``unreadable`` when it makes no sense."""
    verdict = capture.data.get("verdict")
    return verdict if isinstance(verdict, str) and verdict in _RANK else "unreadable"


def text_of(capture: Operation) -> str:
    """Give the canonical text of a capture."""
    text = capture.data.get("text")
    return text if isinstance(text, str) else ""


def moment_of(capture: Operation) -> int:
    """Give when a page was captured: said again in a space, it keeps its own moment."""
    at = capture.data.get("at")
    return at if isinstance(at, int) and 0 < at < capture.at else capture.at


def name_of(capture: Operation) -> str:
    """Give the name that passages know a capture by: said again elsewhere, it keeps its first one."""
    told = capture.data.get("of")
    return told if isinstance(told, str) and OPERATION.match(told) else capture.id


def said_again(capture: Operation) -> dict[str, Json]:
    """Give what is said of a capture in another place: whose it is, and of when, stays."""
    return {**capture.data, "at": moment_of(capture), "of": name_of(capture)}


def once(captures: Sequence[Operation]) -> list[tuple[str, Operation]]:
    """Give each capture once, by its name: of what was said again, the fullest.

    A name belongs to who said it first. What others say under it, in other words, is another
    capture, known by its own id: nobody replaces what a passage was found in.
    """
    groups: dict[str, list[Operation]] = {}
    for one in captures:
        groups.setdefault(name_of(one), []).append(one)
    found: list[tuple[str, Operation]] = []
    for name, some in groups.items():
        first = min(some, key=lambda one, name=name: (one.id != name, one.order))  # type: ignore[misc]
        same = [one for one in some if one.by == first.by or text_of(one) == text_of(first)]
        fullest = max(same, key=lambda one: (one.data.get("excerpt") is not True, one.order))
        found.append((name, fullest))
        found += [(one.id, one) for one in some if one not in same]
    return found


def excerpt(data: Mapping[str, Json]) -> dict[str, Json]:
    """Give what may travel of a capture where full texts may not: a short quotation."""
    text = data.get("text")
    kept = {
        name: data[name]
        for name in ("verdict", "reason", "words", "url", "page", "door", "found", "alike", "of")
        if name in data
    }
    short = clip(text if isinstance(text, str) else "", length=EXCERPT)
    return {**kept, "text": short, "excerpt": True}


def best(captures: Sequence[Operation], chosen: str = "") -> Operation | None:
    """Choose the capture to read: the one whose clean form a person ``chose``, else the best.

    Best verdict, a full text before an excerpt, then newest; but a newer one that lost much of
    the text is a worse one, whatever its verdict says of itself.
    """
    if not captures:
        return None
    if by_hand := [one for one in captures if chosen and one.data.get("clean") == chosen]:
        return max(by_hand, key=lambda one: (one.data.get("excerpt") is not True, one.order))
    highest = max(_quality(one) for one in captures)
    rivals = [one for one in captures if _quality(one) == highest]
    longest = max(len(text_of(one)) for one in rivals)
    whole = [one for one in rivals if len(text_of(one)) >= _SHRUNK * longest]
    return max(whole, key=lambda one: one.order)


def _quality(one: Operation) -> tuple[bool, int, bool, bool, bool]:
    # What a person pasted, or chose in the page, is read because she said so, and as long.
    found = one.data.get("door") != "hand"
    # The same words on another site are kept beside, and do not replace the page clipped first.
    own = one.data.get("copy") is not True
    whole = one.data.get("excerpt") is not True
    return (found, _RANK[verdict_of(one)], whole, bool(text_of(one)), own)


def text_hash(text: str) -> str:
    """Name a text by its words alone, to recognise it under another address; "" when empty."""
    folded = key(text)
    return hashlib.sha256(folded.encode()).hexdigest()[:32] if folded else ""
