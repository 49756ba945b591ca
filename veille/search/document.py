"""What the index is given of a thing, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """A thing as the index sees it. ``day`` is YYYYMMDD, 0 when unknown."""

    id: str
    kind: str
    title: str
    text: str
    who: str = ""
    space: str = ""
    state: str = ""
    source: str = ""
    tags: tuple[str, ...] = ()
    by: str = ""
    day: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found.

    Attributes:
        total: how many documents match, beyond those listed.
        hits: the page asked for.
        forms: the folded words to highlight, inflections included.
        facets: counts by field, when asked for.
        did_you_mean: a query that would find more, "" for none.
        problems: ``(code, word)`` of what could not be understood and was passed over.
    """

    total: int
    hits: tuple[Hit, ...]
    forms: frozenset[str]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    did_you_mean: str = ""
    problems: tuple[tuple[str, str], ...] = ()
