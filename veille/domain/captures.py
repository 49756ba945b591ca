"""Which of several captures of one page is shown: a worse one never replaces a better one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from veille.domain.operation import Operation

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
