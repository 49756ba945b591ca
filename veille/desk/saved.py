"""Saved searches: a promise to look again, and what is new since somebody last looked.

The search itself is recorded like everything else; when it was last looked at belongs to this
profile alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from veille.desk import chance, finding
from veille.desk.finding import SearchOptions
from veille.desk.house import House
from veille.desk.record import record
from veille.domain import operation as op
from veille.domain.errors import BadName
from veille.domain.facts import Changes, Fact
from veille.domain.fields import MAX_LINE, MAX_QUERY
from veille.domain.operation import Json
from veille.domain.text import collapse, order
from veille.domain.views import Filter, Row
from veille.store import local, things

# What a live dossier holds beside what is put in it.
_MOST_LIVE: Final = 1_000
_MOST_NEW: Final = 10_000


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that is kept.

    Attributes:
        alert: whether news of it are told.
        every: when: "now" as they arrive, "daily" or "weekly" in a summary, "" never.
        visited: when it was last looked at here, milliseconds.
        new: how many things it finds that arrived since.
        since: from when on what arrives is new to it, milliseconds.
    """

    id: str
    title: str
    query: str
    alert: bool
    visited: int
    new: int
    every: str = ""
    since: int = 0


def save(house: House, title: str, query: str, *, alert: bool = False, every: str = "") -> str:
    """Keep a search and give its id; what it finds now is not new. Raises BadName."""
    title, query = collapse(title)[:MAX_LINE], collapse(query)[:MAX_QUERY]
    if not title or not query:
        raise BadName(name=title)
    saved = chance.entity("search")
    said: dict[str, Json] = {"title": title, "query": query, **_telling(alert=alert, every=every)}
    record(house, [Fact(saved, op.SEARCH_SET, said)])
    visit(house, saved)
    return saved


def change(house: House, saved: str, *, title: str, alert: bool, every: str = "") -> Changes:
    """Rename a saved search, or have its news told. Raises BadName, NotFound."""
    if not collapse(title):
        raise BadName(name=title)
    with house.database.reading() as db:
        row = things.row(db, saved)
    said: dict[str, Json] = {
        "title": collapse(title)[:MAX_LINE],
        **_telling(alert=alert, every=every),
    }
    told = {name: value for name, value in said.items() if row.fields.get(name) != value}
    return record(house, [Fact(saved, op.SEARCH_SET, told)]) if told else Changes()


def _telling(*, alert: bool, every: str) -> dict[str, Json]:
    """Say when news are told; an older Veille only reads whether they are."""
    pace = every or ("now" if alert else "")
    return {"alert": bool(pace), "every": pace}


def visit(house: House, saved: str) -> None:
    """Note that somebody looks at a saved search now."""
    with house.database.writing() as db:
        local.set_meta(db, _visit(saved), str(house.now()))


def listed(house: House, *, counted: bool = True) -> list[SavedSearch]:
    """Give the saved searches by title; with ``counted``, how much is new in each."""
    with house.database.reading() as db:
        rows = things.rows(db, things.listed(db, Filter(kinds=("search",))))
        visits = {row.id: int(local.meta(db, _visit(row.id)) or 0) for row in rows}
    found = [_saved(house, row, visits[row.id], counted=counted) for row in rows]
    return sorted(found, key=lambda one: order(one.title))


def news(house: House, search: SavedSearch) -> frozenset[str]:
    """Give what a saved search finds that arrived since it was looked at, as ``search`` has it."""
    options = SearchOptions(arrived_after=search.since, limit=_MOST_NEW, newest_first=True)
    return frozenset(finding.ids(house, search.query, options))


def _saved(house: House, row: Row, visited: int, *, counted: bool) -> SavedSearch:
    new = 0
    query = row.text("query")
    # A search that came from a colleague was never looked at: nothing is new to it.
    since = visited or row.created_at
    if counted and query:
        new = finding.count(house, query, SearchOptions(arrived_after=since))
    alert = row.fields.get("alert") is True
    every = row.text("every") or ("now" if alert else "")
    return SavedSearch(row.id, row.title, query, alert, visited, new, every, since)


def set_live(house: House, dossier: str, query: str) -> Changes:
    """Have a dossier hold what a search finds, beside what is put in it; "" stops that."""
    return record(house, [Fact(dossier, op.DOSSIER_SET, {"query": collapse(query)[:MAX_QUERY]})])


def live_members(house: House, dossier: str) -> Sequence[str]:
    """Give what a live dossier finds and does not hold by hand, newest first. Raises NotFound."""
    with house.database.reading() as db:
        query = things.row(db, dossier).text("query")
        inside = set(things.listed(db, Filter(dossier=dossier)))
    if not query:
        return ()
    kinds = ("article", "quote", "annotation", "note")
    options = SearchOptions(limit=_MOST_LIVE, newest_first=True, kinds=kinds)
    found = finding.ids(house, query, options)
    return [one for one in found if one not in inside and one != dossier]


def _visit(saved: str) -> str:
    return f"visit {saved}"
