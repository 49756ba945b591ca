"""Which of several captures of one page is shown: a worse one never replaces a better one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

from veille.domain.operation import Json, Operation
from veille.domain.text import clip, key

EXCERPT: Final = 300

_RANK: Final = {
    "complete": 6,
    "truncated": 5,
    "not_article": 4,
    "wall": 2,
    "empty": 1,
    "unreadable": 0,
}


def verdict_of(capture: Operation) -> str:
    """Give the verdict recorded with a capture, ``unreadable`` when it makes no sense."""
    verdict = capture.data.get("verdict")
    return verdict if isinstance(verdict, str) and verdict in _RANK else "unreadable"


def text_of(capture: Operation) -> str:
    """Give the canonical text of a capture."""
    text = capture.data.get("text")
    return text if isinstance(text, str) else ""


def excerpt(data: Mapping[str, Json]) -> dict[str, Json]:
    """Give what may travel of a capture where full texts may not: a short quotation."""
    text = data.get("text")
    kept = {
        name: data[name] for name in ("verdict", "reason", "words", "url", "page") if name in data
    }
    short = clip(text if isinstance(text, str) else "", length=EXCERPT)
    return {**kept, "text": short, "excerpt": True}


def best(captures: Sequence[Operation]) -> Operation | None:
    """Choose the capture to read: best verdict, then a full text before an excerpt, then newest."""
    if not captures:
        return None
    return max(
        captures,
        key=lambda one: (
            _RANK[verdict_of(one)],
            one.data.get("excerpt") is not True,
            bool(text_of(one)),
            one.order,
        ),
    )


def text_hash(text: str) -> str:
    """Name a text by its words alone, to recognise it under another address; "" when empty."""
    folded = key(text)
    return hashlib.sha256(folded.encode()).hexdigest()[:32] if folded else ""
