"""Looking up quotes by what they are about, and the days of what was discarded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from veille.store.connection import Rows

_SLICE: Final = 500
_ARTICLE: Final = (
    "coalesce((SELECT x.new FROM aliases x WHERE x.old = q.about AND x.thing = x.old), q.about)"
)


@dataclass(frozen=True, slots=True)
class Light:
    """What is enough to order and to count a quote.

    Attributes:
        article: the id that its article bears today, "" for none.
        published: of the article, "" when it does not say.
        filed: when the quote was kept, milliseconds.
        start: where its words stand, in characters.
    """

    quote: str
    article: str
    source: str
    speaker: str
    published: str
    filed: int
    start: int


def quotes(db: Rows, ids: Sequence[str]) -> list[Light]:
    """Give these quotes, but for those that are hidden; in no order."""
    return list(_light(db, "q.id", ids))


def quotes_about(db: Rows, articles: Sequence[str]) -> list[Light]:
    """Give the quotes of these articles, kept before or after they were moved; in no order."""
    return list(_light(db, "q.about <> '' AND q.about", [*articles, *_earlier(db, articles)]))


def _light(db: Rows, column: str, ids: Sequence[str]) -> Iterator[Light]:
    for part, marks in _parts(ids):
        query = (
            f"SELECT q.id, {_ARTICLE}, coalesce(a.source, ''),"  # noqa: S608 - only marks
            " coalesce(json_extract(q.fields, '$.speaker'), ''), coalesce(a.published, ''),"
            " q.created_at, coalesce(json_extract(q.fields, '$.start'), 0)"
            f" FROM things q LEFT JOIN things a ON a.id = {_ARTICLE}"
            # The plus keeps SQLite from walking all quotes: it is told which.
            f" WHERE +q.kind = 'quote' AND +q.hidden = 0 AND {column} IN ({marks})"
        )
        for one in db.execute(query, part):
            yield Light(*one)


def _earlier(db: Rows, things: Sequence[str]) -> list[str]:
    """Give the ids that some of these things bore before they were moved."""
    found: list[str] = []
    for part, marks in _parts(things):
        query = f"SELECT old FROM aliases WHERE thing = old AND new IN ({marks})"  # noqa: S608
        found += [one[0] for one in db.execute(query, part)]
    return found


def days_discarded(db: Rows, *, first: str, last: str) -> dict[str, set[str]]:
    """Give, by folded source, the days between two of what only passed by and was discarded.

    The index never hears of it; its source was heard all the same.
    """
    query = (
        "SELECT DISTINCT source_key, published FROM things WHERE kind = 'article'"
        " AND state = 'discarded' AND hidden = 0 AND passing = 1 AND length(published) = 10"
        " AND published BETWEEN ? AND ?"
    )
    found: dict[str, set[str]] = {}
    for source, day in db.execute(query, (first, last)):
        found.setdefault(source, set()).add(day)
    return found


def _parts(ids: Sequence[str]) -> Iterator[tuple[Sequence[str], str]]:
    for start in range(0, len(ids), _SLICE):
        part = ids[start : start + _SLICE]
        yield part, ", ".join("?" * len(part))
