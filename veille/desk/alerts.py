"""Alerts: what the saved searches found since they last told, when it is time to tell it.

All is computed here, from the memory and what passes by; nothing is asked of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from veille.desk import clock, finding, saved
from veille.desk.finding import SearchOptions
from veille.desk.house import House
from veille.desk.saved import SavedSearch
from veille.domain.views import Row
from veille.store import local, things

# Summaries are told in the morning, before the day's sorting.
_HOUR: Final = 8
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Summary:
    """What a saved search found.

    Attributes:
        since: what came after that moment, milliseconds.
        count: how many things, beyond those in ``rows``.
        rows: the newest of them.
    """

    search: SavedSearch
    since: int
    count: int
    rows: tuple[Row, ...]


def due(house: House) -> list[Summary]:
    """Give the summaries that it is time to tell, those with news in them."""
    found = []
    for one in saved.listed(house, counted=False):
        if one.every not in {"daily", "weekly"}:
            continue
        turn = clock.last_morning(house.now(), hour=_HOUR, monday=one.every == "weekly")
        with house.database.reading() as db:
            told = int(local.meta(db, _told(one.id)) or 0)
            created = things.row(db, one.id).created_at
        if max(told, created) < turn:
            found.append(summary(house, one, since=max(told, one.visited, created)))
    return [one for one in found if one.count]


def summary(house: House, search: SavedSearch, *, since: int) -> Summary:
    """Look at what a saved search found since a moment."""
    options = SearchOptions(limit=_SHOWN, newest_first=True, arrived_after=since)
    ids = finding.ids(house, search.query, options)
    with house.database.reading() as db:
        rows = tuple(row for row in things.rows(db, ids) if not row.hidden)
    return Summary(search, since, finding.count(house, search.query, options), rows)


def told(house: House, searches: list[str]) -> None:
    """Note that the summaries of these searches were told."""
    with house.database.writing() as db:
        for one in searches:
            local.set_meta(db, _told(one), str(house.now()))


def _told(search: str) -> str:
    return f"told {search}"
