"""What the index is given of a thing, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """A thing as the index sees it.

    Attributes:
        names: what stands around it, searched as words: people, source, themes.
        source: the title of the periodical, by which it is filtered and counted.
        language: ``fr``, ``en``, or "" when unknown.
        day: YYYYMMDD, 0 when unknown.
        arrived: when this profile first had it, milliseconds since 1970.
    """

    id: str
    kind: str
    title: str
    text: str
    names: str = ""
    space: str = ""
    state: str = ""
    source: str = ""
    by: str = ""
    speaker: str = ""
    language: str = ""
    tag: tuple[str, ...] = ()
    dossier: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    day: int = 0
    arrived: int = 0


def _no_ids(_field: str, _value: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Options:
    """How to search.

    Attributes:
        limit: how many hits to list.
        offset: how many to pass over first.
        typing: whether the last word may be unfinished.
        newest_first: sort by date instead of relevance.
        facets: whether to count what is found by each column of ``index.FACETS``.
        only: values of columns, one of which a document must have. A column's own counts are made
            without its own choice, so that another value can be chosen.
        months: the first and last month wanted, YYYYMM, 0 for any.
        arrived_after: only what this profile had after that moment, milliseconds, 0 for any.
        today: what ``hier`` is counted from.
        resolve: gives the ids that a name stands for (``space``, ``by``, ``dossier``).
    """

    limit: int = 50
    offset: int = 0
    typing: bool = False
    newest_first: bool = False
    facets: bool = False
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)
    months: tuple[int, int] = (0, 0)
    arrived_after: int = 0
    today: date = date.min
    resolve: Callable[[str, str], Sequence[str]] = _no_ids


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
        forms: the folded words to highlight, inflections included, each with the word typed;
            ``inond*`` stands for every word so begun.
        facets: counts by field and value, when asked for; ``month`` by YYYYMM.
        did_you_mean: a query that would find more, "" for none.
        partial: whether some documents listed lack some of the words, all having been wanted.
        problems: ``(code, word)`` of what could not be understood and was passed over.
    """

    total: int
    hits: tuple[Hit, ...]
    forms: Mapping[str, str]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    did_you_mean: str = ""
    partial: bool = False
    problems: tuple[tuple[str, str], ...] = ()
