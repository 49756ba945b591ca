"""What a team shared of the press, month by month: what a licence declaration asks for.

In France the CFC licence of press panoramas counts articles reproduced in full, times readers.
Links, short quotes with their source, and notes are not counted there; they are shown beside,
but not those of what only waits for a référent, or was discarded. A whole text counts from the
moment it stands in the space, whatever becomes of its article: colleagues could read it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from veille.desk import roles
from veille.desk.house import House
from veille.domain.views import Filter, Row, Space
from veille.store import reading, things
from veille.store.connection import Rows

# Not put before the team yet, or put away.
_ASIDE: Final = frozenset({"proposed", "discarded"})


@dataclass(frozen=True, slots=True)
class Month:
    """What was shared in a month.

    Attributes:
        month: ``2026-11``.
        full_texts: articles whose whole text was put in the space.
        links: articles shared as a reference, with an excerpt at most.
        quotes: passages quoted.
        sources: titles of the press that the full texts come from.
        readers: members of the space today.
    """

    month: str
    full_texts: int
    links: int
    quotes: int
    sources: int
    readers: int


def meter(house: House, space: Space) -> list[Month]:
    """Count, month by month, the newest first."""
    full: Counter[str] = Counter()
    links: Counter[str] = Counter()
    quotes: Counter[str] = Counter()
    sources: dict[str, set[str]] = {}
    aside: set[str] = set()
    with house.database.reading() as db:
        for row in _rows(db, "article", space.id):
            month = _month(row.created_at)
            if row.state in _ASIDE:
                aside.add(row.id)
            if reading.has_full_text(db, row.id, space.id):
                full[month] += 1
                sources.setdefault(month, set()).add(row.source)
            elif row.state not in _ASIDE:
                links[month] += 1
        quotes.update(
            _month(row.created_at) for row in _rows(db, "quote", space.id) if row.about not in aside
        )
    readers = sum(one.here for one in roles.members(house, space.id))
    return [
        Month(one, full[one], links[one], quotes[one], len(sources.get(one, ())), readers)
        for one in sorted({*full, *links, *quotes}, reverse=True)
    ]


def _rows(db: Rows, kind: str, space: str) -> list[Row]:
    """Give what stands in a space; what a feed brought to this computer alone does not."""
    return things.rows(db, things.listed(db, Filter(kinds=(kind,), space=space, passing="no")))


def _month(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m")
